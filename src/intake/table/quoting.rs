//! Watches the rows and quotation marks of a table while it is read. The reader behind it takes whatever
//! comes: of an unclosed quotation mark it makes one cell of all that follows. Nor does it know on which
//! line a row begins where lines end in CR or CR LF, or empty ones stand between.

use std::collections::VecDeque;
use std::io::Read;

/// Bytes of a quoted cell beyond which its quotation mark is taken for one that was never closed.
const LONGEST: usize = 16 << 20;

/// What is wrong with the quotation marks of a cell.
#[derive(Debug)]
pub(super) struct Fault {
    /// Line on which the cell begins, from 1.
    pub line: usize,
    /// Position of the cell in its row, from 0.
    pub cell: usize,
    /// What is wrong and what to do.
    pub what: String,
    /// The row it is in, counted from 1.
    row: usize,
}

enum State {
    Begins,
    Bare,
    Quoted,
    /// After a quotation mark inside a quoted cell: its end, or the first of two.
    Closed,
}

/// A reader of UTF-8 that hands everything on and notes faults.
pub(super) struct Quotes<R> {
    inner: R,
    delimiter: u8,
    state: State,
    line: usize,
    opened: usize,
    length: usize,
    cell: usize,
    /// Whether the byte before was a CR, which a LF belongs to.
    after_cr: bool,
    /// Rows that began so far, and on which lines those did that were not asked for yet.
    rows: usize,
    starts: VecDeque<usize>,
    faults: VecDeque<Fault>,
    ended: bool,
}

impl<R: Read> Quotes<R> {
    pub(in crate::intake) fn new(inner: R, delimiter: u8) -> Self {
        Quotes {
            inner,
            delimiter,
            state: State::Begins,
            line: 1,
            opened: 1,
            length: 0,
            cell: 0,
            after_cr: false,
            rows: 0,
            starts: VecDeque::new(),
            faults: VecDeque::new(),
            ended: false,
        }
    }

    /// The line on which the next row begins that was not asked for yet, and what is wrong in it. Rows
    /// are asked for in order, each once it was read.
    pub(in crate::intake) fn row(&mut self) -> (usize, Vec<Fault>) {
        let line = self.starts.pop_front().unwrap_or(self.line);
        let row = self.rows - self.starts.len();
        let due = self.faults.iter().take_while(|fault| fault.row <= row).count();
        (line, self.faults.drain(..due).collect())
    }

    fn fault(&mut self, line: usize, what: String) {
        self.faults.push_back(Fault { line, cell: self.cell, what, row: self.rows });
    }

    fn watch(&mut self, byte: u8) {
        let ends = byte == self.delimiter || byte == b'\n' || byte == b'\r';
        if matches!(self.state, State::Begins) && self.cell == 0 && !matches!(byte, b'\n' | b'\r') {
            self.rows += 1;
            self.starts.push_back(self.line);
        }
        self.state = match (&self.state, byte) {
            (State::Begins, b'"') => {
                (self.opened, self.length) = (self.line, 0);
                State::Quoted
            }
            (State::Quoted, b'"') => State::Closed,
            (State::Closed, b'"') => State::Quoted,
            (State::Quoted, _) => {
                self.length += 1;
                State::Quoted
            }
            (_, _) if ends => State::Begins,
            (State::Closed, _) => {
                let what = "there is text after the closing quotation mark; write \"\" for a \
                            quotation mark inside a quoted cell";
                self.fault(self.opened, what.to_owned());
                State::Bare
            }
            _ => State::Bare,
        };
        match (byte, &self.state) {
            (b'\n' | b'\r', State::Begins) => self.cell = 0,
            (_, State::Begins) => self.cell += 1,
            _ => {}
        }
        self.line += usize::from(byte == b'\r' || (byte == b'\n' && !self.after_cr));
        self.after_cr = byte == b'\r';
    }

    fn unclosed(&mut self) {
        let lines = self.line - self.opened;
        let what = match lines {
            0 => "its quotation mark is never closed".to_owned(),
            _ => format!(
                "its quotation mark is never closed, and {lines} more lines are read into it"
            ),
        };
        self.fault(self.opened, what);
        self.state = State::Bare;
    }
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        let number = self.inner.read(buffer)?;
        for byte in &buffer[..number] {
            self.watch(*byte);
        }
        let quoted = matches!(self.state, State::Quoted);
        if number == 0 || (quoted && self.length > LONGEST) {
            self.ended = true;
            if quoted {
                self.unclosed();
            }
            return Ok(0);
        }
        Ok(number)
    }
}
