//! Inserts new rows: one by one, or in batches during a bulk load.

use super::batch::{BufferSlot, InsertBuffer, TableBuffer};
use super::constraints::{TABLES, satisfies_checks};
use super::id_cache::KnownKeys;
use super::identity::{SOURCE_FORMS, forms_of_new};
use super::sql::{StatementKind, bound_values, insert_many_sql, insert_sql, named};
use super::writer::{RowWriter, write_error};
use crate::error::{Error, Result};
use crate::model::{Field, Kind, Role, Type, Value};

/// The maximum number of dates that are held in memory.
const MAX_DATES: usize = 20_000;

/// The number of rows that one statement inserts.
const ROWS_PER_STATEMENT: usize = 16;

/// The minimum number of buffered rows for which CHECKs are turned off. With fewer rows it would
/// cost more than it saves, since SQLite then prepares every statement anew.
const MIN_ROWS_UNCHECKED: usize = 256;

impl RowWriter<'_> {
    /// Begins a bulk load. Call this after [`crate::store::Writer::suspend_triggers`]. During the
    /// load this writer maintains `dates` itself. If `buffered` is true, new rows are inserted in
    /// batches, the last of them by [`RowWriter::end_bulk`], which also builds some of their indexes.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn begin_bulk(&mut self, buffered: bool) -> Result<()> {
        self.dates.get_or_insert_default();
        if buffered {
            let mut last = [0; TABLES.len()];
            for (table, last) in TABLES.iter().zip(&mut last) {
                *last = self.writer.last_id(table)?;
            }
            // Near the end of the id range SQLite no longer assigns consecutive ids.
            if last.iter().all(|last| *last < i64::MAX / 2) {
                self.buffer = Some(InsertBuffer::new(last.map(|last| last + 1)));
            }
            self.set_indexes_aside()?;
            self.read_known_keys()?;
        }
        Ok(())
    }

    /// Inserts or buffers a row, and returns its id.
    pub(in crate::store) fn insert(
        &mut self,
        kind: &'static Kind,
        mut columns: Vec<Option<Value>>,
    ) -> Result<i64> {
        for (n, field) in kind.fields.iter().enumerate() {
            if columns[n].is_none() && field.required && field.ty == Type::Time {
                columns[n] = Some(Value::from(self.now));
                if let Some(position) = field.stated_in.and_then(|name| kind.position(name)) {
                    columns[position] = Some(Value::Int(0));
                }
            }
        }
        if self.dates.is_some() && kind.role != Role::Derived {
            for (_, value) in kind.fields.iter().zip(&columns).filter(|(f, _)| f.ty == Type::Date) {
                if let Some(Value::Text(date)) = value {
                    self.add_date(date)?;
                }
            }
        }
        let Some(slot) = BufferSlot::of(kind) else {
            // The triggers on a row that refers to a buffered row must find it in the file.
            let refers = |field: &Field| match field.ty {
                Type::Ref(of) => TABLES.contains(&of),
                Type::RefIn(_) => true,
                _ => false,
            };
            if kind.fields.iter().any(refers) {
                self.flush()?;
            }
            return self.insert_now(kind, columns);
        };
        let Some(buffer) = &mut self.buffer else { return self.insert_now(kind, columns) };
        if satisfies_checks(kind, &columns) {
            return Ok(buffer.add(slot, kind, columns));
        }
        // SQLite decides, and its error names the broken rule.
        self.flush()?;
        let id = self.insert_now(kind, columns)?;
        if let Some(buffer) = &mut self.buffer {
            buffer.note_direct_insert(kind, id);
        }
        Ok(id)
    }

    fn insert_now(&mut self, kind: &'static Kind, columns: Vec<Option<Value>>) -> Result<i64> {
        let writer = self.writer;
        let named = named(&columns);
        let forms = forms_of_new(kind, &columns);
        let (purpose, computed): (_, &[&str]) = match forms {
            Some(_) => (StatementKind::AddKnown, &SOURCE_FORMS),
            None => (StatementKind::Add, &[]),
        };
        let forms = forms.into_iter().flatten().map(|form| form.map_or(Value::Null, Value::Text));
        let values = columns.into_iter().flatten().filter(|value| !value.is_null()).chain(forms);
        self.statement((kind.table, purpose, named), || insert_sql(kind, named, computed))
            .and_then(|statement| statement.execute(rusqlite::params_from_iter(values)))
            .map_err(|error| write_error(writer, &error))?;
        Ok(writer.conn.last_insert_rowid())
    }

    /// Inserts the buffered rows. Call this before any other code reads the tables of claims.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn flush(&mut self) -> Result<()> {
        let Some(buffer) = self.buffer.as_mut().filter(|buffer| buffer.len() > 0) else {
            return Ok(());
        };
        let checked = buffer.len() < MIN_ROWS_UNCHECKED;
        let tables = buffer.take();
        self.new_claim = None;
        if checked {
            return self.insert_all(&tables);
        }
        self.writer.enforce_checks(false)?;
        let added = self.insert_all(&tables);
        self.writer.enforce_checks(true)?;
        added
    }

    /// Ends what [`RowWriter::begin_bulk`] began, if it did: inserts the last rows and builds their indexes.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn end_bulk(&mut self) -> Result<()> {
        self.flush()?;
        self.known_keys = KnownKeys::default();
        self.restore_indexes()
    }

    fn insert_all(&mut self, tables: &[TableBuffer]) -> Result<()> {
        let writer = self.writer;
        for table in tables {
            let Some(kind) = table.kind else { continue };
            let named = table.named;
            let many = table.rows.chunks_exact(ROWS_PER_STATEMENT);
            for rows in many.clone().chain(many.remainder().chunks(1)) {
                let purpose = (kind.table, StatementKind::AddMany(rows.len()), named);
                let values = rows.iter().flat_map(|row| bound_values(kind, named, row));
                self.statement(purpose, || insert_many_sql(kind, named, rows.len()))
                    .and_then(|statement| statement.execute(rusqlite::params_from_iter(values)))
                    .map_err(|error| match write_error(writer, &error) {
                        Error::Refused { what, .. } => Error::Refused {
                            what: format!("the file refused new rows of {}: {what}", kind.table),
                            hint: "nothing was written; --keep-going writes one by one and says \
                                   which it is"
                                .to_owned(),
                        },
                        other => other,
                    })?;
            }
            if writer.conn.last_insert_rowid() != table.next() - 1 {
                return Err(Error::Refused {
                    what: format!("the new rows of {} got other ids than expected", kind.table),
                    hint: "run `onrecord check`; nothing was written".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Adds a date to `dates` if it is missing.
    fn add_date(&mut self, date: &str) -> Result<()> {
        let Some(dates) = &mut self.dates else { return Ok(()) };
        if dates.contains(date) {
            return Ok(());
        }
        if dates.len() >= MAX_DATES {
            dates.clear();
        }
        dates.insert(date.to_owned());
        let sql = "INSERT INTO dates (edtf) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM dates WHERE edtf = ?1)";
        self.execute(sql, [Value::from(date)])
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::super::batch::{BufferSlot, InsertBuffer};
    use super::{MAX_DATES, MIN_ROWS_UNCHECKED, TABLES};
    use crate::error::Error;
    use crate::model::{ASSESSMENT, CLAIM, Kind, SOURCE, Value, kind_of_table};
    use crate::store::{RowWriter, Writer, in_memory};

    const NOW: &str = "2021-01-01T00:00:00Z";

    fn row(kind: &Kind, fields: &[(&str, Value)]) -> Vec<Option<Value>> {
        let mut columns = vec![None; kind.fields.len()];
        for (name, value) in fields {
            columns[kind.position(name).unwrap()] = Some(value.clone());
        }
        columns
    }

    fn claim(key: &str, text: &str) -> Vec<Option<Value>> {
        let fields = [("key", key.into()), ("text", text.into()), ("kind", "event".into())];
        row(&CLAIM, &fields)
    }

    fn number(archive: &Writer, sql: &str) -> i64 {
        archive.conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn claims(archive: &Writer) -> i64 {
        number(archive, "SELECT count(1) FROM claims")
    }

    /// A writer in a bulk load that buffers rows.
    fn bulk(archive: &Writer) -> RowWriter<'_> {
        archive.rely_on_guards().unwrap();
        let _ = archive.suspend_triggers().unwrap();
        let mut rows = RowWriter::new(archive, NOW);
        rows.begin_bulk(true).unwrap();
        rows
    }

    fn refused(error: Error) -> (String, String) {
        let Error::Refused { what, hint } = error else { panic!("{error}") };
        (what, hint)
    }

    #[test]
    fn a_new_source_has_what_it_is_recognised_by() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = RowWriter::new(&archive, NOW);
        let source = [
            ("key", "s".into()),
            ("kind", "book".into()),
            ("title", "Ä Title".into()),
            ("url", "https://WWW.n.example/1/".into()),
            ("identifier", "isbn:978-0-306-40615-7".into()),
        ];
        rows.insert(&SOURCE, row(&SOURCE, &source)).unwrap();
        let forms = || -> [Option<String>; 3] {
            let sql = "SELECT folded, canonical, canonical_identifier FROM sources WHERE key = 's'";
            let forms = |row: &rusqlite::Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?]);
            archive.conn.query_row(sql, [], forms).unwrap()
        };
        let at_once = forms();
        assert!(at_once.iter().all(Option::is_some), "{at_once:?}");
        let empty =
            "UPDATE sources SET folded = NULL, canonical = NULL, canonical_identifier = NULL";
        archive.conn.execute_batch(empty).unwrap();
        rows.fill_identity().unwrap();
        assert_eq!(forms(), at_once);
        // Without a title it is the file that says what is missing.
        assert!(rows.insert(&SOURCE, row(&SOURCE, &source[..2])).is_err());
    }

    #[test]
    fn buffered_rows_go_in_at_the_flush_under_the_ids_they_were_given() {
        for many in [1, 16, 35, MIN_ROWS_UNCHECKED + 1] {
            let archive = in_memory(NOW).unwrap();
            let mut rows = bulk(&archive);
            for n in 1..=many {
                let id = rows.insert(&CLAIM, claim(&format!("c-{n}"), "C")).unwrap();
                assert_eq!(id, i64::try_from(n).unwrap());
            }
            assert_eq!(claims(&archive), 0, "they are buffered");
            rows.flush().unwrap();
            let right =
                "SELECT count(1) FROM claims WHERE key = 'c-' || id AND status = 'unassessed'";
            assert_eq!(number(&archive, right), i64::try_from(many).unwrap());
            rows.flush().unwrap();
            assert_eq!(claims(&archive), i64::try_from(many).unwrap(), "nothing goes in twice");
            archive
                .conn
                .execute("INSERT INTO claims (key, text, kind) VALUES ('C', '', 'event')", [])
                .unwrap_err();
        }
    }

    #[test]
    fn a_value_that_is_not_stated_is_the_default_beside_rows_that_state_it() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = bulk(&archive);
        rows.insert(&CLAIM, claim("a", "A")).unwrap();
        let mention = kind_of_table("mentions").unwrap();
        for (locator, hedge) in
            [("1", Some("alleged".into())), ("2", None), ("3", Some(Value::Null))]
        {
            let fields =
                [("claim", Value::Int(1)), ("source", Value::Int(1)), ("locator", locator.into())];
            let mut columns = row(mention, &fields);
            columns[mention.position("hedge").unwrap()] = hedge;
            rows.insert(mention, columns).unwrap();
        }
        rows.flush().unwrap();
        let sql = "SELECT group_concat(said, ' ') FROM (SELECT locator || stance || hedge AS said FROM mentions ORDER BY id)";
        let said: String = archive.conn.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(said, "1assertsalleged 2assertsnone 3assertsnone");
    }

    #[test]
    fn without_a_buffer_each_row_goes_in_at_once() {
        let archive = in_memory(NOW).unwrap();
        archive.rely_on_guards().unwrap();
        let _ = archive.suspend_triggers().unwrap();
        let mut rows = RowWriter::new(&archive, NOW);
        rows.begin_bulk(false).unwrap();
        assert_eq!(rows.insert(&CLAIM, claim("c", "C")).unwrap(), 1);
        assert_eq!(claims(&archive), 1);
    }

    #[test]
    fn near_the_end_of_the_ids_no_row_is_buffered() {
        for (last, buffered) in [(i64::MAX / 2 - 1, true), (i64::MAX / 2, false)] {
            let archive = in_memory(NOW).unwrap();
            let sql = "INSERT INTO claims (id, key, text, kind) VALUES (?1, 'last', 'L', 'event')";
            archive.conn.execute(sql, [last]).unwrap();
            let rows = bulk(&archive);
            assert_eq!(rows.buffer.is_some(), buffered, "{last}");
        }
    }

    #[test]
    fn only_a_large_buffer_goes_in_with_the_checks_off() {
        for (many, accepted) in [(MIN_ROWS_UNCHECKED - 1, false), (MIN_ROWS_UNCHECKED, true)] {
            let archive = in_memory(NOW).unwrap();
            let mut rows = bulk(&archive);
            // The buffer relies on its callers: a row that breaks a CHECK shows whether it is on.
            let pending = rows.buffer.as_mut().unwrap();
            for n in 0..many {
                let slot = BufferSlot::of(&CLAIM).unwrap();
                pending.add(slot, &CLAIM, claim(&format!("c-{n}"), " "));
            }
            assert_eq!(rows.flush().is_ok(), accepted, "{many} rows");
        }
    }

    #[test]
    fn a_row_that_may_break_a_check_goes_in_by_itself() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = bulk(&archive);
        assert_eq!(rows.insert(&CLAIM, claim("a", "A")).unwrap(), 1);
        // More bytes than are known to satisfy the CHECK, in fewer characters than it allows.
        let long = "é".repeat(600_000);
        assert_eq!(rows.insert(&CLAIM, claim("b", &long)).unwrap(), 2);
        assert_eq!(claims(&archive), 2, "the buffered row went in before it");
        assert_eq!(rows.insert(&CLAIM, claim("c", "C")).unwrap(), 3);
        let (what, _) = refused(rows.insert(&CLAIM, claim("d", " ")).unwrap_err());
        assert!(what.contains("CHECK constraint failed"), "{what}");
        assert_eq!(claims(&archive), 3);
    }

    #[test]
    fn a_flush_that_the_file_refuses_names_the_table_and_the_way_out() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = bulk(&archive);
        rows.insert(&CLAIM, claim("a", "A")).unwrap();
        rows.insert(&CLAIM, claim("a", "B")).unwrap();
        let (what, hint) = refused(rows.flush().unwrap_err());
        assert!(what.starts_with("the file refused new rows of claims: UNIQUE"), "{what}");
        assert!(hint.contains("--keep-going"), "{hint}");
    }

    #[test]
    fn a_flush_fails_when_rows_got_other_ids() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = bulk(&archive);
        rows.buffer = Some(InsertBuffer::new([7; TABLES.len()]));
        assert_eq!(rows.insert(&CLAIM, claim("a", "A")).unwrap(), 7);
        let (what, _) = refused(rows.flush().unwrap_err());
        assert_eq!(what, "the new rows of claims got other ids than expected");
    }

    #[test]
    fn a_row_that_may_refer_to_a_buffered_row_waits_for_a_flush() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = bulk(&archive);
        rows.insert(&CLAIM, claim("a", "A")).unwrap();
        rows.insert(&CLAIM, claim("b", "B")).unwrap();
        let source = [("key", "s".into()), ("kind", "report".into()), ("title", "S".into())];
        rows.insert(&SOURCE, row(&SOURCE, &source)).unwrap();
        assert_eq!(claims(&archive), 0, "no source refers to a claim");
        let link = kind_of_table("claim_links").unwrap();
        let fields =
            [("from", Value::Int(1)), ("relation", "supports".into()), ("to", Value::Int(2))];
        rows.insert(link, row(link, &fields)).unwrap();
        assert_eq!(claims(&archive), 2);
    }

    #[test]
    fn a_time_that_is_needed_and_not_given_is_now() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = RowWriter::new(&archive, "2021-07-02T12:00:00Z");
        rows.insert(&CLAIM, claim("a", "A")).unwrap();
        let verdict = [
            ("claim", Value::Int(1)),
            ("status", "reported".into()),
            ("by", Value::Int(1)),
            ("because", "read".into()),
        ];
        rows.insert(&ASSESSMENT, row(&ASSESSMENT, &verdict)).unwrap();
        let mut dated = row(&ASSESSMENT, &verdict);
        dated[ASSESSMENT.position("at").unwrap()] = Some(NOW.into());
        rows.insert(&ASSESSMENT, dated).unwrap();
        let sql = "SELECT group_concat(at, ' ') FROM (SELECT at FROM assessments ORDER BY id)";
        let said: String = archive.conn.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(said, format!("2021-07-02T12:00:00Z {NOW}"), "a given time is kept");
    }

    #[test]
    fn a_bulk_load_keeps_each_date_once() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = bulk(&archive);
        for (n, date) in ["2021-06", "2021-06", "2021-07"].into_iter().enumerate() {
            let mut columns = claim(&format!("c-{n}"), "C");
            columns[CLAIM.position("happened").unwrap()] = Some(date.into());
            rows.insert(&CLAIM, columns).unwrap();
        }
        assert_eq!(number(&archive, "SELECT count(1) FROM dates"), 2);
        // A date that is in the file but was forgotten is not added again.
        rows.dates = Some((0..MAX_DATES).map(|n| n.to_string()).collect());
        rows.add_date("2021-06").unwrap();
        assert_eq!(number(&archive, "SELECT count(1) FROM dates"), 2);
        assert_eq!(rows.dates.as_ref().map(std::collections::HashSet::len), Some(1));
        let date = kind_of_table("dates").unwrap();
        rows.insert(date, row(date, &[("edtf", "2021-08".into())])).unwrap();
        assert_eq!(number(&archive, "SELECT count(1) FROM dates"), 3, "its own row is the date");
    }
}
