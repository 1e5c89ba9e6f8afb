//! Words of a text, as the search compares them: in any script, folded as names are folded loosely.

use super::fold::{fold_loosely, is_invisible};
use super::script::{Class, is_attached, is_hebrew, is_unspaced};
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
    /// The folded form: small ASCII letters, ASCII digits and characters outside ASCII, no spaces.
    pub folded: String,
    /// Its place in the text, in bytes. The words of one sign, such as `½`, have one place.
    pub at: Range<usize>,
    /// The part of its run of letters.
    pub part: Part,
}

/// Words between which there is a joint at most: a hyphen, an apostrophe, a zero-width non-joiner, the
/// dots of initials, the space between two groups of digits, or nothing, where digits touch letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compound {
    /// The words, in their order.
    pub words: Vec<Word>,
    /// The words as one, without the joints; `None` if there is one word only, or the script has no
    /// words that could be joined.
    pub joined: Option<Word>,
}

/// The most words of a text that are read. No text that the rules of an archive allow has more: a million characters.
const MAX_WORDS: usize = 1_000_000;

/// Splits a text into words as the search compares them. Of a text that no rule allows, the first million words are read:
/// its words would take many times its size.
///
/// - The folded form is that of [`fold_loosely`]: case, accents, vowel marks, width and variants of
///   letters do not count.
/// - Words of scripts that write no spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese)
///   and of Korean, which attaches particles, are the pairs of neighbouring characters, and the last
///   character of a run. So every part of a run can be found. A middle dot inside does not count.
/// - Groups of digits are one word: 107,000, 107.000, 107’000, 1,07,000 (as in India), and those
///   between which there is a no-break or thin space. A plain space joins groups of three as a hyphen
///   joins words, and so do the commas of 10,20,300, which may be a list.
/// - Digits are words apart from the letters that they touch: 1,500km, 10,000th, covid19.
/// - Words on both sides of a hyphen, an apostrophe, a zero-width non-joiner, a middle dot or nothing are
///   words of their own, and one word together; so are single letters with dots between them: U.S.
pub fn compounds(text: &str) -> Vec<Compound> {
    let runs = group_digits(text, runs(text));
    let mut all: Vec<Compound> = Vec::with_capacity(runs.len());
    let mut runs = runs.into_iter().peekable();
    while let Some(first) = runs.next() {
        let mut parts = vec![first];
        let joins = |parts: &[Run], next: &Run| {
            is_joint(text, parts.last(), next) && !is_possessive(parts.len(), next)
        };
        while let Some(next) = runs.next_if(|next| joins(&parts, next)) {
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

/// Characters of one word without gaps between them, of one class.
#[derive(Debug)]
struct Run {
    at: Range<usize>,
    /// The folded form.
    folded: String,
    class: Class,
    /// True if the next run is the next group of digits of what may be one number.
    goes_on: bool,
}

/// Splits a text at what is neither a letter nor a digit nor a mark on one, and between classes.
fn runs(text: &str) -> Vec<Run> {
    runs_up_to(MAX_WORDS, text)
}

/// Splits the beginning of a text, of at most so many words.
fn runs_up_to(most: usize, text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    // A word is a run, or in a script without spaces a character and the next one.
    let (mut words, mut end) = (0, text.len());
    let mut open: Option<(usize, Class)> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut close = |open: Option<(usize, Class)>| {
            if let Some((start, class)) = open {
                push_run(&mut runs, text, start..at, class);
            }
        };
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        // In a script whose words are pairs, a zero-width space and a middle dot do not separate them.
        let inside = match c {
            '\u{200b}' | '·' | '•' | '‧' | '・' | '･' => {
                is_unspaced(before) && is_unspaced(next)
            }
            '\u{200c}' => false,
            _ => c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c),
        };
        before = c;
        match open {
            _ if !inside => close(open.take()),
            Some(_) if is_attached(c) => {}
            Some((_, class)) if class == Class::of(c) => words += usize::from(is_unspaced(c)),
            _ => {
                close(open.take());
                open = Some((at, Class::of(c)));
                words += 1;
            }
        }
        if words > most {
            end = at;
            break;
        }
    }
    if let Some((start, class)) = open {
        push_run(&mut runs, text, start..end, class);
    }
    runs
}

fn push_run(runs: &mut Vec<Run>, text: &str, at: Range<usize>, class: Class) {
    let written = &text[at.clone()];
    let folded =
        if written.is_ascii() { written.to_ascii_lowercase() } else { fold_loosely(written) };
    // A mark or a sign such as ʻ is no word by itself, nor is what is invisible.
    if folded.chars().any(char::is_alphanumeric) {
        runs.push(Run { at, folded, class, goes_on: false });
    }
}

/// Makes one run of those that are groups of the digits of one number; where they may be two numbers, it
/// marks them.
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
        match groups(text, &numbers) {
            Some(true) => {
                let folded = numbers.iter().map(|run| run.folded.as_str()).collect();
                let at = numbers[0].at.start..numbers[numbers.len() - 1].at.end;
                grouped.push(Run { at, folded, class: Class::Digit, goes_on: false });
                return;
            }
            Some(false) => {
                let last = numbers.len() - 1;
                numbers[..last].iter_mut().for_each(|run| run.goes_on = true);
                break;
            }
            // "in 2021 12 500 people": the year may stand before a number.
            None if spaced => grouped.push(numbers.remove(0)),
            None => break,
        }
    }
    grouped.append(&mut numbers);
}

/// Returns true if a run goes on the number that these runs begin.
fn goes_on(text: &str, numbers: &[Run], next: &Run) -> bool {
    let Some(last) = numbers.last() else { return false };
    let sign = gap(text, last, next);
    last.class == Class::Digit
        && next.class == Class::Digit
        && is_grouping(sign)
        && (numbers.len() == 1 || gap(text, &numbers[0], &numbers[1]) == sign)
}

/// Says whether runs of digits are the groups of one number, which they surely or only maybe are: one to
/// three digits and then threes; after commas also twos, and three at the end. After a plain space or a wide
/// comma they may be two numbers, and twos of which none begins with a zero a list.
fn groups(text: &str, runs: &[Run]) -> Option<bool> {
    let [first, middle @ .., last] = runs else { return None };
    let sign = gap(text, first, &runs[1]);
    let all = |length: usize| middle.iter().all(|run| run.folded.len() == length);
    let threes = first.folded.len() <= 3 && all(3);
    let twos = sign == "," && first.folded.len() <= 2 && all(2);
    let padded = runs[1..].iter().any(|run| run.folded.starts_with('0'));
    (last.folded.len() == 3 && (threes || twos))
        .then_some(!matches!(sign, " " | "，") && (threes || padded))
}

fn gap<'a>(text: &'a str, one: &Run, next: &Run) -> &'a str {
    &text[one.at.end..next.at.start]
}

/// Returns true for a sign that stands between groups of digits.
fn is_grouping(gap: &str) -> bool {
    matches!(
        gap,
        "," | "." | "'" | "’" | "_" | "٬" | "，" | " " | "\u{a0}" | "\u{2009}" | "\u{202f}"
    )
}

/// Returns true if what stands between two runs joins them.
fn is_joint(text: &str, one: Option<&Run>, next: &Run) -> bool {
    let Some(one) = one else { return false };
    let both = |fits: fn(&Run) -> bool| fits(one) && fits(next);
    match gap(text, one, next) {
        _ if one.goes_on => true,
        _ if one.class == Class::Unspaced || next.class == Class::Unspaced => false,
        "" | "-" | "\u{2010}" | "\u{2011}" | "\u{5be}" | "\u{200c}" | "·" | "‧" => true,
        "'" | "’" | "‘" | "`" | "´" | "′" | "\u{5f3}" | "\u{5f4}" => true,
        "." => both(|run| run.class == Class::Letter && run.folded.chars().nth(1).is_none()),
        // Typed in place of a gershayim.
        "\"" => both(|run| run.folded.starts_with(is_hebrew)),
        _ => false,
    }
}

/// Returns true for the s of O’Neil’s: those who look for `oneil` mean him, too.
fn is_possessive(parts: usize, next: &Run) -> bool {
    parts > 1 && next.folded == "s"
}

fn compound(text: &str, runs: Vec<Run>) -> Compound {
    let joins = |run: &Run| run.class != Class::Unspaced && !run.folded.contains(' ');
    let joined = (runs.len() > 1 && runs.iter().all(joins)).then(|| Word {
        folded: runs.iter().map(|run| run.folded.as_str()).collect(),
        at: runs[0].at.start..runs[runs.len() - 1].at.end,
        part: Part::Whole,
    });
    let mut words = Vec::with_capacity(runs.len());
    for Run { at, folded, class, .. } in runs {
        if class == Class::Unspaced {
            push_pairs(&mut words, text, at);
        } else if folded.contains(' ') {
            let parts = folded.split(' ').filter(|part| !part.is_empty());
            words.extend(parts.map(|part| Word {
                folded: part.to_owned(),
                at: at.clone(),
                part: Part::Whole,
            }));
        } else {
            words.push(Word { folded, at, part: Part::Whole });
        }
    }
    Compound { words, joined }
}

/// Adds the words of a run in a script without spaces.
fn push_pairs(words: &mut Vec<Word>, text: &str, run: Range<usize>) {
    let clusters = clusters(text, run);
    let mut push = |at: Range<usize>, part: Part| {
        words.push(Word { folded: fold_loosely(&text[at.clone()]), at, part });
    };
    for pair in clusters.windows(2) {
        push(pair[0].start..pair[1].end, Part::Pair);
    }
    if let [.., last] = &clusters[..] {
        push(last.clone(), if clusters.len() == 1 { Part::Alone } else { Part::Last });
    }
}

/// Splits a run into characters with the marks on them.
fn clusters(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut clusters: Vec<Range<usize>> = Vec::new();
    for (n, c) in text[run.clone()].char_indices() {
        let at = run.start + n;
        let end = at + c.len_utf8();
        match clusters.last_mut() {
            Some(last) if is_attached(c) => last.end = end,
            _ => clusters.push(at..end),
        }
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORDS, Part, compounds, runs_up_to, words_to_index};

    /// Texts, each with its words as an index holds them.
    #[rustfmt::skip]
    const WORDS: &[(&str, &str)] = &[
        ("L’Écôle de Muqêr, 1,5", "l ecole de muqer 1 5 lecole"),
        ("Straße STRASSE ıŞIK Łódź Đakovo", "strasse strasse isik lodz dakovo"),
        ("Орёл Андрей", "орел андрей"),
        ("مَقُر كابل عـلي", "مقر كابل علي"),
        ("علی\u{200c}آباد", "علي اباد علياباد"),
        ("שָׁלוֹם בית־לחם", "שלום בית לחם ביתלחם"),
        ("צה״ל צה\"ל \"צבא\"", "צה ל צה ל צבא צהל צהל"),
        ("ज़मीन जमीन അവൻ അവന്\u{200d}", "जमीन जमीन അവന് അവന്"),
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
        ("10,20,300 １２，３００", "10 20 300 12 300 1020300 12300"),
        ("½ 1½ m²", "1 2 1 1 2 m 2 m2"),
        // Numbers that touch letters.
        ("约107,000人", "约 107000 人"),
        ("1,500km $1,500m 10,000th", "1500 km 1500 m 10000 th 1500km 1500m 10000th"),
        ("107,000명 ๑๐๗,๐๐๐คน COVID-19", "107000 명 107000 คน น covid 19 covid19"),
        // Scripts without spaces.
        ("阿富汗", "阿富 富汗 汗"),
        ("2021年6月", "2021 年 6 月"),
        ("กรุงเทพ", "กรุ รุง งเ เท ทพ พ"),
        ("카불에서", "카불 불에 에서 서"),
        ("\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}", "서울 울"),
        ("ｶﾞｻﾞ", "ガザ ザ"),
        ("សួ\u{200b}ស្តី", "សួស\u{17d2} ស\u{17d2}តី តី"),
        ("NATO軍とタリバン", "nato 軍と とタ タリ リバ バン ン"),
        ("カール・マル ｶﾞ･ｻﾞ ・・ク カ・・ク ガʻ", "カー ール ルマ マル ル ガザ ザ ク カ ク ガ"),
        // Joints.
        ("Al-Hasakah", "al hasakah alhasakah"),
        ("Al-Hasakah’s it’s F-16s", "al hasakah s it s f 16 s alhasakah its f16"),
        ("col·lecció x · y", "col leccio x y colleccio"),
        ("U.S. e.g. p.12 No.5 A.1", "u s e g p 12 no 5 a 1 us eg"),
        ("They fell.He left カ-ab-cd", "they fell he left カ ab cd abcd"),
        ("a - b --c", "a b c"),
        (" \u{301} – ", ""),
    ];

    #[test]
    fn a_text_gives_its_words() {
        for (text, words) in WORDS {
            assert_eq!(words_to_index(text), *words, "{text:?}");
        }
    }

    /// A text is read up to as many words, and no further.
    #[test]
    fn of_a_text_without_end_the_beginning_is_read() {
        for (text, most, read) in [
            ("one two three", 2, "one two"),
            ("one two three", 3, "one two three"),
            ("a1b2c3", 4, "a 1 b 2"),
            ("阿富汗人", 3, "阿富汗"),
            ("阿富 one two", 3, "阿富 one"),
        ] {
            let runs = runs_up_to(most, text);
            let words: Vec<&str> = runs.iter().map(|run| run.folded.as_str()).collect();
            assert_eq!(words.join(" "), read, "{text} {most}");
        }
        // Twice as many as are read.
        let text = "a b ".repeat(MAX_WORDS);
        assert_eq!(compounds(&text).len(), MAX_WORDS);
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
            for word in words_to_index(&format!("{c}a {c} ガ{c}1{c}½")).split(' ') {
                let fits = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii();
                assert!(word.chars().all(fits), "{c:?} {word:?}");
            }
        }
    }
}
