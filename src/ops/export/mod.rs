//! Writes the archive out, whole or in part: as documents for people, as every table for programs,
//! and in the formats of the field. A file each for what a format says; `target.rs` for where it
//! goes.

mod claimreview;
mod csl;
mod csv;
mod datapackage;
pub mod datasette;
mod geo;
pub mod json_schema;
mod ndjson;
mod selection;
mod spreadsheet;
mod toml;

use super::output_file;
use crate::error::{Error, Result};
use crate::model::CancelToken;
use crate::ops::report::filter::check_today;
use crate::store::{Query, Reader, words};
use std::io::Write;
use std::path::Path;

use selection::Chosen;

/// The forms an archive can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// What people wrote: sources, places, measures, claims with what belongs to them, links,
    /// equations. Reads back to the same.
    Toml,
    /// Every row of every table, history and captured copies included. Reads back to the same
    /// rows, ids apart.
    Ndjson,
    /// One table for spreadsheets, a row for each claim and source. Reads back to the same.
    Csv,
    /// The same as a workbook.
    Xlsx,
    /// The claims on the map (RFC 7946).
    GeoJson,
    /// The claims on the map, as a GeoPackage 1.3.
    GeoPackage,
    /// A folder with a CSV file for each table and their description (Frictionless).
    DataPackage,
    /// The verdicts as schema.org ClaimReview, JSON-LD.
    ClaimReview,
    /// The documents among the sources, for reference managers.
    CslJson,
}

impl Format {
    /// The words by which people name these forms.
    pub const WORDS: [(&'static str, Format); 9] = [
        ("toml", Format::Toml),
        ("ndjson", Format::Ndjson),
        ("csv", Format::Csv),
        ("xlsx", Format::Xlsx),
        ("geojson", Format::GeoJson),
        ("gpkg", Format::GeoPackage),
        ("datapackage", Format::DataPackage),
        ("claimreview", Format::ClaimReview),
        ("csl-json", Format::CslJson),
    ];

    /// The word by which people name it.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, format)| *format == self).map_or("", |(word, _)| word)
    }
}

/// What is written, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// In which form.
    pub format: Format,
    /// Conditions such as `status=unverified`, all of which hold: on the columns of the report
    /// `claims`, for `csl-json` on those of `sources`. None: everything.
    pub conditions: Vec<String>,
    /// The day that `today` stands for in conditions (`YYYY-MM-DD`).
    pub today: String,
    /// The page on which the claims are published, for `claimreview`.
    pub base_url: Option<String>,
    /// Whether a file that is there is replaced.
    pub force: bool,
}

impl Options {
    /// The whole archive in this form.
    pub fn whole(format: Format) -> Self {
        let today = "0001-01-01".to_owned();
        Options { format, conditions: Vec::new(), today, base_url: None, force: false }
    }
}

/// Where it goes.
pub enum Target<'a> {
    /// To whoever listens.
    Stream(&'a mut dyn Write),
    /// Into a new file, or a new folder for `datapackage`.
    Path(&'a Path),
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Rows of the archive as they are: all, or those of so many claims.
    Rows(Option<usize>),
    /// The map.
    Map {
        /// Points written.
        points: usize,
        /// Claims that no point stands for, because no place of theirs has coordinates.
        unplaced: usize,
    },
    /// Verdicts.
    Reviews {
        /// Verdicts written.
        reviews: usize,
        /// Of these, those without the address of a page.
        pageless: usize,
        /// Claims left out: without a verdict, or with one that has no words for readers.
        left_out: usize,
    },
    /// References.
    Items {
        /// Documents written.
        items: usize,
        /// Sources left out: people and bodies.
        parties: usize,
    },
}

/// Writes the archive, or a part of it. The same archive gives the same bytes. A file or a folder
/// appears under its name only when it is complete.
///
/// # Errors
/// When the archive cannot be read, the target cannot be written to or is there already, or a
/// condition is none.
pub fn export(
    archive: &Path,
    options: &Options,
    target: Target,
    cancel: CancelToken,
) -> Result<Outcome> {
    check_today(&options.today)?;
    let path = match (&target, options.format) {
        (Target::Path(path), _) => Some(*path),
        (Target::Stream(_), Format::GeoPackage | Format::Xlsx) => {
            return Err(nowhere(options.format, "file"));
        }
        (Target::Stream(_), Format::DataPackage) => return Err(nowhere(options.format, "folder")),
        (Target::Stream(_), _) => None,
    };
    if options.base_url.is_some() && options.format != Format::ClaimReview {
        return Err(Error::Refused {
            what: format!("--base-url says nothing about {}", options.format.word()),
            hint: "it belongs to `onrecord export claimreview`".to_owned(),
        });
    }
    let db = Reader::open(archive, cancel)?;
    let write = |draft: Option<&Path>, out: &mut dyn Write| {
        db.snapshot(|| {
            let chosen = Chosen::read(&db, options)?;
            match (options.format, draft, path) {
                (Format::GeoPackage, Some(draft), Some(path)) => {
                    geo::geopackage(&db, &chosen, draft, path)
                }
                (Format::Xlsx, Some(draft), Some(path)) => csv::xlsx(&db, &chosen, draft, path),
                (Format::DataPackage, Some(draft), _) => {
                    datapackage::write(&db, &chosen, draft).map(|()| chosen.rows())
                }
                _ => text(&db, options, &chosen, out),
            }
        })
    };
    match (target, options.format) {
        (Target::Stream(out), _) => write(None, out),
        (Target::Path(path), Format::DataPackage) => {
            output_file::folder(path, |draft| write(Some(draft), &mut std::io::sink()))
        }
        (Target::Path(path), Format::GeoPackage | Format::Xlsx) => {
            output_file::file(path, db.path(), options.force, |draft, _| {
                write(Some(draft), &mut std::io::sink())
            })
        }
        (Target::Path(path), _) => {
            output_file::file(path, db.path(), options.force, |_, out| write(None, out))
        }
    }
}

/// The formats that are one text.
fn text(db: &Reader, options: &Options, chosen: &Chosen, out: &mut dyn Write) -> Result<Outcome> {
    match options.format {
        Format::Toml => toml::toml(db, chosen, out).map(|()| chosen.rows()),
        Format::Ndjson => toml::ndjson(db, chosen, out).map(|()| chosen.rows()),
        Format::Csv => csv::csv(db, chosen, out),
        Format::GeoJson => geo::geojson(db, chosen, out),
        Format::ClaimReview => claimreview::write(db, chosen, options.base_url.as_deref(), out),
        Format::CslJson => csl::write(db, chosen, out),
        // These are no text; `export` asked for a path.
        Format::GeoPackage | Format::Xlsx => Err(nowhere(options.format, "file")),
        Format::DataPackage => Err(nowhere(options.format, "folder")),
    }
}

/// Writes what a published page offers to be saved. Withdrawn claims are not published: where there
/// are any, they are left out as `--where claim!=` does it.
pub(super) fn published(
    db: &Reader,
    format: Format,
    withdrawn: bool,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let mut options = Options::whole(format);
    if !withdrawn {
        return text(db, &options, &Chosen::read(db, &options)?, out);
    }
    options.conditions.push("claim!=".to_owned());
    let mut chosen = Chosen::read(db, &options)?;
    // Others may lean on a withdrawn claim or its figures; what is withdrawn stays out all the same.
    let keys = |sql: &str| words(db, &Query { sql: sql.to_owned(), params: Vec::new() });
    chosen.leave_out("claims", &keys("SELECT key FROM claims WHERE withdrawn IS NOT NULL")?);
    let figures = "SELECT f.key FROM figures AS f JOIN claims AS c ON c.id = f.claim_id \
                   WHERE c.withdrawn IS NOT NULL";
    chosen.leave_out("figures", &keys(figures)?);
    text(db, &options, &chosen, out)
}

fn nowhere(format: Format, what: &str) -> Error {
    let word = format.word();
    let name = if what == "file" { format!("claims.{word}") } else { word.to_owned() };
    Error::Refused {
        what: format!("cannot write {word} to standard output: it is a {what}"),
        hint: format!("name the {what}: `onrecord export {word} {name}`"),
    }
}
