//! What is looked for: the words that a person types, as a query of FTS5.

use crate::model::{Compound, Part, Word, compounds};

/// The largest number of words of a text among which the best place is sought.
const MAX_MARKED: usize = 500;

/// The words that a person looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The query of FTS5 for what is looked for, where an index knows which words stand side by side.
    pub(super) pattern: String,
    /// The query for the index of the file, which does not know it: all rows that `pattern` finds, and
    /// maybe more.
    pub(super) filter: String,
    /// What has to be there: of each piece, the ways to write it.
    present: Vec<Vec<Way>>,
    /// What must not be there.
    absent: Vec<Vec<Way>>,
}

/// Words side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Way {
    words: Vec<SoughtWord>,
    /// The words with a space between them and on both sides; none behind the beginning of a word.
    spaced: String,
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SoughtWord {
    folded: String,
    /// True if it is only the beginning of one.
    begins: bool,
}

impl SoughtWord {
    /// The query for the word.
    fn pattern(&self) -> String {
        format!("\"{}\"{}", self.folded, if self.begins { " *" } else { "" })
    }
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
        let (mut present, mut absent): (Vec<Vec<Way>>, Vec<Vec<Way>>) = (Vec::new(), Vec::new());
        for piece in pieces(words) {
            // The ways in which the words may stand there: apart, or joined to one.
            let compounds = compounds(&piece.text);
            let apart: Vec<&Word> = compounds.iter().flat_map(|compound| &compound.words).collect();
            let ways = match &compounds[..] {
                [] => continue,
                [Compound { joined: Some(joined), .. }] => vec![apart, vec![joined]],
                _ => vec![apart],
            };
            let ways = ways.into_iter().map(|words| phrase(words, piece.begins)).collect();
            if piece.absent { absent.push(ways) } else { present.push(ways) }
        }
        if present.is_empty() {
            return None;
        }
        let all = |of: fn(&[SoughtWord]) -> String| {
            present.iter().map(|ways| any_of(ways, of)).collect::<Vec<_>>().join(" AND ")
        };
        let (mut pattern, mut filter) = (all(side_by_side), all(together));
        for ways in &absent {
            pattern = format!("({pattern}) NOT {}", any_of(ways, side_by_side));
            // Two words that stand apart exclude no row.
            if ways.iter().all(|way| way.words.len() == 1) {
                filter = format!("({filter}) NOT {}", any_of(ways, together));
            }
        }
        Some(Sought { pattern, filter, present, absent })
    }

    /// Returns true if a row is one that is looked for. Its texts are words to index, with a space on both
    /// sides.
    pub(super) fn fits(&self, texts: &[String]) -> bool {
        let has = |ways: &Vec<Way>| {
            ways.iter().any(|way| texts.iter().any(|text| text.contains(&way.spaced)))
        };
        self.present.iter().all(has) && !self.absent.iter().any(has)
    }

    /// The word that is looked for of which a word of a text is one.
    fn position(&self, word: &Word) -> Option<usize> {
        self.present.iter().flatten().flat_map(|way| &way.words).position(|sought| {
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
                if let Some(which) = self.position(word) {
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

/// The words of a phrase, as they are looked for.
fn phrase(mut words: Vec<&Word>, mut begins: bool) -> Way {
    match words[..] {
        // The last character of a run is in its last pair already.
        [_, .., last] if last.part == Part::Last => {
            words.pop();
            begins = false;
        }
        // A single one may begin a pair.
        [.., last] if last.part == Part::Alone => begins = true,
        _ => {}
    }
    let mut words: Vec<SoughtWord> = words
        .into_iter()
        .map(|word| SoughtWord { folded: word.folded.clone(), begins: false })
        .collect();
    if let Some(last) = words.last_mut() {
        last.begins = begins;
    }
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let spaced = format!(" {}{}", folded.join(" "), if begins { "" } else { " " });
    Way { words, spaced }
}

/// The query for one of several ways to write words.
fn any_of(ways: &[Way], of: fn(&[SoughtWord]) -> String) -> String {
    let ways: Vec<String> = ways.iter().map(|way| of(&way.words)).collect();
    if ways.len() == 1 { ways.concat() } else { format!("({})", ways.join(" OR ")) }
}

/// The query for words that stand side by side.
fn side_by_side(words: &[SoughtWord]) -> String {
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let begins = words.last().is_some_and(|last| last.begins);
    SoughtWord { folded: folded.join(" "), begins }.pattern()
}

/// The query for words that stand in one row.
fn together(words: &[SoughtWord]) -> String {
    let all: Vec<String> = words
        .iter()
        .flat_map(|word| {
            // Some signs, such as ½, are two words.
            let parts = word.folded.split(' ');
            parts.map(|part| SoughtWord { folded: part.to_owned(), begins: word.begins }.pattern())
        })
        .collect();
    if all.len() == 1 { all.concat() } else { format!("({})", all.join(" AND ")) }
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
    use crate::model::words_to_index;

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

    /// What is typed, and the query for an index that does not know what stands side by side, if it is
    /// another one.
    #[rustfmt::skip]
    const FILTERS: &[(&str, Option<&str>)] = &[
        ("muqur -fell sold*", None),
        ("阿富", None),
        (r#""health centre""#, Some(r#"("health" AND "centre")"#)),
        ("x -\"air strike\"", Some(r#""x""#)),
        ("x -al-hasakah", Some(r#""x""#)),
        ("Al-Hasakah", Some(r#"(("al" AND "hasakah") OR "alhasakah")"#)),
        ("阿富汗", Some(r#"("阿富" AND "富汗")"#)),
        ("2021年", Some(r#"("2021" AND "年" *)"#)),
        ("½", Some(r#"("1" AND "2")"#)),
    ];

    #[test]
    fn a_filter_finds_at_least_as_much() {
        for (typed, filter) in FILTERS {
            let sought = Sought::parse(typed).unwrap();
            assert_eq!(sought.filter, filter.unwrap_or(&sought.pattern), "{typed}");
        }
    }

    #[test]
    fn a_row_fits_as_the_query_says() {
        let fits = |typed: &str, text: &str| {
            Sought::parse(typed)
                .unwrap()
                .fits(&[format!(" {} ", words_to_index(text)), " aside ".to_owned()])
        };
        assert!(fits("fell aside", "They fell") && fits("\"they fell\"", "So they fell"));
        assert!(!fits("\"fell aside\"", "They fell"), "a phrase is in one text");
        assert!(!fits("fel", "They fell") && fits("fel*", "They fell"));
        assert!(!fits("fell -they", "They fell") && fits("fell -\"fell they\"", "They fell"));
        assert!(fits("alhasakah", "Al-Hasakah") && fits("al-hasakah", "Alhasakah"));
        assert!(fits("富汗", "阿富汗") && !fits("汗富", "阿富汗") && fits("年", "2021年6月"));
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
