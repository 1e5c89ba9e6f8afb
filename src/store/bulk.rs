//! Bulk loads: the guards on adding rows are set aside inside the transaction, what they would have
//! said is asked once for all new rows, and they are back before it ends. Row by row they cost
//! several times what the rows themselves cost.
//!
//! Only triggers on INSERT are set aside, and foreign keys, which repeat them. CHECKs go on holding for
//! each row but those that wait to go in together and are known to pass them (`fits.rs`); UNIQUE holds
//! for every row, and so does everything about changing or deleting one.

use super::open::Writer;
use crate::error::{Error, Result};

/// Guards that were set aside.
#[derive(Debug)]
pub struct Lifted {
    triggers: Vec<Trigger>,
}

#[derive(Debug)]
struct Trigger {
    name: String,
    sql: String,
    /// Whether it holds during the load and is set aside only while status is brought up to date.
    late: bool,
}

/// The tables of many rows.
const TABLES: [&str; 11] = [
    "sources",
    "source_origins",
    "locations",
    "location_names",
    "measures",
    "claims",
    "claim_locations",
    "mentions",
    "figures",
    "assessments",
    "assessment_evidence",
];

impl Writer {
    /// Leaves references to the guards of the file, or to [`Writer::restore_guards`]: SQLite's own
    /// foreign keys ask the same again for each row. Said before the transaction begins.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn rely_on_guards(&self) -> Result<()> {
        self.conn
            .pragma_update(None, "foreign_keys", false)
            .map_err(|error| self.fault("prepare for many rows", &error))
    }

    /// Sets the guards on new rows aside until [`Writer::restore_guards`], in the same transaction.
    ///
    /// # Errors
    /// When the archive cannot be written to.
    pub fn lift_guards(&self) -> Result<Lifted> {
        let fail = |error: rusqlite::Error| self.fault("set its guards aside", &error);
        let lift = || -> rusqlite::Result<Vec<Trigger>> {
            // Room for the inner pages of the indexes, so that none is read twice.
            self.conn.pragma_update(None, "cache_size", -32_000)?;
            // Where the new rows begin.
            self.conn.execute_batch("CREATE TEMP TABLE bulk_since (name TEXT, id INTEGER)")?;
            for table in TABLES {
                self.conn.execute(
                    &format!("INSERT INTO bulk_since SELECT ?1, ifnull(max(id), 0) FROM {table}"),
                    [table],
                )?;
            }
            let mut statement = self.conn.prepare(include_str!("bulk_triggers.sql"))?;
            let trigger = |row: &rusqlite::Row<'_>| {
                let (name, sql) = (row.get("name")?, row.get("sql")?);
                Ok(Trigger { name, sql, late: row.get("late")? })
            };
            statement.query_map([], trigger)?.collect()
        };
        let triggers = lift().map_err(fail)?;
        for Trigger { name, .. } in triggers.iter().filter(|trigger| !trigger.late) {
            self.conn.execute_batch(&format!("DROP TRIGGER {name}")).map_err(fail)?;
        }
        Ok(Lifted { triggers })
    }

    /// Asks of all new rows at once what the guards would have asked of each, brings status and
    /// search index up to date with them, and puts the guards back.
    ///
    /// # Errors
    /// [`Error::Refused`] with a guard's words when a new row breaks its rule.
    pub fn restore_guards(&self, lifted: Lifted) -> Result<()> {
        let fail = |error: rusqlite::Error| self.fault("put its guards back", &error);
        self.verify()?;
        let restore = || -> rusqlite::Result<()> {
            for Trigger { name, .. } in lifted.triggers.iter().filter(|trigger| trigger.late) {
                self.conn.execute_batch(&format!("DROP TRIGGER {name}"))?;
            }
            self.conn.execute_batch(include_str!("bulk_finish.sql"))?;
            for Trigger { sql, .. } in &lifted.triggers {
                self.conn.execute_batch(sql)?;
            }
            self.conn.execute_batch("DROP TABLE temp.bulk_since")
        };
        restore().map_err(fail)
    }

    fn verify(&self) -> Result<()> {
        let fail = |error: rusqlite::Error| self.fault("check the new rows", &error);
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
