//! JSON as people leave it: line breaks and tabs bare in a text, blanks that are none in JSON. They are
//! spelt out as JSON has them, and every place stays what it was.

use std::fmt::Write as _;

/// Where a text that was spelt out is longer than the one it came from.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Offsets in the longer text, and by how much it is longer from there on.
    longer: Vec<(usize, usize)>,
}

impl Places {
    /// Writes control characters inside texts as escapes, and blanks outside them as spaces.
    pub(super) fn spell_out(text: &str) -> (String, Places) {
        let mut spelt = String::with_capacity(text.len() + 16);
        let mut places = Places::default();
        let mut more = 0;
        let (mut inside, mut escaped) = (false, false);
        for sign in text.chars() {
            match sign {
                '\0'..='\u{1f}' if inside && !escaped => {
                    let before = spelt.len();
                    // Writing to a String never fails.
                    let _ = write!(spelt, "\\u{:04x}", u32::from(sign));
                    more += spelt.len() - before - 1;
                    places.longer.push((spelt.len(), more));
                }
                '\u{b}' | '\u{c}' if !inside => spelt.push(' '),
                _ if !inside && !sign.is_ascii() && sign.is_whitespace() => {
                    spelt.extend(std::iter::repeat_n(' ', sign.len_utf8()));
                }
                _ => spelt.push(sign),
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
        (spelt, places)
    }

    /// The offset in the text as it was of one in the text as it is spelt.
    pub(in crate::intake) fn before(&self, at: usize) -> usize {
        let n = self.longer.partition_point(|(from, _)| *from <= at);
        at - n.checked_sub(1).map_or(0, |n| self.longer[n].1)
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn places_stay() {
        let text = "{\u{a0}\"a\": \"x\ty\n\", \"b\\\"\": \"\u{3000}é\",\u{b}\"c\":\r\n1}";
        let (spelt, places) = Places::spell_out(text);
        assert_eq!(spelt, "{  \"a\": \"x\\u0009y\\u000a\", \"b\\\"\": \"\u{3000}é\", \"c\":\r\n1}");
        for sign in ["\"a\"", "\"x", "\"b", "\"\u{3000}", "\"c", "1}"] {
            assert_eq!(spelt.find(sign).map(|at| places.before(at)), text.find(sign), "{sign}");
        }
        assert_eq!(Places::spell_out("{\"a\": [1,\t2]}").0, "{\"a\": [1,\t2]}");
    }
}
