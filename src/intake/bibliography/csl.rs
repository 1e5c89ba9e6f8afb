//! Bibliographies in CSL-JSON, as Zotero, pandoc and this program write them, read as sources.
//!
//! The rules: one unit per item. Its key is the citation key or the id, where that is a valid key;
//! otherwise a key is generated from title and year. An item that this program exported is read
//! verbatim, with the extra fields under `custom.onrecord`; text of other programs is cleaned of
//! tags and entities. Editors and abstracts are ignored. "Circa" becomes `~`.

use super::SourceEntry;
use crate::intake::claimreview::jsonld;
use crate::intake::document::field::Codes;
use crate::intake::document::tree::{self, Node, Tree};
use crate::intake::text::prose;
use crate::intake::unit::Unit;
use crate::model::{check_date, check_key, quoted};

/// The kind of source for each item type of the CSL 1.0.2 specification.
const KIND_BY_ITEM_TYPE: [(&str, &str); 45] = [
    ("article", "article"),
    ("article-journal", "article"),
    ("article-magazine", "article"),
    ("article-newspaper", "article"),
    ("bill", "report"),
    ("hearing", "report"),
    ("interview", "report"),
    ("legal_case", "report"),
    ("legislation", "report"),
    ("manuscript", "report"),
    ("pamphlet", "report"),
    ("paper-conference", "report"),
    ("patent", "report"),
    ("personal_communication", "report"),
    ("regulation", "report"),
    ("report", "report"),
    ("speech", "report"),
    ("standard", "report"),
    ("thesis", "report"),
    ("treaty", "report"),
    ("webpage", "page"),
    ("post", "post"),
    ("post-weblog", "post"),
    ("book", "book"),
    ("chapter", "book"),
    ("classic", "book"),
    ("collection", "book"),
    ("entry", "book"),
    ("entry-dictionary", "book"),
    ("entry-encyclopedia", "book"),
    ("dataset", "dataset"),
    ("motion_picture", "video"),
    ("graphic", "image"),
    ("map", "image"),
    ("figure", "image"),
    ("song", "audio"),
    ("broadcast", "broadcast"),
    ("review", "review"),
    ("review-book", "review"),
    // Spellings of older processors and of Zotero's own item types.
    ("article-preprint", "article"),
    ("conferencepaper", "report"),
    ("journalarticle", "article"),
    ("magazinearticle", "article"),
    ("newspaperarticle", "article"),
    ("blogpost", "post"),
];

/// Returns true if a text in JSON gives something an item type of CSL.
pub(in crate::intake) fn names_type(text: &str) -> bool {
    text.split("\"type\"").skip(1).any(|rest| {
        let value = rest.trim_start().strip_prefix(':').map(str::trim_start);
        let word = value.and_then(|value| value.strip_prefix('"')?.split('"').next());
        word.is_some_and(|word| KIND_BY_ITEM_TYPE.iter().any(|(name, _)| *name == word))
    })
}

/// Returns true when a document is a bibliography: a list of items with a type and an id or a
/// title.
pub(in crate::intake) fn is_csl_json(root: &Node) -> bool {
    let shaped = |node: &Node| {
        let has = |name| node.get(name).is_some();
        node.get("type").and_then(jsonld::as_text).is_some() && (has("id") || has("title"))
    };
    list_items(root).is_some_and(|items| items.iter().any(shaped))
}

/// Reads the items of a bibliography, one unit each.
pub(in crate::intake) fn read_items(root: &Node, codes: &dyn Codes) -> Vec<Unit> {
    let kinds = codes.of("source_kinds");
    list_items(root).unwrap_or_default().iter().map(|node| read_item(node, &kinds)).collect()
}

fn list_items(root: &Node) -> Option<&[Node]> {
    let list = match &root.tree {
        Tree::Table(_) => root.get("items")?,
        _ => root,
    };
    match &list.tree {
        Tree::List(nodes) => Some(nodes),
        _ => None,
    }
}

fn read_item(node: &Node, kinds: &[String]) -> Unit {
    let mut entry = SourceEntry::new(node.at, tree::to_json(node).to_string());
    if !matches!(node.tree, Tree::Table(_)) {
        let what = format!("an item of a bibliography is a table; this is {}", node.tree.noun());
        entry.add_problem(node.at, what);
        return entry.into_rejected();
    }
    let own = node.get("custom").and_then(|custom| custom.get("onrecord"));
    let item = Item { node, own };
    let Some(title) = item.text("title") else {
        let what = "title: this item has no title";
        entry.add_problem(node.get("title").map_or(node.at, |title| title.at), what);
        return entry.into_rejected();
    };
    let kind = item.kind(kinds, &mut entry);
    entry.set("kind", Some(&kind));
    entry.set("title", Some(&title));
    entry.set("author", item.authors().as_deref());
    entry.set("outlet", item.text("container-title").as_deref());
    entry.set("publisher", item.text("publisher").as_deref());
    let place = |name| node.get(name).map_or(node.at, |node| node.at);
    let url = item.text("URL");
    match own {
        Some(_) => entry.set("url", url.as_deref()),
        None => entry.set_url(url.as_deref(), place("URL")),
    }
    let archived = item.text("archive_location");
    let archived =
        archived.filter(|text| own.is_some() || prose::parse_web_address(text).is_some());
    entry.set("archived_url", archived.as_deref());
    let identifier = ["DOI", "ISBN", "ISSN", "number"].into_iter().find_map(|n| item.text(n));
    entry.set("identifier", identifier.as_deref());
    let language = item.text("language");
    match own {
        Some(_) => entry.set("language", language.as_deref()),
        None => entry.set_language(language.as_deref(), place("language")),
    }
    for (field, name) in [("published", "issued"), ("retrieved", "accessed")] {
        let stated = own.and_then(|own| own.get(field)).and_then(jsonld::as_text);
        if let Some(date) = stated.filter(|date| check_date(date).is_ok()) {
            entry.set(field, Some(date));
        } else if let Some(given) = node.get(name) {
            match parse_csl_date(given) {
                Ok(date) => entry.set_date(field, date.as_deref(), given.at),
                Err(why) => entry.add_remark(given.at, format!("{name}: {why}; left out")),
            }
        }
    }
    // A note keeps its line breaks.
    let note = node.get("note").and_then(jsonld::as_text).map(|note| note.replace('\0', " "));
    entry.set("note", note.as_deref().map(|note| if own.is_some() { note } else { note.trim() }));
    let keys = ["citation-key", "id"].into_iter();
    let mut keys = keys.filter_map(|name| node.get(name).and_then(jsonld::as_text));
    match keys.find(|key| check_key(key).is_ok()) {
        Some(key) => entry.finish_with_key(key),
        None => entry.finish_with_proposed_key(None),
    }
}

struct Item<'a> {
    node: &'a Node,
    own: Option<&'a Node>,
}

impl Item<'_> {
    /// Returns the text under a name, the first of several; verbatim in our own exports.
    fn text(&self, name: &str) -> Option<String> {
        let first = self.node.get(name)?.items().first()?;
        self.clean_text(first)
    }

    fn clean_text(&self, node: &Node) -> Option<String> {
        let verbatim = jsonld::as_text(node).filter(|text| !text.trim().is_empty());
        match verbatim.filter(|text| self.own.is_some() && !text.contains('\0')) {
            Some(text) => Some(text.to_owned()),
            None => jsonld::to_plain_text(node),
        }
    }

    fn kind(&self, kinds: &[String], entry: &mut SourceEntry) -> String {
        let stated = self.own.and_then(|own| own.get("kind")).and_then(jsonld::as_text);
        if let Some(kind) = stated.filter(|kind| kinds.iter().any(|known| known == kind)) {
            return kind.to_owned();
        }
        let Some(given) = self.node.get("type") else {
            entry.add_remark(self.node.at, "type: this is not given; recorded as a page");
            return "page".to_owned();
        };
        let word = jsonld::as_text(given).unwrap_or_default().trim().to_ascii_lowercase();
        if let Some((_, kind)) = KIND_BY_ITEM_TYPE.iter().find(|(known, _)| *known == word) {
            return (*kind).to_owned();
        }
        let what =
            format!("type: no kind of source is known for {}; recorded as a page", quoted(&word));
        entry.add_remark(given.at, what);
        "page".to_owned()
    }

    /// Returns the authors, joined by semicolons.
    fn authors(&self) -> Option<String> {
        let authors = self.node.get("author")?.items().iter().filter_map(|node| self.name(node));
        let all = authors.collect::<Vec<_>>().join("; ");
        (!all.is_empty()).then_some(all)
    }

    fn name(&self, node: &Node) -> Option<String> {
        let Tree::Table(_) = &node.tree else { return self.clean_text(node) };
        if let Some(literal) = node.get("literal").and_then(|node| self.clean_text(node)) {
            return Some(literal);
        }
        let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
        let parts = parts.into_iter().filter_map(|name| jsonld::to_plain_text(node.get(name)?));
        let name = parts.collect::<Vec<_>>().join(" ");
        (!name.is_empty()).then_some(name)
    }
}

/// Converts a CSL date to EDTF; `None` where none is stated.
fn parse_csl_date(node: &Node) -> Result<Option<String>, String> {
    if let Some(parts) = node.get("date-parts") {
        let listed = |node: &Node| matches!(node.tree, Tree::List(_));
        let dates = match &parts.tree {
            // Some programs write the parts of a single date without the outer list.
            Tree::List(nodes) if nodes.iter().any(listed) => nodes.as_slice(),
            _ => std::slice::from_ref(parts),
        };
        let mut ends = Vec::new();
        for date in dates {
            ends.extend(parse_date_parts(date)?);
        }
        if ends.len() > 2 {
            return Err("a date has one start and one end".to_owned());
        }
        if !ends.is_empty() {
            let circa = node.get("circa").is_some_and(|node| match &node.tree {
                Tree::Bool(flag) => *flag,
                Tree::Number(text) | Tree::Text(text) => !matches!(&text[..], "" | "0" | "false"),
                _ => false,
            });
            let mark = if circa { "~" } else { "" };
            if let (Some(season), [year]) = (node.get("season"), ends.as_slice()) {
                let season = jsonld::to_plain_text(season).unwrap_or_default();
                return Ok(Some(match season.parse::<u8>() {
                    Ok(n @ 1..=4) if year.len() == 4 => format!("{year}-{}{mark}", 20 + n),
                    _ => format!("{season} {year}{mark}"),
                }));
            }
            let ends: Vec<String> = ends.into_iter().map(|end| end + mark).collect();
            return Ok(Some(ends.join("/")));
        }
    }
    let written = match &node.tree {
        Tree::Table(_) => {
            ["raw", "literal"].into_iter().find_map(|n| jsonld::to_plain_text(node.get(n)?))
        }
        _ => jsonld::to_plain_text(node),
    };
    // Words are read, or kept, where the date is set.
    Ok(written)
}

/// Converts the parts of one date, such as `[2021, 6, 28]`, to EDTF. A part may be a number or text.
/// Returns `None` if there are no parts.
fn parse_date_parts(node: &Node) -> Result<Option<String>, String> {
    let mut numbers = Vec::new();
    for part in node.items() {
        match &part.tree {
            Tree::Null => {}
            Tree::Text(text) if text.trim().is_empty() => {}
            Tree::Number(text) | Tree::Text(text) => {
                let number = text.trim().parse::<u16>();
                numbers.push(number.map_err(|_| format!("{} is not a number", quoted(text)))?);
            }
            other => return Err(format!("a part of a date is a number; this is {}", other.noun())),
        }
    }
    match numbers[..] {
        [] => Ok(None),
        [year] => Ok(Some(format!("{year:04}"))),
        [year, month] => Ok(Some(format!("{year:04}-{month:02}"))),
        [year, month, day] => Ok(Some(format!("{year:04}-{month:02}-{day:02}"))),
        _ => Err("a date has a year, a month and a day".to_owned()),
    }
}

#[cfg(test)]
#[path = "csl_tests.rs"]
mod tests;
