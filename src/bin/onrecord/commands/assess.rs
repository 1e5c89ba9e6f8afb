use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::model::{CLAIM, FIGURE, SOURCE};
use onrecord::ops::edit::assess;
use std::path::Path;

/// Record a verdict on a claim, with the reason
///
/// A verdict is a new row; earlier ones stay. The status of the claim is the latest verdict of the
/// archive's own desk, else the latest of anyone. `onrecord sql "select code, definition from
/// statuses"` lists the verdicts.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Key of the claim
    #[arg(add = completion::keys([&CLAIM]))]
    claim: String,
    /// The verdict: reported, corroborated, confirmed, disputed, refuted, …
    #[arg(required_unless_present = "undo", conflicts_with = "undo", add = completion::codes("statuses"))]
    status: Option<String>,
    /// Retract the assessor's latest verdict: the one before it holds again, and both stay on record
    #[arg(long, conflicts_with_all = ["credibility", "at", "evidence"])]
    undo: bool,
    /// The reason
    #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
    because: Option<String>,
    /// Key of the source that gives the verdict [default: the archive's desk]
    #[arg(long, value_name = "KEY", add = completion::keys([&SOURCE]))]
    by: Option<String>,
    /// Admiralty credibility of the information, 1 (confirmed) to 6 (cannot be judged)
    #[arg(long, value_name = "1-6", add = completion::codes("credibilities"))]
    credibility: Option<String>,
    /// Time of the verdict (UTC, YYYY-MM-DDTHH:MM:SSZ) [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Key of a source, claim or figure it rests on (can be repeated; claim:KEY says which)
    #[arg(long, value_name = "KEY", add = completion::keys([&SOURCE, &CLAIM, &FIGURE]))]
    evidence: Vec<String>,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let Args { claim, status, undo, because, by, credibility, at, evidence } = args;
    if undo {
        let context = terminal::context();
        let done = assess::retract(file, &claim, by.as_deref(), because.as_deref(), &context)?;
        let holds = done.held_by.map(|(who, when)| format!(", by {who} at {when}"));
        terminal::print_status(&format!(
            "{claim}: {} is retracted; the status is {}{}",
            done.was,
            done.status,
            holds.unwrap_or_default()
        ));
        return Ok(Exit::Done);
    }
    let because = because.unwrap_or_default();
    let status = status.unwrap_or_default();
    let recorded = format!("{claim}: {status}");
    let options =
        assess::Options { archive: file, claim, status, because, by, credibility, at, evidence };
    let outcome = assess::assess(&options, &terminal::context())?;
    let recorded = if outcome.new { recorded } else { format!("{recorded} (recorded already)") };
    terminal::print_status(&match outcome.held_by {
        None => recorded,
        Some((who, when)) => {
            let status = outcome.status;
            format!(
                "{recorded}; the status stays {status}, by {who} at {when}, whose verdict holds"
            )
        }
    });
    if let Some(at) = outcome.ahead {
        terminal::print_status(&format!(
            "{at} is in the future: this verdict overrides any given before then; --undo takes it back"
        ));
    }
    Ok(Exit::Done)
}
