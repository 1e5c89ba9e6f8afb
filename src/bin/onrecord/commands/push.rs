use crate::args::words;
use crate::commands::merge::report_merge;
use crate::exit::Exit;
use crate::{place, terminal};
use onrecord::error::{Error, Result};
use onrecord::ops::merge::Side;
use onrecord::ops::push::{Options, push};
use std::path::{Path, PathBuf};

/// Merge this archive into the record at a PostgreSQL server
///
/// The rules are those of `onrecord merge`: rows that the record lacks are added, a stated value fills
/// an empty field, a value that one side has since changed yields to the newer one, any other difference
/// is a conflict, and rows deleted there stay deleted. All of it is written in one transaction, or
/// nothing; meanwhile others read the record there, and nobody writes to it. It takes the user who owns
/// the tables. This archive is only read.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address of the record: postgres://USER@HOST/DATABASE, without a password
    #[arg(value_name = "SERVER")]
    server: PathBuf,
    /// The side that wins every conflict: ours (the record at the server) or theirs (this archive)
    #[arg(long, value_name = "SIDE", value_parser = words(&Side::WORDS), hide_possible_values = true)]
    prefer: Option<Side>,
    /// A key of its own for the desk of this archive; needed when both records were created apart and
    /// their desks have the same key
    #[arg(long, value_name = "KEY")]
    desk_as: Option<String>,
    /// Take in this report, which people made in this archive; others stay out and are listed (can be repeated)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    with_reports: Vec<String>,
    /// Find the conflicts and say what would change, but change nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let server = place::server(&args.server)?.ok_or_else(|| Error::Refused {
        what: format!("cannot push to {}: it is no server", args.server.display()),
        hint: "write postgres://USER@HOST/DATABASE; `onrecord merge` takes one file into another"
            .to_owned(),
    })?;
    let bar = terminal::Bar::of_units("pushing", "tables");
    let options = Options {
        archive: file,
        server: &server,
        scratch: &std::env::temp_dir(),
        prefer: args.prefer,
        desk_as: args.desk_as,
        dry_run: args.dry_run,
        with_reports: &args.with_reports,
        progress: bar.progress(),
    };
    let outcome = push(&options, &terminal::context());
    bar.clear();
    report_merge(&outcome?, args.prefer, args.dry_run, "there");
    Ok(Exit::Done)
}
