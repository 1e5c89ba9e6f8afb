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
}

#[test]
fn no_file_of_the_corpus_breaks_a_promise() {
    let mut broken = Vec::new();
    for (name, target) in TARGETS {
        let files = entries(&format!("corpus/{name}"));
        assert!(files.len() >= 5, "{name} has {} files", files.len());
        for file in files {
            let input = std::fs::read(&file).unwrap();
            if catch_unwind(|| target(&input)).is_err() {
                broken.push(file.display().to_string());
            }
        }
    }
    assert!(broken.is_empty(), "what each says stands above: {broken:#?}");
}
