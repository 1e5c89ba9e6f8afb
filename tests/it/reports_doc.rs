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

#[test]
fn every_report_fits_a_terminal() {
    let both = Sandbox::with_both_seeds();
    let article = Sandbox::seeded();
    for (sandbox, width) in [(&both, 80), (&both, 120), (&article, 80), (&article, 120)] {
        for header in shipped::reports() {
            let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
            command.env("COLUMNS", width.to_string()).args(["report", &header.name]);
            let run = crate::common::run(&mut command).done();
            let lines: Vec<&str> = run.lines().collect();
            let widest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= width, "{}: {widest} of {width}", header.name);
            if lines == ["no rows"] {
                continue;
            }
            let head = lines.iter().position(|line| line.starts_with("---"));
            let rows =
                &lines[head.unwrap_or_else(|| panic!("{}: no table:\n{run}", header.name)) + 1..];
            let csv = sandbox.run(&["report", &header.name, "--format", "ndjson"]).done();
            assert!(rows.len() <= 3 * csv.lines().count(), "{}: {}", header.name, rows.len());
        }
    }
}
