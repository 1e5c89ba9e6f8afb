//! Tests that run the program or use the library from outside, a module per concern, in one binary.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

/// Memory as the program has it: SQLite asks for many small pieces.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod common;
mod completion;

#[cfg(unix)]
mod add_command;
mod amounts;
mod article;
mod assessments;
mod backup_merge;
mod bounds;
mod bulk;
mod by_hand;
mod captures;
mod cells;
mod charts;
mod claim_reviews;
mod columns;
mod conditions;
mod damage;
mod dates;
mod delete_parts;
mod desk_questions;
mod documents_doc;
mod doubts;
mod encoding;
mod events;
mod evidence;
mod exports;
mod fact_check_api;
mod figures;
mod formats;
mod formats_doc;
mod fuzz;
mod fuzz_corpus;
#[path = "../fuzz/src/lib.rs"]
mod fuzz_targets;
mod generated;
mod history;
mod history_faults;
mod history_runs;
#[cfg(target_os = "linux")]
mod hostile;
mod identity;
mod import;
mod intake;
mod intake_faults;
mod json_rows;
mod kept_figures;
#[cfg(feature = "parquet")]
mod lake;
mod layers;
mod long_chains;
mod markers;
mod new_sources;
mod ods;
mod one_command;
mod opening;
mod origins;
mod other_coverage;
mod page_and_reports;
#[cfg(target_os = "linux")]
#[cfg(all(feature = "parquet", feature = "postgres"))]
mod postgres;
mod profiles;
mod proposals;
mod publish;
mod query_plans;
mod recover;
mod reports;
mod reports_doc;
mod round_trip;
mod same_record;
mod schema;
mod schema_document;
#[cfg(target_os = "linux")]
mod search;
mod shell;
mod source_graph;
mod stale;
mod table_dates;
mod table_figures;
mod tagged;
mod templates;
mod third_party_tools;
mod tied_verdicts;
mod tools;
mod transcripts;
mod trust;
mod undated_verdicts;
mod upgrades;
mod weights;
mod workbooks;
mod worksheets;
mod xls;
