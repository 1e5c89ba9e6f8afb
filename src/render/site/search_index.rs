//! The search index of a site: words with the claims that hold them, cut into files small enough to
//! be fetched one at a time. They are scripts, because a page on a disk may load no other file.

use super::index::{Brief, places_of};
use crate::model::publication::{Claim, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bytes of a file of words, about.
const SIZE: usize = 60_000;
/// A word in more claims than this narrows nothing: the page says so.
const COMMON: usize = 60_000;
/// Claims in a file of titles.
const TITLES: usize = 100;
/// Characters of a claim in a list of what was found.
const LINE: usize = 240;

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its name in the folder `search`.
    pub name: String,
    /// What it holds.
    pub script: String,
}

/// The words of all claims.
#[derive(Debug, Default)]
pub struct SearchIndex {
    words: BTreeMap<String, Vec<u32>>,
    claims: u32,
}

impl SearchIndex {
    /// Takes in the words of a claim: its text, note and status, its places in all their names, who
    /// says it and where, its quotes and figures.
    pub fn add(&mut self, book: &Snapshot, claim: &Claim) {
        let mut words: BTreeSet<String> = words(&claim.text).collect();
        let texts =
            [claim.note.as_deref(), Some(book.status_label(&claim.status)), Some(&claim.key)];
        words.extend(texts.into_iter().flatten().flat_map(self::words));
        for figure in &claim.figures {
            words.extend(self::words(&figure.words));
            words.extend(figure.said.as_deref().into_iter().flat_map(self::words));
        }
        for said in &claim.mentions {
            words.extend(self::words(book.source_title(&said.source)));
            let outlet = book.sources.get(&said.source).and_then(|source| source.outlet.as_deref());
            words.extend(outlet.into_iter().flat_map(self::words));
            words.extend(said.quote.as_deref().into_iter().flat_map(self::words));
        }
        for place in places_of(book, claim).iter().filter_map(|key| book.places.get(key)) {
            words.extend(self::words(&place.name));
            words.extend(place.names.iter().flat_map(|(name, _)| self::words(name)));
        }
        for speaker in claim.mentions.iter().filter_map(|said| said.speaker.as_deref()) {
            words.extend(self::words(book.source_title(speaker)));
        }
        for word in words {
            self.words.entry(word).or_default().push(self.claims);
        }
        self.claims += 1;
    }

    /// The files: the list of the others, the words in order, the titles in order.
    pub fn slices(&self, book: &Snapshot, briefs: &[Brief]) -> Vec<Slice> {
        let mut slices = Vec::new();
        let mut starts: Vec<&str> = Vec::new();
        let mut body = String::new();
        for (word, claims) in &self.words {
            if body.is_empty() {
                starts.push(word);
            }
            body.push_str(&format!("{}:{},", json(word), postings(claims)));
            if body.len() > SIZE {
                slices.push(word_slice(starts.len() - 1, &std::mem::take(&mut body)));
            }
        }
        if !body.is_empty() {
            slices.push(word_slice(starts.len() - 1, &body));
        }
        for (n, some) in briefs.chunks(TITLES).enumerate() {
            let lines: Vec<String> = some
                .iter()
                .map(|one| {
                    let text = super::components::cut(&one.text, LINE);
                    let label = super::components::shown(book.status_label(&one.status));
                    let fields = [&one.key, &*text, &one.status, &label];
                    format!("[{}]", fields.map(json).join(","))
                })
                .collect();
            let script = format!("onrecordTitles({n},[{}]);", lines.join(",\n"));
            slices.push(Slice { name: format!("t{n}.js"), script });
        }
        let starts: Vec<String> = starts.iter().map(|word| json(word)).collect();
        let script = format!("onrecordSlices([{}],{},{TITLES});", starts.join(","), self.claims);
        slices.push(Slice { name: "slices.js".to_owned(), script });
        slices
    }
}

fn word_slice(n: usize, body: &str) -> Slice {
    let script = format!("onrecordWords({n},{{{}}});", body.trim_end_matches(','));
    Slice { name: format!("w{n}.js"), script }
}

/// Numbers of claims as the steps between them, in base 36; 0 for a word that is too common.
fn postings(claims: &[u32]) -> String {
    if claims.len() > COMMON {
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

/// Text as a JavaScript string that cannot end a script: `<` is written as an escape.
fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The words of a text as they are searched: without accents and vowel signs, in small letters, one
/// form of the letters that Persian and Arabic keyboards write apart. `page.js` does the same.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let folded: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{64a}' | '\u{649}' => '\u{6cc}',
            '\u{643}' => '\u{6a9}',
            c => c,
        })
        .collect();
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(40).collect())
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{base36, json, postings, words};

    #[test]
    fn folds_words() {
        let found: Vec<_> = words("L’Écôle de Muqêr, مَقُر، كابل 1,5").collect();
        assert_eq!(found, ["l", "ecole", "de", "muqer", "مقر", "کابل", "1", "5"]);
    }

    #[test]
    fn writes_steps() {
        assert_eq!(base36(35), "z");
        assert_eq!(base36(36), "10");
        assert_eq!(postings(&[0, 3, 39]), "\"0 3 10\"");
        assert_eq!(json("</script>"), "\"\\u003c/script>\"");
    }
}
