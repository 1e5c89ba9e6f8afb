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
use super::xlsx::workbook::{Sheet, Workbook};
use super::xlsx::{
    Rows, add_problem, add_remark, choose_sheet, describe_hidden_columns, name_unread_sheets,
    read_rows, sample_rows, survey,
};
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::unit::Sink;
use quick_xml::events::Event;
use sheet::{Cells, list};
use std::io::{Read, Seek};
use styles::Styles;

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
    let mut package = open(input)?;
    let styles = Styles::read(&mut package)?;
    let (sheets, _) = list(&mut package, &styles)?;
    let number = choose(&sheets, settings)?;
    let workbook = Workbook { styles: styles.cells.clone(), ..Workbook::default() };
    sample_rows(&mut Cells::open(&mut package, &styles, number)?, &workbook, most)
}

fn try_read<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let not_a_workbook = |error| format!("not an ODS workbook: {error}");
    let mut package = open(input).map_err(not_a_workbook)?;
    let styles = Styles::read(&mut package).map_err(not_a_workbook)?;
    let (sheets, contents) = list(&mut package, &styles).map_err(not_a_workbook)?;
    let number = choose(&sheets, settings)?;
    let name = &sheets[number].name;
    let unread = |error| format!("cannot read the worksheet {name:?}: {error}");
    if settings.sheet.is_none() {
        let others = sheets.iter().zip(&contents).enumerate();
        let others = others.filter(|(n, (_, has_content))| *n != number && **has_content);
        add_remark(sink, name_unread_sheets(others.map(|(_, (sheet, _))| sheet)));
    }
    let workbook = Workbook { styles: styles.cells.clone(), ..Workbook::default() };
    let mut cells = Cells::open(&mut package, &styles, number).map_err(unread)?;
    let mut listed = Listed::default();
    while cells.next_into(Some(&mut listed)).map_err(unread)?.is_some() {}
    listed.hidden_columns = cells.hidden_columns();
    listed.merged.sort();
    if cells.has_comments() {
        add_remark(sink, Some("the comments on cells were not read".to_owned()));
    }
    drop(cells);
    let mut cells = Cells::open(&mut package, &styles, number).map_err(unread)?;
    let seen = survey(&mut cells, &workbook, settings).map_err(unread)?;
    drop(cells);
    let mut rows = Rows::new(&workbook, listed.merged, listed.links, seen, settings, codes);
    let mut cells = Cells::open(&mut package, &styles, number).map_err(unread)?;
    if read_rows(&mut cells, name, &mut rows, sink)? {
        add_remark(sink, describe_hidden_columns(&rows, &listed.hidden_columns));
    }
    Ok(())
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

/// Returns the position of the worksheet to read.
fn choose(sheets: &[Sheet], settings: &Settings) -> Result<usize, String> {
    let chosen = choose_sheet(sheets, &[], settings)?;
    Ok(sheets.iter().position(|sheet| std::ptr::eq(sheet, chosen)).unwrap_or(0))
}
