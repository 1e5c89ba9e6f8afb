//! Checks the quoting of a CSV table while it is read, and records the line on which each row
//! begins. The `csv` reader behind it accepts any input: after an unclosed quotation mark it reads
//! the rest of the file into one cell. It also miscounts lines that end in CR or CR LF, and skips
//! empty ones.

use std::collections::VecDeque;
use std::io::Read;

/// The size of a quoted cell, in bytes, beyond which its quotation mark counts as never closed.
const MAX_QUOTED_BYTES: usize = 16 << 20;

/// A fault in the quoting of a cell.
#[derive(Debug)]
pub(super) struct QuotingFault {
    /// The line on which the cell begins, from 1.
    pub line: usize,
    /// The index of the cell in its row, from 0.
    pub cell: usize,
    /// The message: the fault and its remedy.
    pub what: String,
    /// The number of its row, from 1.
    row: usize,
}

/// The state of the scanner between two bytes.
enum CellState {
    Start,
    Unquoted,
    Quoted,
    /// After a quotation mark in a quoted cell: either its end, or the first of an escaped pair.
    QuoteInQuoted,
}

/// A reader that passes UTF-8 through unchanged and collects faults.
pub(super) struct QuoteChecker<R> {
    inner: R,
    delimiter: u8,
    state: CellState,
    line: usize,
    cell_line: usize,
    length: usize,
    cell: usize,
    /// True when the previous byte was a CR, so that a LF ends the same line.
    after_cr: bool,
    /// The number of rows begun so far.
    rows: usize,
    /// The first lines of the rows that [`QuoteChecker::next_row`] has not returned yet.
    starts: VecDeque<usize>,
    /// The bytes of those rows, without the ends of their lines.
    raw: VecDeque<Vec<u8>>,
    /// False where quotation marks are text like any other.
    quoting: bool,
    faults: VecDeque<QuotingFault>,
    ended: bool,
}

impl<R: Read> QuoteChecker<R> {
    /// A checker of the text in `inner`. Without `quoting` a quotation mark is text like any other.
    pub(in crate::intake) fn new(inner: R, delimiter: u8, quoting: bool) -> Self {
        QuoteChecker {
            inner,
            delimiter,
            state: CellState::Start,
            line: 1,
            cell_line: 1,
            length: 0,
            cell: 0,
            after_cr: false,
            rows: 0,
            starts: VecDeque::new(),
            raw: VecDeque::new(),
            quoting,
            faults: VecDeque::new(),
            ended: false,
        }
    }

    /// Returns the first line, the bytes and the faults of the next row. Call it once per row, after
    /// reading the row.
    pub(in crate::intake) fn next_row(&mut self) -> (usize, Vec<u8>, Vec<QuotingFault>) {
        let line = self.starts.pop_front().unwrap_or(self.line);
        let raw = self.raw.pop_front().unwrap_or_default();
        let row = self.rows - self.starts.len();
        let due = self.faults.iter().take_while(|fault| fault.row <= row).count();
        (line, raw, self.faults.drain(..due).collect())
    }

    fn add_fault(&mut self, line: usize, what: String) {
        self.faults.push_back(QuotingFault { line, cell: self.cell, what, row: self.rows });
    }

    fn scan_byte(&mut self, byte: u8) {
        let ends = byte == self.delimiter || byte == b'\n' || byte == b'\r';
        if matches!(self.state, CellState::Start)
            && self.cell == 0
            && !matches!(byte, b'\n' | b'\r')
        {
            self.rows += 1;
            self.starts.push_back(self.line);
            self.raw.push_back(Vec::new());
        }
        self.state = match (&self.state, byte) {
            (CellState::Start, b'"') if self.quoting => {
                (self.cell_line, self.length) = (self.line, 0);
                CellState::Quoted
            }
            (CellState::Quoted, b'"') => CellState::QuoteInQuoted,
            (CellState::QuoteInQuoted, b'"') => CellState::Quoted,
            (CellState::Quoted, _) => {
                self.length += 1;
                CellState::Quoted
            }
            (_, _) if ends => CellState::Start,
            (CellState::QuoteInQuoted, _) => {
                let what = "there is text after the closing quotation mark; write \"\" for a \
                            quotation mark inside a quoted cell, or read the marks as text with \
                            `--quotes literal`";
                self.add_fault(self.cell_line, what.to_owned());
                CellState::Unquoted
            }
            _ => CellState::Unquoted,
        };
        let ends_row = matches!((byte, &self.state), (b'\n' | b'\r', CellState::Start));
        if let (Some(raw), false) = (self.raw.back_mut(), ends_row) {
            raw.push(byte);
        }
        match (byte, &self.state) {
            (b'\n' | b'\r', CellState::Start) => self.cell = 0,
            (_, CellState::Start) => self.cell += 1,
            _ => {}
        }
        self.line += usize::from(byte == b'\r' || (byte == b'\n' && !self.after_cr));
        self.after_cr = byte == b'\r';
    }

    fn report_unclosed(&mut self) {
        let lines = self.line - self.cell_line;
        let what = match lines {
            0 => "its quotation mark is never closed".to_owned(),
            _ => format!(
                "its quotation mark is never closed, and {lines} more lines are read into it"
            ),
        };
        self.add_fault(self.cell_line, what);
        self.state = CellState::Unquoted;
    }
}

impl<R: Read> Read for QuoteChecker<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        let number = self.inner.read(buffer)?;
        for byte in &buffer[..number] {
            self.scan_byte(*byte);
        }
        let quoted = matches!(self.state, CellState::Quoted);
        if number == 0 || (quoted && self.length > MAX_QUOTED_BYTES) {
            self.ended = true;
            if quoted {
                self.report_unclosed();
            }
            return Ok(0);
        }
        Ok(number)
    }
}
