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
//! - `reading` reads a worksheet, `book` those that are asked for, and `several` tells what is for which of
//!   them.

pub(super) mod areas;
mod book;
mod convert;
mod converted;
pub(super) mod format;
mod links;
pub(super) mod marks;
pub(super) mod number;
pub(super) mod package;
mod pattern;
mod reading;
mod rows;
mod section;
mod several;
pub(super) mod sheet;
pub(super) mod shown;
mod tokens;
pub(super) mod workbook;

use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::unit::Sink;
use crate::model::NOT_READ;
use areas::Listed;
pub(super) use book::{Beside, Book, read_book, sample_book};
use convert::convert;
use package::Package;
pub(super) use reading::{MAX_NAMED, add_problem, join_names};
pub(super) use rows::refuse_cells;
use sheet::{Cell, Cells, Worksheet, has_content};
use std::collections::HashMap;
use std::io::{Read, Seek};
use workbook::Workbook;

/// Reads the worksheets that the settings name, or those that bear our names, or the first visible one, and
/// passes each row to the sink.
pub(in crate::intake) fn read_workbook<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) {
    let not_a_workbook = |error| format!("not an XLSX workbook: {error}");
    let read = open(input).map_err(not_a_workbook).and_then(|(mut package, workbook)| {
        let mut book = XlsxBook { package: &mut package, workbook: &workbook };
        read_book(&mut book, &workbook, settings, codes, sink)
    });
    if let Err(what) = read {
        add_problem(sink, what);
    }
}

/// Reads the header of the worksheet and its first rows, at most `most`, as texts.
pub(in crate::intake) fn sample<R: Read + Seek>(
    input: R,
    settings: &Settings,
    most: usize,
) -> Result<(Vec<String>, Vec<Vec<String>>), String> {
    let (mut package, workbook) = open(input)?;
    let mut book = XlsxBook { package: &mut package, workbook: &workbook };
    sample_book(&mut book, &workbook, settings, most)
}

fn open<R: Read + Seek>(input: R) -> Result<(Package<R>, Workbook), String> {
    let mut package = Package::open(input)?;
    let workbook = Workbook::read(&mut package)?;
    Ok((package, workbook))
}

/// A workbook in XLSX.
struct XlsxBook<'a, R> {
    package: &'a mut Package<R>,
    workbook: &'a Workbook,
}

impl<R: Read + Seek> XlsxBook<'_, R> {
    fn cells(&mut self, sheet: usize) -> Result<Cells<impl Read>, String> {
        let path = &self.workbook.sheets[sheet].path;
        let part = self.package.part(path)?.ok_or_else(|| format!("it has no part {path}"))?;
        Ok(Cells::new(part))
    }
}

impl<R: Read + Seek> Book for XlsxBook<'_, R> {
    fn open(&mut self, sheet: usize) -> Result<Box<dyn Worksheet + '_>, String> {
        Ok(Box::new(self.cells(sheet)?))
    }

    fn list(&mut self, sheet: usize) -> Result<Beside, String> {
        let path = &self.workbook.sheets[sheet].path;
        let related = self.package.relationships(path)?;
        let is_comment = |kind: &str| kind == "comments" || kind == "threadedComment";
        let has_comments = related.iter().any(|part| is_comment(&part.kind));
        let targets: HashMap<String, String> = related
            .into_iter()
            .filter(|relationship| relationship.external)
            .map(|relationship| (relationship.id, relationship.target))
            .collect();
        let part = self.package.part(path)?.ok_or_else(|| format!("it has no part {path}"))?;
        let listed = Listed::read(part, &targets)?;
        let uncalculated = self.workbook.uncalculated;
        Ok(Beside { listed, has_comments, uncalculated, remark: None })
    }

    fn is_guide(&mut self, sheet: usize) -> bool {
        let workbook = self.workbook;
        let Ok(mut cells) = self.cells(sheet) else { return false };
        let Ok(Some(first)) = cells.next() else { return false };
        says_not_read(&first, workbook)
    }

    fn has_content(&mut self, sheet: usize) -> bool {
        let part = self.package.part(&self.workbook.sheets[sheet].path);
        part.map_or(true, |part| part.is_none_or(|xml| has_content(xml) != Ok(false)))
    }
}

/// Returns true for a first cell that says that its worksheet is not read: explanations and lists.
pub(super) fn says_not_read(first: &Cell, workbook: &Workbook) -> bool {
    (first.row, first.column) == (0, 0) && convert(first, None, None, workbook).text == NOT_READ
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
