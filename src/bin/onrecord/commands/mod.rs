//! One file per command: its arguments, whose comments are its help, and the call of its deed.

pub mod add;
pub mod assess;
pub mod attach;
pub mod backup;
pub mod check;
pub mod completions;
pub mod datasette;
pub mod export;
pub mod extract;
pub mod import;
pub mod info;
pub mod init;
pub mod man;
pub mod merge;
pub mod merge_claims;
pub mod publish;
pub mod report;
pub mod schema;
pub mod search;
pub mod seed;
pub mod show;
pub mod similar;
pub mod sql;
pub mod suggest;
pub mod withdraw;

use crate::args::{Cli, Command, Output};
use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::model::{DetailView, Table};
use onrecord::ops::Tally;
use onrecord::ops::similar::SimilarClaim;
use onrecord::render;
use std::path::Path;

/// Runs the command that was asked for.
pub fn run(cli: Cli) -> Result<Exit> {
    let file = cli.file.as_path();
    match cli.command {
        Command::Seed(args) => seed::run(file, args),
        Command::Init(args) => init::run(file, args),
        Command::Import(args) => import::run(file, args),
        Command::Add(args) => add::run(file, args),
        Command::Assess(args) => assess::run(file, args),
        Command::Suggest(args) => suggest::run(file, args),
        Command::Withdraw(args) => withdraw::run(file, args),
        Command::Similar(args) => similar::run(file, args),
        Command::MergeClaims(args) => merge_claims::run(file, args),
        Command::Attach(args) => attach::run(file, args),
        Command::Extract(args) => extract::run(file, args),
        Command::Show(args) => show::run(file, args),
        Command::Search(args) => search::run(file, args),
        Command::Report(args) => report::run(file, args),
        Command::Sql(args) => sql::run(file, args),
        Command::Check(args) => check::run(file, args),
        Command::Export(args) => export::run(file, args),
        Command::Publish(args) => publish::run(file, args),
        Command::Merge(args) => merge::run(file, args),
        Command::Backup(args) => backup::run(file, args),
        Command::Datasette(args) => datasette::run(file, args),
        Command::Schema(args) => schema::run(file, args),
        Command::Info(args) => info::run(file, args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}

/// Writes a table to standard output.
fn print_table(table: &Table, output: Output) -> Result<()> {
    terminal::output(|out| {
        Ok(table.send(&mut *render::row_sink(output.format, terminal::style(), out))?)
    })
}

/// Writes a sheet to standard output.
fn print_detail(sheet: &DetailView, output: Output) -> Result<()> {
    terminal::output(|out| Ok(render::write_detail(sheet, output.format, terminal::style(), out)?))
}

/// Says what happened to the rows of each table.
fn report_tallies(tallies: &[Tally]) {
    if tallies.is_empty() {
        terminal::say("nothing to do: the documents hold no records");
    }
    for tally in tallies {
        let parts = [
            (tally.new, "new"),
            (tally.updated, "updated"),
            (tally.unchanged, "unchanged"),
            (tally.rejected, "rejected"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        terminal::say(&format!("{}: {}", tally.table.replace('_', " "), parts.join(", ")));
    }
}

/// Says which new claims probably repeat one that was there.
fn report_similar(alike: &[SimilarClaim]) {
    for one in alike {
        let SimilarClaim { new, key, text, likeness, .. } = one;
        terminal::say(&format!(
            "{new} may repeat {key} ({:.0} % alike): {text:?}; if so: onrecord merge-claims {new} {key} --because TEXT",
            likeness * 100.0
        ));
    }
}

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        return std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .map(|_| bytes)
            .map_err(|error| Error::file("read", Path::new("standard input"), &error));
    }
    std::fs::read(path).map_err(|error| Error::file("read", path, &error))
}
