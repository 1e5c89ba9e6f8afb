//! The house rules that no compiler holds: who may import whom, that every `.sql` file is used,
//! that the library asks nobody for the time, that documents name every command and report.

use crate::common::{files, root};
use std::collections::BTreeMap;

/// What each folder of the library may import of the others.
const LAYERS: [(&str, &[&str]); 9] = [
    ("error", &["model"]),
    ("model", &[]),
    ("store", &["model", "error"]),
    ("intake", &["model", "error"]),
    ("render", &["model", "error"]),
    ("report", &["model", "store"]),
    ("check", &["model", "store"]),
    ("ops", &["model", "error", "store", "intake", "render", "report", "check"]),
    ("lib", &[]),
];

/// The code of every Rust file below a folder, comments left out, by path.
fn code(folder: &str) -> BTreeMap<String, String> {
    let strip = |text: String| {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let name = |path: &std::path::Path| path.strip_prefix(root()).unwrap().display().to_string();
    let read = |path: &std::path::PathBuf| strip(std::fs::read_to_string(path).unwrap());
    files(folder, ".rs").iter().map(|path| (name(path), read(path))).collect()
}

#[test]
fn layers_point_one_way() {
    let mut seen = 0;
    for (path, text) in code("src").iter().filter(|(path, _)| !path.starts_with("src/bin/")) {
        let own = path["src/".len()..].split(['/', '.']).next().unwrap();
        let (_, allowed) = LAYERS
            .iter()
            .find(|(layer, _)| *layer == own)
            .unwrap_or_else(|| panic!("{path}: no layer"));
        for (layer, _) in LAYERS.iter().filter(|(layer, _)| *layer != own) {
            let used = text.contains(&format!("crate::{layer}::"))
                || text.contains(&format!("crate::{layer} "))
                || text.split("use crate::{").skip(1).any(|list| {
                    let list = list.split("};").next().unwrap();
                    list.split(',').any(|item| item.trim().split("::").next() == Some(layer))
                });
            seen += usize::from(used);
            assert!(!used || allowed.contains(layer), "{path} imports {layer}");
        }
    }
    assert!(seen > 20, "the scan sees no imports: {seen}");
}

#[test]
fn only_the_store_speaks_to_sqlite() {
    for (path, text) in code("src") {
        let allowed = path.starts_with("src/store/");
        assert!(allowed || !text.contains("rusqlite"), "{path} says rusqlite");
    }
}

#[test]
fn the_library_asks_nobody() {
    for (path, text) in code("src").iter().filter(|(path, _)| !path.starts_with("src/bin/")) {
        for word in ["SystemTime", "Instant::", "std::env", "println!", "process::exit", "stdout()"]
        {
            assert!(!text.contains(word), "{path} says {word}");
        }
    }
}

#[test]
fn every_sql_file_is_used() {
    let code = code("src").into_values().collect::<Vec<_>>().join("\n");
    for path in files("src", ".sql") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let parts = stem.split_once('_').unwrap_or((stem, ""));
        let used = code.contains(&format!("\"{name}\""))
            || code.contains(&format!("/{name}\""))
            || code.contains(&format!("\"{stem}\""))
            || (path.to_string_lossy().contains("/show/")
                && code.contains(&format!("\"{}\"", parts.1)));
        assert!(used, "nothing includes {}", path.display());
    }
}

#[test]
fn every_sql_file_says_why() {
    for path in files("src", ".sql").iter().chain(&files("migrations", ".sql")) {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.starts_with("-- "), "{} opens without a comment", path.display());
    }
}

#[test]
fn the_readme_names_every_command_and_report() {
    let readme = ["README.md", "docs/guide.md"]
        .map(|name| std::fs::read_to_string(root().join(name)).unwrap())
        .concat();
    for header in onrecord::report::builtin() {
        assert!(
            readme.contains(&format!("`{}`", header.name)),
            "README leaves out report {}",
            header.name
        );
        assert!(header.question.is_some(), "report {} asks no question", header.name);
    }
    let help = crate::common::Sandbox::new().run(&["--help"]).done();
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert_eq!(commands.len(), 25, "{commands:?}");
    for name in commands {
        assert!(
            readme.contains(&format!("onrecord {name}")),
            "README leaves out `onrecord {name}`"
        );
    }
}
