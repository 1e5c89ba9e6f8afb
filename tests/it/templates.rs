//! Empty tables to fill in: what a spreadsheet program finds in them, and that they are imported.

use crate::common::{Sandbox, root, run};
use onrecord::model::template_kinds;
use std::io::Read;

/// A part of a workbook.
fn part(sandbox: &Sandbox, book: &str, name: &str) -> String {
    let file = std::fs::File::open(sandbox.path(book)).unwrap();
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The worksheet of this name, as XML.
fn worksheet(sandbox: &Sandbox, book: &str, name: &str) -> String {
    let list = part(sandbox, book, "xl/workbook.xml");
    let mut names = list.split("<sheet name=\"").skip(1).map(|rest| rest.split('"').next());
    let number = names.position(|found| found == Some(name)).unwrap();
    part(sandbox, book, &format!("xl/worksheets/sheet{}.xml", number + 1))
}

#[test]
fn every_template_is_imported_as_it_is_and_adds_nothing() {
    let sandbox = Sandbox::seeded();
    let before = sandbox.run(&["export", "ndjson"]).done();
    for kind in template_kinds() {
        let table = kind.table;
        let (plain, book) = (format!("{table}.csv"), format!("{table}.xlsx"));
        // Without an archive the words are those of a new one.
        for file in ["onrecord.db", "none.db"] {
            let run = |out: &str| {
                sandbox.run(&["--file", file, "template", table, "-o", out, "--force"]).done()
            };
            let _ = (run(&plain), run(&book));
            for name in [&plain, &book] {
                let import = sandbox.run(&["import", name]);
                let left = import.err.lines().filter(|line| {
                    line.starts_with(name.as_str())
                        && line.contains(":2:1: the example row of the template was left out")
                });
                // A workbook of several worksheets has an example on each, and names them.
                let along = if name == &book { kind.template_with.len() } else { 0 };
                assert_eq!(import.code, 0, "{}", import.err);
                assert_eq!(left.count(), 1 + along, "{}", import.err);
                let lines = 2 + along + usize::from(along > 0);
                assert_eq!(import.err.lines().count(), lines, "{}", import.err);
            }
        }
        assert_eq!(
            sandbox.run(&["template", table]).done(),
            std::fs::read_to_string(sandbox.path(&plain)).unwrap()
        );
    }
    assert_eq!(sandbox.run(&["export", "ndjson"]).done(), before);
    assert!(!sandbox.path("none.db").exists());
}

#[test]
fn a_template_offers_the_words_of_the_archive_and_keeps_what_is_typed() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["template", "claims", "-o", "new.xlsx"]).done();
    let sheet = worksheet(&sandbox, "new.xlsx", "claims");
    let lists = worksheet(&sandbox, "new.xlsx", "lists");
    let columns = worksheet(&sandbox, "new.xlsx", "columns");
    let styles = part(&sandbox, "new.xlsx", "xl/styles.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:R2\""));
    assert!(sheet.contains("errorStyle=\"warning\"") && sheet.contains(">lists!$"));
    // The drop-downs offer the archive's own, and what is typed on the other worksheets behind them.
    assert!(sheet.contains("OFFSET(lists!$D$3,0,0,MAX(1,20+MIN(500,MAX(COUNTA('places'!$A:$A)"));
    assert!(lists.contains("IF(INDEX('places'!$A:$A,2)&lt;&gt;\"\",INDEX('places'!$A:$A,2),"));
    // The text format, by its number.
    assert!(styles.contains("numFmtId=\"49\""), "{styles}");
    for word in ["Muqur district", ">article<", ">corroborated<", ">per_period<", ">denies<"] {
        assert!(lists.contains(word), "{word}");
    }
    assert!(!lists.contains("unassessed"), "no verdict is that");
    assert!(columns.contains("A new source needs it."), "{columns}");
    // A column says what its record is to the claim.
    for meaning in [
        "The document or footage that carries it",
        "Who says it there, if not the source itself",
        "asserts (unless said), supports, disputes, denies or retracts",
        "By when a forecast or an intention should come true (EDTF)",
        "What it counts.",
        "confirmed needs evidence",
    ] {
        assert!(columns.contains(meaning), "{meaning}");
    }
    assert_eq!(columns.matches("Readable name").count(), 4, "only of its own records");
    // The prompt of a cell is short: the hint ends within it.
    for sheet in [&columns, &sheet] {
        assert!(sheet.contains("uncertain 2024-03-04?") && sheet.contains("Empty: not stated."));
        assert!(sheet.contains("Its unit may stand behind it"));
    }
    let again = sandbox.run(&["template", "claims", "-o", "new.xlsx"]).failed();
    assert!(again.contains("a file is there already"), "{again}");
    let error = sandbox.run(&["template", "claims", "-o", "b.xlsx", "--bom"]).failed();
    assert!(error.contains("--bom is for CSV"), "{error}");
    let error = sandbox.run(&["template", "claims", "--xlsx", "-o", "new.csv"]).failed();
    assert!(error.contains("a name in .xlsx") && !sandbox.path("new.csv").exists(), "{error}");
    let _ = sandbox.run(&["template", "claims", "--xlsx"]).done();
    assert!(sandbox.path("claims.xlsx").exists());
    // A name without an option is the file, as with `export`.
    for args in [&["--xlsx", "mine.xlsx"][..], &["ours.xlsx"], &["plain.csv"]] {
        let _ = sandbox.run(&[&["template", "claims"], args].concat()).done();
        assert!(sandbox.path(args[args.len() - 1]).exists(), "{args:?}");
    }
    let error = sandbox.run(&["template", "claims", "--xlsx", "their.csv"]).failed();
    assert!(error.contains("a name in .xlsx") && !sandbox.path("their.csv").exists(), "{error}");
    assert_eq!(sandbox.run(&["template", "claims", "a.xlsx", "-o", "b.xlsx"]).code, 2);
}

#[test]
fn an_export_names_in_its_lists_only_what_it_contains() {
    let sandbox = Sandbox::seeded();
    let args = ["export", "xlsx", "one.xlsx", "--where", "claim=muqur-fell"];
    let _ = sandbox.run(&args).done();
    let places = worksheet(&sandbox, "one.xlsx", "places");
    assert!(places.contains("muqur-ghazni") && !places.contains("kabul-province"), "{places}");
    // The drop-downs offer what stands there.
    let claims = worksheet(&sandbox, "one.xlsx", "claims");
    assert!(claims.contains(">OFFSET('places'!$A$2,0,0,MAX(1,COUNTA('places'!$A:$A)-1),1)<"));
    let lists = worksheet(&sandbox, "one.xlsx", "lists");
    assert!(!lists.contains("kabul-province") && lists.contains(">forecast<"), "{lists}");
    let _ = sandbox.run(&["export", "xlsx", "all.xlsx"]).done();
    assert!(worksheet(&sandbox, "all.xlsx", "places").contains("kabul-province"));
}

#[test]
fn csv_for_excel_begins_with_a_byte_order_mark_and_is_imported() {
    let sandbox = Sandbox::seeded();
    let plain = sandbox.run(&["export", "csv"]).done();
    let marked = sandbox.run(&["export", "csv", "--bom"]).done();
    assert_eq!(marked, format!("\u{feff}{plain}"));
    sandbox.write("marked.csv", &marked);
    let again = sandbox.run(&["import", "marked.csv"]);
    assert!(again.code == 0 && !again.err.contains(" new"), "{}", again.err);
    assert!(sandbox.run(&["template", "claims", "--bom"]).done().starts_with("\u{feff}claim,"));
    let error = sandbox.run(&["export", "toml", "--bom"]).failed();
    assert!(error.contains("--bom does not apply to toml"), "{error}");
}

#[test]
fn a_template_that_openpyxl_filled_in_is_imported() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.run(&["template", "claims", "-o", "new.xlsx"]).done();
    let has = sandbox.command("python3").args(["-c", "import openpyxl"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        eprintln!("left out: openpyxl is not installed");
        return;
    }
    let script = root().join("tests/exports/fill_in.py");
    let args = [script.to_str().unwrap(), "new.xlsx", "full.xlsx"];
    let _ = run(sandbox.command("python3").args(args)).done();
    let import = sandbox.run(&["import", "full.xlsx"]);
    assert_eq!(import.code, 0, "{}", import.err);
    let left = "full.xlsx, worksheet claims:4:1: the example row";
    assert!(import.err.contains(left), "{}", import.err);
    sandbox.run(&["check"]).done();
    for (sql, answer) in [
        ("select kind from locations where name = 'Hallow'", "town"),
        ("select scope from measures where title = 'Homes left'", "Hallow"),
        ("select count(*) from sources where title = 'Flood'", "1"),
        (
            "select group_concat(text) from (select text from claims order by key)",
            "Boats came,Homes were left",
        ),
        ("select happened from claims where key = 'homes-were-left'", "2024-03"),
        ("select published from sources where title = 'Flood'", "2024-03-05"),
        ("select value || ' ' || said from figures where claim_id = 1", "12.5 12½"),
        ("select status from claims where key = 'boats-came'", "confirmed"),
        ("select count(*) from locations where name = 'Hallow'", "1"),
        ("select said_on from mentions where said_on is not null", "2024-03-04"),
        ("select at || ' ' || at_stated from assessments", "2024-03-06T10:00:00Z 1"),
        (
            "select group_concat(title) from (select s.title from assessment_evidence e
               join sources s on s.id = e.source_id order by s.title)",
            "Flood,Log book",
        ),
    ] {
        assert_eq!(sandbox.ask(sql).trim_matches('"'), answer, "{sql}");
    }
}
