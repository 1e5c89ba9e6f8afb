//! Candidates for a word of a command line: keys, codes, reports, columns and checks. Each function
//! returns few of them, quickly, and never writes: the caller leaves a failure unsaid.

use crate::error::Result;
use crate::model::{CancelToken, Kind, document_kinds};
use crate::ops::archive::check::list_checks;
use crate::ops::query::completion::has_prefix;
use crate::ops::report::equations;
use crate::render::show_control_chars;
use crate::store::{
    NamedKey, Reader, defined_codes, keys_beginning, keys_holding, report_columns, stored_reports,
};
use std::path::Path;

/// The largest number of keys that are offered.
const MAX_KEYS: usize = 200;

/// The largest number of characters of a description.
const MAX_DESCRIPTION: usize = 70;

/// A word that may stand in the place of the one that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word.
    pub value: String,
    /// Its meaning, on one line and without control characters.
    pub about: Option<String>,
}

impl Candidate {
    /// A candidate with what it is called; `None` for a word that a shell would have to quote, which
    /// only a file that was tampered with can hold.
    fn new(value: String, about: Option<&str>) -> Option<Candidate> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let about = about.map(describe).filter(|about| !about.is_empty());
        (value.chars().all(is_plain) && !value.starts_with('-') && !value.is_empty())
            .then_some(Candidate { value, about })
    }
}

/// A description on one short line.
fn describe(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = show_control_chars(&line);
    match line.char_indices().nth(MAX_DESCRIPTION) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.into_owned(),
    }
}

/// The kinds whose records have a key, as `rename` and `delete` take them.
pub fn keyed_kinds() -> Vec<&'static Kind> {
    document_kinds().filter(|kind| kind.keyed()).collect()
}

/// The keys of records of these kinds that begin with `word`; where there is none, those that hold it, or
/// whose record has it in its name. A prefix such as `claim:` selects the kind; it stands before a key
/// that records of several kinds have.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn keys(
    archive: &Path,
    kinds: &[&'static Kind],
    word: &str,
    cancel: CancelToken,
) -> Result<Vec<Candidate>> {
    let db = Reader::glance(archive, cancel)?;
    let (selected, word) = match word.split_once(':') {
        Some((prefix, rest)) => match kinds.iter().find(|kind| kind.word == prefix) {
            Some(kind) => (Some(*kind), rest),
            None => (None, word),
        },
        None => (None, word),
    };
    let kinds = selected.as_ref().map_or(kinds, std::slice::from_ref);
    let limit = (MAX_KEYS / kinds.len().max(1)).max(1);
    let find = |list: fn(&Reader, &'static Kind, &str, usize) -> Result<Vec<NamedKey>>| {
        let mut found: Vec<(&'static Kind, NamedKey)> = Vec::new();
        for kind in kinds {
            found.extend(list(&db, kind, word, limit)?.into_iter().map(|named| (*kind, named)));
        }
        Ok::<_, crate::error::Error>(found)
    };
    let mut found = find(keys_beginning)?;
    if found.is_empty() && !word.is_empty() {
        found = find(keys_holding)?;
    }
    let several = |key: &str| found.iter().filter(|(_, named)| named.key == key).count() > 1;
    let candidates = found.iter().filter_map(|(kind, NamedKey { key, name })| {
        let value = match selected.is_some() || several(key) {
            true => format!("{}:{key}", kind.word),
            false => key.clone(),
        };
        let about = match (name, kinds) {
            (None, [_]) => None,
            (None, _) => Some(kind.word.to_owned()),
            (Some(name), [_]) => Some(name.clone()),
            (Some(name), _) => Some(format!("{}: {name}", kind.word)),
        };
        Candidate::new(value, about.as_deref())
    });
    Ok(candidates.collect())
}

/// The codes of a code list of the archive that begin with `word`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn codes(
    archive: &Path,
    table: &str,
    word: &str,
    cancel: CancelToken,
) -> Result<Vec<Candidate>> {
    let db = Reader::glance(archive, cancel)?;
    let mut codes = defined_codes(&db, table)?;
    // The status of a claim without a verdict; a verdict cannot state it.
    codes.retain(|code| has_prefix(&code.key, word) && code.key != "unassessed");
    let codes = codes.into_iter();
    Ok(codes.filter_map(|code| Candidate::new(code.key, code.name.as_deref())).collect())
}

/// The reports of the archive that begin with `word`; with `own`, those of the user's own alone.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn reports(
    archive: &Path,
    own: bool,
    word: &str,
    cancel: CancelToken,
) -> Result<Vec<Candidate>> {
    let db = Reader::glance(archive, cancel)?;
    let stored = stored_reports(&db)?.into_iter().filter(|report| !own || !report.builtin);
    let mut all: Vec<(String, Option<String>)> =
        stored.map(|report| (report.name.replace('_', "-"), report.title)).collect();
    if !own {
        all.push((equations::NAME.to_owned(), Some(equations::TITLE.to_owned())));
    }
    all.retain(|(name, _)| has_prefix(name, &word.replace('_', "-")));
    all.sort();
    let all = all.into_iter();
    Ok(all.filter_map(|(name, title)| Candidate::new(name, title.as_deref())).collect())
}

/// The columns of a report that begin with `word`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn columns(
    archive: &Path,
    report: &str,
    word: &str,
    cancel: CancelToken,
) -> Result<Vec<Candidate>> {
    let db = Reader::glance(archive, cancel)?;
    let columns = report_columns(&db, &format!("report_{}", report.replace('-', "_")))?;
    let columns = columns.into_iter().filter(|column| has_prefix(column, word));
    Ok(columns.filter_map(|column| Candidate::new(column, None)).collect())
}

/// The checks of the archive that begin with `word`; with `doubts`, those alone that raise doubts.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn checks(
    archive: &Path,
    doubts: bool,
    word: &str,
    cancel: CancelToken,
) -> Result<Vec<Candidate>> {
    let db = Reader::glance(archive, cancel)?;
    let checks = list_checks(&db)?.into_iter();
    let checks = checks.filter(|check| (!doubts || check.doubt) && has_prefix(&check.name, word));
    Ok(checks.filter_map(|check| Candidate::new(check.name, Some(&check.title))).collect())
}

#[cfg(test)]
mod tests {
    use super::{Candidate, MAX_DESCRIPTION, describe};

    #[test]
    fn a_shell_is_handed_plain_words() {
        for value in ["", "-x", "a b", "a$(b)", "a;b", "a\n", "a'b", "a*", "é"] {
            assert_eq!(Candidate::new(value.to_owned(), None), None, "{value:?}");
        }
        let plain = Candidate::new("claim:a-1_b.c".to_owned(), Some(" \n")).unwrap();
        assert_eq!(plain.about, None);
    }

    #[test]
    fn a_description_is_one_short_line() {
        assert_eq!(describe(" a\tb\n\u{1b}[2J "), "a b ␛[2J");
        let long = "é".repeat(MAX_DESCRIPTION + 1);
        assert_eq!(describe(&long), format!("{}…", "é".repeat(MAX_DESCRIPTION)));
        assert_eq!(describe(&"é".repeat(MAX_DESCRIPTION)).chars().count(), MAX_DESCRIPTION);
    }
}
