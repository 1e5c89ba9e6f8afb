//! The JSON Schema of documents: the bundled article and an export are valid, mistakes are not.
//! Python's jsonschema validates if it is installed, and must be with ONRECORD_ALL_TOOLS.

use crate::common::{Sandbox, root, run};
use onrecord::model::document_kinds;
use serde_json::{Value as Json, json};

fn schema(sandbox: &Sandbox) -> Json {
    serde_json::from_str(&sandbox.run(&["schema"]).done()).unwrap()
}

#[test]
fn the_json_schema_has_every_field_of_every_kind() {
    let schema = schema(&Sandbox::new());
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for kind in document_kinds() {
        let record = &schema["$defs"][kind.word];
        assert!(schema["properties"].get(kind.word).is_some(), "{}", kind.word);
        assert_eq!(record["additionalProperties"], false, "{}", kind.word);
        for field in kind.fields {
            let there = record["properties"].get(field.name);
            assert_eq!(
                there.is_some(),
                !field.derived || field.told,
                "{} {}",
                kind.word,
                field.name
            );
        }
        for nested in kind.nested {
            let name = format!("{}_inside_{}", nested.kind.word, kind.word);
            assert!(schema["$defs"][&name]["properties"].get(nested.parent).is_none(), "{name}");
        }
    }
    assert_eq!(
        schema["$defs"]["source"]["anyOf"],
        json!([{ "required": ["key"] }, { "required": ["kind", "title"] }])
    );
    let place = &schema["$defs"]["claim"]["properties"]["places"]["items"]["anyOf"];
    assert_eq!(place[0]["type"], "string");
    let evidence = &schema["$defs"]["assessment"]["properties"]["evidence"]["items"]["anyOf"];
    assert_eq!(evidence[0]["pattern"], "^((claim|figure):)?[a-z0-9]+(-[a-z0-9]+)*$");
}

#[test]
fn the_json_schema_has_the_code_lists_of_the_archive() {
    let sandbox = Sandbox::empty();
    sandbox
        .other_tool()
        .execute_batch("INSERT INTO hedges (code, label, definition, rank) VALUES ('rumoured', 'Rumoured', 'x', 99)")
        .unwrap();
    let words = &schema(&sandbox)["$defs"]["mention"]["properties"]["hedge"]["enum"];
    assert!(words.as_array().unwrap().contains(&json!("rumoured")));
    assert!(words.as_array().unwrap().contains(&Json::Null));
}

#[test]
fn a_document_may_name_its_json_schema() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import("\"$schema\" = \"schema.json\"\nonrecord = 1\n").done();
    sandbox.write("x.json", r#"{"$schema": "schema.json", "onrecord": 1}"#);
    let _ = sandbox.run(&["import", "x.json"]).done();
    sandbox.write("x.json", r#"{"$schema": 1, "onrecord": 1}"#);
    assert!(sandbox.run(&["import", "x.json"]).failed().contains("x.json:1:13: $schema is text"));
}

const JUDGE: &str = r#"
import json, jsonschema, sys, tomllib
schema = json.load(open('schema.json'))
judge = jsonschema.Draft202012Validator(schema)
judge.check_schema(schema)
for name in sys.argv[1:]:
    doc = json.loads(json.dumps(tomllib.load(open(name, 'rb')), default=str))
    errors = sorted(judge.iter_errors(doc), key=str)
    print(name, 'fits' if not errors else 'does not fit: ' + errors[0].message.replace('\n', ' '))
"#;

#[test]
fn jsonschema_accepts_and_refuses_the_same_documents() {
    let sandbox = Sandbox::seeded();
    let modules = "import jsonschema, tomllib; jsonschema.Draft202012Validator";
    if run(sandbox.command("python3").args(["-c", modules])).code != 0 {
        assert!(std::env::var_os("ONRECORD_ALL_TOOLS").is_none(), "jsonschema is not there");
        eprintln!("left out: Python's jsonschema is not there");
        return;
    }
    sandbox.write("schema.json", sandbox.run(&["schema"]).done());
    sandbox.write("article.toml", std::fs::read(root().join("seeds/article.toml")).unwrap());
    sandbox.write("export.toml", sandbox.run(&["export", "toml"]).done());
    let good = [
        "[[source]]\nkey = 'x'\npublished = 2021\n",
        "[[source]]\nkey = 'x'\npublished = 2021-06-28\n",
        "[[claim]]\nkey = 'x'\nplaces = ['a', {location = 'b', relation = 'near'}]\n[[claim.figure]]\nmeasure = 'm'\nvalue = '1/3'\n[[claim.assessment]]\nstatus = 'reported'\nbecause = 'x'\nevidence = ['a', 'claim:b', {figure = 'c'}]\n",
    ];
    let bad = [
        "[[source]]\nkey = 'x'\nlanguge = 'fr'\n",
        "[[source]]\nkey = 'Big Wire'\n",
        "[[source]]\ntitle = 'x'\n",
        "[[source]]\nkey = 'x'\nkind = 'artikle'\n",
        "[[claim]]\nkey = 'x'\n[[claim.assessment]]\nstatus = 'sure'\nbecause = 'x'\n",
        "[[claim]]\nkey = 'x'\n[[claim.assessment]]\nstatus = 'unassessed'\nbecause = 'x'\n",
        "[[claim]]\nkey = 'x'\nstatus = 'reported'\n",
        "[[claim]]\nkey = 'x'\n[[claim.mention]]\nlocator = 'p. 1'\n",
        "[[claim]]\nkey = 'x'\n[[claim.mention]]\nclaim = 'x'\nsource = 'y'\n",
        "[[sauce]]\nkey = 'x'\n",
        "source = 1\n",
    ];
    let mut wanted = vec![("article.toml".to_owned(), true), ("export.toml".to_owned(), true)];
    for (fits, list) in [(true, good.as_slice()), (false, bad.as_slice())] {
        for (n, text) in list.iter().enumerate() {
            let name = format!("{fits}{n}.toml");
            sandbox.write(&name, format!("onrecord = 1\n{text}"));
            wanted.push((name, fits));
        }
    }
    let mut judge = sandbox.command("python3");
    judge.args(["-c", JUDGE]).args(wanted.iter().map(|(name, _)| name));
    let said = run(&mut judge).done();
    for (line, (name, fits)) in said.lines().zip(&wanted) {
        assert_eq!(line.starts_with(&format!("{name} fits")), *fits, "{line}");
    }
    assert_eq!(said.lines().count(), wanted.len());
}
