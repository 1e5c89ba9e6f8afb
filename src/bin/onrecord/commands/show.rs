use crate::args::Output;
use crate::completion;
use crate::exit::Exit;
use crate::output::print_detail;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::query::show;
use onrecord::ops::query::show::SHOWN_KINDS;
use std::path::Path;

/// Show all about one source, claim, place, measure or figure
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its key; claim:KEY, source:KEY, location:KEY, … when a key names several
    #[arg(add = completion::keys(SHOWN_KINDS))]
    key: String,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    print_detail(&show::show(file, &args.key, terminal::cancel_or_exit(None))?, args.output)?;
    Ok(Exit::Done)
}
