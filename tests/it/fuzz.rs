//! Whatever bytes an importer is given: no panic, no endless work, nothing half-written.
//!
//! Each format is given changed copies of a small sample of its own, and bytes of no format at all, by
//! the way that the command takes. Some seconds a run of all tests;
//! `ONRECORD_FUZZ_SECONDS=600 cargo test fuzz::` goes on for that long, with other bytes each time;
//! it found nothing when it last ran so. It does not reach
//! inside a workbook, whose parts are compressed.

use crate::common::Sandbox;
use onrecord::error::Error;
use onrecord::intake::Format;
use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::import::{Input, Options, import};
use std::path::Path;
use std::time::{Duration, Instant};

/// A generator whose seed is told when something fails (splitmix64).
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

/// What has broken one reader or another.
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
        (Format::Ucdp, events.to_vec()),
        (Format::Bibtex, entries.to_vec()),
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
    samples.push((Format::Tsv, b"claim\ttext\tkind\tvalue\nx\ty\tevent\t5\n".to_vec()));
    samples
}

fn try_once(archive: &Path, format: Format, bytes: &[u8], keep_going: bool, seed: u64) {
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
    assert!(begun.elapsed() < Duration::from_secs(20), "{format:?} seed {seed}: too long");
    match done {
        Ok(_) => {}
        Err(Error::Problems { problems, .. }) => {
            assert!(!problems.is_empty(), "{format:?} seed {seed}");
            assert!(before == std::fs::read(archive).unwrap(), "{format:?} seed {seed}: written");
        }
        Err(Error::Refused { what, .. }) => assert!(what.contains("within itself"), "{what}"),
        Err(error) => panic!("{format:?} seed {seed}: {error:?}"),
    }
}

#[test]
fn changed_samples_and_noise() {
    let sandbox = Sandbox::seeded();
    let samples = samples(&sandbox);
    let fresh = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let archive = sandbox.path("onrecord.db");
    let seconds = std::env::var("ONRECORD_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let begun = Instant::now();
    let wanted = Duration::from_secs(seconds.unwrap_or(12));
    let start = if seconds.is_some() { u64::from(std::process::id()) << 20 } else { 1 };
    let mut tried = 0;
    for seed in start.. {
        if begun.elapsed() >= wanted && tried >= 2 * samples.len() {
            break;
        }
        tried += 1;
        let mut dice = Dice(seed);
        let (format, sample) = &samples[usize::try_from(seed).unwrap() % samples.len()];
        let mut bytes = sample.clone();
        if dice.roll(10) == 0 {
            bytes = (0..dice.roll(300)).map(|_| u8::try_from(dice.roll(256)).unwrap()).collect();
        } else {
            change(&mut bytes, &mut dice);
        }
        try_once(&archive, *format, &bytes, dice.roll(2) == 0, seed);
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
    assert!(tried >= 2 * samples.len());
}
