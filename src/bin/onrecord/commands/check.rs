use crate::args::Output;
use crate::exit::Exit;
use crate::output::print_table;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::check;
use onrecord::render::Format;
use std::path::Path;

/// Look for problems in the archive; exit code 1 when something is found
///
/// Runs the checks stored in the archive as views check_NAME, and those that SQL cannot do: the
/// pages of the file, references, guards, search index, checksums of captured copies.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The check [default: all]
    name: Option<String>,
    /// List the checks
    #[arg(long, conflicts_with_all = ["name", "repair"])]
    list: bool,
    /// Bring an older archive up to date, put missing or changed guards back, and drop strange
    /// triggers
    #[arg(long, conflicts_with = "name")]
    repair: bool,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    if args.list {
        print_table(&check::list(file)?, args.output)?;
        return Ok(Exit::Done);
    }
    if args.repair {
        for done in check::repair(file, &terminal::context())? {
            terminal::print_status(&format!("put right: {done}"));
        }
    }
    let found = check::check(file, args.name.as_deref(), terminal::cancel_or_exit(None))?;
    if found.rows.is_empty() {
        terminal::print_status("nothing found");
        // A program that parses the output still gets an empty list.
        if !matches!(args.output.format, Format::Table) {
            print_table(&found, args.output)?;
        }
        return Ok(Exit::Done);
    }
    print_table(&found, args.output)?;
    Ok(Exit::Found)
}
