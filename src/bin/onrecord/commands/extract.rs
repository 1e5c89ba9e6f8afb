use crate::completion;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::model::SOURCE;
use onrecord::ops::captures::extract;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write a captured copy to a file, after verifying its checksum
///
/// Writes the newest copy of the source into the current folder under its own name; a file that is
/// there is never overwritten.
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
    let copy = extract::extract(file, &args.source, args.name.as_deref())?;
    let target = args.output.unwrap_or_else(|| PathBuf::from(&copy.name));
    if target == Path::new("-") {
        terminal::output(|out| Ok(out.write_all(&copy.bytes)?))?;
        return Ok(Exit::Done);
    }
    let mut out = OpenOptions::new().write(true).create_new(true).open(&target).map_err(
        |error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Refused {
                what: format!("cannot write {}: a file is there already", target.display()),
                hint: "choose another place with --output".to_owned(),
            },
            _ => Error::file("create", &target, &error),
        },
    )?;
    if let Err(error) = out.write_all(&copy.bytes).and_then(|()| out.sync_all()) {
        let _ = std::fs::remove_file(&target);
        return Err(Error::file("write", &target, &error));
    }
    terminal::print_status(&format!("wrote {}", target.display()));
    Ok(Exit::Done)
}
