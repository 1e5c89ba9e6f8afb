//! The unit of import: a line of NDJSON, a row of a table, one fact-check or one bibliography
//! entry. A unit is imported or rejected as a whole.

use crate::intake::text::lines::LineIndex;
use crate::model::{
    CarriedOperation, Field, Record, SourcePos, Type, Value, check_date, check_key, kind_of_word,
    numbered_key, propose_key, timestamp,
};

/// The column or property in which files of rejected units give the reason. It is passed over.
pub const REJECTED_BECAUSE: &str = "rejected_because";

/// A consumer of units, called while an input is read.
pub trait Sink {
    /// Receives the header of a table, before its rows.
    fn header(&mut self, header: &[String]);
    /// Receives the delimiter of a table, before its header.
    fn delimiter(&mut self, sign: u8);
    /// Receives the name of the worksheet of the units to come, where several are read.
    fn worksheet(&mut self, _name: &str) {}
    /// Receives a unit. Returns false to stop reading.
    fn unit(&mut self, unit: Unit) -> bool;
}

/// A view in an export: a report that the user created.
#[derive(Clone, Debug)]
pub struct StoredView {
    /// Name of the view.
    pub name: String,
    /// Its CREATE VIEW statement.
    pub sql: String,
    /// Its position in the input.
    pub pos: SourcePos,
}

/// The smallest part of an input that is imported or rejected as a whole.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// The position at which it begins.
    pub pos: SourcePos,
    /// Its records. They may refer to each other, in any order.
    pub records: Vec<Record>,
    /// Its views, in an export.
    pub views: Vec<StoredView>,
    /// Its operations, in an export.
    pub operations: Vec<CarriedOperation>,
    /// Positions and messages of its problems. A unit with problems is rejected.
    pub problems: Vec<(SourcePos, String)>,
    /// Positions and messages of its remarks: notes for the user that do not prevent the import,
    /// such as a verdict without a matching status.
    pub remarks: Vec<(SourcePos, String)>,
    /// True when its keys are citation keys of a bibliography: two files may use one key for
    /// different sources.
    pub cited: bool,
    /// The unit as it was in the input, for the file of rejected units.
    pub raw: Raw,
}

/// The original text of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Raw {
    /// Not kept: the whole input is the unit.
    #[default]
    Whole,
    /// The text of a line, an object or an entry.
    Text(String),
    /// The text of an object in JSON that is a row of a table.
    Object(String),
    /// The cells of a row of a workbook.
    Cells(Vec<String>),
    /// The bytes of a row of a table, without the end of its line.
    Row(Vec<u8>),
}

impl Raw {
    /// Returns true for a row of a table or a workbook.
    pub fn is_row(&self) -> bool {
        matches!(self, Raw::Cells(_) | Raw::Row(_) | Raw::Object(_))
    }

    /// Its bytes; 0 where it is not kept.
    pub fn bytes(&self) -> usize {
        match self {
            Raw::Whole => 0,
            Raw::Text(text) | Raw::Object(text) => text.len(),
            Raw::Cells(cells) => cells.iter().map(String::len).sum(),
            Raw::Row(bytes) => bytes.len(),
        }
    }

    /// The number of lines that the unit takes in its input, where it is one of lines.
    pub fn lines(&self) -> usize {
        match self {
            Raw::Row(bytes) => {
                let text = bytes.strip_suffix(b"\r").unwrap_or(bytes);
                1 + text.iter().filter(|byte| **byte == b'\n').count()
            }
            _ => 1,
        }
    }
}

impl Unit {
    /// An empty unit.
    pub(super) fn new(pos: SourcePos, raw: Raw) -> Self {
        Unit { pos, raw, ..Unit::default() }
    }

    /// Converts byte offsets in all positions to lines and columns. `lines` indexes the text of the
    /// offsets, whose first line is line `before + 1` of the input.
    pub(super) fn resolve_positions(&mut self, lines: &LineIndex<'_>, before: usize) {
        self.map_positions(&|pos| {
            if matches!(pos, SourcePos::Line(0, _)) {
                lines.resolve_pos(pos);
                if let SourcePos::Line(line, _) = pos {
                    *line += before;
                }
            }
        });
    }

    /// Changes all positions.
    pub(crate) fn map_positions(&mut self, change: &dyn Fn(&mut SourcePos)) {
        fn change_record(record: &mut Record, change: &dyn Fn(&mut SourcePos)) {
            change(&mut record.pos);
            record.values.iter_mut().flatten().for_each(|given| change(&mut given.pos));
            record.parts.iter_mut().for_each(|part| change_record(part, change));
        }
        change(&mut self.pos);
        self.records.iter_mut().for_each(|record| change_record(record, change));
        self.views.iter_mut().for_each(|view| change(&mut view.pos));
        self.problems.iter_mut().chain(&mut self.remarks).for_each(|(pos, _)| change(pos));
    }

    /// Adds a problem.
    pub(super) fn add_problem(&mut self, pos: &SourcePos, what: impl Into<String>) {
        self.problems.push((pos.clone(), what.into()));
    }

    /// Adds a record of the kind that documents call `word`, with these fields. A `Null` value
    /// counts as not stated.
    pub(super) fn add_record(&mut self, word: &str, pos: &SourcePos, fields: &[(&str, Value)]) {
        if let Some(record) = build_record(word, pos, fields) {
            self.records.push(record);
        }
    }

    /// Adds a record with a key generated from `name`, and returns the key. A record of the same
    /// kind with equal fields is not added twice; where a different record has the key, a number is
    /// appended. Keys of the archive are resolved later, when the unit is imported.
    pub(super) fn add_with_proposed_key(
        &mut self,
        word: &str,
        name: &str,
        pos: &SourcePos,
        fields: &[(&str, Value)],
    ) -> String {
        self.add_under_key(word, propose_key(name, word), pos, fields)
    }

    /// Adds a record under the proposed key `base`, like [`Unit::add_with_proposed_key`].
    pub(super) fn add_under_key(
        &mut self,
        word: &str,
        base: String,
        pos: &SourcePos,
        fields: &[(&str, Value)],
    ) -> String {
        let Some(mut record) = build_record(word, pos, fields) else { return base };
        record.proposed = true;
        for n in 1.. {
            let key = numbered_key(&base, n);
            record.set("key", Value::from(key.as_str()), pos.clone());
            let same_kind = |r: &&Record| std::ptr::eq(r.kind, record.kind);
            match self.records.iter().filter(same_kind).find(|r| r.text("key") == Some(&key)) {
                None => {
                    self.records.push(record);
                    return key;
                }
                Some(other) if stated_values(other).eq(stated_values(&record)) => return key,
                Some(_) => {}
            }
        }
        base
    }

    /// Reports the values of a unit that a constraint of the archive would reject. A value that a
    /// parser let through thus rejects one unit instead of aborting the whole import.
    pub(super) fn reject_invalid_values(&mut self) {
        let mut found = Vec::new();
        for record in &self.records {
            for (field, given) in record.kind.fields.iter().zip(&record.values) {
                let Some(given) = given else { continue };
                let Value::Text(text) = &given.value else { continue };
                if let Err(why) = check_value(field, text) {
                    found.push((
                        given.pos.clone(),
                        format!("{} of {}: {why}", field.name, record.name()),
                    ));
                }
            }
        }
        self.problems.extend(found);
    }
}

/// Checks a text value against the constraints of the archive for its field.
fn check_value(field: &Field, text: &str) -> Result<(), String> {
    match field.ty {
        Type::Key | Type::Ref(_) | Type::RefIn(_) => check_key(text),
        Type::Date if !field.timed && text.contains('T') => {
            Err(format!("{text:?} has a time of day"))
        }
        Type::Date => check_date(text),
        Type::Time => timestamp(text).map(|_| ()),
        _ if text.trim_matches(' ').is_empty() => Err("this is empty".to_owned()),
        _ if text.contains('\0') => Err("it contains the character U+0000".to_owned()),
        _ => Ok(()),
    }
}

fn stated_values(record: &Record) -> impl Iterator<Item = Option<&Value>> {
    record.values.iter().map(|given| given.as_ref().map(|given| &given.value))
}

fn build_record(word: &str, pos: &SourcePos, fields: &[(&str, Value)]) -> Option<Record> {
    let mut record = Record::new(kind_of_word(word)?, pos.clone());
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        debug_assert!(record.kind.position(name).is_some(), "{word} has no field {name}");
        record.set(name, value.clone(), pos.clone());
    }
    Some(record)
}

/// A sink for tests, which keeps the units.
#[cfg(test)]
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) units: Vec<Unit>,
}

#[cfg(test)]
impl Sink for Collected {
    fn header(&mut self, _: &[String]) {}

    fn delimiter(&mut self, _: u8) {}

    fn unit(&mut self, unit: Unit) -> bool {
        self.units.push(unit);
        true
    }
}
