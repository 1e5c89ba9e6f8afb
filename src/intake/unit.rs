//! What stands or falls together: a line of NDJSON, a row of a table, one review, one entry.

use crate::intake::text::lines::Lines;
use crate::model::{Record, SourcePos, Value, kind_of_word};

/// Takes units as they are read.
pub trait Sink {
    /// Takes the header of a table.
    fn header(&mut self, header: &[String]);
    /// Takes note of the sign between cells.
    fn delimiter(&mut self, sign: u8);
    /// Takes a unit; gives whether to read on.
    fn unit(&mut self, unit: Unit) -> bool;
}

/// A view that an export brings along: a report of the user's own.
#[derive(Clone, Debug)]
pub struct StoredView {
    /// Name of the view.
    pub name: String,
    /// Its CREATE VIEW statement.
    pub sql: String,
    /// Where it stands.
    pub pos: SourcePos,
}

/// The smallest piece of an input that is taken or rejected whole.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// Where it begins.
    pub pos: SourcePos,
    /// The records in it; references may point to one another in any order.
    pub records: Vec<Record>,
    /// Views that an export brings along.
    pub views: Vec<StoredView>,
    /// What is wrong with it, and where; with any, it is not taken.
    pub problems: Vec<(SourcePos, String)>,
    /// What a person should know although it is taken: a verdict that no status fits.
    pub remarks: Vec<(SourcePos, String)>,
    /// Whether its sources go by citation keys, which people choose anew in each of their files.
    pub cited: bool,
    /// As it stood in the input, to be written back when it is rejected.
    pub raw: Raw,
}

/// A unit as it stood in the input.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Raw {
    /// Not kept: the input is taken or rejected whole.
    #[default]
    Whole,
    /// Text: a line, an object, an entry.
    Text(String),
    /// The cells of a row.
    Cells(Vec<String>),
}

impl Unit {
    /// A unit with nothing in it.
    pub(super) fn new(pos: SourcePos, raw: Raw) -> Self {
        Unit { pos, raw, ..Unit::default() }
    }

    /// Turns byte offsets into lines and columns of the text they count in, whose first line is
    /// line `before + 1` of the input.
    pub(super) fn place(&mut self, lines: &Lines<'_>, before: usize) {
        fn each(record: &mut Record, place: &dyn Fn(&mut SourcePos)) {
            place(&mut record.pos);
            record.values.iter_mut().flatten().for_each(|given| place(&mut given.pos));
            record.parts.iter_mut().for_each(|part| each(part, place));
        }
        let place = |pos: &mut SourcePos| {
            if matches!(pos, SourcePos::Line(0, _)) {
                lines.place(pos);
                if let SourcePos::Line(line, _) = pos {
                    *line += before;
                }
            }
        };
        place(&mut self.pos);
        self.records.iter_mut().for_each(|r| each(r, &place));
        self.views.iter_mut().for_each(|view| place(&mut view.pos));
        self.problems.iter_mut().chain(&mut self.remarks).for_each(|(pos, _)| place(pos));
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, pos: &SourcePos, what: impl Into<String>) {
        self.problems.push((pos.clone(), what.into()));
    }

    /// Adds a record of the kind that documents call `word`, with these fields. Values that are
    /// `Null` are left out, as if not given.
    pub(super) fn add(&mut self, word: &str, pos: &SourcePos, fields: &[(&str, Value)]) {
        if let Some(record) = record(word, pos, fields) {
            self.records.push(record);
        }
    }

    /// Adds a record whose key is proposed from `name`, and gives that key. One that this unit has
    /// already, with the same fields, is not added twice; one that would take the key of another
    /// gets a number behind it. What the archive holds is settled when the unit is taken.
    pub(super) fn propose(
        &mut self,
        word: &str,
        name: &str,
        pos: &SourcePos,
        fields: &[(&str, Value)],
    ) -> String {
        let base = crate::model::propose_key(name, word);
        let Some(mut record) = record(word, pos, fields) else { return base };
        record.proposed = true;
        for n in 1.. {
            let key = if n == 1 { base.clone() } else { format!("{base}-{n}") };
            record.set("key", Value::from(key.as_str()), pos.clone());
            let same_kind = |r: &&Record| std::ptr::eq(r.kind, record.kind);
            match self.records.iter().filter(same_kind).find(|r| r.text("key") == Some(&key)) {
                None => {
                    self.records.push(record);
                    return key;
                }
                Some(other) if values(other).eq(values(&record)) => return key,
                Some(_) => {}
            }
        }
        base
    }
}

fn values(record: &Record) -> impl Iterator<Item = Option<&Value>> {
    record.values.iter().map(|given| given.as_ref().map(|given| &given.value))
}

fn record(word: &str, pos: &SourcePos, fields: &[(&str, Value)]) -> Option<Record> {
    let mut record = Record::new(kind_of_word(word)?, pos.clone());
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        debug_assert!(record.kind.position(name).is_some(), "{word} has no field {name}");
        record.set(name, value.clone(), pos.clone());
    }
    Some(record)
}
