//! The command line as a whole, and the dispatch to the commands. Each command's arguments and help
//! are in its own file.

use crate::commands::{
    add, assess, attach, backup, check, completions, datasette, delete, export, extract, import,
    info, init, log, man, merge, merge_records, publish, push, recover, refresh, rename, report,
    schema, search, seed, show, similar, sql, suggest, template, undo, withdraw,
};
use crate::completion::{VARIABLE, shells::SHELLS};
use crate::exit::Exit;
use crate::{pager, place};
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::CompleteEnv;
use onrecord::error::Result;
use onrecord::model::ServerAddress;
use std::path::PathBuf;

/// Keep who said what, where, when and how many, and what was checked, in one SQLite file
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100, after_help = AFTER)]
pub struct Cli {
    /// The archive, or for `report` and `sql` the address of a record on a PostgreSQL server
    ///
    /// postgres://USER@HOST/DATABASE, without a password: docs/scale.md says where that belongs.
    #[arg(
        long,
        short,
        global = true,
        env = "ONRECORD_FILE",
        default_value = "onrecord.db",
        value_name = "PATH"
    )]
    file: PathBuf,

    /// Do not send long output through a pager
    #[arg(long, global = true)]
    no_pager: bool,

    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
Exit codes: 0 done; 1 done, and something was found; 2 wrong command line; 3 could not be done.
The archive is an ordinary SQLite file: open it in any SQLite tool. Its rules hold there too.";

#[derive(Debug, Subcommand)]
enum Command {
    Seed(seed::Args),
    Init(init::Args),
    Import(import::Args),
    Add(add::Args),
    Assess(assess::Args),
    Suggest(suggest::Args),
    Withdraw(withdraw::Args),
    Rename(rename::Args),
    Log(log::Args),
    Undo(undo::Args),
    Refresh(refresh::Args),
    Similar(similar::Args),
    Delete(delete::Args),
    /// Make one source of two that are the same
    ///
    /// All that refers to FROM refers to INTO, which takes over the fields that it does not state.
    /// The key of FROM goes on reaching INTO. `onrecord undo` takes it back.
    MergeSources(merge_records::Args),
    /// Make one place of two that are the same
    ///
    /// All that refers to FROM refers to INTO, which takes over the fields that it does not state.
    /// The key of FROM goes on reaching INTO. `onrecord undo` takes it back.
    MergePlaces(merge_records::Args),
    /// Make one measure of two that count the same
    ///
    /// All figures of FROM become figures of INTO. Measures that differ in dimension, unit, growth or
    /// scope are refused. The key of FROM goes on reaching INTO. `onrecord undo` takes it back.
    MergeMeasures(merge_records::Args),
    /// Make one claim of two that say the same
    ///
    /// INTO gets the mentions, places, links, figures and verdicts of FROM, and the fields that it
    /// does not state; the latest verdict holds. The key of FROM goes on reaching INTO. `onrecord
    /// undo` takes it back.
    MergeClaims(merge_records::Args),
    Attach(attach::Args),
    Extract(extract::Args),
    Show(show::Args),
    Search(search::Args),
    Report(report::Args),
    Sql(sql::Args),
    Check(check::Args),
    Export(export::Args),
    Template(template::Args),
    Publish(publish::Args),
    Merge(merge::Args),
    Push(push::Args),
    Backup(backup::Args),
    Recover(recover::Args),
    Datasette(datasette::Args),
    Schema(schema::Args),
    Info(info::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Answers a shell that asks for candidates; returns `None` for any other run. A failure is not worded: it
/// would land in the middle of a command line.
pub fn complete() -> Option<Exit> {
    let folder = std::env::current_dir().ok();
    let environment = CompleteEnv::with_factory(Cli::command).var(VARIABLE).shells(SHELLS);
    match environment.try_complete(std::env::args_os(), folder.as_deref()) {
        Ok(false) => None,
        Ok(true) => Some(Exit::Done),
        Err(_) => Some(Exit::Failed),
    }
}

/// Runs the command that the command line names.
pub fn run(cli: Cli) -> Result<Exit> {
    let file = cli.file.as_path();
    if cli.no_pager {
        pager::leave_out();
    }
    if let Some(address) = place::server(file)? {
        return run_on_server(&address, cli.command);
    }
    match cli.command {
        Command::Seed(args) => seed::run(file, args),
        Command::Init(args) => init::run(file, args),
        Command::Import(args) => import::run(file, args),
        Command::Add(args) => add::run(file, args),
        Command::Assess(args) => assess::run(file, args),
        Command::Suggest(args) => suggest::run(file, args),
        Command::Withdraw(args) => withdraw::run(file, args),
        Command::Rename(args) => rename::run(file, args),
        Command::Log(args) => log::run(file, args),
        Command::Undo(args) => undo::run(file, args),
        Command::Refresh(args) => refresh::run(file, args),
        Command::Similar(args) => similar::run(file, args),
        Command::Delete(args) => delete::run(file, args),
        Command::MergeSources(args) => merge_records::merge_sources(file, args),
        Command::MergePlaces(args) => merge_records::merge_places(file, args),
        Command::MergeMeasures(args) => merge_records::merge_measures(file, args),
        Command::MergeClaims(args) => merge_records::merge_claims(file, args),
        Command::Attach(args) => attach::run(file, args),
        Command::Extract(args) => extract::run(file, args),
        Command::Show(args) => show::run(file, args),
        Command::Search(args) => search::run(file, args),
        Command::Report(args) => report::run(file.into(), args, Cli::command()),
        Command::Sql(args) => sql::run(file.into(), args),
        Command::Check(args) => check::run(file, args),
        Command::Export(args) => export::run(file, args),
        Command::Template(args) => template::run(file, args),
        Command::Publish(args) => publish::run(file, args),
        Command::Merge(args) => merge::run(file, args),
        Command::Push(args) => push::run(file, args),
        Command::Backup(args) => backup::run(file, args),
        Command::Recover(args) => recover::run(args),
        Command::Datasette(args) => datasette::run(file, args),
        Command::Schema(args) => schema::run(file, args),
        Command::Info(args) => info::run(file, args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args, Cli::command()),
    }
}

/// Runs a command on the record at a server: those that only read it, and those that need no record.
fn run_on_server(address: &ServerAddress, command: Command) -> Result<Exit> {
    match command {
        Command::Report(args) => report::run(address.into(), args, Cli::command()),
        Command::Sql(args) => sql::run(address.into(), args),
        Command::Recover(args) => recover::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args, Cli::command()),
        _ => Err(place::needs_file("run this command", address)),
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
