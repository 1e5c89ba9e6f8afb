//! The words and signs with which people state amounts. To teach the program another language, add its
//! lines here: an amount is read in one language at a time, and where two languages read it differently
//! it is refused.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The meaning of a word or sign in an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// Stands before a number and says how exact it is: a code of `qualifiers`.
    Before(&'static str),
    /// Stands behind a number and says how exact it is.
    After(&'static str),
    /// Is an amount by itself: a code of `qualifiers` that needs no number.
    Alone(&'static str),
    /// Multiplies the number before it by this power of ten.
    Scale(i32),
    /// Multiplies a word of 2 to 19 before it by a hundred, in French: `deux cents`, but not `50 cents`, which are
    /// hundredths of a currency.
    Hundreds,
    /// Is a number.
    Number(i64),
    /// Is a fraction: part and whole. In words it is about that much.
    Fraction(i64, i64),
    /// Divides the number before it by this power of ten: per cent, per mille.
    Per(i32),
    /// Opens a range of two numbers, which the second word joins.
    Opening(&'static str),
    /// Joins the two numbers of a range.
    Joiner,
}

/// The languages of [`WORDS`], by their ISO 639-1 codes. Signs (`""`) belong to all.
pub(super) const LANGUAGES: [&str; 2] = ["en", "fr"];

use Meaning::{After, Alone, Before, Fraction, Hundreds, Joiner, Number, Opening, Per, Scale};

/// Every word, in lower case with straight apostrophes: its language, itself and its meaning. A word
/// that has one meaning in two languages stands once for each.
pub(super) static WORDS: &[(&str, &str, Meaning)] = &[
    // Signs.
    ("", "~", Before("about")),
    ("", "≈", Before("about")),
    ("", "±", Before("about")),
    ("", "≥", Before("at_least")),
    ("", ">=", Before("at_least")),
    ("", ">", Before("over")),
    ("", "≤", Before("at_most")),
    ("", "<=", Before("at_most")),
    ("", "<", Before("under")),
    ("", "=", Before("exact")),
    ("", "+", After("at_least")),
    ("", "%", Per(2)),
    ("", "‰", Per(3)),
    ("", "-", Joiner),
    ("", "k", Scale(3)),
    ("", "mio", Scale(6)),
    ("", "bn", Scale(9)),
    ("", "mrd", Scale(9)),
    ("", "lakh", Scale(5)),
    ("", "lakhs", Scale(5)),
    ("", "crore", Scale(7)),
    ("", "crores", Scale(7)),
    // English.
    ("en", "about", Before("about")),
    ("en", "around", Before("about")),
    ("en", "approximately", Before("about")),
    ("en", "approx.", Before("about")),
    ("en", "approx", Before("about")),
    ("en", "roughly", Before("about")),
    ("en", "some", Before("about")),
    ("en", "circa", Before("about")),
    ("en", "ca.", Before("about")),
    ("en", "c.", Before("about")),
    ("en", "nearly", Before("nearly")),
    ("en", "almost", Before("nearly")),
    ("en", "close to", Before("nearly")),
    ("en", "just under", Before("nearly")),
    ("en", "over", Before("over")),
    ("en", "more than", Before("over")),
    ("en", "above", Before("over")),
    ("en", "upwards of", Before("over")),
    ("en", "at least", Before("at_least")),
    ("en", "no fewer than", Before("at_least")),
    ("en", "no less than", Before("at_least")),
    ("en", "not less than", Before("at_least")),
    ("en", "minimum", Before("at_least")),
    ("en", "min.", Before("at_least")),
    ("en", "or more", After("at_least")),
    ("en", "and more", After("at_least")),
    ("en", "at most", Before("at_most")),
    ("en", "up to", Before("at_most")),
    ("en", "no more than", Before("at_most")),
    ("en", "not more than", Before("at_most")),
    ("en", "maximum", Before("at_most")),
    ("en", "max.", Before("at_most")),
    ("en", "or less", After("at_most")),
    ("en", "or fewer", After("at_most")),
    ("en", "under", Before("under")),
    ("en", "below", Before("under")),
    ("en", "less than", Before("under")),
    ("en", "fewer than", Before("under")),
    ("en", "exactly", Before("exact")),
    ("en", "several", Alone("several")),
    ("en", "tens", Alone("tens")),
    ("en", "dozens", Alone("dozens")),
    ("en", "hundreds", Alone("hundreds")),
    ("en", "thousands", Alone("thousands")),
    ("en", "tens of thousands", Alone("tens_of_thousands")),
    ("en", "none", Alone("none")),
    ("en", "hundred", Scale(2)),
    ("en", "thousand", Scale(3)),
    ("en", "million", Scale(6)),
    ("en", "millions", Scale(6)),
    ("en", "billion", Scale(9)),
    ("en", "billions", Scale(9)),
    ("en", "trillion", Scale(12)),
    ("en", "percent", Per(2)),
    ("en", "per cent", Per(2)),
    ("en", "to", Joiner),
    ("en", "between", Opening("and")),
    ("en", "from", Opening("to")),
    ("en", "zero", Number(0)),
    ("en", "one", Number(1)),
    ("en", "two", Number(2)),
    ("en", "three", Number(3)),
    ("en", "four", Number(4)),
    ("en", "five", Number(5)),
    ("en", "six", Number(6)),
    ("en", "seven", Number(7)),
    ("en", "eight", Number(8)),
    ("en", "nine", Number(9)),
    ("en", "ten", Number(10)),
    ("en", "eleven", Number(11)),
    ("en", "twelve", Number(12)),
    ("en", "a dozen", Number(12)),
    ("en", "thirteen", Number(13)),
    ("en", "fourteen", Number(14)),
    ("en", "fifteen", Number(15)),
    ("en", "sixteen", Number(16)),
    ("en", "seventeen", Number(17)),
    ("en", "eighteen", Number(18)),
    ("en", "nineteen", Number(19)),
    ("en", "twenty", Number(20)),
    ("en", "thirty", Number(30)),
    ("en", "forty", Number(40)),
    ("en", "fifty", Number(50)),
    ("en", "sixty", Number(60)),
    ("en", "seventy", Number(70)),
    ("en", "eighty", Number(80)),
    ("en", "ninety", Number(90)),
    ("en", "a half", Fraction(1, 2)),
    ("en", "half", Fraction(1, 2)),
    ("en", "one half", Fraction(1, 2)),
    ("en", "a third", Fraction(1, 3)),
    ("en", "one third", Fraction(1, 3)),
    ("en", "two thirds", Fraction(2, 3)),
    ("en", "a quarter", Fraction(1, 4)),
    ("en", "one quarter", Fraction(1, 4)),
    ("en", "three quarters", Fraction(3, 4)),
    ("en", "a fifth", Fraction(1, 5)),
    ("en", "one fifth", Fraction(1, 5)),
    ("en", "a tenth", Fraction(1, 10)),
    ("en", "one tenth", Fraction(1, 10)),
    // French.
    ("fr", "environ", Before("about")),
    ("fr", "autour de", Before("about")),
    ("fr", "à peu près", Before("about")),
    ("fr", "approximativement", Before("about")),
    ("fr", "quelque", Before("about")),
    ("fr", "env.", Before("about")),
    ("fr", "près de", Before("nearly")),
    ("fr", "presque", Before("nearly")),
    ("fr", "plus de", Before("over")),
    ("fr", "plus d'", Before("over")),
    ("fr", "au-dessus de", Before("over")),
    ("fr", "au moins", Before("at_least")),
    ("fr", "pas moins de", Before("at_least")),
    ("fr", "minimum", Before("at_least")),
    ("fr", "ou plus", After("at_least")),
    ("fr", "et plus", After("at_least")),
    ("fr", "au plus", Before("at_most")),
    ("fr", "au maximum", Before("at_most")),
    ("fr", "jusqu'à", Before("at_most")),
    ("fr", "maximum", Before("at_most")),
    ("fr", "ou moins", After("at_most")),
    ("fr", "moins de", Before("under")),
    ("fr", "moins d'", Before("under")),
    ("fr", "exactement", Before("exact")),
    ("fr", "plusieurs", Alone("several")),
    ("fr", "des dizaines", Alone("tens")),
    ("fr", "dizaines", Alone("tens")),
    ("fr", "des centaines", Alone("hundreds")),
    ("fr", "centaines", Alone("hundreds")),
    ("fr", "des milliers", Alone("thousands")),
    ("fr", "milliers", Alone("thousands")),
    ("fr", "des dizaines de milliers", Alone("tens_of_thousands")),
    ("fr", "dizaines de milliers", Alone("tens_of_thousands")),
    ("fr", "aucun", Alone("none")),
    ("fr", "aucune", Alone("none")),
    ("fr", "cent", Hundreds),
    ("fr", "cents", Hundreds),
    ("fr", "mille", Scale(3)),
    ("fr", "million", Scale(6)),
    ("fr", "millions", Scale(6)),
    ("fr", "milliard", Scale(9)),
    ("fr", "milliards", Scale(9)),
    // A French billion is a million millions; "19 billions" is therefore refused.
    ("fr", "billions", Scale(12)),
    ("fr", "un billion", Number(1_000_000_000_000)),
    ("fr", "pour cent", Per(2)),
    ("fr", "à", Joiner),
    ("fr", "entre", Opening("et")),
    ("fr", "de", Opening("à")),
    ("fr", "zéro", Number(0)),
    ("fr", "un", Number(1)),
    ("fr", "une", Number(1)),
    ("fr", "deux", Number(2)),
    ("fr", "trois", Number(3)),
    ("fr", "quatre", Number(4)),
    ("fr", "cinq", Number(5)),
    ("fr", "six", Number(6)),
    ("fr", "sept", Number(7)),
    ("fr", "huit", Number(8)),
    ("fr", "neuf", Number(9)),
    ("fr", "dix", Number(10)),
    ("fr", "onze", Number(11)),
    ("fr", "douze", Number(12)),
    ("fr", "treize", Number(13)),
    ("fr", "quatorze", Number(14)),
    ("fr", "quinze", Number(15)),
    ("fr", "seize", Number(16)),
    ("fr", "dix-sept", Number(17)),
    ("fr", "dix-huit", Number(18)),
    ("fr", "dix-neuf", Number(19)),
    ("fr", "vingt", Number(20)),
    ("fr", "trente", Number(30)),
    ("fr", "quarante", Number(40)),
    ("fr", "cinquante", Number(50)),
    ("fr", "soixante", Number(60)),
    ("fr", "soixante-dix", Number(70)),
    ("fr", "quatre-vingt", Number(80)),
    ("fr", "quatre-vingts", Number(80)),
    ("fr", "quatre-vingt-dix", Number(90)),
    ("fr", "la moitié", Fraction(1, 2)),
    ("fr", "moitié", Fraction(1, 2)),
    ("fr", "un tiers", Fraction(1, 3)),
    ("fr", "le tiers", Fraction(1, 3)),
    ("fr", "deux tiers", Fraction(2, 3)),
    ("fr", "un quart", Fraction(1, 4)),
    ("fr", "le quart", Fraction(1, 4)),
    ("fr", "trois quarts", Fraction(3, 4)),
    ("fr", "un cinquième", Fraction(1, 5)),
    ("fr", "un dixième", Fraction(1, 10)),
];

/// The words of a language, and the signs of all.
pub(super) fn words_of(language: &str) -> &'static [(&'static str, Meaning)] {
    type Known = [Vec<(&'static str, Meaning)>; LANGUAGES.len()];
    static KNOWN: LazyLock<Known> = LazyLock::new(|| {
        LANGUAGES.map(|language| {
            let known = WORDS.iter().filter(|(of, _, _)| of.is_empty() || *of == language);
            known.map(|(_, word, meaning)| (*word, *meaning)).collect()
        })
    });
    let at = LANGUAGES.iter().position(|known| *known == language);
    at.map_or(&[], |at| &KNOWN[at])
}

/// Returns true if words name things and say nothing of how many there are, in any language.
pub(super) fn name_things(text: &str) -> bool {
    let letters = |c: char| if c.is_alphabetic() { c } else { ' ' };
    let spaced = |text: &str| {
        let words = text.chars().map(letters).collect::<String>();
        format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let things = spaced(text);
    let counts = |(_, word, meaning): &(&str, &str, Meaning)| {
        let word = spaced(word);
        !matches!(meaning, Joiner | Opening(_)) && word.len() > 2 && things.contains(&word)
    };
    things.trim().len() > 1 && !text.contains(char::is_numeric) && !WORDS.iter().any(counts)
}

/// Returns true if an amount may begin with this word, in lower case with straight apostrophes: with a digit, a sign,
/// or the first of the words that one is stated in. A text is searched for amounts many times faster so.
pub(super) fn may_open_an_amount(word: &str) -> bool {
    static OPENERS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| WORDS.iter().map(|(_, known, _)| leading_letters(known)).collect());
    !word.starts_with(char::is_alphabetic)
        || word.contains(char::is_numeric)
        || OPENERS.contains(leading_letters(word))
}

/// The letters at the start of a text.
fn leading_letters(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or(text)
}

/// Amounts of no number at all, by which cells say that nothing is known. They are refused until the
/// user says that they mean "not stated".
pub(super) const NOTHING_STATED: [&str; 12] = [
    "-",
    "–",
    "—",
    "?",
    "na",
    "n/a",
    "n.a.",
    "nd",
    "unknown",
    "inconnu",
    "not stated",
    "none given",
];

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, WORDS};
    use std::collections::HashSet;

    #[test]
    fn a_word_stands_once_in_a_language_and_in_lower_case() {
        let mut seen = HashSet::new();
        for (language, word, _) in WORDS {
            assert!(seen.insert((language, word)), "{language} {word} stands twice");
            assert_eq!(word.to_lowercase(), *word);
            assert!(language.is_empty() || LANGUAGES.contains(language), "{language}");
        }
    }
}
