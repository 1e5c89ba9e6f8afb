//! A table that is not understood: the command that `import` proposes reads it.

use crate::common::{Run, Sandbox, run};

/// The command that a run proposed.
fn proposed(said: &str) -> Option<&str> {
    said.lines().find_map(|line| line.strip_prefix("  onrecord "))
}

/// Imports a table, which must be refused, and runs the proposed command in a shell.
fn follow(sandbox: &Sandbox, name: &str, table: &str) -> (String, Run) {
    sandbox.write(name, table);
    let said = sandbox.run(&["import", name]).failed();
    let command = proposed(&said).unwrap_or_else(|| panic!("nothing is proposed: {said}"));
    let line = format!("{} {command}", env!("CARGO_BIN_EXE_onrecord"));
    let done = run(sandbox.command("sh").args(["-c", &line]));
    (said, done)
}

fn follow_and_check(sandbox: &Sandbox, name: &str, table: &str) -> String {
    let (said, done) = follow(sandbox, name, table);
    assert_eq!(done.code, 0, "{said}\n{}", done.err);
    sandbox.run(&["check"]).done();
    said
}

#[test]
fn a_spreadsheet_of_a_reporter_loads_at_the_second_try() {
    let sandbox = Sandbox::empty();
    let table = "Claim,Who says it,Where reported,Link,Date,Place,Number,Verdict,Reason\n\
        \"At least 12,000 people came to the square\",Ministry,Note,https://m.example/n,15/03/2025,Oldtown,\"at least 12,000\",Disputed,A count is higher\n\
        \"Between 27,000 and 32,000 people came\",Counters,Estimate,https://c.example/e,16/03/2025,Oldtown,\"27,000-32,000\",Reported,\n\
        A loud noise was heard,Several witnesses,Videos,https://v.example/1,04/03/2025,\"Mill square, Oldtown\",,Unverified,No device found\n\
        56 people were hurt,Ambulance; Hospital,News,https://n.example/e,15/03/2025,Oldtown,56,Reported,Two bodies\n";
    let said = follow_and_check(&sandbox, "t.csv", table);
    for note in [
        "every place would be of the kind area, and \"Mill square, Oldtown\" the name of one",
        "a cell of \"Who says it\" with \";\" would be several names",
        "Number would count people",
        "a verdict without a reason would say so",
        "would be 12000",
    ] {
        assert!(said.contains(note), "{note}: {said}");
    }
    let rows = sandbox.ask(
        "select group_concat(r, ' / ') from (
           select c.text || '|' || c.happened || '|' || c.status || '|' || s.title || '|' || group_concat(p.title, '+') || '|'
             || coalesce((select coalesce(value, low || '-' || high) || qualifier from figures where claim_id = c.id), '-') as r
           from claims c join mentions m on m.claim_id = c.id join sources s on s.id = m.source_id
           join sources p on p.id = m.speaker_id group by c.id order by c.id)",
    );
    assert_eq!(
        rows.replace('"', ""),
        "At least 12,000 people came to the square|2025-03-15|disputed|Note|Ministry|12000at_least / \
         Between 27,000 and 32,000 people came|2025-03-16|reported|Estimate|Counters|27000-32000between / \
         A loud noise was heard|2025-03-04|unverified|Videos|Several witnesses|- / \
         56 people were hurt|2025-03-15|reported|News|Ambulance+Hospital|56exact"
    );
    let reason = "select because from assessments where claim_id = (select id from claims where text like 'Between%')";
    assert_eq!(sandbox.ask(reason), "The table gives no reason");
}

#[test]
fn pairs_of_bounds_become_figures() {
    let sandbox = Sandbox::empty();
    let table = "Region,Date,Location,X,MinTotal,MaxTotal,MinInj,MaxInj,link,Notes\n\
        North,13/01/2006,Damadola ,12,13,22,1,1,https://t.example/1,Missiles hit three houses\n\
        North,4/11/16,Miran,14,4,6,,,https://t.example/2,A drone hit a car\n";
    let said = follow_and_check(&sandbox, "t.csv", table);
    assert!(said.contains("column \"Region\" would be passed over"), "{said}");
    assert!(said.contains("column \"X\" would be passed over"), "{said}");
    assert!(said.contains("--century 20"), "{said}");
    let rows = sandbox.ask(
        "select group_concat(r, ' / ') from (select c.happened || ' ' || m.title || ' ' || f.low || '-' || f.high as r
           from figures f join claims c on c.id = f.claim_id join measures m on m.id = f.measure_id order by f.id)",
    );
    assert_eq!(
        rows.replace('"', ""),
        "2006-01-13 Total 13-22 / 2006-01-13 Inj 1-1 / 2016-11-04 Total 4-6"
    );
    assert_eq!(sandbox.ask("select count(*) from sources where title = url"), "2");
}

#[test]
fn a_table_without_headings_or_marks_around_its_cells_is_read() {
    let sandbox = Sandbox::empty();
    let table = "26.json\tfalse\tSays the \"big\" bridge fell.\tbridges\n\
                 32.json\ttrue\tThe mayor said \"no to it\tpolitics\n";
    let (said, done) = follow(&sandbox, "t.tsv", table);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(said.contains("the first row would be data, not headings"), "{said}");
    let rows = sandbox.ask(
        "select group_concat(text || '=' || status, ' / ') from (select * from claims order by id)",
    );
    assert_eq!(
        rows.trim_matches('"').replace("\"\"", "\""),
        "Says the \"big\" bridge fell.=refuted / The mayor said \"no to it=confirmed"
    );
}

#[test]
fn ends_behind_what_is_counted_are_ends_and_mixed_signs_stay_refused() {
    let sandbox = Sandbox::empty();
    let table = "text,happened,Deaths_low,Deaths_high,Deaths_best\nIt burnt,2021-05-01,3,9,5\n";
    follow_and_check(&sandbox, "t.csv", table);
    let sql = "select group_concat(low || '-' || high || ' ' || value) from figures";
    assert_eq!(sandbox.ask(sql).trim_matches('"'), "3-9 5");
    let table = "text,title,source_kind,speaker,speaker_kind\nA,T,article,X / Y,person\nB,T,article,X; Y,person\n";
    sandbox.write("u.csv", table);
    let said = sandbox.run(&["import", "u.csv"]).failed();
    assert_eq!(proposed(&said), None, "{said}");
}

#[test]
fn a_workbook_is_proposed_for_as_well() {
    let sandbox = Sandbox::empty();
    sandbox.import("onrecord = 1\n[[claim]]\ntext = \"A bridge fell\"\nkind = \"event\"\nhappened = \"2021\"\n").done();
    sandbox.run(&["export", "xlsx", "w.xlsx"]).done();
    let said = sandbox.run(&["import", "w.xlsx", "--map", "text=nothing"]).failed();
    // The mapping that was given is the one thing that is wrong here.
    assert!(said.contains("no field has the name \"nothing\""), "{said}");
    let python = "import openpyxl, sys; b = openpyxl.Workbook(); s = b.active\n\
        for row in [['What was said', 'Dead', 'When'], ['The bridge fell on Sunday', 3, '13/05/2020']]: s.append(row)\n\
        b.save('p.xlsx')";
    if !crate::common::has(&sandbox, "python3", &["-c", "import openpyxl"]) {
        return;
    }
    assert_eq!(run(sandbox.command("python3").args(["-c", python])).code, 0);
    let said = sandbox.run(&["import", "p.xlsx"]).failed();
    let command = proposed(&said).unwrap();
    for part in
        ["'What was said=text'", "Dead=value:Dead", "When=happened", "--set dimension=people"]
    {
        assert!(command.contains(part), "{part}: {command}");
    }
}

#[test]
fn what_was_given_stays_and_what_is_understood_is_left_alone() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", "text,Who,title,Colour\nA b c,Ann,News,red\n");
    let given = ["import", "t.csv", "--map", "Colour=claim_note", "--set", "speaker_kind=person"];
    let said = sandbox.run(&given).failed();
    let command = proposed(&said).unwrap();
    assert_eq!(
        command,
        "import t.csv --map Colour=claim_note --set speaker_kind=person --map Who=speaker_title --set source_kind=report"
    );
    // Nothing to add: nothing is proposed.
    sandbox.write("u.csv", "text,kind\nA,evnt\n");
    assert_eq!(proposed(&sandbox.run(&["import", "u.csv"]).failed()), None);
    // A document has no options.
    assert_eq!(proposed(&sandbox.import("onrecord = 1\n[[claim]]\nkind = \"x\"\n").failed()), None);
}

#[test]
fn a_file_of_another_format_says_what_it_is() {
    let sandbox = Sandbox::empty();
    for (name, bytes, part) in [
        ("a.csv", &b"%PDF-1.4"[..], "cannot import a.csv: this is a PDF"),
        ("b.xls", b"<table>", "save it as .xlsx, .ods or .csv"),
        ("c.csv.gz", b"\x1f\x8b\x08\x00", "packed with gzip"),
    ] {
        sandbox.write(name, bytes);
        let said = sandbox.run(&["import", name]).failed();
        assert!(said.contains(part), "{said}");
        // A format that is named is tried.
        let said = sandbox.run(&["import", "--as", "csv", name]).failed();
        assert!(!said.contains("cannot import"), "{said}");
    }
    let said = sandbox.run(&["import", "onrecord.db"]).failed();
    assert!(said.contains("this is an SQLite file") && said.contains("onrecord merge"), "{said}");
    #[cfg(unix)]
    {
        let made = run(sandbox.command("mkfifo").arg("pipe.csv"));
        assert_eq!(made.code, 0);
        for name in ["pipe.csv", "/dev/zero"] {
            let said = sandbox.run(&["import", name]).failed();
            assert!(said.contains("it is a pipe or a device"), "{said}");
        }
    }
}

#[test]
fn numbers_under_no_heading_are_figures_of_nothing() {
    let sandbox = Sandbox::empty();
    let table = "12.json\tfalse\tThe \"old\" bridge was closed on purpose.\t0\t7\n\
        13.json\ttrue\tThe dam holds more water than in spring.\t4\t9\n";
    let (said, done) = follow(&sandbox, "t.tsv", table);
    assert!(done.code == 0 && !said.contains("=value"), "{said}");
    assert_eq!(
        sandbox.ask("select count(*) || ' ' || (select count(*) from figures) from claims"),
        "2 0"
    );
}

#[test]
fn options_of_tables_are_refused_for_other_formats() {
    let sandbox = Sandbox::empty();
    sandbox.write("d.toml", "onrecord = 1\n");
    for option in [["--fill", "because=x"], ["--dates", "dmy"], ["--header", "a,b"]] {
        let said = sandbox.run(&["import", "d.toml", option[0], option[1]]).failed();
        assert!(said.contains(option[0]), "{said}");
    }
    sandbox.write("t.csv", "text\nA\n");
    let said = sandbox.run(&["import", "t.csv", "--fill", "because=x"]).failed();
    assert!(said.contains("the table has no column because; `--set`"), "{said}");
}
