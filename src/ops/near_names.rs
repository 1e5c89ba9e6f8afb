//! Sources and places whose names are nearly one: they differ by accents, signs or spaces alone.

use crate::error::Result;
use crate::model::{LOCATION, SOURCE, fold_loosely};
use crate::store::{Handle, NamedRow, last_id, names};
use std::collections::HashMap;

/// The number of new sources or places from which on the names of an import are not compared.
const MAX_NEW_NAMES: i64 = 1000;

/// Two sources or two places that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearName {
    /// Their table.
    pub table: &'static str,
    /// The key of the later one.
    pub new: String,
    /// Its name.
    pub name: String,
    /// The key of the earlier one.
    pub key: String,
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
        let mut first: HashMap<(String, String), (String, String)> = HashMap::new();
        for NamedRow { id, key, apart, name, folded } in names(db, table)? {
            let loose = (apart, fold_loosely(&name));
            match first.get(&loose) {
                // One spelling may be of two: another date, another place around it.
                Some((_, other)) if *other == folded => {}
                Some((earlier, _)) if id > last => {
                    found.push(NearName { table, new: key, name, key: earlier.clone() });
                }
                Some(_) => {}
                None => {
                    first.insert(loose, (key, folded));
                }
            }
        }
    }
    Ok(found)
}
