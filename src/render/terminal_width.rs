//! The width of text in terminal cells: wide characters take two, combining marks none.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A code point that takes no cell and has no meaning (it is unassigned). Inserted before text is
/// measured and removed before it is shown.
const SEPARATOR: char = '\u{fff0}';

/// The left-to-right mark, which takes no cell: the text after it runs from left to right again.
const LEFT_TO_RIGHT: char = '\u{200e}';

/// Prepares text to be measured. Terminals show lam and alef in two cells, but Unicode's tables
/// measure them as one ligature; a separator keeps them apart.
pub(super) fn separate_ligatures(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_alef) {
        return Cow::Borrowed(text);
    }
    let separated = |c: char| is_alef(c).then_some(SEPARATOR).into_iter().chain([c]);
    Cow::Owned(text.chars().flat_map(separated).collect())
}

/// Returns the width of a text in cells.
pub(super) fn width(text: &str) -> usize {
    separate_ligatures(text).width()
}

/// Prepares a laid-out line for the terminal: removes the separators, and adds marks that stop
/// right-to-left text from reordering the next column, as it otherwise does with numbers.
pub(super) fn terminal_line(laid: &str) -> Cow<'_, str> {
    if !laid.chars().any(|c| c == SEPARATOR || is_right_to_left(c)) {
        return Cow::Borrowed(laid.trim_end());
    }
    let mut line = String::with_capacity(laid.len() + 8);
    // The direction of the last letter: `true` for right to left, `None` before the first letter.
    let mut rtl: Option<bool> = None;
    let mut rest = laid.trim_end().chars().filter(|c| *c != SEPARATOR).peekable();
    while let Some(c) = rest.next() {
        if is_right_to_left(c) {
            // Some terminals take the direction of a line from its first character.
            if rtl.is_none() {
                line.push(LEFT_TO_RIGHT);
            }
            rtl = Some(true);
        } else if c.is_alphabetic() || c == LEFT_TO_RIGHT {
            rtl = Some(false);
        } else if c == ' ' && rest.peek() == Some(&' ') && rtl == Some(true) {
            line.push(LEFT_TO_RIGHT);
            rtl = Some(false);
        }
        line.push(c);
    }
    Cow::Owned(line)
}

/// Returns `true` if the first letter of the text is a right-to-left letter.
pub(super) fn runs_right_to_left(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(is_right_to_left)
}

/// Returns the width of the widest word. Scripts with wide characters have no spaces and can be
/// broken between any two characters.
pub(super) fn longest_word(text: &str) -> usize {
    let wide = |c: char| c.width().unwrap_or(0) > 1;
    let words = text.split(|c: char| c.is_whitespace() || wide(c)).map(width);
    let least = if text.chars().any(wide) { 2 } else { 0 };
    words.max().unwrap_or(0).max(least)
}

/// Returns the width of the widest piece of a word that is broken after its hyphens. What begins with a digit is
/// no key: dates and moments stay whole.
pub(super) fn longest_piece(text: &str) -> usize {
    let words = text.split_whitespace();
    let pieces = words.map(|word| match breaks_at_hyphens(word) {
        true => word.split_inclusive(HYPHENS).map(longest_word).max().unwrap_or(0),
        false => longest_word(word),
    });
    pieces.max().unwrap_or(0)
}

/// The signs after which a key or the name of a column may be broken.
const HYPHENS: [char; 2] = ['-', '_'];

fn breaks_at_hyphens(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
}

/// Truncates the text to so many cells, with `…` at the end.
pub(super) fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    Cow::Owned(split_at_cells(text, cells.saturating_sub(1)).0.to_owned() + "…")
}

/// Pads the text with spaces to so many cells.
pub(super) fn pad(text: &str, cells: usize) -> String {
    let spaces = " ".repeat(cells.saturating_sub(width(text)));
    format!("{text}{spaces}")
}

/// Wraps the text in lines of so many cells at spaces, and inside a word only if it is longer than
/// a line: there after a hyphen, if it has one.
pub(super) fn wrap(text: &str, cells: usize) -> Vec<String> {
    // The widest character takes three cells.
    let cells = cells.max(4);
    let mut lines = vec![String::new()];
    for mut word in text.split_whitespace() {
        let used = lines.last().map_or(0, |line| width(line));
        if used > 0 && used + 1 + width(word) <= cells {
            if let Some(line) = lines.last_mut() {
                line.push(' ');
                line.push_str(word);
            }
            continue;
        }
        if used > 0 {
            lines.push(String::new());
        }
        let lead = word;
        while width(word) > cells {
            let (mut before, mut after) = split_at_cells(word, cells);
            let hyphen = before.rfind(HYPHENS).filter(|_| breaks_at_hyphens(lead));
            if let Some(at) = hyphen.filter(|at| at + 1 < before.len()) {
                (before, after) = word.split_at(at + 1);
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(before);
            }
            lines.push(String::new());
            word = after;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
    }
    lines
}

/// Splits the text after so many cells; combining marks stay with their letter.
fn split_at_cells(text: &str, cells: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > cells {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Returns `true` for the letters of Unicode's joining group Alef.
fn is_alef(c: char) -> bool {
    matches!(c, '\u{622}' | '\u{623}' | '\u{625}' | '\u{627}' | '\u{671}'..='\u{673}' | '\u{675}'
        | '\u{773}' | '\u{774}' | '\u{870}'..='\u{882}')
}

/// Returns `true` for letters of Hebrew, Arabic and related scripts.
fn is_right_to_left(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::{longest_piece, longest_word, terminal_line, truncate, width, wrap};

    #[test]
    fn measures_cells() {
        assert_eq!(width("مقر"), 3);
        assert_eq!(width("ولایت"), 5, "lam and alef are two cells");
        assert_eq!(width("東京"), 4);
        assert_eq!(width("e\u{301}"), 1);
    }

    #[test]
    fn cuts_and_wraps_by_cells() {
        assert_eq!(truncate("東京都", 4), "東…");
        assert_eq!(truncate("東京都", 6), "東京都");
        assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("東京都庁 abcdefgh", 4), ["東京", "都庁", "abcd", "efgh"]);
        assert_eq!(longest_word("東京都庁 abc"), 3);
        assert_eq!(longest_word("東京"), 2);
        assert_eq!(wrap("see road-bridge-at-hallow", 12), ["see", "road-bridge-", "at-hallow"]);
        assert_eq!(wrap("2021-06-29T09:00:00Z", 12), ["2021-06-29T0", "9:00:00Z"]);
        assert_eq!(longest_piece("a road-bridge-at-hallow other_number"), 7);
        assert_eq!(longest_piece("2021-06-29T09:00:00Z"), 20);
    }

    #[test]
    fn numbers_stay_in_their_columns() {
        assert_eq!(terminal_line("plain  12  "), "plain  12");
        assert_eq!(terminal_line("مقر  12"), "\u{200e}مقر\u{200e}  12");
        assert_eq!(terminal_line("a مقر  12  b"), "a مقر\u{200e}  12  b");
        assert_eq!(terminal_line("a مقر b  12"), "a مقر b  12");
    }
}
