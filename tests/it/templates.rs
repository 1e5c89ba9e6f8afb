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
                let left = format!("{name}:2:1: the example row of the template was left out");
                assert_eq!(import.code, 0, "{}", import.err);
                assert!(import.err.starts_with(&left), "{}", import.err);
                assert_eq!(import.err.lines().count(), 2, "{}", import.err);
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
    let sheet = part(&sandbox, "new.xlsx", "xl/worksheets/sheet1.xml");
    let (lists, columns) = (
        part(&sandbox, "new.xlsx", "xl/worksheets/sheet3.xml"),
        part(&sandbox, "new.xlsx", "xl/worksheets/sheet2.xml"),
    );
    let styles = part(&sandbox, "new.xlsx", "xl/styles.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:T2\""));
    assert!(sheet.contains("errorStyle=\"warning\"") && sheet.contains("lists!$A$3:$A$"));
    // The text format, by its number.
    assert!(styles.contains("numFmtId=\"49\""), "{styles}");
    for word in ["Muqur district", ">forecast<", ">corroborated<", ">per_period<"] {
        assert!(lists.contains(word), "{word}");
    }
    assert!(!lists.contains("unassessed"), "no verdict is that");
    assert!(columns.contains("A new source needs it."), "{columns}");
    let again = sandbox.run(&["template", "claims", "-o", "new.xlsx"]).failed();
    assert!(again.contains("a file is there already"), "{again}");
    let error = sandbox.run(&["template", "claims", "-o", "b.xlsx", "--bom"]).failed();
    assert!(error.contains("--bom is for CSV"), "{error}");
    let error = sandbox.run(&["template", "claims", "--xlsx", "-o", "new.csv"]).failed();
    assert!(error.contains("a name in .xlsx") && !sandbox.path("new.csv").exists(), "{error}");
    let _ = sandbox.run(&["template", "claims", "--xlsx"]).done();
    assert!(sandbox.path("claims.xlsx").exists());
}

#[test]
fn an_export_names_in_its_lists_only_what_it_contains() {
    let sandbox = Sandbox::seeded();
    let args = ["export", "xlsx", "one.xlsx", "--where", "claim=muqur-fell"];
    let _ = sandbox.run(&args).done();
    let lists = part(&sandbox, "one.xlsx", "xl/worksheets/sheet3.xml");
    assert!(lists.contains("muqur-ghazni") && !lists.contains("kabul-province"), "{lists}");
    let _ = sandbox.run(&["export", "xlsx", "all.xlsx"]).done();
    assert!(part(&sandbox, "all.xlsx", "xl/worksheets/sheet3.xml").contains("kabul-province"));
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
    assert!(import.err.contains("full.xlsx:4:1: the example row"), "{}", import.err);
    for (sql, answer) in [
        (
            "select group_concat(text) from (select text from claims order by key)",
            "Boats came,Homes were left",
        ),
        ("select happened from claims where key = 'homes-were-left'", "2024-03"),
        ("select published from sources where title = 'Flood'", "2024-03-05"),
        ("select value || ' ' || said from figures where claim_id = 1", "12.5 12½"),
        ("select status from claims where key = 'boats-came'", "reported"),
        ("select count(*) from locations where name = 'Hallow'", "1"),
    ] {
        assert_eq!(sandbox.ask(sql).trim_matches('"'), answer, "{sql}");
    }
}
