//! Writes what was rejected back in its own format, each piece with the reasons, so that it can be
//! mended and imported again.

use super::take::Rejected;
use crate::error::{Error, Result};
use crate::intake::{Format, Raw};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file of rejected pieces. It appears under its name only when the import is done.
pub(super) struct Rejects {
    path: PathBuf,
    draft: PathBuf,
    format: Format,
    out: Option<BufWriter<File>>,
    header: Option<(Vec<String>, u8)>,
    pieces: usize,
}

impl Rejects {
    pub(super) fn new(path: &Path, format: Format) -> Result<Self> {
        let path = std::path::absolute(path).map_err(|error| Error::file("find", path, &error))?;
        if path.symlink_metadata().is_ok() {
            return Err(Error::Refused {
                what: format!(
                    "cannot write the rejects to {}: a file is there already",
                    path.display()
                ),
                hint: "name another file with --rejects; nothing is ever overwritten".to_owned(),
            });
        }
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".new-{}", std::process::id()));
        let draft = path.with_file_name(name);
        let file = File::create(&draft).map_err(|error| Error::file("create", &path, &error))?;
        let out = Some(BufWriter::new(file));
        Ok(Rejects { path, draft, format, out, header: None, pieces: 0 })
    }

    /// Lets the file appear under its name.
    pub(super) fn keep(mut self) -> Result<()> {
        let end = match self.format {
            Format::ClaimReview | Format::Html | Format::CslJson if self.pieces > 0 => "\n]\n",
            _ => "",
        };
        self.write(end.as_bytes())?;
        let fault = |error: &std::io::Error| Error::file("write", &self.path, error);
        if let Some(out) = self.out.take() {
            let file = out.into_inner().map_err(|error| fault(error.error()))?;
            file.sync_all().map_err(|error| fault(&error))?;
        }
        fs::rename(&self.draft, &self.path).map_err(|error| fault(&error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(bytes).map_err(|error| Error::file("write", &self.path, &error))
    }

    fn row(&mut self, cells: &[String], delimiter: u8) -> Result<()> {
        let mut bytes = Vec::new();
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(&mut bytes);
        let done = writer.write_record(cells).and_then(|()| Ok(writer.flush()?));
        drop(writer);
        done.map_err(|error| Error::Sqlite {
            doing: "write a rejected row".to_owned(),
            why: error.to_string(),
        })?;
        self.write(&bytes)
    }
}

impl Rejected for Rejects {
    fn header(&mut self, header: &[String], delimiter: u8) {
        self.header.get_or_insert((header.to_vec(), delimiter));
    }

    fn unit(&mut self, raw: &Raw, reasons: &[String]) -> Result<()> {
        let reason = reasons.join("; ");
        match raw {
            Raw::Whole => return Ok(()),
            Raw::Cells(cells) => {
                let (mut header, delimiter) = self.header.clone().unwrap_or_default();
                let delimiter = if delimiter == 0 { b',' } else { delimiter };
                let width = header.len();
                let known = header.iter().position(|name| name == "reason");
                if self.pieces == 0 {
                    if known.is_none() {
                        header.push("reason".to_owned());
                    }
                    self.row(&header, delimiter)?;
                }
                let mut cells = cells.clone();
                if cells.len() < width {
                    cells.resize(width, String::new());
                }
                match known {
                    Some(at) => cells[at] = reason,
                    None => cells.insert(width, reason),
                }
                self.row(&cells, delimiter)?;
            }
            Raw::Text(text) => {
                let piece = match self.format {
                    Format::Bibtex => {
                        format!("% reason: {}\n{}\n\n", reason.replace('\n', " "), text.trim())
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

/// The object with its reason; what is no object is kept as it is.
fn with_reason(text: &str, reason: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(serde_json::Value::Object(mut object)) => {
            object.insert("reason".to_owned(), reason.into());
            serde_json::Value::Object(object).to_string()
        }
        _ => text.to_owned(),
    }
}

impl Drop for Rejects {
    fn drop(&mut self) {
        // What was not kept does not stay; after a rename there is nothing left to remove.
        let _ = fs::remove_file(&self.draft);
    }
}
