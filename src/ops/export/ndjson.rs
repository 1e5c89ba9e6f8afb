//! Every row of every table as NDJSON, for programs.

use super::records::{nested_parts, unwritable};
use super::selection::Selection;
use crate::error::Result;
use crate::model::{DocumentTree, KINDS, Role, Value};
use crate::render::ndjson_row;
use crate::store::{Reader, read_rows, stored_reports};
use std::io::Write;

/// Writes every selected row of every table, a line each.
pub(super) fn write(db: &Reader, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    for kind in KINDS.iter().filter(|kind| kind.role != Role::Part) {
        read_rows(db, kind, |id, row| {
            if !selection.includes_row(kind, row) {
                return Ok(());
            }
            let mut tree = DocumentTree {
                fields: kind.fields.iter().map(|f| f.name).zip(row.iter().cloned()).collect(),
                parts: Vec::new(),
            };
            // Evidence has no key of its own, so it is nested in its verdict.
            for nested in kind.nested.iter().filter(|nested| !nested.kind.authored) {
                let parts = nested_parts(db, kind, nested, id)?;
                tree.parts.push((nested.word, parts));
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
            ndjson_row("views", &DocumentTree { fields, parts: Vec::new() }).map_err(unwritable)?;
        writeln!(out, "{line}")?;
    }
    Ok(())
}
