//! The folder of Parquet files: what an import restores of it, what is refused, and that no half of it is taken for
//! whole.

use crate::common::Sandbox;
use std::path::{Path, PathBuf};

/// Every row of an archive.
fn rows(sandbox: &Sandbox, archive: &str) -> String {
    sandbox.run(&["-f", archive, "export", "ndjson"]).done()
}

/// Exports an archive, imports the folder into a new one and compares the two.
#[track_caller]
fn comes_back(sandbox: &Sandbox) {
    let _ = sandbox.run(&["export", "parquet", "lake"]).done();
    let _ = sandbox.run(&["-f", "again.db", "init"]).done();
    let _ = sandbox.run(&["-f", "again.db", "import", "lake"]).done();
    let (before, after) = (rows(sandbox, "onrecord.db"), rows(sandbox, "again.db"));
    let different = before.lines().zip(after.lines()).find(|(one, other)| one != other);
    assert_eq!(different, None);
    assert_eq!(before.len(), after.len());
}

/// The files below a folder, by their path in it, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found.into_iter().map(|path| path.strip_prefix(folder).unwrap().to_owned()).collect()
}

#[test]
fn both_seeds_come_back() {
    comes_back(&Sandbox::with_both_seeds());
}

#[test]
fn history_copies_reports_and_large_numbers_come_back() {
    let sandbox = Sandbox::seeded();
    // More than two blocks, which zlib does not make smaller.
    let mut state = 7_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(2_500_000)
    .collect();
    sandbox.write("copy.bin", noise);
    sandbox.write("empty.bin", "");
    let _ = sandbox.run(&["attach", "reuters", "copy.bin"]).done();
    let _ = sandbox.run(&["attach", "reuters", "empty.bin"]).done();
    let assess = ["assess", "muqur-fell", "disputed", "--because", "a \"quoted\" reason\n"];
    let _ = sandbox.run(&assess).done();
    let _ = sandbox.run(&["undo"]).done();
    let _ = sandbox.run(&["rename", "muqur-fell", "muqur-lost"]).done();
    sandbox.write("mine.sql", "SELECT key AS claim FROM claims ORDER BY key");
    let _ = sandbox.run(&["report", "add", "mine", "mine.sql"]).done();
    let db = sandbox.other_tool();
    let figures = "UPDATE figures SET value = 9007199254740993, low = NULL, high = NULL
         WHERE id = (SELECT min(id) FROM figures WHERE value IS NOT NULL AND out_of_id IS NULL)";
    assert_eq!(db.execute(figures, []).unwrap(), 1);
    let third = "UPDATE figures SET value = 0.1 + 0.2, low = NULL, high = NULL
         WHERE id = (SELECT max(id) FROM figures WHERE value IS NOT NULL AND out_of_id IS NULL)";
    assert_eq!(db.execute(third, []).unwrap(), 1);
    drop(db);
    assert!(rows(&sandbox, "onrecord.db").contains("9007199254740993"));
    comes_back(&sandbox);
    let mine = sandbox.run(&["-f", "again.db", "report", "mine", "--limit", "1"]).done();
    assert!(mine.starts_with("claim"), "{mine}");
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let sandbox = Sandbox::with_both_seeds();
    for folder in ["one", "two"] {
        let _ = sandbox.run(&["export", "parquet", folder]).done();
    }
    let (one, two) = (sandbox.path("one"), sandbox.path("two"));
    let names = files(&one);
    assert_eq!(names, files(&two));
    assert!(names.iter().filter(|name| name.starts_with("claims")).count() > 1, "{names:?}");
    for name in names {
        let read = |folder: &Path| std::fs::read(folder.join(&name)).unwrap();
        assert!(read(&one) == read(&two), "{}", name.display());
    }
}

#[test]
fn a_folder_that_is_not_whole_is_refused() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["export", "parquet", "lake"]).done();
    let _ = sandbox.run(&["-f", "again.db", "init"]).done();
    let refused = |why: &str| {
        let said = sandbox.run(&["-f", "again.db", "import", "lake"]).failed();
        assert!(said.contains(why), "{said}");
        let claims = sandbox.run(&["-f", "again.db", "sql", "SELECT key FROM claims"]).done();
        assert_eq!(claims, "no rows\n");
    };
    let path = sandbox.path("lake/sources/part-0.parquet");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    refused("sources/part-0.parquet has");
    let mut other = whole.clone();
    other[10] ^= 1;
    std::fs::write(&path, &other).unwrap();
    refused("sources/part-0.parquet has another content");
    std::fs::remove_file(&path).unwrap();
    refused("sources/part-0.parquet cannot be opened");
    std::fs::write(&path, &whole).unwrap();
    let manifest = sandbox.path("lake/manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, &text[..text.len() / 2]).unwrap();
    refused("manifest.json cannot be read");
    let newer = text.replacen("\"onrecord_parquet\": 1", "\"onrecord_parquet\": 2", 1);
    assert_ne!(newer, text);
    std::fs::write(&manifest, newer).unwrap();
    refused("a newer onrecord wrote it");
    let outside = text.replacen("sources/part-0.parquet", "../lake/sources/part-0.parquet", 1);
    std::fs::write(&manifest, outside).unwrap();
    refused("is outside of it");
    std::fs::remove_file(&manifest).unwrap();
    refused("manifest.json");
    std::fs::write(&manifest, text).unwrap();
    let _ = sandbox.run(&["-f", "again.db", "import", "lake"]).done();
}

#[test]
fn options_of_other_formats_and_a_value_of_another_type_are_refused() {
    let sandbox = Sandbox::seeded();
    let said = sandbox.run(&["export", "parquet"]).failed();
    assert!(said.contains("cannot write parquet to standard output: it is a folder"), "{said}");
    let said = sandbox.run(&["export", "parquet", "lake", "--where", "status=reported"]).failed();
    assert!(said.contains("--where does not apply to parquet"), "{said}");
    let db = sandbox.other_tool();
    db.execute_batch(
        "PRAGMA ignore_check_constraints = ON; UPDATE archive SET last_claim = 'seven'",
    )
    .unwrap();
    drop(db);
    let said = sandbox.run(&["export", "parquet", "lake"]).failed();
    assert!(said.contains("cannot write the row 1 of archive: its column last_claim"), "{said}");
    assert!(!sandbox.path("lake").exists());
    assert_eq!(files(&sandbox.path("")), [PathBuf::from("onrecord.db")]);
}
