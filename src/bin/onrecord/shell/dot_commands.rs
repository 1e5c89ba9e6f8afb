//! The commands of the shell that begin with a dot.

use super::session::Session;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::model::{did_you_mean, quoted};
use onrecord::ops::archive::info;
use onrecord::ops::report;
use onrecord::render::Format;

/// Each command, its argument and its effect.
pub const COMMANDS: [(&str, &str, &str); 9] = [
    (".format", "FORMAT", "table, csv, tsv, json, ndjson, markdown or html from now on"),
    (".help", "", "this list"),
    (".quit", "", "leave, as Ctrl-D does"),
    (".report", "NAME [COL=VALUE …]", "run a report; as a view it is report_NAME, with _ for -"),
    (".reports", "", "the reports and what they ask"),
    (".schema", "[NAME]", "what a table, view or report and its columns mean, or all of them"),
    (".tables", "", "the tables and views"),
    (".timing", "[on|off]", "say how many rows there are and how long they take"),
    (".wide", "[on|off]", "all columns of a report, and each row on one line"),
];

/// The shell's next step after a command.
pub enum Next {
    Continue,
    Leave,
}

/// Returns the command for a word that other shells understand without a dot.
pub fn without_dot(line: &str) -> Option<&'static str> {
    let word = line.trim().trim_end_matches(';').trim_end().to_ascii_lowercase();
    match word.as_str() {
        "help" | "?" | "\\?" | "\\h" => Some(".help"),
        "quit" | "exit" | "\\q" => Some(".quit"),
        _ => None,
    }
}

/// Runs a line that begins with a dot, or a word that stands for one.
pub fn run(session: &mut Session<'_>, line: &str) -> Result<Next> {
    let line = without_dot(line).unwrap_or(line.trim_end_matches([';', ' ']));
    let (command, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let given = Some(rest.trim()).filter(|rest| !rest.is_empty());
    let needs = |what: &str| Error::Refused {
        what: format!("{command} needs {what}"),
        hint: format!("write {command} and {what} on one line"),
    };
    match (command, given) {
        (".quit" | ".exit", _) => return Ok(Next::Leave),
        (".help", _) => print_help(),
        (".reports", _) => session.show_table(|cancel| report::list(session.file, cancel))?,
        (".report", None) => return Err(needs("the NAME of a report")),
        (".report", Some(asked)) => {
            let mut words = shlex::split(asked).ok_or_else(|| Error::Refused {
                what: format!("a quotation mark in {asked:?} is not closed"),
                hint: "write .report NAME 'COL=VALUE WITH BLANKS'".to_owned(),
            })?;
            let name = words.remove(0);
            session.report(&name, words)?;
        }
        (".wide", given) => session.wide = switch(command, given, session.wide)?,
        (".timing", given) => session.timing = switch(command, given, session.timing)?,
        (".tables", _) => session.show_table(|cancel| {
            let mut all = info::describe_schema(session.file, None, cancel)?;
            all.rows.retain(|row| row[1].as_text() == Some(""));
            all.columns.remove(1);
            all.rows.iter_mut().for_each(|row| drop(row.remove(1)));
            Ok(all)
        })?,
        (".schema", name) => {
            session.show_table(|cancel| info::describe_schema(session.file, name, cancel))?
        }
        (".format", given) => {
            let known = || Format::WORDS.iter().map(|(word, _)| *word);
            let word = given.ok_or_else(|| needs("the name of a FORMAT"))?;
            let found = Format::WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
            session.format = found.map(|(_, format)| *format).ok_or_else(|| Error::NotFound {
                what: "format".to_owned(),
                name: word.to_owned(),
                near: did_you_mean(word, known()),
                hint: format!("there are {}", known().collect::<Vec<_>>().join(", ")),
            })?;
        }
        _ => {
            let near = did_you_mean(command, COMMANDS.iter().map(|(name, ..)| *name));
            return Err(Error::Refused {
                what: format!("no command {}{near}", quoted(command)),
                hint: ".help lists them; SQL begins without a dot".to_owned(),
            });
        }
    }
    Ok(Next::Continue)
}

/// Reads the position of a switch; without one it is turned round, and the new position is told.
fn switch(command: &str, given: Option<&str>, is_on: bool) -> Result<bool> {
    match given {
        Some("on") => Ok(true),
        Some("off") => Ok(false),
        None => {
            terminal::print_status(if is_on { "off" } else { "on" });
            Ok(!is_on)
        }
        Some(other) => Err(Error::Refused {
            what: format!("{command} is on or off, not {}", quoted(other)),
            hint: format!("write {command} on, or {command} off"),
        }),
    }
}

fn print_help() {
    for (name, takes, does) in COMMANDS {
        terminal::print_status(&format!("{:<28}{does}", format!("{name} {takes}")));
    }
    terminal::print_status(
        "Anything else is SQL: it may run over lines, ends with ; and only reads. Tab completes\n\
         words, the arrows go through what was typed before, Ctrl-C stops a query or drops a line.",
    );
}
