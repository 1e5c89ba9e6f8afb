//! The file format: frozen migrations, guards for every rule, a comment for every column, and stored
//! SQL that old versions of SQLite and other engines can read.

use crate::common::{Sandbox, files, golden};
use onrecord::model::{KINDS, Type, all_kinds};
use onrecord::ops::sha256;
use onrecord::shipped::{INSTALLED, LATEST, MIGRATIONS, installed_text};
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
    // A released migration is never edited: add another.
    let mut sums = String::new();
    for (name, sql) in MIGRATIONS {
        assert!(!sql.contains('\r'), "{name} has CR LF line ends");
        for word in ["COMMIT", "IF NOT EXISTS", "PRAGMA foreign_keys"] {
            assert!(!sql.contains(word), "{name} says {word}");
        }
        // They are installed with the text of the program, and renewed without a migration.
        for word in ["CREATE TRIGGER", "CREATE VIEW"] {
            assert!(!sql.contains(word), "{name} says {word}; it belongs to src/store/schema/");
        }
        writeln!(sums, "{}  {name}.sql", sha256(sql.as_bytes())).unwrap();
    }
    golden("migrations.sha256", &sums);
}

/// An archive gets new triggers and views only if `INSTALLED` is above its own number.
#[test]
fn installed_text_has_a_number_of_its_own() {
    let mut text = installed_text();
    for header in onrecord::shipped::reports().iter().chain(&onrecord::shipped::checks()) {
        text.push_str(&header.name);
        text.push_str(&header.sql);
    }
    let found = format!("{INSTALLED} {}\n", sha256(text.as_bytes()));
    let path = crate::common::root().join("tests/golden/installed.sha256");
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("BLESS").is_some() && held.split(' ').next() != found.split(' ').next() {
        std::fs::write(&path, &found).unwrap();
        return;
    }
    assert!(
        held == found,
        "a trigger or view that the program installs was changed: raise INSTALLED in \
         src/store/schema/texts.rs, so that older files get the new text, and write \
         tests/golden/installed.sha256 anew with BLESS=1; found:\n{found}"
    );
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
const DERIVED: [&str; 8] = [
    "search_dirty",
    "geometry_columns",
    "spatial_ref_sys",
    "kept_weights",
    "kept_origins",
    "outdated_claims",
    "outdated_sources",
    "kept_figures",
];

/// Those of them that triggers or the format itself maintain.
const KEPT: [&str; 9] = [
    "search_dirty",
    "geometry_columns",
    "spatial_ref_sys",
    "dates",
    "kept_weights",
    "kept_origins",
    "outdated_claims",
    "outdated_sources",
    "kept_figures",
];

/// What the program keeps of other rows, by their ids: nothing refers to it.
const OF_OTHERS: [&str; 5] =
    ["kept_weights", "kept_origins", "outdated_claims", "outdated_sources", "kept_figures"];

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
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_fts*' AND name NOT GLOB 'refinery*' AND name NOT GLOB 'sqlite_*' ORDER BY name",
        &[],
    )
}

#[test]
fn every_kind_has_the_columns_of_its_table() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    for table in tables(&conn) {
        let mut columns: BTreeSet<String> =
            names(&conn, "SELECT name FROM pragma_table_info(?1)", &[&table]);
        let has_id = columns.remove("id");
        assert_ne!(has_id, OF_OTHERS.contains(&table.as_str()), "{table} has no id");
        let Some(kind) = all_kinds().find(|kind| kind.table == table) else {
            assert!(DERIVED.contains(&table.as_str()), "{table} has no kind");
            continue;
        };
        let all = || kind.fields.iter().chain(kind.local);
        let fields: BTreeSet<String> = all().map(|field| field.column.to_owned()).collect();
        assert_eq!(columns, fields, "{table}");
        for field in all() {
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

/// Foreign keys are off in most tools, and REPLACE bypasses UNIQUE, so triggers repeat both: on both
/// ends of a reference, before INSERT and before UPDATE of a unique column.
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
        // What triggers note of a row that is only ever added may change.
        let noted = all_kinds().any(|kind| kind.table == table && kind.append_only);
        let frozen = !update.contains("WHERE") || noted;
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

/// Every change of a column that can be changed leaves the former value in `revisions`.
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
        "aliases",
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
                // A status follows from the verdicts, which are kept; derived columns have no history; a
                // fixed column cannot change.
                let fixed = !tells_apart
                    && column != "key"
                    && guard.contains(&format!("new.{column} IS NOT old.{column}"));
                let local = all_kinds()
                    .filter(|kind| kind.table == table)
                    .any(|kind| kind.local.iter().any(|field| field.column == column));
                // The versions of claims have a trigger of their own.
                let derived = table == "claims" && ["status", "version"].contains(&&*column);
                if fixed || local || derived {
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
    for table in tables(&conn).into_iter().filter(|table| !OF_OTHERS.contains(&table.as_str())) {
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
            let added = format!("ALTER TABLE {table} ADD COLUMN {column} ");
            let migrations = MIGRATIONS.iter().flat_map(|(_, sql)| sql.lines());
            let migrations: Vec<&str> = migrations.collect();
            if let Some(at) = migrations.iter().position(|line| line.starts_with(&added)) {
                assert!(migrations[at - 1].starts_with("-- "), "{table}.{column} has no sentence");
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
fn stored_sql_is_that_of_sqlite_3_28() {
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
fn the_file_identifies_itself() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let pragma = |name: &str| -> i64 {
        conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!(pragma("application_id"), 0x6f6e_7263);
    assert_eq!(pragma("user_version"), LATEST);
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
    let row: (String, i64, i64, String) = conn
        .query_row("SELECT format, version, installed, created FROM archive", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap();
    let created = "2021-07-02T12:00:00Z".to_owned();
    assert_eq!(row, ("onrecord".to_owned(), LATEST, INSTALLED, created));
}

/// The SQL that other engines have to read too: views of every sort, and triggers.
fn shipped() -> Vec<(String, String)> {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let mut statement = conn
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name",
        )
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).unwrap();
    rows.map(|row| {
        let (name, sql) = row.unwrap();
        (name, code(&sql))
    })
    .collect()
}

/// SQL without its comments and texts, on one line, with a space at each sign.
fn code(sql: &str) -> String {
    let lines: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap()).collect();
    let text = lines.join(" ");
    let text: String = text.split('\'').step_by(2).collect::<Vec<_>>().join(" '' ");
    text.replace('(', " ( ").replace(')', " ) ").replace(',', " , ").replace(';', " ; ")
}

/// The word after the bracket that closes the one at this place.
fn after_bracket<'a>(words: &[&'a str], open: usize) -> &'a str {
    let mut depth = 0;
    for (at, word) in words.iter().enumerate().skip(open) {
        depth += i32::from(*word == "(");
        depth -= i32::from(*word == ")");
        if depth == 0 {
            return words.get(at + 1).copied().unwrap_or_default();
        }
    }
    ""
}

/// PostgreSQL takes no subquery in FROM without a name.
#[test]
fn every_subquery_has_a_name() {
    let mut seen = 0;
    for (name, sql) in shipped() {
        let words: Vec<&str> = sql.split_whitespace().collect();
        for (at, pair) in words.windows(3).enumerate() {
            let from = ["FROM", "JOIN", ","].contains(&pair[0]) && pair[1] == "(";
            if from && ["SELECT", "WITH"].contains(&pair[2]) && pair[0] != "," {
                assert_eq!(after_bracket(&words, at + 1), "AS", "{name}: a subquery has no name");
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

/// Lists inside a cell are ordered by key, not in the order in which an engine reads the rows.
#[test]
fn lists_in_cells_are_ordered() {
    let mut seen = 0;
    for (name, sql) in shipped() {
        for (at, _) in sql.match_indices("group_concat") {
            let rest = &sql[at..];
            assert!(
                !rest.trim_start_matches("group_concat (").trim_start().starts_with("DISTINCT"),
                "{name}: DISTINCT leaves no order"
            );
            let from = rest.find("FROM (").or_else(|| rest.find("FROM  ("));
            let from = from.unwrap_or_else(|| panic!("{name}: a list over no subquery"));
            let words: Vec<&str> = rest[from..].split_whitespace().collect();
            let mut depth = 0;
            let length = words.iter().skip(1).take_while(|word| {
                depth += i32::from(**word == "(");
                depth -= i32::from(**word == ")");
                depth > 0
            });
            let inner = length.copied().collect::<Vec<_>>().join(" ");
            assert!(inner.contains("ORDER BY"), "{name}: a list in no order: {inner}");
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen}");
}

/// The functions that shipped views and triggers call. Another engine needs an equivalent of each, so
/// a new one is a decision, not an accident.
#[test]
fn views_and_triggers_call_only_listed_functions() {
    const EVERYWHERE: [&str; 15] = [
        "abs", "coalesce", "count", "length", "lower", "max", "min", "nullif", "replace", "round",
        "rtrim", "substr", "sum", "trim", "CAST",
    ];
    /// Those that only SQLite has by this name.
    const SQLITE: [&str; 7] =
        ["glob", "group_concat", "instr", "printf", "strftime", "typeof", "RAISE"];
    const WORDS: [&str; 34] = [
        "AND", "AS", "BY", "CASE", "DISTINCT", "ELSE", "EXISTS", "FROM", "IN", "INTO", "IS",
        "JOIN", "LIKE", "NOT", "ON", "OR", "SELECT", "THEN", "UNION", "ALL", "VALUES", "WHEN",
        "WHERE", "WITH", "=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "/",
    ];
    let mut used = BTreeSet::new();
    for (name, sql) in shipped() {
        let words: Vec<&str> = sql.split_whitespace().collect();
        for pair in words.windows(2).filter(|pair| pair[1] == "(") {
            let word = pair[0].trim_start_matches(['-', '+', '*', '/', '|']);
            let named = word.starts_with(|c: char| c.is_alphabetic());
            // A common table with its columns, or those of an INSERT.
            let table = ["INTO", "FROM", "JOIN"]
                .iter()
                .any(|before| words.windows(2).any(|pair| pair == [*before, word]));
            if !named || WORDS.contains(&word) || table {
                continue;
            }
            assert!(
                EVERYWHERE.contains(&word) || SQLITE.contains(&word),
                "{name} calls {word}(), which is on no list in this test"
            );
            used.insert(word.to_owned());
        }
    }
    assert!(used.len() > 15, "{used:?}");
    for listed in EVERYWHERE.iter().chain(&SQLITE) {
        assert!(used.contains(*listed), "nothing calls {listed}() any more");
    }
}

/// Tools that rely on the declared type of a column read numbers as numbers.
#[test]
fn every_column_of_a_view_has_a_type() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let untyped: Vec<String> = names(
        &conn,
        "SELECT v.name || '.' || c.name FROM sqlite_schema AS v JOIN pragma_table_info(v.name) AS c \
         WHERE v.type IN ('view', 'table') AND c.type IN ('', 'BLOB') AND v.name NOT GLOB '*_fts*' \
         AND v.name NOT GLOB 'sqlite_*' AND v.name NOT GLOB 'refinery*' ORDER BY 1",
        &[],
    );
    // Bytes, and values of every column.
    let wanted =
        ["changes.was", "operations.document", "removed_bytes.data", "revisions.was", "sqlar.data"];
    assert_eq!(untyped, wanted);
}

/// Any tool can rename a row: the old key goes into `aliases`, and then the key may change.
#[test]
fn a_key_changes_where_an_alias_keeps_the_old_one() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    let refused = |sql: &str, words: &str| {
        let error = conn.execute_batch(sql).expect_err(sql).to_string();
        assert!(error.contains(words), "{sql}: {error}");
    };
    let id: i64 = conn
        .query_row("SELECT id FROM claims WHERE key = 'muqur-fell'", [], |row| row.get(0))
        .unwrap();
    let rename = "UPDATE claims SET key = 'muqur-taken' WHERE key = 'muqur-fell'";
    refused(rename, "first INSERT its old key INTO aliases");
    let alias = |of: &str, alias: &str, row: i64| {
        format!("INSERT INTO aliases (table_name, alias, row_id) VALUES ('{of}', '{alias}', {row})")
    };
    refused(&alias("claims", "muqur-fell", 99_999), "no such row in claims");
    refused(&alias("claims", "muqur-fell", id + 1), "the key of another row of claims");
    refused(&alias("revisions", "muqur-fell", id), "a table whose rows have keys");
    refused(&alias("claims", "Muqur", id), "lower-case letters");
    conn.execute_batch(&alias("claims", "muqur-fell", id)).unwrap();
    refused(&alias("claims", "muqur-fell", id), "are taken");
    conn.execute_batch(rename).unwrap();
    // No other row may take the old key.
    let new = "INSERT INTO claims (key, text, kind) VALUES ('muqur-fell', 'x', 'event')";
    refused(new, "an alias of another row");
    refused("UPDATE aliases SET alias = 'x'", "are fixed");
    refused("UPDATE aliases SET row_id = 99999", "no such row in claims");
    refused(
        "UPDATE OR REPLACE claims SET key = (SELECT key FROM claims WHERE id = 1) WHERE id = 2",
        "are fixed",
    );
    let trail: (String, i64, String) = conn
        .query_row(
            "SELECT row_key, row_id, was FROM revisions WHERE table_name = 'claims' AND column_name = 'key'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    assert_eq!(trail, ("muqur-fell".to_owned(), id, "muqur-fell".to_owned()));
    // The row may take its own alias back as key.
    conn.execute_batch(&alias("claims", "muqur-taken", id)).unwrap();
    conn.execute_batch("UPDATE claims SET key = 'muqur-fell' WHERE key = 'muqur-taken'").unwrap();
    // A row with an alias cannot be deleted.
    conn.execute_batch("INSERT INTO equations (key, expression) VALUES ('e', '1 = 1')").unwrap();
    conn.execute_batch("INSERT INTO aliases (table_name, alias, row_id) SELECT 'equations', 'f', id FROM equations WHERE key = 'e'").unwrap();
    refused("DELETE FROM equations WHERE key = 'e'", "aliases.row_id still refers");
    // The desk is named by its key; the archive follows.
    conn.execute_batch(
        "INSERT INTO aliases (table_name, alias, row_id) SELECT 'sources', key, id FROM sources WHERE key = 'desk';
         UPDATE sources SET key = 'newsroom' WHERE key = 'desk';",
    )
    .unwrap();
    let desk: String = conn.query_row("SELECT desk FROM archive", [], |row| row.get(0)).unwrap();
    assert_eq!(desk, "newsroom");
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

/// A revision names the row that was changed and, if a program sets it, the operation.
#[test]
fn revisions_name_row_and_operation() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "UPDATE claims SET note = 'by hand' WHERE id = 1;
         INSERT INTO operations (id, at, command) VALUES (9, '2021-07-02T12:00:00Z', 'assess');
         UPDATE archive SET operation = 9;
         UPDATE claims SET note = 'by a program' WHERE id = 2;
         UPDATE operations SET summary = '1 claim changed' WHERE id = 9;
         UPDATE archive SET operation = NULL;",
    )
    .unwrap();
    let trail: Vec<String> = names(
        &conn,
        "SELECT row_id || ' ' || coalesce(operation_id, '-') FROM revisions WHERE table_name = 'claims' ORDER BY id",
        &[],
    );
    assert_eq!(trail, ["1 -", "2 9"]);
    for (sql, words) in [
        ("UPDATE operations SET summary = 'x'", "append-only"),
        ("DELETE FROM operations", "append-only"),
        (
            "REPLACE INTO operations (id, at, command) VALUES (1, '2021-07-02T12:00:00Z', 'x')",
            "append-only",
        ),
        ("UPDATE archive SET operation = 99", "no such row in operations"),
        (
            "INSERT INTO operation_ranges (operation_id, table_name, first_id, last_id) VALUES (1, 'claims', 5, 4)",
            "does not end",
        ),
        (
            "INSERT INTO operation_inputs (operation_id, name) VALUES (77, 'x')",
            "no such row in operations",
        ),
        (
            "INSERT INTO assessment_retractions (assessment_id, at, because) VALUES (9999, '2021-07-02T12:00:00Z', 'x')",
            "no such row in assessments",
        ),
    ] {
        let error = conn.execute_batch(sql).expect_err(sql).to_string();
        assert!(error.contains(words), "{sql}: {error}");
    }
}

/// An id is given once, even after the last row was deleted: a reference by id never reaches another
/// row.
#[test]
fn ids_are_not_given_twice() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    for table in tables(&conn).into_iter().filter(|table| !OF_OTHERS.contains(&table.as_str())) {
        let sql: String = conn
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [&table], |row| row.get(0))
            .unwrap();
        assert!(sql.contains("id INTEGER PRIMARY KEY AUTOINCREMENT"), "{table}");
    }
    let add = "INSERT INTO claims (key, text, kind) VALUES ('last', 'x', 'event')";
    conn.execute_batch(add).unwrap();
    let last = conn.last_insert_rowid();
    conn.execute_batch("DELETE FROM claims WHERE key = 'last'").unwrap();
    // The same in a bulk load, which has to know the ids before it adds rows.
    let mut lines = String::new();
    for n in 0..3000 {
        writeln!(
            lines,
            "{{\"table\":\"claims\",\"key\":\"new-{n}\",\"text\":\"New {n}\",\"kind\":\"event\",\"places\":[{{\"location\":\"kunduz\"}}]}}"
        )
        .unwrap();
    }
    let place: String =
        conn.query_row("SELECT key FROM locations LIMIT 1", [], |row| row.get(0)).unwrap();
    sandbox.write("many.ndjson", lines.replace("kunduz", &place));
    let _ = sandbox.run(&["import", "many.ndjson"]).done();
    let (first, wrong): (i64, i64) = conn
        .query_row(
            "SELECT min(c.id), count(1) FILTER (WHERE p.id IS NULL) FROM claims AS c \
             LEFT JOIN claim_locations AS p ON p.claim_id = c.id WHERE c.key GLOB 'new-*'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!((first, wrong), (last + 1, 0));
    // A second load after the last rows were deleted.
    conn.execute_batch(
        "DELETE FROM claim_locations WHERE claim_id IN (SELECT max(id) FROM claims);
         DELETE FROM claims WHERE id IN (SELECT max(id) FROM claims);",
    )
    .unwrap();
    sandbox.write("more.ndjson", lines.replace("kunduz", &place).replace("new-", "more-"));
    let _ = sandbox.run(&["import", "more.ndjson"]).done();
    let wrong = "SELECT count(1) FROM claims AS c WHERE c.key GLOB 'more-*' AND 1 <> (SELECT count(1) \
        FROM claim_locations AS p WHERE p.claim_id = c.id)";
    assert_eq!(sandbox.ask(wrong), "0");
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

/// Texts have a largest size, so that no reader has to expect a gigabyte.
#[test]
fn texts_have_a_largest_size() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    let add = |length: usize| {
        conn.execute(
            "INSERT INTO claims (key, text, kind) VALUES ('c' || ?1, ?2, 'event')",
            (i64::try_from(length).unwrap(), "x".repeat(length)),
        )
    };
    add(1_000_000).unwrap();
    let error = add(1_000_001).unwrap_err().to_string();
    assert!(
        error.contains("claims.text is text, not empty, and at most a million characters"),
        "{error}"
    );
    // Every column of text has the limit, except those whose form fixes the size.
    for table in tables(&conn).into_iter().filter(|table| !OF_OTHERS.contains(&table.as_str())) {
        let sql: String = conn
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [&table], |row| row.get(0))
            .unwrap();
        let columns: Vec<String> =
            names(&conn, "SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'", &[&table]);
        for column in columns {
            let own = ["GLOB '[0-9][0-9][0-9][0-9]-", "length(sha256) = 64"];
            // Later columns stand behind the others, on one line.
            let own_line = sql.split(&format!("\n  {column} TEXT")).nth(1);
            let part = own_line.or_else(|| sql.split(&format!(", {column} TEXT")).nth(1)).unwrap();
            let part = part.split("\n  -- ").next().unwrap();
            let dates = [
                "happened",
                "due",
                "published",
                "retrieved",
                "said_on",
                "as_of",
                "starts",
                "edtf",
                "earliest",
                "latest",
            ];
            let kept = ["search_dirty", "spatial_ref_sys"].contains(&table.as_str());
            let sized = part.contains(&format!("length({column}) <= 1000000"));
            let formed = own.iter().any(|form| part.contains(form));
            assert!(
                sized || formed || kept || dates.contains(&column.as_str()),
                "{table}.{column}"
            );
        }
    }
}

/// Each qualifier with each choice of stated numbers, inserted and updated by another tool.
#[test]
fn a_figure_has_the_numbers_that_its_qualifier_asks_for() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "INSERT INTO measures (key, title, dimension, growth) VALUES ('m', 'M', 'people', 'level');
         INSERT INTO claims (key, text, kind) VALUES ('c', 'C', 'event');
         INSERT INTO figures (key, claim_id, measure_id, value) VALUES ('kept', 1, 1, 2)",
    )
    .unwrap();
    let sql = "SELECT code, least IS NOT NULL OR most IS NOT NULL FROM qualifiers";
    let mut statement = conn.prepare(sql).unwrap();
    let qualifiers: Vec<(String, bool)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(qualifiers.len() > 15);
    for (code, says_a_number) in &qualifiers {
        for stated in 0..8 {
            let number = |bit: i64, number: i64| (stated & bit != 0).then_some(number);
            let (value, low, high) = (number(1, 2), number(2, 1), number(4, 3));
            let code = code.as_str();
            let wrong =
                if stated == 0 && !says_a_number && !["unknown", "unquantified"].contains(&code) {
                    Some("a number is needed")
                } else if stated > 0 && ["none", "unknown", "unquantified"].contains(&code) {
                    Some("says that there is no number")
                } else if code == "between" && (low.is_none() || high.is_none()) {
                    Some("between needs both low and high")
                } else {
                    None
                };
            for sql in [
                "INSERT INTO figures (key, claim_id, measure_id, qualifier, value, low, high) VALUES ('f', 1, 1, ?1, ?2, ?3, ?4)",
                "UPDATE figures SET qualifier = ?1, value = ?2, low = ?3, high = ?4 WHERE key = 'kept'",
            ] {
                conn.execute_batch("SAVEPOINT one").unwrap();
                let done = conn.execute(sql, rusqlite::params![code, value, low, high]);
                conn.execute_batch("ROLLBACK TO one; RELEASE one").unwrap();
                let said = done.err().map(|error| error.to_string());
                match (wrong, &said) {
                    (None, None) => {}
                    (Some(wrong), Some(said)) if said.contains(wrong) => {}
                    _ => panic!("{sql} {code} {value:?} {low:?} {high:?}: {wrong:?}, {said:?}"),
                }
            }
        }
    }
}

#[test]
fn a_relation_that_holds_both_ways_is_recorded_once() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "INSERT INTO claims (key, text, kind) VALUES ('a', 'A', 'event'), ('b', 'B', 'event'), ('c', 'C', 'event')",
    )
    .unwrap();
    let sql = "SELECT code, symmetric FROM link_relations";
    let mut statement = conn.prepare(sql).unwrap();
    let relations: Vec<(String, bool)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(relations.iter().any(|(_, both)| *both) && relations.iter().any(|(_, both)| !both));
    for (held, both_ways) in &relations {
        for (new, _) in &relations {
            for (from, to) in [(2, 1), (1, 3), (3, 1), (2, 3), (3, 2)] {
                let again = *both_ways && held == new && (from, to) == (2, 1);
                for sql in [
                    "INSERT INTO claim_links (relation, from_id, to_id) VALUES (?1, ?2, ?3)",
                    "UPDATE claim_links SET relation = ?1, from_id = ?2, to_id = ?3 WHERE id = 2",
                ] {
                    conn.execute_batch("SAVEPOINT one").unwrap();
                    let add = "INSERT INTO claim_links (id, relation, from_id, to_id) VALUES (?1, ?2, ?3, ?4)";
                    conn.execute(add, rusqlite::params![1, held, 1, 2]).unwrap();
                    if sql.starts_with("UPDATE") {
                        let other = relations.iter().find(|(code, _)| code != new).unwrap();
                        conn.execute(add, rusqlite::params![2, other.0, 3, 2]).unwrap();
                    }
                    let done = conn.execute(sql, rusqlite::params![new, from, to]);
                    conn.execute_batch("ROLLBACK TO one; RELEASE one").unwrap();
                    let said = done.err().map(|error| error.to_string());
                    assert_eq!(said.is_some(), again, "{held} {new} {from} {to} {sql}: {said:?}");
                    assert!(said.is_none_or(|said| said.contains("holds both ways")));
                }
            }
        }
    }
    // A link that holds both ways may be turned round and noted by itself.
    conn.execute_batch(
        "INSERT INTO claim_links (id, relation, from_id, to_id) VALUES (1, 'contradicts', 1, 2);
         UPDATE claim_links SET note = 'Both cannot be.' WHERE id = 1;
         UPDATE claim_links SET from_id = 2, to_id = 1 WHERE id = 1",
    )
    .unwrap();
}

/// Statements of another tool, and what the guards that are written by hand say to them.
#[test]
fn each_guard_written_by_hand_refuses_what_it_names_and_nothing_more() {
    let sandbox = Sandbox::empty();
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "INSERT INTO sources (key, kind, title) VALUES ('s', 'person', 'S');
         INSERT INTO claims (key, text, kind, happened) VALUES
           ('from', 'F', 'event', '2021-05/..'), ('to', 'T', 'event', '../2021-05');
         INSERT INTO assessments (claim_id, status, assessor_id, at, because) VALUES
           (1, 'confirmed', 1, '2021-01-01T00:00:00Z', 'Seen.'), (1, 'refuted', 2, '2021-02-01T00:00:00Z', 'No.');
         INSERT INTO operations (at, command) VALUES ('2021-01-01T00:00:00Z', 'import')",
    )
    .unwrap();
    let layer = "INSERT INTO geometry_columns (id, f_table_name, f_geometry_column, geometry_type, coord_dimension, srid, geometry_format)";
    let (listed, kept) = ("is listed already", "claims.status is kept from assessments");
    for (sql, wrong) in [
        ("DELETE FROM sources WHERE key = 'desk'", Some("names this source")),
        (
            "INSERT INTO sources (key, kind, title) VALUES ('x', 'page', 'X'); DELETE FROM sources WHERE key = 'x'",
            None,
        ),
        ("UPDATE archive SET operation = 9", Some("no such row in operations")),
        ("UPDATE archive SET operation = 1; UPDATE archive SET operation = NULL", None),
        (
            "INSERT INTO archive (id, desk, operation) VALUES (2, 's', 9)",
            Some("no such row in operations"),
        ),
        ("UPDATE archive SET desk = 'nobody'", Some("no source has this key")),
        ("INSERT INTO dates (edtf) VALUES ('2021-07')", None),
        ("INSERT INTO dates (edtf) VALUES ('2021-05/..')", Some("is here already")),
        (
            "INSERT INTO dates (edtf, earliest) VALUES ('2021-07', '2021-07-01')",
            Some("write edtf alone"),
        ),
        (
            "INSERT INTO dates (edtf, latest) VALUES ('2021-07', '2021-07-31')",
            Some("write edtf alone"),
        ),
        (
            "UPDATE dates SET latest = '2021-12-31' WHERE edtf = '2021-05/..'",
            Some("rows are derived"),
        ),
        (
            "UPDATE dates SET earliest = '2021-01-01' WHERE edtf = '../2021-05'",
            Some("rows are derived"),
        ),
        ("UPDATE claims SET status = 'refuted' WHERE id = 1", Some(kept)),
        ("UPDATE claims SET status = 'reported' WHERE id = 2", Some(kept)),
        ("UPDATE claims SET status = 'confirmed', note = 'N' WHERE id = 1", None),
        (&format!("{layer} VALUES (9, 'map_claims', 'g', 1, 2, 4326, 'WKT')"), Some(listed)),
        (&format!("{layer} VALUES (1, 'mine', 'g', 1, 2, 4326, 'WKT')"), Some(listed)),
        (&format!("{layer} VALUES (9, 'mine', 'g', 1, 2, 4326, 'WKT')"), None),
        ("INSERT INTO spatial_ref_sys VALUES (9, 4326, 'E', '1', 'x')", Some(listed)),
        ("INSERT INTO spatial_ref_sys VALUES (1, 3857, 'E', '1', 'x')", Some(listed)),
        ("INSERT INTO spatial_ref_sys VALUES (9, 3857, 'E', '1', 'x')", None),
    ] {
        conn.execute_batch("SAVEPOINT one").unwrap();
        let done = conn.execute_batch(sql);
        conn.execute_batch("ROLLBACK TO one; RELEASE one").unwrap();
        let said = done.err().map(|error| error.to_string());
        let fits = match (wrong, &said) {
            (None, None) => true,
            (Some(wrong), Some(said)) => said.contains(wrong),
            _ => false,
        };
        assert!(fits, "{sql}: {wrong:?}, {said:?}");
    }
    let dates = "SELECT group_concat(coalesce(earliest, '') || ' ' || coalesce(latest, ''), '|') FROM dates";
    let days: String = conn.query_row(dates, [], |row| row.get(0)).unwrap();
    assert_eq!(days, "2021-05-01 | 2021-05-31");
}

/// Some drivers format the message of an error once more.
#[test]
fn no_message_of_the_file_holds_a_percent_sign() {
    let sandbox = Sandbox::empty();
    let db = sandbox.other_tool();
    let mut schema = db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").unwrap();
    let texts = schema.query_map([], |row| row.get::<_, String>("sql")).unwrap();
    let mut messages = 0;
    for text in texts.map(Result::unwrap) {
        let raised = text.split("RAISE(").skip(1).filter_map(|rest| rest.split(')').next());
        let named = text.split("CONSTRAINT \"").skip(1).filter_map(|rest| rest.split('"').next());
        for message in raised.chain(named) {
            assert!(!message.contains('%'), "{message}");
            messages += 1;
        }
    }
    assert!(messages > 200, "{messages}");
}
