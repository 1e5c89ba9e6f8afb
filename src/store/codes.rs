//! The words of the code lists, as the archive at hand has them.

use super::open::Handle;
use crate::error::Result;
use crate::model::KINDS;
use std::collections::BTreeMap;

/// The codes of every code list, by table.
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, Vec<String>>);

impl Words {
    /// Reads them from an archive.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(db: &Handle) -> Result<Self> {
        let mut words = Words::default();
        for kind in KINDS.iter().filter(|kind| kind.identity == ["code"]) {
            let read = || -> rusqlite::Result<Vec<String>> {
                let sql =
                    format!("SELECT CAST(code AS TEXT) AS code FROM {} ORDER BY rank", kind.table);
                db.conn.prepare(&sql)?.query_map([], |row| row.get("code"))?.collect()
            };
            let codes = read().map_err(|error| db.fault("read its code lists", &error))?;
            words.0.insert(kind.table.to_owned(), codes);
        }
        Ok(words)
    }

    /// The codes of one list.
    pub fn of(&self, table: &str) -> &[String] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }
}
