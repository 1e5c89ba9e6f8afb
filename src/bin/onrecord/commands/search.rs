use crate::args::Output;
use crate::exit::Exit;
use crate::output::print_table;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::query::search;
use onrecord::render::Format;
use std::path::Path;

/// Find claims, sources and places by their words, in any script, accents ignored
///
/// All words must be there. A phrase stands in quotes ('"health centre"'); a word that ends in *
/// is the start of one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The words to find
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// At most so many
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: usize,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let found =
        search::search(file, &args.words.join(" "), args.limit, terminal::cancel_or_exit(None))?;
    if found.rows.is_empty() {
        terminal::print_status("nothing found");
    }
    if found.rows.is_empty() && matches!(args.output.format, Format::Table) {
        return Ok(Exit::Done);
    }
    print_table(&found, args.output)?;
    Ok(Exit::Done)
}
