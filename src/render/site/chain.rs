//! Through whom a claim came, drawn from its origins on the left to those who took it over.

use super::components::{Links, cut, shown};
use crate::model::publication::{Claim, Snapshot};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Sizes of the drawing in its own units, which are pixels.
const BOX: (usize, usize) = (162, 62);
const STEP: (usize, usize) = (188, 74);
/// Characters that fit a line of a box.
const FIT: usize = 20;

struct Node {
    key: String,
    how: Vec<String>,
    level: usize,
    row: usize,
}

/// The drawing; nothing where a claim has a single document, of which the words say it all.
pub(super) fn chain(book: &Snapshot, links: Links, claim: &Claim) -> Markup {
    let (mut nodes, edges) = drawn(claim);
    let documents: BTreeSet<&str> =
        claim.mentions.iter().map(|said| said.source.as_str()).collect();
    if documents.len() < 2 && claim.graph.edges.is_empty() {
        return html! {};
    }
    let mut filled: Vec<usize> = Vec::new();
    for node in &mut nodes {
        filled.resize(filled.len().max(node.level + 1), 0);
        node.row = filled[node.level];
        filled[node.level] += 1;
    }
    let rows = filled.iter().copied().max().unwrap_or(1);
    let (width, height) = (filled.len() * STEP.0 - (STEP.0 - BOX.0) + 2, rows * STEP.1 + 2);
    let at = |node: &Node| (node.level * STEP.0 + 1, node.row * STEP.1 + 1);
    html! {
        div class="scroll" role="group" tabindex="0" aria-label="Through whom it came, drawn" {
            svg class="chain" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="group" aria-label="From the origins on the left" {
                @for (from, to) in &edges {
                    @let (a, b) = (at(&nodes[*from]), at(&nodes[*to]));
                    @let (x1, y1, x2, y2) = (a.0 + BOX.0, a.1 + BOX.1 / 2, b.0, b.1 + BOX.1 / 2);
                    path class="edge" d=(format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1 + 13, x2.saturating_sub(13))) {}
                }
                @for node in &nodes {
                    @let (x, y) = at(node);
                    @let unnamed = claim.graph.unnamed.contains(&node.key);
                    a href=(links.to("source", &node.key)) {
                        title { (shown(book.source_title(&node.key))) }
                        rect class=(if node.how.is_empty() { "origin" } else { "node" }) x=(x) y=(y) width=(BOX.0) height=(BOX.1) rx="6" {}
                        @for (n, line) in two_lines(book.source_title(&node.key)).iter().enumerate() {
                            text x=(x + 8) y=(y + 18 + n * 16) { (line) }
                        }
                        text class="how" x=(x + 8) y=(y + 53) {
                            @if node.how.is_empty() { @if unnamed { "origin, unnamed" } @else { "origin" } }
                            @else { (cut(&node.how.join(", "), FIT + 3)) }
                        }
                    }
                }
            }
        }
    }
}

/// Boxes and arrows out of the lines of the drawing: a source that comes by it in two ways is one
/// box, as far right as its longest way.
fn drawn(claim: &Claim) -> (Vec<Node>, Vec<(usize, usize)>) {
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

/// A title over two lines at most, broken between words where that can be.
fn two_lines(title: &str) -> Vec<String> {
    let title = shown(title);
    if title.chars().count() <= FIT {
        return vec![title.into_owned()];
    }
    let first: String = title.chars().take(FIT + 1).collect();
    let at = first.rfind(char::is_whitespace).filter(|at| *at > 0);
    let at = at.unwrap_or_else(|| title.char_indices().nth(FIT).map_or(title.len(), |(at, _)| at));
    let (first, rest) = title.split_at(at);
    vec![first.trim_end().to_owned(), cut(rest.trim_start(), FIT)]
}

#[cfg(test)]
mod tests {
    use super::two_lines;

    #[test]
    fn breaks_titles() {
        assert_eq!(two_lines("Short"), ["Short"]);
        assert_eq!(
            two_lines("Wire story on fighting in Ghazni"),
            ["Wire story on", "fighting in Ghazni"]
        );
        assert_eq!(two_lines(&"x".repeat(50)), ["x".repeat(20), format!("{}…", "x".repeat(19))]);
        assert_eq!(two_lines(" leading blanks of a long title").len(), 2);
    }
}
