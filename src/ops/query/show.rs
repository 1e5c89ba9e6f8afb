//! One source, claim, location, measure or figure in full.

use crate::error::{Error, Result};
use crate::model::{CancelToken, DetailView, Table, Value, did_you_mean};
use crate::store::{Handle, Reader, claim_graph, exists, few_keys, read_detail};
use std::path::Path;

/// The kinds of records that can be shown: word and table.
const SHOWN_KINDS: [(&str, &str); 5] = [
    ("claim", "claims"),
    ("source", "sources"),
    ("location", "locations"),
    ("measure", "measures"),
    ("figure", "figures"),
];

/// The number of keys of each table that are searched for a similar spelling.
const MAX_KEYS_COMPARED: u32 = 100_000;

/// Returns everything about the record with this key. A prefix such as `claim:KEY` selects the kind
/// if records of several kinds have the key.
///
/// # Errors
/// Fails if no record, or more than one, has the key.
pub fn show(archive: &Path, key: &str, cancel: CancelToken) -> Result<DetailView> {
    let db = Reader::open(archive, cancel)?;
    let (kind, bare) = match key.split_once(':') {
        Some((kind, bare)) if SHOWN_KINDS.iter().any(|(word, _)| *word == kind) => {
            (Some(kind), bare)
        }
        _ => (None, key),
    };
    let mut found = Vec::new();
    let candidates =
        || SHOWN_KINDS.iter().filter(|(word, _)| kind.is_none_or(|kind| kind == *word));
    for (word, table) in candidates() {
        if exists(&db, table, bare)? {
            found.push((*word, *table));
        }
    }
    let mut known = Vec::new();
    if found.is_empty() {
        for (_, table) in candidates() {
            known.extend(few_keys(&db, table, MAX_KEYS_COMPARED)?);
        }
    }
    match found.as_slice() {
        [(_, "claims")] => add_source_chains(&db, read_detail(&db, "claims", bare)?),
        [(_, table)] => read_detail(&db, table, bare),
        [] => Err(Error::NotFound {
            what: kind.unwrap_or("claim, source, location, measure or figure").to_owned(),
            name: bare.to_owned(),
            near: did_you_mean(bare, known.iter().map(String::as_str)),
            hint: "`onrecord search WORDS` finds keys".to_owned(),
        }),
        several => {
            let words: Vec<&str> = several.iter().map(|(word, _)| *word).collect();
            Err(Error::Refused {
                what: format!("{bare:?} is the key of a {}", words.join(" and of a ")),
                hint: format!("say which is meant: `onrecord show {}:{bare}`", words[0]),
            })
        }
    }
}

/// Adds the number of origins of a claim and its source chains, from the origins down.
fn add_source_chains(db: &Handle, mut detail: DetailView) -> Result<DetailView> {
    let graph = claim_graph(db, &detail.key)?;
    let origins = graph.origins();
    let unnamed = origins.iter().filter(|origin| graph.unnamed.contains(**origin)).count();
    let mut summary = match origins.len() {
        1 => "1 independent".to_owned(),
        number => format!("{number} independent"),
    };
    if unnamed > 0 {
        summary.push_str(&format!(", {unnamed} of them unnamed"));
    }
    let after = detail.facts.iter().position(|(name, _)| name == "status").map_or(0, |n| n + 1);
    detail.facts.insert(after, ("origins".to_owned(), Value::Text(summary)));
    let mut chains = Table::new(&["depth", "source", "how"]);
    for step in graph.draw() {
        let depth = i64::try_from(step.depth).unwrap_or(i64::MAX);
        let how = if step.how.is_empty() { Value::Null } else { Value::Text(step.how) };
        chains.rows.push(vec![Value::Int(depth), Value::Text(step.source), how]);
    }
    if !chains.rows.is_empty() {
        let after = detail.sections.iter().position(|(title, _)| title == "mentions");
        let after = after.map_or(detail.sections.len(), |n| n + 1);
        detail.sections.insert(after, ("source chain".to_owned(), chains));
    }
    Ok(detail)
}
