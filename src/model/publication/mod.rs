//! What is published of an archive, read into memory: the words of its code lists, its sources,
//! places and measures, and its claims with everything that belongs to them. Nothing is derived
//! here but what the views of the file derive; what is not known stays `None`.

mod claim;

use super::{Edge, Graph, Statement};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use claim::{Claim, ClaimPlace, Link, Mention, Verdict};

/// A word of a code list.
#[derive(Clone, Debug)]
pub struct Word {
    /// The code, as rows use it.
    pub code: String,
    /// What people say.
    pub label: String,
    /// What it means.
    pub definition: String,
}

/// Things in the order of the file, found by their keys.
#[derive(Clone, Debug)]
pub struct Keyed<T> {
    /// All of them.
    pub all: Vec<T>,
    at: HashMap<String, usize>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Keyed { all: Vec::new(), at: HashMap::new() }
    }
}

impl<T> Keyed<T> {
    /// Puts one at the end.
    pub fn push(&mut self, key: &str, thing: T) {
        self.at.insert(key.to_owned(), self.all.len());
        self.all.push(thing);
    }

    /// The one with this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.at.get(key).map(|n| &self.all[*n])
    }

    /// The one with this key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.at.get(key).map(|n| &mut self.all[*n])
    }

    /// Its place in the order.
    pub fn position(&self, key: &str) -> usize {
        self.at.get(key).copied().unwrap_or(usize::MAX)
    }
}

/// Everything but the claims themselves.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Title of the archive.
    pub title: Option<String>,
    /// Key of the source that assesses for the archive.
    pub desk: String,
    /// When the newest verdict was given (UTC); the page is a picture of that state.
    pub as_of: Option<String>,
    /// Statuses in their order, with how many claims have each.
    pub statuses: Vec<(Word, u64)>,
    /// How many claims are published: all that are not withdrawn.
    pub claims: u64,
    /// Sources in the order of the file.
    pub sources: Keyed<Source>,
    /// Places in the order of the file.
    pub places: Keyed<Place>,
    /// Measures in the order of the file.
    pub measures: Keyed<Measure>,
    /// Pairs of figures that do not agree, worst first.
    pub conflicts: Vec<Conflict>,
    conflicts_by_claim: HashMap<String, Vec<usize>>,
    conflicts_by_figure: HashMap<String, Vec<usize>>,
    /// What each source draws on.
    pub edges: HashMap<String, Vec<Edge>>,
    /// Speakers with the body that each speaks for.
    pub bodies: HashMap<String, String>,
}

/// A source as readers see it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its key.
    pub key: String,
    /// What it is, as people say it.
    pub kind: String,
    /// Whether it is a party that speaks rather than a document.
    pub party: bool,
    /// Whether it is known by name.
    pub named: bool,
    /// Title or name.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// The outlet that carried it.
    pub outlet: Option<String>,
    /// When it was published, as stated.
    pub published: Option<String>,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// Where it is found.
    pub url: Option<String>,
    /// Where a copy of it is found.
    pub archived_url: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// The latest grade: letter, words, reason.
    pub grade: Option<(String, String, String)>,
    /// Claims that it states, as document or speaker, by their status.
    pub record: Vec<(String, u64)>,
}

/// A place.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Key of the place around it.
    pub within: Option<String>,
    /// Latitude and longitude in degrees (WGS 84).
    pub at: Option<(f64, f64)>,
    /// What the point stands for: code (UCDP 1 to 7) and words.
    pub precision: Option<(i64, String)>,
    /// Its other names, with their languages.
    pub names: Vec<(String, Option<String>)>,
    /// Claims at it or inside it.
    pub claims: u64,
    /// Claims at the place itself.
    pub own: u64,
    /// More claims that are only near it or toward it.
    pub near: u64,
    /// A note.
    pub note: Option<String>,
}

/// What is counted.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// Its key.
    pub key: String,
    /// What it counts.
    pub title: String,
    /// Of what, where, since when.
    pub scope: Option<String>,
    /// How it changes with time, as people say it.
    pub growth: String,
    /// Its figures, by time.
    pub figures: Vec<Figure>,
}

/// A figure as stated, and what it can mean.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// Its key.
    pub key: String,
    /// Key of its claim.
    pub claim: String,
    /// Key of its measure.
    pub measure: String,
    /// What the measure counts.
    pub counts: String,
    /// It in words: how exact, number, unit, time.
    pub words: String,
    /// The words of the source, in its language.
    pub said: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// For when it holds, as stated.
    pub as_of: Option<String>,
    /// The least it can mean; `None` is open.
    pub lower: Option<f64>,
    /// The most it can mean; `None` is open.
    pub upper: Option<f64>,
    /// Whether a tolerance made a bound.
    pub assumed: bool,
    /// Status of its claim.
    pub status: String,
    /// Documents that state its claim.
    pub sources: Vec<String>,
    /// A note.
    pub note: Option<String>,
}

/// Two figures that do not agree.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// conflict, possible conflict or likely transcription slip.
    pub finding: String,
    /// Key and title of the measure.
    pub measure: (String, String),
    /// The smaller figure.
    pub one: Side,
    /// The larger figure.
    pub other: Side,
    /// By what factor they are apart.
    pub gap: Option<f64>,
    /// Why they conflict.
    pub why: String,
}

/// A side of a conflict.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Key of the figure.
    pub figure: String,
    /// Key of the claim.
    pub claim: String,
    /// The figure in words.
    pub words: String,
    /// Status of the claim.
    pub status: String,
    /// Keys of its sources.
    pub sources: String,
}

impl Snapshot {
    /// The place itself and those around it, from the inside out. A circle ends where it closes.
    pub fn around(&self, key: &str) -> Vec<&Place> {
        let mut found: Vec<&Place> = Vec::new();
        let mut next = self.places.get(key);
        while let Some(place) = next.filter(|p| !found.iter().any(|known| known.key == p.key)) {
            found.push(place);
            next = place.within.as_deref().and_then(|key| self.places.get(key));
        }
        found
    }

    /// Returns the pairs of figures that do not agree of which one belongs to this claim.
    pub fn conflicts_of_claim(&self, claim: &str) -> Vec<&Conflict> {
        self.conflicts_at(self.conflicts_by_claim.get(claim))
    }

    /// Returns the pairs of figures that do not agree of which this figure is one.
    pub fn conflicts_of_figure(&self, figure: &str) -> Vec<&Conflict> {
        self.conflicts_at(self.conflicts_by_figure.get(figure))
    }

    fn conflicts_at(&self, places: Option<&Vec<usize>>) -> Vec<&Conflict> {
        places.into_iter().flatten().map(|n| &self.conflicts[*n]).collect()
    }

    /// Adds a pair of figures that do not agree.
    pub fn push_conflict(&mut self, pair: Conflict) {
        let here = self.conflicts.len();
        for side in [&pair.one, &pair.other] {
            self.conflicts_by_figure.entry(side.figure.clone()).or_default().push(here);
            // Both figures may belong to one claim.
            let pairs = self.conflicts_by_claim.entry(side.claim.clone()).or_default();
            if pairs.last() != Some(&here) {
                pairs.push(here);
            }
        }
        self.conflicts.push(pair);
    }

    /// How a status is called.
    pub fn status<'a>(&'a self, code: &'a str) -> &'a str {
        let known = self.statuses.iter().find(|(word, _)| word.code == code);
        known.map_or(code, |(word, _)| &word.label)
    }

    /// How a source is called: its title, or its key where it has no row.
    pub fn title<'a>(&'a self, key: &'a str) -> &'a str {
        self.sources.get(key).map_or(key, |source| &source.title)
    }

    /// The chains of a claim with these mentions: what its documents draw on, and in turn the texts
    /// that they take over whole; a part only where it comes from a source that states the claim.
    pub fn graph(&self, mentions: Vec<Statement>) -> Graph {
        let documents: BTreeSet<&str> = mentions.iter().map(|said| said.source.as_str()).collect();
        let mut texts: BTreeSet<&str> = documents.clone();
        let mut open: Vec<&str> = texts.iter().copied().collect();
        let mut edges: Vec<Edge> = Vec::new();
        while let Some(text) = open.pop() {
            for edge in self.edges.get(text).into_iter().flatten() {
                if edge.whole || documents.contains(edge.origin.as_str()) {
                    edges.push(edge.clone());
                }
                if edge.whole && texts.insert(&edge.origin) {
                    open.push(&edge.origin);
                }
            }
        }
        let place = |key: &str| self.sources.position(key);
        edges.sort_by_key(|edge| (place(&edge.origin), place(&edge.source)));
        let parties = || {
            let speakers = mentions.iter().filter_map(|said| said.speaker.as_deref());
            speakers.chain(texts.iter().copied())
        };
        let body = |key: &str| Some((key.to_owned(), self.bodies.get(key)?.clone()));
        let bodies: BTreeMap<String, String> = parties().filter_map(body).collect();
        let unnamed = |key: &&str| self.sources.get(key).is_some_and(|source| !source.named);
        let all = parties().chain(bodies.values().map(String::as_str));
        let unnamed = all.filter(unnamed).map(str::to_owned).collect();
        Graph { mentions, edges, bodies, unnamed }
    }
}

impl Figure {
    /// Its bounds as people write an interval; an open end says so.
    pub fn bounds(&self) -> String {
        match (self.lower, self.upper) {
            (Some(a), Some(b)) if a == b => number(a),
            (Some(a), Some(b)) => format!("{} to {}", number(a), number(b)),
            (Some(a), None) => format!("{} or more", number(a)),
            (None, Some(b)) => format!("{} or less", number(b)),
            (None, None) => "no number".to_owned(),
        }
    }
}

/// A number for people: a whole one in groups of three, a fraction to four digits that count.
pub fn number(value: f64) -> String {
    // Digits that a number of this size does not hold would be made up.
    if value != 0.0 && !(1e-4..1e15).contains(&value.abs()) {
        return format!("{value:e}");
    }
    let digits = 4 - value.abs().log10().floor().clamp(-300.0, 3.0) as i32 - 1;
    let text = match value.fract() == 0.0 || value == 0.0 {
        true => value.to_string(),
        // Read back, so that no zeros stand at the end.
        false => format!("{value:.*}", digits.max(1) as usize)
            .parse::<f64>()
            .map_or_else(|_| value.to_string(), |rounded| rounded.to_string()),
    };
    let (sign, digits) = text.strip_prefix('-').map_or(("", &*text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) && whole.len() > 4 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn writes_numbers_for_people() {
        let all = [
            0.0,
            5.0,
            1500.0,
            11000.0,
            110_887.0,
            -1_000_000.0,
            0.25,
            815.7,
            12345.5,
            0.366_666_666_666_666_64,
            1e300,
            1e-300,
        ];
        let said = [
            "0",
            "5",
            "1500",
            "11,000",
            "110,887",
            "-1,000,000",
            "0.25",
            "815.7",
            "12,345.5",
            "0.3667",
            "1e300",
            "1e-300",
        ];
        for (value, said) in all.into_iter().zip(said) {
            assert_eq!(number(value), said);
        }
    }
}
