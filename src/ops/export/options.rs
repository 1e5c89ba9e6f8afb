//! The options of an export: its format, its target and which claims it selects.

use std::io::Write;
use std::path::Path;

/// The formats an archive can be exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// The records that people wrote: sources, places, measures, claims with their parts, links,
    /// equations. An import restores them.
    Toml,
    /// Every row of every table, revisions and captured copies included. An import into an empty
    /// archive restores the same rows, ids apart.
    Ndjson,
    /// One table for spreadsheets, a row for each claim and source. An import restores it.
    Csv,
    /// An Excel workbook with a worksheet for each kind of record. An import restores it.
    Xlsx,
    /// The claims as points on the map (RFC 7946).
    GeoJson,
    /// The claims as points on the map, in a GeoPackage 1.3.
    GeoPackage,
    /// A folder with a CSV file for each table and their description (Frictionless Data Package).
    DataPackage,
    /// A folder with SQL and rows that makes a PostgreSQL database of the archive.
    Postgres,
    /// A folder of Parquet files for engines: every row of every table, and what is worked out of them. An import into
    /// an empty archive restores the same rows, ids apart.
    Parquet,
    /// The verdicts as schema.org ClaimReview, JSON-LD.
    ClaimReview,
    /// The documents among the sources, for reference managers.
    CslJson,
}

impl ExportFormat {
    /// The words by which the command line names the formats.
    pub const WORDS: [(&'static str, ExportFormat); 11] = [
        ("toml", ExportFormat::Toml),
        ("ndjson", ExportFormat::Ndjson),
        ("csv", ExportFormat::Csv),
        ("xlsx", ExportFormat::Xlsx),
        ("geojson", ExportFormat::GeoJson),
        ("gpkg", ExportFormat::GeoPackage),
        ("datapackage", ExportFormat::DataPackage),
        ("postgres", ExportFormat::Postgres),
        ("parquet", ExportFormat::Parquet),
        ("claimreview", ExportFormat::ClaimReview),
        ("csl-json", ExportFormat::CslJson),
    ];

    /// Returns true if it is a folder of files.
    pub(super) fn is_folder(self) -> bool {
        matches!(self, ExportFormat::DataPackage | ExportFormat::Parquet | ExportFormat::Postgres)
    }

    /// The word by which the command line names this format.
    pub(super) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, format)| *format == self).map_or("", |(word, _)| word)
    }
}

/// The options of an export.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format to write.
    pub format: ExportFormat,
    /// Conditions such as `status=unverified`, all of which must hold: on the columns of the report
    /// `claims`, for `csl-json` on those of `sources`. An empty list selects everything.
    pub conditions: Vec<String>,
    /// True if one of the conditions is enough.
    pub any: bool,
    /// True for what may meet the conditions too: a date known to a month.
    pub possible: bool,
    /// The day that `today` stands for in conditions (`YYYY-MM-DD`).
    pub today: String,
    /// The address of the page on which the claims are published, for `claimreview`.
    pub base_url: Option<String>,
    /// `true` writes the claims that no one checked too, for `claimreview`.
    pub all: bool,
    /// `true` begins `csv` with a byte order mark, by which Excel recognises UTF-8.
    pub bom: bool,
    /// The operation since which rows were added or changed that `parquet` writes; `None` for every row.
    pub since: Option<i64>,
    /// `true` replaces an existing file.
    pub force: bool,
}

impl Options {
    /// Options that export the whole archive in this format.
    pub fn whole(format: ExportFormat) -> Self {
        let today = "0001-01-01".to_owned();
        Options {
            format,
            conditions: Vec::new(),
            any: false,
            possible: false,
            today,
            base_url: None,
            all: false,
            bom: false,
            since: None,
            force: false,
        }
    }
}

/// The destination of an export.
pub enum Target<'a> {
    /// A stream, such as standard output.
    Stream(&'a mut dyn Write),
    /// A new file, or a new folder for `datapackage`, `postgres` and `parquet`.
    Path(&'a Path),
}

/// The result of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The counts of what was written and of what was left out.
    pub outcome: ExportOutcome,
    /// The number of claims, for `csl-json` of sources, that may meet the conditions and are left out since
    /// they need not.
    pub possible: u64,
}

/// The counts of what was written and of what was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportOutcome {
    /// Rows of the archive as they are; the number of selected claims, or `None` for everything.
    Rows(Option<usize>),
    /// Points on a map.
    Map {
        /// Points written.
        points: usize,
        /// Claims without a point, because none of their places has coordinates.
        unplaced: usize,
    },
    /// Verdicts that are the result of a check.
    Reviews {
        /// Verdicts written.
        reviews: usize,
        /// Claims that no one checked.
        unchecked: usize,
        /// Claims whose check is of what they said before, or has no words for readers.
        unworded: usize,
        /// True if these claims were written, without a rating; false if they were left out.
        all: bool,
    },
    /// References.
    Items {
        /// Documents written.
        items: usize,
        /// Sources left out: people and bodies.
        parties: usize,
    },
}
