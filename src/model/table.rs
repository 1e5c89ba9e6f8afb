//! Rows with named columns, as queries give them and renderers take them.

use super::Value;
use std::io;

/// Takes rows one at a time, so that a long result need not fit in memory.
pub trait RowSink {
    /// Takes the names of the columns, before any row.
    ///
    /// # Errors
    /// When what lies behind cannot be written to.
    fn begin(&mut self, columns: &[String]) -> io::Result<()>;
    /// Takes a row.
    ///
    /// # Errors
    /// When what lies behind cannot be written to.
    fn row(&mut self, row: &[Value]) -> io::Result<()>;
    /// Takes note that there are no more rows.
    ///
    /// # Errors
    /// When what lies behind cannot be written to.
    fn end(&mut self) -> io::Result<()>;
}

/// A result held in memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// A table with these columns and no rows.
    pub fn new(columns: &[&str]) -> Self {
        Table { columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// Sends the whole table to a sink.
    ///
    /// # Errors
    /// When the sink fails.
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
