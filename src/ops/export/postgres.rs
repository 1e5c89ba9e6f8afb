//! A folder that makes a PostgreSQL database of the archive: the same tables, rules, views and reports, by SQL that is
//! translated from that of the archive, and the rows.

use crate::error::{Error, Result};
use crate::model::{ASSESSMENT, CountedRows, EVIDENCE, KINDS, Kind, RETRACTION, Role};
use crate::ops::context::builtin_views;
use crate::ops::listed_file::{Hashed, ListedFile, MANIFEST};
use crate::ops::output_file::{create_inside, write_inside};
use crate::ops::postgres_manifest::{PostgresManifest, file_of};
use crate::render::CopyRows;
use crate::store::{
    POSTGRES_FUNCTIONS, PostgresSchema, Query, Reader, next_id, postgres_schema, send_table,
    stored_reports, words,
};
use std::path::Path;

/// The statements with which the loading begins and ends.
const BEGIN: &str = include_str!("postgres_begin.sql");
const END: &str = include_str!("postgres_end.sql");

/// Writes the folder.
pub(super) fn write(db: &Reader, folder: &Path) -> Result<()> {
    if db.is_older()? {
        return Err(Error::Refused {
            what:
                "cannot write it for PostgreSQL: this archive was last written by an older onrecord"
                    .to_owned(),
            hint: "`onrecord check --repair` brings it up to date".to_owned(),
        });
    }
    let schema = postgres_schema(builtin_views())?;
    let file = |name: &str, text: &str| {
        write_inside(folder, name, |out| Ok(out.write_all(text.as_bytes())?))
    };
    file("functions.sql", POSTGRES_FUNCTIONS)?;
    file("schema.sql", &schema.create)?;
    file("links.sql", &schema.links)?;
    file("views.sql", &schema.views)?;
    file("rules.sql", &schema.rules)?;
    file("roles.sql", &roles())?;
    let own = own_reports(db)?;
    if !own.is_empty() {
        file("own_reports.sql", &own)?;
    }
    create_inside(folder, "data")?;
    let mut tables = Vec::new();
    for table in &schema.tables {
        let path = file_of(&table.name);
        let mut listed = None;
        write_inside(folder, &path, |out| {
            let mut hashed = Hashed::new(out);
            let mut rows = CopyRows::new(&mut hashed);
            let mut counted = CountedRows::new(&mut rows);
            send_table(db, table, &mut counted)?;
            let rows = Some(counted.rows);
            listed = Some(ListedFile { rows, ..hashed.listed(path.clone()) });
            Ok(())
        })?;
        tables.extend(listed);
    }
    file("load.sql", &loading(&schema, &next_ids(db)?))?;
    // What imports the folder reads the rows alone: the manifest says that all of them are there.
    write_inside(folder, MANIFEST, |out| {
        serde_json::to_writer_pretty(&mut *out, &PostgresManifest::of(tables))
            .map_err(std::io::Error::from)?;
        Ok(writeln!(out)?)
    })
}

/// The reports of the archive's own, as they were written, for somebody to put into the words of PostgreSQL.
fn own_reports(db: &Reader) -> Result<String> {
    let own = stored_reports(db)?.into_iter().filter(|report| !report.builtin);
    Ok(own.map(|report| format!("{};\n\n", report.sql)).collect())
}

/// The table and the largest id that it ever had, where it had one.
fn next_ids(db: &Reader) -> Result<Vec<String>> {
    let sql = "SELECT name || ' ' || seq FROM main.sqlite_sequence ORDER BY name".to_owned();
    words(db, &Query { sql, params: Vec::new() })
}

/// The script that loads the folder, in one transaction.
fn loading(schema: &PostgresSchema, ids: &[String]) -> String {
    let mut text = BEGIN.to_owned();
    text.push_str("\\ir functions.sql\n\\ir schema.sql\n");
    for table in &schema.tables {
        let (name, file) = (&table.name, file_of(&table.name));
        text.push_str(&format!("\\copy {name} ({}) FROM '{file}'\n", table.column_list()));
    }
    text.push_str("\\ir links.sql\n\\ir views.sql\n\\ir rules.sql\n");
    // An id is never given twice.
    let ids = ids.iter().filter_map(|line| line.split_once(' '));
    for (table, id) in ids.filter_map(|(table, id)| Some((table, id.parse().ok()?))) {
        if id > 0 && schema.tables.iter().any(|known| known.name == table) {
            text.push_str(&next_id(table, id));
        }
    }
    text.push_str(END);
    text
}

/// The statements that make three roles: one that reads, one that edits the record, and one that also judges.
fn roles() -> String {
    let judged = |kind: &Kind| [&ASSESSMENT, &EVIDENCE, &RETRACTION].iter().any(|of| kind.is(of));
    let mut text = include_str!("postgres_roles.sql").to_owned();
    for kind in
        KINDS.iter().filter(|kind| matches!(kind.role, Role::Content | Role::Part | Role::Copy))
    {
        let (deeds, role) = match (judged(kind), kind.append_only) {
            (true, _) => ("INSERT", "onrecord_assessor"),
            (false, true) => ("INSERT", "onrecord_editor"),
            (false, false) => ("INSERT, UPDATE, DELETE", "onrecord_editor"),
        };
        text.push_str(&format!("GRANT {deeds} ON {} TO {role};\n", kind.table));
    }
    text
}
