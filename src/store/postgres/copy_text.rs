//! Rows in the text format of `COPY` of PostgreSQL, read: a row a line, cells with tabs between, `\N` for NULL.

use std::io::{BufRead, Error, ErrorKind, Result};

/// Reads the rows of a table one by one.
pub(super) struct CopyReader<'a> {
    input: &'a mut dyn BufRead,
    line: Vec<u8>,
    number: u64,
}

impl<'a> CopyReader<'a> {
    /// Reads from `input`.
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        CopyReader { input, line: Vec::new(), number: 0 }
    }

    /// Reads the next row into `cells`, in place of what is there; `None` for a cell is NULL. Returns false at the end.
    ///
    /// # Errors
    /// Fails if the input cannot be read, ends within a row, or is no text in UTF-8.
    pub(super) fn next(&mut self, cells: &mut Vec<Option<String>>) -> Result<bool> {
        self.line.clear();
        cells.clear();
        if self.input.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(false);
        }
        self.number += 1;
        if self.line.pop() != Some(b'\n') {
            return Err(self.wrong("it ends within a row"));
        }
        for cell in self.line.split(|byte| *byte == b'\t') {
            let cell = match cell {
                b"\\N" => None,
                cell => Some(unescaped(cell).ok_or_else(|| self.wrong("a cell is no text"))?),
            };
            cells.push(cell);
        }
        Ok(true)
    }

    /// The error that the row which was read last is not as `COPY` writes it.
    pub(super) fn wrong(&self, why: &str) -> Error {
        Error::new(ErrorKind::InvalidData, format!("row {}: {why}", self.number))
    }
}

/// The text of a cell. `None` where it is none.
fn unescaped(cell: &[u8]) -> Option<String> {
    if !cell.contains(&b'\\') {
        return std::str::from_utf8(cell).ok().map(str::to_owned);
    }
    let mut bytes = Vec::with_capacity(cell.len());
    let mut rest = cell.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next()? {
                b'b' => 8,
                b'f' => 12,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'v' => 11,
                other => *other,
            },
            other => *other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::CopyReader;

    #[test]
    fn a_row_is_read_as_copy_writes_it() {
        let mut text: &[u8] =
            b"a\\tb\\nc\\\\.\\r\\\\N\t\\N\t\\\\x00ff\t\n\\b\\f\\v\t\xc3\xa9\t\\\\N\t1\n";
        let mut rows = CopyReader::new(&mut text);
        let mut cells = Vec::new();
        assert!(rows.next(&mut cells).unwrap());
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(cells, [some("a\tb\nc\\.\r\\N"), None, some("\\x00ff"), some("")]);
        assert!(rows.next(&mut cells).unwrap());
        assert_eq!(cells, [some("\u{8}\u{c}\u{b}"), some("é"), some("\\N"), some("1")]);
        assert!(!rows.next(&mut cells).unwrap());
        assert_eq!(rows.number, 2);
    }

    #[test]
    fn what_copy_does_not_write_is_refused_with_the_row() {
        for (text, why) in [
            (&b"a\nb"[..], "row 2: it ends within a row"),
            (b"a\n\xff\n", "row 2: a cell is no text"),
            (b"a\\\n", "row 1: a cell is no text"),
        ] {
            let mut text = text;
            let mut rows = CopyReader::new(&mut text);
            let mut cells = Vec::new();
            let error = loop {
                match rows.next(&mut cells) {
                    Ok(more) => assert!(more),
                    Err(error) => break error,
                }
            };
            assert_eq!(error.to_string(), why);
        }
    }
}
