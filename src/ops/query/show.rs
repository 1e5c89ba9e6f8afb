//! All about one source, claim, location, measure or figure.

use crate::error::{Error, Result};
use crate::model::{CancelToken, DetailView, Table, Value, did_you_mean};
use crate::store::{Handle, Reader, claim_graph, exists, few_keys, read_detail};
use std::path::Path;

const KINDS: [(&str, &str); 5] = [
    ("claim", "claims"),
    ("source", "sources"),
    ("location", "locations"),
    ("measure", "measures"),
    ("figure", "figures"),
];

/// Keys of each table that are looked through for the one that was meant.
const COMPARED: u32 = 100_000;

/// All about the thing with this key. `claim:KEY` and the like say which is meant when a key names
/// several.
///
/// # Errors
/// When nothing has the key, or more than one thing has.
pub fn show(archive: &Path, key: &str, cancel: CancelToken) -> Result<DetailView> {
    let db = Reader::open(archive, cancel)?;
    let (kind, bare) = match key.split_once(':') {
        Some((kind, bare)) if KINDS.iter().any(|(word, _)| *word == kind) => (Some(kind), bare),
        _ => (None, key),
    };
    let mut found = Vec::new();
    let asked = || KINDS.iter().filter(|(word, _)| kind.is_none_or(|kind| kind == *word));
    for (word, table) in asked() {
        if exists(&db, table, bare)? {
            found.push((*word, *table));
        }
    }
    let mut known = Vec::new();
    if found.is_empty() {
        for (_, table) in asked() {
            known.extend(few_keys(&db, table, COMPARED)?);
        }
    }
    match found.as_slice() {
        [(_, "claims")] => with_chains(&db, read_detail(&db, "claims", bare)?),
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

/// Adds how many origins a claim has and through whom it came, drawn from the origins down.
fn with_chains(db: &Handle, mut read_detail: DetailView) -> Result<DetailView> {
    let graph = claim_graph(db, &read_detail.key)?;
    let origins = graph.origins();
    let unnamed = origins.iter().filter(|origin| graph.unnamed.contains(**origin)).count();
    let mut said = match origins.len() {
        1 => "1 independent".to_owned(),
        number => format!("{number} independent"),
    };
    if unnamed > 0 {
        said.push_str(&format!(", {unnamed} of them unnamed"));
    }
    let after =
        read_detail.facts.iter().position(|(name, _)| name == "status").map_or(0, |n| n + 1);
    read_detail.facts.insert(after, ("origins".to_owned(), Value::Text(said)));
    let mut chains = Table::new(&["depth", "source", "how"]);
    for step in graph.draw() {
        let depth = i64::try_from(step.depth).unwrap_or(i64::MAX);
        let how = if step.how.is_empty() { Value::Null } else { Value::Text(step.how) };
        chains.rows.push(vec![Value::Int(depth), Value::Text(step.source), how]);
    }
    if !chains.rows.is_empty() {
        let after = read_detail.sections.iter().position(|(title, _)| title == "mentions");
        let after = after.map_or(read_detail.sections.len(), |n| n + 1);
        read_detail.sections.insert(after, ("through whom it came".to_owned(), chains));
    }
    Ok(read_detail)
}
