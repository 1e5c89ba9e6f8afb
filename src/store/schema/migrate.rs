//! Runs the numbered migrations, and upgrades older archives.
//!
//! refinery decides which migrations are pending, and keeps their checksums. By itself it would
//! commit before the format numbers and the installed text are written. [`OpenTransaction`] makes it
//! write inside the transaction of the upgrade, so that the archive is the old one or the new one,
//! whenever the program is stopped. This module adds what refinery lacks: foreign keys are off
//! during the transaction and checked at its end, a lock file keeps other processes out, and a
//! safety copy is made before a migration that rewrites tables. This module reads the history table
//! itself, because refinery panics on one that was tampered with.

use super::installed::Text;
use super::texts::{INSTALLED, LATEST, MIGRATIONS, Migration};
use crate::error::{Error, Result};
use crate::store::connection::sqlite_error::{map_copy_err, map_err, message};
use crate::store::search::index::renew_words;
use crate::store::weights::weigh_at_rest;
use refinery_core::traits::sync::{Migrate, Query, Transaction};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

/// The first line of a migration that rewrites tables, before which a safety copy is made.
const REWRITES_MARKER: &str = "-- rewrites tables";

/// The migrations and the installed text of a program.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Program<'a> {
    pub migrations: &'a [Migration],
    pub text: Text<'a>,
}

/// The numbers of an archive's format: the newest migration, and the installed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Format {
    pub version: i64,
    pub installed: i64,
}

impl Format {
    /// The format of this program.
    pub(in crate::store) const KNOWN: Format = Format { version: LATEST, installed: INSTALLED };

    /// Returns `true` where either number is above that of `known`.
    pub(in crate::store) const fn is_newer_than(self, known: Format) -> bool {
        self.version > known.version || self.installed > known.installed
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.version, self.installed)
    }
}

impl Program<'_> {
    fn format(&self) -> Format {
        let version = i64::try_from(self.migrations.len()).unwrap_or(i64::MAX);
        Format { version, installed: self.text.number }
    }
}

/// An open transaction, as refinery writes to it: it neither begins nor commits one.
struct OpenTransaction<'a>(&'a Connection);

impl Transaction for OpenTransaction<'_> {
    type Error = rusqlite::Error;

    fn execute<'a, T: Iterator<Item = &'a str>>(
        &mut self,
        queries: T,
    ) -> std::result::Result<usize, Self::Error> {
        queries.map(|sql| self.0.execute_batch(sql)).try_fold(0, |n, done| done.map(|()| n + 1))
    }
}

impl Query<Vec<refinery::Migration>> for OpenTransaction<'_> {
    fn query(&mut self, query: &str) -> std::result::Result<Vec<refinery::Migration>, Self::Error> {
        // refinery compares version, name and checksum. It also needs a time, whose type is in a
        // library that this crate does not use; a migration marked as applied provides one.
        let mut look = refinery::Migration::unapplied("V0__look", "").ok();
        let moment = look.as_mut().and_then(|look| {
            look.set_applied();
            look.applied_on().copied()
        });
        let Some(moment) = moment else { return Err(rusqlite::Error::InvalidQuery) };
        let mut statement = self.0.prepare(query)?;
        let rows = statement.query_map([], |row| {
            let checksum: String = row.get("checksum")?;
            let (version, name) = (row.get("version")?, row.get("name")?);
            let checksum = checksum.parse().map_err(|_| rusqlite::Error::InvalidQuery)?;
            Ok(refinery::Migration::applied(version, name, moment, checksum))
        })?;
        rows.collect()
    }
}

impl Migrate for OpenTransaction<'_> {}

/// Runs the pending migrations inside the caller's transaction. On a new file all are pending.
fn run(conn: &Connection, path: &Path, migrations: &[Migration]) -> Result<()> {
    let failed = |error: &refinery::Error| {
        // The migrations change until the first release.
        if matches!(error.kind(), refinery::error::Kind::DivergentVersion(..)) {
            return Error::Unreleased { path: path.to_owned() };
        }
        let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
        Error::Sqlite {
            path: None,
            doing: format!("lay out the tables of {}", path.display()),
            why: format!("{error}{}", cause.unwrap_or_default()),
        }
    };
    let list: std::result::Result<Vec<_>, _> =
        migrations.iter().map(|(name, sql)| refinery::Migration::unapplied(name, sql)).collect();
    let list = list.map_err(|error| failed(&error))?;
    let runner = refinery::Runner::new(&list).set_grouped(true);
    runner.run(&mut OpenTransaction(conn)).map(|_| ()).map_err(|error| failed(&error))
}

/// Runs `change` in one transaction with foreign keys off, so that a table that is dropped and built
/// again does not take its children with it. Foreign keys are checked at the end.
fn in_one_transaction(
    conn: &Connection,
    path: &Path,
    change: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let doing = format!("change the tables of {}", path.display());
    let run = |sql: &str| conn.execute_batch(sql).map_err(|error| map_err(path, &doing, &error));
    // SQLite ignores the first pragma inside a transaction. Without the second, a table could not be
    // renamed while a user's view reads an installed view, which is dropped at that moment.
    run("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON")?;
    let done = run("BEGIN IMMEDIATE").and_then(|()| change()).and_then(|()| {
        let broken: Option<String> = conn
            .query_row("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", [], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| map_err(path, "check the upgrade", &error))?;
        match broken {
            Some(table) => Err(Error::Sqlite {
                path: None,
                doing: format!("lay out the tables of {}", path.display()),
                why: format!("rows of {table} would lose what they refer to"),
            }),
            None => run("COMMIT"),
        }
    });
    if !conn.is_autocommit() {
        // The error that led here is the one to report.
        let _ = conn.execute_batch("ROLLBACK");
    }
    run("PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = OFF")?;
    done
}

/// Creates the tables and the installed text of a new file, and calls `fill` to write its first rows.
pub(in crate::store) fn lay_out(
    conn: &Connection,
    path: &Path,
    program: &Program<'_>,
    fill: impl FnOnce() -> rusqlite::Result<()>,
) -> Result<()> {
    in_one_transaction(conn, path, || {
        run(conn, path, program.migrations)?;
        let rest = || {
            program.text.install(conn)?;
            fill()?;
            conn.pragma_update(None, "user_version", program.format().version)
        };
        let doing = format!("lay out the tables of {}", path.display());
        rest().map_err(|error| map_err(path, &doing, &error))
    })
}

/// The format of a file. Its version is the larger of those in refinery's history and in the row of
/// `archive`. `None` for an archive of a development version from before the first release.
pub(in crate::store) fn format(conn: &Connection) -> rusqlite::Result<Option<Format>> {
    let sql = "SELECT count(1) AS n FROM pragma_table_info('archive') WHERE name = 'installed'";
    if conn.query_row(sql, [], |row| row.get::<_, i64>("n"))? == 0 {
        return Ok(None);
    }
    let own = conn
        .query_row("SELECT version, installed FROM archive", [], |row| {
            Ok(Format { version: row.get("version")?, installed: row.get("installed")? })
        })
        .optional()?;
    let is_table =
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'refinery_schema_history'";
    let history: Option<i64> = match conn.query_row(is_table, [], |_| Ok(())).optional()? {
        None => None,
        Some(()) => conn.query_row(
            "SELECT max(version) AS v FROM refinery_schema_history WHERE typeof(version) = 'integer'",
            [],
            |row| row.get("v"),
        )?,
    };
    let own = own.unwrap_or(Format { version: 0, installed: 0 });
    Ok(Some(Format { version: own.version.max(history.unwrap_or(0)), ..own }))
}

/// The number in the header by which other tools know the file (`PRAGMA application_id`).
const APPLICATION_ID: i64 = 1_869_509_219;

/// What else the file says of its format, where it is not what goes with `found`: the numbers in its header, and the
/// record of each migration. A sentence each.
pub(super) fn changed_marks(conn: &Connection, found: Format) -> rusqlite::Result<Vec<String>> {
    let number = |pragma: &str| -> rusqlite::Result<i64> {
        conn.pragma_query_value(None, pragma, |row| row.get(0))
    };
    let mut what = Vec::new();
    let user_version = number("user_version")?;
    if user_version != found.version {
        let version = found.version;
        what.push(format!("user_version is {user_version}, and its tables have version {version}"));
    }
    let application_id = number("application_id")?;
    if application_id != APPLICATION_ID {
        what.push(format!("application_id is {application_id}, and should be {APPLICATION_ID}"));
    }
    let held: BTreeMap<i64, (String, String)> = conn
        .prepare("SELECT version, name, checksum FROM refinery_schema_history")?
        .query_map([], |row| Ok((row.get("version")?, (row.get("name")?, row.get("checksum")?))))?
        .collect::<rusqlite::Result<_>>()?;
    for (version, (name, sql)) in (1..=found.version).zip(MIGRATIONS) {
        let Ok(own) = refinery::Migration::unapplied(name, sql) else { continue };
        match held.get(&version) {
            None => what.push(format!("the record of the migration {name} is missing")),
            Some((held, sum)) if held == own.name() && *sum == own.checksum().to_string() => {}
            Some(_) => what.push(format!("the record of the migration {name} was changed")),
        }
    }
    Ok(what)
}

/// Upgrades an older archive: takes the lock, makes a safety copy if needed, and then does the rest in
/// one transaction.
pub(in crate::store) fn upgrade(
    conn: &Connection,
    path: &Path,
    program: &Program<'_>,
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
    let known = program.format();
    let done = (|| {
        // Another process may have upgraded the archive while this one waited for the lock.
        let now = format(conn).map_err(|error| map_err(path, "read its format", &error))?;
        let from = now.unwrap_or(Format { version: 0, installed: 0 });
        if !known.is_newer_than(from) {
            return Ok(());
        }
        check_history(conn, path)?;
        let pending = program.migrations.iter().skip(usize::try_from(from.version).unwrap_or(0));
        let copy = match pending.clone().any(|(_, sql)| sql.starts_with(REWRITES_MARKER)) {
            true => make_safety_copy(
                conn,
                path,
                &beside(&format!(".before-{}", program.migrations.len())),
            )?,
            false => None,
        };
        let upgraded = in_one_transaction(conn, path, || {
            let doing = format!("bring {} up to date", path.display());
            let fail = |error: rusqlite::Error| map_err(path, &doing, &error);
            program.text.remove(conn).map_err(fail)?;
            run(conn, path, program.migrations)?;
            renew_words(conn, from.installed).map_err(fail)?;
            program.text.install_described(conn).map_err(fail)?;
            weigh_at_rest(conn).map_err(fail)?;
            conn.execute_batch(include_str!("keep_figures.sql")).map_err(fail)?;
            write_numbers(conn, known).map_err(fail)
        });
        if let (Err(_), Some(copy)) = (&upgraded, copy) {
            // The archive is as it was, so that nobody needs the copy.
            let _ = std::fs::remove_file(copy);
        }
        upgraded
    })();
    // An error is ignored, because a lock file that is left behind does no harm.
    let _ = std::fs::remove_file(&lock_path);
    done
}

/// Copies the archive to `name`, or to `name-2` and so on where another file is there. Returns where it is if it
/// is new: an upgrade that was killed leaves a copy, which serves again if the archive is still the same.
fn make_safety_copy(conn: &Connection, path: &Path, name: &Path) -> Result<Option<PathBuf>> {
    let with = |suffix: &str| {
        let mut name = name.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let draft = with(".part");
    let fail = |path: &Path, error: std::io::Error| Error::file("write", path, &error);
    match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(fail(&draft, error)),
        _ => {}
    }
    conn.execute("VACUUM INTO ?1", [draft.to_string_lossy()]).map_err(|error| {
        let _ = std::fs::remove_file(&draft);
        map_copy_err(path, name, "make a safety copy", &error)
    })?;
    for number in 1_u32.. {
        let copy = if number == 1 { name.to_owned() } else { with(&format!("-{number}")) };
        if !copy.exists() {
            std::fs::rename(&draft, &copy).map_err(|error| {
                let _ = std::fs::remove_file(&draft);
                fail(&copy, error)
            })?;
            return Ok(Some(copy));
        }
        if is_same_file(&draft, &copy).unwrap_or(false) {
            std::fs::remove_file(&draft).map_err(|error| fail(&draft, error))?;
            return Ok(None);
        }
    }
    Ok(None)
}

/// Returns true if two files have the same bytes.
fn is_same_file(one: &Path, other: &Path) -> std::io::Result<bool> {
    let (one, other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let number = left.len().min(right.len());
        if number == 0 || left[..number] != right[..number] {
            return Ok(left.is_empty() && right.is_empty());
        }
        one.consume(number);
        other.consume(number);
    }
}

/// Writes the numbers of the format to `user_version` and to the row of `archive`.
fn write_numbers(conn: &Connection, format: Format) -> rusqlite::Result<()> {
    conn.pragma_update(None, "user_version", format.version)?;
    conn.execute(
        "UPDATE archive SET version = ?1, installed = ?2",
        (format.version, format.installed),
    )
    .map(|_| ())
}

/// Refuses a migration history on which refinery would panic.
fn check_history(conn: &Connection, path: &Path) -> Result<()> {
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
            is_derived: false,
        }),
        Err(error) => Err(Error::Damaged {
            path: path.to_owned(),
            why: format!("its migration history cannot be read: {}", message(&error)),
            is_derived: false,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Program, REWRITES_MARKER, format, make_safety_copy, upgrade};
    use crate::error::Error;
    use crate::model::CancelToken;
    use crate::store::connection::{NewNames, create};
    use crate::store::schema::installed::Text;
    use crate::store::schema::texts::{INSTALLED, LATEST, MIGRATIONS, Migration, TRIGGERS};
    use crate::store::{Reader, Writer};
    use rusqlite::Connection;
    use rusqlite::hooks::{AuthContext, Authorization};
    use std::path::{Path, PathBuf};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn archive() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        create(&path, "2021-01-01T00:00:00Z", NewNames::default(), |_| Ok(())).unwrap();
        (folder, path)
    }

    fn with(next: Migration) -> Vec<Migration> {
        MIGRATIONS.iter().copied().chain([next]).collect()
    }

    fn program(migrations: &[Migration]) -> Program<'_> {
        Program { migrations, text: Text::new(&[]) }
    }

    fn formatted(conn: &Connection) -> Format {
        format(conn).unwrap().unwrap()
    }

    /// The name of the migration behind the newest.
    fn next_name(subject: &str) -> &'static str {
        format!("V{}__{subject}", LATEST + 1).leak()
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
        let conn = Connection::open(&path).unwrap();
        let next = with((next_name("colour"), "ALTER TABLE claims ADD COLUMN colour TEXT;"));
        upgrade(&conn, &path, &program(&next)).unwrap();
        assert_eq!(formatted(&conn), Format { version: LATEST + 1, installed: INSTALLED });
        conn.execute("UPDATE claims SET colour = 'red'", []).unwrap();
        assert_eq!(files(&path), ["a.db"], "nothing is left beside it");
        // This program is now the older one: it reads, and does not write.
        Reader::open(&path, &[], CancelToken::never()).unwrap();
        let before = std::fs::read(&path).unwrap();
        let error = Writer::open(&path, &[]).unwrap_err();
        assert!(matches!(error, Error::Newer { .. }), "{error}");
        assert!(before == std::fs::read(&path).unwrap());
    }

    /// The installed text can change without the tables; triggers of the old text are dropped.
    #[test]
    fn newer_text_alone_is_installed() {
        let (_folder, path) = archive();
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch("CREATE VIEW mine AS SELECT 1 AS a").unwrap();
        let other = TRIGGERS[1].replace("not a date: write", "no date: write");
        assert_ne!(other, TRIGGERS[1]);
        let mut scripts = TRIGGERS.to_vec();
        scripts[1] = &other;
        let text = Text { number: INSTALLED + 1, triggers: &scripts, views: &[] };
        upgrade(&conn, &path, &Program { migrations: MIGRATIONS, text }).unwrap();
        assert_eq!(formatted(&conn), Format { version: LATEST, installed: INSTALLED + 1 });
        let refused = conn.execute("INSERT INTO dates (edtf) VALUES ('x')", []).unwrap_err();
        assert!(refused.to_string().contains("no date: write"), "{refused}");
        conn.query_row("SELECT a FROM mine", [], |row| row.get::<_, i64>("a")).unwrap();
        let error = Writer::open(&path, &[]).unwrap_err();
        assert!(error.to_string().contains("newer onrecord"), "{error}");
    }

    #[test]
    fn a_rebuilt_table_keeps_its_children_and_leaves_a_copy() {
        let (_folder, path) = archive();
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(
            "INSERT INTO measures (key, title, dimension, growth) VALUES ('m', 'M', 'people', 'level');
             INSERT INTO claims (key, text, kind) VALUES ('c', 'C', 'event');
             INSERT INTO figures (key, claim_id, measure_id, value) VALUES ('f', 1, 1, 5);",
        )
        .unwrap();
        let table: String = conn
            .query_row("SELECT sql FROM sqlite_schema WHERE name = 'measures'", [], |row| {
                row.get(0)
            })
            .unwrap();
        let sql = format!(
            "{REWRITES_MARKER}\nCREATE TABLE m2 AS SELECT * FROM measures; DROP TABLE measures; \
             {table}; INSERT INTO measures SELECT * FROM m2; DROP TABLE m2;"
        );
        let next = with((next_name("measures"), &sql.leak()[..]));
        upgrade(&conn, &path, &program(&next)).unwrap();
        let figures: i64 =
            conn.query_row("SELECT count(1) FROM figures", [], |row| row.get(0)).unwrap();
        assert_eq!(figures, 1);
        let copy = format!("a.db.before-{}", LATEST + 1);
        assert_eq!(files(&path), ["a.db", copy.as_str()]);
        let copy = Connection::open(path.with_file_name(copy)).unwrap();
        assert_eq!(formatted(&copy).version, LATEST);
    }

    /// An upgrade that was killed leaves a copy; another file of that name is nobody's business here.
    #[test]
    fn a_safety_copy_is_made_once_and_overwrites_nothing() {
        let (_folder, path) = archive();
        let name = path.with_file_name("copy");
        let conn = Connection::open(&path).unwrap();
        std::fs::write(path.with_file_name("copy.part"), "cut short").unwrap();
        assert_eq!(make_safety_copy(&conn, &path, &name).unwrap(), Some(name.clone()));
        assert_eq!(make_safety_copy(&conn, &path, &name).unwrap(), None);
        let mut bytes = std::fs::read(&name).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&name, &bytes).unwrap();
        let second = path.with_file_name("copy-2");
        assert_eq!(make_safety_copy(&conn, &path, &name).unwrap(), Some(second));
        assert_eq!(std::fs::read(&name).unwrap(), bytes);
        assert_eq!(files(&path), ["a.db", "copy", "copy-2"]);
        let broken = format!("{REWRITES_MARKER}\nCREATE TABLE good (x); CREATE TABLE bad (;");
        let next = with((next_name("broken"), &broken.leak()[..]));
        upgrade(&conn, &path, &program(&next)).unwrap_err();
        assert_eq!(files(&path), ["a.db", "copy", "copy-2"]);
    }

    /// Installed views do not exist while migrations run, and a user's view may read one of them.
    #[test]
    fn a_view_of_the_users_own_stands_in_no_migrations_way() {
        let (_folder, path) = archive();
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch("CREATE VIEW mine AS SELECT claim_id FROM claim_origins").unwrap();
        let rename = "ALTER TABLE equations RENAME TO old; ALTER TABLE old RENAME TO equations;";
        upgrade(&conn, &path, &program(&with((next_name("renamed"), rename)))).unwrap();
        conn.query_row("SELECT count(1) FROM mine", [], |row| row.get::<_, i64>(0)).unwrap();
    }

    #[test]
    fn a_broken_upgrade_changes_nothing() {
        let (_folder, path) = archive();
        let before = std::fs::read(&path).unwrap();
        let conn = Connection::open(&path).unwrap();
        let next = with((next_name("broken"), "CREATE TABLE good (x); CREATE TABLE bad (;"));
        let error = upgrade(&conn, &path, &program(&next)).unwrap_err();
        assert!(error.to_string().contains("syntax error"), "{error}");
        assert_eq!(formatted(&conn), Format::KNOWN);
        drop(conn);
        assert!(before == std::fs::read(&path).unwrap());
    }

    /// A failure anywhere in an upgrade leaves the old archive, byte for byte.
    #[test]
    fn an_upgrade_that_fails_anywhere_changes_nothing() {
        let (_folder, path) = archive();
        let before = std::fs::read(&path).unwrap();
        let next = with((
            next_name("colour"),
            "CREATE TABLE colours (id INTEGER PRIMARY KEY); ALTER TABLE claims ADD COLUMN colour TEXT;",
        ));
        let text = Text { number: INSTALLED + 1, ..Text::new(&[]) };
        let newer = Program { migrations: &next, text };
        // The number of calls of the authorizer in a whole upgrade.
        let asked = Arc::new(AtomicUsize::new(0));
        let upgrade_denying = |nth: Option<usize>, path: &Path| {
            let mut conn = Connection::open(path).unwrap();
            asked.store(0, Ordering::Relaxed);
            let counter = Arc::clone(&asked);
            let hook = move |_: AuthContext<'_>| match counter.fetch_add(1, Ordering::Relaxed) {
                now if Some(now) == nth => Authorization::Deny,
                _ => Authorization::Allow,
            };
            conn.authorizer(Some(hook)).unwrap();
            upgrade(&conn, path, &newer)
        };
        let other = path.with_file_name("b.db");
        std::fs::copy(&path, &other).unwrap();
        upgrade_denying(None, &other).unwrap();
        let all = asked.load(Ordering::Relaxed);
        assert!(all > 1000, "{all}");
        let mut failed = 0;
        // The last two are the pragmas that are set back once the upgrade is committed.
        for nth in (0..all - 2).step_by(all / 60) {
            let Err(_) = upgrade_denying(Some(nth), &path) else { continue };
            failed += 1;
            assert!(before == std::fs::read(&path).unwrap(), "after action {nth} of {all}");
            assert_eq!(files(&path), ["a.db", "b.db"], "{nth}");
        }
        assert!(failed > 50, "{failed}");
        upgrade_denying(None, &path).unwrap();
        assert_eq!(formatted(&Connection::open(&path).unwrap()), newer.format());
    }
}
