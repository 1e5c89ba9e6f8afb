//! Fuzz targets: functions that take any bytes, and panic where the program breaks a promise.
//!
//! `cargo fuzz` looks for such bytes; `tests/it/fuzz_corpus.rs` gives every target the files of its folder
//! in `corpus`, which are written by hand or were found, as part of `cargo test`.

pub mod archive;
pub mod dates;
mod intake;
pub mod mutation;
mod values;

use intake::{import_bibliography, import_one, import_review, import_table, import_workbook};
use onrecord::intake::Format;

/// A function that is given any bytes.
type Target = fn(&[u8]);

/// The targets by their names.
pub const TARGETS: [(&str, Target); 17] = [
    ("csv", |input| import_table(Format::Csv, input)),
    ("json_rows", |input| import_table(Format::JsonRows, input)),
    ("ucdp", |input| import_one(Format::Ucdp, input)),
    ("zotero", |input| import_one(Format::ZoteroCsv, input)),
    ("ndjson", |input| import_one(Format::Ndjson, input)),
    ("toml", |input| import_one(Format::Toml, input)),
    ("json", |input| import_one(Format::Json, input)),
    ("xlsx", |input| import_workbook(Format::Xlsx, input)),
    ("ods", |input| import_workbook(Format::Ods, input)),
    ("xls", |input| import_workbook(Format::Xls, input)),
    ("reviews", import_review),
    ("bibliography", import_bibliography),
    ("dates", dates::compare_readings),
    ("amounts", values::read_amounts),
    ("equations", values::evaluate_equation),
    ("conditions", archive::filter_report),
    ("archive", archive::open_changed),
];

/// Runs the target of this name, for a fuzzer.
pub fn run(name: &str, input: &[u8]) {
    intake::IS_FUZZER.store(true, std::sync::atomic::Ordering::Relaxed);
    let (_, target) = TARGETS.iter().find(|(of, _)| *of == name).expect("a target of this name");
    target(input);
}
