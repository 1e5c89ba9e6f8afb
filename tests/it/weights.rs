//! What stands behind claims, as the archive keeps it: whatever tool changes what it rests on, the views give
//! what is worked out from nothing.

use crate::common::{Sandbox, fill, random_cases};
use crate::origins::{World, lines, world};
use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::archive::{check, refresh};
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use rusqlite::Connection;
use std::path::Path;

fn context() -> Context {
    Context { now: "2021-07-02T12:00:00Z".to_owned(), editor: None, cancel: CancelToken::never() }
}

fn load(archive: &Path, lines: String) {
    let inputs = vec![Input::bytes_of("world.ndjson", lines)];
    let _ = import(Options::new(archive, inputs), &context());
}

/// An edit: what is done, and three numbers that say to which rows.
type Edit = (usize, i64, i64, i64);

/// Edits in another tool, of every table and column that a claim's weight rests on. `:a`, `:b` and `:c` are large
/// numbers, from which each takes the rows it changes.
pub const EDITS: &[&str] = &[
    "INSERT INTO mentions (claim_id, source_id, speaker_id, stance, locator) SELECT
       (SELECT id FROM claims ORDER BY id LIMIT 1 OFFSET :a % 6), (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :b % 14),
       CASE WHEN :c % 2 THEN (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :c % 14) END,
       (SELECT code FROM stances ORDER BY id LIMIT 1 OFFSET :c % 5), 'p. ' || :c",
    "DELETE FROM mentions WHERE id = (SELECT id FROM mentions ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM mentions)))",
    "UPDATE mentions SET stance = (SELECT code FROM stances ORDER BY id LIMIT 1 OFFSET :c % 5)
     WHERE id = (SELECT id FROM mentions ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM mentions)))",
    "UPDATE mentions SET speaker_id = CASE WHEN :c % 2 THEN (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :b % 14) END
     WHERE id = (SELECT id FROM mentions ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM mentions)))",
    "UPDATE mentions SET source_id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :b % 14)
     WHERE id = (SELECT id FROM mentions ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM mentions)))",
    "UPDATE mentions SET claim_id = (SELECT id FROM claims ORDER BY id LIMIT 1 OFFSET :b % 6)
     WHERE id = (SELECT id FROM mentions ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM mentions)))",
    "INSERT INTO source_origins (source_id, relation, origin_id) SELECT
       (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14),
       (SELECT code FROM origin_relations ORDER BY id LIMIT 1 OFFSET :c % (SELECT count(*) FROM origin_relations)),
       (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :b % 14)",
    "DELETE FROM source_origins
     WHERE id = (SELECT id FROM source_origins ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM source_origins)))",
    "UPDATE source_origins
     SET relation = (SELECT code FROM origin_relations ORDER BY id LIMIT 1 OFFSET :c % (SELECT count(*) FROM origin_relations))
     WHERE id = (SELECT id FROM source_origins ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM source_origins)))",
    "UPDATE source_origins SET source_id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :b % 14)
     WHERE id = (SELECT id FROM source_origins ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM source_origins)))",
    "UPDATE source_origins SET origin_id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :b % 14)
     WHERE id = (SELECT id FROM source_origins ORDER BY id LIMIT 1 OFFSET :a % (1 + (SELECT count(*) FROM source_origins)))",
    "UPDATE sources SET kind = CASE :b % 4 WHEN 0 THEN 'unnamed' WHEN 1 THEN 'person' WHEN 2 THEN 'organisation' ELSE 'article' END
     WHERE id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14)",
    "UPDATE sources SET outlet = CASE WHEN :b % 4 THEN 'Outlet ' || (:b % 4) END
     WHERE id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14)",
    "UPDATE sources SET url = CASE WHEN :b % 4 THEN 'https://' || substr('www.', 1, 4 * (:c % 2)) || 'n.example/' || (:b % 4) END
     WHERE id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14)",
    "UPDATE sources SET identifier = CASE WHEN :b % 3 THEN 'doi:10.1000/' || (:b % 3) END
     WHERE id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14)",
    // What another tool may also do to the forms that the program computes.
    "UPDATE sources SET canonical = CASE WHEN :b % 3 THEN 'n.example/' || (:b % 3) END
     WHERE id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14)",
    "INSERT INTO sources (key, kind, title, url) VALUES (substr('abcxyz', 1 + :a % 6, 1) || :a, 'article', 'T', 'http://n.example/' || (:b % 4))",
    "INSERT INTO aliases (table_name, alias, row_id) SELECT 'sources', key, id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14;
     UPDATE sources SET key = substr('abcxyz', 1 + :b % 6, 1) || :b WHERE id = (SELECT id FROM sources ORDER BY id LIMIT 1 OFFSET :a % 14)",
    "DELETE FROM sources WHERE id = (SELECT id FROM sources ORDER BY id DESC LIMIT 1 OFFSET :a % 3)",
    "DELETE FROM mentions WHERE claim_id = (SELECT id FROM claims ORDER BY id DESC LIMIT 1);
     DELETE FROM claims WHERE id = (SELECT id FROM claims ORDER BY id DESC LIMIT 1)",
    "INSERT INTO claims (key, text, kind) VALUES ('c' || :a, 'C', 'event')",
    "UPDATE stances SET counts = 1 - counts WHERE code = 'supports'",
    "UPDATE source_kinds SET is_named = 1 - is_named WHERE code = 'article'",
    "UPDATE origin_relations SET whole_text = 1 - whole_text WHERE code = 'quotes'",
    "INSERT OR IGNORE INTO outdated_claims (claim_id) SELECT id FROM claims",
];

fn edit() -> impl Strategy<Value = Edit> {
    (0..EDITS.len() + 3, 0..1_000_000_i64, 0..1_000_000_i64, 0..1_000_000_i64)
}

/// Makes an edit; the file may refuse it.
fn make(db: &Connection, archive: &Path, (which, a, b, c): Edit) -> String {
    let Some(sql) = EDITS.get(which) else {
        return match which - EDITS.len() {
            0 => {
                let line = format!(
                    r#"{{"table":"mentions","claim":"claim-{}","source":"document-{}","locator":"p. {c}"}}"#,
                    a % 6,
                    b % 7
                );
                load(archive, line);
                "a mention by the program".to_owned()
            }
            1 => {
                let lines = format!(
                    "{{\"table\":\"sources\",\"key\":\"new-{a}\",\"kind\":\"article\",\"title\":\"N\",\"url\":\"https://n.example/{}\"}}\n\
                     {{\"table\":\"source_origins\",\"source\":\"document-{}\",\"relation\":\"copies\",\"origin\":\"new-{a}\"}}",
                    a % 4,
                    b % 7
                );
                load(archive, lines);
                "an edge by the program".to_owned()
            }
            _ => {
                refresh::refresh(archive, &context()).unwrap();
                "a refresh".to_owned()
            }
        };
    };
    let sql = fill(sql, &[(":a", a), (":b", b), (":c", c)]);
    let done = db.execute_batch(&format!("BEGIN; {sql}; COMMIT"));
    if done.is_err() {
        let _ = db.execute_batch("ROLLBACK");
    }
    format!("{sql}: {done:?}")
}

/// The rows of either query that the other has not.
fn different(db: &Connection, one: &str, other: &str) -> i64 {
    let sql = format!(
        "SELECT count(*) FROM (SELECT * FROM ({one} EXCEPT {other}) UNION ALL SELECT * FROM ({other} EXCEPT {one}))"
    );
    // SQLite reads a view of this size more slowly than it answers it for a small archive.
    db.prepare_cached(&sql).unwrap().query_row([], |row| row.get(0)).unwrap()
}

/// The rows of the weights and of the origins that the views give and the definition does not, or the other way round.
pub fn different_views(db: &Connection) -> [i64; 2] {
    let counts = different(db, "SELECT * FROM claim_weights", "SELECT * FROM claim_counts");
    let origins = different(
        db,
        "SELECT claim_id, origin_id, took_back FROM claim_origins",
        "SELECT claim_id, origin_id, max(took_back) FROM claim_ends GROUP BY claim_id, origin_id",
    );
    [counts, origins]
}

fn check_views(db: &Connection, after: &str, world: &World) {
    let [counts, origins] = different_views(db);
    assert_eq!(counts, 0, "weights after {after} in {world:?}");
    assert_eq!(origins, 0, "origins after {after} in {world:?}");
}

#[test]
fn views_give_what_is_worked_out_from_nothing_after_any_edit() {
    let edits = prop::collection::vec(edit(), 40);
    proptest!(random_cases(12), |(world in world(), edits in edits)| {
        let sandbox = Sandbox::empty();
        let archive = sandbox.path("onrecord.db");
        load(&archive, lines(&world));
        let db = sandbox.other_tool();
        check_views(&db, "the load", &world);
        for edit in edits {
            let after = make(&db, &archive, edit);
            check_views(&db, &after, &world);
        }
        refresh::refresh(&archive, &context()).unwrap();
        let left = "SELECT count(*) FROM outdated_weights";
        assert_eq!(db.query_row(left, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        check_views(&db, "the last refresh", &world);
        let found = check::check(&archive, Some("weights"), true, CancelToken::never()).unwrap();
        assert_eq!(found.rows.len(), 0);
    });
}

/// Sources of which some are one work, claims that rest on them, and a claim that a revised edition took back.
const SMALL: &str = r#"{"table":"sources","key":"d1","kind":"article","title":"D1","url":"https://n.example/1"}
{"table":"sources","key":"d2","kind":"article","title":"D2","url":"http://www.n.example/1"}
{"table":"sources","key":"d3","kind":"article","title":"D3"}
{"table":"sources","key":"d4","kind":"article","title":"D4"}
{"table":"sources","key":"d5","kind":"article","title":"D5"}
{"table":"sources","key":"d6","kind":"article","title":"D6"}
{"table":"sources","key":"o","kind":"organisation","title":"O"}
{"table":"sources","key":"p","kind":"person","title":"P"}
{"table":"sources","key":"q","kind":"person","title":"Q"}
{"table":"sources","key":"c","kind":"article","title":"C"}
{"table":"source_origins","source":"d4","relation":"revises","origin":"d3"}
{"table":"source_origins","source":"d6","relation":"cites","origin":"d5"}
{"table":"source_origins","source":"p","relation":"speaks_for","origin":"o"}
{"table":"source_origins","source":"q","relation":"speaks_for","origin":"o"}
{"table":"claims","key":"same-work","text":"A","kind":"event"}
{"table":"mentions","claim":"same-work","source":"d2"}
{"table":"claims","key":"revised","text":"B","kind":"event"}
{"table":"mentions","claim":"revised","source":"d3"}
{"table":"mentions","claim":"revised","source":"d4","stance":"retracts"}
{"table":"claims","key":"no-page","text":"C","kind":"event"}
{"table":"mentions","claim":"no-page","source":"d5"}
{"table":"claims","key":"body","text":"D","kind":"event"}
{"table":"mentions","claim":"body","source":"d5","speaker":"p"}
{"table":"mentions","claim":"body","source":"d3","speaker":"q","stance":"retracts"}
{"table":"claims","key":"drew-on","text":"E","kind":"event"}
{"table":"mentions","claim":"drew-on","source":"d6"}
{"table":"mentions","claim":"drew-on","source":"d5","stance":"retracts"}
"#;

fn small() -> (Sandbox, Connection) {
    let sandbox = Sandbox::empty();
    load(&sandbox.path("onrecord.db"), SMALL.to_owned());
    let db = sandbox.other_tool();
    (sandbox, db)
}

/// The origins of a claim as the views of the definition give them, and how many took it back.
fn origins(db: &Connection, claim: &str) -> (String, i64) {
    let sql = "SELECT coalesce(n.origin_keys, '-'), n.took_back FROM claims AS c
         JOIN claim_counts AS n ON n.claim_id = c.id WHERE c.key = ?1";
    db.query_row(sql, [claim], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn assert_views(db: &Connection, after: &str) {
    let world = World { edges: Vec::new(), bodies: Vec::new(), claims: Vec::new() };
    check_views(db, after, &world);
}

/// The conflict clause of a statement takes the place of those in the triggers that it fires.
#[test]
fn a_statement_may_say_what_happens_in_a_conflict() {
    let (_sandbox, db) = small();
    for clause in ["FAIL", "ABORT", "ROLLBACK", "IGNORE", "REPLACE"] {
        for locator in ["p. 1", "p. 2"] {
            let source = "SELECT id, 2, ?1 FROM claims";
            let sql =
                format!("INSERT OR {clause} INTO mentions (claim_id, source_id, locator) {source}");
            assert_eq!(db.execute(&sql, [format!("{clause} {locator}")]), Ok(5), "{clause}");
        }
        let edge = format!(
            "UPDATE OR {clause} source_origins SET relation = CASE relation WHEN 'cites' THEN 'copies' ELSE 'cites' END
             WHERE origin_id = (SELECT id FROM sources WHERE key = 'd5')"
        );
        assert_eq!(db.execute(&edge, []), Ok(1), "{clause}");
        let key = format!("UPDATE OR {clause} sources SET outlet = ?1 WHERE key = 'd6'");
        assert_eq!(db.execute(&key, [clause]), Ok(1), "{clause}");
        assert_views(&db, clause);
    }
}

#[test]
fn retractions_reach_their_origin() {
    let (_sandbox, db) = small();
    assert_views(&db, "the load");
    for (claim, origin) in [("revised", "d3"), ("body", "o"), ("drew-on", "d6")] {
        assert_eq!(origins(&db, claim), (origin.to_owned(), 1), "{claim}");
    }
}

#[test]
fn what_makes_or_parts_a_work_is_noted() {
    for (edit, claim, before, after) in [
        (
            "INSERT INTO source_origins (source_id, relation, origin_id) SELECT a.id, 'revises', b.id
             FROM sources AS a JOIN sources AS b ON a.key = 'd1' AND b.key = 'd2'",
            "same-work",
            "d1",
            "d2",
        ),
        ("UPDATE sources SET url = 'https://n.example/2' WHERE key = 'd1'", "same-work", "d1", "d2"),
        ("UPDATE sources SET kind = 'person' WHERE key = 'd1'", "same-work", "d1", "d2"),
        (
            "INSERT INTO sources (key, kind, title, url) VALUES ('a', 'article', 'A', 'n.example/1'),
               ('b', 'article', 'B', 'http://n.example/1/')",
            "same-work",
            "d1",
            "b",
        ),
        // The source had no address before.
        ("UPDATE sources SET url = 'https://n.example/1' WHERE key = 'c'", "same-work", "d1", "c"),
        // It waits for its canonical forms, and another tool writes one.
        (
            "UPDATE sources SET title = 'D' WHERE key = 'c';
             UPDATE sources SET canonical = 'n.example/1' WHERE key = 'c'",
            "same-work",
            "d1",
            "c",
        ),
        // Another tool writes a form, which is that of a source that waits.
        (
            "UPDATE sources SET url = 'https://n.example/8' WHERE key = 'c';
             UPDATE sources SET canonical = 'n.example/8' WHERE key = 'd5'",
            "no-page",
            "d5",
            "c",
        ),
        // It waits with the form that another tool wrote, and then no longer waits.
        (
            "UPDATE sources SET title = 'D' WHERE key = 'd5';
             UPDATE sources SET canonical = 'n.example/1' WHERE key = 'd5';
             UPDATE sources SET folded = 'd' WHERE key = 'd5'",
            "no-page",
            "d5",
            "d1",
        ),
        (
            "INSERT INTO sources (key, kind, title, canonical) VALUES ('a', 'article', 'A', 'n.example/1')",
            "same-work",
            "d1",
            "a",
        ),
        // Neither of the two has canonical forms yet.
        ("UPDATE sources SET url = 'https://n.example/7' WHERE key IN ('d4', 'd5')", "no-page", "d5", "d4"),
    ] {
        let (_sandbox, db) = small();
        assert_eq!(origins(&db, claim).0, before, "{edit}");
        db.execute_batch(edit).unwrap();
        assert_eq!(origins(&db, claim).0, after, "{edit}");
        assert_views(&db, edit);
    }
}

/// More than five hundred records are a bulk load, which sets the triggers on new rows aside.
#[test]
fn a_bulk_load_notes_the_claims_that_were_there() {
    let (sandbox, db) = small();
    let mut lines: String = (0..600)
        .map(|n| {
            format!("{{\"table\":\"sources\",\"key\":\"z{n}\",\"kind\":\"article\",\"title\":\"Z{n}\"}}\n")
        })
        .collect();
    lines += r#"{"table":"mentions","claim":"same-work","source":"z7"}
{"table":"source_origins","source":"d5","relation":"copies","origin":"z8"}"#;
    load(&sandbox.path("onrecord.db"), lines);
    assert_eq!(origins(&db, "same-work").0, "d1, z7");
    assert_eq!(origins(&db, "no-page").0, "z8");
    assert_views(&db, "a bulk load");
}

#[test]
fn a_bulk_load_notes_the_works_that_were_there() {
    let (sandbox, db) = small();
    assert_eq!(origins(&db, "same-work").0, "d1");
    let mut lines: String = (0..600)
        .map(|n| {
            format!("{{\"table\":\"sources\",\"key\":\"z{n}\",\"kind\":\"article\",\"title\":\"Z{n}\"}}\n")
        })
        .collect();
    lines += r#"{"table":"sources","key":"a","kind":"article","title":"A","url":"https://n.example/1/"}"#;
    load(&sandbox.path("onrecord.db"), lines);
    assert_eq!(origins(&db, "same-work").0, "a", "of the editions of a work the first counts");
    assert_views(&db, "a bulk load of sources");
}

/// Claims are weighed a thousand at a time, on a thread of their own while the next are read.
#[test]
fn many_claims_weigh_what_the_views_say() {
    const CLAIMS: i64 = 2_300;
    let (sandbox, db) = small();
    let before: i64 =
        db.query_row("SELECT count(*) FROM kept_weights", [], |row| row.get(0)).unwrap();
    let mut lines = String::new();
    for n in 0..40 {
        lines += &format!(
            "{{\"table\":\"sources\",\"key\":\"m{n}\",\"kind\":\"article\",\"title\":\"M{n}\"}}\n"
        );
    }
    for n in 1..40 {
        let relation = ["copies", "quotes", "revises"][n % 3];
        lines += &format!(
            "{{\"table\":\"source_origins\",\"source\":\"m{n}\",\"relation\":\"{relation}\",\"origin\":\"m{}\"}}\n",
            n / 2
        );
    }
    for n in 0..CLAIMS {
        lines += &format!(
            "{{\"table\":\"claims\",\"key\":\"many-{n}\",\"text\":\"Many {n}\",\"kind\":\"event\"}}\n"
        );
        for (m, stance) in ["asserts", "supports", "denies", "retracts"].iter().enumerate() {
            let source = (n * 7 + i64::try_from(m).unwrap() * 11) % 40;
            lines += &format!(
                "{{\"table\":\"mentions\",\"claim\":\"many-{n}\",\"source\":\"m{source}\",\"stance\":\"{stance}\"}}\n"
            );
        }
    }
    load(&sandbox.path("onrecord.db"), lines);
    let kept: i64 =
        db.query_row("SELECT count(*) FROM kept_weights", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, before + CLAIMS);
    assert_views(&db, "a load of many claims");
}

/// A mention that another tool left without its source, with the guards dropped, is a finding of `check`; the
/// claim is weighed without it, and nothing else stops.
#[test]
fn a_mention_without_its_source_stops_no_repair() {
    let sandbox = Sandbox::with_both_seeds();
    let db = sandbox.other_tool();
    let guard = "SELECT sql FROM sqlite_schema WHERE name = 'mentions_update_guard'";
    let guard: String = db.query_row(guard, [], |row| row.get(0)).unwrap();
    db.execute_batch(&format!(
        "DROP TRIGGER mentions_update_guard;
         UPDATE mentions SET source_id = 999999, speaker_id = NULL WHERE id = 1; {guard};"
    ))
    .unwrap();
    let done = sandbox.run(&["refresh"]);
    assert_eq!((done.code, done.err.trim()), (0, "1 claim was weighed anew"));
    let found = sandbox.run(&["check", "references"]);
    assert_eq!(found.code, 1);
    db.execute_batch("DROP TRIGGER mentions_update_guard").unwrap();
    let repaired = sandbox.run(&["check", "--repair"]);
    assert_eq!(repaired.code, 1, "{}", repaired.err);
    assert!(repaired.err.contains("what it keeps of claims and figures"), "{}", repaired.err);
}

/// A weight that is lost or wrong is a finding, and a repair mends it.
#[test]
fn a_lost_or_wrong_weight_is_found_and_put_right() {
    let sandbox = Sandbox::with_both_seeds();
    let db = sandbox.other_tool();
    let change = |guard: &str, change: &str| {
        let sql = format!("SELECT sql FROM sqlite_schema WHERE name = '{guard}'");
        let sql: String = db.query_row(&sql, [], |row| row.get(0)).unwrap();
        db.execute_batch(&format!("DROP TRIGGER {guard}; {change}; {sql};")).unwrap();
    };
    for sql in [
        "DELETE FROM kept_weights WHERE claim_id = 1",
        "UPDATE kept_weights SET origins = 9",
        "INSERT INTO kept_origins VALUES (1, 1, 0)",
        "DELETE FROM outdated_claims",
    ] {
        db.execute_batch("INSERT OR IGNORE INTO outdated_claims VALUES (1)").unwrap();
        let refused = db.execute_batch(sql).unwrap_err().to_string();
        assert!(refused.contains("onrecord refresh"), "{sql}: {refused}");
    }
    sandbox.run(&["refresh"]).done();
    sandbox.run(&["check", "weights", "--full"]).done();
    change("kept_weights_delete_guard", "DELETE FROM kept_weights WHERE claim_id = 1");
    assert!(sandbox.run(&["check", "weights"]).out.contains("is not kept"));
    sandbox.run(&["check", "--repair"]).done();
    sandbox.run(&["check", "weights", "--full"]).done();
    change("kept_weights_update_guard", "UPDATE kept_weights SET origins = 9 WHERE claim_id = 2");
    sandbox.run(&["check", "weights"]).done();
    assert!(sandbox.run(&["check", "weights", "--full"]).out.contains("kept wrongly"));
    sandbox.run(&["check", "--repair", "--full"]).done();
    sandbox.run(&["check", "weights", "--full"]).done();
}
