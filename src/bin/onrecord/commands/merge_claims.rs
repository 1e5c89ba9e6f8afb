use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Result, count};
use onrecord::ops::edit::merge_claims;
use std::path::Path;

/// Join two claims that say the same
///
/// INTO gets the mentions, places, links, figures, date and note of FROM that it lacks. FROM is
/// linked to INTO as a duplicate and withdrawn for the reason; it keeps its verdicts and history.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Key of the claim to withdraw as a duplicate
    from: String,
    /// Key of the claim to keep
    into: String,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    because: String,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let Args { from, into, because } = args;
    let moved = merge_claims::merge(file, &from, &into, &because, &terminal::context())?;
    let parts = [
        (moved.mentions, "mention", "copied"),
        (moved.places, "place", "copied"),
        (moved.links, "link", "copied"),
        (moved.figures, "figure", "moved"),
        (moved.blanks, "claim", "given its date or note"),
        (moved.left, "figure", "left with it, which says the same"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, noun, what)| format!("{} {what}", count(*number, noun)))
        .collect();
    let parts = if parts.is_empty() { "nothing to take over".to_owned() } else { parts.join(", ") };
    terminal::print_status(&format!("{from} is withdrawn and a duplicate of {into}: {parts}"));
    Ok(Exit::Done)
}
