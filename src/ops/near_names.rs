//! Sources and places whose names are nearly one: they differ by accents, signs or spaces alone, or join the same names
//! in another order; and sources whose name joins those of others.

use crate::error::Result;
use crate::model::{LOCATION, SOURCE, fold_loosely, joined_names};
use crate::store::{Handle, NamedRow, last_id, names};
use std::collections::HashMap;

/// The number of new sources or places from which on the names of an import are not compared.
const MAX_NEW_NAMES: i64 = 1000;

/// Two sources or two places that may be one, or a source that may be several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearName {
    /// Their table.
    pub table: &'static str,
    /// The key of the later one.
    pub new: String,
    /// Its name.
    pub name: String,
    /// The key of the earlier one that it may be; those of all where it may be several.
    pub others: Vec<String>,
}

/// The last source and the last place at a moment: what comes later is new.
#[derive(Clone, Copy, Debug)]
pub struct LastNames([i64; 2]);

const TABLES: [&str; 2] = [SOURCE.table, LOCATION.table];

impl LastNames {
    /// Those of now.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn of(db: &Handle) -> Result<Self> {
        Ok(LastNames([last_id(db, TABLES[0])?, last_id(db, TABLES[1])?]))
    }
}

/// Finds all of them, each with the first that it is near to.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(super) fn near_names(db: &Handle) -> Result<Vec<NearName>> {
    near_names_after(db, LastNames([0, 0]), i64::MAX)
}

/// Finds those of new sources and places; none where so many are new that nobody would read them.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(super) fn new_near_names(db: &Handle, last: LastNames) -> Result<Vec<NearName>> {
    near_names_after(db, last, MAX_NEW_NAMES)
}

fn near_names_after(db: &Handle, last: LastNames, most: i64) -> Result<Vec<NearName>> {
    let mut found = Vec::new();
    for (table, last) in TABLES.into_iter().zip(last.0) {
        let new = last_id(db, table)? - last;
        if new <= 0 || new > most {
            continue;
        }
        let rows = names(db, table)?;
        let mut first: HashMap<(&str, Spelling), &NamedRow> = HashMap::new();
        for row in &rows {
            let joined = joined_names(&row.name);
            let spellings =
                [Some(Spelling::Loose(fold_loosely(&row.name))), Spelling::joined(&joined)];
            let spellings: Vec<_> = spellings
                .into_iter()
                .flatten()
                .map(|as_one| (row.apart.as_str(), as_one))
                .collect();
            let earlier = spellings.iter().find_map(|spelling| first.get(spelling));
            // One spelling may be of two: another date, another place around it.
            if let Some(earlier) =
                earlier.filter(|earlier| row.id > last && earlier.folded != row.folded)
            {
                found.push(NearName::of(table, row, vec![earlier.key.clone()]));
            }
            for spelling in spellings {
                first.entry(spelling).or_insert(row);
            }
        }
        if table == SOURCE.table {
            found.extend(names_of_several(&rows, last));
        }
    }
    Ok(found)
}

/// A name as it is compared.
#[derive(PartialEq, Eq, Hash)]
enum Spelling {
    /// Without accents, signs and spaces.
    Loose(String),
    /// The names that it joins.
    Joined(String),
}

impl Spelling {
    fn joined(names: &[String]) -> Option<Spelling> {
        (!names.is_empty()).then(|| Spelling::Joined(names.join("\n")))
    }
}

/// The sources whose name joins the names of others, later ones included: what two say would count as said by a third.
fn names_of_several(rows: &[NamedRow], last: i64) -> Vec<NearName> {
    let loose = |row: &NamedRow| (fold_loosely(&row.name), row.key.clone());
    let keys: HashMap<String, String> = rows.iter().rev().map(loose).collect();
    let of_several = |row: &NamedRow| {
        let joined = joined_names(&row.name);
        let others: Option<Vec<String>> =
            joined.iter().map(|name| keys.get(name).cloned()).collect();
        let others = others.filter(|others| !others.is_empty())?;
        Some(NearName::of(SOURCE.table, row, others))
    };
    rows.iter().filter(|row| row.id > last).filter_map(of_several).collect()
}

impl NearName {
    fn of(table: &'static str, row: &NamedRow, others: Vec<String>) -> NearName {
        NearName { table, new: row.key.clone(), name: row.name.clone(), others }
    }
}
