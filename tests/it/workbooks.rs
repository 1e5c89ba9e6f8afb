//! Workbooks: every cell that is read is in the archive as written, or refused, or named in a
//! remark.

use crate::common::{Run, Sandbox};
use rust_xlsxwriter::{Format, Formula, Workbook};
use std::fmt::Write as _;
use std::io::Write as _;

/// A workbook as its parts.
struct Book<'a> {
    /// The name, the state and the XML of each worksheet.
    sheets: Vec<(&'a str, &'a str, String)>,
    /// More elements of the workbook part.
    workbook: &'a str,
    /// Number formats of the cell styles, from 1 on.
    formats: &'a [&'a str],
    /// The elements of the fonts of the cell styles, from 1 on.
    fonts: &'a [&'a str],
    /// The items of the shared strings.
    strings: &'a str,
    /// The relationships of the first worksheet.
    related: &'a str,
}

impl<'a> Book<'a> {
    /// A workbook with one worksheet.
    fn new(data: String) -> Self {
        Book {
            sheets: vec![("Sheet1", "visible", data)],
            workbook: "",
            formats: &[],
            fonts: &[],
            strings: "",
            related: "",
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let related = |text: &str| format!("<Relationships>{text}</Relationships>");
        let link = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
        };
        let mut parts = vec![(
            "_rels/.rels".to_owned(),
            related(&link("rId1", "officeDocument", "xl/workbook.xml")),
        )];
        let (mut list, mut links) = (String::new(), String::new());
        for (n, (name, state, xml)) in self.sheets.iter().enumerate() {
            let id = format!("sheet{n}");
            list += &format!("<sheet name=\"{name}\" state=\"{state}\" r:id=\"{id}\"/>");
            links += &link(&id, "worksheet", &format!("worksheets/{id}.xml"));
            parts
                .push((format!("xl/worksheets/{id}.xml"), format!("<worksheet>{xml}</worksheet>")));
        }
        links += &link("strings", "sharedStrings", "sharedStrings.xml");
        links += &link("styles", "styles", "styles.xml");
        let rest = self.workbook;
        let workbook = format!("<workbook><sheets>{list}</sheets>{rest}</workbook>");
        parts.push(("xl/workbook.xml".to_owned(), workbook));
        parts.push(("xl/_rels/workbook.xml.rels".to_owned(), related(&links)));
        let (mut codes, mut styles) = (String::new(), "<xf numFmtId=\"0\"/>".to_owned());
        for (n, code) in (200..).zip(self.formats) {
            let code = code.replace('"', "&quot;").replace('>', "&gt;").replace('<', "&lt;");
            codes += &format!("<numFmt numFmtId=\"{n}\" formatCode=\"{code}\"/>");
            styles += &format!("<xf numFmtId=\"{n}\" fontId=\"0\"/>");
        }
        let mut fonts = "<font><strike val=\"0\"/></font>".to_owned();
        for (n, font) in (1..).zip(self.fonts) {
            fonts += &format!("<font>{font}</font>");
            styles += &format!("<xf numFmtId=\"0\" fontId=\"{n}\"/>");
        }
        let styles = format!(
            "<numFmts>{codes}</numFmts><fonts>{fonts}</fonts><cellXfs>{styles}</cellXfs>\
             <dxfs><dxf><font><strike/></font></dxf></dxfs>"
        );
        parts.push(("xl/styles.xml".to_owned(), format!("<styleSheet>{styles}</styleSheet>")));
        parts.push(("xl/sharedStrings.xml".to_owned(), format!("<sst>{}</sst>", self.strings)));
        parts.push(("xl/worksheets/_rels/sheet0.xml.rels".to_owned(), related(self.related)));
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn import(&self, sandbox: &Sandbox, more: &[&str]) -> Run {
        sandbox.write("book.xlsx", self.bytes());
        sandbox.run(&[&["import", "book.xlsx"], more].concat())
    }
}

/// The cells of a worksheet. A cell is a text, or begins with `@` and is what stands between
/// `<c r="…" ` and `</c>`; an empty one is left out.
fn data(rows: &[&[&str]]) -> String {
    let mut xml = "<sheetData>".to_owned();
    for (number, cells) in (1..).zip(rows) {
        write!(xml, "<row r=\"{number}\">").unwrap();
        for (letter, cell) in ('A'..).zip(*cells) {
            match cell.strip_prefix('@') {
                Some(content) => write!(xml, "<c r=\"{letter}{number}\" {content}</c>").unwrap(),
                None if cell.is_empty() => {}
                None => {
                    let text = format!("<is><t>{cell}</t></is>");
                    write!(xml, "<c r=\"{letter}{number}\" t=\"inlineStr\">{text}</c>").unwrap();
                }
            }
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}

/// The list of merged areas of a worksheet.
fn merged(areas: &[&str]) -> String {
    let list: String = areas.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
    format!("<mergeCells>{list}</mergeCells>")
}

/// The lines of an output that name the workbook, without its name.
fn named(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("book.xlsx:")).collect()
}

const MERGED: &[&[&str]] = &[
    &["claim", "text", "happened", "source", "source_kind", "title"],
    &["a", "A", "2021-06-28", "s1", "article", "One"],
    &["b", "B", "", "", "", ""],
    &["c", "C", "", "", "", ""],
    &["d", "D", "", "s2", "article", "Two"],
];

#[test]
fn the_value_of_a_merged_area_holds_for_all_its_cells() {
    let sandbox = Sandbox::empty();
    let areas = merged(&["F2:F4", "C2:C3", "D2:D4", "E2:E5", "H1:H9"]);
    let mut rows = MERGED.to_vec();
    rows[4] = &["d", "D", "", "s2", "", "Two"];
    let _ = Book::new(data(&rows) + &areas).import(&sandbox, &[]).done();
    let said = "select group_concat(c.key || ' ' || ifnull(happened, '-') || ' ' || s.key, ', ')
        from mentions m join claims c on c.id = m.claim_id join sources s on s.id = m.source_id";
    assert_eq!(sandbox.ask(said), "\"a 2021-06-28 s1, b 2021-06-28 s1, c - s1, d - s2\"");
    assert_eq!(sandbox.ask("select kind from sources where key = 's2'"), "article");
    // Without the areas the other rows have no source.
    let without = Sandbox::empty();
    let _ = Book::new(data(MERGED)).import(&without, &[]).done();
    assert_eq!(without.ask("select count(*) from mentions"), "2");
}

#[test]
fn what_a_merged_area_leaves_is_named_once() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["source", "source_kind", "title", "identifier", "author"],
        &["a", "report", "A", "@s=\"1\"><v>123</v>", "Ann"],
        &["b", "report", "B", "", ""],
        &["c", "report", "C", "", ""],
    ];
    let (xml, related) = linked(rows, &[("E2:E4", "https://example.org/ann")]);
    let areas = merged(&["D2:D4", "E2:E4"]);
    let book = Book { related: &related, formats: &["00000"], ..Book::new(xml + &areas) };
    let run = book.import(&sandbox, &[]);
    let expected = [
        "2: column identifier: shown as 00123; 123 is what the cell holds",
        "2: column author: the link to \"https://example.org/ann\" behind this cell is not kept",
    ];
    assert_eq!(named(&run.err), expected, "{}", run.err);
    assert_eq!(
        sandbox.ask("select count(*) from sources where identifier = 123 and author = 'Ann'"),
        "3"
    );
}

#[test]
fn a_workbook_with_merged_cells_of_another_program_is_read() {
    let sandbox = Sandbox::empty();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write_row_matrix(0, 0, [["claim", "text", "happened"], ["a", "A", ""], ["b", "B", ""]])
        .unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.merge_range(1, 2, 2, 2, "", &day).unwrap();
    sheet.write_number_with_format(1, 2, 44_375.0, &day).unwrap();
    sandbox.write("book.xlsx", book.save_to_buffer().unwrap());
    let run = sandbox.run(&["import", "book.xlsx"]);
    assert_eq!((run.code, run.err.as_str()), (0, "claims: 2 new\n"));
    assert_eq!(
        sandbox.ask("select group_concat(happened) from claims"),
        "\"2021-06-28,2021-06-28\""
    );
}

#[test]
fn a_merged_row_that_says_nothing_of_its_own_is_no_row() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["claim", "text", "status", "because"],
        &["a", "A", "disputed", "Why"],
        &["@s=\"0\"/><!--"],
    ];
    let rows = data(rows).replace("<!--</c>", "");
    let areas = merged(&["A2:A3", "B2:B3", "C2:C3", "D2:D3"]);
    let run = Book::new(rows + &areas).import(&sandbox, &[]);
    assert_eq!((run.code, run.err.as_str()), (0, "claims: 1 new\nassessments: 1 new\n"));
}

#[test]
fn a_merged_area_that_hides_or_mixes_is_refused() {
    let sandbox = Sandbox::empty();
    let mut rows = MERGED.to_vec();
    rows[2] = &["b", "B", "2020", "s1", "", ""];
    let areas = merged(&["C2:C4", "D2:D4"]);
    let error = Book::new(data(&rows) + &areas).import(&sandbox, &[]).failed();
    let hidden = "3: column happened: the merged area C2:C4 hides the value \"2020\" of this cell; \
                  unmerge the area, or clear the cell";
    assert_eq!(named(&error), [hidden], "an equal value is not hidden");
    let error = Book::new(data(MERGED) + &merged(&["C2:D3", "D3:D4"])).import(&sandbox, &[]);
    let overlap = "the merged areas C2:D3 and D3:D4 overlap; unmerge one";
    assert!(error.failed().contains(overlap));
    let error = Book::new(data(MERGED) + &merged(&["D2:C3"])).import(&sandbox, &[]).failed();
    assert!(error.contains("\"D2:C3\" is no area of cells"), "{error}");
}

#[test]
fn a_heading_is_merged_over_columns_and_not_over_rows() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[&["claim", "text", "Colour", ""], &["a", "A", "n", "m"]];
    let book = Book::new(data(rows) + &merged(&["C1:D1"]));
    let error = book.import(&sandbox, &[]).failed();
    assert_eq!(named(&error).len(), 1, "{error}");
    assert!(error.contains("book.xlsx:1: column Colour: no field has this name"), "{error}");
    let error = book.import(&sandbox, &["--map", "Colour=claim_note"]).failed();
    assert!(error.contains("column Colour: a second column for claim_note"), "{error}");
    let _ = book.import(&sandbox, &["--map", "Colour="]).done();
    let rows: &[&[&str]] = &[&["claim", "text"], &["", "in short"], &["a", "A"]];
    let error = Book::new(data(rows) + &merged(&["A1:A2"])).import(&sandbox, &[]).failed();
    let down = "2: column claim: the heading is merged down into this row (A1:A2); a table has one \
                row of headings";
    assert!(named(&error).contains(&down), "{error}");
}

#[test]
fn endless_merged_areas_are_no_trouble() {
    let sandbox = Sandbox::empty();
    // Rows 2 to 3000, each with a text of its own, below an area as large as the worksheet.
    let long = "x".repeat(30_000);
    let mut rows = format!(
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>claim</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"str\"><v>a</v></c><c r=\"B2\" t=\"str\"><v>{long}</v></c></row>"
    );
    for row in 3..3000 {
        write!(rows, "<row r=\"{row}\"><c r=\"A{row}\" t=\"str\"><v>a</v></c></row>").unwrap();
    }
    let data = format!("<sheetData>{rows}</sheetData>") + &merged(&["B2:XFD1048576"]);
    let error = Book::new(data).import(&sandbox, &[]).failed();
    assert!(error.contains("book.xlsx:2:1: this row has a cell in column 2"), "{error}");
    let many: String = (0..1_100_000).map(|_| "<mergeCell ref=\"A1:B1\"/>").collect();
    let data = format!("<sheetData/><mergeCells>{many}</mergeCells>");
    let error = Book::new(data).import(&sandbox, &[]).failed();
    assert!(error.contains("it has more than 1048576 merged areas"), "{error}");
}

const FIGURES: &[&str] =
    &["claim", "text", "measure", "measure_title", "dimension", "growth", "value"];

/// A workbook of a claim with a figure in column G.
fn figure<'a>(value: &str) -> Book<'a> {
    Book::new(data(&[FIGURES, &["a", "A", "m", "M", "people", "level", value]]))
}

#[test]
fn a_formula_without_a_value_is_refused() {
    let sandbox = Sandbox::empty();
    let refused = "2: column value: the cell has a formula and no value; open the workbook in a \
                   spreadsheet program and save it";
    for value in
        ["@><f>2+3</f><v/>", "@><f>2+3</f>", "@t=\"str\"><f>A1</f>", "@><f t=\"shared\" si=\"0\"/>"]
    {
        assert_eq!(named(&figure(value).import(&sandbox, &[]).failed()), [refused], "{value}");
    }
    let _ = figure("@><f>2+3</f><v/>").import(&sandbox, &["--map", "value="]).done();
    let _ = figure("@><f>2+3</f><v>5</v>").import(&sandbox, &[]).done();
    assert_eq!(sandbox.ask("select value from figures"), "5");
    // Cells that are a part of a text, or both coordinates, are read as well.
    for (heading, options) in [
        ("Strike", &["--map", "Strike=", "--set", "claim_note=Strike {Strike}"][..]),
        ("lat_lon", &["--set", "place_name=Mill", "--set", "place_kind=site"]),
    ] {
        let rows: &[&[&str]] = &[&["claim", "text", heading], &["c", "C", "@><f>2+3</f><v/>"]];
        let error = Book::new(data(rows)).import(&sandbox, options).failed();
        assert_eq!(named(&error), [refused.replace("column value", &format!("column {heading}"))]);
    }
    // An empty text is a value.
    let rows: &[&[&str]] =
        &[&["claim", "text", "claim_note"], &["b", "B", "@t=\"str\"><f>X</f><v/>"]];
    let run = Book::new(data(rows)).import(&sandbox, &[]);
    assert_eq!((run.code, named(&run.err).len()), (0, 0), "{}", run.err);
}

#[test]
fn a_placeholder_is_not_the_value_of_a_formula() {
    let sandbox = Sandbox::empty();
    let formula = |result: &str| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, FIGURES.iter().copied()).unwrap();
        sheet.write_row(1, 0, ["a", "A", "m", "M", "people", "level"]).unwrap();
        sheet.write_formula(1, 6, Formula::new("2+3").set_result(result)).unwrap();
        sandbox.write("book.xlsx", book.save_to_buffer().unwrap());
        sandbox.run(&["import", "book.xlsx"])
    };
    let error = formula("0").failed();
    assert!(error.contains("column value: the cell has a formula and no value"), "{error}");
    let run = sandbox.run(&["import", "book.xlsx", "--keep-going"]);
    assert_eq!((run.code, named(&run.err).len()), (1, 1), "{}", run.err);
    let run = formula("5");
    assert!(
        run.err.contains("did not calculate its formulas, and their values may be old"),
        "{}",
        run.err
    );
    assert_eq!(run.code, 0);
    assert_eq!(sandbox.ask("select value from figures"), "5");
    let run = figure("@><f>2-2</f><v>0</v>").import(&Sandbox::empty(), &[]);
    assert_eq!((run.code, named(&run.err).len()), (0, 0), "{}", run.err);
}

#[test]
fn an_error_of_the_spreadsheet_is_refused_by_its_name() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["claim", "text", "claim_note"],
        &["a", "A", "@t=\"e\"><v>#N/A</v>"],
        &["b", "@t=\"e\"><f>X!A1</f><v>#REF!</v>", ""],
        &["@t=\"e\"><v>#NAME?</v>", "C", ""],
        &["d", "D", ""],
    ];
    let book = Book::new(data(rows));
    let error = book.import(&sandbox, &[]).failed();
    let expected = [
        "2: column claim_note: the cell holds the error #N/A; correct it or clear the cell",
        "3: column text: the cell holds the error #REF!; correct it or clear the cell",
        "4: column claim: the cell holds the error #NAME?; correct it or clear the cell",
    ];
    assert_eq!(named(&error), expected);
    let run = book.import(&sandbox, &["--keep-going", "--rejects", "left.xlsx"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(sandbox.ask("select group_concat(key) from claims"), "d");
    let again =
        sandbox.run(&["import", "left.xlsx", "--map", "claim_note=", "--dry-run", "--keep-going"]);
    assert!(again.err.contains("claims: 2 new\n"), "{}{}", again.out, again.err);
}

/// A worksheet of sources with hyperlinks, and their targets in order.
fn linked(rows: &[&[&str]], links: &[(&str, &str)]) -> (String, String) {
    let (mut list, mut related) = (String::new(), String::new());
    for (n, (area, target)) in links.iter().enumerate() {
        match target.strip_prefix('#') {
            Some(place) => {
                write!(list, "<hyperlink ref=\"{area}\" location=\"{place}\"/>").unwrap()
            }
            None => {
                write!(list, "<hyperlink ref=\"{area}\" r:id=\"l{n}\"/>").unwrap();
                write!(
                    related,
                    "<Relationship Id=\"l{n}\" Type=\"x/hyperlink\" Target=\"{target}\" \
                     TargetMode=\"External\"/>"
                )
                .unwrap();
            }
        }
    }
    (format!("{}<hyperlinks>{list}</hyperlinks>", data(rows)), related)
}

#[test]
fn the_address_behind_a_cell_is_taken_or_named() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["source", "source_kind", "title", "url", "author"],
        &["a", "article", "A", "link", "Ann"],
        &[
            "b",
            "article",
            "@t=\"str\"><f>HYPERLINK(\"#Sheet2!A1\",\"B\")</f><v>B</v>",
            "www.example.org/b",
            "bo@example.org",
        ],
        &["c", "article", "C", "https://example.org/c", "Cy"],
        &["d", "article", "D", "https://example.org/shown", "Di"],
        &[
            "e",
            "article",
            "E",
            "@t=\"str\"><f>HYPERLINK(\"https://example.org/e?q=\"\"x\"\"\",\"E\")</f><v>E</v>",
            "",
        ],
        &["f", "article", "F", "https://example.org/f", ""],
        &["g", "article", "@t=\"str\"><f>HYPERLINK(A1,B1)</f><v>G</v>", "", ""],
    ];
    let (xml, related) = linked(
        rows,
        &[
            ("D2", "https://example.org/a"),
            ("D3:D3", "http://www.example.org/b/"),
            ("D4", "https://example.org/C/"),
            ("D5", "https://example.org/behind"),
            ("E2", "mailto:ann@example.org"),
            ("E3", "mailto:bo@example.org"),
            ("E4:E5", "https://example.org/people"),
            ("C7", "https://example.org/f"),
            ("C2", "#Sheet1!A1"),
        ],
    );
    let book = Book { related: &related, ..Book::new(xml) };
    let run = book.import(&sandbox, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let expected = [
        "2: column author: the link to \"mailto:ann@example.org\" behind this cell is not kept",
        "4: column author: the link to \"https://example.org/people\" behind this cell is not kept \
         (also line 5)",
        "5: column url: the cell shows \"https://example.org/shown\" and links to \
         \"https://example.org/behind\"; the link was taken",
        "8: column title: the link behind this cell is not kept",
    ];
    assert_eq!(named(&run.err), expected);
    let urls =
        sandbox.ask("select group_concat(url, ' ' order by id) from sources where url is not null");
    assert_eq!(
        urls.replace("\"\"", "\"").trim_matches('"'),
        "https://example.org/a http://www.example.org/b/ https://example.org/c \
         https://example.org/behind https://example.org/e?q=\"x\" https://example.org/f"
    );
}

#[test]
fn an_address_that_a_formula_makes_is_refused() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["source", "source_kind", "title", "url"],
        &["a", "article", "A", "@t=\"str\"><f>hyperlink(\"https://\"&amp;B1,\"A\")</f><v>A</v>"],
        &["b", "article", "B", "@t=\"str\"><f>HYPERLINK(C2)</f><v>https://example.org/b</v>"],
    ];
    let error = Book::new(data(rows)).import(&sandbox, &[]).failed();
    let refused =
        "2: column url: a formula makes the address behind this cell; enter the address itself";
    assert_eq!(named(&error), [refused]);
}

#[test]
fn a_link_of_another_program_is_read() {
    let sandbox = Sandbox::empty();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["source", "source_kind", "title", "archived_url"]).unwrap();
    sheet.write_row(1, 0, ["a", "article", "A"]).unwrap();
    sheet.write_url_with_text(1, 3, "https://example.org/a#part", "here").unwrap();
    sandbox.write("book.xlsx", book.save_to_buffer().unwrap());
    let _ = sandbox.run(&["import", "book.xlsx"]).done();
    assert_eq!(
        sandbox.ask("select archived_url from sources where key = 'a'"),
        "https://example.org/a#part"
    );
}

#[test]
fn a_long_number_keeps_its_digits_or_is_refused() {
    let sandbox = Sandbox::empty();
    let cell = |digits: &str| format!("@><v>{digits}</v>");
    let digits = ["1294030472427835393", "1.2940304724278354E+18", "1E+15", "1234567890123450"];
    let cells = digits.map(cell);
    let rows: Vec<Vec<&str>> =
        std::iter::once(vec!["source", "source_kind", "title", "identifier"])
            .chain(
                cells
                    .iter()
                    .zip(["a", "b", "c", "d"])
                    .map(|(cell, key)| vec![key, "post", key, cell]),
            )
            .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let book = Book::new(data(&rows));
    let error = book.import(&sandbox, &[]).failed();
    let expected = [(3, digits[1]), (4, digits[2]), (5, digits[3])].map(|(line, digits)| {
        format!(
            "{line}: column identifier: {digits} may have lost digits: a spreadsheet keeps 15 digits \
             of a number; format the column as text and enter it again"
        )
    });
    assert_eq!(named(&error), expected);
    let _ = book.import(&sandbox, &["--keep-going"]);
    assert_eq!(sandbox.ask("select identifier from sources where key = 'a'"), digits[0]);
    // A number that is a key, which would else be taken for a title.
    let rows: &[&[&str]] = &[&["source", "source_kind", "title"], &[&cells[1], "post", "T"]];
    let error = Book::new(data(rows)).import(&sandbox, &[]).failed();
    assert!(error.contains("2: column source: 1.2940304724278354E+18 may have lost"), "{error}");
    // An amount is a number with as many zeros as it has.
    assert!(figure(&cells[1]).import(&sandbox, &[]).failed().contains("column value: 1.29"));
    let _ = figure(&cells[2]).import(&sandbox, &[]).done();
    assert_eq!(sandbox.ask("select value = 1e15 from figures"), "1");
}

#[test]
fn a_number_that_is_displayed_otherwise_is_named() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[
        &["claim", "text", "measure", "measure_title", "dimension", "growth", "value", "said"],
        &["a", "A", "m", "M", "share", "level", "@s=\"2\"><v>0.25</v>", "@s=\"1\"><v>123</v>"],
        &["b", "B", "m", "", "", "", "@s=\"1\"><v>123</v>", "@s=\"1\"><v>12345</v>"],
        &["c", "C", "m", "", "", "", "@s=\"1\"><v>123</v>", "@s=\"2\"><v>0.25</v>"],
    ];
    let book = Book { formats: &["00000", "0%"], ..Book::new(data(rows)) };
    let run = book.import(&sandbox, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let expected = [
        "2: column said: shown as 00123; 123 is what the cell holds",
        "4: column said: shown as 25%; 0.25 is what the cell holds",
    ];
    assert_eq!(named(&run.err), expected);
    let values = sandbox.ask("select group_concat(value || ' ' || said, ', ') from figures");
    assert_eq!(values, "\"0.25 123, 123 12345, 123 0.25\"");
}

#[test]
fn a_number_that_its_format_changes_is_refused() {
    let sandbox = Sandbox::empty();
    for (code, number, shown) in [
        ("0\"+\"", "20", "20+"),
        ("\"> \"0", "20", "> 20"),
        ("0\"%\"", "20", "20%"),
        ("0\" million\"", "20", "20 million"),
        ("[>100]\"many\";0", "101", "many"),
    ] {
        let cell = format!("@s=\"1\"><v>{number}</v>");
        let error = Book { formats: &[code], ..figure(&cell) }.import(&sandbox, &[]).failed();
        let refused = format!(
            "2: column value: the cell holds {number} and shows \"{shown}\"; enter \"{shown}\" as \
             text, or give the column a plain format"
        );
        assert_eq!(named(&error), [refused], "{code}");
    }
    let book = Book { formats: &[";;;"], ..figure("@s=\"1\"><v>20</v>") };
    let hidden = "2: column value: the cell holds 20, which its format hides; clear the cell, or \
                  give the column a plain format";
    assert_eq!(named(&book.import(&sandbox, &[]).failed()), [hidden]);
    let book = Book { formats: &["@\"+\""], ..figure("@s=\"1\" t=\"str\"><v>20</v>") };
    let error = book.import(&sandbox, &[]).failed();
    assert!(error.contains("column value: the cell holds 20 and shows \"20+\""), "{error}");
    // The file of rejected rows has what was shown.
    let book = Book { formats: &["0\"+\""], ..figure("@s=\"1\"><v>20</v>") };
    let run = book.import(&sandbox, &["--keep-going", "--rejects", "left.xlsx"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let _ = sandbox.run(&["import", "left.xlsx"]).done();
    assert_eq!(sandbox.ask("select value || qualifier from figures"), "20at_least");
}

#[test]
fn a_number_per_cent_is_a_part_of_a_whole() {
    let sandbox = Sandbox::empty();
    let import = |dimension, format| {
        let row = ["a", "A", "m", "M", dimension, "level", "@s=\"1\"><v>0.25</v>"];
        let book = Book { formats: &[format], ..Book::new(data(&[FIGURES, &row])) };
        book.import(&sandbox, &[])
    };
    for format in ["0%", "0.0E+0%"] {
        let error = import("people", format).failed();
        let refused = "column value: \"0.25\" is a part of a whole, and measure m counts people";
        assert!(error.contains(refused), "{format}: {error}");
    }
    let _ = import("share", "0%").done();
    assert_eq!(sandbox.ask("select value || ifnull(said, '') from figures"), "0.25");
}

#[test]
fn what_a_format_shows_beside_a_number_is_named_once() {
    let sandbox = Sandbox::empty();
    let row = ["B", "m", "M", "people", "level"];
    let row = |key, value| [&[key], &row[..], &[value]].concat();
    let (km, million) = ("@s=\"1\"><v>20</v>", "@s=\"2\"><v>1500000</v>");
    let rows = [FIGURES.to_vec(), row("a", km), row("b", million), row("c", km)];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let book = Book { formats: &["0\" km\"", "0.0,,\"M\""], ..Book::new(data(&rows)) };
    let run = book.import(&sandbox, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let noted =
        "2: column value: \"km\" is shown beside the number, which was read alone (also line 4)";
    assert_eq!(named(&run.err), [noted]);
    assert_eq!(sandbox.ask("select group_concat(value, ' ') from figures"), "20 1500000 20");
}

#[test]
fn text_that_is_raised_or_struck_is_named_and_no_number() {
    let sandbox = Sandbox::empty();
    let run = |mark: &str, text: &str| format!("<r><rPr>{mark}</rPr><t>{text}</t></r>");
    let plain = |text: &str| format!("<r><rPr><strike val=\"0\"/></rPr><t>{text}</t></r>");
    let raised = "<vertAlign val=\"superscript\"/>";
    let lowered = "<vertAlign val=\"subscript\"/>";
    let strings = [
        plain("107,000") + &run(raised, "1"),
        plain("10") + &run(raised, "3"),
        run("<strike/>", "120") + &plain("107"),
        plain("CO") + &run(lowered, "2") + &plain(" rose") + &run(raised, " "),
        plain("1") + &run("<vertAlign val=\"baseline\"/>", "2"),
        plain("1,234,56") + &run(raised, "7"),
    ];
    let inline = format!("@t=\"inlineStr\"><is>{}</is>", strings[1]);
    let strings: String = strings.iter().map(|runs| format!("<si>{runs}</si>")).collect();
    let cells = ["@t=\"s\"><v>0</v>", inline.as_str(), "@t=\"s\"><v>2</v>"];
    for (cell, marked) in cells.iter().zip(["107,000^1", "10^3", "~~120~~107"]) {
        let error = Book { strings: &strings, ..figure(cell) }.import(&sandbox, &[]).failed();
        let refused = format!(
            "2: column value: a part of the text is raised (^), lowered (_) or struck through (~~): \
             \"{marked}\"; enter what is meant as plain text"
        );
        assert_eq!(named(&error), [refused]);
    }
    let _ = Book { strings: &strings, ..figure("@t=\"s\"><v>4</v>") }.import(&sandbox, &[]).done();
    let rows: &[&[&str]] = &[&["claim", "text"], &["b", "@t=\"s\"><v>3</v>"]];
    let run = Book { strings: &strings, ..Book::new(data(rows)) }.import(&sandbox, &[]);
    let noted = "2: column text: text that is raised, lowered or struck through was read as plain \
                 text: \"CO_2rose\"";
    assert_eq!((run.code, named(&run.err)), (0, vec![noted]));
    // A raised mark does not settle how the numbers of its column are read.
    let row = |value| ["c", "C", "m", "M", "people", "level", value];
    let rows = [FIGURES.to_vec(), row("@t=\"s\"><v>5</v>").to_vec(), row("107.000").to_vec()];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let book = Book { strings: &strings, ..Book::new(data(&rows)) };
    let error = book.import(&sandbox, &["--keep-going"]).err;
    assert!(error.contains("3: column value: \"107.000\" has one group"), "{error}");
}

#[test]
fn struck_through_cells_are_read_and_named() {
    let sandbox = Sandbox::empty();
    let struck = "@t=\"str\" s=\"1\"><v>T</v>";
    let rows: &[&[&str]] = &[
        &["claim", "text", "claim_note"],
        &["a", struck, "@s=\"1\"><v/>"],
        &["b", "B", "@s=\"2\"><v>5</v>"],
        &["c", struck, "@s=\"0\" t=\"str\"><v>n</v>"],
    ];
    let book = Book { fonts: &["<strike/>", "<b/>"], ..Book::new(data(rows)) };
    let run = book.import(&sandbox, &[]);
    let noted =
        "2: column text: the cell is struck through, and was read all the same (also line 4)";
    assert_eq!((run.code, named(&run.err)), (0, vec![noted]), "{}", run.err);
}

#[test]
fn a_date_whose_format_says_more_is_refused() {
    let sandbox = Sandbox::empty();
    let day = "@s=\"1\"><v>44375</v>";
    let rows: &[&[&str]] = &[&["claim", "text", "happened"], &["a", "A", day]];
    let import = |code| Book { formats: &[code], ..Book::new(data(rows)) }.import(&sandbox, &[]);
    for (code, words) in [("\"before \"d.m.yyyy", "before "), ("yyyy-mm-dd\"?\"", "?")] {
        let refused = format!(
            "2: column happened: the date 2021-06-28 is shown with \"{words}\"; enter what is meant \
             as text, or give the column a plain date format"
        );
        assert_eq!(named(&import(code).failed()), [refused]);
    }
    for code in ["dd\\.mm\\.yyyy\" г.\"", "[$-404]yyyy\"年\"m\"月\"d\"日\";@", "dddd, d mmmm yyyy"]
    {
        assert_eq!(named(&import(code).err), [""; 0], "{code}");
    }
    let iso = "@t=\"d\" s=\"1\"><v>2021-06-01</v>";
    let rows: &[&[&str]] = &[&["claim", "text", "happened"], &["b", "B", iso]];
    let run = Book { formats: &["mmm yyyy"], ..Book::new(data(rows)) }.import(&sandbox, &[]);
    let part = "2: column happened: a part of the date 2021-06-01 is not displayed; enter a month as \
                text, such as 2021-06";
    assert_eq!((run.code, named(&run.err)), (0, vec![part]));
}

#[test]
fn a_date_of_a_worksheet_has_no_time_zone() {
    let sandbox = Sandbox::empty();
    let (moment, day) = ("@s=\"1\"><v>44375.979166666664</v>", "@s=\"1\"><v>44375</v>");
    let month = "@s=\"2\"><v>44348</v>";
    let header: &[&str] = &["claim", "text", "happened", "status", "at", "because", "claim_note"];
    let formats = &["yyyy-mm-dd hh:mm", "mmm yyyy"];
    let rows: &[&[&str]] = &[
        header,
        &["a", "A", moment, "", "", "", ""],
        &["b", "B", "", "disputed", moment, "Why", ""],
        &["c", "C", "", "disputed", day, "Why", ""],
    ];
    let error = Book { formats, ..Book::new(data(rows)) }.import(&sandbox, &[]).failed();
    let lines = named(&error);
    assert_eq!(lines.len(), 2, "{error}");
    let no_zone = "is a date of the spreadsheet, which has no time zone; enter it as text, such as \
                   2021-06-28T23:30:00Z or 2021-06-28T23:30:00+04:30";
    assert_eq!(lines[0], format!("3: column at: 2021-06-28T23:30:00 {no_zone}"));
    assert_eq!(lines[1], format!("4: column at: 2021-06-28 {no_zone}"));
    let rows: &[&[&str]] = &[
        header,
        &["a", "A", day, "", "", "", ""],
        &["b", "B", month, "", "", "", moment],
        &[
            "c",
            "C",
            "@t=\"d\"><v>2021-06-28T00:00:00</v>",
            "disputed",
            "2021-06-28T23:30:00Z",
            "Why",
            "",
        ],
    ];
    let run = Book { formats, ..Book::new(data(rows)) }.import(&sandbox, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let expected = [
        "3: column happened: a part of the date 2021-06-01 is not displayed; enter a month as text, \
         such as 2021-06",
        "3: column claim_note: the cell holds the date 2021-06-28T23:30:00; format the column as \
         text if it is none",
    ];
    assert_eq!(named(&run.err), expected);
    let days = sandbox.ask("select group_concat(happened) from claims");
    assert_eq!(days, "\"2021-06-28,2021-06-01,2021-06-28\"");
}

#[test]
fn days_of_a_workbook_that_counts_from_1904() {
    let sandbox = Sandbox::empty();
    let rows: &[&[&str]] = &[&["claim", "text", "happened"], &["a", "A", "@s=\"1\"><v>40712</v>"]];
    let book = Book {
        formats: &["yyyy-mm-dd"],
        workbook: "<workbookPr date1904=\"1\"/>",
        ..Book::new(data(rows))
    };
    let _ = book.import(&sandbox, &[]).done();
    assert_eq!(sandbox.ask("select happened from claims"), "2015-06-19");
}

#[test]
fn hidden_rows_and_columns_are_read_and_named() {
    let sandbox = Sandbox::empty();
    let mut rows = vec![vec!["claim".to_owned(), "text".to_owned(), "claim_note".to_owned()]];
    rows.extend((2..21).map(|n| vec![format!("c{n}"), format!("C{n}"), "n".to_owned()]));
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let hide = |xml: String, from: usize| {
        (from..20).fold(xml, |xml, n| {
            xml.replace(&format!("<row r=\"{n}\">"), &format!("<row r=\"{n}\" hidden=\"1\">"))
        })
    };
    let columns =
        "<cols><col min=\"2\" max=\"2\"/><col min=\"3\" max=\"9\" hidden=\"true\"/></cols>";
    let run = Book::new(columns.to_owned() + &hide(data(&rows), 18)).import(&sandbox, &[]);
    assert_eq!(run.code, 0);
    let expected = [
        " 2 hidden rows were read: 18 and 19",
        " 1 hidden column was read: claim_note; `--map NAME=` skips a column",
    ];
    assert_eq!(named(&run.err), expected);
    assert_eq!(sandbox.ask("select count(*), count(note) from claims"), "19,19");
    let run = Book::new(hide(data(&rows), 3)).import(&sandbox, &[]);
    assert_eq!(
        named(&run.err),
        [" 17 hidden rows were read: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 7 more"]
    );
}

#[test]
fn the_first_visible_worksheet_is_read_and_the_others_are_named() {
    let sandbox = Sandbox::empty();
    let sheet = |key: &str| data(&[&["claim", "text"], &[key, "T"]]);
    let mut book = Book::new(sheet("a"));
    book.sheets = vec![
        ("Old", "hidden", sheet("old")),
        ("Main", "visible", sheet("main")),
        ("Empty", "visible", "<sheetData><row><c s=\"1\"/></row></sheetData>".to_owned()),
        ("More", "veryHidden", sheet("more")),
    ];
    let run = book.import(&sandbox, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let expected = " the worksheets \"Old\" (hidden) and \"More\" (hidden) were not read; \
                    `--sheet NAME` reads another one";
    assert_eq!(named(&run.err), [expected]);
    let run = book.import(&sandbox, &["--sheet", "More"]);
    assert_eq!((run.code, named(&run.err).len()), (0, 0), "{}", run.err);
    assert_eq!(sandbox.ask("select group_concat(key) from claims"), "\"main,more\"");
    let error = book.import(&sandbox, &["--sheet", "Moore"]).failed();
    assert!(
        error.contains("no worksheet \"Moore\"; did you mean \"More\"? (Old, Main, Empty, More)"),
        "{error}"
    );
}

#[test]
fn comments_are_named() {
    let sandbox = Sandbox::empty();
    let related = "<Relationship Id=\"c\" Type=\"x/comments\" Target=\"../comments1.xml\"/>";
    let book = Book { related, ..Book::new(data(&[&["claim", "text"], &["a", "A"]])) };
    assert_eq!(named(&book.import(&sandbox, &[]).err), [" the comments on cells were not read"]);
}

#[test]
fn texts_are_read_in_every_form() {
    let sandbox = Sandbox::empty();
    let strings = "<si><r><t>rich </t></r><r><rPr/><t xml:space=\"preserve\">text </t></r><r><t>&amp;c</t></r></si>\
        <si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>とうきょう</t></rPh><phoneticPr/></si>\
        <si><t>a_x000D_b_x005F_x0041_</t></si>";
    let rows: &[&[&str]] = &[
        &["claim", "text"],
        &["a", "@t=\"s\"><v>0</v>"],
        &["b", "@t=\"s\"><v>1</v>"],
        &["c", "@t=\"s\"><v>2</v>"],
        &["d", "@t=\"inlineStr\"><v>0</v><is><r><t>in</t></r><r><t>line</t></r></is>"],
        &["e", "@t=\"str\"><v><![CDATA[<e>]]>&#x41;</v>"],
        &["f", "@t=\"b\"><v>1</v>"],
    ];
    let xml = data(rows).replace("<row", "<x:row").replace("</row", "</x:row");
    let _ = Book { strings, ..Book::new(xml) }.import(&sandbox, &[]).done();
    let texts = sandbox.ask("select replace(group_concat(text, '|'), char(13), '^') from claims");
    assert_eq!(texts, "richtext &c|東京|a^b_x0041_|inline|<e>A|true");
    let rows: &[&[&str]] = &[&["claim", "text"], &["g", "@t=\"s\"><v>9</v>"]];
    let error = Book { strings, ..Book::new(data(rows)) }.import(&sandbox, &[]).failed();
    assert!(error.contains("2: column text: the workbook lacks the text of this cell"), "{error}");
}

#[test]
fn what_is_no_workbook_is_refused() {
    let sandbox = Sandbox::empty();
    let import = |bytes: &[u8]| {
        sandbox.write("book.xlsx", bytes);
        sandbox.run(&["import", "book.xlsx"]).failed()
    };
    let error = import(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on");
    assert!(error.contains("book.xlsx: not an XLS workbook: "), "{error}");
    assert!(import(b"PK").contains("book.xlsx: not an XLSX workbook: "));
    let mut book = Book::new(String::new());
    book.sheets.clear();
    assert!(import(&book.bytes()).contains("there is no worksheet in it"));
    for (xml, why) in [
        ("<sheetData><row><c r=\"A1\"><v>1", "it ends within <"),
        ("<dimension/>", "it holds no <sheetData>"),
        ("<sheetData><row><c r=\"1A\"/></row></sheetData>", "\"1A\" refers to no cell"),
        (
            "<sheetData><row><c r=\"A1\"/><c r=\"A1\"/></row></sheetData>",
            "the cell after row 1 is out",
        ),
        ("<sheetData><row><c t=\"z\"/></row></sheetData>", "a cell has the unknown type \"z\""),
        ("<sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData>", "&a;: no such entity"),
    ] {
        let error = import(&Book::new(xml.to_owned()).bytes());
        assert!(error.contains("cannot read the worksheet \"Sheet1\": "), "{error}");
        assert!(error.contains(why), "{why}: {error}");
    }
}
