//! A record that answers questions: an archive file, or the same record on a server. The statements are those of SQLite; a server
//! is asked by their translation.

use super::condition::ColumnType;
use super::connection::{Handle, Reader};
use super::query::{Query, report_columns};
use super::rows::sql::value;
use super::schema::{StoredReport, stored_reports};
use crate::error::Result;
use crate::model::{RowSink, Value};
use rusqlite::params_from_iter;
use std::ops::Deref;

/// A column of a report.
#[derive(Clone, Debug)]
pub struct ReportColumn {
    /// Its name.
    pub name: String,
    /// The kind of its values.
    pub ty: ColumnType,
}

/// A record in which this program looks something up by its own statements.
pub trait Lookup {
    /// Passes each row of a statement to `take`. The values stand for `?1`, `?2` and so on; `doing` completes
    /// "cannot …".
    ///
    /// # Errors
    /// Fails if the record cannot be read; returns the errors of `take`.
    fn each_row(
        &self,
        doing: &str,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&[Value]) -> Result<()>,
    ) -> Result<()>;

    /// The texts in the first column of a statement, as of [`Lookup::each_row`].
    ///
    /// # Errors
    /// As [`Lookup::each_row`].
    fn texts(&self, doing: &str, sql: &str, values: &[Value]) -> Result<Vec<String>> {
        let mut found = Vec::new();
        self.each_row(doing, sql, values, &mut |row| {
            found.extend(row.first().and_then(Value::as_text).map(str::to_owned));
            Ok(())
        })?;
        Ok(found)
    }

    /// Its reports, those of the program first.
    ///
    /// # Errors
    /// Fails if the record cannot be read.
    fn reports(&self) -> Result<Vec<StoredReport>>;

    /// Returns true where the program's own views stand before those of the record.
    fn is_shadowed(&self) -> bool;

    /// Returns true for a record in the format of an older program.
    ///
    /// # Errors
    /// Fails if the record cannot be read.
    fn is_older(&self) -> Result<bool>;

    /// Returns true for a record that keeps what stands behind each claim: that of an older program does not.
    ///
    /// # Errors
    /// Fails if the record cannot be read.
    fn keeps_weights(&self) -> Result<bool>;
}

/// A record that answers reports. It is only read.
pub trait Answers: Lookup {
    /// Runs a query and passes its rows to the sink one by one.
    ///
    /// # Errors
    /// Fails if the record cannot be read or the sink not be written to, or as the query is stopped.
    fn run(&self, query: &Query, sink: &mut dyn RowSink) -> Result<()>;

    /// The columns of a view, or none where there is no such view. `prelude` is put before what reads it.
    ///
    /// # Errors
    /// Fails if the record cannot be read.
    fn columns_of(&self, view: &str, prelude: &str) -> Result<Vec<ReportColumn>>;

    /// Returns true where rows that are alike in what they are sorted by keep their order.
    fn keeps_ties(&self) -> bool;

    /// A statement as it is run: that of SQLite, or its translation.
    ///
    /// # Errors
    /// Fails if it cannot be translated.
    fn in_words_of_its_own(&self, sql: &str) -> Result<String>;
}

impl Lookup for Handle {
    fn each_row(
        &self,
        doing: &str,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&[Value]) -> Result<()>,
    ) -> Result<()> {
        let fail = |error: rusqlite::Error| self.map_err(doing, &error);
        let mut statement = self.conn.prepare_cached(sql).map_err(fail)?;
        let width = statement.column_count();
        let mut rows = statement.query(params_from_iter(values)).map_err(fail)?;
        let mut held = Vec::with_capacity(width);
        while let Some(row) = rows.next().map_err(fail)? {
            held.clear();
            for position in 0..width {
                held.push(row.get_ref(position).and_then(value).map_err(fail)?);
            }
            take(&held)?;
        }
        Ok(())
    }

    /// An import asks for the keys of every row that it reads.
    fn texts(&self, doing: &str, sql: &str, values: &[Value]) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.conn.prepare_cached(sql)?;
            statement.query_map(params_from_iter(values), |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.map_err(doing, &error))
    }

    fn reports(&self) -> Result<Vec<StoredReport>> {
        stored_reports(self)
    }

    fn is_shadowed(&self) -> bool {
        Handle::is_shadowed(self)
    }

    fn is_older(&self) -> Result<bool> {
        Handle::is_older(self)
    }

    fn keeps_weights(&self) -> Result<bool> {
        let view = "SELECT 1 FROM sqlite_schema WHERE name = 'outdated_weights'";
        let look = || self.conn.prepare_cached(view)?.exists([]);
        look().map_err(|error| self.map_err("see which weights are outdated", &error))
    }
}

impl<T: Deref<Target = Handle>> Lookup for T {
    fn each_row(
        &self,
        doing: &str,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&[Value]) -> Result<()>,
    ) -> Result<()> {
        (**self).each_row(doing, sql, values, take)
    }

    fn texts(&self, doing: &str, sql: &str, values: &[Value]) -> Result<Vec<String>> {
        (**self).texts(doing, sql, values)
    }

    fn reports(&self) -> Result<Vec<StoredReport>> {
        (**self).reports()
    }

    fn is_shadowed(&self) -> bool {
        (**self).is_shadowed()
    }

    fn is_older(&self) -> Result<bool> {
        (**self).is_older()
    }

    fn keeps_weights(&self) -> Result<bool> {
        (**self).keeps_weights()
    }
}

impl Answers for Reader {
    fn run(&self, query: &Query, sink: &mut dyn RowSink) -> Result<()> {
        query.run(self, sink)
    }

    fn columns_of(&self, view: &str, _: &str) -> Result<Vec<ReportColumn>> {
        let names = report_columns(self, view)?;
        Ok(names.into_iter().map(|name| ReportColumn { name, ty: ColumnType::Any }).collect())
    }

    fn keeps_ties(&self) -> bool {
        true
    }

    fn in_words_of_its_own(&self, sql: &str) -> Result<String> {
        Ok(sql.to_owned())
    }
}
