//! The search indexes: that of words as they are written, which other tools search, and that of folded
//! words, which this program searches.

use super::phrase::{Laid, Phrase};
use crate::model::words_to_index;
use crate::store::connection::damage::SEARCH_INDEXES;
use crate::store::side_thread::meanwhile;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Rows, params};
use std::borrow::Cow;

/// A table whose rows are found by their words.
#[derive(Debug)]
pub(super) struct Searched {
    /// The table.
    pub table: &'static str,
    /// The number before that of its first row in the index of folded words.
    pub first: i64,
    /// The texts of a row `r` in which words are found: the most telling, more of them, and the note.
    pub texts: [&'static str; 3],
    /// The condition under which a row `r` may be found.
    pub standing: &'static str,
    /// The query for what is shown of a row: its kind, key, text and standing.
    pub shown: &'static str,
    /// The query for the texts in which its words may be, the most telling first.
    pub fields: &'static str,
}

impl Searched {
    /// The beginning of a query for rows `r`: each with its id and its texts.
    pub(super) fn select(&self) -> String {
        let [main, more, note] = self.texts;
        format!("SELECT r.id AS id, {main} AS main, {more} AS more, {note} AS note")
    }

    /// The query for the rows that were changed since the indexes were last updated, as [`Searched::select`]
    /// has them.
    pub(super) fn select_changed(&self) -> String {
        let Searched { table, standing, .. } = self;
        let (select, changed) = (self.select(), changed(table));
        format!("{select} FROM {table} AS r WHERE r.id IN {changed} AND {standing}")
    }

    /// The largest row number of its rows in the index of folded words.
    pub(super) const fn last(&self) -> i64 {
        self.first + (1 << 48) - 1
    }
}

/// A query in brackets for the rows of a table that were changed since the indexes were last updated.
pub(super) fn changed(table: &str) -> String {
    format!("(SELECT row_id FROM search_dirty WHERE table_name = '{table}')")
}

/// The tables with an index of words as written: each with the column that names a row, and the columns of
/// that index.
const AS_WRITTEN: [(&str, &str, &str); 4] = [
    ("claims", "key", "text, note"),
    ("sources", "key", "title, author, outlet, note"),
    ("locations", "key", "name, note"),
    ("location_names", "name", "name"),
];

/// The tables whose records are searched. The index of folded words has the rows of a table side by side, so
/// that those of one kind are read without the others. The other names of a place are words of the place.
pub(super) const SEARCHED: [Searched; 3] = [
    Searched {
        table: "claims",
        first: 0,
        texts: ["r.text", include_str!("claim_words.sql"), "r.note"],
        standing: "r.withdrawn IS NULL",
        shown: "SELECT 'claim' AS kind, key, text, status AS standing FROM claims WHERE id = ?1",
        fields: include_str!("claim_fields.sql"),
    },
    Searched {
        table: "sources",
        first: 1 << 48,
        texts: ["r.title", "concat_ws(' | ', r.author, r.outlet)", "r.note"],
        standing: "TRUE",
        shown: "SELECT 'source' AS kind, key, title AS text, kind AS standing FROM sources WHERE id = ?1",
        fields: include_str!("source_fields.sql"),
    },
    Searched {
        table: "locations",
        first: 2 << 48,
        texts: [include_str!("place_names.sql"), "NULL", "r.note"],
        standing: "TRUE",
        shown: "SELECT 'location' AS kind, key, name AS text, kind AS standing FROM locations WHERE id = ?1",
        fields: include_str!("place_fields.sql"),
    },
];

/// The number of the installed text from which on the folded words of a file are those of today. When a
/// text gives other words than before, raise the number of the text, and set this to it.
const WORDS_SINCE: i64 = 9;

/// Makes functions known to a connection: `search_words(text)`, the words of a text as the index of folded
/// words has them, and `search_begins(text, words)`, 1 if the text holds the words, the last one as the
/// beginning of a word.
pub(in crate::store) fn install_function(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    conn.create_scalar_function("search_words", 1, flags, |context| {
        Ok(text_of(context.get_raw(0)).map(|text| words_to_index(&text)))
    })?;
    conn.create_scalar_function("search_begins", 2, flags, |context| {
        let text = text_of(context.get_raw(0));
        let sought = Phrase::read(&format!("{}*", context.get::<String>(1)?));
        let (Some(text), Some(sought)) = (text, sought) else { return Ok(false) };
        Ok(sought.is_in(&Laid::read(&text)))
    })
}

/// A text as far as it can be read: words are found around bytes that are not UTF-8, which `check` names.
fn text_of(value: ValueRef<'_>) -> Option<Cow<'_, str>> {
    value.as_bytes_or_null().ok().flatten().map(String::from_utf8_lossy)
}

/// Updates the indexes for the rows listed in `search_dirty`.
pub(in crate::store) fn drain(conn: &Connection) -> rusqlite::Result<()> {
    // FTS5 takes a row out of such an index only when it is given the indexed text.
    for (table, _, columns) in AS_WRITTEN {
        let olds: Vec<String> =
            (1..=columns.split(", ").count()).map(|n| format!("old_{n}")).collect();
        conn.execute_batch(&format!(
            "INSERT INTO {table}_fts ({table}_fts, rowid, {columns})
               SELECT 'delete', row_id, {olds} FROM search_dirty
               WHERE table_name = '{table}' AND indexed = 1;
             INSERT INTO {table}_fts (rowid, {columns})
               SELECT id, {columns} FROM {table} WHERE id IN {changed} ORDER BY id;",
            olds = olds.join(", "),
            changed = changed(table),
        ))?;
    }
    for Searched { table, first, .. } in &SEARCHED {
        conn.execute_batch(&format!(
            "INSERT INTO words_fts (words_fts, rowid, words)
               SELECT 'delete', {first} + row_id,
                 search_words(concat_ws(' | ', old_1, old_2, old_3, old_4))
               FROM search_dirty WHERE table_name = '{table}' AND indexed = 1;",
        ))?;
    }
    add_words(conn, |table| format!("r.id IN {}", changed(table)))?;
    conn.execute("DELETE FROM search_dirty", [])?;
    Ok(())
}

/// The bytes of entries that FTS5 holds in memory during a bulk load, and those that it holds by default. It writes
/// them as one part of an index, and merges the parts later.
const HELD: [u32; 2] = [4 << 20, 1 << 20];

/// Puts the rows that a bulk load added into the indexes.
pub(in crate::store) fn add_bulk(conn: &Connection) -> rusqlite::Result<()> {
    let [of_many, by_default] = HELD;
    hold(conn, of_many)?;
    conn.execute_batch(include_str!("../rows/bulk_search.sql"))?;
    add_words(conn, |table| {
        format!("r.id > (SELECT id FROM temp.bulk_since WHERE name = '{table}')")
    })?;
    hold(conn, by_default)
}

/// Tells FTS5 how many bytes of entries to hold in memory, which the file remembers.
fn hold(conn: &Connection, bytes: u32) -> rusqlite::Result<()> {
    for index in SEARCH_INDEXES {
        let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('hashsize', ?1)");
        conn.execute(&sql, [bytes])?;
    }
    Ok(())
}

/// Builds the index of folded words anew, if the file has one by other rules.
pub(in crate::store) fn renew_words(conn: &Connection, installed: i64) -> rusqlite::Result<()> {
    if installed >= WORDS_SINCE {
        return Ok(());
    }
    rebuild(conn)
}

/// Builds both indexes anew from the rows.
pub(in crate::store) fn rebuild(conn: &Connection) -> rusqlite::Result<()> {
    for (table, ..) in AS_WRITTEN {
        conn.execute_batch(&format!("INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')"))?;
    }
    conn.execute_batch(
        "DELETE FROM search_dirty; INSERT INTO words_fts (words_fts) VALUES ('delete-all')",
    )?;
    add_words(conn, |_| "TRUE".to_owned())
}

/// Returns true if the index of folded words counts other rows and words than it has. FTS5 takes an index
/// that counts too few for damaged when it next takes words out.
///
/// The counts are in the record 1 of the table `words_fts_data`, as SQLite's documentation of FTS5 describes
/// it: the number of rows and the number of words, each a varint.
pub(in crate::store) fn counts_are_off(conn: &Connection) -> rusqlite::Result<bool> {
    let counted: Option<Vec<u8>> = conn
        .query_row("SELECT block FROM words_fts_data WHERE id = 1", [], |row| row.get("block"))
        .optional()?;
    let counted = counted.unwrap_or_default();
    let (rows, rest) = varint(&counted);
    let (words, _) = varint(rest);
    let mut statement = conn.prepare("SELECT sz FROM words_fts_docsize")?;
    let mut found = statement.query([])?;
    let (mut has_rows, mut has_words) = (0, 0);
    while let Some(row) = found.next()? {
        let size: Vec<u8> = row.get("sz")?;
        has_rows += 1;
        has_words += varint(&size).0;
    }
    Ok((rows, words) != (has_rows, has_words))
}

/// The search indexes that do not find the words which they count: an index may be sound in SQLite's eyes, and empty.
/// The connection must be one that may make tables of its own.
pub(in crate::store) fn lost_words(conn: &Connection) -> rusqlite::Result<Vec<&'static str>> {
    let mut lost = Vec::new();
    for index in SEARCH_INDEXES {
        conn.execute_batch(&format!(
            "CREATE VIRTUAL TABLE temp.{index}_found USING fts5vocab(main, '{index}', row)"
        ))?;
        let sql = format!("SELECT sum(doc) AS rows, sum(cnt) AS words FROM temp.{index}_found");
        let (rows, words): (Option<i64>, Option<i64>) =
            conn.query_row(&sql, [], |row| Ok((row.get("rows")?, row.get("words")?)))?;
        let (mut has_rows, mut has_words) = (0, 0);
        let mut statement = conn.prepare(&format!("SELECT sz FROM {index}_docsize"))?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let size: Vec<u8> = row.get("sz")?;
            let (mut in_row, mut rest) = (0, size.as_slice());
            while !rest.is_empty() {
                let (words, after) = varint(rest);
                (in_row, rest) = (in_row + i64::try_from(words).unwrap_or(i64::MAX), after);
            }
            has_words += in_row;
            has_rows += i64::from(in_row > 0);
        }
        drop(found);
        drop(statement);
        conn.execute_batch(&format!("DROP TABLE temp.{index}_found"))?;
        let is_sound = match words {
            Some(words) => words == has_words,
            // An index without positions counts a word once a row.
            None => (has_rows..=has_words).contains(&rows.unwrap_or(0)),
        };
        if !is_sound {
            lost.push(index);
        }
    }
    Ok(lost)
}

/// Reads a number as SQLite writes it, and returns what follows: seven bits a byte, the highest first, the
/// ninth byte whole.
fn varint(bytes: &[u8]) -> (u64, &[u8]) {
    let mut number = 0;
    for (n, byte) in bytes.iter().enumerate() {
        if n == 8 {
            return (number << 8 | u64::from(*byte), &bytes[9..]);
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return (number, &bytes[n + 1..]);
        }
    }
    (number, &[])
}

/// The query for rows that an index does not know and nobody noted for it: the table `t` and the key `k`.
pub(in crate::store) fn unindexed() -> String {
    let rows = AS_WRITTEN.iter().map(|(table, name, _)| {
        let folded = SEARCHED.iter().find(|searched| searched.table == *table);
        let folded = folded.map_or(String::new(), |Searched { first, .. }| {
            format!(
                "OR NOT EXISTS (SELECT 1 FROM words_fts_docsize AS d WHERE d.id = {first} + r.id)"
            )
        });
        format!(
            "SELECT '{table}' AS t, {name} AS k FROM {table} AS r
             WHERE (NOT EXISTS (SELECT 1 FROM {table}_fts_docsize AS d WHERE d.id = r.id) {folded})
               AND r.id NOT IN {}",
            changed(table)
        )
    });
    rows.collect::<Vec<_>>().join(" UNION ALL ")
}

/// Adds rows to the index of folded words: of each table those that `which` says. The words of some are found on
/// another thread while the texts of the next are read.
fn add_words(conn: &Connection, which: impl Fn(&str) -> String) -> rusqlite::Result<()> {
    let mut insert = conn.prepare("INSERT INTO words_fts (rowid, words) VALUES (?1, ?2)")?;
    for Searched { table, first, texts: [main, more, note], .. } in &SEARCHED {
        let mut statement = conn.prepare(&format!(
            "SELECT {first} + r.id AS number, concat_ws(' | ', {main}, {more}, {note}) AS text
             FROM {table} AS r WHERE {which} ORDER BY r.id",
            which = which(table)
        ))?;
        let mut rows = statement.query([])?;
        let mut texts = next_texts(&mut rows)?;
        while !texts.is_empty() {
            let of = |(number, text): &(i64, String)| (*number, words_to_index(text));
            let all_words = || texts.iter().map(of).collect::<Vec<_>>();
            let (words, next) = meanwhile(texts.len(), all_words, || next_texts(&mut rows));
            for (number, words) in words {
                insert.execute(params![number, words])?;
            }
            texts = next?;
        }
    }
    Ok(())
}

/// The next texts, each with its number in the index: a thousand, or as many as have a megabyte.
fn next_texts(rows: &mut Rows<'_>) -> rusqlite::Result<Vec<(i64, String)>> {
    let (mut texts, mut bytes) = (Vec::new(), 0);
    while texts.len() < 1_000
        && bytes < 1_000_000
        && let Some(row) = rows.next()?
    {
        let text = text_of(row.get_ref("text")?).unwrap_or_default().into_owned();
        bytes += text.len();
        texts.push((row.get("number")?, text));
    }
    Ok(texts)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{
        HELD, SEARCH_INDEXES, WORDS_SINCE, counts_are_off, drain, hold, next_texts, rebuild,
        renew_words, unindexed, varint,
    };
    use crate::model::words_to_index;
    use crate::store::in_memory;
    use rusqlite::Connection;
    use sha2::{Digest, Sha256};

    /// Every word of the index with its row and column, of the rows that are there.
    fn words(conn: &Connection) -> Vec<String> {
        let sql = "SELECT term || ' ' || doc AS word FROM temp.vocabulary ORDER BY 1";
        let mut statement = conn.prepare(sql).unwrap();
        statement.query_map([], |row| row.get("word")).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn after_a_load_fts5_holds_as_many_entries_as_by_default() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        let held = |index: &str| -> i64 {
            let sql = format!("SELECT v FROM {index}_config WHERE k = 'hashsize'");
            archive.conn.query_row(&sql, [], |row| row.get("v")).unwrap()
        };
        for (bytes, expected) in HELD.iter().zip([4 << 20, 1 << 20]) {
            hold(&archive.conn, *bytes).unwrap();
            for index in SEARCH_INDEXES {
                assert_eq!(held(index), expected, "{index}");
            }
        }
        hold(&archive.conn, 9_999).unwrap();
        archive.conn.execute_batch("CREATE TEMP TABLE bulk_since (name TEXT, id INTEGER)").unwrap();
        super::add_bulk(&archive.conn).unwrap();
        assert_eq!(held("words_fts"), 1 << 20);
    }

    #[test]
    fn texts_are_read_a_thousand_or_a_megabyte_at_a_time() {
        let conn = Connection::open_in_memory().unwrap();
        let parts = |texts: &str| {
            let sql = format!(
                "WITH RECURSIVE n(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n LIMIT 1001) {texts}"
            );
            let mut statement = conn.prepare(&sql).unwrap();
            let mut rows = statement.query([]).unwrap();
            let sizes = std::iter::from_fn(|| Some(next_texts(&mut rows).unwrap().len()));
            sizes.take_while(|size| *size > 0).collect::<Vec<_>>()
        };
        assert_eq!(parts("SELECT number, 'a' AS text FROM n"), [1_000, 1]);
        assert_eq!(parts("SELECT number, zeroblob(500000) AS text FROM n LIMIT 5"), [2, 2, 1]);
    }

    #[test]
    fn after_any_change_the_index_is_as_if_built_anew() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        let conn = &archive.conn;
        let run = |sql: &str| conn.execute_batch(sql).unwrap();
        run("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words_fts, instance)");
        let has = |word: &str| words(conn).iter().any(|held| held.starts_with(&format!("{word} ")));
        let check = || {
            drain(conn).unwrap();
            let kept = words(conn);
            renew_words(conn, WORDS_SINCE - 1).unwrap();
            assert_eq!(kept, words(conn));
            run("INSERT INTO words_fts (words_fts) VALUES ('integrity-check')");
        };
        run("INSERT INTO claims (key, text, kind, note) VALUES
               ('one', 'Première thing, 107,000', 'event', 'aside'), ('two', 'Second', 'event', NULL);
             INSERT INTO sources (key, kind, title, author, outlet) VALUES
               ('paper', 'article', 'Daily', 'Ann', 'Press');
             INSERT INTO locations (key, name, kind) VALUES ('here', 'Łódź', 'district');
             INSERT INTO locations (key, name, kind) VALUES ('there', 'Qonduz', 'district');
             INSERT INTO location_names (location_id, name) VALUES (1, '阿富汗'), (1, 'third'), (2, 'Kunduz');
             INSERT INTO measures (key, title, dimension, growth) VALUES ('dead', 'Dead', 'people', 'constant');
             INSERT INTO mentions (claim_id, source_id, quote, locator) VALUES (1, 1, 'fünf', '1'), (1, 1, 'six', '2');
             INSERT INTO figures (key, claim_id, measure_id, value, said) VALUES ('f', 1, 1, 5, 'cinq')");
        check();
        for word in
            ["premiere", "107000", "aside", "funf", "six", "cinq", "ann", "press", "lodz", "阿富"]
        {
            assert!(has(word), "{word}");
        }
        // Whatever tool does it; twice between two updates of the index.
        run("UPDATE mentions SET quote = 'seven' WHERE locator = '1'");
        run("UPDATE claims SET text = 'Other' WHERE key = 'one'");
        run("UPDATE figures SET said = 'sept'");
        check();
        assert!(has("seven") && has("sept") && has("other") && has("six"));
        assert!(!has("funf") && !has("cinq") && !has("premiere"));
        run("UPDATE location_names SET name = 'Drittes', location_id = 2 WHERE name = 'third'");
        run("UPDATE locations SET note = 'lodzer' WHERE key = 'here'");
        run("UPDATE mentions SET quote = NULL WHERE locator = '1'");
        check();
        assert!(has("drittes") && has("kunduz") && has("lodzer") && !has("third"));
        run(
            "DELETE FROM location_names WHERE name = 'Kunduz'; UPDATE locations SET name = 'Qunduz' WHERE key = 'there'",
        );
        check();
        assert!(!has("kunduz") && !has("qonduz") && has("qunduz"));
        run("DELETE FROM mentions WHERE locator = '2'; UPDATE mentions SET quote = 'eight'");
        check();
        assert!(!has("six") && !has("seven") && has("eight"));
        run("DELETE FROM figures; DELETE FROM mentions; DELETE FROM claims WHERE key = 'one'");
        run("UPDATE sources SET author = NULL; DELETE FROM location_names");
        check();
        assert!(!has("eight") && !has("sept") && !has("ann") && !has("阿富") && has("press"));
    }

    #[test]
    fn a_row_that_is_not_indexed_is_found() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        let conn = &archive.conn;
        conn.execute_batch(
            "INSERT INTO claims (key, text, kind) VALUES ('one', 'One', 'event');
            INSERT INTO sources (key, kind, title) VALUES ('paper', 'article', 'Daily')",
        )
        .unwrap();
        let number = || -> i64 {
            let sql = format!("SELECT count(*) FROM ({})", unindexed());
            conn.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        assert_eq!(number(), 0, "they are noted");
        drain(conn).unwrap();
        assert_eq!(number(), 0);
        conn.execute_batch("INSERT INTO words_fts (words_fts) VALUES ('delete-all')").unwrap();
        assert_eq!(number(), 3, "with the source that stands for the desk");
        renew_words(conn, WORDS_SINCE).unwrap();
        assert_eq!(number(), 3, "the words are those of today");
        renew_words(conn, WORDS_SINCE - 1).unwrap();
        assert_eq!(number(), 0);
    }

    #[test]
    fn an_index_that_counts_wrong_is_found_and_built_anew() {
        assert_eq!(varint(&[0x81, 0x01, 7]), (129, &[7][..]));
        assert_eq!(varint(&[0xff; 10]), (u64::MAX, &[0xff][..]));
        assert_eq!(varint(&[]), (0, &[][..]));
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        let conn = &archive.conn;
        let off = || counts_are_off(conn).unwrap();
        assert!(!off());
        let many = "word ".repeat(300);
        let sql = "INSERT INTO claims (key, text, kind) VALUES ('one', ?1, 'event')";
        conn.execute(sql, [&many]).unwrap();
        drain(conn).unwrap();
        assert!(!off());
        // Words that the row never had.
        conn.execute_batch(
            "INSERT INTO words_fts (words_fts, rowid, words) VALUES ('delete', 9, 'a b c')",
        )
        .unwrap();
        assert!(off());
        rebuild(conn).unwrap();
        assert!(!off());
    }

    #[test]
    fn the_words_of_a_file_are_those_of_the_installed_text() {
        let mut digest = Sha256::new();
        for c in ('\0'..='\u{33ff}').chain('\u{a000}'..='\u{1ffff}') {
            digest.update(words_to_index(&format!("a{c}1 {c}{c} 1{c}000 ")));
        }
        let hash: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            (WORDS_SINCE, &hash[..16]),
            (9, "3474d50199ad7b38"),
            "texts give other words than those in files: raise the number of the installed text, \
             and set WORDS_SINCE to it"
        );
    }
}
