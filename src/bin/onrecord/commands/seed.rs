use crate::args::Output;
use crate::exit::Exit;
use crate::output::{print_table, report_tallies};
use crate::terminal;
use onrecord::error::Result;
use onrecord::model::Table;
use onrecord::ops::archive::seed;
use onrecord::ops::report;
use std::path::Path;

/// Load the bundled article's claims, making the archive if there is none
///
/// The claims of a news article of June 2021 on the Taliban's advance, with their verification
/// status. Prints the status report. Doing it again changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Load another bundled seed too: other-coverage, what other pages say on the article's topics
    /// (can be repeated)
    #[arg(long, value_name = "SEED")]
    with: Vec<String>,
    /// Load it into an archive that is about something else, too
    #[arg(long)]
    into: bool,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let outcome = seed::seed(file, &args.with, args.into, &terminal::context())?;
    if outcome.created {
        terminal::print_status(&format!("created {}", file.display()));
    }
    report_tallies(&outcome.tallies);
    let mut status = Table::default();
    let options = report::Options { today: terminal::today(), ..report::Options::default() };
    report::run(file, "status", &options, terminal::cancel_token(None), &mut status)?;
    print_table(&status, args.output)?;
    Ok(Exit::Done)
}
