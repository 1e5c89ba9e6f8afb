//! A workbook with one worksheet of rows, written row by row: numbers as numbers, days as dates, text
//! as text and never as a formula. Behind it stand a worksheet that explains the columns and one with
//! the lists of the drop-downs. The same rows give the same bytes.

use crate::model::Value;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula,
    Worksheet, XlsxError, utility::column_number_to_name,
};
use std::path::Path;

/// A workbook under construction.
pub struct Workbook {
    book: rust_xlsxwriter::Workbook,
    day: Format,
    text: Format,
    columns: u16,
    row: u32,
}

/// A column of the worksheet of rows.
#[derive(Clone, Debug, Default)]
pub struct SheetColumn {
    /// Its heading.
    pub heading: String,
    /// The number of characters of its widest cell, the heading aside.
    pub width: usize,
    /// True if what people type there is text, whatever it looks like.
    pub is_text: bool,
    /// The explanation shown beside the cell that is being filled in.
    pub prompt: String,
    /// The position of its drop-down among the lists.
    pub list: Option<usize>,
}

/// The words of a drop-down.
#[derive(Clone, Debug, Default)]
pub struct SheetList {
    /// The heading over them.
    pub heading: String,
    /// The words.
    pub words: Vec<String>,
}

/// The largest number of characters in a cell.
const MAX_CELL_CHARS: usize = 32_767;
/// The largest number of rows in a worksheet.
const MAX_ROWS: u32 = 1_048_576;
/// The narrowest and the widest column, in characters.
const WIDTHS: (usize, usize) = (10, 50);
/// The largest number of characters in the prompt of a cell, and in its title.
const MAX_PROMPT: (usize, usize) = (255, 32);
/// The name of the worksheet with the lists, as the formulas of drop-downs name it.
const LISTS: &str = "lists";

impl Workbook {
    /// Creates a workbook with a worksheet of this name, with a header and the drop-downs of `lists`.
    ///
    /// # Errors
    /// Fails if the name or the header is invalid.
    pub fn new(name: &str, columns: &[SheetColumn], lists: &[SheetList]) -> Result<Self, String> {
        Self::begin(name, columns, lists).map_err(|error| error.to_string())
    }

    fn begin(name: &str, columns: &[SheetColumn], lists: &[SheetList]) -> Result<Self, XlsxError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        // The default is the current time, which would make the bytes differ.
        let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        // The format `@`, by the number that every spreadsheet program knows it by.
        let text = Format::new().set_num_format_index(49);
        for (n, column) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(0, n, column.heading.as_str(), &bold)?;
            set_width(sheet, n, column.width.max(column.heading.chars().count() + 3))?;
            if column.is_text {
                sheet.set_column_format(n, &text)?;
            }
            let list = column.list.and_then(|at| Some((u16::try_from(at).ok()?, lists.get(at)?)));
            if list.is_some() || !column.prompt.is_empty() {
                sheet.add_data_validation(1, n, MAX_ROWS - 1, n, &validation(column, list)?)?;
            }
        }
        let columns = u16::try_from(columns.len()).unwrap_or(u16::MAX);
        let day = Format::new().set_num_format("yyyy-mm-dd");
        Ok(Workbook { book, day, text, columns, row: 1 })
    }

    /// Adds a worksheet that explains the first: `note` in its first cell, then rows under a header.
    ///
    /// # Errors
    /// Fails if a worksheet cannot hold them.
    pub fn add_guide(
        &mut self,
        name: &str,
        note: &str,
        header: &[&str],
        rows: &[Vec<String>],
    ) -> Result<(), String> {
        let mut write = || -> Result<(), XlsxError> {
            let sheet = self.book.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            sheet.set_freeze_panes(2, 0)?;
            sheet.write_string(0, 0, note)?;
            let bold = Format::new().set_bold();
            for (n, heading) in (0_u16..).zip(header) {
                sheet.write_string_with_format(1, n, *heading, &bold)?;
                let cells = rows.iter().filter_map(|row| row.get(usize::from(n)));
                let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
                set_width(sheet, n, widest.max(heading.chars().count()))?;
            }
            let wrapped = Format::new().set_text_wrap();
            for (row, cells) in (2_u32..).zip(rows) {
                for (n, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    sheet.write_string_with_format(row, n, cell.as_str(), &wrapped)?;
                }
            }
            Ok(())
        };
        write().map_err(|error| error.to_string())
    }

    /// Adds the worksheet with the lists of the drop-downs, with `note` in its first cell. A column for
    /// each list.
    ///
    /// # Errors
    /// Fails if a worksheet cannot hold them.
    pub fn add_lists(&mut self, note: &str, lists: &[SheetList]) -> Result<(), String> {
        let header: Vec<&str> = lists.iter().map(|list| list.heading.as_str()).collect();
        let longest = lists.iter().map(|list| list.words.len()).max().unwrap_or(0);
        let row = |n: usize| lists.iter().map(move |list| list.words.get(n).cloned());
        let rows: Vec<Vec<String>> =
            (0..longest).map(|n| row(n).map(Option::unwrap_or_default).collect()).collect();
        self.add_guide(LISTS, note, &header, &rows)
    }

    /// Writes a cell of the current row as text in a column of texts.
    ///
    /// # Errors
    /// Fails if a worksheet cannot hold the value.
    pub fn write_text(&mut self, column: usize, text: &str) -> Result<(), String> {
        let column = u16::try_from(column).map_err(|error| error.to_string())?;
        let Ok(sheet) = self.book.worksheet_from_index(0) else { return Ok(()) };
        let written = sheet.write_string_with_format(self.row, column, text, &self.text);
        written.map(|_| ()).map_err(|error| error.to_string())
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
        let (last, columns) = ((self.row - 1).max(1), self.columns);
        if let (Ok(sheet), Some(end)) = (self.book.worksheet_from_index(0), columns.checked_sub(1))
        {
            sheet.autofilter(0, 0, last, end).map_err(|error| error.to_string())?;
        }
        self.book.save(path).map_err(|error| error.to_string())
    }
}

/// Sets the width of a column, within bounds.
fn set_width(sheet: &mut Worksheet, column: u16, chars: usize) -> Result<(), XlsxError> {
    let (least, most) = WIDTHS;
    let width = u32::try_from(chars.clamp(least, most)).unwrap_or_default();
    sheet.set_column_width(column, width).map(|_| ())
}

/// Builds the prompt and the drop-down of a column. Another word than those of the list may be typed
/// after a warning: it may be a new one.
fn validation(
    column: &SheetColumn,
    list: Option<(u16, &SheetList)>,
) -> Result<DataValidation, XlsxError> {
    let mut validation = DataValidation::new();
    if let Some((n, list)) = list.filter(|(_, list)| !list.words.is_empty()) {
        let (letters, last) = (column_number_to_name(n), list.words.len() + 2);
        let range = format!("={LISTS}!${letters}$3:${letters}${last}");
        validation = validation
            .allow_list_formula(Formula::new(range))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not in the list")?
            .set_error_message("This is not in the list. Keep it if it is new.")?;
    } else {
        validation = validation.allow_any_value();
    }
    let (prompt, title) = MAX_PROMPT;
    validation
        .set_input_title(shorten(&column.heading, title))?
        .set_input_message(shorten(&column.prompt, prompt))
}

/// Shortens a text to a number of UTF-16 units, as spreadsheets count characters.
fn shorten(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).chain(['…']).collect()
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

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn a_prompt_is_as_long_as_a_spreadsheet_takes_it() {
        assert_eq!(shorten("four", 4), "four");
        assert_eq!(shorten("fiver", 4), "fiv…");
        assert_eq!(shorten("𝄞𝄞𝄞", 4), "𝄞…");
    }
}
