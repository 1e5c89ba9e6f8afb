//! Tab completion for the SQL shell: table, column and report names, and SQL keywords.

use crate::error::Result;
use crate::model::CancelToken;
use crate::ops::context::{builtin_views, open_reader};
use crate::store::{schema, stored_reports};
use std::collections::BTreeSet;
use std::path::Path;

/// The names in the schema of an archive.
#[derive(Clone, Debug, Default)]
pub struct SchemaNames {
    /// The tables and views, each with its columns.
    pub tables: Vec<(String, Vec<String>)>,
    /// The reports, with hyphens.
    pub reports: Vec<String>,
}

impl SchemaNames {
    /// Reads the names of an archive.
    ///
    /// # Errors
    /// Fails if the archive cannot be opened.
    pub fn read(archive: &Path, cancel: CancelToken) -> Result<SchemaNames> {
        let db = open_reader(archive, cancel)?;
        let mut tables: Vec<(String, Vec<String>)> = Vec::new();
        for row in schema(&db, builtin_views())?.rows {
            let (table, column) = (row[0].to_string(), row[1].to_string());
            match tables.last_mut() {
                Some((last, columns)) if *last == table => columns.push(column),
                _ => tables.push((table, Vec::new())),
            }
        }
        let reports = stored_reports(&db)?.into_iter().map(|r| r.name.replace('_', "-")).collect();
        Ok(SchemaNames { tables, reports })
    }

    /// Returns the columns of a table or view.
    pub fn columns_of(&self, name: &str) -> Option<&[String]> {
        let found = self.tables.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, columns)| columns.as_slice())
    }
}

/// The keywords that are completed inside a statement.
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

/// The keywords that begin a statement.
const FIRST_KEYWORDS: [&str; 4] = ["explain", "select", "values", "with"];

/// Returns the completions of the word at the end of `line`, and the offset at which that word
/// begins. `before` holds the earlier lines of the same statement.
pub fn complete(names: &SchemaNames, before: &str, line: &str) -> (usize, Vec<String>) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let start = line.char_indices().rev().take_while(|(_, c)| is_word(*c)).last();
    let start = start.map_or(line.len(), |(at, _)| at);
    let (head, word) = line.split_at(start);
    let found = match head.strip_suffix('.') {
        Some(head) => {
            let owner = head.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
            match names.columns_of(owner) {
                Some(columns) => complete_name(word, columns.iter()),
                // An alias, or a number: any column is possible.
                None => complete_name(word, names.tables.iter().flat_map(|(_, columns)| columns)),
            }
        }
        None => {
            let so_far = format!("{before} {head}");
            let last = so_far.split_whitespace().last().unwrap_or(";").to_lowercase();
            let tables = || names.tables.iter().map(|(name, _)| name);
            if last.ends_with(';') {
                complete_keyword(word, &FIRST_KEYWORDS)
            } else if ["from", "join"].contains(&last.as_str()) {
                complete_name(word, tables())
            } else {
                let columns = names.tables.iter().flat_map(|(_, columns)| columns);
                let mut found = complete_name(word, columns.chain(tables()));
                found.extend(complete_keyword(word, &KEYWORDS));
                found.sort();
                found.dedup();
                found
            }
        }
    };
    (start, found)
}

/// Returns the names that begin with this word, ignoring case. A name that needs quotes is left
/// out: it could contain control characters.
fn complete_name<'a>(word: &str, names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let is_plain = |name: &&String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let found: BTreeSet<&String> =
        names.filter(|name| has_prefix(name, word)).filter(is_plain).collect();
    found.into_iter().cloned().collect()
}

/// Returns the keywords that begin with this word, in its case.
fn complete_keyword(word: &str, known: &[&str]) -> Vec<String> {
    let upper = word.chars().next().is_some_and(char::is_uppercase);
    let cased = |known: &str| if upper { known.to_uppercase() } else { known.to_owned() };
    known.iter().filter(|known| has_prefix(known, word)).map(|known| cased(known)).collect()
}

/// Returns `true` if a name begins with this word, ignoring case.
pub fn has_prefix(name: &str, word: &str) -> bool {
    name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{SchemaNames, complete};

    #[test]
    fn completes_words_by_their_context() {
        let text = |text: &str| text.to_owned();
        let names = SchemaNames {
            tables: vec![
                (text("claims"), vec![text("key"), text("kind")]),
                (text("odd one\u{1b}"), vec![text("key")]),
                (text("sources"), vec![text("key"), text("url")]),
            ],
            reports: Vec::new(),
        };
        let found = |before: &str, line: &str| complete(&names, before, line);
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
