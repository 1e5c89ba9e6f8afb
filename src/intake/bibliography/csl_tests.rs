//! Tests of CSL-JSON: items of other programs, our own exports, and arbitrary JSON.

use super::{is_csl_json, read_items};
use crate::intake::document::field::Codes;
use crate::intake::document::json;
use crate::intake::unit::Unit;
use crate::model::{check_date, check_key};
use proptest::prelude::*;

struct Known;
impl Codes for Known {
    fn of(&self, _: &str) -> Vec<String> {
        ["article", "report", "page", "leaflet"].map(str::to_owned).to_vec()
    }
}

fn read(text: &str) -> Vec<Unit> {
    let (root, problems) = json::parse_json(text, 0);
    assert!(problems.is_empty(), "{problems:?}");
    read_items(&root, &Known)
}

fn fields(unit: &Unit) -> Vec<(&str, &str)> {
    let [source] = &unit.records[..] else { panic!("{unit:?}") };
    let names = source.kind.fields.iter().map(|field| field.name);
    names.filter_map(|name| Some((name, source.text(name)?))).collect()
}

#[test]
fn as_zotero_writes_it() {
    let text = r#"[{"id": "http://zotero.org/users/1/items/ABCD", "type": "article-newspaper",
        "abstract": "Left out.", "container-title": "The Paper", "language": "en-US",
        "title": "Town <i>falls</i> &amp; rises", "URL": "https://p.example/1",
        "author": [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
                   {"literal": "Wire Service"}],
        "issued": {"date-parts": [["2021", 6, "28"]]}, "accessed": {"date-parts": [[2021, 7]]},
        "editor": [{"family": "E"}], "note": " two\nlines "}]"#;
    assert!(is_csl_json(&json::parse_json(text, 0).0));
    let [unit] = &read(text)[..] else { panic!() };
    assert!(unit.problems.is_empty() && unit.remarks.is_empty(), "{unit:?}");
    assert!(unit.records[0].proposed);
    assert_eq!(
        fields(unit),
        [
            ("key", "town-falls-rises-2021"),
            ("kind", "article"),
            ("title", "Town falls & rises"),
            ("author", "Vincent van Gogh; Wire Service"),
            ("outlet", "The Paper"),
            ("url", "https://p.example/1"),
            ("language", "en-US"),
            ("published", "2021-06-28"),
            ("retrieved", "2021-07"),
            ("note", "two\nlines"),
        ]
    );
}

#[test]
fn as_this_program_writes_it() {
    let text = r#"{"items": [{"id": "order-4", "type": "document", "title": "AT&amp;T  <b> order",
        "author": [{"literal": "A; B"}], "URL": "gopher://x", "number": "S/2021/4",
        "issued": {"date-parts": [[2021, 6]], "circa": true},
        "accessed": {"raw": "2021-06-XX"}, "archive_location": "https://archive.example/2",
        "custom": {"onrecord": {"kind": "leaflet", "published": "2021-06?",
                                "retrieved": "2021-06-XX"}}}]}"#;
    let [unit] = &read(text)[..] else { panic!() };
    assert!(unit.problems.is_empty() && unit.remarks.is_empty(), "{unit:?}");
    assert!(!unit.records[0].proposed);
    assert_eq!(
        fields(unit),
        [
            ("key", "order-4"),
            ("kind", "leaflet"),
            ("title", "AT&amp;T  <b> order"),
            ("author", "A; B"),
            ("url", "gopher://x"),
            ("archived_url", "https://archive.example/2"),
            ("identifier", "S/2021/4"),
            ("published", "2021-06?"),
            ("retrieved", "2021-06-XX"),
        ]
    );
}

#[test]
fn odd_ones() {
    let text = r#"[
        {"type": "webpage", "id": 7},
        {"type": "sculpture", "id": "A b", "citation-key": "x1", "title": ["Stone", "Other"],
         "issued": {"date-parts": [[2020, 1], [2020, 13]]}, "URL": "/x", "language": "Klingon",
         "custom": {"onrecord": 4}},
        {"type": "map", "title": "Map", "issued": {"date-parts": [[null]], "literal": "June 2021"},
         "accessed": {"raw": "soon"}},
        {"title": "Untyped", "issued": {"date-parts": [[1999]], "circa": 1}},
        {"type": "book", "title": "Years", "issued": {"date-parts": [[1999], [2001, 2]]}},
        {"type": "thesis", "title": "T", "URL": "/x", "language": "Klingon"},
        3]"#;
    let units = read(text);
    assert_eq!(units[0].problems[0].1, "title: this item has no title");
    assert!(units[0].records.is_empty());
    let key = |n: usize| units[n].records[0].text("key");
    let published = |n: usize| units[n].records[0].text("published");
    assert_eq!((key(1), published(1)), (Some("x1"), None));
    assert_eq!(units[1].remarks.len(), 2, "{:?}", units[1].remarks);
    assert_eq!((key(2), published(2)), (Some("map-2021"), Some("2021-06")));
    assert_eq!(units[2].remarks.len(), 1);
    assert_eq!(published(3), Some("1999~"));
    assert_eq!(units[3].remarks[0].1, "type: this is not given; recorded as a page");
    assert_eq!((key(4), published(4)), (Some("years-1999"), Some("1999/2001-02")));
    assert_eq!(units[5].remarks.len(), 2, "{:?}", units[5].remarks);
    assert_eq!(units[6].problems[0].1, "an item of a bibliography is a table; this is a number");
    for other in ["[]", "{}", "[1]", r#"{"items": 1}"#, r#"[{"@type": "x", "id": 1}]"#] {
        assert!(!is_csl_json(&json::parse_json(other, 0).0), "{other}");
    }
}

fn anything() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i16>().prop_map(Value::from),
        "\\PC{0,12}|https://[a-z./]{0,9}|[0-9]{4}-[0-9]{2}|book|a\u{0}| ".prop_map(Value::from),
    ];
    let name = "id|type|title|author|issued|accessed|date-parts|raw|circa|literal|family|URL\
                |DOI|number|custom|onrecord|kind|published|language|note|archive_location";
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name, inner), 0..8)
                .prop_map(|pairs| { Value::Object(pairs.into_iter().collect()) }),
        ]
    })
}

proptest! {
    #[test]
    fn never_what_the_file_refuses(items in proptest::collection::vec(anything(), 0..3)) {
        for unit in read(&serde_json::Value::from(items).to_string()) {
            prop_assert!(unit.records.len() + unit.problems.len() > 0);
            if !unit.problems.is_empty() {
                continue;
            }
            for record in &unit.records {
                let text = |name| record.text(name);
                prop_assert!(text("key").is_some_and(|key| check_key(key).is_ok()));
                prop_assert!(text("title").is_some_and(|title| !title.trim().is_empty()));
                for name in ["published", "retrieved"] {
                    prop_assert!(text(name).is_none_or(|date| check_date(date).is_ok()));
                }
            }
        }
    }
}
