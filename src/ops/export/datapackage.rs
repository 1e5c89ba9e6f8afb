//! A Data Package (Frictionless, version 1): a CSV file for each table, and `datapackage.json`,
//! which describes the columns and the foreign keys to any program.

use super::json::Object;
use super::selection::Selection;
use crate::error::Result;
use crate::model::{
    ARCHIVE, ASSESSMENT, Field, KINDS, Kind, Role, RowSink, Type, Value, kind_of_table,
};
use crate::ops::output_file::write_inside;
use crate::render::{Format, Style, row_sink};
use crate::store::{Children, Reader, read_rows};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::Path;

/// The codes of each code list.
type Codes = BTreeMap<&'static str, Vec<Value>>;

/// The longest code list that is repeated as an `enum` with each column that holds its codes.
const MAX_ENUM_CODES: usize = 40;

/// Writes the files of the package into a folder.
pub(super) fn write(db: &Reader, selection: &Selection, folder: &Path) -> Result<()> {
    let mut codes = Codes::new();
    let mut resources = Vec::new();
    let (mut created, mut title) = (Json::Null, Json::Null);
    for kind in KINDS {
        let columns = columns(kind);
        write_inside(folder, &format!("{}.csv", kind.table), |out| {
            // Read by programs, which want each text as it is.
            let style = Style { raw_texts: true, ..Style::default() };
            let mut sink = row_sink(Format::Csv, style, out);
            let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
            sink.begin(&names)?;
            for_each_row(db, selection, kind, |row| {
                if kind.identity == ["code"] {
                    codes.entry(kind.table).or_default().push(row[0].clone());
                }
                if kind.is(&ARCHIVE) {
                    let text = |name| kind.position(name).map(|n| row[n].to_string());
                    created = Json::from(text("created"));
                    title = Json::from(text("title").filter(|title| !title.is_empty()));
                }
                send_row(&columns, row, &mut *sink)
            })?;
            Ok(sink.end()?)
        })?;
        resources.push(resource_object(kind, &columns, &codes));
    }
    let package = Object::default()
        .with("profile", "tabular-data-package")
        .with("name", "onrecord-archive")
        .with("title", title)
        .with("created", created)
        .with("resources", resources);
    write_inside(folder, "datapackage.json", |out| {
        let text = format!("{:#}", Json::from(package));
        Ok(writeln!(out, "{text}")?)
    })
}

/// A column of a CSV file: a field of the kind, or for a part of a verdict a field of that.
struct Column {
    name: String,
    field: &'static Field,
    /// Its position in the row that `for_each_row` passes on.
    position: usize,
}

/// Returns the columns of a kind. The bytes of captured copies stay in the archive.
fn columns(kind: &'static Kind) -> Vec<Column> {
    let own = |kind: &'static Kind, shift: usize, prefix: &str| -> Vec<Column> {
        let fields = kind.fields.iter().enumerate().filter(|(_, field)| field.ty != Type::Bytes);
        let column = |(n, field): (usize, &'static Field)| Column {
            name: match matches!(field.ty, Type::Ref(_))
                || ASSESSMENT.position(field.name).is_some()
            {
                true if !prefix.is_empty() => format!("{prefix}_{}", field.name),
                _ => field.name.to_owned(),
            },
            field,
            position: n + shift,
        };
        fields.map(column).collect()
    };
    let Some(verdict) = verdict_kind(kind) else { return own(kind, 0, "") };
    // A part of a verdict has no key of its own: the identity of the verdict comes first.
    let mut columns = own(verdict, 0, "");
    columns.retain(|column| verdict.identity.contains(&column.field.name));
    columns.extend(own(kind, verdict.fields.len(), kind.word));
    columns
}

/// Returns the kind of verdicts if the rows of this kind are parts of them.
fn verdict_kind(kind: &Kind) -> Option<&'static Kind> {
    (kind.role == Role::Part).then_some(&ASSESSMENT)
}

/// Calls `visit` for the selected rows of a kind; a part of a verdict is appended to the row of that.
fn for_each_row(
    db: &Reader,
    selection: &Selection,
    kind: &'static Kind,
    mut visit: impl FnMut(&[Value]) -> Result<()>,
) -> Result<()> {
    let Some(verdict) = verdict_kind(kind) else {
        return read_rows(db, kind, |_, row| match selection.includes_row(kind, row) {
            true => visit(row),
            false => Ok(()),
        });
    };
    let children = Children::new(kind, "assessment_id");
    read_rows(db, verdict, |id, row| {
        if selection.includes_row(verdict, row) {
            for (_, evidence) in children.of(db, id)? {
                visit(&[row, &evidence].concat())?;
            }
        }
        Ok(())
    })
}

fn send_row(columns: &[Column], row: &[Value], sink: &mut dyn RowSink) -> Result<()> {
    let cells: Vec<Value> = columns.iter().map(|column| row[column.position].clone()).collect();
    Ok(sink.row(&cells)?)
}

/// Describes the CSV file of a kind.
fn resource_object(kind: &'static Kind, columns: &[Column], codes: &Codes) -> Json {
    let schema = Object::default()
        .with("fields", columns.iter().map(|c| field_object(kind, c, codes)).collect::<Vec<Json>>())
        .with("missingValues", json!([""]))
        .with("primaryKey", primary_key(kind))
        .with("foreignKeys", foreign_keys(kind, columns));
    let resource = Object::default()
        .with("profile", "tabular-data-resource")
        .with("name", kind.table)
        .with("path", format!("{}.csv", kind.table))
        .with("description", kind.about)
        .with("format", "csv")
        .with("mediatype", "text/csv")
        .with("encoding", "utf-8")
        .with("dialect", json!({"delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\n", "header": true, "skipInitialSpace": false}))
        .with("schema", schema);
    resource.into()
}

/// Describes a column: its type, its meaning and its constraints.
fn field_object(kind: &Kind, column: &Column, codes: &Codes) -> Json {
    let Column { name, field, .. } = column;
    let word = match field.ty {
        Type::Number => "number",
        Type::Integer | Type::Id(_) | Type::CodeNumber(_) => "integer",
        Type::Flag => "boolean",
        Type::Time => "datetime",
        Type::Any => "any",
        _ => "string",
    };
    let mut rules = Object::default();
    let own = kind.fields.iter().any(|own| own.name == field.name);
    if own && (field.required || field.default.is_some()) || verdict_kind(kind).is_some() && !own {
        rules = rules.with("required", true);
    }
    if kind.identity == [field.name] {
        rules = rules.with("unique", true);
    }
    if field.ty == Type::Key {
        rules = rules.with("pattern", "[a-z0-9]+(-[a-z0-9]+)*");
    }
    if let Type::Code(table) | Type::CodeNumber(table) = field.ty {
        let list: Vec<Json> = codes
            .get(table)
            .into_iter()
            .flatten()
            .map(|code| match code {
                Value::Int(number) => Json::from(*number),
                other => Json::from(other.to_string()),
            })
            .collect();
        if !list.is_empty() && list.len() <= MAX_ENUM_CODES {
            rules = rules.with("enum", list);
        }
    }
    let rules = rules.into_map();
    let mut object = Object::default()
        .with("name", name.as_str())
        .with("type", word)
        .with("description", field.about);
    if field.ty == Type::Flag {
        object = object.with("trueValues", json!(["1"])).with("falseValues", json!(["0"]));
    }
    if !rules.is_empty() {
        object = object.with("constraints", rules);
    }
    object.into()
}

/// Returns the identity columns as a primary key, if none of them can be empty.
fn primary_key(kind: &Kind) -> Json {
    let stated = |name: &&str| {
        let field = kind.position(name).map(|n| &kind.fields[n]);
        field.is_some_and(|field| field.required || field.default.is_some())
    };
    match kind.identity {
        [] => Json::Null,
        identity if identity.iter().all(stated) => json!(identity),
        _ => Json::Null,
    }
}

fn foreign_keys(kind: &Kind, columns: &[Column]) -> Json {
    let mut keys = Vec::new();
    if let Some(verdict) = verdict_kind(kind) {
        let reference = json!({"resource": verdict.table, "fields": verdict.identity});
        keys.push(json!({"fields": verdict.identity, "reference": reference}));
    }
    for column in columns {
        let table = match column.field.ty {
            Type::Ref(table) | Type::Code(table) | Type::CodeNumber(table) => table,
            _ => continue,
        };
        let name = match kind_of_table(table) {
            Some(other) if !other.identity.is_empty() => other.identity[0],
            _ => continue,
        };
        // By the specification an empty name refers to the table itself.
        let resource = if table == kind.table { "" } else { table };
        let reference = json!({"resource": resource, "fields": [name]});
        keys.push(json!({"fields": [column.name], "reference": reference}));
    }
    if keys.is_empty() { Json::Null } else { Json::Array(keys) }
}
