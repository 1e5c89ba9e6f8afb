//! The checks that come with the program: a `.sql` file each, whose header says what it asks.
//! Each becomes the view `check_NAME` in every archive.

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
    "figures",
    "coordinates",
    "dates",
    "origin_circles",
    "location_circles",
    "figure_circles",
    "captures",
];

/// The columns that every check has.
const COLUMNS: [(&str, &str); 3] = [
    ("table_name", "The table of the row that breaks the rule."),
    ("key", "Key of the row, or what else names it."),
    ("finding", "What is wrong with it."),
];

/// All of them, in the order in which they are listed.
pub fn builtin() -> Vec<ReportHeader> {
    let columns = COLUMNS.map(|(name, meaning)| (name.to_owned(), meaning.to_owned()));
    let read = |(name, sql): &(&str, &str)| ReportHeader {
        columns: columns.to_vec(),
        ..ReportHeader::parse(&name.replace('_', "-"), sql)
    };
    FILES.iter().map(read).collect()
}
