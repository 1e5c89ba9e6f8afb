//! What is looked for: the words that a person types, as a query of FTS5.

use crate::model::{Compound, Part, Word, compounds};

/// The words that a person looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The query of FTS5 for the index of folded words.
    pub(super) pattern: String,
    /// The words, to find them in a text.
    words: Vec<SoughtWord>,
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SoughtWord {
    folded: String,
    /// True if it is only the beginning of one.
    begins: bool,
}

/// What a person typed between two spaces, or in quotation marks.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    text: String,
    /// True if it must not be there.
    absent: bool,
    /// True if the last word is only the beginning of one.
    begins: bool,
}

impl Sought {
    /// Reads words: all have to be there. What stands in quotation marks is a phrase, what follows a hyphen
    /// must not be there, and a word that ends in `*` is the beginning of one. `None` if no word is left
    /// that has to be there.
    pub fn parse(words: &str) -> Option<Self> {
        let mut sought = Sought { pattern: String::new(), words: Vec::new() };
        let (mut present, mut absent) = (Vec::new(), Vec::new());
        for piece in pieces(words) {
            let compounds = compounds(&piece.text);
            if compounds.is_empty() {
                continue;
            }
            let pattern = sought.add(&compounds, &piece);
            if piece.absent { absent.push(pattern) } else { present.push(pattern) }
        }
        if present.is_empty() {
            return None;
        }
        sought.pattern = present.join(" AND ");
        for pattern in absent {
            sought.pattern = format!("({}) NOT {pattern}", sought.pattern);
        }
        Some(sought)
    }

    /// Adds the words of a piece, and returns the query for it.
    fn add(&mut self, compounds: &[Compound], piece: &Piece) -> String {
        let words: Vec<&Word> = compounds.iter().flat_map(|compound| &compound.words).collect();
        let apart = self.phrase(&words, piece);
        match compounds {
            [Compound { joined: Some(joined), .. }] => {
                format!("({apart} OR {})", self.phrase(&[joined], piece))
            }
            _ => apart,
        }
    }

    /// Returns the query for words that stand side by side.
    fn phrase(&mut self, words: &[&Word], piece: &Piece) -> String {
        let (mut words, mut begins) = (words, piece.begins);
        match words {
            // The last character of a run is in its last pair already.
            [start @ .., last] if last.part == Part::Last => (words, begins) = (start, false),
            // A single one may begin a pair.
            [.., last] if last.part == Part::Alone => begins = true,
            _ => {}
        }
        if !piece.absent {
            self.words.extend(words.iter().enumerate().map(|(n, word)| SoughtWord {
                folded: word.folded.clone(),
                begins: begins && n + 1 == words.len(),
            }));
        }
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        format!("\"{}\"{}", folded.join(" "), if begins { " *" } else { "" })
    }

    /// Returns true if a word is among those that are looked for.
    fn has(&self, word: &Word) -> Option<usize> {
        self.words.iter().position(|sought| {
            word.folded == sought.folded
                || (sought.begins && word.folded.starts_with(&sought.folded))
        })
    }

    /// The part of a text where most of the words stand, of about `length` characters, each of them between
    /// `[` and `]`; how many different ones these are, and none if there are none.
    pub(super) fn context(&self, text: &str, length: usize) -> (usize, String) {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for compound in compounds(text) {
            for word in compound.words.iter().chain(&compound.joined) {
                if let Some(which) = self.has(word) {
                    found.push((word.at.start, word.at.end, which));
                }
            }
        }
        found.sort_unstable();
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

/// Splits what a person typed.
fn pieces(words: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut absent_phrase = false;
    for (n, part) in words.split('"').enumerate() {
        // Every second part is between quotation marks.
        if n % 2 == 1 {
            pieces.push(Piece { text: part.to_owned(), absent: absent_phrase, begins: false });
            continue;
        }
        absent_phrase = part.ends_with(" -") || part == "-";
        for chunk in part.split_whitespace() {
            let (absent, chunk) = match chunk.strip_prefix(['-', '−']) {
                Some(word) => (true, word),
                None => (false, chunk),
            };
            let (begins, chunk) = match chunk.strip_suffix('*') {
                Some(start) => (true, start),
                None => (false, chunk),
            };
            push_chunk(&mut pieces, Piece { text: chunk.to_owned(), absent, begins });
        }
    }
    pieces
}

/// Adds a piece; a group of digits goes on the number that stands before it.
fn push_chunk(pieces: &mut Vec<Piece>, piece: Piece) {
    if let Some(before) = pieces.last_mut()
        && !before.begins
        && !piece.absent
    {
        let both = format!("{} {}", before.text, piece.text);
        let is_number = |text: &str| text.chars().all(|c| c.is_numeric() || c == ' ');
        if is_number(&both) && matches!(compounds(&both)[..], [Compound { joined: Some(_), .. }]) {
            before.text = both;
            before.begins = piece.begins;
            return;
        }
    }
    pieces.push(piece);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Sought;

    /// What is typed, and the query for it.
    #[rustfmt::skip]
    const PATTERNS: &[(&str, Option<&str>)] = &[
        ("muqur fell", Some(r#""muqur" AND "fell""#)),
        ("sold*", Some(r#""sold" *"#)),
        (r#""health centre" NOT"#, Some(r#""health centre" AND "not""#)),
        (r#""health centre"#, Some(r#""health centre""#)),
        ("kunduz -taliban -\"air strike\"", Some(r#"(("kunduz") NOT "taliban") NOT "air strike""#)),
        ("  -- \" ", None),
        ("-taliban", None),
        ("مُقُر", Some(r#""مقر""#)),
        ("Al-Hasakah", Some(r#"("al hasakah" OR "alhasakah")"#)),
        ("28.06.2021", Some(r#""28 06 2021""#)),
        ("107,000", Some(r#""107000""#)),
        ("107 000 people", Some(r#"("107 000" OR "107000") AND "people""#)),
        ("2021 12", Some(r#""2021" AND "12""#)),
        ("阿富汗", Some(r#""阿富 富汗""#)),
        ("年", Some(r#""年" *"#)),
        ("\"2021年 6月\"", Some(r#""2021 年 6 月" *"#)),
        ("\"阿富汗 Kabul\"", Some(r#""阿富 富汗 汗 kabul""#)),
        ("阿富*", Some(r#""阿富""#)),
        ("½", Some(r#""1 2""#)),
    ];

    #[test]
    fn what_is_typed_becomes_a_query() {
        for (typed, pattern) in PATTERNS {
            let sought = Sought::parse(typed);
            assert_eq!(sought.map(|sought| sought.pattern).as_deref(), *pattern, "{typed}");
        }
    }

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
