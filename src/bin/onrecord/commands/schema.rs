use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::ops::export::json_schema;
use std::path::Path;

/// Print the JSON Schema of documents, for editors and programs
///
/// The words of the code lists are those of the archive, or of a new one where there is none. A
/// document may name its schema under "$schema".
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(file: &Path, Args {}: Args) -> Result<Exit> {
    let text = json_schema::build_schema(file, &terminal::context())?;
    terminal::output(|out| out.write_all(text.as_bytes()).map_err(Error::Output))?;
    Ok(Exit::Done)
}
