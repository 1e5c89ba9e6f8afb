//! Finds claims that may be duplicates: candidates from the full-text index, and the features by
//! which they are compared.

use super::index::SEARCHED;
use super::{Sought, changed_claims};
use crate::error::Result;
use crate::model::ClaimFeatures;
use crate::store::connection::Handle;
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// A claim that may be a duplicate of another.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its key.
    pub key: String,
    /// Its text.
    pub text: String,
    /// The current verdict.
    pub status: String,
    /// The features by which it is compared.
    pub features: ClaimFeatures,
}

/// Returns the number of claims with a word or phrase, counting up to `most`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claims_with(db: &Handle, word: &str, most: usize) -> Result<usize> {
    let Some(sought) = Sought::phrase(word) else { return Ok(0) };
    let ask = || -> rusqlite::Result<i64> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = db.conn.prepare_cached(include_str!("similar_count.sql"))?;
        statement.query_row((&sought.filter, most, SEARCHED[0].last()), |row| row.get("n"))
    };
    let number = ask().map_err(|error| db.map_err("count a word", &error))?;
    Ok(usize::try_from(number).unwrap_or(0))
}

/// Claims that hold any of these words or phrases, best BM25 score first, without withdrawn ones.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claims_like(db: &Handle, words: &BTreeSet<String>, limit: usize) -> Result<Vec<Candidate>> {
    let any: Vec<Sought> = words.iter().filter_map(|word| Sought::phrase(word)).collect();
    if any.is_empty() {
        return Ok(Vec::new());
    }
    let pattern = any.iter().map(|sought| sought.filter.as_str()).collect::<Vec<_>>().join(" OR ");
    let read = || -> rusqlite::Result<Vec<Candidate>> {
        let mut statement = db.conn.prepare_cached(include_str!("similar_found.sql"))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let ids =
            statement.query_map((&pattern, limit, SEARCHED[0].last()), |row| row.get("id"))?;
        let mut ids: Vec<i64> = ids.collect::<rusqlite::Result<_>>()?;
        ids.extend(changed_claims(db, &any)?);
        ids.into_iter().filter_map(|id| candidate(db, id).transpose()).collect()
    };
    read().map_err(|error| db.map_err("look for claims like it", &error))
}

/// The claim with this key; `None` if it is missing or withdrawn.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claim_features(db: &Handle, key: &str) -> Result<Option<Candidate>> {
    let read = || -> rusqlite::Result<Option<Candidate>> {
        let sql = "SELECT id FROM claims WHERE key = ?1";
        let id: Option<i64> =
            db.conn.prepare_cached(sql)?.query_row([key], |row| row.get("id")).optional()?;
        id.map_or(Ok(None), |id| candidate(db, id))
    };
    read().map_err(|error| db.map_err("read a claim", &error))
}

/// Keys of the claims with an id above `after`; none if there are more than `most`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claims_after(db: &Handle, after: i64, most: usize) -> Result<Vec<String>> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement =
            db.conn.prepare_cached("SELECT key FROM claims WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
        statement.query_map((after, limit), |row| row.get("key"))?.collect()
    };
    let keys = read().map_err(|error| db.map_err("read the new claims", &error))?;
    Ok(if keys.len() > most { Vec::new() } else { keys })
}

/// Every name of every place, with the key of the place.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn place_names(db: &Handle) -> Result<Vec<(String, String)>> {
    let read = || -> rusqlite::Result<Vec<(String, String)>> {
        let mut statement = db.conn.prepare_cached(include_str!("similar_places.sql"))?;
        statement.query_map([], |row| Ok((row.get("name")?, row.get("key")?)))?.collect()
    };
    read().map_err(|error| db.map_err("read the names of places", &error))
}

fn candidate(db: &Handle, id: i64) -> rusqlite::Result<Option<Candidate>> {
    let sql = "SELECT key, text, status FROM claims WHERE id = ?1 AND withdrawn IS NULL";
    let found = db.conn.prepare_cached(sql)?.query_row([id], |row| {
        Ok((row.get("key")?, row.get::<_, String>("text")?, row.get("status")?))
    });
    let Some((key, text, status)) = found.optional()? else { return Ok(None) };
    let mut features = ClaimFeatures::from_text(&text);
    let mut statement = db.conn.prepare_cached(include_str!("similar_parts.sql"))?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let word: String = row.get("word")?;
        let set = if row.get("is_place")? { &mut features.places } else { &mut features.numbers };
        set.insert(word);
    }
    Ok(Some(Candidate { key, text, status, features }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::claims_after;
    use crate::store::in_memory;
    use crate::store::last_id;

    #[test]
    fn the_new_claims_are_listed_unless_they_are_too_many() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        assert_eq!(last_id(&archive, "claims").unwrap(), 0);
        let sql = "INSERT INTO claims (key, text, kind) VALUES
                   ('c', 'C', 'event'), ('a', 'A', 'event'), ('b', 'B', 'event')";
        archive.conn.execute_batch(sql).unwrap();
        assert_eq!(last_id(&archive, "claims").unwrap(), 3);
        let after = |id, most| claims_after(&archive, id, most).unwrap();
        assert_eq!(after(0, 3), ["c", "a", "b"]);
        assert_eq!(after(0, 2), [""; 0], "three are more than two");
        assert_eq!(after(1, 2), ["a", "b"]);
        assert_eq!(after(1, 5), ["a", "b"]);
        assert_eq!(after(3, 2), [""; 0]);
    }
}
