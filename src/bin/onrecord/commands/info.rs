use crate::args::Output;
use crate::exit::Exit;
use crate::output::{print_detail, print_table};
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::info;
use std::path::Path;

/// Describe the archive and count its records
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Describe the tables, views and reports and their columns: one, or all
    ///
    /// The table `columns` in the file holds the same descriptions.
    #[arg(long, value_name = "TABLE", num_args = 0..=1, default_missing_value = "")]
    schema: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let cancel = terminal::cancel_or_exit(None);
    match args.schema {
        Some(table) => {
            let table = Some(table.as_str()).filter(|table| !table.is_empty());
            print_table(&info::describe_schema(file, table, cancel)?, args.output)?;
        }
        None => print_detail(&info::describe_archive(file, cancel)?, args.output)?,
    }
    Ok(Exit::Done)
}
