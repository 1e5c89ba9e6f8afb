//! What is salvaged of damaged archives: pages emptied, cut off or changed, the header or the schema lost.

use crate::common::{Run, Sandbox, context, random_cases};
use onrecord::model::Progress;
use onrecord::ops::archive::{check, recover as library};
use proptest::prelude::*;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const PAGE: usize = 4096;

/// An archive with both seeds, many mentions, a captured copy of several pages, a revision, a deleted record and a
/// report of the user's own.
fn archive() -> Sandbox {
    use std::sync::OnceLock;
    static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = ARCHIVE.get_or_init(|| {
        let sandbox = Sandbox::with_both_seeds();
        let mut claims = String::from("claim,text,kind,source,locator\n");
        for n in 0..400 {
            let _ = writeln!(
                claims,
                "made-{n},Made-up claim {n} about the river,event,muqur-report,p. {n}"
            );
        }
        sandbox.write("claims.csv", claims);
        let _ = sandbox
            .run(&[
                "add",
                "source",
                "--key",
                "muqur-report",
                "--kind",
                "report",
                "--title",
                "A report",
            ])
            .done();
        let _ = sandbox.run(&["import", "claims.csv"]).done();
        let copy: Vec<u8> =
            (0..60_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
        sandbox.write("page.bin", &copy[..30_000]);
        let _ = sandbox.run(&["attach", "muqur-report", "page.bin"]).done();
        let _ = sandbox
            .run(&["add", "claim", "--update", "--key", "made-3", "--note", "Changed."])
            .done();
        let _ = sandbox.run(&["delete", "made-5", "--because", "a mistake"]).done();
        sandbox.write("own.sql", "-- title: My own\nSELECT key FROM claims ORDER BY key\n");
        let _ = sandbox.run(&["report", "add", "own", "own.sql"]).done();
        std::fs::read(sandbox.path("onrecord.db")).unwrap()
    });
    let sandbox = Sandbox::new();
    sandbox.write("onrecord.db", bytes);
    sandbox
}

/// Recovers `damaged` into `out.db`; it stays the same to the byte.
#[track_caller]
fn recover(sandbox: &Sandbox, damaged: &[u8]) -> Run {
    sandbox.write("damaged.db", damaged);
    let _ = std::fs::remove_file(sandbox.path("out.db"));
    let run = sandbox.run(&["recover", "damaged.db", "out.db", "--format", "csv"]);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    assert!(damaged == std::fs::read(sandbox.path("damaged.db")).unwrap(), "it was touched");
    for beside in ["damaged.db-journal", "damaged.db-wal", "damaged.db-shm"] {
        assert!(!sandbox.path(beside).exists(), "{beside}");
    }
    run
}

/// The new archive breaks no rule.
#[track_caller]
fn sound(sandbox: &Sandbox) {
    let check = sandbox.run(&["-f", "out.db", "check", "--full"]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
}

/// The pages of a table: the root and its leaves, by the file itself.
fn pages_of(sandbox: &Sandbox, table: &str) -> Vec<usize> {
    let conn = Connection::open(sandbox.path("onrecord.db")).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let root: u32 = conn.query_row(sql, [table], |row| row.get(0)).unwrap();
    let bytes = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let mut pages = Vec::new();
    let mut waiting = vec![root as usize];
    while let Some(page) = waiting.pop() {
        pages.push(page);
        let at = (page - 1) * PAGE;
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        if bytes[at] == 5 {
            let cells = usize::from(u16::from_be_bytes([bytes[at + 3], bytes[at + 4]]));
            for n in 0..cells {
                let cell = at + 12 + 2 * n;
                let place = usize::from(u16::from_be_bytes([bytes[cell], bytes[cell + 1]]));
                waiting.push(number(at + place));
            }
            waiting.push(number(at + 8));
        }
    }
    pages
}

fn whole(sandbox: &Sandbox) -> Vec<u8> {
    std::fs::read(sandbox.path("onrecord.db")).unwrap()
}

fn ask(sandbox: &Sandbox, file: &str, sql: &str) -> String {
    let conn = Connection::open(sandbox.path(file)).unwrap();
    let value: rusqlite::types::Value = conn.query_row(sql, [], |row| row.get(0)).unwrap();
    match value {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => format!("{other:?}"),
    }
}

fn count(sandbox: &Sandbox, file: &str, table: &str) -> i64 {
    ask(sandbox, file, &format!("SELECT count(*) FROM {table}")).parse().unwrap()
}

fn zero(bytes: &mut [u8], page: usize) {
    bytes[(page - 1) * PAGE..page * PAGE].fill(0);
}

#[test]
fn a_whole_archive_comes_out_as_it_is() {
    let sandbox = archive();
    let run = recover(&sandbox, &whole(&sandbox));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.err.contains("nothing is lost"), "{}", run.err);
    sound(&sandbox);
    let ours = sandbox.run(&["-f", "onrecord.db", "export", "ndjson"]).done();
    let theirs = sandbox.run(&["-f", "out.db", "export", "ndjson"]).done();
    assert!(ours == theirs, "the export is another");
    for table in
        ["revisions", "operations", "operation_ranges", "operation_inputs", "sqlar", "captures"]
    {
        let rows = format!("SELECT count(*) || ' ' || sum(id) FROM {table}");
        assert_eq!(ask(&sandbox, "onrecord.db", &rows), ask(&sandbox, "out.db", &rows), "{table}");
    }
    // Ids go on where they were, and what was done can be taken back.
    let last = "SELECT group_concat(name || seq) FROM (SELECT * FROM sqlite_sequence
        WHERE name IN ('claims', 'mentions', 'revisions', 'operations') ORDER BY name)";
    assert_eq!(ask(&sandbox, "onrecord.db", last), ask(&sandbox, "out.db", last));
    assert!(sandbox.run(&["-f", "out.db", "report", "own"]).done().contains("made-3"));
    let _ = sandbox.run(&["-f", "out.db", "undo", "7"]).done();
    assert_eq!(ask(&sandbox, "out.db", "SELECT count(*) FROM claims WHERE key = 'made-5'"), "1");
}

#[test]
fn nothing_is_overwritten_and_a_failure_leaves_nothing() {
    let sandbox = archive();
    sandbox.write("out.db", "mine");
    let said = sandbox.run(&["recover", "onrecord.db", "out.db"]).failed();
    assert!(said.contains("a file is there already") && said.contains("another name"), "{said}");
    assert_eq!(std::fs::read(sandbox.path("out.db")).unwrap(), b"mine");
    let said = sandbox.run(&["recover", "onrecord.db", "onrecord.db"]).failed();
    assert!(said.contains("a file is there already"), "{said}");
    assert!(sandbox.run(&["recover", "none.db", "new.db"]).failed().contains("no such file"));
    assert!(sandbox.run(&["recover", ".", "new.db"]).failed().contains("it is no file"));
    assert!(sandbox.run(&["recover", "onrecord.db", "no/new.db"]).failed().contains("no folder"));
    sandbox.write("letter.db", "Dear editor, ".repeat(2000));
    let said = sandbox.run(&["recover", "letter.db", "new.db"]).failed();
    assert!(said.contains("no row of an archive"), "{said}");
    sandbox.write("empty.db", "");
    assert!(sandbox.run(&["recover", "empty.db", "new.db"]).failed().contains("it is empty"));
    let other = Connection::open(sandbox.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE letters (body); CREATE TABLE sources (a, b)").unwrap();
    let said = sandbox.run(&["recover", "other.db", "new.db"]).failed();
    assert!(said.contains("of another program, with the tables letters, sources"), "{said}");
    let names: BTreeSet<String> = std::fs::read_dir(sandbox.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!names.iter().any(|name| name.contains("new")), "{names:?}");
}

#[test]
fn an_emptied_page_costs_its_rows_and_what_refers_to_them() {
    let sandbox = archive();
    let mut bytes = whole(&sandbox);
    let pages = pages_of(&sandbox, "claims");
    let leaf = pages[pages.len() / 2];
    zero(&mut bytes, leaf);
    let run = recover(&sandbox, &bytes);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains(&format!("page {leaf} cannot be read")), "{}", run.out);
    sound(&sandbox);
    let (before, after) =
        (count(&sandbox, "onrecord.db", "claims"), count(&sandbox, "out.db", "claims"));
    assert!(after < before && after > before - 60, "{before} {after}");
    // The mentions of the lost claims are named, with what they refer to.
    let mentions =
        count(&sandbox, "onrecord.db", "mentions") - count(&sandbox, "out.db", "mentions");
    assert!(mentions > 0);
    let named = run.out.lines().filter(|line| line.starts_with("mentions,")).count();
    assert_eq!(named as i64, mentions, "{}", run.out);
    assert!(run.out.contains("claim_id is row") && run.out.contains("of claims, which is lost"));
    // No id comes a second time, and the recovery is on record.
    let seq = "SELECT seq FROM sqlite_sequence WHERE name = 'claims'";
    assert_eq!(ask(&sandbox, "onrecord.db", seq), ask(&sandbox, "out.db", seq));
    let noted = "SELECT o.command || ' ' || i.name || ' ' || length(i.sha256) FROM operations AS o
        JOIN operation_inputs AS i ON i.operation_id = o.id ORDER BY o.id DESC LIMIT 1";
    assert_eq!(ask(&sandbox, "out.db", noted), "recover damaged.db 64");
}

#[test]
fn a_lost_inner_page_costs_no_row() {
    let sandbox = archive();
    for table in ["claims", "mentions", "revisions"] {
        let pages = pages_of(&sandbox, table);
        if pages.len() < 2 {
            continue;
        }
        let mut bytes = whole(&sandbox);
        zero(&mut bytes, pages[0]);
        let run = recover(&sandbox, &bytes);
        assert!(run.code < 2, "{table}: {}{}", run.out, run.err);
        let rows = count(&sandbox, "onrecord.db", table);
        assert_eq!(rows, count(&sandbox, "out.db", table), "{table}: {}", run.out);
        sound(&sandbox);
    }
}

#[test]
fn a_lost_header_or_schema_costs_no_row() {
    let sandbox = archive();
    let conn = Connection::open(sandbox.path("onrecord.db")).unwrap();
    drop(conn);
    let cases: [(&str, &[usize]); 2] = [("header", &[]), ("page 1", &[1])];
    for byte in [20, 59] {
        // The header says that bytes are reserved, or that texts are UTF-16.
        let mut bytes = whole(&sandbox);
        bytes[byte] ^= 2;
        let run = recover(&sandbox, &bytes);
        assert_eq!(run.code, 0, "{byte}: {}{}", run.out, run.err);
        assert_eq!(count(&sandbox, "onrecord.db", "claims"), count(&sandbox, "out.db", "claims"));
    }
    for (name, pages) in cases {
        let mut bytes = whole(&sandbox);
        bytes[..100].fill(0);
        pages.iter().for_each(|page| zero(&mut bytes, *page));
        let run = recover(&sandbox, &bytes);
        assert!(run.code < 2, "{name}: {}{}", run.out, run.err);
        for table in
            ["claims", "sources", "mentions", "figures", "assessments", "revisions", "sqlar"]
        {
            let rows = count(&sandbox, "onrecord.db", table);
            assert_eq!(rows, count(&sandbox, "out.db", table), "{name}: {table}: {}", run.out);
        }
        sound(&sandbox);
    }
}

#[test]
fn a_file_that_was_cut_off_keeps_what_is_left() {
    let sandbox = archive();
    let bytes = whole(&sandbox);
    let length = bytes.len() / 2 + 1234;
    let run = recover(&sandbox, &bytes[..length]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.err.contains("the file is cut off: it has"), "{}", run.err);
    assert!(
        run.err.contains("sources: no row is left") || count(&sandbox, "out.db", "sources") > 1
    );
    assert_eq!(count(&sandbox, "out.db", "locations"), count(&sandbox, "onrecord.db", "locations"));
    sound(&sandbox);
    // What was readable and refers to lost rows is on record with the operation.
    let operation = ask(&sandbox, "out.db", "SELECT max(id) FROM operations");
    let shown = sandbox.run(&["-f", "out.db", "log", "--show", &operation]).done();
    assert!(shown.contains("removed"), "{shown}");
}

#[test]
fn rows_that_were_deleted_stay_deleted() {
    let sandbox = archive();
    // Enough for whole pages to become free.
    let conn = Connection::open(sandbox.path("onrecord.db")).unwrap();
    conn.execute_batch(
        "DROP TRIGGER revisions_delete_guard; DROP TRIGGER mentions_deleted;
         DELETE FROM mentions WHERE id > 150",
    )
    .unwrap();
    let free: i64 = conn.query_row("PRAGMA freelist_count", [], |row| row.get(0)).unwrap();
    assert!(free > 2, "{free}");
    drop(conn);
    let bytes = whole(&sandbox);
    let run = recover(&sandbox, &bytes);
    assert!(run.code < 2, "{}", run.err);
    assert_eq!(count(&sandbox, "out.db", "mentions"), count(&sandbox, "onrecord.db", "mentions"));
    // Also where the root of their table is lost, and every leaf is looked at.
    let mut torn = bytes.clone();
    let pages = pages_of(&sandbox, "mentions");
    if pages.len() > 1 {
        zero(&mut torn, pages[0]);
        let run = recover(&sandbox, &torn);
        assert!(run.code < 2, "{}", run.err);
        assert_eq!(ask(&sandbox, "out.db", "SELECT count(*) FROM mentions WHERE id > 150"), "0");
    }
}

/// Where the last ids are lost with the last rows, new rows get ids that none of these can have had.
#[test]
fn no_id_is_given_a_second_time() {
    let sandbox = archive();
    let last: i64 = ask(&sandbox, "onrecord.db", "SELECT max(id) FROM claims").parse().unwrap();
    let mut bytes = whole(&sandbox);
    // The children of the root come in turn, the last one first.
    let pages = pages_of(&sandbox, "claims");
    zero(&mut bytes, pages[1]);
    for page in pages_of(&sandbox, "sqlite_sequence") {
        zero(&mut bytes, page);
    }
    // What refers to the lost claims tells of their ids as well.
    for table in ["mentions", "operation_ranges", "revisions"] {
        for page in pages_of(&sandbox, table) {
            zero(&mut bytes, page);
        }
    }
    let run = recover(&sandbox, &bytes);
    assert_eq!(run.code, 1, "{}", run.err);
    let held: i64 = ask(&sandbox, "out.db", "SELECT max(id) FROM claims").parse().unwrap();
    assert!(held < last, "{held} {last}");
    let seq = "SELECT seq FROM sqlite_sequence WHERE name = 'claims'";
    let next: i64 = ask(&sandbox, "out.db", seq).parse().unwrap();
    assert!(next >= last, "{next} {last}");
    sound(&sandbox);
}

#[test]
fn a_capture_is_salvaged_whole_or_not() {
    let sandbox = archive();
    let mut bytes = whole(&sandbox);
    // The bytes of the copy are on overflow pages; one of them is changed by a bit.
    let copy = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let needle: Vec<u8> =
        (3000..3004_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    let at = copy.windows(needle.len()).position(|window| window == needle).unwrap();
    bytes[at] ^= 1;
    let run = recover(&sandbox, &bytes);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("its bytes have the SHA-256"), "{}", run.out);
    assert_eq!((count(&sandbox, "out.db", "sqlar"), count(&sandbox, "out.db", "captures")), (0, 0));
    sound(&sandbox);
    // An overflow page that is lost.
    let mut bytes = whole(&sandbox);
    zero(&mut bytes, at / PAGE + 1);
    let run = recover(&sandbox, &bytes);
    assert!(run.out.contains("another page is lost"), "{}", run.out);
    assert_eq!(count(&sandbox, "out.db", "sqlar"), 0);
    sound(&sandbox);
    // Its record is lost: the path names the source.
    let mut bytes = whole(&sandbox);
    for page in pages_of(&sandbox, "captures") {
        zero(&mut bytes, page);
    }
    let run = recover(&sandbox, &bytes);
    assert!(run.out.contains("the record of this copy is lost"), "{}", run.out);
    assert!(ask(&sandbox, "out.db", "SELECT note FROM captures").contains("not proven"));
    sound(&sandbox);
}

#[test]
fn a_journal_beside_the_file_is_named_and_left_alone() {
    let sandbox = archive();
    let bytes = whole(&sandbox);
    sandbox.write("damaged.db", &bytes);
    sandbox.write("damaged.db-journal", "half a write");
    sandbox.write("damaged.db-wal", "changes");
    let run = sandbox.run(&["recover", "damaged.db", "out.db"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("damaged.db-journal lies beside it"), "{}", run.err);
    assert!(run.err.contains("damaged.db-wal lies beside it"), "{}", run.err);
    assert_eq!(std::fs::read(sandbox.path("damaged.db-journal")).unwrap(), b"half a write");
    assert_eq!(std::fs::read(sandbox.path("damaged.db-wal")).unwrap(), b"changes");
    assert!(bytes == std::fs::read(sandbox.path("damaged.db")).unwrap());
}

/// A lost part of the schema, or all of it: the leaves of the tables say by their rows whose they are.
#[test]
fn a_lost_page_of_the_schema_costs_no_row() {
    let sandbox = archive();
    let bytes = whole(&sandbox);
    // The leaves of the schema hold the statements that made the tables.
    let holds =
        |page: &[u8], text: &str| page.windows(text.len()).any(|part| part == text.as_bytes());
    for table in ["claims (", "mentions (", "sources ("] {
        let statement = format!("CREATE TABLE {table}");
        let page = (2..=bytes.len() / PAGE)
            .find(|page| holds(&bytes[(page - 1) * PAGE..page * PAGE], &statement))
            .unwrap();
        let mut torn = bytes.clone();
        zero(&mut torn, page);
        let run = recover(&sandbox, &torn);
        assert!(run.code < 2, "{table} {}{}", run.out, run.err);
        for table in ["claims", "sources", "mentions", "figures", "assessments", "revisions"] {
            let (before, after) =
                (count(&sandbox, "onrecord.db", table), count(&sandbox, "out.db", table));
            assert_eq!(before, after, "{statement} {table}: {}", run.out);
        }
        sound(&sandbox);
    }
}

#[test]
fn codes_that_are_lost_are_those_of_the_program() {
    let sandbox = archive();
    let mut bytes = whole(&sandbox);
    for page in pages_of(&sandbox, "hedges") {
        zero(&mut bytes, page);
    }
    let run = recover(&sandbox, &bytes);
    assert!(run.out.contains("codes of this program are in the place"), "{}", run.out);
    assert_eq!(count(&sandbox, "onrecord.db", "hedges"), count(&sandbox, "out.db", "hedges"));
    assert_eq!(count(&sandbox, "onrecord.db", "mentions"), count(&sandbox, "out.db", "mentions"));
    sound(&sandbox);
    // A code that the user took out of a list that is whole stays out.
    let sandbox = archive();
    let sql = "DELETE FROM reliabilities WHERE code = 'F'";
    Connection::open(sandbox.path("onrecord.db")).unwrap().execute_batch(sql).unwrap();
    let _ = recover(&sandbox, &whole(&sandbox));
    assert_eq!(ask(&sandbox, "out.db", "SELECT count(*) FROM reliabilities WHERE code = 'F'"), "0");
}

#[test]
fn a_lost_desk_or_archive_row_is_made_anew_and_named() {
    let sandbox = archive();
    let mut bytes = whole(&sandbox);
    for page in pages_of(&sandbox, "archive") {
        zero(&mut bytes, page);
    }
    let run = recover(&sandbox, &bytes);
    assert!(run.out.contains("its title, and when it was made"), "{}", run.out);
    assert!(run.out.contains("whose verdicts are its own; now those of desk"), "{}", run.out);
    let desk = "SELECT desk FROM archive";
    assert_eq!(ask(&sandbox, "onrecord.db", desk), ask(&sandbox, "out.db", desk));
    sound(&sandbox);
    let mut bytes = whole(&sandbox);
    for page in pages_of(&sandbox, "sources") {
        zero(&mut bytes, page);
    }
    let run = recover(&sandbox, &bytes);
    assert!(run.out.contains("the desk of the archive is lost"), "{}", run.out);
    assert_eq!(ask(&sandbox, "onrecord.db", desk), ask(&sandbox, "out.db", desk));
    // Its verdicts are still its own.
    assert!(count(&sandbox, "out.db", "assessments") > 0, "{}", run.out);
    sound(&sandbox);
}

#[test]
fn text_that_is_not_utf_8_is_not_salvaged_as_if_it_were() {
    let sandbox = archive();
    let mut bytes = whole(&sandbox);
    let text = b"Made-up claim 77 about the river";
    let mut changed = 0;
    for at in 0..bytes.len() - text.len() {
        if &bytes[at..at + text.len()] == text {
            bytes[at + 3] = 0xff;
            changed += 1;
        }
    }
    assert!(changed > 0);
    let run = recover(&sandbox, &bytes);
    assert!(run.out.contains("a text in it cannot be read"), "{}", run.out);
    assert_eq!(ask(&sandbox, "out.db", "SELECT count(*) FROM claims WHERE key = 'made-77'"), "0");
    sound(&sandbox);
}

#[test]
fn what_is_not_of_the_program_is_named() {
    let sandbox = archive();
    let conn = Connection::open(sandbox.path("onrecord.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE letters (id INTEGER PRIMARY KEY, body); INSERT INTO letters (body) VALUES ('a'), ('b');
         CREATE VIEW report_letters AS SELECT body FROM letters;
         CREATE VIEW check_letters AS SELECT 'letters' AS table_name, body AS key, 'long' AS finding FROM letters;
         ALTER TABLE claims ADD COLUMN colour TEXT;",
    )
    .unwrap();
    drop(conn);
    let run = recover(&sandbox, &whole(&sandbox));
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.out.contains("letters,\"this table is none of this program")
            && run.out.contains("2 rows"),
        "{}",
        run.out
    );
    assert!(run.out.contains("this view reads what is not carried over"), "{}", run.out);
    assert!(run.out.contains("check_letters,\"this view is none of this program"), "{}", run.out);
    assert!(run.out.contains("the column colour is none of this program"), "{}", run.out);
    assert_eq!(count(&sandbox, "onrecord.db", "claims"), count(&sandbox, "out.db", "claims"));
    sound(&sandbox);
}

#[test]
fn a_newer_archive_is_refused() {
    let sandbox = archive();
    let sql = "UPDATE archive SET version = 9999; PRAGMA user_version = 9999";
    Connection::open(sandbox.path("onrecord.db")).unwrap().execute_batch(sql).unwrap();
    let said = sandbox.run(&["recover", "onrecord.db", "out.db"]).failed();
    assert!(said.contains("a newer onrecord (format 9999"), "{said}");
    assert!(!sandbox.path("out.db").exists());
}

/// A verdict that rests on what is lost stays on record, and holds no more.
#[test]
fn a_verdict_without_its_evidence_is_retracted() {
    let sandbox = archive();
    let confirm =
        ["assess", "made-9", "confirmed", "--because", "seen", "--evidence", "muqur-report"];
    let _ = sandbox.run(&confirm).done();
    let mut bytes = whole(&sandbox);
    for page in pages_of(&sandbox, "assessment_evidence") {
        zero(&mut bytes, page);
    }
    let run = recover(&sandbox, &bytes);
    assert!(
        run.out.contains("claims,made-9,its verdict rests on what is lost: it is retracted"),
        "{}",
        run.out
    );
    let held = "SELECT group_concat(a.status || ' ' || r.because) FROM assessments AS a
        JOIN assessment_retractions AS r ON r.assessment_id = a.id JOIN claims AS c ON c.id = a.claim_id
        WHERE c.key = 'made-9'";
    assert!(ask(&sandbox, "out.db", held).starts_with("confirmed what it rested on was lost"));
    assert_eq!(
        ask(&sandbox, "out.db", "SELECT status FROM claims WHERE key = 'made-9'"),
        "unassessed"
    );
    sound(&sandbox);
}

/// A verdict that rested on too little before is not retracted for what other rows lost.
#[test]
fn a_verdict_that_was_weak_before_stays() {
    let sandbox = archive();
    let _ = sandbox.run(&["assess", "made-9", "corroborated", "--because", "so they say"]);
    let _ = sandbox.run(&["assess", "made-8", "confirmed", "--because", "so they say"]);
    let mut bytes = whole(&sandbox);
    for page in pages_of(&sandbox, "location_names") {
        zero(&mut bytes, page);
    }
    let run = recover(&sandbox, &bytes);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(count(&sandbox, "out.db", "assessment_retractions"), 0, "{}", run.out);
    let status = "SELECT group_concat(status) FROM claims WHERE key IN ('made-8', 'made-9')";
    let statuses = ask(&sandbox, "onrecord.db", status);
    assert_eq!(statuses, ask(&sandbox, "out.db", status));
    assert!(statuses.contains("corroborated"), "{statuses}");
}

#[test]
fn errors_about_damage_name_the_command() {
    let sandbox = archive();
    let mut bytes = whole(&sandbox);
    let at = bytes.len() / PAGE / 2 * PAGE;
    bytes[at..at + 3 * PAGE].fill(0xff);
    sandbox.write("torn.db", &bytes);
    let assess = ["-f", "torn.db", "assess", "made-1", "disputed", "--because", "x"];
    let said = sandbox.run(&assess).failed();
    assert!(said.contains("onrecord recover") && said.contains("torn.db OUT"), "{said}");
    bytes[..100].fill(0);
    sandbox.write("torn.db", &bytes);
    let said = sandbox.run(&["-f", "torn.db", "info"]).failed();
    assert!(said.contains("if this was one, `onrecord recover"), "{said}");
}

/// A change of the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Empty(usize),
    Flip(usize, u8),
    Copy(usize, usize),
    Noise(usize, u64),
    Cut(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = 0..usize::MAX;
    prop_oneof![
        3 => place.clone().prop_map(Damage::Empty),
        6 => (place.clone(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        1 => (place.clone(), place.clone()).prop_map(|(into, of)| Damage::Copy(into, of)),
        1 => (place.clone(), any::<u64>()).prop_map(|(at, seed)| Damage::Noise(at, seed)),
        1 => place.prop_map(Damage::Cut),
    ]
}

fn torn(whole: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for damage in damages {
        let pages = (bytes.len() / PAGE).max(1);
        match *damage {
            Damage::Empty(page) if bytes.len() >= PAGE => zero(&mut bytes, page % pages + 1),
            Damage::Flip(at, bit) if !bytes.is_empty() => {
                let at = at % bytes.len();
                bytes[at] ^= 1 << bit;
            }
            Damage::Copy(into, of) if bytes.len() >= PAGE => {
                let (into, of) = (into % pages * PAGE, of % pages * PAGE);
                bytes.copy_within(of..of + PAGE, into);
            }
            Damage::Noise(at, seed) if bytes.len() >= PAGE => {
                let at = at % (bytes.len() - PAGE + 1);
                let mut state = seed | 1;
                for byte in &mut bytes[at..at + PAGE] {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    *byte = (state >> 56) as u8;
                }
            }
            Damage::Cut(length) => bytes.truncate(length % (bytes.len() + 1)),
            _ => {}
        }
    }
    bytes
}

/// Whatever the damage: no panic, the original as it was, and a sound archive or a refusal.
#[test]
fn random_damage_gives_a_sound_archive_or_a_refusal() {
    let sandbox = archive();
    let whole = whole(&sandbox);
    let (damaged, out) = (sandbox.path("damaged.db"), sandbox.path("out.db"));
    proptest!(random_cases(24), |(damages in proptest::collection::vec(damage(), 1..12))| {
        let bytes = torn(&whole, &damages);
        std::fs::write(&damaged, &bytes).unwrap();
        let _ = std::fs::remove_file(&out);
        let done = library::recover(&damaged, &out, &Progress::silent(), &context());
        prop_assert!(bytes == std::fs::read(&damaged).unwrap(), "it was touched");
        prop_assert_eq!(done.is_ok(), out.exists(), "{:?}", done);
        if done.is_ok() {
            let checked = check::check(&out, None, true, context().cancel).unwrap();
            prop_assert!(checked.rows.is_empty(), "{:?}", checked.rows);
        }
    });
}
