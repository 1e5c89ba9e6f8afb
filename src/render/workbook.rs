//! A workbook with one worksheet, written row by row: numbers as numbers, days as dates, text as
//! text and never as a formula. The same rows give the same bytes.

use crate::model::Value;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format};
use std::path::Path;

/// A workbook under construction.
pub struct Workbook {
    book: rust_xlsxwriter::Workbook,
    day: Format,
    row: u32,
}

/// The largest number of characters in a cell.
const MAX_CELL_CHARS: usize = 32_767;
/// The largest number of rows in a worksheet.
const MAX_ROWS: u32 = 1_048_576;

impl Workbook {
    /// Creates a workbook with a worksheet of this name and a header.
    ///
    /// # Errors
    /// Fails if the name or the header is invalid.
    pub fn new(name: &str, header: &[&str]) -> Result<Self, String> {
        let to_text = |error: rust_xlsxwriter::XlsxError| error.to_string();
        let mut book = rust_xlsxwriter::Workbook::new();
        // The default is the current time, which would make the bytes differ.
        let fixed = ExcelDateTime::from_ymd(2000, 1, 1).map_err(to_text)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
        let sheet = book.add_worksheet_with_constant_memory().map_err(to_text)?;
        sheet.set_name(name).map_err(to_text)?;
        sheet.set_freeze_panes(1, 0).map_err(to_text)?;
        let bold = Format::new().set_bold();
        for (column, title) in (0_u16..).zip(header) {
            sheet.write_string_with_format(0, column, *title, &bold).map_err(to_text)?;
        }
        Ok(Workbook { book, day: Format::new().set_num_format("yyyy-mm-dd"), row: 1 })
    }

    /// Writes a cell of the current row. With `date`, text that is a single day becomes a date.
    ///
    /// # Errors
    /// Fails if a worksheet cannot hold the value.
    #[expect(clippy::cast_precision_loss, reason = "checked before")]
    pub fn write_cell(&mut self, column: usize, value: &Value, date: bool) -> Result<(), String> {
        let row = self.row;
        let column = u16::try_from(column).map_err(|error| error.to_string())?;
        let Ok(sheet) = self.book.worksheet_from_index(0) else { return Ok(()) };
        let written = match value {
            Value::Null => return Ok(()),
            // Beyond this, numbers in a spreadsheet lose digits.
            Value::Int(number) if number.unsigned_abs() < 1 << 53 => {
                sheet.write_number(row, column, *number as f64)
            }
            Value::Real(number) if number.is_finite() => sheet.write_number(row, column, *number),
            Value::Text(text) => {
                let length = text.encode_utf16().count();
                if length > MAX_CELL_CHARS {
                    return Err(format!(
                        "a cell of a worksheet holds {MAX_CELL_CHARS} characters, and this has {length}"
                    ));
                }
                match parse_day(text).filter(|_| date) {
                    Some(day) => sheet.write_datetime_with_format(row, column, &day, &self.day),
                    None => sheet.write_string(row, column, text.as_str()),
                }
            }
            other => sheet.write_string(row, column, other.to_string()),
        };
        written.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Ends the current row.
    ///
    /// # Errors
    /// Fails if the worksheet is full.
    pub fn end_row(&mut self) -> Result<(), String> {
        self.row += 1;
        if self.row >= MAX_ROWS {
            return Err(format!(
                "a worksheet holds {MAX_ROWS} rows; choose fewer with --where, or csv"
            ));
        }
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Fails if the file cannot be written to.
    pub fn save(&mut self, path: &Path) -> Result<(), String> {
        self.book.save(path).map_err(|error| error.to_string())
    }
}

/// Parses a single day that a worksheet can hold as a date: from 1900-03-01 on, since spreadsheets
/// count a 29 February 1900, which did not exist.
fn parse_day(text: &str) -> Option<ExcelDateTime> {
    if text.len() != 10 || text < "1900-03-01" {
        return None;
    }
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
