//! What Datasette is to say of an archive: titles, meanings of columns, labels, facets, and every report
//! as a question to click on.

use crate::check as checks;
use crate::error::{Error, Result};
use crate::model::{CancelToken, Kind, Table, Type, Value, kind_of_table};
use crate::ops::builtin_views;
use crate::ops::output_file;
use crate::store::{Reader, StoredReport, schema, stored_reports};
use serde_json::{Map, Value as Json, json};
use std::path::Path;

/// Tables that tools and the program read, not people.
const HIDDEN: [&str; 4] =
    ["geometry_columns", "refinery_schema_history", "search_dirty", "spatial_ref_sys"];

/// Columns whose unit is fixed. Those of figures stand in the rows.
const UNITS: [(&str, &str, &str); 1] = [("sqlar", "sz", "byte")];

/// Columns of views by whose values people narrow down.
const FACETS: [&str; 3] = ["status", "kind", "finding"];

/// The metadata as JSON text, for Datasette 0.65.
///
/// # Errors
/// When the archive cannot be read.
pub fn metadata(archive: &Path, cancel: CancelToken) -> Result<String> {
    let db = Reader::open(archive, cancel)?;
    let reports = stored_reports(&db)?;
    let title = db.title()?.unwrap_or_else(|| "Sourced claims".to_owned());
    let about = "Who said what, where, when and how many, who repeated it, and what was checked, by whom \
                 and why. An archive of onrecord: the queries are its reports, and every table and \
                 column says what it means.";
    let mut tables = Map::new();
    let described = schema(&db, &builtin_views())?;
    for rows in described.rows.chunk_by(|a, b| a[0] == b[0]) {
        let name = rows[0][0].to_string();
        tables.insert(name.clone(), table(&name, rows, &described, &reports));
    }
    let mut queries = Map::new();
    for report in &reports {
        let mut query = Map::new();
        let shown = report.name.replace('_', "-");
        query.insert("title".to_owned(), json!(report.title.as_ref().unwrap_or(&shown)));
        if let Some(question) = &report.question {
            query.insert("description".to_owned(), json!(question));
        }
        // Quoted, since a report made in another tool may have any name.
        let view = format!("report_{}", report.name);
        let plain = view.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let view = if plain { view } else { format!("\"{}\"", view.replace('"', "\"\"")) };
        query.insert("sql".to_owned(), json!(format!("select * from {view}")));
        // A query named as a table or view is would hide it.
        queries.insert(format!("report-{shown}"), Json::Object(query));
    }
    // Datasette names a database by the stem of its file.
    let stem = db.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let database = json!({
        "title": title, "description": about, "tables": tables, "queries": queries,
    });
    let all = json!({"title": title, "description": about, "databases": {stem: database}});
    serde_json::to_string_pretty(&all)
        .map(|text| text + "\n")
        .map_err(|error| Error::Output(error.into()))
}

/// Writes the metadata to a file, which appears under its name when it is complete.
///
/// # Errors
/// As [`metadata`], and when there is a file and `force` does not say to replace it.
pub fn write(archive: &Path, out: &Path, force: bool, cancel: CancelToken) -> Result<()> {
    let text = metadata(archive, cancel)?;
    let archive = std::path::absolute(archive).unwrap_or_else(|_| archive.to_owned());
    output_file::file(out, &archive, force, |_, file| Ok(file.write_all(text.as_bytes())?))
}

/// What is said of one table or view; `rows` are its rows of the schema.
fn table(name: &str, rows: &[Vec<Value>], schema: &Table, reports: &[StoredReport]) -> Json {
    let mut entry = Map::new();
    let report = name.strip_prefix("report_");
    let report = reports.iter().find(|known| report == Some(known.name.as_str()));
    let title = report.and_then(|report| report.title.clone()).or_else(|| check_title(name));
    entry.insert("title".to_owned(), json!(title.unwrap_or_else(|| words(name))));
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
        Some(kind) => kind_of_facets(kind),
        None if name == "columns" => vec!["table_name"],
        None if is_table => Vec::new(),
        None => rows
            .iter()
            .filter_map(|row| row[column].as_text())
            .filter(|c| FACETS.contains(c))
            .collect(),
    };
    if !facets.is_empty() {
        entry.insert("facets".to_owned(), json!(facets));
    }
    if let Some(kind) = kind_of_table(name) {
        label_and_order(kind, &mut entry);
    }
    if HIDDEN.contains(&name) || name.ends_with("_fts") {
        entry.insert("hidden".to_owned(), json!(true));
    }
    Json::Object(entry)
}

/// The columns of a table by whose codes people narrow down.
fn kind_of_facets(kind: &Kind) -> Vec<&'static str> {
    let coded = kind.fields.iter().filter(|field| matches!(field.ty, Type::Code(_)));
    let mut facets: Vec<&'static str> = coded.map(|field| field.column).collect();
    match kind.table {
        "sources" => facets.push("language"),
        "revisions" => facets.extend(["table_name", "action"]),
        _ => {}
    }
    facets
}

/// What a row is called where another refers to it, and the order in which rows are shown.
fn label_and_order(kind: &Kind, entry: &mut Map<String, Json>) {
    let has = |name: &str| kind.position(name).is_some();
    let label = match kind.identity {
        ["code"] if has("label") => Some("label"),
        _ => ["key", "name"].into_iter().find(|name| has(name)),
    };
    if let Some(label) = label {
        entry.insert("label_column".to_owned(), json!(label));
    }
    // What is newest is asked for first, codes have their rank, the rest is looked up by its key.
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

/// "claim_links" as "Claim links".
fn words(name: &str) -> String {
    let text = name.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
