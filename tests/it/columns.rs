//! The descriptions of every table and column in the file, which follow the migrations and the
//! reports.

use crate::common::Sandbox;

const GONE: &str = "SELECT count(*) FROM columns WHERE 'gone' IN (table_name, column_name)";
const META: &str = "SELECT meaning FROM columns WHERE table_name = ";

#[test]
fn every_column_has_a_meaning() {
    let sandbox = Sandbox::empty();
    let all = sandbox.run(&["info", "--schema", "--format", "tsv"]).done();
    let mut seen = 0;
    for line in all.lines().skip(1) {
        let parts: Vec<&str> = line.split('\t').collect();
        assert!(!parts[3].is_empty(), "{} {} has no meaning", parts[0], parts[1]);
        assert!(!parts[3].contains("  ") && !parts[3].contains("-- "), "{line}");
        seen += 1;
    }
    assert!(seen > 500, "{seen}");
    // Nothing is described that does not exist.
    let strays = "SELECT count(*) FROM columns AS k WHERE column_name <> '' AND NOT EXISTS \
        (SELECT 1 FROM pragma_table_info(k.table_name) AS c WHERE c.name = k.column_name)";
    assert_eq!(sandbox.ask(strays), "0");
    assert_eq!(sandbox.ask("SELECT count(*) FROM columns"), seen.to_string());
}

#[test]
fn info_says_what_a_table_means() {
    let sandbox = Sandbox::empty();
    let schema = |name: &str| sandbox.run(&["info", "--schema", name, "--format", "csv"]).done();
    let links = schema("claim_links");
    assert!(links.starts_with("table,column,type,meaning\nclaim_links,,table,"), "{links}");
    assert!(links.contains("claim_links,relation,TEXT,"), "{links}");
    let report = schema("figure-conflicts");
    assert!(report.starts_with("table,column,type,meaning\nfigure_conflicts,,view,"), "{report}");
    assert!(schema("unverified").contains("report_unverified,claim,"));
    let error = sandbox.run(&["info", "--schema", "clams"]).failed();
    assert!(error.contains("no table \"clams\"; did you mean \"claims\"?"), "{error}");
}

#[test]
fn a_users_own_report_is_described_as_long_as_it_exists() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "x.sql",
        "-- title: Mine\n-- question: What?\n-- column a: One.\nSELECT 1 AS a, 2 AS b",
    );
    let _ = sandbox.run(&["report", "add", "mine", "x.sql"]).done();
    let all = "SELECT group_concat(column_name || '=' || meaning, ' ') FROM (SELECT * FROM columns \
        WHERE table_name = 'report_mine' ORDER BY id)";
    assert_eq!(sandbox.ask(all), "=What? a=One.");
    let shown = sandbox.run(&["info", "--schema", "mine", "--format", "csv"]).done();
    assert!(shown.ends_with("report_mine,b,,\n"), "{shown}");
    // An archive that imports the report describes it at once.
    sandbox.write("all.ndjson", sandbox.run(&["export", "ndjson"]).done());
    let _ = sandbox.run(&["--file", "other.db", "init"]).done();
    let _ = sandbox.run(&["--file", "other.db", "import", "all.ndjson"]).done();
    let other = sandbox.run(&["--file", "other.db", "sql", all, "--format", "csv"]).done();
    assert!(other.ends_with("=What? a=One.\n"), "{other}");
    let _ = sandbox.run(&["report", "remove", "mine"]).done();
    assert_eq!(sandbox.ask(all), "\"\"");
}

/// A report that comes with an import brings the meanings of its columns along, into an archive that has
/// claims of its own.
#[test]
fn an_imported_report_describes_its_columns() {
    let (from, into) = (Sandbox::empty(), Sandbox::seeded());
    from.write("mine.sql", "-- title: Mine\n-- question: What?\n-- column a: One.\nSELECT 1 AS a");
    let _ = from.run(&["report", "add", "mine", "mine.sql"]).done();
    let export = from.run(&["export", "ndjson"]).done();
    let of_report = |line: &&str| line.contains("report_mine") || line.contains("\"reports\"");
    let lines: Vec<&str> = export.lines().filter(of_report).collect();
    into.write("report.ndjson", lines.join("\n"));
    let run = |more: &[&str]| into.run(&[&["import", "report.ndjson"], more].concat());
    // What a stranger calls a report may say anything: it comes only by its name.
    let without = run(&[]);
    assert_eq!(without.code, 0);
    let told = "1 report of other people left out; with them: --with-reports mine\n";
    assert!(without.err.ends_with(told), "{}", without.err);
    assert_eq!(into.ask("SELECT count(*) FROM reports WHERE builtin = 0"), "0");
    // Its row alone would be listed nowhere.
    let row = lines.iter().find(|line| line.contains("\"name\":\"mine\"")).unwrap();
    into.write("row.ndjson", row);
    let alone = into.run(&["import", "row.ndjson"]);
    assert_eq!(alone.code, 0);
    let told = "row.ndjson:1:1: the report \"mine\" was left out: its view, report_mine, did not come with it\n";
    assert!(alone.err.contains(told), "{}", alone.err);
    assert!(!without.err.contains("did not come"), "{}", without.err);
    let other = run(&["--with-reports", "mine,mime"]).failed();
    assert!(other.contains("did you mean"), "{other}");
    assert_eq!(into.ask("SELECT count(*) FROM reports WHERE builtin = 0"), "0");
    let _ = run(&["--with-reports", "mine"]).done();
    // One that is there just so is not listed.
    assert!(!run(&[]).err.contains("left out"));
    let meaning = format!("{META}'report_mine' AND column_name = 'a'");
    assert_eq!(into.ask(&meaning), from.ask(&meaning), "{lines:?}");
    assert_eq!(into.ask(&meaning), "One.");
}

/// A repair restores a description that another tool edited, and keeps those of the user's own
/// tables; a write that changes nothing leaves the bytes as they are.
#[test]
fn repair_restores_descriptions_and_an_unchanged_write_leaves_the_bytes() {
    let sandbox = Sandbox::seeded();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let _ = sandbox.run(&["seed"]).done();
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    let meaning = sandbox.ask(&format!("{META}'claims' AND column_name = 'text'"));
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE columns SET meaning = 'x' WHERE table_name = 'claims' AND column_name = 'text';
             DELETE FROM columns WHERE table_name = 'claims' AND column_name = 'note';
             INSERT INTO columns (table_name, column_name, meaning) VALUES ('claims', 'gone', 'x'), ('gone', '', 'x');
             CREATE TABLE mine (a);
             INSERT INTO columns (table_name, column_name, meaning) VALUES ('mine', 'a', 'Mine');",
        )
        .unwrap();
    let _ = sandbox.run(&["check", "--repair"]);
    assert_eq!(sandbox.ask(&format!("{META}'claims' AND column_name = 'text'")), meaning);
    assert!(!sandbox.ask(&format!("{META}'claims' AND column_name = 'note'")).is_empty());
    assert_eq!(sandbox.ask(GONE), "0");
    assert_eq!(sandbox.ask(&format!("{META}'mine'")), "Mine");
    assert_eq!(sandbox.ask("SELECT count(*) FROM revisions WHERE table_name = 'columns'"), "0");
    assert!(!sandbox.run(&["export", "ndjson"]).done().contains("\"columns\":{"));
}

/// An archive with older text is read as it is; a write brings it up to date.
#[test]
fn a_write_describes_the_columns_of_an_older_archive() {
    let sandbox = Sandbox::empty();
    let wanted = sandbox.run(&["info", "--schema", "claims"]).done();
    let rows = sandbox.ask("SELECT count(*) FROM columns");
    sandbox
        .other_tool()
        .execute_batch("DELETE FROM columns; UPDATE archive SET installed = 0;")
        .unwrap();
    let _ = sandbox.run(&["info", "--schema", "claims"]).done();
    sandbox.write("d.toml", "onrecord = 1\n[archive]\ntitle = \"T\"\n");
    let _ = sandbox.run(&["import", "d.toml"]).done();
    assert_eq!(sandbox.run(&["info", "--schema", "claims"]).done(), wanted);
    assert_eq!(sandbox.ask("SELECT count(*) FROM columns"), rows);
    assert_eq!(sandbox.run(&["check"]).code, 0);
}
