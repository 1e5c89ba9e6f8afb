//! The folder of `export postgres` as an input: it comes back, and one that is not whole is refused.

use super::HOSTILE;
use crate::common::Sandbox;
use rusqlite::Connection;
use std::sync::OnceLock;

/// Every row of an archive.
#[track_caller]
pub(super) fn rows(sandbox: &Sandbox, archive: &str) -> String {
    sandbox.run(&["-f", archive, "export", "ndjson"]).done()
}

/// Asserts that two archives hold the same.
#[track_caller]
pub(super) fn assert_same(sandbox: &Sandbox, one: &str, other: &str) {
    let (before, after) = (rows(sandbox, one), rows(sandbox, other));
    let different = before.lines().zip(after.lines()).find(|(one, other)| one != other);
    assert_eq!(different, None);
    assert_eq!(before.len(), after.len());
}

/// An archive of both seeds and of hostile texts, with a history: of numbers, a reference, a key, a copy, a deletion, an
/// undo and a report.
pub(super) fn with_history() -> Sandbox {
    static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
    let sandbox = Sandbox::new();
    let bytes = ARCHIVE.get_or_init(|| std::fs::read(make_history().path("onrecord.db")).unwrap());
    sandbox.write("onrecord.db", bytes);
    sandbox
}

fn make_history() -> Sandbox {
    let sandbox = Sandbox::with_both_seeds();
    sandbox.write("hostile.ndjson", HOSTILE);
    sandbox.write("copy.bin", [0_u8, 255, 92, 10, 9].repeat(100));
    sandbox.write("mine.sql", "-- title: 'Mine'\nSELECT key, 'a\tb\\n' AS x FROM claims");
    sandbox.write(
        "changes.ndjson",
        r#"{"table":"figures","key":"l1","claim":"line","measure":"dead","value":1201.5,"as_of":"2021-03-01"}
{"table":"measures","key":"2021","title":"Wounded","dimension":"people","growth":"cumulative"}
{"table":"figures","key":"l2","claim":"line","measure":"2021","value":0.1,"as_of":"2021-02"}
"#,
    );
    sandbox.write(
        "again.ndjson",
        r#"{"table":"figures","key":"l1","claim":"line","measure":"dead","value":3,"as_of":"2021-03-01"}
{"table":"figures","key":"l2","claim":"line","measure":"dead","value":12345678.5,"as_of":"2021-02"}
"#,
    );
    for args in [
        &["import", "hostile.ndjson"][..],
        &["import", "changes.ndjson"],
        &["import", "again.ndjson"],
        &["attach", "tab", "copy.bin"],
        &["report", "add", "mine", "mine.sql"],
        &["assess", "line", "confirmed", "--because", "Seen.", "--evidence", "tab"],
        &["rename", "camp", "the-camp"],
        &["delete", "less", "--because", "By mistake."],
        &["assess", "line", "disputed", "--because", "Not seen."],
        &["undo"],
    ] {
        let _ = sandbox.run(args).done();
    }
    sandbox
}

#[test]
fn the_folder_comes_back() {
    let sandbox = with_history();
    let _ = sandbox.run(&["export", "postgres", "record"]).done();
    let _ = sandbox.run(&["-f", "again.db", "init"]).done();
    let said = sandbox.run(&["-f", "again.db", "import", "record"]).done();
    assert!(said.is_empty(), "{said}");
    assert_same(&sandbox, "onrecord.db", "again.db");
    // A number of a revision is one, and a key of digits is none.
    let former = |archive: &str| {
        let db = Connection::open(sandbox.path(archive)).unwrap();
        let sql =
            "SELECT group_concat(typeof(was) || ' ' || was, ', ') FROM (SELECT was FROM revisions
             WHERE row_key IN ('l1', 'l2') AND column_name IN ('value', 'measure_id') ORDER BY id)";
        db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    assert_eq!(former("again.db"), "integer 1200, text dead, real 1201.5, text 2021, real 0.1");
    assert_eq!(former("again.db"), former("onrecord.db"));
    // Both are copies of one archive, whose desk is one.
    let lineage = |archive: &str| {
        let db = Connection::open(sandbox.path(archive)).unwrap();
        let sql = "SELECT applied_on FROM refinery_schema_history WHERE version = 1";
        db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    assert_eq!(lineage("again.db"), lineage("onrecord.db"));
    let _ = sandbox.run(&["-f", "again.db", "check"]);
    let _ = sandbox.run(&["-f", "again.db", "merge", "onrecord.db"]).done();
    // The same archive gives the same folder.
    let _ = sandbox.run(&["export", "postgres", "second"]).done();
    for name in ["manifest.json", "load.sql", "data/revisions.tsv"] {
        let read = |folder: &str| std::fs::read(sandbox.path(folder).join(name)).unwrap();
        assert!(read("record") == read("second"), "{name}");
    }
    // What is there stays, as with any import.
    let said = sandbox.run(&["-f", "again.db", "import", "record"]).done();
    assert!(said.is_empty(), "{said}");
}

#[test]
fn a_folder_that_is_not_whole_or_not_of_this_program_is_refused() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["export", "postgres", "record"]).done();
    let _ = sandbox.run(&["-f", "again.db", "init"]).done();
    let before = std::fs::read(sandbox.path("again.db")).unwrap();
    let refused = |why: &str, hint: &str| {
        let said = sandbox.run(&["-f", "again.db", "import", "record"]).failed();
        assert!(said.contains("cannot import record: ") && said.contains(why), "{said}");
        assert!(said.contains(hint), "{said}");
        assert!(std::fs::read(sandbox.path("again.db")).unwrap() == before, "{why}");
    };
    let again = "hint: copy the folder again, or export it again";
    let path = sandbox.path("record/data/sources.tsv");
    let whole = std::fs::read_to_string(&path).unwrap();
    let text = std::fs::read_to_string(sandbox.path("record/manifest.json")).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    refused("its file data/sources.tsv has", again);
    std::fs::write(&path, whole.replacen("organisation", "organisatiom", 1)).unwrap();
    refused("its file data/sources.tsv has another content", again);
    std::fs::remove_file(&path).unwrap();
    refused("its file data/sources.tsv cannot be opened", again);
    std::fs::write(&path, &whole).unwrap();
    let with = |from: &str, to: &str| {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text);
        sandbox.write("record/manifest.json", other);
    };
    let installed = onrecord::shipped::INSTALLED;
    let number = format!("\"installed\": {installed}");
    with("\"onrecord_postgres\": 1", "\"onrecord_postgres\": 2");
    refused("a newer onrecord wrote it", "import it with that one");
    with(&number, &format!("\"installed\": {}", installed + 1));
    refused("a newer onrecord wrote it", "import it with that one");
    with(&number, &format!("\"installed\": {}", installed - 1));
    refused("an older onrecord wrote it", "check --repair");
    with("data/sources.tsv", "data/../data/sources.tsv");
    refused("is outside of it", again);
    sandbox.write("record/manifest.json", &text[..text.len() / 2]);
    refused("manifest.json cannot be read", again);
    sandbox.write("record/manifest.json", &text);
    // A folder that somebody changed on purpose, with its manifest.
    let change = |from: &str, to: &str| {
        let other = whole.replacen(from, to, 1);
        assert_ne!(other, whole);
        std::fs::write(&path, &other).unwrap();
        let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        let tables = manifest["tables"].as_array_mut().unwrap();
        let entry = tables.iter_mut().find(|file| file["path"] == "data/sources.tsv").unwrap();
        entry["bytes"] = other.len().into();
        entry["sha256"] = onrecord::ops::sha256(other.as_bytes()).into();
        sandbox.write("record/manifest.json", manifest.to_string());
    };
    change("\t", "\t\t");
    refused("cannot read the rows of sources: row 1: ", "export it again");
    change("\n", "");
    change("1\t", "\\N\t");
    change("1\t", "x\t");
    refused("cannot read the rows of sources: row 1: ", "export it again");
    sandbox.write("record/data/sources.tsv", &whole);
    sandbox.write("record/manifest.json", &text);
    std::fs::remove_file(sandbox.path("record/manifest.json")).unwrap();
    let said = sandbox.run(&["-f", "again.db", "import", "record"]).failed();
    assert!(said.contains("it is a folder without manifest.json"), "{said}");
    sandbox.write("record/manifest.json", &text);
    // No temporary folder of a refused import is left.
    let _ = sandbox.run(&["-f", "again.db", "import", "--as", "postgres", "record"]).done();
    assert_same(&sandbox, "onrecord.db", "again.db");
}
