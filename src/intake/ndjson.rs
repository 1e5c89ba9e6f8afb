//! NDJSON: one row of one table a line, as `export ndjson` writes them.

use super::field::Codes;
use super::lines::at;
use super::tree::{Entry, Found, Node, Tree};
use super::walk::{Reading, record};
use super::{Document, StoredView, json};
use crate::model::{KINDS, did_you_mean, kind_of_table};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The words of the archive, and those that the export brings along.
struct Extended<'a> {
    base: &'a dyn Codes,
    extra: RefCell<BTreeMap<String, Vec<String>>>,
}

impl Codes for Extended<'_> {
    fn of(&self, table: &str) -> Vec<String> {
        let mut codes = self.base.of(table);
        codes.extend(self.extra.borrow().get(table).into_iter().flatten().cloned());
        codes
    }
}

/// Reads all lines; an empty line is skipped.
pub(super) fn read(text: &str, codes: &dyn Codes) -> (Document, Vec<Found>) {
    let codes = Extended { base: codes, extra: RefCell::default() };
    let mut document = Document::default();
    let mut problems = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            let (node, found) = json::tree(line.trim_end(), offset);
            if found.is_empty() {
                read_line(node, &mut document, &mut problems, &codes);
            } else {
                problems.extend(found);
            }
        }
        offset += line.len();
    }
    (document, problems)
}

fn read_line(node: Node, document: &mut Document, problems: &mut Vec<Found>, codes: &Extended<'_>) {
    let place = node.at;
    let Tree::Table(mut entries) = node.tree else {
        problems.push((place, format!("a line holds an object, not {}", node.tree.noun())));
        return;
    };
    let Some(position) = entries.iter().position(|entry| entry.name == "table") else {
        problems
            .push((place, "this object does not say which \"table\" it is a row of".to_owned()));
        return;
    };
    let named = entries.remove(position);
    let table = match named.node.tree {
        Tree::Text(table) => table,
        other => {
            problems.push((named.node.at, format!("\"table\" is text, not {}", other.noun())));
            return;
        }
    };
    if table == "views" {
        match view(&entries, place) {
            Some(view) => document.views.push(view),
            None => problems.push((place, "a view has a \"name\" and its \"sql\"".to_owned())),
        }
        return;
    }
    match kind_of_table(&table) {
        Some(kind) => {
            let node = Node { at: place, tree: Tree::Table(entries) };
            let reading = Reading { codes, export: true, filled: None };
            let from = document.records.len();
            record(kind, node, &mut document.records, problems, reading);
            if kind.identity == ["code"]
                && let Some(code) = document.records.get(from).and_then(|r| r.given("code"))
            {
                let mut extra = codes.extra.borrow_mut();
                extra.entry(table).or_default().push(code.value.to_string());
            }
        }
        None => {
            let near = did_you_mean(&table, KINDS.iter().map(|kind| kind.table));
            problems.push((named.node.at, format!("{table:?} is not a table of an archive{near}")));
        }
    }
}

fn view(entries: &[Entry], place: usize) -> Option<StoredView> {
    let text = |name: &str| {
        entries.iter().find(|entry| entry.name == name).and_then(|entry| match &entry.node.tree {
            Tree::Text(text) => Some(text.clone()),
            _ => None,
        })
    };
    Some(StoredView { name: text("name")?, sql: text("sql")?, spot: at(place) })
}
