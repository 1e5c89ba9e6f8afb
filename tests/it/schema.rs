//! The file format: migrations are frozen, every rule has its guards, every column its sentence,
//! and no word is newer than the SQLite it is promised to.

use crate::common::{Sandbox, files, golden};
use onrecord::model::{KINDS, Type};
use onrecord::ops::captures::attach::sha256;
use onrecord::store::{LATEST, MIGRATIONS};
use std::collections::BTreeSet;
use std::fmt::Write;

#[test]
fn migrations_are_listed_and_frozen() {
    let names: BTreeSet<String> = files("migrations", ".sql")
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let listed: BTreeSet<String> = MIGRATIONS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, listed, "migrations/ and store/migrate.rs differ");
    for (n, (name, _)) in MIGRATIONS.iter().enumerate() {
        assert!(name.starts_with(&format!("V{}__", n + 1)), "{name} is out of order");
    }
    // One that has landed is never edited: add another.
    let mut sums = String::new();
    for (name, sql) in MIGRATIONS {
        assert!(!sql.contains('\r'), "{name} has CR LF line ends");
        for word in ["COMMIT", "IF NOT EXISTS", "PRAGMA foreign_keys"] {
            assert!(!sql.contains(word), "{name} says {word}");
        }
        writeln!(sums, "{}  {name}.sql", sha256(sql.as_bytes())).unwrap();
    }
    golden("migrations.sha256", &sums);
}

/// The whole schema in one place, so that a migration's effect is seen in one diff.
#[test]
fn schema_is_as_written_down() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let mut statement = conn
        .prepare("SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT GLOB '*_fts_*' ORDER BY type, name")
        .unwrap();
    let mut text = String::new();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (kind, name, table): (String, String, String) =
            (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap());
        writeln!(
            text,
            "{kind} {name}{}",
            if name == table { String::new() } else { format!(" on {table}") }
        )
        .unwrap();
        if kind == "table" || kind == "view" {
            let columns: Vec<String> = names(
                &conn,
                "SELECT name || ' ' || type || iif(\"notnull\", ' NOT NULL', '') FROM pragma_table_info(?1)",
                &[&name],
            );
            columns.iter().for_each(|column| writeln!(text, "  {}", column.trim()).unwrap());
        }
    }
    golden("schema.txt", &text);
}

/// Tables that follow from others or from the format of the file, not from what people wrote.
const DERIVED: [&str; 5] =
    ["search_dirty", "geometry_columns", "spatial_ref_sys", "dates", "columns"];

/// Of these, the ones that triggers or the format itself keep.
const KEPT: [&str; 4] = ["search_dirty", "geometry_columns", "spatial_ref_sys", "dates"];

/// The one column of text that a query gives.
fn names<T: FromIterator<String>>(
    conn: &rusqlite::Connection,
    sql: &str,
    params: &[&dyn rusqlite::ToSql],
) -> T {
    let mut statement = conn.prepare(sql).unwrap();
    statement.query_map(params, |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn tables(conn: &rusqlite::Connection) -> Vec<String> {
    names(
        conn,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_fts*' AND name NOT GLOB 'refinery*' ORDER BY name",
        &[],
    )
}

#[test]
fn kinds_are_the_tables() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    for table in tables(&conn) {
        let mut columns: BTreeSet<String> =
            names(&conn, "SELECT name FROM pragma_table_info(?1)", &[&table]);
        assert!(columns.remove("id"), "{table} has no id");
        let Some(kind) = KINDS.iter().find(|kind| kind.table == table) else {
            assert!(DERIVED.contains(&table.as_str()), "{table} has no kind");
            continue;
        };
        columns.remove("assessment_id");
        let fields: BTreeSet<String> = kind.fields.iter().map(|f| f.column.to_owned()).collect();
        assert_eq!(columns, fields, "{table}");
        for field in kind.fields {
            assert!(!field.about.is_empty());
            if let Type::Ref(to) | Type::Code(to) | Type::CodeNumber(to) = field.ty {
                let refers: i64 = conn
                    .query_row(
                        "SELECT count(*) FROM pragma_foreign_key_list(?1) WHERE \"table\" = ?2 AND \"from\" = ?3",
                        [&table, to, field.column],
                        |row| row.get(0),
                    )
                    .unwrap();
                assert_eq!(refers, 1, "{table}.{} does not refer to {to}", field.column);
            }
        }
    }
}

/// A foreign key that is off in most tools, and a UNIQUE that REPLACE walks past, stand as triggers
/// too: on both ends of the one, before INSERT and before UPDATE of the other.
#[test]
fn every_rule_has_its_guards() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let trigger = |name: String| -> String {
        conn.query_row(
            "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1",
            [&name],
            |row| row.get(0),
        )
        .unwrap_or_else(|_| panic!("there is no trigger {name}"))
    };
    for table in tables(&conn).iter().filter(|table| !KEPT.contains(&table.as_str())) {
        let insert = trigger(format!("{table}_insert_guard"));
        let update = trigger(format!("{table}_update_guard"));
        let frozen = !update.contains("WHERE");
        assert!(insert.contains("id = new.id"), "{table}: REPLACE by id gets through");
        assert!(frozen || update.contains("new.id IS NOT old.id"), "{table}: its id can change");
        let references: Vec<(String, String, String)> = conn
            .prepare("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1)")
            .unwrap()
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for (column, parent, key) in references {
            let test = format!("NOT EXISTS (SELECT 1 FROM {parent} WHERE {key} = new.{column})");
            assert!(insert.contains(&test), "{table}.{column} is not guarded on INSERT");
            assert!(frozen || update.contains(&test), "{table}.{column} is not guarded on UPDATE");
            let delete = trigger(format!("{parent}_delete_guard"));
            let append_only = !delete.contains("WHERE");
            assert!(
                append_only
                    || delete
                        .contains(&format!("SELECT 1 FROM {table} WHERE {column} = old.{key}")),
                "{parent} can be deleted under {table}.{column}"
            );
        }
        let uniques: Vec<String> =
            names(&conn, "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" = 1", &[&table]);
        for index in uniques {
            let columns: Vec<String> = names(
                &conn,
                "SELECT name FROM pragma_index_info(?1) WHERE name IS NOT NULL",
                &[&index],
            );
            for column in columns {
                let test = format!("{column} = new.{column}");
                assert!(
                    insert.contains(&test),
                    "{table}: UNIQUE {column} is not guarded on INSERT"
                );
                let fixed = update.contains(&format!("new.{column} IS NOT old.{column}"));
                assert!(
                    frozen || fixed || update.contains(&test),
                    "{table}: UNIQUE {column} on UPDATE"
                );
            }
        }
    }
}

/// Every column of every table that can be changed leaves what it was in `revisions`.
#[test]
fn every_change_leaves_a_revision() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let core = [
        "sources",
        "source_origins",
        "locations",
        "location_names",
        "claims",
        "claim_locations",
        "mentions",
        "claim_links",
        "measures",
        "figures",
        "equations",
        "captures",
    ];
    let codes = KINDS.iter().filter(|kind| kind.identity == ["code"]).map(|kind| kind.table);
    for table in core.into_iter().chain(codes) {
        for (deed, tells_apart) in [("updated", false), ("deleted", true)] {
            let sql: String = conn
                .query_row(
                    "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1",
                    [format!("{table}_{deed}")],
                    |row| row.get(0),
                )
                .unwrap_or_else(|_| panic!("{table} leaves no revision when {deed}"));
            let guard: String = conn
                .query_row(
                    "SELECT sql FROM sqlite_schema WHERE name = ?1",
                    [format!("{table}_update_guard")],
                    |row| row.get(0),
                )
                .unwrap();
            let columns: Vec<String> = names(
                &conn,
                "SELECT name FROM pragma_table_info(?1) WHERE name <> 'id'",
                &[&table],
            );
            for column in columns {
                // A status follows from the verdicts, which stay; a fixed column cannot change.
                let fixed =
                    !tells_apart && guard.contains(&format!("new.{column} IS NOT old.{column}"));
                if fixed || (table == "claims" && column == "status") {
                    continue;
                }
                assert!(
                    sql.contains(&format!("'{column}'")),
                    "{table}.{column} leaves no revision when {deed}"
                );
            }
        }
    }
}

#[test]
fn every_column_has_its_sentence() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    for table in tables(&conn) {
        let sql: String = conn
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [&table], |row| row.get(0))
            .unwrap();
        let columns: Vec<String> =
            names(&conn, "SELECT name FROM pragma_table_info(?1)", &[&table]);
        let lines: Vec<&str> = sql.lines().map(str::trim).collect();
        for column in columns {
            if column.starts_with("old_") {
                continue;
            }
            let at = lines
                .iter()
                .position(|line| {
                    line.split([' ', ',']).next() == Some(&column) && !line.starts_with("--")
                })
                .unwrap_or_else(|| panic!("{table}.{column} is not in its own schema"));
            assert!(lines[at - 1].starts_with("-- "), "{table}.{column} has no sentence above it");
        }
    }
}

/// One word that an older SQLite does not know makes the whole file unreadable to it.
#[test]
fn no_word_is_newer_than_the_promise() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let all: Vec<(String, String)> = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'refinery*' AND name NOT GLOB '*_fts_*'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let banned = [
        "STRICT",
        "WITHOUT ROWID",
        "GENERATED",
        "->",
        "DISTINCT FROM",
        "NULLS LAST",
        "NULLS FIRST",
        "FILTER (",
        "RETURNING",
        "MATERIALIZED",
        "FULL JOIN",
        "RIGHT JOIN",
        "ON CONFLICT",
        "OVER (",
        "IIF(",
        "JSON",
        "UNIXEPOCH",
        " CONCAT(",
        "STRING_AGG",
        "FORMAT(",
        "UNHEX",
        " TRUE",
        " FALSE",
    ];
    for (name, sql) in &all {
        let code: String = sql
            .lines()
            .map(|line| line.split("--").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n");
        // What stands in quotes is data.
        let code: String =
            code.split('\'').step_by(2).collect::<Vec<_>>().join("''").to_uppercase();
        for word in banned {
            assert!(!code.contains(word), "{name} says {word}");
        }
        // DuckDB reads views by its own grammar, and one that it cannot parse hides them all.
        if code.starts_with("CREATE VIEW") {
            for word in ["COUNT(*)", " GLOB "] {
                assert!(!code.contains(word), "{name} says {word}, which DuckDB cannot read");
            }
        }
    }
    assert!(all.len() > 150);
}

#[test]
fn the_file_says_what_it_is() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let pragma = |name: &str| -> i64 {
        conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!(pragma("application_id"), 0x6f6e_7263);
    assert_eq!(pragma("user_version"), LATEST);
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
    let row: (String, i64, String) = conn
        .query_row("SELECT format, version, created FROM archive", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(row, ("onrecord".to_owned(), LATEST, "2021-07-02T12:00:00Z".to_owned()));
}
