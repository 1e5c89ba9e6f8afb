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
            "8,reporter,merge-claims,1,0,2,The same.",
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
    let theirs = sandbox.ask(
        "select o.at = min(c.at) and o.until = max(c.at) and o.at > '2025'
         from (select at, until from report_operations limit 1) as o
         join changes as c on c.operation_id is null",
    );
    assert_eq!(theirs, "1");
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
    assert!(said.contains("\"claim-1\"; did you mean \"claim-0\"?"), "{said}");
    for args in [&["log", "--show", "1.5"][..], &["undo", "x"], &["undo", "0"]] {
        let said = sandbox.run(args).err;
        assert!(said.contains("a whole number from 1 on; `onrecord log` lists them"), "{said}");
    }
    let said = sandbox.run(&["log", "--show", "99"]).failed();
    assert!(said.contains("no operation \"99\"") && said.contains("`onrecord log`"), "{said}");
}

/// The archive as a document, which holds everything that people wrote.
fn document(sandbox: &Sandbox) -> String {
    sandbox.run(&["export", "toml"]).done()
}

/// Runs a command, undoes it, redoes it and undoes it again: the document is what it was before each
/// time, and `check` finds nothing.
#[track_caller]
fn undo_and_redo(sandbox: &Sandbox, args: &[&str]) {
    let before = document(sandbox);
    let _ = sandbox.run(args).done();
    let after = document(sandbox);
    assert!(before != after, "{args:?}");
    for expected in [&before, &after, &before] {
        let _ = sandbox.run(&["undo"]).done();
        let found = document(sandbox);
        let differs = found.lines().zip(expected.lines()).find(|(one, other)| one != other);
        assert!(found == *expected, "{args:?}: {differs:?}");
        sandbox.check_all_but_stale();
    }
}

#[test]
fn every_command_can_be_undone_and_redone() {
    let sandbox = Sandbox::seeded();
    sandbox.write("t.csv", table(600));
    sandbox.write(
        "d.toml",
        "onrecord = 1\n[archive]\ntitle = \"Another title\"\n\
         [[claim]]\nkey = \"muqur-fell\"\ntext = \"Muqur was taken\"\nplaces = [\"kabul\"]\n\
         [[claim.assessment]]\nstatus = \"reported\"\nbecause = \"Read.\"\n",
    );
    sandbox.write("page.html", "x");
    for args in [
        &["add", "claim", "--key", "mine", "--text", "The dam broke", "--kind", "event"][..],
        &["add", "claim", "--key", "muqur-fell", "--text", "Changed", "--update"],
        &["assess", "soldiers-surrender", "disputed", "--because", "x"],
        &["withdraw", "soldiers-surrender", "--because", "x"],
        &["merge-claims", "soldiers-surrender", "muqur-fell", "--because", "x"],
        &["import", "t.csv"],
        &["import", "d.toml"],
        &["seed", "--with", "other-coverage"],
    ] {
        undo_and_redo(&sandbox, args);
    }
    let _ = sandbox.run(&["attach", "un-watchdogs", "page.html"]).done();
    let _ = sandbox.run(&["undo"]).done();
    assert_eq!(sandbox.ask("select count(*) from captures"), "0");
    let _ = sandbox.run(&["undo"]).done();
    let _ = sandbox.run(&["extract", "un-watchdogs", "--output", "copy.html"]).done();
    assert_eq!(std::fs::read_to_string(sandbox.path("copy.html")).unwrap(), "x");
    sandbox.check_all_but_stale();
}

#[test]
fn redo_gives_the_same_ids() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table(3));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let ids = "select group_concat(id || ' ' || key, ' ') from claims";
    let before = sandbox.ask(ids);
    let _ = sandbox.run(&["undo", "--because", "The wrong file."]).done();
    assert_eq!(sandbox.ask("select count(*) from claims"), "0");
    assert!(sandbox.run(&["search", "claim"]).err.contains("nothing found"));
    let _ = sandbox.run(&["undo"]).done();
    assert_eq!(sandbox.ask(ids), before);
    assert!(sandbox.run(&["search", "claim"]).done().contains("claim-2"));
    assert_eq!(
        log(&sandbox, "operation,command,added,changed,removed,because,undoes,undone_by")[..2],
        ["4,undo,0,0,0,,3,", "3,undo,0,0,7,The wrong file.,2,4"]
    );
}

#[test]
fn an_undone_verdict_is_retracted_and_the_one_before_it_holds() {
    let sandbox = Sandbox::seeded();
    let claim = "soldiers-surrender";
    let status = || sandbox.ask(&format!("select status from claims where key = '{claim}'"));
    let _ = sandbox.run(&["assess", claim, "disputed", "--because", "x"]).done();
    assert_eq!(status(), "disputed");
    let undone = sandbox.run(&["undo", "--because", "The wrong claim."]);
    assert!(
        undone.err.contains("undid operation 3 (assess): 1 verdict retracted"),
        "{}",
        undone.err
    );
    assert_eq!((undone.code, status().as_str()), (0, "unverified"));
    // It stays on record, with the reason.
    let rows = sandbox.ask(
        "select group_concat(status || ' ' || holds || coalesce(' ' || substr(retracted, 23), ''), ', ')
         from report_history where claim = 'soldiers-surrender'",
    );
    assert_eq!(rows, "\"unverified 1, disputed 0 The wrong claim.\"");
    let shown = sandbox.run(&["show", claim]).done();
    assert!(shown.contains("The wrong claim."), "{shown}");
    assert!(!document(&sandbox).contains("status = \"disputed\""));
    let _ = sandbox.run(&["undo"]).done();
    assert_eq!(status(), "disputed");
    // The only verdict on a claim.
    let add = ["add", "claim", "--key", "mine", "--text", "The dam broke", "--kind", "event"];
    let _ = sandbox.run(&add).done();
    let _ = sandbox.run(&["assess", "mine", "confirmed", "--because", "x"]).done();
    let _ = sandbox.run(&["undo"]).done();
    assert_eq!(sandbox.ask("select status from claims where key = 'mine'"), "unassessed");
    sandbox.check_all_but_stale();
}

#[test]
fn what_stands_on_an_operation_is_named_and_nothing_is_changed() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table(2));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let refused = |operation: &str, reasons: &[&str]| {
        let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
        let said = sandbox.run(&["undo", operation]).failed();
        for reason in reasons {
            assert!(said.contains(reason), "{reason}: {said}");
        }
        assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    };
    let _ = sandbox.run(&["assess", "claim-1", "reported", "--because", "x"]).done();
    refused("2", &["cannot undo operation 2 (import)", "assessment claim-1 | desk"]);
    let note = ["add", "claim", "--key", "claim-0", "--note", "n", "--update"];
    let _ = sandbox.run(&note).done();
    refused("2", &["note of claims claim-0 was changed since, by operation 4 (add)"]);
    let _ = sandbox.run(&["undo", "4"]).done();
    let _ = sandbox.run(&["undo", "3"]).done();
    let conn = sandbox.other_tool();
    conn.execute_batch("UPDATE sources SET note = 'n' WHERE key = 'morning-news'").unwrap();
    drop(conn);
    refused("2", &["note of sources morning-news was changed since, by another tool"]);
    refused("3", &["operation 3 (assess) is undone already, by operation 6", "`onrecord undo 6`"]);
    refused("1", &["the archive names desk as its desk"]);
    refused("99", &["no operation \"99\"", "`onrecord log` lists them"]);
}

#[test]
fn a_value_is_given_back_unless_it_was_changed_again() {
    let sandbox = Sandbox::seeded();
    let change = |field: &'static str, to: &'static str| {
        let args = ["add", "claim", "--key", "muqur-fell", field, to, "--update"];
        let _ = sandbox.run(&args).done();
    };
    change("--text", "First");
    change("--note", "Another field.");
    change("--text", "Second");
    let said = sandbox.run(&["undo", "3"]).failed();
    assert!(said.contains("text of claims muqur-fell was changed since, by operation 5"), "{said}");
    // The later change stands on no earlier one.
    let _ = sandbox.run(&["undo", "5"]).done();
    assert_eq!(sandbox.ask("select text from claims where key = 'muqur-fell'"), "First");
    let _ = sandbox.run(&["undo", "3"]).done();
    let held = "select text || ' ' || note from claims where key = 'muqur-fell'";
    assert_eq!(sandbox.ask(held), "Muqur district fell to the Taliban Another field.");
}

#[test]
fn an_operation_is_undone_under_later_ones_that_do_not_stand_on_it() {
    let sandbox = Sandbox::seeded();
    let before = document(&sandbox);
    let add = ["add", "claim", "--key", "mine", "--text", "The dam broke", "--kind", "event"];
    let _ = sandbox.run(&add).done();
    let _ = sandbox.run(&["assess", "mine", "reported", "--because", "x"]).done();
    let update = ["add", "claim", "--key", "muqur-fell", "--text", "Changed", "--update"];
    let _ = sandbox.run(&update).done();
    let _ = sandbox.run(&["undo", "4"]).done();
    // The retracted verdict goes with its claim.
    let _ = sandbox.run(&["undo", "3"]).done();
    let _ = sandbox.run(&["undo", "5"]).done();
    assert!(document(&sandbox) == before);
    let _ = sandbox.run(&["undo", "7"]).done();
    assert!(document(&sandbox).contains("The dam broke"));
    sandbox.check_all_but_stale();
}

#[test]
fn a_renamed_record_is_reached_by_its_old_key_everywhere() {
    let sandbox = Sandbox::seeded();
    let first = document(&sandbox);
    sandbox.write("first.toml", &first);
    let (old, new) = ("soldiers-surrender", "surrender-of-350");
    for pair in [
        [old, new],
        ["cost-in-dollars", "dollars"],
        ["war-cost", "spent"],
        ["kabul", "kabul-city"],
        ["desk", "newsroom"],
    ] {
        let _ = sandbox.run(&["rename", pair[0], pair[1]]).done();
    }
    let renamed = document(&sandbox);
    // The documents of before change nothing and double nothing.
    let again = sandbox.run(&["import", "first.toml"]);
    assert!(!again.err.contains("new") && !again.err.contains("updated"), "{}", again.err);
    assert!(document(&sandbox) == renamed);
    assert_eq!(sandbox.ask("select desk from archive"), "newsroom");
    assert!(sandbox.ask("select group_concat(expression) from equations").contains("dollars"));
    let out = |args: &[&str]| sandbox.run(args).done();
    assert_eq!(out(&["show", old]), out(&["show", new]));
    assert_eq!(out(&["log", "--of", old]), out(&["log", "--of", new]));
    let columns = ["report", "claims", "--columns", "claim", "--format", "csv", "--where"];
    let claims = |condition: &str| out(&[&columns[..], &[condition]].concat());
    assert_eq!(claims(&format!("claim={old}")), format!("claim\n{new}\n"));
    let _ = out(&["assess", old, "reported", "--because", "x", "--by", "desk"]);
    assert_eq!(sandbox.ask("select count(*) from assessments where because = 'x'"), "1");
    let update = ["add", "claim", "--key", old, "--note", "By its old key.", "--update"];
    let _ = out(&update);
    assert!(out(&["show", new]).contains("By its old key."));
    sandbox
        .write("t.csv", format!("claim,kind,source,place\n{old},event,taliban-advance-fr,kabul\n"));
    let _ = out(&["import", "t.csv"]);
    let claim = ["add", "mention", "--claim", old, "--source", "ap", "--locator", "1"];
    let _ = out(&claim);
    let _ = out(&["withdraw", old, "--because", "x"]);
    let _ = out(&["withdraw", old, "--undo"]);
    sandbox.check_all_but_stale();
    // Nothing new may take a former key, and nothing becomes no key.
    let refused = |args: &[&str], words: &str| {
        let said = sandbox.run(args).failed();
        assert!(said.contains(words), "{said}");
    };
    refused(&["rename", "muqur-fell", old], "is a former key of surrender-of-350");
    refused(&["rename", "muqur-fell", new], "another claim has the key");
    refused(&["rename", "muqur-fell", "Muqur fell"], "is not a key");
    refused(&["rename", "nothing", "x"], "\"nothing\"");
    refused(&["rename", new, new], "has this key already");
    let add = ["add", "claim", "--key", old, "--text", "Another", "--kind", "event"];
    refused(&add, "claim soldiers-surrender is there already");
    let conn = sandbox.other_tool();
    let taken = "INSERT INTO claims (key, text, kind) VALUES ('soldiers-surrender', 'x', 'event')";
    assert!(conn.execute_batch(taken).unwrap_err().to_string().contains("alias of another row"));
}

#[test]
fn a_record_takes_its_former_key_back() {
    let sandbox = Sandbox::seeded();
    let before = document(&sandbox);
    undo_and_redo(&sandbox, &["rename", "muqur-fell", "muqur-taken"]);
    let _ = sandbox.run(&["rename", "muqur-fell", "muqur-taken"]).done();
    let _ = sandbox.run(&["rename", "muqur-taken", "muqur-fell"]).done();
    let alias =
        "\n[[alias]]\ntable_name = \"claims\"\nalias = \"muqur-taken\"\nkey = \"muqur-fell\"\n";
    assert!(document(&sandbox) == before + alias);
    assert_eq!(sandbox.ask("select group_concat(alias) from aliases"), "muqur-taken");
    sandbox.check_all_but_stale();
}

#[test]
fn records_that_are_one_are_merged_and_apart_again() {
    let sandbox = Sandbox::seeded();
    sandbox.write("first.toml", document(&sandbox));
    for args in [
        ["merge-sources", "zaher-shah-nekmal", "ghazni-health-directorate"],
        ["merge-sources", "desk", "ap"],
        ["merge-places", "east-afghanistan", "central-afghanistan"],
        ["merge-places", "central-afghanistan", "north-afghanistan"],
        ["merge-claims", "soldiers-surrender", "weapons-seized"],
        ["merge-claims", "third-of-country-held", "districts-under-taliban"],
    ] {
        undo_and_redo(&sandbox, &args);
        let _ = sandbox.run(&args).done();
        let merged = document(&sandbox);
        // The record that went does not come back with the document that brought it.
        let _ = sandbox.run(&["import", "first.toml"]).done();
        let found = document(&sandbox);
        let differs = found.lines().zip(merged.lines()).find(|(one, other)| one != other);
        assert!(found == merged, "{args:?}: {differs:?}");
        sandbox.check_all_but_stale();
        let _ = sandbox.run(&["undo"]).done();
    }
    assert_eq!(sandbox.ask("select count(*) from aliases"), "0");
}

#[test]
fn a_merge_keeps_what_both_say_and_names_what_it_leaves() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import(
            "onrecord = 1\n\
             [[source]]\nkey = \"one\"\nkind = \"page\"\ntitle = \"News\"\nauthor = \"Ann\"\n\
             [[source]]\nkey = \"two\"\nkind = \"page\"\ntitle = \"The news\"\n\
             [[location]]\nkey = \"town\"\nname = \"Orbeck\"\nkind = \"town\"\n\
             [[location]]\nkey = \"same\"\nname = \"Orbek\"\nkind = \"town\"\n\
             [[claim]]\nkey = \"c\"\ntext = \"The dam broke\"\nkind = \"event\"\nplaces = [\"town\", \"same\"]\n\
             [[claim.mention]]\nsource = \"one\"\nquote = \"broke\"\n\
             [[claim.mention]]\nsource = \"two\"\n",
        )
        .done();
    let said = sandbox.run(&["merge-sources", "one", "two"]);
    assert_eq!(
        said.err,
        "one is now two: 0 rows moved; 1 row said the same; two took over author\n\
         two keeps its title; that of one was \"News\"\n"
    );
    let mentions = "select count(*) || ' ' || max(quote) from mentions";
    assert_eq!(sandbox.ask(mentions), "1 broke", "the mention that stays has the quote");
    let _ = sandbox.run(&["merge-places", "same", "town"]).done();
    assert_eq!(sandbox.ask("select group_concat(name) from location_names"), "Orbek");
    assert_eq!(sandbox.ask("select count(*) from claim_locations"), "1");
    let _ = sandbox.run(&["undo"]).done();
    let _ = sandbox.run(&["undo", "3"]).done();
    // Two rows that would be one and differ.
    let more =
        ["add", "mention", "--claim", "c", "--source", "two", "--quote", "burst", "--update"];
    let _ = sandbox.run(&more).done();
    let refused = sandbox.run(&["merge-sources", "one", "two"]).failed();
    assert!(
        refused.contains("mention c | one would be recorded twice, with another quote"),
        "{refused}"
    );
    let within = ["add", "location", "--key", "same", "--within", "town", "--update"];
    let _ = sandbox.run(&within).done();
    let refused = sandbox.run(&["merge-places", "town", "same"]).failed();
    assert!(refused.contains("location same lies within the other"), "{refused}");
    sandbox.check_all_but_stale();
}

#[test]
fn measures_that_count_different_things_are_not_merged() {
    let sandbox = Sandbox::seeded();
    let refused = sandbox.run(&["merge-measures", "war-cost", "war-duration"]).failed();
    assert!(refused.contains("their dimension is money and duration"), "{refused}");
    let _ = sandbox
        .import(
            "onrecord = 1\n\
             [[measure]]\nkey = \"hurt\"\ntitle = \"Hurt\"\ndimension = \"people\"\ngrowth = \"level\"\n\
             [[measure]]\nkey = \"injured\"\ntitle = \"Injured\"\ndimension = \"people\"\ngrowth = \"level\"\n\
             [[figure]]\nclaim = \"muqur-fell\"\nmeasure = \"hurt\"\nvalue = 5\n\
             [[equation]]\nkey = \"five\"\nexpression = \"hurt = 5\"\n",
        )
        .done();
    let _ = sandbox.run(&["merge-measures", "hurt", "injured"]).done();
    assert_eq!(sandbox.ask("select expression from equations where key = 'five'"), "injured = 5");
    let _ = sandbox.run(&["undo"]).done();
    undo_and_redo(&sandbox, &["merge-measures", "hurt", "injured"]);
}

#[test]
fn a_record_entered_by_mistake_is_deleted_with_its_parts() {
    let sandbox = Sandbox::seeded();
    undo_and_redo(&sandbox, &["delete", "troops-tired", "--because", "Entered by mistake."]);
    let said = sandbox.run(&["delete", "troops-tired", "--because", "Entered by mistake."]);
    assert!(said.err.contains("deleted claim troops-tired, with 4 rows"), "{}", said.err);
    let gone = "select count(*) from assessments where because like '%complaint of troops that are not named, which%'";
    assert_eq!(sandbox.ask(gone), "0");
    assert_eq!(log(&sandbox, "command,removed,because")[0], "delete,5,Entered by mistake.");
    let refused = |key: &str, words: &[&str]| {
        let before = document(&sandbox);
        let said = sandbox.run(&["delete", key, "--because", "x"]).failed();
        for word in words {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(document(&sandbox) == before);
    };
    refused(
        "soldiers-surrender",
        &["evidence of assessment units-surrendered", "onrecord withdraw"],
    );
    refused("kabul", &["others refer to it", "place soldiers-surrender | near | kabul"]);
    refused("cost-in-dollars", &["equation exchange-rates-agree names the figure"]);
    refused("desk", &["the archive names desk as its desk"]);
    refused("nothing", &["\"nothing\""]);
    sandbox.check_all_but_stale();
}

#[test]
fn former_keys_and_retractions_travel_with_the_archive() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["rename", "soldiers-surrender", "surrender"]).done();
    let _ = sandbox.run(&["merge-sources", "officials", "security-source"]).done();
    let _ = sandbox.run(&["assess", "muqur-fell", "disputed", "--because", "x"]).done();
    let _ = sandbox.run(&["undo", "--because", "The wrong claim."]).done();
    let export = sandbox.run(&["export", "ndjson"]).done();
    assert_eq!(export.matches("{\"table\":\"aliases\"").count(), 2);
    // The retraction, and the operation.
    assert_eq!(export.matches("\"because\":\"The wrong claim.\"").count(), 2);
    let document = document(&sandbox);
    let restored = Sandbox::empty();
    restored.write("e.ndjson", &export);
    let _ = restored.run(&["import", "e.ndjson"]).done();
    assert!(restored.run(&["export", "ndjson"]).done() == export);
    assert_eq!(log(&restored, "command")[0], "restore");
    let said = restored.run(&["undo"]).failed();
    assert!(said.contains("it took a whole export over"), "{said}");
    assert!(restored.run(&["export", "ndjson"]).done() == export);
    let merged = Sandbox::empty();
    let _ = merged.run(&["add", "source", "--kind", "report", "--title", "Ours"]).done();
    let theirs = sandbox.path("onrecord.db").display().to_string();
    let _ = merged.run(&["merge", &theirs, "--desk-as", "desk"]).done();
    for other in [&restored, &merged] {
        assert_eq!(other.ask("select status from claims where key = 'muqur-fell'"), "reported");
        let shown = other.run(&["show", "soldiers-surrender"]).done();
        assert!(shown.starts_with("claim surrender"), "{shown}");
        assert!(other.run(&["show", "officials"]).done().starts_with("source security-source"));
        other.write("d.toml", &document);
        let again = other.run(&["import", "d.toml"]);
        // An archive without a title takes that of the document.
        let mut tallies = again.err.lines().filter(|line| !line.starts_with("archive: "));
        assert!(tallies.all(|line| line.ends_with(" there already")), "{}", again.err);
        // A record that was merged away says nothing, and that is told.
        other.write(
            "officials.toml",
            "onrecord = 1\n[[source]]\nkey = \"officials\"\nkind = \"unnamed\"\ntitle = \"X\"\n",
        );
        let told = other.run(&["import", "officials.toml"]);
        assert!(
            told.err.contains("source officials was merged into security-source"),
            "{}",
            told.err
        );
        assert_eq!(other.ask("select count(*) from sources where title = 'X'"), "0");
        // An edge that was written from a record to itself is a mistake, whatever was merged.
        let edge = "onrecord = 1\n[[link]]\nfrom = \"surrender\"\nrelation = \"supports\"\nto = \"surrender\"\n";
        assert!(other.import(edge).failed().contains("links a claim to itself"));
        let nothing = "onrecord = 1\n[[link]]\nrelation = \"supports\"\n";
        let _ = other.import(nothing).failed();
        other.check_all_but_stale();
    }
    let one = "select count(*) from claims where text like '350 Afghan soldiers%'";
    // A copy takes the new key over, and one that renamed another record keeps that.
    let other = Sandbox::seeded();
    let _ = other.run(&["rename", "kabul", "kabul-city"]).done();
    let _ = other.run(&["delete", "officials", "--because", "x"]);
    let _ = other.run(&["merge-sources", "officials", "security-source"]).done();
    let _ = other.run(&["merge", &theirs]).done();
    assert_eq!(other.ask(one), "1");
    assert!(other.run(&["show", "soldiers-surrender"]).done().starts_with("claim surrender"));
    assert!(other.run(&["show", "kabul"]).done().starts_with("location kabul-city"));
    other.check_all_but_stale();
    // What was merged there is not merged here by itself.
    let said = Sandbox::seeded().run(&["merge", &theirs]);
    let what =
        "source officials: it was merged into security-source there; `onrecord merge-sources";
    assert!(said.code != 0 && said.err.contains(what), "{}", said.err);
    // A copy in which the same record was renamed otherwise is a conflict, not a double.
    for (prefer, key) in [(None, ""), (Some("ours"), "troops"), (Some("theirs"), "surrender")] {
        let other = Sandbox::seeded();
        let _ = other.run(&["rename", "soldiers-surrender", "troops"]).done();
        let _ = other.run(&["merge-sources", "officials", "security-source"]).done();
        let Some(prefer) = prefer else {
            let said = other.run(&["merge", &theirs]);
            let what = "claim troops: it was renamed surrender there and troops here";
            assert!(said.code != 0 && said.err.contains(what), "{}", said.err);
            assert_eq!(other.ask(one), "1");
            continue;
        };
        let _ = other.run(&["merge", &theirs, "--prefer", prefer]).done();
        assert_eq!(other.ask(one), "1");
        let shown = other.run(&["show", "soldiers-surrender"]).done();
        assert!(shown.starts_with(&format!("claim {key}\n")), "{shown}");
        other.check_all_but_stale();
    }
}

#[test]
fn a_place_given_wrongly_is_replaced() {
    let sandbox = Sandbox::seeded();
    let places = "select group_concat(place, ', ') from (
        select relation || ' ' || l.key as place from claim_locations x
        join locations l on l.id = x.location_id join claims c on c.id = x.claim_id
        where c.key = 'soldiers-surrender' order by l.key)";
    assert_eq!(sandbox.ask(places), "near kabul");
    let replace = |more: &[&'static str]| {
        let key = ["add", "claim", "--key", "soldiers-surrender"];
        [&key[..], more, &["--update", "--replace-place"]].concat()
    };
    let args = replace(&["--place", "herat", "--place", "kabul"]);
    undo_and_redo(&sandbox, &args);
    let _ = sandbox.run(&args).done();
    assert_eq!(sandbox.ask(places), "\"at herat, at kabul\"");
    let _ = sandbox.run(&replace(&["--place", "kabul"])).done();
    assert_eq!(sandbox.ask(places), "at kabul");
    let unknown = sandbox.run(&replace(&["--place", "nowhere"])).failed();
    assert!(unknown.contains("\"nowhere\""), "{unknown}");
    assert_eq!(sandbox.ask(places), "at kabul", "nothing is removed");
    let refused = sandbox.run(&replace(&["--note", "x"])).failed();
    assert!(refused.contains("name each place that stays"), "{refused}");
    sandbox.check_all_but_stale();
}

#[test]
fn an_export_carries_the_operations() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table(3));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let text = ["add", "claim", "--key", "claim-1", "--text", "Changed", "--update"];
    let _ = sandbox.run(&text).done();
    let _ = sandbox.run(&["undo", "--because", "Hasty."]).done();
    let _ = sandbox.run(&["delete", "claim-2", "--because", "Entered twice."]).done();
    let _ = sandbox.run(&["rename", "claim-0", "zero"]).done();
    let columns = "command,by,summary,because,added,changed,removed,inputs,carried";
    let done = log(&sandbox, columns);
    let export = sandbox.run(&["export", "ndjson"]).done();

    let restored = Sandbox::empty();
    restored.write("all.ndjson", &export);
    let _ = restored.run(&["import", "all.ndjson"]).done();
    assert!(restored.run(&["export", "ndjson"]).done() == export, "the same archive");
    let carried: Vec<String> =
        log(&restored, columns).into_iter().filter(|line| line.ends_with(",1")).collect();
    let expected: Vec<String> =
        done[..5].iter().map(|line| format!("{}1", line.strip_suffix('0').unwrap())).collect();
    assert_eq!(carried, expected);
    let number = |command: &str| {
        restored
            .ask(&format!("SELECT operation FROM report_operations WHERE command = '{command}'"))
    };
    let undoes = restored.ask("SELECT undoes FROM report_operations WHERE command = 'undo'");
    assert_eq!(undoes, number("add"));
    let deleted = restored.run(&["log", "--show", &number("delete"), "--format", "csv"]).done();
    assert!(deleted.contains("removed,claims,claim-2,text,claim 2\n"), "{deleted}");
    assert!(deleted.contains("removed,mentions,claim-2 | morning-news,source_id,morning-news\n"));
    let said = restored.run(&["undo", &number("rename")]).failed();
    assert!(said.contains("it was done in another archive"), "{said}");
    let said = restored.run(&["undo"]).failed();
    assert!(said.contains("took a whole export over"), "{said}");

    // The same export once more, also into the archive that it came from, brings nothing.
    for archive in [&sandbox, &restored] {
        archive.write("all.ndjson", &export);
        let before = std::fs::read(archive.path("onrecord.db")).unwrap();
        let _ = archive.run(&["import", "all.ndjson"]).done();
        assert!(before == std::fs::read(archive.path("onrecord.db")).unwrap());
    }
    let bad = export.replace("\"command\":\"delete\"", "\"comand\":\"delete\"");
    restored.write("bad.ndjson", bad);
    let said = restored.run(&["import", "bad.ndjson"]).failed();
    assert!(said.contains("bad.ndjson:") && said.contains("unknown field `comand`"), "{said}");
}

#[test]
fn a_merge_takes_the_operations_of_the_other_archive_over() {
    let ours = Sandbox::empty();
    ours.write("t.csv", table(3));
    let _ = ours.run(&["import", "t.csv"]).done();
    let copy = ours.path("copy.db");
    std::fs::copy(ours.path("onrecord.db"), &copy).unwrap();
    let text = |text| {
        ["--file", "copy.db", "add", "claim", "--key", "claim-1", "--text", text, "--update"]
    };
    let _ = ours.run(&text("Changed")).done();
    let _ = ours.run(&["rename", "claim-0", "zero"]).done();
    let _ = ours.run(&["merge", "copy.db"]).done();
    let commands = |sandbox: &Sandbox| log(sandbox, "command,summary,carried");
    assert_eq!(
        commands(&ours),
        [
            "merge,operations: 1 new; claims: 1 updated (claim-1); revisions: 1 new,0",
            "add,claims: 1 updated (claim-1),1",
            "rename,claim claim-0 to zero,0",
            "import,sources: 1 new (morning-news); claims: 3 new; mentions: 3 new,0",
            "init,,0",
        ]
    );
    let before = std::fs::read(ours.path("onrecord.db")).unwrap();
    let _ = ours.run(&["merge", "copy.db"]).done();
    assert!(before == std::fs::read(ours.path("onrecord.db")).unwrap(), "nothing new");
}

#[test]
fn a_merge_is_not_redone_into_a_record_that_is_gone() {
    let sandbox = Sandbox::empty();
    for title in ["One", "Two"] {
        let _ = sandbox.run(&["add", "source", "--kind", "report", "--title", title]).done();
    }
    let _ = sandbox.run(&["merge-sources", "one", "two"]).done();
    let _ = sandbox.run(&["undo"]).done();
    let _ = sandbox.run(&["delete", "two", "--because", "Entered by mistake."]).done();
    let said = sandbox.run(&["undo", "5"]).failed();
    assert!(said.contains("the source with the former key one is not there any more"), "{said}");
    assert!(sandbox.run(&["show", "one"]).done().starts_with("source one"));
    // Nor does a deletion give a former key back that is a key again.
    let _ = sandbox.run(&["undo"]).done();
    let _ = sandbox.run(&["merge-sources", "one", "two"]).done();
    let _ = sandbox.run(&["delete", "two", "--because", "Entered by mistake."]).done();
    let _ = sandbox.run(&["undo", "8"]).done();
    let said = sandbox.run(&["undo", "9"]).failed();
    assert!(said.contains("the former key one is the key of another source by now"), "{said}");
    // What another tool does with the guards dropped is found.
    let tool = sandbox.other_tool();
    tool.execute_batch(
        "DROP TRIGGER aliases_row_insert_guard;
         INSERT INTO aliases (table_name, alias, row_id) VALUES ('claims', 'old', 99)",
    )
    .unwrap();
    let check = sandbox.run(&["check", "references"]);
    assert!(
        check.out.contains("is the former key of a row of claims that is not there"),
        "{}",
        check.out
    );
}

/// A verdict that a merge brought retracted holds no more after the merge is undone, either.
#[test]
fn what_was_brought_retracted_stays_retracted() {
    let ours = Sandbox::empty();
    ours.write("t.csv", table(1));
    let _ = ours.run(&["import", "t.csv"]).done();
    std::fs::copy(ours.path("onrecord.db"), ours.path("copy.db")).unwrap();
    let theirs = ["--file", "copy.db", "assess", "claim-0"];
    let _ = ours.run(&[&theirs[..], &["disputed", "--because", "x"]].concat()).done();
    let _ = ours.run(&[&theirs[..], &["--undo", "--because", "Hasty."]].concat()).done();
    let before = document(&ours);
    let _ = ours.run(&["merge", "copy.db"]).done();
    let retracted = "SELECT count(*) FROM assessment_retractions";
    assert_eq!(ours.ask(retracted), "1");
    let _ = ours.run(&["undo"]).failed();
    assert_eq!((ours.ask(retracted), document(&ours)), ("1".to_owned(), before));
    assert_eq!(ours.ask("SELECT status FROM claims"), "unassessed");
}

/// A retraction that a merge has brought back meanwhile is not put back beside it.
#[test]
fn a_retraction_is_not_put_back_twice() {
    let ours = Sandbox::empty();
    ours.write("t.csv", table(1));
    let _ = ours.run(&["import", "t.csv"]).done();
    let _ = ours.run(&["assess", "claim-0", "disputed", "--because", "x"]).done();
    let _ = ours.run(&["undo", "--because", "Hasty."]).done();
    std::fs::copy(ours.path("onrecord.db"), ours.path("copy.db")).unwrap();
    let _ = ours.run(&["undo"]).done();
    let redone = ours.ask("SELECT max(id) FROM operations");
    let _ = ours.run(&["merge", "copy.db"]).done();
    let (retracted, before) = ("SELECT count(*) FROM assessment_retractions", document(&ours));
    assert_eq!(ours.ask(retracted), "1");
    let _ = ours.run(&["undo", &redone]).done();
    assert_eq!((ours.ask(retracted), document(&ours)), ("1".to_owned(), before));
}

/// A verdict that is retracted again, and once more by a redo, is restored from an export with both.
#[test]
fn an_export_keeps_every_retraction_of_a_verdict() {
    let ours = Sandbox::empty();
    ours.write("t.csv", table(1));
    let _ = ours.run(&["import", "t.csv"]).done();
    let _ = ours.run(&["assess", "claim-0", "disputed", "--because", "x"]).done();
    let _ = ours.run(&["assess", "claim-0", "--undo", "--because", "Hasty."]).done();
    let _ = ours.run(&["undo"]).done();
    let undone = ours.ask("SELECT max(id) FROM operations");
    let _ = ours.run(&["assess", "claim-0", "--undo", "--because", "Wrong."]).done();
    let _ = ours.run(&["undo", &undone]).done();
    let because = "SELECT group_concat(because, ' ') FROM assessment_retractions";
    assert_eq!(ours.ask(because).replace('"', ""), "Hasty. Wrong.");
    let _ = ours.run(&["export", "ndjson", "all.ndjson"]).done();
    let theirs = Sandbox::empty();
    std::fs::copy(ours.path("all.ndjson"), theirs.path("all.ndjson")).unwrap();
    let _ = theirs.run(&["import", "all.ndjson"]).done();
    assert_eq!(theirs.ask(because).replace('"', ""), "Hasty. Wrong.");
}
