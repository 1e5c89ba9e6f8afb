//! The source chain of a claim as a drawing, from the origins on the left to the sources that
//! repeat them.

use super::components::{Links, shown_text, truncate};
use crate::model::publication::{Claim, Snapshot};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The width and height of a box in pixels.
const BOX_SIZE: (usize, usize) = (162, 62);
/// The distance between two boxes in pixels, across and down.
const BOX_PITCH: (usize, usize) = (188, 74);
/// The number of characters that fit in a line of a box.
const MAX_LINE_CHARS: usize = 20;

/// A source in the drawing.
struct Node {
    key: String,
    how: Vec<String>,
    level: usize,
    row: usize,
}

/// Renders the drawing; nothing for a claim that nobody states, or in a single document that draws on
/// no other source.
pub(super) fn render_chain(snapshot: &Snapshot, links: Links, claim: &Claim) -> Markup {
    let (mut nodes, edges) = build_nodes(claim);
    let documents: BTreeSet<&str> =
        claim.mentions.iter().map(|mention| mention.source.as_str()).collect();
    if nodes.is_empty() || documents.len() < 2 && claim.graph.edges.is_empty() {
        return html! {};
    }
    let mut filled: Vec<usize> = Vec::new();
    for node in &mut nodes {
        filled.resize(filled.len().max(node.level + 1), 0);
        node.row = filled[node.level];
        filled[node.level] += 1;
    }
    let rows = filled.iter().copied().max().unwrap_or(1);
    let (width, height) =
        (filled.len() * BOX_PITCH.0 - (BOX_PITCH.0 - BOX_SIZE.0) + 2, rows * BOX_PITCH.1 + 2);
    let at = |node: &Node| (node.level * BOX_PITCH.0 + 1, node.row * BOX_PITCH.1 + 1);
    html! {
        div class="scroll" role="group" tabindex="0" aria-label="Source chain" {
            svg class="chain" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="group" aria-label="From the origins on the left" {
                @for (from, to) in &edges {
                    @let (a, b) = (at(&nodes[*from]), at(&nodes[*to]));
                    @let (x1, y1, x2, y2) = (a.0 + BOX_SIZE.0, a.1 + BOX_SIZE.1 / 2, b.0, b.1 + BOX_SIZE.1 / 2);
                    path class="edge" d=(format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1 + 13, x2.saturating_sub(13))) {}
                }
                @for node in &nodes {
                    @let (x, y) = at(node);
                    @let unnamed = claim.graph.unnamed.contains(&node.key);
                    a href=(links.to("source", &node.key)) {
                        title { (shown_text(snapshot.source_title(&node.key))) }
                        rect class=(if node.how.is_empty() { "origin" } else { "node" }) x=(x) y=(y) width=(BOX_SIZE.0) height=(BOX_SIZE.1) {}
                        @for (n, line) in wrap_title(snapshot.source_title(&node.key)).iter().enumerate() {
                            text x=(x + 8) y=(y + 18 + n * 16) { (line) }
                        }
                        text class="how" x=(x + 8) y=(y + 53) {
                            @if node.how.is_empty() { @if unnamed { "origin, unnamed" } @else { "origin" } }
                            @else { (truncate(&node.how.join(", "), MAX_LINE_CHARS + 3)) }
                        }
                    }
                }
            }
        }
    }
}

/// Builds the nodes and edges. A source that is reached on several paths is one node, at the depth
/// of the longest path.
fn build_nodes(claim: &Claim) -> (Vec<Node>, Vec<(usize, usize)>) {
    let mut nodes: Vec<Node> = Vec::new();
    let mut edges: Vec<(usize, usize)> = Vec::new();
    let mut path: Vec<usize> = Vec::new();
    for step in claim.graph.draw() {
        let here = match nodes.iter().position(|node| node.key == step.source) {
            Some(known) => known,
            None => {
                nodes.push(Node { key: step.source, how: Vec::new(), level: 0, row: 0 });
                nodes.len() - 1
            }
        };
        nodes[here].level = nodes[here].level.max(step.depth);
        if !step.how.is_empty() && !nodes[here].how.contains(&step.how) {
            nodes[here].how.push(step.how);
        }
        path.truncate(step.depth);
        if let Some(above) = path.last().filter(|above| **above != here)
            && !edges.contains(&(*above, here))
        {
            edges.push((*above, here));
        }
        path.push(here);
    }
    (nodes, edges)
}

/// Wraps a title in two lines, between words if possible.
fn wrap_title(title: &str) -> Vec<String> {
    let title = shown_text(title);
    if title.chars().count() <= MAX_LINE_CHARS {
        return vec![title.into_owned()];
    }
    let first: String = title.chars().take(MAX_LINE_CHARS + 1).collect();
    let at = first.rfind(char::is_whitespace).filter(|at| *at > 0);
    let at = at.unwrap_or_else(|| {
        title.char_indices().nth(MAX_LINE_CHARS).map_or(title.len(), |(at, _)| at)
    });
    let (first, rest) = title.split_at(at);
    vec![first.trim_end().to_owned(), truncate(rest.trim_start(), MAX_LINE_CHARS)]
}

#[cfg(test)]
mod tests {
    use super::wrap_title;

    #[test]
    fn wraps_titles() {
        assert_eq!(wrap_title("Short"), ["Short"]);
        assert_eq!(
            wrap_title("Wire story on fighting in Ghazni"),
            ["Wire story on", "fighting in Ghazni"]
        );
        assert_eq!(wrap_title(&"x".repeat(50)), ["x".repeat(20), format!("{}…", "x".repeat(19))]);
        assert_eq!(wrap_title(" leading blanks of a long title").len(), 2);
    }
}
