//! A snapshot of an archive for publication: labels of its code lists, sources, places, measures
//! and claims, held in memory. All derived values come from the views of the archive; an unknown
//! value stays `None`.

mod claim;
mod enclosing;
mod figure;

use super::provenance::{Edge, Graph, Statement};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

pub use claim::{Claim, ClaimPlace, Link, Mention, Verdict};
pub use figure::{Figure, format_number};

/// An entry of a code list.
#[derive(Clone, Debug)]
pub struct CodeEntry {
    /// The code stored in rows.
    pub code: String,
    /// The label for people.
    pub label: String,
    /// The definition.
    pub definition: String,
}

/// An ordered map: items in the order of the archive, with lookup by key.
#[derive(Clone, Debug)]
pub struct Keyed<T> {
    /// All items, in order.
    pub all: Vec<T>,
    at: HashMap<String, usize>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Keyed { all: Vec::new(), at: HashMap::new() }
    }
}

impl<T> Keyed<T> {
    /// Appends an item.
    pub fn push(&mut self, key: &str, thing: T) {
        self.at.insert(key.to_owned(), self.all.len());
        self.all.push(thing);
    }

    /// Returns the item with this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.at.get(key).map(|n| &self.all[*n])
    }

    /// Returns the item with this key, mutably.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.at.get(key).map(|n| &mut self.all[*n])
    }

    /// Returns the index of a key, or `usize::MAX` for an unknown key, so that it sorts last.
    pub fn position(&self, key: &str) -> usize {
        self.at.get(key).copied().unwrap_or(usize::MAX)
    }
}

/// The published archive without its claims, which are read one at a time.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Title of the archive.
    pub title: Option<String>,
    /// Key of the source that assesses for the archive.
    pub desk: String,
    /// The time of the newest verdict (UTC), printed as the date of the publication.
    pub as_of: Option<String>,
    /// The statuses in order, each with its number of claims.
    pub statuses: Vec<(CodeEntry, u64)>,
    /// The number of published claims: all that are not withdrawn.
    pub claims: u64,
    /// The keys of the claims that changed since the verdict that holds.
    pub stale: HashSet<String>,
    /// The sources, in the order of the archive.
    pub sources: Keyed<Source>,
    /// The places, in the order of the archive.
    pub places: Keyed<Place>,
    /// The measures, in the order of the archive.
    pub measures: Keyed<Measure>,
    /// Conflicting pairs of figures, the worst first.
    pub conflicts: Vec<Conflict>,
    /// For each claim key, indexes into `conflicts`.
    conflicts_by_claim: HashMap<String, Vec<usize>>,
    /// For each figure key, indexes into `conflicts`.
    conflicts_by_figure: HashMap<String, Vec<usize>>,
    /// For each source key, its edges to the sources it draws on.
    pub edges: HashMap<String, Vec<Edge>>,
    /// For each speaker key, the key of the body that it speaks for.
    pub bodies: HashMap<String, String>,
    /// For each document that is the same work as another, the first of that work by key.
    pub works: HashMap<String, String>,
    /// The former keys of claims, sources, places and measures, by that word and the present key: earlier
    /// publications have addresses with them.
    former_keys: HashMap<(&'static str, String), Vec<String>>,
    /// The places around each place, in the order of `places`; found when they are first asked for.
    enclosed: OnceLock<Vec<enclosing::Enclosed>>,
}

/// A source.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its key.
    pub key: String,
    /// The label of its kind.
    pub kind: String,
    /// True for a party that can speak, false for a document.
    pub party: bool,
    /// True when it is known by name.
    pub named: bool,
    /// Title or name.
    pub title: String,
    /// Its author.
    pub author: Option<String>,
    /// The outlet that carried it.
    pub outlet: Option<String>,
    /// The date of publication, as stated (EDTF).
    pub published: Option<String>,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The address of an archived copy.
    pub archived_url: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// The latest grade: its letter, its label and the reason.
    pub grade: Option<(String, String, String)>,
    /// The number of claims it states, as document or speaker, by status.
    pub record: Vec<(String, u64)>,
}

/// A place.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The label of its kind.
    pub kind: String,
    /// Key of the place that contains it.
    pub within: Option<String>,
    /// Latitude and longitude in degrees (WGS 84).
    pub at: Option<(f64, f64)>,
    /// The precision of the coordinates: code (UCDP, 1 to 7) and label.
    pub precision: Option<(i64, String)>,
    /// Its other names, with their languages.
    pub names: Vec<(String, Option<String>)>,
    /// The number of claims at the place or inside it.
    pub claims: u64,
    /// The number of claims at the place itself.
    pub own: u64,
    /// The number of further claims that are only near the place or toward it.
    pub near: u64,
    /// A note.
    pub note: Option<String>,
}

/// The places around a place: the nearest, how many more there are, and the outermost.
#[derive(Clone, Debug, Default)]
pub struct EnclosingPlaces<'a> {
    /// The nearest, innermost first.
    pub nearest: Vec<&'a Place>,
    /// The number of places between those and the outermost.
    pub more: usize,
    /// The outermost; `None` if no place is around.
    pub outermost: Option<&'a Place>,
}

/// A measure: a quantity that figures count.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// Its key.
    pub key: String,
    /// The quantity it counts, in a few words.
    pub title: String,
    /// The scope: place, period, population, counting body.
    pub scope: Option<String>,
    /// The label of its growth: the way its number may change with time.
    pub growth: String,
    /// Its figures, in order of time.
    pub figures: Vec<Figure>,
}

/// Two figures of one measure that conflict.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The finding: likely transcription slip, conflict, possible conflict or revision.
    pub finding: String,
    /// Key and title of the measure.
    pub measure: (String, String),
    /// The smaller figure.
    pub one: ConflictSide,
    /// The larger figure.
    pub other: ConflictSide,
    /// The factor between them: the lower bound of the larger over the upper bound of the smaller.
    pub gap: Option<f64>,
    /// The reason why they conflict.
    pub why: String,
}

/// One figure of a conflict.
#[derive(Clone, Debug, Default)]
pub struct ConflictSide {
    /// Key of the figure.
    pub figure: String,
    /// Key of the claim.
    pub claim: String,
    /// The figure in words.
    pub words: String,
    /// Status of the claim.
    pub status: String,
    /// Keys of the sources of the claim, joined for display.
    pub sources: String,
}

impl Conflict {
    /// Returns `true` unless one voice said both numbers, on different days.
    pub fn is_conflict(&self) -> bool {
        self.finding != "revision"
    }
}

impl Snapshot {
    /// Returns the place and the places that contain it, innermost first. A cycle ends where it
    /// closes.
    pub fn enclosing_places(&self, key: &str) -> Vec<&Place> {
        let mut found: Vec<&Place> = Vec::new();
        let mut known = BTreeSet::new();
        let mut next = self.places.get(key);
        while let Some(place) = next.filter(|place| known.insert(place.key.as_str())) {
            found.push(place);
            next = place.within.as_deref().and_then(|key| self.places.get(key));
        }
        found
    }

    /// Returns the places around a place, of which at most `named` between it and the outermost are listed. A cycle ends
    /// where it closes.
    pub fn nearest_enclosing_places(&self, key: &str, named: usize) -> EnclosingPlaces<'_> {
        let enclosed = self.enclosed.get_or_init(|| {
            let known = self.places.all.len();
            let around = |place: &Place| {
                Some(self.places.position(place.within.as_deref()?)).filter(|at| *at < known)
            };
            enclosing::enclosed_places(&self.places.all.iter().map(around).collect::<Vec<_>>())
        });
        let at = self.places.position(key);
        let Some(enclosing::Enclosed { number, outermost }) =
            enclosed.get(at).filter(|one| one.number > 0)
        else {
            return EnclosingPlaces::default();
        };
        let (between, mut around) = (number - 1, self.places.all.get(at));
        let nearest = std::iter::from_fn(|| {
            around = self.places.get(around?.within.as_deref()?);
            around
        });
        let nearest: Vec<_> = nearest.take(between.min(named)).collect();
        let more = between - nearest.len();
        EnclosingPlaces { nearest, more, outermost: self.places.all.get(*outermost) }
    }

    /// Returns the conflicts in which a figure of this claim takes part.
    pub fn conflicts_for_claim(&self, claim: &str) -> Vec<&Conflict> {
        self.conflicts_at(self.conflicts_by_claim.get(claim))
    }

    /// Returns the conflicts in which this figure takes part.
    pub fn conflicts_for_figure(&self, figure: &str) -> Vec<&Conflict> {
        self.conflicts_at(self.conflicts_by_figure.get(figure))
    }

    fn conflicts_at(&self, places: Option<&Vec<usize>>) -> Vec<&Conflict> {
        places.into_iter().flatten().map(|n| &self.conflicts[*n]).collect()
    }

    /// Notes a former key of a claim, source, place or measure.
    pub fn push_former_key(&mut self, what: &'static str, key: String, former: String) {
        let keys = self.former_keys.entry((what, key)).or_default();
        keys.push(former);
        keys.sort();
    }

    /// The former keys of a claim, source, place or measure.
    pub fn former_keys(&self, what: &'static str, key: &str) -> &[String] {
        self.former_keys.get(&(what, key.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Appends a conflict and indexes it under both figures and their claims.
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

    /// Returns the label of a status, or the code itself when it is unknown.
    pub fn status_label<'a>(&'a self, code: &'a str) -> &'a str {
        let known = self.statuses.iter().find(|(word, _)| word.code == code);
        known.map_or(code, |(word, _)| &word.label)
    }

    /// Returns the title of a source, or its key when it is unknown.
    pub fn source_title<'a>(&'a self, key: &'a str) -> &'a str {
        self.sources.get(key).map_or(key, |source| &source.title)
    }

    /// Builds the source chains of a claim with these mentions: the edges of its documents and, in
    /// turn, of the texts that they take over whole. An edge that takes over only a part is
    /// included where it leads to a source that states the claim.
    pub fn provenance_graph(&self, mentions: Vec<Statement>) -> Graph {
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
        let work = |key: &str| Some((key.to_owned(), self.works.get(key)?.clone()));
        let works: BTreeMap<String, String> = parties().filter_map(work).collect();
        let voices = || parties().chain(works.values().map(String::as_str));
        let body = |key: &str| Some((key.to_owned(), self.bodies.get(key)?.clone()));
        let bodies: BTreeMap<String, String> = voices().filter_map(body).collect();
        let unnamed = |key: &&str| self.sources.get(key).is_some_and(|source| !source.named);
        let all = voices().chain(bodies.values().map(String::as_str));
        let unnamed = all.filter(unnamed).map(str::to_owned).collect();
        Graph { mentions, edges, bodies, works, unnamed }
    }
}
