//! Counts the rows that look like an earlier one in the columns shown, so that nobody takes several for one.

use crate::model::{RowSink, Value};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;

/// A sink that counts rows that are the same as an earlier one, and passes all of them on.
pub(super) struct AlikeRows<'a> {
    sink: &'a mut dyn RowSink,
    /// The hashes of the rows so far.
    seen: HashSet<u64>,
    /// The number of rows that are the same as an earlier one.
    pub alike: u64,
}

impl<'a> AlikeRows<'a> {
    /// Creates a sink in front of this one.
    pub fn new(sink: &'a mut dyn RowSink) -> Self {
        AlikeRows { sink, seen: HashSet::new(), alike: 0 }
    }
}

impl RowSink for AlikeRows<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.sink.begin(columns)
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        let mut hasher = DefaultHasher::new();
        for value in row {
            (value.is_null(), value.to_string()).hash(&mut hasher);
        }
        self.alike += u64::from(!self.seen.insert(hasher.finish()));
        self.sink.row(row)
    }

    fn end(&mut self) -> io::Result<()> {
        self.sink.end()
    }
}
