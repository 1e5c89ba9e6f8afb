//! The project's own documents: TOML for people, every table as NDJSON for programs.

use super::Chosen;
use crate::error::{Error, Result};
use crate::model::{DocumentTree, KINDS, Kind, Nested, NestedPart, Value, kind_of_word};
use crate::render::{ndjson_row, toml_archive, toml_record};
use crate::store::{Reader, children, read_rows, stored_reports};
use std::io::Write;

/// What people wrote, as one document.
pub(super) fn toml(db: &Reader, chosen: &Chosen, out: &mut dyn Write) -> Result<()> {
    for word in ["archive", "source", "location", "measure", "claim", "link", "equation"] {
        let Some(kind) = kind_of_word(word) else { continue };
        read_rows(db, kind, |id, row| {
            if !chosen.keeps(kind, row) {
                return Ok(());
            }
            let mut outline = fields(kind, row, None);
            for nested in kind.nested {
                outline.parts.push((nested.word, inside(db, kind, nested, id)?));
            }
            // When an archive was made is no part of what people wrote in it.
            outline.fields.retain(|(name, _)| !(word == "archive" && *name == "created"));
            let text = match word {
                "archive" => toml_archive(word, &outline),
                _ => toml_record(word, &outline).map(|text| format!("\n{text}")),
            };
            out.write_all(text.map_err(unwritable)?.as_bytes())?;
            Ok(())
        })?;
    }
    Ok(())
}

/// What stands inside a record, as parts of it.
fn inside(db: &Reader, kind: &Kind, nested: &Nested, id: i64) -> Result<Vec<NestedPart>> {
    let column = match nested.kind.position(nested.parent) {
        Some(position) => nested.kind.fields[position].column.to_owned(),
        None => format!("{}_id", kind.word),
    };
    let mut parts = Vec::new();
    for (child, row) in children(db, nested.kind, &column, id)? {
        let mut outline = fields(nested.kind, &row, Some(nested.parent));
        for deeper in nested.kind.nested {
            outline.parts.push((deeper.word, inside(db, nested.kind, deeper, child)?));
        }
        let stated: Vec<_> = outline.fields.iter().filter(|(_, value)| !value.is_null()).collect();
        parts.push(match (stated.as_slice(), nested.shorthand) {
            ([(name, Value::Text(text))], Some(short)) if *name == short => {
                NestedPart::Shorthand(text.clone())
            }
            _ => NestedPart::Record(outline),
        });
    }
    Ok(parts)
}

/// The fields that a document writes: not the one that names the record around it, not what
/// follows from other rows, not what holds anyway when nothing is said.
fn fields(kind: &Kind, row: &[Value], parent: Option<&str>) -> DocumentTree {
    let fields = kind.fields.iter().zip(row).filter(|(field, value)| {
        let default = field.default.is_some() && value.as_text() == field.default;
        Some(field.name) != parent && !field.derived && !default
    });
    DocumentTree {
        fields: fields.map(|(field, value)| (field.name, value.clone())).collect(),
        parts: Vec::new(),
    }
}

/// Every row of every table, a line each.
pub(super) fn ndjson(db: &Reader, chosen: &Chosen, out: &mut dyn Write) -> Result<()> {
    for kind in KINDS.iter().filter(|kind| kind.table != "assessment_evidence") {
        read_rows(db, kind, |id, row| {
            if !chosen.keeps(kind, row) {
                return Ok(());
            }
            let mut outline = DocumentTree {
                fields: kind.fields.iter().map(|f| f.name).zip(row.iter().cloned()).collect(),
                parts: Vec::new(),
            };
            // Evidence has no key of its own: it travels with its verdict.
            for nested in kind.nested.iter().filter(|nested| !nested.kind.authored) {
                let parts = inside(db, kind, nested, id)?;
                outline.parts.push((nested.word, parts));
            }
            let line = ndjson_row(kind.table, &outline).map_err(unwritable)?;
            writeln!(out, "{line}")?;
            Ok(())
        })?;
    }
    if !chosen.all() {
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

fn unwritable(why: String) -> Error {
    Error::Sqlite { doing: "write a record out".to_owned(), why }
}
