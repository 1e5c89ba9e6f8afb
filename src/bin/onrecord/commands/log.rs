use crate::args::{Output, operation_number};
use crate::completion;
use crate::exit::Exit;
use crate::output::print_rows;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::history::log;
use onrecord::render::Format;
use std::path::Path;

/// List what was done to the archive, the newest first
///
/// Each command that changes the archive is an operation: one line, with the rows that it added,
/// changed and removed. "outside" stands for what another tool did between two operations. The same
/// list, with summaries and inputs, is the report `operations`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Show what operation N did, row by row
    #[arg(long, value_name = "N", value_parser = operation_number, conflicts_with_all = ["of", "limit"])]
    show: Option<i64>,
    /// Show what happened to the record with this key, the oldest first
    #[arg(long, value_name = "KEY", conflicts_with = "limit", add = completion::all_keys())]
    of: Option<String>,
    /// At most N operations
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let cancel = terminal::cancel_or_exit(None);
    let short = matches!(args.output.format, Format::Table);
    print_rows(args.output, terminal::style(), |sink| match (args.show, &args.of) {
        (Some(operation), _) => log::show_operation(file, operation, cancel, sink),
        (None, Some(key)) => log::log_of(file, key, cancel, sink),
        (None, None) => log::log(file, args.limit, short, cancel, sink),
    })?;
    Ok(Exit::Done)
}
