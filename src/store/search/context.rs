//! The part of a text in which the words that are looked for are shown.

use super::Sought;
use crate::model::{Word, compounds};

/// The largest number of words of a text among which the best place is sought.
const MAX_MARKED: usize = 500;

impl Sought {
    /// The part of a text where most of the words stand, of about `length` characters, each of them between
    /// `[` and `]`; how many different ones these are, and none if there are none.
    pub(super) fn context(&self, text: &str, length: usize) -> (usize, String) {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        let sought = self.words();
        let position = |word: &Word| sought.iter().position(|sought| sought.is(&word.folded));
        for compound in compounds(text) {
            for word in compound.words.iter().chain(&compound.joined) {
                if let Some(which) = position(word) {
                    found.push((word.at.start, word.at.end, which));
                }
            }
        }
        found.sort_unstable();
        // Of a book, its beginning.
        found.truncate(MAX_MARKED);
        let distinct = |from: usize| {
            let end = found[from].0 + length;
            let mut all: Vec<usize> =
                found[from..].iter().filter(|hit| hit.1 <= end).map(|hit| hit.2).collect();
            all.sort_unstable();
            all.dedup();
            all.len()
        };
        // The first of the best.
        let best = (0..found.len())
            .map(|n| (distinct(n), n))
            .max_by_key(|(most, n)| (*most, usize::MAX - n));
        let Some((most, first)) = best else { return (0, String::new()) };
        let window = window(text, found[first].0, length);
        let mut shown = String::from(if window.start > 0 { "…" } else { "" });
        let mut at = window.start;
        for (start, end, _) in
            found.into_iter().filter(|hit| hit.0 >= window.start && hit.1 <= window.end)
        {
            // Two pairs share a character.
            if start > at || shown.is_empty() || !shown.ends_with(']') {
                shown.push_str(&text[at..start.max(at)]);
                shown.push('[');
            } else {
                shown.pop();
            }
            shown.push_str(&text[start.max(at)..end.max(at)]);
            shown.push(']');
            at = end.max(at);
        }
        shown.push_str(&text[at..window.end]);
        if window.end < text.len() {
            shown.push('…');
        }
        (most, shown.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The part of a text around a place, of about `length` characters, between two words where there are words.
fn window(text: &str, at: usize, length: usize) -> std::ops::Range<usize> {
    if text.chars().nth(length).is_none() {
        return 0..text.len();
    }
    let before = text[..at].char_indices().rev().take(length / 4).last().map_or(at, |(n, _)| n);
    let space = |n: &usize| text[..*n].ends_with(char::is_whitespace);
    let start = match before {
        0 => 0,
        _ => (before..at).filter(|n| text.is_char_boundary(*n)).find(space).unwrap_or(before),
    };
    let end = text[start..].char_indices().nth(length).map_or(text.len(), |(n, _)| start + n);
    let words = text[start..end].rfind(char::is_whitespace).map(|n| start + n);
    let end = match words {
        Some(words) if end < text.len() && words > at + (end - at) / 2 => words,
        _ => end,
    };
    start..end
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Sought;

    #[test]
    fn words_are_marked_in_their_context() {
        let context =
            |typed: &str, text: &str, length| Sought::parse(typed).unwrap().context(text, length);
        assert_eq!(
            context("écoles", "The Ecoles are shut", 80),
            (1, "The [Ecoles] are shut".to_owned())
        );
        assert_eq!(context("ecol*", "No école", 80), (1, "No [école]".to_owned()));
        assert_eq!(context("107000", "At least 107,000 fled", 80).1, "At least [107,000] fled");
        assert_eq!(context("阿富汗", "在阿富汗的", 80), (2, "在[阿富汗]的".to_owned()));
        assert_eq!(context("x", "none of it", 80), (0, String::new()));
        assert_eq!(context("a -b", "a b", 80).1, "[a] b");
        let long = "one two three four five six seven eight nine ten two seven";
        assert_eq!(context("two seven", long, 20), (2, "…ten [two] [seven]".to_owned()));
        assert_eq!(context("one", long, 20).1, "[one] two three four…");
        assert_eq!(context("six", long, 20).1, "…five [six] seven…");
    }
}
