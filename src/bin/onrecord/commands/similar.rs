use crate::args::Output;
use crate::completion;
use crate::exit::Exit;
use crate::output::print_table;
use crate::terminal;
use onrecord::error::Result;
use onrecord::model::CLAIM;
use onrecord::ops::similar;
use onrecord::render::Format;
use std::path::Path;

/// Has this been claimed before? Rank claims by how alike they are to a text or a claim
///
/// Likeness runs from 0 to 1: rare words weigh most; shared numbers and places raise it, different
/// ones lower it. A place counts under all its names. `onrecord merge-claims` joins two claims that
/// say the same.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The text, or the key of a claim
    #[arg(required = true, value_name = "TEXT|CLAIM", add = completion::keys([&CLAIM]))]
    text: Vec<String>,
    /// At most so many
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let asked = args.text.join(" ");
    let found = similar::find_similar(file, &asked, args.limit, terminal::cancel_or_exit(None))?;
    if found.rows.is_empty() {
        terminal::print_status("nothing like it");
        if matches!(args.output.format, Format::Table) {
            return Ok(Exit::Done);
        }
    }
    print_table(&found, args.output)?;
    Ok(Exit::Done)
}
