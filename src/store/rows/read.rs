//! Reads rows of any kind, with references as keys, in the form that exports write.

use super::sql::value;
use crate::error::{Error, Result};
use crate::model::{
    Field, FoundBy, Kind, Record, SourcePos, Type, Value, all_kinds, fold_name, kind_of_table,
    propose_key,
};
use crate::store::answers::Lookup;
use crate::store::blobs::MAX_BYTES_IN_ROW;
use crate::store::connection::{Handle, Reader, Writer};
use crate::store::schema::migrate::{self, Format};
use rusqlite::OptionalExtension;

/// Passes the id and the fields of every row of a kind to `take`, the fields in the order of the kind.
/// Rows are ordered by their contents, so that exports of the same archive have the same bytes. Bytes that are too many
/// to hold in memory are left out: [`large_files`](crate::store::large_files) lists the files that have them.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn read_rows(
    db: &Handle,
    kind: &Kind,
    mut take: impl FnMut(i64, &[Value]) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT id, {} FROM {} AS t ORDER BY {}",
        lean_select_list(kind),
        kind.table,
        order_by(kind)
    );
    for_each_row(db, kind, &sql, &[], &mut take)
}

/// Passes the rows of a kind to `take`, as [`read_rows`] does, but for those that were retracted.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn read_standing_rows(
    db: &Handle,
    kind: &Kind,
    mut take: impl FnMut(i64, &[Value]) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT id, {} FROM {} AS t WHERE {} ORDER BY {}",
        select_list(kind),
        kind.table,
        not_retracted(kind),
        order_by(kind)
    );
    for_each_row(db, kind, &sql, &[], &mut take)
}

/// The condition on a row of `t` that it was not retracted.
fn not_retracted(kind: &Kind) -> String {
    kind.retracted_in.map_or("true".to_owned(), |(table, column)| {
        format!("NOT EXISTS (SELECT 1 FROM {table} AS r WHERE r.{column} = t.id)")
    })
}

/// Passes the rows of a kind with ids from `first` to `last` to `take`, as [`read_rows`] does, in the
/// order in which they were added.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn read_range(
    db: &Handle,
    kind: &Kind,
    first: i64,
    last: i64,
    mut take: impl FnMut(i64, &[Value]) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT id, {} FROM {} AS t WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
        lean_select_list(kind),
        kind.table
    );
    for_each_row(db, kind, &sql, &[&first, &last], &mut take)
}

/// Reads the rows of a kind that refer to one row by a column, without those that were retracted. Made once for
/// many such rows: the statement is written when it is made.
#[derive(Debug)]
pub struct Children {
    kind: &'static Kind,
    sql: String,
}

impl Children {
    /// Reads the rows of `kind` whose `column` refers to a row.
    pub fn new(kind: &'static Kind, column: &str) -> Self {
        let sql = format!(
            "SELECT id, {} FROM {} AS t WHERE {column} = ?1 AND {} ORDER BY {}",
            select_list(kind),
            kind.table,
            not_retracted(kind),
            order_by(kind)
        );
        Children { kind, sql }
    }

    /// Reads the rows that refer to the row with this id: the id and the fields of each.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn of(&self, db: &Handle, id: i64) -> Result<Vec<(i64, Vec<Value>)>> {
        let mut rows = Vec::new();
        for_each_row(db, self.kind, &self.sql, &[&id], &mut |id, row| {
            rows.push((id, row.to_vec()));
            Ok(())
        })?;
        Ok(rows)
    }
}

/// The row of a kind with this key, if there is one.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn read_row(db: &Handle, kind: &Kind, key: &str) -> Result<Option<Vec<Value>>> {
    let sql = format!("SELECT id, {} FROM {} AS t WHERE key = ?1", select_list(kind), kind.table);
    let mut found = None;
    for_each_row(db, kind, &sql, &[&key], &mut |_, row| {
        found = Some(row.to_vec());
        Ok(())
    })?;
    Ok(found)
}

/// The row of a kind that has the same identity as `row`, which may come from another archive.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn row_like(db: &Handle, kind: &Kind, row: &[Value]) -> Result<Option<Vec<Value>>> {
    let mut tests: Vec<String> = Vec::new();
    let mut params: Vec<&dyn rusqlite::ToSql> = Vec::new();
    for position in kind.identity.iter().filter_map(|name| kind.position(name)) {
        let field = &kind.fields[position];
        // As in `find_sql`: the first column is the most selective.
        let plus = if tests.is_empty() { "" } else { "+" };
        let column = format!("{plus}t.{}", field.column);
        let given = &row[position];
        if given.is_null() {
            tests.push(format!("{column} IS NULL"));
            continue;
        }
        params.push(given);
        let number = params.len();
        tests.push(match field.ty {
            Type::Ref(table) => format!(
                "{column} = (SELECT id FROM {table} WHERE {} = ?{number})",
                name_column(table)
            ),
            _ => format!("{column} = ?{number}"),
        });
    }
    let sql = format!(
        "SELECT id, {} FROM {} AS t WHERE {} ORDER BY id LIMIT 1",
        select_list(kind),
        kind.table,
        tests.join(" AND ")
    );
    let mut found = None;
    for_each_row(db, kind, &sql, &params, &mut |_, row| {
        found = Some(row.to_vec());
        Ok(())
    })?;
    Ok(found)
}

/// The keys of the rows that match a record whose key will be generated: `key_from` is equal (folded,
/// where names are), and
/// so is every field of `told_apart_by` that both state. A numbered key sorts after the same key
/// without a number. `base` is the key that would be proposed.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn keys_of_same(db: &dyn Lookup, record: &Record, base: &str) -> Result<Vec<String>> {
    let kind = record.kind;
    let Some(name) = kind.key_from.and_then(|field| record.given(field)) else {
        return Ok(Vec::new());
    };
    let from = kind.key_from.unwrap_or_default();
    let folded = name.value.as_text().filter(|_| kind.folded).map(fold_name);
    let mut params = vec![folded.map_or_else(|| name.value.clone(), Value::Text)];
    let from = if kind.folded { "folded" } else { from };
    let mut tests = match kind.found_by {
        FoundBy::Text => vec![format!("{from} = ?1")],
        // '.' follows '-' in ASCII, so the range holds `base` and every key that begins with
        // `base-`, such as `base-2`.
        // A row that was renamed is found by the key that it had.
        FoundBy::Key => {
            params.push(Value::from(base));
            vec![
                format!(
                    "id IN (SELECT id FROM {table} WHERE key >= ?2 AND key < ?2 || '.'
                       UNION ALL SELECT row_id FROM aliases
                       WHERE table_name = '{table}' AND alias >= ?2 AND alias < ?2 || '.')",
                    table = kind.table
                ),
                format!("{from} = ?1"),
            ]
        }
        FoundBy::Names { table, owner, .. } => vec![format!(
            "id IN (SELECT {owner} FROM {table} WHERE folded = ?1
                UNION ALL SELECT id FROM {} WHERE {from} = ?1)",
            kind.table
        )],
    };
    for field in kind.told_apart_by.iter().filter_map(|name| kind.position(name)) {
        let Some(given) = record.values[field].as_ref().filter(|given| !given.value.is_null())
        else {
            continue;
        };
        params.push(given.value.clone());
        let (column, number) = (kind.fields[field].column, params.len());
        // + makes SQLite use the index on the name.
        tests.push(match kind.fields[field].ty {
            Type::Ref(table) => format!(
                "(+{column} IS NULL OR +{column} = (SELECT id FROM {table} WHERE {} = ?{number}))",
                name_column(table)
            ),
            // Many sources have one title: the index on it tells them apart by their address, if it is
            // asked for one at a time, and in the place of the title alone.
            _ if kind.address == Some(kind.fields[field].name) => {
                tests[0] = format!(
                    "id IN (SELECT id FROM {table} WHERE {from} = ?1 AND {column} = ?{number}
                       UNION ALL SELECT id FROM {table} WHERE {from} = ?1 AND {column} IS NULL)",
                    table = kind.table
                );
                continue;
            }
            _ => format!("(+{column} IS NULL OR +{column} = ?{number})"),
        });
    }
    let sql = format!(
        "SELECT key FROM {} WHERE {} ORDER BY {}key",
        kind.table,
        tests.join(" AND "),
        if matches!(kind.found_by, FoundBy::Names { .. }) { "" } else { "length(key), " }
    );
    db.texts("look for the same record", &sql, &params)
}

/// The keys of the rows of a kind that are called this, whatever else they say: names are compared
/// folded, and a place has other names too.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn keys_of_name(db: &dyn Lookup, kind: &'static Kind, name: &str) -> Result<Vec<String>> {
    let Some(field) = kind.key_from else { return Ok(Vec::new()) };
    let mut record = Record::new(kind, SourcePos::Whole);
    record.set(field, Value::from(name), SourcePos::Whole);
    let mut keys = keys_of_same(db, &record, &propose_key(name, kind.word))?;
    // Measures are few. A row that another tool wrote is not folded yet.
    let waiting = match (kind.folded, kind.found_by) {
        (true, _) => " WHERE folded IS NULL",
        (false, FoundBy::Text) => "",
        (false, _) => return Ok(keys),
    };
    let sql = format!("SELECT key, {field} AS name FROM {}{waiting} ORDER BY key", kind.table);
    let folded = fold_name(name);
    db.each_row("look for a name", &sql, &[], &mut |row| {
        if let [Value::Text(key), Value::Text(name)] = row
            && fold_name(name) == folded
            && !keys.contains(key)
        {
            keys.push(key.clone());
        }
        Ok(())
    })?;
    Ok(keys)
}

/// The key of the source that is one of these works, by their canonical forms ([`Record::works`]).
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn source_of(db: &Handle, works: &[String]) -> Result<Option<String>> {
    let Some(first) = works.first() else { return Ok(None) };
    let second = works.get(1).unwrap_or(first);
    let find = || {
        let mut statement = db.conn.prepare_cached(include_str!("read_source_at.sql"))?;
        statement.query_row([first, second], |row| row.get("key")).optional()
    };
    find().map_err(|error| db.map_err("look an address up", &error))
}

/// Returns true if sources of a kind can speak: people and bodies.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn can_speak(db: &Handle, kind: &str) -> Result<bool> {
    let sql = "SELECT is_party FROM source_kinds WHERE code = ?1";
    let find = || db.conn.prepare_cached(sql)?.query_row([kind], |row| row.get(0)).optional();
    find().map(Option::unwrap_or_default).map_err(|error| db.map_err("look a code up", &error))
}

/// Returns the dimension of a measure, if there is one of this key.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn dimension_of(db: &Handle, measure: &str) -> Result<Option<String>> {
    let sql = "SELECT dimension FROM measures WHERE key = ?1";
    let found = db.conn.query_row(sql, [measure], |row| row.get("dimension")).optional();
    found.map_err(|error| db.map_err("look a measure up", &error))
}

/// Returns the unit of a measure and those of its figures, each spelling once.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn units_of(db: &Handle, measure: &str) -> Result<Vec<String>> {
    let sql = "SELECT unit FROM measures WHERE key = ?1 AND unit IS NOT NULL
         UNION SELECT f.unit FROM measures AS m JOIN figures AS f ON f.measure_id = m.id
         WHERE m.key = ?1 AND f.unit IS NOT NULL";
    let read = || -> rusqlite::Result<Vec<String>> {
        db.conn.prepare_cached(sql)?.query_map([measure], |row| row.get(0))?.collect()
    };
    read().map_err(|error| db.map_err("look up the units of a measure", &error))
}

/// Returns true if two claims both have a figure of a measure that is counted in one event.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn count_in_one_event(db: &Handle, one: &str, other: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM measures AS m
         JOIN figures AS a ON a.measure_id = m.id JOIN claims AS x ON x.id = a.claim_id
         JOIN figures AS b ON b.measure_id = m.id JOIN claims AS y ON y.id = b.claim_id
         WHERE m.growth = 'per_event' AND x.key = ?1 AND y.key = ?2";
    let find = || db.conn.prepare_cached(sql)?.exists([one, other]);
    find().map_err(|error| db.map_err("compare measures", &error))
}

/// Returns true if two claims are linked, whatever the relation.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn are_linked(db: &Handle, one: &str, other: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM claim_links AS l
         JOIN claims AS x ON x.id = l.from_id JOIN claims AS y ON y.id = l.to_id
         WHERE (x.key = ?1 AND y.key = ?2) OR (x.key = ?2 AND y.key = ?1)";
    let find = || db.conn.prepare_cached(sql)?.exists([one, other]);
    find().map_err(|error| db.map_err("look links up", &error))
}

/// The keys of the figures of a claim that count a measure, in the order of the alphabet.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn figures_counting(db: &Handle, claim: &str, measure: &str) -> Result<Vec<String>> {
    let sql = "SELECT f.key FROM figures AS f
         JOIN claims AS c ON c.id = f.claim_id JOIN measures AS m ON m.id = f.measure_id
         WHERE c.key = ?1 AND m.key = ?2 ORDER BY f.key";
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement = db.conn.prepare_cached(sql)?;
        statement.query_map([claim, measure], |row| row.get("key"))?.collect()
    };
    read().map_err(|error| db.map_err("look figures up", &error))
}

/// What a dimension allows its figures to be.
#[derive(Clone, Copy, Debug)]
pub struct AllowedNumbers {
    /// True if a figure may be below zero.
    pub may_be_negative: bool,
    /// True if a figure is a fraction of one, so that 25 % is 0.25.
    pub takes_percent: bool,
    /// True if a number says nothing without a unit: it neither counts things one by one nor is a fraction.
    pub needs_unit: bool,
    /// True if things are counted one by one.
    pub counts_wholes: bool,
}

/// Returns what a dimension allows its figures to be; everything where it is not in the list.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn numbers_of(db: &Handle, dimension: &str) -> Result<AllowedNumbers> {
    let sql = "SELECT may_be_negative, takes_percent, counts_wholes,
           counts_wholes = 0 AND takes_percent = 0 AS needs_unit FROM dimensions WHERE code = ?1";
    let allowed = |row: &rusqlite::Row<'_>| {
        Ok(AllowedNumbers {
            may_be_negative: row.get("may_be_negative")?,
            takes_percent: row.get("takes_percent")?,
            needs_unit: row.get("needs_unit")?,
            counts_wholes: row.get("counts_wholes")?,
        })
    };
    let found = db.conn.query_row(sql, [dimension], allowed).optional();
    let all = AllowedNumbers {
        may_be_negative: true,
        takes_percent: true,
        needs_unit: false,
        counts_wholes: false,
    };
    found
        .map(|found| found.unwrap_or(all))
        .map_err(|error| db.map_err("look a dimension up", &error))
}

/// Returns true if a row with this key is in a table.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn exists(db: &Handle, table: &str, key: &str) -> Result<bool> {
    let sql = format!(
        "SELECT 1 FROM {table} WHERE {} = ?1 UNION ALL
         SELECT 1 FROM aliases WHERE table_name = '{table}' AND alias = ?1 LIMIT 1",
        name_column(table)
    );
    let found = (|| db.conn.prepare_cached(&sql)?.query_row([key], |_| Ok(())).optional())();
    found.map(|found| found.is_some()).map_err(|error| db.map_err("look a key up", &error))
}

/// Returns the reason of a withdrawal: `None` without such a claim, `Some(None)` when it stands.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claim_withdrawn(db: &Handle, key: &str) -> Result<Option<Option<String>>> {
    db.conn
        .prepare_cached("SELECT withdrawn FROM claims WHERE key = ?1")
        .and_then(|mut statement| statement.query_row([key], |row| row.get("withdrawn")).optional())
        .map_err(|error| db.map_err("read a claim", &error))
}

/// The id of a claim and its version, if there is one with this key.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claim_version(db: &Handle, key: &str) -> Result<Option<(i64, i64)>> {
    let id_and_version = |row: &rusqlite::Row<'_>| Ok((row.get("id")?, row.get("version")?));
    db.conn
        .prepare_cached("SELECT id, version FROM claims WHERE key = ?1")
        .and_then(|mut statement| statement.query_row([key], id_and_version).optional())
        .map_err(|error| db.map_err("read a claim", &error))
}

/// The stances of a mention that contests its claim.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn contesting_stances(db: &Handle) -> Result<Vec<String>> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement = db.conn.prepare_cached("SELECT code FROM stances WHERE counts = 0")?;
        statement.query_map([], |row| row.get("code"))?.collect()
    };
    read().map_err(|error| db.map_err("read its stances", &error))
}

/// All keys of a table, sorted, for "did you mean" hints.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn all_keys(db: &dyn Lookup, table: &str) -> Result<Vec<String>> {
    first_keys(db, table, i64::MAX.unsigned_abs())
}

/// The first keys of a table in their order, at most this number of them.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn first_keys(db: &dyn Lookup, table: &str, number: u64) -> Result<Vec<String>> {
    let sql =
        format!("SELECT {0} AS key FROM {table} ORDER BY {0} LIMIT {number}", name_column(table));
    db.texts("list keys", &sql, &[])
}

/// All keys of a table, or none if there are more than `max`, since a hint that compares a word with
/// all of them would take too long.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn few_keys(db: &dyn Lookup, table: &str, max: u32) -> Result<Vec<String>> {
    let keys = first_keys(db, table, u64::from(max) + 1)?;
    Ok(if keys.len() > max as usize { Vec::new() } else { keys })
}

/// A place that lies within itself through other places, if there is one.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn location_circle(db: &Handle) -> Result<Option<String>> {
    db.conn
        .query_row(include_str!("read_location_circle.sql"), [], |row| row.get("key"))
        .optional()
        .map_err(|error| db.map_err("check the places", &error))
}

impl Handle {
    /// The key of the source whose verdicts are the archive's own.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn desk(&self) -> Result<String> {
        self.conn
            .query_row("SELECT desk FROM archive", [], |row| row.get("desk"))
            .map_err(|error| self.map_err("read whose verdicts are its own", &error))
    }

    /// Returns the title of the archive, if it has one.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn title(&self) -> Result<Option<String>> {
        self.conn
            .query_row("SELECT title FROM archive", [], |row| row.get("title"))
            .map_err(|error| self.map_err("read what it is about", &error))
    }

    /// Returns when the archive was created (UTC), which copies of it share.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn created(&self) -> Result<String> {
        self.conn
            .query_row("SELECT created FROM archive", [], |row| row.get("created"))
            .map_err(|error| self.map_err("read when it was created", &error))
    }

    /// The time at which migration V1 was applied, to the nanosecond. It identifies the lineage:
    /// copies of a file share it.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn lineage_id(&self) -> Result<String> {
        let sql = "SELECT applied_on FROM refinery_schema_history WHERE version = 1";
        self.conn
            .query_row(sql, [], |row| row.get("applied_on"))
            .map_err(|error| self.map_err("read when it was laid out", &error))
    }

    /// Makes the archive a copy of another, whose lineage this is: it takes over all that the other holds.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn take_lineage(&self, lineage: &str) -> Result<()> {
        let sql = "UPDATE refinery_schema_history SET applied_on = ?1 WHERE version = 1";
        self.conn
            .execute(sql, [lineage])
            .map(drop)
            .map_err(|error| self.map_err("note of which archive it is a copy", &error))
    }

    /// The present and former desks of the archive, as sources by key.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn desks(&self) -> Result<Vec<String>> {
        let sql = "SELECT desk FROM archive UNION \
                   SELECT was FROM revisions WHERE table_name = 'archive' AND column_name = 'desk'";
        let read = || -> rusqlite::Result<Vec<String>> {
            self.conn.prepare(sql)?.query_map([], |row| row.get("desk"))?.collect()
        };
        read().map_err(|error| self.map_err("read whose verdicts are its own", &error))
    }

    /// The moment of a verdict that is given now: the next second where this assessor has judged the claim otherwise
    /// this very second.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn moment_of_verdict(
        &self,
        claim: &str,
        by: &str,
        status: &str,
        now: &str,
    ) -> Result<String> {
        let sql = include_str!("moment_of_verdict.sql");
        let read = || self.conn.query_row(sql, [claim, by, status, now], |row| row.get("at"));
        read().map_err(|error| self.map_err("look up its verdicts", &error))
    }

    /// The current verdict on a claim: its status, assessor and time.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn verdict(&self, claim: &str) -> Result<(String, Option<String>, Option<String>)> {
        self.conn
            .query_row(include_str!("read_verdict.sql"), [claim], |row| {
                Ok((row.get("status")?, row.get("assessor")?, row.get("at")?))
            })
            .map_err(|error| self.map_err("read the verdict that holds", &error))
    }

    /// Returns true if the archive was last written by an older program, and so lacks views of this
    /// one.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn is_older(&self) -> Result<bool> {
        let found =
            migrate::format(&self.conn).map_err(|error| self.map_err("read its format", &error))?;
        Ok(found.is_none_or(|found| Format::KNOWN.is_newer_than(found)))
    }

    /// Returns true if the views of the archive are those of this program, and not of an older or a newer one.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn has_own_text(&self) -> Result<bool> {
        Ok(!self.is_older()? && !self.is_newer()?)
    }

    /// Refuses to do something that needs the tables of this program, if an older one laid out the file.
    ///
    /// # Errors
    /// Returns [`Error::Refused`] if the file lacks tables; fails if it cannot be read.
    pub fn require_tables(&self, doing: &str) -> Result<()> {
        let found =
            migrate::format(&self.conn).map_err(|error| self.map_err("read its format", &error))?;
        if found.is_some_and(|found| found.version >= Format::KNOWN.version) {
            return Ok(());
        }
        Err(Error::Refused {
            what: format!(
                "cannot {doing}: {} has the tables of an older program",
                self.path().display()
            ),
            hint: "any command that writes brings the file up to date: `onrecord check --repair`"
                .to_owned(),
        })
    }

    /// Returns `true` for an archive of a newer program, which may hold tables and columns unknown
    /// here.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn is_newer(&self) -> Result<bool> {
        let found =
            migrate::format(&self.conn).map_err(|error| self.map_err("read its format", &error))?;
        Ok(found.is_some_and(|found| found.is_newer_than(Format::KNOWN)))
    }

    /// The latest verdict of an assessor on a claim that was not retracted.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn latest_verdict_by(&self, claim: &str, assessor: &str) -> Result<Option<StoredVerdict>> {
        let read = || {
            let mut statement = self.conn.prepare(include_str!("read_latest_verdict.sql"))?;
            let verdict = |row: &rusqlite::Row<'_>| {
                Ok(StoredVerdict {
                    id: row.get("id")?,
                    status: row.get("status")?,
                    at: row.get("at")?,
                    because: row.get("because")?,
                })
            };
            statement.query_row((claim, assessor), verdict).optional()
        };
        read().map_err(|error| self.map_err("read the verdicts", &error))
    }
}

/// Removes the places of a claim but those that are kept, each a key and the relation to it. Returns the
/// number of those that went.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn remove_other_places(
    writer: &Writer,
    claim: &str,
    kept: &[(String, String)],
) -> Result<usize> {
    let kept_place = |n: usize| {
        let (place, relation) = (2 * n + 2, 2 * n + 3);
        format!(
            " AND NOT (relation = ?{relation} AND location_id IN (
               SELECT id FROM locations WHERE key = ?{place} UNION ALL
               SELECT row_id FROM aliases WHERE table_name = 'locations' AND alias = ?{place}))"
        )
    };
    let sql = format!(
        "DELETE FROM claim_locations WHERE claim_id IN (
           SELECT id FROM claims WHERE key = ?1 UNION ALL
           SELECT row_id FROM aliases WHERE table_name = 'claims' AND alias = ?1){}",
        (0..kept.len()).map(kept_place).collect::<String>()
    );
    let pairs = kept.iter().flat_map(|(place, relation)| [place.as_str(), relation.as_str()]);
    let values = std::iter::once(claim).chain(pairs);
    let removed = writer.conn.execute(&sql, rusqlite::params_from_iter(values));
    removed.map_err(|error| writer.map_err("remove places of the claim", &error))
}

/// Retracts a verdict: it stays on record and holds no more.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn retract_verdict(
    writer: &Writer,
    verdict: i64,
    at: &str,
    by: Option<&str>,
    because: &str,
) -> Result<()> {
    let sql = "INSERT INTO assessment_retractions (assessment_id, at, by, because)
         VALUES (?1, ?2, ?3, ?4)";
    let done = writer.conn.execute(sql, rusqlite::params![verdict, at, by, because]);
    done.map(|_| ()).map_err(|error| writer.map_err("retract the verdict", &error))
}

/// A verdict in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredVerdict {
    /// Its id in this file.
    pub id: i64,
    /// The status.
    pub status: String,
    /// When it was given.
    pub at: String,
    /// The reason.
    pub because: String,
}

/// The column that names a row of a table in documents.
pub(super) fn name_column(table: &str) -> &'static str {
    kind_of_table(table).map_or("name", Kind::name_column)
}

/// The columns of a kind, each under the name of its field, references as keys.
pub(super) fn select_list(kind: &Kind) -> String {
    columns(kind, "")
}

/// The columns of a kind as [`select_list`] has them, without bytes that are too many to hold in memory.
fn lean_select_list(kind: &Kind) -> String {
    columns(kind, &format!(" <= {MAX_BYTES_IN_ROW}"))
}

/// The columns of a kind; of bytes those whose length meets `condition`, where there is one.
fn columns(kind: &Kind, condition: &str) -> String {
    let column = |field: &Field| match (key_sql(field), field.ty) {
        (Some(key), _) => format!("{key} AS \"{}\"", field.name),
        (None, Type::Bytes) if !condition.is_empty() => format!(
            "CASE WHEN length(t.{0}){condition} THEN t.{0} END AS \"{1}\"",
            field.column, field.name
        ),
        _ => format!("t.{} AS \"{}\"", field.column, field.name),
    };
    kind.fields.iter().map(column).collect::<Vec<_>>().join(", ")
}

/// The key of the row that a reference in a row of `t` names; `None` for a field that is no reference.
pub(in crate::store) fn key_sql(field: &Field) -> Option<String> {
    match field.ty {
        Type::Ref(table) => Some(format!(
            "(SELECT {} FROM {table} WHERE id = t.{})",
            name_column(table),
            field.column
        )),
        Type::RefIn(of) => {
            let keyed = all_kinds().filter(|kind| kind.keyed());
            let key = |kind: &Kind| {
                format!(
                    " WHEN '{0}' THEN (SELECT key FROM {0} WHERE id = t.{1})",
                    kind.table, field.column
                )
            };
            let cases: String = keyed.map(key).collect();
            Some(format!("CASE t.{of}{cases} END"))
        }
        _ => None,
    }
}

/// The ORDER BY clause: the identity columns, then id. Verdicts and grades are ordered by time
/// within their first identity column, then by id, because the later of two rows with the same time
/// holds.
fn order_by(kind: &Kind) -> String {
    let position = |name: &str| kind.position(name).map_or(1, |position| position + 2).to_string();
    let mut order: Vec<String> = match kind.position("at") {
        Some(_) if !kind.identity.is_empty() => {
            vec![position(kind.identity[0]), position("at")]
        }
        _ => kind.identity.iter().map(|name| position(name)).collect(),
    };
    order.push("id".to_owned());
    order.join(", ")
}

/// Passes each row that a statement gives to `take`: its id, and the fields of the kind in their order, as
/// `SELECT id, ` and [`select_list`] read them.
pub(super) fn for_each_row(
    db: &Handle,
    kind: &Kind,
    sql: &str,
    params: &[&dyn rusqlite::ToSql],
    take: &mut dyn FnMut(i64, &[Value]) -> Result<()>,
) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err(&format!("read {}", kind.table), &error);
    let mut statement = db.conn.prepare_cached(sql).map_err(fail)?;
    let mut rows = statement.query(params).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        let id: i64 = row.get(0).map_err(fail)?;
        let fields = 1..=kind.fields.len();
        let read: rusqlite::Result<Vec<Value>> =
            fields.map(|position| row.get_ref(position).and_then(value)).collect();
        take(id, &read.map_err(fail)?)?;
    }
    Ok(())
}

impl Reader {
    /// Runs `action` on one snapshot of the archive, unaffected by concurrent writers.
    ///
    /// # Errors
    /// Returns the errors of `action`.
    pub fn snapshot<T>(&self, action: impl FnOnce() -> Result<T>) -> Result<T> {
        // An open statement holds the read lock; BEGIN would be refused by the authorizer.
        let mut hold = self
            .conn
            .prepare("SELECT id FROM archive")
            .map_err(|error| self.map_err("read it", &error))?;
        let mut rows = hold.query([]).map_err(|error| self.map_err("read it", &error))?;
        rows.next().map_err(|error| self.map_err("read it", &error))?;
        action()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Children, read_rows};
    use crate::model::{KINDS, Kind, kind_of_table};
    use crate::store::{Writer, in_memory};
    use rusqlite::StatementStatus;

    /// Without its setting, SQLite would prepare such a statement anew for each value: the test of a partial index
    /// on the table looks at it.
    #[test]
    fn children_are_read_by_one_statement() {
        let archive = in_memory("2021-07-01T09:00:00Z").unwrap();
        let mut number = 0;
        for (kind, nested) in
            KINDS.iter().flat_map(|kind| kind.nested.iter().map(move |n| (kind, n)))
        {
            let column = nested.kind.position(nested.parent).map(|n| nested.kind.fields[n].column);
            let column = column.map_or_else(|| format!("{}_id", kind.word), str::to_owned);
            let children = Children::new(nested.kind, &column);
            for id in 1..=3 {
                assert!(children.of(&archive, id).unwrap().is_empty());
            }
            let statement = archive.conn.prepare_cached(&children.sql).unwrap();
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{}", children.sql);
            number += 1;
        }
        assert!(number > 5);
    }

    /// The values of a field in the order in which the rows are read.
    fn read(archive: &Writer, kind: &Kind, field: &str) -> Vec<String> {
        let (mut found, position) = (Vec::new(), kind.position(field).unwrap());
        read_rows(archive, kind, |_, row| {
            found.push(row[position].to_string());
            Ok(())
        })
        .unwrap();
        found
    }

    #[test]
    fn rows_are_read_by_what_tells_them_apart_and_verdicts_by_their_time() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        archive
            .conn
            .execute_batch(
                "INSERT INTO sources (key, kind, title) VALUES ('b', 'report', 'B'), ('a', 'report', 'A');
                 INSERT INTO claims (key, text, kind) VALUES ('d', 'D', 'event'), ('c', 'C', 'event');
                 INSERT INTO assessments (claim_id, status, assessor_id, at, because)
                 SELECT claims.id, 'reported', sources.id, v.at, v.because
                 FROM (SELECT 'd' AS claim, 'a' AS by, '2021-01-01T00:00:00Z' AS at, 'z' AS because
                       UNION ALL SELECT 'c', 'a', '2021-03-01T00:00:00Z', 'y'
                       UNION ALL SELECT 'c', 'b', '2021-02-01T00:00:00Z', 'x'
                       UNION ALL SELECT 'c', 'b', '2021-03-01T00:00:00Z', 'a') AS v
                 JOIN claims ON claims.key = v.claim JOIN sources ON sources.key = v.by",
            )
            .unwrap();
        let kind = |table| kind_of_table(table).unwrap();
        assert_eq!(read(&archive, kind("claims"), "key"), ["c", "d"]);
        assert_eq!(read(&archive, kind("sources"), "key"), ["a", "b", "desk"]);
        // Of two verdicts of one time the later row is the later verdict.
        let ids =
            "SELECT group_concat(because, '') AS said FROM (SELECT because FROM assessments AS a
             JOIN claims AS c ON c.id = a.claim_id ORDER BY c.key, a.at, a.id)";
        let said: String = archive.conn.query_row(ids, [], |row| row.get("said")).unwrap();
        assert_eq!(read(&archive, kind("assessments"), "because").concat(), said);
        assert!(said.starts_with('x'), "{said}");
    }
}
