//! The query plans of the statements that a large archive runs most: the tables that reports scan,
//! and that no part of `show` scans one. The plans are those of the bundled SQLite, on an
//! archive that was never analysed, as users have them.

use crate::common::{Sandbox, files, golden, root};
use std::fmt::Write;

/// The steps of a plan that read a table or index from end to end.
fn scans(db: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let step: String = row.get("detail").unwrap();
        if step.starts_with("SCAN ") && step != "SCAN CONSTANT ROW" {
            found.push(step.trim_start_matches("SCAN ").to_owned());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The tables that may be scanned: common table expressions, short code lists, and the one row of the
/// archive.
fn is_short(step: &str) -> bool {
    let own = [
        "text_of",
        "party",
        "voice",
        "found",
        "form",
        "inside",
        "climb",
        "(subquery",
        "k",
        "t",
        "r",
        "q",
        "origin_relations",
        "stances",
        "archive",
    ];
    own.iter().any(|name| step.split(' ').next() == Some(name) || step.starts_with(name))
}

#[test]
fn show_reads_no_table_whole() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    let mut paths = files("src/store/detail", ".sql");
    paths.extend(files("src/store/provenance", ".sql"));
    let single = ["equations/operand.sql", "search/similar_parts.sql"];
    paths.extend(single.iter().map(|name| root().join("src/store").join(name)));
    let mut seen = 0;
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // The counts of an archive read every row; history has no index by design.
        if ["archive_facts.sql", "history.sql"].contains(&name.as_str()) {
            continue;
        }
        let sql = std::fs::read_to_string(&path).unwrap();
        let long: Vec<String> =
            scans(&db, &sql).into_iter().filter(|step| !is_short(step)).collect();
        assert!(long.is_empty(), "{name} reads whole: {long:?}");
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn claims_are_weighed_by_their_mentions_alone() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    let sql =
        std::fs::read_to_string(root().join("src/store/weights/outdated_mentions.sql")).unwrap();
    let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let steps = plan.query_map([0, 9], |row| row.get("detail")).unwrap();
    let steps: Vec<String> = steps.collect::<Result<_, _>>().unwrap();
    let of_claim = "SEARCH m USING INDEX mentions_once (claim_id=?) LEFT-JOIN";
    assert!(steps.iter().any(|step| step == of_claim), "{steps:?}");
}

#[test]
fn an_index_gives_the_order_by_a_key() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    for order in ["claim", "-claim"] {
        let shown =
            sandbox.run(&["report", "claims", "--order", order, "--limit", "20", "--sql"]).done();
        let statement = shown.trim_end().trim_end_matches(';').rsplit(";\n").next().unwrap();
        let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
        let steps = plan.query_map([], |row| Ok((row.get("parent")?, row.get("detail")?))).unwrap();
        let steps: Vec<(i64, String)> = steps.collect::<Result<_, _>>().unwrap();
        let is_sorted = |(parent, step): &(i64, String)| *parent == 0 && step.contains("ORDER BY");
        assert!(!steps.iter().any(is_sorted), "{statement}: {steps:?}");
    }
}

#[test]
fn the_tables_that_reports_scan_are_listed() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    let mut text = String::new();
    for header in onrecord::shipped::reports() {
        let view = format!("report_{}", header.name.replace('-', "_"));
        let steps = scans(&db, &format!("SELECT * FROM {view}"));
        writeln!(text, "{}: {}", header.name, steps.join(", ")).unwrap();
    }
    golden("report_scans.txt", &text);
}
