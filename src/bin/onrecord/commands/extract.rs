use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::model::SOURCE;
use onrecord::ops::captures::extract;
use std::path::{Path, PathBuf};

/// Write a captured copy to a file, after verifying its checksum
///
/// Writes the newest copy of the source into the current folder under its own name; a file that is
/// there is never overwritten. The parts of a large copy are joined.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Key of the source
    #[arg(add = completion::keys([&SOURCE]))]
    source: String,
    /// The copy's name, when the source has several
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The file to write, or - for standard output [default: its own name]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let copy =
        extract::find(file, &args.source, args.name.as_deref(), terminal::cancel_token(None))?;
    let target = args.output.unwrap_or_else(|| PathBuf::from(&copy.name));
    if target == Path::new("-") {
        terminal::output(|out| copy.write_to_stream(out))?;
        return Ok(Exit::Done);
    }
    if target.symlink_metadata().is_ok() {
        return Err(Error::Refused {
            what: format!("cannot write {}: a file is there already", target.display()),
            hint: "choose another place with --output".to_owned(),
        });
    }
    copy.write_to_file(&target)?;
    terminal::print_status(&format!("wrote {}", target.display()));
    Ok(Exit::Done)
}
