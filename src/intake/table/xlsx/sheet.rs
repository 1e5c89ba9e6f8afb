//! The cells of a worksheet, read one by one.

use super::package::{Xml, attribute, ends_within, flag, is, unescape};
use quick_xml::events::Event;
use std::io::Read;

/// The number of rows of a worksheet.
pub(in crate::intake::table) const ROWS: u32 = 1_048_576;
/// The number of columns of a worksheet.
pub(in crate::intake::table) const COLUMNS: usize = 16_384;

/// A cell as the file holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::intake::table) struct Cell {
    /// The row, from 0.
    pub(in crate::intake::table) row: u32,
    /// The column, from 0.
    pub(in crate::intake::table) column: usize,
    pub(in crate::intake::table) kind: CellKind,
    /// The number of its style.
    pub(in crate::intake::table) style: usize,
    /// The text of its value; `None` if it has none.
    pub(in crate::intake::table) value: Option<String>,
    /// The text of its value with marks on what is raised, lowered or struck through, if anything is.
    pub(in crate::intake::table) marked: Option<String>,
    /// The text that the cell displays, where the file says so.
    pub(in crate::intake::table) shown: Option<String>,
    /// The addresses behind parts of its text, where the cell holds them itself.
    pub(in crate::intake::table) links: Vec<String>,
    /// The text of its formula; empty where another cell holds it.
    pub(in crate::intake::table) formula: Option<String>,
}

/// The kind of value of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::intake::table) enum CellKind {
    #[default]
    Number,
    /// The number of a shared string.
    Shared,
    /// A text of its own, with its escapes replaced.
    Text,
    Boolean,
    Error,
    /// A date in ISO 8601.
    Iso,
}

/// A worksheet that is read cell by cell: row by row, from left to right.
pub(in crate::intake::table) trait Worksheet {
    /// Returns the next cell.
    fn next(&mut self) -> Result<Option<Cell>, String>;
    /// Returns true if the row of the last cell is hidden.
    fn is_row_hidden(&self) -> bool;
}

/// A reader of the cells of a worksheet, in the order of the file: row by row, from left to right.
pub(in crate::intake::table) struct Cells<R> {
    xml: Xml<R>,
    row: u32,
    column: usize,
    /// True if the current row is hidden.
    hidden: bool,
    last: Option<(u32, usize)>,
    begun: bool,
}

impl<R: Read> Cells<R> {
    pub(in crate::intake::table) fn new(xml: Xml<R>) -> Self {
        Cells { xml, row: 0, column: 0, hidden: false, last: None, begun: false }
    }

    fn read_next(&mut self) -> Result<Option<Cell>, String> {
        loop {
            match self.xml.next()? {
                Event::Start(element) if is(&element, "sheetData") => self.begun = true,
                Event::End(element) if element.local_name().as_ref() == "sheetData" => {
                    return Ok(None);
                }
                Event::Eof if self.begun => return Err(ends_within("sheetData")),
                Event::Eof => return Err("it holds no <sheetData>".to_owned()),
                Event::Start(element) if is(&element, "row") => {
                    if let Some(number) = attribute(&element, "r")? {
                        self.row = number.parse::<u32>().unwrap_or(ROWS + 1).saturating_sub(1);
                    }
                    self.hidden = flag(&element, "hidden")?;
                }
                Event::End(element) if element.local_name().as_ref() == "row" => {
                    self.row = self.row.saturating_add(1);
                    self.column = 0;
                }
                Event::Start(element) if is(&element, "c") => {
                    let mut cell = Cell { row: self.row, column: self.column, ..Cell::default() };
                    let mut inline = false;
                    for attribute in element.attributes().with_checks(false) {
                        let attribute = attribute.map_err(|error| error.to_string())?;
                        match attribute.key.local_name().as_ref() {
                            "r" => (cell.row, cell.column) = parse_reference(&attribute.value)?,
                            "s" => cell.style = attribute.value.parse().unwrap_or(0),
                            "t" => {
                                inline = matches!(&*attribute.value, "inlineStr" | "is");
                                cell.kind = parse_kind(&attribute.value)?;
                            }
                            _ => {}
                        }
                    }
                    self.check_position(&cell)?;
                    self.read_content(&mut cell, inline)?;
                    self.column = cell.column + 1;
                    return Ok(Some(cell));
                }
                _ => {}
            }
        }
    }

    /// Rejects a cell beyond the limits of a worksheet, for which a row could exhaust memory, and
    /// one that is not after the last.
    fn check_position(&mut self, cell: &Cell) -> Result<(), String> {
        if cell.row >= ROWS || cell.column >= COLUMNS {
            return Err("a cell lies beyond XFD1048576".to_owned());
        }
        let position = (cell.row, cell.column);
        if let Some(last) = self.last.filter(|last| *last >= position) {
            return Err(format!("the cell after row {} is out of order", last.0 + 1));
        }
        self.last = Some(position);
        Ok(())
    }

    fn read_content(&mut self, cell: &mut Cell, inline: bool) -> Result<(), String> {
        loop {
            match self.xml.next()? {
                // A text in the cell has no value beside it, or one that repeats it.
                Event::Start(element) if is(&element, "v") && inline => self.xml.skip("v")?,
                Event::Start(element) if is(&element, "v") => {
                    let mut text = String::new();
                    self.xml.read_text("v", &mut text)?;
                    if cell.kind == CellKind::Text {
                        text = unescape(&text);
                    }
                    cell.value = Some(text);
                }
                Event::Start(element) if is(&element, "is") => {
                    let text = self.xml.read_string("is")?;
                    (cell.value, cell.marked) = (Some(text.text), text.marked);
                    cell.kind = CellKind::Text;
                }
                Event::Start(element) if is(&element, "f") => {
                    let mut text = String::new();
                    self.xml.read_text("f", &mut text)?;
                    cell.formula = Some(text);
                }
                Event::End(element) if element.local_name().as_ref() == "c" => return Ok(()),
                Event::Eof => return Err(ends_within("c")),
                _ => {}
            }
        }
    }
}

impl<R: Read> Worksheet for Cells<R> {
    fn next(&mut self) -> Result<Option<Cell>, String> {
        self.read_next()
    }

    fn is_row_hidden(&self) -> bool {
        self.hidden
    }
}

/// Returns true if a worksheet has a cell with a value or a formula.
pub(in crate::intake::table) fn has_content<R: Read>(xml: Xml<R>) -> Result<bool, String> {
    let mut cells = Cells::new(xml);
    while let Some(cell) = cells.next()? {
        if cell.formula.is_some() || cell.value.is_some_and(|value| !value.is_empty()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn parse_kind(text: &str) -> Result<CellKind, String> {
    Ok(match text {
        "n" => CellKind::Number,
        "s" => CellKind::Shared,
        "str" | "inlineStr" | "is" => CellKind::Text,
        "b" => CellKind::Boolean,
        "e" => CellKind::Error,
        "d" => CellKind::Iso,
        other => return Err(format!("a cell has the unknown type {other:?}")),
    })
}

/// Parses the reference of a cell, such as `B2`, to its row and column from 0. A number that is too
/// large stays beyond the limits of a worksheet.
pub(in crate::intake::table) fn parse_reference(text: &str) -> Result<(u32, usize), String> {
    let fault = || format!("{text:?} refers to no cell");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    let column = letters.bytes().fold(0_usize, |column, letter| {
        let value = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        column.saturating_mul(26).saturating_add(value)
    });
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let row = digits.parse::<u32>().unwrap_or(u32::MAX);
    match (column.checked_sub(1), row.checked_sub(1)) {
        (Some(column), Some(row)) if number => Ok((row, column)),
        _ => Err(fault()),
    }
}

/// Formats the reference of a cell, such as `B2`.
pub(in crate::intake::table) fn format_reference(row: u32, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{format_reference, parse_reference};

    #[test]
    fn references_of_cells() {
        for (text, row, column) in
            [("A1", 0, 0), ("Z9", 8, 25), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383)]
        {
            assert_eq!(parse_reference(text).unwrap(), (row, column), "{text}");
            assert_eq!(format_reference(row, column), text);
        }
        assert!(
            parse_reference("ZZZZZZZZZZZZZZZZZZZZ99999999999").is_ok_and(|(row, _)| row > 1 << 30)
        );
        for text in ["", "A", "1", "A0", "A-1", "$A$1", "A1B"] {
            assert!(parse_reference(text).is_err(), "{text}");
        }
    }
}
