//! The parts that every operation shares: the [`Context`] the caller hands in, the way an archive
//! is opened for writing, and the errors for keys that are not in it.

use crate::error::{Error, Result};
use crate::model::{CancelToken, FoundBy, Kind, ReportHeader, SourcePos, did_you_mean, quoted};
use crate::store::{
    Handle, Obstacles, Operation, OperationStart, Reader, ViewSpec, Writer, all_keys, exists,
    few_keys, forget_lost_reports, install_views, keep_columns, keys_of_name, keys_with_text,
    refresh_derived, resolve_key,
};
use crate::{check as checks, report as reports};
use std::path::Path;
use std::sync::OnceLock;

/// The most claims that an edit weighs anew, which takes about a second; `onrecord refresh` does the rest.
const MOST_WEIGHED: u64 = 100_000;

/// Facts about the surroundings, which the library never looks up itself.
#[derive(Clone, Debug)]
pub struct Context {
    /// The moment of the operation (UTC, `YYYY-MM-DDTHH:MM:SSZ`).
    pub now: String,
    /// The person or program that runs the operation, noted in the revisions; `None` when unknown.
    pub editor: Option<String>,
    /// The cancellation token, polled by long operations.
    pub cancel: CancelToken,
}

/// The name under which an import is recorded that took a whole export over, with its history. It is
/// the beginning of its archive and cannot be undone.
pub(super) const RESTORE: &str = "restore";

/// The operation that a change of the archive is recorded as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deed<'a> {
    /// The name of the command, without its arguments.
    pub(super) command: &'a str,
    /// The reason given.
    pub(super) because: Option<&'a str>,
}

impl<'a> Deed<'a> {
    /// A deed for which no reason was given.
    pub(super) const fn of(command: &'a str) -> Self {
        Deed { command, because: None }
    }

    /// The operation, at the moment and by the person of the context.
    pub(super) fn start(self, context: &'a Context) -> OperationStart<'a> {
        let Deed { command, because } = self;
        let by = context.editor.as_deref();
        OperationStart { command, at: &context.now, by, because, undoes: None }
    }
}

/// Runs an operation in one transaction: all that `run` writes is kept and recorded, or none.
/// `run` returns its result and that result in a few words.
pub(super) fn operate<T>(
    writer: &Writer,
    deed: Deed<'_>,
    context: &Context,
    run: impl FnOnce(&Writer, &Operation) -> Result<(T, String)>,
) -> Result<T> {
    writer.transact(|writer| operate_within(writer, deed, context, run))
}

/// Runs an operation, as [`operate`], in the transaction that is running.
pub(super) fn operate_within<T>(
    writer: &Writer,
    deed: Deed<'_>,
    context: &Context,
    run: impl FnOnce(&Writer, &Operation) -> Result<(T, String)>,
) -> Result<T> {
    let operation = writer.begin_operation(&deed.start(context))?;
    let (done, summary) = run(writer, &operation)?;
    refresh_derived(writer, Some(MOST_WEIGHED))?;
    writer.end_operation(operation, &[], Some(&summary))?;
    Ok(done)
}

/// The error that names what stands in the way of a change.
pub(super) fn in_the_way(what: &str, obstacles: &Obstacles, hint: &str) -> Error {
    let mut lines = obstacles.named.clone();
    if obstacles.more > 0 {
        lines.push(format!("and {} more", obstacles.more));
    }
    Error::Refused { what: format!("{what}\n  {}", lines.join("\n  ")), hint: hint.to_owned() }
}

/// Returns the views that this program installs in every archive: one for each built-in report and
/// check. Their headers are parsed once.
pub(super) fn builtin_views() -> &'static [ViewSpec] {
    static VIEWS: OnceLock<Vec<ViewSpec>> = OnceLock::new();
    VIEWS.get_or_init(parse_builtin_views)
}

fn parse_builtin_views() -> Vec<ViewSpec> {
    let view = |(header, prefix): (&ReportHeader, &str)| ViewSpec {
        view: format!("{prefix}{}", header.name.replace('-', "_")),
        sql: header.sql.clone(),
        title: header.title.clone(),
        question: header.question.clone(),
        columns: header.format_columns(),
        chart: header.chart.clone(),
        builtin: true,
    };
    let reports = reports::builtin();
    let checks = checks::builtin();
    let all = reports.iter().map(|h| (h, "report_")).chain(checks.iter().map(|h| (h, "check_")));
    all.map(view).collect()
}

/// Installs the built-in views, and the comments on the columns of every table and view.
pub(super) fn keep_views(writer: &Writer) -> Result<()> {
    let views = builtin_views();
    install_views(writer, views)?;
    forget_lost_reports(writer)?;
    keep_columns(writer, views)
}

/// Opens an archive for reading. Where it has a report, a check or a view behind them otherwise than this program ships
/// it, the program's own answers, and the caller is told.
pub(super) fn open_reader(path: &Path, cancel: CancelToken) -> Result<Reader> {
    Reader::open(path, builtin_views(), cancel)
}

/// Opens an archive for writing and brings its built-in views up to date.
pub(super) fn open_writer(path: &Path, context: &Context) -> Result<Writer> {
    let mut writer = Writer::open(path, builtin_views())?;
    writer.stop_when(&context.cancel)?;
    Ok(writer)
}

/// Returns an error unless the archive has a source with this key; `hint` says what to do next.
pub(super) fn require_source(db: &Handle, source: &str, hint: &str) -> Result<()> {
    if exists(db, "sources", source)? {
        return Ok(());
    }
    let known = all_keys(db, "sources")?;
    Err(Error::NotFound {
        what: "source".to_owned(),
        name: source.to_owned(),
        near: did_you_mean(source, known.iter().map(String::as_str)),
        hint: hint.to_owned(),
    })
}

/// Finds the record that a key names, or named, among records of these kinds; where no key fits, the one
/// that is called so. A prefix such as `claim:KEY` selects the kind. Returns its kind and its present key.
///
/// # Errors
/// Fails if no record has the key or the name, records of several kinds have the key, or several records
/// have the name.
pub(super) fn find_record(
    db: &Handle,
    name: &str,
    kinds: &[&'static Kind],
) -> Result<(&'static Kind, String)> {
    let (word, bare) = match name.split_once(':') {
        Some((word, bare)) if kinds.iter().any(|kind| kind.word == word) => (Some(word), bare),
        _ => (None, name),
    };
    let candidates = || kinds.iter().filter(|kind| word.is_none_or(|word| kind.word == word));
    let mut found = Vec::new();
    for kind in candidates() {
        if let Some(key) = resolve_key(db, kind, bare)? {
            found.push((*kind, key));
        }
    }
    if found.len() > 1 {
        let words: Vec<&str> = found.iter().map(|(kind, _)| kind.word).collect();
        return Err(Error::Refused {
            what: format!("{bare:?} is the key of a {}", words.join(" and of a ")),
            hint: format!("say which is meant: `{}:{bare}`", words[0]),
        });
    }
    if found.is_empty() {
        for kind in candidates() {
            found.extend(keys_called(db, kind, bare)?.into_iter().map(|key| (*kind, key)));
        }
        if found.len() > 1 {
            return Err(several_are_called(bare, &found));
        }
    }
    if let Some(record) = found.pop() {
        return Ok(record);
    }
    let mut known = Vec::new();
    for kind in candidates() {
        known.extend(few_keys(db, kind.table, MAX_KEYS_COMPARED)?);
    }
    let words: Vec<&str> = candidates().map(|kind| kind.word).collect();
    let what = match words.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        words => words.concat(),
    };
    Err(Error::NotFound {
        what,
        name: bare.to_owned(),
        near: did_you_mean(bare, known.iter().map(String::as_str)),
        hint: "`onrecord search WORDS` finds keys".to_owned(),
    })
}

/// The keys of the records of a kind that are called this. A claim is found by its text, whatever its key is:
/// a command names few, so that it can ask the search index.
fn keys_called(db: &Handle, kind: &'static Kind, name: &str) -> Result<Vec<String>> {
    let mut keys = keys_of_name(db, kind, name)?;
    if kind.found_by == FoundBy::Key {
        let with_text = keys_with_text(db, kind, name)?;
        keys.extend(with_text.into_iter().filter(|key| !keys.contains(key)).collect::<Vec<_>>());
    }
    Ok(keys)
}

/// The error for a name that several records have.
fn several_are_called(name: &str, found: &[(&'static Kind, String)]) -> Error {
    let shown = found.iter().take(MAX_NAMED).map(|(kind, key)| format!("{}:{key}", kind.word));
    let shown: Vec<String> = shown.collect();
    let more = match found.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Error::Refused {
        what: format!(
            "{} records are called {}: {}{more}",
            found.len(),
            quoted(name),
            shown.join(", ")
        ),
        hint: "give the key of the one that is meant".to_owned(),
    }
}

/// The number of records with one name that a message lists.
const MAX_NAMED: usize = 10;

/// The present key of the record that a key reaches, or that is called so; the same text where there is
/// none.
///
/// # Errors
/// Fails if several records have the name.
pub(super) fn current_key(db: &Handle, kind: &'static Kind, key: &str) -> Result<String> {
    if let Some(key) = resolve_key(db, kind, key)? {
        return Ok(key);
    }
    let mut named = keys_called(db, kind, key)?;
    match named.len() {
        0 => Ok(key.to_owned()),
        1 => Ok(named.remove(0)),
        _ => {
            let found: Vec<_> = named.into_iter().map(|key| (kind, key)).collect();
            Err(several_are_called(key, &found))
        }
    }
}

/// The number of keys of each table that are searched for a similar spelling.
const MAX_KEYS_COMPARED: u32 = 100_000;

/// Builds the error for a claim key that is not in the archive.
pub(super) fn claim_not_found(db: &Handle, key: &str) -> Result<Error> {
    let known = all_keys(db, "claims")?;
    Ok(Error::NotFound {
        what: "claim".to_owned(),
        name: key.to_owned(),
        near: did_you_mean(key, known.iter().map(String::as_str)),
        hint: "`onrecord search WORDS` finds keys".to_owned(),
    })
}

/// Names a flag of the command line as the position of a problem.
pub(super) fn flag_pos(name: &str) -> SourcePos {
    SourcePos::Flag(format!("--{}", name.replace('_', "-")))
}

/// Returns a reason without the blanks around it.
///
/// # Errors
/// Fails if nothing is left of it.
pub(super) fn stated_reason(because: &str) -> Result<&str> {
    let because = because.trim();
    if !because.is_empty() {
        return Ok(because);
    }
    Err(Error::Refused {
        what: "the reason is empty".to_owned(),
        hint: "say why with --because TEXT".to_owned(),
    })
}
