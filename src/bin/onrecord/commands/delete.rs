use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Error, Result, count};
use onrecord::ops::edit::{delete, delete_part};
use std::path::Path;

/// Delete a record or a part that was entered by mistake
///
/// A claim goes with its mentions, places, figures, verdicts and links, a source with its origins and
/// grades. A record that others refer to stays: they are listed. `withdraw` leaves a claim out of
/// reports instead. A part without a key is named by its kind and what tells it from others: `delete
/// mention CLAIM SOURCE`, `delete place CLAIM LOCATION`, `delete link FROM RELATION TO`, `delete origin
/// SOURCE RELATION ORIGIN`, `delete name LOCATION NAME`. Nothing is lost: `onrecord undo` puts it back.
#[derive(Debug, clap::Args)]
#[command(override_usage = "onrecord delete [OPTIONS] --because <TEXT> <KEY>
       onrecord delete [OPTIONS] --because <TEXT> mention <CLAIM> <SOURCE>
       onrecord delete [OPTIONS] --because <TEXT> place <CLAIM> <LOCATION>
       onrecord delete [OPTIONS] --because <TEXT> link <FROM> <RELATION> <TO>
       onrecord delete [OPTIONS] --because <TEXT> origin <SOURCE> <RELATION> <ORIGIN>
       onrecord delete [OPTIONS] --because <TEXT> name <LOCATION> <NAME>")]
pub struct Args {
    /// The key, KIND:KEY where records of several kinds have it; or a part, by its kind and what tells it
    #[arg(value_name = "KEY|PART", required = true, num_args = 1..=4, add = completion::all_keys())]
    words: Vec<String>,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// Of several mentions: the one of this speaker; empty for the one without
    #[arg(long, value_name = "KEY")]
    speaker: Option<String>,
    /// Of several mentions: the one with this locator; empty for the one without
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    locator: Option<String>,
    /// Of several mentions: the one with this stance
    #[arg(long, value_name = "CODE", add = completion::codes("stances"))]
    stance: Option<String>,
    /// Of several places of a claim: the one with this relation
    #[arg(long, value_name = "CODE", add = completion::codes("place_relations"))]
    relation: Option<String>,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let Args { words, because, speaker, locator, stance, relation } = args;
    let flags =
        [("speaker", speaker), ("locator", locator), ("stance", stance), ("relation", relation)];
    let narrowed: Vec<(String, String)> =
        flags.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    match words.as_slice() {
        [key] if narrowed.is_empty() => delete_record(file, key, &because),
        [word, named @ ..] => delete_one_part(file, word, named, narrowed, &because),
        [] => Ok(Exit::Done),
    }
}

fn delete_record(file: &Path, key: &str, because: &str) -> Result<Exit> {
    let done = delete::delete(file, key, because, &terminal::context())?;
    let rows: usize = done.rows.iter().map(|(_, number)| number).sum();
    let with = match rows.saturating_sub(1) {
        0 => String::new(),
        parts => format!(", with {} that belonged to it", count(parts, "row")),
    };
    terminal::print_status(&format!("deleted {} {}{with}", done.word, done.key));
    terminal::print_status(&format!("`onrecord undo {}` puts it back", done.operation));
    Ok(Exit::Done)
}

fn delete_one_part(
    file: &Path,
    word: &str,
    named: &[String],
    narrowed: Vec<(String, String)>,
    because: &str,
) -> Result<Exit> {
    let refuse = |what: String, hint: String| Err(Error::Refused { what, hint });
    let Some(kind) = delete_part::kinds().find(|kind| kind.word == word) else {
        let words: Vec<&str> = delete_part::kinds().map(|kind| kind.word).collect();
        return refuse(
            format!("cannot delete {word:?}: it is no kind of part ({})", words.join(", ")),
            "a record goes by its key alone: `onrecord delete KEY --because TEXT`".to_owned(),
        );
    };
    if named.len() != kind.stated_identity().count() {
        return refuse(
            format!("cannot tell which {word}: it is named by {}", delete_part::usage(kind)),
            format!("`onrecord delete {word} {} --because TEXT`", delete_part::usage(kind)),
        );
    }
    if let Some((flag, _)) =
        narrowed.iter().find(|(flag, _)| !kind.identity.contains(&flag.as_str()))
    {
        return refuse(
            format!("cannot tell a {word} by --{flag}: it has none"),
            format!("`onrecord delete {word} {} --because TEXT`", delete_part::usage(kind)),
        );
    }
    let part = delete_part::Part { kind, named: named.to_vec(), narrowed };
    let done = delete_part::delete_part(file, &part, because, &terminal::context())?;
    terminal::print_status(&format!("deleted {}", done.name));
    terminal::print_status(&format!("`onrecord undo {}` puts it back", done.operation));
    Ok(Exit::Done)
}
