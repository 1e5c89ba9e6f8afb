//! Repair of invalid JSON: escapes control characters inside strings, and replaces blanks that JSON
//! does not allow. Offsets in the repaired text map back to the original.

use std::fmt::Write as _;

/// Maps offsets in the escaped text back to the original.
#[derive(Debug, Default)]
pub(in crate::intake) struct OffsetMap {
    /// Pairs of an offset in the escaped text and the number of bytes inserted before it.
    inserted: Vec<(usize, usize)>,
}

impl OffsetMap {
    /// Escapes control characters inside strings, and replaces other blanks outside them by spaces.
    pub(in crate::intake) fn escape_control_chars(text: &str) -> (String, OffsetMap) {
        let mut escaped_text = String::with_capacity(text.len() + 16);
        let mut offsets = OffsetMap::default();
        let mut total = 0;
        let (mut inside, mut escaped) = (false, false);
        for sign in text.chars() {
            match sign {
                '\0'..='\u{1f}' if inside && !escaped => {
                    let before = escaped_text.len();
                    // Writing to a String never fails.
                    let _ = write!(escaped_text, "\\u{:04x}", u32::from(sign));
                    total += escaped_text.len() - before - 1;
                    offsets.inserted.push((escaped_text.len(), total));
                }
                '\u{b}' | '\u{c}' if !inside => escaped_text.push(' '),
                _ if !inside && !sign.is_ascii() && sign.is_whitespace() => {
                    escaped_text.extend(std::iter::repeat_n(' ', sign.len_utf8()));
                }
                _ => escaped_text.push(sign),
            }
            if !inside {
                inside = sign == '"';
            } else if escaped {
                escaped = false;
            } else {
                escaped = sign == '\\';
                inside = sign != '"';
            }
        }
        (escaped_text, offsets)
    }

    /// Returns the offset in the original text of an offset in the escaped text.
    pub(in crate::intake) fn original_offset(&self, at: usize) -> usize {
        let n = self.inserted.partition_point(|(from, _)| *from <= at);
        at - n.checked_sub(1).map_or(0, |n| self.inserted[n].1)
    }
}

#[cfg(test)]
mod tests {
    use super::OffsetMap;

    #[test]
    fn places_stay() {
        let text = "{\u{a0}\"a\": \"x\ty\n\", \"b\\\"\": \"\u{3000}é\",\u{b}\"c\":\r\n1}";
        let (escaped_text, offsets) = OffsetMap::escape_control_chars(text);
        assert_eq!(
            escaped_text,
            "{  \"a\": \"x\\u0009y\\u000a\", \"b\\\"\": \"\u{3000}é\", \"c\":\r\n1}"
        );
        for sign in ["\"a\"", "\"x", "\"b", "\"\u{3000}", "\"c", "1}"] {
            assert_eq!(
                escaped_text.find(sign).map(|at| offsets.original_offset(at)),
                text.find(sign),
                "{sign}"
            );
        }
        assert_eq!(OffsetMap::escape_control_chars("{\"a\": [1,\t2]}").0, "{\"a\": [1,\t2]}");
    }
}
