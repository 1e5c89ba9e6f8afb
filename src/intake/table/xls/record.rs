//! Records, of which the stream of a workbook consists (MS-XLS 2.1.4): a number, a length and as many
//! bytes. What does not fit into one record goes on in the next ones.

use super::bytes::{Bytes, u16_at};
use super::id;

/// The version of BIFF8 in the first record of a substream.
pub(super) const BIFF8: u16 = 0x0600;

/// A record.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) id: u16,
    /// The place of the record in the stream.
    pub(super) offset: usize,
    pub(super) data: &'a [u8],
}

impl<'a> Record<'a> {
    /// Reads the record at a place in the stream.
    pub(super) fn at(stream: &'a [u8], offset: usize) -> Result<Self, String> {
        let head = stream.get(offset..).and_then(|rest| rest.split_at_checked(4));
        let (head, rest) = head.ok_or("it ends before its last record")?;
        let (id, length) = (u16_at(head, 0)?, usize::from(u16_at(head, 2)?));
        let data = rest.get(..length).ok_or("it ends within a record")?;
        Ok(Record { id, offset, data })
    }

    /// The place of the record that follows.
    pub(super) fn end(&self) -> usize {
        self.offset + 4 + self.data.len()
    }

    /// Returns the bytes of the record, with those of the records that go on with it.
    pub(super) fn bytes(&self, stream: &'a [u8]) -> Bytes<'a> {
        let mut parts = vec![self.data];
        let mut next = self.end();
        while let Ok(record) = Record::at(stream, next) {
            if record.id != id::CONTINUE {
                break;
            }
            parts.push(record.data);
            next = record.end();
        }
        Bytes::new(parts)
    }
}

/// The kinds of substreams.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// The part that worksheets share.
    Globals,
    Worksheet,
}

/// The records of a substream, without those of charts in it.
pub(super) struct Substream<'a> {
    stream: &'a [u8],
    next: usize,
}

impl<'a> Substream<'a> {
    /// Opens the substream at a place of the stream.
    pub(super) fn open(stream: &'a [u8], offset: usize, kind: Kind) -> Result<Self, String> {
        let first = Record::at(stream, offset)?;
        // The numbers by which BIFF2, BIFF3 and BIFF4 begin a substream.
        let older = matches!(first.id, 0x0009 | 0x0209 | 0x0409);
        if older || first.id == id::BOF && u16_at(first.data, 0)? != BIFF8 {
            return Err("it is a workbook of Excel 95 or older; open it in a spreadsheet program \
                        and save it as .xlsx"
                .to_owned());
        }
        let expected = match kind {
            Kind::Globals => 0x0005,
            Kind::Worksheet => 0x0010,
        };
        if first.id != id::BOF || u16_at(first.data, 2)? != expected {
            return Err("it does not begin where it should".to_owned());
        }
        Ok(Substream { stream, next: first.end() })
    }

    /// Returns the next record; `None` behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, String> {
        let mut depth = 0_usize;
        loop {
            let record = Record::at(self.stream, self.next)?;
            match record.id {
                id::BOF => depth += 1,
                id::EOF if depth == 0 => return Ok(None),
                id::EOF => depth -= 1,
                _ if depth == 0 => {
                    self.next = record.end();
                    return Ok(Some(record));
                }
                _ => {}
            }
            self.next = record.end();
        }
    }
}
