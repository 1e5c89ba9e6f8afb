//! Writes what was rejected back in its own format, each piece with the reasons, so that it can be
//! mended and imported again.

use super::unit_state::Rejected;
use crate::error::{Error, Result};
use crate::intake::{Format, REJECTED_BECAUSE, Raw};
use crate::model::Value;
use crate::ops::output_file::Draft;
use crate::render::{SheetColumn, Workbook};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// A file of rejected pieces. It appears under its name only when the import is done.
pub(super) struct Rejects {
    draft: Draft,
    format: Format,
    out: Option<BufWriter<File>>,
    /// The pieces of a workbook.
    book: Option<Workbook>,
    header: Option<(Vec<String>, u8)>,
    pieces: usize,
}

impl Rejects {
    pub(in crate::ops) fn new(path: &Path, format: Format) -> Result<Self> {
        // A row of a folder is written back as the line that it was read as.
        let format = if format.is_folder() { Format::Ndjson } else { format };
        let path = std::path::absolute(path).map_err(|error| Error::file("find", path, &error))?;
        let refuse = |why: &str, hint: &str| Error::Refused {
            what: format!("cannot write the rejects to {}: {why}", path.display()),
            hint: hint.to_owned(),
        };
        if path.symlink_metadata().is_ok() {
            let hint = "name another file with --rejects; nothing is ever overwritten";
            return Err(refuse("a file is there already", hint));
        }
        // The name has to say what the file is, or it would be read wrongly when it comes back.
        let named = path.file_name().map(|name| Format::guess(&name.to_string_lossy(), b""));
        let book = named == Some(Format::Xlsx);
        let called_book = named.is_some_and(Format::is_workbook);
        match format {
            format if format.is_workbook() && !book => {
                return Err(refuse(
                    "those of a workbook are a workbook",
                    "give it a name in .xlsx",
                ));
            }
            Format::Html if named == Some(Format::Html) => {
                return Err(refuse("those of a page are its reviews", "give it a name in .jsonld"));
            }
            format if format.is_workbook() => {}
            _ if called_book => {
                return Err(refuse("they are no workbook", "give it the ending of the input"));
            }
            _ => {}
        }
        let draft = Draft::create(path)?;
        let out = Some(BufWriter::new(draft.reopen()?));
        Ok(Rejects { draft, format, out, book: None, header: None, pieces: 0 })
    }

    /// Lets the file appear under its name, if there is anything in it; gives whether there is.
    pub(in crate::ops) fn keep(mut self) -> Result<bool> {
        if self.pieces == 0 {
            return Ok(false);
        }
        let end = match self.format {
            Format::ClaimReview | Format::Html | Format::CslJson => "\n]\n",
            _ => "",
        };
        self.write(end.as_bytes())?;
        let fault = |error: &std::io::Error| Error::file("write", self.draft.destination(), error);
        if let Some(mut book) = self.book.take() {
            book.save(self.draft.path())
                .map_err(|why| cannot_hold(self.draft.destination(), &why))?;
        } else if let Some(out) = self.out.take() {
            let file = out.into_inner().map_err(|error| fault(error.error()))?;
            file.sync_all().map_err(|error| fault(&error))?;
        }
        self.draft.keep(false).map(|()| true)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(bytes).map_err(|error| Error::file("write", self.draft.destination(), &error))
    }

    fn row(&mut self, cells: &[String], delimiter: u8) -> Result<()> {
        if self.format.is_workbook() {
            return self.book_row(cells).map_err(|why| cannot_hold(self.draft.destination(), &why));
        }
        let mut bytes = Vec::new();
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(&mut bytes);
        let done = writer.write_record(cells).and_then(|()| Ok(writer.flush()?));
        drop(writer);
        done.map_err(|error| cannot_hold(self.draft.destination(), &error.to_string()))?;
        self.write(&bytes)
    }

    /// A row of a workbook, whose first is the header. Text is never a formula there.
    fn book_row(&mut self, cells: &[String]) -> std::result::Result<(), String> {
        let Some(book) = &mut self.book else {
            let column =
                |cell: &String| SheetColumn { heading: cell.clone(), ..SheetColumn::default() };
            let header: Vec<SheetColumn> = cells.iter().map(column).collect();
            let mut book = Workbook::new()?;
            book.add_table("rejects", &header, &[])?;
            self.book = Some(book);
            return Ok(());
        };
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            book.write_cell(0, column, &Value::from(cell.as_str()), false)?;
        }
        book.end_row(0)
    }

    /// Writes the header, with the reason as the first column, before the first piece. Returns the
    /// delimiter, and whether the input had reasons already.
    fn begin_rows(&mut self) -> Result<(u8, bool)> {
        let (mut header, delimiter) = self.header.clone().unwrap_or_default();
        let again = header.first().is_some_and(|name| name == REJECTED_BECAUSE);
        if self.pieces == 0 {
            if !again {
                header.insert(0, REJECTED_BECAUSE.to_owned());
            }
            self.row(&header, delimiter)?;
        }
        Ok((delimiter, again))
    }

    fn cells(&mut self, cells: &[String], reason: String) -> Result<()> {
        let (delimiter, again) = self.begin_rows()?;
        let own = cells.iter().skip(usize::from(again)).cloned();
        let cells: Vec<String> = std::iter::once(reason).chain(own).collect();
        self.row(&cells, delimiter)
    }

    /// Writes the bytes of a row as they were, behind its reason.
    fn raw_row(&mut self, bytes: &[u8], reason: &str) -> Result<()> {
        let (delimiter, again) = self.begin_rows()?;
        let own = if again { behind_first_cell(bytes, delimiter) } else { bytes };
        let mut row = Vec::new();
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .quote_style(csv::QuoteStyle::Always)
            .from_writer(&mut row);
        let done = writer.write_record([reason]).and_then(|()| Ok(writer.flush()?));
        drop(writer);
        done.map_err(|error| cannot_hold(self.draft.destination(), &error.to_string()))?;
        while row.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            row.pop();
        }
        row.push(delimiter);
        row.extend_from_slice(own);
        row.push(b'\n');
        self.write(&row)
    }
}

/// The bytes of a row behind its first cell.
fn behind_first_cell(bytes: &[u8], delimiter: u8) -> &[u8] {
    let mut quoted = false;
    let end = bytes.iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == delimiter && !quoted
    });
    end.map_or(&[], |end| &bytes[end + 1..])
}

fn cannot_hold(path: &Path, why: &str) -> Error {
    Error::Refused {
        what: format!("cannot write the rejects to {}: {why}", path.display()),
        hint: "nothing was imported; mend the input itself, or leave --rejects out".to_owned(),
    }
}

impl Rejected for Rejects {
    fn header(&mut self, header: &[String], delimiter: u8) -> Result<()> {
        match &self.header {
            // Objects name what they state, each by itself.
            _ if self.format == Format::JsonRows => Ok(()),
            Some((first, _)) if first != header => Err(Error::Refused {
                what: "cannot write the rejects of tables with different columns into one file"
                    .to_owned(),
                hint: "import them one at a time, each with its own --rejects".to_owned(),
            }),
            Some(_) => Ok(()),
            None => {
                self.header = Some((header.to_vec(), delimiter));
                Ok(())
            }
        }
    }

    fn unit(&mut self, raw: &Raw, reasons: &[String]) -> Result<()> {
        let reason = reasons.join("; ");
        match raw {
            Raw::Whole => return Ok(()),
            Raw::Cells(cells) => self.cells(cells, reason)?,
            Raw::Row(bytes) => self.raw_row(bytes, &reason)?,
            Raw::Object(text) => {
                self.write(format!("{}\n", with_reason_first(text, &reason)).as_bytes())?;
            }
            Raw::Text(text) if self.format == Format::JsonRows => {
                self.write(format!("{text}\n").as_bytes())?;
            }
            Raw::Text(text) => {
                let piece = match self.format {
                    Format::Bibtex => {
                        format!("% reason: {}\n{}\n\n", reason.replace('\n', " "), text.trim())
                    }
                    // What stands before an entry is none.
                    Format::Ris => {
                        format!(
                            "reason: {}\n{}\nER  - \n\n",
                            reason.replace('\n', " "),
                            text.trim()
                        )
                    }
                    Format::Nbib => {
                        format!("reason: {}\n\n{}\n\n", reason.replace('\n', " "), text.trim())
                    }
                    Format::Ndjson => format!("{}\n", with_reason(text, &reason)),
                    _ => {
                        let before = if self.pieces == 0 { "[\n" } else { ",\n" };
                        format!("{before}{}", with_reason(text, &reason))
                    }
                };
                self.write(piece.as_bytes())?;
            }
        }
        self.pieces += 1;
        Ok(())
    }
}

/// The object on one line with its reason before what it states, which stays as it is written: the digits
/// of its numbers are those of the input.
fn with_reason_first(text: &str, reason: &str) -> String {
    let line = text.replace(['\r', '\n'], " ");
    match line.strip_prefix('{') {
        Some(rest) => {
            let reason = serde_json::Value::from(reason);
            let comma = if rest.trim_start().starts_with('}') { "" } else { ", " };
            format!("{{\"{REJECTED_BECAUSE}\": {reason}{comma}{rest}")
        }
        None => line,
    }
}

/// The object with its reason; what is no object is kept as it is.
fn with_reason(text: &str, reason: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(serde_json::Value::Object(mut object)) => {
            object.insert(REJECTED_BECAUSE.to_owned(), reason.into());
            serde_json::Value::Object(object).to_string()
        }
        _ => text.to_owned(),
    }
}
