//! Round trips: TOML to the same TOML, NDJSON to the same rows, for any text that people write.

use crate::common::Sandbox;
use onrecord::internals::{Words, in_memory};
use onrecord::model::{CancelToken, Role, Type, document_kinds};
use onrecord::ops::Context;
use onrecord::ops::archive::init::{NewNames, init};
use onrecord::ops::export::{ExportFormat, Options as Form, Target, export};
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::OnceLock;

fn context() -> Context {
    Context {
        now: "2021-07-02T12:00:00Z".to_owned(),
        editor: Some("x".to_owned()),
        cancel: CancelToken::never(),
    }
}

fn written(archive: &Path, format: ExportFormat) -> String {
    let mut out = Vec::new();
    export(archive, &Form::whole(format), Target::Stream(&mut out), CancelToken::never()).unwrap();
    String::from_utf8(out).unwrap()
}

fn read_back(folder: &Path, name: &str, bytes: impl Into<Vec<u8>>) -> std::path::PathBuf {
    // An empty archive is made once and copied.
    static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
    let empty = EMPTY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("empty.db");
        init(&archive, NewNames::default(), &context()).unwrap();
        std::fs::read(archive).unwrap()
    });
    let archive = folder.join(format!("{name}.db"));
    assert!(!archive.exists());
    std::fs::write(&archive, empty).unwrap();
    let bytes = bytes.into();
    let inputs = vec![Input::bytes_of(name, bytes.clone())];
    import(Options::new(&archive, inputs), &context())
        .unwrap_or_else(|error| panic!("{error:?}\n{}", std::str::from_utf8(&bytes).unwrap_or("")));
    archive
}

/// Every table with its rows as another tool reads them, ids replaced by keys.
fn rows(archive: &Path) -> Vec<String> {
    written(archive, ExportFormat::Ndjson).lines().map(str::to_owned).collect()
}

fn same_both_ways(archive: &Path) {
    let folder = tempfile::tempdir().unwrap();
    same_rows(archive, folder.path());
    let toml = written(archive, ExportFormat::Toml);
    let again = read_back(folder.path(), "a.toml", toml.clone());
    assert!(
        toml == written(&again, ExportFormat::Toml),
        "TOML differs:\n{toml}\n---\n{}",
        written(&again, ExportFormat::Toml)
    );
    same_table(archive, folder.path());
    same_workbook(archive, folder.path());
}

fn same_table(archive: &Path, folder: &Path) {
    let csv = written(archive, ExportFormat::Csv);
    let again = read_back(folder, "a.csv", csv.clone());
    let found = written(&again, ExportFormat::Csv);
    assert!(csv == found, "CSV differs:\n{csv}\n---\n{found}");
}

/// The worksheets of a workbook say together what one table says, and a second import finds it there.
fn same_workbook(archive: &Path, folder: &Path) {
    let book = folder.join("a.xlsx");
    let form = Form::whole(ExportFormat::Xlsx);
    export(archive, &form, Target::Path(&book), CancelToken::never()).unwrap();
    let bytes = std::fs::read(&book).unwrap();
    let again = read_back(folder, "book.xlsx", bytes.clone());
    let (csv, found) = (written(archive, ExportFormat::Csv), written(&again, ExportFormat::Csv));
    assert!(csv == found, "the workbook differs:\n{csv}\n---\n{found}");
    let before = rows(&again);
    let inputs = vec![Input::bytes_of("book.xlsx", bytes)];
    let outcome = import(Options::new(&again, inputs), &context()).unwrap();
    let changed = outcome.tallies.iter().map(|tally| tally.new + tally.updated).sum::<usize>();
    assert_eq!((changed, outcome.alike.claims.len()), (0, 0));
    assert_eq!(rows(&again), before);
}

fn same_rows(archive: &Path, folder: &Path) {
    let ndjson = written(archive, ExportFormat::Ndjson);
    let again = read_back(folder, "a.ndjson", ndjson);
    assert_eq!(rows(archive), rows(&again));
}

#[test]
fn the_article_survives_a_round_trip() {
    let sandbox = Sandbox::seeded();
    same_both_ways(&sandbox.path("onrecord.db"));
}

#[test]
fn both_seeds_survive_a_round_trip() {
    let sandbox = Sandbox::with_both_seeds();
    same_both_ways(&sandbox.path("onrecord.db"));
}

#[test]
fn edits_captures_and_reports_survive_a_round_trip() {
    let sandbox = Sandbox::seeded();
    sandbox.write("copy.bin", (0..=255u8).cycle().take(3000).collect::<Vec<_>>());
    let _ = sandbox.run(&["attach", "reuters", "copy.bin"]).done();
    let _ = sandbox
        .run(&[
            "assess",
            "muqur-fell",
            "disputed",
            "--because",
            "a",
            "--evidence",
            "reuters",
            "--credibility",
            "4",
        ])
        .done();
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE claims SET text = 'line one' || char(10) || '=cmd()', note = NULL WHERE id = 3;
             UPDATE claims SET happened = '2020-02-29' WHERE id = 3; UPDATE claims SET happened = NULL WHERE id = 3;
             UPDATE archive SET title = 'مقر \"quoted\" \\ back', desk = 'taliban-advance-fr';
             INSERT INTO source_grades (source_id, reliability, at, grader_id, because) SELECT id, 'B', '2021-01-01T00:00:00Z', 1, 'x' FROM sources;
             UPDATE figures SET value = 1e300 WHERE key = 'districts-all'; UPDATE figures SET value = 1.125 WHERE key = 'districts-wanted';
             UPDATE qualifiers SET below_factor = 0.25 WHERE code = 'about';
             DELETE FROM location_names WHERE id = 2; DELETE FROM claim_links WHERE id = 1;
             CREATE VIEW report_mine AS SELECT key FROM claims;
             UPDATE claims SET withdrawn = 'twice' WHERE id = 5;",
        )
        .unwrap();
    same_both_ways(&sandbox.path("onrecord.db"));
    // A word that the desk added to a code list travels with every table, not with a document.
    sandbox
        .other_tool()
        .execute_batch(
            "INSERT INTO source_kinds (code, label, definition, is_party, rank) VALUES ('leaflet', 'Leaflet', 'A leaflet.', 0, 99);
             INSERT INTO sources (key, kind, title) VALUES ('leaflet-1', 'leaflet', 'A leaflet');",
        )
        .unwrap();
    sandbox
        .other_tool()
        .execute_batch(
            "DELETE FROM hedges WHERE code = 'feared' AND NOT EXISTS (SELECT 1 FROM mentions WHERE hedge = 'feared');
             DELETE FROM statuses WHERE code = 'misleading';
             CREATE VIEW \"report_Quoted\"(a) AS SELECT key FROM claims;
             CREATE VIEW [report_brackets] AS SELECT key FROM claims; CREATE VIEW \"report_by day\" AS SELECT 1 AS n;
             DROP VIEW report_status; CREATE VIEW report_status AS SELECT 1 AS mine; UPDATE reports SET builtin = 0 WHERE name = 'status';
             UPDATE claims SET note = char(27) || 'x' || char(133) || char(9) WHERE id = 7;",
        )
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    same_rows(&sandbox.path("onrecord.db"), folder.path());
}

/// An export of an older program, or one that someone edited, describes the reports of the program otherwise.
#[test]
fn a_report_of_the_program_says_of_itself_what_the_program_says() {
    let sandbox = Sandbox::seeded();
    let export = sandbox.run(&["export", "ndjson"]).done();
    let edited = export
        .replace("\"title\":\"Gaps in the record\"", "\"title\":\"My own\"")
        .replace("Key of the claim that holds the figure.", "The key.");
    assert!(edited.contains("My own") && edited.contains("The key."), "{edited}");
    sandbox.write("edited.ndjson", edited);
    let new = ["--file", "new.db"];
    let _ = sandbox.run(&[&new[..], &["init"]].concat()).done();
    let run = sandbox.run(&[&new[..], &["import", "edited.ndjson"]].concat());
    let says = "the report gaps comes with the program, and keeps its title \"Gaps in the record\"; \"My own\" is left out";
    assert!(run.err.contains(says), "{}", run.err);
    let _ = run.done();
    assert_eq!(sandbox.run(&[&new[..], &["check"]].concat()).done(), "");
    assert_eq!(sandbox.run(&[&new[..], &["export", "ndjson"]].concat()).done(), export);
}

/// Each stated date is a row of `dates`, with its time of day.
#[test]
fn a_time_of_day_survives_a_round_trip() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import(
            "onrecord = 1\n[[claim]]\nkey = \"a\"\ntext = \"A\"\nkind = \"event\"\n\
             happened = \"2021-05-01T23:30:00-05:00\"\n",
        )
        .done();
    same_both_ways(&sandbox.path("onrecord.db"));
}

fn text() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        "[ -~]{1,30}",
        "\\PC{1,20}",
        Just("=cmd()|' /C calc'!A0".to_owned()),
        Just("\"\"\"'''\\".to_owned()),
        Just("a\u{301}\u{200f}مقر\u{202e}x 𝔘".to_owned()),
        Just("line\n\tnext".to_owned()),
        Just("null".to_owned()),
        Just("1e5".to_owned()),
    ];
    odd.prop_filter("not blank", |text| {
        !text.trim_matches(' ').is_empty() && !text.trim().is_empty()
    })
}

fn date() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![
        Just("2021-06-28?".to_owned()),
        Just("../2021-09-11".to_owned()),
        Just("2021-06-XX".to_owned()),
        Just("201X~".to_owned()),
        Just("2009-05/2019-12-31".to_owned()),
    ])
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-1e6..1e6).prop_map(|x: f64| x.round()),
        -1e300..1e300f64,
        Just(1.0 / 3.0),
        Just(0.0),
        Just(9_007_199_254_740_993.0)
    ]
}

/// Number of the source, number of the speaker, locator, quote.
type Mention = (usize, Option<usize>, Option<String>, Option<String>);

#[derive(Debug, Clone)]
struct Claim {
    text: String,
    note: Option<String>,
    happened: Option<String>,
    mentions: Vec<Mention>,
    figures: Vec<(Option<f64>, Option<String>)>,
    verdicts: Vec<(u32, String, bool)>,
    link: Option<usize>,
}

fn claim() -> impl Strategy<Value = Claim> {
    let mention = (
        0..3usize,
        prop::option::of(0..3usize),
        prop::option::of(text()),
        prop::option::of(text()),
    );
    let figure = (prop::option::of(number()), prop::option::of(text()));
    let verdict = (0..60u32, text(), any::<bool>());
    (
        text(),
        prop::option::of(text()),
        date(),
        prop::collection::vec(mention, 0..3),
        prop::collection::vec(figure, 0..3),
        prop::collection::vec(verdict, 0..3),
        prop::option::of(0..3usize),
    )
        .prop_map(|(text, note, happened, mentions, figures, verdicts, link)| Claim {
            text,
            note,
            happened,
            mentions,
            figures,
            verdicts,
            link,
        })
}

/// A document as JSON, since serde writes any text rightly.
fn document(titles: &[String], claims: &[Claim]) -> String {
    let sources: Vec<Value> = titles
        .iter()
        .enumerate()
        .map(|(n, title)| json!({"key": format!("s{n}"), "kind": "article", "title": title}))
        .collect();
    let mut links = Vec::new();
    let written: Vec<Value> = claims
        .iter()
        .enumerate()
        .map(|(n, claim)| {
            if let Some(to) = claim.link.filter(|to| *to < n) {
                links.push(json!({"from": format!("c{n}"), "relation": "supports", "to": format!("c{to}")}));
            }
            let mut seen = std::collections::BTreeSet::new();
            let mentions: Vec<Value> = claim
                .mentions
                .iter()
                .filter(|mention| seen.insert((mention.0, mention.1, mention.2.clone())))
                .map(|(source, speaker, locator, quote)| json!({"source": format!("s{source}"), "speaker": speaker.map(|s| format!("s{s}")), "locator": locator, "quote": quote, "hedge": "possible"}))
                .collect();
            let figures: Vec<Value> = claim
                .figures
                .iter()
                .enumerate()
                .map(|(f, (value, said))| json!({"key": format!("f{n}-{f}"), "measure": "m", "value": value, "said": said, "qualifier": if value.is_some() { "about" } else { "tens" },
                    "out_of": (f > 0).then(|| format!("f{n}-{}", f - 1))}))
                .collect();
            let verdicts: Vec<Value> = claim
                .verdicts
                .iter()
                .enumerate()
                .map(|(v, (second, because, evidence))| json!({"status": if v % 2 == 0 { "reported" } else { "disputed" }, "by": if v == 1 { "s0" } else { "desk" },
                    "at": format!("2021-07-01T09:00:{second:02}Z"), "because": because, "evidence": if *evidence { vec!["s1"] } else { vec![] }}))
                .collect();
            json!({"key": format!("c{n}"), "text": claim.text, "kind": "event", "note": claim.note, "happened": claim.happened, "mention": mentions, "figure": figures, "assessment": verdicts})
        })
        .collect();
    json!({"onrecord": 1, "source": sources, "measure": [{"key": "m", "title": "things", "dimension": "ratio", "growth": "level"}], "claim": written, "link": links}).to_string()
}

/// Generated archives a run: 1,000 take some minutes, so a run by hand asks for them with
/// `ONRECORD_CASES=1000 cargo test --release round_trip::`.
fn cases() -> u32 {
    std::env::var("ONRECORD_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(16)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives_a_round_trip(titles in prop::collection::vec(text(), 3), claims in prop::collection::vec(claim(), 0..4)) {
        let folder = tempfile::tempdir().unwrap();
        let archive = read_back(folder.path(), "first.json", document(&titles, &claims));
        same_both_ways(&archive);
    }

    #[test]
    fn every_field_survives_a_round_trip(texts in prop::collection::vec(text(), 12), dates in prop::collection::vec(date(), 6), picks in prop::collection::vec(any::<u32>(), 64)) {
        let folder = tempfile::tempdir().unwrap();
        let document = everything(&texts, &dates, &picks);
        let archive = read_back(folder.path(), "first.json", document);
        same_both_ways(&archive);
    }
}

/// A document with every kind of record and every field of each, or all but one in five.
fn everything(texts: &[String], dates: &[Option<String>], picks: &[u32]) -> String {
    let mut n = 0;
    let mut pick = || {
        n += 1;
        picks[n % picks.len()].wrapping_add(u32::try_from(n).unwrap().wrapping_mul(2_654_435_761))
    };
    let mut object = serde_json::Map::new();
    object.insert("onrecord".to_owned(), json!(1));
    let words = Words::read(&in_memory("2021-01-01T00:00:00Z").unwrap()).unwrap();
    for kind in document_kinds().filter(|kind| !["archive", "link", "alias"].contains(&kind.word)) {
        let mut records: Vec<Value> = Vec::new();
        for number in 0..3 {
            let mut record = serde_json::Map::new();
            for field in kind.fields.iter().filter(|field| !field.derived) {
                // The first of a kind has every field; identity fields are always stated.
                let needed = field.required || kind.identity.contains(&field.name);
                if number > 0 && !needed && pick() % 5 == 0 {
                    continue;
                }
                let value = match field.ty {
                    Type::Key => json!(format!("{}-{number}", kind.word)),
                    Type::Text => json!(texts[pick() as usize % texts.len()]),
                    Type::Date => json!(dates[pick() as usize % dates.len()]),
                    Type::Time => {
                        json!(format!("2021-07-01T09:00:{:02}Z", 10 * number + pick() % 10))
                    }
                    Type::Hash => json!("0123456789abcdef".repeat(4)),
                    Type::Number => json!(f64::from(pick() % 80)),
                    Type::Code("statuses") => json!("reported"),
                    Type::Code("qualifiers") => json!("between"),
                    Type::Code(table) | Type::CodeNumber(table) => {
                        let codes = words.of(table);
                        let code = &codes[pick() as usize % codes.len()];
                        code.parse::<i64>().map_or(json!(code), |number| json!(number))
                    }
                    // References lead backwards only, so that there is no circle.
                    Type::Ref(table) => {
                        let word = onrecord::model::kind_of_table(table).unwrap().word;
                        let own = table == kind.table;
                        if own && number == 0 {
                            continue;
                        }
                        json!(format!("{word}-{}", if own { number - 1 } else { number }))
                    }
                    _ => continue,
                };
                record.insert(field.name.to_owned(), value);
            }
            match kind.word {
                "figure" => {
                    record.insert("low".to_owned(), json!(0));
                    record.insert("high".to_owned(), json!(1e12));
                }
                "location" => {
                    // Coordinates come together, and with a precision.
                    record.insert("lat".to_owned(), json!(12.25));
                    record.insert("lon".to_owned(), json!(-77.0));
                    record.insert("precision".to_owned(), json!(1 + pick() % 7));
                }
                "equation" => {
                    record
                        .insert("expression".to_owned(), json!("figure-0 / (figure-1 + 2) ~ 0.5"));
                }
                "profile" => {
                    let options = "--map Who=speaker_title\n--set kind=event";
                    record.insert("options".to_owned(), json!(options));
                }
                "origin" => {
                    record.insert("origin".to_owned(), json!("desk"));
                }
                "assessment" => {
                    record.insert("evidence".to_owned(), json!(["source-1", {"claim": "claim-1", "locator": texts[0], "note": texts[1]}, "figure:figure-2"]));
                }
                _ => {}
            }
            records.push(record.into());
        }
        object.insert(kind.word.to_owned(), records.into());
    }
    object.insert("link".to_owned(), json!([{"from": "claim-0", "relation": "contradicts", "to": "claim-1", "note": texts[2]}, {"from": "claim-2", "relation": "updates", "to": "claim-1"}]));
    object.insert("archive".to_owned(), json!({"title": texts[3]}));
    Value::Object(object).to_string()
}

/// An export whose code lists lack a code that its rows need is refused for that; and where a line of a code cannot be
/// read, for that line.
#[test]
fn a_code_that_the_rows_of_an_export_need_is_missed() {
    let sandbox = Sandbox::seeded();
    let whole = sandbox.run(&["export", "ndjson"]).done();
    let of_code = |line: &&str| line.starts_with("{\"table\":\"stances\",\"code\":\"asserts\"");
    let at = whole.lines().position(|line| of_code(&line)).unwrap();
    let import = |text: &str| {
        let new = Sandbox::empty();
        new.write("whole.ndjson", text);
        new.run(&["import", "whole.ndjson"]).failed()
    };
    let without: String =
        whole.lines().filter(|line| !of_code(line)).map(|line| format!("{line}\n")).collect();
    let said = import(&without);
    assert!(said.contains("the list stances") && said.contains("\"asserts\""), "{said}");
    assert!(said.contains("add the line"), "{said}");
    let torn = whole.replacen("\"code\":\"asserts\",", "\"code\":\"asserts,", 1);
    let said = import(&torn);
    assert!(said.contains(&format!("whole.ndjson:{}:", at + 1)), "{said}");
    assert!(!said.contains("the list stances"), "{said}");
}

/// A list of which another tool deleted all codes has no line in the export, and is empty in the archive that takes it
/// over. A document that is no whole export leaves the lists as they are.
#[test]
fn an_emptied_code_list_stays_empty() {
    let sandbox = Sandbox::seeded();
    sandbox.other_tool().execute_batch("DELETE FROM date_precisions").unwrap();
    let archive = sandbox.path("onrecord.db");
    let export = written(&archive, ExportFormat::Ndjson);
    assert!(!export.contains("\"table\":\"date_precisions\""));
    same_rows(&archive, &sandbox.path(""));
    let whole = Sandbox::empty();
    whole.write("export.ndjson", export.as_bytes());
    whole.run(&["import", "export.ndjson"]).done();
    let codes = "SELECT CAST(count(1) AS TEXT) AS n FROM date_precisions";
    assert_eq!(whole.ask(codes), "0");
    let other = Sandbox::seeded();
    other.write("export.ndjson", export.as_bytes());
    other.run(&["import", "export.ndjson"]).done();
    assert_ne!(other.ask(codes), "0");
}

/// An export that says of a list nothing takes it for empty: no list may be younger than the exports of earlier formats.
#[test]
fn all_code_lists_are_as_old_as_the_format() {
    let (_, first) = onrecord::shipped::MIGRATIONS[1];
    for list in onrecord::model::KINDS.iter().filter(|kind| kind.role == Role::CodeList) {
        assert!(first.contains(&format!("CREATE TABLE {} (", list.table)), "{}", list.table);
    }
}

/// Two files that tell of the same changes tell of them once.
#[test]
fn an_export_that_is_named_twice_is_taken_over_once() {
    let sandbox = Sandbox::with_both_seeds();
    let _ = sandbox.run(&["withdraw", "muqur-fell", "--because", "A slip."]).done();
    let _ = sandbox.run(&["withdraw", "muqur-fell", "--undo"]).done();
    let export = sandbox.run(&["export", "ndjson"]).done();
    sandbox.write("one.ndjson", &export);
    sandbox.write("other.ndjson", &export);
    let _ = sandbox.run(&["--file", "new.db", "init"]).done();
    let _ = sandbox.run(&["--file", "new.db", "import", "one.ndjson", "other.ndjson"]).done();
    let found = sandbox.run(&["--file", "new.db", "export", "ndjson"]).done();
    let rows =
        |text: &str| text.lines().filter(|line| line.contains("\"table\":\"revisions\"")).count();
    assert!(rows(&export) > 1);
    assert_eq!(rows(&found), rows(&export));
}
