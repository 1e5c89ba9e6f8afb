//! Tab completion: the candidates for each argument, which come from the archive that the command line
//! names.
//!
//! The script of a shell runs the program with [`VARIABLE`] set and the words of the command line as
//! arguments. Candidates go to standard output. Where there is no archive, or it cannot be read, there
//! are none, and nothing is said.

pub mod shells;
mod words;

use clap::{ArgMatches, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, ValueCompleter};
use onrecord::error::Result;
use onrecord::model::{CancelToken, Field, Kind, Type, kind_of_table};
use onrecord::ops::query::candidates::{self, Candidate};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The environment variable by which a shell asks for candidates; its value is the shell.
pub const VARIABLE: &str = "ONRECORD_COMPLETE";

/// The longest time in which candidates are looked for.
const MAX_TIME: Duration = Duration::from_millis(800);

/// The command line that is completed, as far as it can be understood.
static LINE: OnceLock<ArgMatches> = OnceLock::new();

/// Reads the command line that is completed: the same arguments as those of a run, but nothing is needed,
/// and every value is taken. The word at `current` does not count.
pub fn read_line(command: Command, words: &[OsString], current: usize) {
    let mut words: Vec<OsString> = words.to_vec();
    if let Some(word) = words.get_mut(current) {
        // A word for an option that waits for its value.
        *word = "x".into();
    }
    let lenient = lenient(command).ignore_errors(true);
    if let Ok(line) = lenient.try_get_matches_from(words) {
        let _ = LINE.set(line);
    }
}

fn lenient(command: Command) -> Command {
    let command = command.mut_args(|arg| match arg.get_id().as_str() {
        "file" => arg,
        _ if arg.get_action().takes_values() => arg.value_parser(clap::value_parser!(OsString)),
        _ => arg,
    });
    command.mut_subcommands(lenient)
}

/// The archive that the command line names, by the rule that a run follows.
fn archive() -> Option<PathBuf> {
    let file = LINE.get()?.get_one::<PathBuf>("file")?;
    // A shell hands words over as they were typed.
    match (file.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => Some(home.join(rest)),
        _ => Some(file.clone()),
    }
}

/// The value of an argument of the command that is completed.
fn argument(id: &str) -> Option<String> {
    let (_, line) = LINE.get()?.subcommand()?;
    let value = line.try_get_one::<OsString>(id).ok()??;
    value.to_str().map(str::to_owned)
}

/// Looks for candidates in the archive.
fn look<F>(find: F) -> Vec<Candidate>
where
    F: FnOnce(&Path, CancelToken) -> Result<Vec<Candidate>>,
{
    let end = Instant::now() + MAX_TIME;
    let cancel = CancelToken::new(move || (Instant::now() > end).then_some("it took too long"));
    archive().and_then(|archive| find(&archive, cancel).ok()).unwrap_or_default()
}

fn completer(find: impl Fn(&str) -> Vec<Candidate> + Send + Sync + 'static) -> ArgValueCompleter {
    ArgValueCompleter::new(move |word: &OsStr| {
        let found = word.to_str().map(&find).unwrap_or_default();
        found.into_iter().map(shown).collect()
    })
}

fn shown(Candidate { value, about }: Candidate) -> CompletionCandidate {
    CompletionCandidate::new(value).help(about.map(Into::into))
}

/// Completes the part of a word behind a sign; the part before it stays. Where the word has no such sign,
/// `before` finds the candidates.
fn two_parts(
    sign: char,
    before: impl Fn(&str) -> Vec<Candidate> + Send + Sync + 'static,
    behind: impl Fn(&str, &str) -> Vec<Candidate> + Send + Sync + 'static,
) -> ArgValueCompleter {
    completer(move |word| match word.rsplit_once(sign) {
        None => {
            let mut found = before(word);
            found.iter_mut().for_each(|candidate| candidate.value.push(sign));
            found
        }
        Some((head, word)) => {
            let mut found = behind(head, word);
            for candidate in &mut found {
                candidate.value = format!("{head}{sign}{}", candidate.value);
            }
            found
        }
    })
}

fn find_keys(kinds: &[&'static Kind], word: &str) -> Vec<Candidate> {
    look(|archive, cancel| candidates::keys(archive, kinds, word, cancel))
}

fn find_codes(table: &str, word: &str) -> Vec<Candidate> {
    look(|archive, cancel| candidates::codes(archive, table, word, cancel))
}

fn find_checks(doubts: bool, word: &str) -> Vec<Candidate> {
    look(|archive, cancel| candidates::checks(archive, doubts, word, cancel))
}

fn find_columns(report: &str, word: &str) -> Vec<Candidate> {
    look(|archive, cancel| candidates::columns(archive, report, word, cancel))
}

/// Completes the key of a record of one of these kinds.
pub fn keys(kinds: impl IntoIterator<Item = &'static Kind>) -> ArgValueCompleter {
    let kinds: Vec<&'static Kind> = kinds.into_iter().collect();
    completer(move |word| find_keys(&kinds, word))
}

/// Completes the key of any record that has one.
pub fn all_keys() -> ArgValueCompleter {
    keys(candidates::keyed_kinds())
}

/// Completes the key of a record of the kind that the command is for.
pub fn keys_of_command(kind: fn(&str) -> Option<&'static Kind>) -> ArgValueCompleter {
    completer(move |word| {
        let kind = LINE.get().and_then(ArgMatches::subcommand_name).and_then(kind);
        kind.map(|kind| find_keys(&[kind], word)).unwrap_or_default()
    })
}

/// Completes the value of a field of a record: the key of its own or of another record, or a code.
pub fn field(kind: &'static Kind, field: &'static Field) -> ArgValueCompleter {
    completer(move |word| match field.ty {
        Type::Key => find_keys(&[kind], word),
        Type::Ref(table) => match kind_of_table(table) {
            Some(kind) => find_keys(&[kind], word),
            None => Vec::new(),
        },
        Type::Code(table) | Type::CodeNumber(table) => find_codes(table, word),
        _ => Vec::new(),
    })
}

/// Completes a code of a code list.
pub fn codes(table: &'static str) -> ArgValueCompleter {
    completer(move |word| find_codes(table, word))
}

/// Completes the name of a report; with `own`, of one of the user's own.
pub fn reports(own: bool) -> ArgValueCompleter {
    completer(move |word| look(|archive, cancel| candidates::reports(archive, own, word, cancel)))
}

/// Completes a column of the report that the command line names, or of `report`.
pub fn columns(report: Option<&'static str>) -> ArgValueCompleter {
    completer(move |word| find_columns(&report_or_named(report), word))
}

/// Completes the column of a condition, such as `status=`.
pub fn conditions(report: Option<&'static str>) -> ArgValueCompleter {
    two_parts('=', move |word| find_columns(&report_or_named(report), word), |_, _| Vec::new())
}

fn report_or_named(report: Option<&str>) -> String {
    report.map(str::to_owned).or_else(|| argument("name")).unwrap_or_default()
}

/// Completes the name of a check.
pub fn checks() -> ArgValueCompleter {
    completer(|word| find_checks(false, word))
}

/// Completes two values: a check that raises doubts, and the key of a record.
pub fn doubt_and_key() -> ArgValueCompleter {
    struct DoubtAndKey;
    impl ValueCompleter for DoubtAndKey {
        fn complete(&self, word: &OsStr) -> Vec<CompletionCandidate> {
            self.complete_at(0, word)
        }

        fn complete_at(&self, place: usize, word: &OsStr) -> Vec<CompletionCandidate> {
            let word = word.to_str();
            let find = |word: &str| match place {
                0 => find_checks(true, word),
                _ => find_keys(&candidates::keyed_kinds(), word),
            };
            word.map(find).unwrap_or_default().into_iter().map(shown).collect()
        }
    }
    ArgValueCompleter::new(DoubtAndKey)
}

/// Completes the key of a record and then a value that is not completed, such as `injured=`.
pub fn key_and_value(kind: &'static Kind) -> ArgValueCompleter {
    two_parts('=', move |word| find_keys(&[kind], word), |_, _| Vec::new())
}

/// Completes the code behind a new name, such as `Belgrade=city`.
pub fn name_and_code(table: &'static str) -> ArgValueCompleter {
    two_parts('=', |_| Vec::new(), move |_, word| find_codes(table, word))
}

/// Completes a code and the key of a record, such as `cites:KEY`.
pub fn code_and_key(table: &'static str, kind: &'static Kind) -> ArgValueCompleter {
    two_parts(':', move |word| find_codes(table, word), move |_, word| find_keys(&[kind], word))
}

/// Completes the key of a record, or a code and such a key, such as `within:KEY`.
pub fn code_or_key(table: &'static str, kind: &'static Kind) -> ArgValueCompleter {
    completer(move |word| match word.split_once(':') {
        None => {
            let mut found = find_keys(&[kind], word);
            // Most values are a key alone: codes come when a letter says so.
            let codes = if word.is_empty() { Vec::new() } else { find_codes(table, word) };
            found.extend(codes.into_iter().map(|mut code| {
                code.value.push(':');
                code
            }));
            found
        }
        Some((code, word)) => behind(code, find_keys(&[kind], word)),
    })
}

/// Puts a code and a colon before candidates.
fn behind(code: &str, mut found: Vec<Candidate>) -> Vec<Candidate> {
    for candidate in &mut found {
        candidate.value = format!("{code}:{}", candidate.value);
    }
    found
}

/// Completes the code behind a new name, and the key behind that, such as `"Old mill=site:belgrade"`.
pub fn name_code_and_key(table: &'static str, kind: &'static Kind) -> ArgValueCompleter {
    two_parts(
        '=',
        |_| Vec::new(),
        move |_, word| match word.split_once(':') {
            None => find_codes(table, word),
            Some((code, word)) => behind(code, find_keys(&[kind], word)),
        },
    )
}

/// Completes the codes behind a new name, such as `"People injured=people:level"`.
pub fn name_and_codes(first: &'static str, second: &'static str) -> ArgValueCompleter {
    two_parts(
        '=',
        |_| Vec::new(),
        move |_, word| match word.split_once(':') {
            None => {
                let mut found = find_codes(first, word);
                found.iter_mut().for_each(|candidate| candidate.value.push(':'));
                found
            }
            Some((code, word)) => behind(code, find_codes(second, word)),
        },
    )
}

/// Completes nothing: a value that nobody knows yet.
pub fn nothing() -> ArgValueCompleter {
    completer(|_| Vec::new())
}
