use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::model::CLAIM;
use onrecord::ops::edit::withdraw;
use std::path::Path;

/// Take a claim out of the reports, with the reason; nothing is deleted
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Key of the claim
    #[arg(add = completion::keys([&CLAIM]))]
    claim: String,
    /// The reason
    #[arg(long, value_name = "TEXT", required_unless_present = "undo", conflicts_with = "undo")]
    because: Option<String>,
    /// Put the claim back into the reports
    #[arg(long)]
    undo: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    withdraw::withdraw(file, &args.claim, args.because.as_deref(), &terminal::context())?;
    let done = if args.undo { "is in the reports again" } else { "is withdrawn" };
    terminal::print_status(&format!("{} {done}", args.claim));
    Ok(Exit::Done)
}
