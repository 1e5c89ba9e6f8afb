//! The classes of characters, by which a text is split into words.

use super::fold::{is_digit, is_invisible};
use unicode_normalization::char::is_combining_mark;

/// The class of a character; a run of letters or digits has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    /// A letter of a script whose words are pairs.
    Unspaced,
    /// A decimal digit.
    Digit,
    /// Another number: `²`, `½`, `Ⅳ`.
    Number,
}

impl Class {
    /// The class of a character that is not attached to the one before.
    pub(super) fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Class::Letter,
            _ if is_unspaced(c) => Class::Unspaced,
            _ if is_digit(c) => Class::Digit,
            _ if c.is_numeric() => Class::Number,
            _ => Class::Letter,
        }
    }
}

/// Returns true for a letter of Hebrew.
pub fn is_hebrew(c: char) -> bool {
    matches!(c, 'א'..='ת')
}

/// Returns true for what belongs to the character before: marks and what is invisible, a middle dot inside a
/// run, vowels and final consonants of Hangul, and the marks on half-width kana.
pub(super) fn is_attached(c: char) -> bool {
    !c.is_ascii()
        && (is_combining_mark(c)
            || is_invisible(c)
            || matches!(c, '\u{200b}' | '·' | '•' | '‧' | '・' | '･')
            || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}' | '\u{ff9e}' | '\u{ff9f}'))
}

/// Returns true for characters of scripts whose words are pairs: those that write no spaces between
/// words (the classes ID and SA of Unicode Standard Annex 14), and Hangul.
pub(super) fn is_unspaced(c: char) -> bool {
    match c {
        '\0'..='\u{dff}' => false,
        // Thai and Lao, Burmese, Khmer, Tai.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            !c.is_numeric()
        }
        '\u{1950}'..='\u{19ff}' | '\u{1a20}'..='\u{1aaf}' | '\u{a9e0}'..='\u{a9ff}' => {
            !c.is_numeric()
        }
        '\u{aa60}'..='\u{aadf}' | '\u{11700}'..='\u{1174f}' => !c.is_numeric(),
        // Hangul.
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97f}' => true,
        '\u{ac00}'..='\u{d7ff}' | '\u{ffa1}'..='\u{ffdc}' => true,
        // Chinese characters and the letters of Japanese, Bopomofo and Yi.
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{30fa}' => true,
        '\u{30fc}'..='\u{3130}' => true,
        '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' => true,
        '\u{4e00}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' => true,
        '\u{ff66}'..='\u{ff9f}' | '\u{1aff0}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}' => true,
        _ => false,
    }
}
