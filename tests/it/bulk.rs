//! Bulk loads: an import of thousands of records suspends the guards and writes rows in batches, and
//! leaves the same rows as many imports of a few lines each, which do neither.

use crate::common::Sandbox;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn often(&mut self) -> bool {
        self.below(4) > 0
    }
}

const SOURCES: usize = 12;
const WORDS: [&str; 6] = ["=1+1", "شهر مقر", "it's, \"said\"", "1e5", " padded ", "naïve\u{301}"];

/// The rows that all other lines refer to.
fn ground() -> Vec<Value> {
    let mut lines = Vec::new();
    for n in 0..SOURCES {
        lines.push(json!({"table": "sources", "key": format!("s{n}"), "kind": "article", "title": format!("Source {n}")}));
        lines.push(json!({"table": "locations", "key": format!("l{n}"), "name": format!("Place {n}"), "kind": "town"}));
        lines.push(json!({"table": "measures", "key": format!("m{n}"), "title": format!("Measure {n}"), "dimension": "people", "growth": "per_period"}));
    }
    lines
}

fn word(dice: &mut Dice) -> String {
    let letter = |_| char::from(b'a' + u8::try_from(dice.below(26)).unwrap());
    let letters: String = (0..7).map(letter).collect();
    letters + dice.pick(&WORDS)
}

/// A claim with parts of every sort, some of them twice.
fn claim(n: usize, dice: &mut Dice) -> Value {
    let mut line = json!({"table": "claims", "key": format!("c{n}"), "text": format!("{} {n:b} {}", word(dice), word(dice)),
        "kind": dice.pick(&["event", "quantity", "opinion"])});
    if dice.often() {
        line["happened"] = json!(format!("2021-{:02}", dice.below(12) + 1));
    }
    if dice.below(9) == 0 {
        line["note"] = json!(dice.pick(&WORDS));
    }
    line["places"] = (0..dice.below(3)).map(|_| place(dice)).collect();
    line["mention"] = (0..dice.below(4)).map(|_| mention(dice)).collect();
    line["figure"] = (0..dice.below(3)).map(|f| figure(n, f, dice)).collect();
    line["assessment"] = (0..dice.below(4)).map(|a| verdict(n, a, dice)).collect();
    line
}

fn place(dice: &mut Dice) -> Value {
    let mut part = json!({"location": format!("l{}", dice.below(SOURCES))});
    match dice.below(8) {
        0 => part["relation"] = json!(dice.pick(&["at", "near", "within"])),
        // The same as leaving the field out.
        1 => part["relation"] = Value::Null,
        _ => {}
    }
    part
}

fn mention(dice: &mut Dice) -> Value {
    // Few values to choose from, so that some records are equal.
    let mut part = json!({"source": format!("s{}", dice.below(3))});
    if dice.often() {
        part["locator"] = json!(format!("p. {}", dice.below(2)));
    }
    if !dice.often() {
        let speaker = dice.below(SOURCES);
        part["speaker"] = json!(format!("s{speaker}"));
        part["stance"] = json!(dice.pick(&["asserts", "denies", "supports"]));
        part["hedge"] = Value::Null;
        // One mention has one quote, however often it is given.
        part["quote"] = json!(WORDS[speaker % WORDS.len()]);
        part["said_on"] = json!("2021-06");
    }
    part
}

fn figure(n: usize, number: usize, dice: &mut Dice) -> Value {
    let mut part = json!({"measure": format!("m{number}")});
    match dice.below(4) {
        0 => part["value"] = json!(dice.below(400)),
        1 => part["value"] = json!(1.5),
        2 => {
            part["low"] = json!(3);
            part["high"] = json!(7.25);
            part["qualifier"] = json!("between");
        }
        _ => part["qualifier"] = json!("tens"),
    }
    if number == 1 && dice.often() {
        part["out_of"] = json!(format!("c{n}-m0"));
    }
    if !dice.often() {
        part["as_of"] = json!("2021-05/2021-06");
    }
    part
}

fn verdict(n: usize, number: usize, dice: &mut Dice) -> Value {
    // No two at the same moment: the one that holds would depend on their order.
    let at =
        format!("2021-{:02}-{:02}T{:02}:00:0{number}Z", n % 12 + 1, n % 28 + 1, dice.below(24));
    let mut part = json!({"status": dice.pick(&["reported", "unverified", "disputed"]), "at": at, "because": "One source."});
    match dice.below(3) {
        0 => part["by"] = json!("s1"),
        1 => part["by"] = json!("desk"),
        _ => {}
    }
    if !dice.often() {
        part["evidence"] = json!([{"source": format!("s{}", dice.below(SOURCES)), "locator": "p. 1"}, {"claim": format!("c{n}")}]);
    }
    part
}

/// Lines that come after all claims: more records of an existing claim, and rows of single tables.
fn later(n: usize, dice: &mut Dice) -> Value {
    let of = format!("c{}", dice.below(n));
    let (key, new) = (format!("c{n}"), format!("c{n}x"));
    match dice.below(6) {
        0 => {
            json!({"table": "claims", "key": key, "note": "changed", "mention": [mention(dice), mention(dice)]})
        }
        1 => {
            json!({"table": "figures", "key": format!("f{n}"), "claim": of, "measure": "m5", "value": 5})
        }
        2 => {
            json!({"table": "claim_locations", "claim": of, "location": format!("l{}", dice.below(SOURCES))})
        }
        3 => json!({"table": "claim_links", "from": of, "to": new, "relation": "supports"}),
        // A figure that may exist already, out of one that does not exist yet.
        4 => json!({"table": "claims", "key": key, "figure": [
            {"measure": "m0", "value": 1, "low": null, "high": null, "qualifier": null, "out_of": format!("c{n}-m7")}, {"measure": "m7", "value": 9}]}),
        _ => {
            let mut line = mention(dice);
            line["table"] = json!("mentions");
            line["claim"] = json!(of);
            line
        }
    }
}

fn text(lines: &[Value]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        writeln!(text, "{line}").unwrap();
        text
    })
}

fn exported(sandbox: &Sandbox) -> String {
    // A later document may change what an earlier one judged.
    sandbox.check_all_but_stale();
    // Revisions bear the moment of the change, by SQLite's own clock.
    let mut lines: Vec<Value> = sandbox
        .run(&["export", "ndjson"])
        .done()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for line in lines.iter_mut().filter(|line| line["table"] == "revisions") {
        line["at"] = Value::Null;
    }
    text(&lines)
}

/// An export without its operations, and without versions: a claim that one import judges and changes has its
/// first, and further ones where several imports do.
fn without_operations(export: &str) -> String {
    let mut lines: Vec<Value> =
        export.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.retain(|line| line["column_name"] != "version" && line["table"] != "operations");
    for line in &mut lines {
        for field in ["version", "claim_version", "operation"] {
            line.as_object_mut().unwrap().remove(field);
        }
    }
    text(&lines)
}

/// An archive of claims, and of later lines about them.
fn loaded(claims: &[Value], later: &[Value], flags: &[&str]) -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("a.ndjson", text(&[&ground(), claims].concat()));
    sandbox.write("b.ndjson", text(later));
    let _ = sandbox.run(&[&["import", "a.ndjson", "b.ndjson"], flags].concat()).done();
    sandbox
}

fn lines(number: usize) -> (Vec<Value>, Vec<Value>) {
    let dice = &mut Dice(7);
    let claims = (0..number).map(|n| claim(n, dice)).collect();
    let later = (1..number).flat_map(|n| {
        let new = json!({"table": "claims", "key": format!("c{n}x"), "text": format!("x {n}"), "kind": "event"});
        [new, later(n, dice)]
    });
    (claims, later.collect())
}

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(one.lines().zip(other.lines()).find(|(a, b)| a != b), None);
    assert_eq!(one.len(), other.len());
}

#[test]
fn a_bulk_load_writes_the_same_rows_as_the_guards_allow() {
    let (claims, later) = lines(240);
    let bulk = loaded(&claims, &later, &[]);
    let few = loaded(&[], &[], &[]);
    for (n, lines) in claims.chunks(60).chain(later.chunks(400)).enumerate() {
        let name = format!("{n}.ndjson");
        few.write(&name, text(lines));
        let _ = few.run(&["import", &name]).done();
    }
    same(&without_operations(&exported(&bulk)), &without_operations(&exported(&few)));
}

#[test]
fn buffered_rows_are_the_same_as_rows_written_one_by_one() {
    let (claims, later) = lines(1800);
    let parts = |word| claims.iter().map(|c| c[word].as_array().unwrap().len()).sum::<usize>();
    let rows = ["places", "mention", "figure", "assessment"].map(parts).iter().sum::<usize>();
    assert!(rows + claims.len() > 10_000, "more than wait at a time: {rows}");
    let bulk = exported(&loaded(&claims, &later, &[]));
    same(&bulk, &exported(&loaded(&claims, &later, &["--keep-going"])));

    // Lines that come before the rows that they refer to.
    let other = Sandbox::empty();
    other.write("a.ndjson", text(&[claims, ground()].concat()));
    other.write("b.ndjson", text(&later));
    for name in ["a.ndjson", "b.ndjson"] {
        let _ = other.run(&["import", name]).done();
    }
    same(&without_operations(&bulk), &without_operations(&exported(&other)));
}

#[test]
fn a_late_problem_names_its_line_and_rolls_everything_back() {
    let sandbox = Sandbox::empty();
    let dice = &mut Dice(3);
    let mut lines = ground();
    lines.extend((0..900).map(|n| claim(n, dice)));
    lines.push(json!({"table": "mentions", "claim": "c899", "source": "nobody"}));
    lines.push(json!({"table": "figures", "key": "f", "claim": "c7", "measure": "m1", "low": 5, "high": 4}));
    sandbox.write("a.ndjson", text(&lines));
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let said = sandbox.run(&["import", "a.ndjson"]).failed();
    assert!(said.contains("a.ndjson:937:"), "{said}");
    assert!(said.contains("no source has the key \"nobody\""), "{said}");
    assert!(
        said.contains("a.ndjson:938:") && said.contains("low of figure f is above high"),
        "{said}"
    );
    assert!(said.contains("2 problems"), "{said}");
    assert_eq!(before, std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

#[test]
fn verdicts_that_rest_on_each_other_go_in_together() {
    let sandbox = Sandbox::empty();
    let claim = |key: &str| json!({"table": "claims", "key": key, "text": key, "kind": "event"});
    let verdict =
        |on: &str| json!({"status": "reported", "because": "x", "evidence": [{"claim": on}]});
    let (mut a, mut b) = (claim("a"), claim("b"));
    a["assessment"] = json!([verdict("b")]);
    b["assessment"] = json!([verdict("a")]);
    sandbox.write("circle.ndjson", text(&[a, b]));
    let _ = sandbox.run(&["import", "circle.ndjson"]).done();
    assert_eq!(sandbox.ask("select count(*) from assessment_evidence"), "2");
    // A line whose reference never arrives is not imported.
    let (mut c, mut d) = (claim("c"), claim("d"));
    c["assessment"] = json!([verdict("d")]);
    d["assessment"] = json!([verdict("c"), verdict("nowhere")]);
    sandbox.write("open.ndjson", text(&[c, d]));
    let said = sandbox.run(&["import", "open.ndjson"]).failed();
    assert!(said.contains("open.ndjson:2:") && said.contains("\"nowhere\""), "{said}");
    assert!(said.contains("1 problem"), "{said}");
    assert_eq!(sandbox.ask("select count(*) from claims"), "2");
    let (mut on_a, mut on_b) = (verdict("b"), verdict("a"));
    for (verdict, of) in [(&mut on_a, "a"), (&mut on_b, "b")] {
        verdict["table"] = json!("assessments");
        verdict["claim"] = json!(of);
    }
    sandbox.write("below.ndjson", text(&[claim("a"), claim("b"), on_a, on_b]));
    let again = sandbox.run(&["import", "below.ndjson"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(!again.err.contains("new"), "{}", again.err);
}

#[test]
fn unescaped_line_breaks_in_json_texts_are_kept() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "a.ndjson",
        "{\"table\":\"claims\",\u{a0}\"key\":\"a\",\"text\":\"one\ttwo\",\"kind\":\"event\"}\n",
    );
    let _ = sandbox.run(&["import", "a.ndjson"]).done();
    assert_eq!(sandbox.ask("SELECT instr(text, char(9)) FROM claims"), "4");
    // A line break is not reported as the problem where something else is wrong.
    sandbox
        .write("c.ndjson", "{\"table\":\"claims\",\"text\":\"one\\ttwo\",}\n".replace("\\t", "\t"));
    let said = sandbox.run(&["import", "c.ndjson"]).failed();
    assert!(said.contains("c.ndjson:1:36: not JSON: trailing comma"), "{said}");
    // Escaping the line breaks does not shift the column of a problem.
    sandbox.write(
        "b.ndjson",
        "{\"table\":\"claims\",\"key\":\"b\",\"text\":\"one\ttwo\",\"kind\":\"evnt\"}\n",
    );
    let said = sandbox.run(&["import", "b.ndjson"]).failed();
    assert!(said.contains("b.ndjson:1:53: kind of claim b: \"evnt\""), "{said}");
}
