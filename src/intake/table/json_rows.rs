//! Rows in JSON as other tools write them: an object on each line, or a list of objects. Each value is
//! a cell, and the names of the objects that hold it are its heading: `tweet.user.name`.

use super::records::{MAX_COLUMNS, RowReader};
use super::survey::{ColumnSeen, Sought, sought_in};
use super::xlsx::refuse_cells;
use crate::intake::document::field::Codes;
use crate::intake::document::json::parse_json;
use crate::intake::document::json_repair::OffsetMap;
use crate::intake::document::tree::{Entry, Node, Tree};
use crate::intake::ndjson::decode_line;
use crate::intake::settings::Settings;
use crate::intake::text::amounts::Notation;
use crate::intake::text::lines::{LineIndex, offset_pos};
use crate::intake::unit::{REJECTED_BECAUSE, Raw, Sink, Unit};
use crate::model::{SourcePos, quoted};
use std::collections::HashMap;
use std::io::{BufRead, Read, Seek, SeekFrom};

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    /// Nothing is stated.
    Null,
    Text(String),
    /// The digits as they are written.
    Number(String),
    /// The texts of a list of two or more.
    Several(Vec<String>),
    /// A list of objects or lists, by its number of items.
    Nested(usize),
}

/// A value with its heading.
struct Leaf {
    /// The names of the objects that hold it, divided by points, and its own.
    name: String,
    /// These names apart: one may have a point in it.
    path: Vec<String>,
    value: Value,
}

/// A row, or what keeps it from being one.
struct Row {
    line: usize,
    /// The number of the row in a list of which several items share a line.
    item: Option<usize>,
    /// The text of the object.
    text: String,
    read: Result<Vec<Leaf>, Box<Unit>>,
}

impl Row {
    fn read(text: &str, line: usize, item: Option<usize>, settings: &Settings) -> Self {
        let refuse = |found: Vec<(usize, String)>| {
            let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Object(text.to_owned()));
            unit.problems =
                found.into_iter().map(|(offset, what)| (offset_pos(offset), what)).collect();
            unit.resolve_positions(&LineIndex::new(text), line - 1);
            Box::new(unit)
        };
        let (node, mut found) = parse_json(text, 0);
        let mut row = Row { line, item, text: text.to_owned(), read: Ok(Vec::new()) };
        if found.is_empty() {
            match node.tree {
                Tree::Table(entries) => {
                    if let [first, second, ..] = &entries[..]
                        && first.name == REJECTED_BECAUSE
                        && let Some(rest) = text.get(second.at..)
                    {
                        row.text = format!("{{{rest}");
                    }
                    let mut leaves = Vec::new();
                    flatten(entries, &[], settings, &mut leaves);
                    row.read = Ok(leaves);
                }
                other => {
                    let what = format!("a row is an object, not {}", other.noun());
                    found.push((node.at, what));
                }
            }
        }
        if row.text.contains('\n') {
            // A line break between its values is a blank, and one inside a text is escaped.
            row.text = OffsetMap::escape_control_chars(&row.text).0;
        }
        if !found.is_empty() {
            row.read = Err(refuse(found));
        }
        row
    }

    /// Names the row in positions that others share.
    fn place(&self, unit: &mut Unit) {
        let Some(item) = self.item else { return };
        unit.map_positions(&|pos| {
            if let SourcePos::Cell(_, name) = pos {
                *name = format!("{name} of item {item}");
            }
        });
    }
}

/// Appends the values of an object, each with its heading. An object that the user skips is one value.
fn flatten(entries: Vec<Entry>, outer: &[String], settings: &Settings, leaves: &mut Vec<Leaf>) {
    for Entry { name, node, .. } in entries {
        let path: Vec<String> = outer.iter().cloned().chain([name]).collect();
        let name = path.join(".");
        let target = settings.target(&name);
        let is_skipped = target.mapped && target.field.trim().is_empty();
        let value = match node.tree {
            Tree::Table(inner) if !is_skipped => {
                flatten(inner, &path, settings, leaves);
                continue;
            }
            Tree::Table(_) => Value::Nested(1),
            Tree::List(items) => value_of_list(items),
            other => value_of(other),
        };
        leaves.push(Leaf { name, path, value });
    }
}

fn value_of(tree: Tree) -> Value {
    match tree {
        Tree::Null => Value::Null,
        Tree::Bool(flag) => Value::Text(flag.to_string()),
        Tree::Number(digits) => Value::Number(digits),
        Tree::Text(text) | Tree::Moment(text) => Value::Text(text),
        Tree::List(items) => Value::Nested(items.len()),
        Tree::Table(_) => Value::Nested(1),
    }
}

/// Returns the value of a list: that of its only item, or the texts of several.
fn value_of_list(items: Vec<Node>) -> Value {
    let number = items.len();
    let mut values: Vec<Value> = items.into_iter().map(|item| value_of(item.tree)).collect();
    values.retain(|value| match value {
        Value::Null => false,
        Value::Text(text) => !text.trim().is_empty(),
        _ => true,
    });
    if values.iter().any(|value| matches!(value, Value::Nested(_))) {
        return Value::Nested(number);
    }
    if values.len() < 2 {
        return values.pop().unwrap_or(Value::Null);
    }
    let texts = values.into_iter().filter_map(|value| match value {
        Value::Text(text) | Value::Number(text) => Some(text),
        _ => None,
    });
    Value::Several(texts.collect())
}

/// A column as the rows show it.
struct Column {
    name: String,
    path: Vec<String>,
    sought: Sought,
    seen: ColumnSeen,
    /// True if a row states a value in it.
    filled: bool,
}

/// The columns of all rows, in the order in which they appear.
#[derive(Default)]
struct Columns {
    list: Vec<Column>,
    by_name: HashMap<String, usize>,
    /// The reason why the rows are no table, with its line.
    fault: Option<(usize, String)>,
}

impl Columns {
    fn note(&mut self, row: &Row, settings: &Settings) {
        let Ok(leaves) = &row.read else { return };
        for leaf in leaves {
            let position = match self.by_name.get(&leaf.name) {
                Some(position) => *position,
                None if self.list.len() == MAX_COLUMNS => {
                    let what = format!("the rows have more than {MAX_COLUMNS} different names");
                    self.fault.get_or_insert((row.line, what));
                    return;
                }
                None => {
                    let name = leaf.name.clone();
                    let sought = sought_in(std::slice::from_ref(&name), settings);
                    self.by_name.insert(name.clone(), self.list.len());
                    self.list.push(Column {
                        name,
                        path: leaf.path.clone(),
                        sought: sought.first().copied().unwrap_or(Sought::Nothing),
                        seen: ColumnSeen::default(),
                        filled: false,
                    });
                    self.list.len() - 1
                }
            };
            let column = &mut self.list[position];
            if column.path != leaf.path {
                let what = format!(
                    "the name {0} and an object with this path are both there, and {0} may be either; \
                     rename one",
                    quoted(&leaf.name)
                );
                self.fault.get_or_insert((row.line, what));
            }
            column.filled |= leaf.value != Value::Null;
            if let Value::Text(text) = &leaf.value {
                column.seen.note(column.sought, text);
            }
        }
    }

    /// Leaves out the columns that hold nothing but `null` where other rows have an object.
    fn settle(mut self) -> Self {
        let names: Vec<String> = self.list.iter().map(|column| column.name.clone()).collect();
        let is_object = |name: &str| {
            names
                .iter()
                .any(|other| other.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
        };
        if self.list.len() <= MAX_COLUMNS / 16 {
            self.list.retain(|column| column.filled || !is_object(&column.name));
        }
        let by_name = self.list.iter().enumerate().map(|(n, column)| (column.name.clone(), n));
        self.by_name = by_name.collect();
        self
    }
}

/// Reads the rows of an input one by one. `each` returns false to stop.
fn for_each_row(
    mut input: impl BufRead,
    settings: &Settings,
    each: &mut dyn FnMut(Row) -> bool,
) -> std::io::Result<()> {
    let is_list = {
        let start = input.fill_buf()?;
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        start.trim_ascii_start().first() == Some(&b'[')
    };
    if is_list {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        read_list(&bytes, settings, each);
        return Ok(());
    }
    let (mut bytes, mut line) = (Vec::new(), 0);
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(());
        }
        line += 1;
        let own = match line {
            1 => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes),
            _ => &bytes,
        };
        let row = match decode_line(own, line) {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => Row::read(text.trim_end(), line, None, settings),
            Err(unit) => Row { line, item: None, text: String::new(), read: Err(unit) },
        };
        if !each(row) {
            return Ok(());
        }
    }
}

/// Reads a list of objects.
fn read_list(bytes: &[u8], settings: &Settings, each: &mut dyn FnMut(Row) -> bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let whole = |unit| Row { line: 1, item: None, text: String::new(), read: Err(unit) };
    let text = match decode_line(bytes, 1) {
        Ok(text) => text,
        Err(mut unit) => {
            unit.raw = Raw::Whole;
            each(whole(unit));
            return;
        }
    };
    let lines = LineIndex::new(text);
    let (node, found) = parse_json(text, 0);
    // What is wrong inside an item is a problem of this item.
    let Tree::List(items) = node.tree else {
        let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
        unit.problems =
            found.into_iter().map(|(offset, what)| (offset_pos(offset), what)).collect();
        unit.resolve_positions(&lines, 0);
        each(whole(Box::new(unit)));
        return;
    };
    let end = text.rfind(']').unwrap_or(text.len());
    let line_of = |at: usize| match lines.resolve(at) {
        SourcePos::Line(line, _) => line,
        _ => 1,
    };
    let starts: Vec<usize> = items.iter().map(|item| item.at).collect();
    let share_lines = starts.windows(2).any(|pair| line_of(pair[0]) == line_of(pair[1]));
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(end);
        let own = text.get(*start..end).unwrap_or_default();
        let own = own.trim_end().trim_end_matches(',').trim_end();
        let item = share_lines.then_some(n + 1);
        if !each(Row::read(own, line_of(*start), item, settings)) {
            return;
        }
    }
}

/// Reads the columns of all rows.
fn read_columns(input: impl BufRead, settings: &Settings) -> std::io::Result<Columns> {
    let mut columns = Columns::default();
    for_each_row(input, settings, &mut |row| {
        columns.note(&row, settings);
        columns.fault.is_none()
    })?;
    Ok(columns.settle())
}

/// Reads rows in JSON, and passes each to the sink as a unit.
pub(in crate::intake) fn read_rows(
    mut input: impl Read + Seek,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    let columns = read_columns(std::io::BufReader::new(&mut input), settings)?;
    if let Some((line, what)) = columns.fault {
        let mut unit = Unit::new(SourcePos::Line(line, 1), Raw::Whole);
        unit.add_problem(&SourcePos::Line(line, 1), what);
        sink.unit(unit);
        return Ok(());
    }
    let header: Vec<String> = columns.list.iter().map(|column| column.name.clone()).collect();
    let seen: Vec<ColumnSeen> = columns.list.iter().map(|column| column.seen).collect();
    let Some(reader) = RowReader::new(header.clone(), 1, settings, &seen, sink) else {
        return Ok(());
    };
    input.seek(SeekFrom::Start(0))?;
    for_each_row(std::io::BufReader::new(&mut input), settings, &mut |row| match read_row(
        row,
        &header,
        &columns.by_name,
        &reader,
        codes,
    ) {
        Some(unit) => sink.unit(unit),
        None => true,
    })
}

/// Reads a row; `None` if it states nothing.
fn read_row(
    mut row: Row,
    header: &[String],
    by_name: &HashMap<String, usize>,
    reader: &RowReader,
    codes: &dyn Codes,
) -> Option<Unit> {
    let leaves = match std::mem::replace(&mut row.read, Ok(Vec::new())) {
        Ok(leaves) => leaves,
        Err(unit) => return Some(*unit),
    };
    let mut cells = vec![String::new(); header.len()];
    let (mut numbers, mut faults) = (Vec::new(), Vec::new());
    for leaf in leaves {
        let Some(n) = by_name.get(&leaf.name).copied() else { continue };
        let split = reader.split(n).filter(|sign| !sign.is_empty());
        let refused = match leaf.value {
            Value::Null => None,
            Value::Text(text) => {
                cells[n] = text;
                None
            }
            Value::Number(digits) => {
                cells[n] = digits;
                numbers.push((n, Notation::STORED));
                None
            }
            Value::Several(texts) => {
                let refused = refuse_several(&leaf.name, &texts, split);
                cells[n] = texts.join(split.unwrap_or("; "));
                refused
            }
            Value::Nested(number) => {
                cells[n] = "[]".to_owned();
                let name = quoted(&format!("{}=", leaf.name));
                Some(format!(
                    "this is a list of {number} objects or lists, and a cell holds one value; `--map {name}` \
                     skips it"
                ))
            }
        };
        if let Some(what) = refused.filter(|_| reader.column(n).is_some()) {
            faults.push((SourcePos::Cell(row.line, leaf.name), what));
        }
    }
    let mut unit = reader.read_row(row.line, cells, &numbers, codes)?;
    refuse_cells(&mut unit, faults);
    row.place(&mut unit);
    unit.raw = Raw::Object(row.text);
    Some(unit)
}

/// Returns why a list of texts is not the cell of a column whose names are divided by `split`.
fn refuse_several(name: &str, texts: &[String], split: Option<&str>) -> Option<String> {
    let list = texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
    match split {
        Some(sign) => texts.iter().find(|text| text.contains(sign)).map(|text| {
            format!(
                "{} holds the sign {} itself; choose another one with --split",
                quoted(text),
                quoted(sign)
            )
        }),
        None => Some(format!(
            "this is a list of {} values ({list}), and a cell holds one; `--split {name}=\";\"` makes several \
             sources, speakers or places of it, `--map {name}=` skips it",
            texts.len()
        )),
    }
}

/// Reads the headings of the rows, and the cells of the first of them, at most `most`.
pub(super) fn sample(
    mut input: impl Read + Seek,
    settings: &Settings,
    most: usize,
) -> std::io::Result<(Vec<String>, Vec<Vec<String>>)> {
    let columns = read_columns(std::io::BufReader::new(&mut input), settings)?;
    input.seek(SeekFrom::Start(0))?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for_each_row(std::io::BufReader::new(&mut input), settings, &mut |row| {
        let mut cells = vec![String::new(); columns.list.len()];
        for leaf in row.read.unwrap_or_default() {
            let Some(n) = columns.by_name.get(&leaf.name) else { continue };
            cells[*n] = match leaf.value {
                Value::Null | Value::Nested(_) => String::new(),
                Value::Text(text) | Value::Number(text) => text,
                Value::Several(texts) => texts.join("; "),
            };
        }
        rows.push(cells);
        rows.len() < most
    })?;
    Ok((columns.list.into_iter().map(|column| column.name).collect(), rows))
}

/// Returns true for lines of objects that are not those of an export: none says which table it is a row
/// of. `start` is the start of an input.
pub(in crate::intake) fn is_rows(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}');
    let mut found = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        // The last line of a sample may be cut off.
        let (node, problems) = parse_json(line.trim(), 0);
        let Tree::Table(entries) = &node.tree else { continue };
        if !problems.is_empty() {
            continue;
        }
        let table =
            entries.iter().find(|entry| entry.name == "table").map(|entry| &entry.node.tree);
        if let Some(Tree::Text(_)) = table {
            return false;
        }
        found = true;
    }
    found
}
