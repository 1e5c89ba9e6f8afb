//! The documents among the sources as CSL-JSON, for Zotero, pandoc and other reference managers.

use super::ndjson::{List, Object, plain_date};
use super::{Chosen, Outcome};
use crate::error::Result;
use crate::model::{Kind, Value, kind_of_table};
use crate::store::{Reader, read_rows};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::io::Write;

/// CSL's word for each kind of document; what a desk added is a document.
const TYPES: [(&str, &str); 11] = [
    ("article", "article-newspaper"),
    ("report", "report"),
    ("review", "review"),
    ("post", "post"),
    ("page", "webpage"),
    ("book", "book"),
    ("dataset", "dataset"),
    ("video", "motion_picture"),
    ("image", "graphic"),
    ("audio", "song"),
    ("broadcast", "broadcast"),
];

/// Writes an array with an item for each document.
pub(super) fn write(db: &Reader, chosen: &Chosen, out: &mut dyn Write) -> Result<Outcome> {
    let mut parties: BTreeSet<String> = BTreeSet::new();
    if let Some(kind) = kind_of_table("source_kinds") {
        read_rows(db, kind, |_, row| {
            if kind.position("is_party").is_some_and(|n| row[n] == Value::Int(1)) {
                parties.extend(text(kind, row, "code").map(str::to_owned));
            }
            Ok(())
        })?;
    }
    let mut list = List::begin(out, "[", "]")?;
    let mut left_out = 0;
    if let Some(kind) = kind_of_table("sources") {
        read_rows(db, kind, |_, row| {
            let field = |name: &str| text(kind, row, name);
            if !field("key").is_some_and(|key| chosen.picked(key)) {
                return Ok(());
            }
            if field("kind").is_some_and(|kind| parties.contains(kind)) {
                left_out += 1;
                return Ok(());
            }
            list.push(item(field).done())
        })?;
    }
    Ok(Outcome::Items { items: list.end()?, parties: left_out })
}

fn text<'a>(kind: &Kind, row: &'a [Value], name: &str) -> Option<&'a str> {
    row[kind.position(name)?].as_text()
}

fn item<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Object {
    let kind = field("kind").unwrap_or_default();
    let word = TYPES.iter().find(|(known, _)| *known == kind).map_or("document", |(_, csl)| csl);
    let doi = field("identifier").and_then(doi);
    // What CSL cannot hold as it is, so that an import can give it back.
    let own = Object::default()
        .with("kind", kind)
        .with("published", field("published"))
        .with("retrieved", field("retrieved"));
    Object::default()
        .with("id", field("key"))
        .with("type", word)
        .with("title", field("title"))
        .with("author", field("author").map(|name| json!([{"literal": name}])))
        .with("container-title", field("outlet"))
        .with("publisher", field("publisher"))
        .with("URL", field("url"))
        .with("DOI", doi)
        .with("number", field("identifier").filter(|_| doi.is_none()))
        .with("language", field("language"))
        .with("issued", field("published").map(date))
        .with("accessed", field("retrieved").map(date))
        .with("archive_location", field("archived_url"))
        .with("note", field("note"))
        .with("custom", json!({"onrecord": Json::from(own)}))
}

/// The DOI in an identifier, if it is one: bare, after "doi:", or as an address.
fn doi(identifier: &str) -> Option<&str> {
    let prefixes = [
        "https://doi.org/",
        "http://doi.org/",
        "http://dx.doi.org/",
        "https://dx.doi.org/",
        "doi:",
    ];
    let start = prefixes.iter().find(|prefix| {
        identifier.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    });
    let bare = identifier[start.map_or(0, |prefix| prefix.len())..].trim();
    let (registrant, rest) = bare.strip_prefix("10.")?.split_once('/')?;
    let digits = registrant.split('.').next().unwrap_or_default();
    let fine = digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (fine && !rest.is_empty() && !bare.contains(char::is_whitespace)).then_some(bare)
}

/// A date as CSL has it: its parts, "circa" where it is marked with doubt, the text itself where
/// digits are unknown or an end is open.
fn date(edtf: &str) -> Json {
    let ends: Vec<&str> = edtf.split('/').collect();
    let bare = |end: &str| end.trim_end_matches(['?', '~', '%']).to_owned();
    let parts = |end: &&str| -> Option<Vec<u16>> {
        let end = bare(end);
        let fine = !end.is_empty() && plain_date(&end);
        fine.then(|| end.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()).flatten()
    };
    match ends.iter().map(parts).collect::<Option<Vec<Vec<u16>>>>() {
        None => json!({"raw": edtf}),
        Some(parts) if edtf.contains(['?', '~', '%']) => {
            json!({"date-parts": parts, "circa": true})
        }
        Some(parts) => json!({"date-parts": parts}),
    }
}

#[cfg(test)]
mod tests {
    use super::{date, doi};

    #[test]
    fn dois() {
        assert_eq!(doi("10.1000/182"), Some("10.1000/182"));
        assert_eq!(doi("DOI: 10.1000.10/a(b)"), Some("10.1000.10/a(b)"));
        assert_eq!(doi("https://doi.org/10.1000/182"), Some("10.1000/182"));
        for other in ["S/2021/486", "10.1/x", "978-3-16-148410-0", "10.1000/", "é", "10.1000/a b"]
        {
            assert_eq!(doi(other), None, "{other}");
        }
    }

    #[test]
    fn dates() {
        assert_eq!(date("2021-06").to_string(), r#"{"date-parts":[[2021,6]]}"#);
        assert_eq!(date("2021/2022-01-02").to_string(), r#"{"date-parts":[[2021],[2022,1,2]]}"#);
        assert_eq!(date("2021-06-28?").to_string(), r#"{"date-parts":[[2021,6,28]],"circa":true}"#);
        assert_eq!(date("2021-06-XX").to_string(), r#"{"raw":"2021-06-XX"}"#);
        assert_eq!(date("../2021").to_string(), r#"{"raw":"../2021"}"#);
    }
}
