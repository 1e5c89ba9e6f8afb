//! The pages on which reviews are published, and who published them.

use super::jsonld::{self, ObjectIndex};
use crate::intake::document::tree::Node;
use crate::intake::text::prose;
use crate::model::canonical_address;
use std::collections::BTreeMap;

/// The pages that have several reviews, by canonical address, with what these agree on.
pub(super) type SharedPages = BTreeMap<String, Byline>;

/// The publisher of a page, and its language.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Byline {
    pub(super) author: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
}

impl Byline {
    /// Keeps what another review of the page says too.
    fn agree(&mut self, other: &Byline) {
        for (own, other) in [
            (&mut self.author, &other.author),
            (&mut self.outlet, &other.outlet),
            (&mut self.publisher, &other.publisher),
            (&mut self.language, &other.language),
        ] {
            if *own != *other {
                *own = None;
            }
        }
    }
}

/// Returns the pages that have several reviews.
pub(super) fn shared_pages(root: &Node, objects: &ObjectIndex<'_>) -> SharedPages {
    let mut pages: BTreeMap<String, (usize, Byline)> = BTreeMap::new();
    jsonld::visit_objects(root, &mut |node| {
        if jsonld::states_type(node, "ClaimReview")
            && !objects.is_reference(node)
            && let Some(url) = find_url(objects, node)
            && let Some(page) = canonical_address(&url)
        {
            let found = byline(objects, node, Some(&url));
            let (number, agreed) = pages.entry(page).or_insert_with(|| (0, found.clone()));
            *number += 1;
            agreed.agree(&found);
        }
    });
    pages
        .into_iter()
        .filter(|(_, (number, _))| *number > 1)
        .map(|(page, (_, by))| (page, by))
        .collect()
}

/// Returns the address of a review.
pub(super) fn find_url<'a>(objects: &ObjectIndex<'a>, node: &'a Node) -> Option<String> {
    let urls = ["url", "mainEntityOfPage"].into_iter();
    let mut found = urls.flat_map(|name| objects.property_urls(node, name));
    found
        .find_map(|url| prose::parse_web_address(&url))
        .or_else(|| node.get("@id").and_then(jsonld::as_text).and_then(prose::parse_web_address))
}

/// Reads who published a review, and in which language.
pub(super) fn byline<'a>(objects: &ObjectIndex<'a>, node: &'a Node, url: Option<&str>) -> Byline {
    let authors = objects.parties(node, "author", url);
    let named = |person: bool| {
        let those = authors.iter().filter(|(party, _)| (party.kind == "person") == person);
        let names: Vec<&str> = those.map(|(party, _)| party.title.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let publishers = objects.parties(node, "publisher", url);
    let publisher = publishers.first().map(|(party, _)| party.title.clone());
    let language = objects.property(node, "inLanguage").and_then(|given| {
        let names = ["alternateName", "name", "@value"].into_iter();
        let inside = names.filter_map(|name| given.get(name).and_then(jsonld::as_text));
        jsonld::as_text(given).into_iter().chain(inside).find_map(prose::parse_language_tag)
    });
    let (author, outlet) = (named(true), publisher.clone().or_else(|| named(false)));
    Byline { author, outlet, publisher, language }
}
