//! CSL-JSON to sources, as Zotero and pandoc write it: one source for each item. What our own export
//! adds under `custom.onrecord` gives back exactly what it was made from.

use super::field::Codes;
use super::lines::at;
use super::prose::{language, last_look, value, web};
use super::tree::{Node, Tree, json};
use super::unit::{Raw, Unit};
use super::when::when;
use crate::model::{Spot, Value, check_date, check_key};

/// Whether this is a list of CSL items.
pub(super) fn is_csl(root: &Node) -> bool {
    let items = items(root);
    !items.is_empty()
        && items.iter().all(|item| matches!(item.tree, Tree::Table(_)))
        && items.iter().any(|item| item.get("type").is_some())
}

fn items(root: &Node) -> &[Node] {
    match (&root.tree, root.get("items")) {
        (Tree::List(items), _) => items,
        (_, Some(items)) => items.each(),
        _ => std::slice::from_ref(root),
    }
}

/// One unit for each item.
pub(super) fn units(root: &Node, codes: &dyn Codes) -> Vec<Unit> {
    items(root).iter().map(|item| unit(item, codes)).collect()
}

fn unit(item: &Node, codes: &dyn Codes) -> Unit {
    let spot = at(item.at);
    let mut unit = Unit::new(spot.clone(), Raw::Text(json(item).to_string()));
    let Some(title) = text(item, "title") else {
        unit.problem(&spot, "this item has no title");
        return unit;
    };
    let own = item.get("custom").and_then(|custom| custom.get("onrecord"));
    let own = |name: &str| own.and_then(|own| text(own, name));
    let said = text(item, "type").unwrap_or_default();
    let kind = match own("kind").filter(|kind| codes.has("source_kinds", kind)) {
        Some(kind) => kind,
        None => kind_of(&said)
            .unwrap_or_else(|| {
                let what = format!("the type {said:?} is none of ours; recorded as a page");
                unit.remarks.push((spot.clone(), what));
                "page"
            })
            .to_owned(),
    };
    let mut date = |own: Option<String>, name: &str| {
        let given = own.filter(|date| check_date(date).is_ok());
        given.or_else(|| dated(item.get(name)?, name, &mut unit))
    };
    let published = date(own("published"), "issued");
    let retrieved = date(own("retrieved"), "accessed");
    let identifier = ["DOI", "ISBN", "ISSN", "number"].iter().find_map(|name| text(item, name));
    let of = |name: &str| value(text(item, name).as_deref());
    let tag = text(item, "language").and_then(|text| language(&text));
    let copy = text(item, "archive_location").and_then(|text| web(&text));
    let fields = [
        ("kind", Value::Text(kind)),
        ("title", Value::from(title.as_str())),
        ("author", value(authors(item).as_deref())),
        ("outlet", of("container-title")),
        ("publisher", of("publisher")),
        ("url", of("URL")),
        ("archived_url", value(copy.as_deref())),
        ("identifier", value(identifier.as_deref())),
        ("language", value(tag.as_deref())),
        ("published", value(published.as_deref())),
        ("retrieved", value(retrieved.as_deref())),
        ("rights", of("license")),
        ("note", of("note")),
    ];
    add(&mut unit, &spot, [text(item, "citation-key"), text(item, "id")], &title, &fields);
    last_look(&mut unit);
    unit
}

/// Adds a source under the first name that is a key, else under one made from its title and year.
pub(super) fn add<const N: usize>(
    unit: &mut Unit,
    spot: &Spot,
    names: [Option<String>; N],
    title: &str,
    fields: &[(&str, Value)],
) {
    match names.into_iter().flatten().find(|name| check_key(name).is_ok()) {
        Some(key) => {
            let mut given = vec![("key", Value::Text(key))];
            given.extend(fields.iter().cloned());
            unit.add("source", spot, &given);
        }
        None => {
            let published = fields.iter().find(|(name, _)| *name == "published");
            let year = published.and_then(|(_, date)| date.as_text()).and_then(|d| d.get(..4));
            let name = format!("{title} {}", year.unwrap_or_default());
            unit.propose("source", &name, spot, fields);
        }
    }
}

fn kind_of(said: &str) -> Option<&'static str> {
    Some(match said {
        "article" | "article-newspaper" | "article-magazine" | "article-journal" => "article",
        "report"
        | "bill"
        | "legislation"
        | "legal_case"
        | "regulation"
        | "standard"
        | "treaty"
        | "paper-conference"
        | "thesis"
        | "speech"
        | "manuscript"
        | "document"
        | "hearing"
        | "interview"
        | "personal_communication"
        | "pamphlet"
        | "patent" => "report",
        "webpage" => "page",
        "post" | "post-weblog" => "post",
        "book" | "chapter" | "entry" | "entry-encyclopedia" | "entry-dictionary" => "book",
        "dataset" => "dataset",
        "motion_picture" => "video",
        "graphic" | "map" | "figure" => "image",
        "song" => "audio",
        "broadcast" => "broadcast",
        "review" | "review-book" => "review",
        _ => return None,
    })
}

fn text(node: &Node, name: &str) -> Option<String> {
    let text = match &node.get(name)?.tree {
        Tree::Text(text) | Tree::Number(text) => text.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn authors(item: &Node) -> Option<String> {
    let names: Vec<String> = item
        .get("author")?
        .each()
        .iter()
        .filter_map(|author| {
            let parts = ["given", "non-dropping-particle", "family", "suffix"];
            let parts: Vec<String> = parts.iter().filter_map(|name| text(author, name)).collect();
            text(author, "literal").or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
        })
        .collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// A CSL date as EDTF; one that cannot be read is left out with a remark.
fn dated(date: &Node, name: &str, unit: &mut Unit) -> Option<String> {
    let circa = date
        .get("circa")
        .is_some_and(|circa| !matches!(&circa.tree, Tree::Bool(false) | Tree::Null));
    let mark = if circa { "~" } else { "" };
    let ends: Vec<String> = date
        .get("date-parts")
        .map(|parts| parts.each().iter().filter_map(|end| parts_of(end, mark)).collect())
        .unwrap_or_default();
    let found =
        match ends.as_slice() {
            [day] => Some(day.clone()),
            [start, end, ..] => Some(format!("{start}/{end}")),
            [] => ["raw", "literal"].iter().find_map(|name| text(date, name)).map(|text| {
                match check_date(&text) {
                    Ok(()) => text,
                    Err(_) => when(&text).map_or(text, |when| when.day),
                }
            }),
        }?;
    if check_date(&found).is_ok() {
        return Some(found);
    }
    unit.remarks.push((at(date.at), format!("{name} {found:?} is not a date; left out")));
    None
}

fn parts_of(end: &Node, mark: &str) -> Option<String> {
    let parts: Vec<u32> = end
        .each()
        .iter()
        .map_while(|part| match &part.tree {
            Tree::Text(text) | Tree::Number(text) => text.trim().parse().ok(),
            _ => None,
        })
        .collect();
    Some(match parts.as_slice() {
        [year] => format!("{year:04}{mark}"),
        [year, month] => format!("{year:04}-{month:02}{mark}"),
        [year, month, day, ..] => format!("{year:04}-{month:02}-{day:02}{mark}"),
        [] => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::units;
    use crate::intake::{Codes, json};
    use crate::model::Record;

    struct Known;

    impl Codes for Known {
        fn of(&self, _: &str) -> Vec<String> {
            ["article", "report", "page", "post"].map(str::to_owned).to_vec()
        }
    }

    fn sources(text: &str) -> Vec<Record> {
        let (root, found) = json::tree(text, 0);
        assert!(found.is_empty() && super::is_csl(&root), "{found:?}");
        let units = units(&root, &Known);
        assert!(units.iter().all(|unit| unit.problems.is_empty()), "{units:?}");
        units.into_iter().flat_map(|unit| unit.records).collect()
    }

    fn all(record: &Record) -> String {
        let fields = record.kind.fields.iter().zip(&record.values);
        let said = fields.filter_map(|(field, given)| Some((field.name, given.as_ref()?)));
        said.map(|(name, given)| format!("{name}={}", given.value)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn items_of_zotero() {
        let found = sources(
            r#"[{"id": "http://zotero.org/1", "citation-key": "roe-2021", "type": "article-newspaper", "title": "Roads closed",
                "container-title": "Valley Post", "URL": "https://v.example/1", "language": "en-GB", "author": [{"family": "Roe", "given": "Ann"}, {"literal": "Staff"}],
                "issued": {"date-parts": [["2021", 6, 28]]}, "accessed": {"date-parts": [[2021, 7]]}, "DOI": "10.1/x"},
               {"id": 7, "type": "webpage", "title": "Où est la route ?", "issued": {"date-parts": [[2019], [2020]], "circa": true}},
               {"id": "kept", "type": "post", "title": "P", "issued": {"raw": "28 June 2021"},
                "custom": {"onrecord": {"kind": "report", "published": "2021-06-28?"}}}]"#,
        );
        let found: Vec<String> = found.iter().map(all).collect();
        assert_eq!(
            found[0],
            "key=roe-2021|kind=article|title=Roads closed|author=Ann Roe; Staff|outlet=Valley Post|url=https://v.example/1|identifier=10.1/x|language=en-GB|published=2021-06-28|retrieved=2021-07"
        );
        assert_eq!(found[1], "key=7|kind=page|title=Où est la route ?|published=2019~/2020~");
        assert_eq!(found[2], "key=kept|kind=report|title=P|published=2021-06-28?");
    }

    #[test]
    fn odd_items() {
        let (root, _) = json::tree(
            r#"[{"type": "book"}, {"type": "hologram", "title": "H", "issued": {"raw": "long ago"}, "author": 5}]"#,
            0,
        );
        let units = units(&root, &Known);
        assert_eq!(units[0].problems.len(), 1);
        assert!(units[1].problems.is_empty());
        assert_eq!(units[1].remarks.len(), 2, "{:?}", units[1].remarks);
        assert_eq!(all(&units[1].records[0]), "key=h|kind=page|title=H");
    }
}
