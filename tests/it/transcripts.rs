//! The README's tour and the transcripts are run as they are written: each `console` block, line
//! by line, in one folder per document. `$` begins a command, `>` goes on with it, `...` stands for
//! any lines, `[exit N]` for an exit code that is not 0. `BLESS=1` writes down what came out.

use crate::common::{Sandbox, files, root};
use std::path::Path;

#[test]
fn readme_tells_the_truth() {
    play(&root().join("README.md"));
}

/// The document in the README is one that can be imported.
#[test]
fn readme_document_is_read() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let document = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let sandbox = Sandbox::seeded();
    let run = sandbox.import(document);
    assert!(run.err.contains("sources: 2 new"), "{}", run.err);
    let _ = run.done();
    assert_eq!(sandbox.ask("select status from claims where key = 'clinic-closed'"), "reported");
}

#[test]
fn transcripts_tell_the_truth() {
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

/// Whether the output is as written, `...` standing for any lines.
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
