//! What refers to something that has not come yet, and what becomes of it at the end of an import.

use super::importer::{Importer, REMEMBERED, UnitOutcome};
use crate::error::Result;
use crate::intake::Unit;
use crate::model::{Problem, SourcePos, kind_of_table};

/// A reference to what is not there; a problem if it never comes.
pub(in crate::ops) struct Missing {
    pub(in crate::ops) table: &'static str,
    pub(in crate::ops) key: String,
    pub(in crate::ops) pos: SourcePos,
    pub(in crate::ops) what: String,
}

/// Two that each need the other first: a verdict on one claim that rests on the other, and back.
fn in_a_circle(missing: Missing) -> (SourcePos, String) {
    let Missing { table, key, pos, .. } = missing;
    let word = kind_of_table(table).map_or(table, |kind| kind.word);
    let what = format!(
        "the {word} {key:?} refers back to what this is in, so that neither can come first; write \
         what refers, such as a verdict with its evidence, as a line or row of its own below both"
    );
    (pos, what)
}

impl Importer<'_> {
    /// Units that waited are tried again as long as one more of them can be taken.
    pub(super) fn take_waiting(&mut self) -> Result<()> {
        self.again = true;
        loop {
            let waiting = std::mem::take(&mut self.waiting);
            let before = waiting.len();
            let mut lost = Vec::new();
            for (input, mut unit) in waiting {
                self.input.clone_from(&input);
                match self.settle(&mut unit)? {
                    UnitOutcome::Taken => {}
                    UnitOutcome::Rejected(problems, missing) => {
                        self.reject(&unit, problems, missing)?
                    }
                    UnitOutcome::Waits(missing) => lost.push((input, unit, missing)),
                }
            }
            if lost.len() < before {
                self.waiting = lost.into_iter().map(|(input, unit, _)| (input, unit)).collect();
                continue;
            }
            // One that waits for another that never comes is not to blame by itself.
            for (_, unit, _) in &lost {
                self.lose(unit);
            }
            let circle = self.outcome.rejected == 0
                && lost.iter().flat_map(|(_, _, missing)| missing).all(|m| self.is_lost(m));
            for (input, unit, missing) in lost {
                self.input = input;
                let told = |m| if circle { Some(in_a_circle(m)) } else { self.never_came(m) };
                let problems = missing.into_iter().filter_map(told).collect();
                self.reject(&unit, problems, Vec::new())?;
            }
            return Ok(());
        }
    }

    /// The problem that something never came; none where it stands in a unit with problems of its
    /// own, unless that one is left out.
    fn never_came(&self, missing: Missing) -> Option<(SourcePos, String)> {
        if !self.is_lost(&missing) {
            return Some((missing.pos, missing.what));
        }
        let Missing { table, key, pos, .. } = missing;
        let word = kind_of_table(table).map_or(table, |kind| kind.word);
        let what = format!("the {word} {key:?} stands where something is left out");
        self.mode.keep_going.then_some((pos, what))
    }

    fn is_lost(&self, missing: &Missing) -> bool {
        self.lost.contains(&(missing.table, missing.key.clone()))
    }

    /// Remembers what a unit would have brought.
    pub(super) fn lose(&mut self, unit: &Unit) {
        for record in unit.records.iter().filter(|record| record.kind.keyed()) {
            if let Some(key) = record.text("key")
                && self.lost.len() < REMEMBERED
            {
                self.lost.insert((record.kind.table, key.to_owned()));
            }
        }
    }

    /// Says what the rejected units refer to that never came.
    pub(super) fn resolve_doubtful(&mut self) -> Result<()> {
        for (input, missing) in std::mem::take(&mut self.doubtful) {
            if self.rows.find_id(missing.table, &missing.key)?.is_some() {
                continue;
            }
            if let Some((pos, what)) = self.never_came(missing) {
                self.outcome.problems.push(Problem { input, pos, what });
            }
        }
        Ok(())
    }
}
