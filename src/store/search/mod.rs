//! Full-text search over claims, sources and places.
//!
//! The program's own writes update the indexes. Rows that another tool changed since then are
//! listed in `search_dirty`. A search only reads: it takes the hits of the index without these
//! rows, and runs the same query on an in-memory index that holds only these rows.

mod similar;

pub use similar::{Candidate, claim_features, claims_after, claims_like, claims_with, place_names};

use super::connection::{Handle, Reader, Writer};
use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension};

/// The indexed tables, each with its indexed columns.
const INDEXES: [(&str, &str); 4] = [
    ("claims", "text, note"),
    ("sources", "title, author, outlet, note"),
    ("locations", "name, note"),
    ("location_names", "name"),
];

/// A row that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// claim, source or location.
    pub kind: String,
    /// Its key.
    pub key: String,
    /// Its text, title or name.
    pub text: String,
    /// The status of a claim, or the kind of a source or place.
    pub standing: String,
    /// Rank; lower is better.
    pub rank: f64,
}

/// Updates the indexes for the rows listed in `search_dirty`, inside the transaction that changed
/// them.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn drain_search(writer: &Writer) -> Result<()> {
    let drain = || -> rusqlite::Result<()> {
        for (table, columns) in INDEXES {
            let olds: Vec<String> =
                (1..=columns.split(", ").count()).map(|n| format!("old_{n}")).collect();
            // External content: FTS5 deletes a row from the index only when given the indexed text.
            writer.conn.execute(
                &format!(
                    "INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) SELECT 'delete', row_id, {} \
                     FROM search_dirty WHERE table_name = '{table}' AND indexed = 1",
                    olds.join(", ")
                ),
                [],
            )?;
            writer.conn.execute(
                &format!(
                    "INSERT INTO {table}_fts (rowid, {columns}) SELECT id, {columns} FROM {table} \
                     WHERE id IN (SELECT row_id FROM search_dirty WHERE table_name = '{table}') \
                     ORDER BY id"
                ),
                [],
            )?;
        }
        writer.conn.execute("DELETE FROM search_dirty", [])?;
        Ok(())
    };
    drain().map_err(|error| writer.map_err("bring its search index up to date", &error))
}

/// Returns the rows that hold every word of `words`, best first. A word in quotes is a phrase; a
/// word that ends in `*` is a prefix.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn search(db: &Reader, words: &str, limit: usize) -> Result<Vec<Hit>> {
    let Some(pattern) = pattern(words) else {
        return Err(Error::Refused {
            what: format!("there is no word to look for in {words:?}"),
            hint: "write one or more words; a phrase in quotes; a word that ends in * is a start"
                .to_owned(),
        });
    };
    let run = || -> rusqlite::Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for (table, columns) in INDEXES {
            // A query that is a whole key puts the row with this key first.
            if table != "location_names" {
                let sql = format!("SELECT id FROM {table} WHERE key = ?1");
                let id = db.conn.prepare(&sql)?.query_row([words.trim()], |row| row.get("id"));
                if let Some(id) = id.optional()? {
                    hits.extend(hit(db, table, id, f64::NEG_INFINITY)?);
                }
            }
            let mut ids: Vec<(i64, f64)> = Vec::new();
            let sql = format!(
                "SELECT rowid AS id, rank AS score FROM {table}_fts WHERE {table}_fts MATCH ?1 AND rowid NOT IN \
                 (SELECT row_id FROM search_dirty WHERE table_name = '{table}') ORDER BY rank"
            );
            let mut statement = db.conn.prepare(&sql)?;
            let rows =
                statement.query_map([&pattern], |row| Ok((row.get("id")?, row.get("score")?)))?;
            for row in rows {
                ids.push(row?);
            }
            ids.extend(changed(db, table, columns, &pattern)?);
            for (id, rank) in ids {
                hits.extend(hit(db, table, id, rank)?);
            }
        }
        Ok(hits)
    };
    let mut hits = run().map_err(|error| db.map_err("search it", &error))?;
    hits.sort_by(|a, b| {
        a.rank.total_cmp(&b.rank).then_with(|| (&a.kind, &a.key).cmp(&(&b.kind, &b.key)))
    });
    let mut seen = std::collections::BTreeSet::new();
    hits.retain(|hit| seen.insert((hit.kind.clone(), hit.key.clone())));
    hits.truncate(limit);
    Ok(hits)
}

/// The matching claims among the rows in `search_dirty`.
fn changed_claims(db: &Handle, pattern: &str) -> rusqlite::Result<Vec<i64>> {
    let (table, columns) = INDEXES[0];
    Ok(changed(db, table, columns, pattern)?.into_iter().map(|(id, _)| id).collect())
}

/// The matching rows of a table among those in `search_dirty`, with their ranks.
fn changed(
    db: &Handle,
    table: &str,
    columns: &str,
    pattern: &str,
) -> rusqlite::Result<Vec<(i64, f64)>> {
    let sql = format!(
        "SELECT id, {columns} FROM {table} WHERE id IN \
         (SELECT row_id FROM search_dirty WHERE table_name = '{table}')"
    );
    let mut statement = db.conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut index: Option<Connection> = None;
    let names: Vec<&str> = columns.split(", ").collect();
    while let Some(row) = rows.next()? {
        let index = match &index {
            Some(index) => index,
            None => {
                let memory = Connection::open_in_memory()?;
                memory.execute_batch(&format!(
                    "CREATE VIRTUAL TABLE changed USING fts5({columns}, tokenize = \"unicode61 remove_diacritics 2\")"
                ))?;
                index.insert(memory)
            }
        };
        let id: i64 = row.get("id")?;
        let texts: rusqlite::Result<Vec<Option<String>>> =
            names.iter().map(|name| row.get(*name)).collect();
        let marks: Vec<String> = (2..=names.len() + 1).map(|n| format!("?{n}")).collect();
        index
            .prepare_cached(&format!(
                "INSERT INTO changed (rowid, {columns}) VALUES (?1, {})",
                marks.join(", ")
            ))?
            .execute(rusqlite::params_from_iter(
                std::iter::once(rusqlite::types::Value::Integer(id)).chain(texts?.into_iter().map(
                    |text| text.map_or(rusqlite::types::Value::Null, rusqlite::types::Value::Text),
                )),
            ))?;
    }
    let Some(index) = index else { return Ok(Vec::new()) };
    let mut statement =
        index.prepare("SELECT rowid AS id, rank AS score FROM changed WHERE changed MATCH ?1")?;
    let found = statement.query_map([pattern], |row| Ok((row.get("id")?, row.get("score")?)))?;
    found.collect()
}

/// Reads a row as a hit; a withdrawn claim gives none.
fn hit(db: &Handle, table: &str, id: i64, rank: f64) -> rusqlite::Result<Vec<Hit>> {
    let sql = match table {
        "claims" => {
            "SELECT 'claim' AS kind, key, text, status AS standing FROM claims WHERE id = ?1 AND withdrawn IS NULL"
        }
        "sources" => {
            "SELECT 'source' AS kind, key, title AS text, kind AS standing FROM sources WHERE id = ?1"
        }
        "locations" => {
            "SELECT 'location' AS kind, key, name AS text, kind AS standing FROM locations WHERE id = ?1"
        }
        _ => include_str!("name.sql"),
    };
    let mut statement = db.conn.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| {
        Ok(Hit {
            kind: row.get("kind")?,
            key: row.get("key")?,
            text: row.get("text")?,
            standing: row.get("standing")?,
            rank,
        })
    })?;
    rows.collect()
}

/// Converts words to an FTS5 pattern; `None` if there are none. Each word is quoted, so that none
/// is read as an operator, and joined with its spellings on keyboards of other languages.
pub(super) fn pattern(words: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (n, piece) in words.split('"').enumerate() {
        // Every second piece was between quotes and is a phrase.
        if n % 2 == 1 {
            parts.push((piece.to_owned(), ""));
            continue;
        }
        for word in piece.split_whitespace() {
            parts.push(match word.strip_suffix('*') {
                Some(start) => (start.to_owned(), " *"),
                None => (word.to_owned(), ""),
            });
        }
    }
    parts.retain(|(text, _)| text.chars().any(char::is_alphanumeric));
    let spelt = |(text, star): &(String, &str)| {
        let all: Vec<String> =
            spellings(text).iter().map(|text| format!("\"{text}\"{star}")).collect();
        if all.len() == 1 { all.join("") } else { format!("({})", all.join(" OR ")) }
    };
    let parts: Vec<String> = parts.iter().map(spelt).collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// Letters of the Arabic script that replace each other by keyboard and language, the most frequent
/// first. SQLite's tokenizer removes accents from Latin letters but does not fold these.
const INTERCHANGEABLE_LETTERS: [&str; 5] = ["کك", "یيىئ", "هةۀ", "وؤ", "اأإآ"];

/// The maximum number of spellings of one word: each one is another term in the query.
const MAX_SPELLINGS: usize = 96;

/// Returns a text in every spelling of its letters, without vowel signs, and also unchanged.
fn spellings(text: &str) -> Vec<String> {
    let sign = |c: char| matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}');
    let bare: Vec<char> = text.chars().filter(|c| !sign(*c)).collect();
    // Vary the most frequent letters first, as far as the limit allows.
    let mut varied: Vec<Option<&str>> = vec![None; bare.len()];
    let mut room = MAX_SPELLINGS;
    for letters in INTERCHANGEABLE_LETTERS {
        for (n, c) in bare.iter().enumerate() {
            if letters.contains(*c) && room >= letters.chars().count() {
                room /= letters.chars().count();
                varied[n] = Some(letters);
            }
        }
    }
    let mut all = vec![String::new()];
    for (c, letters) in bare.iter().zip(varied) {
        let own = c.to_string();
        let letters = letters.unwrap_or(&own);
        all = letters
            .chars()
            .flat_map(|letter| all.iter().map(move |start| format!("{start}{letter}")))
            .collect();
    }
    if !all.iter().any(|spelling| spelling == text) {
        all.push(text.to_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn patterns() {
        assert_eq!(pattern("muqur fell").as_deref(), Some("\"muqur\" AND \"fell\""));
        assert_eq!(pattern("sold*").as_deref(), Some("\"sold\" *"));
        assert_eq!(
            pattern("\"health centre\" NOT").as_deref(),
            Some("\"health centre\" AND \"NOT\"")
        );
        assert_eq!(pattern("  -- \" "), None);
        assert_eq!(pattern("مُقُر").as_deref(), Some("(\"مقر\" OR \"مُقُر\")"));
        assert!(pattern("افغانستاني").is_some_and(|all| all.contains("\"افغانستانی\"")));
        assert!(pattern("كابل").is_some_and(|all| all.contains("\"کابل\"")));
    }
}
