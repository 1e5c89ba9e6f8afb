//! Imports units, of every format, by one way: resolve keys, check, put in the order of writing,
//! then write or defer. A problem rejects its unit; whether the import goes on without that unit or
//! is rolled back as a whole is decided at the end.

use super::amounts::settle_amount;
use super::beside_amounts::settle_beside;
use super::check_unit::{BroughtKeys, CheckedUnit, Findings, UnitChecker};
use super::contradictions::{contradiction, find_contradictions};
use super::deferred::{Deferred, WaitingUnit, WaitingUnits, part_circles, renew};
use super::foreign_desk::ForeignDesk;
use super::operations::CarriedOperations;
use super::outcome::Outcome;
use super::reports::{ForeignReports, is_builtin, keeps_title, name_of};
use super::resolve_keys::{Same, another_work, follow_aliases, is_there_already, resolve_keys};
use super::resolve_names::NameResolver;
use super::same_page::{SamePage, settle_page, settle_snapshot};
use super::undated::{refuse_tied_verdicts, remark_on_undated};
use super::unit_state::{
    ImportMode, InputUnit, Rejected, UnitOutcome, UnitProblem, UnresolvedRef, WriteMode,
};
use super::validate::{check_required, fill_in_table};
use super::versions::ClaimVersions;
use super::write_order::write_order;
use crate::error::{Error, Result};
use crate::intake::{Codes, Raw, Sink, StoredView, Unit};
use crate::model::{
    ARCHIVE, KINDS, Kind, LOCATION, PLACE, Problem, REPORT, Record, Role, SOURCE, SourcePos, Value,
    imply, is_stand_in, quoted,
};
use crate::store::{
    Aliases, Change, LastVerdict, OperationInput, RowWriter, SuspendedTriggers, Words, Writer,
    has_view, keep_codes, location_circle, read_aliases, remove_other_places, store_view,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Records written before the guards are suspended: a few are quicker with them.
const BULK_FROM: usize = 500;
/// Problems and remarks that are kept; beyond that they are counted.
const MAX_KEPT: usize = 1000;
/// The number of remarks that are kept: what they name is named nowhere else.
const MAX_REMARKS: usize = 200_000;
/// Units between two looks at the cancellation token.
const UNITS_PER_POLL: usize = 64;

/// One import into an open transaction.
pub(in crate::ops) struct Importer<'a> {
    writer: &'a Writer,
    rows: RowWriter<'a>,
    mode: ImportMode,
    /// The desk, which gives the verdicts that name no assessor.
    desk: String,
    own_row: OwnRow,
    foreign_desk: ForeignDesk,
    /// The verdicts and claims that were there before.
    verdicts_before: LastVerdict,
    checker: UnitChecker,
    /// Former keys, which documents may go on using.
    aliases: Aliases,
    names: NameResolver,
    deferred: Deferred,
    versions: ClaimVersions,
    operations: CarriedOperations,
    /// The name of the input at hand.
    input: String,
    /// The names of the inputs and their worksheets, in the order in which they came, as messages call them;
    /// the last is at hand.
    inputs: Vec<String>,
    rejected: Option<&'a mut dyn Rejected>,
    suspended: Option<SuspendedTriggers>,
    /// Records written.
    written: usize,
    /// Units read.
    units: usize,
    outcome: Outcome,
    reports: ForeignReports,
    /// Codes that an export brings, by list.
    codes: BTreeMap<&'static str, BTreeSet<String>>,
    /// The byte between the cells of the table at hand.
    delimiter: u8,
    /// An error other than a problem of the input; reading stops at it.
    failure: Option<Error>,
}

/// The reason why the records of a unit could not be written.
enum WriteError {
    /// A rule that only the file knows, or a field that contradicts another row of the import.
    Problem(UnitProblem),
    /// Anything else: the import ends.
    Failure(Error),
}

impl<'a> Importer<'a> {
    /// An importer into the transaction of `writer`. `now` stands in for moments that are not
    /// stated.
    pub(in crate::ops) fn new(
        writer: &'a Writer,
        now: &'a str,
        mode: ImportMode,
        rejected: Option<&'a mut dyn Rejected>,
    ) -> Result<Self> {
        let mut rows = RowWriter::new(writer, now);
        if mode.write == WriteMode::ChangeOnly {
            rows.correct_identities();
        }
        Ok(Importer {
            writer,
            rows,
            mode,
            desk: writer.desk()?,
            own_row: OwnRow::of(writer)?,
            foreign_desk: ForeignDesk::of(writer)?,
            verdicts_before: LastVerdict::of(writer)?,
            checker: UnitChecker::new(mode.restoring),
            aliases: read_aliases(writer)?,
            names: NameResolver::default(),
            deferred: Deferred::default(),
            versions: ClaimVersions::default(),
            operations: CarriedOperations::default(),
            input: String::new(),
            inputs: Vec::new(),
            rejected,
            suspended: None,
            written: 0,
            units: 0,
            outcome: Outcome::default(),
            reports: ForeignReports::default(),
            codes: BTreeMap::new(),
            delimiter: b',',
            failure: None,
        })
    }

    /// Takes these reports in, where an input brings them; hyphens stand for underscores. Others stay out, but for those
    /// of an archive that is taken over as a whole.
    pub(in crate::ops) fn take_reports(&mut self, names: &[String]) {
        self.reports = ForeignReports::named(names);
    }

    /// Begins another input, under the name that messages call it by.
    /// With `once_only`, its values for a row may not contradict those of another input or unit.
    pub(in crate::ops) fn begin(&mut self, input: &str, once_only: bool) {
        input.clone_into(&mut self.input);
        self.inputs.push(input.to_owned());
        self.checker.begin_input();
        self.foreign_desk.begin_input();
        self.operations.begin_input();
        self.rows.begin_input();
        self.rows.forbid_contradictions(once_only);
    }

    /// Notes an input that was read, for the record of the operation.
    pub(in crate::ops) fn note_input(&mut self, input: OperationInput) {
        self.outcome.inputs.push(input);
    }

    /// Takes the desk that the units to come name, so that verdicts before it are its own too.
    pub(in crate::ops) fn expect_desk(&mut self, units: &[Unit]) {
        let records = units.iter().flat_map(|unit| &unit.records);
        let named = records.filter(|record| self.keeps(record) && record.kind.is(&ARCHIVE));
        if let (Some(desk), true) =
            (named.filter_map(|record| record.text("desk")).next_back(), self.may_name_desk())
        {
            self.desk = desk.to_owned();
        }
    }

    /// Removes the places of a claim that are not `kept`, each a place and its relation.
    pub(in crate::ops) fn remove_other_places(
        &mut self,
        claim: &str,
        kept: &[(String, String)],
    ) -> Result<()> {
        let removed = remove_other_places(self.writer, claim, kept)?;
        self.count(PLACE.table, &Change::Updated, removed);
        Ok(())
    }

    /// Writes what is held back for later, so that the file can be read.
    pub(in crate::ops) fn flush(&mut self) -> Result<()> {
        self.rows.flush()
    }

    /// Counts a row that needed no import, because it is there just so.
    pub(in crate::ops) fn count_unchanged(&mut self, table: &'static str) {
        self.count(table, &Change::Unchanged, 1);
    }

    /// Counts rows to which a change was made.
    pub(in crate::ops) fn count(&mut self, table: &'static str, change: &Change, number: usize) {
        if number > 0 {
            self.outcome.count(table, change, number);
        }
    }

    /// Returns true if an error other than a problem of the input ended the reading.
    pub(in crate::ops) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Imports the deferred units, restores the guards and returns the outcome.
    pub(in crate::ops) fn finish(mut self) -> Result<Outcome> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        self.retry_deferred()?;
        self.report_doubtful()?;
        self.rows.end_bulk()?;
        let place = |problem: &Problem| self.inputs.iter().position(|name| *name == problem.input);
        self.outcome
            .problems
            .sort_by(|a, b| (place(a), &a.pos, &a.what).cmp(&(place(b), &b.pos, &b.what)));
        self.outcome.problems.dedup();
        self.refuse_circle()?;
        self.reports.refuse_missing(&self.outcome.left_reports)?;
        for (input, pos, what) in self.reports.rows_alone() {
            self.remark(input, pos, what);
        }
        if let Some(suspended) = self.suspended.take() {
            self.writer.restore_triggers(suspended)?;
        }
        if !self.mode.restoring {
            refuse_tied_verdicts(self.writer, self.verdicts_before)?;
        }
        // A line that was rejected may be of a code that others need.
        if self.mode.restoring && self.outcome.rejected == 0 && !self.codes.is_empty() {
            for list in KINDS.iter().filter(|kind| kind.role == Role::CodeList) {
                // A list of which no line came is empty: all lists are as old as the format.
                let codes = self.codes.get(list.table).into_iter().flatten();
                let codes: Vec<String> = codes.cloned().collect();
                keep_codes(self.writer, list.table, &codes)?;
            }
        }
        Ok(self.outcome)
    }

    /// Refuses places that lie within themselves, through others that were there. A circle that
    /// another tool made is a finding of `check`, and stands in nobody's way.
    fn refuse_circle(&self) -> Result<()> {
        let places = self
            .outcome
            .tallies
            .iter()
            .any(|tally| LOCATION.is_of(tally.table) && tally.new + tally.updated > 0);
        match places.then(|| location_circle(self.writer)).transpose()?.flatten() {
            Some(key) => Err(Error::Refused {
                what: format!(
                    "location {key} would lie within itself in {}, through the places that hold it",
                    self.writer.path().display()
                ),
                hint: "change `within` of one of them; nothing was written".to_owned(),
            }),
            None => Ok(()),
        }
    }

    fn import(&mut self, unit: Unit) -> Result<()> {
        self.units += 1;
        if self.units.is_multiple_of(UNITS_PER_POLL)
            && let Some(why) = self.writer.stopped()
        {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        let input = self.inputs.len().saturating_sub(1);
        for (pos, what) in &unit.remarks {
            self.remark(input, pos.clone(), what.clone());
        }
        let mut unit = InputUnit { input, unit };
        let as_read = with_stand_ins(&unit.unit);
        match self.import_together(std::slice::from_mut(&mut unit), false)? {
            UnitOutcome::Imported => Ok(()),
            UnitOutcome::Rejected(problems, unresolved) => self.reject(&unit, problems, unresolved),
            UnitOutcome::Deferred(_) => {
                if let Some(records) = as_read {
                    unit.unit.records = records;
                }
                self.deferred.put_off(unit);
                Ok(())
            }
        }
    }

    /// Imports deferred units as long as one more of them can be. Those that wait for one another
    /// go in together; the rest wait for a row that never comes.
    fn retry_deferred(&mut self) -> Result<()> {
        let mut units = std::mem::take(&mut self.deferred.units);
        let waiting = loop {
            let before = units.len();
            let waiting = self.try_again(units)?;
            if waiting.len() == before {
                break waiting;
            }
            units = renew(waiting);
        };
        let (circle, apart) = part_circles(waiting);
        self.import_circle(circle)?;
        for waiting in &apart {
            self.deferred.lose(&waiting.unit);
        }
        for WaitingUnit { unit, unresolved, .. } in apart {
            self.reject_waiting(&unit, unresolved)?;
        }
        Ok(())
    }

    /// Tries units, and those again that wait for one which could be imported. Returns the units
    /// that still wait.
    fn try_again(&mut self, units: Vec<InputUnit>) -> Result<Vec<WaitingUnit>> {
        let mut waiting = WaitingUnits::default();
        let mut queue = VecDeque::from(units);
        while let Some(mut unit) = queue.pop_front() {
            let as_read = with_stand_ins(&unit.unit);
            match self.import_together(std::slice::from_mut(&mut unit), true)? {
                UnitOutcome::Imported => queue.extend(waiting.wake(&unit)),
                UnitOutcome::Rejected(problems, unresolved) => {
                    self.reject(&unit, problems, unresolved)?;
                }
                UnitOutcome::Deferred(unresolved) => waiting.add(unit, as_read, unresolved),
            }
        }
        Ok(waiting.into_units())
    }

    /// Imports units that wait for one another. If one of them has a problem, none can go in: the
    /// others are rejected because what they refer to is left out.
    fn import_circle(&mut self, circle: Vec<WaitingUnit>) -> Result<()> {
        let (mut units, unresolved): (Vec<InputUnit>, Vec<_>) =
            circle.into_iter().map(|waiting| (waiting.unit, waiting.unresolved)).unzip();
        if units.is_empty() {
            return Ok(());
        }
        match self.import_together(&mut units, true)? {
            UnitOutcome::Imported => Ok(()),
            UnitOutcome::Deferred(unresolved) => Err(unexpected(&unresolved)),
            UnitOutcome::Rejected(problems, _) => {
                units.iter().for_each(|unit| self.deferred.lose(unit));
                for (unit, unresolved) in units.iter().zip(unresolved) {
                    let own = |problem: &&UnitProblem| is_of(problem, unit);
                    let own: Vec<UnitProblem> = problems.iter().filter(own).cloned().collect();
                    match own.is_empty() {
                        false => self.reject(unit, own, Vec::new())?,
                        true => self.reject_waiting(unit, unresolved)?,
                    }
                }
                Ok(())
            }
        }
    }

    /// Rejects a unit because of the rows that it waits for.
    fn reject_waiting(&mut self, unit: &InputUnit, unresolved: Vec<UnresolvedRef>) -> Result<()> {
        let keep_going = self.mode.keep_going;
        let problem = |missing| self.deferred.problem_of(missing, keep_going);
        let problems = unresolved.into_iter().filter_map(problem).collect();
        self.reject(unit, problems, Vec::new())
    }

    /// Reports the references of rejected units to rows that never came.
    fn report_doubtful(&mut self) -> Result<()> {
        for missing in self.deferred.take_doubtful() {
            if self.rows.find_id(missing.table, &missing.key)?.is_some() {
                continue;
            }
            if let Some(problem) = self.deferred.problem_of(missing, self.mode.keep_going) {
                self.outcome.problems.push(problem.named(&self.inputs));
            }
        }
        Ok(())
    }

    fn reject(
        &mut self,
        unit: &InputUnit,
        problems: Vec<UnitProblem>,
        unresolved: Vec<UnresolvedRef>,
    ) -> Result<()> {
        self.outcome.rejected += 1;
        self.outcome.rejected_lines += unit.unit.raw.lines();
        self.deferred.lose(unit);
        self.deferred.keep_doubtful(unresolved);
        for record in &unit.unit.records {
            self.outcome.count_rejected(record.kind.table);
        }
        if let Some(rejected) = &mut self.rejected {
            let reason = |problem: &UnitProblem| match &problem.pos {
                SourcePos::Cell(_, column) => format!("column {column}: {}", problem.what),
                _ => problem.what.clone(),
            };
            let reasons: Vec<String> = problems.iter().map(reason).collect();
            rejected.unit(&unit.unit.raw, &reasons)?;
        }
        for problem in problems {
            if self.outcome.problems.len() < MAX_KEPT {
                self.outcome.problems.push(problem.named(&self.inputs));
            } else {
                self.outcome.more_problems += 1;
            }
        }
        Ok(())
    }

    /// Imports units that go in together, nearly always one: all of their records are written, or
    /// none.
    /// `again` says that they were checked before.
    fn import_together(&mut self, units: &mut [InputUnit], again: bool) -> Result<UnitOutcome> {
        self.rows.begin_unit()?;
        let mut findings = Findings::default();
        for unit in units.iter_mut() {
            self.prepare(unit, &mut findings)?;
        }
        self.check(units, again, &mut findings)?;
        let Findings { problems, unresolved } = findings;
        if !problems.is_empty() {
            return Ok(UnitOutcome::Rejected(problems, unresolved));
        }
        if !unresolved.is_empty() {
            return Ok(UnitOutcome::Deferred(unresolved));
        }
        let mut all: Vec<(usize, &Record)> = Vec::new();
        for unit in units.iter_mut() {
            for record in unit.unit.records.iter_mut().filter(|_| unit.unit.raw.is_row()) {
                let key = record.text("key").filter(|_| record.kind.keyed());
                let held = key.map(|key| self.rows.find_id(record.kind.table, key)).transpose()?;
                if held.flatten().is_none() {
                    fill_in_table(record);
                }
            }
        }
        for unit in units.iter() {
            all.extend(unit.unit.records.iter().map(|record| (unit.input, record)));
        }
        if !self.mode.restoring {
            let problems = find_contradictions(&all);
            if !problems.is_empty() {
                return Ok(UnitOutcome::Rejected(problems, Vec::new()));
            }
        }
        let records: Vec<&Record> = all.iter().map(|(_, record)| *record).collect();
        let order = write_order(&records);
        if !order.circle.is_empty() {
            let problem = |n: &usize| circle_problem(all[*n].0, all[*n].1);
            let problems = order.circle.iter().map(problem).collect();
            return Ok(UnitOutcome::Rejected(problems, Vec::new()));
        }
        let ordered: Vec<(usize, &Record)> = order.order.iter().map(|n| all[*n]).collect();
        self.write(units, &ordered)
    }

    /// Counts a remark, and keeps it if it is one of the first.
    fn remark(&mut self, input: usize, pos: SourcePos, what: String) {
        self.outcome.remarked += 1;
        if self.outcome.remarks.len() < MAX_REMARKS {
            self.outcome.remarks.push(UnitProblem { input, pos, what }.named(&self.inputs));
        }
    }

    /// Resolves the keys of a unit and takes out of it what is not for this archive.
    fn prepare(&mut self, unit: &mut InputUnit, findings: &mut Findings) -> Result<()> {
        let InputUnit { input, unit } = unit;
        let input = *input;
        // A report that stays out is checked all the same: without a name, nothing would say that it was there.
        for record in unit.records.iter().filter(|record| record.kind.role == Role::Report) {
            if !self.keeps(record) {
                check_required(record, false, &mut |pos, what| {
                    findings.problems.push(UnitProblem { input, pos: pos.clone(), what });
                });
                self.reports.note_row(input, record);
            }
        }
        if self.mode.restoring {
            for record in unit.records.iter().filter(|record| is_builtin(record)) {
                self.outcome.count(REPORT.table, &Change::Unchanged, 1);
                if let Some((pos, what)) = keeps_title(self.writer, record)? {
                    self.remark(input, pos, what);
                }
            }
        }
        unit.records.iter().for_each(|record| self.foreign_desk.note(record));
        if !self.mode.restoring {
            unit.records.retain(|record| !self.foreign_desk.leaves_out(record));
            let foreign =
                unit.records.iter().filter_map(|record| self.foreign_desk.problem(record));
            findings.problems.extend(foreign.map(|(pos, what)| UnitProblem { input, pos, what }));
        }
        unit.records.retain(|record| self.keeps(record));
        if !self.mode.restoring {
            let kept: Vec<_> = unit
                .records
                .iter_mut()
                .flat_map(|record| self.own_row.keep(record, &self.aliases))
                .collect();
            for (pos, what) in kept {
                self.remark(input, pos, what);
            }
            unit.records.iter_mut().for_each(|record| self.versions.settle(record));
        }
        unit.records.iter_mut().for_each(|record| self.operations.settle(record));
        let problems = std::mem::take(&mut unit.problems).into_iter();
        findings.problems.extend(problems.map(|(pos, what)| UnitProblem { input, pos, what }));
        for record in &mut unit.records {
            self.fill_in_desk(record);
        }
        if !self.mode.restoring {
            let snapshots: Vec<_> = unit.records.iter_mut().filter_map(settle_snapshot).collect();
            for (pos, what) in snapshots {
                self.remark(input, pos, what);
            }
        }
        if !self.mode.restoring {
            let named = self.names.resolve(&mut self.rows, &self.aliases, &mut unit.records)?;
            let named = named.into_iter().map(|(pos, what)| UnitProblem { input, pos, what });
            findings.problems.extend(named);
        }
        let first = matches!(unit.raw, Raw::Text(_));
        let problems = &mut findings.problems;
        let resolved = resolve_keys(&mut self.rows, &mut unit.records, input, first, problems)?;
        for key in resolved {
            let adds = self.mode.write == WriteMode::AddOnly && key.row.is_some();
            if let (Some(Same::Address(held)), false) = (&key.page, self.mode.restoring || adds) {
                let mut record = unit.records[key.record].clone();
                match settle_page(&mut self.rows, &unit.records, &mut record, held)? {
                    SamePage::Same => {}
                    SamePage::Remark(pos, what) => self.remark(input, pos, what),
                    SamePage::Problem(pos, what) => {
                        findings.problems.push(UnitProblem { input, pos, what });
                    }
                }
                unit.records[key.record] = record;
            }
            let record = &unit.records[key.record];
            let Some(text) = record.text("key") else { continue };
            match &key.row {
                Some(row) if self.mode.write == WriteMode::AddOnly => {
                    let problem = is_there_already(record, row);
                    let problem = problem.map(|(pos, what)| UnitProblem { input, pos, what });
                    findings.problems.extend(problem);
                }
                None if self.outcome.made_up.len() < MAX_KEPT => {
                    self.outcome.made_up.push((record.kind.table, text.to_owned()));
                }
                _ => {}
            }
        }
        for record in &mut unit.records {
            let problem = settle_amount(record);
            findings.problems.extend(problem.map(|(pos, what)| UnitProblem { input, pos, what }));
            let key = record.text("key").filter(|_| record.kind.keyed());
            let held = key.map(|key| self.rows.find_id(record.kind.table, key)).transpose()?;
            if held.flatten().is_none() {
                imply(record);
            }
        }
        let restoring = self.mode.restoring;
        for record in unit.records.iter().filter(|_| !restoring) {
            if let Some((pos, what)) = remark_on_undated(&mut self.rows, record)? {
                self.remark(input, pos, what);
            }
        }
        for (pos, what) in follow_aliases(&self.aliases, &mut unit.records) {
            self.remark(input, pos, what);
        }
        let beside = settle_beside(&mut self.rows, &self.aliases, &mut unit.records)?;
        let beside = beside.into_iter().map(|(pos, what)| UnitProblem { input, pos, what });
        findings.problems.extend(beside);
        if unit.cited {
            for record in &unit.records {
                let problem = another_work(&mut self.rows, record)?;
                let problem = problem.map(|(pos, what)| UnitProblem { input, pos, what });
                findings.problems.extend(problem);
            }
        }
        Ok(())
    }

    fn check(&mut self, units: &[InputUnit], again: bool, findings: &mut Findings) -> Result<()> {
        let brought = BroughtKeys::of(units.iter().flat_map(|unit| &unit.unit.records).collect());
        for InputUnit { input, unit } in units {
            let checked = CheckedUnit { input: *input, raw: &unit.raw, again, brought: &brought };
            for record in &unit.records {
                self.checker.check(&mut self.rows, &checked, record, findings)?;
            }
        }
        Ok(())
    }

    /// Gives a verdict or grade that names nobody to the desk.
    fn fill_in_desk(&self, record: &mut Record) {
        for (n, field) in record.kind.fields.iter().enumerate() {
            if field.desk && record.values[n].is_none() {
                let (name, pos) = (field.name, record.pos.clone());
                record.set(name, Value::from(self.desk.as_str()), pos);
            }
        }
    }

    /// Returns true if a record is for this archive: its own row, and the reports that come with
    /// the program, are taken over only with a whole export; those of other people also if they were named.
    fn keeps(&self, record: &Record) -> bool {
        // What a report of the program says of itself is the program's to say, also in an export of an older one.
        !is_builtin(record)
            && (self.mode.restoring
                || !(self.reports.leaves_out(record) || is_row_of_export(record)))
    }

    /// Returns true if a view is taken in; notes whether it came, or stays out.
    fn takes_view(&mut self, view: &StoredView) -> Result<bool> {
        if self.reports.note_view(&view.name) {
            return Ok(true);
        }
        if self.mode.restoring {
            return Ok(true);
        }
        if !has_view(self.writer, &view.name, &view.sql)? {
            self.outcome.left_reports.push(name_of(&view.name));
        }
        Ok(false)
    }

    fn may_name_desk(&self) -> bool {
        self.mode.restoring || self.own_row.desk.is_none()
    }

    fn write(&mut self, units: &[InputUnit], ordered: &[(usize, &Record)]) -> Result<UnitOutcome> {
        if self.suspended.is_none() && self.written > BULK_FROM {
            self.suspended = Some(self.writer.suspend_triggers()?);
            // Units that may be rolled back one by one cannot be buffered.
            self.rows.begin_bulk(!self.mode.keep_going)?;
        }
        let savepoint = self.mode.keep_going;
        if savepoint {
            self.writer.savepoint()?;
        }
        let before = savepoint.then(|| self.outcome.tallies.clone());
        match self.write_records(units, ordered) {
            Ok(()) => {
                if savepoint {
                    self.writer.release()?;
                }
                Ok(UnitOutcome::Imported)
            }
            Err(error) => match *error {
                WriteError::Problem(problem) => {
                    self.rows.clear_caches()?;
                    if let Some(before) = before {
                        self.writer.roll_back()?;
                        self.outcome.tallies = before;
                    }
                    Ok(UnitOutcome::Rejected(vec![problem], Vec::new()))
                }
                WriteError::Failure(error) => Err(error),
            },
        }
    }

    fn write_records(
        &mut self,
        units: &[InputUnit],
        ordered: &[(usize, &Record)],
    ) -> std::result::Result<(), Box<WriteError>> {
        let mut adds_nothing = !ordered.is_empty();
        for (input, record) in ordered {
            let refused = |error| Box::new(refused(error, *input, record));
            let change = self.rows.write(record).map_err(refused)?;
            if let Change::Contradicts { field, held } = &change {
                let problem = contradiction(*input, record, field, held);
                return Err(Box::new(WriteError::Problem(problem)));
            }
            if let (Some(held), Some(name)) =
                (self.rows.take_respelled(), record.kind.key_from.and_then(|f| record.given(f)))
            {
                let (word, key) = (record.kind.word, record.text("key").unwrap_or_default());
                let what = format!(
                    "{} is taken for {word} {key}, which is called {}",
                    quoted(&name.value.to_string()),
                    quoted(&held)
                );
                self.remark(*input, name.pos.clone(), what);
            }
            self.refuse_by_mode(record, &change)?;
            let parts = self.rows.write_parts(record).map_err(refused)?;
            self.written += 1;
            self.outcome.count(record.kind.table, &change, 1);
            self.outcome.name(record, &change);
            adds_nothing &=
                std::iter::once(&change).chain(&parts).all(|c| *c == Change::FoundAgain);
            for (part, change) in record.parts.iter().zip(&parts) {
                self.outcome.count(part.kind.table, change, 1);
            }
            if record.kind.role == Role::CodeList
                && let Some(code) = record.given("code")
            {
                self.codes.entry(record.kind.table).or_default().insert(code.value.to_string());
            }
        }
        if let ([InputUnit { input, unit }], true) = (units, adds_nothing) {
            let what = "it repeats what was read before, and adds nothing".to_owned();
            self.remark(*input, unit.pos.clone(), what);
        }
        for InputUnit { input, unit } in units {
            for operation in &unit.operations {
                let taken = self.operations.take(self.writer, operation);
                let problem = |what| {
                    let pos = unit.pos.clone();
                    Box::new(WriteError::Problem(UnitProblem { input: *input, pos, what }))
                };
                let new = taken.map_err(|error| match error {
                    Error::Refused { what, .. } => problem(what),
                    other => Box::new(WriteError::Failure(other)),
                })?;
                let change = if new { Change::New } else { Change::Unchanged };
                self.outcome.count("operations", &change, 1);
            }
            for view in &unit.views {
                let takes = self.takes_view(view).map_err(WriteError::Failure).map_err(Box::new)?;
                if !takes {
                    continue;
                }
                let stored = store_view(self.writer, &view.name, &view.sql, self.mode.restoring);
                let new = stored.map_err(|error| match error {
                    Error::Refused { what, .. } => {
                        let (input, pos) = (*input, view.pos.clone());
                        Box::new(WriteError::Problem(UnitProblem { input, pos, what }))
                    }
                    other => Box::new(WriteError::Failure(other)),
                })?;
                self.outcome.views += usize::from(new);
            }
        }
        Ok(())
    }

    /// Ends the import where a change is not one that its mode allows.
    fn refuse_by_mode(
        &self,
        record: &Record,
        change: &Change,
    ) -> std::result::Result<(), Box<WriteError>> {
        let word = record.kind.word;
        let refuse = |what: String, hint: String| {
            Err(Box::new(WriteError::Failure(Error::Refused { what, hint })))
        };
        match (self.mode.write, change) {
            (WriteMode::AddOnly, Change::Updated) => refuse(
                format!("this {word} is there already, and differs"),
                "--update changes it".to_owned(),
            ),
            (WriteMode::ChangeOnly, Change::New) => refuse(
                format!(
                    "there is no such {word} to update; what tells one from another is {}",
                    record.kind.identity.join(", ")
                ),
                format!(
                    "`onrecord show` lists them; without --update it is added as a further {word}{}",
                    how_to_delete(record.kind)
                ),
            ),
            _ => Ok(()),
        }
    }
}

/// The command that removes a wrong row of a kind without keys.
fn how_to_delete(kind: &'static Kind) -> String {
    if kind.append_only {
        return String::new();
    }
    let named = kind.stated_identity().map(|field| field.name.to_uppercase());
    let named = named.collect::<Vec<_>>().join(" ");
    format!(", and `onrecord delete {} {named} --because TEXT` removes a wrong one", kind.word)
}

/// Returns true if a record is the row of an export that says what its archive is. Only an export
/// says when its archive was created: a new archive takes that row over whole, one with something
/// in it keeps its own.
fn is_row_of_export(record: &Record) -> bool {
    record.kind.is(&ARCHIVE) && record.given("created").is_some()
}

/// What an archive keeps of its own row: its desk once it has content, its title once set. A document says
/// what a new archive is about and whose verdicts are its own; it does not take that over from a desk that
/// has begun.
#[derive(Clone, Debug)]
struct OwnRow {
    desk: Option<String>,
    title: Option<String>,
}

impl OwnRow {
    fn of(writer: &Writer) -> Result<Self> {
        let desk = if writer.is_fresh()? { None } else { Some(writer.desk()?) };
        Ok(OwnRow { desk, title: writer.title()? })
    }

    /// Takes out of a record what it cannot change. Returns a remark for each value that differs.
    fn keep(&self, record: &mut Record, aliases: &Aliases) -> Vec<(SourcePos, String)> {
        let mut remarks = Vec::new();
        if !record.kind.is(&ARCHIVE) {
            return remarks;
        }
        for (field, kept) in [("desk", &self.desk), ("title", &self.title)] {
            let Some(kept) = kept else { continue };
            // A document of before the desk was renamed means the same desk.
            let means = |key: &str| {
                let former = aliases.get(&(SOURCE.table, key.to_owned()));
                key == kept || field == "desk" && former.is_some_and(|former| former.key == *kept)
            };
            if let Some(given) = record.given(field).filter(|given| !given.value.is_null())
                && !given.value.as_text().is_some_and(means)
            {
                let what = format!(
                    "the archive keeps its {field} {}; {} is left out",
                    quoted(kept),
                    quoted(&given.value.to_string())
                );
                remarks.push((given.pos.clone(), what));
            }
            record.unset(field);
        }
        remarks
    }
}

/// The problem of a record that is a part of itself through others.
fn circle_problem(input: usize, record: &Record) -> UnitProblem {
    let field = record.kind.whole().map_or("", |field| field.name);
    let pos = record.given(field).map_or(&record.pos, |given| &given.pos).clone();
    let what = format!("{field} of {} goes round in a circle", record.name());
    UnitProblem { input, pos, what }
}

/// The error for a row that the file refused, with the guard's own words, or that could not be
/// written.
fn refused(error: Error, input: usize, record: &Record) -> WriteError {
    match error {
        Error::Refused { what, .. } => {
            let what = match record.kind.keyed() {
                true => format!("{} was refused by the file: {what}", record.name()),
                false => format!("the file refused it: {what}"),
            };
            WriteError::Problem(UnitProblem { input, pos: record.pos.clone(), what })
        }
        other => WriteError::Failure(other),
    }
}

/// Returns a copy of the records of a document in which stand-ins take the place of keys: a
/// deferred one is resolved anew when it is tried again.
fn with_stand_ins(unit: &Unit) -> Option<Vec<Record>> {
    let stands_in = |record: &Record| record.text("key").is_some_and(is_stand_in);
    unit.records.iter().any(stands_in).then(|| unit.records.clone())
}

/// Returns true if a problem lies in a record of this unit.
fn is_of(problem: &UnitProblem, unit: &InputUnit) -> bool {
    let lies_in = |record: &Record| {
        let mut given = record.values.iter().flatten();
        record.pos == problem.pos || given.any(|value| value.pos == problem.pos)
    };
    problem.input == unit.input && unit.unit.records.iter().any(lies_in)
}

/// The error for units that bring every row they refer to and still miss one, which cannot be.
fn unexpected(unresolved: &[UnresolvedRef]) -> Error {
    let what = unresolved.first().map_or_else(String::new, |missing| missing.what.clone());
    Error::Refused { what, hint: "nothing was written".to_owned() }
}

impl Sink for Importer<'_> {
    fn header(&mut self, header: &[String]) {
        if let Some(rejected) = &mut self.rejected {
            let written = rejected.header(header, self.delimiter);
            self.failure = written.err();
        }
    }

    fn delimiter(&mut self, sign: u8) {
        self.delimiter = sign;
    }

    fn worksheet(&mut self, name: &str) {
        self.inputs.push(format!("{}, worksheet {name}", self.input));
        self.checker.begin_input();
    }

    fn unit(&mut self, unit: Unit) -> bool {
        if self.failure.is_some() {
            return false;
        }
        match self.import(unit) {
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

#[cfg(test)]
mod tests {
    use super::{
        ImportMode, Importer, InputUnit, UnresolvedRef, WaitingUnit, WaitingUnits, part_circles,
    };
    use crate::intake::{Raw, Sink, Unit};
    use crate::model::{Record, SourcePos, Value, kind_of_word};
    use crate::ops::import::Outcome;
    use crate::store::{Writer, exists, in_memory};

    const NOW: &str = "2021-01-01T00:00:00Z";

    fn record(word: &str, line: usize, fields: &[(&str, &str)]) -> Record {
        let pos = SourcePos::Line(line, 1);
        let mut record = Record::new(kind_of_word(word).unwrap(), pos.clone());
        for (name, value) in fields {
            record.set(name, Value::from(*value), pos.clone());
        }
        record
    }

    fn source(line: usize, key: &str) -> Record {
        record("source", line, &[("key", key), ("title", key), ("kind", "report")])
    }

    fn claim(line: usize, key: &str, text: &str) -> Record {
        record("claim", line, &[("key", key), ("text", text), ("kind", "event")])
    }

    fn unit(records: Vec<Record>) -> Unit {
        Unit { records, raw: Raw::Text(String::new()), ..Unit::default() }
    }

    /// Imports units into an archive, all of them in one input.
    fn import(archive: &Writer, keep_going: bool, units: Vec<Unit>) -> Outcome {
        let mode = ImportMode { keep_going, ..ImportMode::default() };
        archive
            .transact(|archive| {
                let mut importer = Importer::new(archive, NOW, mode, None)?;
                importer.begin("in", false);
                units.into_iter().for_each(|unit| assert!(importer.unit(unit)));
                importer.finish()
            })
            .unwrap()
    }

    #[test]
    fn a_unit_that_the_file_refuses_is_rolled_back_alone() {
        let archive = in_memory(NOW).unwrap();
        let long = "x".repeat(1_000_001);
        let units = vec![
            unit(vec![source(1, "a"), claim(1, "one", "One")]),
            unit(vec![source(2, "b"), claim(2, "two", &long)]),
            unit(vec![source(3, "c"), claim(3, "three", "Three")]),
        ];
        let outcome = import(&archive, true, units);
        let new: Vec<_> = outcome.tallies.iter().map(|t| (t.table, t.new, t.rejected)).collect();
        assert_eq!(new, [("sources", 2, 1), ("claims", 2, 1)], "{:?}", outcome.problems);
        assert_eq!(outcome.rejected, 1);
        let held = |table, key| exists(&archive, table, key).unwrap();
        assert!(held("sources", "a") && held("sources", "c") && held("claims", "three"));
        assert!(
            !held("sources", "b") && !held("claims", "two"),
            "what went in before it is out again"
        );
    }

    #[test]
    fn a_unit_waits_for_the_rows_that_it_refers_to() {
        let archive = in_memory(NOW).unwrap();
        let mention = |line| record("mention", line, &[("claim", "one"), ("source", "later")]);
        let units =
            vec![unit(vec![claim(1, "one", "One"), mention(1)]), unit(vec![source(2, "later")])];
        let outcome = import(&archive, false, units);
        assert_eq!((outcome.rejected, outcome.problems.len()), (0, 0), "{:?}", outcome.problems);
        assert!(exists(&archive, "claims", "one").unwrap());
    }

    /// Units of a claim each, of which every one but the last supports the next.
    fn chain(length: usize) -> Vec<Unit> {
        let name = |n: usize| format!("c{n}");
        let supports = |n: usize| {
            let fields = [("from", &*name(n)), ("relation", "supports"), ("to", &*name(n + 1))];
            record("link", n, &fields)
        };
        let unit_of = |n: usize| {
            let claim = claim(n, &name(n), &name(n));
            unit(if n + 1 < length { vec![claim, supports(n)] } else { vec![claim] })
        };
        (0..length).map(unit_of).collect()
    }

    #[test]
    fn a_row_wakes_the_units_that_wait_for_it() {
        let archive = in_memory(NOW).unwrap();
        let units: Vec<_> = chain(4);
        let (mut waiting, mut open) = (WaitingUnits::default(), Vec::new());
        for (n, unit) in units.into_iter().enumerate() {
            let missing = |key: &str| UnresolvedRef {
                input: 0,
                table: "claims",
                key: key.to_owned(),
                pos: SourcePos::Line(n, 1),
                what: String::new(),
            };
            let unit = InputUnit { input: 0, unit };
            match n {
                0 | 2 => waiting.add(unit, None, vec![missing("c3"), missing("c1")]),
                _ => open.push(unit),
            }
        }
        assert!(waiting.wake(&open[0]).is_empty(), "c1 is not the first that is missing");
        let woken: Vec<usize> = waiting.wake(&open[1]).iter().map(line).collect();
        assert_eq!(woken, [0, 2]);
        assert!(waiting.into_units().is_empty());
        let outcome = import(&archive, false, chain(50));
        assert_eq!((outcome.rejected, outcome.problems.len()), (0, 0), "{:?}", outcome.problems);
        assert!(exists(&archive, "claims", "c0").unwrap());
    }

    fn line(unit: &InputUnit) -> usize {
        let SourcePos::Line(line, _) = unit.unit.records[0].pos else { panic!("no line") };
        line
    }

    #[test]
    fn all_that_rests_on_a_missing_row_is_apart_from_a_circle() {
        let missing = |key: &str| UnresolvedRef {
            input: 0,
            table: "claims",
            key: key.to_owned(),
            pos: SourcePos::Line(1, 1),
            what: String::new(),
        };
        // c0 and c1 wait for each other, c2 for c3, and c3 for what nobody brings.
        let mut waiting = WaitingUnits::default();
        for (n, lacks) in ["c1", "c0", "c3", "nowhere"].into_iter().enumerate() {
            let claims = vec![claim(n, &format!("c{n}"), "t")];
            let unit = InputUnit { input: 0, unit: unit(claims) };
            waiting.add(unit, None, vec![missing(lacks)]);
        }
        let (circle, apart) = part_circles(waiting.into_units());
        let lines = |units: &[WaitingUnit]| units.iter().map(|w| line(&w.unit)).collect::<Vec<_>>();
        assert_eq!((lines(&circle), lines(&apart)), (vec![0, 1], vec![2, 3]));
    }

    #[test]
    fn a_problem_in_a_circle_is_that_of_its_unit() {
        let archive = in_memory(NOW).unwrap();
        let link = |n, from, to| {
            record("link", n, &[("from", from), ("relation", "supports"), ("to", to)])
        };
        // Two claims that support each other, one of which is too long for the file.
        let long = "x".repeat(1_000_001);
        let units = vec![
            unit(vec![claim(1, "one", "One"), link(1, "one", "two")]),
            unit(vec![claim(2, "two", &long), link(2, "two", "one")]),
        ];
        let outcome = import(&archive, true, units);
        assert_eq!(outcome.rejected, 2);
        let told: Vec<_> = outcome.problems.iter().map(|p| (&p.pos, p.what.as_str())).collect();
        assert_eq!(told[0].0, &SourcePos::Line(1, 1));
        assert!(told[0].1.contains("stands where something is left out"), "{told:?}");
        assert!(told[1].1.contains("was refused by the file"), "{told:?}");
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn only_the_root_cause_of_a_missing_row_is_a_problem() {
        let archive = in_memory(NOW).unwrap();
        let mention = |line| record("mention", line, &[("claim", "one"), ("source", "nowhere")]);
        let rests_on =
            record("link", 2, &[("from", "two"), ("relation", "supports"), ("to", "one")]);
        let units = vec![
            unit(vec![claim(1, "one", "One"), mention(1)]),
            unit(vec![claim(2, "two", "Two"), rests_on]),
        ];
        let outcome = import(&archive, false, units);
        assert_eq!(outcome.rejected, 2);
        let lines: Vec<_> = outcome.problems.iter().map(|p| p.pos.clone()).collect();
        assert_eq!(lines, [SourcePos::Line(1, 1)], "{:?}", outcome.problems);
        assert!(outcome.problems[0].what.contains("\"nowhere\""));
    }

    #[test]
    fn the_row_of_an_export_is_for_a_new_archive_alone() {
        let archive = in_memory(NOW).unwrap();
        import(&archive, false, vec![unit(vec![claim(1, "one", "One")])]);
        let created = ("created", "2020-02-02T00:00:00Z");
        let exported = record("archive", 1, &[("title", "Other"), created]);
        let outcome = import(&archive, false, vec![unit(vec![exported])]);
        assert_eq!(outcome.problems, []);
        assert_eq!(archive.title().unwrap(), None);
        let written = record("archive", 1, &[("title", "Mine")]);
        import(&archive, false, vec![unit(vec![written])]);
        assert_eq!(archive.title().unwrap().as_deref(), Some("Mine"), "a document may title it");
    }

    #[test]
    fn a_document_names_the_desk_of_a_new_archive_alone() {
        let verdict = || {
            let fields = [("claim", "one"), ("status", "reported"), ("because", "Read.")];
            record("assessment", 3, &fields)
        };
        for (begun, desk) in [(false, "other"), (true, "desk")] {
            let archive = in_memory(NOW).unwrap();
            if begun {
                import(&archive, false, vec![unit(vec![claim(1, "one", "One")])]);
            }
            let named = record("archive", 1, &[("desk", "other")]);
            let records = vec![named, source(2, "other"), claim(2, "one", "One"), verdict()];
            archive
                .transact(|archive| {
                    let mut importer = Importer::new(archive, NOW, ImportMode::default(), None)?;
                    importer.begin("in", false);
                    let units = vec![unit(records)];
                    importer.expect_desk(&units);
                    units.into_iter().for_each(|unit| assert!(importer.unit(unit)));
                    importer.finish()
                })
                .unwrap();
            let (status, assessor, _) = archive.verdict("one").unwrap();
            assert_eq!((status.as_str(), assessor.as_deref()), ("reported", Some(desk)), "{begun}");
        }
    }

    #[test]
    fn a_key_is_given_to_one_record_of_an_input() {
        let archive = in_memory(NOW).unwrap();
        let outcome = archive
            .transact(|archive| {
                let mut importer = Importer::new(archive, NOW, ImportMode::default(), None)?;
                for (input, lines) in [("first", &[1][..]), ("second", &[4, 7])] {
                    importer.begin(input, false);
                    let records = lines.iter().map(|line| source(*line, "s")).collect();
                    assert!(importer.unit(unit(records)));
                }
                importer.finish()
            })
            .unwrap();
        let [problem] = &outcome.problems[..] else { panic!("{:?}", outcome.problems) };
        assert_eq!((problem.input.as_str(), &problem.pos), ("second", &SourcePos::Line(7, 1)));
        assert!(problem.what.ends_with("it stands in line 4 already"), "{}", problem.what);
    }

    #[test]
    fn a_row_that_is_there_is_found_beside_new_ones() {
        let archive = in_memory(NOW).unwrap();
        import(&archive, false, vec![unit(vec![source(1, "old")])]);
        for order in [["old", "new"], ["newer", "old"]] {
            let records = order.map(|key| source(2, key)).to_vec();
            let outcome = import(&archive, false, vec![unit(records)]);
            assert_eq!(outcome.problems, []);
            let tallies: Vec<_> = outcome.tallies.iter().map(|t| (t.new, t.unchanged)).collect();
            assert_eq!(tallies, [(1, 1)]);
        }
        let of_one_key = vec![claim(3, "old", "Old"), source(3, "old")];
        let outcome = import(&archive, false, vec![unit(of_one_key)]);
        assert_eq!(outcome.problems, [], "each kind has keys of its own");
    }
}
