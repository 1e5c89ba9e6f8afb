//! The documents that a row of UCDP GED lists, and their original source.
//!
//! Newer rows list `"office,date,headline";"office,date,headline"`; older rows have one free text.

use crate::intake::table::row::Row;
use crate::intake::text::dates::parse_date;
use crate::intake::text::prose::{fold_blanks, text_value};
use crate::intake::unit::Unit;
use crate::model::{Value, check_date};

/// The key of the data set as a source.
const DATASET_KEY: &str = "ucdp-ged";

/// Adds the data set, the documents and their mentions of the claim.
pub(in crate::intake) fn add_documents(row: &Row<'_>, claim: &str, id: &str, unit: &mut Unit) {
    unit.add_record(
        "source",
        &row.pos("id"),
        &[
            ("key", DATASET_KEY.into()),
            ("kind", "dataset".into()),
            ("title", "UCDP Georeferenced Event Dataset (GED)".into()),
            ("publisher", "Uppsala Conflict Data Program".into()),
            ("url", "https://ucdp.uu.se".into()),
            ("rights", "CC BY 4.0".into()),
        ],
    );
    let locator = format!("id {id}");
    let by = [
        ("claim", claim.into()),
        ("source", DATASET_KEY.into()),
        ("locator", Value::Text(locator)),
    ];
    unit.add_record("mention", &row.pos("id"), &by);
    let speaker = add_speaker(row, unit);
    let pos = row.pos("source_article");
    let mut seen: Vec<String> = Vec::new();
    for article in parse_articles(row.get("source_article").unwrap_or_default()) {
        let fields = [
            ("kind", "article".into()),
            ("title", article.title.as_str().into()),
            ("outlet", text_value(article.outlet.as_deref())),
            ("published", text_value(article.published.as_deref())),
        ];
        let outlet = article.outlet.as_deref().unwrap_or_default();
        let published = article.published.as_deref().unwrap_or_default();
        // The headline comes last, where a long key is cut.
        let name = format!("{} {published} {}", outlet, article.title);
        let key = unit.add_with_proposed_key("source", &name, &pos, &fields);
        if seen.contains(&key) {
            continue;
        }
        let key_value = Value::from(key.as_str());
        let edge = [
            ("source", DATASET_KEY.into()),
            ("relation", "cites".into()),
            ("origin", key_value.clone()),
        ];
        unit.add_record("origin", &pos, &edge);
        let said = [
            ("claim", claim.into()),
            ("source", key_value),
            ("speaker", text_value(speaker.as_deref())),
        ];
        unit.add_record("mention", &pos, &said);
        seen.push(key);
    }
}

/// Adds the original source of the documents, as UCDP names it, and returns its key.
fn add_speaker(row: &Row<'_>, unit: &mut Unit) -> Option<String> {
    let text = row.get("source_original").map(fold_blanks)?;
    if !text.contains(char::is_alphanumeric) {
        return None;
    }
    let fields = [
        ("kind", "unnamed".into()),
        ("title", text.as_str().into()),
        ("note", "As UCDP names it; it may be several, named or not.".into()),
    ];
    Some(unit.add_with_proposed_key("source", &text, &row.pos("source_original"), &fields))
}

struct Article {
    outlet: Option<String>,
    published: Option<String>,
    title: String,
}

fn parse_articles(cell: &str) -> Vec<Article> {
    let clean = |text: &str| text.replace('\0', "").trim().to_owned();
    let listed = cell.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
    let entries: Option<Vec<Article>> = listed.and_then(|list| {
        let entry = |text: &str| {
            let (outlet, date, title) = split_article(text)?;
            let (outlet, title) = (clean(outlet), clean(title));
            let title = match (title.is_empty(), outlet.is_empty()) {
                (false, _) => title,
                (true, false) => outlet.clone(),
                (true, true) => return None,
            };
            let outlet = Some(outlet).filter(|text| !text.is_empty());
            Some(Article { outlet, published: Some(date.to_owned()), title })
        };
        list.split("\";\"").map(entry).collect()
    });
    entries.unwrap_or_else(|| {
        let title = clean(cell);
        if !title.contains(char::is_alphanumeric) {
            return Vec::new();
        }
        vec![Article { outlet: None, published: find_only_day(&title), title }]
    })
}

/// Splits an entry at the first comma that a day follows: names of offices contain commas too.
fn split_article(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices(',').find_map(|(at, _)| {
        let (date, title) = text[at + 1..].split_once(',')?;
        let date = date.trim();
        (date.len() == 10 && check_date(date).is_ok()).then(|| (&text[..at], date, title))
    })
}

/// Returns the day in a free text, where there is exactly one and it is not ambiguous.
fn find_only_day(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"' | ';'))
        .filter(|word| !word.is_empty())
        .collect();
    let dated = |text: &str| {
        parse_date(text).ok().filter(|read| read.date.len() == 10).map(|read| read.date)
    };
    let single = words.iter().filter(|word| word.contains(['-', '/'])).map(|word| dated(word));
    let three = words.windows(3).filter(|w| {
        w.iter().any(|word| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_alphabetic()))
    });
    let mut found: Vec<String> =
        single.flatten().chain(three.filter_map(|words| dated(&words.join(" ")))).collect();
    found.dedup();
    match &found[..] {
        [day] => Some(day.clone()),
        _ => None,
    }
}
