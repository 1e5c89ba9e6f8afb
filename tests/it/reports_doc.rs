//! The reference of the reports, generated from their headers and played, and their width on a terminal.
//! `BLESS=1` rewrites it.

use crate::common::{Sandbox, root};
use onrecord::shipped;
use std::fmt::Write;

const HEAD: &str = "# Reports

<!-- Generated from the headers of the reports in src/report by tests/it/reports_doc.rs; BLESS=1 renews it. -->

A report is a question to the archive, and a view in the file: `report_NAME`, with `_` for `-`, in any SQLite tool. `onrecord report` lists them, and `onrecord report NAME --help` prints what is below. A table for people shows the columns marked *; `--wide` and `--columns` show more, `--record` shows all, and the other formats have all.

What `--where` understands:

| condition | finds rows |
| --- | --- |
| `status=disputed,refuted` | with one of these codes or keys |
| `claim=crowd*` | whose text or key matches; `*` stands for any text |
| `source=Morning news` | with the record of that name |
| `sources=council-report` | whose list has it |
| `place=kunduz-province` | of the place or one inside it; what is only near or toward it counts for itself alone |
| `happened=2021-06` | whose date can be on one of these days; `<` and `>` are before and after all of them |
| `at>2021-06-29` | of a moment after that day (UTC) |
| `value>100000` | whose number is above that within its bounds |
| `text~bridge` | that contain the text, in any case |
| `speaker=` | where nothing is stated; `!=` for something |

Several conditions must all hold; with `--or`, one of them. A number that is known only within bounds, or a date known to a month, may meet `<` or `>` without being sure to: such rows are counted, and `--maybe` shows them. A code, key or name that there is not is an error.
";

#[test]
fn the_reference_of_the_reports_is_as_generated() {
    let sandbox = Sandbox::with_both_seeds();
    let mut text = HEAD.to_owned();
    for header in shipped::reports() {
        let name = &header.name;
        writeln!(text, "\n## `{name}`\n\n{}\n", header.question.as_deref().unwrap()).unwrap();
        writeln!(text, "| column | meaning |\n| --- | --- |").unwrap();
        for (column, meaning) in &header.columns {
            let mark = if header.show.contains(column) { " *" } else { "" };
            writeln!(text, "| `{column}`{mark} | {} |", meaning.replace('|', "\\|")).unwrap();
        }
        writeln!(text, "\nExamples:\n").unwrap();
        for example in &header.examples {
            writeln!(text, "- `onrecord report {name} {example}`").unwrap();
        }
        // Operations are those of the file.
        if name == "operations" {
            continue;
        }
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
        command.env("COLUMNS", "80").args(["report", name, "--limit", "3"]);
        let run = crate::common::run(&mut command);
        assert_eq!(run.code, 0, "{}", run.err);
        writeln!(text, "\n```text\n$ onrecord report {name} --limit 3\n{}```", run.out).unwrap();
    }
    let path = root().join("docs/reports.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(held == text, "docs/reports.md is not as generated; BLESS=1 renews it");
}

/// The most lines that a row of a report takes.
const MOST_LINES: usize = 6;

#[test]
fn every_report_fits_a_terminal() {
    let both = Sandbox::with_both_seeds();
    let article = Sandbox::seeded();
    for (sandbox, width) in [(&both, 80), (&both, 120), (&article, 80), (&article, 120)] {
        for header in shipped::reports() {
            let name = &header.name;
            let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
            command.env("COLUMNS", width.to_string()).args(["report", name]);
            let run = crate::common::run(&mut command).done();
            let lines: Vec<Vec<char>> = run.lines().map(|line| line.chars().collect()).collect();
            let widest = lines.iter().map(Vec::len).max().unwrap_or(0);
            assert!(widest <= width, "{name}: {widest} of {width}");
            if run == "no rows\n" {
                continue;
            }
            let rule = run.lines().position(|line| line.starts_with("---"));
            let rule = rule.unwrap_or_else(|| panic!("{name}: no table:\n{run}"));
            let told = sandbox.run(&["report", name, "--format", "ndjson"]).done();
            let first = &header.show[0];
            let firsts: Vec<serde_json::Value> = told
                .lines()
                .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap()[first].clone())
                .collect();
            let heights = row_heights(&lines, rule, &firsts);
            assert_eq!(
                heights.len(),
                firsts.len(),
                "{name} at {width}: rows not told apart\n{run}"
            );
            let most = heights.into_iter().max().unwrap_or(0);
            assert!(most <= MOST_LINES, "{name} at {width}: a row of {most} lines");
        }
    }
}

/// Returns the number of lines that each row of a table takes. A row begins with a line that has something in every
/// column, unless that goes on with the first cell of the row before.
fn row_heights(lines: &[Vec<char>], rule: usize, firsts: &[serde_json::Value]) -> Vec<usize> {
    let width = lines[rule].len();
    let is_blank = |line: &[char], n: usize| line.get(n).is_none_or(|c| *c == ' ');
    let others = || lines.iter().enumerate().filter(|(n, _)| *n != rule).map(|(_, line)| line);
    let gap: Vec<bool> =
        (0..=width).map(|n| n == width || others().all(|line| is_blank(line, n))).collect();
    // Columns stand two blanks apart; one blank alone may be between words.
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for n in (0..width).filter(|n| !gap[*n]) {
        match columns.last_mut() {
            Some((_, end)) if n < *end + 2 => *end = n + 1,
            _ => columns.push((n, n + 1)),
        }
    }
    let cell = |line: &[char], (start, end): (usize, usize)| -> String {
        let end = end.min(line.len());
        line.get(start..end).unwrap_or_default().iter().collect::<String>().trim().to_owned()
    };
    let mut heights: Vec<usize> = Vec::new();
    let mut rest = "";
    for line in &lines[rule + 1..] {
        let first = cell(line, columns[0]);
        let is_full = columns.iter().all(|column| !cell(line, *column).is_empty());
        let goes_on = rest.trim_start().strip_prefix(first.trim_end_matches('…'));
        match (heights.last_mut(), goes_on) {
            (Some(height), Some(left)) if !is_full || !rest.is_empty() => {
                (*height, rest) = (*height + 1, left);
            }
            (Some(height), _) if !is_full => *height += 1,
            _ => {
                let text = firsts.get(heights.len()).and_then(serde_json::Value::as_str);
                rest = text.and_then(|text| text.strip_prefix(first.as_str())).unwrap_or("");
                heights.push(1);
            }
        }
    }
    heights
}

#[test]
fn rows_are_told_apart_by_their_cells() {
    let lines =
        |text: &str| -> Vec<Vec<char>> { text.lines().map(|l| l.chars().collect()).collect() };
    let firsts = [serde_json::json!("long-key-a"), serde_json::json!("b")];
    let heights = |text: &str| row_heights(&lines(text), 1, &firsts);
    assert_eq!(heights("key    text\n---------\nlong-  one\nkey-a  two\nb      three\n"), [2, 1]);
    assert_eq!(
        heights(
            "key    text\n---------\nlong-  one\nkey-a  two\n       three\nb      four\n       five\n"
        ),
        [3, 2]
    );
}

/// Each report stands in the transcripts of both seeds, at both widths.
#[test]
fn the_transcripts_have_every_report() {
    for seed in ["article", "both"] {
        let path = root().join(format!("tests/transcripts/reports-{seed}.md"));
        let text = std::fs::read_to_string(path).unwrap();
        for header in shipped::reports() {
            for width in [80, 120] {
                let command =
                    format!("$ COLUMNS={width} onrecord report {} --limit 5\n", header.name);
                assert!(text.contains(&command), "reports-{seed}.md lacks {command}");
            }
        }
    }
}

/// The pages of records fit too, and say of one thing at most that it is not stated.
#[test]
fn every_page_fits_a_terminal() {
    let sandbox = Sandbox::with_both_seeds();
    let keys = "select group_concat(k, ' ') from (
          select 'claim:' || key as k from claims where id <= 12
          union all select 'source:' || key from sources where id <= 8
          union all select 'location:' || key from locations where id <= 4
          union all select 'measure:' || key from measures where id <= 4
          union all select 'figure:' || key from figures where id <= 4)";
    let keys = sandbox.ask(keys).replace('"', "");
    assert_eq!(keys.split_whitespace().count(), 32, "{keys}");
    for key in keys.split_whitespace() {
        for width in [40, 80] {
            let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
            command.env("COLUMNS", width.to_string()).args(["show", key]);
            let page = crate::common::run(&mut command).done();
            for line in page.lines().skip(1) {
                // An address or a chain of sources is never broken, and neither is the key in the first line.
                let is_whole = line.contains("://") || line.contains('─');
                assert!(line.chars().count() <= width || is_whole, "{key} at {width}: {line}");
            }
            let facts = page.split("\n\n").next().unwrap();
            assert!(facts.matches("  not stated\n").count() <= 1, "{page}");
            assert!(!facts.contains("\n  stale  ") && !page.contains("says who  desk"), "{page}");
        }
    }
}
