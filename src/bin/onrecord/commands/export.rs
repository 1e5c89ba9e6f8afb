use crate::cli::words;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::export::{self, Format};
use std::path::Path;

/// Write the whole archive to standard output
///
/// toml: what people wrote (sources, places, measures, claims and what belongs to them, links,
/// equations), to read, edit and import again. ndjson: every row of every table, history, captured
/// copies, reports of your own and edited code lists included; imported into an empty archive it
/// gives the same rows.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// toml or ndjson
    #[arg(value_parser = words(&Format::WORDS), hide_possible_values = true)]
    format: Format,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    terminal::output(|out| export::export(file, args.format, terminal::stop_or_end(None), out))?;
    Ok(Exit::Done)
}
