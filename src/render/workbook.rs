//! A workbook with worksheets of rows, written row by row: numbers as numbers, days as dates, text
//! as text and never as a formula. Behind them stand a worksheet that explains the columns and one with
//! the lists of the drop-downs. The same rows give the same bytes.

use crate::model::{Value, unambiguous_number};
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
    tables: Vec<TableSize>,
}

/// The size of a worksheet of rows.
#[derive(Clone, Copy)]
struct TableSize {
    columns: u16,
    /// The row that is written.
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
    /// The worksheet whose rows it offers behind the words.
    pub typed: Option<TypedRows>,
}

/// The rows of a worksheet that a drop-down offers, as they are typed.
#[derive(Clone, Debug)]
pub struct TypedRows {
    /// The name of the worksheet.
    pub sheet: String,
    /// The column by which its rows are offered.
    pub key: usize,
    /// The column by which they are offered where that one is empty.
    pub name: Option<usize>,
}

impl SheetList {
    /// Returns true if there is nothing to offer.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.typed.is_none()
    }

    /// Returns true if it needs a column on the worksheet of lists: its words do not stand elsewhere.
    fn has_column(&self) -> bool {
        !self.words.is_empty() || self.typed.as_ref().is_some_and(|typed| typed.name.is_some())
    }

    /// The formula of its cells. `column` is that of the worksheet of lists.
    fn range(&self, column: u16) -> Option<String> {
        let (words, letters) = (self.words.len(), column_number_to_name(column));
        let Some(typed) = &self.typed else {
            return (words > 0).then(|| format!("={LISTS}!${letters}$3:${letters}${}", words + 2));
        };
        let rows = typed.count();
        Some(match self.has_column() {
            true => format!(
                "=OFFSET({LISTS}!${letters}$3,0,0,MAX(1,{words}+MIN({MAX_TYPED},{rows})),1)"
            ),
            false => format!("=OFFSET({},0,0,MAX(1,{rows}),1)", typed.column(typed.key, "$2")),
        })
    }

    /// The formula of a row that is typed, from 0.
    fn formula(&self, number: usize) -> Option<String> {
        let typed = self.typed.as_ref().filter(|_| number < MAX_TYPED)?;
        // A row that is deleted would take a plain reference with it.
        let cell = |column| format!("INDEX({},{})", typed.whole_column(column), number + 2);
        let (key, name) = (cell(typed.key), cell(typed.name.unwrap_or(typed.key)));
        Some(format!("=IF({key}<>\"\",{key},{name}&\"\")"))
    }
}

impl TypedRows {
    /// The formula that counts the rows.
    fn count(&self) -> String {
        let count = |column| format!("COUNTA({})", self.whole_column(column));
        match self.name {
            Some(name) => format!("MAX({},{})-1", count(self.key), count(name)),
            None => format!("{}-1", count(self.key)),
        }
    }

    fn whole_column(&self, column: usize) -> String {
        let letters = column_number_to_name(u16::try_from(column).unwrap_or_default());
        format!("{}:${letters}", self.column(column, ""))
    }

    fn column(&self, column: usize, row: &str) -> String {
        let letters = column_number_to_name(u16::try_from(column).unwrap_or_default());
        format!("'{}'!${letters}{row}", self.sheet)
    }
}

/// The largest number of characters in a cell.
const MAX_CELL_CHARS: usize = 32_767;
/// The largest number of rows in a worksheet.
const MAX_ROWS: u32 = 1_048_576;
/// The number from which on not every integer is a number of a worksheet.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
/// The number of digits that a spreadsheet program keeps of a number.
const MAX_DIGITS: usize = 15;
/// The narrowest and the widest column, in characters.
const WIDTHS: (usize, usize) = (10, 50);
/// The largest number of characters in the prompt of a cell, and in its title.
const MAX_PROMPT: (usize, usize) = (255, 32);
/// The name of the worksheet with the lists, as the formulas of drop-downs name it.
const LISTS: &str = "lists";
/// The number of rows of a worksheet that a list repeats.
const MAX_TYPED: usize = 500;

impl Workbook {
    /// Creates a workbook without worksheets.
    ///
    /// # Errors
    /// Fails if its properties are invalid.
    pub fn new() -> Result<Self, String> {
        let mut book = rust_xlsxwriter::Workbook::new();
        // The default is the current time, which would make the bytes differ.
        let fixed = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| error.to_string())?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
        let day = Format::new().set_num_format("yyyy-mm-dd");
        // The format `@`, by the number that every spreadsheet program knows it by.
        let text = Format::new().set_num_format_index(49);
        Ok(Workbook { book, day, text, tables: Vec::new() })
    }

    /// Adds a worksheet of rows, with a header and the drop-downs of `lists`. Worksheets of rows are called
    /// by their number, from 0, and stand before all others.
    ///
    /// # Errors
    /// Fails if the name or the header is invalid.
    pub fn add_table(
        &mut self,
        name: &str,
        columns: &[SheetColumn],
        lists: &[SheetList],
    ) -> Result<(), String> {
        self.begin_table(name, columns, lists).map_err(|error| error.to_string())
    }

    fn begin_table(
        &mut self,
        name: &str,
        columns: &[SheetColumn],
        lists: &[SheetList],
    ) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (n, column) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(0, n, column.heading.as_str(), &bold)?;
            set_width(sheet, n, column.width.max(column.heading.chars().count() + 3))?;
            if column.is_text {
                sheet.set_column_format(n, &self.text)?;
            }
            if column.list.is_some() || !column.prompt.is_empty() {
                let range = column.list.and_then(|at| range_of(lists, at));
                sheet.add_data_validation(1, n, MAX_ROWS - 1, n, &validation(column, range)?)?;
            }
        }
        let columns = u16::try_from(columns.len()).unwrap_or(u16::MAX);
        self.tables.push(TableSize { columns, row: 1 });
        Ok(())
    }

    /// Adds a worksheet that explains the others: `note` in its first cell, then rows under a header.
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
        self.add_cells(name, note, header, rows, &|_, _| false)
    }

    /// Adds a worksheet of texts, of which some are formulas.
    fn add_cells(
        &mut self,
        name: &str,
        note: &str,
        header: &[&str],
        rows: &[Vec<String>],
        is_formula: &dyn Fn(usize, usize) -> bool,
    ) -> Result<(), String> {
        let mut write = || -> Result<(), XlsxError> {
            let sheet = self.book.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            sheet.set_freeze_panes(2, 0)?;
            sheet.write_string(0, 0, note)?;
            let bold = Format::new().set_bold();
            for (n, heading) in (0_u16..).zip(header) {
                sheet.write_string_with_format(1, n, *heading, &bold)?;
                let cells = rows.iter().enumerate();
                let cells = cells.filter(|(row, _)| !is_formula(*row, usize::from(n)));
                let cells = cells.filter_map(|(_, row)| row.get(usize::from(n)));
                let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
                set_width(sheet, n, widest.max(heading.chars().count()))?;
            }
            let wrapped = Format::new().set_text_wrap();
            for (row, cells) in (2_u32..).zip(rows) {
                for (n, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    if is_formula(row as usize - 2, usize::from(n)) {
                        // No value yet: what is typed makes one.
                        sheet.write_formula(row, n, Formula::new(cell).set_result(""))?;
                    } else {
                        sheet.write_string_with_format(row, n, cell.as_str(), &wrapped)?;
                    }
                }
            }
            Ok(())
        };
        write().map_err(|error| error.to_string())
    }

    /// Adds the worksheet with the lists of the drop-downs, with `note` in its first cell: a column for each
    /// list whose words do not stand elsewhere. Without such a list, nothing is added.
    ///
    /// # Errors
    /// Fails if a worksheet cannot hold them.
    pub fn add_lists(&mut self, note: &str, lists: &[SheetList]) -> Result<(), String> {
        let lists: Vec<&SheetList> = lists.iter().filter(|list| list.has_column()).collect();
        if lists.is_empty() {
            return Ok(());
        }
        let length =
            |list: &&SheetList| list.words.len() + if list.typed.is_some() { MAX_TYPED } else { 0 };
        let cell = |list: &&SheetList, n: usize| match list.words.get(n) {
            Some(word) => word.clone(),
            None => list.formula(n - list.words.len()).unwrap_or_default(),
        };
        let header: Vec<&str> = lists.iter().map(|list| list.heading.as_str()).collect();
        let longest = lists.iter().map(length).max().unwrap_or(0);
        let rows: Vec<Vec<String>> =
            (0..longest).map(|n| lists.iter().map(|list| cell(list, n)).collect()).collect();
        let is_formula = |row: usize, column: usize| {
            lists.get(column).is_some_and(|list| row >= list.words.len() && list.typed.is_some())
        };
        self.add_cells(LISTS, note, &header, &rows, &is_formula)
    }

    /// Writes a cell of the current row as text in a column of texts.
    ///
    /// # Errors
    /// Fails if a worksheet cannot hold the value.
    pub fn write_text(&mut self, table: usize, column: usize, text: &str) -> Result<(), String> {
        let column = u16::try_from(column).map_err(|error| error.to_string())?;
        let Some((sheet, row)) = current(&mut self.book, &self.tables, table) else {
            return Ok(());
        };
        let written = sheet.write_string_with_format(row, column, text, &self.text);
        written.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Writes a cell of the current row. With `date`, text that is a single day becomes a date.
    ///
    /// # Errors
    /// Fails if a worksheet cannot hold the value.
    #[expect(clippy::cast_precision_loss, reason = "checked before")]
    pub fn write_cell(
        &mut self,
        table: usize,
        column: usize,
        value: &Value,
        date: bool,
    ) -> Result<(), String> {
        let column = u16::try_from(column).map_err(|error| error.to_string())?;
        let Some((sheet, row)) = current(&mut self.book, &self.tables, table) else {
            return Ok(());
        };
        let written = match value {
            Value::Null => return Ok(()),
            // Beyond this, numbers in a spreadsheet lose digits.
            Value::Int(number) if number.unsigned_abs() < 1 << 53 => {
                sheet.write_number(row, column, *number as f64)
            }
            Value::Real(number) if number.is_finite() && keeps_digits(*number) => {
                sheet.write_number(row, column, *number)
            }
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
            other => sheet.write_string(row, column, unambiguous_number(other)),
        };
        written.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Ends the current row.
    ///
    /// # Errors
    /// Fails if the worksheet is full.
    pub fn end_row(&mut self, table: usize) -> Result<(), String> {
        let Some(size) = self.tables.get_mut(table) else { return Ok(()) };
        size.row += 1;
        if size.row >= MAX_ROWS {
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
        for (n, size) in self.tables.iter().enumerate() {
            let last = (size.row - 1).max(1);
            if let (Ok(sheet), Some(end)) =
                (self.book.worksheet_from_index(n), size.columns.checked_sub(1))
            {
                sheet.autofilter(0, 0, last, end).map_err(|error| error.to_string())?;
            }
        }
        self.book.save(path).map_err(|error| error.to_string())
    }
}

/// Returns the worksheet of a table, and the row that is written.
fn current<'a>(
    book: &'a mut rust_xlsxwriter::Workbook,
    tables: &[TableSize],
    table: usize,
) -> Option<(&'a mut Worksheet, u32)> {
    let row = tables.get(table)?.row;
    book.worksheet_from_index(table).ok().map(|sheet| (sheet, row))
}

/// The formula of the cells of a list. A list stands on the worksheet of lists behind those before it that
/// stand there.
fn range_of(lists: &[SheetList], at: usize) -> Option<String> {
    let before = lists[..at].iter().filter(|list| list.has_column()).count();
    lists.get(at)?.range(u16::try_from(before).ok()?)
}

/// Returns true if a worksheet shows all digits of a number: a large integer of more may be one that the
/// spreadsheet program rounded.
fn keeps_digits(number: f64) -> bool {
    let digits = format!("{:e}", number.abs());
    let digits = digits.split('e').next().unwrap_or_default();
    number.abs() < MOST_EXACT || digits.bytes().filter(u8::is_ascii_digit).count() <= MAX_DIGITS
}

/// Sets the width of a column, within bounds.
fn set_width(sheet: &mut Worksheet, column: u16, chars: usize) -> Result<(), XlsxError> {
    let (least, most) = WIDTHS;
    let width = u32::try_from(chars.clamp(least, most)).unwrap_or_default();
    sheet.set_column_width(column, width).map(|_| ())
}

/// Builds the prompt and the drop-down of a column. Another word than those of the list may be typed
/// after a warning: it may be a new one.
fn validation(column: &SheetColumn, range: Option<String>) -> Result<DataValidation, XlsxError> {
    let mut validation = DataValidation::new();
    if let Some(range) = range {
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
    use super::{keeps_digits, shorten};

    #[test]
    fn a_large_integer_of_more_digits_than_a_worksheet_shows_is_no_number_there() {
        for number in [0.0, 1.0 / 3.0, -9_007_199_254_740_991.0, 1e300, 1.234_567_890_123_45e200] {
            assert!(keeps_digits(number), "{number}");
        }
        for number in [9_007_199_254_740_994.0, -1.234_567_890_123_456e200] {
            assert!(!keeps_digits(number), "{number}");
        }
    }

    #[test]
    fn a_prompt_is_as_long_as_a_spreadsheet_takes_it() {
        assert_eq!(shorten("four", 4), "four");
        assert_eq!(shorten("fiver", 4), "fiv…");
        assert_eq!(shorten("𝄞𝄞𝄞", 4), "𝄞…");
    }
}
