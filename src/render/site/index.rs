//! Which claims belong to which source, place and status, gathered while claims are read, and the
//! numbers for the head of a page. It keeps a line of each claim, not the claim.

use super::components::{Links, badge, cut, text};
use crate::model::publication::{Claim, Snapshot};
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};

/// Characters of a claim in a list.
const LINE: usize = 240;

/// A claim as a line in a list.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Its key.
    pub key: String,
    /// Its text.
    pub text: String,
    /// Code of its status.
    pub status: String,
    /// How many independent origins it has.
    pub origins: usize,
    /// When it happened, as stated.
    pub happened: Option<String>,
    /// The earliest and the latest day that can be.
    pub days: (Option<String>, Option<String>),
}

/// A claim by key, text and status.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its key.
    pub key: String,
    /// Its text.
    pub text: String,
    /// Code of its status.
    pub status: String,
}

/// The claims by what they belong to, as numbers into [`Catalogue::briefs`].
#[derive(Debug, Default)]
pub struct Catalogue {
    /// All claims, in the order of the file.
    pub briefs: Vec<Brief>,
    /// By key of the document or the speaker that states it or bears it out.
    pub of_source: HashMap<String, Vec<usize>>,
    /// By key of a document or a speaker that disputes or denies it, or takes it back.
    pub contested: HashMap<String, Vec<usize>>,
    /// By key of the place, and of the places around it.
    pub of_place: HashMap<String, Vec<usize>>,
    /// By code of the status.
    pub of_status: HashMap<String, Vec<usize>>,
    /// Claims that a link sets against others: one, how, the other; each pair once.
    pub against: Vec<(Named, String, Named)>,
    origins: BTreeSet<String>,
    several: u64,
}

impl Catalogue {
    /// Takes a claim in.
    pub fn add(&mut self, book: &Snapshot, claim: &Claim) {
        let here = self.briefs.len();
        let origins = claim.graph.origins();
        self.several += u64::from(origins.len() > 1);
        self.origins.extend(origins.iter().map(|key| (*key).to_owned()));
        self.briefs.push(Brief {
            key: claim.key.clone(),
            text: claim.text.clone(),
            status: claim.status.clone(),
            origins: origins.len(),
            happened: claim.happened.clone(),
            days: claim.days.clone(),
        });
        self.of_status.entry(claim.status.clone()).or_default().push(here);
        let put = |list: &mut HashMap<String, Vec<usize>>, key: &str| {
            let claims = list.entry(key.to_owned()).or_default();
            if claims.last() != Some(&here) {
                claims.push(here);
            }
        };
        for said in &claim.graph.mentions {
            let list = if said.counts { &mut self.of_source } else { &mut self.contested };
            put(list, &said.source);
            if let Some(speaker) = &said.speaker {
                put(list, speaker);
            }
        }
        for link in claim.links.iter().filter(|link| link.conflict && link.outward) {
            let name = |key: &str, text: &str, status: &str| Named {
                key: key.to_owned(),
                text: text.to_owned(),
                status: status.to_owned(),
            };
            let one = name(&claim.key, &claim.text, &claim.status);
            let other = name(&link.claim, &link.text, &link.status);
            self.against.push((one, link.relation.clone(), other));
        }
        for key in places_of(book, claim) {
            put(&mut self.of_place, key);
        }
    }

    /// Sources, named or not, that claims go back to.
    pub fn origins(&self) -> u64 {
        self.origins.len() as u64
    }

    /// Claims with two or more independent origins.
    pub fn several(&self) -> u64 {
        self.several
    }

    /// Some claims as a list of links.
    pub(super) fn list(&self, book: &Snapshot, links: Links, claims: &[usize]) -> Markup {
        html! {
            ul class="briefs" {
                @for brief in claims.iter().filter_map(|n| self.briefs.get(*n)) {
                    li {
                        (badge(book, &brief.status)) " "
                        a href=(links.to("claim", &brief.key)) { (text(&cut(&brief.text, LINE))) }
                        " " span class="caveats" {
                            (super::components::count(brief.origins as u64, "origin"))
                            @if let Some(day) = &brief.happened { ", " (super::components::when(day)) }
                        }
                    }
                }
            }
        }
    }
}

/// The places of a claim and those around them that it counts for.
pub(super) fn places_of<'a>(book: &'a Snapshot, claim: &'a Claim) -> BTreeSet<&'a str> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for at in &claim.places {
        found.insert(&at.place);
        if at.upward {
            found.extend(book.enclosing_places(&at.place).iter().map(|place| place.key.as_str()));
        }
    }
    found
}
