//! The state of a unit on its way into the archive, and the modes of an import.

use crate::error::Result;
use crate::intake::{Raw, Unit};
use crate::model::{Problem, SourcePos};

/// The conditions under which the rows of an import are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ops) enum WriteMode {
    /// The rows are kept.
    #[default]
    Keep,
    /// The rows are kept if none of them changes a row that was there.
    AddOnly,
    /// The rows are kept if none of them is new.
    ChangeOnly,
    /// The rows are rolled back: only the outcome is wanted.
    Rehearse,
}

/// The options of an import that hold for every unit.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ops) struct ImportMode {
    /// True if a new archive takes a whole export over: its row, its history, its codes.
    pub(in crate::ops) restoring: bool,
    /// True if the units that can be imported are kept when others are rejected.
    pub(in crate::ops) keep_going: bool,
    /// True if the outcome shows the first records that are new.
    pub(in crate::ops) preview: bool,
    /// The conditions under which the rows are kept.
    pub(in crate::ops) write: WriteMode,
}

/// A writer of rejected units.
pub(in crate::ops) trait Rejected {
    /// Writes the header of a table, with the byte that separates its cells.
    fn header(&mut self, header: &[String], delimiter: u8) -> Result<()>;
    /// Writes a unit with the reasons for which it was rejected.
    fn unit(&mut self, raw: &Raw, reasons: &[String]) -> Result<()>;
}

/// A unit and the input it came from, by position among the inputs.
#[derive(Debug)]
pub(super) struct InputUnit {
    pub(super) input: usize,
    pub(super) unit: Unit,
}

/// A reference to a row that is not there; a problem if that row never comes.
#[derive(Clone, Debug)]
pub(super) struct UnresolvedRef {
    /// The input that holds the reference, by position among the inputs.
    pub(super) input: usize,
    pub(super) table: &'static str,
    pub(super) key: String,
    pub(super) pos: SourcePos,
    pub(super) what: String,
}

impl UnresolvedRef {
    /// The table and the key of the row.
    pub(super) fn name(&self) -> (&'static str, String) {
        (self.table, self.key.clone())
    }
}

/// A problem of a unit, before it is known under which name its input goes.
#[derive(Clone, Debug)]
pub(super) struct UnitProblem {
    /// The input, by position among the inputs.
    pub(super) input: usize,
    pub(super) pos: SourcePos,
    pub(super) what: String,
}

impl UnitProblem {
    pub(super) fn named(self, inputs: &[String]) -> Problem {
        let input = inputs.get(self.input).cloned().unwrap_or_default();
        Problem { input, pos: self.pos, what: self.what }
    }
}

/// The outcome of one unit.
#[derive(Debug)]
pub(super) enum UnitOutcome {
    /// Its rows are written.
    Imported,
    /// It refers to rows that are not there yet.
    Deferred(Vec<UnresolvedRef>),
    /// Its problems, and the rows it refers to that are not there yet.
    Rejected(Vec<UnitProblem>, Vec<UnresolvedRef>),
}
