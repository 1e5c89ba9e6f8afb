//! Inputs that would bring more into memory than any record holds are refused, and say where.

use crate::common::Sandbox;
use std::io::Write;

/// A workbook of one worksheet with this content of its second cell, and these shared strings.
fn workbook(cell: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    part("_rels/.rels", &relation("r", "officeDocument", "xl/workbook.xml"));
    part(
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>",
    );
    part("xl/_rels/workbook.xml.rels", &relation("r", "worksheet", "worksheets/sheet1.xml"));
    part(
        "xl/worksheets/sheet1.xml",
        &format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>text</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is>{cell}</is></c></row></sheetData></worksheet>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_cell_of_a_workbook_that_no_text_could_fill_is_refused() {
    let sandbox = Sandbox::empty();
    let blanks = " ".repeat(4_100_000);
    let runs = format!("<r><t>{}</t></r>", "x".repeat(1_100_000)).repeat(4);
    for (name, cell) in [("one", format!("<t>{blanks}</t>")), ("many", runs)] {
        sandbox.write("t.xlsx", workbook(&cell));
        let said = sandbox.run(&["import", "t.xlsx", "--set", "claim_kind=event"]).failed();
        assert!(said.contains("a cell holds more than a million characters"), "{name}: {said}");
        assert!(!said.contains("I/O error"), "{name}: {said}");
    }
    sandbox.write("t.xlsx", workbook(&format!("<t>{}</t>", "x".repeat(30_000))));
    let fits = sandbox.run(&["import", "t.xlsx", "--set", "claim_kind=event"]);
    assert_eq!(fits.code, 0, "{}", &fits.err[..fits.err.len().min(300)]);
}

#[test]
fn a_row_of_a_table_that_no_record_could_fill_is_refused() {
    let sandbox = Sandbox::empty();
    let cell = "x".repeat(34 << 20);
    sandbox.write("t.csv", format!("text,source\n{cell},S\n"));
    let said = sandbox.run(&["import", "t.csv", "--set", "claim_kind=event"]).failed();
    assert!(
        said.contains("a row is larger than 32 million bytes"),
        "{}",
        &said[..said.len().min(300)]
    );
}

/// A person is shown a thousand rows of a list, and told of the others; a program gets all.
#[test]
fn show_has_the_first_thousand_rows_of_a_list() {
    let sandbox = Sandbox::empty();
    let mut lines = String::from(
        "{\"table\":\"locations\",\"key\":\"land\",\"name\":\"Land\",\"kind\":\"country\"}\n",
    );
    for n in 0..1001 {
        lines += &format!(
            "{{\"table\":\"claims\",\"key\":\"c{n}\",\"text\":\"C\",\"kind\":\"event\"}}\n\
             {{\"table\":\"claim_locations\",\"claim\":\"c{n}\",\"location\":\"land\"}}\n"
        );
    }
    sandbox.write("in.ndjson", lines);
    let _ = sandbox.run(&["import", "in.ndjson"]).done();
    let show = |more: &[&str]| sandbox.run(&[&["show", "land"], more].concat());
    let first = show(&[]);
    assert_eq!(first.err, "1 more row of \"claims here and inside\": --all shows them\n");
    let all = show(&["--all"]);
    assert_eq!((all.err.as_str(), all.out.lines().count()), ("", first.out.lines().count() + 1));
    let json = show(&["--format", "json"]);
    assert_eq!((json.err.as_str(), json.out.matches("\"c1000\"").count()), ("", 1));
}

/// Headings are compared with each other: a table has as many as a worksheet, and another is none.
#[test]
fn a_table_has_as_many_columns_as_a_worksheet() {
    let sandbox = Sandbox::empty();
    let import = |columns: usize| {
        let rest: String = (3..columns).map(|n| format!(",rejected_because{n}")).collect();
        sandbox.write("wide.csv", format!("claim,text,kind{rest}\na,A,event\n"));
        sandbox.run(&["import", "wide.csv"]).failed()
    };
    let why = "wide.csv:1:1: the header has 16385 columns, and a table may have at most 16384;";
    let said = import(16_385);
    assert!(said.contains(why), "{said}");
    assert!(!import(40).contains("at most 16384"));
}

/// A text that another tool put past the rules: `check text` names it, a search finds it by its words, and it is not
/// published, since a page holds each text several times.
#[test]
fn a_text_that_no_rule_allows_is_named_and_not_published() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    db.pragma_update(None, "ignore_check_constraints", true).unwrap();
    let fill = |number: u32| {
        let long = format!("replace(printf('%.*c', {number}, 'x'), 'x', 'word 12345')");
        db.execute_batch(&format!("UPDATE claims SET text = {long} WHERE key = 'muqur-fell'"))
            .unwrap();
    };
    fill(100_000);
    assert_eq!(sandbox.run(&["check", "text"]).code, 0, "a million characters are allowed");
    let _ = sandbox.run(&["publish", "page.html"]).done();
    fill(100_001);
    let found = sandbox.run(&["check", "text"]);
    assert_eq!(found.code, 1, "{}", found.err);
    assert!(found.out.contains("muqur-fell") && found.out.contains("1000010"), "{}", found.out);
    let said = sandbox.run(&["publish", "long.html"]).failed();
    assert!(said.contains("the text of \"muqur-fell\" in claims has 1000010 characters"), "{said}");
    assert!(said.contains("onrecord check text") && !sandbox.path("long.html").exists(), "{said}");
    assert!(sandbox.run(&["search", "12345"]).done().contains("muqur-fell"));
}

/// A text that a cell of a worksheet does not hold is named, with the format that does.
#[test]
fn a_text_too_long_for_a_cell_is_refused_with_the_way_out() {
    let sandbox = Sandbox::empty();
    let text = "long ".repeat(8_000);
    sandbox.write("t.csv", format!("claim,text,kind\nc,{text},event\n"));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let said = sandbox.run(&["export", "xlsx", "out.xlsx"]).failed();
    assert!(said.contains("text of c: a cell of a worksheet holds 32767 characters"), "{said}");
    assert!(said.contains("hint: `onrecord export csv`") && !said.contains("disk"), "{said}");
    assert!(!sandbox.path("out.xlsx").exists());
    let _ = sandbox.run(&["export", "csv", "out.csv"]).done();
}
