//! Damage to what follows from the rows of others (indexes, search indexes, kept rows) is never fatal: the record stays
//! readable, can be copied and added to as far as it goes, and `check --repair` builds it anew. Damage to the rows
//! themselves is refused.

use crate::common::{Sandbox, context};
use onrecord::error::Error;
use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::archive::check;
use std::io::{Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fills the first page of a table or an index with nonsense.
fn break_page(sandbox: &Sandbox, name: &str) {
    let (page, size) = {
        let db = sandbox.other_tool();
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        let page: u64 =
            db.query_row(sql, [name], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap();
        let size: u64 = db
            .pragma_query_value(None, "page_size", |row| row.get::<_, i64>(0))
            .unwrap()
            .try_into()
            .unwrap();
        (page, size)
    };
    let mut file = std::fs::File::options().write(true).open(sandbox.path("onrecord.db")).unwrap();
    file.seek(SeekFrom::Start((page - 1) * size)).unwrap();
    file.write_all(&vec![0x77; usize::try_from(size).unwrap()]).unwrap();
}

fn edit(sandbox: &Sandbox, sql: &str) {
    sandbox.other_tool().execute_batch(sql).unwrap();
}

const ADD: &[&str] = &["add", "source", "--kind", "article", "--title", "Osprey"];

/// The archive after a repair is the one before the damage, but for the operation.
fn is_as_before(sandbox: &Sandbox, before: &str) {
    assert_eq!(
        sandbox.run(&["check", "--full"]).code,
        0,
        "{}",
        sandbox.run(&["check", "--full"]).out
    );
    let export = sandbox.run(&["export", "ndjson"]).done();
    let rows = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.contains("\"operation")).map(str::to_owned).collect()
    };
    assert_eq!(rows(&export), rows(before));
    assert!(sandbox.run(&["search", "muqur"]).done().contains("muqur-fell"));
    let _ = sandbox.run(ADD).done();
    assert!(sandbox.run(&["search", "osprey"]).done().contains("Osprey"));
}

#[test]
fn a_damaged_index_is_built_anew() {
    for name in [
        "mentions_by_source",
        "sqlite_autoindex_claims_1",
        "kept_weights",
        "kept_origins",
        "kept_figures",
        "kept_figures_in_time",
        "outdated_claims",
        "search_dirty",
        "words_fts_data",
        "words_fts_docsize",
        "claims_fts_data",
        "claims_fts_config",
    ] {
        let sandbox = Sandbox::seeded();
        let before = sandbox.run(&["export", "ndjson"]).done();
        break_page(&sandbox, name);
        assert_eq!(sandbox.run(&["check"]).code, 1, "{name}");
        let copied = sandbox.run(&["backup", "copy.db"]);
        assert_eq!(copied.code, 0, "{name}: {}", copied.err);
        assert!(copied.err.contains("from which nothing is lost"), "{name}: {}", copied.err);
        let repaired = sandbox.run(&["check", "--repair"]);
        assert_eq!(repaired.code, 0, "{name}: {} {}", repaired.err, repaired.out);
        assert!(repaired.err.contains(", which was damaged"), "{name}: {}", repaired.err);
        is_as_before(&sandbox, &before);
        let names: Vec<_> = std::fs::read_dir(sandbox.path("."))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert!(!names.iter().any(|name| name.to_string_lossy().contains(".new-")), "{names:?}");
    }
}

#[test]
fn damaged_rows_are_refused_and_copied_only_as_they_are() {
    let sandbox = Sandbox::seeded();
    break_page(&sandbox, "mentions");
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for args in [ADD, &["check", "--repair"], &["backup", "copy.db"]] {
        let said = sandbox.run(args).failed();
        assert!(said.contains("is damaged"), "{args:?}: {said}");
        assert!(!sandbox.path("copy.db").exists());
    }
    let _ = sandbox.run(&["backup", "copy.db", "--as-is"]).done();
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    assert_eq!(std::fs::metadata(sandbox.path("copy.db")).unwrap().len(), before.len() as u64);
}

/// A search index that is damaged, empty or gone stops no other command, and says so where it matters.
#[test]
fn the_record_goes_on_without_its_search_index() {
    for damage in [
        "DELETE FROM words_fts_data",
        "UPDATE words_fts_data SET block = x'00ff00ff' WHERE id = 10",
        "UPDATE claims_fts_data SET block = x'00ff00ff' WHERE id = 10",
        "DELETE FROM words_fts_docsize",
        "UPDATE sources_fts_data SET block = x'aa'",
        "DROP TABLE claims_fts",
        "DROP TABLE words_fts",
    ] {
        let sandbox = Sandbox::seeded();
        let before = sandbox.run(&["export", "ndjson"]).done();
        edit(&sandbox, damage);
        let found = sandbox.run(&["check"]);
        assert_eq!(found.code, 1, "{damage}: {}", found.out);
        assert_eq!(sandbox.run(&["backup", "copy.db"]).code, 0, "{damage}");
        assert_eq!(sandbox.run(&["report", "claims"]).code, 0, "{damage}");
        assert_eq!(sandbox.run(&["check", "--repair"]).code, 0, "{damage}");
        is_as_before(&sandbox, &before);
    }
    let sandbox = Sandbox::seeded();
    edit(&sandbox, "DELETE FROM words_fts_data");
    let added = sandbox.run(ADD);
    assert_eq!(added.code, 0, "{}", added.err);
    assert!(added.err.contains("its search index is damaged"), "{}", added.err);
    assert!(sandbox.run(&["search", "osprey"]).failed().contains("onrecord check"));
    let _ = sandbox.run(&["check", "--repair"]).done();
    assert!(
        sandbox.run(&["search", "osprey"]).done().contains("Osprey"),
        "what was added meanwhile is found"
    );
}

/// A command that meets a damaged index says which it is and what builds it anew, and leaves the file as it is: also where
/// the file is too large for a look at all its pages before each write.
#[test]
fn a_write_that_meets_a_damaged_index_names_it() {
    for (ballast, name) in [
        ("", "mentions_by_source"),
        ("", "kept_figures"),
        ("CREATE TABLE ballast AS SELECT zeroblob(18000000) AS b;", "sqlite_autoindex_sources_1"),
        ("CREATE TABLE ballast AS SELECT zeroblob(18000000) AS b;", "sources_by_folded"),
    ] {
        let sandbox = Sandbox::seeded();
        edit(&sandbox, ballast);
        break_page(&sandbox, name);
        let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
        let said = sandbox.run(ADD).failed();
        assert!(said.contains(name) && said.contains("is damaged"), "{name}: {said}");
        assert!(said.contains("`onrecord check --repair` builds it anew"), "{name}: {said}");
        assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap(), "{name}");
        let _ = sandbox.run(&["check", "--repair"]);
        let _ = sandbox.run(ADD).done();
    }
}

/// A repair is one operation: wherever it is stopped, the file is as it was to the byte, or repaired, and its log says so
/// once.
#[test]
fn a_repair_is_done_or_not_begun() {
    let whole = Sandbox::seeded();
    let drop = "UPDATE sources SET title = CAST(x'c96d' AS TEXT) WHERE key = 'taliban'; DROP TRIGGER claims_insert_guard;
                DROP VIEW claim_origins; DELETE FROM words_fts_data;";
    let remade = "PRAGMA foreign_keys = OFF; DROP TABLE sqlar;
                  CREATE TABLE sqlar (name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB);";
    for damage in ["", "mentions_by_source", "kept_figures"] {
        let sandbox = Sandbox::seeded();
        edit(&sandbox, drop);
        edit(&sandbox, remade);
        if !damage.is_empty() {
            break_page(&sandbox, damage);
        }
        let path = sandbox.path("onrecord.db");
        let broken = std::fs::read(&path).unwrap();
        let encoding = encoding_rs::Encoding::for_label(b"latin1");
        let mut stopped = 0;
        for most in (0..).map(|n: u32| 3_usize.pow(n) - 1) {
            let polled = AtomicUsize::new(0);
            let cancel = CancelToken::new(move || {
                (polled.fetch_add(1, Ordering::Relaxed) >= most).then_some("asked to")
            });
            match check::repair(&path, true, encoding, &Context { cancel, ..context() }) {
                Ok(done) => {
                    assert!(
                        done.iter().any(|what| what.contains("claims_insert_guard")),
                        "{done:?}"
                    );
                    assert!(done.iter().any(|what| what.contains("taliban, title")), "{done:?}");
                    break;
                }
                Err(Error::Stopped { .. }) => stopped += 1,
                Err(error) => panic!("{damage}: {error}"),
            }
            assert!(broken == std::fs::read(&path).unwrap(), "{damage}, after {most}");
        }
        assert!(stopped > 3, "{damage}: {stopped}");
        let repairs =
            "SELECT CAST(count(1) AS TEXT) AS n FROM operations WHERE command = 'check --repair'";
        assert_eq!(sandbox.ask(repairs), "1", "{damage}");
        let found = sandbox.run(&["check", "--full"]);
        assert_eq!(found.code, 0, "{damage}: {}", found.out);
        let claims =
            "SELECT group_concat(key) AS k FROM (SELECT key FROM claims ORDER BY key) AS c";
        assert_eq!(sandbox.ask(claims), whole.ask(claims));
    }
}

/// What waits in a write-ahead log is part of the file that is repaired.
#[test]
fn a_repair_keeps_what_the_write_ahead_log_holds() {
    let sandbox = Sandbox::seeded();
    break_page(&sandbox, "mentions_by_source");
    let db = sandbox.other_tool();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; UPDATE claims SET note = 'in the log' WHERE key = 'muqur-fell'",
    )
    .unwrap();
    // As left by a tool that was killed: the log was not written back.
    for name in ["onrecord.db", "onrecord.db-wal"] {
        std::fs::copy(sandbox.path(name), sandbox.path(&name.replace("onrecord", "left"))).unwrap();
    }
    let repaired = sandbox.run(&["-f", "left.db", "check", "--repair"]);
    assert_eq!(repaired.code, 0, "{} {}", repaired.err, repaired.out);
    let note = ["-f", "left.db", "sql", "SELECT note FROM claims WHERE key = 'muqur-fell'"];
    assert!(sandbox.run(&note).done().contains("in the log"));
}

/// An index whose pages are sound, and that lacks rows, gives wrong answers: it is built anew, too.
#[test]
fn an_index_that_lacks_rows_is_built_anew() {
    let sandbox = Sandbox::seeded();
    let index = "(SELECT rootpage FROM sqlite_schema WHERE name = 'mentions_by_source')";
    edit(
        &sandbox,
        &format!(
            "CREATE TABLE empty (a); CREATE INDEX empty_a ON empty (a); PRAGMA writable_schema = ON;
             CREATE TEMP TABLE was AS SELECT {index} AS page;
             UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'empty_a') WHERE name = 'mentions_by_source';
             UPDATE sqlite_schema SET rootpage = (SELECT page FROM was) WHERE name = 'empty_a';"
        ),
    );
    assert!(sandbox.run(&["check", "pages"]).out.contains("missing from index mentions_by_source"));
    let repaired = sandbox.run(&["check", "--repair"]);
    assert!(repaired.err.contains("mentions_by_source, which was damaged"), "{}", repaired.err);
    assert_eq!(sandbox.run(&["check", "pages"]).code, 0);
}

#[test]
fn a_repair_does_not_write_through_a_link() {
    let sandbox = Sandbox::seeded();
    break_page(&sandbox, "mentions_by_source");
    std::os::unix::fs::symlink(sandbox.path("onrecord.db"), sandbox.path("link.db")).unwrap();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let said = sandbox.run(&["-f", "link.db", "check", "--repair"]).failed();
    assert!(said.contains("it is a symbolic link"), "{said}");
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}
