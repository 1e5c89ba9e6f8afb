use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Result, count};
use onrecord::ops::edit::delete;
use std::path::Path;

/// Delete a record that was entered by mistake, with its parts
///
/// A claim goes with its mentions, places, figures, verdicts and links, a source with its origins and
/// grades. A record that others refer to stays: they are listed. `withdraw` leaves a claim out of
/// reports instead. Nothing is lost: `onrecord undo` puts the record back.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key; KIND:KEY where records of several kinds have it
    #[arg(add = completion::all_keys())]
    key: String,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    because: String,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let done = delete::delete(file, &args.key, &args.because, &terminal::context())?;
    let rows: usize = done.rows.iter().map(|(_, number)| number).sum();
    let with = match rows.saturating_sub(1) {
        0 => String::new(),
        parts => format!(", with {} that belonged to it", count(parts, "row")),
    };
    terminal::print_status(&format!("deleted {} {}{with}", done.word, done.key));
    terminal::print_status(&format!("`onrecord undo {}` puts it back", done.operation));
    Ok(Exit::Done)
}
