//! Bibliographies in CSL-JSON, as Zotero, pandoc and this program write them, as sources.
//!
//! Decided: one unit per item. Its key is the citation key, or the id, where it could be a key
//! here; else one is proposed from title and year. An item that this program wrote is taken
//! letter by letter, and says itself what CSL has no word for; text of others is cleaned of tags
//! and entities. Editors and abstracts are not taken. "Circa" is `~`.

use super::Reference;
use crate::intake::claimreview::jsonld;
use crate::intake::document::field::Codes;
use crate::intake::document::tree;
use crate::intake::document::tree::{Node, Tree};
use crate::intake::text::dates::when;
use crate::intake::text::prose;
use crate::intake::unit::Unit;
use crate::model::{check_date, check_key, quoted};

/// The kind of source for each type of item.
const KINDS: [(&str, &str); 45] = [
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
    // How older processors and Zotero's own field names spell some of these.
    ("article-preprint", "article"),
    ("conferencepaper", "report"),
    ("journalarticle", "article"),
    ("magazinearticle", "article"),
    ("newspaperarticle", "article"),
    ("blogpost", "post"),
];

/// Whether a document is a bibliography: a list of items with a type and an id or a title.
pub(in crate::intake) fn is_csl(root: &Node) -> bool {
    let shaped = |node: &Node| {
        let has = |name| node.get(name).is_some();
        node.get("type").and_then(jsonld::text).is_some() && (has("id") || has("title"))
    };
    items(root).is_some_and(|items| items.iter().any(shaped))
}

/// The items of a bibliography.
pub(in crate::intake) fn units(root: &Node, codes: &dyn Codes) -> Vec<Unit> {
    let kinds = codes.of("source_kinds");
    items(root).unwrap_or_default().iter().map(|node| unit(node, &kinds)).collect()
}

fn items(root: &Node) -> Option<&[Node]> {
    let list = match &root.tree {
        Tree::Table(_) => root.get("items")?,
        _ => root,
    };
    match &list.tree {
        Tree::List(nodes) => Some(nodes),
        _ => None,
    }
}

fn unit(node: &Node, kinds: &[String]) -> Unit {
    let mut reference = Reference::new(node.at, tree::json(node).to_string());
    if !matches!(node.tree, Tree::Table(_)) {
        let what = format!("an item of a bibliography is a table; this is {}", node.tree.noun());
        reference.problem(node.at, what);
        return reference.rejected();
    }
    let own = node.get("custom").and_then(|custom| custom.get("onrecord"));
    let item = Item { node, own };
    let Some(title) = item.words("title") else {
        let what = "title: this item has no title";
        reference.problem(node.get("title").map_or(node.at, |title| title.at), what);
        return reference.rejected();
    };
    let kind = item.kind(kinds, &mut reference);
    reference.set("kind", Some(&kind));
    reference.set("title", Some(&title));
    reference.set("author", item.authors().as_deref());
    reference.set("outlet", item.words("container-title").as_deref());
    reference.set("publisher", item.words("publisher").as_deref());
    let place = |name| node.get(name).map_or(node.at, |node| node.at);
    let url = item.words("URL");
    match own {
        Some(_) => reference.set("url", url.as_deref()),
        None => reference.set_url(url.as_deref(), place("URL")),
    }
    let archived = item.words("archive_location");
    let archived = archived.filter(|text| own.is_some() || prose::web(text).is_some());
    reference.set("archived_url", archived.as_deref());
    let identifier = ["DOI", "ISBN", "ISSN", "number"].into_iter().find_map(|n| item.words(n));
    reference.set("identifier", identifier.as_deref());
    let language = item.words("language");
    match own {
        Some(_) => reference.set("language", language.as_deref()),
        None => reference.set_language(language.as_deref(), place("language")),
    }
    for (field, name) in [("published", "issued"), ("retrieved", "accessed")] {
        let stated = own.and_then(|own| own.get(field)).and_then(jsonld::text);
        if let Some(date) = stated.filter(|date| check_date(date).is_ok()) {
            reference.set(field, Some(date));
        } else if let Some(given) = node.get(name) {
            match date(given) {
                Ok(date) => reference.set_date(field, date.as_deref(), given.at),
                Err(why) => reference.remark(given.at, format!("{name}: {why}; left out")),
            }
        }
    }
    // Line breaks of a note are kept.
    let note = node.get("note").and_then(jsonld::text).map(|note| note.replace('\0', " "));
    reference
        .set("note", note.as_deref().map(|note| if own.is_some() { note } else { note.trim() }));
    let keys = ["citation-key", "id"].into_iter();
    let mut keys = keys.filter_map(|name| node.get(name).and_then(jsonld::text));
    match keys.find(|key| check_key(key).is_ok()) {
        Some(key) => reference.keyed(key),
        None => reference.proposed(None),
    }
}

struct Item<'a> {
    node: &'a Node,
    own: Option<&'a Node>,
}

impl Item<'_> {
    /// The text under a name, of several the first; as it stands where this program wrote it.
    fn words(&self, name: &str) -> Option<String> {
        let first = self.node.get(name)?.each().first()?;
        self.plain(first)
    }

    fn plain(&self, node: &Node) -> Option<String> {
        let verbatim = jsonld::text(node).filter(|text| !text.trim().is_empty());
        match verbatim.filter(|text| self.own.is_some() && !text.contains('\0')) {
            Some(text) => Some(text.to_owned()),
            None => jsonld::words(node),
        }
    }

    fn kind(&self, kinds: &[String], reference: &mut Reference) -> String {
        let stated = self.own.and_then(|own| own.get("kind")).and_then(jsonld::text);
        if let Some(kind) = stated.filter(|kind| kinds.iter().any(|known| known == kind)) {
            return kind.to_owned();
        }
        let Some(given) = self.node.get("type") else {
            reference.remark(self.node.at, "type: this is not given; recorded as a page");
            return "page".to_owned();
        };
        let word = jsonld::text(given).unwrap_or_default().trim().to_ascii_lowercase();
        if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == word) {
            return (*kind).to_owned();
        }
        let what =
            format!("type: no kind of source is known for {}; recorded as a page", quoted(&word));
        reference.remark(given.at, what);
        "page".to_owned()
    }

    /// The authors, joined by semicolons.
    fn authors(&self) -> Option<String> {
        let authors = self.node.get("author")?.each().iter().filter_map(|node| self.name(node));
        let all = authors.collect::<Vec<_>>().join("; ");
        (!all.is_empty()).then_some(all)
    }

    fn name(&self, node: &Node) -> Option<String> {
        let Tree::Table(_) = &node.tree else { return self.plain(node) };
        if let Some(literal) = node.get("literal").and_then(|node| self.plain(node)) {
            return Some(literal);
        }
        let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
        let parts = parts.into_iter().filter_map(|name| jsonld::words(node.get(name)?));
        let name = parts.collect::<Vec<_>>().join(" ");
        (!name.is_empty()).then_some(name)
    }
}

/// A date of CSL as EDTF; nothing where none is stated.
fn date(node: &Node) -> Result<Option<String>, String> {
    if let Some(parts) = node.get("date-parts") {
        let listed = |node: &Node| matches!(node.tree, Tree::List(_));
        let dates = match &parts.tree {
            // Some write the parts of the one date without a list around them.
            Tree::List(nodes) if nodes.iter().any(listed) => nodes.as_slice(),
            _ => std::slice::from_ref(parts),
        };
        let mut ends = Vec::new();
        for date in dates {
            ends.extend(one(date)?);
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
            let ends: Vec<String> = ends.into_iter().map(|end| end + mark).collect();
            return Ok(Some(ends.join("/")));
        }
    }
    let written = match &node.tree {
        Tree::Table(_) => ["raw", "literal"].into_iter().find_map(|n| jsonld::words(node.get(n)?)),
        _ => jsonld::words(node),
    };
    written.map(|text| when(&text).map(|when| when.day)).transpose()
}

/// Year, month and day, as numbers or as text; nothing where there is nothing in it.
fn one(node: &Node) -> Result<Option<String>, String> {
    let mut numbers = Vec::new();
    for part in node.each() {
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
