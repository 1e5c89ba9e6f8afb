//! Makes control characters visible, so that no text from an archive or a file name can command a
//! terminal or turn what follows around.

use std::borrow::Cow;

/// The text with every control character and every bidirectional override shown as a symbol or as
/// `<U+XXXX>`. Line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(commands) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match u32::from(c) {
            _ if !commands(c) => shown.push(c),
            // The pictures of the C0 controls.
            code @ 0..=0x1f => shown.push(char::from_u32(0x2400 + code).unwrap_or('\u{fffd}')),
            0x7f => shown.push('\u{2421}'),
            code => shown.push_str(&format!("<U+{code:04X}>")),
        }
    }
    Cow::Owned(shown)
}

/// Whether a character commands a terminal or turns what follows around.
pub(super) fn commands(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn shows_controls() {
        assert_eq!(visible("plain é مقر\n\t"), "plain é مقر\n\t");
        assert_eq!(visible("a\u{1b}[31mb\u{7f}\r"), "a␛[31mb␡␍");
        assert_eq!(visible("\u{9b}x\u{202e}y"), "<U+009B>x<U+202E>y");
    }
}
