use super::{report_similar, report_tallies};
use crate::args::words;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Result, count};
use onrecord::ops::merge;
use onrecord::ops::merge::{Options, Side};
use std::path::{Path, PathBuf};

/// Take in what another archive holds: a colleague's, or a copy of this one worked on apart
///
/// What is not here yet comes in, verdicts, history and captured copies included. A row that is here
/// already is compared field by field: a value that one side has had before and changed since is the
/// older one; what is stated fills in what is not. Where that does not tell, the two are in conflict:
/// all conflicts are listed, and nothing is written until --prefer says whose word stands, or one of
/// the archives is changed. What was deleted here stays deleted; nothing here is deleted. OTHER is
/// only read. docs/sharing.md says it at length.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The other archive
    other: PathBuf,
    /// Whose word stands in a conflict: ours (this archive's) or theirs
    #[arg(long, value_name = "SIDE", value_parser = words(&Side::WORDS), hide_possible_values = true)]
    prefer: Option<Side>,
    /// The key under which the desk of OTHER is known here; needed where both archives were made
    /// apart and their desks have one key
    #[arg(long, value_name = "KEY")]
    desk_as: Option<String>,
    /// Find the conflicts and say what would change, but change nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let bar = terminal::Bar::counting("taking in", "tables");
    let options = Options {
        archive: file,
        other: &args.other,
        prefer: args.prefer,
        desk_as: args.desk_as,
        dry_run: args.dry_run,
        progress: bar.progress(),
    };
    let outcome = merge::merge(&options, &terminal::context());
    bar.clear();
    let outcome = outcome?;
    report_tallies(&outcome.tallies);
    let tell = |number: usize, noun: &str, what: &str| {
        if number > 0 {
            terminal::say(&format!("{} {what}", count(number, noun)));
        }
    };
    tell(outcome.newer_here, "value", "kept: changed here since");
    tell(outcome.deleted_here, "row", "left out: deleted here");
    let side = if args.prefer == Some(Side::Theirs) { "theirs" } else { "ours" };
    tell(outcome.preferred, "conflict", &format!("settled for {side}"));
    for name in &outcome.reports {
        terminal::say(&format!("report {name} left out: another has the name here"));
    }
    report_similar(&outcome.alike);
    if args.dry_run {
        terminal::say("dry run: nothing was written");
    }
    Ok(Exit::Done)
}
