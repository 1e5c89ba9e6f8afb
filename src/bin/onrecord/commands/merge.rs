use crate::args::words;
use crate::exit::Exit;
use crate::output::{report_left_reports, report_similar, report_tallies};
use crate::{place, terminal};
use onrecord::error::{Result, count};
use onrecord::ops::merge;
use onrecord::ops::merge::{Options, Outcome, Side};
use std::path::{Path, PathBuf};

/// Merge another archive into this one: a colleague's, or a copy of this one that was edited apart
///
/// Rows that this archive lacks are added, with verdicts, history and captured copies. A row that
/// both have is compared field by field: a stated value fills an empty field, and a value that one
/// side has since changed yields to the newer one. Any other difference is a conflict: all
/// conflicts are listed, and nothing is written until --prefer names a side, or one of the archives
/// is edited. Rows deleted here stay deleted; nothing here is deleted. OTHER is only read.
/// docs/sharing.md explains the rules.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The other archive
    other: PathBuf,
    /// The side that wins every conflict: ours (this archive) or theirs
    #[arg(long, value_name = "SIDE", value_parser = words(&Side::WORDS), hide_possible_values = true)]
    prefer: Option<Side>,
    /// A key of its own for the desk of OTHER; needed when both archives were created apart and
    /// their desks have the same key
    #[arg(long, value_name = "KEY")]
    desk_as: Option<String>,
    /// Take in this report, which OTHER's people made; others stay out and are listed (can be repeated)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    with_reports: Vec<String>,
    /// Find the conflicts and say what would change, but change nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    if let Some(address) = place::server(&args.other)? {
        return Err(place::needs_file("merge", &address));
    }
    let bar = terminal::Bar::of_units("merging", "tables");
    let options = Options {
        archive: file,
        other: &args.other,
        prefer: args.prefer,
        desk_as: args.desk_as,
        dry_run: args.dry_run,
        with_reports: &args.with_reports,
        progress: bar.progress(),
    };
    let outcome = merge::merge(&options, &terminal::context());
    bar.clear();
    report_merge(&outcome?, args.prefer, args.dry_run, "here");
    Ok(Exit::Done)
}

/// Says what a merge did; `there` is where: here, or at a server.
pub fn report_merge(outcome: &Outcome, prefer: Option<Side>, dry_run: bool, there: &str) {
    report_tallies(&outcome.tallies);
    let tell = |number: usize, noun: &str, what: &str| {
        if number > 0 {
            terminal::print_status(&format!("{} {what}", count(number, noun)));
        }
    };
    tell(outcome.newer_here, "value", &format!("kept: changed {there} since"));
    tell(outcome.deleted_here, "row", &format!("left out: deleted {there}"));
    let side = if prefer == Some(Side::Theirs) { "theirs" } else { "ours" };
    tell(outcome.preferred, "conflict", &format!("settled for {side}"));
    report_left_reports(&outcome.reports);
    report_similar(&outcome.alike);
    if dry_run {
        terminal::print_status("dry run: nothing was written");
    }
}
