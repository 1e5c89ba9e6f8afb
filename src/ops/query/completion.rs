//! What a shell for reading SQL needs of an archive: the names in it, and how a word goes on.

use crate::error::Result;
use crate::model::CancelToken;
use crate::ops::builtin_views;
use crate::store::{Reader, schema, stored_reports};
use std::collections::BTreeSet;
use std::path::Path;

/// What can be named in SQL on an archive.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Tables and views, each with its columns.
    pub tables: Vec<(String, Vec<String>)>,
    /// Reports, with hyphens.
    pub reports: Vec<String>,
}

impl Names {
    /// Reads the names of an archive.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn read(archive: &Path, cancel: CancelToken) -> Result<Names> {
        let db = Reader::open(archive, cancel)?;
        let mut tables: Vec<(String, Vec<String>)> = Vec::new();
        for row in schema(&db, &builtin_views())?.rows {
            let (table, column) = (row[0].to_string(), row[1].to_string());
            match tables.last_mut() {
                Some((last, columns)) if *last == table => columns.push(column),
                _ => tables.push((table, Vec::new())),
            }
        }
        let reports = stored_reports(&db)?.into_iter().map(|r| r.name.replace('_', "-")).collect();
        Ok(Names { tables, reports })
    }

    fn table(&self, name: &str) -> Option<&[String]> {
        let found = self.tables.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, columns)| columns.as_slice())
    }
}

/// The words that statements here are made of.
const KEYWORDS: [&str; 66] = [
    "all",
    "and",
    "as",
    "asc",
    "avg",
    "between",
    "by",
    "case",
    "cast",
    "coalesce",
    "collate",
    "count",
    "cross",
    "date",
    "desc",
    "distinct",
    "else",
    "end",
    "except",
    "exists",
    "explain",
    "from",
    "glob",
    "group",
    "group_concat",
    "having",
    "ifnull",
    "in",
    "instr",
    "integer",
    "intersect",
    "is",
    "join",
    "left",
    "length",
    "like",
    "limit",
    "lower",
    "max",
    "min",
    "not",
    "null",
    "nulls",
    "offset",
    "on",
    "or",
    "order",
    "outer",
    "over",
    "partition",
    "query",
    "recursive",
    "replace",
    "round",
    "select",
    "substr",
    "sum",
    "text",
    "then",
    "union",
    "upper",
    "using",
    "values",
    "when",
    "where",
    "with",
];

/// The words that open a statement.
const OPENING: [&str; 4] = ["explain", "select", "values", "with"];

/// How the word before the end of `line` may go on: where it begins, and the words. `before` is what
/// was typed on earlier lines of the same statement.
pub fn completions(names: &Names, before: &str, line: &str) -> (usize, Vec<String>) {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let start = line.char_indices().rev().take_while(|(_, c)| part(*c)).last();
    let start = start.map_or(line.len(), |(at, _)| at);
    let (head, word) = line.split_at(start);
    let found = match head.strip_suffix('.') {
        Some(head) => {
            let owner = head.rsplit(|c: char| !part(c)).next().unwrap_or_default();
            match names.table(owner) {
                Some(columns) => fitting(word, columns.iter()),
                // An alias, or a number: any column may be meant.
                None => fitting(word, names.tables.iter().flat_map(|(_, columns)| columns)),
            }
        }
        None => {
            let so_far = format!("{before} {head}");
            let last = so_far.split_whitespace().last().unwrap_or(";").to_lowercase();
            let tables = || names.tables.iter().map(|(name, _)| name);
            if last.ends_with(';') {
                keywords(word, &OPENING)
            } else if ["from", "join"].contains(&last.as_str()) {
                fitting(word, tables())
            } else {
                let columns = names.tables.iter().flat_map(|(_, columns)| columns);
                let mut found = fitting(word, columns.chain(tables()));
                found.extend(keywords(word, &KEYWORDS));
                found.sort();
                found.dedup();
                found
            }
        }
    };
    (start, found)
}

/// Names that begin with this word, in whatever case. One that is no plain word is left to be typed in
/// its quotes, and could hold what commands a terminal.
fn fitting<'a>(word: &str, names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let plain = |name: &&String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let found: BTreeSet<&String> = names.filter(|name| begins(name, word)).filter(plain).collect();
    found.into_iter().cloned().collect()
}

/// Keywords that begin with this word, in its case.
fn keywords(word: &str, known: &[&str]) -> Vec<String> {
    let upper = word.chars().next().is_some_and(char::is_uppercase);
    let cased = |known: &str| if upper { known.to_uppercase() } else { known.to_owned() };
    known.iter().filter(|known| begins(known, word)).map(|known| cased(known)).collect()
}

/// Whether a name begins with this word, in whatever case.
pub fn begins(name: &str, word: &str) -> bool {
    name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{Names, completions};

    #[test]
    fn words_go_on_by_where_they_stand() {
        let text = |text: &str| text.to_owned();
        let names = Names {
            tables: vec![
                (text("claims"), vec![text("key"), text("kind")]),
                (text("odd one\u{1b}"), vec![text("key")]),
                (text("sources"), vec![text("key"), text("url")]),
            ],
            reports: Vec::new(),
        };
        let found = |before: &str, line: &str| completions(&names, before, line);
        let words = |list: &[&str]| list.iter().map(|word| text(word)).collect::<Vec<_>>();
        assert_eq!(found("", "SEL"), (0, words(&["SELECT"])));
        assert_eq!(found("", "select k"), (7, words(&["key", "kind"])));
        assert_eq!(found("", "select * from "), (14, words(&["claims", "sources"])));
        assert_eq!(found("select *\nfrom", "Cl"), (0, words(&["claims"])));
        assert_eq!(found("", "select claims.k"), (14, words(&["key", "kind"])));
        assert_eq!(found("", "select sources."), (15, words(&["key", "url"])));
        assert_eq!(found("", "select c.u"), (9, words(&["url"])));
        assert_eq!(found("", "select key wh"), (11, words(&["when", "where"])));
        assert_eq!(found("", "select 1; sele"), (10, words(&["select"])));
        assert!(found("", "select é").1.is_empty());
    }
}
