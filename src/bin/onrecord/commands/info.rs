use super::print_sheet;
use crate::cli::Output;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::info;
use std::path::Path;

/// Say what the archive is and how much it holds
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    print_sheet(&info::info(file, terminal::stop_or_end(None))?, args.output)?;
    Ok(Exit::Done)
}
