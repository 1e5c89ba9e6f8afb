//! Bytes to records, or to numbered problems.
//!
//! A document is read into a tree that knows the place of every value, and the tree is walked
//! field by field, so that all problems of a document are found in one reading. Nothing here knows
//! of files or archives; the words of the code lists are handed in.

mod bibtex;
mod claimreview;
mod claimreview_places;
mod claimreview_verdict;
mod csl;
mod decimal;
mod encoding;
mod entries;
mod field;
mod html;
mod json;
mod json_places;
mod jsonld;
mod lines;
mod ndjson;
mod page;
mod prose;
mod quotes;
mod reference;
mod row;
mod sheet;
mod table;
mod tex;
mod toml;
mod tree;
mod ucdp;
mod ucdp_articles;
mod ucdp_places;
mod unit;
mod verdicts;
mod walk;
mod when;
mod xlsx;

use crate::model::{Problem, Record, Spot};
use std::io::{BufReader, Read, Seek};

pub use field::{Codes, read_flag};
pub use html::page_text;
pub use page::{Page, page};
pub use unit::{Raw, Unit};

/// How an input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML, the form people write by hand.
    Toml,
    /// One JSON object, of the same shape.
    Json,
    /// One JSON object a line, each a row of a table.
    Ndjson,
    /// A table with a header: `,` `;` or tab between cells.
    Csv,
    /// A table with tabs between cells.
    Tsv,
    /// A spreadsheet workbook.
    Xlsx,
    /// schema.org ClaimReview as JSON-LD.
    ClaimReview,
    /// The same inside a saved web page.
    Html,
    /// Events of the UCDP Georeferenced Event Dataset, as CSV.
    Ucdp,
    /// Sources as CSL-JSON.
    CslJson,
    /// Sources as BibTeX or BibLaTeX.
    Bibtex,
}

impl Format {
    /// The words by which people name formats.
    pub const WORDS: [(&'static str, Format); 11] = [
        ("toml", Format::Toml),
        ("json", Format::Json),
        ("ndjson", Format::Ndjson),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("xlsx", Format::Xlsx),
        ("claimreview", Format::ClaimReview),
        ("html", Format::Html),
        ("ucdp", Format::Ucdp),
        ("csl-json", Format::CslJson),
        ("bibtex", Format::Bibtex),
    ];

    /// The format for a file name's ending, or for what the content begins with.
    pub fn guess(name: &str, start: &[u8]) -> Format {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("toml") => Format::Toml,
            Some("ndjson" | "jsonl") => Format::Ndjson,
            Some("csv") if table::is_ucdp(start) => Format::Ucdp,
            Some("csv") => Format::Csv,
            Some("tsv" | "tab") => Format::Tsv,
            Some("xlsx" | "xlsm") => Format::Xlsx,
            Some("bib" | "bibtex") => Format::Bibtex,
            Some("html" | "htm" | "xhtml") => Format::Html,
            Some("jsonld") => Format::ClaimReview,
            Some("json") => Format::of_json(start),
            _ => Format::of_content(start),
        }
    }

    /// What a JSON document begins with says which it is; the whole of it is asked again when read.
    fn of_json(start: &[u8]) -> Format {
        let text = String::from_utf8_lossy(start);
        let at = |word: &str| text.find(word).unwrap_or(usize::MAX);
        let linked = at("\"@context\"").min(at("\"@type\""));
        if text.trim_start().starts_with('{') && at("\"onrecord\"") < linked {
            Format::Json
        } else if linked < usize::MAX {
            Format::ClaimReview
        } else if text.trim_start().starts_with('[') && at("\"type\"") < usize::MAX {
            Format::CslJson
        } else {
            Format::Json
        }
    }

    fn of_content(start: &[u8]) -> Format {
        let text = encoding::text(start);
        let text = text.trim_start();
        let first = text.lines().next().unwrap_or_default();
        if start.starts_with(b"PK\x03\x04") {
            Format::Xlsx
        } else if text.starts_with('{') && first.contains("\"table\"") {
            Format::Ndjson
        } else if text.starts_with(['{', '[']) && !first.starts_with("[[") {
            match Format::of_json(start) {
                Format::Json if text.starts_with("[archive]") => Format::Toml,
                format => format,
            }
        } else if text.starts_with('<') {
            Format::Html
        } else if text.starts_with('@') && first.contains('{') {
            Format::Bibtex
        } else if table::is_ucdp(start) {
            Format::Ucdp
        } else if !first.contains(" = ") && first.contains([',', ';', '\t']) {
            Format::Csv
        } else {
            Format::Toml
        }
    }

    /// Whether it is a document of ours, which is read and taken whole.
    pub fn is_document(self) -> bool {
        matches!(self, Format::Toml | Format::Json)
    }

    /// Whether it is a table whose columns are fields.
    pub fn is_table(self) -> bool {
        matches!(self, Format::Csv | Format::Tsv | Format::Xlsx)
    }
}

/// What a person says of how an input is written.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Columns of a table by the field they are; an empty field passes the column over.
    pub map: Vec<(String, String)>,
    /// Fields with one value for all rows.
    pub set: Vec<(String, String)>,
    /// The encoding of a table; otherwise detected.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The sign between the cells of a table; otherwise detected.
    pub delimiter: Option<u8>,
    /// Whether numbers have a decimal comma and may have grouped digits.
    pub decimal_comma: bool,
    /// The worksheet of a workbook; otherwise the first.
    pub sheet: Option<String>,
}

impl Settings {
    /// The encoding that goes by this name.
    ///
    /// # Errors
    /// When none does.
    pub fn encoding_named(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
        encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            format!(
                "no encoding is called {name:?}; utf-8, utf-16le, windows-1252 and the like are"
            )
        })
    }
}

/// Takes units as they are read.
pub trait Sink {
    /// Takes the header of a table.
    fn header(&mut self, header: &[String]);
    /// Takes note of the sign between cells.
    fn delimiter(&mut self, sign: u8);
    /// Takes a unit; gives whether to read on.
    fn unit(&mut self, unit: Unit) -> bool;
}

/// Reads an input that is no document, unit by unit.
///
/// # Errors
/// When it cannot be read; what is wrong with what was read is told to the sink.
pub fn stream(
    mut input: impl Read + Seek,
    format: Format,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    match format {
        Format::Ndjson => {
            return ndjson::read(BufReader::with_capacity(1 << 16, input), codes, sink);
        }
        Format::Csv => return table::read(input, false, settings, codes, sink),
        Format::Tsv => {
            let settings = Settings { delimiter: Some(b'\t'), ..settings.clone() };
            return table::read(input, false, &settings, codes, sink);
        }
        Format::Ucdp => return table::read(input, true, settings, codes, sink),
        Format::Xlsx => {
            xlsx::read(BufReader::new(input), settings, codes, sink);
            return Ok(());
        }
        _ => {}
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    for unit in entries::entries(&bytes, format, codes) {
        if !sink.unit(unit) {
            break;
        }
    }
    Ok(())
}

/// Whether NDJSON holds a whole archive, which a new archive takes over with its history.
///
/// # Errors
/// When it cannot be read.
pub fn is_export(input: impl Read) -> std::io::Result<bool> {
    ndjson::is_export(BufReader::with_capacity(1 << 16, input))
}

/// A view that an export brings along: a report of the user's own.
#[derive(Clone, Debug)]
pub struct StoredView {
    /// Name of the view.
    pub name: String,
    /// Its CREATE VIEW statement.
    pub sql: String,
    /// Where it stands.
    pub spot: Spot,
}

/// What a document holds.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The records, in the order of the document, those inside others after them.
    pub records: Vec<Record>,
    /// Views that an export brings along.
    pub views: Vec<StoredView>,
}

/// Reads a TOML or JSON document named `input` for messages. Problems come in the order of the document; when
/// there are any, the records are those that could be read all the same.
pub fn read(
    input: &str,
    bytes: &[u8],
    format: Format,
    codes: &dyn Codes,
) -> (Document, Vec<Problem>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let (line, column) = lines::position(bytes, error.valid_up_to());
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let what = format!("the byte 0x{byte:02x} is not UTF-8; save the document as UTF-8");
            let spot = Spot::Line(line, column);
            return (Document::default(), vec![Problem { input: input.to_owned(), spot, what }]);
        }
    };
    let lines = lines::Lines::new(text);
    let tree = match format {
        Format::Json => json::tree(text, 0),
        _ => toml::tree(text),
    };
    let (document, mut found) = walk::document(tree, codes);
    // Places are byte offsets until here; people count lines and columns.
    found.sort_by_key(|(offset, _)| *offset);
    found.dedup();
    let problems = found
        .into_iter()
        .map(|(offset, what)| Problem { input: input.to_owned(), spot: lines.spot(offset), what })
        .collect();
    (document.placed(&lines), problems)
}

impl Document {
    /// Turns the byte offsets of a fresh document into lines and columns.
    fn placed(mut self, lines: &lines::Lines<'_>) -> Self {
        fn place(record: &mut Record, lines: &lines::Lines<'_>) {
            lines.place(&mut record.spot);
            record.values.iter_mut().flatten().for_each(|given| lines.place(&mut given.spot));
            record.parts.iter_mut().for_each(|part| place(part, lines));
        }
        self.records.iter_mut().for_each(|record| place(record, lines));
        self.views.iter_mut().for_each(|view| lines.place(&mut view.spot));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn formats_are_told_by_name_or_content() {
        let guess = |name: &str, text: &str| Format::guess(name, text.as_bytes());
        let own = r#"{"onrecord": 1, "claim": [{"note": "a ClaimReview says \"@type\""}]}"#;
        assert_eq!(guess("a.json", own), Format::Json);
        assert_eq!(guess("-", own), Format::Json);
        let review = r#"{"@context": "https://schema.org", "@type": "ClaimReview"}"#;
        assert_eq!(guess("a.json", review), Format::ClaimReview);
        assert_eq!(guess("-", review), Format::ClaimReview);
        assert_eq!(guess("a.json", r#"[{"id": 1, "type": "book"}]"#), Format::CslJson);
        assert_eq!(guess("-", "{\"table\": \"claims\"}\n"), Format::Ndjson);
        assert_eq!(guess("-", "onrecord = 1\n"), Format::Toml);
        assert_eq!(guess("-", "# a note\nonrecord = 1\n"), Format::Toml);
        assert_eq!(guess("-", "[archive]\ntitle = \"x\"\n"), Format::Toml);
        assert_eq!(guess("-", "[[source]]\nkey = \"x\"\n"), Format::Toml);
        assert_eq!(guess("-", "claim;text;kind\n"), Format::Csv);
        assert_eq!(guess("-", "<!doctype html>"), Format::Html);
        assert_eq!(guess("-", "@article{a,\n"), Format::Bibtex);
        assert_eq!(guess("A.XLSX", ""), Format::Xlsx);
    }
}
