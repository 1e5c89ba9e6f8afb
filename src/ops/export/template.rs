//! Empty tables for people to fill in and import: CSV, or a workbook with drop-downs and explanations.

use super::guide::{Guide, Listed, Offered, template_columns};
use super::options::Target;
use crate::error::{Error, Result};
use crate::model::{EXAMPLE_MARK, Kind, written_worksheets};
use crate::ops::context::{Context, open_reader};
use crate::ops::output_file;
use crate::render::{BYTE_ORDER_MARK, CsvWriter, Workbook};
use crate::store::{Handle, in_memory};
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
                let db = open_reader(archive, context.cancel.clone())?;
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

/// Writes a workbook with a worksheet for the kind, and one for each kind whose rows it names.
fn write_workbook(db: &Handle, kind: &'static Kind, draft: &Path, path: &Path) -> Result<()> {
    let fail = |why: String| Error::file_because("write", path, why);
    let kinds: Vec<&'static Kind> =
        std::iter::once(kind).chain(kind.template_with.iter().copied()).collect();
    let worksheet = |kind: &Kind| written_worksheets().find(|sheet| sheet.kind().is(kind));
    let offers = |kind: &&'static Kind| {
        worksheet(kind).and_then(|sheet| Offered::rows_of(sheet, &template_columns(kind)))
    };
    let offered: Vec<Offered> = kinds.iter().filter_map(offers).collect();
    let mut guide = Guide::default();
    let mut sheets = Vec::new();
    for kind in &kinds {
        let name = worksheet(kind).map_or(kind.table, |sheet| sheet.name);
        let listed =
            Listed { own: kind, is_template: true, includes: &|_, _| true, offered: &offered };
        let mut columns = guide.add(db, name, &template_columns(kind), &listed)?;
        // A spreadsheet would make a date of 2021-06 and of 12/24, and drop the zeros of a number.
        columns.iter_mut().for_each(|column| column.is_text = true);
        columns.iter_mut().take(1).for_each(|column| column.width = EXAMPLE_MARK.len());
        sheets.push((name, columns));
    }
    let mut book = Workbook::new().map_err(fail)?;
    for (n, (kind, (name, columns))) in kinds.iter().zip(&sheets).enumerate() {
        book.add_table(name, columns, guide.lists()).map_err(fail)?;
        for (column, (_, text)) in kind.template.iter().enumerate() {
            book.write_text(n, column, text).map_err(fail)?;
        }
        book.end_row(n).map_err(fail)?;
    }
    guide.write(&mut book).map_err(fail)?;
    book.save(draft).map_err(fail)
}
