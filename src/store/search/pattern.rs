//! Reads the words that a person types into a search, as phrases and as a query of FTS5.

use super::phrase::{Laid, Phrase, SoughtWord, grouped};
use crate::model::is_hebrew;

/// The largest number of words that are looked for. The script of a page has the same.
pub(super) const MAX_WORDS: usize = 200;
/// The largest number of groups of digits, typed apart, that may be one number.
const MAX_GROUPS: usize = 6;

/// The words that a person looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The query of FTS5 for an index that does not know which words stand side by side: all rows that are
    /// looked for, and maybe more.
    pub(super) filter: String,
    /// The phrases that have to be there.
    present: Vec<Piece>,
    /// The phrases that must not be there.
    absent: Vec<Piece>,
}

/// What a person typed between two spaces, or in quotation marks: phrases that are all there, in one of
/// several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    ways: Vec<Vec<Phrase>>,
}

impl Piece {
    fn of(phrase: Phrase) -> Self {
        Piece { ways: vec![vec![phrase]] }
    }

    /// The piece for groups of digits that were typed apart: one number, or several, in whichever order.
    fn of_groups(groups: &[&str]) -> Self {
        Piece { ways: ways(groups) }
    }

    fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.ways.iter().flatten()
    }

    fn query(&self) -> String {
        let all = |way: &Vec<Phrase>| {
            grouped(&way.iter().map(Phrase::query).collect::<Vec<_>>(), " AND ")
        };
        grouped(&self.ways.iter().map(all).collect::<Vec<_>>(), " OR ")
    }

    /// Returns true if a row with these texts holds it.
    fn is_in(&self, texts: &[Laid]) -> bool {
        let holds = |phrase: &Phrase| texts.iter().any(|text| phrase.is_in(text));
        self.ways.iter().any(|way| way.iter().all(holds))
    }
}

/// The ways to read groups of digits: with each number of them as the first one.
fn ways(groups: &[&str]) -> Vec<Vec<Phrase>> {
    if groups.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for length in (1..=groups.len()).rev() {
        let (first, rest) = groups.split_at(length);
        let first = match first {
            [one] => Phrase::read(one),
            _ => Phrase::number(&first.join(" ")),
        };
        let Some(first) = first else { continue };
        all.extend(ways(rest).into_iter().map(|mut way| {
            way.insert(0, first.clone());
            way
        }));
    }
    all
}

impl Sought {
    /// Reads words: all have to be there. What stands in quotation marks is a phrase, what follows a hyphen
    /// must not be there, and a word before `*` is the beginning of one. `None` if no word is left that has
    /// to be there.
    pub fn parse(words: &str) -> Option<Self> {
        let (mut present, mut absent) = (Vec::new(), Vec::new());
        let typed = typed(words);
        let mut rest = &typed[..];
        while let [first, after @ ..] = rest {
            // Of too many words only the number is of interest.
            let groups = if typed.len() > MAX_WORDS { Vec::new() } else { groups(rest) };
            rest = if groups.len() > 1 { &rest[groups.len()..] } else { after };
            if groups.len() > 1 {
                present.push(Piece::of_groups(&groups));
            } else if let Some(phrase) = Phrase::read(&first.text) {
                if first.absent { &mut absent } else { &mut present }.push(Piece::of(phrase));
            }
        }
        Sought::of(present, absent)
    }

    /// Reads words that stand side by side. `None` if there is no word.
    pub(super) fn phrase(words: &str) -> Option<Self> {
        Sought::of(vec![Piece::of(Phrase::read(words)?)], Vec::new())
    }

    fn of(present: Vec<Piece>, absent: Vec<Piece>) -> Option<Self> {
        if present.is_empty() {
            return None;
        }
        let mut filter = grouped(&present.iter().map(Piece::query).collect::<Vec<_>>(), " AND ");
        // Words that stand apart exclude no row.
        let alone = |piece: &&Piece| piece.phrases().all(|phrase| phrase.len() == 1);
        let excluded: Vec<String> = absent.iter().filter(alone).map(Piece::query).collect();
        if !excluded.is_empty() {
            filter = format!("{filter} NOT {}", grouped(&excluded, " OR "));
        }
        Some(Sought { filter, present, absent })
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        let pieces = self.present.iter().chain(&self.absent);
        pieces.filter_map(|piece| piece.ways.last()).flatten().map(Phrase::len).sum()
    }

    /// Returns true if a row with these texts is one that is looked for.
    pub(super) fn fits(&self, texts: &[Laid]) -> bool {
        self.present.iter().all(|piece| piece.is_in(texts))
            && !self.absent.iter().any(|piece| piece.is_in(texts))
    }

    /// Every word that has to be there or may be.
    pub(super) fn words(&self) -> Vec<&SoughtWord> {
        self.present.iter().flat_map(Piece::phrases).flat_map(Phrase::words).collect()
    }
}

/// What a person typed between two spaces, or in quotation marks.
#[derive(Debug, PartialEq, Eq)]
struct Typed {
    text: String,
    /// True if it must not be there.
    absent: bool,
    quoted: bool,
}

impl Typed {
    /// Returns true if it is digits that have to be there.
    fn is_number(&self) -> bool {
        let digits = !self.text.is_empty() && self.text.chars().all(char::is_numeric);
        digits && !self.absent && !self.quoted
    }
}

/// Splits what a person typed at white space, but not between quotation marks.
fn typed(words: &str) -> Vec<Typed> {
    let mut all: Vec<Typed> = Vec::new();
    let mut rest = words.trim_start();
    while !rest.is_empty() {
        let after = rest.strip_prefix(['-', '−', '－']);
        let absent = after.is_some();
        let (mut text, left, quoted) = chunk(after.unwrap_or(rest));
        // The last group of a number may have a unit behind it.
        let follows = all.last().is_some_and(Typed::is_number) && !absent && !quoted;
        if let Some(unit) = unit(&text).filter(|_| follows) {
            let unit = text.split_off(unit);
            all.push(Typed { text: std::mem::replace(&mut text, unit), absent, quoted });
        }
        all.push(Typed { text, absent, quoted });
        rest = left.trim_start();
    }
    all
}

/// The place of the letters behind the digits with which a text begins.
fn unit(text: &str) -> Option<usize> {
    let at = text.find(|c: char| !c.is_numeric()).filter(|at| *at > 0)?;
    text[at..].starts_with(char::is_alphabetic).then_some(at)
}

/// What stands at the beginning of a text: a phrase, or all up to white space or a phrase; then what is left,
/// and whether it is a phrase.
fn chunk(text: &str) -> (String, &str, bool) {
    let Some(inside) = text.strip_prefix(is_mark) else {
        let end = end_of(text, char::is_whitespace);
        return (text[..end].to_owned(), &text[end..], false);
    };
    let (phrase, left) = inside.split_at(end_of(inside, |_| false));
    let left = left.strip_prefix(is_mark).unwrap_or(left);
    match left.strip_prefix('*') {
        Some(left) => (format!("{}*", phrase.trim_end()), left, true),
        None => (phrase.to_owned(), left, true),
    }
}

/// The place of the first character of this sort or quotation mark, but not of one in a Hebrew word.
fn end_of(text: &str, ends: fn(char) -> bool) -> usize {
    let mut before = ' ';
    let end = text.char_indices().find(|(at, c)| {
        let in_word = *c == '"' && is_hebrew(before) && text[at + 1..].starts_with(is_hebrew);
        before = *c;
        ends(*c) || (is_mark(*c) && !in_word)
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// Returns true for a quotation mark. Each may stand before a phrase, and behind it.
fn is_mark(c: char) -> bool {
    "\"“”„‟«»＂「」『』〝〞〟".contains(c)
}

/// The groups of digits with which this begins, if they may be one number.
fn groups(typed: &[Typed]) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for Typed { text, absent, quoted } in typed.iter().take(MAX_GROUPS) {
        let digits = text.strip_suffix('*').unwrap_or(text);
        let ends = *absent || *quoted || all.last().is_some_and(|last| last.ends_with('*'));
        if ends || digits.is_empty() || !digits.chars().all(char::is_numeric) {
            break;
        }
        all.push(text);
        if all.len() > 1 && Phrase::number(&all.join(" ")).is_none() {
            all.pop();
            break;
        }
    }
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Sought;
    use crate::store::search::phrase::Laid;

    /// What is typed, and the query for it.
    #[rustfmt::skip]
    const FILTERS: &[(&str, Option<&str>)] = &[
        ("muqur fell", Some(r#"("muqur" AND "fell")"#)),
        ("sold*", Some(r#""sold" *"#)),
        (r#""health centre" NOT"#, Some(r#"(("health" AND "centre") AND "not")"#)),
        (r#""health centre"#, Some(r#"("health" AND "centre")"#)),
        ("kunduz -taliban -born", Some(r#""kunduz" NOT ("taliban" OR "born")"#)),
        ("x -\"air strike\" -al-hasakah", Some(r#""x""#)),
        ("  -- \" ", None),
        ("-taliban", None),
        ("مُقُر", Some(r#""مقر""#)),
        ("Al-Hasakah", Some(r#"(("al" AND "hasakah") OR "alhasakah")"#)),
        ("\"al-Hasakah fell\"", Some(r#"((("al" AND "hasakah") OR "alhasakah") AND "fell")"#)),
        ("28.06.2021", Some(r#"("28" AND "06" AND "2021")"#)),
        ("107,000", Some(r#""107000""#)),
        ("107 000 people", Some(r#"(("107000" OR ("107" AND "000")) AND "people")"#)),
        ("1 200 300*", Some(r#"("1200300" * OR ("1200" AND "300" *) OR ("1" AND "200300" *) OR ("1" AND "200" AND "300" *))"#)),
        ("2021 12", Some(r#"("2021" AND "12")"#)),
        ("-12 300", Some(r#""300" NOT "12""#)),
        ("5 -12 300", Some(r#"("5" AND "300") NOT "12""#)),
        ("阿富汗", Some(r#"("阿富" AND "富汗")"#)),
        ("年", Some(r#""年" *"#)),
        ("\"2021年 6月\"", Some(r#"("2021" AND "年" AND "6" AND "月" *)"#)),
        ("\"阿富汗 Kabul\"", Some(r#"("阿富" AND "富汗" AND "汗" AND "kabul")"#)),
        ("阿富*", Some(r#""阿富" *"#)),
        ("½ -¼", Some(r#"("1" AND "2")"#)),
        ("500km", Some(r#"(("500" AND "km") OR "500km")"#)),
        // Quotation marks, and beginnings in phrases.
        ("“a b” «c d» „e f“ »g h« 「i j」", Some(r#"(("a" AND "b") AND ("c" AND "d") AND ("e" AND "f") AND ("g" AND "h") AND ("i" AND "j"))"#)),
        ("\"a b*\" \"c d\"* \"e* f\"", Some(r#"(("a" AND "b" *) AND ("c" AND "d" *) AND ("e" * AND "f"))"#)),
        ("צה\"ל", Some(r#"(("צה" AND "ל") OR "צהל")"#)),
    ];

    #[test]
    fn what_is_typed_becomes_a_query() {
        for (typed, filter) in FILTERS {
            let sought = Sought::parse(typed);
            assert_eq!(sought.map(|sought| sought.filter).as_deref(), *filter, "{typed}");
        }
    }

    /// What is typed, a text in which it is, and one in which it is not.
    #[rustfmt::skip]
    const FITS: &[(&str, &str, &str)] = &[
        ("fell aside", "They fell", "They | -"),
        ("\"they fell\"", "So they fell", "They, too, fell"),
        ("\"they fell\"", "They fell", "So they | fell"),
        ("fel*", "They fell", "They | -"),
        ("fell -they", "It fell", "They fell"),
        ("fell -\"fell they\"", "They fell", "Fell they"),
        ("fell\t−\"fell they\"", "They fell", "Fell they"),
        ("fell\u{3000}-“fell they”", "They fell", "Fell they"),
        ("alhasakah", "Al-Hasakah", "al Hasakah"),
        ("al-hasakah", "Alhasakah", "Hasakah al"),
        ("富汗", "阿富汗", "汗富"),
        ("年", "2021年6月", "2021"),
        ("阿", "阿富汗", "富汗"),
        ("阿富", "阿富汗", "富汗阿"),
        ("2", "½", "12"),
        ("צה'ל", "צה״ל", "צה"),
        // Joined words and numbers in phrases.
        ("\"107,000 people\"", "107 000 people", "107,000 of the people"),
        ("\"107 000 people\"", "107.000 people", "107 of 000 people"),
        ("\"in al-Hasakah city\"", "In Alhasakah City", "in Hasakah, city"),
        ("\"in alhasakah city\"", "in Al-Hasakah city", "in al Hasakah city"),
        ("\"12500 in al\"", "12 500 in al-Hasakah", "12 500 in Alhasakah"),
        ("\"al hasakah 12500\"", "Al-Hasakah: 12 500", "Al-Hasakah: 12, 500"),
        ("-\"107,000 people\" they", "they", "they: 107 000 people"),
        ("\"al hasak*\"", "al-Hasakah", "al has"),
        ("\"a* hasakah\"", "al Hasakah", "el Hasakah"),
        ("\"al hasak\"*", "al Hasakah", "al has"),
        // Groups of digits that may be one number.
        ("12 300", "12,300", "12"),
        ("12 300", "300 of 12", "300"),
        ("12 300 000", "12 of 300,000", "12,300"),
        ("500 km", "1 and 500km", "1,500km"),
        ("1 500km", "1,500 km", "1 and 500"),
        ("½", "½", "2 1"),
        ("US", "U.S. troops", "U. Smith"),
    ];

    #[test]
    fn a_row_fits_or_not() {
        for (typed, one, other) in FITS {
            let sought = Sought::parse(typed).unwrap();
            let fits = |text: &str| sought.fits(&[Laid::read(text), Laid::read("aside")]);
            assert!(fits(one), "{typed:?} in {one:?}");
            assert!(!fits(other), "{typed:?} not in {other:?}");
        }
        let fits = |typed: &str, text| {
            Sought::parse(typed).unwrap().fits(&[Laid::read(text), Laid::read("aside")])
        };
        assert!(!fits("\"fell aside\"", "They fell"), "a phrase is in one text");
    }
}
