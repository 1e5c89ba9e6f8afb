//! Access to the JSON-LD of web pages: objects by type and `@id`, and values of any shape as text.
//!
//! This is not a JSON-LD processor: contexts are ignored, and property names are expected to be
//! those of schema.org, which is how publishers write them.

use crate::intake::document::tree::{Node, Tree};
use crate::intake::text::prose;
use std::collections::HashMap;

/// An index of the objects of a document by `@id`.
pub(in crate::intake) struct ObjectIndex<'a> {
    ids: HashMap<&'a str, &'a Node>,
}

impl<'a> ObjectIndex<'a> {
    /// Indexes a document. Of several objects with one `@id`, the one with the most properties
    /// wins.
    pub(in crate::intake) fn new(root: &'a Node) -> Self {
        let mut ids: HashMap<&str, &Node> = HashMap::new();
        visit_objects(root, &mut |node| {
            if let Some(id) = node.get("@id").and_then(as_text) {
                let size = |node: &Node| match &node.tree {
                    Tree::Table(entries) => entries.len(),
                    _ => 0,
                };
                let fullest = ids.entry(id).or_insert(node);
                if size(node) > size(fullest) {
                    *fullest = node;
                }
            }
        });
        ObjectIndex { ids }
    }

    /// Returns a property of an object, or of the indexed object with the same `@id`.
    pub(in crate::intake) fn property(&self, node: &'a Node, name: &str) -> Option<&'a Node> {
        let other = || self.ids.get(node.get("@id").and_then(as_text)?)?.get(name);
        let stated = |node: &&Node| !matches!(node.tree, Tree::Null);
        node.get(name).filter(stated).or_else(other).filter(stated)
    }

    /// Returns true when an object is only a reference to another object of the document.
    pub(super) fn is_reference(&self, node: &Node) -> bool {
        let there = node.get("@id").and_then(as_text).and_then(|id| self.ids.get(id));
        is_only_id(node) && there.is_some_and(|other| !std::ptr::eq(*other, node))
    }

    /// Returns true when an object has a type, directly or through its `@id`.
    pub(in crate::intake) fn has_type(&self, node: &'a Node, name: &str) -> bool {
        self.property(node, "@type").is_some_and(|node| names_type(node, name))
    }

    /// Returns a property as plain text; several values are joined by commas.
    pub(in crate::intake) fn property_text(&self, node: &'a Node, name: &str) -> Option<String> {
        to_plain_text(self.property(node, name)?)
    }

    /// Returns the addresses in a property: strings, or objects with a `url`, `@value` or `@id`.
    pub(super) fn property_urls(&self, node: &'a Node, name: &str) -> Vec<String> {
        let one = |node: &Node| match &node.tree {
            Tree::Text(text) => Some(text.clone()),
            Tree::Table(_) => ["url", "@value", "@id"]
                .into_iter()
                .find_map(|name| as_text(node.get(name)?))
                .map(str::to_owned),
            _ => None,
        };
        self.property(node, name)
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(one)
            .collect()
    }
}

/// Returns true when an object itself states a type.
pub(super) fn states_type(node: &Node, name: &str) -> bool {
    node.get("@type").is_some_and(|node| names_type(node, name))
}

fn names_type(node: &Node, name: &str) -> bool {
    let last = |text: &str| text.rsplit(['/', '#', ':']).next() == Some(name);
    node.items().iter().filter_map(as_text).any(last)
}

/// Returns the claims that a document lists beside its reviews, and that no object of it refers to.
pub(super) fn unreviewed_claims(root: &Node) -> Vec<&Node> {
    let listed = root.items().iter().flat_map(|node| match node.get("@graph") {
        Some(graph) => graph.items(),
        None => std::slice::from_ref(node),
    });
    let claims = listed.filter(|node| states_type(node, "Claim"));
    let mut referred: Vec<&str> = Vec::new();
    visit_objects(root, &mut |node| {
        let Tree::Table(entries) = &node.tree else { return };
        let inside = entries.iter().flat_map(|entry| entry.node.items());
        referred.extend(
            inside.filter(|node| is_only_id(node)).filter_map(|node| as_text(node.get("@id")?)),
        );
    });
    let is_alone = |node: &&Node| {
        !is_only_id(node)
            && node.get("@id").and_then(as_text).is_none_or(|id| !referred.contains(&id))
    };
    claims.filter(is_alone).collect()
}

/// Returns true for an object that has nothing but an `@id` and a type.
fn is_only_id(node: &Node) -> bool {
    match &node.tree {
        Tree::Table(entries) => entries.iter().all(|entry| entry.name.starts_with('@')),
        _ => false,
    }
}

/// Calls `visit` for every object of a document, outer objects first.
pub(in crate::intake) fn visit_objects<'a>(node: &'a Node, visit: &mut impl FnMut(&'a Node)) {
    match &node.tree {
        Tree::List(nodes) => nodes.iter().for_each(|node| visit_objects(node, visit)),
        Tree::Table(entries) => {
            visit(node);
            entries.iter().for_each(|entry| visit_objects(&entry.node, visit));
        }
        _ => {}
    }
}

/// Returns the text of a text node.
pub(in crate::intake) fn as_text(node: &Node) -> Option<&str> {
    match &node.tree {
        Tree::Text(text) => Some(text),
        _ => None,
    }
}

/// Returns the number of a number node, or of a text that is a number; a comma counts as decimal
/// point.
pub(in crate::intake) fn as_number(node: &Node) -> Option<f64> {
    match &node.tree {
        Tree::Number(text) | Tree::Text(text) => {
            text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    }
}

/// Converts a value of any shape to plain text: a text, a number, an `@value`, the name of an
/// object, or a list of these. `None` where it is empty.
pub(in crate::intake) fn to_plain_text(node: &Node) -> Option<String> {
    let found = match &node.tree {
        Tree::Text(text) => prose::strip_html(text),
        Tree::Number(text) => text.clone(),
        Tree::Moment(text) => text.clone(),
        Tree::List(nodes) => nodes.iter().filter_map(to_plain_text).collect::<Vec<_>>().join(", "),
        Tree::Table(_) => {
            ["@value", "name"].into_iter().find_map(|name| to_plain_text(node.get(name)?))?
        }
        Tree::Null | Tree::Bool(_) => return None,
    };
    (!found.is_empty()).then_some(found)
}
