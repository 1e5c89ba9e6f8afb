//! Conversion of a row of a spreadsheet to records: its claim, source, place, figure and verdict
//! become a record each, linked to the others by their keys.

use super::cell::Cell;
use super::derived::{self, Derived, Given};
use super::nothing::describe_nothing;
use super::several;
use super::shell::quote_for_shell;
use super::survey::ColumnSeen;
use crate::intake::claimreview::ratings::{RatingMatch, status_for_words};
use crate::intake::document::field::{
    Codes, left_out_of_date, parse_noted_text, read_noted_text_into,
};
use crate::intake::settings::{Settings, Target};
use crate::intake::text::amounts::Notation;
use crate::intake::unit::{REJECTED_BECAUSE, Raw, Sink, Unit};
use crate::model::{
    COLUMNS, Column, EXAMPLE_MARK, ExampleRow, Examples, Record, RowPart, SourcePos, Type, Value,
    check_key, did_you_mean, find_column, fold_name, key_with_year, quoted, unescape_formula,
};
use std::borrow::Cow;

/// The most columns of a table, those of a worksheet.
pub(super) const MAX_COLUMNS: usize = 16_384;

/// A reader of rows, built from the header of a table.
pub(super) struct RowReader {
    header: Vec<String>,
    columns: Vec<Option<&'static Column>>,
    /// The measures of the figures of the columns, where the user names them.
    measures: Vec<Option<String>>,
    /// Columns that the table lacks, with one value for all rows (`--set`).
    constants: Vec<(&'static Column, Given)>,
    /// The notation of the cells of each column.
    notations: Vec<Notation>,
    /// The notation of a value of the command line.
    given_notation: Notation,
    /// Cells that mean "not stated".
    na: Vec<String>,
    /// The value of the empty cells of each column (`--fill`).
    fills: Vec<Option<Given>>,
    /// The columns whose texts are made of the cells of a row.
    derived: Derived,
    /// The sign that divides the names in the cells of each column, if the user names one.
    splits: Vec<Option<String>>,
    /// The example rows of empty tables that the columns may hold.
    examples: Examples,
}

impl RowReader {
    /// Reads the header on `line`. `seen` is what the cells of each column show, where it was looked for. Returns `None` when it has problems, after passing them to the
    /// sink.
    pub(in crate::intake) fn new(
        header: Vec<String>,
        line: usize,
        settings: &Settings,
        seen: &[ColumnSeen],
        sink: &mut dyn Sink,
    ) -> Option<Self> {
        let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
        if header.len() > MAX_COLUMNS {
            let number = header.len();
            let what = format!(
                "the header has {number} columns, and a table may have at most {MAX_COLUMNS}; another delimiter \
                 may be meant: --delimiter"
            );
            unit.add_problem(&SourcePos::Line(line, 1), what);
            sink.unit(unit);
            return None;
        }
        let mut columns: Vec<Option<&'static Column>> = Vec::new();
        let mut measures: Vec<Option<String>> = Vec::new();
        for name in &header {
            let Target { field: target, measure, mapped, .. } = settings.target(name);
            measures.push(measure.map(str::to_owned));
            if target.trim().is_empty() || target.trim() == REJECTED_BECAUSE {
                columns.push(None);
                continue;
            }
            let column = find_column(target);
            let pos = SourcePos::Cell(line, name.clone());
            if column.is_none() && derived::coordinates_in(target).is_some() {
                columns.push(None);
                continue;
            }
            if column.is_none() && mapped {
                let near = did_you_mean(target, COLUMNS.iter().map(|column| column.name));
                unit.add_problem(
                    &SourcePos::Flag("--map".to_owned()),
                    format!("no field has the name {}{near}", quoted(target)),
                );
            } else if column.is_none() {
                let known = COLUMNS.iter().map(|column| column.name);
                let near = did_you_mean(&target.to_lowercase(), known);
                let near = if near.is_empty() { ";".to_owned() } else { near };
                let word = quote_for_shell(name);
                let how = format!(
                    "`--map {word}=FIELD` names the field, `--map {word}=` skips the column"
                );
                unit.add_problem(&pos, format!("no field has this name{near} {how}"));
            }
            let is_second = |column: &Column| {
                let before = columns.iter().zip(&measures);
                before.into_iter().any(|(other, of)| {
                    other.is_some_and(|other| other.name == column.name) && of.as_deref() == measure
                })
            };
            // Columns of one heading would be lines of a note that nobody can tell apart.
            let may_join = |column: &Column| {
                derived::is_joined(column) && !header[..columns.len()].contains(name)
            };
            if let Some(column) = column.filter(|column| !may_join(column))
                && is_second(column)
            {
                unit.add_problem(&pos, format!("a second column for {}", column.name));
            }
            columns.push(column);
        }
        for (from, _) in settings.map.iter().filter(|(from, _)| !header.contains(from)) {
            let near = did_you_mean(from, header.iter().map(String::as_str));
            unit.add_problem(
                &SourcePos::Flag("--map".to_owned()),
                format!("the table has no column {}{near}", quoted(from)),
            );
        }
        let mut constants = Vec::new();
        for (name, value) in &settings.set {
            match find_column(name) {
                None => {
                    let near = did_you_mean(name, COLUMNS.iter().map(|column| column.name));
                    unit.add_problem(
                        &SourcePos::Flag("--set".to_owned()),
                        format!("no field has the name {}{near}", quoted(name)),
                    );
                }
                Some(column) if columns.iter().flatten().any(|c| c.name == column.name) => {
                    unit.add_problem(
                        &SourcePos::Flag("--set".to_owned()),
                        format!("the table has a column {} of its own", column.name),
                    );
                }
                Some(column) => {
                    constants.push((column, Given::new(value, column, &header)));
                }
            }
        }
        for (name, _) in &settings.fill {
            let is_column =
                |column: &Column| find_column(name).is_some_and(|c| c.name == column.name);
            if !columns.iter().flatten().any(|column| is_column(column)) {
                let what = match find_column(name) {
                    Some(column) => format!(
                        "the table has no column {}; `--set` gives a value to every row",
                        column.name
                    ),
                    None => {
                        let near = did_you_mean(name, COLUMNS.iter().map(|column| column.name));
                        format!("no field has the name {}{near}", quoted(name))
                    }
                };
                unit.add_problem(&SourcePos::Flag("--fill".to_owned()), what);
            }
        }
        let splits = split_columns(&header, &columns, settings, &mut unit);
        let derived = Derived::of(&header, &columns, settings, &mut unit);
        let is_degrees = |column: &&&Column| column.definition().degrees.is_some();
        if let (true, Some(column)) =
            (derived.has_coordinates(), columns.iter().flatten().find(is_degrees))
        {
            let what = format!(
                "the table has a column {} beside one of both coordinates; `--map COLUMN=` skips one",
                column.name
            );
            unit.add_problem(&SourcePos::Line(line, 1), what);
        }
        if !unit.problems.is_empty() {
            // A heading that is merged over several columns is wrong once.
            unit.problems.dedup();
            sink.unit(unit);
            return None;
        }
        sink.header(&header);
        let of_column = |n: usize| seen.get(n).copied().unwrap_or_default().settle(settings);
        let notations = (0..header.len()).map(of_column).collect();
        let given_notation = ColumnSeen::default().settle(settings);
        let na = settings.na.clone();
        let fills = fills_of(&header, &columns, settings);
        Some(RowReader {
            examples: Examples::of(&header, &columns),
            header,
            columns,
            measures,
            constants,
            notations,
            given_notation,
            fills,
            derived,
            na,
            splits,
        })
    }

    /// Returns the column as which the cells at a position of the header are read: the text of a claim where
    /// they are a part of a text or two coordinates. `None` where they are passed over.
    pub(super) fn column(&self, position: usize) -> Option<&'static Column> {
        let own = self.columns.get(position).copied().flatten();
        let constants = self.constants.iter().map(|(_, given)| given);
        let mut given = constants.chain(self.fills.iter().flatten());
        let mut is_part =
            || self.derived.holds_coordinates(position) || given.any(|given| given.reads(position));
        own.or_else(|| find_column("text").filter(|_| is_part()))
    }

    /// Returns the sign that divides the names in the cells of a column, if the user names one.
    pub(super) fn split(&self, position: usize) -> Option<&str> {
        self.splits.get(position)?.as_deref()
    }

    /// Reads a row that begins on `line`; `None` when all its cells are empty. `numbers` are the
    /// positions of the cells that the input stores as numbers, with their notation.
    pub(in crate::intake) fn read_row(
        &self,
        line: usize,
        cells: Vec<String>,
        numbers: &[(usize, Notation)],
        codes: &dyn Codes,
    ) -> Option<Unit> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
        if let Some(example) = self.examples.judge(&cells) {
            note_example(&mut unit, line, example);
            unit.raw = Raw::Cells(cells);
            return Some(unit);
        }
        for (n, cell) in cells.iter().enumerate().skip(self.header.len()) {
            if !cell.trim().is_empty() {
                let what = format!(
                    "this row has a cell in column {}, and the header has {}",
                    n + 1,
                    self.header.len()
                );
                unit.add_problem(&SourcePos::Line(line, 1), what);
                break;
            }
        }
        for (n, _) in self.header.iter().enumerate().filter(|(_, name)| name.trim().is_empty()) {
            if cells.get(n).is_some_and(|cell| !cell.trim().is_empty()) {
                let what = format!(
                    "this row has a cell in column {}, which has no heading; name the column, or remove it",
                    n + 1
                );
                unit.add_problem(&SourcePos::Line(line, 1), what);
            }
        }
        let is_stated =
            |text: &str| !text.trim_matches(' ').is_empty() && !self.means_nothing(text);
        let made = self.derived.make(line, &self.header, &cells, is_stated, &mut unit);
        let fills: Vec<Option<Cow<'_, str>>> = self
            .fills
            .iter()
            .map(|fill| fill.as_ref().and_then(|fill| fill.of(&cells, is_stated)))
            .collect();
        let set: Vec<(&'static Column, Cow<'_, str>)> = self
            .constants
            .iter()
            .filter_map(|(column, given)| Some((*column, given.of(&cells, is_stated)?)))
            .collect();
        let own = self.columns.iter().zip(&cells).zip(&self.header).enumerate();
        let own = own.filter_map(|(n, ((column, cell), name))| {
            let (column, pos) = ((*column)?, SourcePos::Cell(line, name.clone()));
            let cell = made.text(n).unwrap_or(cell);
            let text = match column.definition().ty {
                Type::Text => unescape_formula(cell),
                // The cell may contain a name in place of a key.
                Type::Key | Type::Ref(_) | Type::RefIn(_) => unescape_formula(cell.trim()),
                _ => cell.trim(),
            };
            let stored = numbers.iter().find(|(column, _)| *column == n);
            let notation = match stored {
                Some((_, notation)) => *notation,
                None => self.notations[n],
            };
            let stated = is_stated(text);
            if let Some(what) = left_out_of_date(column.definition(), text, notation) {
                unit.remarks.push((pos.clone(), what));
            }
            let split = self.splits[n].as_deref();
            let measure = self.measures[n].as_deref();
            match &fills[n] {
                Some(fill) if !stated => {
                    let (pos, split) = (SourcePos::Flag("--fill".to_owned()), Some(""));
                    Some(Cell { column, text: fill, pos, measure, notation, split })
                }
                _ => stated.then_some(Cell { column, text, pos, measure, notation, split }),
            }
        });
        let of_both = derived::coordinate_columns().into_iter().flat_map(|(lat, lon)| {
            made.coordinates
                .iter()
                .flat_map(move |(n, north, east)| [(lat, north, *n), (lon, east, *n)])
        });
        let of_both = of_both.map(|(column, text, n)| Cell {
            column,
            text,
            pos: SourcePos::Cell(line, self.header[n].clone()),
            measure: None,
            notation: Notation::STORED,
            split: None,
        });
        let constants = set.iter().map(|(column, text)| Cell {
            column,
            text,
            pos: SourcePos::Flag("--set".to_owned()),
            measure: None,
            notation: self.given_notation,
            split: Some(""),
        });
        let (measured, mut given): (Vec<Cell<'_>>, Vec<Cell<'_>>) =
            own.chain(of_both).chain(constants).partition(|cell| cell.measure.is_some());
        if let Some((pos, what)) = self.describe_made_twice(&given, line) {
            unit.add_problem(&pos, what);
        }
        for cell in &given {
            if let Some(what) = describe_nothing(cell, &given) {
                unit.add_problem(&cell.pos, what);
            }
        }
        let shared = shared_by_figures(&measured, &mut given);
        match several::rows_of(&given) {
            Ok(rows) => {
                let mut claims = rows.iter().map(|row| add_records(row, line, &mut unit, codes));
                let claim = claims.next().flatten();
                claims.for_each(drop);
                add_figures(&measured, &shared, claim.as_deref(), line, &mut unit, codes);
            }
            Err((pos, what)) => unit.add_problem(&pos, what),
        }
        unit.raw = Raw::Cells(cells);
        Some(unit)
    }

    /// Returns why the text of a claim is refused that was made for another row as well. A claim with a key of
    /// its own is told apart by that.
    fn describe_made_twice(&self, given: &[Cell<'_>], line: usize) -> Option<(SourcePos, String)> {
        let constants = self.constants.iter().map(|(column, given)| (Some(*column), given));
        let fills = self.columns.iter().copied().zip(&self.fills);
        let fills = fills.filter_map(|(column, fill)| Some((column, fill.as_ref()?)));
        let is_text = |column: Option<&Column>| column.is_some_and(|column| column.name == "text");
        if !constants.chain(fills).any(|(column, given)| is_text(column) && given.is_made()) {
            return None;
        }
        let find = |name: &str| given.iter().find(|cell| cell.column.name == name);
        let text = find("text").filter(|cell| matches!(cell.pos, SourcePos::Flag(_)))?;
        if find("claim").is_some() {
            return None;
        }
        let what = self.derived.describe_made_twice(text.text, line)?;
        Some((SourcePos::Line(line, 1), what))
    }

    /// Returns true if the user said that this cell means "not stated".
    fn means_nothing(&self, text: &str) -> bool {
        self.na.iter().any(|na| na.trim() == text.trim())
    }
}

/// Leaves an example row of an empty table out with a remark, or refuses a row that may be one.
fn note_example(unit: &mut Unit, line: usize, example: ExampleRow) {
    let pos = SourcePos::Line(line, 1);
    match example {
        ExampleRow::Shipped => {
            let what = "the example row of the template was left out; delete it";
            unit.remarks.push((pos, what.to_owned()));
        }
        ExampleRow::Altered => {
            let what = format!(
                "this row is marked {} and holds cells that are not those of the example; clear the \
                 mark to import it, or delete the row",
                quoted(EXAMPLE_MARK)
            );
            unit.add_problem(&pos, what);
        }
        ExampleRow::Unmarked => {
            let what = "this is the example row of the template, without its mark; delete the row, or \
                        replace what it says";
            unit.add_problem(&pos, what);
        }
    }
}

/// Takes the cells that the figures of a row share out of the others, unless the row has a figure of its own
/// too: the day for which they are given, their unit. What is said of a measure is said of each.
fn shared_by_figures<'a>(measured: &[Cell<'a>], given: &mut Vec<Cell<'a>>) -> Vec<Cell<'a>> {
    let own = given.iter().any(|cell| matches!(cell.column.name, "measure" | "measure_title"));
    if measured.is_empty() || own {
        return Vec::new();
    }
    let is_shared = |cell: &Cell<'_>| match cell.column.part {
        RowPart::Figure => true,
        RowPart::Measure => !matches!(cell.column.field, "key" | "title"),
        _ => false,
    };
    let (shared, rest) = std::mem::take(given).into_iter().partition(is_shared);
    *given = rest;
    shared
}

/// Adds a figure for each measure that columns name.
fn add_figures(
    measured: &[Cell<'_>],
    shared: &[Cell<'_>],
    claim: Option<&str>,
    line: usize,
    unit: &mut Unit,
    codes: &dyn Codes,
) {
    let mut measures: Vec<&str> = Vec::new();
    for measure in measured.iter().filter_map(|cell| cell.measure) {
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    for measure in measures {
        let mut given: Vec<Cell<'_>> =
            measured.iter().filter(|cell| cell.measure == Some(measure)).cloned().collect();
        let pos = given[0].pos.clone();
        if claim.is_none() {
            unit.add_problem(&pos, "a figure needs a claim");
            continue;
        }
        // A measure that is named by its key is there: what is said of new ones is not said of it.
        let is_there = check_key(measure).is_ok();
        let is_further = |cell: &&Cell<'_>| {
            let is_own = given.iter().any(|own| own.column.name == cell.column.name);
            !(is_own || is_there && cell.column.part == RowPart::Measure)
        };
        let further: Vec<Cell<'_>> = shared.iter().filter(is_further).cloned().collect();
        given.extend(further);
        let name = if is_there { "measure" } else { "measure_title" };
        let Some(column) = find_column(name) else { continue };
        let notation = Notation { in_table: true, ..Notation::default() };
        given.push(Cell { column, text: measure, pos, measure: None, notation, split: Some("") });
        let mut builder = RecordBuilder { given: &given, unit, codes, used: Vec::new(), line };
        let key = builder.add_keyed_record(RowPart::Measure, "measure", "measure_title", "measure");
        builder
            .add_linked_record(RowPart::Figure, &[("claim", claim), ("measure", key.as_deref())]);
    }
}

/// Adds the records of a row. Returns the key of its claim, if it has one.
fn add_records(
    given: &[Cell<'_>],
    line: usize,
    unit: &mut Unit,
    codes: &dyn Codes,
) -> Option<String> {
    let mut builder = RecordBuilder { given, unit, codes, used: Vec::new(), line };
    let key = builder.add_keyed_record(RowPart::Claim, "claim", "text", "claim");
    let claim = key.clone();
    let source = builder.add_keyed_record(RowPart::Source, "source", "title", "source");
    let speaker = builder.add_keyed_record(RowPart::Speaker, "speaker", "speaker_title", "source");
    let place = builder.add_keyed_record(RowPart::Location, "place", "place_name", "location");
    let measure = builder.add_keyed_record(RowPart::Measure, "measure", "measure_title", "measure");
    builder.add_keyed_record(RowPart::Equation, "equation", "equation_title", "equation");
    let (claim, source) = (claim.as_deref(), source.as_deref());
    if claim.is_some() && source.is_some() {
        let references = [("claim", claim), ("source", source), ("speaker", speaker.as_deref())];
        builder.add_linked_record(RowPart::Mention, &references);
        if speaker.is_some() {
            builder.used.push(RowPart::Speaker);
        }
    } else if claim.is_some() && speaker.is_some() {
        builder.report_lone_speaker();
    }
    if claim.is_some() && place.is_some() {
        builder
            .add_linked_record(RowPart::Place, &[("claim", claim), ("location", place.as_deref())]);
    }
    if claim.is_some() && measure.is_some() && builder.has_part(RowPart::Figure) {
        builder.add_linked_record(
            RowPart::Figure,
            &[("claim", claim), ("measure", measure.as_deref())],
        );
    }
    if claim.is_some() && (builder.has_cell("status") || builder.has_cell("verdict")) {
        builder.add_verdict(claim);
    }
    if claim.is_some() && builder.has_cell("linked_claim") {
        builder.add_linked_record(RowPart::Link, &[("from", claim)]);
    }
    if source.is_some() && builder.has_cell("origin") {
        builder.add_linked_record(RowPart::Origin, &[("source", source)]);
    }
    if source.is_some() && builder.has_cell("reliability") {
        builder.add_linked_record(RowPart::Grade, &[("source", source)]);
    }
    if place.is_some() && builder.has_cell("other_name") {
        builder.add_linked_record(RowPart::Name, &[("location", place.as_deref())]);
    }
    builder.report_unused_cells();
    key
}

/// A row while its records are built.
struct RecordBuilder<'a> {
    given: &'a [Cell<'a>],
    unit: &'a mut Unit,
    codes: &'a dyn Codes,
    /// The parts that became records or links.
    used: Vec<RowPart>,
    line: usize,
}

impl RecordBuilder<'_> {
    fn find_cell(&self, name: &str) -> Option<&Cell<'_>> {
        self.given.iter().find(|cell| cell.column.name == name)
    }

    fn has_cell(&self, name: &str) -> bool {
        self.find_cell(name).is_some()
    }

    fn has_part(&self, part: RowPart) -> bool {
        self.given.iter().any(|cell| cell.column.part == part)
    }

    /// Parses the text of a cell for its field.
    fn parse_cell(&self, cell: &Cell<'_>) -> Result<Value, String> {
        parse_noted_text(cell.column.definition(), cell.text, self.codes, cell.notation)
    }

    /// Builds the record of a part from its cells; an invalid cell adds a problem.
    fn build_record(&mut self, part: RowPart) -> Record {
        self.used.push(part);
        let mut record = Record::new(part.kind(), SourcePos::Line(self.line, 1));
        for cell in self.given.iter().filter(|cell| cell.column.part == part) {
            let field = cell.column.definition();
            let (text, pos) = (cell.text, cell.pos.clone());
            let read =
                read_noted_text_into(&mut record, field, text, pos, self.codes, cell.notation);
            if let Err(why) = read {
                self.unit.add_problem(&cell.pos, why);
            }
        }
        record
    }

    /// Returns the key of a part, and adds its record unless the row states only the key. A key is
    /// generated where the row has a name in place of the key, or a title without a key. Returns
    /// `None` where the row does not mention the part, or its key is invalid.
    fn add_keyed_record(
        &mut self,
        part: RowPart,
        key: &str,
        title: &str,
        word: &str,
    ) -> Option<String> {
        let cell = self.find_cell(key).map(|cell| (cell.text.to_owned(), cell.pos.clone()));
        let name = self.find_cell(title).map(|cell| (cell.text.to_owned(), cell.pos.clone()));
        let more = self.given.iter().any(|c| c.column.part == part && c.column.name != key);
        if let Some((text, _)) = &cell
            && check_key(text).is_ok()
        {
            if more {
                let record = self.build_record(part);
                self.unit.records.push(record);
            }
            // A key alone refers to an existing record; it says something only in a link.
            return Some(text.clone());
        }
        if part == RowPart::Claim || part == RowPart::Equation {
            // An invalid key of a claim or equation is an error, not a name.
            if let Some((text, pos)) = &cell {
                if let Err(why) = check_key(text) {
                    self.unit.add_problem(pos, why);
                }
                self.used.push(part);
                return None;
            }
        }
        let address = self.find_cell("url").filter(|_| part == RowPart::Source);
        let address = address.map(|cell| (cell.text.trim().to_owned(), cell.pos.clone()));
        let (text, pos) = match (&name, &cell, address) {
            (Some(name), _, _) => name.clone(),
            (None, Some(cell), _) => cell.clone(),
            (None, None, Some((text, pos))) => {
                let what = "a source without a title; its address stands for it".to_owned();
                self.unit.remarks.push((pos.clone(), what));
                (text, pos)
            }
            (None, None, None) => return None,
        };
        if let (Some((name, _)), Some((other, pos))) = (&name, &cell)
            && fold_name(name) != fold_name(other)
        {
            let what = format!(
                "{} is no key, and {title} says {}; give the key, or leave one of the two out (`--map \
                 COLUMN=` skips a column)",
                quoted(other),
                quoted(name)
            );
            self.unit.add_problem(pos, what);
        }
        let stated_in = if name.is_some() { title } else { key };
        if let Some(what) = self.find_cell(stated_in).and_then(several::describe_several) {
            self.unit.add_problem(&pos, what);
        }
        if part == RowPart::Equation {
            return None;
        }
        let mut fields: Vec<(&str, Value)> = Vec::new();
        let mut places: Vec<(&str, SourcePos)> = Vec::new();
        let mut bad: Vec<(&str, SourcePos)> = Vec::new();
        let own_cells: Vec<usize> = (0..self.given.len())
            .filter(|n| self.given[*n].column.part == part && self.given[*n].column.name != key)
            .collect();
        for n in own_cells {
            let cell = &self.given[n];
            let field = cell.column.definition();
            match self.parse_cell(cell) {
                Ok(value) => {
                    fields.push((field.name, value));
                    places.push((field.name, cell.pos.clone()));
                }
                Err(why) => {
                    self.unit.add_problem(&cell.pos, why);
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
        let date = self.find_cell("published").filter(|_| part == RowPart::Source);
        let base = key_with_year(&text, date.map(|date| date.text), word);
        let key = self.unit.add_under_key(word, base, &pos, &fields);
        // An invalid value is marked on the record, so that it is not reported as missing too; each
        // field has the position of its own cell.
        let made = self.unit.records.iter_mut().rev();
        if let Some(made) = made.into_iter().find(|made| made.text("key") == Some(key.as_str())) {
            bad.into_iter().for_each(|(name, pos)| made.set_bad(name, pos));
            for (name, pos) in places {
                made.place(name, pos);
            }
        }
        Some(key)
    }

    /// Adds the record of a part, with references to others by key.
    fn add_linked_record(&mut self, part: RowPart, references: &[(&str, Option<&str>)]) {
        let mut record = self.build_record(part);
        for (field, key) in references {
            if let Some(key) = key {
                let column = match *field {
                    "location" => "place",
                    "from" => "claim",
                    other => other,
                };
                if let Some(cell) = self.find_cell(column) {
                    let part = cell.column.part;
                    self.used.push(part);
                }
                let pos = self.find_cell(column).map(|cell| cell.pos.clone());
                record.set(field, Value::from(*key), pos.unwrap_or(record.pos.clone()));
            }
        }
        self.unit.records.push(record);
    }

    fn add_verdict(&mut self, claim: Option<&str>) {
        self.add_linked_record(RowPart::Verdict, &[("claim", claim)]);
        self.map_verdict();
        if self.has_part(RowPart::Evidence) {
            let part = self.build_record(RowPart::Evidence);
            if let Some(verdict) = self.unit.records.last_mut() {
                verdict.parts.push(part);
            }
        }
    }

    /// Gives a verdict that is stated in words the status that published reviews with these words get; the
    /// words are kept.
    fn map_verdict(&mut self) {
        let Some(record) = self.unit.records.last_mut() else { return };
        let stated = self.given.iter().find(|cell| cell.column.name == "status");
        let words = self.given.iter().find(|cell| cell.column.name == "verdict");
        let known = |status: &str| self.codes.has("statuses", status);
        match (stated, words) {
            // A code, or no verdict in words.
            (Some(cell), _) if known(cell.text) => {}
            (Some(cell), _) => {
                if let RatingMatch::Known(status) = status_for_words(cell.text)
                    && known(status)
                {
                    record.set("status", Value::from(status), cell.pos.clone());
                    self.unit.problems.retain(|(pos, _)| *pos != cell.pos);
                    if record.given("verdict").is_none() {
                        record.set("verdict", Value::from(cell.text.trim()), cell.pos.clone());
                    }
                }
            }
            (None, Some(cell)) => {
                let status = match status_for_words(cell.text) {
                    RatingMatch::Known(status) if known(status) => status,
                    _ => {
                        let what = format!(
                            "verdict {} is not one this program knows; recorded as inconclusive, its words kept",
                            quoted(cell.text.trim())
                        );
                        self.unit.remarks.push((cell.pos.clone(), what));
                        "inconclusive"
                    }
                };
                record.set("status", Value::from(status), cell.pos.clone());
            }
            (None, None) => {}
        }
    }

    /// Reports the speaker of a claim whose row names no source: nothing would say that they made it.
    fn report_lone_speaker(&mut self) {
        let cell = self.given.iter().find(|cell| cell.column.part == RowPart::Speaker);
        let Some(pos) = cell.map(|cell| cell.pos.clone()) else { return };
        let what = "this cell belongs to no record: a mention needs a claim and a source";
        self.unit.add_problem(&pos, what);
        self.used.push(RowPart::Speaker);
    }

    /// Reports cells of parts that the row does not identify.
    fn report_unused_cells(&mut self) {
        let given = self.given;
        let (keys, others): (Vec<&Cell<'_>>, Vec<&Cell<'_>>) = given.iter().partition(|cell| {
            let is_key = cell.column.field == "key" && check_key(cell.text).is_ok();
            is_key && cell.column.part != RowPart::Speaker
        });
        for cell in others {
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
            self.unit.add_problem(&cell.pos, format!("this cell belongs to no record: {needs}"));
        }
        // A key that nothing refers by says that there is such a record.
        for cell in keys.into_iter().filter(|cell| !self.used.contains(&cell.column.part)) {
            if self.unit.problems.is_empty() {
                let pos = SourcePos::Line(self.line, 1);
                let mut record = Record::new(cell.column.part.kind(), pos);
                record.set("key", Value::from(cell.text), cell.pos.clone());
                self.unit.records.push(record);
            }
        }
    }
}

/// The values of the empty cells of each column.
fn fills_of(
    header: &[String],
    columns: &[Option<&'static Column>],
    settings: &Settings,
) -> Vec<Option<Given>> {
    let fill = |column: &Option<&'static Column>| {
        let column = (*column)?;
        let wanted = column.name;
        let is_it = |name: &str| find_column(name).is_some_and(|column| column.name == wanted);
        let found = settings.fill.iter().find(|(name, _)| is_it(name));
        found.map(|(_, value)| Given::new(value, column, header))
    };
    columns.iter().map(fill).collect()
}

/// The signs of `--split`, by column of the header. A column is named as in the table, or by its field.
fn split_columns(
    header: &[String],
    columns: &[Option<&'static Column>],
    settings: &Settings,
    unit: &mut Unit,
) -> Vec<Option<String>> {
    let mut splits = vec![None; header.len()];
    for (name, sign) in &settings.split {
        let named = header.iter().position(|heading| heading == name);
        let of_field = || {
            let wanted = find_column(name)?.name;
            columns.iter().position(|column| column.is_some_and(|column| column.name == wanted))
        };
        let pos = SourcePos::Flag("--split".to_owned());
        let Some(n) = named.or_else(of_field) else {
            let near = did_you_mean(name, header.iter().map(String::as_str));
            unit.add_problem(&pos, format!("the table has no column {}{near}", quoted(name)));
            continue;
        };
        if columns[n].is_some_and(|column| !several::can_hold_names(column)) {
            let what = format!(
                "a cell of column {} cannot be several; sources, speakers and places can",
                quoted(name)
            );
            unit.add_problem(&pos, what);
        }
        splits[n] = Some(sign.clone());
    }
    splits
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::intake::document::field::Codes;
    use crate::intake::settings::Settings;
    use crate::intake::table::read_table;
    use crate::intake::unit::Collected;
    use crate::model::{CLAIM, SourcePos};

    /// An archive whose code lists hold the words of these tests.
    struct Known;

    impl Codes for Known {
        fn of(&self, _: &str) -> Vec<String> {
            ["event", "asserts", "reported", "supports", "cites", "B", "near"]
                .map(str::to_owned)
                .to_vec()
        }
    }

    /// The problems of a table of one row.
    fn problems(header: &str, row: &str) -> Vec<String> {
        let mut sink = Collected::default();
        let text = format!("{header}\n{row}\n");
        read_table(std::io::Cursor::new(text), false, &Settings::default(), &Known, &mut sink)
            .unwrap();
        sink.units.into_iter().flat_map(|unit| unit.problems).map(|(_, what)| what).collect()
    }

    #[test]
    fn a_cell_that_belongs_to_no_record_says_what_is_missing() {
        for (header, row, needs) in [
            ("claim,stance", "c,asserts", "a mention needs a claim and a source"),
            ("claim,speaker", "c,s", "a mention needs a claim and a source"),
            ("claim,speaker_title", "c,Bob Byrd", "a mention needs a claim and a source"),
            ("claim,place_relation", "c,near", "a place of a claim needs a claim and a place"),
            ("claim,value", "c,5", "a figure needs a claim and a measure"),
            ("claim,because", "c,Why", "a verdict needs a claim and a status"),
            ("claim,evidence_source", "c,s", "evidence needs a claim and the verdict it bears out"),
            ("claim,link_relation", "c,supports", "a link needs a claim and a linked_claim"),
            ("source,origin_relation", "s,cites", "an origin needs a source and an origin"),
            ("source,graded_because", "s,Why", "a grade needs a source and a reliability"),
            ("claim,other_name_language", "c,fr", "another name needs a place"),
            ("claim,source_kind", "c,report", "its key is not given, nor a name to make one from"),
        ] {
            let said = format!("this cell belongs to no record: {needs}");
            assert_eq!(problems(header, row), [said], "{header}");
        }
        assert_eq!(problems("claim,source,speaker", "c,s,p"), [""; 0]);
    }

    #[test]
    fn an_example_row_is_left_out_with_its_line_or_refused_and_never_a_record() {
        let example: Vec<(&str, &str)> = CLAIM.template.to_vec();
        let read = |changes: &[(usize, &'static str)]| {
            let mut row = example.clone();
            changes.iter().for_each(|(n, text)| row[*n].1 = text);
            let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
            let cells: Vec<String> = row.iter().map(|(_, text)| format!("\"{text}\"")).collect();
            let text = format!("{}\n{}\n", names.join(","), cells.join(","));
            let input = std::io::Cursor::new(text);
            let mut sink = Collected::default();
            read_table(input, false, &Settings::default(), &Known, &mut sink).unwrap();
            sink.units.pop().unwrap()
        };
        let shipped = read(&[]);
        assert!(shipped.records.is_empty() && shipped.problems.is_empty());
        let what = "the example row of the template was left out; delete it".to_owned();
        assert_eq!(shipped.remarks, [(SourcePos::Line(2, 1), what)]);
        for (changed, text) in [(1, "Mine"), (0, ""), (0, "my-claim")] {
            let refused = read(&[(changed, text)]);
            assert!(refused.records.is_empty(), "{text}");
            assert_eq!(refused.problems.len(), 1, "{text}: {:?}", refused.problems);
        }
        let own = read(&[(0, ""), (1, "Mine")]);
        assert!(!own.records.is_empty(), "{:?}", own.remarks);
    }
}
