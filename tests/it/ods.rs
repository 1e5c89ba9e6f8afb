//! OpenDocument worksheets: every cell that is read is in the archive as written, or refused, or named in
//! a remark.

use crate::common::{Run, Sandbox};
use std::io::Write as _;

/// A workbook as a zip archive, of the XML of its styles and its worksheets.
pub fn package(styles: &str, sheets: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zipped(&[("content.xml", &content)])
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let kind = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    for (name, text) in std::iter::once(&kind).chain(parts) {
        let method = match *name {
            "mimetype" => zip::CompressionMethod::Stored,
            _ => zip::CompressionMethod::Deflated,
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The XML of a worksheet. A cell is a text, or begins with `@` and is what stands between
/// `<table:table-cell ` and `</table:table-cell>`; an empty one has nothing in it. A row may begin with
/// `!`: its first cell is what stands in the opening of the row.
pub fn sheet(name: &str, rows: &[&[&str]]) -> String {
    let cell = |cell: &&str| match cell.strip_prefix('@') {
        Some(content) => format!("<table:table-cell {content}</table:table-cell>"),
        None if cell.is_empty() => "<table:table-cell/>".to_owned(),
        None => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
        ),
    };
    let row = |cells: &&[&str]| {
        let (opening, cells) = match cells.first().and_then(|first| first.strip_prefix('!')) {
            Some(opening) => (opening, &cells[1..]),
            None => ("", *cells),
        };
        let cells: String = cells.iter().map(cell).collect();
        format!("<table:table-row {opening}>{cells}</table:table-row>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<table:table table:name=\"{name}\">{rows}</table:table>")
}

/// A cell with a value and what it displays.
fn shown(kind: &str, value: &str, shown: &str) -> String {
    let name = match kind {
        "date" => "date-value",
        "time" => "time-value",
        _ => "value",
    };
    format!("@office:value-type=\"{kind}\" office:{name}=\"{value}\"><text:p>{shown}</text:p>")
}

fn import(sandbox: &Sandbox, bytes: Vec<u8>, more: &[&str]) -> Run {
    sandbox.write("book.ods", bytes);
    sandbox.run(&[&["import", "book.ods"], more].concat())
}

fn import_rows(sandbox: &Sandbox, rows: &[&[&str]], more: &[&str]) -> Run {
    import(sandbox, package(STYLES, &sheet("Sheet1", rows)), more)
}

/// The lines of an output that name the workbook, without its name.
fn named(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("book.ods:")).collect()
}

const STYLES: &str = "\
    <number:date-style style:name=\"N1\"><number:year/><number:text>-</number:text><number:month/>\
    <number:text>-</number:text><number:day/></number:date-style>\
    <number:date-style style:name=\"N2\"><number:month number:textual=\"true\"/><number:text> </number:text>\
    <number:year/></number:date-style>\
    <number:date-style style:name=\"N3\"><number:text>before </number:text><number:day/>\
    <number:month/><number:year/></number:date-style>\
    <number:text-style style:name=\"N4\"><number:text-content/><number:text> (old)</number:text>\
    </number:text-style>\
    <style:style style:name=\"day\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>\
    <style:style style:name=\"month\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>\
    <style:style style:name=\"before\" style:family=\"table-cell\" style:data-style-name=\"N3\"/>\
    <style:style style:name=\"old\" style:family=\"table-cell\" style:data-style-name=\"N4\"/>\
    <style:style style:name=\"struck\" style:family=\"table-cell\">\
    <style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
    <style:style style:name=\"struck2\" style:family=\"table-cell\" style:parent-style-name=\"struck\"/>\
    <style:style style:name=\"up\" style:family=\"text\">\
    <style:text-properties style:text-position=\"super 58%\"/></style:style>\
    <style:style style:name=\"gone\" style:family=\"text\">\
    <style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
    <style:style style:name=\"hidden\" style:family=\"table\">\
    <style:table-properties table:display=\"false\"/></style:style>";

const FIGURES: &[&str] =
    &["claim", "text", "measure", "measure_title", "dimension", "growth", "value"];

fn figure(sandbox: &Sandbox, value: &str, dimension: &str) -> Run {
    import_rows(sandbox, &[FIGURES, &["a", "A", "m", "M", dimension, "level", value]], &[])
}

#[test]
fn a_number_is_read_as_it_is_stored_if_its_cell_shows_it() {
    for (kind, value, text, read) in [
        ("float", "1234567.5", "1,234,567.50", "1234567.5"),
        ("float", "1234567.5", "1.234.567,50", "1234567.5"),
        ("float", "1234567.5", "1 234 568", "1234567.5"),
        ("float", "1234", "1.234", "1234"),
        ("float", "-5", "−5", "-5"),
        ("float", "-5", "(5)", "-5"),
        ("float", "0.5", ".50", "0.5"),
        ("float", "20", "+20", "20"),
        ("float", "1500000", "1.5M", "1500000"),
        ("float", "1500000", "1.50E+06", "1500000"),
        ("float", "20", "20", "20"),
    ] {
        let sandbox = Sandbox::empty();
        let run = figure(&sandbox, &shown(kind, value, text), "money");
        assert_eq!((run.code, named(&run.err).len()), (0, 0), "{text}: {}", run.err);
        assert_eq!(sandbox.ask("select value from figures"), read, "{text}");
    }
    let sandbox = Sandbox::empty();
    let _ = figure(&sandbox, &shown("percentage", "0.25", "25%"), "share").done();
    assert_eq!(sandbox.ask("select value from figures"), "0.25");
}

#[test]
fn what_stands_beside_a_number_is_remarked() {
    for (value, text, remark) in [
        ("5", "5.00 €", "\"€\" is shown beside the number, which was read alone"),
        ("0", "-", "the number 0 is shown as -, and read as 0"),
        ("-5", "5", "a negative number is shown without its minus, and read with it"),
        ("1234567", "1,235", "the number is shown divided by 1000, and read whole"),
    ] {
        let sandbox = Sandbox::empty();
        let run = figure(&sandbox, &shown("float", value, text), "money");
        let expected = format!("2: column value: {remark}");
        assert_eq!((run.code, named(&run.err)), (0, vec![expected.as_str()]), "{}", run.err);
    }
}

#[test]
fn a_number_that_its_cell_shows_as_something_else_is_refused() {
    let sandbox = Sandbox::empty();
    for (value, text) in [
        ("20", "20+"),
        ("20", "&gt; 20"),
        ("20", "20 million"),
        ("20", "many"),
        ("20", "21"),
        ("20", "20 - 30"),
        ("20", "-20"),
        ("1234", "1.24"),
        ("5", "0"),
        ("5", "-"),
        ("0", "#N/A"),
    ] {
        let error = figure(&sandbox, &shown("float", value, text), "people").failed();
        let plain = text.replace("&gt;", ">");
        let expected = format!(
            "2: column value: the cell holds {value} and shows \"{plain}\"; enter \"{plain}\" as text, or \
             give the column a plain format"
        );
        assert_eq!(named(&error), [expected.as_str()], "{text}");
    }
    let error = figure(&sandbox, &shown("float", "20", ""), "people").failed();
    assert!(error.contains("the cell holds 20, which its format hides"), "{error}");
}

#[test]
fn digits_that_may_be_lost_and_errors_and_formulas_without_a_value_are_refused() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["source", "source_kind", "title", "identifier"],
        &["a", "report", "A", &shown("float", "1.23456789012346E+17", "123456789012346000")],
        &[
            "b",
            "report",
            "B",
            "@office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\" \
             table:formula=\"of:=X\"><text:p>#NAME?</text:p>",
        ],
        &["c", "report", "C", "@table:formula=\"of:=1+1\">"],
        &[
            "d",
            "report",
            "D",
            "@table:formula=\"of:=NA()\" office:value-type=\"string\"><text:p>#N/A</text:p>",
        ],
    ];
    let error = import_rows(&sandbox, rows, &[]).failed();
    let found = named(&error);
    assert_eq!(found.len(), 4, "{error}");
    assert!(found[0].contains("may have lost digits"), "{error}");
    assert!(found[1].contains("column identifier: the cell holds the error #NAME?"), "{error}");
    assert!(found[2].contains("the cell has a formula and no value"), "{error}");
    assert!(found[3].contains("the cell holds the error #N/A"), "{error}");
    // Without a formula these signs are a text.
    let rows: &[&[&str]] = &[&["claim", "text", "claim_note"], &["a", "A", "#N/A"]];
    let _ = import_rows(&sandbox, rows, &[]).done();
    assert_eq!(sandbox.ask("select note from claims"), "#N/A");
}

#[test]
fn dates_are_dates_and_say_what_is_not_displayed() {
    let sandbox = Sandbox::empty();
    let day = |style: &str, value: &str, text: &str| {
        let cell = shown("date", value, text);
        cell.replace('@', &format!("@table:style-name=\"{style}\" "))
    };
    let rows: &[&[&str]] = &[
        &["claim", "text", "happened", "locator", "source", "source_kind", "title"],
        &["a", "A", &day("day", "2021-06-28", "2021-06-28"), "", "s", "article", "S"],
        &["b", "B", &day("month", "2021-06-01", "Juni 2021"), "", "s", "article", "S"],
        &["c", "C", &shown("date", "2021-06-28", "28.06.21"), "", "s", "article", "S"],
        &["d", "D", "", &shown("time", "PT00H41M10S", "41:10"), "s", "article", "S"],
        &["e", "E", &day("day", "2021-06-28T00:00:00", "x"), "", "s", "article", "S"],
    ];
    let run = import_rows(&sandbox, rows, &[]);
    let expected = "3: column happened: a part of the date 2021-06-01 is not displayed; enter a month as \
                    text, such as 2021-06";
    assert_eq!((run.code, named(&run.err)), (0, vec![expected]), "{}", run.err);
    let dates = sandbox.ask("select group_concat(ifnull(happened, '-'), ' ') from claims");
    assert_eq!(dates, "2021-06-28 2021-06-01 2021-06-28 - 2021-06-28");
    assert_eq!(sandbox.ask("select group_concat(locator) from mentions"), "00:41:10");
    for (cell, why) in [
        (day("before", "2021-06-28", "before 28"), "is shown with \"before "),
        (shown("date", "2021-06-28", "c. 29 June 2021"), "the cell holds 2021-06-28 and shows"),
    ] {
        let rows: &[&[&str]] = &[&["claim", "text", "happened"], &["z", "Z", &cell]];
        let error = import_rows(&Sandbox::empty(), rows, &[]).failed();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn the_value_of_a_merged_area_holds_for_all_its_cells() {
    let sandbox = Sandbox::empty();
    let anchor =
        "@table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>s1</text:p>";
    let covered = |text: &str| {
        let xml = sheet(
            "Sheet1",
            &[
                &["claim", "text", "source", "source_kind", "title"],
                &["a", "A", anchor, "article", "S"],
                &["b", "B", "COVERED", "", ""],
                &["c", "C", "", "", ""],
            ],
        );
        let cell = "<table:table-cell office:value-type=\"string\"><text:p>COVERED</text:p>\
                    </table:table-cell>";
        let with = format!("<table:covered-table-cell>{text}</table:covered-table-cell>");
        package(STYLES, &xml.replace(cell, &with))
    };
    let error = import(&sandbox, covered("<text:p>s9</text:p>"), &[]).failed();
    let hidden = "3: column source: the merged area C2:C3 hides the value \"s9\" of this cell; unmerge \
                  the area, or clear the cell";
    assert_eq!(named(&error), [hidden]);
    let _ = import(&sandbox, covered(""), &[]).done();
    let said = "select group_concat(c.key) from mentions m join claims c on c.id = m.claim_id";
    assert_eq!(sandbox.ask(said), "\"a,b\"");
}

#[test]
fn text_is_read_with_its_spaces_and_without_comments() {
    let sandbox = Sandbox::empty();
    let text = "@office:value-type=\"string\"><office:annotation><text:p>secret</text:p>\
                </office:annotation><text:p>one<text:s text:c=\"2\"/>two<text:tab/>three<text:line-break/>\
                four   \n five &amp; six</text:p><text:p>seven</text:p>";
    let rows: &[&[&str]] = &[
        &["claim", "text", "claim_note"],
        &["a", "A", text],
        &["b", "B", "@table:style-name=\"old\" office:value-type=\"string\"><text:p>b</text:p>"],
    ];
    let run = import_rows(&sandbox, rows, &[]);
    let expected = [
        " the comments on cells were not read",
        "3: column claim_note: shown as b (old); b is what the cell holds",
    ];
    assert_eq!((run.code, named(&run.err)), (0, expected.to_vec()), "{}", run.err);
    let sql = "select note = 'one  two' || char(9) || 'three' || char(10) || 'four five & six' || \
               char(10) || 'seven' from claims where key = 'a'";
    assert_eq!(sandbox.ask(sql), "1");
}

#[test]
fn raised_and_struck_text_is_refused_in_a_number_and_remarked_in_a_text() {
    let sandbox = Sandbox::empty();
    let raised = "@office:value-type=\"string\"><text:p>10<text:span text:style-name=\"up\">3</text:span>\
                  </text:p>";
    let error = figure(&sandbox, raised, "people").failed();
    let why = "a part of the text is raised (^), lowered (_) or struck through (~~): \"10^3\"";
    assert!(error.contains(why), "{error}");
    let struck = "@table:style-name=\"struck2\" office:value-type=\"string\"><text:p>A</text:p>";
    let part = "@office:value-type=\"string\"><text:p>B <text:span text:style-name=\"gone\">not</text:span>\
                </text:p>";
    let rows: &[&[&str]] = &[&["claim", "text"], &["a", struck], &["b", part]];
    let run = import_rows(&sandbox, rows, &[]);
    let expected = [
        "2: column text: the cell is struck through, and was read all the same",
        "3: column text: text that is raised, lowered or struck through was read as plain text: \
         \"B ~~not~~\"",
    ];
    assert_eq!((run.code, named(&run.err)), (0, expected.to_vec()), "{}", run.err);
}

#[test]
fn the_address_behind_a_cell_is_taken_or_named() {
    let sandbox = Sandbox::empty();
    let link = |address: &str| {
        format!(
            "@office:value-type=\"string\"><text:p><text:a xlink:href=\"{address}\">here</text:a></text:p>"
        )
    };
    let formula = "@office:value-type=\"string\" \
                   table:formula=\"of:=HYPERLINK(&quot;https://example.org/c&quot;;&quot;C&quot;)\">\
                   <text:p>C</text:p>";
    let rows: &[&[&str]] = &[
        &["source", "source_kind", "title", "url", "author"],
        &["a", "article", "A", &link("https://example.org/a"), &link("#Sheet2.A1")],
        &["b", "article", "B", "", &link("mailto:x@example.org")],
        &["c", "article", "C", formula, ""],
    ];
    let run = import_rows(&sandbox, rows, &[]);
    let expected =
        "3: column author: the link to \"mailto:x@example.org\" behind this cell is not kept";
    assert_eq!((run.code, named(&run.err)), (0, vec![expected]), "{}", run.err);
    let urls = sandbox.ask("select group_concat(url) from sources");
    assert_eq!(urls, "\"https://example.org/a,https://example.org/c\"");
}

#[test]
fn hidden_rows_and_columns_and_worksheets_are_told() {
    let sandbox = Sandbox::empty();
    let first = sheet("Notes", &[&["claim", "text"], &["h", "H"]])
        .replace("<table:table ", "<table:table table:style-name=\"hidden\" ");
    let columns = "<table:table-column/><table:table-column table:visibility=\"collapse\" \
                   table:number-columns-repeated=\"2\"/>";
    let main = sheet(
        "Main",
        &[&["claim", "text"], &["a", "A"], &["!table:visibility=\"filter\"", "b", "B"]],
    );
    let main = main.replacen("<table:table-row", &format!("{columns}<table:table-row"), 1);
    let empty = sheet("Empty", &[&["", ""]]);
    let other = sheet("Other", &[&["claim", "text"], &["o", "O"]]);
    let changes = "<table:tracked-changes><table:deletion><table:table-cell><text:p>x</text:p>\
                   </table:table-cell></table:deletion></table:tracked-changes>";
    let book = package(STYLES, &format!("{changes}{first}{main}{empty}{other}"));
    let run = import(&sandbox, book.clone(), &[]);
    let expected = [
        " the worksheets \"Notes\" (hidden) and \"Other\" were not read; `--sheet NAME` reads another one",
        " 1 hidden row was read: 3",
        " 1 hidden column was read: text; `--map NAME=` skips a column",
    ];
    assert_eq!((run.code, named(&run.err)), (0, expected.to_vec()), "{}", run.err);
    assert_eq!(sandbox.ask("select group_concat(key) from claims"), "\"a,b\"");
    let _ = import(&sandbox, book.clone(), &["--sheet", "Other"]).done();
    assert_eq!(sandbox.ask("select group_concat(key) from claims"), "\"a,b,o\"");
    let error = import(&sandbox, book, &["--sheet", "other"]).failed();
    assert!(error.contains("no worksheet \"other\"; did you mean \"Other\"?"), "{error}");
}

#[test]
fn repeated_rows_and_cells_are_read_and_a_bomb_of_them_is_not() {
    let sandbox = Sandbox::empty();
    let same =
        "@table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>same</text:p>";
    let rows: &[&[&str]] = &[
        &["claim", "text", "claim_note"],
        &["!table:number-rows-repeated=\"3\"", "@table:number-columns-repeated=\"16384\">"],
        &["a", same],
        &["!table:number-rows-repeated=\"2\"", "", "X", "x"],
        &["!table:number-rows-repeated=\"1048500\"", "@table:number-columns-repeated=\"16384\">"],
    ];
    let run = import_rows(&sandbox, rows, &["--keep-going"]);
    assert_eq!(sandbox.ask("select text || note from claims where key = 'a'"), "samesame");
    assert_eq!(sandbox.ask("select count(*) from claims"), "2", "{}", run.err);
    // The repeated row says again what it said.
    assert!(run.err.contains(": it repeats what was read before, and adds nothing"), "{}", run.err);
    assert!(run.err.contains("claims: 2 new\n"), "{}", run.err);
    for (rows, columns) in [("1048570", "16384"), ("1048570", "2"), ("18446744073709551615", "1")] {
        let bomb = format!(
            "@table:number-columns-repeated=\"{columns}\" office:value-type=\"string\"><text:p>b</text:p>"
        );
        let opening = format!("!table:number-rows-repeated=\"{rows}\"");
        let rows: &[&[&str]] = &[&["claim", "text"], &[&opening, &bomb]];
        let error = import_rows(&sandbox, rows, &[]).failed();
        let told = error
            .contains("it repeats more cells than can be read; save it as .xlsx or .csv")
            || error.contains("a cell lies beyond XFD1048576");
        assert!(told, "{error}");
    }
    let error =
        import_rows(&sandbox, &[&["@><text:p><text:s text:c=\"99999999\"/></text:p>"]], &[]);
    assert!(error.failed().contains("a text has more spaces than a cell holds"));
}

#[test]
fn a_workbook_with_a_password_or_without_cells_is_refused() {
    let sandbox = Sandbox::empty();
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\">\
                    <manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let locked = zipped(&[("content.xml", "\u{1}\u{2}"), ("META-INF/manifest.xml", manifest)]);
    let error = import(&sandbox, locked, &[]).failed();
    assert!(error.contains("it has a password; save it without one"), "{error}");
    for (bytes, why) in [
        (zipped(&[]), "it has no part content.xml"),
        (zipped(&[("content.xml", "<x/>")]), "it holds no <spreadsheet>"),
        (package("", ""), "there is no worksheet in it"),
        (package("", &sheet("A", &[])), "the worksheet \"A\" is empty"),
        (b"PK\x03\x04opendocument.spreadsheet".to_vec(), "not an ODS workbook"),
    ] {
        let error = import(&sandbox, bytes, &[]).failed();
        assert!(error.contains(why), "{why}: {error}");
    }
}

#[test]
fn what_is_left_out_is_written_to_a_workbook_and_a_table_is_proposed_for() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["What was said", "Killed"],
        &["The mayor said that it rained all day", &shown("float", "20", "20+")],
        &["The mayor said that it snowed all day", &shown("float", "7", "7")],
    ];
    let error = import_rows(&sandbox, rows, &[]).failed();
    assert!(error.contains("--map 'What was said=text'"), "{error}");
    let map = ["--map", "What was said=text", "--map", "Killed=value:Killed", "--set"];
    let map =
        [&map[..], &["dimension=people", "--set", "growth=per_event", "--keep-going"]].concat();
    let run = import_rows(&sandbox, rows, &[&map[..], &["--rejects", "left.xlsx"]].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    let again = sandbox.run(&[&["import", "left.xlsx"], &map[..]].concat());
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(sandbox.ask("select group_concat(coalesce(value, low)) from figures"), "\"7,20\"");
}
