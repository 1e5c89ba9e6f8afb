use crate::exit::Exit;
use crate::terminal;
use clap_mangen::Man;
use onrecord::error::{Error, Result};
use std::path::PathBuf;

/// Print the manual page, or write a page for every command into a folder
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder for the pages
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// `command` is the command line to describe.
pub fn run(args: Args, command: clap::Command) -> Result<Exit> {
    match args.folder {
        Some(folder) => std::fs::create_dir_all(&folder)
            .and_then(|()| clap_mangen::generate_to(command, &folder))
            .map_err(|error| Error::file("write the pages into", &folder, &error))?,
        None => terminal::output(|out| Ok(Man::new(command).render(out)?))?,
    }
    Ok(Exit::Done)
}
