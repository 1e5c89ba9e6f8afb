//! Exports of the archive, whole or in part: as documents for people, as every table for programs,
//! and in the standard formats of the field, a module each. `output_file` makes the file or folder.

mod claimreview;
mod csl;
mod csv;
mod datapackage;
pub mod datasette;
mod geo;
mod guide;
mod json;
pub mod json_schema;
mod ndjson;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod postgres;
mod records;
mod selection;
mod spreadsheet;
mod template;
mod toml;
mod workbook;

use crate::error::{Error, Result};
use crate::model::CancelToken;
use crate::ops::context::open_reader;
use crate::ops::output_file;
use crate::ops::report::filter::check_today;
use crate::store::{Query, Reader, words};
pub(in crate::ops) use records::{PartReader, authored_fields, unwritable};
use selection::Selection;
use std::io::Write;
use std::path::Path;

pub use options::{ExportFormat, ExportOutcome, Exported, Options, Target};
pub use template::{TemplateOptions, write_template};

/// Exports the archive, or a selection of its claims. The same archive gives the same bytes. A file
/// or folder appears under its name only when it is complete.
///
/// # Errors
/// Fails if the archive cannot be read, the target cannot be written to or exists already, or a
/// condition cannot be parsed.
pub fn export(
    archive: &Path,
    options: &Options,
    target: Target,
    cancel: CancelToken,
) -> Result<Exported> {
    check_today(&options.today)?;
    let path = match (&target, options.format) {
        (Target::Path(path), _) => Some(*path),
        (Target::Stream(_), ExportFormat::GeoPackage | ExportFormat::Xlsx) => {
            return Err(needs_path(options.format, "file"));
        }
        (Target::Stream(_), format) if format.is_folder() => {
            return Err(needs_path(options.format, "folder"));
        }
        (Target::Stream(_), _) => None,
    };
    check_applies(options)?;
    let db = open_reader(archive, cancel)?;
    let write = |draft: Option<&Path>, out: &mut dyn Write| {
        db.snapshot(|| {
            let selection = Selection::read(&db, options)?;
            let outcome = match (options.format, draft, path) {
                (ExportFormat::GeoPackage, Some(draft), Some(path)) => {
                    geo::write_geopackage(&db, &selection, draft, path)
                }
                (ExportFormat::Xlsx, Some(draft), Some(path)) => {
                    workbook::write_xlsx(&db, &selection, draft, path)
                }
                (ExportFormat::DataPackage, Some(draft), _) => {
                    datapackage::write(&db, &selection, draft).map(|()| selection.rows_outcome())
                }
                (ExportFormat::Postgres, Some(draft), _) => {
                    postgres::write(&db, draft).map(|()| selection.rows_outcome())
                }
                (ExportFormat::Parquet, Some(draft), _) => {
                    write_lake(&db, options.since, draft).map(|()| selection.rows_outcome())
                }
                _ => write_text(&db, options, &selection, out),
            }?;
            Ok(Exported { outcome, possible: selection.possible() })
        })
    };
    match (target, options.format) {
        (Target::Stream(out), _) => write(None, out),
        (Target::Path(path), format) if format.is_folder() => {
            output_file::write_folder(path, |draft| write(Some(draft), &mut std::io::sink()))
        }
        (Target::Path(path), ExportFormat::GeoPackage | ExportFormat::Xlsx) => {
            output_file::write_file(path, db.path(), options.force, |draft, _| {
                write(Some(draft), &mut std::io::sink())
            })
        }
        (Target::Path(path), _) => {
            output_file::write_file(path, db.path(), options.force, |_, out| write(None, out))
        }
    }
}

/// Writes the folder of Parquet files.
#[cfg(feature = "parquet")]
fn write_lake(db: &Reader, since: Option<i64>, folder: &Path) -> Result<()> {
    parquet::write(db, since, folder)
}

/// Refuses the folder of Parquet files, which this program was built without.
#[cfg(not(feature = "parquet"))]
fn write_lake(_: &Reader, _: Option<i64>, _: &Path) -> Result<()> {
    Err(Error::Refused {
        what: "cannot export parquet: this onrecord was built without it".to_owned(),
        hint: "use one that was built with the feature `parquet`, which is on by default"
            .to_owned(),
    })
}

/// Refuses an option that belongs to another format.
fn check_applies(options: &Options) -> Result<()> {
    let review = ExportFormat::ClaimReview;
    let given = [
        ("--base-url", options.base_url.is_some(), review),
        ("--all", options.all, review),
        ("--bom", options.bom, ExportFormat::Csv),
        ("--since", options.since.is_some(), ExportFormat::Parquet),
    ];
    let is_whole = matches!(options.format, ExportFormat::Parquet | ExportFormat::Postgres);
    if is_whole && !options.conditions.is_empty() {
        let word = options.format.word();
        return Err(Error::Refused {
            what: format!("--where does not apply to {word}, which holds the whole archive"),
            hint: "import `onrecord export ndjson --where …` into a new archive, and export that"
                .to_owned(),
        });
    }
    let wrong = given.iter().find(|(_, given, format)| *given && options.format != *format);
    wrong.map_or(Ok(()), |(option, _, format)| {
        Err(Error::Refused {
            what: format!("{option} does not apply to {}", options.format.word()),
            hint: format!("it belongs to `onrecord export {}`", format.word()),
        })
    })
}

/// Writes a format that is a single text stream.
fn write_text(
    db: &Reader,
    options: &Options,
    selection: &Selection,
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    match options.format {
        ExportFormat::Toml => toml::write(db, selection, out).map(|()| selection.rows_outcome()),
        ExportFormat::Ndjson => {
            ndjson::write(db, selection, out).map(|()| selection.rows_outcome())
        }
        ExportFormat::Csv => csv::write_csv(db, selection, options.bom, out),
        ExportFormat::GeoJson => geo::write_geojson(db, selection, out),
        ExportFormat::ClaimReview => claimreview::write(db, selection, options, out),
        ExportFormat::CslJson => csl::write(db, selection, out),
        // Not text streams: `export` has refused these without a path.
        ExportFormat::GeoPackage | ExportFormat::Xlsx => Err(needs_path(options.format, "file")),
        ExportFormat::DataPackage | ExportFormat::Parquet | ExportFormat::Postgres => {
            Err(needs_path(options.format, "folder"))
        }
    }
}

/// Writes a file that a published page offers for download. Withdrawn claims are not published:
/// with
/// `withdrawn`, they are left out as `--where claim!=` does it.
pub(super) fn write_published(
    db: &Reader,
    format: ExportFormat,
    withdrawn: bool,
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    let mut options = Options::whole(format);
    if !withdrawn {
        return write_text(db, &options, &Selection::read(db, &options)?, out);
    }
    options.conditions.push("claim!=".to_owned());
    let mut selection = Selection::read(db, &options)?;
    // Published claims may refer to a withdrawn claim or its figures; those stay out nevertheless.
    let keys = |sql: &str| words(db, &Query { sql: sql.to_owned(), params: Vec::new() });
    selection.exclude("claims", &keys("SELECT key FROM claims WHERE withdrawn IS NOT NULL")?);
    let figures = "SELECT f.key FROM figures AS f JOIN claims AS c ON c.id = f.claim_id \
                   WHERE c.withdrawn IS NOT NULL";
    selection.exclude("figures", &keys(figures)?);
    write_text(db, &options, &selection, out)
}

/// Builds the error for a format that cannot go to standard output.
fn needs_path(format: ExportFormat, what: &str) -> Error {
    let word = format.word();
    let name = if what == "file" { format!("claims.{word}") } else { word.to_owned() };
    Error::Refused {
        what: format!("cannot write {word} to standard output: it is a {what}"),
        hint: format!("name the {what}: `onrecord export {word} {name}`"),
    }
}
