//! One row of a spreadsheet to records: whatever the row says of a claim, a source, a place, a
//! figure, a verdict becomes a record of its own, tied to the others by their keys.

use crate::intake::document::field::{Codes, read_flag};
use crate::intake::text::decimal::{ambiguity, decimal_comma, two_readings};
use crate::intake::unit::{Raw, Unit};
use crate::intake::{Settings, Sink};
use crate::model::{
    COLUMNS, Column, Record, RowPart, SourcePos, Type, Value, check_key, column_named,
    did_you_mean, plain, quoted,
};

/// The columns of a table as its header has them.
pub(super) struct Sheet {
    header: Vec<String>,
    columns: Vec<Option<&'static Column>>,
    /// Columns that the table does not have, with one value for all rows.
    constants: Vec<(&'static Column, String)>,
    decimal_comma: bool,
}

/// A cell with what it is and where it stands.
struct Cell<'a> {
    column: &'static Column,
    text: &'a str,
    pos: SourcePos,
    /// True for a number that the input stores as one, not as digits: it has one reading.
    number: bool,
}

/// Returns true where a text has two readings as a number of this column. A coordinate has no thousands.
fn is_ambiguous(column: &Column, text: &str) -> bool {
    matches!(column.of().ty, Type::Number | Type::Integer)
        && column.part != RowPart::Location
        && two_readings(text).is_some()
}

/// Columns that are passed over: the reason of a rejected row is there for people.
const PASSED_OVER: &str = "reason";

impl Sheet {
    /// Reads the header on `line`. Problems are told to the sink; with any, no row can be read.
    pub(in crate::intake) fn new(
        header: Vec<String>,
        line: usize,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> Option<Self> {
        let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
        let mut columns: Vec<Option<&'static Column>> = Vec::new();
        for name in &header {
            let mapped = settings.map.iter().find(|(from, _)| from == name);
            let target = mapped.map_or(name.as_str(), |(_, to)| to.as_str());
            if target.trim().is_empty() || target.trim().eq_ignore_ascii_case(PASSED_OVER) {
                columns.push(None);
                continue;
            }
            let column = column_named(target);
            let pos = SourcePos::Cell(line, name.clone());
            if column.is_none() {
                let known = COLUMNS.iter().map(|column| column.name);
                let near = did_you_mean(&target.to_lowercase(), known);
                let near = if near.is_empty() { ";".to_owned() } else { near };
                let word = shell_word(name);
                let how = format!(
                    "`--map {word}=FIELD` says which is meant, `--map {word}=` passes it over"
                );
                unit.problem(&pos, format!("no field has this name{near} {how}"));
            }
            if let Some(column) = column
                && columns.iter().flatten().any(|other| other.name == column.name)
            {
                unit.problem(&pos, format!("a second column for {}", column.name));
            }
            columns.push(column);
        }
        for (from, _) in settings.map.iter().filter(|(from, _)| !header.contains(from)) {
            let near = did_you_mean(from, header.iter().map(String::as_str));
            unit.problem(
                &SourcePos::Flag("--map".to_owned()),
                format!("the table has no column {}{near}", quoted(from)),
            );
        }
        let mut constants = Vec::new();
        for (name, value) in &settings.set {
            match column_named(name) {
                None => {
                    let near = did_you_mean(name, COLUMNS.iter().map(|column| column.name));
                    unit.problem(
                        &SourcePos::Flag("--set".to_owned()),
                        format!("no field has the name {}{near}", quoted(name)),
                    );
                }
                Some(column) if columns.iter().flatten().any(|c| c.name == column.name) => {
                    unit.problem(
                        &SourcePos::Flag("--set".to_owned()),
                        format!("the table has a column {} of its own", column.name),
                    );
                }
                Some(column) => constants.push((column, value.clone())),
            }
        }
        if !unit.problems.is_empty() {
            sink.unit(unit);
            return None;
        }
        sink.header(&header);
        Some(Sheet { header, columns, constants, decimal_comma: settings.decimal_comma })
    }

    /// Reads a row that begins on `line`; `None` where all its cells are empty. `numbers` are the
    /// positions of cells that the input holds as numbers.
    pub(in crate::intake) fn unit(
        &self,
        line: usize,
        cells: Vec<String>,
        numbers: &[usize],
        codes: &dyn Codes,
    ) -> Option<Unit> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
        for (n, cell) in cells.iter().enumerate().skip(self.header.len()) {
            if !cell.trim().is_empty() {
                let what = format!(
                    "this row has a cell in column {}, and the header has {}",
                    n + 1,
                    self.header.len()
                );
                unit.problem(&SourcePos::Line(line, 1), what);
                break;
            }
        }
        let own = self.columns.iter().zip(&cells).zip(&self.header).enumerate();
        let own = own.filter_map(|(n, ((column, cell), name))| {
            let (column, pos) = ((*column)?, SourcePos::Cell(line, name.clone()));
            let text = match column.of().ty {
                Type::Text => plain(cell),
                // A name may stand in place of a key.
                Type::Key | Type::Ref(_) => plain(cell.trim()),
                _ => cell.trim(),
            };
            let number = numbers.contains(&n);
            (!text.trim_matches(' ').is_empty()).then_some(Cell { column, text, pos, number })
        });
        let constants = self.constants.iter().map(|(column, text)| Cell {
            column,
            text,
            pos: SourcePos::Flag("--set".to_owned()),
            number: false,
        });
        let given: Vec<Cell<'_>> = own.chain(constants).collect();
        self.records(&given, line, &mut unit, codes);
        unit.raw = Raw::Cells(cells);
        Some(unit)
    }

    fn records(&self, given: &[Cell<'_>], line: usize, unit: &mut Unit, codes: &dyn Codes) {
        let mut row = Row { given, unit, codes, used: Vec::new(), line, comma: self.decimal_comma };
        let claim = row.keyed(RowPart::Claim, "claim", "text", "claim");
        let source = row.keyed(RowPart::Source, "source", "title", "source");
        let speaker = row.keyed(RowPart::Speaker, "speaker", "speaker_title", "source");
        let place = row.keyed(RowPart::Location, "place", "place_name", "location");
        let measure = row.keyed(RowPart::Measure, "measure", "measure_title", "measure");
        row.keyed(RowPart::Equation, "equation", "equation_title", "equation");
        let (claim, source) = (claim.as_deref(), source.as_deref());
        if claim.is_some() && source.is_some() {
            let ties = [("claim", claim), ("source", source), ("speaker", speaker.as_deref())];
            row.tied(RowPart::Mention, &ties);
            row.use_key("speaker");
        }
        if claim.is_some() && place.is_some() {
            row.tied(RowPart::Place, &[("claim", claim), ("location", place.as_deref())]);
        }
        if claim.is_some() && measure.is_some() && row.says(RowPart::Figure) {
            row.tied(RowPart::Figure, &[("claim", claim), ("measure", measure.as_deref())]);
        }
        if claim.is_some() && row.has("status") {
            row.verdict(claim);
        }
        if claim.is_some() && row.has("linked_claim") {
            row.tied(RowPart::Link, &[("from", claim)]);
        }
        if source.is_some() && row.has("origin") {
            row.tied(RowPart::Origin, &[("source", source)]);
        }
        if source.is_some() && row.has("reliability") {
            row.tied(RowPart::Grade, &[("source", source)]);
        }
        if place.is_some() && row.has("other_name") {
            row.tied(RowPart::Name, &[("location", place.as_deref())]);
        }
        row.left_over();
    }
}

/// A row while its records are made.
struct Row<'a> {
    given: &'a [Cell<'a>],
    unit: &'a mut Unit,
    codes: &'a dyn Codes,
    /// Parts that became records, and key columns that tied one.
    used: Vec<RowPart>,
    line: usize,
    comma: bool,
}

impl Row<'_> {
    fn cell(&self, name: &str) -> Option<&Cell<'_>> {
        self.given.iter().find(|cell| cell.column.name == name)
    }

    fn has(&self, name: &str) -> bool {
        self.cell(name).is_some()
    }

    fn says(&self, part: RowPart) -> bool {
        self.given.iter().any(|cell| cell.column.part == part)
    }

    fn use_key(&mut self, name: &str) {
        if let Some(part) = self.cell(name).map(|cell| cell.column.part) {
            self.used.push(part);
        }
    }

    /// Returns the value of a cell.
    fn read(&self, cell: &Cell<'_>) -> Result<Value, String> {
        let (field, text) = (cell.column.of(), cell.text);
        if !self.comma || !matches!(field.ty, Type::Number | Type::Integer) {
            return read_flag(field, text, self.codes);
        }
        if !cell.number && is_ambiguous(cell.column, text) {
            return Err(ambiguity(text));
        }
        let number = decimal_comma(text).ok_or_else(|| {
            let text = quoted(text);
            format!(
                "{text} is no number with a decimal comma; write 1234,5 or 1.234,5, without units"
            )
        })?;
        read_flag(field, &number, self.codes).map_err(|why| why.replace(&number, text))
    }

    /// A record with the cells of a part that are what their fields may hold.
    fn record(&mut self, part: RowPart) -> Record {
        self.used.push(part);
        let mut record = Record::new(part.kind(), SourcePos::Line(self.line, 1));
        for cell in self.given.iter().filter(|cell| cell.column.part == part) {
            let field = cell.column.of();
            match self.read(cell) {
                Ok(value) => record.set(field.name, value, cell.pos.clone()),
                Err(why) => {
                    record.set_bad(field.name, cell.pos.clone());
                    let comma = matches!(field.ty, Type::Number | Type::Integer)
                        && !self.comma
                        && decimal_comma(cell.text).is_some_and(|number| number.contains('.'))
                        && !is_ambiguous(cell.column, cell.text);
                    let hint = if comma { "; `--decimal ,` reads a decimal comma" } else { "" };
                    self.unit.problem(&cell.pos, format!("{why}{hint}"));
                }
            }
        }
        record
    }

    /// The key by which the row names a record, which is added when the row says more of it than
    /// that. Where a name stands in place of the key, or the key is left out beside a title, a key
    /// is proposed.
    fn keyed(&mut self, part: RowPart, key: &str, title: &str, word: &str) -> Option<String> {
        let cell = self.cell(key).map(|cell| (cell.text.to_owned(), cell.pos.clone()));
        let name = self.cell(title).map(|cell| (cell.text.to_owned(), cell.pos.clone()));
        let more = self.given.iter().any(|c| c.column.part == part && c.column.name != key);
        if let Some((text, _)) = &cell
            && check_key(text).is_ok()
        {
            if more {
                let record = self.record(part);
                self.unit.records.push(record);
            } else {
                // A key alone ties the row to a record that is there.
                self.used.push(part);
            }
            return Some(text.clone());
        }
        if part == RowPart::Claim || part == RowPart::Equation {
            // Only a text is taken for one: a claim's key that is none is a slip.
            if let Some((text, pos)) = &cell {
                if let Err(why) = check_key(text) {
                    self.unit.problem(pos, why);
                }
                self.used.push(part);
                return None;
            }
        }
        let (text, pos) = match (&name, &cell) {
            (Some(name), _) => name.clone(),
            (None, Some(cell)) => cell.clone(),
            (None, None) => return None,
        };
        if part == RowPart::Equation {
            return None;
        }
        let mut fields: Vec<(&str, Value)> = Vec::new();
        let mut bad: Vec<(&str, SourcePos)> = Vec::new();
        let stripped: Vec<usize> = (0..self.given.len())
            .filter(|n| self.given[*n].column.part == part && self.given[*n].column.name != key)
            .collect();
        for n in stripped {
            let cell = &self.given[n];
            let field = cell.column.of();
            match self.read(cell) {
                Ok(value) => fields.push((field.name, value)),
                Err(why) => {
                    self.unit.problem(&cell.pos, why);
                    bad.push((field.name, cell.pos.clone()));
                }
            }
        }
        self.used.push(part);
        if name.is_none() {
            let field = match part {
                RowPart::Location => "name",
                _ => "title",
            };
            fields.push((field, Value::from(text.as_str())));
        }
        let date = self.cell("published").filter(|_| part == RowPart::Source);
        let named = date.map_or_else(|| text.clone(), |date| format!("{text} {}", date.text));
        let key = self.unit.propose(word, &named, &pos, &fields);
        // A bad cell is no reason to say nothing of what else the row says of it.
        let made = self.unit.records.iter_mut().rev();
        if let Some(made) = made.into_iter().find(|made| made.text("key") == Some(key.as_str())) {
            bad.into_iter().for_each(|(name, pos)| made.set_bad(name, pos));
        }
        Some(key)
    }

    /// A record of a part, tied to others by their keys.
    fn tied(&mut self, part: RowPart, ties: &[(&str, Option<&str>)]) {
        let mut record = self.record(part);
        for (field, key) in ties {
            if let Some(key) = key {
                let column = match *field {
                    "location" => "place",
                    "from" => "claim",
                    other => other,
                };
                let pos = self.cell(column).map(|cell| cell.pos.clone());
                record.set(field, Value::from(*key), pos.unwrap_or(record.pos.clone()));
            }
        }
        crate::intake::document::walk::fill_key(&mut record);
        self.unit.records.push(record);
    }

    fn verdict(&mut self, claim: Option<&str>) {
        self.tied(RowPart::Verdict, &[("claim", claim)]);
        if self.says(RowPart::Evidence) {
            let part = self.record(RowPart::Evidence);
            if let Some(verdict) = self.unit.records.last_mut() {
                verdict.parts.push(part);
            }
        }
    }

    /// What the row says of something that it does not name.
    fn left_over(&mut self) {
        for cell in self.given {
            let part = cell.column.part;
            if self.used.contains(&part) || matches!(cell.pos, SourcePos::Flag(_)) {
                continue;
            }
            let needs = match part {
                RowPart::Mention | RowPart::Speaker => "a mention needs a claim and a source",
                RowPart::Place => "a place of a claim needs a claim and a place",
                RowPart::Figure => "a figure needs a claim and a measure",
                RowPart::Verdict => "a verdict needs a claim and a status",
                RowPart::Evidence => "evidence needs a claim and the verdict it bears out",
                RowPart::Link => "a link needs a claim and a linked_claim",
                RowPart::Origin => "an origin needs a source and an origin",
                RowPart::Grade => "a grade needs a source and a reliability",
                RowPart::Name => "another name needs a place",
                _ => "its key is not given, nor a name to make one from",
            };
            self.used.push(part);
            self.unit.problem(&cell.pos, format!("this stands alone: {needs}"));
        }
    }
}

/// A name as it is written on a command line.
fn shell_word(name: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || "_-.,:/@%+".contains(c);
    match name.chars().all(safe) {
        true => name.to_owned(),
        false => format!("'{}'", name.replace('\'', "'\\''")),
    }
}
