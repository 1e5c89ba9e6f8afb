//! Metadata for Datasette: titles, comments on columns, labels, facets, and every report as a
//! canned query. Datasette 0.65 reads all of it as metadata. In 1.0 queries, facets and labels are
//! configuration, in the same form, and either part passes over what is the other's: one file is given as both.

use crate::check as checks;
use crate::error::{Error, Result};
use crate::model::{CancelToken, Kind, Table, Type, Value, kind_of_table};
use crate::ops::context::{builtin_views, open_reader};
use crate::ops::output_file;
use crate::store::{StoredReport, schema, stored_reports};
use serde_json::{Map, Value as Json, json};
use std::path::Path;

/// Tables for tools and the program rather than for people.
const HIDDEN_TABLES: [&str; 4] =
    ["geometry_columns", "refinery_schema_history", "search_dirty", "spatial_ref_sys"];

/// Columns with a fixed unit: table, column, unit. Figures state theirs in the row.
const UNITS: [(&str, &str, &str); 1] = [("sqlar", "sz", "byte")];

/// Columns of views that are useful as facets.
const VIEW_FACETS: [&str; 3] = ["status", "kind", "finding"];

/// Builds the metadata as JSON text.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn build_metadata(archive: &Path, cancel: CancelToken) -> Result<String> {
    let db = open_reader(archive, cancel)?;
    let reports = stored_reports(&db)?;
    let title = db.title()?.unwrap_or_else(|| "Sourced claims".to_owned());
    let about = "Who said what, where, when and how many, who repeated it, and what was checked, by whom \
                 and why. An archive of onrecord: the queries are its reports, and every table and \
                 column says what it means.";
    let mut tables = Map::new();
    let described = schema(&db, builtin_views())?;
    for rows in described.rows.chunk_by(|a, b| a[0] == b[0]) {
        let name = rows[0][0].to_string();
        tables.insert(name.clone(), table_entry(&name, rows, &described, &reports));
    }
    let mut queries = Map::new();
    for report in &reports {
        let mut query = Map::new();
        let shown = report.name.replace('_', "-");
        query.insert("title".to_owned(), json!(report.title.as_ref().unwrap_or(&shown)));
        if let Some(question) = &report.question {
            query.insert("description".to_owned(), json!(question));
        }
        // A report created by another tool may have any name.
        let view = format!("report_{}", report.name);
        let plain = view.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let view = if plain { view } else { format!("\"{}\"", view.replace('"', "\"\"")) };
        query.insert("sql".to_owned(), json!(format!("select * from {view}")));
        // A query with the name of a table or view would hide it.
        queries.insert(format!("report-{shown}"), Json::Object(query));
    }
    // Datasette names a database after the stem of its file.
    let stem = db.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let database = json!({
        "title": title, "description": about, "tables": tables, "queries": queries,
    });
    let all = json!({"title": title, "description": about, "databases": {stem: database}});
    serde_json::to_string_pretty(&all)
        .map(|text| text + "\n")
        .map_err(|error| Error::Output(error.into()))
}

/// Writes the metadata to a file, which appears under its name only when it is complete.
///
/// # Errors
/// As [`build_metadata`], and when the file exists and `force` is not set.
pub fn write(archive: &Path, out: &Path, force: bool, cancel: CancelToken) -> Result<()> {
    let text = build_metadata(archive, cancel)?;
    let archive = std::path::absolute(archive).unwrap_or_else(|_| archive.to_owned());
    output_file::write_file(out, &archive, force, |_, file| Ok(file.write_all(text.as_bytes())?))
}

/// Builds the entry of a table or view; `rows` are its rows in the schema.
fn table_entry(name: &str, rows: &[Vec<Value>], schema: &Table, reports: &[StoredReport]) -> Json {
    let mut entry = Map::new();
    let report = name.strip_prefix("report_");
    let report = reports.iter().find(|known| report == Some(known.name.as_str()));
    let title = report.and_then(|report| report.title.clone()).or_else(|| check_title(name));
    entry.insert("title".to_owned(), json!(title.unwrap_or_else(|| title_case(name))));
    let at = |word: &str| schema.columns.iter().position(|column| column == word).unwrap_or(0);
    let (column, kind, meaning) = (at("column"), at("type"), at("meaning"));
    let is_table = rows[0][kind].as_text() == Some("table");
    let mut columns = Map::new();
    for row in rows {
        match (row[column].as_text(), row[meaning].as_text()) {
            (Some(""), Some(text)) => {
                entry.insert("description".to_owned(), json!(text));
            }
            (Some(name), Some(text)) => {
                columns.insert(name.to_owned(), json!(text));
            }
            _ => {}
        }
    }
    entry.insert("columns".to_owned(), Json::Object(columns));
    let units: Map<String, Json> = UNITS
        .iter()
        .filter(|(table, ..)| *table == name)
        .map(|(_, column, unit)| ((*column).to_owned(), json!(unit)))
        .collect();
    if !units.is_empty() {
        entry.insert("units".to_owned(), Json::Object(units));
    }
    let facets: Vec<&str> = match kind_of_table(name) {
        Some(kind) => facets_of(kind),
        None if name == "columns" => vec!["table_name"],
        None if is_table => Vec::new(),
        None => rows
            .iter()
            .filter_map(|row| row[column].as_text())
            .filter(|c| VIEW_FACETS.contains(c))
            .collect(),
    };
    if !facets.is_empty() {
        entry.insert("facets".to_owned(), json!(facets));
    }
    if let Some(kind) = kind_of_table(name) {
        set_label_and_order(kind, &mut entry);
    }
    if HIDDEN_TABLES.contains(&name) || name.ends_with("_fts") {
        entry.insert("hidden".to_owned(), json!(true));
    }
    Json::Object(entry)
}

/// Returns the facets of a table: the columns that hold codes.
fn facets_of(kind: &Kind) -> Vec<&'static str> {
    let coded = kind.fields.iter().filter(|field| matches!(field.ty, Type::Code(_)));
    let mut facets: Vec<&'static str> = coded.map(|field| field.column).collect();
    match kind.table {
        "sources" => facets.push("language"),
        "revisions" => facets.extend(["table_name", "action"]),
        _ => {}
    }
    facets
}

/// Sets the column that labels a row where another refers to it, and the sort order.
fn set_label_and_order(kind: &Kind, entry: &mut Map<String, Json>) {
    let has = |name: &str| kind.fields.iter().any(|field| field.column == name);
    let label = match kind.identity {
        ["code"] if has("label") => Some("label"),
        _ => ["key", "name"].into_iter().find(|name| has(name)),
    };
    if let Some(label) = label {
        entry.insert("label_column".to_owned(), json!(label));
    }
    // Dated rows newest first, codes by rank, everything else by key.
    match ["at", "rank", "key"].into_iter().find(|name| has(name)) {
        Some("at") => entry.insert("sort_desc".to_owned(), json!("at")),
        Some(column) => entry.insert("sort".to_owned(), json!(column)),
        None => None,
    };
}

fn check_title(view: &str) -> Option<String> {
    let name = view.strip_prefix("check_")?.replace('_', "-");
    let header = checks::builtin().into_iter().find(|header| header.name == name)?;
    Some(format!("Check: {}", header.title))
}

/// Formats "claim_links" as "Claim links".
fn title_case(name: &str) -> String {
    let text = name.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
