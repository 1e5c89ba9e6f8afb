//! Imports of any bytes: all that is taken is in the archive by its rules and comes out again, and what is
//! refused leaves the archive as it was.

use super::values::is_not_a_number;
use onrecord::error::Error;
use onrecord::intake::{self, Format, Settings, Sink, Unit};
use onrecord::internals::{Words, in_memory};
use onrecord::model::table_option::TableOption;
use onrecord::model::{CancelToken, Record, SourcePos, Value};
use onrecord::ops::Context;
use onrecord::ops::archive::check::check;
use onrecord::ops::archive::init::{NewNames, init};
use onrecord::ops::export::{self, ExportFormat, Target, export};
use onrecord::ops::import::{Input, Options, Outcome, import};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

/// Most units of an input that are looked at.
const MOST_UNITS: usize = 5_000;

/// True where a fuzzer runs: it imports one in eight of the inputs that are parsed, by their bytes, as an import
/// takes a hundred times as long, and runs the longer checks. A replay of the corpus imports all.
pub(super) static IS_FUZZER: AtomicBool = AtomicBool::new(false);

/// Returns true where a fuzzer runs.
pub(super) fn is_fuzzer() -> bool {
    IS_FUZZER.load(Ordering::Relaxed)
}

/// A number below `number`, by the bytes of an input: the same one for the same input.
pub(super) fn one_in(number: u64, input: &[u8]) -> u64 {
    let sum = input.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (sum >> 32) % number
}

thread_local! {
    static WORDS: Words =
        Words::read(&in_memory("2021-01-01T00:00:00Z").expect("an archive")).expect("its codes");
    static FOLDER: TempDir = tempfile::tempdir().expect("a folder");
}

/// The circumstances of every run.
pub(super) fn context() -> Context {
    Context { now: "2021-07-02T12:00:00Z".to_owned(), editor: None, cancel: CancelToken::never() }
}

/// A path in a folder of this thread.
pub(super) fn path(name: &str) -> PathBuf {
    FOLDER.with(|folder| folder.path().join(name))
}

/// Writes an empty archive, which is made once.
pub(super) fn write_empty(name: &str) -> PathBuf {
    static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
    let empty = EMPTY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("empty.db");
        init(&path, NewNames::default(), &context()).expect("an archive");
        std::fs::read(path).expect("its bytes")
    });
    let path = path(name);
    std::fs::write(&path, empty).expect("a copy");
    path
}

/// The archive as text, in a format that a stream takes.
pub(super) fn exported(archive: &Path, format: ExportFormat) -> Result<String, Error> {
    let mut out = Vec::new();
    let options = export::Options::whole(format);
    export(archive, &options, Target::Stream(&mut out), CancelToken::never())?;
    Ok(String::from_utf8(out).expect("an export in UTF-8"))
}

/// Reads a table. Before it may stand options, a line each, and the line `%%`.
pub fn import_table(format: Format, input: &[u8]) {
    let mark = input.windows(3).position(|three| three == b"%%\n");
    let (options, table) = match mark {
        Some(at) => (&input[..at], &input[at + 3..]),
        None => (&b""[..], input),
    };
    let mut settings = Settings::default();
    let Ok(options) = std::str::from_utf8(options).map(TableOption::parse_lines) else { return };
    let Ok(options) = options else { return };
    for option in options {
        // What an option prints is the same option.
        if let Some(line) = option.line() {
            assert_eq!(TableOption::parse_lines(&line), Ok(vec![option.clone()]), "{line:?}");
        }
        settings.apply(option);
    }
    check_import(format, table, &settings);
}

/// Reads an input of a format that has no options.
pub fn import_one(format: Format, input: &[u8]) {
    check_import(format, input, &Settings::default());
}

/// Reads published reviews: JSON-LD, an answer of the Fact Check Tools API, or a saved page.
pub fn import_review(input: &[u8]) {
    match Format::guess("input", input) {
        Format::Html => import_one(Format::Html, input),
        _ => import_one(Format::ClaimReview, input),
    }
}

/// Reads a bibliography, in the format that its beginning shows.
pub fn import_bibliography(input: &[u8]) {
    match Format::guess("input", input) {
        format @ (Format::Ris | Format::Nbib | Format::CslJson) => import_one(format, input),
        _ => import_one(Format::Bibtex, input),
    }
}

/// Reads a workbook: a whole file, or what is to be packed into one. That is the stream of a workbook in XLS;
/// otherwise the parts of a zip archive, each behind a line `=== NAME`, or the worksheets of one in ODS.
pub fn import_workbook(format: Format, input: &[u8]) {
    let whole = input.starts_with(b"PK") || input.starts_with(b"\xd0\xcf\x11\xe0");
    match format {
        _ if whole => import_one(format, input),
        Format::Xls => import_one(format, &compound_file(input)),
        _ => import_one(format, &zip_archive(format, input)),
    }
}

fn compound_file(stream: &[u8]) -> Vec<u8> {
    let file = Cursor::new(Vec::new());
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, file).expect("a file");
    file.create_stream("Workbook").expect("a stream").write_all(stream).expect("its bytes");
    file.flush().expect("the file");
    file.into_inner().into_inner()
}

/// The parts of a workbook of one worksheet, unless the input has others.
const PARTS: [(&str, &str); 4] = [
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    ("xl/workbook.xml", r#"<workbook><sheets><sheet name="A" r:id="a"/></sheets></workbook>"#),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/a.xml"/><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="f" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>"),
];

/// The beginning and the end of the content of a spreadsheet in OpenDocument.
const CONTENT: [&[u8]; 2] = [
    b"<office:document-content><office:body><office:spreadsheet>",
    b"</office:spreadsheet></office:body></office:document-content>",
];

fn zip_archive(format: Format, input: &[u8]) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    if format == Format::Ods {
        let kind = b"application/vnd.oasis.opendocument.spreadsheet".to_vec();
        parts.push(("mimetype".to_owned(), kind));
        if !input.starts_with(b"=== ") {
            parts.push(("content.xml".to_owned(), [CONTENT[0], input, CONTENT[1]].concat()));
        }
    } else if !input.starts_with(b"=== ") {
        parts.push(("xl/worksheets/a.xml".to_owned(), input.to_vec()));
    }
    let mut rest = input;
    while let Some(part) = rest.strip_prefix(b"=== ") {
        let line = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let end = part.windows(5).position(|five| five == b"\n=== ").unwrap_or(part.len());
        let name = String::from_utf8_lossy(&part[..line]).into_owned();
        if !parts.iter().any(|(other, _)| *other == name) {
            parts.push((name, part.get(line + 1..end).unwrap_or_default().to_vec()));
        }
        rest = part.get(end + 1..).unwrap_or_default();
    }
    if format == Format::Xlsx {
        for (name, text) in PARTS {
            if !parts.iter().any(|(other, _)| other == name) {
                parts.push((name.to_owned(), text.as_bytes().to_vec()));
            }
        }
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        if zip.start_file(name, stored).is_ok() {
            zip.write_all(&bytes).expect("a part");
        }
    }
    zip.finish().expect("a zip archive").into_inner()
}

/// The units of an input, as they are read.
#[derive(Default)]
struct Units(Vec<Unit>);

impl Sink for Units {
    fn header(&mut self, _: &[String]) {}
    fn delimiter(&mut self, _: u8) {}
    fn unit(&mut self, unit: Unit) -> bool {
        self.0.push(unit);
        self.0.len() < MOST_UNITS
    }
}

fn read_units(format: Format, input: &[u8], settings: &Settings) -> Vec<Unit> {
    WORDS.with(|words| {
        if format.is_document() {
            return vec![intake::read_document(input, format, words)];
        }
        let mut units = Units::default();
        intake::stream(Cursor::new(input), format, settings, words, &mut units)
            .expect("bytes in memory can be read");
        units.0
    })
}

/// Every position lies in the input, every message says something, and numbers are numbers.
fn check_unit(format: Format, input: &[u8], unit: &Unit) {
    let lines = input.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 2;
    let check_pos = |pos: &SourcePos| match pos {
        SourcePos::Line(line, column) if !format.is_workbook() => {
            assert!((1..=lines).contains(line), "line {line} of {lines}: {unit:?}");
            assert!((1..=input.len() + 1).contains(column), "column {column}: {unit:?}");
        }
        SourcePos::Cell(line, _) if !format.is_workbook() => {
            assert!(*line <= lines, "line {line} of {lines}: {unit:?}");
        }
        _ => {}
    };
    for (pos, what) in unit.problems.iter().chain(&unit.remarks) {
        check_pos(pos);
        assert!(!what.trim().is_empty(), "a message without words: {unit:?}");
    }
    unit.records.iter().for_each(|record| check_record(record, &check_pos));
}

fn check_record(record: &Record, check_pos: &dyn Fn(&SourcePos)) {
    check_pos(&record.pos);
    assert_eq!(record.values.len(), record.kind.fields.len());
    for given in record.values.iter().flatten() {
        check_pos(&given.pos);
        assert!(!is_not_a_number(&given.value), "{given:?}");
    }
    record.parts.iter().for_each(|part| check_record(part, check_pos));
}

fn check_import(format: Format, input: &[u8], settings: &Settings) {
    let units = read_units(format, input, settings);
    units.iter().for_each(|unit| check_unit(format, input, unit));
    let whole = units.iter().any(|unit| !unit.records.is_empty() && unit.problems.is_empty());
    if whole && (!is_fuzzer() || one_in(8, input) == 0) {
        check_archive(format, input, settings);
    }
}

fn take(
    archive: &Path,
    format: Format,
    input: &[u8],
    settings: &Settings,
) -> Result<Outcome, Error> {
    let settings = if format.is_table() { settings.clone() } else { Settings::default() };
    let options = Options {
        format: Some(format),
        settings,
        ..Options::new(archive, vec![Input::bytes_of("input", input)])
    };
    import(options, &context())
}

/// Imports the input into an empty archive, once more, and into another archive what that one exports.
fn check_archive(format: Format, input: &[u8], settings: &Settings) {
    let archive = write_empty("archive.db");
    let before = std::fs::read(&archive).expect("the archive");
    match take(&archive, format, input, settings) {
        Ok(_) => {}
        Err(error) => {
            assert!(before == std::fs::read(&archive).expect("the archive"), "{error:?}: written");
            match error {
                Error::Problems { problems, .. } => assert!(!problems.is_empty()),
                Error::Refused { .. } | Error::NotFound { .. } => {}
                error => panic!("{error:?}"),
            }
            return;
        }
    }
    let mut broken =
        check(&archive, None, is_fuzzer(), CancelToken::never()).expect("an archive").rows;
    // Sources may say of each other what goes round in a circle, and an export also carries what another tool
    // put into `sqlar`.
    broken.retain(|row| row[0] != Value::from("origin-circles"));
    broken.retain(|row| format != Format::Ndjson || row[1] != Value::from("sqlar"));
    assert!(broken.is_empty(), "rules that an import broke: {broken:?}");
    let rows = exported(&archive, ExportFormat::Ndjson).expect("an export");
    // What is there already is found again.
    let again = take(&archive, format, input, settings).expect("a second import of the same");
    let changed: usize = again.tallies.iter().map(|tally| tally.new + tally.updated).sum();
    assert_eq!(changed, 0, "a second import of the same changed {:?}", again.tallies);
    // What goes out comes back.
    for format in [ExportFormat::Ndjson, ExportFormat::Toml] {
        let text = exported(&archive, format).expect("an export");
        let copy = write_empty("copy.db");
        let form = if format == ExportFormat::Toml { Format::Toml } else { Format::Ndjson };
        take(&copy, form, text.as_bytes(), &Settings::default())
            .unwrap_or_else(|error| panic!("{error:?}: an export that no import takes:\n{text}"));
        let back = exported(&copy, format).expect("an export");
        assert!(text == back, "an export comes back as another:\n{text}\n---\n{back}");
    }
    assert!(rows == exported(&archive, ExportFormat::Ndjson).expect("an export"), "it changed");
}
