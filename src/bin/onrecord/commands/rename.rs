use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::edit::rename;
use std::path::Path;

/// Give a record another key
///
/// The old key goes on reaching the record: in documents, tables, links, commands and conditions. No
/// other record may take it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key; KIND:KEY where records of several kinds have it
    #[arg(add = completion::all_keys())]
    old: String,
    /// The new key
    new: String,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let because = args.because.as_deref();
    let (word, old) = rename::rename(file, &args.old, &args.new, because, &terminal::context())?;
    terminal::print_status(&format!("{word} {old} is now {}; {old} goes on reaching it", args.new));
    Ok(Exit::Done)
}
