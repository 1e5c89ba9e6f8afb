//! The corpus of the fuzz targets: every file, by hand or found, through the function that the fuzzer calls.

use crate::fuzz_targets::TARGETS;
use std::collections::BTreeSet;
use std::fs::read_dir;
use std::panic::catch_unwind;
use std::path::PathBuf;

fn entries(folder: &str) -> Vec<PathBuf> {
    let folder = crate::common::root().join("tests/fuzz").join(folder);
    let mut paths: Vec<PathBuf> =
        read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn names(folder: &str) -> BTreeSet<String> {
    let name = |path: PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    entries(folder).into_iter().map(name).collect()
}

#[test]
fn every_target_has_a_corpus_and_a_program() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("corpus"), targets);
    assert_eq!(names("targets"), targets);
    let replayed: BTreeSet<String> = REPLAYED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(replayed, targets);
}

/// A test for each target: no file of its corpus breaks a promise.
macro_rules! replay {
    ($($name:ident)*) => {
        const REPLAYED: &[&str] = &[$(stringify!($name)),*];
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })*
    };
}

replay! {
    csv json_rows ucdp zotero ndjson toml json xlsx ods xls reviews bibliography dates amounts
    equations conditions archive
}

fn replay(name: &str) {
    let (_, target) = TARGETS.iter().find(|(of, _)| *of == name).unwrap();
    let files = entries(&format!("corpus/{name}"));
    assert!(files.len() >= 5, "{name} has {} files", files.len());
    for file in files {
        let input = std::fs::read(&file).unwrap();
        assert!(catch_unwind(|| target(&input)).is_ok(), "{}: see above", file.display());
    }
}
