//! The archive as SQL for PostgreSQL: its tables, rules and views, made from the text that SQLite runs, so that no
//! report and no rule is written twice.

mod changes;
mod copy_text;
#[cfg(feature = "postgres")]
mod login;
#[cfg(not(feature = "postgres"))]
mod no_server;
mod restore;
mod rules;
#[cfg(feature = "postgres")]
mod server;
#[cfg(feature = "postgres")]
mod tls;
mod triggers;

use super::connection::{Handle, Reader, in_memory};
use super::query::Query;
use super::rows::sql::quote;
use super::schema::texts::DERIVED;
use super::schema::{ViewSpec, install_views, keep_columns, schema, stored_reports};
use crate::error::{Error, Result};
#[cfg(feature = "postgres")]
use crate::model::sql_tree::walk;
use crate::model::sql_tree::{Node, parse, print};
use crate::model::{OWN_VIEWS, RowSink, Table, Value};
pub use changes::Changes;
#[cfg(not(feature = "postgres"))]
pub use no_server::Server;
pub use restore::{PostgresRows, restore_rows};
use rules::{index, table, translate};
#[cfg(feature = "postgres")]
pub use server::Server;
use triggers::trigger;

/// The functions of SQLite that the views and rules use.
pub const POSTGRES_FUNCTIONS: &str = include_str!("compat.sql");

/// The columns of the table of reports that people made, which the server holds and does not run.
const OWN_VIEW_COLUMNS: [&str; 2] = ["name", "sql"];

/// A table of an archive in PostgreSQL.
#[derive(Clone, Debug)]
pub struct PostgresTable {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

impl PostgresTable {
    /// The table of reports that people made: in SQLite they are views.
    fn own_views() -> Self {
        let columns = OWN_VIEW_COLUMNS.map(str::to_owned).to_vec();
        PostgresTable { name: OWN_VIEWS.to_owned(), columns }
    }

    /// Its columns as a list in SQL.
    pub fn column_list(&self) -> String {
        self.columns.iter().map(|column| quote(column)).collect::<Vec<_>>().join(", ")
    }
}

/// The parts of an archive as SQL for PostgreSQL.
#[derive(Clone, Debug, Default)]
pub struct PostgresSchema {
    /// The tables, in the order in which they are made.
    pub tables: Vec<PostgresTable>,
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
    let named = |sql: &str| named(&fresh, sql);
    install_views(&fresh, views)?;
    keep_columns(&fresh, views)?;
    let mut made = PostgresSchema { tables: postgres_tables(&fresh)?, ..PostgresSchema::default() };
    for (_, sql) in named(include_str!("tables.sql"))? {
        let (create, links) = table(&mut nodes(&sql)?);
        made.create.push_str(&create);
        made.links.extend(links);
    }
    made.create.push_str(include_str!("own_views.sql"));
    let of_these = |kind: &str| -> Result<Vec<String>> {
        let all = named(&format!(
            "SELECT tbl_name AS name, sql FROM sqlite_schema WHERE type = '{kind}' AND sql IS NOT NULL ORDER BY rowid"
        ))?;
        let ours = all
            .into_iter()
            .filter(|(table, _)| made.tables.iter().any(|known| known.name == *table));
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

fn named(db: &Handle, sql: &str) -> Result<Vec<(String, String)>> {
    let read = || -> rusqlite::Result<Vec<(String, String)>> {
        let mut statement = db.conn.prepare(sql)?;
        statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?.collect()
    };
    read().map_err(|error| db.map_err("read its schema", &error))
}

/// The tables that an archive has in PostgreSQL, in the order in which they are made.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn postgres_tables(db: &Handle) -> Result<Vec<PostgresTable>> {
    let mut tables = Vec::new();
    for (name, _) in named(db, include_str!("tables.sql"))? {
        let sql = format!("SELECT name, '' AS sql FROM pragma_table_info('{name}') ORDER BY cid");
        let columns = named(db, &sql)?.into_iter().map(|(column, _)| column).collect();
        tables.push(PostgresTable { name, columns });
    }
    tables.push(PostgresTable::own_views());
    Ok(tables)
}

/// The statements that give each table and column its meaning.
fn comments(described: &Table, tables: &[PostgresTable]) -> String {
    let mut text = String::new();
    for row in &described.rows {
        let [Value::Text(table), column, _, Value::Text(meaning)] = row.as_slice() else {
            continue;
        };
        if !tables.iter().any(|known| known.name == *table) {
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

/// Translates a statement that reads, with values in the place of its parameters: `:name` and `?1` ask `value` for theirs.
/// One that it does not know stays.
#[cfg(feature = "postgres")]
fn asked_sql(sql: &str, value: &dyn Fn(&str) -> Option<Value>) -> Result<String> {
    let mut nodes = nodes(sql)?;
    let refused = |what: &str| Error::Refused {
        what: format!("cannot ask a server for a text with the character {what}"),
        hint: "PostgreSQL has no text with it".to_owned(),
    };
    let filled = walk(&mut nodes, &mut |nodes| {
        let mut at = 0;
        while at + 1 < nodes.len() {
            if (nodes[at].is(":") || nodes[at].is("?"))
                && let Some(value) = value(nodes[at + 1].text())
            {
                let before = std::mem::take(nodes[at].before_mut());
                nodes.splice(at..at + 2, [Node::new(&before, &literal(&value)?)]);
            }
            at += 1;
        }
        Ok(())
    });
    filled.map_err(|what| refused(&what))?;
    translate(&mut nodes);
    Ok(print(&nodes).trim().to_owned())
}

/// A value as a literal of SQL.
#[cfg(feature = "postgres")]
fn literal(value: &Value) -> std::result::Result<String, String> {
    Ok(match value {
        Value::Null => "NULL".to_owned(),
        Value::Text(text) if text.contains('\0') => return Err("NUL".to_owned()),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Bytes(bytes) => {
            format!("'\\x{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        }
        number => number.to_string(),
    })
}

/// The statement after which a table gives no id up to this one.
pub fn next_id(table: &str, id: i64) -> String {
    format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), {id});\n")
}

/// The bytes of hexadecimal digits. `None` for other signs.
fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let digit = |sign: u8| char::from(sign).to_digit(16).and_then(|n| u8::try_from(n).ok());
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

fn translated(sql: &str) -> Result<String> {
    let mut nodes = nodes(sql)?;
    translate(&mut nodes);
    Ok(format!("{};\n", print(&nodes).trim()))
}

/// Sends the rows of a table to `sink`, in the order of their ids.
///
/// # Errors
/// Fails if the archive cannot be read or the output not be written.
pub fn send_table(db: &Reader, table: &PostgresTable, sink: &mut dyn RowSink) -> Result<()> {
    if table.name == OWN_VIEWS {
        sink.begin(&table.columns)?;
        for report in stored_reports(db)?.into_iter().filter(|report| !report.builtin) {
            sink.row(&[Value::Text(format!("report_{}", report.name)), Value::Text(report.sql)])?;
        }
        return Ok(sink.end()?);
    }
    let sql =
        format!("SELECT {} FROM main.{} ORDER BY rowid", table.column_list(), quote(&table.name));
    Query { sql, params: Vec::new() }.run(db, sink)
}
