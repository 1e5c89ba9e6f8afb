use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Result, count};
use onrecord::model::{CLAIM, Kind, LOCATION, MEASURE, SOURCE};
use onrecord::ops::edit::merge_records::{self, Options};
use std::path::Path;

/// The two records of a command that makes one of them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Key of the record that goes; it reaches INTO from then on
    #[arg(add = completion::keys_of_command(kind_of))]
    from: String,
    /// Key of the record that stays
    #[arg(add = completion::keys_of_command(kind_of))]
    into: String,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
}

pub fn merge_sources(file: &Path, args: Args) -> Result<Exit> {
    run(file, args, &SOURCE, "merge-sources")
}

pub fn merge_places(file: &Path, args: Args) -> Result<Exit> {
    run(file, args, &LOCATION, "merge-places")
}

pub fn merge_measures(file: &Path, args: Args) -> Result<Exit> {
    run(file, args, &MEASURE, "merge-measures")
}

pub fn merge_claims(file: &Path, args: Args) -> Result<Exit> {
    run(file, args, &CLAIM, "merge-claims")
}

fn kind_of(command: &str) -> Option<&'static Kind> {
    match command {
        "merge-sources" => Some(&SOURCE),
        "merge-places" => Some(&LOCATION),
        "merge-measures" => Some(&MEASURE),
        "merge-claims" => Some(&CLAIM),
        _ => None,
    }
}

fn run(file: &Path, args: Args, kind: &'static Kind, command: &'static str) -> Result<Exit> {
    let Args { from, into, because } = args;
    let options = Options { archive: file, kind, command, from, into, because };
    let done = merge_records::merge(&options, &terminal::context())?;
    let (from, into) = (&done.from, &done.into);
    let mut parts = vec![format!("{} moved", count(done.merged.moved, "row"))];
    if done.merged.same > 0 {
        parts.push(format!("{} said the same", count(done.merged.same, "row")));
    }
    if !done.merged.filled.is_empty() {
        parts.push(format!("{into} took over {}", done.merged.filled.join(", ")));
    }
    terminal::print_status(&format!("{from} is now {into}: {}", parts.join("; ")));
    for (field, words) in &done.merged.left {
        terminal::print_status(&format!("{into} keeps its {field}; that of {from} was {words:?}"));
    }
    if let Some((status, assessor, at)) = done.verdict {
        let by = assessor.zip(at).map(|(who, when)| format!(", by {who} at {when}"));
        terminal::print_status(&format!("{into}: {status}{}", by.unwrap_or_default()));
    }
    Ok(Exit::Done)
}
