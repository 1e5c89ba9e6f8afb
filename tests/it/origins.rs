//! Independent origins: the views of the file and the drawn chain of one claim, compared with the
//! definition.

use crate::common::{Sandbox, random_cases};
use onrecord::internals::Reader;
use onrecord::model::{CancelToken, Value};
use onrecord::ops::Context;
use onrecord::ops::archive::check::check as find_problems;
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const RELATIONS: [&str; 6] = ["translates", "syndicates", "copies", "quotes", "cites", "revises"];
const STANCES: [&str; 8] =
    ["asserts", "asserts", "asserts", "supports", "asserts", "disputes", "denies", "retracts"];

#[derive(Clone, Debug)]
pub struct World {
    /// Document, relation, document.
    pub edges: Vec<(usize, usize, usize)>,
    /// Speaker, or after these document, and the body that it speaks for.
    pub bodies: Vec<(usize, usize)>,
    /// For each claim: document, speaker (0 is none), stance.
    pub claims: Vec<Vec<(usize, usize, usize)>>,
}

const DOCUMENTS: usize = 7;
const SPEAKERS: usize = 4;

pub fn world() -> impl Strategy<Value = World> {
    let edge = (0..DOCUMENTS, 0..RELATIONS.len(), 0..DOCUMENTS);
    let body = (0..SPEAKERS + DOCUMENTS, 0..2_usize);
    let mention = (0..DOCUMENTS, 0..=SPEAKERS, 0..STANCES.len());
    (
        prop::collection::vec(edge, 0..9),
        prop::collection::vec(body, 0..7),
        prop::collection::vec(prop::collection::vec(mention, 0..6), 6),
    )
        .prop_map(|(edges, bodies, claims)| World { edges, bodies, claims })
}

fn document(n: usize) -> String {
    format!("document-{n}")
}

/// Sources that speak for a body.
fn party(n: usize) -> String {
    if n < SPEAKERS { format!("speaker-{n}") } else { document(n - SPEAKERS) }
}

pub fn lines(world: &World) -> String {
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    let mut line = |line: String| {
        if seen.insert(line.clone()) {
            writeln!(text, "{line}").unwrap();
        }
    };
    // Against the order of their keys: what the file has first must not matter.
    for n in (0..DOCUMENTS).rev() {
        line(format!(
            r#"{{"table":"sources","key":"document-{n}","kind":"article","title":"D{n}","outlet":"Outlet {}"}}"#,
            n / 2
        ));
    }
    for n in (0..SPEAKERS).rev() {
        let kind = if n == 0 { "unnamed" } else { "person" };
        line(format!(
            r#"{{"table":"sources","key":"speaker-{n}","kind":"{kind}","title":"S{n}"}}"#
        ));
    }
    for n in (0..2).rev() {
        line(format!(
            r#"{{"table":"sources","key":"body-{n}","kind":"organisation","title":"B{n}"}}"#
        ));
    }
    for (a, relation, b) in world.edges.iter().filter(|(a, _, b)| a != b) {
        line(format!(
            r#"{{"table":"source_origins","source":"document-{a}","relation":"{}","origin":"document-{b}"}}"#,
            RELATIONS[*relation]
        ));
    }
    for (speaker, body) in &world.bodies {
        let speaker = party(*speaker);
        line(format!(
            r#"{{"table":"source_origins","source":"{speaker}","relation":"speaks_for","origin":"body-{body}"}}"#
        ));
    }
    for (n, mentions) in world.claims.iter().enumerate() {
        line(format!(
            r#"{{"table":"claims","key":"claim-{n}","text":"Claim {n}","kind":"event"}}"#
        ));
        for (source, speaker, stance) in mentions {
            let speaker = match speaker {
                0 => String::new(),
                n => format!(r#","speaker":"speaker-{}""#, n - 1),
            };
            line(format!(
                r#"{{"table":"mentions","claim":"claim-{n}","source":"document-{source}","stance":"{}"{speaker}}}"#,
                STANCES[*stance]
            ));
        }
    }
    text
}

/// The definition, word for word, by walking from every document of the claim.
fn origins(world: &World, mentions: &[(usize, usize, usize)]) -> BTreeSet<String> {
    let counts = |stance: usize| ["asserts", "supports"].contains(&STANCES[stance]);
    let tells = |document: usize| mentions.iter().any(|(d, _, s)| *d == document && counts(*s));
    let next = |from: usize| -> BTreeSet<usize> {
        let edges = world.edges.iter().filter(|(a, _, b)| *a == from && a != b);
        edges.filter(|(_, r, b)| *r < 3 || tells(*b)).map(|(_, _, b)| *b).collect()
    };
    let reach = |from: usize| -> BTreeSet<usize> {
        let (mut found, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(here) = open.pop() {
            open.extend(next(here).into_iter().filter(|n| found.insert(*n)));
        }
        found
    };
    let body = |voice: String| -> String {
        // Of several bodies the first by key is meant.
        let bodies = world.bodies.iter().filter(|(speaker, _)| party(*speaker) == voice);
        bodies.map(|(_, body)| body).min().map_or(voice, |body| format!("body-{body}"))
    };
    let mut all = BTreeSet::new();
    for (start, _, _) in mentions.iter().filter(|(_, _, s)| counts(*s)) {
        for end in reach(*start).into_iter().chain([*start]) {
            let circle = reach(end);
            if !circle.iter().all(|other| reach(*other).contains(&end)) {
                continue;
            }
            let texts: BTreeSet<usize> = circle.into_iter().chain([end]).collect();
            let voice = |(d, speaker, _): &(usize, usize, usize)| match speaker {
                0 => document(*d),
                n => format!("speaker-{}", n - 1),
            };
            if texts.len() == 1 && tells(end) {
                let own = mentions.iter().filter(|(d, _, s)| *d == end && counts(*s));
                all.extend(own.map(voice).map(body));
                continue;
            }
            // A document that carries the whole text names the speaker in it.
            let whole = |from: usize| -> BTreeSet<usize> {
                let (mut found, mut open) = (BTreeSet::from([from]), vec![from]);
                while let Some(here) = open.pop() {
                    let edges =
                        world.edges.iter().filter(|(a, r, b)| *a == here && a != b && *r < 3);
                    open.extend(edges.map(|(_, _, b)| *b).filter(|n| found.insert(*n)));
                }
                found
            };
            let takers: Vec<_> = mentions
                .iter()
                .filter(|(d, _, s)| counts(*s) && whole(*d).iter().any(|text| texts.contains(text)))
                .collect();
            let mut speakers: Vec<String> =
                takers.iter().filter(|(_, speaker, _)| *speaker > 0).map(|m| voice(m)).collect();
            speakers.sort();
            if texts.len() > 1 {
                speakers.truncate(1);
            }
            if speakers.is_empty() {
                speakers.push(document(*texts.first().unwrap()));
            }
            all.extend(speakers.into_iter().map(body));
        }
    }
    all
}

fn check(world: &World) {
    let sandbox = Sandbox::empty();
    let archive = sandbox.path("onrecord.db");
    let context = Context {
        now: "2021-07-02T12:00:00Z".to_owned(),
        editor: None,
        cancel: CancelToken::never(),
    };
    let inputs = vec![Input::bytes_of("world.ndjson", lines(world))];
    import(Options::new(&archive, inputs), &context).unwrap();
    let db = sandbox.other_tool();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut statement = db
        .prepare("SELECT c.key, s.key FROM claim_origins o JOIN claims c ON c.id = o.claim_id JOIN sources s ON s.id = o.origin_id")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?))).unwrap();
    for row in rows {
        let (claim, origin): (String, String) = row.unwrap();
        assert!(found.entry(claim).or_default().insert(origin), "an origin twice");
    }
    let reader = Reader::open(&sandbox.path("onrecord.db"), &[], CancelToken::never()).unwrap();
    let book = onrecord::internals::read_snapshot(&reader).unwrap();
    let published = onrecord::internals::read_published_claims(&reader, &book, 0, 100).unwrap();
    for (n, mentions) in world.claims.iter().enumerate() {
        let key = format!("claim-{n}");
        let expected = origins(world, mentions);
        let page: BTreeSet<String> =
            published[n].graph.origins().iter().map(|origin| (*origin).to_owned()).collect();
        assert_eq!((&*published[n].key, page), (&*key, expected.clone()), "published, {world:?}");
        let viewed = found.remove(&key).unwrap_or_default();
        assert_eq!(viewed, expected, "{key} in the view, {world:?}");
        let sheet = onrecord::ops::query::show::show(
            &sandbox.path("onrecord.db"),
            &key,
            usize::MAX,
            CancelToken::never(),
        );
        let sheet = sheet.unwrap();
        let drawn = sheet.sections.iter().find(|(title, _)| title == "source chain");
        let rows = drawn.map(|(_, table)| table.rows.clone()).unwrap_or_default();
        let roots = rows.iter().filter(|row| row[0] == Value::Int(0));
        let roots: BTreeSet<String> = roots.map(|row| row[1].to_string()).collect();
        assert_eq!(roots, expected, "{key} as drawn, {world:?}");
    }
    let circles =
        find_problems(&archive, Some("origin-circles"), false, CancelToken::never()).unwrap();
    let circular = (0..DOCUMENTS).any(|n| {
        let (mut found, mut open) = (BTreeSet::new(), vec![n]);
        while let Some(here) = open.pop() {
            let edges = world.edges.iter().filter(|(a, _, b)| *a == here && a != b);
            open.extend(edges.map(|(_, _, b)| *b).filter(|b| found.insert(*b)));
        }
        found.contains(&n)
    });
    assert_eq!(!circles.rows.is_empty(), circular, "{:?}{world:?}", circles.rows);
}

/// The same worlds each time; with `ONRECORD_CASES` as many others.
#[test]
fn views_and_drawn_chain_match_the_definition_of_an_origin() {
    let config = random_cases(24);
    proptest!(config, |(world in world())| check(&world));
}

#[test]
fn the_health_centre_has_one_origin() {
    let sandbox = Sandbox::with_both_seeds();
    let out = sandbox
        .run(&[
            "report",
            "corroboration",
            "--where",
            "claim=health-centre-shelled",
            "--columns",
            "origins,outlets,origin_keys,verdict",
            "--format",
            "csv",
        ])
        .done();
    assert_eq!(
        out,
        "origins,outlets,origin_keys,verdict\n1,4,ghazni-health-directorate,\"4 outlets, 1 origin\"\n"
    );
    let echo = sandbox
        .run(&["report", "echoes", "--where", "claim=health-centre-shelled", "--format", "csv"])
        .done();
    for edge in [
        "taliban-advance-fr translates sun-feature-2021-06",
        "sun-feature-2021-06 cites reuters-wire-2021-06-28",
        "zaher-shah-nekmal speaks for ghazni-health-directorate",
    ] {
        assert!(echo.contains(edge), "{echo}");
    }
    let shown = sandbox.run(&["show", "health-centre-shelled"]).done();
    let tree = "ghazni-health-directorate\n└─ zaher-shah-nekmal  speaks for it\n   └─ reuters-wire-2021-06-28  has it from them\n      ├─ sun-feature-2021-06  cites it\n      │  └─ taliban-advance-fr  translates it, ¶8\n      └─ al-arabiya-2021-06-28  syndicates it\n";
    assert!(shown.contains(tree), "{shown}");
}

const TWO: &str = r#"onrecord = 1
source = [
  { key = "wire", kind = "article", title = "Wire" },
  { key = "paper", kind = "article", title = "Paper", origin = [{ relation = "cites", source = "wire" }] },
  { key = "other", kind = "article", title = "Other" },
  { key = "voice", kind = "unnamed", title = "A security source" },
]
claim = [
  { key = "c", text = "The dam broke", kind = "event", mention = [
    { source = "wire" }, { source = "paper" }, { source = "other", speaker = "voice" }] },
]
"#;

#[test]
fn denials_do_not_corroborate_and_a_retraction_reaches_every_copy() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import(&TWO.replace(r#", origin = [{ relation = "cites", source = "wire" }]"#, ""))
        .done();
    let said = |sandbox: &Sandbox| sandbox.ask("select verdict from report_corroboration");
    assert_eq!(said(&sandbox), "\"3 outlets, 3 origins, 1 of them unnamed\"");
    let _ = sandbox
        .run(&["add", "origin", "--source", "paper", "--relation", "cites", "--origin", "wire"])
        .done();
    assert_eq!(said(&sandbox), "\"3 outlets, 2 origins, 1 of them unnamed\"");
    let _ = sandbox
        .run(&[
            "add",
            "source",
            "--key",
            "ministry",
            "--kind",
            "organisation",
            "--title",
            "Ministry",
        ])
        .done();
    let _ = sandbox
        .run(&["add", "mention", "--claim", "c", "--source", "ministry", "--stance", "denies"])
        .done();
    assert_eq!(said(&sandbox), "\"3 outlets, 2 origins, 1 of them unnamed; contested once\"");
    let suggested = sandbox.run(&["suggest", "--format", "csv"]).done();
    assert!(suggested.contains("c,unassessed,disputed,ministry denies it,"), "{suggested}");
    let _ = sandbox
        .run(&["add", "mention", "--claim", "c", "--source", "wire", "--stance", "retracts"])
        .done();
    assert_eq!(
        said(&sandbox),
        "\"3 outlets, 2 origins, 1 of them unnamed; taken back by 1 of them\""
    );
    let found = sandbox.run(&["check", "retractions"]);
    assert!(found.code == 1 && found.out.contains("1 of 2 origins took it back"), "{}", found.out);
    // Two in a circle are named, and a single origin among themselves.
    let _ = sandbox
        .run(&["add", "origin", "--source", "wire", "--relation", "copies", "--origin", "paper"])
        .done();
    let found = sandbox.run(&["check", "origin-circles"]);
    assert!(found.out.contains("it is its own origin, through paper"), "{}", found.out);
    assert_eq!(sandbox.ask("select origins from report_corroboration"), "2");
}

#[test]
fn suggestions_change_nothing_and_name_a_forecast_once_it_is_due() {
    let sandbox = Sandbox::with_both_seeds();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let early = sandbox.run(&["suggest", "--today", "2021-07-01", "--format", "csv"]).done();
    let late = sandbox.run(&["suggest", "--today", "2022-01-01", "--format", "csv"]).done();
    assert!(!early.contains("withdrawal-by-september") && late.contains("withdrawal-by-september"));
    assert!(
        late.contains("onrecord assess districts-in-total-taliban disputed --because '…'"),
        "{late}"
    );
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    let _ = sandbox
        .run(&[
            "assess",
            "districts-in-total-taliban",
            "corroborated",
            "--because",
            "x",
            "--at",
            "2022-01-01T00:00:00Z",
        ])
        .done();
    let found = sandbox.run(&["check", "evidence"]);
    assert!(
        found.out.contains("it is corroborated, and has one independent origin"),
        "{}",
        found.out
    );
}

/// A claim is taken back by the speaker who made it, or by one who speaks for the same body; not by
/// everyone in one document.
#[test]
fn only_the_speaker_or_its_body_retracts_a_statement() {
    let sandbox = Sandbox::empty();
    let lines = r#"{"table":"sources","key":"a","kind":"article","title":"A"}
{"table":"sources","key":"b","kind":"article","title":"B"}
{"table":"sources","key":"w","kind":"article","title":"W"}
{"table":"sources","key":"r","kind":"article","title":"R"}
{"table":"sources","key":"x","kind":"person","title":"X"}
{"table":"sources","key":"y","kind":"person","title":"Y"}
{"table":"sources","key":"body","kind":"organisation","title":"Body"}
{"table":"source_origins","source":"b","relation":"cites","origin":"w"}
{"table":"source_origins","source":"r","relation":"revises","origin":"w"}
{"table":"claims","key":"two","text":"Two","kind":"event"}
{"table":"mentions","claim":"two","source":"a","speaker":"x","stance":"asserts"}
{"table":"mentions","claim":"two","source":"b","speaker":"y","stance":"asserts"}
{"table":"mentions","claim":"two","source":"a","speaker":"y","stance":"retracts"}
{"table":"claims","key":"stands","text":"Stands","kind":"event"}
{"table":"mentions","claim":"stands","source":"b","speaker":"x","stance":"asserts"}
{"table":"mentions","claim":"stands","source":"w","stance":"retracts"}
{"table":"claims","key":"drew","text":"Drew","kind":"event"}
{"table":"mentions","claim":"drew","source":"b","stance":"asserts"}
{"table":"mentions","claim":"drew","source":"w","stance":"retracts"}
{"table":"claims","key":"revised","text":"Revised","kind":"event"}
{"table":"mentions","claim":"revised","source":"w","stance":"asserts"}
{"table":"mentions","claim":"revised","source":"r","stance":"retracts"}
{"table":"claims","key":"denied","text":"Denied","kind":"event"}
{"table":"mentions","claim":"denied","source":"a","stance":"denies"}
"#;
    sandbox.write("r.ndjson", lines);
    let _ = sandbox.run(&["import", "r.ndjson"]).done();
    let verdict = |claim: &str| {
        let only = format!("claim={claim}");
        let args = ["report", "corroboration", "--where", &only, "--columns", "verdict"];
        let said = sandbox.run(&[&args[..], &["--format", "tsv"]].concat()).done();
        said.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(verdict("two"), "2 outlets, 2 origins; taken back by 1 of them");
    assert_eq!(verdict("stands"), "1 outlet, 1 origin; contested once");
    assert_eq!(verdict("drew"), "1 outlet, 1 origin; taken back by all origins");
    assert_eq!(verdict("revised"), "1 outlet, 1 origin; taken back by all origins");
    assert_eq!(verdict("denied"), "0 outlets, 0 origins; contested once");
    // Two speakers of one body are one voice, also in a retraction.
    let bodies = r#"{"table":"source_origins","source":"x","relation":"speaks_for","origin":"body"}
{"table":"source_origins","source":"y","relation":"speaks_for","origin":"body"}
"#;
    sandbox.write("b.ndjson", bodies);
    let _ = sandbox.run(&["import", "b.ndjson"]).done();
    assert_eq!(verdict("two"), "2 outlets, 1 origin; taken back by all origins");
}
