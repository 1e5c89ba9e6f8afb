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

use super::xlsx::sheet::Worksheet;
use super::xlsx::{Beside, Book, add_problem, join_names, read_book, sample_book, says_not_read};
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::unit::Sink;
use globals::Globals;
use sheet::{Cells, Page, first_cell, has_content};
use std::io::{Read, Seek};

/// Reads the worksheets that the settings name, or those that bear our names, or the first visible one, and
/// passes each row to the sink.
pub(in crate::intake) fn read_workbook<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) {
    let not_a_workbook = |error| format!("not an XLS workbook: {error}");
    let read = open(input).map_err(not_a_workbook).and_then(|(stream, globals)| {
        let mut book = XlsBook { stream: &stream, globals: &globals, page: None };
        read_book(&mut book, &globals.workbook, settings, codes, sink)
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
    let (stream, globals) = open(input)?;
    let mut book = XlsBook { stream: &stream, globals: &globals, page: None };
    sample_book(&mut book, &globals.workbook, settings, most)
}

fn open<R: Read + Seek>(input: R) -> Result<(Vec<u8>, Globals), String> {
    let stream = container::read_stream(input)?;
    let globals = Globals::read(&stream)?;
    Ok((stream, globals))
}

/// A workbook of Excel 97 to 2003.
struct XlsBook<'a> {
    stream: &'a [u8],
    globals: &'a Globals,
    /// The worksheet that was read last, by its position.
    page: Option<(usize, Page)>,
}

impl XlsBook<'_> {
    /// Reads a worksheet, unless it is the one that was read last.
    fn page(&mut self, sheet: usize) -> Result<&mut Page, String> {
        let page = match self.page.take().filter(|(read, _)| *read == sheet) {
            Some((_, page)) => page,
            None => Page::read(self.stream, self.globals.offsets[sheet])?,
        };
        Ok(&mut self.page.insert((sheet, page)).1)
    }
}

impl Book for XlsBook<'_> {
    fn open(&mut self, sheet: usize) -> Result<Box<dyn Worksheet + '_>, String> {
        let (stream, globals) = (self.stream, self.globals);
        Ok(Box::new(Cells::new(stream, globals, self.page(sheet)?)))
    }

    fn list(&mut self, sheet: usize) -> Result<Beside, String> {
        let page = self.page(sheet)?;
        let (cells, count) = &page.unread_links;
        let remark = join_names(cells, *count)
            .map(|cells| format!("links of a kind that is not read stand behind {cells}"));
        Ok(Beside {
            remark,
            has_comments: page.comments,
            uncalculated: page.uncalculated,
            listed: std::mem::take(&mut page.listed),
        })
    }

    fn is_guide(&mut self, sheet: usize) -> bool {
        let first = first_cell(self.stream, self.globals.offsets[sheet], self.globals);
        first.is_ok_and(|first| {
            first.is_some_and(|first| says_not_read(&first, &self.globals.workbook))
        })
    }

    fn has_content(&mut self, sheet: usize) -> bool {
        has_content(self.stream, self.globals.offsets[sheet]) != Ok(false)
    }
}
