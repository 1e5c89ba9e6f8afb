//! The built-in reports: a `.sql` file each, whose header states its title, question and columns.
//! Each becomes the view `report_NAME` in every archive.

#[cfg(feature = "parquet")]
mod engines;

use crate::model::ReportHeader;

#[cfg(feature = "parquet")]
pub use engines::{Engine, KEPT_PARTS, kept_query, rewrite};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!($name, ".sql")))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "status",
    "claims",
    "unverified",
    "corroboration",
    "echoes",
    "contradictions",
    "disagreements",
    "suggestions",
    "figures",
    "figure_conflicts",
    "figure_timeline",
    "timeline",
    "places",
    "place_claims",
    "sources",
    "track_record",
    "speakers",
    "forecasts",
    "history",
    "gaps",
    "operations",
    "doubts",
];

/// Returns the built-in reports, in the order of their listing.
pub fn builtin() -> Vec<ReportHeader> {
    FILES.iter().map(|(name, sql)| ReportHeader::parse(&name.replace('_', "-"), sql)).collect()
}
