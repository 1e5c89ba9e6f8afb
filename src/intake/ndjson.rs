//! NDJSON as `export ndjson` writes it: one row of a table, or one view, per line.

use super::document::field::Codes;
use super::document::json;
use super::document::tree::{Entry, Node, OffsetProblem, Tree};
use super::document::walk::{Context, read_record};
use super::text::lines::{LineIndex, offset_pos, position_in_bytes};
use super::unit::{REJECTED_BECAUSE, Raw, Sink, StoredView, Unit};
use crate::model::{CarriedOperation, KINDS, SourcePos, did_you_mean, kind_of_table};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::Range;

/// The code lists of the archive, extended by the codes that the export itself defines.
pub(super) struct ExtendedCodes<'a> {
    base: &'a dyn Codes,
    extra: RefCell<BTreeMap<String, Vec<String>>>,
}

impl<'a> ExtendedCodes<'a> {
    /// Those of the archive, before the export has said anything.
    pub(super) fn over(base: &'a dyn Codes) -> Self {
        ExtendedCodes { base, extra: RefCell::default() }
    }
}

impl Codes for ExtendedCodes<'_> {
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

/// Reads an export and passes each line to the sink as a unit; empty lines are skipped. A line may
/// refer to a later one.
pub(super) fn read_lines(
    input: impl BufRead,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    read_lines_up_to(MAX_LINE, input, codes, sink)
}

fn read_lines_up_to(
    most: usize,
    mut input: impl BufRead,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    let codes = ExtendedCodes::over(codes);
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        let fits = match read_line(&mut input, &mut bytes, most)? {
            Line::End => return Ok(()),
            Line::Whole => true,
            Line::Start => false,
        };
        number += 1;
        if !fits {
            let mut unit = Unit::new(SourcePos::Line(number, 1), Raw::Whole);
            let what = format!("the line is longer than {most} bytes");
            unit.add_problem(&SourcePos::Line(number, 1), what);
            if !sink.unit(unit) {
                return Ok(());
            }
            continue;
        }
        let line = match number {
            1 => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes),
            _ => &bytes,
        };
        let unit = match decode_line(line, number) {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => {
                let (text, start) = (text.trim_end(), bytes.len() - line.len());
                let mut unit = read_unit(text, number, &codes);
                unit.raw = Raw::Text(take_text(start..start + text.len(), &mut bytes));
                unit
            }
            Err(unit) => *unit,
        };
        if !sink.unit(unit) {
            return Ok(());
        }
    }
}

/// The bytes from which on a line is handed on instead of copied: a part of a captured copy fills much memory once.
const LONG_LINE: usize = 1 << 20;

/// Returns the text in this range of the bytes of a line. A long one takes their memory along.
fn take_text(range: Range<usize>, bytes: &mut Vec<u8>) -> String {
    if range.len() < LONG_LINE {
        return String::from_utf8_lossy(&bytes[range]).into_owned();
    }
    let mut bytes = std::mem::take(bytes);
    bytes.truncate(range.end);
    bytes.drain(..range.start);
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The bytes of a line: the largest hold a part of a captured copy, in base64, or what an operation removed.
const MAX_LINE: usize = 128 << 20;

/// The part of a line that was read.
enum Line {
    /// Nothing: the input is at its end.
    End,
    /// All of it.
    Whole,
    /// Its beginning; the rest was passed over.
    Start,
}

/// Reads a line of at most so many bytes into `bytes`, in place of what was there.
fn read_line(input: &mut impl BufRead, bytes: &mut Vec<u8>, most: usize) -> std::io::Result<Line> {
    bytes.clear();
    let mut fits = true;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let end = buffer.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let number = part.len();
        fits &= bytes.len() + number <= most;
        if fits {
            bytes.extend_from_slice(part);
        }
        input.consume(number);
        if end.is_some() {
            break;
        }
    }
    Ok(match (fits, bytes.is_empty()) {
        (false, _) => Line::Start,
        (true, true) => Line::End,
        (true, false) => Line::Whole,
    })
}

/// Decodes a line of JSON, which is UTF-8 (RFC 8259, 8.1).
///
/// # Errors
/// Returns a unit that names the first byte that is not UTF-8.
pub(super) fn decode_line(line: &[u8], number: usize) -> Result<&str, Box<Unit>> {
    std::str::from_utf8(line).map_err(|error| {
        let (_, column) = position_in_bytes(line, error.valid_up_to());
        let byte = line.get(error.valid_up_to()).copied().unwrap_or_default();
        let raw = Raw::Text(String::from_utf8_lossy(line).trim_end().to_owned());
        let mut unit = Unit::new(SourcePos::Line(number, 1), raw);
        let what = format!("the byte 0x{byte:02x} is not UTF-8; save the document as UTF-8");
        unit.add_problem(&SourcePos::Line(number, column), what);
        Box::new(unit)
    })
}

/// Returns true for the export of a whole archive: its `archive` row states when it was created.
pub(super) fn is_export(mut input: impl BufRead) -> std::io::Result<bool> {
    let mut bytes = Vec::new();
    loop {
        match read_line(&mut input, &mut bytes, MAX_LINE)? {
            Line::End => return Ok(false),
            Line::Whole => {}
            Line::Start => continue,
        }
        // Only a line that may be the `archive` row is parsed.
        let start = &bytes[..bytes.len().min(64)];
        if !start.windows(9).any(|word| word == b"\"archive\"") {
            continue;
        }
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let (node, _) = json::parse_json(text.trim_end(), 0);
        let table = node.get("table").map(|node| &node.tree);
        if matches!(table, Some(Tree::Text(table)) if table == "archive")
            && node.get("created").is_some()
        {
            return Ok(true);
        }
    }
}

fn read_operation(text: &str) -> serde_json::Result<CarriedOperation> {
    let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)?;
    // Files of rejected lines give the reason in this property.
    fields.retain(|name, _| name != "table" && name != REJECTED_BECAUSE);
    serde_json::from_value(fields.into())
}

/// Reads a line, which is the line of this number.
pub(super) fn read_unit(text: &str, number: usize, codes: &ExtendedCodes<'_>) -> Unit {
    let mut unit = Unit::new(SourcePos::Line(number, 1), Raw::Whole);
    let (node, mut found) = json::parse_json(text, 0);
    let table = node.get("table").map(|node| &node.tree);
    let is_operation = matches!(table, Some(Tree::Text(table)) if table == "operations");
    if found.is_empty() && is_operation {
        match read_operation(text) {
            Ok(operation) => unit.operations.push(operation),
            Err(error) => found.push((0, format!("this operation cannot be read: {error}"))),
        }
    } else if found.is_empty() {
        read_row(node, &mut unit, &mut found, codes);
    }
    unit.problems = found.into_iter().map(|(offset, what)| (offset_pos(offset), what)).collect();
    unit.resolve_positions(&LineIndex::new(text), number - 1);
    unit
}

fn read_row(
    node: Node,
    unit: &mut Unit,
    problems: &mut Vec<OffsetProblem>,
    codes: &ExtendedCodes<'_>,
) {
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
    // Files of rejected lines give the reason in this property.
    entries.retain(|entry| entry.name != REJECTED_BECAUSE);
    let table = match named.node.tree {
        Tree::Text(table) => table,
        other => {
            problems.push((named.node.at, format!("\"table\" is text, not {}", other.noun())));
            return;
        }
    };
    if table == "views" {
        match read_view(&entries, place) {
            Some(view) => unit.views.push(view),
            None => problems.push((place, "a view has a \"name\" and its \"sql\"".to_owned())),
        }
        return;
    }
    match kind_of_table(&table) {
        Some(kind) => {
            let node = Node { at: place, tree: Tree::Table(entries) };
            let context = Context { codes, export: true, filled: None };
            let from = unit.records.len();
            read_record(kind, node, &mut unit.records, problems, context);
            if kind.identity == ["code"]
                && let Some(code) = unit.records.get(from).and_then(|r| r.given("code"))
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

fn read_view(entries: &[Entry], place: usize) -> Option<StoredView> {
    let text = |name: &str| {
        entries.iter().find(|entry| entry.name == name).and_then(|entry| match &entry.node.tree {
            Tree::Text(text) => Some(text.clone()),
            _ => None,
        })
    };
    Some(StoredView { name: text("name")?, sql: text("sql")?, pos: offset_pos(place) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{LONG_LINE, read_lines, read_lines_up_to};
    use crate::intake::document::field::Codes;
    use crate::intake::unit::{Collected, Raw};
    use crate::model::SourcePos;

    /// An archive with one code in each list.
    struct One;

    impl Codes for One {
        fn of(&self, _: &str) -> Vec<String> {
            vec!["event".to_owned()]
        }
    }

    #[test]
    fn blank_lines_and_a_byte_order_mark_are_passed_over() {
        let text = "\u{feff}\n  \t\n{\"table\": \"claims\", \"key\": \"a\", \"text\": \"A\", \"kind\": \"event\"}\r\n\n";
        let mut sink = Collected::default();
        read_lines(text.as_bytes(), &One, &mut sink).unwrap();
        let [unit] = &sink.units[..] else { panic!("{:?}", sink.units) };
        assert_eq!((&unit.pos, &unit.problems[..]), (&SourcePos::Line(3, 1), &[][..]));
    }

    #[test]
    fn a_long_line_is_kept_as_it_is() {
        let line = |key: &str, text: &str| {
            format!(
                "{{\"table\": \"claims\", \"key\": \"{key}\", \"text\": \"{text}\", \"kind\": \"event\"}}"
            )
        };
        let lines = [line("a", &"é".repeat(LONG_LINE)), line("b", "B")];
        let text = format!("\u{feff}{}  \r\n{}\n", lines[0], lines[1]);
        let mut sink = Collected::default();
        read_lines(text.as_bytes(), &One, &mut sink).unwrap();
        let kept = lines.map(Raw::Text);
        assert!(sink.units.iter().map(|unit| &unit.raw).eq(&kept));
    }

    #[test]
    fn a_line_that_is_too_long_is_named_and_the_next_one_read() {
        let fits =
            "{\"table\": \"claims\", \"key\": \"a\", \"text\": \"A\", \"kind\": \"event\"}\n";
        let text = [&fits.replace("\"A\"", "\"AB\""), fits, &" ".repeat(500)].concat();
        let mut sink = Collected::default();
        // A buffer smaller than a line.
        let input = std::io::BufReader::with_capacity(7, text.as_bytes());
        read_lines_up_to(fits.len(), input, &One, &mut sink).unwrap();
        let told: Vec<_> = sink
            .units
            .iter()
            .map(|unit| (unit.pos.clone(), unit.problems.len(), unit.records.len()))
            .collect();
        let line = |number| SourcePos::Line(number, 1);
        assert_eq!(told, [(line(1), 1, 0), (line(2), 0, 1), (line(3), 1, 0)]);
        assert!(
            sink.units[0].problems[0].1.starts_with("the line is longer than"),
            "{:?}",
            sink.units[0]
        );
    }

    #[test]
    fn an_unknown_code_is_compared_with_those_of_the_archive_and_of_the_export() {
        let lines = r#"{"table": "claim_kinds", "code": "rumour", "label": "R", "definition": "R", "rank": 9}
{"table": "claims", "key": "a", "text": "A", "kind": "evnt"}
{"table": "claims", "key": "b", "text": "B", "kind": "rumor"}
{"table": "claims", "key": "c", "text": "C", "kind": "rumour"}
"#;
        let mut sink = Collected::default();
        read_lines(lines.as_bytes(), &One, &mut sink).unwrap();
        let problems = sink.units.iter().map(|unit| unit.problems.first().map(|(_, what)| what));
        let problems: Vec<_> = problems.collect();
        assert!(problems[1].unwrap().contains("event"), "{problems:?}");
        assert!(problems[2].unwrap().contains("rumour"), "{problems:?}");
        assert_eq!([problems[0], problems[3]], [None, None]);
    }
}
