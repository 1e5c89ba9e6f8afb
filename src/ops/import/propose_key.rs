//! Proposes keys: from a title and its year, a sentence, a name. A key that is taken is never
//! silently used again: another thing gets the next free number, the same thing is refused.

use crate::error::Result;
use crate::model::{Problem, Record, SourcePos, Value, propose_key};
use crate::ops::flag;
use crate::store::{Handle, keys_with, read_row};

/// The longest key before a year is put behind it.
const BEFORE_YEAR: usize = 59;

/// Gives a record without a key one made from what it says; a problem where the archive has the
/// same already. Kinds that nothing is made from are left as they are. Says whether it was given one.
pub(in crate::ops) fn key(
    db: &Handle,
    record: &mut Record,
    problems: &mut Vec<Problem>,
) -> Result<bool> {
    // The field that names it, and those that make two of the same key the same thing.
    let (from, same): (&str, &[&str]) = match record.kind.table {
        "sources" => ("title", &["title", "outlet", "published"]),
        "claims" => ("text", &["text"]),
        "locations" => ("name", &["name", "kind", "within"]),
        "measures" => ("title", &["title", "dimension", "scope"]),
        _ => return Ok(false),
    };
    if record.given("key").is_some() {
        return Ok(false);
    }
    if let Some(url) = record.text("url")
        && let Some(key) = keys_with(db, record.kind.table, "url", url)?.first()
    {
        let what = format!("source {key} has this address already; {}", instead(record, key));
        problems.push(Problem { input: String::new(), pos: flag("url"), what });
        record.set_bad("key", flag("key"));
        return Ok(false);
    }
    let Some(base) = record.text(from).map(|text| base(text, record)) else { return Ok(false) };
    for n in 1.. {
        let key = if n == 1 { base.clone() } else { format!("{base}-{n}") };
        let Some(row) = read_row(db, record.kind, &key)? else {
            record.set("key", Value::Text(key), flag("key"));
            return Ok(true);
        };
        let alike = |name: &&str| {
            let held = record.kind.position(name).and_then(|position| row.get(position));
            held.unwrap_or(&Value::Null) == record.given(name).map_or(&Value::Null, |g| &g.value)
        };
        if same.iter().all(alike) {
            let word = record.kind.word;
            let what = format!(
                "{word} {key} is the same ({}); {}",
                same.join(", "),
                instead(record, &key)
            );
            problems.push(Problem { input: String::new(), pos: flag(from), what });
            record.set_bad("key", SourcePos::Whole);
            return Ok(false);
        }
    }
    Ok(false)
}

fn instead(record: &Record, key: &str) -> String {
    let word = record.kind.word;
    format!("--key {key} --update changes it, another --key makes a second {word}")
}

fn base(text: &str, record: &Record) -> String {
    let base = propose_key(text, record.kind.word);
    let year = record.text("published").and_then(|date| date.get(..4)).unwrap_or_default();
    let known = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    if !known || base.split('-').any(|word| word == year) {
        return base;
    }
    let cut = match base.get(..BEFORE_YEAR) {
        Some(start) if base.len() > BEFORE_YEAR => {
            start.rsplit_once('-').map_or(start, |(words, _)| words)
        }
        _ => &base,
    };
    format!("{cut}-{year}")
}
