use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::backup;
use std::path::{Path, PathBuf};

/// Copy the archive to another file, safely while it is in use
///
/// The copy is the archive as it is at one moment, history and captured copies included, whatever
/// other programs write meanwhile; copying the file in other ways may catch it half-written. It is
/// looked over for damage and appears under its name when it is complete. Its SHA-256 is printed, by
/// which it can be known again (`sha256sum OUT`).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write
    out: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let bar = terminal::Bar::counting("copying", "pages");
    let done = backup::backup(file, &args.out, args.force, &bar.progress(), terminal::cancel(None));
    bar.clear();
    let done = done?;
    let (name, megabytes) = (args.out.display(), done.bytes as f64 / 1e6);
    terminal::say(&format!("wrote {name}: {megabytes:.1} MB\nsha256 {}", done.sha256));
    Ok(Exit::Done)
}
