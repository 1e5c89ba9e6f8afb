//! Random input for every importer: no panic, no endless work, nothing half-written.
//!
//! Each format is given changed copies of a small sample of its own, and bytes of no format at all,
//! through the same function as the command calls. A run of all tests tries the same dozen cases of
//! each format every time; `ONRECORD_FUZZ_CASES=50000 ONRECORD_FUZZ_SEED=7 cargo test fuzz::` tries
//! other ones, `ONRECORD_FUZZ_FORMAT=ods` those of one format alone, and `ONRECORD_FUZZ_SECONDS=900`
//! ends after a time. It does not reach inside a workbook in XLSX, whose parts are compressed. The stream
//! of a workbook in XLS is changed record by record, or byte by byte, or the file around it is.

use crate::common::Sandbox;
use crate::{ods, xls};
use onrecord::error::Error;
use onrecord::intake::Format;
use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::import::{Input, Options, import};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Write, stderr};
use std::path::Path;
use std::time::{Duration, Instant};

/// A random number generator whose seed is named when something fails (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (below.max(1) as u64)).unwrap()
    }
}

/// Bytes that have broken one reader or another.
const PIECES: [&[u8]; 16] = [
    b"\"",
    b"\x00",
    b"\xff\xfe",
    b"{{{{{{{{",
    b"[[[[[[[[",
    b"=cmd()",
    b"''",
    b"\r",
    b"999999999999999999999",
    b"1e999",
    b"\xe2\x80\xae",
    b"<![CDATA[",
    b"@x{",
    b"\xef\xbb\xbf",
    b"2021-02-30",
    b",;\t",
];

fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(60)).min(bytes.len());
        match dice.roll(6) {
            0 if at < bytes.len() => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            3 => bytes.truncate(at),
            _ => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].iter().copied())),
        }
    }
}

/// Changes records of a stream: their numbers, lengths and bytes, their order and their number.
fn change_records(stream: &[u8], dice: &mut Dice) -> Vec<u8> {
    let (mut records, mut rest) = (Vec::new(), stream);
    while let [a, b, c, d, more @ ..] = rest {
        let length = usize::from(u16::from_le_bytes([*c, *d])).min(more.len());
        records.push((u16::from_le_bytes([*a, *b]), more[..length].to_vec(), None));
        rest = &more[length..];
    }
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(records.len());
        let other = dice.roll(records.len());
        match dice.roll(9) {
            0 => drop(records.remove(at)),
            1 => records.swap(at, other),
            2 => records.insert(other, records[at].clone()),
            3 => records[at].0 = records[other].0,
            4 => records[at].2 = Some(u16::try_from(dice.roll(65_536)).unwrap()),
            5 => records[at].1.truncate(dice.roll(20)),
            6 => {
                // A record that goes on in another one.
                let cut = dice.roll(records[at].1.len() + 1);
                let more = records[at].1.split_off(cut);
                records.insert(at + 1, (0x003c, more, None));
            }
            _ => {
                let data = &mut records[at].1;
                for _ in 0..=dice.roll(3).min(data.len()) {
                    let place = dice.roll(data.len());
                    let value = [0, 1, 0xff, 0x7f, u8::try_from(dice.roll(256)).unwrap()];
                    if let Some(byte) = data.get_mut(place) {
                        *byte = value[dice.roll(value.len())];
                    }
                }
            }
        }
    }
    let bytes = |(id, data, length): &(u16, Vec<u8>, Option<u16>)| {
        let length = length.unwrap_or(u16::try_from(data.len()).unwrap());
        [&id.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    records.iter().flat_map(bytes).collect()
}

/// A stream of a workbook in XLS.
fn xls_stream() -> Vec<u8> {
    let mut rows = xls::texts(&[
        &["claim", "text", "kind", "happened", "value", "measure", "place_name", "claim_note"],
        &["a", "A", "event"],
        &["b", "B b", "event"],
    ]);
    rows[1].extend([
        xls::Cell::Number(44_375.0),
        xls::Cell::Several(vec![0x52]),
        xls::text("m"),
        xls::Cell::Rich("103".to_owned(), vec![2, 2]),
        xls::Cell::Formula(
            [0, 0, 0, 0, 0, 0, 0xff, 0xff],
            0,
            b"\x17\x01\0b\x42\x01\x67\x01".to_vec(),
            Some("x".into()),
        ),
    ]);
    rows[2].extend([
        xls::Cell::Own("2021".into()),
        xls::Cell::Rk(0x52),
        xls::Cell::Boolean(1),
        xls::Cell::Error(7),
    ]);
    let mut book = xls::Book::new(rows);
    (book.formats, book.styles) = (vec!["yyyy-mm-dd", "0\" km\""], vec![((1, 3), 1), ((1, 4), 2)]);
    book.sheets[0].3 = [
        xls::link(1, 1, "https://a.example/", xls::URL),
        xls::record(0x00e5, &[&[1, 0, 1, 0, 2, 0, 2, 0, 2, 0]]),
        xls::record(0x007d, &[&[1, 0, 1, 0, 0, 8, 0, 0, 1, 0, 0, 0]]),
    ]
    .concat();
    book.sheets.push(("Other".to_owned(), 1, xls::texts(&[&["x"]]), Vec::new()));
    book.stream()
}

/// A review in microdata.
const MICRODATA: &[u8] = b"<!-- saved from url=(0021)https://f.example/two --><html><body><div itemscope itemtype='https://schema.org/ClaimReview' itemref=by><link itemprop=url href='/two'><p itemprop=claimReviewed>X fell<p itemprop=reviewRating itemscope><b itemprop=alternateName>False</b></p><time itemprop=datePublished datetime=2021-06-28>then</time></div><p id=by itemprop=author itemscope><span itemprop=name>Desk</span></p>";

/// The head of a page in a message.
const MHTML: &[u8] = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://f.example/two\r\nDate: Thu, 1 Jul 2021 03:13:26 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n";

/// The head of a page that SingleFile saved, before a review.
const SINGLE_FILE: &[u8] = b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://f.example/two?a=1 \n saved date: Thu Jul 01 2021 05:13:26 GMT+0200 (CEST)\n--><meta charset=utf-8><link rel=canonical href=https://f.example/two><title>T</title>";

/// An answer of the Fact Check Tools API.
const ANSWER: &[u8] = br#"{"claims":[{"text":"X fell","claimant":"A","claimDate":"2021-05-01T23:30:00-05:00","claimReview":[{"publisher":{"name":"Desk","site":"desk.example"},"url":"https://desk.example/1","title":"No","reviewDate":"2021-06-01T10:00:00Z","textualRating":"False","languageCode":"en"}]},{"text":"Y","claimReview":[]}],"nextPageToken":"x"}"#;

/// A table of Zotero, with the columns that it always has and a few of the others.
const ZOTERO: &[u8] = "\u{feff}\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Publication Title\",\"ISBN\",\"ISSN\",\"DOI\",\"Url\",\"Abstract Note\",\"Date\",\"Access Date\",\"Language\",\"Notes\",\"Manual Tags\"\n\"AB12CD34\",\"newspaperArticle\",\"2021\",\"L\u{e9}e, Ann; B, C\",\"X fell\",\"Post\",\"\",\"\",\"\",\"https://p.example/1\",\"long \"\"text\"\"\",\"June 28, 2021\",\"2021-07-01 10:00:00\",\"en\",\"n\",\"a; b\"\n\"EF\",\"journalArticle\",\"2020\",\"\",\"Y\",\"J\",\"\",\"1234-5679\",\"10.1000/1\",\"\",\"\",\"2020-02/03\",\"\",\"\",\"\",\"\"\n".as_bytes();

fn samples(sandbox: &Sandbox) -> Vec<(Format, Vec<u8>)> {
    let export = |format: &str| {
        let _ = sandbox
            .run(&["export", format, &format!("out.{format}"), "--where", "kind=forecast"])
            .done();
        std::fs::read(sandbox.path(&format!("out.{format}"))).unwrap()
    };
    let review = br##"{"@context":"https://schema.org","@graph":[{"@type":["ClaimReview"],"claimReviewed":"X &amp; <b>y</b>","url":"https://f.example/1","datePublished":"2021-06-28T10:00:00+0200","author":{"@id":"#a"},"reviewRating":{"ratingValue":"1","bestRating":"5","worstRating":1,"alternateName":["Falso"]},"itemReviewed":{"@type":"Claim","datePublished":"Oct 13, 2020","author":{"@type":"Person","name":["A","B"],"sameAs":"https://x.example/a"},"appearance":[{"url":"https://y.example/2"}]}},{"@id":"#a","name":"Desk"}]}"##;
    let events = b"id,relid,type_of_violence,conflict_name,dyad_name,side_a,side_b,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,country,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n1,X,1,C,D,A,B,\"\"\"P,2021-06-29,T\"\";\"\"Q,2021-06-30,U\"\"\",P,2021-06-29,T,police,2,V village,w,N province,E district,10.5,20.5,L,1,1,2021-06-28,2021-06-29,1,1,0,0,2,3,1\n";
    let entries = b"@string{vp = {Post}}\n@article{a_b, title = {X {Y} \\\"o}, author = {A, B and C}, journal = vp, date = {2021-06-28}, langid = {english}}\n@book{b, title = \"Z\", year = 2020, month = feb}\n";
    let page = [
        b"<html lang=fr><title>T</title><script type=\"application/ld+json\">".as_slice(),
        review,
        b"</script>",
    ]
    .concat();
    let mut samples: Vec<(Format, Vec<u8>)> = vec![
        (Format::ClaimReview, review.to_vec()),
        (Format::Html, page),
        (Format::Html, MICRODATA.to_vec()),
        (Format::Html, [MHTML, MICRODATA, b"\r\n--b--\r\n"].concat()),
        (Format::Html, [SINGLE_FILE, MICRODATA].concat()),
        (Format::ClaimReview, ANSWER.to_vec()),
        (Format::ZoteroCsv, ZOTERO.to_vec()),
        (Format::Ucdp, events.to_vec()),
        (Format::Bibtex, entries.to_vec()),
        (Format::Ris, b"TY  - JOUR\nID  - a1\nTI  - X y\nAU  - A, B\nAU  - C\nPY  - 2021///\nDA  - 2021/06/28/\nUR  - https://e.example/1; https://e.example/2\nDO  - 10.1000/1\nN1  - n\nAB  - long\n more\nER  - \n\nTY  - BOOK\nTI  - B\nSN  - 978-3-16-148410-0\n".to_vec()),
        (Format::Nbib, b"PMID- 1\nTI  - X\n      y\nFAU - A, B\nJT  - Journal\nDP  - 2021 Jun-Jul\nLID - 10.1000/1 [doi]\nLA  - eng\nAB  - long\n\nPMID- 2\nTI  - Z\nDP  - 2020 Fall\n".to_vec()),
        (Format::Json, br#"{"onrecord":1,"source":[{"key":"s","kind":"page","title":"S"}],"claim":[{"key":"c","text":"C","kind":"event","mention":[{"source":"s"}]}]}"#.to_vec()),
    ];
    for (word, format) in [
        ("csv", Format::Csv),
        ("xlsx", Format::Xlsx),
        ("toml", Format::Toml),
        ("ndjson", Format::Ndjson),
    ] {
        samples.push((format, export(word)));
    }
    let _ = sandbox.run(&["export", "csl-json", "s.json"]).done();
    samples.push((Format::CslJson, std::fs::read(sandbox.path("s.json")).unwrap()));
    let sheet = ods::sheet(
        "A",
        &[
            &["claim", "text", "kind", "happened", "value", "measure", "place_name"],
            &[
                "a",
                "@office:value-type=\"string\"><text:p>A<text:s text:c=\"2\"/><text:span>b</text:span></text:p>",
                "@table:number-columns-spanned=\"1\" table:number-rows-spanned=\"2\" \
                 office:value-type=\"string\"><text:p>event</text:p>",
                "@office:value-type=\"date\" office:date-value=\"2021-06-28\"><text:p>28.06.21</text:p>",
                "@office:value-type=\"float\" office:value=\"1234.5\"><text:p>1,234.50 km</text:p>",
                "@office:value-type=\"time\" office:time-value=\"PT1H2M3S\"><text:p>1:02</text:p>",
            ],
            &["!table:number-rows-repeated=\"3\"", "b", "@table:number-columns-repeated=\"9\">"],
        ],
    );
    samples.push((Format::Ods, sheet.into_bytes()));
    samples.push((Format::Xls, xls_stream()));
    let rows = r#"{"text": "A", "o": {"kind": "event", "n": [1, 2.50, "x"]}, "value": 1e3, "place_name": null}
{"text": "B", "o": {"kind": "event", "n": [{"a": [true]}]}, "value": -0.10, "title": "\ud83d\ude00"}
"#;
    samples.push((Format::JsonRows, rows.as_bytes().to_vec()));
    samples.push((Format::Tsv, b"claim\ttext\tkind\tvalue\nx\ty\tevent\t5\n".to_vec()));
    samples
}

/// Far longer than any case takes on a busy machine: a case of some hundred bytes takes
/// milliseconds.
const HANG: Duration = Duration::from_secs(120);

/// Cases of a run of all tests: a dozen for each format.
const CASES: u64 = 230;

/// A number that the environment may set.
fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name}={text}")))
}

fn try_once(archive: &Path, format: Format, bytes: &[u8], keep_going: bool, seed: u64) -> bool {
    let before = std::fs::read(archive).unwrap();
    let context = Context {
        now: "2021-07-02T12:00:00Z".to_owned(),
        editor: None,
        cancel: CancelToken::never(),
    };
    let begun = Instant::now();
    let options = Options {
        format: Some(format),
        keep_going: keep_going && !format.is_document(),
        ..Options::new(archive, vec![Input::bytes_of("input", bytes)])
    };
    let done = import(options, &context);
    assert!(begun.elapsed() < HANG, "{format:?} seed {seed}: too long");
    match done {
        Ok(_) => return true,
        Err(Error::Problems { problems, .. }) => {
            assert!(!problems.is_empty(), "{format:?} seed {seed}");
            assert!(before == std::fs::read(archive).unwrap(), "{format:?} seed {seed}: written");
        }
        Err(Error::Refused { what, .. }) => assert!(what.contains("within itself"), "{what}"),
        Err(error) => panic!("{format:?} seed {seed}: {error:?}"),
    }
    false
}

#[test]
fn no_changed_sample_and_no_noise_crashes_an_importer() {
    let sandbox = Sandbox::seeded();
    let mut samples = samples(&sandbox);
    let one = std::env::var("ONRECORD_FUZZ_FORMAT").ok();
    if let Some(word) = &one {
        let format = Format::WORDS.iter().find(|(name, _)| name == word);
        let (_, format) = format.unwrap_or_else(|| panic!("no format {word}"));
        samples.retain(|(of, _)| of == format);
    }
    let fresh = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let archive = sandbox.path("onrecord.db");
    let start = setting("ONRECORD_FUZZ_SEED").unwrap_or(0) << 32;
    let mut seen = BTreeMap::new();
    let end = setting("ONRECORD_FUZZ_SECONDS").map(|n| Instant::now() + Duration::from_secs(n));
    let cases =
        setting("ONRECORD_FUZZ_CASES").unwrap_or(if end.is_some() { 1 << 31 } else { CASES });
    for seed in start..start + cases {
        if end.is_some_and(|end| Instant::now() > end) {
            break;
        }
        let mut dice = Dice(seed);
        let (format, sample) = &samples[usize::try_from(seed).unwrap() % samples.len()];
        let mut bytes = sample.clone();
        if dice.roll(10) == 0 {
            bytes = (0..dice.roll(300)).map(|_| u8::try_from(dice.roll(256)).unwrap()).collect();
        } else {
            change(&mut bytes, &mut dice);
        }
        if *format == Format::Xls {
            bytes = match dice.roll(4) {
                0 => xls::compound("Workbook", &bytes),
                1 => {
                    let mut file = xls::compound("Workbook", sample);
                    change(&mut file, &mut dice);
                    file
                }
                _ => xls::compound("Workbook", &change_records(sample, &mut dice)),
            };
        }
        if *format == Format::Ods {
            bytes = ods::package("", &String::from_utf8_lossy(&bytes));
        }
        let taken = try_once(&archive, *format, &bytes, dice.roll(2) == 0, seed);
        let (all, good) = seen.entry(format!("{format:?}")).or_insert((0, 0));
        *all += 1;
        *good += i32::from(taken);
        if dice.roll(20) == 0 {
            let conn = sandbox.other_tool();
            let fine: String =
                conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(fine, "ok", "{format:?} seed {seed}");
            let lost = conn.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap();
            assert!(!lost, "{format:?} seed {seed}: a reference to nothing");
            drop(conn);
            std::fs::write(&archive, &fresh).unwrap();
        }
    }
    // Each format was tried, and not every case fails at its first byte.
    let formats: BTreeSet<String> =
        samples.iter().map(|(format, _)| format!("{format:?}")).collect();
    assert_eq!(seen.len(), formats.len(), "{seen:?}");
    assert!(seen.values().all(|(all, _)| *all >= 10), "{seen:?}");
    let some_taken = if one.is_some() { 1 } else { 8 };
    assert!(seen.values().filter(|(_, good)| *good > 0).count() >= some_taken, "{seen:?}");
    writeln!(stderr(), "cases of each format, and how many were imported: {seen:?}").unwrap();
}
