//! The archive as SQL for PostgreSQL: its tables, rules and views, made from the text that SQLite runs, so that no
//! report and no rule is written twice.

mod rules;
mod triggers;

use super::connection::{Reader, in_memory};
use super::query::Query;
use super::rows::sql::quote;
use super::schema::texts::DERIVED;
use super::schema::{ViewSpec, install_views, keep_columns, schema};
use crate::error::{Error, Result};
use crate::model::sql_tree::{Node, parse, print};
use crate::model::{RowSink, Table, Value};
use rules::{index, table, translate};
use triggers::trigger;

/// The functions of SQLite that the views and rules use.
pub const POSTGRES_FUNCTIONS: &str = include_str!("compat.sql");

/// The parts of an archive as SQL for PostgreSQL.
#[derive(Clone, Debug, Default)]
pub struct PostgresSchema {
    /// The tables with their columns, in the order in which they are made.
    pub tables: Vec<(String, Vec<String>)>,
    /// The statements that create the tables, with the meaning of each column.
    pub create: String,
    /// The foreign keys and indexes, for tables with rows.
    pub links: String,
    /// The derived views, checks and reports.
    pub views: String,
    /// The triggers.
    pub rules: String,
}

/// Translates what this program writes into every archive.
///
/// # Errors
/// Fails if memory runs out.
pub fn postgres_schema(views: &[ViewSpec]) -> Result<PostgresSchema> {
    let fresh = in_memory("0001-01-01T00:00:00Z")?;
    let named = |sql: &str| -> Result<Vec<(String, String)>> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut statement = fresh.conn.prepare(sql)?;
            statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?.collect()
        };
        read().map_err(|error| fresh.map_err("read its schema", &error))
    };
    install_views(&fresh, views)?;
    keep_columns(&fresh, views)?;
    let mut made = PostgresSchema::default();
    for (name, sql) in named(include_str!("tables.sql"))? {
        let (create, links) = table(&mut nodes(&sql)?);
        made.create.push_str(&create);
        made.links.extend(links);
        let columns = named(&format!(
            "SELECT name, '' AS sql FROM pragma_table_info('{name}') ORDER BY cid"
        ))?;
        made.tables.push((name, columns.into_iter().map(|(column, _)| column).collect()));
    }
    let of_these = |kind: &str| -> Result<Vec<String>> {
        let all = named(&format!(
            "SELECT tbl_name AS name, sql FROM sqlite_schema WHERE type = '{kind}' AND sql IS NOT NULL ORDER BY rowid"
        ))?;
        let ours =
            all.into_iter().filter(|(table, _)| made.tables.iter().any(|(name, _)| name == table));
        Ok(ours.map(|(_, sql)| sql).collect())
    };
    let (indexes, triggers) = (of_these("index")?, of_these("trigger")?);
    for sql in indexes {
        let mut nodes = nodes(&sql)?;
        index(&mut nodes);
        made.links.push_str(&format!("{};\n", print(&nodes).trim()));
    }
    for sql in triggers {
        made.rules.extend(trigger(&nodes(&sql)?));
    }
    for (_, sql) in DERIVED {
        made.views.push_str(&translated(sql.trim_end().trim_end_matches(';'))?);
    }
    // A report may read a check.
    let (checks, reports): (Vec<_>, Vec<_>) =
        views.iter().partition(|spec| spec.view.starts_with("check_"));
    for spec in checks.into_iter().chain(reports) {
        made.views.push_str(&translated(&format!("CREATE VIEW {} AS\n{}", spec.view, spec.sql))?);
    }
    made.create.push_str(&comments(&schema(&fresh, views)?, &made.tables));
    Ok(made)
}

/// The statements that give each table and column its meaning.
fn comments(described: &Table, tables: &[(String, Vec<String>)]) -> String {
    let mut text = String::new();
    for row in &described.rows {
        let [Value::Text(table), column, _, Value::Text(meaning)] = row.as_slice() else {
            continue;
        };
        if !tables.iter().any(|(name, _)| name == table) {
            continue;
        }
        let meaning = meaning.replace('\'', "''");
        text.push_str(&match column.as_text().filter(|column| !column.is_empty()) {
            Some(column) => {
                format!("COMMENT ON COLUMN {table}.{} IS '{meaning}';\n", quote(column))
            }
            None => format!("COMMENT ON TABLE {table} IS '{meaning}';\n"),
        });
    }
    text
}

fn nodes(sql: &str) -> Result<Vec<Node>> {
    parse(sql).map_err(|what| Error::Refused {
        what: format!("cannot translate the SQL of this program: {what}"),
        hint: "this is an error in onrecord; please report it".to_owned(),
    })
}

fn translated(sql: &str) -> Result<String> {
    let mut nodes = nodes(sql)?;
    translate(&mut nodes);
    Ok(format!("{};\n", print(&nodes).trim()))
}

/// Sends the rows of a table, with these columns, to `sink`, in the order of their ids.
///
/// # Errors
/// Fails if the archive cannot be read or the output not be written.
pub fn send_table(
    db: &Reader,
    table: &str,
    columns: &[String],
    sink: &mut dyn RowSink,
) -> Result<()> {
    let columns: Vec<String> = columns.iter().map(|column| quote(column)).collect();
    let sql = format!("SELECT {} FROM main.{} ORDER BY rowid", columns.join(", "), quote(table));
    Query { sql, params: Vec::new() }.run(db, sink)
}
