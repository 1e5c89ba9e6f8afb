//! A workbook with one worksheet, written row by row: numbers as numbers, whole days as dates, text
//! as text that is never a formula. The same rows give the same bytes.

use crate::model::Value;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format};
use std::path::Path;

/// A workbook while it is written.
pub struct Workbook {
    book: rust_xlsxwriter::Workbook,
    day: Format,
    row: u32,
}

/// Characters that a cell can hold.
const LONGEST: usize = 32_767;
/// Rows that a worksheet can hold.
const MOST: u32 = 1_048_576;

impl Workbook {
    /// A workbook with a worksheet of this name and a header.
    ///
    /// # Errors
    /// What the writer says.
    pub fn new(name: &str, header: &[&str]) -> Result<Self, String> {
        let plain = |error: rust_xlsxwriter::XlsxError| error.to_string();
        let mut book = rust_xlsxwriter::Workbook::new();
        // The writer would put the clock here.
        let fixed = ExcelDateTime::from_ymd(2000, 1, 1).map_err(plain)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
        let sheet = book.add_worksheet_with_constant_memory().map_err(plain)?;
        sheet.set_name(name).map_err(plain)?;
        sheet.set_freeze_panes(1, 0).map_err(plain)?;
        let bold = Format::new().set_bold();
        for (column, title) in (0_u16..).zip(header) {
            sheet.write_string_with_format(0, column, *title, &bold).map_err(plain)?;
        }
        Ok(Workbook { book, day: Format::new().set_num_format("yyyy-mm-dd"), row: 1 })
    }

    /// Writes a cell of the row at hand. `date` says that text which is a whole day is a date.
    ///
    /// # Errors
    /// Why a worksheet cannot hold it.
    #[expect(clippy::cast_precision_loss, reason = "checked before")]
    pub fn cell(&mut self, column: usize, value: &Value, date: bool) -> Result<(), String> {
        let row = self.row;
        let column = u16::try_from(column).map_err(|error| error.to_string())?;
        let Ok(sheet) = self.book.worksheet_from_index(0) else { return Ok(()) };
        let written = match value {
            Value::Null => return Ok(()),
            // Beyond this a spreadsheet's numbers lose digits.
            Value::Int(number) if number.unsigned_abs() < 1 << 53 => {
                sheet.write_number(row, column, *number as f64)
            }
            Value::Real(number) if number.is_finite() => sheet.write_number(row, column, *number),
            Value::Text(text) => {
                let length = text.encode_utf16().count();
                if length > LONGEST {
                    return Err(format!(
                        "a cell of a worksheet holds {LONGEST} characters, and this has {length}"
                    ));
                }
                match day(text).filter(|_| date) {
                    Some(day) => sheet.write_datetime_with_format(row, column, &day, &self.day),
                    None => sheet.write_string(row, column, text.as_str()),
                }
            }
            other => sheet.write_string(row, column, other.to_string()),
        };
        written.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Ends the row at hand.
    ///
    /// # Errors
    /// When a worksheet can hold no more.
    pub fn end_row(&mut self) -> Result<(), String> {
        self.row += 1;
        if self.row >= MOST {
            return Err(format!(
                "a worksheet holds {MOST} rows; choose fewer with --where, or csv"
            ));
        }
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What the system says.
    pub fn save(&mut self, path: &Path) -> Result<(), String> {
        self.book.save(path).map_err(|error| error.to_string())
    }
}

/// A whole day that a worksheet can have as a date: from 1900-03-01, since before that spreadsheets
/// count a day that never was.
fn day(text: &str) -> Option<ExcelDateTime> {
    if text.len() != 10 || text < "1900-03-01" {
        return None;
    }
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
