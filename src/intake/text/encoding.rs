//! Detection and decoding of text encodings: by byte order mark, otherwise by the bytes themselves.
//!
//! UTF-8 is passed through unchecked, so that the reader behind can report an invalid byte with its
//! line. Single-byte encodings have a character for every byte.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Detects the encoding from the start of an input: UTF-8, UTF-16 or Windows-1252.
pub(in crate::intake) fn detect_encoding(start: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    // Latin text in UTF-16 has a NUL in every other byte.
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
        // A character cut in two at the end of the sample.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) if has_utf_8(start) => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

/// Returns true when the bytes have a valid multi-byte character. Text in a single-byte encoding has
/// one only by chance, so that an invalid byte beside it is an error rather than a sign of another
/// encoding: `Café` in UTF-8 would become `CafÃ©`.
fn has_utf_8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

/// A reader that decodes to UTF-8.
pub(in crate::intake) struct Utf8Reader<R> {
    inner: R,
    /// `None` passes bytes through.
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// The number of bytes of `raw` to skip: the byte order mark.
    skip: usize,
    ready: Vec<u8>,
    consumed: usize,
    ended: bool,
    started: bool,
}

impl<R: Read> Utf8Reader<R> {
    pub(in crate::intake) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
        Utf8Reader {
            inner,
            decoder,
            raw: Vec::new(),
            skip: 0,
            ready: Vec::new(),
            consumed: 0,
            ended: false,
            started: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.consumed = 0;
        while self.ready.is_empty() && !self.ended {
            self.raw.resize(1 << 16, 0);
            let number = self.inner.read(&mut self.raw)?;
            self.raw.truncate(number);
            self.skip = 0;
            self.ended = number == 0;
            let Some(decoder) = &mut self.decoder else {
                if !self.started && self.raw.starts_with(b"\xef\xbb\xbf") {
                    self.skip = 3;
                }
                self.started = true;
                self.ready.extend_from_slice(&self.raw[self.skip..]);
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

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.consumed == self.ready.len() {
            self.fill()?;
        }
        let number = buffer.len().min(self.ready.len() - self.consumed);
        buffer[..number].copy_from_slice(&self.ready[self.consumed..self.consumed + number]);
        self.consumed += number;
        Ok(number)
    }
}

/// Decodes a whole text in the detected encoding; an invalid byte becomes U+FFFD.
pub(in crate::intake) fn decode_text(bytes: &[u8]) -> String {
    let encoding = detect_encoding(&bytes[..bytes.len().min(1 << 16)]);
    encoding.decode(bytes).0.into_owned()
}

/// Returns the reason why decoding a whole text may be wrong: its first byte that is not valid
/// UTF-8, or the fallback to Windows-1252.
pub(in crate::intake) fn find_decoding_doubt(bytes: &[u8]) -> Option<DecodingDoubt> {
    let encoding = detect_encoding(&bytes[..bytes.len().min(1 << 16)]);
    if encoding == WINDOWS_1252 {
        return Some(DecodingDoubt::Windows1252);
    }
    let error = std::str::from_utf8(bytes).err().filter(|_| encoding == UTF_8)?;
    let at = error.valid_up_to();
    Some(DecodingDoubt::Byte(at, bytes[at]))
}

/// A reason why decoding a text may be wrong.
pub(in crate::intake) enum DecodingDoubt {
    /// The text is not UTF-8 and is decoded as Windows-1252.
    Windows1252,
    /// The text is UTF-8 with an invalid byte: its offset and value.
    Byte(usize, u8),
}

#[cfg(test)]
mod tests {
    use super::{Utf8Reader, detect_encoding};
    use std::io::Read;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        Utf8Reader::new(bytes, detect_encoding(bytes)).read_to_string(&mut text).unwrap();
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
        // One character cut in two does not make another encoding.
        assert_eq!(
            detect_encoding("d\u{e9}j\u{e0} vu, europ\u{e9}en \u{e7}a".as_bytes()),
            encoding_rs::UTF_8
        );
        assert_eq!(detect_encoding(b"d\xc3\xa9j\xc3\xa0, europ\xc3"), encoding_rs::UTF_8);
        assert_eq!(detect_encoding(b"d\xc3\xa9j\xc3\xa0, europ\xc3\" x"), encoding_rs::UTF_8);
        // Neither does one bad byte for each whole character.
        assert_eq!(detect_encoding(b"Caf\xc3\xa9, Zur\xfcck, \xe9"), encoding_rs::UTF_8);
    }
}
