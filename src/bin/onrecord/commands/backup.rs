use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::backup;
use std::path::{Path, PathBuf};

/// Copy the archive to another file, safely while it is in use
///
/// The copy holds one consistent state, history and captured copies included, even while other
/// programs write; a plain file copy may catch the archive half-written. The copy is checked for
/// damage and appears under its name when it is complete. Its SHA-256 checksum is printed
/// (`sha256sum OUT` gives the same).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write
    out: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
    /// Copy a damaged archive as it is, before you try to mend it
    #[arg(long)]
    as_is: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let bar = terminal::Bar::of_units("copying", "pages");
    let cancel = terminal::cancel_token(None);
    let done = backup::backup(file, &args.out, args.force, args.as_is, &bar.progress(), cancel);
    bar.clear();
    let done = done?;
    let (name, megabytes) = (args.out.display(), done.bytes as f64 / 1e6);
    terminal::print_status(&format!("wrote {name}: {megabytes:.1} MB\nsha256 {}", done.sha256));
    Ok(Exit::Done)
}
