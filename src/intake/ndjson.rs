//! NDJSON: one row of one table a line, as `export ndjson` writes them.

use super::document::json;
use super::unit::{Raw, Unit};
use super::{Document, Sink, StoredView};
use crate::intake::document::field::Codes;
use crate::intake::document::tree::{Entry, Found, Node, Tree};
use crate::intake::document::walk::{Reading, record};
use crate::intake::text::lines::{Lines, at, position};
use crate::model::{KINDS, SourcePos, did_you_mean, kind_of_table};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::BufRead;

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

    fn has(&self, table: &str, code: &str) -> bool {
        self.base.has(table, code)
            || self.extra.borrow().get(table).is_some_and(|own| own.iter().any(|own| own == code))
    }
}

/// Reads line by line and hands each on as a unit; an empty line is skipped. A reference may point
/// to a line further down.
pub(super) fn read(
    mut input: impl BufRead,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    let codes = Extended { base: codes, extra: RefCell::default() };
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(());
        }
        number += 1;
        let line = match number {
            1 => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes),
            _ => &bytes,
        };
        let unit = match std::str::from_utf8(line) {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => unit(text.trim_end(), number, &codes),
            Err(error) => {
                let (_, column) = position(line, error.valid_up_to());
                let byte = line.get(error.valid_up_to()).copied().unwrap_or_default();
                let raw = Raw::Text(String::from_utf8_lossy(line).trim_end().to_owned());
                let mut unit = Unit::new(SourcePos::Line(number, 1), raw);
                let what =
                    format!("the byte 0x{byte:02x} is not UTF-8; save the document as UTF-8");
                unit.problem(&SourcePos::Line(number, column), what);
                unit
            }
        };
        if !sink.unit(unit) {
            return Ok(());
        }
    }
}

/// Whether a whole archive is in it: its row says when it was created.
pub(super) fn is_export(mut input: impl BufRead) -> std::io::Result<bool> {
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(false);
        }
        // Only a line that may be that row is read as JSON.
        let start = &bytes[..bytes.len().min(64)];
        if !start.windows(9).any(|word| word == b"\"archive\"") {
            continue;
        }
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let (node, _) = json::tree(text.trim_end(), 0);
        let table = node.get("table").map(|node| &node.tree);
        if matches!(table, Some(Tree::Text(table)) if table == "archive")
            && node.get("created").is_some()
        {
            return Ok(true);
        }
    }
}

fn unit(text: &str, number: usize, codes: &Extended<'_>) -> Unit {
    let mut unit = Unit::new(SourcePos::Line(number, 1), Raw::Text(text.to_owned()));
    let (node, mut found) = json::tree(text, 0);
    if found.is_empty() {
        let mut document = Document::default();
        read_line(node, &mut document, &mut found, codes);
        unit.records = document.records;
        unit.views = document.views;
    }
    unit.problems = found.into_iter().map(|(offset, what)| (at(offset), what)).collect();
    unit.place(&Lines::new(text), number - 1);
    unit
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
    // A line that was rejected before says why, for people.
    entries.retain(|entry| entry.name != "reason");
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
    Some(StoredView { name: text("name")?, sql: text("sql")?, pos: at(place) })
}
