//! The people and bodies named in a review.

use super::jsonld::ObjectIndex;
use super::{Review, jsonld};
use crate::intake::document::tree::{Node, Tree};
use crate::intake::text::prose::{self, text_value};
use crate::model::SourcePos;

/// A person or body named in a review; it becomes a source.
pub(super) struct Party {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) url: Option<String>,
    /// Further facts: a role, more addresses.
    pub(super) note: Option<String>,
}

impl Party {
    /// Adds an address; any after the first goes to the note.
    pub(super) fn add_address(&mut self, url: String) {
        if self.url.is_none() {
            self.url = Some(url);
        } else if self.url.as_ref() != Some(&url) {
            self.note = Some(match self.note.take() {
                Some(note) => format!("{note}; also at {url}"),
                None => format!("Also at {url}"),
            });
        }
    }
}

impl<'a> ObjectIndex<'a> {
    /// Reads the parties under a property: objects, or bare names.
    pub(super) fn parties(
        &self,
        node: &'a Node,
        name: &str,
        base: Option<&str>,
    ) -> Vec<(Party, &'a Node)> {
        let nodes = self.property(node, name).map(Node::items).unwrap_or_default();
        let one = |node: &'a Node| {
            let urls = self.property_urls(node, "url");
            let url = urls.iter().find_map(|url| prose::resolve_address(url, base));
            let described = self.party_description(node);
            let title = match &node.tree {
                Tree::Table(_) => self
                    .party_name(node)
                    .or_else(|| described.clone())
                    .or_else(|| prose::address_host(url.as_ref()?))?,
                _ => jsonld::to_plain_text(node)?,
            };
            let is = |name| self.has_type(node, name) && described.is_none();
            let body = [
                "Organization",
                "NewsMediaOrganization",
                "GovernmentOrganization",
                "NGO",
                "PoliticalParty",
                "Corporation",
            ];
            let kind = if is("Person") {
                "person"
            } else if body.into_iter().any(is) {
                "organisation"
            } else {
                "unnamed"
            };
            let roles = ["jobTitle", "affiliation"].into_iter();
            let roles: Vec<String> =
                roles.filter_map(|name| self.property_text(node, name)).collect();
            let note = (!roles.is_empty()).then(|| roles.join(", "));
            Some((Party { kind, title, url, note }, node))
        };
        nodes.iter().filter_map(one).collect()
    }

    /// Returns the name of a person or body: `name`, or `givenName` and `familyName`.
    fn party_name(&self, node: &'a Node) -> Option<String> {
        self.property_text(node, "name").or_else(|| {
            let names = ["givenName", "familyName"].into_iter();
            let names: Vec<String> =
                names.filter_map(|name| self.property_text(node, name)).collect();
            (!names.is_empty()).then(|| names.join(" "))
        })
    }

    /// Returns the description of someone who has no name. A body that has an address is known by that.
    pub(super) fn party_description(&self, node: &'a Node) -> Option<String> {
        let is_named = self.party_name(node).is_some();
        let is_known = self.property(node, "url").is_some() && !self.has_type(node, "Person");
        match is_named || is_known {
            true => None,
            false => self.property_text(node, "description"),
        }
    }
}

impl<'a> Review<'a> {
    /// Reads the parties under a property of an object.
    pub(super) fn read_parties(
        &self,
        node: &'a Node,
        name: &str,
        base: Option<&str>,
    ) -> Vec<(Party, &'a Node)> {
        self.objects.parties(node, name, base)
    }

    pub(super) fn add_party(&mut self, party: &Party, at: &SourcePos) -> String {
        let fields = [
            ("kind", party.kind.into()),
            ("title", party.title.as_str().into()),
            ("url", text_value(party.url.as_deref())),
            ("note", text_value(party.note.as_deref())),
        ];
        self.unit.add_with_proposed_key("source", &party.title, at, &fields)
    }
}
