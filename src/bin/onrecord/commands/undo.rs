use crate::args::operation_number;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::history::undo::{self, Options, in_words};
use std::path::Path;

/// Take back the last operation, or operation N where nothing later stands on it
///
/// Rows that it added are removed, rows that it removed are put back, and values that it changed are as
/// they were. A verdict on a claim that stays is retracted: the verdict before it holds again. Undoing
/// an undo redoes. Nothing is lost: `onrecord log` lists the operations.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The number of the operation, as `onrecord log` lists it [default: the last]
    #[arg(value_parser = operation_number)]
    operation: Option<i64>,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let options = Options { archive: file, operation: args.operation, because: args.because };
    let done = undo::undo(&options, &terminal::context())?;
    let target = &done.operation;
    let words = in_words(&done.undone);
    terminal::print_status(&format!("undid operation {} ({}): {words}", target.id, target.command));
    terminal::print_status(&format!("`onrecord undo {}` puts it back", done.by));
    Ok(Exit::Done)
}
