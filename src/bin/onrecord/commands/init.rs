use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::init;
use std::path::Path;

/// Make an empty archive
///
/// The name is that of --file. A file that is there already is never touched.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The archive's title
    #[arg(long)]
    title: Option<String>,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    init::init(file, args.title.as_deref(), &terminal::context())?;
    terminal::print_status(&format!("created {}", file.display()));
    Ok(Exit::Done)
}
