//! Every row of every table as NDJSON, for programs.

use super::records::{PartReader, unwritable};
use super::selection::Selection;
use crate::error::Result;
use crate::model::{CarriedOperation, DocumentTree, FILE, KINDS, Kind, REVISION, Role, Value};
use crate::render::ndjson_row;
use crate::store::{
    Reader, carried_operations, encode_large_file, large_files, read_rows, stored_reports,
};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

/// Writes every selected row of every table, a line each.
pub(super) fn write(db: &Reader, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    // Operations are numbered from 1 on, so that an archive that was restored gives the same export.
    let mut numbers: HashMap<i64, i64> = HashMap::new();
    let large = large_files(db)?;
    for kind in KINDS.iter().filter(|kind| kind.role != Role::Part) {
        if kind.is(&REVISION) && selection.is_everything() {
            write_operations(db, &mut numbers, out)?;
        }
        // Evidence has no key of its own, so it is nested in its verdict.
        let nested = kind.nested.iter().filter(|nested| !nested.kind.authored);
        let nested: Vec<PartReader> = nested.map(|nested| PartReader::new(kind, nested)).collect();
        read_rows(db, kind, |id, row| {
            if !selection.includes_row(kind, row) {
                return Ok(());
            }
            let row = renumbered(kind, row, &numbers);
            let row = row.as_ref();
            let mut tree = DocumentTree {
                fields: kind.fields.iter().map(|f| f.name).zip(row.iter().cloned()).collect(),
                flags: Vec::new(),
                parts: Vec::new(),
            };
            for part in &nested {
                tree.parts.push(part.read(db, id)?);
            }
            let large = (kind.is(&FILE)).then(|| large.get(&kind.row_name(row))).flatten();
            if let Some(file) = large {
                return write_large_file(db, *file, tree, out);
            }
            let line = ndjson_row(kind.table, &tree).map_err(unwritable)?;
            writeln!(out, "{line}")?;
            Ok(())
        })?;
    }
    if !selection.is_everything() {
        return Ok(());
    }
    for report in stored_reports(db)?.into_iter().filter(|report| !report.builtin) {
        let fields = vec![
            ("name", Value::Text(format!("report_{}", report.name))),
            ("sql", Value::Text(report.sql)),
        ];
        let line =
            ndjson_row("views", &DocumentTree { fields, flags: Vec::new(), parts: Vec::new() })
                .map_err(unwritable)?;
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Writes the line of a file whose bytes are too many to hold in memory: the line without them, which ends in them, and
/// the bytes in blocks.
fn write_large_file(
    db: &Reader,
    id: i64,
    mut tree: DocumentTree,
    out: &mut dyn Write,
) -> Result<()> {
    tree.fields.retain(|(name, _)| *name != "data");
    tree.fields.push(("data", Value::Bytes(Vec::new())));
    let line = ndjson_row(FILE.table, &tree).map_err(unwritable)?;
    let Some(before) = line.strip_suffix("\"}") else { return Err(unwritable(line)) };
    out.write_all(before.as_bytes())?;
    encode_large_file(db, id, out)?;
    Ok(writeln!(out, "\"}}")?)
}

/// A line with an operation.
#[derive(Serialize)]
struct Line {
    table: &'static str,
    #[serde(flatten)]
    operation: CarriedOperation,
}

/// Writes the operations, a line each, and notes the number of each.
fn write_operations(
    db: &Reader,
    numbers: &mut HashMap<i64, i64>,
    out: &mut dyn Write,
) -> Result<()> {
    let mut last = 0;
    carried_operations(db, |mut operation| {
        last += 1;
        numbers.insert(operation.number, last);
        operation.number = last;
        operation.undoes = operation.undoes.and_then(|number| numbers.get(&number).copied());
        let line = Line { table: "operations", operation };
        serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
        Ok(writeln!(out)?)
    })
}

/// A row in which the number of an operation is the one that the export gives it.
fn renumbered<'a>(kind: &Kind, row: &'a [Value], numbers: &HashMap<i64, i64>) -> Cow<'a, [Value]> {
    let Some(n) = kind.position("operation").filter(|_| kind.is(&REVISION)) else {
        return Cow::Borrowed(row);
    };
    let mut row = row.to_vec();
    row[n] = match row[n] {
        Value::Int(id) => numbers.get(&id).map_or(Value::Null, |number| Value::Int(*number)),
        _ => Value::Null,
    };
    Cow::Owned(row)
}
