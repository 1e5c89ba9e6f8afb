use crate::args::Cli;
use crate::exit::Exit;
use crate::terminal;
use clap::CommandFactory;
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

pub fn run(args: Args) -> Result<Exit> {
    match args.folder {
        Some(folder) => std::fs::create_dir_all(&folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), &folder))
            .map_err(|error| Error::file("write the pages into", &folder, &error))?,
        None => terminal::output(|out| Ok(Man::new(Cli::command()).render(out)?))?,
    }
    Ok(Exit::Done)
}
