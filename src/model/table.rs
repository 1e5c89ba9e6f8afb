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

/// A sink that passes rows on and counts them.
pub struct CountedRows<'a> {
    sink: &'a mut dyn RowSink,
    /// The number of rows so far.
    pub rows: u64,
}

impl<'a> CountedRows<'a> {
    /// Creates a sink in front of this one.
    pub fn new(sink: &'a mut dyn RowSink) -> Self {
        CountedRows { sink, rows: 0 }
    }
}

impl RowSink for CountedRows<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.sink.begin(columns)
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        self.rows += 1;
        self.sink.row(row)
    }

    fn end(&mut self) -> io::Result<()> {
        self.sink.end()
    }
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
