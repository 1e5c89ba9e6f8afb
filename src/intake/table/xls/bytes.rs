//! Numbers and texts in the bytes of records.

/// The bytes of a record and of those that go on with it.
pub(super) struct Bytes<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

/// The message that bytes are missing.
fn too_short() -> String {
    "a record in it is too short".to_owned()
}

/// Reads a number of two bytes.
pub(super) fn u16_at(data: &[u8], at: usize) -> Result<u16, String> {
    let bytes = data.get(at..).and_then(|rest| rest.first_chunk());
    bytes.map(|bytes| u16::from_le_bytes(*bytes)).ok_or_else(too_short)
}

/// Reads a number of four bytes.
pub(super) fn u32_at(data: &[u8], at: usize) -> Result<u32, String> {
    let bytes = data.get(at..).and_then(|rest| rest.first_chunk());
    bytes.map(|bytes| u32::from_le_bytes(*bytes)).ok_or_else(too_short)
}

/// Reads a floating-point number of eight bytes.
pub(super) fn f64_at(data: &[u8], at: usize) -> Result<f64, String> {
    let bytes = data.get(at..).and_then(|rest| rest.first_chunk());
    bytes.map(|bytes| f64::from_le_bytes(*bytes)).ok_or_else(too_short)
}

/// The head of a text: its length, and what stands beside it.
pub(super) struct TextHead {
    /// True if a character has two bytes, else one.
    wide: bool,
    /// The number of changes of the font.
    runs: u16,
    /// The number of bytes behind the text, which hold its reading.
    phonetic: u32,
}

impl<'a> Bytes<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        let mut parts = parts.into_iter();
        let rest = parts.next().unwrap_or_default();
        Bytes { parts, rest }
    }

    /// Goes on with the next record.
    fn next_part(&mut self) -> Result<(), String> {
        self.rest = self.parts.next().ok_or_else(too_short)?;
        Ok(())
    }

    pub(super) fn u8(&mut self) -> Result<u8, String> {
        loop {
            if let Some((first, rest)) = self.rest.split_first() {
                self.rest = rest;
                return Ok(*first);
            }
            self.next_part()?;
        }
    }

    pub(super) fn u16(&mut self) -> Result<u16, String> {
        Ok(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    pub(super) fn u32(&mut self) -> Result<u32, String> {
        Ok(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Result<(), String> {
        while count > self.rest.len() {
            count -= self.rest.len();
            self.next_part()?;
        }
        self.rest = &self.rest[count..];
        Ok(())
    }

    /// Reads a number of bytes into memory of their own.
    pub(super) fn take(&mut self, count: usize) -> Result<Vec<u8>, String> {
        let mut taken = Vec::new();
        while taken.len() < count {
            let (own, rest) = self.rest.split_at((count - taken.len()).min(self.rest.len()));
            taken.extend_from_slice(own);
            self.rest = rest;
            if taken.len() < count {
                self.next_part()?;
            }
        }
        Ok(taken)
    }

    /// Reads what stands between the length of a text and its characters.
    pub(super) fn text_head(&mut self) -> Result<TextHead, String> {
        let flags = self.u8()?;
        let runs = if flags & 0x08 == 0 { 0 } else { self.u16()? };
        let phonetic = if flags & 0x04 == 0 { 0 } else { self.u32()? };
        Ok(TextHead { wide: flags & 0x01 != 0, runs, phonetic })
    }

    /// Reads the characters of a text. Where it goes on in another record, this says anew whether
    /// its characters have two bytes.
    pub(super) fn characters(&mut self, head: &TextHead, count: u16) -> Result<String, String> {
        let (mut units, mut wide, count) = (Vec::new(), head.wide, usize::from(count));
        while units.len() < count {
            if self.rest.is_empty() {
                self.next_part()?;
                wide = self.u8()? & 0x01 != 0;
            }
            let size = if wide { 2 } else { 1 };
            let here = (self.rest.len() / size).min(count - units.len());
            if here == 0 && !self.rest.is_empty() {
                return Err("a text in it is divided within a character".to_owned());
            }
            let (own, rest) = self.rest.split_at(here * size);
            self.rest = rest;
            match wide {
                true => {
                    units.extend(own.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])))
                }
                false => units.extend(own.iter().copied().map(u16::from)),
            }
        }
        Ok(String::from_utf16_lossy(&units))
    }

    /// Reads a text of this length, and the changes of its font.
    pub(super) fn text(&mut self, count: u16) -> Result<(String, Vec<Run>), String> {
        let head = self.text_head()?;
        let text = self.characters(&head, count)?;
        let runs = self.runs(head.runs)?;
        self.skip(usize::try_from(head.phonetic).map_err(|error| error.to_string())?)?;
        Ok((text, runs))
    }

    /// Reads changes of the font of a text.
    pub(super) fn runs(&mut self, count: u16) -> Result<Vec<Run>, String> {
        let mut runs = Vec::new();
        for _ in 0..count {
            runs.push(Run { first: self.u16()?, font: self.u16()? });
        }
        Ok(runs)
    }

    /// Reads a text of a hyperlink: its length with the zero at its end, and its UTF-16.
    pub(super) fn link_text(&mut self) -> Result<String, String> {
        let length = self.u32()?.checked_mul(2).ok_or_else(too_short)?;
        let length = usize::try_from(length).map_err(|error| error.to_string())?;
        Ok(utf16_until_zero(&self.take(length)?))
    }
}

/// Decodes UTF-16 up to the first zero.
pub(super) fn utf16_until_zero(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    String::from_utf16_lossy(&units)
}

/// A change of the font within a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    /// The first character in UTF-16 with the font.
    pub(super) first: u16,
    pub(super) font: u16,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Bytes, Run};

    #[test]
    fn a_text_goes_on_in_another_record_with_characters_of_another_size() {
        let parts: Vec<&[u8]> =
            vec![b"\x09\x01\0a\0\xe9\0", b"\x00bc", b"", b"\x01d\0\x01", b"\0\x05\0z"];
        let mut bytes = Bytes::new(parts);
        let (text, runs) = bytes.text(5).unwrap();
        assert_eq!((text.as_str(), runs), ("aébcd", vec![Run { first: 1, font: 5 }]));
        assert_eq!((bytes.u8(), bytes.u8().is_err()), (Ok(b'z'), true));
    }

    #[test]
    fn what_is_missing_is_an_error() {
        let of = |bytes: &'static [u8]| Bytes::new(vec![bytes]);
        assert!(of(b"\x00ab").text(3).is_err());
        let cut = Bytes::new(vec![b"\x01a\0b", b"\x01c\0"]).text(3);
        assert_eq!(cut.unwrap_err(), "a text in it is divided within a character");
        assert!(of(b"\x04\xff\xff\xff\xff").text(0).is_err());
        assert!(of(b"\xff\xff\xff\xffa\0").link_text().is_err());
        assert!(
            of(b"abc").skip(4).is_err() && of(b"abc").take(4).is_err() && of(b"abc").u32().is_err()
        );
        assert_eq!(of(b"\x03\0\0\0a\0\0\0b\0").link_text().unwrap(), "a");
    }
}
