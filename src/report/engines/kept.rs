//! The parts of reports that SQLite works out and a lake keeps.

use crate::model::LakeType;
use crate::model::sql_tree::{Node, find, nodes_of, parse, plain, print, walk};

/// A part of a report that SQLite works out and a lake keeps, since engines cannot.
#[derive(Clone, Copy, Debug)]
pub struct KeptPart {
    /// The table of the lake.
    pub table: &'static str,
    /// The report, as its file is called.
    pub report: &'static str,
    /// The text with which the part begins there: a query in parentheses, or an expression as a whole.
    begins: &'static str,
    /// The table, with its alias and the key, for each row of which it is asked; `None` for a query by itself.
    of: Option<(&'static str, &'static str)>,
    /// Its columns.
    pub columns: &'static [(&'static str, LakeType)],
}

/// The parts that a lake keeps.
pub const KEPT_PARTS: &[KeptPart] = &[
    // The neighbours of a figure in time, up to the thirty-first.
    KeptPart {
        table: "figures_not_compared",
        report: "figure_conflicts",
        begins: "SELECT f.figure_id, f.measure_id, CASE",
        of: None,
        columns: &[
            ("figure_id", LakeType::Integer),
            ("measure_id", LakeType::Integer),
            ("why", LakeType::Text),
        ],
    },
    // A number in words, which every engine writes in its own way.
    KeptPart {
        table: "figure_numbers",
        report: "forecasts",
        begins: "coalesce(CAST(f.value AS TEXT), f.low || '-' || f.high, CAST(f.low AS TEXT), CAST(f.high AS TEXT), '')",
        of: Some(("figures AS f", "id")),
        columns: &[("id", LakeType::Integer), ("answer", LakeType::Text)],
    },
    // What other tools changed, by the last operation that began before.
    KeptPart {
        table: "outside_changes",
        report: "operations",
        begins: "SELECT coalesce((SELECT max(o.id) FROM operations AS o",
        of: None,
        columns: &[
            ("place", LakeType::Integer),
            ("at", LakeType::Text),
            ("until", LakeType::Text),
            ("changed", LakeType::Integer),
            ("removed", LakeType::Integer),
        ],
    },
    // The figure before each in time.
    KeptPart {
        table: "figure_predecessors",
        report: "figure_timeline",
        begins: "SELECT q.figure_id FROM kept_figures AS q",
        of: Some(("comparable_figures AS f", "figure_id")),
        columns: &[("figure_id", LakeType::Integer), ("answer", LakeType::Integer)],
    },
];

/// Returns the query that gives the rows of a kept part, from the text of its report.
///
/// # Errors
/// Fails if the report has no such part.
pub fn kept_query(part: &KeptPart, sql: &str) -> Result<String, String> {
    let nodes = parse(sql)?;
    let found = find_kept(&nodes, part).ok_or_else(|| missing(part))?;
    Ok(match part.of {
        None => print(&found).trim().to_owned(),
        Some((table, key)) => {
            let alias = table.rsplit(' ').next().unwrap_or(table);
            let answer = print(&found);
            let answer = answer.trim();
            format!("SELECT {alias}.{key}, ({answer}) AS answer FROM {table}")
        }
    })
}

fn missing(part: &KeptPart) -> String {
    format!("the report {} has no part that begins with {:?}", part.report, part.begins)
}

/// The nodes of a kept part in a report.
fn find_kept(nodes: &[Node], part: &KeptPart) -> Option<Vec<Node>> {
    if plain(nodes).starts_with(part.begins) && part.begins.starts_with("SELECT") {
        return Some(nodes.to_vec());
    }
    let wanted = nodes_of(part.begins);
    if let Some(at) = position_of(nodes, &wanted) {
        return Some(nodes[at..at + wanted.len()].to_vec());
    }
    nodes.iter().find_map(|node| match node {
        Node::Group { nodes, .. } => find_kept(nodes, part),
        Node::Leaf { .. } => None,
    })
}

/// The position at which these nodes stand in others, white space apart.
fn position_of(nodes: &[Node], wanted: &[Node]) -> Option<usize> {
    if wanted.first().is_none_or(|first| first.is("SELECT")) {
        return None;
    }
    let text = plain(wanted);
    nodes.windows(wanted.len()).position(|window| plain(window) == text)
}

/// Puts the table of a kept part in its place.
pub(super) fn replace_kept(nodes: &mut Vec<Node>, part: &KeptPart) -> Result<(), String> {
    let mut replaced = false;
    let wanted = nodes_of(part.begins);
    walk(nodes, &mut |nodes| {
        let asks = |node: &Node| matches!(node, Node::Group { nodes, .. } if plain(nodes).starts_with(part.begins));
        if let Some(at) = nodes.iter().position(asks)
            && part.begins.starts_with("SELECT")
        {
            replaced = true;
            let Some(join) = kept_join(part) else {
                nodes[at] = Node::group(" ", nodes_of(&format!("SELECT * FROM {}", part.table)));
                return Ok(());
            };
            nodes.splice(at..=at, nodes_of(" kept.answer"));
            // The join stands before the one that asks for it.
            let asks = nodes[..at].iter().rposition(|node| node.is("LEFT")).unwrap_or(at);
            nodes.splice(asks..asks, join);
        } else if let Some(at) = position_of(nodes, &wanted) {
            replaced = true;
            nodes.splice(at..at + wanted.len(), nodes_of(" kept.answer"));
            let end = find(nodes, "WHERE", at).unwrap_or(nodes.len());
            nodes.splice(end..end, kept_join(part).unwrap_or_default());
        }
        Ok(())
    })?;
    if replaced { Ok(()) } else { Err(missing(part)) }
}

/// The join that brings the answer of a kept part to each row of its table.
fn kept_join(part: &KeptPart) -> Option<Vec<Node>> {
    let (table, key) = part.of?;
    let alias = table.rsplit(' ').next().unwrap_or(table);
    let kept = part.table;
    Some(nodes_of(&format!("\nLEFT JOIN {kept} AS kept ON kept.{key} = {alias}.{key}\n")))
}
