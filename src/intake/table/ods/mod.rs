//! Workbooks in OpenDocument (ODS, ISO/IEC 26300-3), read cell by cell by the rules of XLSX workbooks:
//! a cell is in the archive as it is in the workbook, or it is refused, or a remark says what was left.
//!
//! The file states what a cell displays beside its value, so that the two are compared as they stand.
//!
//! - `styles` tells which cells are struck through and which dates are displayed in part.
//! - `paragraphs` reads the text of a cell, and `sheet` the cells of a worksheet.

mod paragraphs;
mod sheet;
mod styles;

use super::xlsx::areas::Listed;
use super::xlsx::package::{Package, attribute, is};
use super::xlsx::sheet::Worksheet;
use super::xlsx::workbook::Workbook;
use super::xlsx::{Beside, Book, add_problem, read_book, sample_book};
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::unit::Sink;
use quick_xml::events::Event;
use sheet::{Cells, Content, list};
use std::io::{Read, Seek};
use styles::Styles;

/// Reads the worksheets that the settings name, or those that bear our names, or the first visible one, and
/// passes each row to the sink.
pub(in crate::intake) fn read_workbook<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) {
    let not_a_workbook = |error| format!("not an ODS workbook: {error}");
    let read = OdsBook::open(input)
        .map_err(not_a_workbook)
        .and_then(|(mut book, workbook)| read_book(&mut book, &workbook, settings, codes, sink));
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
    let (mut book, workbook) = OdsBook::open(input)?;
    sample_book(&mut book, &workbook, settings, most)
}

/// A workbook in OpenDocument.
struct OdsBook<R> {
    package: Package<R>,
    styles: Styles,
    contents: Vec<Content>,
}

impl<R: Read + Seek> OdsBook<R> {
    fn open(input: R) -> Result<(Self, Workbook), String> {
        let mut package = open(input)?;
        let styles = Styles::read(&mut package)?;
        let (sheets, contents) = list(&mut package, &styles)?;
        let workbook = Workbook { sheets, styles: styles.cells.clone(), ..Workbook::default() };
        Ok((OdsBook { package, styles, contents }, workbook))
    }
}

impl<R: Read + Seek> Book for OdsBook<R> {
    fn open(&mut self, sheet: usize) -> Result<Box<dyn Worksheet + '_>, String> {
        Ok(Box::new(Cells::open(&mut self.package, &self.styles, sheet)?))
    }

    fn list(&mut self, sheet: usize) -> Result<Beside, String> {
        let mut cells = Cells::open(&mut self.package, &self.styles, sheet)?;
        let mut listed = Listed::default();
        while cells.next_into(Some(&mut listed))?.is_some() {}
        listed.hidden_columns = cells.hidden_columns();
        listed.merged.sort();
        let has_comments = cells.has_comments();
        Ok(Beside { listed, has_comments, uncalculated: false, remark: None })
    }

    fn is_guide(&mut self, sheet: usize) -> bool {
        self.contents[sheet] == Content::Guide
    }

    fn has_content(&mut self, sheet: usize) -> bool {
        self.contents[sheet] != Content::Nothing
    }
}

/// Opens a workbook without a password.
fn open<R: Read + Seek>(input: R) -> Result<Package<R>, String> {
    let mut package = Package::open(input)?;
    if let Some(mut manifest) = package.part("META-INF/manifest.xml")? {
        loop {
            match manifest.next()? {
                Event::Start(element) if is(&element, "encryption-data") => {
                    return Err("it has a password; save it without one".to_owned());
                }
                Event::Start(element) if is(&element, "file-entry") => {
                    let path = attribute(&element, "full-path")?;
                    if path.as_deref() == Some("encrypted-package") {
                        return Err("it has a password; save it without one".to_owned());
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    Ok(package)
}
