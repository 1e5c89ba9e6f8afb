//! JSON-LD as pages carry it: objects by type, by `@id`, and values of many shapes as text.
//!
//! This is no JSON-LD processor: contexts are not read, and names are taken as schema.org has
//! them, which is how publishers write them.

use crate::intake::document::tree::{Node, Tree};
use crate::intake::text::prose;
use std::collections::HashMap;

/// A document and what its objects are called.
pub(in crate::intake) struct Graph<'a> {
    ids: HashMap<&'a str, &'a Node>,
}

impl<'a> Graph<'a> {
    pub(in crate::intake) fn new(root: &'a Node) -> Self {
        let mut ids: HashMap<&str, &Node> = HashMap::new();
        walk(root, &mut |node| {
            if let Some(id) = node.get("@id").and_then(text) {
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
        Graph { ids }
    }

    /// What an object has under a name, or what the object with the same `@id` has.
    pub(in crate::intake) fn get(&self, node: &'a Node, name: &str) -> Option<&'a Node> {
        let other = || self.ids.get(node.get("@id").and_then(text)?)?.get(name);
        let stated = |node: &&Node| !matches!(node.tree, Tree::Null);
        node.get(name).filter(stated).or_else(other).filter(stated)
    }

    /// Whether an object only points to another one of the document.
    pub(super) fn points(&self, node: &Node) -> bool {
        let Tree::Table(entries) = &node.tree else { return false };
        let bare = entries.iter().all(|entry| entry.name.starts_with('@'));
        let there = node.get("@id").and_then(text).and_then(|id| self.ids.get(id));
        bare && there.is_some_and(|other| !std::ptr::eq(*other, node))
    }

    /// Whether an object is of a type.
    pub(in crate::intake) fn is(&self, node: &'a Node, name: &str) -> bool {
        self.get(node, "@type").is_some_and(|node| names_type(node, name))
    }

    /// The text under a name: clean, several joined.
    pub(in crate::intake) fn words(&self, node: &'a Node, name: &str) -> Option<String> {
        words(self.get(node, name)?)
    }

    /// The addresses under a name: strings, or objects with an `@id` or a `url`.
    pub(super) fn urls(&self, node: &'a Node, name: &str) -> Vec<String> {
        let one = |node: &Node| match &node.tree {
            Tree::Text(text) => Some(text.clone()),
            Tree::Table(_) => ["url", "@value", "@id"]
                .into_iter()
                .find_map(|name| text(node.get(name)?))
                .map(str::to_owned),
            _ => None,
        };
        self.get(node, name).map(Node::each).unwrap_or_default().iter().filter_map(one).collect()
    }
}

/// Whether an object says that it is of a type, without a look at others.
pub(super) fn typed(node: &Node, name: &str) -> bool {
    node.get("@type").is_some_and(|node| names_type(node, name))
}

fn names_type(node: &Node, name: &str) -> bool {
    let last = |text: &str| text.rsplit(['/', '#', ':']).next() == Some(name);
    node.each().iter().filter_map(text).any(last)
}

/// Visits every object of a document, outer ones first.
pub(in crate::intake) fn walk<'a>(node: &'a Node, visit: &mut impl FnMut(&'a Node)) {
    match &node.tree {
        Tree::List(nodes) => nodes.iter().for_each(|node| walk(node, visit)),
        Tree::Table(entries) => {
            visit(node);
            entries.iter().for_each(|entry| walk(&entry.node, visit));
        }
        _ => {}
    }
}

/// The text of a text.
pub(in crate::intake) fn text(node: &Node) -> Option<&str> {
    match &node.tree {
        Tree::Text(text) => Some(text),
        _ => None,
    }
}

/// The number of a number, or of a text that holds one.
pub(in crate::intake) fn number(node: &Node) -> Option<f64> {
    match &node.tree {
        Tree::Number(text) | Tree::Text(text) => {
            text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    }
}

/// What is written, in any shape: text, a number, `@value`, an object's name, a list of these.
pub(in crate::intake) fn words(node: &Node) -> Option<String> {
    let found = match &node.tree {
        Tree::Text(text) => prose::plain(text),
        Tree::Number(text) => text.clone(),
        Tree::Moment(text) => text.clone(),
        Tree::List(nodes) => nodes.iter().filter_map(words).collect::<Vec<_>>().join(", "),
        Tree::Table(_) => ["@value", "name"].into_iter().find_map(|name| words(node.get(name)?))?,
        Tree::Null | Tree::Bool(_) => return None,
    };
    (!found.is_empty()).then_some(found)
}
