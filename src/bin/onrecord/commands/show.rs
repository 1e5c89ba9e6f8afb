use crate::args::Output;
use crate::completion;
use crate::exit::Exit;
use crate::output::print_detail;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::query::show;
use onrecord::ops::query::show::SHOWN_KINDS;
use onrecord::render::Format;
use std::path::Path;

/// Show all about one source, claim, place, measure or figure
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its key; claim:KEY, source:KEY, location:KEY, … when a key names several
    #[arg(add = completion::keys(SHOWN_KINDS))]
    key: String,
    /// All rows of each list, also where there are more than a thousand
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    output: Output,
}

/// The rows of a list that a person is shown; a program gets all.
const MOST_ROWS: usize = 1000;

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let most = match args.all || args.output.format != Format::Table {
        true => usize::MAX,
        false => MOST_ROWS,
    };
    let detail = show::show(file, &args.key, most, terminal::cancel_or_exit(None))?;
    print_detail(&detail, args.output)?;
    for (title, more) in &detail.more {
        let rows = if *more == 1 { "row" } else { "rows" };
        terminal::print_status(&format!("{more} more {rows} of {title:?}: --all shows them"));
    }
    Ok(Exit::Done)
}
