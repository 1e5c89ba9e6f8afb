//! The reading of a worksheet, of every format of workbooks: its header, what its columns show, and its
//! rows.

use super::convert::convert;
use super::rows::Rows;
use super::sheet::{Cell, Worksheet};
use super::workbook::{Sheet, Workbook};
use crate::intake::settings::Settings;
use crate::intake::table::survey::{ColumnSeen, Sought, sought_in};
use crate::intake::unit::{Raw, Sink, Unit};
use crate::model::{SourcePos, did_you_mean, quoted};

/// The number of rows, columns or worksheets that a remark names.
pub(in crate::intake::table) const MAX_NAMED: usize = 10;

/// Reads the header of a worksheet and its first rows, at most `most`, as texts.
pub(in crate::intake::table) fn sample_rows(
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

/// Reads the header of a worksheet as texts, with its line; an empty one where there is none.
pub(super) fn heading_row(
    cells: &mut dyn Worksheet,
    workbook: &Workbook,
) -> Result<(usize, Vec<String>), String> {
    let (mut line, mut header) = (0, Vec::new());
    while let Some(cell) = cells.next()? {
        let text = convert(&cell, None, None, workbook).text;
        if text.trim().is_empty() {
            continue;
        }
        if !header.is_empty() && line != cell.row as usize + 1 {
            break;
        }
        line = cell.row as usize + 1;
        header.resize(header.len().max(cell.column + 1), String::new());
        header[cell.column] = text;
    }
    Ok((line, header))
}

/// Passes the rows of a worksheet to the sink. Returns false if the sink wants no more.
pub(in crate::intake::table) fn read_rows(
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
pub(in crate::intake::table) fn survey(
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
pub(in crate::intake::table) fn choose_sheet<'a>(
    sheets: &'a [Sheet],
    guides: &[&str],
    settings: &Settings,
) -> Result<&'a Sheet, String> {
    let Some(wanted) = settings.sheets.first() else {
        let is_table = |sheet: &&Sheet| !sheet.hidden && !guides.contains(&sheet.name.as_str());
        let chosen = sheets.iter().find(is_table).or(sheets.first());
        return chosen.ok_or_else(|| "there is no worksheet in it".to_owned());
    };
    find_sheet(sheets, wanted)
}

/// Finds a worksheet by the name that the user gives.
pub(super) fn find_sheet<'a>(sheets: &'a [Sheet], wanted: &str) -> Result<&'a Sheet, String> {
    sheets.iter().find(|sheet| sheet.name == wanted).ok_or_else(|| {
        let names = || sheets.iter().map(|sheet| sheet.name.as_str());
        let near = did_you_mean(wanted, names());
        format!("no worksheet {wanted:?}{near} ({})", names().collect::<Vec<_>>().join(", "))
    })
}

/// Adds a problem of the whole workbook.
pub(in crate::intake::table) fn add_problem(sink: &mut dyn Sink, what: String) {
    let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
    unit.add_problem(&SourcePos::Whole, what);
    sink.unit(unit);
}

/// Adds a remark on the whole workbook.
pub(in crate::intake::table) fn add_remark(sink: &mut dyn Sink, what: Option<String>) {
    if let Some(what) = what {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.remarks.push((SourcePos::Whole, what));
        sink.unit(unit);
    }
}

/// Names the worksheets that are not read; `None` if there are none.
pub(in crate::intake::table) fn name_unread_sheets<'a>(
    others: impl Iterator<Item = &'a Sheet>,
) -> Option<String> {
    let name = |sheet: &Sheet| match sheet.hidden {
        true => format!("{} (hidden)", quoted(&sheet.name)),
        false => quoted(&sheet.name),
    };
    let names: Vec<String> = others.map(name).collect();
    let (noun, were) = if names.len() == 1 { ("worksheet", "was") } else { ("worksheets", "were") };
    let list = join_names(&names, names.len())?;
    Some(format!("the {noun} {list} {were} not read; `--sheet NAME` reads another one"))
}

/// Describes the hidden columns that hold fields.
pub(in crate::intake::table) fn describe_hidden_columns(
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
pub(in crate::intake::table) fn join_names(names: &[String], count: usize) -> Option<String> {
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
