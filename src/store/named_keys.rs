//! Keys with the names beside them, a few at a time: for the completion of a command line, and for the
//! form of a new record.

use super::answers::Lookup;
use super::connection::{Handle, Reader};
use super::search::rows_beginning;
use crate::error::Result;
use crate::model::{Field, Kind, Value};
use rusqlite::types::ValueRef;
use rusqlite::{Params, Row};

/// A key and what its record is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedKey {
    /// The key.
    pub key: String,
    /// The title, name or text; `None` for a kind without one.
    pub name: Option<String>,
}

/// The keys of a kind that begin with a word, in the order of the alphabet, at most `limit` of them. Of
/// more, the last takes the place of the last that is listed, so that what all of these begin with is
/// what all of them begin with.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn keys_beginning(
    db: &Reader,
    kind: &'static Kind,
    word: &str,
    limit: usize,
) -> Result<Vec<NamedKey>> {
    let word = word.to_lowercase();
    // No character is behind this one.
    let end = format!("{word}\u{10ffff}");
    let range = format!("{} WHERE key >= ?1 AND key < ?2 ORDER BY key", select(kind));
    let mut found = read(db, &format!("{range} LIMIT {}", limit + 1), [&word, &end])?;
    if found.len() > limit {
        found.truncate(limit.saturating_sub(1));
        found.extend(read(db, &format!("{range} DESC LIMIT 1"), [&word, &end])?);
    }
    Ok(found)
}

/// The keys of a kind that hold a word, and then those of records in whose name a word begins with it, at
/// most `limit` of each. A name that another tool changed since the program last wrote is not looked at.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn keys_holding(
    db: &Reader,
    kind: &'static Kind,
    word: &str,
    limit: usize,
) -> Result<Vec<NamedKey>> {
    let (table, select) = (kind.table, select(kind));
    let sql = format!("{select} WHERE instr(key, ?1) > 0 ORDER BY key LIMIT {limit}");
    let mut found = read(db, &sql, [word.to_lowercase()])?;
    let Some(name) = kind.key_from else { return Ok(found) };
    let begins = format!("search_begins({name}, ?1)");
    let named = match rows_beginning(table, word) {
        Some((ids, pattern)) => {
            let sql =
                format!("{select} WHERE {begins} AND id IN ({ids}) ORDER BY key LIMIT {limit}");
            read(db, &sql, [word, &pattern])?
        }
        // Measures are few.
        None => {
            let sql = format!("{select} WHERE {begins} ORDER BY key LIMIT {limit}");
            read(db, &sql, [word])?
        }
    };
    for named in named {
        if !found.contains(&named) {
            found.push(named);
        }
    }
    Ok(found)
}

/// The keys of the records of `kind` to which a field of the rows of `of` refers, those first to which it
/// refers most, at most `limit`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn keys_by_use(
    db: &Handle,
    of: &'static Kind,
    field: &Field,
    kind: &'static Kind,
    limit: usize,
) -> Result<Vec<NamedKey>> {
    let (table, owner, column, name) = (kind.table, of.table, field.column, name_column(kind));
    let used = format!(
        "SELECT r.key AS key, r.{name} AS name FROM {owner} AS o JOIN {table} AS r ON r.id = o.{column} \
         GROUP BY r.id ORDER BY count(*) DESC, r.key LIMIT {limit}"
    );
    read(db, &used, [])
}

/// The keys of the newest records of a kind, at most `limit`, and how many records there are.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn newest_keys(
    db: &Handle,
    kind: &'static Kind,
    limit: usize,
) -> Result<(Vec<NamedKey>, usize)> {
    let found = read(db, &format!("{} ORDER BY id DESC LIMIT {limit}", select(kind)), [])?;
    let count = || -> rusqlite::Result<i64> {
        let sql = format!("SELECT count(*) AS n FROM {}", kind.table);
        db.conn.query_row(&sql, [], |row| row.get("n"))
    };
    let count = count().map_err(|error| db.map_err("count its records", &error))?;
    Ok((found, usize::try_from(count).unwrap_or(usize::MAX)))
}

/// The codes of a code list with their definitions, in the order of their rank.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn defined_codes(db: &dyn Lookup, table: &str) -> Result<Vec<NamedKey>> {
    let sql = format!(
        "SELECT CAST(code AS TEXT) AS key, definition AS name FROM {table} ORDER BY rank, code"
    );
    let mut codes = Vec::new();
    db.each_row("list its codes", &sql, &[], &mut |row| {
        if let [Value::Text(key), name] = row {
            let name = name.as_text().filter(|name| name != key).map(str::to_owned);
            codes.push(NamedKey { key: key.clone(), name });
        }
        Ok(())
    })?;
    Ok(codes)
}

/// The column that holds what a record is called; the key of a kind without one.
fn name_column(kind: &'static Kind) -> &'static str {
    kind.key_from.unwrap_or("key")
}

fn select(kind: &'static Kind) -> String {
    format!("SELECT key, {} AS name FROM {}", name_column(kind), kind.table)
}

fn read(db: &Handle, sql: &str, params: impl Params) -> Result<Vec<NamedKey>> {
    let named = |row: &Row<'_>| {
        let key: String = row.get("key")?;
        let name = match row.get_ref("name")? {
            ValueRef::Text(text) => Some(std::str::from_utf8(text)?.to_owned()),
            _ => None,
        };
        Ok(NamedKey { name: name.filter(|name| *name != key), key })
    };
    let read = || -> rusqlite::Result<Vec<NamedKey>> {
        db.conn.prepare(sql)?.query_map(params, named)?.collect()
    };
    read().map_err(|error| db.map_err("list its keys", &error))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::keys_holding;
    use crate::model::{CancelToken, LOCATION, MEASURE};
    use crate::store::{NewNames, Reader, create};

    #[test]
    fn names_of_any_script_are_found_by_the_beginning_of_a_word() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        create(&path, "2021-01-01T00:00:00Z", NewNames::default(), |writer| {
            writer
                .conn
                .execute_batch(
                    "INSERT INTO locations (key, name, kind, note) VALUES
                       ('one', 'Łódź', 'city', 'Zamość'), ('two', '阿富汗', 'country', NULL),
                       ('three', 'کابل', 'city', NULL);
                     INSERT INTO measures (key, title, dimension, growth) VALUES
                       ('m', 'Évacués à Łódź', 'people', 'constant')",
                )
                .unwrap();
            crate::store::refresh_derived(writer, None)
        })
        .unwrap();
        let db = Reader::open(&path, &[], CancelToken::never()).unwrap();
        let found = |kind, word: &str| -> Vec<String> {
            let found = keys_holding(&db, kind, word, 5).unwrap();
            found.into_iter().map(|named| named.key).collect()
        };
        assert_eq!(found(&LOCATION, "lod"), ["one"]);
        assert_eq!(found(&LOCATION, "富汗"), ["two"]);
        assert_eq!(found(&LOCATION, "كاب"), ["three"]);
        assert_eq!(found(&LOCATION, "zamosc"), [""; 0], "a note is no name");
        assert_eq!(found(&LOCATION, "hree"), ["three"], "a part of the key");
        assert_eq!(found(&MEASURE, "evac"), ["m"]);
        assert_eq!(found(&MEASURE, "acues"), [""; 0]);
        assert_eq!(found(&MEASURE, "-"), [""; 0]);
    }
}
