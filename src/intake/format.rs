//! The input formats, and their detection from a file name or the start of the content.

use super::bibliography::{csl, zotero_csv};
use super::saved_page::is_mhtml;
use super::table;
use super::text::encoding;
use super::ucdp;

/// An input format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A document in TOML, the format people write by hand.
    Toml,
    /// A document in JSON: one object, of the same shape as the TOML.
    Json,
    /// NDJSON: one JSON object per line, each a row of a table of the archive.
    Ndjson,
    /// A folder of Parquet files with a manifest, each a table of the archive.
    Parquet,
    /// A folder that makes a PostgreSQL database, with a manifest, and each table of the archive as a file.
    Postgres,
    /// Objects of another tool in JSON, one on each line or in a list, read as rows of a table.
    JsonRows,
    /// A table with a header row; the delimiter is detected: `,` `;` `|` or tab.
    Csv,
    /// A table with a header row and tabs as delimiter.
    Tsv,
    /// A workbook in XLSX.
    Xlsx,
    /// A workbook in OpenDocument.
    Ods,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// schema.org ClaimReview as JSON-LD.
    ClaimReview,
    /// ClaimReview inside a saved web page, HTML or MHTML.
    Html,
    /// Events of the UCDP Georeferenced Event Dataset, as CSV.
    Ucdp,
    /// A bibliography in CSL-JSON, read as sources.
    CslJson,
    /// A bibliography in BibTeX or BibLaTeX, read as sources.
    Bibtex,
    /// A bibliography in RIS, read as sources.
    Ris,
    /// A bibliography in NBIB, PubMed's format, read as sources.
    Nbib,
    /// A bibliography in the CSV of Zotero, read as sources.
    ZoteroCsv,
}

/// The content of the first part of an OpenDocument spreadsheet (ODF 1.3, part 2, 3.3).
const OPEN_DOCUMENT: &[u8] = b"opendocument.spreadsheet";

/// The bytes with which a compound file begins (MS-CFB 2.2), and a zip archive.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";

impl Format {
    /// Returns true for a folder that holds a whole archive, which the caller opens file by file.
    pub fn is_folder(self) -> bool {
        matches!(self, Format::Parquet | Format::Postgres)
    }

    /// The names of the formats on the command line.
    pub const WORDS: [(&'static str, Format); 19] = [
        ("toml", Format::Toml),
        ("json", Format::Json),
        ("ndjson", Format::Ndjson),
        ("parquet", Format::Parquet),
        ("postgres", Format::Postgres),
        ("json-rows", Format::JsonRows),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("xlsx", Format::Xlsx),
        ("ods", Format::Ods),
        ("xls", Format::Xls),
        ("claimreview", Format::ClaimReview),
        ("html", Format::Html),
        ("ucdp", Format::Ucdp),
        ("csl-json", Format::CslJson),
        ("bibtex", Format::Bibtex),
        ("ris", Format::Ris),
        ("nbib", Format::Nbib),
        ("zotero-csv", Format::ZoteroCsv),
    ];

    /// Detects the format from the extension of a file name, or else from the start of the content.
    pub fn guess(name: &str, start: &[u8]) -> Format {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            // Whatever it is called: a workbook with a password is a compound file too.
            _ if start.starts_with(COMPOUND_FILE) => Format::Xls,
            // Other programs give tables of other formats this name.
            Some("xls" | "xlt") if !start.starts_with(ZIP) => Format::Xls,
            Some("toml") => Format::Toml,
            Some("ndjson" | "jsonl") if table::json_rows::is_rows(start) => Format::JsonRows,
            Some("ndjson" | "jsonl") => Format::Ndjson,
            Some("csv") if table::has_header(start, ucdp::COLUMNS) => Format::Ucdp,
            Some("csv") if table::has_header(start, &zotero_csv::COLUMNS) => Format::ZoteroCsv,
            Some("csv") => Format::Csv,
            Some("tsv" | "tab") => Format::Tsv,
            Some("xlsx" | "xlsm") => Format::Xlsx,
            Some("ods" | "ots") => Format::Ods,
            Some("bib" | "bibtex") => Format::Bibtex,
            Some("ris") => Format::Ris,
            Some("nbib") => Format::Nbib,
            Some("html" | "htm" | "xhtml" | "mhtml" | "mht") => Format::Html,
            Some("jsonld") => Format::ClaimReview,
            Some("json") => Format::guess_json(start),
            _ => Format::guess_content(start),
        }
    }

    /// Detects which JSON format the start of an input is in; the reader of that format checks the
    /// whole.
    fn guess_json(start: &[u8]) -> Format {
        let text = String::from_utf8_lossy(start);
        let at = |word: &str| text.find(word).unwrap_or(usize::MAX);
        let linked = at("\"@context\"").min(at("\"@type\""));
        if text.trim_start().starts_with('{') && at("\"onrecord\"") < linked {
            Format::Json
        } else if linked < usize::MAX || at("\"claimReview\"") < usize::MAX {
            Format::ClaimReview
        } else if text.trim_start().starts_with('[') && csl::names_type(&text) {
            Format::CslJson
        } else if is_list_of_objects(&text) {
            Format::JsonRows
        } else {
            Format::Json
        }
    }

    fn guess_content(start: &[u8]) -> Format {
        let text = encoding::decode_text(start);
        let text = text.trim_start();
        let first = text.lines().next().unwrap_or_default();
        if start.starts_with(ZIP) {
            match start.windows(OPEN_DOCUMENT.len()).any(|window| window == OPEN_DOCUMENT) {
                true => Format::Ods,
                false => Format::Xlsx,
            }
        } else if text.starts_with('{')
            && text.lines().nth(1).is_some_and(|line| line.starts_with('{'))
            && table::json_rows::is_rows(start)
        {
            Format::JsonRows
        } else if text.starts_with('{') && first.contains("\"table\"") {
            Format::Ndjson
        } else if text.starts_with(['{', '[']) && !first.starts_with("[[") {
            match Format::guess_json(start) {
                Format::Json if text.starts_with("[archive]") => Format::Toml,
                format => format,
            }
        } else if text.starts_with('<') || is_mhtml(start) {
            Format::Html
        } else if text.starts_with('@') && first.contains('{') {
            Format::Bibtex
        } else if first.starts_with("TY  - ") {
            Format::Ris
        } else if first.starts_with("PMID- ") {
            Format::Nbib
        } else if table::has_header(start, ucdp::COLUMNS) {
            Format::Ucdp
        } else if table::has_header(start, &zotero_csv::COLUMNS) {
            Format::ZoteroCsv
        } else if !first.contains(" = ") && first.contains([',', ';', '\t']) {
            Format::Csv
        } else {
            Format::Toml
        }
    }

    /// Returns true for our own documents, which are read and imported as a whole.
    pub fn is_document(self) -> bool {
        matches!(self, Format::Toml | Format::Json)
    }

    /// Returns true for a workbook, whose cells are more than text.
    pub fn is_workbook(self) -> bool {
        matches!(self, Format::Xlsx | Format::Ods | Format::Xls)
    }

    /// Returns true for a table whose columns are fields of records.
    pub fn is_table(self) -> bool {
        self.is_workbook() || matches!(self, Format::Csv | Format::Tsv | Format::JsonRows)
    }
}

/// Returns true for a list whose first item is an object.
fn is_list_of_objects(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'))
}

#[cfg(test)]
mod tests {
    use super::{COMPOUND_FILE, Format};

    #[test]
    fn formats_are_told_by_name_or_content() {
        let guess = |name: &str, text: &str| Format::guess(name, text.as_bytes());
        let own = r#"{"onrecord": 1, "claim": [{"note": "a ClaimReview says \"@type\""}]}"#;
        assert_eq!(guess("a.json", own), Format::Json);
        assert_eq!(guess("-", own), Format::Json);
        let review = r#"{"@context": "https://schema.org", "@type": "ClaimReview"}"#;
        assert_eq!(guess("a.json", review), Format::ClaimReview);
        assert_eq!(guess("-", review), Format::ClaimReview);
        let api = r#"{"claims": [{"text": "A", "claimReview": []}]}"#;
        assert_eq!(guess("a.json", api), Format::ClaimReview);
        assert_eq!(guess("a.json", r#"[{"id": 1, "type": "book"}]"#), Format::CslJson);
        assert_eq!(guess("-", "{\"table\": \"claims\"}\n"), Format::Ndjson);
        assert_eq!(guess("a.jsonl", "{\"table\": \"claims\"}\n"), Format::Ndjson);
        assert_eq!(guess("a.jsonl", ""), Format::Ndjson);
        let line = "{\"tweet\": {\"type\": \"x\", \"table\": \"t\"}}\n";
        assert_eq!(guess("a.jsonl", line), Format::JsonRows);
        assert_eq!(guess("a.jsonl", &format!("{line}{{\"table\": \"claims\"}}")), Format::Ndjson);
        assert_eq!(guess("-", &line.repeat(2)), Format::JsonRows);
        assert_eq!(guess("-", "{\n\"onrecord\": 1}"), Format::Json);
        assert_eq!(guess("a.json", "[ {\"type\": \"clash\"}]"), Format::JsonRows);
        assert_eq!(guess("a.json", "[]"), Format::Json);
        assert_eq!(guess("-", "onrecord = 1\n"), Format::Toml);
        assert_eq!(guess("-", "# a note\nonrecord = 1\n"), Format::Toml);
        assert_eq!(guess("-", "[archive]\ntitle = \"x\"\n"), Format::Toml);
        assert_eq!(guess("-", "[[source]]\nkey = \"x\"\n"), Format::Toml);
        assert_eq!(guess("-", "claim;text;kind\n"), Format::Csv);
        assert_eq!(guess("-", "<!doctype html>"), Format::Html);
        assert_eq!(guess("a.MHT", ""), Format::Html);
        let message = "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\n\r\n";
        assert_eq!(guess("-", message), Format::Html);
        assert_eq!(guess("-", "From: x\nMIME-Version: 1.0\n\n"), Format::Html);
        assert_eq!(guess("-", "a: b, c\n\nMIME-Version: 1.0\n"), Format::Csv);
        assert_eq!(guess("-", "@article{a,\n"), Format::Bibtex);
        assert_eq!(guess("-", "TY  - JOUR\n"), Format::Ris);
        assert_eq!(guess("-", "\nPMID- 1\n"), Format::Nbib);
        assert_eq!(guess("A.XLSX", ""), Format::Xlsx);
        assert_eq!(guess("A.ODS", ""), Format::Ods);
        assert_eq!(guess("a.XLS", ""), Format::Xls);
        for name in ["a.xls", "a.xlsx", "a.csv", "-"] {
            assert_eq!(Format::guess(name, COMPOUND_FILE), Format::Xls, "{name}");
        }
        assert_eq!(guess("a.xls", "PK\u{3}\u{4}[Content_Types].xml"), Format::Xlsx);
        assert_eq!(guess("-", "PK\u{3}\u{4}[Content_Types].xml"), Format::Xlsx);
        let document = "PK\u{3}\u{4}mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
        assert_eq!(guess("-", document), Format::Ods);
    }
}
