//! In which order records are written: what is referred to comes first.

use crate::model::{KINDS, Problem, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Sorts records by the order of their kinds, and within places and figures so that a place comes
/// after the one that holds it and a figure after its denominator.
///
/// # Errors
/// A problem for each record that goes round in a circle.
pub(super) fn order(records: Vec<(usize, Record)>) -> (Vec<(usize, Record)>, Vec<Problem>) {
    let mut phases: BTreeMap<usize, Vec<(usize, Record)>> = BTreeMap::new();
    for (input, record) in records {
        let phase = KINDS.iter().position(|kind| std::ptr::eq(*kind, record.kind));
        phases.entry(phase.unwrap_or(KINDS.len())).or_default().push((input, record));
    }
    let mut ordered = Vec::new();
    let mut problems = Vec::new();
    for mut phase in phases.into_values() {
        let field = match phase.first().map(|(_, record)| record.kind.table) {
            Some("locations") => "within",
            Some("figures") => "out_of",
            _ => {
                ordered.append(&mut phase);
                continue;
            }
        };
        let mut waiting: BTreeSet<String> = keys(&phase);
        while !phase.is_empty() {
            let waits = |record: &Record| record.text(field).is_some_and(|of| waiting.contains(of));
            let (later, ready): (Vec<_>, Vec<_>) =
                phase.into_iter().partition(|(_, record)| waits(record));
            if ready.is_empty() {
                problems.extend(later.iter().map(|(_, record)| Problem {
                    input: String::new(),
                    spot: record.given(field).map(|given| given.spot.clone()).unwrap_or_default(),
                    what: format!("{field} of {} goes round in a circle", record.name()),
                }));
                break;
            }
            waiting = keys(&later);
            ordered.extend(ready);
            phase = later;
        }
    }
    (ordered, problems)
}

fn keys(records: &[(usize, Record)]) -> BTreeSet<String> {
    records.iter().filter_map(|(_, record)| record.text("key").map(str::to_owned)).collect()
}
