//! The published page and the reports: over random archives, either says of every figure, claim and
//! verdict what the other says.

use crate::common::{context, random_cases, write_empty_archive};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use onrecord::model::{CancelToken, Progress};
use onrecord::ops::import::{Input, Options, import};
use onrecord::ops::publish::publish;
use onrecord::ops::report;
use onrecord::render::{Format, Style, row_sink, show_control_chars};
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const DOCUMENTS: usize = 5;
/// Speakers follow the documents: a person, a person, someone unnamed; then a body.
const SPEAKERS: usize = 3;
const STANCES: [&str; 7] =
    ["asserts", "asserts", "asserts", "supports", "disputes", "denies", "retracts"];
const ORIGINS: [&str; 6] = ["translates", "syndicates", "copies", "quotes", "cites", "revises"];
const LINKS: [&str; 8] = [
    "same_event",
    "same_event",
    "contradicts",
    "in_tension_with",
    "updates",
    "duplicates",
    "supports",
    "corrects",
];
const STATUSES: [&str; 5] = ["reported", "disputed", "corroborated", "refuted", "unverified"];
const GROWTHS: [&str; 5] = ["level", "constant", "cumulative", "per_period", "per_event"];
/// The dimension of a measure and the unit of its figures.
const COUNTED: [(&str, Option<&str>); 5] = [
    ("people", None),
    ("money", Some("USD")),
    ("share", Some("share")),
    ("districts", None),
    ("duration", Some("days")),
];
/// Units of single figures; most have that of their measure.
const UNITS: [Option<&str>; 9] = [
    None,
    None,
    None,
    None,
    None,
    None,
    Some("share"),
    Some("households"),
    Some("</strong> 10000 & \"parts\""),
];
const QUALIFIERS: [&str; 18] = [
    "exact",
    "exact",
    "exact",
    "exact",
    "exact",
    "between",
    "about",
    "nearly",
    "over",
    "at_least",
    "under",
    "at_most",
    "several",
    "tens",
    "hundreds",
    "none",
    "unknown",
    "unquantified",
];
/// Numbers that agree, differ, or look like slips of one another.
const NUMBERS: [f64; 13] = [
    7.0,
    40.0,
    400.0,
    3254.0,
    3524.0,
    11000.0,
    111_000.0,
    300_000.0,
    4_000_000.0,
    0.5,
    0.05,
    0.333_333_3,
    12345.678,
];
const AS_OF: [Option<&str>; 10] = [
    None,
    None,
    Some("2021-06-01"),
    Some("2021-06-01"),
    Some("2021-06-02"),
    Some("2021-06"),
    Some("2021-05/2021-06"),
    Some("2020"),
    Some("../2021-07-01"),
    Some("2021-06-01~"),
];
const HAPPENED: [Option<&str>; 6] = [
    None,
    Some("2021-06-01"),
    Some("2021-06-01"),
    Some("2021-06-02"),
    Some("2021-06-03/2021-06-05"),
    Some("2021"),
];
const PUBLISHED: [Option<&str>; 4] =
    [None, Some("2021-06-01"), Some("2021-06-02"), Some("2021-06")];
/// Places with their kinds, each within the one named last.
const PLACES: [(&str, &str, Option<&str>); 6] = [
    ("land", "country", None),
    ("north", "province", Some("land")),
    ("upper", "district", Some("north")),
    ("mill", "village", Some("upper")),
    ("lower", "district", Some("north")),
    ("ford", "town", Some("lower")),
];
/// Texts that would break a page that let them.
const TEXTS: [&str; 7] = [
    "plain words",
    "a <b>bold</b> & \"quoted\" 'one' &lt;i&gt;",
    "</li></ul></article><li data-figure=\"c0-f0\" class=\"conflict\">",
    "\u{202e}turned \u{2066}مقر\u{2069}",
    "شهر مقر 10000",
    "\" data-against=\"c0-f0",
    "conflict with 300000 (holds now)",
];

#[derive(Clone, Debug)]
struct Figure {
    measure: usize,
    qualifier: usize,
    number: usize,
    unit: usize,
    as_of: usize,
    part: bool,
}

#[derive(Clone, Debug)]
struct Verdict {
    status: usize,
    /// The speaker who gives it, or the desk.
    by: usize,
    day: usize,
    retracted: bool,
    /// The claim that it rests on.
    evidence: usize,
}

#[derive(Clone, Debug)]
struct Claim {
    text: usize,
    happened: usize,
    places: Vec<usize>,
    /// Document, speaker (0 is none), stance, day said.
    mentions: Vec<(usize, usize, usize, usize)>,
    figures: Vec<Figure>,
    verdicts: Vec<Verdict>,
    withdrawn: bool,
    changed: bool,
}

#[derive(Clone, Debug)]
struct World {
    /// Text, dimension, growth, whether it has a start.
    measures: Vec<(usize, usize, usize, bool)>,
    /// Text and date of each document.
    documents: Vec<(usize, usize)>,
    /// Document, relation, document.
    edges: Vec<(usize, usize, usize)>,
    bodies: Vec<usize>,
    claims: Vec<Claim>,
    /// Claim, relation, claim.
    links: Vec<(usize, usize, usize)>,
}

fn some<T: std::fmt::Debug>(
    one: impl Strategy<Value = T>,
    number: impl Into<prop::collection::SizeRange>,
) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(one, number)
}

fn figure() -> impl Strategy<Value = Figure> {
    (
        // Most figures are of the first measure, so that many pairs meet.
        prop_oneof![3 => Just(0_usize), 2 => 0..3_usize],
        0..QUALIFIERS.len(),
        0..NUMBERS.len(),
        0..UNITS.len(),
        0..AS_OF.len(),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(measure, qualifier, number, unit, as_of, part)| Figure {
            measure,
            qualifier,
            number,
            unit,
            as_of,
            part,
        })
}

fn verdict() -> impl Strategy<Value = Verdict> {
    (0..STATUSES.len(), 0..=SPEAKERS, 0..5_usize, prop::bool::weighted(0.2), 0..8_usize).prop_map(
        |(status, by, day, retracted, evidence)| Verdict { status, by, day, retracted, evidence },
    )
}

fn claim() -> impl Strategy<Value = Claim> {
    let mention = (0..DOCUMENTS, 0..=SPEAKERS, 0..STANCES.len(), 0..PUBLISHED.len());
    (
        0..TEXTS.len(),
        0..HAPPENED.len(),
        some(0..PLACES.len(), 0..3),
        some(mention, 0..4),
        some(figure(), 1..4),
        some(verdict(), 0..3),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.2),
    )
        .prop_map(
            |(text, happened, places, mentions, figures, verdicts, withdrawn, changed)| Claim {
                text,
                happened,
                places,
                mentions,
                figures,
                verdicts,
                withdrawn,
                changed,
            },
        )
}

fn world() -> impl Strategy<Value = World> {
    let measure = (0..TEXTS.len(), 0..COUNTED.len(), 0..GROWTHS.len(), any::<bool>());
    (
        some(measure, 1..4),
        some((0..TEXTS.len(), 0..PUBLISHED.len()), DOCUMENTS),
        some((0..DOCUMENTS, 0..ORIGINS.len(), 0..DOCUMENTS), 0..5),
        some(0..SPEAKERS, 0..3),
        some(claim(), 2..9),
        some((0..8_usize, 0..LINKS.len(), 0..8_usize), 0..7),
    )
        .prop_map(|(measures, documents, edges, bodies, claims, links)| World {
            measures,
            documents,
            edges,
            bodies,
            claims,
            links,
        })
}

/// The marker of a claim that is withdrawn: no published file may hold it.
const GONE: &str = "qzgoneqz";

impl World {
    /// The document that is imported.
    fn document(&self) -> Value {
        let mut sources: Vec<Value> = Vec::new();
        for (n, (text, day)) in self.documents.iter().enumerate() {
            // Documents draw on those before them: a circle of sources is tested elsewhere.
            let mut from: Vec<Value> = Vec::new();
            for (_, relation, origin) in self.edges.iter().filter(|(a, _, b)| *a == n && b < a) {
                let one = json!({"relation": ORIGINS[*relation], "origin": format!("d{origin}")});
                if !from.contains(&one) {
                    from.push(one);
                }
            }
            sources.push(json!({"key": format!("d{n}"), "kind": "article", "origin": from,
                "title": format!("Document {n} {}", TEXTS[*text]), "published": PUBLISHED[*day]}));
        }
        for n in 0..SPEAKERS {
            let speaks = self.bodies.contains(&n);
            let origin = json!({"relation": "speaks_for", "origin": "body"});
            sources.push(json!({"key": format!("s{n}"), "title": format!("Speaker {n}"),
                "kind": if n == 2 { "unnamed" } else { "person" },
                "origin": if speaks { vec![origin] } else { Vec::new() }}));
        }
        sources.push(json!({"key": "body", "kind": "organisation", "title": "Body <i>"}));
        let places = PLACES.iter().map(|(key, kind, within)| json!({"key": key, "name": format!("{key} & co"), "kind": kind, "within": within}));
        let measures = self.measures.iter().enumerate().map(|(n, (text, counted, growth, starts))| {
            let (dimension, unit) = COUNTED[*counted];
            json!({"key": format!("m{n}"), "title": format!("Measure {n} {}", TEXTS[*text]), "dimension": dimension,
                "unit": unit, "growth": GROWTHS[*growth], "starts": starts.then_some("2021-01-01")})
        });
        let claims = (0..self.claims.len()).map(|n| self.claim(n));
        json!({"onrecord": 1, "source": sources, "location": places.collect::<Vec<_>>(),
            "measure": measures.collect::<Vec<_>>(), "claim": claims.collect::<Vec<_>>(), "link": self.links()})
    }

    fn claim(&self, n: usize) -> Value {
        let one = &self.claims[n];
        let mark = if one.withdrawn { GONE } else { "" };
        let places: BTreeSet<&str> = one.places.iter().map(|place| PLACES[*place].0).collect();
        let mentions = one.mentions.iter().enumerate().map(|(at, (document, speaker, stance, day))| {
            json!({"source": format!("d{document}"), "stance": STANCES[*stance], "locator": format!("p. {at}"),
                "speaker": speaker.checked_sub(1).map(|n| format!("s{n}")), "said_on": PUBLISHED[*day], "note": format!("note {mark}")})
        });
        let figures = (0..one.figures.len()).map(|at| self.figure(n, at));
        let verdicts = one.verdicts.iter().enumerate().map(|(at, verdict)| {
            let mut said = json!({"status": STATUSES[verdict.status], "because": format!("reason {at} of {n}{mark} {}", TEXTS[(n + at) % TEXTS.len()]),
                "evidence": [{"claim": format!("c{}", verdict.evidence % self.claims.len())}]});
            if let Some(speaker) = verdict.by.checked_sub(1) {
                said["by"] = json!(format!("s{speaker}"));
            }
            match verdict.day {
                0 => said["at_stated"] = json!(false),
                day => said["at"] = json!(format!("2021-06-{:02}T0{at}:00:00Z", day * 7)),
            }
            if verdict.retracted {
                said["retraction"] = json!([{"at": "2021-07-01T00:00:00Z", "because": "in error"}]);
            }
            said
        });
        json!({"key": format!("c{n}"), "kind": "quantity", "text": format!("Claim {n} {mark}{}", TEXTS[one.text]),
            "happened": HAPPENED[one.happened], "places": places, "mention": mentions.collect::<Vec<_>>(),
            "figure": figures.collect::<Vec<_>>(), "assessment": verdicts.collect::<Vec<_>>(),
            "withdrawn": one.withdrawn.then(|| format!("entered twice {mark}"))})
    }

    /// A figure, whose words in the source name it.
    fn figure(&self, claim: usize, at: usize) -> Value {
        let one = &self.claims[claim].figures[at];
        let mark = if self.claims[claim].withdrawn { GONE } else { "" };
        let qualifier = QUALIFIERS[one.qualifier];
        let number = json!(NUMBERS[one.number]);
        let mut figure = json!({"key": figure_key(claim, at), "measure": format!("m{}", one.measure % self.measures.len()),
            "qualifier": qualifier, "unit": UNITS[one.unit], "as_of": AS_OF[one.as_of],
            "said": format!("{} {mark}{}", figure_key(claim, at), TEXTS[(claim + at) % TEXTS.len()])});
        match qualifier {
            "between" => {
                figure["low"] = number;
                figure["high"] = json!(NUMBERS[one.number] * 1.5);
            }
            "several" | "tens" | "hundreds" | "none" | "unknown" | "unquantified" => {}
            _ => figure["value"] = number,
        }
        if one.part && at > 0 {
            figure["out_of"] = json!(figure_key(claim, at - 1));
        }
        figure
    }

    fn links(&self) -> Vec<Value> {
        let mut seen = BTreeSet::new();
        let mut links = Vec::new();
        for (from, relation, to) in &self.links {
            let (from, to) = (from % self.claims.len(), to % self.claims.len());
            if from != to && seen.insert((from.min(to), from.max(to), LINKS[*relation])) {
                links.push(json!({"from": format!("c{from}"), "relation": LINKS[*relation], "to": format!("c{to}")}));
            }
        }
        links
    }

    /// A second document, which changes claims that were judged before.
    fn changes(&self) -> Value {
        let claims = self.claims.iter().enumerate().filter(|(_, claim)| claim.changed);
        let claims = claims.map(|(n, claim)| {
            let mark = if claim.withdrawn { GONE } else { "" };
            json!({"key": format!("c{n}"), "text": format!("Changed claim {n} {mark}{}", TEXTS[claim.text])})
        });
        json!({"onrecord": 1, "claim": claims.collect::<Vec<_>>()})
    }
}

fn figure_key(claim: usize, at: usize) -> String {
    format!("c{claim}-f{at}")
}

/// An element of a page.
#[derive(Default)]
struct Element {
    tag: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

enum Node {
    Text(String),
    Element(Element),
}

impl Element {
    /// Reads a page by the rules of HTML for tokens; its tags have to fit one another.
    fn parse(page: &str) -> Element {
        let mut emitter = DefaultEmitter::<()>::default();
        emitter.naively_switch_states(true);
        let mut open = vec![Element::default()];
        for token in Tokenizer::new_with_emitter(page, emitter).flatten() {
            match token {
                Token::StartTag(tag) => {
                    let attributes =
                        tag.attributes.iter().map(|(name, value)| (word(name), word(value)));
                    let one = Element {
                        tag: word(&tag.name),
                        attributes: attributes.collect(),
                        children: Vec::new(),
                    };
                    match ["meta", "link", "input", "br"].contains(&&*one.tag) || tag.self_closing {
                        true => open.last_mut().unwrap().children.push(Node::Element(one)),
                        false => open.push(one),
                    }
                }
                Token::EndTag(tag) => {
                    let one = open.pop().unwrap();
                    assert_eq!(one.tag, word(&tag.name), "a tag that closes another");
                    open.last_mut().unwrap().children.push(Node::Element(one));
                }
                Token::String(text) => {
                    open.last_mut().unwrap().children.push(Node::Text(word(&text)))
                }
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "a tag is left open");
        open.pop().unwrap()
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn has_class(&self, class: &str) -> bool {
        self.attribute("class").split(' ').any(|one| one == class)
    }

    /// The elements inside it that a test picks, in the order of the page.
    fn all<'a>(&'a self, picks: &dyn Fn(&Element) -> bool) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if let Node::Element(child) = child {
                if picks(child) {
                    found.push(child);
                }
                found.extend(child.all(picks));
            }
        }
        found
    }

    fn with_attribute(&self, name: &str) -> Vec<&Element> {
        self.all(&|one| one.attributes.contains_key(name))
    }

    fn with_class(&self, class: &str) -> Vec<&Element> {
        self.all(&|one| one.has_class(class))
    }

    fn tagged(&self, tag: &str) -> Vec<&Element> {
        self.all(&|one| one.tag == tag)
    }

    /// The one element with this id.
    fn by_id(&self, id: &str) -> &Element {
        let found = self.all(&|one| one.attribute("id") == id);
        assert_eq!(found.len(), 1, "{id}");
        found[0]
    }

    /// Its text as it is compared.
    fn text(&self) -> String {
        fn collect(element: &Element, text: &mut String) {
            for child in &element.children {
                match child {
                    Node::Text(piece) => text.push_str(piece),
                    Node::Element(child) => collect(child, text),
                }
            }
        }
        let mut text = String::new();
        collect(self, &mut text);
        plain(&text)
    }

    /// The key at the end of the address of the first link in it.
    fn leads_to(&self) -> String {
        let links = self.all(&|one| one.tag == "a");
        let address = links.first().map_or("", |link| link.attribute("href"));
        address.trim_end_matches(".html").rsplit('/').next().unwrap().to_owned()
    }
}

fn word(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A text as it is compared: with control characters shown, single blanks, and without the commas
/// between the digits of a number.
fn plain(text: &str) -> String {
    let shown = show_control_chars(text);
    let words: Vec<&str> = shown.split_whitespace().collect();
    let joined: Vec<char> = words.join(" ").chars().collect();
    let digit =
        |at: Option<usize>| at.and_then(|at| joined.get(at)).is_some_and(char::is_ascii_digit);
    let between = |at: usize| joined[at] == ',' && digit(at.checked_sub(1)) && digit(Some(at + 1));
    (0..joined.len()).filter(|at| !between(*at)).map(|at| joined[at]).collect()
}

/// A pair of the view, the smaller figure first.
#[derive(Clone, Debug)]
struct Pair {
    finding: String,
    figures: [String; 2],
    gap: Option<f64>,
    why: String,
}

impl Pair {
    fn other(&self, figure: &str) -> Option<&str> {
        match &self.figures {
            [one, other] if one == figure => Some(other),
            [one, other] if other == figure => Some(one),
            _ => None,
        }
    }

    /// The place of its finding in the report.
    fn rank(&self) -> usize {
        let order = ["likely transcription slip", "conflict", "possible conflict", "revision"];
        order.iter().position(|finding| *finding == self.finding).unwrap()
    }
}

/// A row of `report figures`, with the key and the words of its figure.
#[derive(Debug)]
struct FigureRow {
    words: String,
    row: Value,
}

/// What the reports and views say.
struct Reports {
    labels: BTreeMap<String, String>,
    titles: BTreeMap<String, String>,
    figures: BTreeMap<String, FigureRow>,
    pairs: Vec<Pair>,
    claims: BTreeMap<String, Value>,
    corroboration: BTreeMap<String, Value>,
    history: Vec<Value>,
    statuses: Vec<Value>,
    /// Pairs of claims whose link says that not both are true.
    contradictions: Vec<(String, String)>,
}

/// The rows of a report in JSON.
fn rows(archive: &Path, name: &str) -> Vec<Value> {
    let mut out = Vec::new();
    let options = report::Options { today: "2021-07-02".to_owned(), ..report::Options::default() };
    report::run(
        archive,
        name,
        &options,
        CancelToken::never(),
        &mut *row_sink(Format::Json, Style::default(), &mut out),
    )
    .unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn by_claim(rows: Vec<Value>) -> BTreeMap<String, Value> {
    rows.into_iter().map(|row| (text_of(&row, "claim"), row)).collect()
}

fn text_of(row: &Value, column: &str) -> String {
    row[column].as_str().unwrap_or_default().to_owned()
}

fn number_of(row: &Value, column: &str) -> u64 {
    row[column].as_u64().unwrap()
}

fn two_texts(db: &Connection, sql: &str) -> BTreeMap<String, String> {
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The pairs of the view, each with its reason.
fn pairs(db: &Connection) -> Vec<Pair> {
    let read = |columns: &str, view: &str| -> BTreeMap<[String; 2], Pair> {
        let sql = format!(
            "SELECT a.key, b.key, p.finding, {columns} FROM {view} AS p
             JOIN figures AS a ON a.id = p.figure_a JOIN figures AS b ON b.id = p.figure_b"
        );
        let mut statement = db.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| {
            let figures = [row.get(0)?, row.get(1)?];
            Ok(Pair { finding: row.get(2)?, figures, gap: row.get(3)?, why: row.get(4)? })
        });
        rows.unwrap().map(Result::unwrap).map(|pair| (pair.figures.clone(), pair)).collect()
    };
    let viewed = read("p.gap, ''", "figure_conflicts");
    let reasons = read("p.gap, p.why", "figure_conflict_reasons");
    let short = |pairs: &BTreeMap<[String; 2], Pair>| -> Vec<_> {
        let one = |pair: &Pair| (pair.figures.clone(), pair.finding.clone(), pair.gap);
        pairs.values().map(one).collect()
    };
    assert_eq!(short(&viewed), short(&reasons));
    reasons.into_values().collect()
}

impl Reports {
    fn read(archive: &Path) -> Reports {
        let db = Connection::open(archive).unwrap();
        let words = two_texts(
            &db,
            "SELECT f.key, w.words FROM figure_words AS w JOIN figures AS f ON f.id = w.figure_id",
        );
        let figures = rows(archive, "figures").into_iter().map(|row| {
            // The words in the source begin with the key.
            let key = text_of(&row, "said").split(' ').next().unwrap().to_owned();
            (key.clone(), FigureRow { words: words[&key].clone(), row })
        });
        let linked =
            rows(archive, "contradictions").into_iter().filter(|row| row["kind"] == "linked");
        Reports {
            labels: two_texts(&db, "SELECT code, label FROM statuses"),
            titles: two_texts(&db, "SELECT key, title FROM measures"),
            figures: figures.collect(),
            pairs: pairs(&db),
            claims: by_claim(rows(archive, "claims")),
            corroboration: by_claim(rows(archive, "corroboration")),
            history: rows(archive, "history"),
            statuses: rows(archive, "status"),
            contradictions: linked
                .map(|row| (text_of(&row, "claim"), text_of(&row, "other_claim")))
                .collect(),
        }
    }

    fn label(&self, row: &Value) -> String {
        plain(&self.labels[&text_of(row, "status")])
    }

    fn words(&self, figure: &str) -> String {
        plain(&self.figures[figure].words)
    }

    fn claim_of(&self, figure: &str) -> String {
        text_of(&self.figures[figure].row, "claim")
    }

    fn title_of(&self, figure: &str) -> String {
        plain(&self.titles[&text_of(&self.figures[figure].row, "measure")])
    }

    /// The label of the verdict on the claim of a figure, and what is said of one that is stale.
    fn label_of(&self, figure: &str) -> String {
        let row = &self.claims[&self.claim_of(figure)];
        let stale = if row["stale"] == 1 { " judged before it changed" } else { "" };
        self.label(row) + stale
    }

    fn pairs_of(&self, figure: &str) -> Vec<&Pair> {
        self.pairs.iter().filter(|pair| pair.other(figure).is_some()).collect()
    }

    /// Asserts that the report has the pairs of the view, and no other unit or measure in a pair.
    fn check_one_another(&self, archive: &Path) {
        let all = rows(archive, "figure-conflicts");
        let compared = all.iter().filter(|row| row["finding"] != "not compared");
        let columns =
            ["finding", "measure", "claim", "number", "other_claim", "other_number", "why"];
        let mut reported: Vec<_> =
            compared.map(|row| columns.map(|column| text_of(row, column))).collect();
        let mut viewed: Vec<_> = self.pairs.iter().map(|pair| self.row_of(pair)).collect();
        viewed.sort();
        reported.sort();
        assert_eq!(viewed, reported);
        for measure in self.titles.keys() {
            self.check_not_compared(&all, measure);
        }
    }

    /// The columns of the report for a pair.
    fn row_of(&self, pair: &Pair) -> [String; 7] {
        let [one, other] = pair.figures.each_ref().map(|figure| &self.figures[figure]);
        for column in ["measure", "unit"] {
            assert_eq!(one.row[column], other.row[column], "{pair:?}");
        }
        let text = |figure: &FigureRow, column: &str| text_of(&figure.row, column);
        let (measure, claim) = (text(one, "measure"), text(one, "claim"));
        let (finding, why) = (pair.finding.clone(), pair.why.clone());
        let other_claim = text(other, "claim");
        [finding, measure, claim, one.words.clone(), other_claim, other.words.clone(), why]
    }

    /// Asserts that no figure is both in a pair and among those that were not compared.
    fn check_not_compared(&self, all: &[Value], measure: &str) {
        let apart = |row: &&Value| row["finding"] == "not compared" && row["measure"] == measure;
        let apart: u64 = all.iter().filter(apart).map(|row| number_of(row, "figures")).sum();
        let figures = self.figures.iter().filter(|(_, one)| one.row["measure"] == measure);
        let free = figures.filter(|(key, _)| self.pairs_of(key).is_empty()).count();
        assert!(apart <= free as u64, "{measure}: {all:?}");
    }
}

/// The publication: a page, or the pages of a site.
struct Publication {
    name: &'static str,
    /// The front page, or the whole of a single page.
    first: Element,
    folder: Option<PathBuf>,
    most_lines: usize,
}

impl Publication {
    /// The entry of a claim or a measure.
    fn with_entry<T>(&self, what: &str, key: &str, use_it: impl FnOnce(&Element) -> T) -> T {
        match &self.folder {
            None => use_it(self.first.by_id(&format!("{what}/{key}"))),
            Some(folder) => use_it(&read(&folder.join(format!("{what}/{key}.html")))),
        }
    }

    fn check(&self, reports: &Reports) {
        self.check_overview(reports);
        for measure in reports.titles.keys() {
            let figures: Vec<&String> = reports
                .figures
                .iter()
                .filter(|(_, one)| one.row["measure"] == **measure)
                .map(|(key, _)| key)
                .collect();
            if !figures.is_empty() {
                self.with_entry("measure", measure, |entry| {
                    check_measure(reports, &figures, entry)
                });
            }
        }
        for claim in reports.claims.keys() {
            self.with_entry("claim", claim, |entry| check_claim(reports, claim, entry));
        }
        check_lists(reports, &self.first);
        let Some(folder) = &self.folder else { return };
        let lists = ["list/claims", "source/d0", "source/s2", "place/north", "place/mill"];
        for list in lists {
            check_lists(reports, &read(&folder.join(format!("{list}.html"))));
        }
        self.check_list_of_measures(reports, &read(&folder.join("list/measures.html")));
    }

    fn check_list_of_measures(&self, reports: &Reports, list: &Element) {
        let lines = list.all(&|one| one.tag == "li");
        let at_odds: BTreeSet<String> = lines
            .iter()
            .filter(|line| line.text().ends_with(", which do not all agree"))
            .map(|line| line.leads_to())
            .collect();
        let wanted = reports
            .pairs
            .iter()
            .map(|pair| text_of(&reports.figures[&pair.figures[0]].row, "measure"));
        assert_eq!(at_odds, wanted.collect(), "{}", self.name);
    }

    fn check_overview(&self, reports: &Reports) {
        let first = &self.first;
        check_lead(reports, &first.with_class("lead")[0].text());
        let glance = first
            .all(&|one| one.tag == "section" && one.attribute("aria-labelledby") == "glance")[0];
        let mut counts = BTreeMap::new();
        for line in glance.with_class("counts")[0].tagged("tbody")[0].tagged("tr") {
            counts.insert(line.tagged("th")[0].text(), line.with_class("number")[0].text());
        }
        let wanted = reports.statuses.iter().filter(|row| number_of(row, "claims") > 0);
        let wanted = wanted.map(|row| (reports.label(row), number_of(row, "claims").to_string()));
        assert_eq!(counts, wanted.collect(), "claims by status, {}", self.name);
        let listed = glance.with_attribute("data-against");
        let pairs: Vec<&Pair> =
            listed.iter().map(|line| check_pair_in_overview(reports, line)).collect();
        let all: Vec<&Pair> = reports.pairs.iter().collect();
        check_choice("the overview", &pairs, &all, self.most_lines);
        let text = glance.text();
        if all.len() > self.most_lines {
            let more = format!("… and {} more, at their measures", all.len() - self.most_lines);
            assert!(text.contains(&more), "{more}");
        }
        let none = all.is_empty() && reports.contradictions.is_empty();
        assert_eq!(text.contains("No comparable figures or claims disagree."), none);
        self.check_contradictions(reports, glance, &pairs);
    }

    /// Claims that contradict each other are listed, unless a conflict of their figures is.
    fn check_contradictions(&self, reports: &Reports, glance: &Element, listed: &[&Pair]) {
        let lines = glance.all(&|one| one.tag == "li" && one.tagged("em").len() == 1);
        let linked: Vec<(String, String)> = lines
            .iter()
            .map(|line| {
                let claims: Vec<String> = line
                    .tagged("a")
                    .iter()
                    .map(|link| {
                        link.attribute("href")
                            .trim_end_matches(".html")
                            .rsplit('/')
                            .next()
                            .unwrap()
                            .to_owned()
                    })
                    .collect();
                (claims[0].clone(), claims[1].clone())
            })
            .collect();
        for (one, other) in &reports.contradictions {
            let sides = |pair: &Pair| pair.figures.clone().map(|figure| reports.claim_of(&figure));
            let by_figures = listed.iter().any(|pair| {
                pair.finding != "revision"
                    && sides(pair).contains(one)
                    && sides(pair).contains(other)
            });
            let by_link = linked.contains(&(one.clone(), other.clone()));
            assert!(
                by_figures != by_link,
                "{}: {one} against {other}, by figures {by_figures}, by link {by_link}",
                self.name
            );
        }
        for pair in &linked {
            assert!(reports.contradictions.contains(pair), "{pair:?}");
        }
    }
}

fn read(path: &Path) -> Element {
    Element::parse(
        &std::fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
}

/// Asserts that the pairs shown are all pairs or, of too many, those that come first in the report.
fn check_choice(place: &str, shown: &[&Pair], all: &[&Pair], most: usize) {
    assert_eq!(shown.len(), all.len().min(most), "{place}");
    let names = |pairs: &[&Pair]| -> BTreeSet<[String; 2]> {
        pairs.iter().map(|pair| pair.figures.clone()).collect()
    };
    assert_eq!(names(shown).len(), shown.len(), "{place}: a pair twice");
    assert!(names(shown).is_subset(&names(all)), "{place}: {shown:?}");
    let ranks: Vec<usize> = shown.iter().map(|pair| pair.rank()).collect();
    assert!(ranks.is_sorted(), "{place}: {ranks:?}");
    let left = all
        .iter()
        .filter(|pair| !names(shown).contains(&pair.figures))
        .map(|pair| pair.rank())
        .min();
    assert!(
        ranks.last() <= left.as_ref().or(ranks.last()),
        "{place}: {left:?} is left out of {ranks:?}"
    );
}

/// The totals in the first lines of a page.
fn check_lead(reports: &Reports, lead: &str) {
    let counted = &reports.corroboration;
    let keys = counted
        .values()
        .filter_map(|row| row["origin_keys"].as_str())
        .flat_map(|keys| keys.split(", "));
    let origins: BTreeSet<&str> = keys.map(|key| key.trim_end_matches([' ', '?'])).collect();
    let documents = reports.claims.values().filter_map(|row| row["sources"].as_str());
    let documents: BTreeSet<&str> = documents.flat_map(|keys| keys.split(", ")).collect();
    let several = counted.values().filter(|row| number_of(row, "origins") > 1).count();
    let count = |number: usize, word: &str| {
        format!("{number} {word}{}", if number == 1 { "" } else { "s" })
    };
    let start = [count(reports.claims.len(), "claim"), count(documents.len(), "document")];
    assert!(lead.starts_with(&format!("{}, ", start.join(" from "))), "{lead}: {documents:?}");
    assert!(
        lead.contains(&format!("going back to {}. ", count(origins.len(), "independent origin"))),
        "{lead}: {origins:?}"
    );
    assert!(
        lead.contains(&format!(
            "{} ha{} more than one origin.",
            count(several, "claim"),
            if several == 1 { "s" } else { "ve" }
        )),
        "{lead}"
    );
    let standing = reports.history.iter().filter(|row| row["retracted"].is_null());
    let newest = standing.filter_map(|row| row["at"].as_str()).max();
    let wanted = newest.map_or("origin.".to_owned(), |at| format!("Verdicts up to {}.", &at[..10]));
    assert!(lead.ends_with(&wanted), "{lead}: {wanted}");
}

/// The pair of a line of the overview, once all that the line says of it is compared.
fn check_pair_in_overview<'a>(reports: &'a Reports, line: &Element) -> &'a Pair {
    let figures =
        [line.attribute("data-figure").to_owned(), line.attribute("data-against").to_owned()];
    let pair = reports
        .pairs
        .iter()
        .find(|pair| pair.figures == figures)
        .unwrap_or_else(|| panic!("no such pair: {}", line.text()));
    let text = line.text();
    let start = format!(
        "{}, {}: {} ({}",
        pair.finding,
        reports.title_of(&figures[0]),
        reports.words(&figures[0]),
        reports.label_of(&figures[0])
    );
    assert!(text.starts_with(&start), "{text}: {start}");
    let against =
        format!(" against {} ({}", reports.words(&figures[1]), reports.label_of(&figures[1]));
    assert!(text.contains(&against), "{text}: {against}");
    let end = format!("; {}.", plain(&pair.why));
    let Some(rest) = text.strip_suffix(&end) else { panic!("{text}: {end}") };
    let gap = rest
        .rsplit_once(", apart by a factor of at least ")
        .map(|(_, gap)| gap.parse::<f64>().unwrap());
    assert_eq!(gap.is_some(), pair.gap.is_some(), "{text}");
    if let (Some(shown), Some(gap)) = (gap, pair.gap) {
        assert!((shown - gap).abs() <= 0.006 + gap.abs() * 0.001, "{text}: {gap}");
    }
    pair
}

/// Compares the bounds in words with those of the report.
fn check_bounds(text: &str, figure: &Value) {
    let said = text.split_once("can mean ").unwrap().1;
    let number = |words: &str| -> f64 {
        let end =
            words.find(|c: char| !c.is_ascii_digit() && !".-e".contains(c)).unwrap_or(words.len());
        words[..end].trim_end_matches('.').parse().unwrap_or_else(|_| panic!("{text}"))
    };
    let same =
        |shown: f64, bound: &Value| (shown - bound.as_f64().unwrap()).abs() <= shown.abs() * 0.001;
    match (&figure["lower"], &figure["upper"]) {
        (Value::Null, Value::Null) => assert!(said.starts_with("no number"), "{text}"),
        (lower, Value::Null) => {
            assert!(same(number(said), lower) && said.contains(" or more"), "{text}: {lower}")
        }
        (Value::Null, upper) => {
            assert!(same(number(said), upper) && said.contains(" or less"), "{text}: {upper}")
        }
        (lower, upper) if lower.as_f64() == upper.as_f64() => {
            assert!(same(number(said), lower) && !said.contains(" to "), "{text}: {lower}");
        }
        (lower, upper) => {
            let (from, to) = said.split_once(" to ").unwrap();
            assert!(same(number(from), lower) && same(number(to), upper), "{text}: {figure}");
        }
    }
}

/// A measure with its figures and, at each, what it conflicts with.
fn check_measure(reports: &Reports, figures: &[&String], entry: &Element) {
    let lines = entry.with_attribute("data-figure");
    let mut listed: Vec<&str> = lines.iter().map(|line| line.attribute("data-figure")).collect();
    listed.sort_unstable();
    assert_eq!(listed, *figures, "the figures of a measure");
    for line in lines {
        check_figure_of_measure(reports, line);
        check_pairs_of_figure(reports, line);
    }
}

fn check_figure_of_measure(reports: &Reports, line: &Element) {
    let key = line.attribute("data-figure");
    let (row, text) = (&reports.figures[key].row, line.text());
    assert_eq!(line.tagged("a")[0].text(), reports.words(key));
    assert_eq!(line.leads_to(), reports.claim_of(key), "{text}");
    assert_eq!(line.with_class("badge")[0].text(), reports.label(row), "{text}");
    let is_stale = reports.claims[&reports.claim_of(key)]["stale"] == 1;
    assert_eq!(!line.with_class("stale").is_empty(), is_stale, "{text}");
    let caveats = line.tagged("p")[0].text();
    check_bounds(caveats.split(" · ").next().unwrap(), row);
    let assumed = caveats.contains("with an assumed tolerance");
    assert_eq!(assumed, number_of(row, "assumed") == 1, "{text}");
    assert_eq!(text.contains(" · time not stated"), row["as_of"].is_null(), "{text}");
}

fn check_pairs_of_figure(reports: &Reports, line: &Element) {
    let (key, text) = (line.attribute("data-figure"), line.text());
    let wanted = reports.pairs_of(key);
    let conflicts = wanted.iter().any(|pair| pair.finding != "revision");
    assert_eq!(line.has_class("conflict"), conflicts, "{text}");
    let mut shown: Vec<&Pair> = Vec::new();
    for against in line.with_attribute("data-against") {
        let other = against.attribute("data-against");
        let pair = find_pair(&wanted, key, other, &text);
        let words = format!("{} with {}", pair.finding, reports.words(other));
        assert_eq!(against.text(), words, "{text}");
        assert_eq!(against.leads_to(), reports.claim_of(other), "{text}");
        shown.push(pair);
    }
    check_choice(&text, &shown, &wanted, 4);
    let more = format!("disagrees with {} others", wanted.len());
    assert_eq!(text.contains(&more), wanted.len() > 4, "{text}");
}

fn find_pair<'a>(pairs: &[&'a Pair], one: &str, other: &str, text: &str) -> &'a Pair {
    let found = pairs.iter().find(|pair| pair.other(one) == Some(other));
    found.unwrap_or_else(|| panic!("no such pair: {text}"))
}

/// What stands behind a claim, in the words of the page.
fn weight_in_words(row: &Value) -> String {
    let [mentions, origins, unnamed, denials] =
        ["mentions", "origins", "unnamed", "denials"].map(|column| number_of(row, column));
    let plural = |number: u64| if number == 1 { "" } else { "s" };
    let mut words = format!(
        "{mentions} mention{}, {origins} independent origin{}",
        plural(mentions),
        plural(origins)
    );
    words += &match (origins, unnamed) {
        (_, 0) => String::new(),
        (1, _) => ", unnamed".to_owned(),
        (_, 1) => ", 1 of them unnamed".to_owned(),
        (_, some) => format!(", {some} of them unnamed and perhaps the same"),
    };
    if denials > 0 {
        words += &format!("; contested by {denials} mention{}", plural(denials));
    }
    words
}

fn check_claim(reports: &Reports, claim: &str, entry: &Element) {
    let row = &reports.claims[claim];
    let heading = entry.all(&|one| ["h1", "h3"].contains(&&*one.tag))[0].text();
    assert_eq!(heading, plain(&text_of(row, "text")));
    let caveats = entry.with_class("caveats")[0];
    assert_eq!(caveats.with_class("badge")[0].text(), reports.label(row), "{heading}");
    assert_eq!(!caveats.with_class("stale").is_empty(), row["stale"] == 1, "{heading}");
    let weight = weight_in_words(&reports.corroboration[claim]);
    let said: Vec<String> = caveats.text().split(" · ").map(str::to_owned).collect();
    assert!(said.contains(&weight), "{said:?}: {weight}");
    assert_eq!(row["origins"], reports.corroboration[claim]["origins"], "{heading}");
    check_figures_of_claim(reports, claim, entry);
    check_verdicts(reports, claim, entry);
    check_conflicts_of_claim(reports, claim, entry);
}

fn check_figures_of_claim(reports: &Reports, claim: &str, entry: &Element) {
    let lines = entry.all(&|one| {
        one.attributes.contains_key("data-figure") && !one.attributes.contains_key("data-against")
    });
    let own: Vec<&String> = reports
        .figures
        .iter()
        .filter(|(_, one)| one.row["claim"] == *claim)
        .map(|(key, _)| key)
        .collect();
    let mut listed: Vec<&str> = lines.iter().map(|line| line.attribute("data-figure")).collect();
    listed.sort_unstable();
    assert_eq!(listed, own, "the figures of {claim}");
    let mut amounts: Vec<String> = Vec::new();
    for line in lines {
        let key = line.attribute("data-figure");
        let (row, text) = (&reports.figures[key].row, line.text());
        let said = plain(&text_of(row, "said"));
        let start = format!(
            "{}: {} (“{said}”), which can mean ",
            reports.title_of(key),
            reports.words(key)
        );
        let Some(rest) = text.strip_prefix(&start) else { panic!("{text}: {start}") };
        check_bounds(&format!("can mean {rest}"), row);
        assert_eq!(
            rest.contains("(a tolerance is assumed)"),
            number_of(row, "assumed") == 1,
            "{text}"
        );
        assert_eq!(rest.ends_with(", time not stated."), row["as_of"].is_null(), "{text}");
        // The amount with its unit stands before the whole and the time.
        let words = line.tagged("strong")[0].text();
        let time = row["as_of"].as_str().map_or(String::new(), |as_of| format!(", {as_of}"));
        let whole = row["out_of"].as_number().map_or(String::new(), |of| format!(" out of {of}"));
        let amount = words
            .strip_suffix(&time)
            .unwrap()
            .strip_suffix(&whole)
            .unwrap_or_else(|| panic!("{words}{whole}"));
        amounts.push(format!("{}: {amount}", text_of(row, "measure")));
    }
    amounts.sort();
    let listed = plain(&text_of(&reports.claims[claim], "figures"));
    let mut rest = listed.len();
    for amount in &amounts {
        assert!(listed.contains(amount.as_str()), "{listed}: {amount}");
        rest -= amount.len();
    }
    assert_eq!(rest, 2 * amounts.len().saturating_sub(1), "{listed}: {amounts:?}");
}

/// A verdict: its reason, its label, whether it holds, whether the claim changed since, and its time.
type Given = (String, String, bool, bool, Option<String>);

fn verdict_of_page(line: &Element) -> Given {
    let because = line.tagged("p")[0].text();
    let text = line.text();
    let head = text.split(&because).next().unwrap();
    let holds = line.has_class("holds");
    assert_eq!(head.contains(" (holds now"), holds, "{text}");
    let at = line.tagged("time").first().map(|time| time.attribute("datetime").to_owned());
    assert_eq!(head.contains("time not stated"), at.is_none(), "{text}");
    let stale = head.contains("the claim changed since");
    (because, line.with_class("badge")[0].text(), holds, stale, at)
}

fn verdict_of_report(reports: &Reports, row: &Value) -> Given {
    let because = plain(&text_of(row, "because"));
    let at = row["at"].as_str().map(str::to_owned);
    (because, reports.label(row), row["holds"] == 1, row["stale"] == 1, at)
}

fn check_verdicts(reports: &Reports, claim: &str, entry: &Element) {
    let lines = entry.with_class("verdicts")[0].tagged("li");
    let shown: Vec<Given> = lines.into_iter().map(verdict_of_page).collect();
    let standing = |row: &&Value| row["claim"] == *claim && row["retracted"].is_null();
    let given = reports.history.iter().filter(standing);
    let wanted: Vec<Given> = given.map(|row| verdict_of_report(reports, row)).collect();
    assert_eq!(shown, wanted, "the verdicts on {claim}");
    let holding = wanted.into_iter().find(|verdict| verdict.2).map(|verdict| verdict.1);
    let status = holding.unwrap_or_else(|| plain(&reports.labels["unassessed"]));
    assert_eq!(status, reports.label(&reports.claims[claim]), "{claim}");
}

fn check_conflicts_of_claim(reports: &Reports, claim: &str, entry: &Element) {
    let mine = |figure: &str| reports.claim_of(figure) == claim;
    let wanted: Vec<&Pair> = reports
        .pairs
        .iter()
        .filter(|pair| pair.figures.iter().any(|figure| mine(figure)))
        .collect();
    let mut shown: Vec<&Pair> = Vec::new();
    for line in entry.with_attribute("data-against") {
        let (one, other) = (line.attribute("data-figure"), line.attribute("data-against"));
        let text = line.text();
        let pair = find_pair(&wanted, one, other, &text);
        assert!(mine(one), "{text}");
        let words = format!(
            "{} in {}: {} against {} {} ({})",
            pair.finding,
            reports.title_of(one),
            reports.words(one),
            reports.words(other),
            reports.label_of(other),
            plain(&pair.why)
        );
        assert_eq!(text, words);
        assert_eq!(line.has_class("conflict"), pair.finding != "revision", "{text}");
        shown.push(pair);
    }
    check_choice(claim, &shown, &wanted, 20);
    let linked = entry.all(&|one| {
        one.tag == "li" && one.has_class("conflict") && !one.attributes.contains_key("data-figure")
    });
    let linked: BTreeSet<String> = linked.iter().map(|line| line.leads_to()).collect();
    let contradicted = reports.contradictions.iter().filter_map(|(one, other)| match () {
        () if one == claim => Some(other.clone()),
        () if other == claim => Some(one.clone()),
        () => None,
    });
    assert_eq!(linked, contradicted.collect(), "what contradicts {claim}");
}

/// The lists of claims: the status and the number of origins at each line.
fn check_lists(reports: &Reports, page: &Element) {
    for line in page.with_class("briefs").into_iter().flat_map(|list| list.tagged("li")) {
        let badges = line.with_class("badge");
        if badges.is_empty() {
            continue;
        }
        let row = &reports.claims[&line.leads_to()];
        assert_eq!(badges[0].text(), reports.label(row), "{}", line.text());
        let origins = number_of(row, "origins");
        let words = format!("{origins} origin{}", if origins == 1 { "" } else { "s" });
        let said = line.with_class("caveats")[0].text();
        assert_eq!(said.split(',').next().unwrap(), words, "{}", line.text());
    }
}

/// Asserts that no file of a publication names a claim that is withdrawn.
fn check_withdrawn(world: &World, folder: &Path) {
    let gone: Vec<String> = (0..world.claims.len())
        .filter(|n| world.claims[*n].withdrawn)
        .map(|n| format!("c{n}"))
        .collect();
    let mut open = vec![folder.join("site"), folder.join("page.html")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!gone.contains(&name), "{}", path.display());
        let text = std::fs::read_to_string(&path).unwrap();
        for key in &gone {
            for trace in [
                format!("claim/{key}\""),
                format!("claim/{key}.html"),
                format!("data-figure=\"{key}-"),
                format!("data-against=\"{key}-"),
                GONE.to_owned(),
            ] {
                assert!(!text.contains(&trace), "{}: {trace}", path.display());
            }
        }
    }
}

fn check(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("a.db");
    write_empty_archive(&archive);
    let take = |document: &Value| {
        let inputs = vec![Input::bytes_of("world.json", document.to_string())];
        import(Options::new(&archive, inputs), &context())
            .unwrap_or_else(|error| panic!("{error:?}\n{document:#}"));
    };
    take(&world.document());
    if world.claims.iter().any(|claim| claim.changed) {
        take(&world.changes());
    }
    let reports = Reports::read(&archive);
    reports.check_one_another(&archive);
    let publish = |name: &str| {
        let out = folder.path().join(name);
        publish(&archive, &out, false, &Progress::silent(), CancelToken::never()).unwrap();
        out
    };
    let page = read(&publish("page.html"));
    Publication { name: "page", first: page, folder: None, most_lines: 12 }.check(&reports);
    let site = publish("site");
    let first = read(&site.join("index.html"));
    Publication { name: "site", first, folder: Some(site), most_lines: 15 }.check(&reports);
    check_withdrawn(world, folder.path());
}

/// `ONRECORD_CASES=300 cargo test --test it page_and_reports::` tries as many other archives.
#[test]
fn the_page_and_the_site_say_what_the_reports_say() {
    proptest!(random_cases(12), |(world in world())| check(&world));
}
