//! The characters of an address: which stand for themselves, and which are percent-encoded.

/// Returns true for a character that means the same whether it is percent-encoded or not: the
/// unreserved characters of RFC 3986, section 2.3, and the marks `!*'()`, which RFC 2396, section
/// 2.3, held to be unreserved too. Encoders of both kinds are in use, so that one page is written
/// with `(` and with `%28`; no site is known to tell them apart.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!*'()".contains(&byte)
}

/// Returns true for a character that a path, query or fragment may hold as it is: the plain ones
/// and those with a meaning of their own there (RFC 3986, sections 3.3 to 3.5).
fn is_allowed(byte: u8) -> bool {
    is_plain(byte) || b"$&+,;=:@/?".contains(&byte)
}

/// The byte that a percent-encoding at the start of these bytes stands for.
fn encoded_byte(bytes: &[u8]) -> Option<u8> {
    let digit = |n: usize| bytes.get(n).and_then(|byte| char::from(*byte).to_digit(16));
    match bytes.first() {
        Some(b'%') => u8::try_from(digit(1)? * 16 + digit(2)?).ok(),
        _ => None,
    }
}

/// Writes a path, query or fragment in one way (RFC 3986, section 6.2.2): a character that means
/// the same without its percent-encoding is decoded, and one that may not stand there is encoded,
/// with capitals as digits. A per cent sign that encodes nothing is encoded itself.
pub(super) fn normalize(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some(first) = rest.first() {
        let (byte, keep, length) = match encoded_byte(rest) {
            Some(byte) => (byte, is_plain(byte), 3),
            None => (*first, is_allowed(*first), 1),
        };
        if keep {
            normal.push(char::from(byte));
        } else {
            normal.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(digit), 16).unwrap_or_default();
                normal.push(digit.to_ascii_uppercase());
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    normal
}

/// Decodes every percent-encoding; `None` where the bytes are not UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some(first) = rest.first() {
        let (byte, length) = match encoded_byte(rest) {
            Some(byte) => (byte, 3),
            None => (*first, 1),
        };
        bytes.push(byte);
        rest = rest.get(length..).unwrap_or_default();
    }
    String::from_utf8(bytes).ok()
}

/// The text behind a prefix, whatever the case of the prefix.
pub(super) fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Returns true for a text of one digit or more, and nothing else.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns true for white space and control characters, which no address holds.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Returns true for what is copied along with an address: blanks, and characters that nobody sees,
/// which are zero-width ones, marks of direction and the byte order mark.
pub(super) fn is_around(c: char) -> bool {
    let invisible =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}');
    is_blank(c) || invisible || c == '\u{feff}'
}

/// Removes what was copied along with an address from both of its ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_around)
}
