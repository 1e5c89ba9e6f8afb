//! What was salvaged, and the list of what was not.

use crate::store::schema::Finding;
use std::collections::{BTreeMap, BTreeSet};

/// The losses that are named; the others are counted.
const MAX_NAMED: usize = 10_000;

/// What became of the rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecoveredRows {
    /// Rows that are in the new archive.
    pub salvaged: u64,
    /// Rows that were found, and could not be read or cannot stay.
    pub left_out: u64,
    /// References to lost rows that are empty now.
    pub cut: u64,
    /// Parts of the table that cannot be read.
    pub gaps: u64,
}

/// The result of a recovery.
#[derive(Clone, Debug, Default)]
pub struct Recovered {
    /// The rows of each table of the archive, by its name.
    pub tables: BTreeMap<&'static str, RecoveredRows>,
    /// What was lost: the table, the row, and the reason. The first of them.
    pub losses: Vec<Finding>,
    /// The number of further losses.
    pub more: u64,
    /// The number of pages of the damaged file.
    pub pages: u32,
    /// The number of further pages that its header states: the file was cut off.
    pub missing_pages: u32,
    /// The number of pages with rows that cannot be read.
    pub lost_pages: u32,
    /// The claims that had fewer than two independent origins before, as the damaged file keeps them.
    pub(super) weak: BTreeSet<i64>,
    /// The rows that were read and left out because what they refer to is lost, as a document of an operation keeps
    /// rows, and their number.
    pub kept: (Vec<u8>, usize),
}

impl Recovered {
    /// Notes a loss.
    pub fn add(&mut self, table: &str, key: impl Into<String>, finding: impl Into<String>) {
        if self.losses.len() < MAX_NAMED {
            let (table, key, finding) = (table.to_owned(), key.into(), finding.into());
            self.losses.push(Finding { table, key, finding });
        } else {
            self.more += 1;
        }
    }

    /// The counts of a table.
    pub(super) fn of(&mut self, table: &'static str) -> &mut RecoveredRows {
        self.tables.entry(table).or_default()
    }

    /// The number of rows that were salvaged.
    pub fn salvaged(&self) -> u64 {
        self.tables.values().map(|rows| rows.salvaged).sum()
    }

    /// Returns true if a row of the archive was lost, or a reference of one.
    pub fn has_lost_rows(&self) -> bool {
        self.tables.values().any(|rows| rows.left_out + rows.cut + rows.gaps > 0)
    }

    /// Returns true if a row of this table was lost.
    pub(super) fn has_lost_rows_of(&self, table: &str) -> bool {
        self.tables.get(table).is_some_and(|rows| rows.left_out + rows.gaps > 0)
    }

    /// The number of losses.
    pub fn lost(&self) -> u64 {
        self.more + self.losses.len() as u64
    }
}
