//! Detection and decoding of text encodings: by byte order mark, otherwise by the bytes themselves.
//!
//! UTF-8 is passed through unchecked, so that the reader behind can report an invalid byte with its
//! line. Bytes without a meaning in another encoding become U+FFFD, which its reader refuses.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// Detects the encoding from the start of an input.
pub(in crate::intake) fn detect_encoding(start: &[u8]) -> &'static Encoding {
    examine_encoding(start).encoding
}

/// The encoding of an input, as its start shows it.
pub(in crate::intake) struct Examined {
    pub(in crate::intake) encoding: &'static Encoding,
    /// True if it is what the letters make likely, and nothing states it.
    pub(in crate::intake) guessed: bool,
    /// The names of encodings in which the start reads differently and none of which is certain, each
    /// with its reading of the first words that differ; empty where there is no doubt.
    pub(in crate::intake) readings: Vec<(&'static str, String)>,
}

impl Examined {
    /// Returns the message that the encoding is in doubt; `None` if it is not.
    pub(in crate::intake) fn doubt(&self) -> Option<String> {
        let (name, _) = self.readings.first()?;
        let list = self.readings.iter().map(|(name, words)| format!("{name}: {words}"));
        let list = list.collect::<Vec<_>>().join("; ");
        Some(format!(
            "the text is not UTF-8, and shows too little of its encoding to be read ({list}); name it, such \
             as --encoding {name}, or save the file as UTF-8"
        ))
    }

    /// Returns the remark that the encoding was guessed; `None` if it is stated.
    pub(in crate::intake) fn remark(&self) -> Option<String> {
        let name = self.encoding.name();
        self.guessed
            .then(|| format!("not UTF-8; read as {name} (--encoding names another encoding)"))
    }
}

/// Detects the encoding from the start of an input: by its byte order mark, the zeros of UTF-16, the
/// rules of UTF-8, or by the letters that it shows in each encoding, as Firefox does.
pub(in crate::intake) fn examine_encoding(start: &[u8]) -> Examined {
    let known = |encoding| Examined { encoding, guessed: false, readings: Vec::new() };
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return known(encoding);
    }
    // Latin text in UTF-16 has a NUL in every other byte.
    let nuls = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let most = start.len() / 8;
    if odd > most && even == 0 {
        return known(UTF_16LE);
    }
    if even > most && odd == 0 {
        return known(UTF_16BE);
    }
    let is_utf_8 = match std::str::from_utf8(start) {
        Ok(_) => true,
        // A character cut in two at the end of the sample.
        Err(error) => error.error_len().is_none() || is_damaged_utf_8(start),
    };
    // Text in ISO-2022-JP is ASCII between escapes.
    if is_utf_8 && !start.contains(&0x1b) {
        return known(UTF_8);
    }
    let guess = guess(start, None);
    if is_utf_8 {
        let escaped = guess == ISO_2022_JP && is_plausible(&guess.decode(start).0);
        return if escaped { Examined { guessed: true, ..known(guess) } } else { known(UTF_8) };
    }
    Examined { guessed: true, readings: find_rivals(start, guess), ..known(guess) }
}

/// Guesses the encoding of bytes that are not UTF-8, for readers of a country if one is given.
fn guess(bytes: &[u8], country: Option<&[u8]>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(country, Utf8Detection::Deny)
}

/// Returns true for UTF-8 with invalid bytes in it: there is a valid multi-byte character for every two
/// of them. Text in another encoding has one only by chance, so that an invalid byte beside it is an
/// error rather than a sign of another encoding: `Café` in UTF-8 would become `CafÃ©`.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|sign| !sign.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > 0 && valid * 2 >= invalid
}

/// Countries whose readers expect encodings of their own. Where the detector answers differently for
/// them, the text alone does not decide.
const COUNTRIES: [&[u8]; 16] = [
    b"ru", b"ua", b"gr", b"pl", b"hu", b"tr", b"lt", b"il", b"eg", b"ir", b"th", b"vn", b"jp",
    b"kr", b"cn", b"tw",
];

/// The encodings whose readings are shown where the text does not decide.
const SHOWN: [&Encoding; 17] = [
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::ISO_8859_2,
    encoding_rs::WINDOWS_1251,
    encoding_rs::KOI8_U,
    encoding_rs::WINDOWS_1253,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1255,
    encoding_rs::WINDOWS_1256,
    encoding_rs::WINDOWS_1257,
    encoding_rs::WINDOWS_1258,
    encoding_rs::WINDOWS_874,
    encoding_rs::SHIFT_JIS,
    encoding_rs::EUC_JP,
    encoding_rs::EUC_KR,
    encoding_rs::GBK,
    encoding_rs::BIG5,
];

/// The number of letters from which on the detector decides, though it would answer differently for
/// readers of some country.
const MIN_LETTERS: usize = 6;
/// The most readings and words that a message shows.
const MAX_READINGS: usize = 6;
const MAX_WORDS: usize = 2;

/// Returns the readings of a text of which none is certain, that of the guess first; empty if the guess
/// is good.
fn find_rivals(bytes: &[u8], guess: &'static Encoding) -> Vec<(&'static str, String)> {
    // A character may be cut in two at the end.
    let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    let bytes = &bytes[..end];
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes).0;
    let own = read(guess);
    let rivals: Vec<&'static Encoding> = COUNTRIES
        .iter()
        .map(|country| self::guess(bytes, Some(country)))
        .filter(|other| *other != guess && is_plausible(&read(other)))
        .collect();
    let is_doubtful = |rival: &&'static Encoding| {
        let other = read(rival);
        let differing = differing_letters(&own, &other);
        own != other && differing < MIN_LETTERS
    };
    if is_plausible(&own) && !rivals.iter().any(is_doubtful) {
        return Vec::new();
    }
    let separates = |byte: &u8| byte.is_ascii_whitespace() || b",;|\"".contains(byte);
    let words: Vec<&[u8]> = bytes.split(separates).filter(|word| !word.is_ascii()).collect();
    let mut readings: Vec<(&'static str, String)> = Vec::new();
    for encoding in std::iter::once(guess).chain(rivals).chain(SHOWN) {
        let text = read(encoding);
        let plausible = encoding == guess || is_plausible(&text);
        let differs = encoding == guess || text != own;
        if !plausible || !differs || readings.iter().any(|(name, _)| *name == encoding.name()) {
            continue;
        }
        let is_other = |word: &&&[u8]| {
            let shown = |encoding: &'static Encoding| encoding.decode_without_bom_handling(word).0;
            encoding == guess || shown(encoding) != shown(guess)
        };
        let shown = words.iter().filter(is_other).take(MAX_WORDS);
        let shown = shown.map(|word| encoding.decode_without_bom_handling(word).0.into_owned());
        let shown = shown.collect::<Vec<_>>().join(" ");
        if !readings.iter().any(|(_, words)| *words == shown) && readings.len() < MAX_READINGS {
            readings.push((encoding.name(), shown));
        }
    }
    readings
}

/// Returns the number of letters beyond ASCII that two readings of a text do not share.
fn differing_letters(one: &str, other: &str) -> usize {
    let is_letter = |sign: &char| !sign.is_ascii() && sign.is_alphabetic();
    match one.chars().count() == other.chars().count() {
        true => one.chars().zip(other.chars()).filter(|(a, b)| a != b && is_letter(a)).count(),
        false => one.chars().filter(is_letter).count(),
    }
}

/// The script of a letter, as far as encodings tell scripts apart.
#[derive(Clone, Copy, PartialEq)]
enum Script {
    Latin,
    /// The scripts of East Asia, which stand beside Latin letters without a space.
    EastAsian,
    /// Another one, by the start of its block.
    Other(u32),
}

fn script_of(letter: char) -> Script {
    match u32::from(letter) {
        0..=0x24f | 0x1e00..=0x1eff => Script::Latin,
        0x2e80..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xffef => Script::EastAsian,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Other(0x370),
        0x600..=0x6ff | 0xfb50..=0xfeff => Script::Other(0x600),
        other => Script::Other(other & !0xff),
    }
}

/// Returns true for text as people write it: without control characters and signs that an encoding does
/// not have, without letters of two scripts in a word, and without signs that follow no letter.
fn is_plausible(text: &str) -> bool {
    let mut before: Option<char> = None;
    // The scripts of the word so far, without repetitions.
    let mut word: Vec<Script> = Vec::new();
    for sign in text.chars() {
        let is_stray = matches!(sign, '\u{80}'..='\u{9f}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}');
        let follows_letter = before.is_some_and(char::is_alphabetic);
        let is_glued = "¤¦¨©¬¯±¶¸¼½¾†‡‰ˇ˘˙˛˝¢¥".contains(sign) && follows_letter;
        if is_stray || is_glued {
            return false;
        }
        if !sign.is_alphabetic() {
            word.clear();
        } else if word.last() != Some(&script_of(sign)) {
            word.push(script_of(sign));
        }
        let beside_latin = matches!(
            word[..],
            [Script::Latin, Script::EastAsian] | [Script::EastAsian, Script::Latin]
        );
        if word.len() > 1 && !beside_latin {
            return false;
        }
        before = Some(sign);
    }
    true
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

/// The number of bytes from which the encoding of a text is detected.
const SAMPLE_BYTES: usize = 1 << 16;

/// Decodes a whole text in the detected encoding; an invalid byte becomes U+FFFD.
pub(in crate::intake) fn decode_text(bytes: &[u8]) -> String {
    detect_encoding(&bytes[..bytes.len().min(SAMPLE_BYTES)]).decode(bytes).0.into_owned()
}

/// Returns the reason why decoding a whole text may be wrong.
pub(in crate::intake) fn find_decoding_doubt(bytes: &[u8]) -> Option<DecodingDoubt> {
    let examined = examine_encoding(&bytes[..bytes.len().min(SAMPLE_BYTES)]);
    if let Some(what) = examined.doubt() {
        return Some(DecodingDoubt::Several(what));
    }
    if let Some(remark) = examined.remark() {
        let has_stray = examined.encoding.decode_without_bom_handling(bytes).1;
        return Some(match has_stray {
            true => DecodingDoubt::Several(describe_stray_bytes(examined.encoding)),
            false => DecodingDoubt::Guessed(remark),
        });
    }
    let error = std::str::from_utf8(bytes).err().filter(|_| examined.encoding == UTF_8)?;
    let at = error.valid_up_to();
    Some(DecodingDoubt::Byte(at, bytes[at]))
}

/// The message that bytes have no meaning in an encoding.
pub(in crate::intake) fn describe_stray_bytes(encoding: &'static Encoding) -> String {
    format!(
        "some bytes here are no text in {}; name another encoding, such as --encoding windows-1252, or \
         save the file as UTF-8",
        encoding.name()
    )
}

/// A reason why decoding a text may be wrong.
pub(in crate::intake) enum DecodingDoubt {
    /// The text is not UTF-8, and its encoding is guessed: a remark.
    Guessed(String),
    /// The text has several readings, or none: a problem.
    Several(String),
    /// The text is UTF-8 with an invalid byte: its offset and value.
    Byte(usize, u8),
}

#[cfg(test)]
mod tests {
    use super::{Utf8Reader, detect_encoding, examine_encoding};
    use encoding_rs::Encoding;
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

    /// Tables of three rows in the encodings in which spreadsheets of a country save them.
    const TABLES: [(&str, &str); 14] = [
        ("windows-1252", "Die Bürger von Zürich\nDie Straße ist gesperrt\nEs gibt größere Schäden"),
        ("windows-1250", "Burmistrz powiedział, że miasto śpi\nPięć osób zginęło\nDrogę zamknięto"),
        ("windows-1251", "Мэр сказал что город готов\nПогибли пять человек\nДорога закрыта"),
        ("KOI8-U", "Мер сказав що місто готове\nЗагинули п'ять людей\nДорогу закрито"),
        ("windows-1253", "Ο δήμαρχος είπε ναι\nΠέντε άνθρωποι σκοτώθηκαν\nΟ δρόμος είναι κλειστός"),
        ("windows-1254", "Belediye başkanı konuştu\nBeş kişi öldü\nYağış yüzünden yol kapalı"),
        ("windows-1256", "قال العمدة إن المدينة جاهزة\nقتل خمسة أشخاص\nالطريق مغلق"),
        ("Shift_JIS", "市長は町の準備ができたと言った\n五人が死亡した\n道路は閉鎖されている"),
        ("EUC-JP", "市長は町の準備ができたと言った\n五人が死亡した\n道路は閉鎖されている"),
        ("ISO-2022-JP", "市長は町の準備ができたと言った\n五人が死亡した\n道路は閉鎖されている"),
        ("EUC-KR", "시장은 도시가 준비되었다고 말했다\n다섯 명이 사망했다\n도로가 폐쇄되었다"),
        ("GBK", "市长说城市已经准备好了\n五人死亡\n道路已关闭"),
        ("Big5", "市長說城市已經準備好了\n五人死亡\n道路已關閉"),
        ("UTF-8", "Plain text\nand no letter\nbeyond ASCII"),
    ];

    #[test]
    fn the_letters_of_a_short_table_show_its_encoding() {
        for (name, rows) in TABLES {
            let text = format!("claim;text\na;{}\n", rows.replace('\n', "\na;"));
            let (bytes, _, lossy) = Encoding::for_label(name.as_bytes()).unwrap().encode(&text);
            assert!(!lossy, "{name}");
            let found = examine_encoding(&bytes);
            assert_eq!((found.encoding.name(), found.doubt()), (name, None));
            assert_eq!(found.remark().is_some(), name != "UTF-8", "{name}");
            assert_eq!(read(&bytes), text, "{name}");
        }
    }

    #[test]
    fn a_few_letters_that_may_be_others_are_in_doubt() {
        for (name, text) in [
            ("windows-1251", "place;n\nКиев;1\n"),
            ("windows-1251", "place;n\nЕ.;1\n"),
            ("Shift_JIS", "place;n\n東京;1\n"),
            ("GBK", "place;n\n北京;1\n"),
            ("ISO-8859-2", "claim;text\na;Wójt śpi\nb;Pięć osób\n"),
        ] {
            let (bytes, ..) = Encoding::for_label(name.as_bytes()).unwrap().encode(text);
            let found = examine_encoding(&bytes);
            let doubt = found.doubt();
            assert!(doubt.is_some(), "{text} was read as {}", found.encoding.name());
            assert!(found.readings.len() > 1, "{doubt:?}");
            let is_right = |(shown, _): &&(&str, String)| *shown == name;
            assert!(found.readings.iter().any(|reading| is_right(&reading)), "{name}: {doubt:?}");
        }
        let found = examine_encoding(b"name\nM\xfcller\n");
        assert_eq!((found.encoding.name(), found.doubt()), ("windows-1252", None));
        // A row in another encoding than the others.
        let mixed = b"a;Caf\xc3\xa9\nb;Zur\xfcck\nc;f\xfcr\nd;\xfcber\ne;M\xfcll\n";
        assert!(examine_encoding(mixed).doubt().is_some());
    }
}
