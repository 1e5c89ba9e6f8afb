//! The import of documents: whole or not at all, with every mistake listed, and without effect the
//! second time.

use crate::common::{Sandbox, golden, root};

const TWO: &str = r#"onrecord = 1
[[source]]
key = "wire"
kind = "article"
title = "A wire story"
[[location]]
key = "valley"
name = "The Valley"
kind = "area"
[[measure]]
key = "killed"
title = "People killed"
dimension = "people"
growth = "cumulative"
[[claim]]
key = "mill-burned"
text = "The mill burned down"
kind = "event"
happened = "2021-06-28?"
places = ["valley"]
[[claim.mention]]
source = "wire"
locator = "¶2"
[[claim.figure]]
measure = "killed"
value = 3
out_of = "workers"
[[claim.figure]]
key = "workers"
measure = "killed"
low = 40
qualifier = "at_least"
[[claim.assessment]]
status = "reported"
because = "One source."
evidence = ["wire", { claim = "mill-burned" }, { figure = "workers", locator = "table 1" }]
"#;

#[test]
fn every_mistake_is_listed_with_line_and_column() {
    let sandbox = Sandbox::seeded();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let document = std::fs::read(root().join("tests/documents/mistakes.toml")).unwrap();
    sandbox.write("mistakes.toml", document);
    let said = sandbox.run(&["import", "mistakes.toml"]).failed();
    golden("mistakes.txt", &said);
    let places = said.lines().filter(|line| line.starts_with("mistakes.toml:")).count();
    assert!(places >= 20, "{places}");
    assert!(
        before == std::fs::read(sandbox.path("onrecord.db")).unwrap(),
        "the archive was touched"
    );
}

#[test]
fn mistakes_in_json_are_listed_as_in_toml() {
    let sandbox = Sandbox::empty();
    let json = "{\n \"onrecord\": 1,\n \"claim\": [\n  {\"key\": \"a\", \"text\": \"é\", \"kind\": \"evnt\",\n   \"happened\": \"2021-02-29\", \"kind\": \"event\", \"colour\": 1,\n   \"figure\": [{\"measure\": \"none\", \"value\": true}]}\n ]\n}\n";
    sandbox.write("d.json", json);
    let said = sandbox.run(&["import", "d.json"]).failed();
    assert!(said.contains("error: 6 problems"), "{said}");
    for place in [
        "d.json:4:37:",
        "d.json:5:16:",
        "d.json:5:30:",
        "d.json:5:47:",
        "d.json:6:27:",
        "d.json:6:44:",
    ] {
        assert!(said.contains(place), "{place} is missing in\n{said}");
    }
}

#[test]
fn importing_a_document_again_changes_nothing() {
    let sandbox = Sandbox::empty();
    let first = sandbox.import(TWO);
    assert!(
        first.err.contains("claims: 1 new") && first.err.contains("assessment evidence: 3 new"),
        "{}",
        first.err
    );
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let second = sandbox.import(TWO);
    assert!(!second.err.contains("new") && !second.err.contains("updated"), "{}", second.err);
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap(), "the file changed");
    // A verdict without a moment is identified by its content: here it is the same one, later.
    let later = sandbox
        .command(env!("CARGO_BIN_EXE_onrecord"))
        .env("SOURCE_DATE_EPOCH", "1999999999")
        .args(["import", "document.toml"])
        .output()
        .unwrap();
    assert!(later.status.success());
    assert_eq!(sandbox.ask("select count(*) from assessments"), "1");
}

#[test]
fn a_changed_field_is_updated_and_leaves_a_revision() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(TWO).done();
    let said = sandbox.import(&TWO.replace("The mill burned down", "The mill burned in part")).err;
    assert!(said.contains("claims: 1 updated"), "{said}");
    assert_eq!(
        sandbox.ask("select table_name || ',' || row_key || ',' || column_name || ',' || was || ',' || by from changes"),
        "\"claims,mill-burned,text,The mill burned down,reporter\""
    );
    assert_eq!(sandbox.ask("select editor is null from archive"), "1");
    assert!(sandbox.run(&["search", "part"]).done().contains("mill-burned"));
    assert!(sandbox.run(&["search", "down"]).err.contains("nothing found"));
}

#[test]
fn a_problem_in_one_document_keeps_all_from_being_imported() {
    let sandbox = Sandbox::empty();
    sandbox.write("good.toml", TWO);
    sandbox.write("bad.toml", "onrecord = 1\n[[claim]]\nkey = \"x\"\n");
    let said = sandbox.run(&["import", "good.toml", "bad.toml"]).failed();
    assert!(said.contains("bad.toml:2:1"), "{said}");
    assert_eq!(sandbox.ask("select count(*) from claims"), "0");
}

#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = Sandbox::empty();
    sandbox.write("d.toml", TWO);
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let run = sandbox.run(&["import", "--dry-run", "d.toml"]);
    assert!(
        run.err.contains("claims: 1 new") && run.err.contains("nothing was written"),
        "{}",
        run.err
    );
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

#[test]
fn null_empties_a_field_and_a_missing_field_stays() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(TWO).done();
    let claim = |rest: &str| {
        format!(
            "{{\"onrecord\": 1, \"claim\": [{{\"key\": \"mill-burned\", \"text\": \"The mill burned down\", \"kind\": \"event\"{rest}}}]}}"
        )
    };
    sandbox.write("silent.json", claim(""));
    assert!(sandbox.run(&["import", "silent.json"]).err.contains("1 there already"));
    assert_eq!(sandbox.ask("select happened from claims"), "2021-06-28?");
    sandbox.write("null.json", claim(", \"happened\": null"));
    assert!(sandbox.run(&["import", "null.json"]).err.contains("1 updated"));
    assert_eq!(sandbox.ask("select happened is null from claims"), "1");
}

#[test]
fn places_inside_each_other_are_refused() {
    let sandbox = Sandbox::empty();
    let place = |key: &str, within: &str| {
        format!(
            "[[location]]\nkey = \"{key}\"\nname = \"{key}\"\nkind = \"area\"\nwithin = \"{within}\"\n"
        )
    };
    let said =
        sandbox.import(&format!("onrecord = 1\n{}{}", place("a", "b"), place("b", "a"))).failed();
    assert!(said.contains("goes round in a circle"), "{said}");
    let _ = sandbox
        .import("onrecord = 1\n[[location]]\nkey = \"a\"\nname = \"A\"\nkind = \"area\"\n")
        .done();
    let _ = sandbox.import(&format!("onrecord = 1\n{}", place("b", "a"))).done();
    let said = sandbox.import(&format!("onrecord = 1\n{}", place("a", "b"))).failed();
    assert!(said.contains("location a would lie within itself in "), "{said}");
    assert!(said.contains("onrecord.db, through the places that hold it"), "{said}");
    assert_eq!(sandbox.ask("select within_id is null from locations where key = 'a'"), "1");
}

#[test]
fn an_imported_export_has_the_history_of_its_archive_and_no_other() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "UPDATE claims SET note = 'a' WHERE id = 1; UPDATE claims SET note = 'b' WHERE id = 1; UPDATE claims SET note = 'a' WHERE id = 1;
         UPDATE qualifiers SET below_factor = 0.2 WHERE code = 'about';
         CREATE VIEW report_mine AS SELECT key FROM claims;",
    )
    .unwrap();
    drop(conn);
    let export = sandbox.run(&["export", "ndjson"]).done();
    let other = Sandbox::empty();
    other.write("e.ndjson", &export);
    let _ = other.run(&["import", "e.ndjson"]).done();
    assert!(export == other.run(&["export", "ndjson"]).done(), "the export of the import differs");
    assert_eq!(other.ask("select count(*) from revisions"), "5");
    assert_eq!(other.ask("select below_factor from qualifiers where code = 'about'"), "0.2");
    assert!(other.run(&["report", "mine", "--limit", "1"]).done().starts_with("key"));
    // A second import doubles nothing.
    let _ = other.run(&["import", "e.ndjson"]).done();
    assert!(export == other.run(&["export", "ndjson"]).done());
}

#[test]
fn an_export_cannot_smuggle_statements_in() {
    for sql in [
        "DROP TABLE claims",
        "CREATE VIEW report_x AS SELECT 1; DELETE FROM sources",
        "CREATE TRIGGER report_x AFTER INSERT ON claims BEGIN SELECT 1; END",
    ] {
        let sandbox = Sandbox::seeded();
        sandbox.write(
            "e.ndjson",
            format!("{{\"table\": \"views\", \"name\": \"report_x\", \"sql\": \"{sql}\"}}\n"),
        );
        let run = sandbox.run(&["import", "e.ndjson", "--with-reports", "x"]);
        assert_eq!(sandbox.ask("select count(*) > 30 from sources"), "1", "{sql}");
        assert_eq!(
            sandbox.ask(
                "select count(*) from sqlite_schema where name = 'report_x' and type = 'trigger'"
            ),
            "0"
        );
        assert!(run.code == 3, "{sql}: {}{}", run.out, run.err);
    }
}

#[test]
fn large_numbers_keep_every_digit() {
    let sandbox = Sandbox::empty();
    let figure = |value: &str| {
        format!(
            "onrecord = 1\n[[measure]]\nkey = \"m\"\ntitle = \"t\"\ndimension = \"people\"\ngrowth = \"level\"\n[[claim]]\nkey = \"c\"\ntext = \"x\"\nkind = \"quantity\"\n[[claim.figure]]\nmeasure = \"m\"\nvalue = {value}\n"
        )
    };
    let _ = sandbox.import(&figure("9007199254740992")).done();
    let _ = sandbox.import(&figure("9007199254740993")).done();
    assert_eq!(sandbox.ask("select value from figures"), "9007199254740993");
    for bad in ["0x99999999999999999999", "99999999999999999999", "nan", "inf"] {
        let said = sandbox.import(&figure(bad)).failed();
        assert!(said.contains("document.toml:13:9"), "{bad}: {said}");
    }
}

#[test]
fn evidence_found_later_is_added() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(TWO).done();
    let more = TWO
        .replace("evidence = [\"wire\",", "evidence = [\"wire\", \"desk\", \"claim:mill-burned\",");
    let said = sandbox.import(&more).err;
    assert!(
        said.contains("assessments: 1 there already")
            && said.contains("assessment evidence: 1 new, 4 there already"),
        "{said}"
    );
}

#[test]
fn a_record_that_is_there_needs_only_what_changes() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(TWO).done();
    let said = sandbox.import("onrecord = 1\n[[claim]]\nkey = \"mill-burned\"\nnote = \"seen\"\n[[claim.assessment]]\nstatus = \"disputed\"\nbecause = \"Another says not.\"\n[[assessment]]\nclaim = \"mill-burned\"\nat = \"2021-07-01T00:00:00Z\"\nstatus = \"refuted\"\nbecause = \"Seen standing.\"\n").err;
    assert!(said.contains("claims: 1 updated") && said.contains("assessments: 2 new"), "{said}");
    assert_eq!(sandbox.ask("select text from claims"), "The mill burned down");
}

#[test]
fn a_document_changes_neither_title_nor_desk_of_an_archive_in_use() {
    let sandbox = Sandbox::new();
    let _ = sandbox.run(&["init", "--title", "Ours"]).done();
    let _ = sandbox.run(&["seed"]).done();
    assert_eq!(sandbox.ask("select title from archive"), "Ours");
    let _ =
        sandbox.import("onrecord = 1\n[archive]\ntitle = \"Theirs\"\ndesk = \"reuters\"\n").done();
    assert_eq!(sandbox.ask("select title || ' ' || desk from archive"), "Ours desk");
}

/// Long chains, many wrong references, many mentions of one source: none may grow with its square
/// (benches/import.sh measures it).
#[test]
fn long_chains_and_thousands_of_records_are_read() {
    use std::fmt::Write;
    let sandbox = Sandbox::empty();
    let mut text = String::from("onrecord = 1\n");
    for n in (0..4000).rev() {
        let within = if n > 0 { format!("within = \"p{}\"\n", n - 1) } else { String::new() };
        write!(text, "[[location]]\nkey = \"p{n}\"\nname = \"P\"\nkind = \"area\"\n{within}")
            .unwrap();
    }
    sandbox.write("chain.toml", &text);
    assert!(
        sandbox.run(&["import", "--dry-run", "chain.toml"]).err.contains("locations: 4000 new")
    );
    sandbox.write("lost.toml", text.replace("within = \"p", "within = \"q"));
    assert!(sandbox.run(&["import", "lost.toml"]).err.contains("3999 problems"));
    let mut text =
        String::from("onrecord = 1\n[[source]]\nkey = \"s\"\nkind = \"page\"\ntitle = \"S\"\n");
    for n in 0..4000 {
        write!(text, "[[claim]]\nkey = \"c{n}\"\ntext = \"C\"\nkind = \"event\"\n[[claim.mention]]\nsource = \"s\"\n[[claim.assessment]]\nstatus = \"reported\"\nbecause = \"x\"\n").unwrap();
    }
    sandbox.write("many.toml", &text);
    assert!(sandbox.run(&["import", "many.toml"]).err.contains("mentions: 4000 new"));
}

#[test]
fn a_change_is_checked_together_with_the_rest_of_the_row() {
    let sandbox = Sandbox::seeded();
    let figure = "soldiers-surrender-soldiers-surrendered";
    let said = sandbox
        .run(&["add", "figure", "--key", figure, "--qualifier", "none", "--update"])
        .failed();
    assert!(said.contains("has a number"), "{said}");
    let said = sandbox.run(&["add", "figure", "--key", figure, "--value", "", "--update"]).failed();
    assert!(said.contains("no value, low or high"), "{said}");
    let said = sandbox
        .run(&["add", "location", "--key", "muqur-ghazni", "--lat", "", "--update"])
        .failed();
    assert!(said.contains("lat and lon come together"), "{said}");
    // One coordinate alone may be corrected, since the row has the other.
    let _ = sandbox.run(&["add", "location", "--key", "kabul", "--lat", "34.5", "--update"]).done();
    assert_eq!(sandbox.ask("select lat from locations where key = 'kabul'"), "34.5");
    let _ = sandbox
        .run(&[
            "add",
            "place",
            "--claim",
            "muqur-fell",
            "--location",
            "muqur-ghazni",
            "--relation",
            "",
            "--words",
            "here",
            "--update",
        ])
        .done();
    assert_eq!(sandbox.ask("select count(*) from claim_locations where words = 'here'"), "1");
}

#[test]
fn a_new_grade_for_the_same_reason_is_a_new_grade() {
    let sandbox = Sandbox::seeded();
    let grade = |reliability: &str, at: &str| {
        let args = [
            "add",
            "grade",
            "--source",
            "ap",
            "--reliability",
            reliability,
            "--because",
            "routine",
        ];
        crate::common::run(
            sandbox.command(env!("CARGO_BIN_EXE_onrecord")).env("SOURCE_DATE_EPOCH", at).args(args),
        )
        .done()
    };
    let _ = grade("B", "1700000000");
    let _ = grade("C", "1700000001");
    assert_eq!(sandbox.ask("select group_concat(reliability) from source_grades"), "\"B,C\"");
    assert_eq!(sandbox.ask("select reliability from report_sources where source = 'ap'"), "C");
}

#[test]
fn reading_an_export_again_leaves_the_file_to_the_byte() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch("CREATE VIEW \"report_by day\" AS SELECT key FROM claims")
        .unwrap();
    sandbox.write("e.ndjson", sandbox.run(&["export", "ndjson"]).done());
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let _ = sandbox.run(&["import", "e.ndjson"]).done();
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    assert!(sandbox.run(&["report", "by day", "--limit", "1"]).done().starts_with("key"));
    let _ = sandbox.run(&["report", "remove", "by day"]).done();
    assert!(!sandbox.run(&["report"]).done().contains("by day"));
}

/// Letters that one keyboard writes for another, and vowel signs, do not hide a word.
#[test]
fn arabic_letters_find_each_other() {
    let sandbox = Sandbox::seeded();
    for (key, text) in
        [("one", "کابل سقوط کرد"), ("two", "كَابُل سقطت"), ("three", "افغانستانی"), ("four", "مسؤول")]
    {
        let _ =
            sandbox.run(&["add", "claim", "--key", key, "--text", text, "--kind", "event"]).done();
    }
    for (words, key) in [
        ("كابل", "one"),
        ("کابل", "one"),
        ("كَابُل", "two"),
        ("افغانستاني", "three"),
        ("مسوول", "four"),
    ] {
        assert!(sandbox.run(&["search", words]).done().contains(key), "{words}");
    }
}

#[test]
fn a_row_is_counted_once_however_often_it_is_named() {
    let sandbox = Sandbox::empty();
    for title in ["Old paper", "Old note"] {
        sandbox.run(&["add", "source", "--kind=article", "--title", title]).done();
    }
    sandbox.write("s.csv", "source,title,source_kind\n,New paper,article\n,Old note,article\n");
    let columns = "text,kind,source,status,because,evidence_source\n";
    let rained = ["Old paper", "New paper", "Old paper"]
        .map(|paper| format!("It rained,event,{paper},confirmed,Seen,Old paper\n"))
        .concat();
    let rows = format!("{columns}{rained}It snowed,event,New paper,,,\n");
    sandbox.write("c.csv", &rows);
    let first = sandbox.run(&["import", "s.csv", "c.csv"]);
    assert_eq!(
        first.err,
        "c.csv:4:1: it repeats what was read before, and adds nothing\n\
         sources: 1 new, 2 there already\nclaims: 2 new\nmentions: 3 new\nassessments: 1 new\n\
         assessment evidence: 1 new\n"
    );
    let again = sandbox.run(&["import", "s.csv", "c.csv"]);
    assert_eq!(
        again.err,
        "c.csv:4:1: it repeats what was read before, and adds nothing\n\
         sources: 3 there already\nclaims: 2 there already\nmentions: 3 there already\n\
         assessments: 1 there already\nassessment evidence: 1 there already\n"
    );
    // What a rejected row would have added is new with the next one.
    let poured = "It poured,event,Third paper,article,not a date\nIt poured,event,Third paper,article,2024\n";
    sandbox.write("d.csv", format!("text,kind,source,source_kind,happened\n{poured}"));
    let said = sandbox.run(&["import", "d.csv", "--keep-going"]).err;
    assert!(said.contains("sources: 1 new, 1 rejected\nclaims: 1 new, 1 rejected\n"), "{said}");
    // So is what a row found that was taken back, since it contradicts another.
    let held = "claim,text,source\nx,One,New paper\nx,Two,Old note\ny,Three,Old note\n";
    sandbox.write("e.csv", held);
    let said = sandbox.run(&["import", "e.csv", "--keep-going"]).err;
    assert!(said.contains("sources: 2 there already, 1 rejected\n"), "{said}");
}

/// A row that does not say what tells two records of a name apart fits both, wherever it stands.
#[test]
fn a_row_that_fits_several_is_refused_in_any_order_of_lines() {
    let header = "text,kind,happened\n";
    let [open, june, july] =
        ["Bridge hit,event,", "Bridge hit,event,2021-06", "Bridge hit,event,2021-07"];
    for rows in [
        [open, june, july],
        [open, july, june],
        [june, open, july],
        [july, open, june],
        [june, july, open],
        [july, june, open],
    ] {
        let sandbox = Sandbox::empty();
        sandbox.write("t.csv", format!("{header}{}\n", rows.join("\n")));
        let error = sandbox.run(&["import", "t.csv"]).failed();
        assert!(error.contains("t.csv:4: column text: "), "{rows:?}: {error}");
        let says = match rows[2] == open {
            true => "2 claims are called \"Bridge hit\"",
            false => {
                "was taken for claim bridge-hit, though one of the two says nothing of happened"
            }
        };
        assert!(error.contains(says), "{error}");
        assert_eq!(sandbox.ask("SELECT count(*) FROM claims"), "0");
    }
    // Two of them leave nothing open, and a row that says which it is neither.
    let sandbox = Sandbox::empty();
    for rows in [[open, june].join("\n"), [june, july].join("\n")] {
        sandbox.write("t.csv", format!("{header}{rows}\n"));
        let _ = sandbox.run(&["import", "t.csv"]).done();
    }
    assert_eq!(sandbox.ask("SELECT count(*) FROM claims"), "2");
    let places = "text,kind,place,place_kind,lat,lon\nA,event,Shah,village,,\nB,event,Shah,village,34.5,69.1\n\
        C,event,Shah,village,36.1,68.2\n";
    sandbox.write("p.csv", places);
    let error = sandbox.run(&["import", "p.csv"]).failed();
    assert!(
        error.contains("p.csv:4: column place: ") && error.contains("says nothing of lat and lon"),
        "{error}"
    );
}

/// A cell that says nothing is no name that rows share.
#[test]
fn a_cell_that_says_that_nothing_is_known_is_no_name() {
    let sandbox = Sandbox::empty();
    let table = |row: &str| {
        let header = "text,kind,source,source_kind,outlet,speaker,speaker_kind,place,place_kind\n";
        sandbox.write("t.csv", format!("{header}{row}\n"));
    };
    let row = "A,event,Paper,article,Press,Smith,person,Town,town";
    for (name, column) in [
        ("A", "text"),
        ("Paper", "source"),
        ("Press", "outlet"),
        ("Smith", "speaker"),
        ("Town", "place"),
    ] {
        for word in ["n/a", "Unknown", "-", "NULL", "#N/A", "Untitled", "None"] {
            table(&row.replacen(name, word, 1));
            let error = sandbox.run(&["import", "t.csv"]).failed();
            let says = match column {
                "text" => "states nothing; `--na ",
                _ => "is no name; `--na ",
            };
            assert!(error.contains(&format!("column {column}: \"{word}\" {says}")), "{error}");
        }
    }
    table(&row.replace("Press", "n/a").replace("Smith,person", "Unknown,"));
    let _ = sandbox.run(&["import", "t.csv", "--na", "n/a", "--na", "Unknown"]).done();
    assert_eq!(
        sandbox.ask("SELECT count(*) FROM sources WHERE outlet IS NULL AND key = 'paper'"),
        "1"
    );
    assert_eq!(sandbox.ask("SELECT count(*) FROM mentions WHERE speaker_id IS NULL"), "1");
    // One that is known for having no name is called as it is called.
    table(&row.replace("Smith,person", "Unknown,unnamed").replacen('A', "B", 1));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    assert_eq!(
        sandbox.ask("SELECT count(*) FROM sources WHERE kind = 'unnamed' AND title = 'Unknown'"),
        "1"
    );
}

/// A further name of a cell takes over nothing that is of one alone.
#[test]
fn what_is_of_one_source_is_not_copied_to_another() {
    let sandbox = Sandbox::empty();
    for (column, value, says) in [
        ("author", "Smith", "this cannot be of 2 at once"),
        ("quote", "We left", "this cannot be in 2 sources at once"),
        ("locator", "p. 3", "this cannot be in 2 sources at once"),
    ] {
        sandbox.write(
            "t.csv",
            format!("text,kind,source,source_kind,{column}\nA,event,One; Two,report,{value}\n"),
        );
        let error = sandbox.run(&["import", "t.csv", "--split", "source=;"]).failed();
        assert!(error.contains(&format!("column {column}: {says}")), "{error}");
    }
    sandbox.write("t.csv", "text,kind,place,place_kind,lat,lon\nA,event,One; Two,town,5,6\n");
    let error = sandbox.run(&["import", "t.csv", "--split", "place=;"]).failed();
    assert!(error.contains("column lat: this cannot be of 2 at once"), "{error}");
    sandbox.write("t.csv", "text,kind,source,source_kind,outlet\nA,event,One; Two,report,Press\n");
    let _ = sandbox.run(&["import", "t.csv", "--split", "source=;"]).done();
    assert_eq!(sandbox.ask("SELECT count(*) FROM sources WHERE outlet = 'Press'"), "2");
}

/// Two digits behind a year are a season to a program and a second year to people.
#[test]
fn a_season_in_numbers_is_told_from_two_years() {
    let sandbox = Sandbox::empty();
    let import = |days: &[&str], options: &[&str]| {
        let rows: String = days.iter().map(|day| format!("On {day},event,{day}\n")).collect();
        sandbox.write("t.csv", format!("text,kind,happened\n{rows}"));
        sandbox.run(&[&["import", "t.csv"], options].concat())
    };
    let error = import(&["2019-21"], &[]).failed();
    assert!(
        error.contains("\"2019-21\" is ambiguous: it may be a season, in EDTF (`--dates ymd`), or the years 2019/2021"),
        "{error}"
    );
    let _ = import(&["2019-21"], &["--dates", "ymd"]).done();
    // Days in ISO 8601 beside it settle it, and no two years end before they begin.
    let _ = import(&["2019-22", "2019-06-28"], &[]).done();
    let _ = import(&["2022-21", "2019/2021"], &[]).done();
    assert_eq!(sandbox.ask("SELECT count(*) FROM claims"), "5");
    let error = import(&["Tuesday 28 June 2021"], &[]).failed();
    assert!(error.contains("contradicts itself: 2021-06-28 is a Monday"), "{error}");
}
