//! In which order records are written: what is referred to comes first.

use crate::model::{KINDS, Problem, Record};
use std::collections::{BTreeMap, HashMap};

/// A record and the number of its document.
type Numbered = (usize, Record);

/// Sorts records by the order of their kinds, and within places and figures so that a place comes
/// after the one that holds it and a figure after its denominator. Gives a problem for each record
/// that goes round in a circle.
pub(in crate::ops) fn order(
    records: Vec<Numbered>,
    inputs: &[String],
) -> (Vec<Numbered>, Vec<Problem>) {
    let mut phases: BTreeMap<usize, Vec<Numbered>> = BTreeMap::new();
    for (input, record) in records {
        phases.entry(rank(&record)).or_default().push((input, record));
    }
    let mut ordered = Vec::new();
    let mut problems = Vec::new();
    for mut phase in phases.into_values() {
        match phase.first().map(|(_, record)| record.kind.table) {
            Some("locations") => untangle(phase, "within", inputs, &mut ordered, &mut problems),
            Some("figures") => untangle(phase, "out_of", inputs, &mut ordered, &mut problems),
            _ => ordered.append(&mut phase),
        }
    }
    (ordered, problems)
}

/// The place of a record's kind in the order of writing.
fn rank(record: &Record) -> usize {
    KINDS.iter().position(|kind| std::ptr::eq(*kind, record.kind)).unwrap_or(KINDS.len())
}

/// The same for the few records of one unit.
pub(super) fn within_unit(mut records: Vec<Record>) -> Vec<Record> {
    let many = |table: &str| records.iter().filter(|r| r.kind.table == table).count() > 1;
    if many("locations") || many("figures") {
        let numbered = records.into_iter().map(|record| (0, record)).collect();
        return order(numbered, &[]).0.into_iter().map(|(_, record)| record).collect();
    }
    if !records.is_sorted_by_key(rank) {
        records.sort_by_cached_key(rank);
    }
    records
}

/// Follows each record to the one it refers to, and writes that one first.
fn untangle(
    phase: Vec<Numbered>,
    field: &str,
    inputs: &[String],
    ordered: &mut Vec<Numbered>,
    problems: &mut Vec<Problem>,
) {
    let keys: HashMap<String, usize> = phase
        .iter()
        .enumerate()
        .filter_map(|(n, (_, record))| Some((record.text("key")?.to_owned(), n)))
        .collect();
    let before: Vec<Option<usize>> =
        phase.iter().map(|(_, r)| r.text(field).and_then(|of| keys.get(of).copied())).collect();
    // 0: not yet come by; else the number of the walk that came by first.
    let mut walks = vec![0; phase.len()];
    let mut order = Vec::with_capacity(phase.len());
    for start in 0..phase.len() {
        let mut path = Vec::new();
        let mut next = Some(start);
        while let Some(here) = next.filter(|here| walks[*here] == 0) {
            walks[here] = start + 1;
            path.push(here);
            next = before[here];
        }
        if let Some(turn) = next.filter(|here| walks[*here] == start + 1)
            && let Some(from) = path.iter().position(|here| *here == turn)
        {
            problems.extend(path[from..].iter().map(|here| {
                let (input, record) = &phase[*here];
                Problem {
                    input: inputs.get(*input).cloned().unwrap_or_default(),
                    pos: record.given(field).map(|given| given.pos.clone()).unwrap_or_default(),
                    what: format!("{field} of {} goes round in a circle", record.name()),
                }
            }));
        }
        order.extend(path.into_iter().rev());
    }
    let mut phase: Vec<Option<Numbered>> = phase.into_iter().map(Some).collect();
    ordered.extend(order.into_iter().filter_map(|n| phase[n].take()));
}
