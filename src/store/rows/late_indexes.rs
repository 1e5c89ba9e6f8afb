//! Indexes that are set aside during a bulk load. The entries of one row lie all over an index that is larger than the
//! cache: to sort all of them at the end costs a quarter of putting each in its place.

use super::writer::RowWriter;
use crate::error::Result;
use crate::store::connection::Writer;
use rusqlite::OptionalExtension;

/// The indexes whose order is not that of new rows, each after its table. No statement of a load asks them, but for
/// those that change a row, for which [`RowWriter::restore_indexes`] builds them.
const SCATTERED: [(&str, &str); 5] = [
    ("claim_locations", "claim_locations_by_location"),
    ("mentions", "mentions_by_source"),
    ("mentions", "mentions_by_speaker"),
    ("assessments", "assessments_by_assessor"),
    ("assessments", "assessments_by_status"),
];

/// The rows of a table, by its last id, above which its indexes stay: a small load into a large archive would pay for
/// the rows that are there.
pub(super) const MOST_ROWS_BEFORE: i64 = 10_000;

/// The index of the status of claims, which is that of their verdicts only at the end of a load.
const BY_STATUS: (&str, &str) = ("claims", "claims_by_status");

/// The size of SQLite's cache while entries are sorted, in KiB and negative, as SQLite counts it: SQLite takes as much
/// again for those that it reads, and once more for those that its thread sorts meanwhile.
const CACHE_WHILE_SORTING: i64 = -4_000;

impl Writer {
    /// Drops an index of a table that was small before the load. Returns the text that builds it again.
    fn set_index_aside(&self, (table, index): (&str, &str)) -> Result<Option<String>> {
        if self.last_id(table)? > MOST_ROWS_BEFORE {
            return Ok(None);
        }
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1";
        let set_aside = || -> rusqlite::Result<Option<String>> {
            let text = self.conn.query_row(sql, [index], |row| row.get("sql")).optional()?;
            if text.is_some() {
                self.conn.execute_batch(&format!("DROP INDEX {index}"))?;
            }
            Ok(text)
        };
        set_aside().map_err(|error| self.map_err("set an index aside", &error))
    }

    /// Drops the index by status, until the claims have theirs.
    pub(super) fn set_status_index_aside(&self) -> Result<Option<String>> {
        self.set_index_aside(BY_STATUS)
    }

    /// Builds indexes that were set aside.
    pub(super) fn build_indexes<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a String>,
    ) -> Result<()> {
        let conn = &self.conn;
        let build = || -> rusqlite::Result<()> {
            let before: i64 = conn.pragma_query_value(None, "cache_size", |row| row.get(0))?;
            conn.pragma_update(None, "cache_size", CACHE_WHILE_SORTING)?;
            conn.pragma_update(None, "threads", 1)?;
            for text in texts {
                conn.execute_batch(text)?;
            }
            conn.pragma_update(None, "threads", 0)?;
            conn.pragma_update(None, "cache_size", before)
        };
        build().map_err(|error| self.map_err("build its indexes", &error))
    }
}

impl RowWriter<'_> {
    /// Drops the scattered indexes of tables that are small, until the load ends.
    pub(super) fn set_indexes_aside(&mut self) -> Result<()> {
        for index in SCATTERED {
            self.indexes_aside.extend(self.writer.set_index_aside(index)?);
        }
        Ok(())
    }

    /// Builds the indexes that were set aside. Call this before anything but an INSERT writes rows of the load: triggers
    /// on changes look rows up in them.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub(super) fn restore_indexes(&mut self) -> Result<()> {
        if self.indexes_aside.is_empty() {
            return Ok(());
        }
        self.writer.build_indexes(&self.indexes_aside)?;
        self.indexes_aside.clear();
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{MOST_ROWS_BEFORE, SCATTERED};
    use crate::model::{CLAIM, Record, SourcePos, Value};
    use crate::store::rows::SuspendedTriggers;
    use crate::store::{RowWriter, Writer, in_memory};

    const NOW: &str = "2021-01-01T00:00:00Z";

    fn indexes(archive: &Writer) -> Vec<(String, String)> {
        let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
        let mut statement = archive.conn.prepare(sql).unwrap();
        let found = statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?))).unwrap();
        found.map(Result::unwrap).collect()
    }

    fn has(archive: &Writer, index: &str) -> bool {
        indexes(archive).iter().any(|(name, _)| name == index)
    }

    /// The number of scattered indexes that are there.
    fn scattered(archive: &Writer) -> usize {
        SCATTERED.iter().filter(|(_, index)| has(archive, index)).count()
    }

    fn begin(archive: &Writer, buffered: bool) -> (RowWriter<'_>, SuspendedTriggers) {
        archive.rely_on_guards().unwrap();
        let suspended = archive.suspend_triggers().unwrap();
        let mut rows = RowWriter::new(archive, NOW);
        rows.begin_bulk(buffered).unwrap();
        (rows, suspended)
    }

    fn claim(text: &str) -> Record {
        let mut claim = Record::new(&CLAIM, SourcePos::default());
        for (field, value) in [("key", "c"), ("text", text), ("kind", "event")] {
            claim.set(field, Value::from(value), SourcePos::default());
        }
        claim
    }

    #[test]
    fn the_end_of_a_load_builds_what_was_set_aside() {
        let archive = in_memory(NOW).unwrap();
        let before = indexes(&archive);
        let (mut rows, suspended) = begin(&archive, true);
        assert_eq!(scattered(&archive), 0);
        rows.write(&claim("One")).unwrap();
        rows.end_bulk().unwrap();
        assert_eq!(scattered(&archive), SCATTERED.len());
        assert!(!has(&archive, "claims_by_status"), "the claims have no status yet");
        archive.restore_triggers(suspended).unwrap();
        assert_eq!(indexes(&archive), before);
        let sql =
            "SELECT count(1) FROM claims INDEXED BY claims_by_status WHERE status = 'unassessed'";
        assert_eq!(archive.conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
        for pragma in ["cache_size", "threads"] {
            let value: i64 =
                archive.conn.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
            assert_eq!(value, if pragma == "threads" { 0 } else { -32_000 }, "{pragma}");
        }
    }

    #[test]
    fn a_change_to_a_row_finds_its_indexes() {
        let archive = in_memory(NOW).unwrap();
        let (mut rows, _) = begin(&archive, true);
        rows.write(&claim("One")).unwrap();
        rows.write(&claim("One")).unwrap();
        assert_eq!(scattered(&archive), 0, "a row that stays as it is needs none");
        rows.write(&claim("Two")).unwrap();
        assert_eq!(scattered(&archive), SCATTERED.len());
        rows.end_bulk().unwrap();
    }

    #[test]
    fn forms_that_are_filled_in_find_the_indexes_too() {
        let archive = in_memory(NOW).unwrap();
        let (mut rows, _) = begin(&archive, true);
        rows.fill_identity().unwrap();
        assert_eq!(scattered(&archive), SCATTERED.len());
    }

    #[test]
    fn rows_that_may_be_taken_back_one_by_one_keep_their_indexes() {
        let archive = in_memory(NOW).unwrap();
        begin(&archive, false);
        assert_eq!(scattered(&archive), SCATTERED.len());
    }

    #[test]
    fn a_large_table_keeps_its_indexes() {
        for (last, aside) in [(MOST_ROWS_BEFORE, true), (MOST_ROWS_BEFORE + 1, false)] {
            let archive = in_memory(NOW).unwrap();
            let sql = "INSERT INTO claims (id, key, text, kind) VALUES (?1, 'last', 'L', 'event')";
            archive.conn.execute(sql, [last]).unwrap();
            let sql = "INSERT INTO claim_locations (id, claim_id, location_id) VALUES (?1, ?1, 1)";
            archive.rely_on_guards().unwrap();
            archive
                .conn
                .execute_batch(
                    "INSERT INTO locations (id, key, name, kind) VALUES (1, 'l', 'L', 'town')",
                )
                .unwrap();
            archive.conn.execute(sql, [last]).unwrap();
            begin(&archive, true);
            assert_eq!(has(&archive, "claims_by_status"), !aside, "{last}");
            assert_eq!(has(&archive, "claim_locations_by_location"), !aside, "{last}");
            assert!(!has(&archive, "mentions_by_source"), "{last}");
        }
    }
}
