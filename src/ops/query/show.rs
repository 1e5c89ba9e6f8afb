//! One source, claim, location, measure or figure in full.

use crate::error::Result;
use crate::model::{
    CLAIM, CancelToken, DetailView, FIGURE, Kind, LOCATION, MEASURE, SOURCE, Table, Value,
};
use crate::ops::context::{find_record, open_reader};
use crate::store::{Handle, claim_graph, read_detail};
use std::path::Path;

/// The kinds of records that can be shown.
pub const SHOWN_KINDS: [&Kind; 5] = [&CLAIM, &SOURCE, &LOCATION, &MEASURE, &FIGURE];

/// Returns everything about the record with this key, and of each list the first `most` rows. A prefix such as `claim:KEY` selects the kind
/// if records of several kinds have the key. A former key reaches the record too.
///
/// # Errors
/// Fails if no record, or more than one, has the key.
pub fn show(archive: &Path, key: &str, most: usize, cancel: CancelToken) -> Result<DetailView> {
    let db = open_reader(archive, cancel)?;
    let (kind, key) = find_record(&db, key, &SHOWN_KINDS)?;
    let detail = read_detail(&db, kind.table, &key, most)?;
    if kind.is(&CLAIM) { add_source_chains(&db, detail) } else { Ok(detail) }
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
