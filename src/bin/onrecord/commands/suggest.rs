use crate::args::Output;
use crate::exit::Exit;
use crate::output::print_rows;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::report::suggest;
use std::path::Path;

/// List claims whose evidence no longer fits their status, with a command for each
///
/// Nothing is changed: a verdict is a person's to give. Corroborated with one origin, reported with
/// several, a figure that disagrees with another, a denial, a retraction, a forecast past its day.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The day after whose end a forecast is overdue [default: this day, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let today = args.today.unwrap_or_else(terminal::today);
    let cancel = terminal::cancel_or_exit(None);
    print_rows(args.output, terminal::style(), |sink| {
        suggest::suggest(file, &today, cancel, sink)
    })?;
    Ok(Exit::Done)
}
