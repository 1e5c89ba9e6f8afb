use super::{print_detail, print_table};
use crate::args::Output;
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::info;
use std::path::Path;

/// Say what the archive is and how much it holds
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the tables, views and reports and their columns mean: of one, or of all
    ///
    /// The file says the same in its table columns.
    #[arg(long, value_name = "TABLE", num_args = 0..=1, default_missing_value = "")]
    schema: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let cancel = terminal::stop_or_end(None);
    match args.schema {
        Some(table) => {
            let table = Some(table.as_str()).filter(|table| !table.is_empty());
            print_table(&info::describe_schema(file, table, cancel)?, args.output)?;
        }
        None => print_detail(&info::describe_archive(file, cancel)?, args.output)?,
    }
    Ok(Exit::Done)
}
