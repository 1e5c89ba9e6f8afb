//! Finds what is wrong with a record of a unit, and what it refers to that is not there, by the
//! archive and by the unit around it.

use super::resolve_keys::advise_own_keys;
use super::unit_state::{UnitProblem, UnresolvedRef};
use super::validate::validate;
use crate::error::Result;
use crate::intake::Raw;
use crate::model::{
    EQUATION, FIGURE, FieldValue, MEASURE, Record, Role, SourcePos, Type, check_key,
    counts_in_multiples, did_you_mean, has_rules, is_same_unit, kind_of_table, quoted,
    word_of_number,
};
use crate::store::{RowWriter, dimension_of, few_keys, has_code, numbers_of, read_row, units_of};
use std::collections::HashMap;

/// Keys whose lines are remembered for each input; beyond that a key that stands twice is not seen.
const MAX_REMEMBERED_KEYS: usize = 100_000;
/// References that are compared with the keys there are; after so many nobody reads on.
const MAX_HINTS: usize = 200;
/// Keys of a table that a reference is compared with; with more, comparing takes too long.
const MAX_COMPARED_KEYS: u32 = 20_000;
/// Records from which on the keys of a unit are kept in a set.
const FEW_RECORDS: usize = 16;

/// The keys that the records of a unit, or of several that go in together, bring.
pub(super) enum BroughtKeys<'a> {
    /// Looked up one by one.
    Few(Vec<&'a Record>),
    /// Looked up in a set.
    Many(HashMap<(&'static str, &'a str), &'a Record>),
}

impl<'a> BroughtKeys<'a> {
    pub(super) fn of(records: Vec<&'a Record>) -> Self {
        if records.len() <= FEW_RECORDS {
            return BroughtKeys::Few(records);
        }
        let named = |record: &&'a Record| Some(((record.kind.table, name_of(record)?), *record));
        BroughtKeys::Many(records.iter().filter_map(named).collect())
    }

    fn find(&self, table: &'static str, key: &str) -> Option<&'a Record> {
        match self {
            BroughtKeys::Few(records) => {
                let is_it = |r: &&&Record| r.kind.is_of(table) && name_of(r) == Some(key);
                records.iter().find(is_it).copied()
            }
            BroughtKeys::Many(keys) => keys.get(&(table, key)).copied(),
        }
    }

    pub(super) fn contains(&self, table: &'static str, key: &str) -> bool {
        self.find(table, key).is_some()
    }

    /// The keys of a table.
    fn of_table(&self, table: &'static str) -> Vec<String> {
        match self {
            BroughtKeys::Few(records) => records
                .iter()
                .filter(|record| record.kind.is_of(table))
                .filter_map(|record| name_of(record).map(str::to_owned))
                .collect(),
            BroughtKeys::Many(keys) => keys
                .keys()
                .filter(|(of, _)| *of == table)
                .map(|(_, key)| (*key).to_owned())
                .collect(),
        }
    }
}

/// The text by which rows of other tables refer to a record.
fn name_of(record: &Record) -> Option<&str> {
    record.text(record.kind.identity.first().copied().unwrap_or("key"))
}

/// The first number of a figure that is below zero.
fn below_zero(record: &Record) -> Option<&FieldValue> {
    let numbers = ["value", "low", "high"].iter().filter_map(|field| record.given(field));
    numbers.into_iter().find(|given| given.value.as_number().is_some_and(|number| number < 0.0))
}

/// The problem of a unit that is none, but changes the number beside it: `million`, `%`.
fn no_unit(record: &Record) -> Option<(SourcePos, String)> {
    let given = record.given("unit")?;
    let unit = given.value.as_text()?;
    let word = word_of_number(unit)?;
    let what = match record.kind.is(&FIGURE) {
        true => format!(
            "{} is no unit; write it behind the number, as in value {}",
            quoted(unit),
            quoted(&format!("5 {word}"))
        ),
        false => format!(
            "{} is no unit of a measure; state what it counts, and write {} behind the number of a figure",
            quoted(unit),
            quoted(word)
        ),
    };
    Some((given.pos.clone(), what))
}

/// A unit as the checker sees it.
pub(super) struct CheckedUnit<'a> {
    /// The position of its input.
    pub(super) input: usize,
    /// The unit as it stood in the input.
    pub(super) raw: &'a Raw,
    /// True if it was checked before, and waited for a row since.
    pub(super) again: bool,
    /// The keys that it brings, with those of the units that go in with it.
    pub(super) brought: &'a BroughtKeys<'a>,
}

/// The problems and unresolved references that a check has found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<UnitProblem>,
    pub(super) unresolved: Vec<UnresolvedRef>,
}

/// Checks records. It remembers the keys that the input at hand has brought so far.
#[derive(Debug, Default)]
pub(super) struct UnitChecker {
    /// True if a whole export is taken over as it is.
    restoring: bool,
    /// Lines of keys, by table and key, for one input.
    lines: HashMap<(&'static str, String), usize>,
    /// Keys that a wrong reference may have meant, by table.
    known: HashMap<&'static str, Vec<String>>,
    /// The number of hints asked for.
    hints: usize,
    /// The units of measures and of their figures, by the key of the measure, as far as figures with a unit ask.
    units: HashMap<String, Vec<String>>,
}

impl UnitChecker {
    pub(super) fn new(restoring: bool) -> Self {
        UnitChecker { restoring, ..UnitChecker::default() }
    }

    /// Begins another input.
    pub(super) fn begin_input(&mut self) {
        self.lines.clear();
    }

    /// Adds what is wrong with a record to `findings`, and what it refers to that is not there.
    pub(super) fn check(
        &mut self,
        rows: &mut RowWriter<'_>,
        unit: &CheckedUnit<'_>,
        record: &Record,
        findings: &mut Findings,
    ) -> Result<()> {
        let input = unit.input;
        let kind = record.kind;
        let held = match record.text("key") {
            Some(key) if kind.keyed() => rows.find_id(kind.table, key)?.is_some(),
            // The row of the archive is always there.
            _ if kind.identity.is_empty() => kind.role == Role::Archive,
            _ if kind.role == Role::CodeList => match record.given("code") {
                Some(code) => has_code(rows.archive(), kind, &code.value.to_string())?,
                None => false,
            },
            _ => false,
        };
        if !unit.again
            && let Some((pos, what)) = self.second_record(unit.raw, record)
        {
            findings.problems.push(UnitProblem { input, pos, what });
        }
        if held && has_rules(kind) {
            // The row is read, to be checked together with what changes of it.
            rows.flush()?;
        }
        let in_table = unit.raw.is_row();
        // An export is taken over as it is; `check` finds an equation that another tool spoilt.
        let as_it_is = self.restoring && kind.is(&EQUATION);
        validate(rows.archive(), record, held, in_table, &mut |pos, what| {
            if !as_it_is {
                findings.problems.push(UnitProblem { input, pos: pos.clone(), what });
            }
        })?;
        if let Some((pos, what)) = self.two_readings(rows, unit, record)? {
            findings.problems.push(UnitProblem { input, pos, what });
        }
        if let Some((pos, what)) = self.against_measure(rows, unit, record)? {
            findings.problems.push(UnitProblem { input, pos, what });
        }
        // An export is taken over as it is.
        let unit_problem = match self.restoring {
            true => None,
            false => no_unit(record).or(self.second_spelling(rows, unit, record)?),
        };
        findings.problems.extend(unit_problem.map(|(pos, what)| UnitProblem { input, pos, what }));
        for part in std::iter::once(record).chain(&record.parts) {
            self.check_references(rows, unit, part, &mut findings.unresolved)?;
        }
        Ok(())
    }

    /// The problem of a number that has two readings unless its measure counts things one by one.
    fn two_readings(
        &self,
        rows: &mut RowWriter<'_>,
        unit: &CheckedUnit<'_>,
        record: &Record,
    ) -> Result<Option<(SourcePos, String)>> {
        let unless_counted =
            record.amount.as_ref().and_then(|stated| stated.unless_counted.as_ref());
        let Some(what) = unless_counted else { return Ok(None) };
        if let Some(measure) = record.text("measure")
            && self.counts_wholes(rows, unit, measure)?
            && !record.text("unit").is_some_and(counts_in_multiples)
        {
            return Ok(None);
        }
        let pos = record.given(record.kind.amount).map_or(&record.pos, |given| &given.pos);
        Ok(Some((pos.clone(), what.clone())))
    }

    /// Returns true if a measure counts things one by one, and not by the thousand.
    fn counts_wholes(
        &self,
        rows: &mut RowWriter<'_>,
        unit: &CheckedUnit<'_>,
        measure: &str,
    ) -> Result<bool> {
        let brought = unit.brought.find(MEASURE.table, measure);
        rows.flush()?;
        let row = read_row(rows.archive(), &MEASURE, measure)?;
        let text = |name: &str| {
            let held = || row.as_ref()?.get(MEASURE.position(name)?)?.as_text();
            brought.and_then(|measure| measure.text(name)).or_else(held)
        };
        let Some(dimension) = text("dimension") else { return Ok(false) };
        let in_multiples = ["title", "unit"].into_iter().filter_map(text).any(counts_in_multiples);
        Ok(!in_multiples && numbers_of(rows.archive(), dimension)?.counts_wholes)
    }

    /// The problem of a unit of a figure that is the one of its measure in another spelling: figures in `euros` and in
    /// `EUR` would not be compared.
    fn second_spelling(
        &mut self,
        rows: &mut RowWriter<'_>,
        unit: &CheckedUnit<'_>,
        record: &Record,
    ) -> Result<Option<(SourcePos, String)>> {
        if record.kind.is(&MEASURE) {
            record.text("key").map(|key| self.units.remove(key));
        }
        let given = record.given("unit").filter(|_| record.kind.is(&FIGURE));
        let Some((given, measure)) = given.zip(record.text("measure")) else { return Ok(None) };
        let Some(own) = given.value.as_text() else { return Ok(None) };
        let brought = unit.brought.find(MEASURE.table, measure);
        let of_measure = brought.and_then(|measure| measure.text("unit"));
        if !self.units.contains_key(measure) {
            rows.flush()?;
            self.units.insert(measure.to_owned(), units_of(rows.archive(), measure)?);
        }
        let Some(known) = self.units.get_mut(measure) else { return Ok(None) };
        let is_other = |unit: &&str| *unit != own && is_same_unit(unit, own);
        let other = of_measure.into_iter().chain(known.iter().map(String::as_str)).find(is_other);
        let what = other.map(|unit| {
            let (own, unit) = (quoted(own), quoted(unit));
            format!(
                "{own} is {unit} in another spelling, and measure {measure} is counted in {unit}; write {unit}"
            )
        });
        if what.is_none() && !known.iter().any(|unit| unit == own) {
            known.push(own.to_owned());
        }
        Ok(what.map(|what| (given.pos.clone(), what)))
    }

    /// The problem of a number that its measure does not allow: -5 people, 3/5 of one, or 25 % of a thing that is no
    /// fraction of one.
    fn against_measure(
        &self,
        rows: &mut RowWriter<'_>,
        unit: &CheckedUnit<'_>,
        record: &Record,
    ) -> Result<Option<(SourcePos, String)>> {
        let stated = || record.amount.as_ref();
        let per_cent = stated().filter(|stated| stated.amount.per_cent);
        let fraction = stated().filter(|stated| stated.amount.part_of_one);
        let below = if record.kind.is(&FIGURE) { below_zero(record) } else { None };
        let is_doubtful = per_cent.is_some() || fraction.is_some() || below.is_some();
        let (Some(measure), true) = (record.text("measure"), is_doubtful) else { return Ok(None) };
        let brought = unit.brought.find(MEASURE.table, measure);
        let dimension = match brought.and_then(|measure| measure.text("dimension")) {
            Some(dimension) => Some(dimension.to_owned()),
            None => {
                rows.flush()?;
                dimension_of(rows.archive(), measure)?
            }
        };
        let Some(dimension) = dimension else { return Ok(None) };
        let allowed = numbers_of(rows.archive(), &dimension)?;
        let fraction = fraction.filter(|_| allowed.counts_wholes);
        if let Some(stated) = per_cent.filter(|_| !allowed.takes_percent).or(fraction) {
            let pos = record.given(record.kind.amount).map_or(&record.pos, |given| &given.pos);
            let what = format!(
                "{:?} is a part of a whole, and measure {measure} counts {dimension}; give the number \
                 itself, or a measure of the dimension share",
                stated.text
            );
            return Ok(Some((pos.clone(), what)));
        }
        Ok(below.filter(|_| !allowed.may_be_negative).map(|given| {
            let what =
                format!("{} is below zero, and measure {measure} counts {dimension}", given.value);
            (given.pos.clone(), what)
        }))
    }

    /// The problem of a record with the key of another record of its input. The rows of a table may
    /// name one record again and again.
    fn second_record(&mut self, raw: &Raw, record: &Record) -> Option<(SourcePos, String)> {
        let (Raw::Text(_) | Raw::Whole, SourcePos::Line(line, _)) = (raw, &record.pos) else {
            return None;
        };
        let key = record.text("key").filter(|_| record.kind.keyed() && !record.proposed)?;
        let name = (record.kind.table, key.to_owned());
        match self.lines.get(&name) {
            Some(first) => {
                let pos = record.given("key").map_or(&record.pos, |given| &given.pos);
                let what = format!(
                    "a second {} with the key {key:?}; it stands in line {first} already{}",
                    record.kind.word,
                    advise_own_keys(record)
                );
                Some((pos.clone(), what))
            }
            None => {
                if self.lines.len() < MAX_REMEMBERED_KEYS {
                    self.lines.insert(name, *line);
                }
                None
            }
        }
    }

    /// Adds the references of a record that lead neither to a row nor to a record of the unit.
    fn check_references(
        &mut self,
        rows: &mut RowWriter<'_>,
        unit: &CheckedUnit<'_>,
        record: &Record,
        unresolved: &mut Vec<UnresolvedRef>,
    ) -> Result<()> {
        for (field, given) in record.kind.fields.iter().zip(&record.values) {
            let table = match field.ty {
                Type::Ref(table) => Some(table),
                Type::RefIn(of) => record.text(of).and_then(kind_of_table).map(|kind| kind.table),
                _ => None,
            };
            let (Some(table), Some(given)) = (table, given) else { continue };
            let Some(key) = given.value.as_text() else { continue };
            if unit.brought.contains(table, key) || rows.find_id(table, key)?.is_some() {
                continue;
            }
            let word = kind_of_table(table).map_or(table, |kind| kind.word);
            let near = self.near(rows, unit.brought, table, key)?;
            let what = match check_key(key) {
                Ok(()) => format!("no {word} has the key {key:?}{near}"),
                Err(_) => format!("no {word} is called {}{near}", quoted(key)),
            };
            let what = match given.pos {
                SourcePos::Cell(..) | SourcePos::Flag(_) => what,
                _ => format!("{} of {}: {what}", field.name, record.name()),
            };
            let (key, pos) = (key.to_owned(), given.pos.clone());
            unresolved.push(UnresolvedRef { input: unit.input, table, key, pos, what });
        }
        Ok(())
    }

    /// The nearest key, as long as few are asked for.
    fn near(
        &mut self,
        rows: &mut RowWriter<'_>,
        brought: &BroughtKeys<'_>,
        table: &'static str,
        key: &str,
    ) -> Result<String> {
        self.hints += 1;
        if self.hints > MAX_HINTS {
            return Ok(String::new());
        }
        if !self.known.contains_key(table) {
            rows.flush()?;
            self.known.insert(table, few_keys(rows.archive(), table, MAX_COMPARED_KEYS)?);
        }
        let own = brought.of_table(table);
        let known = self.known.get(table).into_iter().flatten().chain(&own);
        Ok(did_you_mean(key, known.map(String::as_str)))
    }
}
