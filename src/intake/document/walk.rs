//! Conversion of the tree of a document: tables to records, mistakes to problems.

use super::field::{self, Codes};
use super::tree::{Entry, Node, OffsetProblem, Tree};
use crate::intake::text::lines::offset_pos;
use crate::model::{
    Kind, Nested, Record, Role, Type, Value, did_you_mean, document_kinds, kind_of_word, quoted,
    stand_in_key,
};

/// The version of the document format that this program reads.
const DOCUMENT_VERSION: &str = "1";

/// The context in which a record is read.
#[derive(Clone, Copy)]
pub(in crate::intake) struct Context<'a> {
    /// The code lists.
    pub(in crate::intake) codes: &'a dyn Codes,
    /// True for an export, which also contains derived fields; they are skipped.
    pub(in crate::intake) export: bool,
    /// The field that refers to the enclosing record.
    pub(in crate::intake) filled: Option<&'static str>,
}

/// Reads a whole document.
pub(in crate::intake) fn read_document(
    (root, mut problems): (Node, Vec<OffsetProblem>),
    codes: &dyn Codes,
) -> (Vec<Record>, Vec<OffsetProblem>) {
    let mut records = Vec::new();
    let Tree::Table(entries) = root.tree else {
        problems.push((root.at, format!("a document is a table, not {}", root.tree.noun())));
        return (records, problems);
    };
    // After a syntax error, a missing version line is not worth a second message.
    let broken = !problems.is_empty();
    match entries.iter().find(|entry| entry.name == "onrecord") {
        Some(entry) if !matches!(&entry.node.tree, Tree::Number(v) if v == DOCUMENT_VERSION) => {
            problems.push((
                entry.node.at,
                format!("this program reads documents of version {DOCUMENT_VERSION}"),
            ))
        }
        None if !broken => {
            let what = format!("the document does not begin with `onrecord = {DOCUMENT_VERSION}`");
            problems.push((0, what));
        }
        _ => {}
    }
    let context = Context { codes, export: false, filled: None };
    for entry in entries.into_iter().filter(|entry| entry.name != "onrecord") {
        // The address of the JSON Schema, which editors read.
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
                    read_record(kind, node, &mut records, &mut problems, context);
                }
            }
            (tree @ Tree::Table(_), true) => {
                let node = Node { at: entry.node.at, tree };
                read_record(kind, node, &mut records, &mut problems, context);
            }
            (_, true) => problems.push((entry.at, format!("write [{}]", kind.word))),
            (_, false) => {
                problems.push((entry.at, format!("write [[{}]] for each {}", kind.word, kind.word)))
            }
        }
    }
    (records, problems)
}

/// Reads a record and its nested records, and appends them to `records`, the outer one first.
pub(in crate::intake) fn read_record(
    kind: &'static Kind,
    node: Node,
    records: &mut Vec<Record>,
    problems: &mut Vec<OffsetProblem>,
    context: Context<'_>,
) {
    let Tree::Table(entries) = node.tree else {
        problems.push((
            node.at,
            format!("{} is a table, not {}", with_article(kind.word), node.tree.noun()),
        ));
        return;
    };
    // The position of a record is that of its TOML header or its opening brace.
    let mut record = Record::new(kind, offset_pos(node.at));
    record.filled = context.filled;
    let mut inside: Vec<(&Nested, Entry)> = Vec::new();
    for entry in entries {
        if let Some(nested) = kind.nested.iter().find(|nested| nested.word == entry.name) {
            inside.push((nested, entry));
        } else {
            read_field(&mut record, entry, problems, context);
        }
    }
    if !context.export && kind.key_from.is_some() && record.given("key").is_none() {
        // The archive decides which key it gets; until then its position stands in for one.
        record.set("key", Value::Text(stand_in_key(node.at)), record.pos.clone());
        record.proposed = true;
    }
    // Nested records refer to the enclosing record by its key, where it has a valid one.
    let parent = record.text("key").map(str::to_owned);
    let mut nested_records = Vec::new();
    for (nested, entry) in inside {
        for node in nested_nodes(nested, entry, problems) {
            let from = nested_records.len();
            let context = Context { filled: Some(nested.parent), ..context };
            read_record(nested.kind, node, &mut nested_records, problems, context);
            if let (Some(child), Some(key)) = (nested_records.get_mut(from), &parent)
                && child.kind.position(nested.parent).is_some()
            {
                let pos = child.pos.clone();
                child.set(nested.parent, Value::from(key.as_str()), pos);
            }
        }
    }
    let (parts, others): (Vec<_>, Vec<_>) =
        nested_records.into_iter().partition(|child| child.kind.role == Role::Part);
    record.parts = parts;
    records.push(record);
    records.extend(others);
}

fn read_field(
    record: &mut Record,
    entry: Entry,
    problems: &mut Vec<OffsetProblem>,
    context: Context<'_>,
) {
    let kind = record.kind;
    let Some(position) = kind.position(&entry.name) else {
        let known = kind.fields.iter().filter(|f| !f.derived).map(|f| f.name);
        let known = known.chain(kind.nested.iter().map(|nested| nested.word));
        let near = did_you_mean(&entry.name, known);
        problems.push((
            entry.at,
            format!("{} has no field {}{near}", with_article(kind.word), quoted(&entry.name)),
        ));
        return;
    };
    let field = &kind.fields[position];
    if field.derived && !field.told {
        if !context.export {
            let what =
                format!("{} of {} follows from other rows", field.name, with_article(kind.word));
            let instead = match field.name {
                "status" => "; write a [[claim.assessment]] with a reason",
                _ => "; leave it out",
            };
            problems.push((entry.at, what + instead));
        }
        if !context.export || !field.carried {
            return;
        }
    }
    let value_at = entry.node.at;
    let pos = offset_pos(value_at);
    let read = match entry.node.tree {
        Tree::Text(text) if context.export && field.ty == Type::Text => {
            field::read_exported_text(&text)
                .map(|value| record.set(field.name, value, pos.clone()))
                .inspect_err(|_| record.set_bad(field.name, pos))
        }
        Tree::Text(text) if kind.amount == field.name => {
            field::read_text_into(record, field, &text, pos, context.codes)
        }
        tree => match field::read_value(field, tree, context.codes) {
            Ok(value) => {
                record.set(field.name, value, pos);
                Ok(())
            }
            Err(why) => {
                // An invalid value is not reported as missing too.
                record.set_bad(field.name, pos);
                Err(why)
            }
        },
    };
    if let Err(why) = read {
        problems.push((value_at, format!("{} of {}: {why}", field.name, record.name())));
    }
}

/// Returns the nested records of an entry: a list of tables, or of strings where a shorthand is
/// allowed.
fn nested_nodes(nested: &Nested, entry: Entry, problems: &mut Vec<OffsetProblem>) -> Vec<Node> {
    let Tree::List(nodes) = entry.node.tree else {
        let how = match nested.shorthand {
            Some(_) => format!("{} is a list: {} = [ … ]", nested.word, nested.word),
            None => format!("write [[….{}]] for each {}", nested.word, nested.kind.word),
        };
        problems.push((entry.node.at, how));
        return Vec::new();
    };
    let expand_shorthand = |node: Node| match (node.tree, nested.shorthand) {
        (Tree::Text(text), Some(name)) => {
            // Evidence other than a source has a prefix: claim:KEY, figure:KEY.
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
    nodes.into_iter().map(expand_shorthand).collect()
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
