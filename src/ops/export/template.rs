//! Empty tables for people to fill in and import: CSV, or a workbook with drop-downs and explanations.

use super::guide::{Guide, Listed, template_columns};
use super::options::Target;
use crate::error::{Error, Result};
use crate::model::Kind;
use crate::ops::context::Context;
use crate::ops::output_file;
use crate::render::{BYTE_ORDER_MARK, CsvWriter, Workbook};
use crate::store::{Handle, Reader, in_memory};
use std::io::Write;
use std::path::Path;

/// The options of an empty table.
#[derive(Clone, Copy, Debug)]
pub struct TemplateOptions {
    /// The kind of record that it is for; one with a template.
    pub kind: &'static Kind,
    /// `true` for a workbook, `false` for CSV.
    pub workbook: bool,
    /// `true` begins CSV with a byte order mark, by which Excel recognises UTF-8.
    pub bom: bool,
    /// `true` replaces an existing file.
    pub force: bool,
}

/// Writes an empty table with an example row. The lists of a workbook are those of the archive, or of
/// a new one where there is none.
///
/// # Errors
/// Fails if there is an archive and it cannot be read, or the target cannot be written to.
pub fn write_template(
    archive: &Path,
    options: TemplateOptions,
    target: Target,
    context: &Context,
) -> Result<()> {
    match (target, options.workbook) {
        (Target::Stream(out), false) => write_csv(options, out),
        (Target::Stream(_), true) => Err(Error::Refused {
            what: "cannot write a workbook to standard output: it is a file".to_owned(),
            hint: format!("name the file: `onrecord template {0} -o {0}.xlsx`", options.kind.table),
        }),
        (Target::Path(path), false) => {
            output_file::write_file(path, archive, options.force, |_, out| write_csv(options, out))
        }
        (Target::Path(_), true) if options.bom => Err(Error::Refused {
            what: "--bom is for CSV, and a workbook needs none".to_owned(),
            hint: "leave --bom out".to_owned(),
        }),
        (Target::Path(path), true) => {
            let write = |db: &Handle| {
                output_file::write_file(path, archive, options.force, |draft, _| {
                    write_workbook(db, options.kind, draft, path)
                })
            };
            if archive.symlink_metadata().is_ok() {
                let db = Reader::open(archive, context.cancel.clone())?;
                db.snapshot(|| write(&db))
            } else {
                write(&*in_memory(&context.now)?)
            }
        }
    }
}

fn write_csv(options: TemplateOptions, out: &mut dyn Write) -> Result<()> {
    if options.bom {
        out.write_all(BYTE_ORDER_MARK).map_err(Error::Output)?;
    }
    let cells = options.kind.template;
    let mut writer = CsvWriter::new(out);
    writer.row(cells.iter().map(|(name, _)| (*name).to_owned()))?;
    writer.row(cells.iter().map(|(_, text)| (*text).to_owned()))?;
    Ok(writer.finish()?)
}

fn write_workbook(db: &Handle, kind: &'static Kind, draft: &Path, path: &Path) -> Result<()> {
    let fail = |why: String| Error::file_because("write", path, why);
    let listed = Listed { own: Some(kind), by_name: true, includes: &|_, _| true };
    let mut guide = Guide::read(db, &template_columns(kind), &listed)?;
    // A spreadsheet would make a date of 2021-06 and of 12/24, and drop the zeros of a number.
    guide.columns.iter_mut().for_each(|column| column.is_text = true);
    let mut book = Workbook::new(kind.table, &guide.columns, &guide.lists).map_err(fail)?;
    for (n, (_, text)) in kind.template.iter().enumerate() {
        book.write_text(n, text).map_err(fail)?;
    }
    book.end_row().map_err(fail)?;
    guide.write(&mut book).map_err(fail)?;
    book.save(draft).map_err(fail)
}
