//! The numbers in a text, by every reading that each has: to doubt a figure, never to make one.

use super::words::may_open_an_amount;
use super::{Amount, AmountFault, Grouping, Signs, fold, read_amount};

/// Words that are looked at; nobody writes a number in more of them.
const MAX_WORDS: usize = 2000;
/// The words that one number may take: "two hundred thousand", "between 2 and 3 million".
const MAX_PHRASE: usize = 5;
/// Words that stand between a number and what multiplies it: "4 other millions".
const FILLERS: [&str; 5] = ["other", "further", "additional", "autre", "autres"];
/// Words that number a place in a row, of two languages; the first of all is left out, since it seldom counts.
const ORDINALS: [(&str, f64); 22] = [
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("deuxième", 2.0),
    ("seconde", 2.0),
    ("troisième", 3.0),
    ("quatrième", 4.0),
    ("cinquième", 5.0),
    ("sixième", 6.0),
    ("septième", 7.0),
    ("huitième", 8.0),
    ("neuvième", 9.0),
    ("dixième", 10.0),
    ("onzième", 11.0),
    ("douzième", 12.0),
    ("centième", 100.0),
];
/// Words that count by tens and hundreds of years.
const SPANS: [(&str, f64); 6] = [
    ("decade", 10.0),
    ("decades", 10.0),
    ("décennie", 10.0),
    ("décennies", 10.0),
    ("century", 100.0),
    ("centuries", 100.0),
];

/// Returns the numbers that a text may state, each as all that it may mean: in digits by each reading, and
/// in the words that amounts are read in. Zero and one in words are left out, since "one" and "un" are
/// articles; a per cent counts as a fraction and as itself.
pub fn numbers_in(text: &str) -> Vec<Vec<f64>> {
    let edge = |c: char| c.is_whitespace() || ".,;:!?()[]{}\"«»“”'’‘$€£¥".contains(c);
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '/'))
        .map(|word| word.trim_matches(edge))
        .filter(|word| !word.is_empty() && !FILLERS.contains(word))
        .take(MAX_WORDS)
        .collect();
    let mut found: Vec<Vec<f64>> = Vec::new();
    // The word behind the last phrase that is a number.
    let mut reached = 0;
    for start in (0..words.len()).filter(|start| opens_an_amount(words[*start])) {
        for end in start + 1..=(start + MAX_PHRASE).min(words.len()) {
            let phrase = words[start..end].join(" ");
            let in_words = !phrase.contains(|c: char| c.is_numeric());
            let next = words.get(end).map(|word| word.to_lowercase());
            let span = SPANS.iter().find(|(word, _)| next.as_deref() == Some(*word));
            let is_article =
                |number: &f64| in_words && number.abs() <= 1.0 && number.fract() == 0.0;
            let mut numbers = readings(&phrase);
            numbers.retain(|number| !is_article(number));
            if numbers.is_empty() {
                continue;
            }
            let spans: Vec<f64> =
                span.iter().flat_map(|(_, years)| numbers.iter().map(move |n| n * years)).collect();
            numbers.extend(spans);
            // Phrases that share a word are readings of one number.
            match found.last_mut() {
                Some(last) if start < reached => last.extend(numbers),
                _ => found.push(numbers),
            }
            reached = reached.max(end);
        }
    }
    found.extend(fractions_in(text));
    found
}

/// The fractions in digits of a text, each as its quotient: `3/8`, `3 / 8`.
fn fractions_in(text: &str) -> Vec<Vec<f64>> {
    let words: Vec<&str> = text.split_whitespace().take(MAX_WORDS).collect();
    let fraction = |n: usize| {
        let phrase = match words.get(n..n + 3) {
            Some([part, "/", whole]) => format!("{part}/{whole}"),
            _ => words[n].to_owned(),
        };
        let phrase = phrase.trim_matches(|c: char| !c.is_numeric());
        let numbers = if phrase.contains('/') { readings(phrase) } else { Vec::new() };
        (!numbers.is_empty()).then_some(numbers)
    };
    (0..words.len()).filter_map(fraction).collect()
}

/// The sides of an amount that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// It is that much or more.
    Least,
    /// It is that much or less.
    Most,
    /// It lies between two numbers.
    Between,
}

impl Bound {
    /// The bound that a qualifier gives, by its code; `None` where it gives none, or one on both sides of a
    /// number.
    pub fn of(qualifier: &str) -> Option<Bound> {
        match qualifier {
            "at_least" | "over" => Some(Bound::Least),
            "at_most" | "under" => Some(Bound::Most),
            "between" => Some(Bound::Between),
            _ => None,
        }
    }
}

/// Returns the bounds that the amounts in a text have, each once.
pub fn bounds_in(text: &str) -> Vec<Bound> {
    let words: Vec<&str> = text.split_whitespace().take(MAX_WORDS).collect();
    let opens: Vec<bool> = words.iter().map(|word| opens_an_amount(word)).collect();
    let mut found = Vec::new();
    for end in 1..=words.len() {
        // The longest phrase tells: "no more than 20" holds "more than 20".
        let read = |start: usize| {
            let phrase = words[start..end].join(" ");
            read_amount(phrase.trim_matches([',', '.', ';', ':']), Signs::UNKNOWN).ok()
        };
        let mut starts = (end.saturating_sub(MAX_PHRASE)..end).filter(|start| opens[*start]);
        let amount = starts.find_map(read);
        found.extend(amount.and_then(|amount| Bound::of(amount.qualifier?)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the places in a row that a text names: 3 of "a third", which may also be a fraction.
pub fn ordinals_in(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| !c.is_alphabetic()).take(MAX_WORDS).map(str::to_lowercase);
    let place = |word: String| ORDINALS.iter().find(|(name, _)| *name == word).map(|(_, n)| *n);
    words.filter_map(place).collect()
}

/// Returns true if an amount may begin with a word of a text. What cannot be folded is left to the reader.
fn opens_an_amount(word: &str) -> bool {
    fold(word).is_none_or(|word| may_open_an_amount(&word))
}

/// Every number that a phrase may be.
fn readings(phrase: &str) -> Vec<f64> {
    let of = |amount: Amount| -> Vec<f64> {
        let numbers = [amount.value, amount.low, amount.high].into_iter().flatten();
        let numbers: Vec<f64> = numbers.filter_map(|value| value.as_number()).collect();
        let hundredfold = numbers.iter().map(|number| number * 100.0).filter(|_| amount.per_cent);
        numbers.iter().copied().chain(hundredfold).collect()
    };
    let with = |decimal| {
        let signs = Signs { decimal: Some(decimal), grouping: Some(Grouping::Other) };
        read_amount(phrase, signs).map(of).unwrap_or_default()
    };
    match read_amount(phrase, Signs::UNKNOWN) {
        Ok(amount) => of(amount),
        Err(AmountFault::Ambiguous(texts)) => {
            // What is ambiguous for its words and not for its signs has its readings beside it.
            let in_words = texts.iter().filter(|(_, signs)| *signs == Signs::UNKNOWN);
            let of_words = in_words.flat_map(|(text, _)| read_amount(text, Signs::UNKNOWN).map(of));
            let mut numbers: Vec<f64> = of_words.flatten().collect();
            numbers.extend(with('.'));
            numbers.extend(with(','));
            numbers
        }
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::WORDS;
    use super::{
        AmountFault, Bound, Signs, bounds_in, numbers_in, opens_an_amount, ordinals_in, read_amount,
    };
    use proptest::prelude::*;
    use proptest::sample::select;

    /// Phrases of words that amounts are stated in, of digits and of others.
    fn phrases() -> impl Strategy<Value = String> {
        let others = [
            "a",
            "k5",
            "c.",
            "the",
            "Six",
            "sixth",
            "d'",
            "L\u{2019}un",
            "-",
            "½",
            "12",
            "1,200",
            "3/8",
            "%",
        ];
        let known = WORDS.iter().map(|(_, word, _)| *word);
        proptest::collection::vec(select(known.chain(others).collect::<Vec<_>>()), 1..4)
            .prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn an_amount_begins_with_a_word_that_may_open_one(phrase in phrases()) {
            let first = phrase.split(' ').next().unwrap();
            let is_none = matches!(
                read_amount(&phrase, Signs::UNKNOWN),
                Err(AmountFault::NotUnderstood | AmountFault::NothingStated)
            );
            prop_assert!(is_none || opens_an_amount(first), "{phrase}");
        }
    }

    #[test]
    fn most_words_open_no_amount() {
        for word in ["claim", "the", "sixth", "Uniform", "river,", "L'un"] {
            assert!(!opens_an_amount(word), "{word}");
        }
        for word in ["Six", "six-year", "12", "k5", "½", "Jusqu\u{2019}à", "~5", "À", "De"] {
            assert!(opens_an_amount(word), "{word}");
        }
    }

    #[test]
    fn the_longest_phrase_says_which_side_is_open() {
        for (text, bounds) in [
            ("fewer than 20", &[Bound::Most][..]),
            ("no more than 20 people, we hear", &[Bound::Most]),
            ("at least 140 people", &[Bound::Least]),
            ("plus de 50", &[Bound::Least]),
            ("12-24", &[Bound::Between]),
            ("between 10 and 20", &[Bound::Between]),
            ("at least 5, at most 9", &[Bound::Least, Bound::Most]),
            ("about 20", &[]),
            ("20", &[]),
        ] {
            assert_eq!(bounds_in(text), bounds, "{text}");
        }
    }

    #[test]
    fn ordinals_are_no_numbers_and_are_found() {
        assert_eq!(ordinals_in("Un troisième, the second"), [3.0, 2.0]);
        assert!(ordinals_in("un tiers, thirds, 3").is_empty());
        assert!(numbers_in("un troisième").is_empty());
    }

    #[test]
    fn both_ends_of_a_range_have_its_scale() {
        let [numbers] = &numbers_in("between 2 and 3 million euros")[..] else { panic!() };
        assert!(numbers.contains(&2e6) && numbers.contains(&3e6), "{numbers:?}");
    }

    #[test]
    fn numbers_are_found_in_digits_and_words() {
        let found = |text: &str| numbers_in(text);
        let one_of = |text: &str, number: f64| {
            let found = found(text);
            found.len() == 1 && found[0].contains(&number)
        };
        for (text, number) in [
            ("Six people were injured", 6.0),
            ("environ 19 milliards", 19e9),
            ("près de 1 000 milliards", 1e12),
            ("66 000 à 69 000", 66_000.0),
            ("66 000 à 69 000", 69_000.0),
            ("12,500 houses", 12_500.0),
            ("12,500 houses", 12.5),
            ("deux décennies", 20.0),
            ("deux décennies", 2.0),
            ("4 autres millions", 4e6),
            ("25 % of it", 25.0),
            ("25 % of it", 0.25),
            ("un tiers", 1.0 / 3.0),
        ] {
            assert!(one_of(text, number), "{text}: {number} in {:?}", found(text));
        }
        assert_eq!(found("Six of 40 people").len(), 2);
        for text in ["3/8", "(3/8),", "3 / 8 of them", "only 3/8 of them"] {
            for number in [3.0, 8.0, 0.375] {
                let is_found = found(text).concat().contains(&number);
                assert!(is_found, "{text}: {number} in {:?}", found(text));
            }
        }
        assert!(!found("3, 8").concat().contains(&0.375));
        for text in ["one of them, un autre", "nothing", "", "$815.7B"] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
