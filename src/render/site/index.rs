//! An index of the claims by source, place and status, filled while claims are read, with the
//! totals for the overview. It keeps one line per claim, not the claim.

use super::components::{Links, bidi_text, claim_badge, truncate};
use crate::model::publication::{Claim, Snapshot};
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};

/// The largest number of characters of a claim's text in a list.
const MAX_LINE_CHARS: usize = 240;

/// A claim as a line in a list.
#[derive(Clone, Debug)]
pub struct ClaimLine {
    /// The key of the claim.
    pub key: String,
    /// The text of the claim.
    pub text: String,
    /// The code of its status.
    pub status: String,
    /// The number of its independent origins.
    pub origins: usize,
    /// The date of the event, as stated.
    pub happened: Option<String>,
    /// The earliest and the latest day that the date can mean.
    pub days: (Option<String>, Option<String>),
}

/// One side of a link between claims.
#[derive(Clone, Debug)]
pub struct ClaimRef {
    /// The key of the claim.
    pub key: String,
    /// The text of the claim.
    pub text: String,
    /// The code of its status.
    pub status: String,
}

/// The claims by source, place and status, as positions in [`ClaimIndex::lines`].
#[derive(Debug, Default)]
pub struct ClaimIndex {
    /// All claims, in the order of the file.
    pub lines: Vec<ClaimLine>,
    /// Claims by the key of a document or a speaker that states or supports them.
    pub by_source: HashMap<String, Vec<usize>>,
    /// Claims by the key of a document or a speaker that disputes, denies or retracts them.
    pub by_contesting_source: HashMap<String, Vec<usize>>,
    /// Claims by the key of a place or an enclosing place.
    pub by_place: HashMap<String, Vec<usize>>,
    /// Claims by the code of their status.
    pub by_status: HashMap<String, Vec<usize>>,
    /// Pairs of claims with a conflicting link, and the relation; each pair once.
    pub conflicting: Vec<(ClaimRef, String, ClaimRef)>,
    origins: BTreeSet<String>,
    with_several_origins: u64,
}

impl ClaimIndex {
    /// The number of lines in the lists of claims of all sources and places.
    pub fn number_of_lines(&self) -> usize {
        let lists = [&self.by_source, &self.by_contesting_source, &self.by_place];
        lists.into_iter().flat_map(HashMap::values).map(Vec::len).sum()
    }

    /// Adds a claim.
    pub fn add(&mut self, snapshot: &Snapshot, claim: &Claim) {
        let here = self.lines.len();
        let origins = claim.graph.origins();
        self.with_several_origins += u64::from(origins.len() > 1);
        self.origins.extend(origins.iter().map(|key| (*key).to_owned()));
        self.lines.push(ClaimLine {
            key: claim.key.clone(),
            text: claim.text.clone(),
            status: claim.status.clone(),
            origins: origins.len(),
            happened: claim.happened.clone(),
            days: claim.days.clone(),
        });
        self.by_status.entry(claim.status.clone()).or_default().push(here);
        let insert = |list: &mut HashMap<String, Vec<usize>>, key: &str| {
            let claims = list.entry(key.to_owned()).or_default();
            if claims.last() != Some(&here) {
                claims.push(here);
            }
        };
        for mention in &claim.graph.mentions {
            let list =
                if mention.counts { &mut self.by_source } else { &mut self.by_contesting_source };
            insert(list, &mention.source);
            if let Some(speaker) = &mention.speaker {
                insert(list, speaker);
            }
        }
        for link in claim.links.iter().filter(|link| link.conflict && link.outward) {
            let name = |key: &str, text: &str, status: &str| ClaimRef {
                key: key.to_owned(),
                text: text.to_owned(),
                status: status.to_owned(),
            };
            let one = name(&claim.key, &claim.text, &claim.status);
            let other = name(&link.claim, &link.text, &link.status);
            self.conflicting.push((one, link.relation.clone(), other));
        }
        for key in claim_places(snapshot, claim) {
            insert(&mut self.by_place, key);
        }
    }

    /// Returns the number of sources, named or not, in which claims originate.
    pub fn count_origins(&self) -> u64 {
        self.origins.len() as u64
    }

    /// Returns the number of claims with two or more independent origins.
    pub fn count_with_several_origins(&self) -> u64 {
        self.with_several_origins
    }

    /// Renders claims as a list of links.
    pub(super) fn render_list(
        &self,
        snapshot: &Snapshot,
        links: Links,
        claims: &[usize],
    ) -> Markup {
        html! {
            ul class="briefs" {
                @for line in claims.iter().filter_map(|n| self.lines.get(*n)) {
                    li {
                        (claim_badge(snapshot, &line.key, &line.status)) " "
                        a href=(links.to("claim", &line.key)) { (bidi_text(&truncate(&line.text, MAX_LINE_CHARS))) }
                        " " span class="caveats" {
                            (super::components::count_noun(line.origins as u64, "origin"))
                            @if let Some(day) = &line.happened { ", " (super::components::date_in_words(day)) }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the places of a claim and the enclosing places that it counts for.
pub(super) fn claim_places<'a>(snapshot: &'a Snapshot, claim: &'a Claim) -> BTreeSet<&'a str> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for at in &claim.places {
        found.insert(&at.place);
        if at.upward {
            found.extend(
                snapshot.enclosing_places(&at.place).iter().map(|place| place.key.as_str()),
            );
        }
    }
    found
}
