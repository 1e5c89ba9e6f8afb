//! Rows as `COPY` of PostgreSQL reads them, in its text format: a row a line, cells with tabs between, `\N` for NULL.
//! Its CSV ends at a line `\.` within a text.

use crate::model::{RowSink, Value};
use std::io::{self, Write};

/// Writes rows for `COPY … FROM` of PostgreSQL, without a heading.
pub struct CopyRows<'a> {
    out: &'a mut dyn Write,
}

impl<'a> CopyRows<'a> {
    /// Writes to `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        CopyRows { out }
    }

    fn cell(&mut self, value: &Value) -> io::Result<()> {
        match value {
            Value::Null => self.out.write_all(b"\\N"),
            Value::Text(text) => self.text(text),
            Value::Bytes(bytes) => {
                self.out.write_all(b"\\\\x")?;
                bytes.iter().try_for_each(|byte| write!(self.out, "{byte:02x}"))
            }
            // The fewest digits that give the number back.
            Value::Real(number) => write!(self.out, "{number:e}"),
            Value::Int(number) => write!(self.out, "{number}"),
        }
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some(at) = rest.find(['\\', '\t', '\n', '\r']) {
            self.out.write_all(&rest.as_bytes()[..at])?;
            self.out.write_all(match rest.as_bytes()[at] {
                b'\t' => b"\\t",
                b'\n' => b"\\n",
                b'\r' => b"\\r",
                _ => b"\\\\",
            })?;
            rest = &rest[at + 1..];
        }
        self.out.write_all(rest.as_bytes())
    }
}

impl RowSink for CopyRows<'_> {
    fn begin(&mut self, _: &[String]) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        for (n, value) in row.iter().enumerate() {
            if n > 0 {
                self.out.write_all(b"\t")?;
            }
            self.cell(value)?;
        }
        self.out.write_all(b"\n")
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::CopyRows;
    use crate::model::{RowSink, Value};

    #[test]
    fn what_copy_takes_for_a_sign_is_escaped() {
        let mut out = Vec::new();
        let text = Value::Text("a\tb\nc\\.\r\\N".to_owned());
        let row = [text, Value::Null, Value::Bytes(vec![0, 255]), Value::Real(0.1), Value::Int(-5)];
        CopyRows::new(&mut out).row(&row).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, "a\\tb\\nc\\\\.\\r\\\\N\t\\N\t\\\\x00ff\t1e-1\t-5\n");
    }
}
