//! The documents among the sources as CSL-JSON, for Zotero, pandoc and other reference managers.

use super::json::{Object, ObjectList, is_plain_date};
use super::options::ExportOutcome;
use super::selection::Selection;
use crate::error::Result;
use crate::model::{Kind, Value, kind_of_table};
use crate::store::{Reader, read_rows};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::io::Write;

/// The CSL type of each kind of document; kinds added by a desk become `document`.
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

/// Writes a JSON array with an item for each document.
pub(super) fn write(
    db: &Reader,
    selection: &Selection,
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    let mut parties: BTreeSet<String> = BTreeSet::new();
    if let Some(kind) = kind_of_table("source_kinds") {
        read_rows(db, kind, |_, row| {
            if kind.position("is_party").is_some_and(|n| row[n] == Value::Int(1)) {
                parties.extend(text_field(kind, row, "code").map(str::to_owned));
            }
            Ok(())
        })?;
    }
    let mut list = ObjectList::begin(out, "[", "]")?;
    let mut left_out = 0;
    if let Some(kind) = kind_of_table("sources") {
        read_rows(db, kind, |_, row| {
            let field = |name: &str| text_field(kind, row, name);
            if !field("key").is_some_and(|key| selection.includes_key(key)) {
                return Ok(());
            }
            if field("kind").is_some_and(|kind| parties.contains(kind)) {
                left_out += 1;
                return Ok(());
            }
            list.push(item_object(field).into_map())
        })?;
    }
    Ok(ExportOutcome::Items { items: list.end()?, parties: left_out })
}

fn text_field<'a>(kind: &Kind, row: &'a [Value], name: &str) -> Option<&'a str> {
    row[kind.position(name)?].as_text()
}

/// Builds the CSL item of a document from its fields.
fn item_object<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Object {
    let kind = field("kind").unwrap_or_default();
    let word = TYPES.iter().find(|(known, _)| *known == kind).map_or("document", |(_, csl)| csl);
    let doi = field("identifier").and_then(parse_doi);
    // The values that CSL cannot express exactly, so that an import restores them.
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
        .with("issued", field("published").map(csl_date))
        .with("accessed", field("retrieved").map(csl_date))
        .with("archive_location", field("archived_url"))
        .with("note", field("note"))
        .with("custom", json!({"onrecord": Json::from(own)}))
}

/// Parses a DOI from an identifier: bare, after "doi:", or as an address.
fn parse_doi(identifier: &str) -> Option<&str> {
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

/// The season of a date such as `2021-22`, from 1 (spring) to 4 (winter), as CSL counts them too.
fn season_of(edtf: &str) -> Option<u8> {
    let (year, part) = edtf.split_once('-')?;
    let number: u8 = part.parse().ok().filter(|_| year.len() == 4 && part.len() == 2)?;
    (21..=24).contains(&number).then(|| number - 20)
}

/// Converts an EDTF date to a CSL date: its parts, with "circa" if it is uncertain or approximate;
/// the text itself if digits are unknown or an end is open.
fn csl_date(edtf: &str) -> Json {
    let ends: Vec<&str> = edtf.split('/').collect();
    if let (Some(year), Some(season)) = (edtf.get(..4), season_of(edtf)) {
        return json!({"date-parts": [[year.parse::<u16>().unwrap_or_default()]], "season": season});
    }
    let bare = |end: &str| end.trim_end_matches(['?', '~', '%']).to_owned();
    let parts = |end: &&str| -> Option<Vec<u16>> {
        let end = bare(end);
        let fine = !end.is_empty() && is_plain_date(&end);
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
    use super::{csl_date, parse_doi};

    #[test]
    fn parses_dois() {
        assert_eq!(parse_doi("10.1000/182"), Some("10.1000/182"));
        assert_eq!(parse_doi("DOI: 10.1000.10/a(b)"), Some("10.1000.10/a(b)"));
        assert_eq!(parse_doi("https://doi.org/10.1000/182"), Some("10.1000/182"));
        for other in ["S/2021/486", "10.1/x", "978-3-16-148410-0", "10.1000/", "é", "10.1000/a b"]
        {
            assert_eq!(parse_doi(other), None, "{other}");
        }
    }

    #[test]
    fn converts_dates() {
        assert_eq!(csl_date("2021-06").to_string(), r#"{"date-parts":[[2021,6]]}"#);
        assert_eq!(
            csl_date("2021/2022-01-02").to_string(),
            r#"{"date-parts":[[2021],[2022,1,2]]}"#
        );
        assert_eq!(
            csl_date("2021-06-28?").to_string(),
            r#"{"date-parts":[[2021,6,28]],"circa":true}"#
        );
        assert_eq!(csl_date("2021-22").to_string(), r#"{"date-parts":[[2021]],"season":2}"#);
        assert_eq!(csl_date("2021-34").to_string(), r#"{"raw":"2021-34"}"#);
        assert_eq!(csl_date("2021-06-28T10:00").to_string(), r#"{"raw":"2021-06-28T10:00"}"#);
        assert_eq!(csl_date("2021-06-XX").to_string(), r#"{"raw":"2021-06-XX"}"#);
        assert_eq!(csl_date("../2021").to_string(), r#"{"raw":"../2021"}"#);
    }
}
