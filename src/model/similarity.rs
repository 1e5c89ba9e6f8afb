//! Similarity of two claims, from their words, numbers and places.

use super::words::{Part, Word, compounds};
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
/// without stop words. Words of scripts without spaces are pairs of characters, as they are written.
pub fn normalized_words(text: &str) -> Vec<String> {
    plain_words(text).into_iter().map(|(plain, _)| plain).collect()
}

/// Maps each normalised word to the forms in which the search index holds it, for words that are not
/// ASCII.
pub fn indexed_forms(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (plain, folded) in plain_words(text) {
        if !folded.is_ascii() {
            found.entry(plain).or_default().insert(folded);
        }
    }
    found
}

/// The normalised words of a text, each with its folded form.
fn plain_words(text: &str) -> Vec<(String, String)> {
    let words = compounds(text).into_iter().flat_map(|compound| compound.words);
    let plain = |word: Word| {
        if word.part != Part::Whole {
            return (word.folded.clone(), word.folded);
        }
        let mut plain = deunicode::deunicode_with_tofu(&word.folded, "").to_ascii_lowercase();
        plain.retain(|c| c.is_ascii_alphanumeric());
        match plain.strip_suffix('s') {
            Some(stem) if stem.len() > 3 && !stem.ends_with('s') => (stem.to_owned(), word.folded),
            _ => (plain, word.folded),
        }
    };
    // The last character of a run is in its last pair.
    words
        .filter(|word| word.part != Part::Last)
        .map(plain)
        .filter(|(plain, _)| !plain.is_empty() && !STOP_WORDS.contains(&plain.as_str()))
        .collect()
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
    use super::{ClaimFeatures, indexed_forms, normalized_words};
    use std::collections::BTreeMap;

    #[test]
    fn words_are_plain() {
        assert_eq!(
            normalized_words("The 111,000 civilians, in Muqêr"),
            ["111000", "civilian", "muqer"]
        );
        assert_eq!(normalized_words("Glass class 1,2"), ["glass", "class", "1", "2"]);
        assert_eq!(normalized_words("阿富汗的"), ["阿富", "富汗", "汗的"]);
        let found = indexed_forms("Талибы in Газни");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["gazni", "taliby"]);
        assert!(found["gazni"].contains("газни"));
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
