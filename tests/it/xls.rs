//! Worksheets of Excel 97 to 2003: every cell that is read is in the archive as written, or refused, or
//! named in a remark.

use crate::common::{Run, Sandbox};
use std::io::{Cursor, Read as _, Write as _};

/// A record: its number, its length and its bytes.
pub fn record(id: u16, parts: &[&[u8]]) -> Vec<u8> {
    let data = parts.concat();
    let length = u16::try_from(data.len()).unwrap();
    [&id.to_le_bytes()[..], &length.to_le_bytes(), &data].concat()
}

fn le(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The characters of a text with what stands before them, without its length.
fn characters(text: &str) -> Vec<u8> {
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    std::iter::once(1).chain(wide).collect()
}

fn length(text: &str) -> u16 {
    u16::try_from(text.encode_utf16().count()).unwrap()
}

/// A text with a length of two bytes.
fn long(text: &str) -> Vec<u8> {
    [&length(text).to_le_bytes()[..], &characters(text)].concat()
}

fn begin(kind: u16) -> Vec<u8> {
    record(0x0809, &[&le(&[0x0600, kind, 0x0dbb, 0x07cc, 0, 0, 6, 0])])
}

fn end() -> Vec<u8> {
    record(0x000a, &[])
}

/// A cell of a worksheet.
#[derive(Clone)]
pub enum Cell {
    Empty,
    /// A text among those that the worksheets share.
    Text(String),
    /// Such a text with changes of its font: the first character of each, and the font.
    Rich(String, Vec<u16>),
    /// A text in the cell itself.
    Own(String),
    Number(f64),
    Rk(u32),
    /// Several numbers in a row in one record.
    Several(Vec<u32>),
    Boolean(u8),
    Error(u8),
    /// The eight bytes of the value of a formula, its flags, its tokens and the text that is its value.
    Formula([u8; 8], u16, Vec<u8>, Option<String>),
}

pub fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub fn texts(rows: &[&[&str]]) -> Vec<Vec<Cell>> {
    let cell = |cell: &&str| if cell.is_empty() { Cell::Empty } else { text(cell) };
    rows.iter().map(|cells| cells.iter().map(cell).collect()).collect()
}

/// The name, the state, the rows and further records of a worksheet.
type Sheet = (String, u8, Vec<Vec<Cell>>, Vec<u8>);

/// A workbook.
#[derive(Clone, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// Further records of the workbook.
    pub globals: Vec<u8>,
    /// The number formats of the cells that have one, by their position (from 1 on).
    pub formats: Vec<&'static str>,
    /// The style of each cell by row and column; 0 otherwise. Styles from 1 on have the formats, the next
    /// ones the fonts.
    pub styles: Vec<((u16, u16), u16)>,
    /// True if the program that wrote the workbook says how it calculates.
    pub calculated: bool,
}

/// The fonts: plain, struck through, raised, lowered. The fifth one is the sixth in the file.
const FONTS: [(u16, u16); 5] = [(0, 0), (8, 0), (0, 1), (0, 2), (8, 0)];

impl Book {
    pub fn new(rows: Vec<Vec<Cell>>) -> Self {
        let sheets = vec![("Sheet1".to_owned(), 0, rows, Vec::new())];
        Book { sheets, calculated: true, ..Book::default() }
    }

    /// The stream of the workbook.
    pub fn stream(&self) -> Vec<u8> {
        let mut strings: Vec<(String, Vec<u16>)> = Vec::new();
        let sheets: Vec<Vec<u8>> = self
            .sheets
            .iter()
            .map(|(_, _, rows, more)| {
                let mut bytes = begin(0x0010);
                for (number, cells) in (0..).zip(rows) {
                    bytes.extend(record(0x0208, &[&le(&[number, 0, 256, 255, 0, 0, 0, 0])]));
                    for (column, cell) in (0..).zip(cells) {
                        let style = self.styles.iter().find(|(at, _)| *at == (number, column));
                        let head = le(&[number, column, style.map_or(0, |(_, style)| *style)]);
                        bytes.extend(write_cell(cell, &head, &mut strings));
                    }
                }
                [&bytes[..], more, &end()].concat()
            })
            .collect();
        let mut rest = Vec::new();
        for (line, position) in FONTS {
            let font = le(&[200, line, 0x7fff, 400, position, 0, 0]);
            rest.extend(record(0x0031, &[&font, &[1, 0, b'A']]));
        }
        let mut styles = vec![(0, 0)];
        for (n, code) in (164..).zip(&self.formats) {
            rest.extend(record(0x041e, &[&le(&[n]), &long(code)]));
            styles.push((0, n));
        }
        styles.extend([1, 2, 3, 5].map(|font| (font, 0)));
        for (font, format) in styles {
            rest.extend(record(0x00e0, &[&le(&[font, format, 0, 0, 0, 0, 0, 0, 0, 0])]));
        }
        if self.calculated {
            rest.extend(record(0x01c1, &[&le(&[0x01c1, 0, 0, 0])]));
        }
        let mut table = Vec::new();
        for (text, runs) in &strings {
            let head = length(text).to_le_bytes();
            let count = u16::try_from(runs.len() / 2).unwrap().to_le_bytes();
            let mut own = characters(text);
            own[0] |= if runs.is_empty() { 0 } else { 8 };
            let count = if runs.is_empty() { &[][..] } else { &count[..] };
            table.extend([&head[..], &own[..1], count, &own[1..], &le(runs)].concat());
        }
        let count = u32::try_from(strings.len()).unwrap().to_le_bytes();
        rest.extend(record(0x00fc, &[&count, &count, &table]));
        rest.extend(&self.globals);
        let names: Vec<Vec<u8>> = self
            .sheets
            .iter()
            .map(|(name, ..)| {
                [&[u8::try_from(name.len()).unwrap()][..], &characters(name)].concat()
            })
            .collect();
        let head = begin(0x0005).len() + rest.len() + end().len();
        let mut at = head + names.iter().map(|name| 4 + 6 + name.len()).sum::<usize>();
        let mut list = Vec::new();
        for ((sheet, (_, state, ..)), name) in sheets.iter().zip(&self.sheets).zip(&names) {
            let offset = u32::try_from(at).unwrap().to_le_bytes();
            list.extend(record(0x0085, &[&offset, &[*state, 0], name]));
            at += sheet.len();
        }
        [&begin(0x0005)[..], &rest, &list, &end(), &sheets.concat()].concat()
    }

    pub fn bytes(&self) -> Vec<u8> {
        compound("Workbook", &self.stream())
    }

    fn import(&self, sandbox: &Sandbox, more: &[&str]) -> Run {
        import(sandbox, &self.bytes(), more)
    }
}

fn write_cell(cell: &Cell, head: &[u8], strings: &mut Vec<(String, Vec<u16>)>) -> Vec<u8> {
    let mut shared = |text: &str, runs: &[u16]| {
        strings.push((text.to_owned(), runs.to_vec()));
        let number = u32::try_from(strings.len() - 1).unwrap();
        record(0x00fd, &[head, &number.to_le_bytes()])
    };
    match cell {
        Cell::Empty => Vec::new(),
        Cell::Text(text) => shared(text, &[]),
        Cell::Rich(text, runs) => shared(text, runs),
        Cell::Own(text) => record(0x0204, &[head, &long(text)]),
        Cell::Number(number) => record(0x0203, &[head, &number.to_le_bytes()]),
        Cell::Rk(bits) => record(0x027e, &[head, &bits.to_le_bytes()]),
        Cell::Several(list) => {
            let cells: Vec<u8> =
                list.iter().flat_map(|bits| [&[0, 0][..], &bits.to_le_bytes()].concat()).collect();
            record(0x00bd, &[&head[..4], &cells, &[0, 0]])
        }
        Cell::Boolean(value) => record(0x0205, &[head, &[*value, 0]]),
        Cell::Error(code) => record(0x0205, &[head, &[*code, 1]]),
        Cell::Formula(value, flags, tokens, text) => {
            let size = u16::try_from(tokens.len()).unwrap();
            let rest = [le(&[*flags, 0, 0, size]), tokens.clone()].concat();
            let text = text.as_ref().map(|text| record(0x0207, &[&long(text)]));
            [record(0x0006, &[head, value, &rest]), text.unwrap_or_default()].concat()
        }
    }
}

/// A compound file with a stream.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let version = cfb::Version::V3;
    let mut file =
        cfb::CompoundFile::create_with_version(version, Cursor::new(Vec::new())).unwrap();
    file.create_stream(name).unwrap().write_all(stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn import(sandbox: &Sandbox, bytes: &[u8], more: &[&str]) -> Run {
    sandbox.write("book.xls", bytes);
    sandbox.run(&[&["import", "book.xls"], more].concat())
}

/// The lines of an output that name the workbook, without its name.
fn named(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("book.xls:")).collect()
}

const FIGURES: &[&str] =
    &["claim", "text", "measure", "measure_title", "dimension", "growth", "value"];

/// A workbook with a figure in its cell G2, which has a number format.
fn figure(value: Cell, dimension: &str, format: &'static str) -> Book {
    let mut rows = texts(&[FIGURES, &["a", "A", "m", "M", dimension, "level"]]);
    rows[1].push(value);
    Book { formats: vec![format], styles: vec![((1, 6), 1)], ..Book::new(rows) }
}

/// A workbook with a note of a claim for each cell.
fn notes(cells: &[Cell]) -> Book {
    let mut rows = texts(&[&["claim", "text", "claim_note"]]);
    for (n, cell) in cells.iter().enumerate() {
        rows.push(vec![text(&format!("c{n}")), text(&format!("Text {n}")), cell.clone()]);
    }
    Book::new(rows)
}

#[test]
fn a_number_is_read_as_it_is_stored_if_its_cell_shows_it() {
    for (value, format, read) in [
        (Cell::Number(1_234_567.5), "#,##0.00", "1234567.5"),
        (Cell::Number(-5.0), "#,##0_);(#,##0)", "-5"),
        (Cell::Rk(0x0000_0052), "0", "20"),
        (Cell::Rk(0x0000_07d3), "General", "5"),
        (Cell::Several(vec![0x0000_0052]), "0", "20"),
        (Cell::Own("20".to_owned()), "@", "20"),
        (Cell::Formula(20_f64.to_le_bytes(), 0, Vec::new(), None), "0", "20"),
        (Cell::Formula(0_f64.to_le_bytes(), 0, Vec::new(), None), "0", "0"),
    ] {
        let sandbox = Sandbox::empty();
        let run = figure(value, "money", format).import(&sandbox, &[]);
        assert_eq!((run.code, named(&run.err).len()), (0, 0), "{read}: {}", run.err);
        assert_eq!(sandbox.ask("select value from figures"), read, "{format}");
    }
    let sandbox = Sandbox::empty();
    let _ = figure(Cell::Number(0.05), "share", "0%").import(&sandbox, &[]).done();
    assert_eq!(sandbox.ask("select value from figures"), "0.05");
}

#[test]
fn a_number_that_its_cell_shows_as_something_else_is_refused_or_remarked() {
    let sandbox = Sandbox::empty();
    for (format, shown) in [("0\"+\"", "20+"), ("\"at least \"0", "at least 20")] {
        let error = figure(Cell::Number(20.0), "people", format).import(&sandbox, &[]).failed();
        let expected = format!(
            "2: column value: the cell holds 20 and shows \"{shown}\"; enter \"{shown}\" as text, or give \
             the column a plain format"
        );
        assert_eq!(named(&error), [expected.as_str()], "{error}");
    }
    let error = figure(Cell::Number(20.0), "people", ";;;").import(&sandbox, &[]).failed();
    assert!(error.contains("the cell holds 20, which its format hides"), "{error}");
    let run = figure(Cell::Number(5.0), "money", "0.00\" €\"").import(&sandbox, &[]);
    let remark = "2: column value: \"€\" is shown beside the number, which was read alone";
    assert_eq!((run.code, named(&run.err)), (0, vec![remark]), "{}", run.err);
    let mut book = notes(&[Cell::Number(123.0), text("b")]);
    (book.formats, book.styles) = (vec!["00000", "@\" (old)\""], vec![((1, 2), 1), ((2, 2), 2)]);
    let run = book.import(&sandbox, &[]);
    let expected = [
        "2: column claim_note: shown as 00123; 123 is what the cell holds",
        "3: column claim_note: shown as b (old); b is what the cell holds",
    ];
    assert_eq!((run.code, named(&run.err)), (0, expected.to_vec()), "{}", run.err);
}

#[test]
fn digits_that_may_be_lost_and_errors_and_formulas_without_a_value_are_refused() {
    let empty = [3, 0, 0, 0, 0, 0, 0xff, 0xff];
    let lacks_text = [0, 0, 0, 0, 0, 0, 0xff, 0xff];
    let no_value =
        "the cell has a formula and no value; open the workbook in a spreadsheet program";
    for (cell, calculated, why) in [
        (Cell::Number(12_345_678_901_234_568.0), true, "may have lost digits"),
        (Cell::Error(0x2a), true, "the cell holds the error #N/A"),
        (
            Cell::Formula([2, 0, 0x07, 0, 0, 0, 0xff, 0xff], 0, Vec::new(), None),
            true,
            "the cell holds the error #DIV/0!",
        ),
        (Cell::Formula(lacks_text, 0, Vec::new(), None), true, no_value),
        (Cell::Formula(0_f64.to_le_bytes(), 2, Vec::new(), None), true, no_value),
        (Cell::Formula(0_f64.to_le_bytes(), 0, Vec::new(), None), false, no_value),
        (Cell::Formula(empty, 0, Vec::new(), None), false, no_value),
    ] {
        let book = Book { calculated, ..notes(&[cell]) };
        let error = book.import(&Sandbox::empty(), &[]).failed();
        let found = named(&error);
        assert_eq!(found.len(), 1, "{error}");
        assert!(
            found[0].starts_with("2: column claim_note: ") && found[0].contains(why),
            "{error}"
        );
    }
    let sandbox = Sandbox::empty();
    let formula =
        |value, text: Option<&str>| Cell::Formula(value, 0, Vec::new(), text.map(str::to_owned));
    let cells = [
        formula(lacks_text, Some("made")),
        formula(empty, None),
        formula([1, 0, 1, 0, 0, 0, 0xff, 0xff], None),
        Cell::Boolean(0),
    ];
    let run = notes(&cells).import(&sandbox, &[]);
    assert_eq!((run.code, named(&run.err).len()), (0, 0), "{}", run.err);
    assert_eq!(
        sandbox.ask("select group_concat(ifnull(note, '-'), ' ') from claims"),
        "made - true false"
    );
    let old = Cell::Formula(7_f64.to_le_bytes(), 2, Vec::new(), None);
    let run = notes(&[old]).import(&Sandbox::empty(), &[]);
    assert!(run.err.contains("did not calculate its formulas, and their values may be old"));
}

#[test]
fn days_are_counted_from_1900_or_1904() {
    let import = |days: f64, format, globals: Vec<u8>| {
        let sandbox = Sandbox::empty();
        let mut rows = texts(&[&["claim", "text", "happened"], &["a", "A"]]);
        rows[1].push(Cell::Number(days));
        let styles = vec![((1, 2), 1)];
        let run = Book { formats: vec![format], styles, globals, ..Book::new(rows) }
            .import(&sandbox, &[]);
        (run.err, sandbox.ask("select ifnull(group_concat(happened), '') from claims"))
    };
    let from_1904 = || record(0x0022, &[&[1, 0]]);
    assert_eq!(import(44_375.0, "yyyy-mm-dd", Vec::new()).1, "2021-06-28");
    assert_eq!(import(42_913.0, "dd/mm/yy", from_1904()).1, "2021-06-28");
    assert_eq!(import(59.0, "d.m.yyyy", Vec::new()).1, "1900-02-28");
    assert!(import(60.0, "d.m.yyyy", Vec::new()).0.contains("29 February 1900"));
    assert!(import(44_375.0, "mmm yyyy", Vec::new()).0.contains("a part of the date 2021-06-28"));
    assert!(
        import(44_375.0, "\"before \"yyyy-mm-dd", Vec::new()).0.contains("shown with \"before ")
    );
}

#[test]
fn raised_and_struck_text_is_refused_in_a_number_and_remarked_in_a_text() {
    let sandbox = Sandbox::empty();
    let raised = Cell::Rich("103".to_owned(), vec![2, 2]);
    let error = figure(raised, "people", "General").import(&sandbox, &[]).failed();
    let why = "a part of the text is raised (^), lowered (_) or struck through (~~): \"10^3\"";
    assert!(error.contains(why), "{error}");
    let mut book = notes(&[
        Cell::Rich("\u{1f4f7} CO2 not".to_owned(), vec![5, 3, 6, 0, 7, 5]),
        text("A"),
        text("3"),
        Cell::Own("B".to_owned()),
    ]);
    // Styles from 1 on: struck through, raised, lowered, struck through.
    book.styles = vec![((2, 2), 1), ((3, 2), 2), ((4, 2), 4)];
    let run = book.import(&sandbox, &[]);
    let expected = [
        "2: column claim_note: text that is raised, lowered or struck through was read as plain text: \
         \"\u{1f4f7} CO_2 ~~not~~\"",
        "4: column claim_note: text that is raised, lowered or struck through was read as plain text: \
         \"^3\"",
        "3: column claim_note: the cell is struck through, and was read all the same (also line 5)",
    ];
    let mut found = named(&run.err);
    found.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!((run.code, found), (0, expected), "{}", run.err);
}

/// The records of a hyperlink.
pub fn link(row: u16, column: u16, address: &str, kind: [u8; 16]) -> Vec<u8> {
    let address: Vec<u8> = address.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let size = u32::try_from(address.len()).unwrap().to_le_bytes();
    let area = le(&[row, row, column, column]);
    record(0x01b8, &[&area, &[0; 16], &[2, 0, 0, 0], &[3, 0, 0, 0], &kind, &size, &address])
}

pub const URL: [u8; 16] = *b"\xe0\xc9\xea\x79\xf9\xba\xce\x11\x8c\x82\x00\xaa\x00\x4b\xa9\x0b";

#[test]
fn the_address_behind_a_cell_is_taken_or_named() {
    let sandbox = Sandbox::empty();
    let made = |tokens: &[u8]| {
        let value = [0, 0, 0, 0, 0, 0, 0xff, 0xff];
        Cell::Formula(value, 0, tokens.to_vec(), Some("there".to_owned()))
    };
    let mut rows = texts(&[
        &["source", "source_kind", "title", "url"],
        &["a", "article", "A", "here"],
        &["b", "article", "B"],
        &["c", "article", "C"],
    ]);
    rows[2].push(made(b"\x17\x09\0http://b.\x17\x01\0b\x42\x02\x67\x01"));
    let mut book = Book::new(rows);
    book.sheets[0].3 = [
        link(1, 3, "https://a.example/", URL),
        link(3, 2, "https://c.example/", URL),
        link(3, 1, "", [7; 16]),
    ]
    .concat();
    let run = book.import(&sandbox, &[]);
    let expected = [
        " links of a kind that is not read stand behind B4",
        "4: column title: the link to \"https://c.example/\" behind this cell is not kept",
    ];
    assert_eq!((run.code, named(&run.err)), (0, expected.to_vec()), "{}", run.err);
    let urls = sandbox.ask("select group_concat(url, ' ') from sources");
    assert_eq!(urls, "https://a.example/ http://b.");
    let mut rows = texts(&[&["source", "source_kind", "title", "url"], &["d", "article", "D"]]);
    rows[1].push(made(b"\x44\0\0\0\0\x42\x01\x67\x01"));
    let error = Book::new(rows).import(&sandbox, &[]).failed();
    assert!(error.contains("a formula makes the address behind this cell"), "{error}");
}

#[test]
fn merged_areas_hidden_rows_and_comments_are_read_and_named() {
    let sandbox = Sandbox::empty();
    let mut book = Book::new(texts(&[
        &["claim", "text", "source", "source_kind", "title"],
        &["a", "A", "s1", "article", "S"],
        &["b", "B", "", "article", "S"],
        &["c", "C", "s1", "article", "S"],
    ]));
    // A chart in the worksheet has cells of its own.
    let chart = [begin(0x0020), record(0x0203, &[&le(&[9, 9, 0]), &[0; 8]]), end()].concat();
    let more = [
        record(0x00e5, &[&le(&[1, 1, 2, 2, 2])]),
        record(0x0208, &[&le(&[3, 0, 256, 255, 0, 0, 0x20, 0])]),
        record(0x007d, &[&le(&[1, 1, 2048, 0, 1, 0])]),
        chart,
        record(0x001c, &[&le(&[1, 1, 0, 1])]),
    ];
    book.sheets[0].3 = more.concat();
    let run = book.import(&sandbox, &[]);
    let expected = [
        " the comments on cells were not read",
        " 1 hidden row was read: 4",
        " 1 hidden column was read: text; `--map NAME=` skips a column",
    ];
    assert_eq!((run.code, named(&run.err)), (0, expected.to_vec()), "{}", run.err);
    let said = "select group_concat(c.key) from mentions m join claims c on c.id = m.claim_id";
    assert_eq!(sandbox.ask(said), "\"a,b,c\"");
    book.sheets[0].2[2][2] = text("s9");
    let error = book.import(&Sandbox::empty(), &[]).failed();
    assert!(error.contains("the merged area C2:C3 hides the value \"s9\" of this cell"), "{error}");
}

#[test]
fn the_first_visible_worksheet_is_read_and_the_others_are_named() {
    let sandbox = Sandbox::empty();
    let sheet =
        |name: &str, state, rows: &[&[&str]]| (name.to_owned(), state, texts(rows), Vec::new());
    let book = Book {
        sheets: vec![
            sheet("Secret", 2, &[&["claim", "text"], &["s", "S"]]),
            sheet("Help", 0, &[&["onrecord import does not read this worksheet"]]),
            sheet("Data", 0, &[&["claim", "text"], &["d", "D"]]),
            sheet("Blank", 0, &[]),
            sheet("More", 0, &[&["x"]]),
        ],
        calculated: true,
        ..Book::default()
    };
    let run = book.import(&sandbox, &[]);
    let expected = " the worksheets \"Secret\" (hidden) and \"More\" were not read; `--sheet NAME` reads \
                    another one";
    assert_eq!((run.code, named(&run.err)), (0, vec![expected]), "{}", run.err);
    let _ = book.import(&sandbox, &["--sheet", "Secret"]).done();
    assert_eq!(sandbox.ask("select group_concat(key) from claims"), "\"d,s\"");
    let error = book.import(&sandbox, &["--sheet", "Sekret"]).failed();
    assert!(error.contains("no worksheet \"Sekret\"") && error.contains("Secret"), "{error}");
}

#[test]
fn cells_in_any_order_are_read_and_one_that_stands_twice_is_refused() {
    let sandbox = Sandbox::empty();
    let mut book = Book::new(texts(&[&["", "text"], &["a"]]));
    let own = |row, column, text| record(0x0204, &[&le(&[row, column, 0]), &long(text)]);
    book.sheets[0].3 = [own(1, 1, "A"), own(0, 0, "claim")].concat();
    let _ = book.import(&sandbox, &[]).done();
    assert_eq!(sandbox.ask("select key || text from claims"), "aA");
    for again in [own(0, 0, "other"), record(0x0201, &[&le(&[0, 0, 0])])] {
        let mut book = book.clone();
        book.sheets[0].3.extend(again);
        let error = book.import(&sandbox, &[]).failed();
        assert!(error.contains("\"Sheet1\": the cell A1 stands in it twice"), "{error}");
    }
}

#[test]
fn what_is_no_workbook_is_named() {
    let sandbox = Sandbox::empty();
    let locked = Book { globals: record(0x002f, &[&[0; 54]]), ..notes(&[]) };
    let older = {
        let mut stream = notes(&[]).stream();
        stream[5] = 5;
        stream
    };
    let with = |name: &str| compound(name, b"x");
    for (bytes, why) in [
        (
            locked.bytes(),
            "it has a password; open it in a spreadsheet program and save it without one",
        ),
        (with("EncryptedPackage"), "it has a password"),
        (compound("Workbook", &older), "it is a workbook of Excel 95 or older"),
        (with("Book"), "it is a workbook of Excel 95 or older"),
        (with("WordDocument"), "it is a text of Word (.doc)"),
        (with("PowerPoint Document"), "it is a presentation of PowerPoint (.ppt)"),
        (with("Other"), "it is a compound file without a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on".to_vec(), "not an XLS workbook: "),
        (Book { calculated: true, ..Book::default() }.bytes(), "there is no worksheet in it"),
        (Book::new(Vec::new()).bytes(), "the worksheet \"Sheet1\" is empty"),
        (compound("Workbook", &notes(&[]).stream()[..60]), "it ends"),
    ] {
        for name in ["book.xls", "book.xlsx", "book"] {
            sandbox.write(name, &bytes);
            let error = sandbox.run(&["import", name]).failed();
            assert!(error.contains(why), "{name}: {why}: {error}");
        }
    }
    // Another program calls a table of another kind so.
    sandbox.write("page.xls", "<html><table><tr><td>claim");
    let error = sandbox.run(&["import", "page.xls"]).failed();
    assert!(error.contains("no workbook in spite of its name"), "{error}");
    let _ = sandbox.run(&["export", "xlsx", "out.xlsx"]).done();
    std::fs::rename(sandbox.path("out.xlsx"), sandbox.path("out.xls")).unwrap();
    let _ = sandbox.run(&["import", "out.xls"]).done();
}

#[test]
fn few_bytes_do_not_stand_for_many() {
    let sandbox = Sandbox::empty();
    let strings = |count: u32, rest: &[u8]| record(0x00fc, &[&[0; 4], &count.to_le_bytes(), rest]);
    let area = |areas: &[u16]| record(0x00e5, &[&le(areas)]);
    for (globals, more, why) in [
        (strings(u32::MAX, b"\x01\0\0a"), Vec::new(), "a record in it is too short"),
        (strings(1, b"\xff\xff\x01ab"), Vec::new(), "a record in it is too short"),
        (strings(1, b"\x01\0\x04\xff\xff\xff\xffa"), Vec::new(), "a record in it is too short"),
        (Vec::new(), area(&[u16::MAX]), "a record in it is too short"),
        (Vec::new(), area(&[1, 5, 4, 0, 0]), "ends before it begins"),
        (Vec::new(), record(0x0201, &[&le(&[0, 256, 0])]), "a cell lies beyond IV65536"),
        (Vec::new(), vec![0x03, 0x02, 0xff, 0xff], "it ends within a record"),
    ] {
        let mut book = Book { globals, ..notes(&[text("x")]) };
        book.sheets[0].3 = more;
        let error = book.import(&sandbox, &[]).failed();
        assert!(error.contains(why), "{why}: {error}");
    }
}

#[test]
fn what_is_left_out_is_written_to_a_workbook_and_a_table_is_proposed_for() {
    let sandbox = Sandbox::empty();
    let mut rows = texts(&[
        &["What was said", "Killed"],
        &["The mayor said that it rained all day"],
        &["The mayor said that it snowed all day"],
    ]);
    rows[1].push(Cell::Number(20.0));
    rows[2].push(Cell::Number(7.0));
    let book = Book { formats: vec!["0\"+\""], styles: vec![((1, 1), 1)], ..Book::new(rows) };
    let error = book.import(&sandbox, &[]).failed();
    assert!(error.contains("--map 'What was said=text'"), "{error}");
    let map = ["--map", "What was said=text", "--map", "Killed=value:Killed", "--set"];
    let map =
        [&map[..], &["dimension=people", "--set", "growth=per_event", "--keep-going"]].concat();
    let refused = book.import(&sandbox, &[&map[..], &["--rejects", "left.xls"]].concat()).failed();
    assert!(refused.contains("give it a name in .xlsx"), "{refused}");
    let run = book.import(&sandbox, &[&map[..], &["--rejects", "left.xlsx"]].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    let again = sandbox.run(&[&["import", "left.xlsx"], &map[..]].concat());
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(sandbox.ask("select group_concat(coalesce(value, low)) from figures"), "\"7,20\"");
}

#[test]
fn a_long_table_of_texts_goes_on_in_further_records() {
    let sandbox = Sandbox::empty();
    let long_text = "é".repeat(4000) + "東";
    let book = notes(&[text(&long_text), text("b")]);
    let stream = book.stream();
    // The table as one record, divided within the long text.
    let at = stream.windows(2).position(|pair| pair == [0xfc, 0x00]).unwrap();
    let size = usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
    let data = &stream[at + 4..at + 4 + size];
    let cut = data.len() - 1000;
    // The cut is between two bytes of a character, or before one.
    let start = data.windows(2).position(|pair| pair == [0xe9, 0x00]).unwrap();
    let cut = cut - (cut - start) % 2;
    let divided = [record(0x00fc, &[&data[..cut]]), record(0x003c, &[&[1], &data[cut..]])].concat();
    let mut whole = [&stream[..at], &divided, &stream[at + 4 + size..]].concat();
    // The worksheet begins five bytes later.
    let list = whole.windows(2).position(|pair| pair == [0x85, 0x00]).unwrap();
    let offset = u32::from_le_bytes(whole[list + 4..list + 8].try_into().unwrap()) + 5;
    whole[list + 4..list + 8].copy_from_slice(&offset.to_le_bytes());
    let _ = import(&sandbox, &compound("Workbook", &whole), &[]).done();
    assert_eq!(
        sandbox.ask("select length(note) || substr(note, 4001) from claims where key = 'c0'"),
        "4001東"
    );
    assert_eq!(sandbox.ask("select note from claims where key = 'c1'"), "b");
    let mut read = Vec::new();
    let mut file = cfb::CompoundFile::open(Cursor::new(compound("Workbook", &whole))).unwrap();
    file.open_stream("Workbook").unwrap().read_to_end(&mut read).unwrap();
    assert_eq!(read, whole);
}
