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
/// All words must be there: in the text of a claim, its note, what its mentions quote and its figures
/// say, in title, author, outlet and note of a source, in a name of a place. Accents, case, vowel marks
/// and variants of letters do not count, nor does the grouping of digits (107000 finds 107,000); words of
/// scripts without spaces are found anywhere in a text.
///
/// A phrase stands in quotes ('"health centre"'); a word that ends in * is the start of one; what
/// follows a hyphen must not be there ('kunduz -airport', in quotes for the shell).
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
    let words = args.words.join(" ");
    let found = search::search(file, &words, args.limit, terminal::cancel_or_exit(None))?;
    let for_people = matches!(args.output.format, Format::Table);
    if found.hits.is_empty() {
        terminal::print_status("nothing found");
        if for_people {
            return Ok(Exit::Done);
        }
    }
    let columns: &[&str] = if for_people { &search::SHOWN } else { &search::COLUMNS };
    print_table(&search::as_table(&found, columns), args.output)?;
    if !found.complete {
        terminal::print_status(&format!(
            "more records hold that: these are the best of the newest {}; add a word to find fewer",
            found.ranked
        ));
    } else if found.hits.len() < found.ranked {
        terminal::print_status(&format!(
            "these are the best of {}: --limit gives more",
            found.ranked
        ));
    }
    Ok(Exit::Done)
}
