//! The numbered migrations, and how an older archive is brought up to date.
//!
//! refinery runs them and keeps their checksums; what it lacks is added here: they run grouped (one
//! transaction), with foreign keys off before it and checked after it, under a lock file, and after
//! a safety copy where a migration rewrites tables. Its history table is read by our own statement
//! first, because refinery panics on one that was tampered with.

use crate::error::{Error, Result};
use crate::store::connection::sqlite_error::{fault, words};
use rusqlite::{Connection, OptionalExtension};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A migration: its file's name without the ending, and its SQL.
pub type Migration = (&'static str, &'static str);

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../migrations/", $name, ".sql")))),*]
    };
}

/// All migrations, in order. An explicit list, so that a new file that is not listed fails a test
/// and one that is listed is compiled in.
pub const MIGRATIONS: &[Migration] = migrations![
    "V1__archive",
    "V2__verdict_codes",
    "V3__source_codes",
    "V4__claim_codes",
    "V5__figure_codes",
    "V6__place_codes",
    "V7__sources",
    "V8__locations",
    "V9__claims",
    "V10__figures",
    "V11__assessments",
    "V12__captures",
    "V13__reports",
    "V14__delete_guards",
    "V15__search",
    "V16__map",
    "V17__intake",
    "V18__origins",
    "V19__comparing",
    "V20__origin_counts",
    "V21__columns",
    "V22__corrections",
    "V23__conflict_reasons",
];

/// The number of the newest migration: the format of the files this program writes.
#[allow(clippy::cast_possible_wrap)]
pub const LATEST: i64 = MIGRATIONS.len() as i64;

/// The first line of a migration that rewrites tables, before which a safety copy is made.
const REWRITES: &str = "-- rewrites tables";

/// Runs what is pending. On a new file that is everything.
pub(in crate::store) fn run(
    conn: &mut Connection,
    path: &Path,
    migrations: &[Migration],
) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| Error::Sqlite {
        doing: format!("lay out the tables of {}", path.display()),
        why: error.to_string(),
    };
    let list: std::result::Result<Vec<_>, _> =
        migrations.iter().map(|(name, sql)| refinery::Migration::unapplied(name, sql)).collect();
    let list = list.map_err(|error| failed(&error))?;
    // A rebuilt table must not take its children with it: refinery runs inside a transaction,
    // where this pragma would be ignored.
    let pragma = |conn: &Connection, sql: &str| {
        conn.execute_batch(sql).map_err(|error| fault(path, "prepare the upgrade", &error))
    };
    pragma(conn, "PRAGMA foreign_keys = OFF")?;
    let ran = refinery::Runner::new(&list).set_grouped(true).run(conn);
    pragma(conn, "PRAGMA foreign_keys = ON")?;
    ran.map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        failed(&format!("{error}{}", cause.unwrap_or_default()))
    })?;
    let broken: Option<String> = conn
        .query_row("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", [], |row| row.get(0))
        .optional()
        .map_err(|error| fault(path, "check the upgrade", &error))?;
    match broken {
        Some(table) => Err(failed(&format!("rows of {table} would lose what they refer to"))),
        None => Ok(()),
    }
}

/// The number of the newest migration in the file, from refinery's history and from the archive's
/// own row; the larger counts. `None` when it has neither.
pub(in crate::store) fn version(conn: &Connection) -> rusqlite::Result<Option<i64>> {
    let own = conn.query_row("SELECT version FROM archive", [], |row| row.get(0)).optional()?;
    let is_table =
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'refinery_schema_history'";
    let history = match conn.query_row(is_table, [], |_| Ok(())).optional()? {
        None => None,
        Some(()) => conn.query_row(
            "SELECT max(version) AS v FROM refinery_schema_history WHERE typeof(version) = 'integer'",
            [],
            |row| row.get("v"),
        )?,
    };
    Ok(own.max(history))
}

/// Brings an older archive up to date: lock, safety copy, migrations.
pub(in crate::store) fn upgrade(
    conn: &mut Connection,
    path: &Path,
    from: i64,
    migrations: &[Migration],
) -> Result<()> {
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let lock_path = beside(".upgrading");
    let lock =
        File::create(&lock_path).map_err(|error| Error::file("create", &lock_path, &error))?;
    lock.lock().map_err(|error| Error::file("lock", &lock_path, &error))?;
    let done = (|| {
        // Another process may have done it while this one waited for the lock.
        let now = version(conn).map_err(|error| fault(path, "read its format", &error))?;
        if now.unwrap_or(from) >= i64::try_from(migrations.len()).unwrap_or(i64::MAX) {
            return Ok(());
        }
        well_formed_history(conn, path)?;
        let pending = migrations.iter().skip(usize::try_from(from).unwrap_or(0));
        if pending.clone().any(|(_, sql)| sql.starts_with(REWRITES)) {
            let copy = beside(&format!(".before-{}", migrations.len()));
            if copy.exists() {
                return Err(Error::Exists { path: copy });
            }
            conn.execute("VACUUM INTO ?1", [copy.to_string_lossy()])
                .map_err(|error| fault(path, "make a safety copy", &error))?;
        }
        run(conn, path, migrations)?;
        note_version(conn, path, migrations.len())
    })();
    // Best effort: a lock file left behind does no harm.
    let _ = std::fs::remove_file(&lock_path);
    done
}

/// Writes the format's number where tools and programs look for it.
pub(in crate::store) fn note_version(conn: &Connection, path: &Path, version: usize) -> Result<()> {
    conn.execute_batch(&format!(
        "PRAGMA user_version = {version}; UPDATE archive SET version = {version};"
    ))
    .map_err(|error| fault(path, "note its format", &error))
}

/// Refuses a history that refinery would panic on.
fn well_formed_history(conn: &Connection, path: &Path) -> Result<()> {
    let bad: rusqlite::Result<i64> = conn.query_row(
        "SELECT count(1) FROM refinery_schema_history WHERE typeof(version) <> 'integer'
           OR checksum GLOB '*[^0-9]*' OR checksum = '' OR datetime(applied_on) IS NULL",
        [],
        |row| row.get(0),
    );
    match bad {
        Ok(0) => Ok(()),
        Ok(_) => Err(Error::Damaged {
            path: path.to_owned(),
            why: "the table refinery_schema_history was changed by hand".to_owned(),
        }),
        Err(error) => Err(Error::Damaged {
            path: path.to_owned(),
            why: format!("its migration history cannot be read: {}", words(&error)),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{LATEST, MIGRATIONS, Migration, REWRITES, upgrade, version};
    use crate::store::Reader;
    use crate::store::connection::create;
    use rusqlite::Connection;
    use std::path::{Path, PathBuf};

    fn archive() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        create(&path, "2021-01-01T00:00:00Z", None, |_| Ok(())).unwrap();
        (folder, path)
    }

    fn with(next: Migration) -> Vec<Migration> {
        MIGRATIONS.iter().copied().chain([next]).collect()
    }

    fn files(path: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_older_archive_is_brought_up_to_date() {
        let (_folder, path) = archive();
        let mut conn = Connection::open(&path).unwrap();
        let next = ("V24__colour", "ALTER TABLE claims ADD COLUMN colour TEXT;");
        upgrade(&mut conn, &path, LATEST, &with(next)).unwrap();
        assert_eq!(version(&conn).unwrap(), Some(LATEST + 1));
        conn.execute("UPDATE claims SET colour = 'red'", []).unwrap();
        assert_eq!(files(&path), ["a.db"], "nothing is left beside it");
        // This program is now the older one.
        let error = Reader::open(&path, crate::model::CancelToken::never()).unwrap_err();
        assert!(error.to_string().contains("newer onrecord"), "{error}");
    }

    #[test]
    fn a_rebuilt_table_keeps_its_children_and_leaves_a_copy() {
        let (_folder, path) = archive();
        let mut conn = Connection::open(&path).unwrap();
        conn.execute_batch(
            "INSERT INTO measures (key, title, dimension, growth) VALUES ('m', 'M', 'people', 'level');
             INSERT INTO claims (key, text, kind) VALUES ('c', 'C', 'event');
             INSERT INTO figures (key, claim_id, measure_id, value) VALUES ('f', 1, 1, 5);",
        )
        .unwrap();
        let sql = format!(
            "{REWRITES}\nCREATE TABLE m2 AS SELECT * FROM measures; DROP TABLE measures; \
             CREATE TABLE measures (id INTEGER PRIMARY KEY, key TEXT UNIQUE, title, dimension, scope, unit, growth, starts, note); \
             INSERT INTO measures SELECT * FROM m2; DROP TABLE m2;"
        );
        let next = ("V24__measures", &*sql.leak());
        upgrade(&mut conn, &path, LATEST, &with(next)).unwrap();
        let figures: i64 =
            conn.query_row("SELECT count(1) FROM figures", [], |row| row.get(0)).unwrap();
        assert_eq!(figures, 1);
        assert_eq!(files(&path), ["a.db", "a.db.before-24"]);
        let copy = Connection::open(path.with_file_name("a.db.before-24")).unwrap();
        assert_eq!(version(&copy).unwrap(), Some(LATEST));
    }

    #[test]
    fn a_broken_upgrade_changes_nothing() {
        let (_folder, path) = archive();
        let before = std::fs::read(&path).unwrap();
        let mut conn = Connection::open(&path).unwrap();
        let next = ("V24__broken", "CREATE TABLE good (x); CREATE TABLE bad (;");
        let error = upgrade(&mut conn, &path, LATEST, &with(next)).unwrap_err();
        assert!(error.to_string().contains("syntax error"), "{error}");
        assert_eq!(version(&conn).unwrap(), Some(LATEST));
        drop(conn);
        assert!(before == std::fs::read(&path).unwrap());
    }
}
