use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::ops::export::datasette;
use std::path::{Path, PathBuf};

/// Write Datasette metadata for the archive: titles, descriptions, labels, and the reports
///
/// A metadata file for `datasette -i onrecord.db --metadata OUT`. Datasette 1.0, of which there are alphas, wants
/// it as its configuration too: add `--config OUT`. Every report becomes a query of its own. Write it again
/// when reports or the name of the archive's file have changed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write, such as metadata.json [default: standard output]
    out: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "out")]
    force: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    match args.out.as_deref().filter(|out| *out != Path::new("-")) {
        Some(out) => {
            datasette::write(file, out, args.force, terminal::cancel_token(None))?;
            terminal::print_status(&format!("wrote {}", out.display()));
        }
        None => {
            let text = datasette::build_metadata(file, terminal::cancel_or_exit(None))?;
            terminal::output(|out| out.write_all(text.as_bytes()).map_err(Error::Output))?;
        }
    }
    Ok(Exit::Done)
}
