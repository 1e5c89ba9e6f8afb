//! Rows: their bytes, put together from the pages on which they are, and the values in them.

use super::bits::Bits;
use super::bytes::{u32_at, varint};
use super::leaf::Cell;
use super::pages::{Encoding, Pages};
use rusqlite::types::Value;
use std::io::{Read, Seek};

/// A row as the file holds it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stored {
    /// Its id.
    pub id: i64,
    /// Its values, in the order of the columns; fewer than there are columns where the last were added later.
    pub values: Vec<Value>,
}

/// The reason for which a row cannot be read.
pub(super) type Why = &'static str;

/// Puts a row together. `trees` are the pages of tables, on which no row goes on.
pub(super) fn read_row<R: Read + Seek>(
    pages: &mut Pages<R>,
    trees: &Bits,
    cell: &Cell<'_>,
) -> Result<Stored, Why> {
    let Some(mut next) = cell.overflow else {
        return Ok(Stored { id: cell.id, values: values(cell.local, pages.header.encoding)? });
    };
    if cell.length > pages.length {
        return Err("it states more bytes than the file has");
    }
    let length = usize::try_from(cell.length).map_err(|_| "it states more bytes than there are")?;
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(cell.local);
    let share = pages.usable().saturating_sub(4);
    // Each page adds to the bytes, so that a chain that leads back to itself ends where the row ends.
    while bytes.len() < length {
        if next < 2 || trees.has(next) {
            return Err("what goes on on another page is lost");
        }
        let page = pages.read(next).ok_or("what goes on on another page is lost")?;
        let part = page.get(4..4 + share.min(length - bytes.len()));
        let part = part.ok_or("what goes on on another page is lost")?;
        bytes.extend_from_slice(part);
        next = u32_at(&page, 0).unwrap_or(0);
    }
    if next != 0 {
        return Err("it goes on behind its end");
    }
    Ok(Stored { id: cell.id, values: values(&bytes, pages.header.encoding)? })
}

/// Reads the values of a row. They have to fill its bytes: most changed bytes are noticed by that.
pub(super) fn values(bytes: &[u8], encoding: Encoding) -> Result<Vec<Value>, Why> {
    const BROKEN: Why = "its bytes are not those of a row";
    let mut at = 0;
    let header = varint(bytes, &mut at).ok_or(BROKEN)?;
    let header = usize::try_from(header).ok().filter(|end| *end <= bytes.len()).ok_or(BROKEN)?;
    let head = bytes.get(..header).ok_or(BROKEN)?;
    let mut place = header;
    let mut values = Vec::new();
    while at < header {
        let ty = varint(head, &mut at).ok_or(BROKEN)?;
        let length = match ty {
            0 | 8 | 9 => 0,
            1..=4 => ty,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return Err(BROKEN),
            _ => (ty - 12) / 2,
        };
        let end = usize::try_from(length).ok().and_then(|length| place.checked_add(length));
        let bytes = end.and_then(|end| bytes.get(place..end)).ok_or(BROKEN)?;
        place += bytes.len();
        values.push(value(ty, bytes, encoding)?);
    }
    if at == header && place == bytes.len() && !values.is_empty() {
        Ok(values)
    } else {
        Err(BROKEN)
    }
}

fn value(ty: u64, bytes: &[u8], encoding: Encoding) -> Result<Value, Why> {
    Ok(match ty {
        0 => Value::Null,
        1..=6 => {
            let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
            let start = if negative { -1 } else { 0 };
            Value::Integer(bytes.iter().fold(start, |n: i64, byte| n << 8 | i64::from(*byte)))
        }
        7 => {
            let bits = bytes.iter().fold(0, |n: u64, byte| n << 8 | u64::from(*byte));
            let number = f64::from_bits(bits);
            if number.is_nan() { Value::Null } else { Value::Real(number) }
        }
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        _ if ty.is_multiple_of(2) => Value::Blob(bytes.to_vec()),
        // No text of an archive has the character 0: a page that was emptied gives it.
        _ => {
            let text = text(bytes, encoding).filter(|text| !text.contains('\0'));
            Value::Text(text.ok_or("a text in it cannot be read")?)
        }
    })
}

/// A text as UTF-8; `None` where it is none in its encoding.
fn text(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| from(*pair)).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty())
    };
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Encoding::Utf16Le => wide(u16::from_le_bytes),
        Encoding::Utf16Be => wide(u16::from_be_bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::{read_row, values};
    use crate::store::recover::bits::Bits;
    use crate::store::recover::leaf::Cell;
    use crate::store::recover::pages::{Encoding, Pages};
    use rusqlite::types::Value;
    use std::io::Cursor;

    fn read(bytes: &[u8]) -> Option<Vec<Value>> {
        values(bytes, Encoding::Utf8).ok()
    }

    #[test]
    fn a_row_has_the_values_that_its_header_states() {
        let row = [7, 0, 1, 2, 8, 9, 17, 0xff, 0x01, 0x00, b'h', b'i'];
        let found = read(&row).unwrap();
        let number = Value::Integer;
        let expected =
            [Value::Null, number(-1), number(256), number(0), number(1), Value::Text("hi".into())];
        assert_eq!(found, expected);
        assert_eq!(read(&[2, 7, 0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18]).unwrap().len(), 1);
        assert_eq!(read(&[2, 7, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]), Some(vec![Value::Null]));
        assert_eq!(read(&[2, 5, 0x80, 0, 0, 0, 0, 0]), Some(vec![number(-(1 << 47))]));
        assert_eq!(read(&[2, 14, 7]), Some(vec![Value::Blob(vec![7])]));
    }

    #[test]
    fn bytes_that_do_not_fit_their_header_are_no_row() {
        for row in [
            &[][..],
            &[0],
            &[1],
            &[2, 1],
            &[2, 1, 5, 5],
            &[2, 10],
            &[2, 11],
            &[3, 0x81],
            &[200, 1],
            &[2, 15, 0xff],
            &[0xff; 12],
        ] {
            assert_eq!(read(row), None, "{row:?}");
        }
    }

    #[test]
    fn texts_of_other_encodings_become_utf_8() {
        let row = [2, 17, 0xe9, 0];
        assert_eq!(values(&row, Encoding::Utf16Le).unwrap(), [Value::Text("é".into())]);
        let row = [2, 17, 0, 0xe9];
        assert_eq!(values(&row, Encoding::Utf16Be).unwrap(), [Value::Text("é".into())]);
        assert!(values(&[2, 15, b'a'], Encoding::Utf16Le).is_err());
    }

    /// A file of three pages of 512 bytes: the second and the third have a row's overflow.
    fn overflowing(links: [u32; 2], fill: u8) -> Pages<Cursor<Vec<u8>>> {
        let mut file = vec![0; 3 * 512];
        file[..16].copy_from_slice(b"SQLite format 3\0");
        file[16..18].copy_from_slice(&512_u16.to_be_bytes());
        file[21..24].copy_from_slice(&[64, 32, 32]);
        for (n, link) in links.iter().enumerate() {
            let at = (n + 1) * 512;
            file[at..at + 4].copy_from_slice(&link.to_be_bytes());
            file[at + 4..at + 512].fill(fill);
        }
        let pages = Pages::open(Cursor::new(file)).unwrap();
        assert!(pages.has_header);
        pages
    }

    #[test]
    fn a_row_goes_on_on_other_pages() {
        // A text of 1000 letters: a header of 3 bytes, 39 bytes on the leaf.
        let mut local = vec![3, 0x8f, 0x5d];
        local.extend([b'a'; 36]);
        let length = 1003;
        let row = |links, fill, overflow, length| {
            let cell = Cell { id: 1, length, local: &local, overflow: Some(overflow) };
            read_row(&mut overflowing(links, fill), &Bits::new(3), &cell)
        };
        let whole = row([3, 0], b'a', 2, length).unwrap();
        assert_eq!(whole.values, [Value::Text("a".repeat(1000))]);
        assert!(row([3, 0], 0, 2, length).is_err(), "an empty page is no text");
        assert!(row([0, 0], b'a', 2, length).is_err(), "the chain ends before the row");
        assert!(row([9, 0], b'a', 2, length).is_err(), "there is no page 9");
        assert!(row([2, 0], b'a', 2, length).is_err(), "a circle");
        assert!(row([3, 2], b'a', 2, length).is_err(), "it goes on behind its end");
        assert!(row([3, 0], b'a', 1, length).is_err(), "the first page is that of the schema");
        assert!(row([3, 0], b'a', 2, u64::MAX).is_err(), "more than the file has");
        let mut trees = Bits::new(3);
        trees.add(3);
        let cell = Cell { id: 1, length, local: &local, overflow: Some(2) };
        assert!(read_row(&mut overflowing([3, 0], b'a'), &trees, &cell).is_err(), "a table's page");
    }
}
