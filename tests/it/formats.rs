//! Output formats: one hostile row in each, complete and escaped; NULL stays NULL.

use crate::common::{Sandbox, golden};
use serde::Deserialize;

const HOSTILE: &str = "select '<script>alert(''1'')</script> | \"a\", b\\' || char(10) || 'c&d [x](y) *z* `q`' as \"text <b>|\", \
    '=1+1' as formula, null as absent, 0 as zero, '' as blank, 1.0/3 as third, 9007199254740993 as big, 1e999 as endless, \
    x'00ff' as bytes, char(27) || '[31m' || char(155) || char(8238) || 'abc' as control, 'مقر‎ é 東京' as wide";

#[test]
fn a_hostile_row_is_escaped_in_every_format() {
    let sandbox = Sandbox::empty();
    let mut all = String::new();
    for format in ["table", "csv", "tsv", "json", "ndjson", "markdown", "html"] {
        let out = sandbox.run(&["sql", HOSTILE, "--format", format]).done();
        all.push_str(&format!("== {format}\n{out}"));
        if !["csv", "tsv", "json", "ndjson"].contains(&format) {
            assert!(
                !out.contains(['\u{1b}', '\u{9b}', '\u{202e}']),
                "{format} lets control characters through"
            );
        }
        assert!(format != "html" || !out.contains("<script"), "{out}");
    }
    golden("formats.txt", &all);
}

/// A row of the report for serde, which accepts no unknown column.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Status {
    status: String,
    claims: i64,
    stale: i64,
    share: Option<f64>,
}

#[test]
fn json_and_csv_have_the_same_values() {
    let sandbox = Sandbox::seeded();
    let json = sandbox.run(&["report", "status", "--format", "json"]).done();
    let json: Vec<Status> = serde_json::from_str(&json).unwrap();
    let ndjson = sandbox.run(&["report", "status", "--format", "ndjson"]).done();
    let ndjson: Vec<Status> =
        ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let csv = sandbox.run(&["report", "status", "--format", "csv"]).done();
    let csv: Vec<Status> =
        csv::Reader::from_reader(csv.as_bytes()).deserialize().collect::<Result<_, _>>().unwrap();
    assert_eq!(json, ndjson);
    assert_eq!(json, csv);
    assert_eq!(json.iter().map(|row| row.claims).sum::<i64>(), 79);
}

#[test]
fn an_unstated_value_stays_unstated() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .run(&["add", "claim", "--key", "bare", "--text", "Something", "--kind", "event"])
        .done();
    let row = |format: &str| {
        sandbox
            .run(&["report", "claims", "--format", format, "--columns", "claim,happened,figures"])
            .done()
    };
    assert_eq!(row("csv"), "claim,happened,figures\nbare,,\n");
    assert_eq!(row("tsv"), "claim\thappened\tfigures\nbare\t\t\n");
    assert_eq!(row("ndjson"), "{\"claim\":\"bare\",\"happened\":null,\"figures\":null}\n");
    assert!(row("table").contains("bare   not stated  not stated"), "{}", row("table"));
    assert!(row("markdown").contains("| bare | not stated | not stated |"));
    assert!(row("html").contains("<td class=\"absent\">not stated</td>"));
    for format in ["json", "csv", "table", "html", "markdown", "ndjson", "tsv"] {
        let out = sandbox.run(&["show", "bare", "--format", format]).done();
        assert!(out.contains("bare") || out.contains("Something"), "{format}: {out}");
    }
    let show: serde_json::Value =
        serde_json::from_str(&sandbox.run(&["show", "bare", "--format", "json"]).done()).unwrap();
    assert!(show["happened"].is_null() && show["text"] == "Something");
}

#[test]
fn a_table_too_wide_for_the_terminal_is_printed_as_blocks() {
    let sandbox = Sandbox::seeded();
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    let narrow =
        crate::common::run(command.env("COLUMNS", "40").args(["report", "claims", "--limit", "1"]))
            .done();
    assert!(narrow.starts_with("claim    soldiers-surrender\n"), "{narrow}");
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    let wrapped = crate::common::run(command.env("COLUMNS", "70").args([
        "report",
        "unverified",
        "--columns",
        "claim,because",
    ]))
    .done();
    assert!(wrapped.lines().all(|line| line.chars().count() <= 70), "{wrapped}");
}

/// `script` gives the program a terminal. Control characters are printed as symbols there, whatever
/// the command and the format; the colours of a table are the program's own.
#[test]
fn a_terminal_gets_no_control_characters() {
    let sandbox = Sandbox::seeded();
    // Other systems have another program by that name.
    let there = sandbox.command("script").args(["-qec", "true", "/dev/null"]).output();
    if !there.is_ok_and(|out| out.status.success()) {
        assert!(
            std::env::var_os("ONRECORD_ALL_TOOLS").is_none(),
            "util-linux's script is not there"
        );
        return;
    }
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE claims SET note = char(27) || ']0;mine' || char(7) || char(155) || char(8238) WHERE id = 1;
             CREATE VIEW report_mine AS SELECT 1 AS a",
        )
        .unwrap();
    sandbox.write("x.sql", "-- title: \u{1b}[31mred\u{202e}\nSELECT 1 AS a");
    let _ = sandbox.run(&["report", "add", "red", "x.sql"]).done();
    let mut commands = vec![
        "export toml".to_owned(),
        "export ndjson".to_owned(),
        "export geojson".to_owned(),
        "export claimreview --base-url https://desk.example/p --all".to_owned(),
        "export csl-json".to_owned(),
        "report red --sql".to_owned(),
        "report".to_owned(),
    ];
    for format in ["table", "csv", "tsv", "json", "ndjson", "markdown", "html"] {
        commands.push(format!("show soldiers-surrender --format {format}"));
        commands.push(format!("sql 'select note from claims where id = 1' --format {format}"));
    }
    for command in commands {
        let typed = format!("onrecord --no-pager {command}");
        for no_color in [true, false] {
            let mut terminal = sandbox.command("script");
            if no_color {
                terminal.env("NO_COLOR", "1");
            }
            let shown = crate::common::run(terminal.args(["-qec", &typed, "/dev/null"]));
            assert_eq!(shown.code, 0, "{command}: {}", shown.out);
            let mut out = shown.out;
            if !no_color {
                for own in ["1", "2", "31", "32", "33", "0"] {
                    out = out.replace(&format!("\u{1b}[{own}m"), "");
                }
            }
            assert!(!out.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']), "{command}: {out:?}");
        }
    }
}
