//! Bulk loads: triggers on INSERT are dropped inside the transaction; their checks are then run
//! once over all new rows, and the triggers are re-created before COMMIT. Row by row, the triggers
//! cost several times what the inserts themselves cost.
//!
//! Only triggers on INSERT are suspended, and foreign keys, which make the same checks. CHECKs still
//! apply to each row, except to buffered rows that are known to satisfy them (`constraints.rs`).
//! UNIQUE applies to every row, and so does every rule on updates and deletes, until the final
//! update of `claims.status`.

use crate::error::{Error, Result};
use crate::model::KINDS;
use crate::store::connection::Writer;
use crate::store::search;

/// The suspended triggers, with the SQL that re-creates them.
#[derive(Debug)]
pub struct SuspendedTriggers {
    triggers: Vec<Trigger>,
    /// The text of the index by the status of claims, if it is set aside too.
    status_index: Option<String>,
}

#[derive(Debug)]
struct Trigger {
    name: String,
    sql: String,
    /// True if the trigger stays active during the load and is dropped only for the final update of
    /// `claims.status`.
    late: bool,
}

/// The tables that a bulk load fills.
fn bulk_tables() -> impl Iterator<Item = &'static str> {
    KINDS.iter().filter(|kind| kind.bulk).map(|kind| kind.table)
}

impl Writer {
    /// Turns SQLite's foreign keys off, because the file's triggers, or
    /// [`Writer::restore_triggers`], make the same checks. Call this before the transaction begins.
    ///
    /// # Errors
    /// Fails if SQLite refuses.
    pub fn rely_on_guards(&self) -> Result<()> {
        self.conn
            .pragma_update(None, "foreign_keys", false)
            .map_err(|error| self.map_err("prepare for many rows", &error))
    }

    /// Drops the triggers on new rows until [`Writer::restore_triggers`], in the same transaction.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn suspend_triggers(&self) -> Result<SuspendedTriggers> {
        let fail = |error: rusqlite::Error| self.map_err("set its guards aside", &error);
        let read_triggers = || -> rusqlite::Result<Vec<Trigger>> {
            // Large enough for the inner pages of the indexes, so that none is read twice.
            self.conn.pragma_update(None, "cache_size", -32_000)?;
            // The last id of each table before the load.
            self.conn.execute_batch("CREATE TEMP TABLE bulk_since (name TEXT, id INTEGER)")?;
            // AUTOINCREMENT never reuses an id: after the last rows were deleted, the next id is
            // more than one above the largest.
            for table in bulk_tables() {
                let sql = format!(
                    "INSERT INTO bulk_since SELECT ?1, max(coalesce(max(id), 0), coalesce(
                       (SELECT seq FROM sqlite_sequence WHERE name = ?1), 0)) FROM {table}"
                );
                self.conn.execute(&sql, [table])?;
            }
            let mut statement = self.conn.prepare(include_str!("bulk_triggers.sql"))?;
            let trigger = |row: &rusqlite::Row<'_>| {
                let (name, sql) = (row.get("name")?, row.get("sql")?);
                Ok(Trigger { name, sql, late: row.get("late")? })
            };
            statement.query_map([], trigger)?.collect()
        };
        let triggers = read_triggers().map_err(fail)?;
        for Trigger { name, .. } in triggers.iter().filter(|trigger| !trigger.late) {
            self.conn.execute_batch(&format!("DROP TRIGGER {name}")).map_err(fail)?;
        }
        Ok(SuspendedTriggers { triggers, status_index: self.set_status_index_aside()? })
    }

    /// The last id of a table before the load, while triggers are suspended.
    pub(super) fn last_id(&self, table: &str) -> Result<i64> {
        let sql = "SELECT id FROM temp.bulk_since WHERE name = ?1";
        let id = self.conn.query_row(sql, [table], |row| row.get(0));
        id.map_err(|error| self.map_err("look where its new rows begin", &error))
    }

    /// Turns the CHECK constraints of all tables on or off. SQLite then prepares every statement
    /// anew.
    pub(super) fn enforce_checks(&self, on: bool) -> Result<()> {
        self.conn
            .pragma_update(None, "ignore_check_constraints", !on)
            .map_err(|error| self.map_err("set its checks aside", &error))
    }

    /// Runs the checks of the suspended triggers once over all new rows, updates `claims.status`
    /// and the search index, and re-creates the triggers.
    ///
    /// # Errors
    /// Returns [`Error::Refused`] with the trigger's message if a new row breaks its rule.
    pub fn restore_triggers(&self, suspended: SuspendedTriggers) -> Result<()> {
        let fail = |error: rusqlite::Error| self.map_err("put its guards back", &error);
        let run = |sql: &str| self.conn.execute_batch(sql).map_err(fail);
        self.verify()?;
        for Trigger { name, .. } in suspended.triggers.iter().filter(|trigger| trigger.late) {
            run(&format!("DROP TRIGGER {name}"))?;
        }
        // The restoration of an export has its versions already.
        if suspended.triggers.iter().any(|trigger| trigger.name.ends_with("_insert_version")) {
            run(include_str!("bulk_versions.sql"))?;
        }
        run(include_str!("bulk_finish.sql"))?;
        self.build_indexes(&suspended.status_index)?;
        run(include_str!("bulk_weigh.sql"))?;
        run(include_str!("bulk_keep.sql"))?;
        search::index::add_bulk(&self.conn).map_err(fail)?;
        for Trigger { sql, .. } in &suspended.triggers {
            run(sql)?;
        }
        run("DROP TABLE temp.bulk_since")
    }

    /// Runs the checks of the suspended triggers over all new rows.
    fn verify(&self) -> Result<()> {
        let fail = |error: rusqlite::Error| self.map_err("check the new rows", &error);
        for sql in [include_str!("bulk_references.sql"), include_str!("bulk_verify.sql")] {
            let mut statement = self.conn.prepare(sql).map_err(fail)?;
            let mut rows = statement.query([]).map_err(fail)?;
            if let Some(row) = rows.next().map_err(fail)? {
                let what: String = row.get("what").map_err(fail)?;
                return Err(Error::Refused { what, hint: "nothing was written".to_owned() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::store::in_memory;

    #[test]
    fn further_verdicts_are_looked_for_among_those_of_the_claim() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        archive.conn.execute_batch("CREATE TEMP TABLE bulk_since (name TEXT, id INTEGER)").unwrap();
        let sql = format!("EXPLAIN QUERY PLAN {}", include_str!("bulk_verify.sql"));
        let mut plan = archive.conn.prepare(&sql).unwrap();
        let steps = plan.query_map([], |row| row.get("detail")).unwrap();
        let steps: Vec<String> = steps.collect::<Result<_, _>>().unwrap();
        let of_others = steps.iter().find(|step| step.starts_with("SEARCH o ")).unwrap();
        assert!(of_others.contains("assessments_by_claim (claim_id=?"), "{of_others}");
    }

    /// Rows that a trigger would refuse, and the error at the end of a bulk load.
    const WRONG: [(&str, &str); 18] = [
        ("claims (key, text, kind) VALUES ('x', 'x', 'rumour')", "claims.kind: no such row in claim_kinds"),
        (
            "claims (key, text, kind, date_precision) VALUES ('x', 'x', 'event', 9)",
            "claims.date_precision: no such row in date_precisions",
        ),
        ("claims (key, text, kind, happened) VALUES ('x', 'x', 'event', '1999')", "the date 1999 of claim x has no days"),
        ("mentions (claim_id, source_id) VALUES (9, 1)", "mentions.claim_id: no such row in claims"),
        ("mentions (claim_id, source_id) VALUES (1, 9)", "mentions.source_id: no such row in sources"),
        ("mentions (claim_id, source_id, speaker_id) VALUES (1, 1, 9)", "mentions.speaker_id: no such row in sources"),
        ("mentions (claim_id, source_id, stance) VALUES (1, 1, 'sings')", "mentions.stance: no such row in stances"),
        ("claim_locations (claim_id, location_id) VALUES (1, 9)", "claim_locations.location_id: no such row in locations"),
        ("figures (key, claim_id, measure_id, value) VALUES ('f', 1, 9, 1)", "figures.measure_id: no such row in measures"),
        ("figures (key, claim_id, measure_id, low, high) VALUES ('f', 1, 1, 3, 2)", "figure f: its low is above its high"),
        ("figures (key, claim_id, measure_id, value, low) VALUES ('f', 1, 1, 1, 2)", "figure f: its value is below its low"),
        ("figures (key, claim_id, measure_id, value, high) VALUES ('f', 1, 1, 3, 2)", "figure f: its value is above its high"),
        ("figures (id, key, claim_id, measure_id, value, out_of_id) VALUES (5, 'f', 1, 1, 3, 5)", "figure f: it is out of itself"),
        (
            "figures (key, claim_id, measure_id) VALUES ('f', 1, 1)",
            "figure f: a number is needed, unless the qualifier is one that needs none",
        ),
        (
            "figures (key, claim_id, measure_id, low, high) VALUES ('f', 1, 1, -5, 5)",
            "figure f: what its measure counts is never below zero",
        ),
        (
            "assessments (claim_id, status, assessor_id, at, because) VALUES (1, 'unassessed', 1, '2021-01-01T00:00:00Z', 'x')",
            "a verdict on c: unassessed means that there is no verdict; it cannot be given",
        ),
        (
            "assessments (claim_id, status, assessor_id, at, because)
             VALUES (1, 'reported', 1, '2021-01-01T00:00:00Z', 'x'), (1, 'reported', 1, '2021-01-01T00:00:00Z', 'x')",
            "a verdict on c is recorded twice",
        ),
        ("assessment_evidence (assessment_id, source_id) VALUES (9, 1)", "assessment_evidence.assessment_id: no such row in assessments"),
    ];

    #[test]
    fn the_end_of_a_load_makes_the_checks_of_the_guards() {
        let writer = in_memory("2021-01-01T00:00:00Z").unwrap();
        writer.rely_on_guards().unwrap();
        let suspended = writer.suspend_triggers().unwrap();
        let run = |sql: &str| writer.conn.execute_batch(sql).unwrap();
        run("INSERT INTO locations (key, name, kind) VALUES ('l', 'l', 'town');
             INSERT INTO measures (key, title, dimension, growth) VALUES ('m', 'm', 'people', 'level');
             INSERT INTO claims (key, text, kind) VALUES ('c', 'c', 'event');
             PRAGMA ignore_check_constraints = ON");
        for (row, said) in WRONG {
            writer.savepoint().unwrap();
            run(&format!("INSERT INTO {row}"));
            let told = writer.verify().unwrap_err().to_string();
            assert!(told.contains(said), "{row}: {told}");
            writer.roll_back().unwrap();
        }
        writer.restore_triggers(suspended).unwrap();
        assert_eq!(crate::store::changed_guards(&writer, &[]).unwrap(), []);
    }
}
