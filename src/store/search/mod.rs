//! Full-text search over claims, sources and places.
//!
//! The program's own writes update the indexes. Rows that another tool changed since then are
//! listed in `search_dirty`. A search only reads: of each table it takes the newest rows that the index
//! finds, without those listed, and puts them and the listed ones into an index in memory, which says
//! which of the listed ones fit, and ranks all. So a common word costs no more than a rare one.

mod context;
pub(in crate::store) mod index;
mod pattern;
mod phrase;
mod similar;

pub use pattern::Sought;
pub use similar::{Candidate, claim_features, claims_after, claims_like, claims_with, place_names};

use super::connection::{Handle, Reader};
use crate::error::{Error, Result};
use crate::model::{Kind, fold_name};
use index::{SEARCHED, Searched};
use pattern::MAX_WORDS;
use phrase::Laid;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeSet;

/// The number of rows of each table that are ranked: the newest.
const MAX_RANKED: usize = 500;
/// The number of rows of each table that are looked at, where the index alone does not say which fit.
const MAX_READ: usize = 20_000;
/// The number of characters of a text that are shown around the words.
const CONTEXT_CHARS: usize = 120;

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
    /// The field that holds the words: text, quote, figure, title, author, outlet, name, other name or note; key if
    /// they are the key.
    pub field: String,
    /// The words in their context, each between `[` and `]`; what the field holds if it is short.
    pub context: String,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The hits, the best first.
    pub hits: Vec<Hit>,
    /// The number of records from which they were taken.
    pub ranked: usize,
    /// False if more rows than those hold the words: those that were ranked are the newest.
    pub complete: bool,
}

/// Returns the records that hold what is looked for, at most `limit`, best first.
///
/// # Errors
/// Fails if the archive cannot be read, or if an older program wrote it last.
pub fn search(db: &Reader, words: &str, limit: usize) -> Result<Found> {
    let sought = Sought::parse(words);
    if let Some(number) = sought.as_ref().map(Sought::len).filter(|number| *number > MAX_WORDS) {
        return Err(Error::Refused {
            what: format!(
                "there are {number} words to look for; a search takes at most {MAX_WORDS}"
            ),
            hint: "leave out words: all of them would have to be in one record".to_owned(),
        });
    }
    let Some(sought) = sought else {
        return Err(Error::Refused {
            what: format!("there is no word to look for in {words:?}"),
            hint: "write one or more words; a phrase in quotes; a word that ends in * is a start; a word \
                   after a hyphen must not be there, beside one that must"
                .to_owned(),
        });
    };
    db.require_tables("search it")?;
    let run = || -> rusqlite::Result<Found> {
        let (ranked, complete) = rank(db, &sought, words.trim(), limit.max(MAX_RANKED))?;
        let hits = ranked.iter().take(limit).map(|row| hit(db, &sought, *row));
        Ok(Found { hits: hits.collect::<rusqlite::Result<_>>()?, ranked: ranked.len(), complete })
    };
    run().map_err(|error| db.map_err("search it", &error))
}

/// A row that was found: the number of its table in [`SEARCHED`], and its id.
type RowOf = (usize, i64);

/// The rows that hold what is looked for, best first, and whether these are all. Of each table the newest are
/// ranked, at most `most`; the record whose key is `key` is the first.
fn rank(
    db: &Handle,
    sought: &Sought,
    key: &str,
    most: usize,
) -> rusqlite::Result<(Vec<RowOf>, bool)> {
    let (mut found, mut complete) = (Vec::new(), true);
    let mut memory = MemoryIndex::new()?;
    for (n, searched) in SEARCHED.iter().enumerate() {
        let sql = format!("SELECT id FROM {} WHERE key = ?1", searched.table);
        let id = db.conn.prepare_cached(&sql)?.query_row([key], |row| row.get("id")).optional()?;
        found.extend(id.map(|id| (n, id)));
        memory.add_changed(db, n, sought)?;
        complete &= memory.add_newest(db, n, sought, most)?;
    }
    found.extend(memory.fitting(&sought.filter)?);
    let mut seen = BTreeSet::new();
    found.retain(|row| seen.insert(*row));
    Ok((found, complete))
}

/// Rows in an index in memory, from which those are taken that fit, best first.
struct MemoryIndex {
    conn: Connection,
    /// The row behind each row of the index.
    rows: Vec<RowOf>,
}

impl MemoryIndex {
    fn new() -> rusqlite::Result<Self> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE VIRTUAL TABLE ranked USING fts5(main, more, note, content=\"\", tokenize=\"ascii\")",
        )?;
        Ok(MemoryIndex { conn, rows: Vec::new() })
    }

    /// Adds the newest rows of a table that fit, at most `most`. Returns false if there may be more.
    fn add_newest(
        &mut self,
        db: &Handle,
        n: usize,
        sought: &Sought,
        most: usize,
    ) -> rusqlite::Result<bool> {
        let searched = &SEARCHED[n];
        let Searched { table, first, standing, .. } = searched;
        let mut statement = db.conn.prepare_cached(&format!(
            "{select} FROM words_fts AS w CROSS JOIN {table} AS r ON r.id = w.rowid - {first}
             WHERE w.words_fts MATCH ?1 AND w.rowid BETWEEN {first} AND {last} AND {standing}
               AND r.id NOT IN {changed}
             ORDER BY w.rowid DESC",
            select = searched.select(),
            last = searched.last(),
            changed = index::changed(table),
        ))?;
        let mut rows = statement.query([&sought.filter])?;
        let (mut read, mut fitting) = (0, 0);
        while let Some(row) = rows.next()? {
            if fitting == most || read == most.max(MAX_READ) {
                return Ok(false);
            }
            read += 1;
            fitting += usize::from(self.add(n, sought, row)?);
        }
        Ok(true)
    }

    /// Adds the rows of a table that fit and were changed since the file's index was last updated.
    fn add_changed(&mut self, db: &Handle, n: usize, sought: &Sought) -> rusqlite::Result<()> {
        let mut statement = db.conn.prepare_cached(&SEARCHED[n].select_changed())?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.add(n, sought, row)?;
        }
        Ok(())
    }

    /// Adds a row of a table if it fits, and returns whether it does.
    fn add(&mut self, n: usize, sought: &Sought, row: &Row<'_>) -> rusqlite::Result<bool> {
        let texts = texts_of(row)?;
        if !sought.fits(&texts) {
            return Ok(false);
        }
        self.rows.push((n, row.get("id")?));
        let number = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        let sql = "INSERT INTO ranked (rowid, main, more, note) VALUES (?1, ?2, ?3, ?4)";
        let [main, more, note] = texts.map(|text| text.words());
        self.conn.prepare_cached(sql)?.execute((number, main, more, note))?;
        Ok(true)
    }

    /// The rows that fit, best first.
    fn fitting(&self, filter: &str) -> rusqlite::Result<Vec<RowOf>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT rowid AS n FROM ranked WHERE ranked MATCH ?1
             ORDER BY bm25(ranked, 4, 2, 1), rowid",
        )?;
        let row = |n: i64| self.rows.get(usize::try_from(n - 1).ok()?).copied();
        let found = statement.query_map([filter], |found| Ok(row(found.get("n")?)))?;
        found.filter_map(rusqlite::Result::transpose).collect()
    }
}

/// The texts of a row.
fn texts_of(row: &Row<'_>) -> rusqlite::Result<[Laid; 3]> {
    let text = |name| -> rusqlite::Result<Laid> {
        Ok(Laid::read(&row.get::<_, Option<String>>(name)?.unwrap_or_default()))
    };
    Ok([text("main")?, text("more")?, text("note")?])
}

/// The claims that hold any of these words or phrases, among those changed since the file's index was last
/// updated.
fn changed_claims(db: &Handle, any: &[Sought]) -> rusqlite::Result<Vec<i64>> {
    let mut statement = db.conn.prepare_cached(&SEARCHED[0].select_changed())?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let texts = texts_of(row)?;
        if any.iter().any(|sought| sought.fits(&texts)) {
            found.push(row.get("id")?);
        }
    }
    Ok(found)
}

/// The number of rows of a table among which those are looked for whose names hold a word.
const MAX_NAMED: usize = 2_000;

/// A query for the ids of rows of a searched table that hold a word that begins so, and its parameter `:words`; not
/// those changed since the file's index was last updated. `None` if the table is not searched, or there is
/// no word.
pub(super) fn rows_beginning(table: &str, word: &str) -> Option<(String, String)> {
    let searched = SEARCHED.iter().find(|searched| searched.table == table)?;
    let sql = format!(
        "SELECT rowid - {first} FROM words_fts WHERE words_fts MATCH :words
         AND rowid BETWEEN {first} AND {last} AND rowid - {first} NOT IN {changed}
         LIMIT {MAX_NAMED}",
        first = searched.first,
        last = searched.last(),
        changed = index::changed(table),
    );
    Some((sql, Sought::parse(&format!("{word}*"))?.filter))
}

/// The keys of the rows of a searched table whose name is this text: names are compared folded. For tables
/// without an index on their names.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn keys_with_text(db: &Handle, kind: &'static Kind, text: &str) -> Result<Vec<String>> {
    // What a search takes for a sign is a part of the text here.
    let words = text.replace(['"', '*'], " ").replace(" -", " ");
    let (Some(name), Some((ids, pattern))) =
        (kind.key_from, rows_beginning(kind.table, words.trim_start_matches(['-', ' '])))
    else {
        return Ok(Vec::new());
    };
    let (table, changed) = (kind.table, index::changed(kind.table));
    let sql = format!(
        "SELECT key, {name} AS name FROM {table} WHERE id IN ({ids}) OR id IN {changed} ORDER BY key"
    );
    let read = || -> rusqlite::Result<Vec<(String, String)>> {
        let mut statement = db.conn.prepare(&sql)?;
        statement.query_map([&pattern], |row| Ok((row.get("key")?, row.get("name")?)))?.collect()
    };
    let rows = read().map_err(|error| db.map_err("look for a text", &error))?;
    let folded = fold_name(text);
    Ok(rows.into_iter().filter(|(_, name)| fold_name(name) == folded).map(|(key, _)| key).collect())
}

/// Reads a row as a hit.
fn hit(db: &Handle, sought: &Sought, (n, id): RowOf) -> rusqlite::Result<Hit> {
    let searched = &SEARCHED[n];
    let mut fields = db.conn.prepare_cached(searched.fields)?;
    let fields = fields.query_map([id], |row| Ok((row.get("field")?, row.get("text")?)))?;
    let (mut best, mut field, mut context) = (0, String::new(), String::new());
    for row in fields {
        let (name, text): (String, String) = row?;
        let (number, shown) = sought.context(&text, CONTEXT_CHARS);
        if number > best {
            (best, field, context) = (number, name, shown);
        }
    }
    db.conn.prepare_cached(searched.shown)?.query_row([id], |row| {
        let key: String = row.get("key")?;
        if best == 0 {
            (field, context) = ("key".to_owned(), format!("[{key}]"));
        }
        Ok(Hit {
            kind: row.get("kind")?,
            key,
            text: row.get("text")?,
            standing: row.get("standing")?,
            field: std::mem::take(&mut field),
            context: std::mem::take(&mut context),
        })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Sought, hit, index, rank};
    use crate::store::connection::Writer;
    use crate::store::in_memory;

    fn archive() -> Writer {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        let sql = "INSERT INTO claims (key, text, kind, note) VALUES
               ('first', 'A word, and much else that nobody asked for at all', 'event', NULL),
               ('noted', 'Nothing', 'event', 'word'), ('word', 'Nothing', 'event', NULL),
               ('best', 'A word', 'event', 'other word'), ('apart', 'A long word', 'event', NULL);
             INSERT INTO claims (key, text, kind, withdrawn) VALUES ('gone', 'A word', 'event', 'x');
             INSERT INTO locations (key, name, kind) VALUES ('place', 'Other', 'district');
             INSERT INTO location_names (location_id, name) VALUES (1, 'Word'), (1, 'A word')";
        archive.conn.execute_batch(sql).unwrap();
        archive
    }

    /// The keys of what is found, best first, and whether that is all.
    fn find(archive: &Writer, typed: &str, most: usize) -> (Vec<String>, bool) {
        let sought = Sought::parse(typed).unwrap();
        let (rows, complete) = rank(archive, &sought, typed, most).unwrap();
        let keys = rows.into_iter().map(|row| hit(archive, &sought, row).unwrap().key);
        (keys.collect(), complete)
    }

    #[test]
    fn the_best_comes_first_and_a_record_once() {
        let archive = archive();
        let wanted =
            ["word", "place", "best", "apart", "first", "noted"].map(str::to_owned).to_vec();
        // Rows that another tool changed, and rows in the index.
        assert_eq!(find(&archive, "word", 9), (wanted.clone(), true));
        index::drain(&archive.conn).unwrap();
        assert_eq!(find(&archive, "word", 9), (wanted, true));
        assert_eq!(find(&archive, "\"a word\"", 9).0, ["place", "best", "first"]);
    }

    #[test]
    fn of_many_the_newest_are_ranked() {
        let archive = archive();
        index::drain(&archive.conn).unwrap();
        let (keys, complete) = find(&archive, "word", 2);
        assert_eq!(keys, ["word", "place", "best", "apart"], "two of each table, and the key");
        assert!(!complete);
        assert!(find(&archive, "word", 4).1, "four hold it");
        assert!(!find(&archive, "word", 3).1);
        let (keys, complete) = find(&archive, "\"a word\"", 2);
        assert_eq!((keys, complete), (vec!["place".into(), "best".into(), "first".into()], true));
    }

    #[test]
    fn the_field_is_the_one_with_most_of_the_words() {
        let archive = archive();
        let field = |typed: &str, row| {
            let hit = hit(&archive, &Sought::parse(typed).unwrap(), row).unwrap();
            (hit.field, hit.context)
        };
        let is = |field: &str, context: &str| (field.to_owned(), context.to_owned());
        assert_eq!(field("word", (0, 4)), is("text", "A [word]"));
        assert_eq!(field("word other", (0, 4)), is("note", "[other] [word]"));
        assert_eq!(field("word", (0, 3)), is("key", "[word]"));
        assert_eq!(field("word", (2, 1)), is("other name", "Other ([Word])"));
    }
}
