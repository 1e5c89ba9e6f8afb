//! The outcome of an import: rows by table, rejected units, problems and remarks.

use crate::model::{KINDS, Problem, REPORT, Record};
use crate::ops::similar::Alike;
use crate::store::{Change, OperationInput};

/// The number of rows of one table that were added, changed and left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The table.
    pub table: &'static str,
    /// Rows added.
    pub new: usize,
    /// Rows changed.
    pub updated: usize,
    /// Rows that were there already, just so; a row that the input names several times is one.
    pub unchanged: usize,
    /// Rows of rejected units.
    pub rejected: usize,
}

impl Tally {
    fn is_of(&self, table: &str) -> bool {
        table == self.table
    }
}

/// The outcome of an import.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The number of rows added, changed and left, by table.
    pub tallies: Vec<Tally>,
    /// Units (lines, rows, entries) that were rejected.
    pub rejected: usize,
    /// The lines that those take in their input.
    pub rejected_lines: usize,
    /// The first problems of rejected units.
    pub problems: Vec<Problem>,
    /// The number of problems beyond those.
    pub more_problems: usize,
    /// The first remarks: what a person should know of rows that were imported.
    pub remarks: Vec<Problem>,
    /// The number of remarks in all.
    pub remarked: usize,
    /// What was added and may be there already.
    pub alike: Alike,
    /// True if rejected units were written to a file.
    pub written_back: bool,
    /// The keys that were made up for new rows, by table; the first of them.
    pub made_up: Vec<(&'static str, String)>,
    /// The first records that are new, as TOML, where a preview was asked for.
    pub preview: String,
    /// The inputs that were read.
    pub(in crate::ops) inputs: Vec<OperationInput>,
    /// The first row of each table that was added or changed, by what tells it from others.
    pub(in crate::ops) named: Vec<(&'static str, String)>,
    /// The reports of other people that stay out: nobody named them.
    pub left_reports: Vec<String>,
    /// Views that were stored.
    pub(in crate::ops) views: usize,
}

impl Outcome {
    /// Returns true if the file would change.
    pub(in crate::ops) fn changed(&self) -> bool {
        self.views > 0 || self.tallies.iter().any(|tally| tally.new + tally.updated > 0)
    }

    /// Returns true if reports, which describe their columns, would be new or changed.
    pub(in crate::ops) fn changed_reports(&self) -> bool {
        let mut of_reports = self.tallies.iter().filter(|tally| tally.is_of(REPORT.table));
        self.views > 0 || of_reports.any(|tally| tally.new + tally.updated > 0)
    }

    /// Counts rows of a table that one change was made to. A row that was counted before is passed over.
    pub(in crate::ops) fn count(&mut self, table: &'static str, change: &Change, number: usize) {
        if *change == Change::FoundAgain {
            return;
        }
        let tally = tally_of(&mut self.tallies, table);
        match change {
            Change::New => tally.new += number,
            Change::Updated => tally.updated += number,
            Change::Unchanged | Change::FoundAgain | Change::Contradicts { .. } => {
                tally.unchanged += number;
            }
        }
    }

    /// Notes the row of a record that was added or changed, if it is the first of its table.
    pub(in crate::ops) fn name(&mut self, record: &Record, change: &Change) {
        let table = record.kind.table;
        let changed = matches!(change, Change::New | Change::Updated);
        if changed && !self.named.iter().any(|(of, _)| *of == table) {
            let stated = record.kind.history_name().iter().filter_map(|field| record.text(field));
            self.named.push((table, stated.collect::<Vec<_>>().join(" | ")));
        }
    }

    /// The rows that were added and changed, in a few words: `sources: 1 new (flood); claims: 2 new, 1
    /// updated`. A row that is alone in its table is named. `None` if there are none.
    pub(in crate::ops) fn in_words(&self) -> Option<String> {
        let tally = |tally: &Tally| {
            let parts = [(tally.new, "new"), (tally.updated, "updated")];
            let parts: Vec<String> = parts
                .iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, word)| format!("{number} {word}"))
                .collect();
            let table = tally.table.replace('_', " ");
            let alone = self.named.iter().find(|(of, name)| tally.is_of(of) && !name.is_empty());
            let name = match alone.filter(|_| tally.new + tally.updated == 1) {
                Some((_, name)) => format!(" ({name})"),
                None => String::new(),
            };
            (!parts.is_empty()).then(|| format!("{table}: {}{name}", parts.join(", ")))
        };
        let mut tallies: Vec<&Tally> = self.tallies.iter().collect();
        tallies.sort_by_key(|tally| KINDS.iter().position(|kind| kind.is_of(tally.table)));
        let words: Vec<String> = tallies.into_iter().filter_map(tally).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// Counts a row of a rejected unit.
    pub(super) fn count_rejected(&mut self, table: &'static str) {
        tally_of(&mut self.tallies, table).rejected += 1;
    }

    /// Puts the tallies in the order of the kinds.
    pub(super) fn sorted(mut self) -> Self {
        self.tallies.sort_by_key(|tally| KINDS.iter().position(|kind| kind.is_of(tally.table)));
        self
    }
}

/// The tally of a table, begun where there is none.
fn tally_of<'a>(tallies: &'a mut Vec<Tally>, table: &'static str) -> &'a mut Tally {
    let position = tallies.iter().position(|tally| tally.is_of(table)).unwrap_or_else(|| {
        tallies.push(Tally { table, new: 0, updated: 0, unchanged: 0, rejected: 0 });
        tallies.len() - 1
    });
    &mut tallies[position]
}
