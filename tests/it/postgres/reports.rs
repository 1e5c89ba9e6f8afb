//! Reports and SQL on a server: what a file answers, to the byte.

use super::Server;
use super::folder::with_history;
use crate::common::{Run, Sandbox, run};
use onrecord::model::{CancelToken, ServerAddress, Table};
use onrecord::ops::{Place, report};
use std::path::Path;
use std::process::Stdio;

/// The rows of a report, with all columns.
#[track_caller]
fn table(place: Place<'_>, name: &str, options: &report::Options) -> Table {
    let mut table = Table::default();
    report::run(place, name, options, CancelToken::never(), &mut table)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    table
}

/// Asserts that each report of the program has the same rows, each value of the same type, in a file and at a server, and
/// returns their number.
pub(super) fn check_reports(archive: &Path, server: &Server, database: &str) -> usize {
    let address = ServerAddress::parse(&server.url(database), []).unwrap();
    let listed = report::list(archive, CancelToken::never()).unwrap();
    let options = report::Options { today: "2021-07-02".to_owned(), ..report::Options::default() };
    let mut rows = 0;
    for row in &listed.rows {
        let name = row[0].as_text().unwrap();
        if !report::comes_with_program(name) {
            continue;
        }
        let ours = table(archive.into(), name, &options);
        let theirs = table((&address).into(), name, &options);
        assert_eq!(ours.columns, theirs.columns, "{name}");
        let other = ours.rows.iter().zip(&theirs.rows).find(|(a, b)| a != b);
        assert_eq!(other, None, "{name}");
        assert_eq!(ours.rows.len(), theirs.rows.len(), "{name}");
        rows += ours.rows.len();
    }
    rows
}

/// Runs onrecord on a file and at a server, and asserts that both print the same and end the same.
#[track_caller]
fn same(sandbox: &Sandbox, url: &str, args: &[&str]) -> Run {
    let ours = sandbox.run(args);
    let theirs = sandbox.run(&[&["-f", url], args].concat());
    assert_eq!((&ours.out, &ours.err), (&theirs.out, &theirs.err), "{args:?}");
    assert_eq!(ours.code, theirs.code, "{args:?}");
    ours
}

#[test]
fn every_report_is_that_of_the_file() {
    for (sandbox, database, rows) in [
        (Sandbox::seeded(), "answers_one", 500),
        (Sandbox::with_both_seeds(), "answers_two", 1200),
        (with_history(), "answers_hostile", 1200),
    ] {
        let Some(server) = Server::shared(&sandbox) else { return };
        match database {
            "answers_hostile" => server.load_history(&sandbox, database),
            _ => server.load(&sandbox, database),
        }
        let found = check_reports(&sandbox.path("onrecord.db"), &server, database);
        assert!(found > rows, "{database}: {found}");
    }
}

#[test]
fn formats_conditions_orders_and_errors_are_those_of_the_file() {
    let sandbox = Sandbox::with_both_seeds();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load(&sandbox, "asked");
    let url = server.url("asked");
    for format in ["table", "csv", "tsv", "json", "ndjson", "markdown", "html"] {
        for name in ["figures", "history", "tie-outs"] {
            let said = same(&sandbox, &url, &["report", name, "--format", format]);
            assert!(said.code == 0 && said.out.lines().count() > 10, "{name} {format}");
        }
    }
    for (asked, code) in [
        ("", 0),
        ("figures --chart", 0),
        ("timeline --format svg", 0),
        ("claims --help", 0),
        ("speakers --limit 5 --record", 0),
        ("corroboration --wide --where origins>1", 0),
        (
            "figures --where unit=USD --order -value --columns claim,qualifier,value,said --format csv",
            0,
        ),
        ("figures --where value>100000 --maybe", 0),
        ("figures --where value>100000", 0),
        ("figures --where value<=0.5", 0),
        ("figures --where value=5", 0),
        ("figures --where value=abc", 0),
        ("figures --where value>many", 3),
        ("figures --where lower>9e3 --format json", 0),
        ("figures --where value=", 0),
        ("figures --where value!=", 0),
        ("figures --where lower=10 --or --where upper=10", 0),
        ("figures --where measure=districts*", 0),
        ("figures --where said~PRÈS", 0),
        ("figures --where said~\\", 0),
        ("figures --where said~'", 0),
        ("figures --where said~%", 0),
        ("figures --where said=:w0", 0),
        ("figures --where valu=5", 3),
        ("claims --where status=disputed,Reported --limit 5", 0),
        ("claims --where status=dispuded", 3),
        ("claims --where place=ghazni-province", 0),
        ("claims --where place=Kabul --format csv", 0),
        ("claims --where claim=soldiers-surrender", 0),
        ("claims --where claim=soldiers-surender", 3),
        ("claims --where claim=a[b]?^*", 0),
        ("claims --where claim=s*", 0),
        ("claims --where happened=2021-06", 0),
        ("claims --where happened>2021-06-15", 0),
        ("claims --where happened>2021-06-15 --maybe", 0),
        ("claims --where happened<2021-06-15 --limit 3", 0),
        ("claims --where text~TALIBAN --limit 4", 0),
        ("claims --order -claim --limit 7", 0),
        ("claims --limit 0", 0),
        ("claims --columns nope", 3),
        ("history --where at>2021-06-30", 0),
        ("history --where at=2021-06", 0),
        ("places --order place --limit 4", 0),
        ("places --where within=Afghanistan", 0),
        ("sources --where kind=article", 0),
        ("tie-outs --where gap>0", 0),
        ("tie-outs --where equation=nothing", 3),
        ("forecasts --where due_latest<today --today 2021-07-01", 0),
        ("nothing", 3),
    ] {
        let args: Vec<&str> = ["report"].into_iter().chain(asked.split_whitespace()).collect();
        let said = same(&sandbox, &url, &args);
        assert_eq!(said.code, code, "{asked}: {}", said.err);
    }
    // What is alike in the column of an order has the order of the report; in a file, that in which it was found.
    let address = ServerAddress::parse(&url, []).unwrap();
    for name in ["claims", "figures", "history", "places"] {
        let options =
            report::Options { today: "2021-07-02".to_owned(), ..report::Options::default() };
        let archive = sandbox.path("onrecord.db");
        let columns = table((&archive).into(), name, &options).columns;
        for (n, column) in columns.iter().enumerate() {
            for order in [column.clone(), format!("-{column}")] {
                let options = report::Options { order: Some(order.clone()), ..options.clone() };
                let mut ours = table((&archive).into(), name, &options).rows;
                let mut theirs = table((&address).into(), name, &options).rows;
                assert!(
                    ours.iter().map(|row| &row[n]).eq(theirs.iter().map(|row| &row[n])),
                    "{name} {order}"
                );
                let text = |row: &Vec<_>| format!("{row:?}");
                ours.sort_by_key(text);
                theirs.sort_by_key(text);
                assert!(ours == theirs, "{name} {order}");
            }
        }
    }
    // The SQL that is shown is that of PostgreSQL.
    let shown = sandbox.run(&["-f", &url, "report", "claims", "--sql", "--limit", "2"]).done();
    let (view, asking) = shown.split_once(";\n\n").unwrap();
    assert!(view.contains("AS bigint) AS stale"), "{view}");
    let asked = server.ask("asked", asking);
    assert_eq!(asked.lines().count(), 2, "{asked}");
}

#[test]
fn sql_on_a_server_is_that_of_postgresql_and_only_reads() {
    let sandbox = Sandbox::seeded();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load(&sandbox, "sql");
    let url = server.url("sql");
    let sql = |query: &str| sandbox.run(&["-f", &url, "sql", query, "--format", "json"]);
    assert_eq!(
        sql("SELECT 1 AS a, 1.0::float8 AS b, 1.50 AS c, true AS d, NULL AS e, DATE '2021-07-02' AS f,
             ARRAY[1, 2] AS g, 'a\tb\\' || chr(10) AS h, 12345678901234567 AS i, 'é'::bytea AS j ; ")
        .done(),
        "[\n  {\"a\":1,\"b\":1.0,\"c\":1.5,\"d\":1,\"e\":null,\"f\":\"2021-07-02\",\"g\":\"{1,2}\",\"h\":\"a\\tb\\\\\\n\",\"i\":12345678901234567,\"j\":{\"base64\":\"w6k=\"}}\n]\n"
    );
    let before = server.ask("sql", "SELECT count(*) FROM claims");
    for (query, why) in [
        ("DELETE FROM claims", "it gives no rows, and this command only reads"),
        ("DELETE FROM claims RETURNING id", "cannot execute DELETE in a read-only transaction"),
        (
            "WITH gone AS (DELETE FROM claims RETURNING id) SELECT * FROM gone",
            "read-only transaction",
        ),
        ("SELECT setval('claims_id_seq', 1)", "read-only transaction"),
        ("SELECT 1; SELECT 2", "cannot insert multiple commands"),
        ("COMMIT; DELETE FROM claims", "cannot insert multiple commands"),
        ("COMMIT", "it gives no rows"),
        ("SELECT 1) TO PROGRAM 'true' --", "syntax error"),
        ("SELECT nope FROM claims", "column \"nope\" does not exist (at character 8)"),
        ("SELECT $1::text", "it has parameters"),
        ("EXPLAIN SELECT 1", "hint: write a query that begins with SELECT"),
        ("", "it gives no rows"),
    ] {
        let said = sql(query).failed();
        assert!(said.contains(why), "{query}: {said}");
    }
    assert_eq!(server.ask("sql", "SELECT count(*) FROM claims"), before);
    let said = sandbox.run(&["-f", &url, "sql", "SELECT :a", "-p", "a=1"]).failed();
    assert!(said.contains("SQL on a server has no named parameters"), "{said}");
    // It ends when its time is over, here and at the server.
    let long = "SELECT count(*) FROM pg_sleep(100)";
    let said = sandbox.run(&["-f", &url, "sql", long, "--timeout", "0.5"]).failed();
    assert!(said.contains("stopped: the time limit of --timeout is over"), "{said}");
    let at_work = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%' AND state = 'active' AND pid <> pg_backend_pid()";
    assert_eq!(server.ask("postgres", at_work), "0");
    let began = || server.ask("postgres", at_work) == "1";
    assert_eq!(sandbox.interrupt(&["-f", &url, "sql", long, "--timeout", "0"], began), Some(3));
    assert_eq!(server.ask("postgres", at_work), "0");
    // Rows come one by one: who reads a few does not wait for all, and the memory is that of a few.
    let many = "SELECT i, repeat('x', 1000) FROM generate_series(1, 100000000) AS g(i)";
    let mut command = sandbox.command("sh");
    let program = env!("CARGO_BIN_EXE_onrecord");
    let piped = format!(
        "ulimit -v 1000000; {program} -f \"$1\" sql \"$2\" --format csv --timeout 0 | head -3 | cut -c1-4"
    );
    let read = run(command.args(["-c", &piped, "sh", &url, many]).stdin(Stdio::null()));
    assert_eq!((read.out.as_str(), read.err.as_str()), ("i,re\n1,xx\n2,xx\n", ""));
}

#[test]
fn other_commands_are_refused_with_what_works_there() {
    let sandbox = Sandbox::seeded();
    let url = "postgres://owner@nowhere.invalid/record";
    for args in [
        &["search", "kabul"][..],
        &["show", "kabul"],
        &["check"],
        &["import", "a.toml"],
        &["init"],
        &["seed"],
        &["undo"],
        &["export", "ndjson"],
        &["push", "postgres://h/d"],
        &["report", "add", "mine", "mine.sql"],
        &["report", "remove", "mine"],
    ] {
        sandbox.write("mine.sql", "SELECT 1");
        let said = sandbox.run(&[&["-f", url], args].concat()).failed();
        assert!(
            said.contains("at postgres://owner@nowhere.invalid/record: this works on files alone"),
            "{said}"
        );
        assert!(said.contains("`report` and `sql` work there; "), "{said}");
        assert!(said.contains(&format!("import {url}` makes a file")), "{said}");
    }
    let said = sandbox.run(&["merge", url]).failed();
    assert!(said.contains("cannot merge at postgres://"), "{said}");
    let said = sandbox.run(&["push", "other.db"]).failed();
    assert!(said.contains("cannot push to other.db: it is no server"), "{said}");
    let said = sandbox.run(&["import", "--as", "csv", url]).failed();
    assert!(said.contains("it is a server"), "{said}");
    assert!(sandbox.run(&["-f", url, "completions", "bash"]).done().contains("onrecord"));
    // The variable of the environment names it as well.
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    let said = run(command.arg("info").env("ONRECORD_FILE", url)).failed();
    assert!(said.contains("this works on files alone"), "{said}");
}
