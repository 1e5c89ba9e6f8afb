//! Every cell that is read is in the archive as written, refused with its place, or named in a remark:
//! tables with a text of its own in each cell, of which none may be lost.

use crate::common::{context, run_random_cases, write_empty_archive};
use crate::{ods, xls};
use onrecord::error::Error;
use onrecord::model::{COLUMNS, CancelToken, Column, Type};
use onrecord::ops::export::{self, ExportFormat};
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use std::path::Path;

/// What a cell of a table holds.
#[derive(Clone, Copy, Debug)]
enum Cell {
    /// Nothing.
    Empty,
    /// A text of its own, where the column holds texts; a fitting value elsewhere.
    Fitting,
    /// A text of its own, whatever the column holds.
    Text,
    /// A text of its own with a sign between two names.
    Several,
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        3 => Just(Cell::Empty),
        8 => Just(Cell::Fitting),
        1 => Just(Cell::Text),
        1 => Just(Cell::Several),
    ]
}

/// Headings: columns of the model by position, and others that are none.
fn heading() -> impl Strategy<Value = Heading> {
    prop_oneof![
        30 => (0..COLUMNS.len()).prop_map(Heading::Column),
        1 => Just(Heading::None),
        1 => Just(Heading::Unknown),
    ]
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Heading {
    Column(usize),
    None,
    Unknown,
}

#[derive(Clone, Debug)]
struct Table {
    headings: Vec<Heading>,
    rows: Vec<Vec<Cell>>,
    /// The number of cells by which a row is shorter (or, below zero, longer) than the header.
    short: i8,
}

fn table() -> impl Strategy<Value = Table> {
    // A text and a title make most rows rows of something.
    let always = ["text", "title", "source_kind", "place_name", "place_kind"];
    let always: Vec<Heading> = always
        .iter()
        .map(|name| Heading::Column(COLUMNS.iter().position(|c| c.name == *name).unwrap()))
        .collect();
    (prop::collection::vec(heading(), 0..9), 1..4usize, -1..2i8).prop_flat_map(
        move |(more, rows, short)| {
            let mut headings = always.clone();
            for heading in more {
                if !headings.contains(&heading) {
                    headings.push(heading);
                }
            }
            let width = headings.len();
            prop::collection::vec(prop::collection::vec(cell(), width), rows..=rows)
                .prop_map(move |rows| Table { headings: headings.clone(), rows, short })
        },
    )
}

/// A value that fits a column, with the marker in it where the column holds texts.
fn fitting(column: &Column, marker: &str, n: usize) -> String {
    match (column.definition().ty, column.name) {
        (Type::Text, "url" | "archived_url") => format!("https://{marker}.example/{marker}"),
        (Type::Text, "expression") => "1 = 1".to_owned(),
        (Type::Text, _) => format!("Text {marker}"),
        (Type::Key, _) => format!("key-{marker}"),
        (Type::Code(table), _) => match table {
            "source_kinds" => "article",
            "location_kinds" => "town",
            "claim_kinds" => "event",
            "dimensions" => "money",
            "growths" => "level",
            "statuses" => "reported",
            "stances" => "asserts",
            "hedges" => "none",
            "qualifiers" => "about",
            "link_relations" => "supports",
            "origin_relations" => "cites",
            "reliabilities" => "B",
            "place_relations" => "at",
            _ => "x",
        }
        .to_owned(),
        (Type::CodeNumber(_), _) => "2".to_owned(),
        (Type::Date, _) => format!("20{:02}-0{}-11", n % 90 + 10, n % 9 + 1),
        (Type::Time, _) => format!("2021-07-01T09:{:02}:00Z", n % 60),
        (Type::Number | Type::Integer, _) => format!("{}", n % 80),
        (Type::Hash, _) => format!("{n:064x}"),
        _ => format!("key-{marker}"),
    }
}

/// The rows of the table, of which the first is the header, and the markers in it.
fn written(table: &Table) -> (Vec<Vec<String>>, Vec<String>) {
    let mut markers = Vec::new();
    let name = |heading: &Heading| match heading {
        Heading::Column(n) => COLUMNS[*n].name,
        Heading::None => "",
        Heading::Unknown => "no such column",
    };
    let header = table.headings.iter().map(|heading| name(heading).to_owned());
    let mut rows: Vec<Vec<String>> = vec![header.collect()];
    let mut n = 0;
    for row in &table.rows {
        let mut cells: Vec<String> = Vec::new();
        for (heading, cell) in table.headings.iter().zip(row) {
            n += 1;
            let marker = format!("qzx{n}qzx");
            let column = match heading {
                Heading::Column(n) => Some(&COLUMNS[*n]),
                _ => None,
            };
            let text = match (cell, column) {
                (Cell::Empty, _) => String::new(),
                (Cell::Fitting, Some(column)) => fitting(column, &marker, n),
                (Cell::Several, _) => format!("Name {marker}; Other {marker}"),
                _ => format!("Text {marker}"),
            };
            if text.contains(&marker) {
                markers.push(marker);
            }
            cells.push(text);
        }
        match table.short {
            1 => {
                let last = cells.pop().unwrap_or_default();
                markers.retain(|marker| !last.contains(marker));
            }
            -1 => {
                n += 1;
                cells.push(format!("Text qzx{n}qzx"));
                markers.push(format!("qzx{n}qzx"));
            }
            _ => {}
        }
        rows.push(cells);
    }
    (rows, markers)
}

/// The form in which a table is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    Csv,
    Ods,
    Xls,
    /// A workbook in which another worksheet is read with it.
    Worksheets,
    /// Objects in lines, with every other value in an object of its own.
    JsonRows,
}

/// The table as an input, with a name for its rejects and the columns that are fields.
fn write(rows: &[Vec<String>], form: Form) -> (Input, &'static str, Vec<(String, String)>) {
    match form {
        Form::Csv => {
            let lines: Vec<String> = rows.iter().map(|cells| cells.join(",") + "\n").collect();
            (Input::bytes_of("t.csv", lines.concat()), "left.csv", Vec::new())
        }
        Form::Ods => {
            let cells: Vec<Vec<&str>> =
                rows.iter().map(|cells| cells.iter().map(String::as_str).collect()).collect();
            let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
            let bytes = ods::package("", &ods::sheet("Sheet1", &cells));
            (Input::bytes_of("t.ods", bytes), "left.xlsx", Vec::new())
        }
        Form::Xls => {
            let cells: Vec<Vec<&str>> =
                rows.iter().map(|cells| cells.iter().map(String::as_str).collect()).collect();
            let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
            let bytes = xls::Book::new(xls::texts(&cells)).bytes();
            (Input::bytes_of("t.xls", bytes), "left.xlsx", Vec::new())
        }
        Form::Worksheets => {
            let cells: Vec<Vec<&str>> =
                rows.iter().map(|cells| cells.iter().map(String::as_str).collect()).collect();
            let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
            let other: [&[&str]; 2] =
                [&["source", "title", "source_kind", "note"], &["other", "Other", "book", "One"]];
            let sheets = ods::sheet("claims", &cells) + &ods::sheet("sources", &other);
            (Input::bytes_of("t.ods", ods::package("", &sheets)), "left.xlsx", Vec::new())
        }
        Form::JsonRows => {
            let (header, rows) = rows.split_first().unwrap();
            let line = |cells: &Vec<String>| {
                let (mut outer, mut inner) = (serde_json::Map::new(), serde_json::Map::new());
                for (n, cell) in cells.iter().enumerate() {
                    let name = header.get(n).map_or("further", String::as_str).to_owned();
                    let object = if n % 2 == 1 { &mut inner } else { &mut outer };
                    object.insert(name, cell.as_str().into());
                }
                outer.insert("o".to_owned(), inner.into());
                serde_json::Value::from(outer).to_string() + "\n"
            };
            let lines: String = rows.iter().map(line).collect();
            let nested = header.iter().skip(1).step_by(2);
            let nested = nested.filter(|name| COLUMNS.iter().any(|column| column.name == **name));
            let map = nested.map(|name| (format!("o.{name}"), name.clone())).collect();
            (Input::bytes_of("t.jsonl", lines), "left.jsonl", map)
        }
    }
}

/// The text of a file of rejects, or of all parts of a workbook.
fn text_of(path: &Path) -> String {
    let Ok(bytes) = std::fs::read(path) else { return String::new() };
    let Ok(mut parts) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) else {
        return String::from_utf8(bytes).unwrap();
    };
    let mut text = String::new();
    for n in 0..parts.len() {
        std::io::Read::read_to_string(&mut parts.by_index(n).unwrap(), &mut text).unwrap();
    }
    text
}

fn run(table: &Table, form: Form) {
    let (rows, markers) = written(table);
    let (input, left, map) = write(&rows, form);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let options = || {
        let mut options = Options::new(&path, vec![input.clone()]);
        options.settings.map.clone_from(&map);
        options
    };
    write_empty_archive(&path);
    match import(options(), &context()) {
        // A table with a problem is refused whole, and every problem names a place in it.
        Err(Error::Problems { problems, .. }) => {
            assert!(!problems.is_empty(), "{rows:?}");
        }
        Err(error) => panic!("{error}\n{rows:?}"),
        Ok(outcome) => {
            let archive = content(&path);
            let remarks: Vec<&str> = outcome.remarks.iter().map(|r| r.what.as_str()).collect();
            for marker in &markers {
                let is_there =
                    archive.contains(marker) || remarks.iter().any(|r| r.contains(marker));
                assert!(
                    is_there,
                    "{marker} is neither in the archive nor in a remark:\n{rows:?}\n{remarks:?}"
                );
            }
        }
    }
    // With what is wrong left out, each row is in or is named by its line.
    write_empty_archive(&path);
    let rejects = folder.path().join(left);
    let mut options = options();
    options.keep_going = true;
    options.rejects = Some(&rejects);
    let Ok(outcome) = import(options, &context()) else { return };
    let archive = content(&path);
    let left = text_of(&rejects);
    for marker in markers {
        let is_there = archive.contains(&marker)
            || left.contains(&marker)
            || outcome.remarks.iter().any(|remark| remark.what.contains(&marker))
            // A header that cannot be read refuses the table.
            || outcome.tallies.is_empty() && !outcome.problems.is_empty();
        assert!(is_there, "{marker} is lost with what is wrong left out:\n{rows:?}\n{left}");
    }
}

/// Everything that people put in, as NDJSON without the operations, which hold no cells.
fn content(path: &Path) -> String {
    let mut out = Vec::new();
    let options = export::Options::whole(ExportFormat::Ndjson);
    export::export(path, &options, export::Target::Stream(&mut out), CancelToken::never()).unwrap();
    String::from_utf8(out).unwrap()
}

/// `ONRECORD_CASES=5000 cargo test --test it markers::` tries as many other tables.
#[test]
fn every_cell_is_in_the_archive_or_refused_or_remarked() {
    let form = || {
        prop_oneof![
            Just(Form::Csv),
            Just(Form::Ods),
            Just(Form::Xls),
            Just(Form::Worksheets),
            Just(Form::JsonRows)
        ]
    };
    let test = "markers::every_cell_is_in_the_archive_or_refused_or_remarked";
    run_random_cases(test, 120, |config| {
        proptest!(config, |(table in table(), form in form())| run(&table, form));
    });
}

/// The values of a review in microdata, a marker in each, and the page that has them; `packed` puts it into
/// MHTML.
fn page_of_markers(skip: usize, packed: bool) -> (String, Vec<String>) {
    let text = |name: &str| format!("<p itemprop={name}>Text {{}}</p>");
    let address = |name: &str| format!("<a itemprop={name} href='https://{{}}.example/{{}}'>x</a>");
    let item = |name: &str, of: &str, inside: &[String]| {
        let inside = inside.concat();
        format!("<div itemprop={name} itemscope itemtype='http://schema.org/{of}'>{inside}</div>")
    };
    let fields = [
        text("claimReviewed"),
        text("name"),
        text("description"),
        text("reviewBody"),
        address("url"),
        address("image"),
        "<meta itemprop=keywords content='Text {}'>".to_owned(),
        "<time itemprop=dateModified>Text {}</time>".to_owned(),
        item("author", "Organization", &[text("name"), address("url")]),
        item("publisher", "Organization", &[text("name")]),
        item("reviewRating", "Rating", &[text("alternateName")]),
        item(
            "itemReviewed",
            "Claim",
            &[item("author", "Person", &[text("name"), text("jobTitle")]), address("appearance")],
        ),
    ];
    let mut page = "<div itemscope itemtype='https://schema.org/ClaimReview'>\
                    <meta itemprop=datePublished content=2021-07-01>"
        .to_owned();
    let mut markers = Vec::new();
    for (n, field) in fields.iter().enumerate().filter(|(n, _)| *n != skip) {
        // Each value has a marker of its own; the two places of an address have one.
        for (m, piece) in field.split_inclusive("</").enumerate() {
            let marker = format!("qzx{n}y{m}qzx");
            if piece.contains("{}") {
                page += &piece.replace("{}", &marker);
                markers.push(marker);
            } else {
                page += piece;
            }
        }
    }
    page += "</div>";
    if packed {
        page = format!(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\
             Content-Type: text/html; charset=utf-8\n\n{page}\n--b--\n"
        );
    }
    (page, markers)
}

#[test]
fn every_property_of_a_review_in_microdata_is_in_the_archive_or_remarked() {
    for skip in 0..13 {
        let (page, markers) = page_of_markers(skip, skip % 2 == 0);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        write_empty_archive(&path);
        let done =
            import(Options::new(&path, vec![Input::bytes_of("p.html", page.clone())]), &context());
        if skip == 0 {
            assert!(matches!(done, Err(Error::Problems { .. })), "{page}");
            continue;
        }
        let outcome = done.unwrap();
        let archive = content(&path);
        let remarks: Vec<&str> = outcome.remarks.iter().map(|r| r.what.as_str()).collect();
        // Of a property that is not read, its name is told.
        let unread = ["reviewBody", "image", "keywords", "dateModified"];
        for marker in markers {
            let at = page.find(&marker).unwrap();
            let name = page[..at].rsplit("itemprop=").next().unwrap();
            let name = name.split([' ', '>']).next().unwrap();
            let told = unread.contains(&name)
                && remarks.iter().any(|r| r.contains("not read") && r.contains(name));
            // The reason of a verdict that is not stated.
            let told = told || remarks.iter().any(|r| r.starts_with(&format!("{name}: ")));
            let is_there = archive.contains(&marker) || remarks.iter().any(|r| r.contains(&marker));
            assert!(told || is_there, "{marker} ({name}) is lost: {remarks:?}\n{page}");
        }
    }
}
