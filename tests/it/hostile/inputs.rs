//! Inputs of imports that are small and say much.

use crate::common::Sandbox;
use std::io::Write;

/// The name of an input, its file, whether a run of all tests tries it, and how it is made.
type Input = (&'static str, &'static str, bool, fn(&Sandbox, &str));

pub const INPUTS: [Input; 15] = [
    ("worksheet of 2 GB of blanks", "a.xlsx", true, |sandbox, file| {
        zip(sandbox, file, &[("xl/worksheets/a.xml", b"<worksheet><sheetData>", b" ", 2 << 30)]);
    }),
    ("worksheet of 20 million cells", "a.xlsx", false, |sandbox, file| {
        let cell = b"<row><c t=\"n\"><v>1</v></c></row>";
        zip(sandbox, file, &[("xl/worksheets/a.xml", b"<worksheet><sheetData>", cell, 640 << 20)]);
    }),
    ("a cell of 1 GB", "a.xlsx", false, |sandbox, file| {
        let head = b"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>";
        zip(sandbox, file, &[("xl/worksheets/a.xml", head, b"x", 1 << 30)]);
    }),
    ("texts that are shared, 1 GB of them", "a.xlsx", false, |sandbox, file| {
        let sheet =
            b"<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
        let text = b"<si><t>0123456789</t></si>";
        zip(
            sandbox,
            file,
            &[
                ("xl/worksheets/a.xml", sheet, b"", 0),
                ("xl/sharedStrings.xml", b"<sst>", text, 1 << 30),
            ],
        );
    }),
    ("styles without end", "a.xlsx", false, |sandbox, file| {
        let sheet =
            b"<worksheet><sheetData><row><c s=\"1\"><v>1</v></c></row></sheetData></worksheet>";
        zip(
            sandbox,
            file,
            &[
                ("xl/worksheets/a.xml", sheet, b"", 0),
                ("xl/styles.xml", b"<styleSheet><cellXfs>", b"<xf numFmtId=\"14\"/>", 1 << 30),
            ],
        );
    }),
    ("elements inside each other, 10 million deep", "a.xlsx", false, |sandbox, file| {
        zip(sandbox, file, &[("xl/worksheets/a.xml", b"<worksheet>", b"<a>", 30 << 20)]);
    }),
    ("content of 2 GB", "a.ods", false, |sandbox, file| {
        let head = b"<office:document-content><office:body><office:spreadsheet><table:table><table:table-row>";
        zip(sandbox, file, &[("content.xml", head, b"<table:table-cell/>", 2 << 30)]);
    }),
    ("cells that are repeated", "a.ods", true, |sandbox, file| {
        let head = b"<office:document-content><office:body><office:spreadsheet><table:table>";
        let row = b"<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
        zip(sandbox, file, &[("content.xml", head, row, 1 << 16)]);
    }),
    ("entities of entities", "a.xlsx", true, |sandbox, file| {
        let mut sheet = "<!DOCTYPE a [<!ENTITY l0 \"lol\">".to_owned();
        for n in 1..20 {
            sheet += &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
        }
        sheet += "]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&l19;</t></is></c></row></sheetData></worksheet>";
        zip(sandbox, file, &[("xl/worksheets/a.xml", sheet.as_bytes(), b"", 0)]);
    }),
    ("a row of 300 MB", "a.csv", false, |sandbox, file| {
        repeat(sandbox, file, b"claim,text,kind\na,\"", b"x", 300 << 20);
    }),
    ("a heading of 100,000 columns", "a.csv", true, |sandbox, file| {
        repeat(sandbox, file, b"claim,text,kind", b",column", 700_000);
    }),
    ("a line of 500 MB", "a.ndjson", false, |sandbox, file| {
        repeat(sandbox, file, b"{\"table\":\"claims\",\"key\":\"", b"a", 500 << 20);
    }),
    ("brackets in brackets", "a.json", true, |sandbox, file| {
        repeat(sandbox, file, b"{\"onrecord\":1,\"claim\":", b"[", 20 << 20);
    }),
    ("elements of a page inside each other", "a.html", true, |sandbox, file| {
        repeat(sandbox, file, b"<html>", b"<div itemscope itemprop=author>", 10 << 20);
    }),
    ("braces in braces", "a.bib", true, |sandbox, file| {
        repeat(sandbox, file, b"@article{a, title = ", b"{", 5 << 20);
    }),
];

/// Writes a beginning and then a piece, so often that it takes `bytes`.
fn repeat_into(out: &mut dyn Write, head: &[u8], piece: &[u8], bytes: usize) {
    out.write_all(head).unwrap();
    if piece.is_empty() {
        return;
    }
    let block = piece.repeat((1 << 20) / piece.len() + 1);
    let mut left = bytes / piece.len() * piece.len();
    while left > 0 {
        let part = left.min(block.len());
        out.write_all(&block[..part]).unwrap();
        left -= part;
    }
}

fn repeat(sandbox: &Sandbox, file: &str, head: &[u8], piece: &[u8], bytes: usize) {
    let mut out = std::fs::File::create(sandbox.path(file)).unwrap();
    repeat_into(&mut out, head, piece, bytes);
}

/// A part of a zip archive: its name, its beginning, and a piece that is repeated up to so many bytes.
type Part<'a> = (&'a str, &'a [u8], &'a [u8], usize);

/// Writes a workbook with these parts, beside those that every workbook has.
fn zip(sandbox: &Sandbox, file: &str, parts: &[Part<'_>]) {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let links = |links: &[(&str, &str)]| {
        let link = |(kind, target): &(&str, &str)| {
            format!("<Relationship Id=\"{kind}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
        };
        format!("<Relationships>{}</Relationships>", links.iter().map(link).collect::<String>())
    };
    let root = links(&[("officeDocument", "xl/workbook.xml")]);
    let sheets = links(&[
        ("worksheet", "worksheets/a.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    ]);
    let book = "<workbook><sheets><sheet name=\"A\" r:id=\"worksheet\"/></sheets></workbook>";
    let usual: Vec<Part<'_>> = match file.ends_with("ods") {
        true => vec![("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", b"", 0)],
        false => vec![
            ("_rels/.rels", root.as_bytes(), b"", 0),
            ("xl/workbook.xml", book.as_bytes(), b"", 0),
            ("xl/_rels/workbook.xml.rels", sheets.as_bytes(), b"", 0),
        ],
    };
    let mut zip = zip::ZipWriter::new(std::fs::File::create(sandbox.path(file)).unwrap());
    for (name, head, piece, bytes) in usual.iter().chain(parts) {
        let method = match *name {
            "mimetype" => zip::CompressionMethod::Stored,
            _ => zip::CompressionMethod::Deflated,
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        repeat_into(&mut zip, head, piece, *bytes);
    }
    zip.finish().unwrap();
}
