//! Similarity of two claims, from their words, numbers and places.

use std::collections::{BTreeMap, BTreeSet};

/// The features of a claim that are compared.
#[derive(Clone, Debug, Default)]
pub struct ClaimFeatures {
    /// Its distinct words, normalised to `a-z` and `0-9`, without stop words and names of places.
    pub words: BTreeSet<String>,
    /// The numbers in its text and its figures.
    pub numbers: BTreeSet<String>,
    /// The keys of its places and of the places named in its text.
    pub places: BTreeSet<String>,
}

/// English stop words: they say nothing about the subject of a claim.
const STOP_WORDS: [&str; 46] = [
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "by",
    "for", "from", "had", "has", "have", "in", "into", "is", "it", "its", "more", "nearly", "no",
    "not", "of", "on", "or", "over", "said", "says", "some", "than", "that", "the", "their",
    "they", "to", "under", "was", "were", "which", "with", "would",
];

/// Splits a text into normalised words: transliterated, in lower case, without the plural s and
/// without stop words.
pub fn normalized_words(text: &str) -> Vec<String> {
    let plain = deunicode::deunicode_with_tofu(text, "").to_ascii_lowercase();
    // Without its comma, 111,000 is one word.
    let joined = join_digits(&plain);
    joined
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !STOP_WORDS.contains(word))
        .map(|word| match word.strip_suffix('s') {
            Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
            _ => word.to_owned(),
        })
        .collect()
}

/// Maps each normalised word to the spellings in which the text writes it, for words that are not
/// ASCII: the full-text index holds words as written, in any script.
pub fn original_spellings(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii()) {
        for plain in normalized_words(word) {
            found.entry(plain).or_default().insert(word.to_owned());
        }
    }
    found
}

/// Removes the commas inside numbers.
fn join_digits(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |n: Option<usize>| n.and_then(|n| bytes.get(n)).is_some_and(u8::is_ascii_digit);
    let inside_number = |n: usize| digit(n.checked_sub(1)) && digit(Some(n + 1));
    text.char_indices().filter(|(n, c)| *c != ',' || !inside_number(*n)).map(|(_, c)| c).collect()
}

impl ClaimFeatures {
    /// Extracts the words and numbers of a text; the caller adds places and the numbers of figures.
    pub fn from_text(text: &str) -> Self {
        let mut features = ClaimFeatures::default();
        for word in normalized_words(text) {
            if word.bytes().all(|b| b.is_ascii_digit()) {
                features.numbers.insert(word);
            } else {
                features.words.insert(word);
            }
        }
        features
    }

    /// Returns the similarity of two claims, from 0 to 1. `rarity` is the weight of each word: the
    /// fewer claims have it, the greater. Numbers and places count only where both claims state
    /// them: shared ones raise the similarity, different ones lower it.
    pub fn similarity(&self, other: &ClaimFeatures, rarity: &BTreeMap<String, f64>) -> f64 {
        // The weighted Jaccard index of the words.
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
    use super::{ClaimFeatures, normalized_words, original_spellings};
    use std::collections::BTreeMap;

    #[test]
    fn words_are_plain() {
        assert_eq!(
            normalized_words("The 111,000 civilians, in Muqêr"),
            ["111000", "civilian", "muqer"]
        );
        assert_eq!(normalized_words("Glass class 1,2"), ["glass", "class", "12"]);
        let found = original_spellings("Талибы in Газни");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["gazni", "taliby"]);
        assert!(found["gazni"].contains("Газни"));
    }

    #[test]
    fn numbers_and_places_decide_between_like_words() {
        let rarity = BTreeMap::new();
        let features = |text: &str, place: &str| {
            let mut features = ClaimFeatures::from_text(text);
            features.places.insert(place.to_owned());
            features
        };
        let one = features("Five workers injured at a health centre", "muqur");
        assert!(one.similarity(&one, &rarity) > 0.999);
        let same = one.similarity(
            &features("A health centre was hit, five workers injured", "muqur"),
            &rarity,
        );
        let elsewhere = one.similarity(
            &features("A health centre was hit, five workers injured", "kunduz"),
            &rarity,
        );
        assert!(same > 0.7 && elsewhere < same - 0.1, "{same} {elsewhere}");
        let fewer = ClaimFeatures::from_text("350 soldiers surrendered")
            .similarity(&ClaimFeatures::from_text("150 soldiers surrendered"), &rarity);
        let equal = ClaimFeatures::from_text("350 soldiers surrendered")
            .similarity(&ClaimFeatures::from_text("350 soldiers gave up"), &rarity);
        assert!((0.5..0.9).contains(&fewer) && equal > 0.3, "{fewer} {equal}");
    }
}
