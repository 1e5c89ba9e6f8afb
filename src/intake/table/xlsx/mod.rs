//! Workbooks in XLSX, read cell by cell and converted to text: dates to ISO 8601, integers without
//! a decimal point.
//!
//! A cell that is read is in the archive as it is in the workbook, or it is refused, or a remark
//! says what of it was left.
//!
//! - `package` opens the zip archive and its XML parts, `workbook` reads what worksheets share, and
//!   `sheet` the cells of one.
//! - `areas` holds merged cells and hyperlinks, which a worksheet lists after its cells.
//! - `tokens`, `pattern`, `section`, `shown` and `format` tell what a cell displays.
//! - `number`, `links`, `marks` and `convert` turn a cell into text (`converted`), and `rows` puts the rows
//!   together.

pub(super) mod areas;
mod convert;
mod converted;
pub(super) mod format;
mod links;
pub(super) mod marks;
pub(super) mod number;
pub(super) mod package;
mod pattern;
mod rows;
mod section;
pub(super) mod sheet;
pub(super) mod shown;
mod tokens;
pub(super) mod workbook;

use super::survey::{ColumnSeen, Sought, sought_in};
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::unit::{Raw, Sink, Unit};
use crate::model::{NOT_READ, SourcePos, did_you_mean, quoted};
use areas::Listed;
use convert::convert;
use package::Package;
pub(super) use rows::{Rows, refuse_cells};
use sheet::{Cell, Cells, Worksheet, has_content};
use std::collections::HashMap;
use std::io::{Read, Seek};
use workbook::{Sheet, Workbook};

/// The number of rows, columns or worksheets that a remark names.
pub(super) const MAX_NAMED: usize = 10;
/// The number of worksheets that are opened to see whether they are empty.
pub(super) const MAX_OPENED: usize = 100;

/// Reads the first visible worksheet, or the one named in the settings, and passes each row to the
/// sink.
pub(in crate::intake) fn read_workbook<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) {
    if let Err(what) = try_read(input, settings, codes, sink) {
        add_problem(sink, what);
    }
}

/// Reads the header of the worksheet and its first rows, at most `most`, as texts.
pub(in crate::intake) fn sample<R: Read + Seek>(
    input: R,
    settings: &Settings,
    most: usize,
) -> Result<(Vec<String>, Vec<Vec<String>>), String> {
    let mut package = Package::open(input)?;
    let workbook = Workbook::read(&mut package)?;
    let guides = guides_in(&mut package, &workbook, settings);
    let sheet = choose_sheet(&workbook.sheets, &guides, settings)?;
    let part = package.part(&sheet.path)?.ok_or("it has no part")?;
    sample_rows(&mut Cells::new(part), &workbook, most)
}

/// Reads the header of a worksheet and its first rows, at most `most`, as texts.
pub(super) fn sample_rows(
    cells: &mut dyn Worksheet,
    workbook: &Workbook,
    most: usize,
) -> Result<(Vec<String>, Vec<Vec<String>>), String> {
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    while let Some(cell) = cells.next()? {
        let text = convert(&cell, None, None, workbook).text;
        if text.trim().is_empty() {
            continue;
        }
        if rows.last().is_none_or(|(row, _)| *row != cell.row) {
            if rows.len() > most {
                break;
            }
            rows.push((cell.row, Vec::new()));
        }
        let Some((_, row)) = rows.last_mut() else { continue };
        if row.len() <= cell.column {
            row.resize(cell.column + 1, String::new());
        }
        row[cell.column] = text;
    }
    let mut rows = rows.into_iter().map(|(_, row)| row);
    let header = rows.next().unwrap_or_default();
    Ok((header, rows.collect()))
}

fn try_read<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let not_a_workbook = |error| format!("not an XLSX workbook: {error}");
    let mut package = Package::open(input).map_err(not_a_workbook)?;
    let workbook = Workbook::read(&mut package).map_err(not_a_workbook)?;
    let guides = guides_in(&mut package, &workbook, settings);
    let sheet = choose_sheet(&workbook.sheets, &guides, settings)?;
    let name = &sheet.name;
    let unread = |error| format!("cannot read the worksheet {name:?}: {error}");
    if settings.sheet.is_none() {
        add_remark(sink, describe_unread_sheets(&mut package, &workbook.sheets, sheet, &guides));
    }
    let related = package.relationships(&sheet.path).map_err(unread)?;
    if related.iter().any(|part| matches!(part.kind.as_str(), "comments" | "threadedComment")) {
        add_remark(sink, Some("the comments on cells were not read".to_owned()));
    }
    let targets: HashMap<String, String> = related
        .into_iter()
        .filter(|relationship| relationship.external)
        .map(|relationship| (relationship.id, relationship.target))
        .collect();
    let missing = || unread(format!("it has no part {}", sheet.path));
    let part = package.part(&sheet.path).map_err(unread)?.ok_or_else(missing)?;
    let listed = Listed::read(part, &targets).map_err(unread)?;
    drop(targets);
    let part = package.part(&sheet.path).map_err(unread)?.ok_or_else(missing)?;
    let seen = survey(&mut Cells::new(part), &workbook, settings).map_err(unread)?;
    let part = package.part(&sheet.path).map_err(unread)?.ok_or_else(missing)?;
    let mut rows = Rows::new(&workbook, listed.merged, listed.links, seen, settings, codes);
    if !read_rows(&mut Cells::new(part), name, &mut rows, sink)? {
        return Ok(());
    }
    add_remark(sink, describe_old_values(&rows, workbook.uncalculated));
    add_remark(sink, describe_hidden_columns(&rows, &listed.hidden_columns));
    Ok(())
}

/// Passes the rows of a worksheet to the sink. Returns false if the sink wants no more.
pub(super) fn read_rows(
    cells: &mut dyn Worksheet,
    name: &str,
    rows: &mut Rows<'_>,
    sink: &mut dyn Sink,
) -> Result<bool, String> {
    let unread = |error| format!("cannot read the worksheet {name:?}: {error}");
    let mut hidden_rows = HiddenRows::default();
    let (mut row, mut is_hidden): (Vec<Cell>, bool) = (Vec::new(), false);
    loop {
        let cell = cells.next().map_err(unread)?;
        let number = cell.as_ref().map(|cell| cell.row);
        if let Some(last) = row.first().map(|first| first.row).filter(|last| number != Some(*last))
        {
            let passed = rows.push(&row, sink).map_err(unread)?;
            if passed && is_hidden {
                hidden_rows.add(last);
            }
            if rows.ended {
                return Ok(false);
            }
            row.clear();
        }
        let Some(cell) = cell else { break };
        is_hidden = cells.is_row_hidden();
        row.push(cell);
    }
    if !rows.has_header() {
        return Err(format!("the worksheet {name:?} is empty; its first row names the columns"));
    }
    add_remark(sink, hidden_rows.remark());
    Ok(true)
}

/// Reads the columns of amounts and dates once, for numbers and dates that are text: one cell may settle
/// how the others are read. A worksheet without such a column is not read.
pub(super) fn survey(
    cells: &mut dyn Worksheet,
    workbook: &Workbook,
    settings: &Settings,
) -> Result<Vec<ColumnSeen>, String> {
    let (mut header, mut header_row): (Vec<String>, Option<u32>) = (Vec::new(), None);
    let (mut columns, mut seen): (Vec<Sought>, Vec<ColumnSeen>) = (Vec::new(), Vec::new());
    while let Some(cell) = cells.next()? {
        let converted = convert(&cell, None, None, workbook);
        let is_blank = converted.text.trim().is_empty();
        match header_row {
            None if is_blank => {}
            Some(row) if cell.row != row => {
                if columns.is_empty() {
                    columns = sought_in(&header, settings);
                    seen = vec![ColumnSeen::default(); columns.len()];
                    if columns.iter().all(|column| *column == Sought::Nothing) {
                        break;
                    }
                }
                // What is raised is no digit of a number.
                let plain = !converted.number && workbook.strings.marked(&cell).is_none();
                if let (Some(sought), true) = (columns.get(cell.column), plain) {
                    seen[cell.column].note(*sought, &converted.text);
                }
            }
            _ => {
                header_row = Some(cell.row);
                if header.len() <= cell.column {
                    header.resize(cell.column + 1, String::new());
                }
                header[cell.column] = converted.text;
            }
        }
    }
    Ok(seen)
}

/// Returns the worksheet to read, which is none of the `guides` unless it is named.
pub(super) fn choose_sheet<'a>(
    sheets: &'a [Sheet],
    guides: &[&str],
    settings: &Settings,
) -> Result<&'a Sheet, String> {
    let Some(wanted) = &settings.sheet else {
        let is_table = |sheet: &&Sheet| !sheet.hidden && !guides.contains(&sheet.name.as_str());
        let chosen = sheets.iter().find(is_table).or(sheets.first());
        return chosen.ok_or_else(|| "there is no worksheet in it".to_owned());
    };
    sheets.iter().find(|sheet| sheet.name == *wanted).ok_or_else(|| {
        let names = || sheets.iter().map(|sheet| sheet.name.as_str());
        let near = did_you_mean(wanted, names());
        format!("no worksheet {wanted:?}{near} ({})", names().collect::<Vec<_>>().join(", "))
    })
}

/// Returns the names of the worksheets that say that they are not to be read; none where the user names the
/// one to read.
fn guides_in<'a, R: Read + Seek>(
    package: &mut Package<R>,
    workbook: &'a Workbook,
    settings: &Settings,
) -> Vec<&'a str> {
    let sheets = &workbook.sheets;
    let is_asked = sheets.len() > 1 && settings.sheet.is_none();
    let opened = sheets.iter().take(if is_asked { MAX_OPENED } else { 0 });
    let guides = opened.filter(|sheet| is_guide(package, workbook, sheet));
    guides.map(|sheet| sheet.name.as_str()).collect()
}

/// Returns true for a worksheet whose first cell says that it is not read: explanations and lists. A
/// worksheet that cannot be read is none.
fn is_guide<R: Read + Seek>(package: &mut Package<R>, workbook: &Workbook, sheet: &Sheet) -> bool {
    let Ok(Some(part)) = package.part(&sheet.path) else { return false };
    let Ok(Some(first)) = Cells::new(part).next() else { return false };
    says_not_read(&first, workbook)
}

/// Adds a problem of the whole workbook.
pub(super) fn add_problem(sink: &mut dyn Sink, what: String) {
    let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
    unit.add_problem(&SourcePos::Whole, what);
    sink.unit(unit);
}

/// Adds a remark on the whole workbook.
pub(super) fn add_remark(sink: &mut dyn Sink, what: Option<String>) {
    if let Some(what) = what {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.remarks.push((SourcePos::Whole, what));
        sink.unit(unit);
    }
}

/// Describes the worksheets that are not read, without those that are empty.
fn describe_unread_sheets<R: Read + Seek>(
    package: &mut Package<R>,
    sheets: &[Sheet],
    chosen: &Sheet,
    guides: &[&str],
) -> Option<String> {
    let is_other =
        |sheet: &&Sheet| sheet.name != chosen.name && !guides.contains(&sheet.name.as_str());
    let others = sheets.iter().filter(is_other).enumerate();
    let others = others.filter(|(n, sheet)| {
        // A workbook may list one worksheet many times.
        let part = package.part(&sheet.path);
        *n >= MAX_OPENED
            || part.map_or(true, |part| part.is_none_or(|xml| has_content(xml) != Ok(false)))
    });
    name_unread_sheets(others.map(|(_, sheet)| sheet))
}

/// Names the worksheets that are not read; `None` if there are none.
pub(super) fn name_unread_sheets<'a>(others: impl Iterator<Item = &'a Sheet>) -> Option<String> {
    let name = |sheet: &Sheet| match sheet.hidden {
        true => format!("{} (hidden)", quoted(&sheet.name)),
        false => quoted(&sheet.name),
    };
    let names: Vec<String> = others.map(name).collect();
    let (noun, were) = if names.len() == 1 { ("worksheet", "was") } else { ("worksheets", "were") };
    let list = join_names(&names, names.len())?;
    Some(format!("the {noun} {list} {were} not read; `--sheet NAME` reads another one"))
}

/// Describes the values of formulas that the program which wrote the workbook did not calculate.
pub(super) fn describe_old_values(rows: &Rows<'_>, uncalculated: bool) -> Option<String> {
    (uncalculated && rows.read_formula).then(|| {
        "the program that wrote the workbook did not calculate its formulas, and their values may be \
         old; open it in a spreadsheet program and save it"
            .to_owned()
    })
}

/// Returns true for a first cell that says that its worksheet is not read: explanations and lists.
pub(super) fn says_not_read(first: &Cell, workbook: &Workbook) -> bool {
    (first.row, first.column) == (0, 0) && convert(first, None, None, workbook).text == NOT_READ
}

/// Describes the hidden columns that hold fields.
pub(super) fn describe_hidden_columns(
    rows: &Rows<'_>,
    hidden: &[(usize, usize)],
) -> Option<String> {
    let is_hidden = |n: usize| hidden.iter().any(|(first, last)| (*first..=*last).contains(&n));
    let names: Vec<String> =
        rows.fields().filter(|(n, _)| is_hidden(*n)).map(|(_, name)| name.to_owned()).collect();
    let columns = if names.len() == 1 { "column was" } else { "columns were" };
    let list = join_names(&names, names.len())?;
    Some(format!("{} hidden {columns} read: {list}; `--map NAME=` skips a column", names.len()))
}

/// The hidden rows that were read.
#[derive(Default)]
struct HiddenRows {
    count: usize,
    /// The numbers of the first of them.
    first: Vec<String>,
}

impl HiddenRows {
    fn add(&mut self, row: u32) {
        self.count += 1;
        if self.first.len() < MAX_NAMED {
            self.first.push((row + 1).to_string());
        }
    }

    fn remark(&self) -> Option<String> {
        let list = join_names(&self.first, self.count)?;
        let rows = if self.count == 1 { "row was" } else { "rows were" };
        Some(format!("{} hidden {rows} read: {list}", self.count))
    }
}

/// Joins names for a message, of which there are `count` in all; `None` if there are none.
pub(super) fn join_names(names: &[String], count: usize) -> Option<String> {
    let named = &names[..names.len().min(MAX_NAMED)];
    match named {
        [] => None,
        _ if count > named.len() => {
            Some(format!("{} and {} more", named.join(", "), count - named.len()))
        }
        [one] => Some(one.clone()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::read_workbook;
    use crate::intake::document::field::Codes;
    use crate::intake::settings::Settings;
    use crate::intake::unit::Collected;
    use crate::model::NOT_READ;
    use rust_xlsxwriter::Workbook;
    use std::io::Cursor;

    struct NoCodes;

    impl Codes for NoCodes {
        fn of(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    /// The problems of a workbook whose first worksheet has these rows.
    fn problems(rows: &[&[&str]]) -> Vec<String> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (0u32..).zip(rows) {
            sheet.write_row(row, 0, cells.iter().copied()).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        let mut sink = Collected::default();
        read_workbook(Cursor::new(bytes), &Settings::default(), &NoCodes, &mut sink);
        sink.units.into_iter().flat_map(|unit| unit.problems).map(|(_, what)| what).collect()
    }

    #[test]
    fn a_worksheet_without_a_header_is_empty_and_one_with_a_wrong_header_is_not() {
        let empty = ["the worksheet \"Sheet1\" is empty; its first row names the columns"];
        assert_eq!(problems(&[]), empty);
        assert_eq!(problems(&[&[" "], &[" "]]), empty);
        let wrong = problems(&[&["colour"]]);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(wrong[0].contains("no field has this name"), "{wrong:?}");
        assert_eq!(problems(&[&["colour"], &["red"]]), wrong, "its rows are not read");
        assert_eq!(problems(&[&["claim", "text"]]), [""; 0]);
    }

    #[test]
    fn a_worksheet_that_says_so_is_passed_over_and_another_is_named() {
        let read = |first: &str, second: &str| {
            let mut book = Workbook::new();
            book.add_worksheet().write(0, 0, first).unwrap();
            book.add_worksheet().write_row(0, 0, ["claim", "text"]).unwrap();
            book.add_worksheet().write(0, 0, second).unwrap();
            let bytes = book.save_to_buffer().unwrap();
            let mut sink = Collected::default();
            read_workbook(Cursor::new(bytes), &Settings::default(), &NoCodes, &mut sink);
            let said = |unit: crate::intake::Unit| [unit.problems, unit.remarks].concat();
            let said = sink.units.into_iter().flat_map(said).map(|(_, what)| what);
            said.collect::<Vec<String>>()
        };
        assert_eq!(read(NOT_READ, NOT_READ), [""; 0]);
        let other = read(NOT_READ, "colour");
        assert!(other.len() == 1 && other[0].starts_with("the worksheet \"Sheet3\" was not read"));
        assert!(read("colour", NOT_READ).iter().any(|what| what.contains("no field")));
    }
}
