//! The command line as a whole. Each command's own part, and its help, is in its file.

use crate::commands::{
    add, assess, attach, check, completions, export, extract, import, info, init, man, report,
    search, seed, show, sql,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use onrecord::render::Format;
use std::path::PathBuf;

/// Keep who said what, where, when and how many, and what was checked, in one SQLite file
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100, after_help = AFTER)]
pub struct Cli {
    /// The archive
    #[arg(
        long,
        short,
        global = true,
        env = "ONRECORD_FILE",
        default_value = "onrecord.db",
        value_name = "PATH"
    )]
    pub file: PathBuf,

    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "\
Exit codes: 0 done; 1 done, and something was found; 2 wrong command line; 3 could not be done.
The archive is an ordinary SQLite file: open it in any SQLite tool. Its rules hold there too.";

#[derive(Debug, Subcommand)]
pub enum Command {
    Seed(seed::Args),
    Init(init::Args),
    Import(import::Args),
    Add(add::Args),
    Assess(assess::Args),
    Attach(attach::Args),
    Extract(extract::Args),
    Show(show::Args),
    Search(search::Args),
    Report(report::Args),
    Sql(sql::Args),
    Check(check::Args),
    Export(export::Args),
    Info(info::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The form of the output
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum FormatName {
    /// Columns for people
    #[default]
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// An array of objects
    Json,
    /// An object on each line
    Ndjson,
    /// A Markdown table
    Markdown,
    /// An HTML table
    Html,
}

/// Wherever rows come out.
#[derive(Clone, Copy, Debug, Args)]
pub struct Output {
    /// The form of the output
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true,
        help = "The form of the output: table, csv, tsv, json, ndjson, markdown or html"
    )]
    pub format: FormatName,
}

impl Output {
    /// The form in the library's terms.
    pub fn format(self) -> Format {
        match self.format {
            FormatName::Table => Format::Table,
            FormatName::Csv => Format::Csv,
            FormatName::Tsv => Format::Tsv,
            FormatName::Json => Format::Json,
            FormatName::Ndjson => Format::Ndjson,
            FormatName::Markdown => Format::Markdown,
            FormatName::Html => Format::Html,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn clap_finds_nothing_wrong() {
        Cli::command().debug_assert();
    }
}
