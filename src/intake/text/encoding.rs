//! Bytes of a table to UTF-8: a byte order mark is believed, then what the bytes look like.
//!
//! UTF-8 is passed on as it is, so that a byte that does not belong there is found by whoever reads
//! on and named with its line; the old encodings have a letter for every byte.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// The encoding that the start of an input is in.
pub(in crate::intake) fn detect(start: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    // Western text in UTF-16 has a NUL in every other byte.
    let nuls = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let most = start.len() / 8;
    if odd > most && even == 0 {
        return UTF_16LE;
    }
    if even > most && odd == 0 {
        return UTF_16BE;
    }
    match std::str::from_utf8(start) {
        Ok(_) => UTF_8,
        // A letter cut in two at the end of what was looked at.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) if mostly_utf_8(start) => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

/// Whether more letters are whole in UTF-8 than bytes are none of it: a text with a letter that
/// something cut in two. In the old encodings, letters look so by chance at best.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// A reader that gives UTF-8.
pub(in crate::intake) struct Decoded<R> {
    inner: R,
    /// `None` passes bytes on.
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Bytes of `raw` not yet decoded.
    from: usize,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
    begun: bool,
}

impl<R: Read> Decoded<R> {
    pub(in crate::intake) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
        Decoded {
            inner,
            decoder,
            raw: Vec::new(),
            from: 0,
            ready: Vec::new(),
            given: 0,
            ended: false,
            begun: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() && !self.ended {
            self.raw.resize(1 << 16, 0);
            let number = self.inner.read(&mut self.raw)?;
            self.raw.truncate(number);
            self.from = 0;
            self.ended = number == 0;
            let Some(decoder) = &mut self.decoder else {
                if !self.begun && self.raw.starts_with(b"\xef\xbb\xbf") {
                    self.from = 3;
                }
                self.begun = true;
                self.ready.extend_from_slice(&self.raw[self.from..]);
                continue;
            };
            let mut text = String::new();
            let most = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(1 << 18);
            text.reserve(most);
            let _ = decoder.decode_to_string(&self.raw, &mut text, self.ended);
            self.ready.extend_from_slice(text.as_bytes());
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() {
            self.fill()?;
        }
        let number = buffer.len().min(self.ready.len() - self.given);
        buffer[..number].copy_from_slice(&self.ready[self.given..self.given + number]);
        self.given += number;
        Ok(number)
    }
}

/// A whole text in whatever encoding it is; a byte that does not belong there becomes a mark.
pub(in crate::intake) fn text(bytes: &[u8]) -> String {
    let encoding = detect(&bytes[..bytes.len().min(1 << 16)]);
    encoding.decode(bytes).0.into_owned()
}

/// The first byte of a whole text in UTF-8 that does not belong there, and where it is; or that it is
/// taken for Windows-1252, which has a letter for every byte.
pub(in crate::intake) fn doubt(bytes: &[u8]) -> Option<Doubt> {
    let encoding = detect(&bytes[..bytes.len().min(1 << 16)]);
    if encoding == WINDOWS_1252 {
        return Some(Doubt::Windows1252);
    }
    let error = std::str::from_utf8(bytes).err().filter(|_| encoding == UTF_8)?;
    let at = error.valid_up_to();
    Some(Doubt::Byte(at, bytes[at]))
}

/// Why a text may not be what it looks like.
pub(in crate::intake) enum Doubt {
    /// It is read as Windows-1252, since it is not UTF-8.
    Windows1252,
    /// This byte, at this offset, is not UTF-8.
    Byte(usize, u8),
}

#[cfg(test)]
mod tests {
    use super::{Decoded, detect};
    use std::io::Read;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        Decoded::new(bytes, detect(bytes)).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn every_encoding_gives_the_same() {
        let text = "key;text\na;Zurück – naïve café\n";
        let wide =
            |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), text);
        assert_eq!(read(&wide(u16::to_le_bytes)), text);
        assert_eq!(read(&wide(u16::to_be_bytes)), text);
        assert_eq!(read(&[&[0xff, 0xfe], wide(u16::to_le_bytes).as_slice()].concat()), text);
        assert_eq!(read(b"a;Zur\xfcck \x96 caf\xe9"), "a;Zurück – café");
        assert_eq!(read(b""), "");
        // One letter cut in two is no other encoding.
        assert_eq!(
            detect("d\u{e9}j\u{e0} vu, europ\u{e9}en \u{e7}a".as_bytes()),
            encoding_rs::UTF_8
        );
        assert_eq!(detect(b"d\xc3\xa9j\xc3\xa0, europ\xc3"), encoding_rs::UTF_8);
        assert_eq!(detect(b"d\xc3\xa9j\xc3\xa0, europ\xc3\" x"), encoding_rs::UTF_8);
    }
}
