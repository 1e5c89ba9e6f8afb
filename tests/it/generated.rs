//! The generator of the SQL that follows from [`Kind`]: guards, revisions and notes for the search
//! index in `guards.sql`, and the checks that a bulk load runs instead of them. The files are checked
//! in; the test at the end compares them with the generated text, and `BLESS=1` rewrites them.

use crate::common::root;
use onrecord::model::{CLAIM, Field, Kind, Type, Unique, all_kinds, kind_of_table};
use std::fmt::Write as _;

/// The advice in messages that refuse a second row.
const USE_UPDATE: &str = "to change a row use UPDATE";

/// The fields of a kind with those that stay in the file.
fn columns(kind: &Kind) -> impl Iterator<Item = &Field> {
    kind.local.iter().chain(kind.fields)
}

/// The table and column that a field refers to.
fn target(field: &Field) -> Option<(&'static str, &'static str)> {
    match field.ty {
        Type::Ref(table) | Type::Id(table) => Some((table, "id")),
        Type::Code(table) | Type::CodeNumber(table) => Some((table, "code")),
        _ => None,
    }
}

/// Returns `true` where the column of a field may be NULL.
fn is_nullable(field: &Field) -> bool {
    !(field.required || field.derived || field.default.is_some())
}

/// A statement that refuses the row at hand.
fn refuse(text: &mut String, words: &str, test: &str) {
    let words = words.replace('\'', "''");
    if test.is_empty() {
        let _ = writeln!(text, "  SELECT RAISE(ABORT, '{words}');");
    } else {
        let _ = writeln!(text, "  SELECT RAISE(ABORT, '{words}')\n    WHERE {test};");
    }
}

fn trigger(text: &mut String, name: &str, when: &str, table: &str, body: &str) {
    let _ = write!(text, "CREATE TRIGGER {name} {when} ON {table} BEGIN\n{body}END;\n");
}

/// "id and key are fixed".
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// The test that another row has the columns of a set as the new row has them.
fn taken(kind: &Kind, unique: &Unique) -> String {
    let test = |(n, column): (usize, &&str)| {
        let field = columns(kind).find(|field| field.column == *column);
        // Without an index of all its columns, + keeps SQLite from reading all rows of a source where
        // those of a claim are few.
        let refers = field.is_some_and(|field| target(field).is_some());
        let plus = if n > 0 && refers && !unique.words.is_empty() { "+" } else { "" };
        let equals = if field.is_some_and(is_nullable) { "IS" } else { "=" };
        format!("{plus}{column} {equals} new.{column}")
    };
    unique.columns.iter().enumerate().map(test).collect::<Vec<_>>().join(" AND ")
}

fn uniques(kind: &Kind) -> impl Iterator<Item = &Unique> {
    const KEY: &Unique = &Unique::of(&["key"]);
    kind.keyed().then_some(KEY).into_iter().chain(kind.uniques)
}

fn insert_guard(kind: &Kind) -> String {
    let table = kind.table;
    let advice = if kind.append_only { kind.append_only_words } else { USE_UPDATE };
    let mut body = String::new();
    let test = format!("EXISTS (SELECT 1 FROM {table} WHERE id = new.id)");
    refuse(&mut body, &format!("{table}: this id is taken; {advice}"), &test);
    for unique in uniques(kind) {
        let words = match (unique.words, unique.columns) {
            ("", [one]) => format!("this {one} is taken"),
            ("", all) => format!("this {} are taken", all.join(" and ")),
            (words, _) => words.to_owned(),
        };
        let test = format!("EXISTS (SELECT 1 FROM {table} WHERE {})", taken(kind, unique));
        refuse(&mut body, &format!("{table}: {words}; {advice}"), &test);
    }
    if kind.keyed() {
        let test = format!(
            "EXISTS (SELECT 1 FROM aliases WHERE table_name = '{table}' AND alias = new.key)"
        );
        refuse(&mut body, &format!("{table}: this key is an alias of another row"), &test);
    }
    references(kind, &mut body);
    body
}

/// Writes the checks of references, and the inserts into `dates`.
fn references(kind: &Kind, body: &mut String) {
    let table = kind.table;
    for field in columns(kind) {
        let Some((to, name)) = target(field) else { continue };
        let column = field.column;
        let stated = if is_nullable(field) {
            format!("new.{column} IS NOT NULL AND ")
        } else {
            String::new()
        };
        let test = format!("{stated}NOT EXISTS (SELECT 1 FROM {to} WHERE {name} = new.{column})");
        refuse(body, &format!("{table}.{column}: no such row in {to}"), &test);
    }
    for Field { column, .. } in kind.fields.iter().filter(|field| field.ty == Type::Date) {
        let _ = writeln!(
            body,
            "  INSERT INTO dates (edtf) SELECT new.{column} WHERE new.{column} IS NOT NULL\n    \
             AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.{column});"
        );
    }
}

fn update_guard(kind: &Kind) -> String {
    let table = kind.table;
    let mut body = String::new();
    if kind.append_only {
        // A trigger notes what is carried once the row is there.
        let stays = columns(kind).filter(|field| !field.carried).map(|field| field.column);
        let changed = |column: &str| format!("new.{column} IS NOT old.{column}");
        let test = match kind.fields.iter().any(|field| field.carried) {
            true => ["id"].into_iter().chain(stays).map(changed).collect::<Vec<_>>().join(" OR "),
            false => String::new(),
        };
        refuse(&mut body, &format!("{table}: {}", kind.append_only_words), &test);
        return body;
    }
    let mut fixed = vec!["id"];
    fixed.extend(kind.fixed);
    let mut tests: Vec<String> =
        fixed.iter().map(|column| format!("new.{column} IS NOT old.{column}")).collect();
    let mut advice = "add a row and leave this one";
    if kind.keyed() {
        fixed.push("key");
        tests.push(format!(
            "(new.key IS NOT old.key AND NOT EXISTS (\n      SELECT 1 FROM aliases WHERE table_name = \
             '{table}' AND alias = old.key AND row_id = old.id))"
        ));
        advice = "to rename a row, first INSERT its old key INTO aliases";
    }
    let are = if fixed.len() == 1 { "is" } else { "are" };
    let words = format!("{table}: {} {are} fixed; {advice}", listed(&fixed));
    refuse(&mut body, &words, &tests.join(" OR "));
    for unique in uniques(kind).filter(|u| !u.columns.iter().all(|c| kind.fixed.contains(c))) {
        let words = match unique.words {
            "" => format!("another row has this {}", unique.columns.join(" and ")),
            words => words.to_owned(),
        };
        let test = format!(
            "EXISTS (SELECT 1 FROM {table} WHERE {} AND id <> old.id)",
            taken(kind, unique)
        );
        refuse(&mut body, &format!("{table}: {words}"), &test);
    }
    if kind.keyed() {
        let test = format!(
            "EXISTS (SELECT 1 FROM aliases WHERE table_name = '{table}' AND alias = new.key\n      \
             AND row_id <> old.id)"
        );
        refuse(&mut body, &format!("{table}: this key is an alias of another row"), &test);
    }
    references(kind, &mut body);
    body
}

fn delete_guard(kind: &Kind) -> String {
    let table = kind.table;
    let mut body = String::new();
    if kind.append_only {
        refuse(&mut body, &format!("{table}: {}", kind.append_only_words), "");
        return body;
    }
    for (other, column, words) in kind.kept_by {
        let test = format!("EXISTS (SELECT 1 FROM {other} WHERE {column} = old.id)");
        refuse(&mut body, &format!("{table}: {words}"), &test);
    }
    for other in all_kinds() {
        for field in columns(other) {
            let Some((to, name)) = target(field).filter(|(to, _)| *to == table) else { continue };
            let (from, column) = (other.table, field.column);
            if kind.kept_by.iter().any(|kept| (kept.0, kept.1) == (from, column)) {
                continue;
            }
            let test = format!("EXISTS (SELECT 1 FROM {from} WHERE {column} = old.{name})");
            refuse(&mut body, &format!("{to}: {from}.{column} still refers to this row"), &test);
        }
    }
    if kind.keyed() {
        let test = format!(
            "EXISTS (SELECT 1 FROM aliases WHERE table_name = '{table}' AND row_id = old.id)"
        );
        refuse(&mut body, &format!("{table}: aliases.row_id still refers to this row"), &test);
    }
    body
}

/// The text of a column of the old row, a reference as the key it points to.
fn written(field: &Field) -> String {
    match field.ty {
        Type::Ref(table) => {
            let name = kind_of_table(table).map_or("id", Kind::name_column);
            format!("(SELECT {name} FROM {table} WHERE id = old.{})", field.column)
        }
        _ => format!("old.{}", field.column),
    }
}

/// The expression for `revisions.row_key` of the old row.
fn row_key(kind: &Kind) -> String {
    let mut text = String::new();
    for field in kind.history_name().iter().filter_map(|name| kind.position(name)) {
        let field = &kind.fields[field];
        match (text.is_empty(), is_nullable(field)) {
            (true, _) => text = written(field),
            (false, true) => {
                let _ = write!(text, "\n    || coalesce(' | ' || {}, '')", written(field));
            }
            (false, false) => {
                let _ = write!(text, "\n    || ' | ' || {}", written(field));
            }
        }
    }
    text
}

fn revision(kind: &Kind, action: &str) -> String {
    let table = kind.table;
    let tells = |field: &&Field| {
        !field.derived && (action == "delete" || !kind.fixed.contains(&field.column))
    };
    let mut body = format!(
        "  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)\n  \
         SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), '{table}',\n    {},\n    \
         old.id, '{action}', col, was FROM (\n",
        row_key(kind)
    );
    for (n, field) in kind.fields.iter().filter(tells).enumerate() {
        let column = field.column;
        let test = match action {
            "delete" => format!("old.{column} IS NOT NULL"),
            _ => format!("old.{column} IS NOT new.{column}"),
        };
        let value = written(field);
        let _ = match n {
            0 => writeln!(body, "    SELECT '{column}' AS col, {value} AS was WHERE {test}"),
            _ => writeln!(body, "    UNION ALL SELECT '{column}', {value} WHERE {test}"),
        };
    }
    body.push_str("  ) AS changed;\n");
    body
}

/// Writes the triggers that raise the version of a claim when what its verdicts are about changes. A
/// mention is such a thing only where it contests the claim: one more that supports it is no change.
fn versions(kind: &Kind, text: &mut String) {
    let table = kind.table;
    if kind.judged.is_empty() {
        return;
    }
    let raise = |claims: &str| {
        format!(
            "  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)\n    \
             WHERE {claims} AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);\n"
        )
    };
    let when = format!("AFTER UPDATE OF {}", kind.judged.join(", "));
    let changed = |column: &&str| format!("new.{column} IS NOT old.{column}");
    let tests: Vec<String> = kind.judged.iter().map(changed).collect();
    let tests = format!("\n  WHEN {}", tests.join(" OR "));
    let mut add = |deed: &str, when: &str, test: &str, body: &str| {
        trigger(text, &format!("{table}_{deed}_version"), when, &format!("{table}{test}"), body);
    };
    if table == "claims" {
        return add("update", &when, &tests, &raise("id = old.id"));
    }
    let contests = match table {
        "mentions" => "new.stance IN (SELECT code FROM stances WHERE counts = 0)",
        _ => "",
    };
    let (test, into) = match contests {
        "" => (String::new(), "id IN (old.claim_id, new.claim_id)".to_owned()),
        test => (
            format!("\n  WHEN {test}"),
            format!("(id = old.claim_id OR (id = new.claim_id AND {test}))"),
        ),
    };
    add("insert", "AFTER INSERT", &test, &raise("id = new.claim_id"));
    add("update", &when, &tests, &raise(&into));
    add("delete", "AFTER DELETE", "", &raise("id = old.claim_id"));
}

/// The kinds whose rows hold words of a row of another table, each with its reference to that row and its
/// column, in the order of `search_dirty`.
fn words_in(table: &str) -> Vec<(&'static Kind, &'static str, &'static str)> {
    let parts = all_kinds().filter_map(|kind| {
        let (reference, column) = kind.searched_in?;
        (owner(kind, reference).table == table).then_some((kind, reference, column))
    });
    parts.collect()
}

/// The kind to which a column of another one refers.
fn owner(kind: &Kind, reference: &str) -> &'static Kind {
    let field = kind.fields.iter().find(|field| field.column == reference).unwrap();
    let Type::Ref(table) = field.ty else { panic!("{reference} refers to nothing") };
    kind_of_table(table).unwrap()
}

/// `old_1, old_2, …`, with a comma before each.
fn old_columns(number: usize) -> String {
    (1..=number).map(|n| format!(", old_{n}")).collect()
}

/// The words of rows as one text. What stands between them joins no two words.
fn list_of_words(rows: &str) -> String {
    format!("(SELECT group_concat(words, ' | ') FROM (\n        {rows} ORDER BY words) AS texts)")
}

/// A note for the search index, of a row that is not noted yet.
fn search_note(table: &str, columns: &str, row: &str, values: &str) -> String {
    format!(
        "  INSERT INTO search_dirty (table_name, row_id, indexed{columns})\n    \
         SELECT '{table}', {row}.id, {values} WHERE NOT EXISTS (\n      \
         SELECT 1 FROM search_dirty WHERE table_name = '{table}' AND row_id = {row}.id);\n"
    )
}

fn search_notes(kind: &Kind, text: &mut String) {
    let table = kind.table;
    let mut values = format!("1, old.{}", kind.searched.join(", old."));
    let mut number = kind.searched.len();
    for (part, reference, column) in words_in(table) {
        number += 1;
        let rows =
            format!("SELECT {column} AS words FROM {} WHERE {reference} = old.id", part.table);
        let _ = write!(values, ",\n      {}", list_of_words(&rows));
    }
    let insert = search_note(table, "", "new", "0");
    trigger(text, &format!("{table}_search_insert"), "AFTER INSERT", table, &insert);
    let changed = search_note(table, &old_columns(number), "old", &values);
    let when = format!("AFTER UPDATE OF {}", kind.searched.join(", "));
    trigger(text, &format!("{table}_search_update"), &when, table, &changed);
    trigger(text, &format!("{table}_search_delete"), "AFTER DELETE", table, &changed);
}

/// Writes the triggers that note a row for the search index when one of another table changes that holds words
/// of it. The words are those that the row had before.
fn word_notes(kind: &Kind, text: &mut String) {
    let Some((reference, column)) = kind.searched_in else { return };
    let table = kind.table;
    let owner = owner(kind, reference);
    let parts = words_in(owner.table);
    // The words of the row before: of this table, the other rows and what `was` adds.
    let note = |id: &str, except: &str, was: &str| {
        let mut values = format!("1, c.{}", owner.searched.join(", c."));
        for (part, reference, column) in &parts {
            let mut rows =
                format!("SELECT {column} AS words FROM {} WHERE {reference} = c.id", part.table);
            if part.table == table {
                let _ = write!(rows, " AND id <> {except}{was}");
            }
            let _ = write!(values, ",\n      {}", list_of_words(&rows));
        }
        let owner_table = owner.table;
        values.push_str(&format!("\n    FROM {owner_table} AS c WHERE c.id = {id} AND NOT EXISTS (\n      SELECT 1 FROM search_dirty WHERE table_name = '{owner_table}' AND row_id = c.id)"));
        let olds = old_columns(owner.searched.len() + parts.len());
        format!(
            "  INSERT INTO search_dirty (table_name, row_id, indexed{olds})\n    SELECT '{owner_table}', c.id, {values};\n"
        )
    };
    let old = format!(" UNION ALL SELECT old.{column}");
    let mut add = |deed: &str, when: &str, test: &str, body: &str| {
        let name = format!("{table}_{deed}_words");
        trigger(text, &name, when, &format!("{table}\n  WHEN {test}"), body);
    };
    // A claim that the operation adds is noted itself, or indexed at the end of a bulk load.
    let is_older = match CLAIM.is_of(owner.table) {
        true => format!(
            "\n    AND new.{reference} <= coalesce((SELECT last_claim FROM archive), new.{reference})"
        ),
        false => String::new(),
    };
    add(
        "insert",
        "AFTER INSERT",
        &format!("new.{column} IS NOT NULL{is_older}"),
        &note(&format!("new.{reference}"), "new.id", ""),
    );
    add(
        "update",
        &format!("AFTER UPDATE OF {column}, {reference}"),
        &format!("old.{column} IS NOT new.{column} OR old.{reference} IS NOT new.{reference}"),
        &(note(&format!("old.{reference}"), "old.id", &old)
            + &note(&format!("new.{reference}"), "new.id", "")),
    );
    add(
        "delete",
        "AFTER DELETE",
        &format!("old.{column} IS NOT NULL"),
        &note(&format!("old.{reference}"), "old.id", &old),
    );
}

/// Writes the guards of `aliases` that look up the row: it exists, and no other row has the alias
/// as key.
fn alias_rows(text: &mut String) {
    let mut body = String::new();
    for kind in all_kinds().filter(|kind| kind.keyed()) {
        let table = kind.table;
        let of = format!("new.table_name = '{table}' AND ");
        let test = format!("{of}NOT EXISTS (SELECT 1 FROM {table} WHERE id = new.row_id)");
        refuse(&mut body, &format!("aliases.row_id: no such row in {table}"), &test);
        let test = format!(
            "{of}EXISTS (SELECT 1 FROM {table} WHERE key = new.alias AND id <> new.row_id)"
        );
        refuse(
            &mut body,
            &format!("aliases.alias: it is the key of another row of {table}"),
            &test,
        );
    }
    trigger(text, "aliases_row_insert_guard", "BEFORE INSERT", "aliases", &body);
    trigger(text, "aliases_row_update_guard", "BEFORE UPDATE", "aliases", &body);
}

/// The whole of `guards.sql`.
fn guards() -> String {
    let mut text = String::from(
        "-- The guards of every table, what a row was before it was changed, and notes for the search index.\n\
         -- Written by a test from what src/model/schema/ says of each table; change it there, and write this\n\
         -- file anew with BLESS=1 cargo test generated. What follows from no such rule is in triggers/.\n\
         --\n\
         -- REPLACE walks past triggers on UPDATE and DELETE, and most tools leave foreign keys off: so a\n\
         -- guard refuses on INSERT what is there already, and references are checked on both ends.\n",
    );
    for kind in all_kinds() {
        if !kind.guarded {
            continue;
        }
        let table = kind.table;
        let _ = write!(text, "\n-- {table}\n");
        let guard = |text: &mut String, deed: &str, body: &str| {
            if !body.is_empty() {
                let name = format!("{table}_{}_guard", deed.to_lowercase());
                trigger(text, &name, &format!("BEFORE {deed}"), table, body);
            }
        };
        guard(&mut text, "INSERT", &insert_guard(kind));
        // An operation is completed while it runs: that guard is written by hand.
        if table != "operations" {
            guard(&mut text, "UPDATE", &update_guard(kind));
        }
        guard(&mut text, "DELETE", &delete_guard(kind));
        if table == "aliases" {
            alias_rows(&mut text);
        }
        if kind.revised {
            let (name, body) = (format!("{table}_updated"), revision(kind, "update"));
            trigger(&mut text, &name, "AFTER UPDATE", table, &body);
            let (name, body) = (format!("{table}_deleted"), revision(kind, "delete"));
            trigger(&mut text, &name, "AFTER DELETE", table, &body);
        }
        versions(kind, &mut text);
        if !kind.searched.is_empty() {
            search_notes(kind, &mut text);
        }
        word_notes(kind, &mut text);
    }
    text
}

/// The whole of `rows/bulk_references.sql`.
fn bulk_references() -> String {
    let mut text = String::from(
        "-- The references of all rows that a bulk load added, asked in one walk through the new rows of each\n\
         -- table: each leads to a row, and no key is the alias of another row. Foreign keys are off for that\n\
         -- time, and the guards that repeat them set aside. Written by a test from what src/model/schema/ says\n\
         -- of each table (BLESS=1 cargo test generated).\n\
         -- NOT IN looks an id up at a third of what NOT EXISTS costs; of an empty table it is true, even for\n\
         -- NULL.\n",
    );
    let mut first = true;
    for kind in all_kinds().filter(|kind| kind.bulk) {
        let table = kind.table;
        let mut cases = String::new();
        for field in columns(kind).filter(|field| !field.derived) {
            let Some((to, name)) = target(field) else { continue };
            let column = field.column;
            let stated = if is_nullable(field) {
                format!("{column} IS NOT NULL AND ")
            } else {
                String::new()
            };
            let _ = writeln!(
                cases,
                "    WHEN {stated}{column} NOT IN (SELECT {name} FROM {to}) THEN '{table}.{column}: no such row in {to}'"
            );
        }
        if kind.keyed() {
            let _ = writeln!(
                cases,
                "    WHEN key IN (SELECT alias FROM aliases WHERE table_name = '{table}') THEN '{table}: the key ' || key || ' is an alias of another row'"
            );
        }
        if !first {
            text.push_str("UNION ALL\n");
        }
        first = false;
        let _ = write!(
            text,
            "SELECT CASE\n{cases}  END AS what FROM {table}\nWHERE id > (SELECT id FROM bulk_since WHERE name = '{table}') AND what IS NOT NULL\n"
        );
    }
    text.push_str("LIMIT 1;\n");
    text
}

/// The whole of `rows/bulk_search.sql`.
fn bulk_search() -> String {
    let mut text = String::from(
        "-- Puts every row that a bulk load added into the search index. Rows that were there before are noted\n\
         -- in search_dirty by their own triggers; a new row that was changed again in the same load is indexed\n\
         -- as it is now. Written by a test from what src/model/schema/ says of each table (BLESS=1 cargo test\n\
         -- generated).\n\
         DELETE FROM search_dirty\n  \
         WHERE row_id > (SELECT id FROM bulk_since WHERE name = search_dirty.table_name);\n",
    );
    for kind in all_kinds().filter(|kind| !kind.searched.is_empty()) {
        let (table, columns) = (kind.table, kind.searched.join(", "));
        let _ = write!(
            text,
            "INSERT INTO {table}_fts (rowid, {columns})\n  SELECT id, {columns} FROM {table}\n  \
             WHERE id > (SELECT id FROM bulk_since WHERE name = '{table}') ORDER BY id;\n"
        );
    }
    text
}

/// The views that work out a claim's weight from nothing, and those with the same text over outdated claims.
const OVER_OUTDATED: [(&str, &str); 3] = [
    ("claim_voices", "outdated_voices"),
    ("claim_ends", "outdated_ends"),
    ("claim_counts", "outdated_counts"),
];

/// The text of such a view, from that of the view over all claims and sources.
fn over_outdated(view: &str) -> String {
    let path = root().join(format!("src/store/schema/derived/{view}.sql"));
    let text = std::fs::read_to_string(path).unwrap();
    let start = text.find("CREATE VIEW").unwrap();
    let mut sql = text[start..].replace("FROM claims AS c", "FROM outdated_weights AS c");
    for (view, outdated) in OVER_OUTDATED {
        sql = sql.replace(view, outdated);
    }
    format!(
        "-- The text of {view} over the claims whose kept rows no longer hold (outdated_weights). Written by a test\n\
         -- (BLESS=1 cargo test generated).\n{sql}"
    )
}

/// Compares a checked-in file with what it should be; `BLESS=1` writes it anew.
#[track_caller]
fn compare(file: &str, wanted: &str) {
    let path = root().join("src/store").join(file);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, wanted).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        held == wanted,
        "src/store/{file} differs from what it is made of; BLESS=1 writes it anew"
    );
}

#[test]
fn generated_text_follows_from_the_kinds() {
    compare("schema/guards.sql", &guards());
    compare("rows/bulk_references.sql", &bulk_references());
    compare("rows/bulk_search.sql", &bulk_search());
    for (view, outdated) in OVER_OUTDATED {
        compare(&format!("schema/derived/{outdated}.sql"), &over_outdated(view));
    }
}
