use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::init::{self, NewNames};
use std::io::IsTerminal;
use std::path::Path;

/// Make an empty archive
///
/// The name is that of --file. A file that is there already is never touched.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The archive's title
    #[arg(long)]
    title: Option<String>,
    /// The name of your desk, whose verdicts are the archive's own
    #[arg(long, value_name = "NAME")]
    desk_name: Option<String>,
}

/// The commands that people run next, for a terminal.
const NEXT: &str = "next:
  onrecord add claim \"Six people were injured\" --kind event --happened 2024-03-04 --new-source \"Morning news=article\" \\
    --verdict reported --because \"One newspaper.\"
  onrecord import claims.csv
  onrecord publish page.html";

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let names = NewNames { title: args.title.as_deref(), desk: args.desk_name.as_deref() };
    init::init(file, names, &terminal::context())?;
    terminal::print_status(&format!("created {}", file.display()));
    if std::io::stderr().is_terminal() {
        terminal::print_status_lines(NEXT);
    }
    Ok(Exit::Done)
}
