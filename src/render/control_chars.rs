//! Control characters made visible, so that no text from an archive or a file name can send
//! commands to a terminal or reverse the text that follows it.

use std::borrow::Cow;

/// Replaces every control character and every bidirectional override with a symbol or `<U+XXXX>`.
/// Line breaks and tabs stay.
pub fn show_control_chars(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match u32::from(c) {
            _ if !is_control(c) => shown.push(c),
            // The block of control pictures has a symbol for each C0 control.
            code @ 0..=0x1f => shown.push(char::from_u32(0x2400 + code).unwrap_or('\u{fffd}')),
            0x7f => shown.push('\u{2421}'),
            code => shown.push_str(&format!("<U+{code:04X}>")),
        }
    }
    Cow::Owned(shown)
}

/// Returns `true` for control characters other than line breaks and tabs, and for bidirectional
/// overrides and isolates.
pub(super) fn is_control(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::show_control_chars;

    #[test]
    fn shows_controls() {
        assert_eq!(show_control_chars("plain é مقر\n\t"), "plain é مقر\n\t");
        assert_eq!(show_control_chars("a\u{1b}[31mb\u{7f}\r"), "a␛[31mb␡␍");
        assert_eq!(show_control_chars("\u{9b}x\u{202e}y"), "<U+009B>x<U+202E>y");
    }
}
