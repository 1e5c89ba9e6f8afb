//! Words of a text, as the search compares them: in any script, folded as names are folded loosely.

use super::fold::{fold_loosely, is_invisible};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The part of a run of letters that a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Two neighbours of a run in a script that writes no spaces.
    Pair,
    /// The last character of such a run, which begins no pair.
    Last,
    /// Such a run of one character.
    Alone,
}

/// A word of a text, in its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The folded form, which holds ASCII letters and digits and characters outside ASCII.
    pub folded: String,
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// The part of its run of letters.
    pub part: Part,
}

/// Words between which there is a joint at most: a hyphen, an apostrophe, a zero-width non-joiner, or
/// the space between two groups of digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compound {
    /// The words, in their order.
    pub words: Vec<Word>,
    /// The words as one, without the joints; `None` if there is one word only, or the script has no
    /// words that could be joined.
    pub joined: Option<Word>,
}

/// Splits a text into words as the search compares them.
///
/// - The folded form is that of [`fold_loosely`]: case, accents, vowel marks, width and variants of
///   letters do not count.
/// - Words of scripts that write no spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese)
///   and of Korean, which attaches particles, are the pairs of neighbouring characters, and the last
///   character of a run. So every part of a run can be found.
/// - Groups of digits are one word: 107,000, 107.000, 107’000, 1,07,000 (as in India), and those
///   between which there is a no-break or thin space. A plain space joins groups of three as a hyphen
///   joins words.
/// - Words on both sides of a hyphen, an apostrophe or a zero-width non-joiner are words of their own,
///   and one word together.
///
/// `½` and the like give more than one word in [`Word::folded`], with a space between them.
pub fn compounds(text: &str) -> Vec<Compound> {
    let runs = group_digits(text, runs(text));
    let mut all: Vec<Compound> = Vec::with_capacity(runs.len());
    let mut runs = runs.into_iter().peekable();
    while let Some(first) = runs.next() {
        let mut parts = vec![first];
        while let Some(next) = runs.next_if(|next| is_joint(text, parts.last(), next)) {
            parts.push(next);
        }
        all.push(compound(text, parts));
    }
    all
}

/// Returns the words of a text as an index holds them: with spaces between them, those of the text in
/// their order, and then the joined ones.
pub fn words_to_index(text: &str) -> String {
    let compounds = compounds(text);
    let words = compounds.iter().flat_map(|compound| &compound.words);
    let joined = compounds.iter().filter_map(|compound| compound.joined.as_ref());
    let mut all = String::with_capacity(text.len() + 8);
    for word in words.chain(joined) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&word.folded);
    }
    all
}

/// Characters of one word without gaps between them.
#[derive(Debug)]
struct Run {
    at: Range<usize>,
    /// The folded form.
    folded: String,
    /// True if some of its characters are of a script that writes no spaces.
    unspaced: bool,
    /// True if the next run is the next group of digits of one number, after a plain space.
    goes_on: bool,
}

impl Run {
    fn is_digits(&self) -> bool {
        self.folded.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Splits a text at what is neither a letter nor a digit nor a mark on one.
fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut start, mut unspaced, mut before) = (None, false, ' ');
    for (at, c) in text.char_indices() {
        // A zero-width space separates words, but in a script whose words are pairs it is invisible.
        let inside = match c {
            '\u{200b}' => is_unspaced(before),
            '\u{200c}' => false,
            _ => c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c),
        };
        if inside {
            start.get_or_insert(at);
            unspaced |= is_unspaced(c);
        } else if let Some(start) = start.take() {
            push_run(&mut runs, text, start..at, std::mem::take(&mut unspaced));
        }
        before = c;
    }
    if let Some(start) = start {
        push_run(&mut runs, text, start..text.len(), unspaced);
    }
    runs
}

fn push_run(runs: &mut Vec<Run>, text: &str, at: Range<usize>, unspaced: bool) {
    let written = &text[at.clone()];
    let folded =
        if written.is_ascii() { written.to_ascii_lowercase() } else { fold_loosely(written) };
    // A mark or a sign such as ʻ is no word by itself, nor is what is invisible.
    if !folded.chars().any(char::is_alphanumeric) {
        return;
    }
    runs.push(Run { at, folded, unspaced, goes_on: false });
}

/// Makes one run of those that are groups of the digits of one number; where a plain space stands between
/// them, which may separate two numbers, it marks them.
fn group_digits(text: &str, runs: Vec<Run>) -> Vec<Run> {
    let mut grouped: Vec<Run> = Vec::with_capacity(runs.len());
    let mut left = runs.into_iter().peekable();
    let mut numbers: Vec<Run> = Vec::new();
    loop {
        let next = left.next_if(|next| goes_on(text, &numbers, next));
        if next.is_none() && !numbers.is_empty() {
            push_numbers(text, &mut grouped, std::mem::take(&mut numbers));
        }
        match next.or_else(|| left.next()) {
            Some(run) => numbers.push(run),
            None => return grouped,
        }
    }
}

/// Adds runs of digits between which the same sign stands, or another run by itself.
fn push_numbers(text: &str, grouped: &mut Vec<Run>, mut numbers: Vec<Run>) {
    while numbers.len() > 1 {
        let spaced = gap(text, &numbers[0], &numbers[1]) == " ";
        match (are_groups(text, &numbers), spaced) {
            (true, false) => {
                let folded = numbers.iter().map(|run| run.folded.as_str()).collect();
                let at = numbers[0].at.start..numbers[numbers.len() - 1].at.end;
                grouped.push(Run { at, folded, unspaced: false, goes_on: false });
                return;
            }
            (true, true) => {
                let last = numbers.len() - 1;
                numbers[..last].iter_mut().for_each(|run| run.goes_on = true);
                break;
            }
            // "in 2021 12 500 people": the year may stand before a number.
            (false, true) => grouped.push(numbers.remove(0)),
            (false, false) => break,
        }
    }
    grouped.append(&mut numbers);
}

/// Returns true if a run goes on the number that these runs begin.
fn goes_on(text: &str, numbers: &[Run], next: &Run) -> bool {
    let Some(last) = numbers.last() else { return false };
    let sign = gap(text, last, next);
    last.is_digits()
        && next.is_digits()
        && is_grouping(sign)
        && (numbers.len() == 1 || gap(text, &numbers[0], &numbers[1]) == sign)
}

/// Returns true if runs of digits are the groups of one number: one to three digits and then threes;
/// after commas also twos, and three at the end.
fn are_groups(text: &str, runs: &[Run]) -> bool {
    let [first, middle @ .., last] = runs else { return false };
    let threes = first.folded.len() <= 3 && middle.iter().all(|run| run.folded.len() == 3);
    let twos = gap(text, first, &runs[1]) == ","
        && first.folded.len() <= 2
        && middle.iter().all(|run| run.folded.len() == 2);
    last.folded.len() == 3 && (threes || twos)
}

fn gap<'a>(text: &'a str, one: &Run, next: &Run) -> &'a str {
    &text[one.at.end..next.at.start]
}

/// Returns true for a sign that stands between groups of digits.
fn is_grouping(gap: &str) -> bool {
    matches!(gap, "," | "." | "'" | "’" | "_" | "٬" | " " | "\u{a0}" | "\u{2009}" | "\u{202f}")
}

/// Returns true if what stands between two runs joins them.
fn is_joint(text: &str, one: Option<&Run>, next: &Run) -> bool {
    let Some(one) = one else { return false };
    match gap(text, one, next) {
        _ if one.goes_on => true,
        "-" | "\u{2010}" | "\u{2011}" | "\u{5be}" | "\u{200c}" => true,
        "'" | "’" | "‘" | "`" | "´" | "′" | "\u{5f3}" | "\u{5f4}" => true,
        _ => false,
    }
}

fn compound(text: &str, runs: Vec<Run>) -> Compound {
    let joined = (runs.len() > 1 && !runs.iter().any(|run| run.unspaced)).then(|| Word {
        folded: runs.iter().map(|run| run.folded.as_str()).collect(),
        at: runs[0].at.start..runs[runs.len() - 1].at.end,
        part: Part::Whole,
    });
    let mut words = Vec::with_capacity(runs.len());
    for run in runs {
        if run.unspaced {
            push_pairs(&mut words, text, run.at);
        } else {
            words.push(Word { folded: run.folded, at: run.at, part: Part::Whole });
        }
    }
    Compound { words, joined }
}

/// Adds the words of a run in which characters of a script without spaces stand.
fn push_pairs(words: &mut Vec<Word>, text: &str, run: Range<usize>) {
    let clusters = clusters(text, run);
    for stretch in clusters.chunk_by(|one, next| one.1 == next.1) {
        let (first, last) = (&stretch[0].0, &stretch[stretch.len() - 1].0);
        let folded = |at: &Range<usize>| fold_loosely(&text[at.clone()]);
        let mut push = |at: Range<usize>, part: Part| {
            words.push(Word { folded: folded(&at), at, part });
        };
        if !stretch[0].1 {
            push(first.start..last.end, Part::Whole);
            continue;
        }
        for pair in stretch.windows(2) {
            push(pair[0].0.start..pair[1].0.end, Part::Pair);
        }
        let part = if stretch.len() == 1 { Part::Alone } else { Part::Last };
        push(last.clone(), part);
    }
}

/// Splits a run into characters with the marks on them; true for those of a script without spaces.
fn clusters(text: &str, run: Range<usize>) -> Vec<(Range<usize>, bool)> {
    let mut clusters: Vec<(Range<usize>, bool)> = Vec::new();
    for (n, c) in text[run.clone()].char_indices() {
        let at = run.start + n;
        let end = at + c.len_utf8();
        let attached = is_combining_mark(c)
            || is_invisible(c)
            || c == '\u{200b}'
            // Vowels and final consonants of Hangul, and the marks on half-width kana.
            || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}' | '\u{ff9e}' | '\u{ff9f}');
        match clusters.last_mut() {
            Some(last) if attached => last.0.end = end,
            _ => clusters.push((at..end, is_unspaced(c))),
        }
    }
    clusters
}

/// Returns true for characters of scripts whose words are pairs: those that write no spaces between
/// words (the classes ID and SA of Unicode Standard Annex 14), and Hangul.
fn is_unspaced(c: char) -> bool {
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
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3130}' => true,
        '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' => true,
        '\u{4e00}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' => true,
        '\u{ff66}'..='\u{ff9f}' | '\u{1aff0}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, compounds, words_to_index};

    /// Texts, each with its words as an index holds them.
    #[rustfmt::skip]
    const WORDS: &[(&str, &str)] = &[
        ("L’Écôle de Muqêr, 1,5", "l ecole de muqer 1 5 lecole"),
        ("Straße STRASSE ıŞIK Łódź Đakovo", "strasse strasse isik lodz dakovo"),
        ("Орёл Андрей", "орел андрей"),
        ("مَقُر كابل عـلي", "مقر كابل علي"),
        ("علی\u{200c}آباد", "علي اباد علياباد"),
        ("שָׁלוֹם בית־לחם", "שלום בית לחם ביתלחם"),
        ("Ｋａｂｕｌ １２", "kabul 12"),
        ("so\u{ad}ft \u{200f}x\u{200f} a\u{200b}b", "soft x a b"),
        // Numbers.
        ("107,000 107.000 107’000 107\u{202f}000 1,07,000", "107000 107000 107000 107000 107000"),
        ("1,234,567.50", "1234567 50"),
        ("12 500 people", "12 500 people 12500"),
        ("in 2021 12 500", "in 2021 12 500 12500"),
        ("1,5 1,23 1234,567 2021-06-28", "1 5 1 23 1234 567 2021 06 28 20210628"),
        ("28.06.2021 1,234,56", "28 06 2021 1 234 56"),
        ("१०७,००० ١٢٣٬٤٥٦", "107000 123456"),
        ("½", "1 2"),
        // Scripts without spaces.
        ("阿富汗", "阿富 富汗 汗"),
        ("2021年6月", "2021 年 6 月"),
        ("กรุงเทพ", "กรุ รุง งเ เท ทพ พ"),
        ("카불에서", "카불 불에 에서 서"),
        ("\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}", "서울 울"),
        ("ｶﾞｻﾞ", "ガザ ザ"),
        ("សួ\u{200b}ស្តី", "សួស\u{17d2} ស\u{17d2}តី តី"),
        ("NATO軍とタリバン", "nato 軍と とタ タリ リバ バン ン"),
        // Joints.
        ("Al-Hasakah", "al hasakah alhasakah"),
        ("a - b --c", "a b c"),
        (" \u{301} – ", ""),
    ];

    #[test]
    fn a_text_gives_its_words() {
        for (text, words) in WORDS {
            assert_eq!(words_to_index(text), *words, "{text:?}");
        }
    }

    #[test]
    fn a_word_knows_its_place_and_its_part() {
        let found: Vec<_> = compounds("In 阿富汗 年")
            .into_iter()
            .flat_map(|compound| compound.words)
            .map(|word| (word.at, word.part))
            .collect();
        let wanted = [
            (0..2, Part::Whole),
            (3..9, Part::Pair),
            (6..12, Part::Pair),
            (9..12, Part::Last),
            (13..16, Part::Alone),
        ];
        assert_eq!(found, wanted);
        let joined = compounds("x 107 000").remove(1).joined.unwrap();
        assert_eq!((joined.at, joined.folded.as_str()), (2..9, "107000"));
    }

    #[test]
    fn no_text_is_too_strange() {
        for c in ('\0'..='\u{33ff}').chain('\u{a000}'..='\u{1ffff}') {
            for word in words_to_index(&format!("{c}a {c}")).split(' ') {
                let fits = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii();
                assert!(word.chars().all(fits), "{c:?} {word:?}");
            }
        }
    }
}
