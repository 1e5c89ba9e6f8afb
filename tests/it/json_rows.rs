//! Objects in JSON as other tools write them, read as rows of a table.

use crate::common::{Run, Sandbox};

/// Posts in lines, as an interface of a network gives them.
const POSTS: &str = r#"{"id": 12345678901234567890, "tweet": {"text": "The dam broke", "user": {"name": "Ann", "bio": null}}, "killed": 0.10}
{"id": 2, "tweet": {"text": "The dam held", "user": null}, "killed": 1e3, "sure": true}
"#;

const MAP: [&str; 22] = [
    "--map",
    "id=claim_note",
    "--map",
    "tweet.text=text",
    "--map",
    "tweet.user.name=speaker_title",
    "--map",
    "tweet.user.bio=",
    "--map",
    "killed=value:Killed",
    "--map",
    "sure=figure_note",
    "--set",
    "dimension=money",
    "--set",
    "growth=per_event",
    "--set",
    "title=Posts",
    "--set",
    "source_kind=article",
    "--set",
    "speaker_kind=person",
];

fn import(sandbox: &Sandbox, name: &str, text: &str, more: &[&str]) -> Run {
    sandbox.write(name, text);
    sandbox.run(&[&["import", name], more].concat())
}

/// The lines of an output that name the input, without its name.
fn named<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).collect()
}

#[test]
fn nested_values_are_cells_named_by_their_path() {
    let sandbox = Sandbox::empty();
    let run = import(&sandbox, "posts.jsonl", POSTS, &MAP);
    assert_eq!(run.code, 0, "{}", run.err);
    let claims = sandbox.ask("select group_concat(text || ' ' || note, ', ') from claims");
    assert_eq!(claims, "\"The dam broke 12345678901234567890, The dam held 2\"");
    assert_eq!(sandbox.ask("select group_concat(note) from figures"), "true");
    assert_eq!(sandbox.ask("select group_concat(value, ' ') from figures"), "0.1 1000");
    assert_eq!(sandbox.ask("select title from sources where kind = 'person'"), "Ann");
    let list = format!("[{}]", POSTS.trim().replace('\n', ",\n"));
    let listed = Sandbox::empty();
    let _ = import(&listed, "posts.json", &list, &MAP).done();
    assert_eq!(listed.ask("select count(*) from figures"), "2");
    let piped = Sandbox::empty();
    let _ = import(&piped, "posts", POSTS, &MAP).done();
    assert_eq!(piped.ask("select count(*) from figures"), "2");
}

#[test]
fn every_value_is_mapped_or_named() {
    let sandbox = Sandbox::empty();
    let error = import(&sandbox, "posts.jsonl", POSTS, &[]).failed();
    for name in ["id", "tweet.text", "tweet.user.name", "tweet.user.bio", "killed", "sure"] {
        assert!(error.contains(&format!("posts.jsonl:1: column {name}: no field")), "{error}");
    }
    // `null` where another line has an object is no value.
    assert!(!error.contains("column tweet.user:"), "{error}");
    // A whole object may be passed over.
    let text = r#"{"text": "A", "kind": "event", "entities": {"a": {"b": 1}, "c": [{"d": 2}]}, "empty": {}, "none": []}"#;
    let error = import(&sandbox, "a.jsonl", text, &["--map", "none="]).failed();
    assert!(error.contains("column entities.a.b: no field"), "{error}");
    let _ = import(&sandbox, "a.jsonl", text, &["--map", "entities=", "--map", "none="]).done();
    assert_eq!(sandbox.ask("select text from claims"), "A");
}

#[test]
fn lists_are_split_or_refused() {
    let sandbox = Sandbox::empty();
    let text = r#"{"text": "A", "kind": "event", "title": "S", "source_kind": "article", "place_name": ["Rome", "Oslo"], "claim_note": ["one"]}"#;
    let kind = ["--set", "place_kind=town"];
    let error = import(&sandbox, "a.jsonl", text, &kind).failed();
    let expected = "1: column place_name: this is a list of 2 values (\"Rome\", \"Oslo\"), and a cell \
                    holds one; `--split place_name=\";\"` makes several sources, speakers or places of it, \
                    `--map place_name=` skips it";
    assert_eq!(named(&error, "a.jsonl"), [expected]);
    let split = [&kind[..], &["--split", "place_name=;"]].concat();
    let _ = import(&sandbox, "a.jsonl", text, &split).done();
    assert_eq!(sandbox.ask("select group_concat(name) from locations"), "\"Rome,Oslo\"");
    assert_eq!(sandbox.ask("select note from claims"), "one");
    let error = import(&sandbox, "b.jsonl", &text.replace("Rome", "Ro;me"), &split).failed();
    assert!(error.contains("\"Ro;me\" holds the sign \";\" itself"), "{error}");
    let error =
        import(&sandbox, "c.jsonl", r#"{"text": ["A", "B"]}"#, &["--split", "text=;"]).failed();
    assert!(error.contains("cannot be several"), "{error}");
    let nested = r#"{"text": "A", "kind": "event", "claim_note": [{"a": 1}, {"a": 2}]}"#;
    let error = import(&sandbox, "d.jsonl", nested, &[]).failed();
    let expected = "1: column claim_note: this is a list of 2 objects or lists, and a cell holds one value; \
                    `--map \"claim_note=\"` skips it";
    assert_eq!(named(&error, "d.jsonl"), [expected]);
    let _ = import(&sandbox, "d.jsonl", nested, &["--map", "claim_note="]).done();
}

#[test]
fn a_name_with_a_point_is_no_path() {
    let sandbox = Sandbox::empty();
    let _ = import(&sandbox, "a.jsonl", r#"{"a.b": "A", "kind": "event"}"#, &["--map", "a.b=text"])
        .done();
    assert_eq!(sandbox.ask("select text from claims"), "A");
    for text in [r#"{"a.b": "A", "a": {"b": "B"}}"#, "{\"a.b\": \"A\"}\n{\"a\": {\"b\": \"B\"}}\n"]
    {
        let error = import(&sandbox, "b.jsonl", text, &["--map", "a.b=text"]).failed();
        assert!(error.contains("the name \"a.b\" and an object with this path"), "{error}");
    }
}

#[test]
fn what_is_no_row_is_named_by_its_line_and_left_out_as_it_is() {
    let sandbox = Sandbox::empty();
    let lines = "{\"text\": \"A\", \"kind\": \"event\", \"n\": 1.50}\n{\"text\": \"B\", \"kind\": \"nonsense\", \"n\": 1.50}\n\n\
                 {\"text\": \"C\", \"text\": \"D\"}\n5\n{\"text\n";
    let map = ["--map", "n=claim_note"];
    let error = import(&sandbox, "a.jsonl", lines, &map).failed();
    let found = named(&error, "a.jsonl");
    assert_eq!(found.len(), 4, "{error}");
    assert!(found[3].starts_with("2: column kind:"), "{error}");
    assert!(found[0].starts_with("4:15: \"text\" appears twice in this object"), "{error}");
    assert!(found[1].starts_with("5:1: a row is an object, not a number"), "{error}");
    assert!(found[2].starts_with("6:7: not JSON"), "{error}");
    let keep = [&map[..], &["--keep-going", "--rejects", "left.jsonl"]].concat();
    let run = import(&sandbox, "a.jsonl", lines, &keep);
    assert_eq!(run.code, 1, "{}", run.err);
    let left = std::fs::read_to_string(sandbox.path("left.jsonl")).unwrap();
    let first = left.lines().next().unwrap();
    assert!(first.starts_with("{\"rejected_because\": \""), "{left}");
    assert!(first.ends_with(", \"text\": \"B\", \"kind\": \"nonsense\", \"n\": 1.50}"), "{left}");
    let mended = format!("{}\n", first.replace("nonsense", "event"));
    let _ = import(&sandbox, "mended.jsonl", &mended, &map).done();
    assert_eq!(sandbox.ask("select note from claims where text = 'B'"), "1.50");
    // The items of a list on one line are counted.
    let list = r#"[{"text": "A"}, {"text": "B", "kind": "nonsense"}]"#;
    let error = import(&sandbox, "a.json", list, &[]).failed();
    assert!(error.contains("a.json:1: column kind of item 2: "), "{error}");
    sandbox.write("bad.jsonl", b"{\"text\": \"A\"}\n{\"text\": \"\xff\"}\n");
    let error = sandbox.run(&["import", "bad.jsonl"]).failed();
    assert!(error.contains("bad.jsonl:2:11: the byte 0xff is not UTF-8"), "{error}");
}

#[test]
fn a_table_is_proposed_for() {
    let sandbox = Sandbox::empty();
    let lines = "{\"post\": {\"text\": \"The mayor said that it rained\", \"url\": \"https://example.org/1\"}}\n\
                 {\"post\": {\"text\": \"The mayor said that it snowed\", \"url\": \"https://example.org/2\"}}\n";
    let error = import(&sandbox, "a.jsonl", lines, &[]).failed();
    assert!(error.contains("--map post.text=text"), "{error}");
    assert!(error.contains("--map post.url=url"), "{error}");
}
