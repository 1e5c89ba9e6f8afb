//! Workbooks of Excel 97 to 2003 (XLS, BIFF8), read cell by cell by the rules of XLSX workbooks: a cell is
//! in the archive as it is in the workbook, or it is refused, or a remark says what was left.
//!
//! The stream of the workbook is held in memory, since some programs write its cells in any order.
//!
//! - `container` takes the stream out of the compound file, and says what another such file is.
//! - `record`, `id` and `bytes` take the stream apart.
//! - `globals` reads what worksheets share, `sheet` the cells of one and `value` what a cell holds;
//!   `links` reads addresses.

mod bytes;
mod container;
mod globals;
mod id;
mod links;
mod record;
mod sheet;
mod value;

use super::xlsx::{
    MAX_OPENED, Rows, add_problem, add_remark, choose_sheet, describe_hidden_columns,
    describe_old_values, join_names, name_unread_sheets, read_rows, sample_rows, says_not_read,
    survey,
};
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::unit::Sink;
use globals::Globals;
use sheet::{Cells, Page, first_cell, has_content};
use std::io::{Read, Seek};

/// A workbook.
struct Book {
    stream: Vec<u8>,
    globals: Globals,
}

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
    let book = Book::open(input)?;
    let number = book.choose(&book.guides(settings), settings)?;
    let page = Page::read(&book.stream, book.globals.offsets[number])?;
    let mut cells = Cells::new(&book.stream, &book.globals, &page);
    sample_rows(&mut cells, &book.globals.workbook, most)
}

fn try_read<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let book = Book::open(input).map_err(|error| format!("not an XLS workbook: {error}"))?;
    let Book { stream, globals } = &book;
    let guides = book.guides(settings);
    let number = book.choose(&guides, settings)?;
    let name = &globals.workbook.sheets[number].name;
    let unread = |error| format!("cannot read the worksheet {name:?}: {error}");
    if settings.sheet.is_none() {
        add_remark(sink, book.describe_unread_sheets(number, &guides));
    }
    let mut page = Page::read(stream, globals.offsets[number]).map_err(unread)?;
    let listed = std::mem::take(&mut page.listed);
    if page.comments {
        add_remark(sink, Some("the comments on cells were not read".to_owned()));
    }
    let (cells, count) = &page.unread_links;
    add_remark(
        sink,
        join_names(cells, *count)
            .map(|cells| format!("links of a kind that is not read stand behind {cells}")),
    );
    let workbook = &globals.workbook;
    let seen =
        survey(&mut Cells::new(stream, globals, &page), workbook, settings).map_err(unread)?;
    let mut rows = Rows::new(workbook, listed.merged, listed.links, seen, settings, codes);
    if read_rows(&mut Cells::new(stream, globals, &page), name, &mut rows, sink)? {
        add_remark(sink, describe_old_values(&rows, page.uncalculated));
        add_remark(sink, describe_hidden_columns(&rows, &listed.hidden_columns));
    }
    Ok(())
}

impl Book {
    fn open<R: Read + Seek>(input: R) -> Result<Self, String> {
        let stream = container::read_stream(input)?;
        let globals = Globals::read(&stream)?;
        Ok(Book { stream, globals })
    }

    /// Returns the names of the worksheets that say that they are not to be read; none where the
    /// user names the one to read.
    fn guides(&self, settings: &Settings) -> Vec<&str> {
        let sheets = &self.globals.workbook.sheets;
        let is_asked = sheets.len() > 1 && settings.sheet.is_none();
        let opened = sheets.iter().zip(&self.globals.offsets);
        let opened = opened.take(if is_asked { MAX_OPENED } else { 0 });
        let is_guide = |offset: usize| {
            let first = first_cell(&self.stream, offset, &self.globals);
            // A worksheet that cannot be read is none.
            first.is_ok_and(|first| {
                first.is_some_and(|first| says_not_read(&first, &self.globals.workbook))
            })
        };
        let guides = opened.filter(|(_, offset)| is_guide(**offset));
        guides.map(|(sheet, _)| sheet.name.as_str()).collect()
    }

    /// Returns the position of the worksheet to read.
    fn choose(&self, guides: &[&str], settings: &Settings) -> Result<usize, String> {
        let sheets = &self.globals.workbook.sheets;
        let chosen = choose_sheet(sheets, guides, settings)?;
        Ok(sheets.iter().position(|sheet| std::ptr::eq(sheet, chosen)).unwrap_or(0))
    }

    /// Describes the worksheets that are not read, without those that are empty.
    fn describe_unread_sheets(&self, chosen: usize, guides: &[&str]) -> Option<String> {
        let sheets = self.globals.workbook.sheets.iter().zip(&self.globals.offsets).enumerate();
        let others =
            sheets.filter(|(n, (sheet, _))| *n != chosen && !guides.contains(&sheet.name.as_str()));
        let others = others.map(|(_, other)| other).enumerate();
        let others = others.filter(|(n, (_, offset))| {
            *n >= MAX_OPENED || has_content(&self.stream, **offset) != Ok(false)
        });
        name_unread_sheets(others.map(|(_, (sheet, _))| sheet))
    }
}
