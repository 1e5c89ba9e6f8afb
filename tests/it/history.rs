//! Operations: what is recorded of each command, and how it is listed.

use crate::common::Sandbox;
use onrecord::model::all_kinds;

/// A table of `number` claims of one source.
fn table(number: usize) -> String {
    let row = |n| format!("claim {n},event,Morning news,report\n");
    let rows: String = (0..number).map(row).collect();
    format!("text,kind,source,source_kind\n{rows}")
}

/// The rows of a report, as CSV without its header.
fn log(sandbox: &Sandbox, columns: &str) -> Vec<String> {
    let args = ["report", "operations", "--columns", columns, "--format", "csv"];
    sandbox.run(&args).done().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn each_command_that_changes_the_archive_is_an_operation() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table(3));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let _ = sandbox.run(&["assess", "claim-1", "reported", "--because", "One source."]).done();
    let _ = sandbox.run(&["withdraw", "claim-2", "--because", "Entered twice."]).done();
    let _ = sandbox.run(&["withdraw", "claim-2", "--undo"]).done();
    let _ = sandbox.run(&["add", "source", "--kind", "report", "--title", "Log"]).done();
    let update = ["add", "source", "--key", "log", "--note", "n", "--update"];
    let _ = sandbox.run(&update).done();
    let _ = sandbox.run(&["merge-claims", "claim-0", "claim-1", "--because", "The same."]).done();
    sandbox.write("page.html", "x");
    let _ = sandbox.run(&["attach", "log", "page.html"]).done();
    sandbox.write("r.sql", "SELECT key FROM claims");
    let _ = sandbox.run(&["report", "add", "mine", "r.sql"]).done();
    let _ = sandbox.run(&["report", "remove", "mine"]).done();
    assert_eq!(
        log(&sandbox, "operation,by,command,added,changed,removed,because"),
        [
            "11,reporter,report --remove,0,0,0,",
            "10,reporter,report --save,0,0,0,",
            "9,reporter,attach,2,0,0,",
            "8,reporter,merge-claims,1,1,0,The same.",
            "7,reporter,add,0,1,0,",
            "6,reporter,add,1,0,0,",
            "5,reporter,withdraw,0,1,0,",
            "4,reporter,withdraw,0,1,0,Entered twice.",
            "3,reporter,assess,1,0,0,One source.",
            "2,reporter,import,7,0,0,",
            "1,reporter,init,1,0,0,",
        ]
    );
}

#[test]
fn an_operation_names_its_inputs_with_their_checksums() {
    let sandbox = Sandbox::empty();
    std::fs::create_dir(sandbox.path("folder")).unwrap();
    sandbox.write("folder/t.csv", table(2));
    sandbox.write("d.toml", "onrecord = 1\n[[source]]\nkind = \"report\"\ntitle = \"Log\"\n");
    let _ = sandbox.run(&["import", "d.toml", "folder/t.csv"]).done();
    let sum = |bytes: &str| onrecord::ops::sha256(bytes.as_bytes());
    let document = std::fs::read_to_string(sandbox.path("d.toml")).unwrap();
    let expected = format!("\"d.toml {}, t.csv {}\"", sum(&document), sum(&table(2)));
    assert_eq!(log(&sandbox, "inputs")[0], expected);
    let sizes = sandbox.ask("select group_concat(bytes, ' ') from operation_inputs");
    assert_eq!(sizes, format!("{} {}", document.len(), table(2).len()));
}

#[test]
fn what_changes_nothing_is_no_operation() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table(2));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let _ = sandbox.run(&["import", "t.csv", "--dry-run"]).done();
    let _ = sandbox.run(&["assess", "claim-1", "nonsense", "--because", "x"]).failed();
    let _ = sandbox.run(&["check", "--repair"]).done();
    assert_eq!(log(&sandbox, "command"), ["import", "init"]);
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

#[test]
fn what_another_tool_did_stands_between_the_operations() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table(2));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let conn = sandbox.other_tool();
    let outside = "INSERT INTO claims (key, text, kind) VALUES ('theirs', 'x', 'event'), ('more', 'y', 'event');
         INSERT INTO location_names (location_id, name) SELECT 1, 'n' WHERE 0;
         UPDATE claims SET note = 'n' WHERE key = 'claim-0';
         UPDATE claims SET text = 'changed' WHERE key = 'claim-0';
         DELETE FROM claims WHERE key = 'more';";
    conn.execute_batch(outside).unwrap();
    drop(conn);
    let add = ["add", "claim", "--key", "last", "--text", "z", "--kind", "event"];
    let _ = sandbox.run(&add).done();
    // The clock of the sandbox stands in the past: what was changed has the clock of the machine,
    // and comes after all operations.
    assert_eq!(
        log(&sandbox, "operation,command,added,changed,removed"),
        [",outside,0,1,1", "3,add,1,0,0", ",outside,1,0,0", "2,import,5,0,0", "1,init,1,0,0"]
    );
    let until = sandbox.ask("select at = until and at > '2025' from report_operations limit 1");
    assert_eq!(until, "1");
}

#[test]
fn every_recorded_table_is_looked_at_for_rows_of_another_tool() {
    let sandbox = Sandbox::empty();
    let sql = "SELECT sql FROM sqlite_schema WHERE name = 'outside_rows'";
    let view: String = sandbox.other_tool().query_row(sql, [], |row| row.get(0)).unwrap();
    let recorded: Vec<&str> =
        all_kinds().filter(|kind| kind.is_recorded()).map(|kind| kind.table).collect();
    assert!(recorded.len() > 15, "{recorded:?}");
    for table in &recorded {
        assert!(view.contains(&format!("JOIN {table} AS t WHERE")), "{table}");
        assert!(view.contains(&format!("SELECT '{table}'")), "{table}");
    }
    assert_eq!(view.matches("AS t WHERE").count(), recorded.len());
}

#[test]
fn the_log_tells_what_an_operation_did_and_what_happened_to_a_record() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table(1));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let update = ["add", "claim", "--key", "claim-0", "--note", "n", "--update"];
    let _ = sandbox.run(&update).done();
    let clear = ["add", "claim", "--key", "claim-0", "--text", "Homes were left", "--update"];
    let _ = sandbox.run(&clear).done();
    let csv = |args: &[&str]| sandbox.run(&[&["log", "--format", "csv"], args].concat()).done();
    assert_eq!(
        csv(&["--show", "2"]),
        "action,table,record,column,was\n\
         added,sources,morning-news,,\n\
         added,claims,claim-0,,\n\
         added,mentions,claim-0 | morning-news,,\n"
    );
    assert_eq!(
        csv(&["--show", "4"]),
        "action,table,record,column,was\nchanged,claims,claim-0,text,claim 0\n"
    );
    let happened = csv(&["--of", "claim-0"]);
    let short: Vec<String> = happened
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            [cells[0], cells[3], cells[4], cells[7], cells[8]].join(" ")
        })
        .collect();
    assert_eq!(
        short,
        [
            "operation command action column was",
            "2 import added  ",
            "3 add changed note ",
            "4 add changed text claim 0"
        ]
    );
    assert_eq!(csv(&["--limit", "1"]).lines().count(), 2);
    let said = sandbox.run(&["log", "--of", "claim-1"]).failed();
    assert!(said.contains("no record \"claim-1\"; did you mean \"claim-0\"?"), "{said}");
    let said = sandbox.run(&["log", "--show", "99"]).failed();
    assert!(said.contains("no operation \"99\"") && said.contains("`onrecord log`"), "{said}");
}
