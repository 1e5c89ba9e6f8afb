//! The state of a shell, and the one way by which it shows rows.

use crate::pager;
use crate::terminal;
use onrecord::error::Result;
use onrecord::model::{CancelToken, RowSink, Table};
use onrecord::ops::query::sql;
use onrecord::render::{self, Format, Style};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The settings that outlive a line.
pub struct Session<'a> {
    /// The archive.
    pub file: &'a Path,
    /// The form of the output; `.format` changes it.
    pub format: Format,
    /// The time limit of each query, in seconds.
    pub timeout: Option<f64>,
}

impl Session<'_> {
    /// Runs a statement and shows its rows.
    pub fn query(&self, text: &str) -> Result<()> {
        self.show("NULL", |cancel, sink| {
            sql::run_sql(self.file, text.to_owned(), Vec::new(), cancel, sink)
        })
    }

    /// Shows the rows that `write_rows` sends; Ctrl-C stops it. `absent` stands for NULL.
    pub fn show(
        &self,
        absent: &'static str,
        write_rows: impl FnOnce(CancelToken, &mut dyn RowSink) -> Result<()>,
    ) -> Result<()> {
        terminal::clear_interrupt();
        let over = Arc::new(AtomicBool::new(false));
        let cancel = terminal::cancel_or_ask(self.timeout, Arc::clone(&over));
        let shown = pager::paged(terminal::Colors::of(self.format), |out| {
            let style = Style { absent, ..terminal::style() };
            write_rows(cancel, &mut *render::row_sink(self.format, style, out))
        });
        over.store(true, Ordering::Relaxed);
        terminal::clear_interrupt();
        shown
    }

    /// Shows the table that `read` returns.
    pub fn show_table(&self, read: impl FnOnce(CancelToken) -> Result<Table>) -> Result<()> {
        self.show(Style::default().absent, |cancel, sink| Ok(read(cancel)?.send(sink)?))
    }
}
