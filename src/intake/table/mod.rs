//! Tables: CSV and TSV (here), XLSX, ODS, XLS and rows in JSON, read row by row. The delimiter is the
//! most frequent of `,` `;` `|` and tab in the header.

mod cell;
mod derived;
pub(super) mod json_rows;
mod look;
mod nothing;
pub(super) mod ods;
pub(super) mod proposal;
mod quoting;
pub(super) mod records;
pub(super) mod row;
mod several;
pub(super) mod shell;
pub(super) mod survey;
pub(super) mod xls;
pub(super) mod xlsx;

use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::text::allowance::Allowance;
use crate::intake::text::encoding::{
    Utf8Reader, describe_stray_bytes, detect_encoding, examine_encoding,
};
use crate::intake::ucdp;
use crate::intake::unit::{Raw, Sink, Unit};
use crate::model::SourcePos;
use proposal::Proposal;
use quoting::{QuoteChecker, QuotingFault};
use records::{MAX_COLUMNS, RowReader};
use row::Row;
use std::io::{Read, Seek, SeekFrom};
use survey::{ColumnSeen, Sought, sought_in};

/// The number of bytes from which encoding and delimiter are detected.
const SAMPLE_BYTES: usize = 1 << 16;

/// Reads a table and passes each row to the sink as a unit.
pub(super) fn read_table(
    mut input: impl Read + Seek,
    ucdp_events: bool,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    let mut start = vec![0; SAMPLE_BYTES];
    let mut length = 0;
    while length < SAMPLE_BYTES {
        match input.read(&mut start[length..])? {
            0 => break,
            number => length += number,
        }
    }
    start.truncate(length);
    let encoding = match settings.encoding {
        Some(encoding) => encoding,
        None => {
            let examined = examine_encoding(&start);
            let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
            if let Some(what) = examined.doubt() {
                unit.add_problem(&SourcePos::Whole, what);
                sink.unit(unit);
                return Ok(());
            }
            if let Some(remark) = examined.remark() {
                unit.remarks.push((SourcePos::Whole, remark));
                sink.unit(unit);
            }
            examined.encoding
        }
    };
    let (head, _, _) = encoding.decode(&start);
    let delimiter = settings.delimiter.unwrap_or_else(|| detect_delimiter(&head));
    let mut seen = Vec::new();
    if !ucdp_events {
        input.seek(SeekFrom::Start(0))?;
        seen = survey(&mut input, encoding, delimiter, settings)?;
    }
    input.seek(SeekFrom::Start(0))?;
    let allowance = Allowance::new(MAX_ROW);
    let input = allowance.limit(Utf8Reader::new(input, encoding), TOO_LARGE);
    let text = QuoteChecker::new(input, delimiter, !settings.literal_quotes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(!settings.literal_quotes)
        .from_reader(text);
    let mut record = csv::ByteRecord::new();
    let mut row_reader: Option<RowReader> = None;
    let mut header: Vec<String> = Vec::new();
    sink.delimiter(delimiter);
    if let Some(given) = settings.header.as_ref().filter(|_| !ucdp_events) {
        header.clone_from(given);
        row_reader = RowReader::new(header.clone(), 0, settings, &seen, sink);
        if row_reader.is_none() {
            return Ok(());
        }
    }
    loop {
        allowance.renew();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(error) => return Err(error),
                other => return Err(std::io::Error::other(format!("{other:?}"))),
            },
        }
        let (line, raw, faults) = reader.get_mut().next_row();
        let faults = locate_faults(faults, &header);
        let cells = match decode_cells(&record, line, &header, encoding)
            .and_then(|cells| reject_misquoted(cells, line, faults))
        {
            Ok(cells) => cells,
            Err(mut unit) => {
                let ends = header.is_empty();
                unit.raw = Raw::Row(raw);
                if !sink.unit(*unit) || ends {
                    return Ok(());
                }
                continue;
            }
        };
        if header.is_empty() {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            header = cells;
            if ucdp_events {
                if let Some(missing) =
                    ucdp::COLUMNS.iter().find(|c| !header.iter().any(|h| h == *c))
                {
                    let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
                    let what = format!("this is not a UCDP GED table: it has no column {missing}");
                    unit.add_problem(&SourcePos::Line(line, 1), what);
                    sink.unit(unit);
                    return Ok(());
                }
                sink.header(&header);
            } else {
                row_reader = RowReader::new(header.clone(), line, settings, &seen, sink);
                if row_reader.is_none() {
                    return Ok(());
                }
            }
            continue;
        }
        let number = cells.len();
        let unit = match &row_reader {
            Some(row_reader) => row_reader.read_row(line, cells, &[], codes),
            None => Some(ucdp::read_event(&Row { line, header: &header, cells: &cells }, codes)),
        };
        if let Some(mut unit) = unit {
            unit.raw = Raw::Row(raw);
            if number < header.len() {
                let what = format!(
                    "this row has {number} cells, and the header {}; the others are not stated",
                    header.len()
                );
                unit.remarks.push((SourcePos::Line(line, 1), what));
            }
            if !sink.unit(unit) {
                return Ok(());
            }
        }
    }
    if header.is_empty() {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.add_problem(
            &SourcePos::Whole,
            "there is no header in it: the first row names the columns",
        );
        sink.unit(unit);
    }
    Ok(())
}

/// The bytes of a row: more than those after which a quotation mark counts as never closed.
const MAX_ROW: u64 = 32 << 20;
/// The bytes of the rows that are looked at to understand a table.
const MAX_SAMPLE: u64 = 256 << 20;
/// The message for a row that is too large.
const TOO_LARGE: &str =
    "a row is larger than 32 million bytes, and no cell holds more than a million characters";

/// Reads the columns of amounts and dates once: one cell may settle how the others are read. A table
/// without such a column is not read.
fn survey(
    input: impl Read,
    encoding: &'static encoding_rs::Encoding,
    delimiter: u8,
    settings: &Settings,
) -> std::io::Result<Vec<ColumnSeen>> {
    let allowance = Allowance::new(MAX_ROW);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(!settings.literal_quotes)
        .from_reader(allowance.limit(Utf8Reader::new(input, encoding), TOO_LARGE));
    let mut record = csv::ByteRecord::new();
    let mut columns: Vec<Sought> =
        settings.header.as_ref().map_or_else(Vec::new, |header| sought_in(header, settings));
    let mut seen: Vec<ColumnSeen> = vec![ColumnSeen::default(); columns.len()];
    // A row that is too large ends the survey: the reading of the rows says which it is.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        allowance.renew();
        if columns.is_empty() {
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
            let header: Vec<String> = record.iter().map(text).collect();
            columns = sought_in(&header, settings);
            seen = vec![ColumnSeen::default(); columns.len()];
            if columns.iter().all(|column| *column == Sought::Nothing) {
                break;
            }
            continue;
        }
        for (n, cell) in record.iter().enumerate() {
            if let Some(sought) = columns.get(n).filter(|sought| **sought != Sought::Nothing)
                && let Ok(text) = std::str::from_utf8(cell)
            {
                seen[n].note(*sought, text);
            }
        }
    }
    Ok(seen)
}

/// The number of rows of which a proposal is made.
const SAMPLE_ROWS: usize = 500;

/// The way in which a table is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// Lines with delimiters.
    Text,
    Xlsx,
    Ods,
    Xls,
    /// Objects in JSON.
    JsonRows,
}

/// The headings of a table; empty for a workbook or JSON that cannot be read, whose reader says why.
pub(super) fn header(
    input: impl Read + Seek,
    form: Form,
    settings: &Settings,
) -> std::io::Result<Vec<String>> {
    match sample(input, form, 0, settings) {
        Ok((header, ..)) => Ok(header),
        Err(error) if matches!(form, Form::Text) => Err(error),
        Err(_) => Ok(Vec::new()),
    }
}

/// Proposes options for a table that was not understood.
pub(super) fn propose(
    input: impl Read + Seek,
    form: Form,
    settings: &Settings,
    codes: &dyn Codes,
) -> std::io::Result<Proposal> {
    let (header, rows, literal_quotes) = sample(input, form, SAMPLE_ROWS, settings)?;
    if header.len() > MAX_COLUMNS {
        return Ok(Proposal::default());
    }
    Ok(proposal::propose(&header, &rows, literal_quotes, settings, codes))
}

/// Returns true if the quotation marks of a table with tabs cannot be marks around its cells: one stands
/// inside a cell.
fn has_literal_quotes(head: &str, delimiter: u8) -> bool {
    let is_inside = |cell: &str| {
        let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell);
        inner.replace("\"\"", "").contains('"')
    };
    delimiter == b'\t' && head.lines().flat_map(|line| line.split('\t')).any(is_inside)
}

/// Reads the header of a table and the first `number` of its rows, and whether its quotation marks are text.
fn sample(
    mut input: impl Read + Seek,
    form: Form,
    number: usize,
    settings: &Settings,
) -> std::io::Result<(Vec<String>, Vec<Vec<String>>, bool)> {
    let workbook = |read: Result<(Vec<String>, Vec<Vec<String>>), String>| {
        read.map(|(header, rows)| (header, rows, false)).map_err(std::io::Error::other)
    };
    match form {
        Form::Text => {}
        Form::JsonRows => {
            let (header, rows) = json_rows::sample(input, settings, number)?;
            return Ok((header, rows, false));
        }
        Form::Xlsx => {
            return workbook(xlsx::sample(std::io::BufReader::new(input), settings, number));
        }
        Form::Ods => {
            return workbook(ods::sample(std::io::BufReader::new(input), settings, number));
        }
        Form::Xls => return workbook(xls::sample(input, settings, number)),
    }
    let mut start = Vec::new();
    input.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut start)?;
    let encoding = settings.encoding.unwrap_or_else(|| detect_encoding(&start));
    let (head, _, _) = encoding.decode(&start);
    let delimiter = settings.delimiter.unwrap_or_else(|| detect_delimiter(&head));
    let literal_quotes = has_literal_quotes(&head, delimiter);
    input.seek(SeekFrom::Start(0))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(!settings.literal_quotes && !literal_quotes)
        .from_reader(Allowance::new(MAX_SAMPLE).limit(Utf8Reader::new(input, encoding), TOO_LARGE));
    let rows = reader.byte_records().map(|row| row.map_err(std::io::Error::other));
    let rows = rows.map(|row| -> std::io::Result<Vec<String>> {
        Ok(row?.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect())
    });
    let is_blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
    let mut rows = rows.filter(|row| !row.as_ref().is_ok_and(is_blank));
    let header = match &settings.header {
        Some(header) => header.clone(),
        None => rows.next().transpose()?.unwrap_or_default(),
    };
    Ok((header, rows.take(number).collect::<std::io::Result<_>>()?, literal_quotes))
}

/// Converts quoting faults to positions and messages.
fn locate_faults(faults: Vec<QuotingFault>, header: &[String]) -> Vec<(SourcePos, String)> {
    let place = |fault: QuotingFault| {
        let pos = match header.get(fault.cell) {
            Some(name) => SourcePos::Cell(fault.line, name.clone()),
            None => SourcePos::Line(fault.line, 1),
        };
        (pos, fault.what)
    };
    faults.into_iter().map(place).collect()
}

/// Rejects a row with quoting faults as a whole, because none of its cells can be trusted.
fn reject_misquoted(
    cells: Vec<String>,
    line: usize,
    faults: Vec<(SourcePos, String)>,
) -> Result<Vec<String>, Box<Unit>> {
    if faults.is_empty() {
        return Ok(cells);
    }
    let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
    unit.problems = faults;
    Err(Box::new(unit))
}

/// Decodes the cells of a row, or rejects it when a byte has no meaning in the encoding.
fn decode_cells(
    record: &csv::ByteRecord,
    line: usize,
    header: &[String],
    encoding: &'static encoding_rs::Encoding,
) -> Result<Vec<String>, Box<Unit>> {
    let mut cells = Vec::with_capacity(record.len());
    for (n, bytes) in record.iter().enumerate() {
        match std::str::from_utf8(bytes) {
            Ok(text) if encoding != encoding_rs::UTF_8 && text.contains('\u{fffd}') => {
                let pos = match header.get(n) {
                    Some(name) => SourcePos::Cell(line, name.clone()),
                    None => SourcePos::Line(line, 1),
                };
                let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
                unit.add_problem(&pos, describe_stray_bytes(encoding));
                return Err(Box::new(unit));
            }
            Ok(text) => cells.push(text.to_owned()),
            Err(error) => {
                let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
                let pos = match header.get(n) {
                    Some(name) => SourcePos::Cell(line, name.clone()),
                    None => SourcePos::Line(line, 1),
                };
                let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
                let what = format!(
                    "the byte 0x{byte:02x} is not UTF-8; save the table as UTF-8 or name its \
                     encoding, such as --encoding windows-1252"
                );
                unit.add_problem(&pos, what);
                return Err(Box::new(unit));
            }
        }
    }
    Ok(cells)
}

/// Detects the delimiter: the most frequent candidate in the first row, outside quotes.
pub(super) fn detect_delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'|', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\u{feff}', '\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, n)| *n += 1);
            }
            _ => {}
        }
    }
    let (sign, most) = counts.into_iter().rev().max_by_key(|(_, n)| *n).unwrap_or((b',', 0));
    if most == 0 { b',' } else { sign }
}

/// Returns true when the first row has all these headings.
pub(super) fn has_header(start: &[u8], columns: &[&str]) -> bool {
    let (head, _, _) = detect_encoding(start).decode(start);
    let first = head.lines().next().unwrap_or_default();
    let names: Vec<&str> = first
        .split(char::from(detect_delimiter(&head)))
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    columns.iter().all(|column| names.contains(column))
}

#[cfg(test)]
mod tests {
    use super::detect_delimiter;

    #[test]
    fn the_delimiter_is_the_most_frequent_one_outside_quotes_in_the_header() {
        for (text, delimiter) in [
            ("a,b;c,d\n;;;;;;", b','),
            ("\"a,b,c\";d\n", b';'),
            ("\"a\n,,,\"|d\n", b'|'),
            ("\u{feff}\r\na\tb\n", b'\t'),
            ("a", b','),
        ] {
            assert_eq!(detect_delimiter(text), delimiter, "{text:?}");
        }
    }
}
