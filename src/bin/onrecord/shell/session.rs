//! The state of a shell, and the one way by which it shows rows.

use crate::output::report_answer;
use crate::pager;
use crate::terminal::{self, Colors};
use onrecord::error::Result;
use onrecord::model::{CancelToken, CountedRows, RowSink, Table};
use onrecord::ops::query::sql;
use onrecord::ops::report;
use onrecord::render::{self, Format, Style};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The settings that outlive a line.
pub struct Session<'a> {
    /// The archive.
    pub file: &'a Path,
    /// The form of the output; `.format` changes it.
    pub format: Format,
    /// The time limit of each query, in seconds.
    pub timeout: Option<f64>,
    /// True to show all columns of a report, and each row on one line.
    pub wide: bool,
    /// True to say how many rows there were, and how long they took.
    pub timing: bool,
}

impl Session<'_> {
    /// Runs a statement and shows its rows.
    pub fn query(&self, text: &str) -> Result<()> {
        let style = Style { absent: "NULL", ..self.style(terminal::style()) };
        self.show(style, |cancel, sink| {
            sql::run_sql(self.file, text.to_owned(), Vec::new(), cancel, sink)
        })
    }

    /// Runs a report with these conditions and shows its rows.
    pub fn report(&self, name: &str, conditions: Vec<String>) -> Result<()> {
        let number = conditions.len();
        let lead = self.format == Format::Table && !self.wide;
        let options =
            report::Options { conditions, lead, today: terminal::today(), ..Default::default() };
        let mut answered = report::Answered::default();
        self.show(self.style(terminal::report_style()), |cancel, sink| {
            answered = report::run(self.file, name, &options, cancel, sink)?;
            Ok(())
        })?;
        report_answer(&answered, number);
        Ok(())
    }

    /// Shows the table that `read` returns.
    pub fn show_table(&self, read: impl FnOnce(CancelToken) -> Result<Table>) -> Result<()> {
        self.show(self.style(terminal::style()), |cancel, sink| Ok(read(cancel)?.send(sink)?))
    }

    fn style(&self, style: Style) -> Style {
        if self.wide { Style { width: None, ..style } } else { style }
    }

    /// Shows the rows that `write_rows` sends; Ctrl-C stops it.
    fn show(
        &self,
        style: Style,
        write_rows: impl FnOnce(CancelToken, &mut dyn RowSink) -> Result<()>,
    ) -> Result<()> {
        terminal::clear_interrupt();
        let over = Arc::new(AtomicBool::new(false));
        let cancel = terminal::cancel_or_ask(self.timeout, Arc::clone(&over));
        let begun = Instant::now();
        let mut took = (0, Duration::ZERO);
        let shown = pager::paged(Colors::of(self.format), |out| {
            let mut sink = render::row_sink(self.format, style, out);
            let mut counted = CountedRows::new(&mut *sink);
            let written = write_rows(cancel, &mut counted);
            took = (counted.rows, begun.elapsed());
            written
        });
        over.store(true, Ordering::Relaxed);
        terminal::clear_interrupt();
        if let (true, true, (rows, time)) = (self.timing, shown.is_ok(), took) {
            let noun = if rows == 1 { "row" } else { "rows" };
            terminal::print_status(&format!("{rows} {noun} in {:.3} s", time.as_secs_f64()));
        }
        shown
    }
}
