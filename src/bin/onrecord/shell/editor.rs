//! The prompt: line editing, completion, and a history that outlives the shell.

use super::dot_commands::COMMANDS;
use onrecord::error::{Error, Result};
use onrecord::ops::query::completion::{SchemaNames, complete, has_prefix};
use onrecord::render::Format;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Helper};
use std::io;
use std::path::{Path, PathBuf};

/// The number of statements kept in the history.
const HISTORY_SIZE: usize = 1000;

/// The user's action at the prompt.
pub enum Typed {
    /// A line.
    Line(String),
    /// Ctrl-C: the statement is dropped.
    Cleared,
    /// Ctrl-D, or the terminal was closed.
    End,
}

/// The prompt and its history.
pub struct Editor {
    line: rustyline::Editor<Words, FileHistory>,
    /// The history file; `None` when there is no place for it.
    history: Option<PathBuf>,
}

impl Editor {
    /// Creates a prompt that completes these names.
    pub fn new(names: SchemaNames) -> Result<Self> {
        let failed = |error| terminal_fault(error, "use");
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .max_history_size(HISTORY_SIZE)
            .and_then(|builder| builder.history_ignore_dups(true))
            .map_err(failed)?
            .build();
        let mut line = rustyline::Editor::with_config(config).map_err(failed)?;
        line.set_helper(Some(Words { names, before: String::new() }));
        let history = history_file();
        if let Some(path) = &history {
            // Without a readable history file the shell starts with an empty history.
            let _ = line.load_history(path);
        }
        Ok(Editor { line, history })
    }

    /// Reads a line; `before` holds the earlier lines of the same statement.
    pub fn read(&mut self, before: &str) -> Result<Typed> {
        if let Some(words) = self.line.helper_mut() {
            before.clone_into(&mut words.before);
        }
        let prompt = if before.is_empty() { "onrecord> " } else { "     ...> " };
        match self.line.readline(prompt) {
            Ok(line) => Ok(Typed::Line(line)),
            Err(ReadlineError::Interrupted) => Ok(Typed::Cleared),
            Err(ReadlineError::Eof) => Ok(Typed::End),
            Err(ReadlineError::Signal(_)) => Ok(Typed::Line(String::new())),
            Err(error) => Err(terminal_fault(error, "read")),
        }
    }

    /// Appends a statement or command to the history and its file.
    pub fn remember(&mut self, text: &str) {
        // A history that cannot be written does not end the shell.
        let added = self.line.add_history_entry(text).unwrap_or(false);
        if let (true, Some(path)) = (added, &self.history) {
            let _ = self.line.append_history(path);
        }
    }
}

fn terminal_fault(error: ReadlineError, doing: &'static str) -> Error {
    let error = match error {
        ReadlineError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    };
    Error::file(doing, Path::new("the terminal"), &error)
}

/// The history file, `onrecord/history` in the user's XDG state folder, which is created.
fn history_file() -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute())
    };
    let state =
        folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")));
    let own = state?.join("onrecord");
    std::fs::create_dir_all(&own).ok()?;
    Some(own.join("history"))
}

/// Completes SQL and the commands that begin with a dot.
struct Words {
    names: SchemaNames,
    /// The earlier lines of the statement.
    before: String,
}

impl Completer for Words {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let line = &line[..pos];
        if !self.before.is_empty() || !line.starts_with('.') {
            return Ok(complete(&self.names, &self.before, line));
        }
        let Some((command, word)) = line.split_once(' ') else {
            let known = COMMANDS.iter().map(|(name, ..)| *name);
            return Ok((
                0,
                known.filter(|name| has_prefix(name, line)).map(str::to_owned).collect(),
            ));
        };
        let known: Vec<&str> = match command {
            ".report" if word.contains(' ') => return Ok(self.complete_condition(line)),
            ".report" => self.names.reports.iter().map(String::as_str).collect(),
            ".schema" => self.names.tables.iter().map(|(name, _)| name.as_str()).collect(),
            ".wide" | ".timing" => vec!["on", "off"],
            ".format" => Format::WORDS.iter().map(|(word, _)| *word).collect(),
            _ => Vec::new(),
        };
        // The names come from the archive: one with control characters is not offered.
        let is_candidate =
            |name: &&str| has_prefix(name, word) && !name.contains(|c: char| !c.is_ascii_graphic());
        let found = known.into_iter().filter(is_candidate).map(str::to_owned).collect();
        Ok((command.len() + 1, found))
    }
}

impl Words {
    /// Completes the column at the beginning of a condition of `.report`.
    fn complete_condition(&self, line: &str) -> (usize, Vec<String>) {
        let start = line.rfind(' ').map_or(0, |at| at + 1);
        let name = line.split_whitespace().nth(1).unwrap_or_default().replace('-', "_");
        let columns = self.names.columns_of(&format!("report_{name}")).unwrap_or_default();
        let found = columns.iter().filter(|column| has_prefix(column, &line[start..]));
        let found = found.filter(|name| name.chars().all(|c| c.is_ascii_graphic()));
        (start, found.map(|name| format!("{name}=")).collect())
    }
}

impl Hinter for Words {
    type Hint = String;
}

impl Highlighter for Words {}
impl Validator for Words {}
impl Helper for Words {}
