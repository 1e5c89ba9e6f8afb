//! Takes units as they are read: each is checked against the archive and what came before it, and
//! written at once, inside the transaction of the import. A problem rejects its unit; whether the
//! import goes on without it or is undone as a whole is decided at the end.

use super::check_unit::contradiction;
use super::deferred::Missing;
use super::transaction::{Kept, Outcome, is_archive_row, tally_of};
use super::{resolve_keys, write_order};
use crate::error::{Error, Result};
use crate::intake::{Codes, Raw, Sink, Unit};
use crate::model::{Problem, Record, SourcePos, Value};
use crate::store::{
    Change, RowWriter, SuspendedTriggers, Words, Writer, keep_codes, location_circle, store_view,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Takes what was rejected, with the reasons, to write it back.
pub(in crate::ops) trait Rejected {
    fn header(&mut self, header: &[String], delimiter: u8) -> Result<()>;
    fn unit(&mut self, raw: &Raw, reasons: &[String]) -> Result<()>;
}

/// Records written before the guards are set aside: a few are quicker with them.
const FEW: usize = 500;
/// Problems and remarks that are kept; beyond that they are counted.
const KEPT: usize = 1000;
/// Keys that are remembered, to say more of what refers to them.
pub(super) const REMEMBERED: usize = 100_000;

/// How an import of units goes.
#[derive(Clone, Copy, Debug)]
pub(in crate::ops) struct ImportMode {
    /// Whether a new archive takes a whole export over.
    pub(in crate::ops) restoring: bool,
    /// Whether what is good is kept when something is rejected.
    pub(in crate::ops) keep_going: bool,
}

/// The state of one import of units.
pub(in crate::ops) struct Importer<'a> {
    pub(in crate::ops) writer: &'a Writer,
    pub(in crate::ops) rows: RowWriter<'a>,
    pub(in crate::ops) mode: ImportMode,
    desk: String,
    kept: Kept,
    pub(in crate::ops) input: String,
    /// Inputs in the order in which they came.
    inputs: Vec<String>,
    rejected: Option<&'a mut dyn Rejected>,
    suspended: Option<SuspendedTriggers>,
    written: usize,
    units: usize,
    pub(in crate::ops) outcome: Outcome,
    /// Units that refer to what has not come yet.
    pub(super) waiting: Vec<(String, Unit)>,
    /// References of rejected units to what has not come yet.
    pub(super) doubtful: Vec<(String, Missing)>,
    /// Keys of rejected units.
    pub(in crate::ops) lost: HashSet<(&'static str, String)>,
    /// Whether units that waited are tried again: their own lines have been looked at.
    pub(in crate::ops) again: bool,
    /// Lines of keys, by table and key, for one input.
    pub(in crate::ops) lines: HashMap<(&'static str, String), usize>,
    /// Codes that an export brings, by list.
    codes: BTreeMap<&'static str, BTreeSet<String>>,
    /// Keys to mean instead of one that is not there.
    pub(in crate::ops) known: HashMap<&'static str, Vec<String>>,
    pub(in crate::ops) asked: usize,
    /// What stopped the reading.
    failure: Option<Error>,
    delimiter: u8,
}

/// What became of a unit.
pub(super) enum UnitOutcome {
    Taken,
    /// It refers to what is not there yet.
    Waits(Vec<Missing>),
    /// What is wrong, and what it refers to that is not there yet.
    Rejected(Vec<(SourcePos, String)>, Vec<Missing>),
}

impl<'a> Importer<'a> {
    pub(in crate::ops) fn new(
        writer: &'a Writer,
        now: &'a str,
        mode: ImportMode,
        rejected: Option<&'a mut dyn Rejected>,
    ) -> Result<Self> {
        Ok(Importer {
            writer,
            rows: RowWriter::new(writer, now),
            mode,
            desk: writer.desk()?,
            kept: Kept::of(writer)?,
            input: String::new(),
            inputs: Vec::new(),
            rejected,
            suspended: None,
            written: 0,
            units: 0,
            outcome: Outcome::default(),
            waiting: Vec::new(),
            doubtful: Vec::new(),
            lost: HashSet::new(),
            again: false,
            lines: HashMap::new(),
            codes: BTreeMap::new(),
            known: HashMap::new(),
            asked: 0,
            failure: None,
            delimiter: b',',
        })
    }

    /// Goes on with another input. The rows of a table may not say two things of one record.
    pub(in crate::ops) fn begin(&mut self, input: &str, table: bool) {
        input.clone_into(&mut self.input);
        self.inputs.push(input.to_owned());
        self.lines.clear();
        self.rows.once_only(table);
    }

    /// Whether something other than a problem in the input ended the reading.
    pub(in crate::ops) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Takes what waited, puts the guards back and gives what was done.
    pub(in crate::ops) fn finish(mut self) -> Result<Outcome> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        self.take_waiting()?;
        self.resolve_doubtful()?;
        self.rows.flush()?;
        let place = |problem: &Problem| self.inputs.iter().position(|name| *name == problem.input);
        let order = |a: &Problem, b: &Problem| (place(a), &a.pos).cmp(&(place(b), &b.pos));
        self.outcome.problems.sort_by(order);
        let places = self.outcome.tallies.iter().any(|tally| tally.table == "locations");
        if let Some(key) = places.then(|| location_circle(self.writer)).transpose()?.flatten() {
            return Err(Error::Refused {
                what: format!(
                    "location {key} would lie within itself, through the places that hold it"
                ),
                hint: "change `within` of one of them; nothing was written".to_owned(),
            });
        }
        if let Some(suspended) = self.suspended.take() {
            self.writer.restore_triggers(suspended)?;
        }
        if self.mode.restoring {
            for (table, codes) in &self.codes {
                let codes: Vec<String> = codes.iter().cloned().collect();
                keep_codes(self.writer, table, &codes)?;
            }
        }
        Ok(self.outcome)
    }

    fn take(&mut self, mut unit: Unit) -> Result<()> {
        self.units += 1;
        if self.units.is_multiple_of(64)
            && let Some(why) = self.writer.stopped()
        {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        for (pos, what) in &unit.remarks {
            self.outcome.remarked += 1;
            if self.outcome.remarks.len() < KEPT {
                self.outcome.remarks.push(self.problem(pos, what.clone()));
            }
        }
        match self.settle(&mut unit)? {
            UnitOutcome::Taken => Ok(()),
            UnitOutcome::Rejected(problems, missing) => self.reject(&unit, problems, missing),
            UnitOutcome::Waits(_) => {
                self.waiting.push((self.input.clone(), unit));
                Ok(())
            }
        }
    }

    pub(in crate::ops) fn problem(&self, pos: &SourcePos, what: String) -> Problem {
        Problem { input: self.input.clone(), pos: pos.clone(), what }
    }

    pub(super) fn reject(
        &mut self,
        unit: &Unit,
        problems: Vec<(SourcePos, String)>,
        missing: Vec<Missing>,
    ) -> Result<()> {
        self.outcome.rejected += 1;
        self.lose(unit);
        for missing in missing {
            if self.doubtful.len() < KEPT {
                self.doubtful.push((self.input.clone(), missing));
            }
        }
        for record in &unit.records {
            tally_of(&mut self.outcome.tallies, record.kind.table).rejected += 1;
        }
        if let Some(rejected) = &mut self.rejected {
            let reasons: Vec<String> = problems
                .iter()
                .map(|(pos, what)| match pos {
                    SourcePos::Cell(_, column) => format!("column {column}: {what}"),
                    _ => what.clone(),
                })
                .collect();
            rejected.unit(&unit.raw, &reasons)?;
        }
        for (pos, what) in problems {
            if self.outcome.problems.len() < KEPT {
                let problem = self.problem(&pos, what);
                self.outcome.problems.push(problem);
            } else {
                self.outcome.more_problems += 1;
            }
        }
        Ok(())
    }

    /// Checks a unit and writes it when nothing is wrong with it.
    pub(super) fn settle(&mut self, unit: &mut Unit) -> Result<UnitOutcome> {
        self.rows.begin_unit()?;
        unit.records.retain(|record| self.concerns_us(record));
        if !self.mode.restoring {
            unit.records.iter_mut().for_each(|record| self.kept.keep(record));
        }
        let records = &mut unit.records;
        let mut problems = std::mem::take(&mut unit.problems);
        for record in records.iter_mut() {
            if matches!(record.kind.table, "assessments" | "source_grades")
                && record.given("by").is_none()
            {
                record.set("by", Value::from(self.desk.as_str()), record.pos.clone());
            }
        }
        resolve_keys::settle(&mut self.rows, records, &mut problems)?;
        let mut missing = Vec::new();
        if unit.cited {
            for record in records.iter() {
                problems.extend(resolve_keys::another_work(&mut self.rows, record)?);
            }
        }
        for record in records.iter() {
            self.check(&unit.raw, records, record, &mut problems, &mut missing)?;
        }
        if !problems.is_empty() {
            return Ok(UnitOutcome::Rejected(problems, missing));
        }
        if !missing.is_empty() {
            return Ok(UnitOutcome::Waits(missing));
        }
        for record in records.iter_mut() {
            // What sort of claim a row of a table is may be left unsaid.
            if record.kind.table == "claims"
                && matches!(unit.raw, Raw::Cells(_))
                && record.given("kind").is_none()
                && let Some(key) = record.text("key").map(str::to_owned)
                && self.rows.find_id("claims", &key)?.is_none()
            {
                record.set("kind", Value::from("unsorted"), record.pos.clone());
            }
        }
        unit.records = write_order::within_unit(std::mem::take(records));
        self.write(unit)
    }

    /// Whether a record is for this archive to take: its own row, and the reports that come with the
    /// program, are taken over only with a whole export.
    fn concerns_us(&self, record: &Record) -> bool {
        let builtin = record.kind.table == "reports"
            && record.given("builtin").is_some_and(|given| given.value == Value::Int(1));
        self.mode.restoring || !(builtin || is_archive_row(record))
    }

    fn write(&mut self, unit: &Unit) -> Result<UnitOutcome> {
        if self.suspended.is_none() && self.written > FEW {
            self.suspended = Some(self.writer.suspend_triggers()?);
            // What may be undone unit by unit cannot wait.
            self.rows.begin_bulk(!self.mode.keep_going)?;
        }
        let savepoint = self.mode.keep_going;
        if savepoint {
            self.writer.savepoint()?;
        }
        let before = savepoint.then(|| self.outcome.tallies.clone());
        match self.write_records(unit) {
            Ok(()) => {
                if savepoint {
                    self.writer.release()?;
                }
                Ok(UnitOutcome::Taken)
            }
            Err(refused) => match (refused.0, savepoint) {
                // A rule that only the file knows.
                (Error::Refused { what, .. }, _) => {
                    self.rows.forget()?;
                    if let Some(before) = before {
                        self.writer.roll_back()?;
                        self.outcome.tallies = before;
                    }
                    Ok(UnitOutcome::Rejected(vec![(refused.1, what)], Vec::new()))
                }
                (error, _) => Err(error),
            },
        }
    }

    fn write_records(&mut self, unit: &Unit) -> std::result::Result<(), Box<(Error, SourcePos)>> {
        for record in &unit.records {
            let at = |error| match error {
                Error::Refused { what, hint } => {
                    let what = format!("the file refused it: {what}");
                    Box::new((Error::Refused { what, hint }, record.pos.clone()))
                }
                other => Box::new((other, record.pos.clone())),
            };
            let change = self.rows.write(record).map_err(at)?;
            if let Change::Contradicts { field, held } = &change {
                return Err(Box::new(contradiction(record, field, held)));
            }
            let parts = self.rows.write_parts(record).map_err(at)?;
            self.written += 1;
            self.outcome.tally(record.kind.table, change, 1);
            if let Some(part) = record.parts.first() {
                self.outcome.tally(part.kind.table, Change::New, parts);
                let rest = record.parts.len() - parts;
                self.outcome.tally(part.kind.table, Change::Unchanged, rest);
            }
            if record.kind.identity == ["code"]
                && let Some(code) = record.given("code")
            {
                self.codes.entry(record.kind.table).or_default().insert(code.value.to_string());
            }
        }
        for view in &unit.views {
            let new = store_view(self.writer, &view.name, &view.sql, self.mode.restoring)
                .map_err(|error| Box::new((error, view.pos.clone())))?;
            self.outcome.views += usize::from(new);
        }
        Ok(())
    }
}

impl Sink for Importer<'_> {
    fn header(&mut self, header: &[String]) {
        if let Some(rejected) = &mut self.rejected {
            let told = rejected.header(header, self.delimiter);
            self.failure = told.err();
        }
    }

    fn delimiter(&mut self, sign: u8) {
        self.delimiter = sign;
    }

    fn unit(&mut self, unit: Unit) -> bool {
        if self.failure.is_some() {
            return false;
        }
        match self.take(unit) {
            Ok(()) => true,
            Err(error) => {
                self.failure = Some(error);
                false
            }
        }
    }
}

impl Codes for Words {
    fn of(&self, table: &str) -> Vec<String> {
        Words::of(self, table).to_vec()
    }

    fn has(&self, table: &str, code: &str) -> bool {
        Words::of(self, table).iter().any(|known| known == code)
    }
}
