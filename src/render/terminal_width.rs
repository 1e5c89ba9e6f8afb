//! Text measured in the cells of a terminal: wide characters take two, combining marks none.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Takes no cell and means nothing (an unassigned code point): put into a text before it is measured
/// and taken out again before it is shown.
const SEAM: char = '\u{fff0}';

/// Left-to-right mark: takes no cell; text after it runs from left to right again.
const LEFT_TO_RIGHT: char = '\u{200e}';

/// The text made ready to be measured. Lam and alef are two letters in two cells in every terminal,
/// but one to the tables of Unicode, for which they are a ligature; a seam keeps them apart.
pub(super) fn apart(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_alef) {
        return Cow::Borrowed(text);
    }
    let seamed = |c: char| is_alef(c).then_some(SEAM).into_iter().chain([c]);
    Cow::Owned(text.chars().flat_map(seamed).collect())
}

/// The cells that a text takes.
pub(super) fn width(text: &str) -> usize {
    apart(text).width()
}

/// A line as a terminal is to get it: the seams are out again, and no right-to-left text pulls what
/// stands in the next column over to its other side, as it does where numbers follow it.
pub(super) fn line(laid: &str) -> Cow<'_, str> {
    if !laid.chars().any(|c| c == SEAM || is_right_to_left(c)) {
        return Cow::Borrowed(laid.trim_end());
    }
    let mut line = String::with_capacity(laid.len() + 8);
    // Whether the last letter runs from right to left; none has come yet at first.
    let mut turned: Option<bool> = None;
    let mut rest = laid.trim_end().chars().filter(|c| *c != SEAM).peekable();
    while let Some(c) = rest.next() {
        if is_right_to_left(c) {
            // Terminals that take a line's direction from its first letter are to take this one's.
            if turned.is_none() {
                line.push(LEFT_TO_RIGHT);
            }
            turned = Some(true);
        } else if c.is_alphabetic() || c == LEFT_TO_RIGHT {
            turned = Some(false);
        } else if c == ' ' && rest.peek() == Some(&' ') && turned == Some(true) {
            line.push(LEFT_TO_RIGHT);
            turned = Some(false);
        }
        line.push(c);
    }
    Cow::Owned(line)
}

/// Whether the text as a whole runs from right to left: by its first letter.
pub(super) fn runs_right_to_left(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(is_right_to_left)
}

/// The widest part of a text that should not be broken. Scripts with wide characters have no spaces;
/// they are broken between any two.
pub(super) fn longest_word(text: &str) -> usize {
    let wide = |c: char| c.width().unwrap_or(0) > 1;
    let words = text.split(|c: char| c.is_whitespace() || wide(c)).map(width);
    let least = if text.chars().any(wide) { 2 } else { 0 };
    words.max().unwrap_or(0).max(least)
}

/// The text in so many cells at most, `…` for what is cut off.
pub(super) fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    Cow::Owned(head(text, cells.saturating_sub(1)).0.to_owned() + "…")
}

/// The text followed by as many spaces as fill so many cells.
pub(super) fn pad(text: &str, cells: usize) -> String {
    let spaces = " ".repeat(cells.saturating_sub(width(text)));
    format!("{text}{spaces}")
}

/// The text in lines of so many cells, broken at spaces, and inside words only where a word is longer
/// than a line.
pub(super) fn wrap(text: &str, cells: usize) -> Vec<String> {
    // The widest character there is takes three.
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
        while width(word) > cells {
            let (before, after) = head(word, cells);
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

/// As much of the text as so many cells hold, with the marks that belong to its last letter; and
/// the rest.
fn head(text: &str, cells: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > cells {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// The letters of Unicode's joining group Alef.
fn is_alef(c: char) -> bool {
    matches!(c, '\u{622}' | '\u{623}' | '\u{625}' | '\u{627}' | '\u{671}'..='\u{673}' | '\u{675}'
        | '\u{773}' | '\u{774}' | '\u{870}'..='\u{882}')
}

/// Letters of Hebrew, Arabic and their neighbours.
fn is_right_to_left(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::{cut, line, longest_word, width, wrap};

    #[test]
    fn measures_cells() {
        assert_eq!(width("مقر"), 3);
        assert_eq!(width("ولایت"), 5, "lam and alef are two cells");
        assert_eq!(width("東京"), 4);
        assert_eq!(width("e\u{301}"), 1);
    }

    #[test]
    fn cuts_and_wraps_by_cells() {
        assert_eq!(cut("東京都", 4), "東…");
        assert_eq!(cut("東京都", 6), "東京都");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("東京都庁 abcdefgh", 4), ["東京", "都庁", "abcd", "efgh"]);
        assert_eq!(longest_word("東京都庁 abc"), 3);
        assert_eq!(longest_word("東京"), 2);
    }

    #[test]
    fn numbers_stay_in_their_columns() {
        assert_eq!(line("plain  12  "), "plain  12");
        assert_eq!(line("مقر  12"), "\u{200e}مقر\u{200e}  12");
        assert_eq!(line("a مقر  12  b"), "a مقر\u{200e}  12  b");
        assert_eq!(line("a مقر b  12"), "a مقر b  12");
    }
}
