//! The built-in checks: a `.sql` file each, whose header states its title and question. Each
//! becomes the view `check_NAME` in every archive.

use crate::model::ReportHeader;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!($name, ".sql")))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "status",
    "evidence",
    "retractions",
    "stale_verdicts",
    "figures",
    "coordinates",
    "dates",
    "origin_circles",
    "same_works",
    "location_circles",
    "figure_circles",
    "captures",
    "parts_of_wholes",
    "strange_dates",
    "far_places",
    "misattributed",
    "large_shares",
    "tied_verdicts",
    "weak_evidence",
    "same_names",
];

/// The columns that every check has.
const COLUMNS: [(&str, &str); 3] = [
    ("table_name", "The table of the row that breaks the rule."),
    ("key", "Key of the row, or another name for it."),
    ("finding", "What is wrong with it."),
];

/// Returns the built-in checks, in the order of their listing.
pub fn builtin() -> Vec<ReportHeader> {
    let columns = COLUMNS.map(|(name, meaning)| (name.to_owned(), meaning.to_owned()));
    let read = |(name, sql): &(&str, &str)| ReportHeader {
        columns: columns.to_vec(),
        ..ReportHeader::parse(&name.replace('_', "-"), sql)
    };
    FILES.iter().map(read).collect()
}
