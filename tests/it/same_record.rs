//! The rule that decides when two records are the same, tried by flags, a table and a document.

use crate::common::context;
use onrecord::internals::{Reader, all_keys};
use onrecord::model::{CancelToken, kind_of_word};
use onrecord::ops::archive::init::{NewNames, init};
use onrecord::ops::edit::add;
use onrecord::ops::import::{Input, Options, import};
use std::path::{Path, PathBuf};

/// Fields of a record, by name.
type Fields = &'static [(&'static str, &'static str)];

/// A kind, the fields of a stored record, those of a second one, and `true` if both are the same.
type Case = (&'static str, Fields, Fields, bool);

const SOURCE: Fields = &[("kind", "article"), ("title", "Violence rises")];
const PLACE: Fields = &[("kind", "district"), ("name", "Muqur")];
const MEASURE: Fields = &[("title", "Homes left"), ("dimension", "objects"), ("growth", "level")];
const CLAIM: Fields = &[("text", "The bridge is closed"), ("kind", "state")];

/// Every field that tells two records apart, stated by both alike, by both otherwise, and by one
/// alone.
const CASES: &[Case] = &[
    ("source", SOURCE, SOURCE, true),
    ("source", SOURCE, &[("kind", "report"), ("title", "Violence rises")], false),
    ("source", SOURCE, &[("kind", "article"), ("title", "Violence falls")], false),
    ("source", &[("outlet", "Wire")], &[("outlet", "Wire")], true),
    ("source", &[("outlet", "Wire")], &[("outlet", "Post")], false),
    ("source", &[("outlet", "Wire")], &[], true),
    ("source", &[], &[("outlet", "Wire")], true),
    ("source", &[("published", "2021-06-28")], &[("published", "2021-06-28")], true),
    ("source", &[("published", "2021-06-28")], &[("published", "2021-06-29")], false),
    ("source", &[("published", "2021-06-28")], &[], true),
    ("source", &[("url", "https://a.example/1")], &[("url", "https://a.example/2")], false),
    ("source", &[("url", "https://a.example/1")], &[], true),
    // One address is one source, whatever its title; people may share one.
    (
        "source",
        &[("url", "https://a.example/1")],
        &[("url", "https://a.example/1"), ("title", "Violence falls")],
        true,
    ),
    (
        "source",
        &[("url", "https://a.example/1"), ("kind", "person"), ("title", "Ann")],
        &[("url", "https://a.example/1"), ("kind", "person"), ("title", "Bob")],
        false,
    ),
    // Fields that do not identify a source.
    ("source", &[("author", "Ann")], &[("author", "Bob")], true),
    ("location", PLACE, PLACE, true),
    ("location", PLACE, &[("kind", "province"), ("name", "Muqur")], false),
    ("location", PLACE, &[("kind", "district"), ("name", "Moqor")], false),
    ("location", &[("lat", "1"), ("lon", "2"), ("precision", "1")], &[], true),
    (
        "location",
        &[("lat", "1"), ("lon", "2"), ("precision", "1")],
        &[("lat", "1.0"), ("lon", "2.0"), ("precision", "1")],
        true,
    ),
    (
        "location",
        &[("lat", "1"), ("lon", "2"), ("precision", "1")],
        &[("lat", "1"), ("lon", "3"), ("precision", "1")],
        false,
    ),
    ("location", &[("within", "here")], &[("within", "there")], false),
    ("location", &[("within", "here")], &[("within", "here")], true),
    ("location", &[("within", "here")], &[], true),
    ("measure", MEASURE, MEASURE, true),
    ("measure", MEASURE, &[("title", "Homes lost")], false),
    ("measure", MEASURE, &[("dimension", "people")], false),
    ("measure", MEASURE, &[("growth", "cumulative")], false),
    ("measure", &[("unit", "homes")], &[("unit", "flats")], false),
    ("measure", &[("unit", "homes")], &[], true),
    ("measure", &[("scope", "in Hallow")], &[("scope", "in Tarn")], false),
    ("measure", &[("scope", "in Hallow")], &[], true),
    ("measure", &[("starts", "2021")], &[("starts", "2020")], false),
    ("measure", &[("starts", "2021")], &[], true),
    ("claim", CLAIM, CLAIM, true),
    ("claim", CLAIM, &[("text", "The bridge is open")], false),
    ("claim", &[("happened", "2021-06-28")], &[("happened", "2021-06-28")], true),
    ("claim", &[("happened", "2021-06-28")], &[("happened", "2021-06-29")], false),
    ("claim", &[("happened", "2021-06-28")], &[], true),
    ("claim", CLAIM, &[("kind", "event")], true),
];

/// Adds a record to an archive; `true` if it was taken for the stored one.
type Ask<'a> = &'a dyn Fn(&Path) -> bool;

/// The fields of a record unless its case states others.
fn base(word: &str) -> Fields {
    match word {
        "source" => SOURCE,
        "location" => PLACE,
        "measure" => MEASURE,
        _ => CLAIM,
    }
}

fn record(word: &str, fields: Fields) -> Vec<(String, String)> {
    let own = |name: &str| fields.iter().all(|(other, _)| *other != name);
    let base = base(word).iter().filter(|(name, _)| own(name));
    base.chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// An archive with two places that may hold others.
fn archive(folder: &Path) -> PathBuf {
    let path = folder.join("a.db");
    init(&path, NewNames::default(), &context()).unwrap();
    let places = "onrecord = 1\n\
         [[location]]\nkey = \"here\"\nname = \"Here\"\nkind = \"province\"\n\
         [[location]]\nkey = \"there\"\nname = \"There\"\nkind = \"province\"\n";
    import(Options::new(&path, vec![Input::bytes_of("p.toml", places)]), &context()).unwrap();
    path
}

fn keys(path: &Path, word: &str) -> usize {
    let db = Reader::open(path, &[], CancelToken::never()).unwrap();
    all_keys(&db, kind_of_word(word).unwrap().table).unwrap().len()
}

/// Adds a record by flags; `true` if it was refused as the stored one.
fn by_flags(path: &Path, word: &str, fields: Vec<(String, String)>) -> bool {
    let kind = kind_of_word(word).unwrap();
    let options = add::Options {
        archive: path,
        kind,
        fields,
        nested: Vec::new(),
        along: Vec::new(),
        update: false,
        replace_places: false,
    };
    match add::add(&options, &context()) {
        Ok(_) => false,
        Err(error) => {
            let onrecord::error::Error::Problems { problems, .. } = &error else {
                panic!("{error}");
            };
            let what = &problems[0].what;
            assert!(what.contains("is the same") || what.contains("address already"), "{what}");
            true
        }
    }
}

/// Imports an input; `true` if it was refused because it is the stored record and says otherwise.
fn load(path: &Path, input: Input) -> bool {
    match import(Options::new(path, vec![input]), &context()) {
        Ok(_) => false,
        Err(onrecord::error::Error::Problems { problems, .. }) => {
            let what = &problems[0].what;
            assert!(what.starts_with("another row of this input, or the archive, has "), "{what}");
            true
        }
        Err(error) => panic!("{error}"),
    }
}

/// Adds a record by a row of a table; `true` if it became the stored one.
fn by_table(path: &Path, word: &str, fields: &[(String, String)]) -> bool {
    let column = |name: &str| match (word, name) {
        ("source", "kind") => "source_kind",
        ("location", "name") => "place_name",
        ("location", "kind") => "place_kind",
        ("measure", "title") => "measure_title",
        ("measure", "unit") => "measure_unit",
        ("claim", "kind") => "claim_kind",
        _ => "",
    };
    let names: Vec<String> = fields
        .iter()
        .map(|(name, _)| match column(name) {
            "" => name.clone(),
            column => column.to_owned(),
        })
        .collect();
    let values: Vec<String> = fields.iter().map(|(_, value)| format!("\"{value}\"")).collect();
    let table = format!("{}\n{}\n", names.join(","), values.join(","));
    let before = keys(path, word);
    load(path, Input::bytes_of("t.csv", table)) || keys(path, word) == before
}

/// Adds a record by a document without a key; `true` if it became the stored one.
fn by_document(path: &Path, word: &str, fields: &[(String, String)]) -> bool {
    let number = |name: &str| ["lat", "lon", "precision"].contains(&name);
    let lines: Vec<String> = fields
        .iter()
        .map(|(name, value)| match number(name) {
            true => format!("{name} = {value}\n"),
            false => format!("{name} = {value:?}\n"),
        })
        .collect();
    let document = format!("onrecord = 1\n[[{word}]]\n{}", lines.concat());
    let before = keys(path, word);
    load(path, Input::bytes_of("d.toml", document)) || keys(path, word) == before
}

#[test]
fn flags_tables_and_documents_give_one_answer() {
    let folder = tempfile::tempdir().unwrap();
    let empty = archive(folder.path());
    for (n, (word, there, second, same)) in CASES.iter().enumerate() {
        let first = folder.path().join(format!("{n}.db"));
        std::fs::copy(&empty, &first).unwrap();
        assert!(!by_flags(&first, word, record(word, there)), "the archive has none yet");
        let ways: [(&str, Ask<'_>); 3] = [
            ("flags", &|path| by_flags(path, word, record(word, second))),
            ("a table", &|path| by_table(path, word, &record(word, second))),
            ("a document", &|path| by_document(path, word, &record(word, second))),
        ];
        for (way, ask) in ways {
            let path = folder.path().join("second.db");
            std::fs::copy(&first, &path).unwrap();
            assert_eq!(ask(&path), *same, "{word} {there:?}, then {second:?}, by {way}");
        }
    }
}

#[test]
fn a_document_without_keys_generates_them_and_joins_equal_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path());
    let document = "onrecord = 1\n\
         [[source]]\ntitle = \"Morning news\"\nkind = \"page\"\n\
         [[source]]\ntitle = \"Morning news\"\nkind = \"page\"\noutlet = \"Wire\"\n\
         [[source]]\ntitle = \"Morning news\"\nkind = \"report\"\n\
         [[claim]]\ntext = \"Homes were left\"\nkind = \"event\"\nplaces = [\"here\"]\n\
         [[claim.mention]]\nsource = \"morning-news\"\n";
    let input = || vec![Input::bytes_of("d.toml", document)];
    let outcome = import(Options::new(&path, input()), &context()).unwrap();
    let db = Reader::open(&path, &[], CancelToken::never()).unwrap();
    assert_eq!(all_keys(&db, "sources").unwrap(), ["desk", "morning-news", "morning-news-2"]);
    assert_eq!(all_keys(&db, "claims").unwrap(), ["homes-were-left"]);
    assert!(outcome.made_up.contains(&("claims", "homes-were-left".to_owned())));
    drop(db);
    let bytes = std::fs::read(&path).unwrap();
    let again = import(Options::new(&path, input()), &context()).unwrap();
    assert!(again.tallies.iter().all(|tally| tally.new + tally.updated == 0), "{again:?}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the same document changes no byte");
}

/// Imports a text, and what the archive then has of a kind besides its desk; or the problems.
fn imported(path: &Path, name: &str, text: &str) -> Result<Vec<String>, String> {
    let input = vec![Input::bytes_of(name, text.to_owned())];
    match import(Options::new(path, input), &context()) {
        Ok(_) => {
            let db = Reader::open(path, &[], CancelToken::never()).unwrap();
            let keys = all_keys(&db, "sources").unwrap();
            Ok(keys.into_iter().filter(|key| key != "desk").collect())
        }
        Err(onrecord::error::Error::Problems { problems, .. }) => {
            Err(problems.iter().map(|problem| problem.what.as_str()).collect::<Vec<_>>().join("\n"))
        }
        Err(error) => panic!("{error}"),
    }
}

const MORNING: &str = "onrecord = 1\n";

fn news(more: &str) -> String {
    format!("[[source]]\ntitle = \"Morning news\"\nkind = \"page\"\n{more}\n")
}

#[test]
fn records_of_one_document_are_told_apart_by_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[&str], usize); 5] = [
        // The first fits both others, but they do not fit each other.
        (&["outlet = \"A\"", "outlet = \"B\"", "published = \"2021\"\noutlet = \"A\""], 2),
        (&["key = \"mn\"", ""], 1),
        (&["", "key = \"mn\""], 1),
        (&["key = \"mn\"\noutlet = \"A\"", "outlet = \"B\""], 2),
        (&["url = \"https://a.example/1\"", "url = \"https://a.example/1\""], 1),
    ];
    for (n, (records, sources)) in cases.into_iter().enumerate() {
        let path = archive(folder.path());
        let text = [MORNING.to_owned(), records.iter().map(|more| news(more)).collect()].concat();
        let keys = imported(&path, "d.toml", &text).unwrap();
        assert_eq!(keys.len(), sources, "case {n}: {keys:?}");
        let bytes = std::fs::read(&path).unwrap();
        imported(&path, "d.toml", &text).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "case {n}: the second time");
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_record_that_fits_several_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path());
    let two = [MORNING, &news("outlet = \"A\""), &news("outlet = \"B\"")].concat();
    assert_eq!(imported(&path, "two.toml", &two).unwrap().len(), 2);
    let third = [MORNING, &news("")].concat();
    let said = imported(&path, "third.toml", &third).unwrap_err();
    assert!(said.contains("2 sources are called \"Morning news\""), "{said}");
    let all = [&two, news("").as_str()].concat();
    let path = folder.path().join("b.db");
    init(&path, NewNames::default(), &context()).unwrap();
    let said = imported(&path, "all.toml", &all).unwrap_err();
    assert!(said.contains("2 sources are called \"Morning news\""), "{said}");
}

#[test]
fn a_generated_key_that_another_has_is_no_reference() {
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path());
    imported(&path, "one.toml", &[MORNING, &news("outlet = \"A\"")].concat()).unwrap();
    let text = [
        MORNING,
        &news("outlet = \"B\""),
        "[[claim]]\ntext = \"Homes were left\"\nkind = \"event\"\n\
         [[claim.mention]]\nsource = \"morning-news\"\n",
    ]
    .concat();
    let said = imported(&path, "two.toml", &text).unwrap_err();
    assert!(said.contains("give that record a key"), "{said}");
}

#[test]
fn records_that_go_in_together_may_not_contradict() {
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path());
    let mention = |quote: &str| {
        format!("[[claim.mention]]\nsource = \"s\"\nlocator = \"p. 1\"\nquote = \"{quote}\"\n")
    };
    let text = |second: &str| {
        [
            MORNING,
            &news("key = \"s\""),
            "[[claim]]\nkey = \"c\"\ntext = \"Three died\"\nkind = \"event\"\n",
            &mention("three"),
            &mention(second),
        ]
        .concat()
    };
    let said = imported(&path, "d.toml", &text("five")).unwrap_err();
    assert!(said.contains("has \"three\" as quote"), "{said}");
    imported(&path, "d.toml", &text("three")).unwrap();
}

/// Two rows whose verdicts rest on each other's claims, with more columns of a source.
fn circle(columns: &str, one: &str, other: &str) -> String {
    format!(
        "claim,text,claim_kind,status,because,evidence_claim,{columns}\n\
         c1,One,event,reported,\"as c2\",c2,{one}\n\
         c2,Two,event,reported,\"as c1\",c1,{other}\n"
    )
}

#[test]
fn rows_that_wait_for_each_other_share_no_source_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path());
    let bytes = std::fs::read(&path).unwrap();
    let columns = "title,source_kind,outlet";
    let text = circle(columns, "Morning news,page,A", "Morning news,page,B");
    let said = imported(&path, "t.csv", &text).unwrap_err();
    assert!(said.contains("has \"A\" as outlet of source morning-news"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "nothing is written");
    // Keys tell them apart.
    let columns = "source,title,source_kind,outlet";
    let text = circle(columns, "mn-a,Morning news,page,A", "mn-b,Morning news,page,B");
    assert_eq!(imported(&path, "t.csv", &text).unwrap(), ["mn-a", "mn-b"]);
}

#[test]
fn rows_that_wait_for_each_other_may_not_contradict() {
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path());
    let columns = "source,title,source_kind,outlet";
    let text = circle(columns, "mn,Morning news,page,A", "mn,Morning news,page,B");
    let said = imported(&path, "t.csv", &text).unwrap_err();
    assert!(said.contains("has \"A\" as outlet of source mn"), "{said}");
    let text = circle(columns, "mn,Morning news,page,A", "mn,Morning news,page,A");
    assert_eq!(imported(&path, "t.csv", &text).unwrap(), ["mn"]);
}
