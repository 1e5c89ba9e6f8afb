//! Formats that are recognised and not read, with what to do instead.

use crate::model::CLAIM;

/// A format that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignFormat {
    /// Its name, with an article.
    pub name: &'static str,
    /// The advice for such a file.
    pub hint: &'static str,
}

const fn foreign(name: &'static str, hint: &'static str) -> ForeignFormat {
    ForeignFormat { name, hint }
}

/// The bytes with which a workbook in XLS begins.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";
const SAVE_AS: &str = "open it in a spreadsheet program and save it as .xlsx, .ods or .csv";
const KEEP: &str =
    "take down what it says with `onrecord add source`, and keep the file with `onrecord attach`";
/// The advice for a data package, whose tables are those of an archive and not those that people write.
pub const DATA_PACKAGE_ADVICE: &str =
    "a data package is for other programs; `onrecord export ndjson` writes what comes back whole";
const UNPACK: &str = "unpack it, and import the files in it";

/// The formats that begin with certain bytes.
const BY_START: [(&[u8], ForeignFormat); 16] = [
    (
        b"SQLite format 3\0",
        foreign(
            "an SQLite file",
            "`onrecord merge FILE` takes another archive over; export a table of another database as CSV",
        ),
    ),
    (b"%PDF-", foreign("a PDF", KEEP)),
    (b"\x09\x00\x04\x00", foreign("a workbook of Excel 2", SAVE_AS)),
    (b"\x09\x02\x06\x00", foreign("a workbook of Excel 3", SAVE_AS)),
    (b"\x09\x04\x06\x00", foreign("a workbook of Excel 4", SAVE_AS)),
    (b"\x1f\x8b", foreign("a file packed with gzip", "unpack it: gunzip -k FILE")),
    (b"BZh", foreign("a file packed with bzip2", UNPACK)),
    (b"\xfd7zXZ", foreign("a file packed with xz", UNPACK)),
    (b"\x28\xb5\x2f\xfd", foreign("a file packed with zstd", UNPACK)),
    (b"7z\xbc\xaf", foreign("a 7z archive", UNPACK)),
    (b"Rar!", foreign("a RAR archive", UNPACK)),
    (b"PAR1", foreign("a Parquet file", "export it as CSV")),
    (b"\x89PNG", foreign("an image", KEEP)),
    (b"\xff\xd8\xff", foreign("an image", KEEP)),
    (b"%0 ", foreign("a bibliography of EndNote", "export it as RIS or BibTeX")),
    (b"{\\rtf", foreign("a text of a word processor (RTF)", KEEP)),
];

/// Recognises a format that is not read, by the name of an input and its first bytes.
pub fn foreign_format(name: &str, start: &[u8]) -> Option<ForeignFormat> {
    if let Some((_, format)) = BY_START.iter().find(|(bytes, _)| start.starts_with(bytes)) {
        return Some(*format);
    }
    let has = |bytes: &[u8]| start.windows(bytes.len()).any(|window| window == bytes);
    if start.starts_with(b"PK\x03\x04") {
        return match () {
            () if has(b"opendocument.text") || has(b"word/") => {
                Some(foreign("a text of a word processor", KEEP))
            }
            () if has(b"doc.kml") => {
                Some(foreign("a KMZ file", "export it as CSV with lat and lon"))
            }
            // Some programs put the parts of a workbook in any order: the reader says if it is none.
            () => None,
        };
    }
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("yaml" | "yml") => {
            return Some(foreign("a YAML file", "write it as TOML or JSON (docs/documents.md)"));
        }
        Some("xls" | "xlt") if !start.is_empty() && !start.starts_with(COMPOUND_FILE) => {
            return Some(foreign(
                "no workbook in spite of its name, but a text or a page",
                SAVE_AS,
            ));
        }
        _ => {}
    }
    if text.starts_with("<?xml") || text.starts_with('<') {
        let start: String = text.chars().take(4000).collect();
        return match () {
            () if start.contains("<rdf:RDF") => {
                Some(foreign("an RDF file", "export it as RIS, BibTeX or CSL-JSON"))
            }
            () if start.contains("<kml") => {
                Some(foreign("a KML file", "export it as CSV with lat and lon"))
            }
            () if start.contains("<gpx") => {
                Some(foreign("a GPX file", "export it as CSV with lat and lon"))
            }
            () => None,
        };
    }
    // The columns of the table of claims, in the order of the schema: the version is of no table that people write.
    let columns = CLAIM.fields.iter().map(|field| field.name).collect::<Vec<_>>().join(",");
    let is_table = text.lines().next().is_some_and(|header| header.trim_end() == columns);
    if is_table || text.starts_with('{') && text.contains("\"tabular-data-package\"") {
        return Some(foreign("a part of a data package", DATA_PACKAGE_ADVICE));
    }
    let is_geojson = text.starts_with('{')
        && (text.contains("\"FeatureCollection\"") || text.contains("\"Feature\""))
        && text.contains("\"type\"");
    is_geojson.then(|| foreign("a GeoJSON file", "export it as CSV with lat and lon"))
}

#[cfg(test)]
mod tests {
    use super::foreign_format;

    #[test]
    fn other_formats_are_told_by_their_start() {
        for (name, start, format) in [
            ("a.db", &b"SQLite format 3\0..."[..], Some("an SQLite file")),
            ("a.csv", b"%PDF-1.4", Some("a PDF")),
            ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
            ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
            ("a.xls", b"PK\x03\x04....[Content_Types].xml", None),
            (
                "a.XLS",
                b"claim\ttext\n",
                Some("no workbook in spite of its name, but a text or a page"),
            ),
            ("a.xls", b"\x09\x04\x06\x00", Some("a workbook of Excel 4")),
            ("a.csv.gz", b"\x1f\x8b\x08", Some("a file packed with gzip")),
            ("a.yml", b"a: 1", Some("a YAML file")),
            (
                "a.ods",
                b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                None,
            ),
            ("a", b"<?xml version='1.0'?><rdf:RDF>", Some("an RDF file")),
            ("a.json", b" {\"type\": \"FeatureCollection\"", Some("a GeoJSON file")),
            (
                "claims.csv",
                b"key,text,kind,happened,due,date_precision,status,version,withdrawn,note\r\n",
                Some("a part of a data package"),
            ),
            (
                "datapackage.json",
                b"{\"profile\":\"tabular-data-package\",",
                Some("a part of a data package"),
            ),
            ("claims.csv", b"key,text,kind\n", None),
            ("a.xlsx", b"PK\x03\x04....[Content_Types].xml", None),
            ("a.csv", b"claim,text\n", None),
            ("a.html", b"<!doctype html>", None),
            ("a.json", b"{\"onrecord\": 1}", None),
            ("a.toml", b"onrecord = 1", None),
        ] {
            assert_eq!(foreign_format(name, start).map(|format| format.name), format, "{name}");
        }
    }
}
