//! What is salvaged of damaged archives: pages emptied, cut off or changed, the header or the schema lost.

use crate::common::{Run, Sandbox};
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
        assert!(
            count(&sandbox, "out.db", "mentions") <= count(&sandbox, "onrecord.db", "mentions")
        );
    }
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
