//! How alike two claims are, from their words, numbers and places.

use std::collections::{BTreeMap, BTreeSet};

/// What is compared of a claim.
#[derive(Clone, Debug, Default)]
pub struct ClaimFeatures {
    /// Its words, plain (a-z, 0-9), each once, without those that say little and without names of
    /// places.
    pub words: BTreeSet<String>,
    /// Numbers in its text and its figures.
    pub numbers: BTreeSet<String>,
    /// Keys of its places and of places named in its text.
    pub places: BTreeSet<String>,
}

/// Words that say nothing of what a claim is about.
const EMPTY: [&str; 46] = [
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "by",
    "for", "from", "had", "has", "have", "in", "into", "is", "it", "its", "more", "nearly", "no",
    "not", "of", "on", "or", "over", "said", "says", "some", "than", "that", "the", "their",
    "they", "to", "under", "was", "were", "which", "with", "would",
];

/// The words of a text, plain: transliterated, lower case, without plural s.
pub fn words_of(text: &str) -> Vec<String> {
    let plain = deunicode::deunicode_with_tofu(text, "").to_ascii_lowercase();
    // 111,000 is one number.
    let joined = join_digits(&plain);
    joined
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(|word| match word.strip_suffix('s') {
            Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
            _ => word.to_owned(),
        })
        .collect()
}

/// The words of a text as written, by the plain words they are: an index of words in any script has
/// them as written.
pub fn written(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii()) {
        for plain in words_of(word) {
            found.entry(plain).or_default().insert(word.to_owned());
        }
    }
    found
}

/// The text with the commas inside numbers taken out.
fn join_digits(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |n: Option<usize>| n.and_then(|n| bytes.get(n)).is_some_and(u8::is_ascii_digit);
    let inside = |n: usize| digit(n.checked_sub(1)) && digit(Some(n + 1));
    text.char_indices().filter(|(n, c)| *c != ',' || !inside(*n)).map(|(_, c)| c).collect()
}

impl ClaimFeatures {
    /// The gist of a text, whose places are found and whose figures are added by the caller.
    pub fn of(text: &str) -> Self {
        let mut features = ClaimFeatures::default();
        for word in words_of(text) {
            if word.bytes().all(|b| b.is_ascii_digit()) {
                features.numbers.insert(word);
            } else {
                features.words.insert(word);
            }
        }
        features
    }

    /// How alike the two are, from 0 to 1. `rarity` says how much each word tells; a word that is in
    /// few claims tells most. Numbers and places count where both state them: shared ones speak for
    /// one claim, different ones against it.
    pub fn likeness(&self, other: &ClaimFeatures, rarity: &BTreeMap<String, f64>) -> f64 {
        // Words that only the other one has weigh little: what is asked may be short.
        let weight = |word: &String| rarity.get(word).copied().unwrap_or(1.0);
        let sum = |words: &mut dyn Iterator<Item = &String>| words.map(weight).sum::<f64>();
        let shared = sum(&mut self.words.intersection(&other.words));
        let all = sum(&mut self.words.union(&other.words));
        let mut parts = vec![(0.7, if all > 0.0 { shared / all } else { 0.0 })];
        for (a, b) in [(&self.numbers, &other.numbers), (&self.places, &other.places)] {
            if !a.is_empty() && !b.is_empty() {
                let same = a.intersection(b).count();
                let fewer = a.len().min(b.len());
                #[expect(clippy::cast_precision_loss, reason = "a handful")]
                parts.push((0.15, same as f64 / fewer as f64));
            }
        }
        let whole: f64 = parts.iter().map(|(share, _)| share).sum();
        parts.iter().map(|(share, part)| share * part).sum::<f64>() / whole
    }
}

#[cfg(test)]
mod tests {
    use super::{ClaimFeatures, words_of, written};
    use std::collections::BTreeMap;

    #[test]
    fn words_are_plain() {
        assert_eq!(words_of("The 111,000 civilians, in Muqêr"), ["111000", "civilian", "muqer"]);
        assert_eq!(words_of("Glass class 1,2"), ["glass", "class", "12"]);
        let found = written("Талибы in Газни");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["gazni", "taliby"]);
        assert!(found["gazni"].contains("Газни"));
    }

    #[test]
    fn numbers_and_places_decide_between_like_words() {
        let rarity = BTreeMap::new();
        let features = |text: &str, place: &str| {
            let mut features = ClaimFeatures::of(text);
            features.places.insert(place.to_owned());
            features
        };
        let one = features("Five workers injured at a health centre", "muqur");
        assert!(one.likeness(&one, &rarity) > 0.999);
        let same = one
            .likeness(&features("A health centre was hit, five workers injured", "muqur"), &rarity);
        let elsewhere = one.likeness(
            &features("A health centre was hit, five workers injured", "kunduz"),
            &rarity,
        );
        assert!(same > 0.7 && elsewhere < same - 0.1, "{same} {elsewhere}");
        let fewer = ClaimFeatures::of("350 soldiers surrendered")
            .likeness(&ClaimFeatures::of("150 soldiers surrendered"), &rarity);
        let equal = ClaimFeatures::of("350 soldiers surrendered")
            .likeness(&ClaimFeatures::of("350 soldiers gave up"), &rarity);
        assert!((0.5..0.9).contains(&fewer) && equal > 0.3, "{fewer} {equal}");
    }
}
