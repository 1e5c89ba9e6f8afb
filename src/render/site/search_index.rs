//! The search index of a site: words with the claims that contain them, in slices that are loaded
//! one at a time. The slices are scripts, since a page opened from a disk can load no other files.

use super::components::{shown_text, truncate};
use super::index::{ClaimLine, claim_places};
use crate::model::publication::{Claim, Snapshot};
use crate::model::words_to_index;
use std::collections::{BTreeMap, BTreeSet};

/// The approximate size of a slice of words in bytes.
const WORD_SLICE_BYTES: usize = 60_000;
/// The number of claims beyond which a word is too common to be indexed; the page says so.
const MAX_POSTINGS: usize = 60_000;
/// The number of claims in a slice of titles.
const TITLES_PER_SLICE: usize = 100;
/// The largest number of characters of a word.
const MAX_WORD_CHARS: usize = 40;
/// The largest number of characters of a claim's text in the search results.
const MAX_TITLE_CHARS: usize = 240;

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchSlice {
    /// The name of the file in the folder `search`.
    pub name: String,
    /// The content of the file.
    pub script: String,
}

/// The words of all claims.
#[derive(Debug, Default)]
pub struct SearchIndex {
    words: BTreeMap<String, Vec<u32>>,
    claims: u32,
}

impl SearchIndex {
    /// Adds the words of a claim: its text, note and status, all names of its places, its sources
    /// and speakers, its quotes and figures.
    pub fn add(&mut self, snapshot: &Snapshot, claim: &Claim) {
        let mut words: BTreeSet<String> = fold_words(&claim.text).collect();
        let texts =
            [claim.note.as_deref(), Some(snapshot.status_label(&claim.status)), Some(&claim.key)];
        words.extend(texts.into_iter().flatten().flat_map(fold_words));
        for figure in &claim.figures {
            words.extend(fold_words(&figure.words));
            words.extend(figure.said.as_deref().into_iter().flat_map(fold_words));
        }
        for mention in &claim.mentions {
            words.extend(fold_words(snapshot.source_title(&mention.source)));
            let outlet =
                snapshot.sources.get(&mention.source).and_then(|source| source.outlet.as_deref());
            words.extend(outlet.into_iter().flat_map(fold_words));
            let author =
                snapshot.sources.get(&mention.source).and_then(|source| source.author.as_deref());
            words.extend(author.into_iter().flat_map(fold_words));
            words.extend(mention.quote.as_deref().into_iter().flat_map(fold_words));
        }
        for place in claim_places(snapshot, claim).iter().filter_map(|key| snapshot.places.get(key))
        {
            words.extend(fold_words(&place.name));
            words.extend(place.names.iter().flat_map(|(name, _)| fold_words(name)));
        }
        for speaker in claim.mentions.iter().filter_map(|mention| mention.speaker.as_deref()) {
            words.extend(fold_words(snapshot.source_title(speaker)));
        }
        for word in words {
            self.words.entry(word).or_default().push(self.claims);
        }
        self.claims += 1;
    }

    /// Returns the slices: the words in order, the titles in order, and the list of both.
    pub fn slices(&self, snapshot: &Snapshot, lines: &[ClaimLine]) -> Vec<SearchSlice> {
        let mut slices = Vec::new();
        let mut starts: Vec<&str> = Vec::new();
        let mut body = String::new();
        for (word, claims) in &self.words {
            if body.is_empty() {
                starts.push(word);
            }
            body.push_str(&format!("{}:{},", js_string(word), encode_postings(claims)));
            if body.len() > WORD_SLICE_BYTES {
                slices.push(word_slice(starts.len() - 1, &std::mem::take(&mut body)));
            }
        }
        if !body.is_empty() {
            slices.push(word_slice(starts.len() - 1, &body));
        }
        for (n, chunk) in lines.chunks(TITLES_PER_SLICE).enumerate() {
            let titles: Vec<String> = chunk
                .iter()
                .map(|line| {
                    let text = truncate(&line.text, MAX_TITLE_CHARS);
                    let label = shown_text(snapshot.status_label(&line.status));
                    let fields = [&line.key, &*text, &line.status, &label];
                    format!("[{}]", fields.map(js_string).join(","))
                })
                .collect();
            let script = format!("onrecordTitles({n},[{}]);", titles.join(",\n"));
            slices.push(SearchSlice { name: format!("t{n}.js"), script });
        }
        let starts: Vec<String> = starts.iter().map(|word| js_string(word)).collect();
        let script =
            format!("onrecordSlices([{}],{},{TITLES_PER_SLICE});", starts.join(","), self.claims);
        slices.push(SearchSlice { name: "slices.js".to_owned(), script });
        slices
    }
}

fn word_slice(n: usize, body: &str) -> SearchSlice {
    let script = format!("onrecordSlice({n},{{{}}});", body.trim_end_matches(','));
    SearchSlice { name: format!("w{n}.js"), script }
}

/// Encodes the positions of claims as the steps between them in base 36, or 0 for a word that is
/// too common.
fn encode_postings(claims: &[u32]) -> String {
    if claims.len() > MAX_POSTINGS {
        return "0".to_owned();
    }
    let mut before = 0;
    let steps = claims.iter().map(|claim| {
        let step = base36(claim - before);
        before = *claim;
        step
    });
    format!("\"{}\"", steps.collect::<Vec<_>>().join(" "))
}

fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// Quotes text as a JavaScript string that cannot close the script element: `<` is escaped.
fn js_string(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The words of a text as the program's own search has them; `words.js` finds those of a query by the same
/// rules.
fn fold_words(text: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = words_to_index(text)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(MAX_WORD_CHARS).collect())
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{base36, encode_postings, js_string};

    #[test]
    fn encodes_postings() {
        assert_eq!(base36(35), "z");
        assert_eq!(base36(36), "10");
        assert_eq!(encode_postings(&[0, 3, 39]), "\"0 3 10\"");
        assert_eq!(js_string("</script>"), "\"\\u003c/script>\"");
    }
}
