//! Words side by side that are looked for, and the texts in which they are.

use crate::model::{Compound, Part, Word, compounds};

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SoughtWord {
    folded: String,
    /// True if it is only the beginning of one.
    begins: bool,
}

impl SoughtWord {
    /// The query of FTS5 for the word.
    fn query(&self) -> String {
        format!("\"{}\"{}", self.folded, if self.begins { " *" } else { "" })
    }

    /// Returns true if a word of a text is one that is looked for.
    pub(super) fn is(&self, word: &str) -> bool {
        word == self.folded || (self.begins && word.starts_with(&self.folded))
    }
}

/// A place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    word: SoughtWord,
    /// The word that this one and the next ones are together, and how many these are.
    joined: Option<(SoughtWord, usize)>,
}

impl Place {
    fn words(&self) -> impl Iterator<Item = (&SoughtWord, usize)> {
        std::iter::once((&self.word, 1)).chain(self.joined.iter().map(|(word, n)| (word, *n)))
    }
}

/// Words that stand side by side; where a joint is between some of them, also joined to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    places: Vec<Place>,
}

impl Phrase {
    /// Reads the words of a text. One before `*` is the beginning of a word. `None` if there is no word.
    pub(super) fn read(text: &str) -> Option<Self> {
        Phrase::of(text, compounds(text))
    }

    /// Reads a text that is one number in groups of digits, as that number alone; `None` if it is not one.
    pub(super) fn number(text: &str) -> Option<Self> {
        let mut compounds = compounds(text);
        let joined = compounds.pop()?.joined.filter(|_| compounds.is_empty())?;
        Phrase::of(text, vec![Compound { words: vec![joined], joined: None }])
    }

    fn of(text: &str, mut compounds: Vec<Compound>) -> Option<Self> {
        let last = compounds.last_mut()?;
        let alone = match &last.words[..] {
            // The last character of a run is in its last pair already.
            [_, .., end] if end.part == Part::Last => {
                last.words.pop();
                false
            }
            // A single one may begin a pair.
            [.., end] => end.part == Part::Alone,
            [] => false,
        };
        let sought = |word: Word| SoughtWord {
            begins: text[word.at.end..].starts_with('*'),
            folded: word.folded,
        };
        let mut places = Vec::new();
        for Compound { words, joined } in compounds {
            let mut joined = joined.map(|joined| (sought(joined), words.len()));
            places.extend(
                words.into_iter().map(|word| Place { word: sought(word), joined: joined.take() }),
            );
        }
        if let Some(last) = places.last_mut() {
            last.word.begins |= alone;
        }
        Some(Phrase { places })
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Every word that may be there.
    pub(super) fn words(&self) -> impl Iterator<Item = &SoughtWord> {
        self.places.iter().flat_map(Place::words).map(|(word, _)| word)
    }

    /// The query of FTS5 for an index that does not know what stands side by side: all rows that hold the
    /// phrase, and maybe more.
    pub(super) fn query(&self) -> String {
        let mut all: Vec<String> = Vec::new();
        let mut at = 0;
        while let Some(place) = self.places.get(at) {
            let (joined, length) = match &place.joined {
                Some((joined, length)) => (Some(joined.query()), *length),
                None => (None, 1),
            };
            let apart: Vec<String> =
                self.places[at..at + length].iter().map(|place| place.word.query()).collect();
            let apart = grouped(&apart, " AND ");
            all.push(grouped(&std::iter::once(apart).chain(joined).collect::<Vec<_>>(), " OR "));
            at += length;
        }
        grouped(&all, " AND ")
    }

    /// Returns true if the phrase is in a text.
    pub(super) fn is_in(&self, text: &Laid) -> bool {
        // For each place of the phrase, the places of the text at which it may stand.
        let mut reached: Vec<Vec<usize>> = vec![Vec::new(); self.places.len() + 1];
        reached[0] = (0..text.places.len()).collect();
        for (n, place) in self.places.iter().enumerate() {
            let mut from = std::mem::take(&mut reached[n]);
            from.sort_unstable();
            from.dedup();
            for at in from {
                for (sought, length) in place.words() {
                    let held = text.words_at(at).filter(|(held, _)| sought.is(held));
                    reached[n + length].extend(held.map(|(_, width)| at + width));
                }
            }
        }
        !reached[self.places.len()].is_empty()
    }
}

/// Queries with a word between them, in brackets if there are several.
pub(super) fn grouped(queries: &[String], between: &str) -> String {
    match queries {
        [one] => one.clone(),
        _ => format!("({})", queries.join(between)),
    }
}

/// A text laid out as its words: at each place one, and the word that it and the next ones are together,
/// with the number of these.
#[derive(Debug)]
pub(super) struct Laid {
    places: Vec<(String, Option<(String, usize)>)>,
}

impl Laid {
    /// Lays out a text, or several with ` | ` between them.
    pub(super) fn read(text: &str) -> Self {
        let mut places = Vec::new();
        for text in text.split(" | ") {
            for Compound { words, joined } in compounds(text) {
                let mut joined = joined.map(|joined| (joined.folded, words.len()));
                places.extend(words.into_iter().map(|word| (word.folded, joined.take())));
            }
            // What no phrase passes.
            places.push((String::new(), None));
        }
        Laid { places }
    }

    /// All words, with spaces between them.
    pub(super) fn words(&self) -> String {
        let all = |(word, joined): &'_ (String, Option<(String, usize)>)| match joined {
            Some((joined, _)) => format!("{word} {joined}"),
            None => word.clone(),
        };
        self.places.iter().map(all).collect::<Vec<_>>().join(" ")
    }

    fn words_at(&self, at: usize) -> impl Iterator<Item = (&str, usize)> {
        let (word, joined) = self.places.get(at).map_or((None, None), |(word, joined)| {
            (Some(word.as_str()), joined.as_ref().map(|(word, width)| (word.as_str(), *width)))
        });
        word.map(|word| (word, 1)).into_iter().chain(joined)
    }
}
