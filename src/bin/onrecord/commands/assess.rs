use crate::completion;
use crate::exit::Exit;
use crate::output::report_lack_of_evidence;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::model::{CLAIM, SOURCE, evidence_kinds};
use onrecord::ops::edit::assess;
use std::path::Path;

/// Record a verdict on a claim, with the reason
///
/// A verdict is a new row; earlier ones stay. The status of the claim is the latest verdict of the
/// archive's own desk, else the latest of anyone. `onrecord sql "select code, definition from
/// statuses"` lists the verdicts. `check` asks for the evidence of `confirmed`; --evidence alone adds it
/// to the verdict that was given last.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The claim, by its key or text
    #[arg(add = completion::keys([&CLAIM]))]
    claim: String,
    /// The verdict: reported, corroborated, confirmed, disputed, refuted, …
    #[arg(
        required_unless_present_any = ["undo", "evidence"],
        conflicts_with = "undo",
        requires = "because",
        add = completion::codes("statuses")
    )]
    status: Option<String>,
    /// Retract the assessor's latest verdict: the one before it holds again, and both stay on record
    #[arg(long, conflicts_with_all = ["credibility", "at", "evidence"])]
    undo: bool,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
    /// The source that gives the verdict, by its key or name [default: the archive's desk]
    #[arg(long, value_name = "KEY", add = completion::keys([&SOURCE]))]
    by: Option<String>,
    /// Admiralty credibility of the information, 1 (confirmed) to 6 (cannot be judged)
    #[arg(long, value_name = "1-6", add = completion::codes("credibilities"))]
    credibility: Option<String>,
    /// Time of the verdict (UTC, YYYY-MM-DDTHH:MM:SSZ) [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// A source, claim or figure it rests on, by its key or name (can be repeated; claim:KEY says which).
    /// Without a verdict, it is added to the assessor's latest
    #[arg(long, value_name = "KEY", add = completion::keys(evidence_kinds()))]
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
    let Some(status) = status else {
        if because.is_some() || credibility.is_some() || at.is_some() {
            return Err(Error::Refused {
                what: "without a verdict, nothing but evidence can be added to the one that was given"
                    .to_owned(),
                hint: "leave --because, --credibility and --at out, or give the verdict they belong to"
                    .to_owned(),
            });
        }
        return add_evidence(&assess::MoreEvidence { archive: file, claim, by, evidence });
    };
    let because = because.unwrap_or_default();
    let given = status.clone();
    let options =
        assess::Options { archive: file, claim, status, because, by, credibility, at, evidence };
    let outcome = assess::assess(&options, &terminal::context())?;
    let recorded = format!("{}: {given}", outcome.claim);
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
    if outcome.lacks_evidence {
        report_lack_of_evidence(&outcome.claim);
    }
    Ok(Exit::Done)
}

/// Adds evidence to the verdict that was given last.
fn add_evidence(options: &assess::MoreEvidence<'_>) -> Result<Exit> {
    let assess::Supported { claim, status, new } =
        assess::add_evidence(options, &terminal::context())?;
    terminal::print_status(&match new {
        0 => format!("{claim}: {status}; this evidence is recorded already"),
        1 => format!("{claim}: {status}, with 1 more piece of evidence"),
        new => format!("{claim}: {status}, with {new} more pieces of evidence"),
    });
    Ok(Exit::Done)
}
