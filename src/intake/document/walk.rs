//! Walks the tree of a document: every table into a record, every mistake into a problem.

use super::field;
use super::field::Codes;
use super::tree::{Entry, Found, Node, Tree};
use crate::intake::Document;
use crate::intake::text::lines::at;
use crate::model::{
    Kind, Nested, Record, Value, did_you_mean, document_kinds, kind_of_word, quoted,
};

/// The version of the document format that this program reads.
const VERSION: &str = "1";

/// How a record is read.
#[derive(Clone, Copy)]
pub(in crate::intake) struct Reading<'a> {
    /// The words of the code lists.
    pub(in crate::intake) codes: &'a dyn Codes,
    /// Whether it comes from an export, which also writes out what follows from other rows.
    pub(in crate::intake) export: bool,
    /// The field that the surrounding record or the deed fills in.
    pub(in crate::intake) filled: Option<&'static str>,
}

/// Reads a whole document.
pub(in crate::intake) fn document(
    (root, mut problems): (Node, Vec<Found>),
    codes: &dyn Codes,
) -> (Document, Vec<Found>) {
    let mut document = Document::default();
    let Tree::Table(entries) = root.tree else {
        problems.push((root.at, format!("a document is a table, not {}", root.tree.noun())));
        return (document, problems);
    };
    // Without the version line and with a syntax error, the error is what matters.
    let broken = !problems.is_empty();
    match entries.iter().find(|entry| entry.name == "onrecord") {
        Some(entry) if !matches!(&entry.node.tree, Tree::Number(v) if v == VERSION) => problems
            .push((entry.node.at, format!("this program reads documents of version {VERSION}"))),
        None if !broken => {
            let what = format!("the document does not begin with `onrecord = {VERSION}`");
            problems.push((0, what));
        }
        _ => {}
    }
    let reading = Reading { codes, export: false, filled: None };
    for entry in entries.into_iter().filter(|entry| entry.name != "onrecord") {
        // A document may name its schema, for editors.
        if entry.name == "$schema" {
            if !matches!(entry.node.tree, Tree::Text(_)) {
                problems.push((entry.node.at, "$schema is text: the schema's address".to_owned()));
            }
            continue;
        }
        let Some(kind) = kind_of_word(&entry.name) else {
            let words: Vec<&str> = document_kinds().map(|kind| kind.word).collect();
            let near = did_you_mean(&entry.name, words.iter().copied());
            let (name, all) = (quoted(&entry.name), words.join(", "));
            problems.push((entry.at, format!("{name} is not a part of a document{near} ({all})")));
            continue;
        };
        match (entry.node.tree, kind.identity.is_empty()) {
            (Tree::List(nodes), false) => {
                for node in nodes {
                    record(kind, node, &mut document.records, &mut problems, reading);
                }
            }
            (tree @ Tree::Table(_), true) => {
                let node = Node { at: entry.node.at, tree };
                record(kind, node, &mut document.records, &mut problems, reading);
            }
            (_, true) => problems.push((entry.at, format!("write [{}]", kind.word))),
            (_, false) => {
                problems.push((entry.at, format!("write [[{}]] for each {}", kind.word, kind.word)))
            }
        }
    }
    (document, problems)
}

/// Reads one record and those inside it, which follow it in `records`.
pub(in crate::intake) fn record(
    kind: &'static Kind,
    node: Node,
    records: &mut Vec<Record>,
    problems: &mut Vec<Found>,
    reading: Reading<'_>,
) {
    let Tree::Table(entries) = node.tree else {
        problems.push((node.at, format!("{} is a table, not {}", a(kind.word), node.tree.noun())));
        return;
    };
    // Where a table begins, TOML knows its header; an export's line its first brace.
    let mut record = Record::new(kind, at(node.at));
    record.filled = reading.filled;
    let mut inside: Vec<(&Nested, Entry)> = Vec::new();
    for entry in entries {
        if let Some(nested) = kind.nested.iter().find(|nested| nested.word == entry.name) {
            inside.push((nested, entry));
        } else {
            read_field(&mut record, entry, problems, reading);
        }
    }
    // A record whose key is wrong still gives its parts something to belong to.
    let parent = record.text("key").map(str::to_owned);
    let mut nested_records = Vec::new();
    for (nested, entry) in inside {
        for node in list(nested, entry, problems) {
            let from = nested_records.len();
            let reading = Reading { filled: Some(nested.parent), ..reading };
            self::record(nested.kind, node, &mut nested_records, problems, reading);
            if let (Some(child), Some(key)) = (nested_records.get_mut(from), &parent)
                && child.kind.position(nested.parent).is_some()
            {
                let pos = child.pos.clone();
                child.set(nested.parent, Value::from(key.as_str()), pos);
                fill_key(child);
            }
        }
    }
    fill_key(&mut record);
    let (parts, others): (Vec<_>, Vec<_>) = nested_records
        .into_iter()
        .partition(|child| !child.kind.authored && kind.word == "assessment");
    record.parts = parts;
    records.push(record);
    records.extend(others);
}

fn read_field(record: &mut Record, entry: Entry, problems: &mut Vec<Found>, reading: Reading<'_>) {
    let kind = record.kind;
    let Some(position) = kind.position(&entry.name) else {
        let known = kind.fields.iter().filter(|f| !f.derived).map(|f| f.name);
        let known = known.chain(kind.nested.iter().map(|nested| nested.word));
        let near = did_you_mean(&entry.name, known);
        problems.push((
            entry.at,
            format!("{} has no field {}{near}", a(kind.word), quoted(&entry.name)),
        ));
        return;
    };
    let field = &kind.fields[position];
    if field.derived {
        if !reading.export {
            let what = format!("{} of {} follows from other rows", field.name, a(kind.word));
            let instead = match field.name {
                "status" => "; write a [[claim.assessment]] with a reason",
                _ => "; leave it out",
            };
            problems.push((entry.at, what + instead));
        }
        return;
    }
    let value_at = entry.node.at;
    match field::read(field, entry.node.tree, reading.codes) {
        Ok(value) => record.set(field.name, value, at(value_at)),
        Err(why) => {
            problems.push((value_at, format!("{} of {}: {why}", field.name, record.name())));
            // What was given badly is not missing as well.
            record.set_bad(field.name, at(value_at));
        }
    }
}

/// The values of a nested part: a list of tables, or of strings where a shorthand allows them.
fn list(nested: &Nested, entry: Entry, problems: &mut Vec<Found>) -> Vec<Node> {
    let Tree::List(nodes) = entry.node.tree else {
        let how = match nested.shorthand {
            Some(_) => format!("{} is a list: {} = [ … ]", nested.word, nested.word),
            None => format!("write [[….{}]] for each {}", nested.word, nested.kind.word),
        };
        problems.push((entry.node.at, how));
        return Vec::new();
    };
    let spell_out = |node: Node| match (node.tree, nested.shorthand) {
        (Tree::Text(text), Some(name)) => {
            // Evidence says which sort of thing it names when that is not a source: claim:KEY.
            let other = text
                .split_once(':')
                .filter(|(word, _)| *word != name && nested.kind.identity.contains(word));
            let (name, tree) = match other {
                Some((word, key)) => (word.to_owned(), Tree::Text(key.to_owned())),
                None => (name.to_owned(), Tree::Text(text)),
            };
            let value = Node { at: node.at, tree };
            let entry = Entry { name, at: node.at, node: value };
            Node { at: node.at, tree: Tree::Table(vec![entry]) }
        }
        (tree, _) => Node { at: node.at, tree },
    };
    nodes.into_iter().map(spell_out).collect()
}

/// A figure without a key is named after its claim and its measure.
pub(in crate::intake) fn fill_key(record: &mut Record) {
    if record.kind.table == "figures" && record.given("key").is_none() {
        let key = match (record.text("claim"), record.text("measure")) {
            (Some(claim), Some(measure)) => format!("{claim}-{measure}"),
            _ => return,
        };
        let pos = record.pos.clone();
        record.set("key", Value::Text(key), pos);
    }
}

fn a(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
