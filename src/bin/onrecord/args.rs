//! The command line as a whole. Each command's own part, and its help, is in its file.

use crate::commands::{
    add, assess, attach, backup, check, completions, datasette, export, extract, import, info,
    init, man, merge, merge_claims, publish, report, schema, search, seed, show, similar, sql,
    suggest, withdraw,
};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
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
    Suggest(suggest::Args),
    Withdraw(withdraw::Args),
    Similar(similar::Args),
    MergeClaims(merge_claims::Args),
    Attach(attach::Args),
    Extract(extract::Args),
    Show(show::Args),
    Search(search::Args),
    Report(report::Args),
    Sql(sql::Args),
    Check(check::Args),
    Export(export::Args),
    Publish(publish::Args),
    Merge(merge::Args),
    Backup(backup::Args),
    Datasette(datasette::Args),
    Schema(schema::Args),
    Info(info::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Reads one of the words that the library lists for something.
pub fn words<T: Copy + Send + Sync + 'static>(
    list: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(list.iter().map(|(word, _)| *word)).try_map(move |given| {
        let found = list.iter().find(|(word, _)| word.eq_ignore_ascii_case(&given));
        found.map(|(_, value)| *value).ok_or("not one of these")
    })
}

/// Wherever rows come out.
#[derive(Clone, Copy, Debug, Args)]
pub struct Output {
    /// The form of the output: table, csv, tsv, json, ndjson, markdown or html
    #[arg(
        long,
        value_parser = words(&Format::WORDS),
        ignore_case = true,
        default_value = "table",
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    pub format: Format,
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
