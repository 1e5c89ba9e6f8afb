//! Workbooks in XLSX, read cell by cell and converted to text: dates to ISO 8601, integers without
//! a decimal point.

use super::records::RowReader;
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::unit::{Raw, Sink, Unit};
use crate::model::{SourcePos, Value, did_you_mean};
use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};
use std::io::{Read, Seek};

/// Reads the first worksheet, or the one named in the settings, and passes each row to the sink.
pub(in crate::intake) fn read_workbook<R: Read + Seek>(
    input: R,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) {
    let fail = |sink: &mut dyn Sink, what: String| {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.add_problem(&SourcePos::Whole, what);
        sink.unit(unit);
    };
    let mut book: Xlsx<R> = match open_workbook_from_rs(input) {
        Ok(book) => book,
        Err(error) => return fail(sink, format!("not an XLSX workbook: {error}")),
    };
    let names = book.sheet_names();
    let name = match &settings.sheet {
        Some(wanted) if names.contains(wanted) => wanted.clone(),
        Some(wanted) => {
            let near = did_you_mean(wanted, names.iter().map(String::as_str));
            return fail(sink, format!("no worksheet {wanted:?}{near} ({})", names.join(", ")));
        }
        None => match names.first() {
            Some(name) => name.clone(),
            None => return fail(sink, "there is no worksheet in it".to_owned()),
        },
    };
    let mut cells = match book.worksheet_cells_reader(&name) {
        Ok(cells) => cells,
        Err(error) => return fail(sink, format!("cannot read the worksheet {name:?}: {error}")),
    };
    let mut rows = WorksheetRows { row_reader: None, settings, codes, ended: false };
    let (mut row, mut numbers): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut number, mut last) = (None, None);
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => {
                return fail(sink, format!("cannot read the worksheet {name:?}: {error}"));
            }
        };
        let (at, column) = cell.get_position();
        if number.is_some_and(|number| number != at) {
            rows.push_row(number.unwrap_or(0), std::mem::take(&mut row), &numbers, sink);
            numbers.clear();
            if rows.ended {
                return;
            }
        }
        number = Some(at);
        let column = column as usize;
        // References beyond the limits of a worksheet: allocating the row would exhaust memory.
        if column >= 16_384 || at >= 1_048_576 {
            let what = format!("cannot read the worksheet {name:?}: a cell lies beyond XFD1048576");
            return fail(sink, what);
        }
        if last.is_some_and(|last| last >= (at, column)) {
            let what = format!(
                "cannot read the worksheet {name:?}: the cell after row {} is out of order",
                last.map_or(0, |(row, _)| row + 1)
            );
            return fail(sink, what);
        }
        last = Some((at, column));
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = cell_text(cell.get_value());
        if matches!(cell.get_value(), DataRef::Int(_) | DataRef::Float(_)) {
            numbers.push(column);
        }
    }
    if let Some(number) = number {
        rows.push_row(number, row, &numbers, sink);
    }
    if rows.row_reader.is_none() && !rows.ended {
        fail(sink, format!("the worksheet {name:?} is empty; its first row names the columns"));
    }
}

struct WorksheetRows<'a> {
    row_reader: Option<RowReader>,
    settings: &'a Settings,
    codes: &'a dyn Codes,
    ended: bool,
}

impl WorksheetRows<'_> {
    fn push_row(
        &mut self,
        number: u32,
        cells: Vec<String>,
        numbers: &[usize],
        sink: &mut dyn Sink,
    ) {
        let line = number as usize + 1;
        match &self.row_reader {
            None if cells.iter().all(|cell| cell.trim().is_empty()) => {}
            None => {
                self.row_reader = RowReader::new(cells, line, self.settings, &[], sink);
                self.ended = self.row_reader.is_none();
            }
            Some(row_reader) => {
                if let Some(unit) = row_reader.read_row(line, cells, numbers, self.codes) {
                    self.ended = !sink.unit(unit);
                }
            }
        }
    }
}

/// Converts a cell to text.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => format_number(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        // A time of day or a duration, such as a position in a recording.
        DataRef::DateTime(moment)
            if moment.is_duration() || (0.0..1.0).contains(&moment.as_f64()) =>
        {
            format_duration(moment.as_f64())
        }
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date}T{hour:02}:{minute:02}:{second:02}Z"),
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// Formats a duration in days as hours, minutes and, where there are any, seconds.
#[expect(clippy::cast_possible_truncation, reason = "no worksheet holds so many seconds")]
fn format_duration(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as i64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match rest {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{hours:02}:{minutes:02}:{rest:02}"),
    }
}

/// Formats a number, integers without a decimal point: a spreadsheet stores 5 as 5.0.
#[expect(clippy::cast_possible_truncation, reason = "checked before")]
fn format_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        (number as i64).to_string()
    } else {
        Value::Real(number).to_string()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{format_duration, format_number, read_workbook};
    use crate::intake::document::field::Codes;
    use crate::intake::settings::Settings;
    use crate::intake::unit::Collected;
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
    fn a_time_of_day_has_seconds_only_where_there_are_some() {
        let text = |hours: f64, minutes: f64, seconds: f64| {
            format_duration((hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0)
        };
        assert_eq!(text(0.0, 0.0, 0.0), "00:00");
        assert_eq!(text(12.0, 7.0, 0.0), "12:07");
        assert_eq!(text(1.0, 2.0, 3.0), "01:02:03");
        assert_eq!(text(30.0, 59.0, 0.0), "30:59", "a duration may be longer than a day");
    }

    #[test]
    fn a_whole_number_has_no_decimal_point() {
        assert_eq!(format_number(5.0), "5");
        assert_eq!(format_number(-5.5), "-5.5");
        assert_eq!(format_number(1e300), "1e300");
    }
}
