//! Damage to the pages of a file, and whether rows are lost by it: what follows from the rows of other tables (indexes,
//! search indexes, kept rows) can be built anew.

use crate::error::{Error, Result};
use crate::store::connection::sqlite_error::{map_err, message};
use rusqlite::{Connection, ErrorCode};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The search indexes: virtual tables, each with tables of its own.
pub(in crate::store) const SEARCH_INDEXES: [&str; 5] =
    ["claims_fts", "sources_fts", "locations_fts", "location_names_fts", "words_fts"];

/// Other tables whose rows follow from those of others.
const KEPT: [&str; 6] = [
    "kept_weights",
    "kept_origins",
    "kept_figures",
    "outdated_claims",
    "outdated_sources",
    "search_dirty",
];

/// Space that no table uses.
const FREE_PAGES: &str = "free pages";

/// The damage of a file.
#[derive(Debug, Default)]
pub(in crate::store) struct Damage {
    /// The damaged objects that follow from others, by name.
    pub derived: BTreeSet<String>,
    /// The first message of SQLite about damage to the rows themselves.
    pub lost: Option<String>,
}

impl Damage {
    /// Returns true if search indexes alone are damaged, which no rule and no report reads.
    pub(in crate::store) fn is_of_search(&self) -> bool {
        let of_search = |name: &String| SEARCH_INDEXES.contains(&name.as_str());
        self.lost.is_none() && self.derived.iter().all(of_search)
    }

    /// The names of what is damaged and can be built anew.
    pub(in crate::store) fn names(&self) -> String {
        self.derived.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The error of a command that cannot go on with a file damaged like this.
    pub(in crate::store) fn into_error(self, path: &Path) -> Error {
        let (is_derived, names) = (self.lost.is_none(), self.names());
        Error::Damaged { path: path.to_owned(), why: self.lost.unwrap_or(names), is_derived }
    }
}

/// The objects of a schema that have pages, by the number of their first page.
type Roots = BTreeMap<i64, (String, bool)>;

/// The thoroughness of a look at a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Depth {
    /// The pages by themselves.
    Pages,
    /// Also whether each index has the rows of its table, which takes much longer.
    Indexes,
}

/// Looks for damage to the pages of a file. A row that breaks a rule is not damage.
///
/// # Errors
/// Fails if the schema cannot be read.
pub(in crate::store) fn find_damage(
    conn: &Connection,
    path: &Path,
    depth: Depth,
) -> Result<Option<Damage>> {
    let fail = |error: rusqlite::Error| map_err(path, "look over its pages", &error);
    // To look rows up in an index whose pages are damaged fails as if the table were.
    if depth == Depth::Indexes
        && let Some(damage) = find_damage(conn, path, Depth::Pages)?
    {
        return Ok(Some(damage));
    }
    let whole = match look(conn, depth, None) {
        Ok(found) if found.is_empty() => return Ok(None),
        Ok(found) => found,
        Err(error) if is_corruption(&error) => vec![message(&error)],
        Err(error) => return Err(fail(error)),
    };
    let (tables, roots) = objects(conn).map_err(fail)?;
    let mut damage = Damage::default();
    for table in tables {
        match look(conn, depth, Some(&table)) {
            Ok(found) => found.iter().for_each(|line| damage.add(&table, line, &roots)),
            Err(error) if is_corruption(&error) => damage.add(&table, &message(&error), &roots),
            Err(error) => return Err(fail(error)),
        }
    }
    if damage.derived.is_empty() && damage.lost.is_none() {
        let is_of_space = |line: &String| {
            line.starts_with("Freelist:") || line.ends_with("never used") || line.starts_with("***")
        };
        match whole.iter().find(|line| !is_of_space(line)) {
            Some(line) => damage.lost = Some(line.clone()),
            None => damage.derived.extend([FREE_PAGES.to_owned()]),
        }
    }
    Ok(Some(damage))
}

impl Damage {
    /// Adds what SQLite says about a table.
    fn add(&mut self, table: &str, line: &str, roots: &Roots) {
        if line.starts_with("***") {
            return;
        }
        let after = |words: &str| line.split_once(words).map(|(_, name)| name.to_owned());
        let index = [
            " missing from index ",
            "# of entries in index ",
            " entry in index ",
            " differ from index ",
        ]
        .into_iter()
        .find_map(after);
        let tree = line.strip_prefix("Tree ").and_then(|rest| rest.split(' ').next()?.parse().ok());
        let in_tree = tree.and_then(|root: i64| roots.get(&root));
        let name = match (index, in_tree) {
            (Some(index), _) => Some(index),
            (None, Some((name, true))) => Some(name.clone()),
            (None, Some((name, false))) => derived_table(name),
            (None, None) => derived_table(table),
        };
        match name {
            Some(name) => self.derived.extend([name]),
            None => {
                self.lost.get_or_insert_with(|| line.to_owned());
            }
        }
    }
}

/// The table that can be built anew of which this is one, or a part.
fn derived_table(table: &str) -> Option<String> {
    let is_part = |index: &&str| {
        table.strip_prefix(*index).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let search = SEARCH_INDEXES.into_iter().find(is_part);
    search.or_else(|| KEPT.into_iter().find(|kept| *kept == table)).map(str::to_owned)
}

/// Asks SQLite for what is wrong with a file, or with one table and its indexes: a line each.
fn look(conn: &Connection, depth: Depth, table: Option<&str>) -> rusqlite::Result<Vec<String>> {
    let check = match depth {
        Depth::Pages => "quick_check",
        Depth::Indexes => "integrity_check",
    };
    let asked = table.map_or(String::new(), |_| "(?1)".to_owned());
    let sql = format!("SELECT {check} AS found FROM pragma_{check}{asked}");
    let found: Vec<String> = conn
        .prepare(&sql)?
        .query_map(rusqlite::params_from_iter(table), |row| row.get("found"))?
        .collect::<rusqlite::Result<_>>()?;
    let rule = |found: &&str| {
        let words =
            [" constraint failed in ", "NULL value in ", "NUMERIC value in ", "TEXT value in "];
        *found == "ok" || words.iter().any(|word| found.contains(word))
    };
    let lines = found.iter().flat_map(|found| found.lines());
    Ok(lines.filter(|line| !rule(line)).map(str::to_owned).collect())
}

/// The tables, and what has pages.
fn objects(conn: &Connection) -> rusqlite::Result<(Vec<String>, Roots)> {
    let sql = "SELECT name, type = 'index' AS is_index, rootpage FROM sqlite_schema
               WHERE type IN ('table', 'index') ORDER BY name";
    let (mut tables, mut roots) = (Vec::new(), Roots::new());
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, is_index): (String, bool) = (row.get("name")?, row.get("is_index")?);
        if !is_index {
            tables.push(name.clone());
        }
        roots.insert(row.get("rootpage")?, (name, is_index));
    }
    roots.remove(&0);
    Ok((tables, roots))
}

/// Returns true for the error of a damaged file.
pub(in crate::store) fn is_corruption(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt)
}
