//! By what one source or place is recognised under different spellings: folded names, and the canonical
//! forms of addresses and identifiers. They are computed here, whoever wrote the row.

use super::writer::RowWriter;
use crate::error::Result;
use crate::model::{BOOK, Kind, SOURCE, Value, canonical_address, canonical_identifier, fold_name};
use crate::store::connection::Writer;
use rusqlite::params;

impl RowWriter<'_> {
    /// Computes what is missing, as [`fill_identity`].
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn fill_identity(&mut self) -> Result<()> {
        self.restore_indexes()?;
        fill_identity(self.writer)
    }
}

/// The columns of the forms by which a source is recognised.
pub(super) const SOURCE_FORMS: [&str; 3] = ["folded", "canonical", "canonical_identifier"];

/// Returns the forms by which a new row is recognised, in the order of [`SOURCE_FORMS`]; `None` unless it is a source
/// with a title and a kind.
pub(super) fn forms_of_new(
    kind: &Kind,
    columns: &[Option<Value>],
) -> Option<[Option<String>; SOURCE_FORMS.len()]> {
    let text = |name| {
        let position = kind.position(name)?;
        match &columns[position] {
            Some(Value::Text(text)) => Some(text.as_str()),
            None | Some(Value::Null) => kind.fields[position].default,
            Some(_) => None,
        }
    };
    kind.is(&SOURCE).then_some(())?;
    Some(source_forms(text("title")?, text("kind")?, text("url"), text("identifier")))
}

fn source_forms(
    title: &str,
    kind: &str,
    url: Option<&str>,
    identifier: Option<&str>,
) -> [Option<String>; SOURCE_FORMS.len()] {
    let work = identifier.and_then(|text| canonical_identifier(text, kind == BOOK));
    [Some(fold_name(title)), url.and_then(canonical_address), work]
}

/// Computes what is missing: for new places, for rows that other tools wrote, and for rows whose name, address or kind
/// changed.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn fill_identity(writer: &Writer) -> Result<()> {
    let fill = || -> rusqlite::Result<()> {
        fill_sources(writer)?;
        fill_names(writer, "locations")?;
        fill_names(writer, "location_names")
    };
    fill().map_err(|error| writer.map_err("note what its sources and places are known by", &error))
}

fn fill_sources(writer: &Writer) -> rusqlite::Result<()> {
    let sql = "SELECT id, title, kind, url, identifier FROM sources WHERE folded IS NULL";
    let mut waiting = writer.conn.prepare_cached(sql)?;
    let mut fill = writer.conn.prepare_cached(
        "UPDATE sources SET folded = ?2, canonical = ?3, canonical_identifier = ?4 WHERE id = ?1",
    )?;
    let rows = waiting.query_map([], |row| {
        let texts = ["title", "kind", "url", "identifier"].map(|column| readable(row, column));
        let [title, kind, url, identifier] = texts;
        Ok((row.get("id")?, title?, kind?, url?, identifier?))
    })?;
    for row in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        let (id, Some(title), Some(kind), url, identifier): (i64, _, _, _, _) = row else {
            continue;
        };
        let [folded, address, work] =
            source_forms(&title, &kind, url.as_deref(), identifier.as_deref());
        fill.execute(params![id, folded, address, work])?;
    }
    Ok(())
}

fn fill_names(writer: &Writer, table: &str) -> rusqlite::Result<()> {
    let sql = format!("SELECT id, name FROM {table} WHERE folded IS NULL");
    let mut waiting = writer.conn.prepare_cached(&sql)?;
    let sql = format!("UPDATE {table} SET folded = ?2 WHERE id = ?1");
    let mut fill = writer.conn.prepare_cached(&sql)?;
    let rows = waiting.query_map([], |row| Ok((row.get("id")?, readable(row, "name")?)))?;
    for (id, name) in rows.collect::<rusqlite::Result<Vec<(i64, Option<String>)>>>()? {
        if let Some(name) = name {
            fill.execute(params![id, fold_name(&name)])?;
        }
    }
    Ok(())
}

/// A text, if it is one and in UTF-8: another is a finding of check, and stops no write.
fn readable(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<Option<String>> {
    let bytes = row.get_ref(column)?.as_bytes_or_null().ok().flatten();
    Ok(bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).map(str::to_owned))
}
