//! Rows with named columns: the output of queries and the input of renderers.

use super::value::Value;
use std::io;

/// A consumer of rows, one at a time, so that a long result need not fit in memory.
pub trait RowSink {
    /// Receives the names of the columns, before any row.
    ///
    /// # Errors
    /// Fails when the output cannot be written.
    fn begin(&mut self, columns: &[String]) -> io::Result<()>;
    /// Receives a row, with one value per column.
    ///
    /// # Errors
    /// Fails when the output cannot be written.
    fn row(&mut self, row: &[Value]) -> io::Result<()>;
    /// Ends the result, after the last row.
    ///
    /// # Errors
    /// Fails when the output cannot be written.
    fn end(&mut self) -> io::Result<()>;
}

/// A whole result in memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// An empty table with these columns.
    pub fn new(columns: &[&str]) -> Self {
        Table { columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// Sends the whole table to a sink.
    ///
    /// # Errors
    /// Fails when the sink fails.
    pub fn send(&self, sink: &mut dyn RowSink) -> io::Result<()> {
        sink.begin(&self.columns)?;
        self.rows.iter().try_for_each(|row| sink.row(row))?;
        sink.end()
    }
}

impl RowSink for Table {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        self.rows.push(row.to_vec());
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
