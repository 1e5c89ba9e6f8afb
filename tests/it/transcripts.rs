//! The documents for people, played as tests: each `console` block of the README, the guide and the
//! transcripts, line by line, in one folder per document. `$` begins a
//! command, `>` continues it, `...` stands for any lines, `[exit N]` for an exit code other than 0.
//! `BLESS=1` writes the actual output into the document. Links and paths must lead somewhere.

use crate::common::{Sandbox, files, root};
use std::path::{Path, PathBuf};

#[test]
fn the_readme_has_the_actual_output() {
    play(&root().join("README.md"));
}

#[test]
fn the_guide_has_the_actual_output() {
    play(&root().join("docs/guide.md"));
}

#[test]
#[cfg(feature = "parquet")]
fn the_page_on_scale_has_the_actual_output() {
    play(&root().join("docs/scale.md"));
}

#[test]
fn readme_fits_in_200_lines() {
    let lines = std::fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= 200, "README.md has {lines} lines; the rest belongs in docs/guide.md");
}

/// A newcomer's own topic, from an empty folder to a published page, takes a command for each claim, and none
/// for a source or a verdict; none of them fails (`the_readme_has_the_actual_output` runs them).
#[test]
fn own_topic_takes_a_command_for_each_claim() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let section = text.split("\n## Your own topic").nth(1).unwrap().split("\n## ").next().unwrap();
    let commands: Vec<&str> =
        section.lines().filter_map(|line| line.strip_prefix("$ onrecord ")).collect();
    assert!(commands.len() < 7, "{} commands", commands.len());
    assert!(!section.contains("[exit"), "a command fails");
    for (word, times) in [("init", 1), ("add claim", 2), ("add ", 2), ("assess", 0), ("check", 1)] {
        let found = commands.iter().filter(|command| command.starts_with(word)).count();
        assert_eq!(found, times, "onrecord {word}");
    }
    for flag in ["--new-source", "--origin", "--also", "--figure", "--verdict", "--evidence"] {
        assert!(commands.iter().any(|command| command.contains(flag)), "no claim has {flag}");
    }
    assert!(commands.last().unwrap().starts_with("publish "), "it ends without a page");
}

/// The document in the guide can be imported.
#[test]
fn guide_document_can_be_imported() {
    let text = std::fs::read_to_string(root().join("docs/guide.md")).unwrap();
    let document = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let sandbox = Sandbox::seeded();
    let run = sandbox.import(document);
    assert!(run.err.contains("sources: 2 new"), "{}", run.err);
    let _ = run.done();
    assert_eq!(sandbox.ask("select status from claims where key = 'clinic-closed'"), "reported");
}

/// The documents at the root and in docs/.
fn documents() -> Vec<PathBuf> {
    let mut found = files("docs", ".md");
    for name in ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"] {
        found.push(root().join(name));
    }
    found
}

/// The text of a document without its code blocks.
fn prose(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.split("```").step_by(2).collect()
}

#[test]
fn links_lead_to_files_and_headings() {
    let mut seen = 0;
    for path in documents() {
        for link in prose(&path).split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: nothing is at {link}", path.display());
            if !heading.is_empty() {
                let text = std::fs::read_to_string(&target).unwrap();
                let found = text.lines().filter(|line| line.starts_with('#')).any(|line| {
                    let line = line.trim_start_matches('#').trim().to_lowercase();
                    let kept = line.chars().filter(|c| c.is_alphanumeric() || " -".contains(*c));
                    kept.collect::<String>().replace(' ', "-") == heading
                });
                assert!(found, "{}: no heading for {link}", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "the scan sees no links: {seen}");
}

/// A path that a document puts in backticks, such as `src/model/date.rs`, exists.
#[test]
fn paths_in_documents_exist() {
    let mut seen = 0;
    for path in documents().iter().filter(|path| !path.ends_with("CHANGELOG.md")) {
        for word in prose(path).split('`').skip(1).step_by(2) {
            let is_path = ["src/", "tests/", "migrations/", "docs/", "benches/", "seeds/"]
                .iter()
                .any(|folder| word.starts_with(folder));
            if is_path && !word.contains(['*', '{', ' ', '…']) {
                assert!(root().join(word).exists(), "{}: no {word}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "the scan sees no paths: {seen}");
}

#[test]
fn every_transcript_has_the_actual_output() {
    let found = files("tests/transcripts", ".md");
    assert!(!found.is_empty());
    found.iter().for_each(|path| play(path));
}

fn play(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let sandbox = Sandbox::new();
    let mut played = String::new();
    let mut lines = text.lines().peekable();
    let mut wrong = Vec::new();
    while let Some(line) = lines.next() {
        played.push_str(line);
        played.push('\n');
        if line != "```console" {
            continue;
        }
        while let Some(line) = lines.next().filter(|line| *line != "```") {
            let mut command =
                line.strip_prefix("$ ").expect("a block begins with a command").to_owned();
            played.push_str(line);
            played.push('\n');
            while let Some(more) = lines.next_if(|line| line.starts_with("> ")) {
                command.push('\n');
                command.push_str(&more[2..]);
                played.push_str(more);
                played.push('\n');
            }
            let mut wanted = String::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ") && *line != "```") {
                wanted.push_str(line);
                wanted.push('\n');
            }
            let found = shell(&sandbox, &command);
            if agrees(&wanted, &found) {
                played.push_str(&wanted);
            } else {
                played.push_str(&found);
                wrong.push(format!("$ {command}\n--- written\n{wanted}--- came out\n{found}"));
            }
        }
        played.push_str("```\n");
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, played).unwrap();
    } else {
        assert!(wrong.is_empty(), "{}:\n{}", path.display(), wrong.join("\n"));
    }
}

fn shell(sandbox: &Sandbox, command: &str) -> String {
    // Both streams into one, in the order in which they were written.
    let run =
        crate::common::run(sandbox.command("sh").args(["-c", &format!("{{ {command}\n}} 2>&1")]));
    let here = sandbox.path("");
    let out = run.out.replace(here.to_string_lossy().trim_end_matches('/'), "[folder]");
    let mut found: String = out.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
    if run.code != 0 {
        found.push_str(&format!("[exit {}]\n", run.code));
    }
    found
}

/// Returns `true` if the output is as written, `...` standing for any lines.
fn agrees(wanted: &str, found: &str) -> bool {
    let mut rest = found;
    let mut pieces = wanted.split("...\n");
    let first = pieces.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return rest.is_empty() };
    for piece in middle {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}
