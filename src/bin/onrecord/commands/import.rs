use super::{read, say_tallies};
use crate::cli::words;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::intake::Format;
use onrecord::ops::import::{self, Input};
use std::path::{Path, PathBuf};

/// Load documents: sources, places, measures, claims and what belongs to them
///
/// All problems of all documents are listed first, with file, line and column; then everything is
/// written in one transaction, or nothing. What is there already is left alone, what differs is
/// changed, nothing is removed: importing the same document again changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Documents (.toml, .json, .ndjson), or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the documents, when neither name nor content tells
    #[arg(long = "as", value_parser = words(&Format::WORDS), value_name = "FORMAT")]
    format: Option<Format>,
    /// Find the problems and say what would change, but change nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let inputs: Result<Vec<Input>> = args
        .files
        .iter()
        .map(|path| Ok(Input { name: path.display().to_string(), bytes: read(path)? }))
        .collect();
    let options = import::Options {
        archive: file,
        inputs: inputs?,
        format: args.format,
        dry_run: args.dry_run,
    };
    let tallies = import::import(options, &terminal::context())?;
    say_tallies(&tallies);
    if args.dry_run {
        terminal::say("dry run: nothing was written");
    }
    Ok(Exit::Done)
}
