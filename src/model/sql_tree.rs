//! SQL as a tree: tokens, and what stands in parentheses. White space is kept, so that a report stays readable;
//! comments go, as they tell of SQLite.

/// A token, or a list of nodes in parentheses, with the white space before it.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A token.
    Leaf {
        /// The white space before it.
        before: String,
        /// The token.
        text: String,
    },
    /// A list of nodes in parentheses.
    Group {
        /// The white space before them.
        before: String,
        /// The nodes in them.
        nodes: Vec<Node>,
        /// The white space before the closing one.
        end: String,
    },
}

impl Node {
    /// A token after this white space.
    pub fn new(before: &str, text: &str) -> Node {
        Node::Leaf { before: before.to_owned(), text: text.to_owned() }
    }

    /// A list of nodes in parentheses, after this white space.
    pub fn group(before: &str, nodes: Vec<Node>) -> Node {
        Node::Group { before: before.to_owned(), nodes, end: String::new() }
    }

    /// Returns true for this token.
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Node::Leaf { text, .. } if text == word)
    }

    /// The token, or the opening parenthesis.
    pub fn text(&self) -> &str {
        match self {
            Node::Leaf { text, .. } => text,
            Node::Group { .. } => "(",
        }
    }

    /// The white space before it.
    pub fn before_mut(&mut self) -> &mut String {
        match self {
            Node::Leaf { before, .. } | Node::Group { before, .. } => before,
        }
    }
}

/// Reads SQL.
///
/// # Errors
/// Says which parenthesis has no other.
pub fn parse(sql: &str) -> Result<Vec<Node>, String> {
    let mut rest = sql;
    let mut open: Vec<(String, Vec<Node>)> = vec![(String::new(), Vec::new())];
    loop {
        let (before, from) = space(rest);
        rest = from;
        if rest.is_empty() {
            break;
        }
        let length = token(rest);
        let (text, after) = rest.split_at(length);
        rest = after;
        match text {
            "(" => open.push((before, Vec::new())),
            ")" => {
                let (outer, nodes) = open.pop().ok_or("a parenthesis too many")?;
                let (_, around) = open.last_mut().ok_or("a parenthesis too many")?;
                around.push(Node::Group { before: outer, nodes, end: before });
            }
            text => {
                if let Some((_, nodes)) = open.last_mut() {
                    nodes.push(Node::new(&before, text));
                }
            }
        }
    }
    match open.len() {
        1 => Ok(open.pop().map(|(_, nodes)| nodes).unwrap_or_default()),
        _ => Err("a parenthesis is not closed".to_owned()),
    }
}

/// Takes white space and comments off the beginning. Comments are left out: they tell of SQLite.
fn space(text: &str) -> (String, &str) {
    let mut rest = text;
    let mut space = String::new();
    loop {
        let trimmed = rest.trim_start();
        space.push_str(&rest[..rest.len() - trimmed.len()]);
        let Some(comment) = trimmed.strip_prefix("--") else {
            let last = space.rfind('\n').unwrap_or(0);
            return (if space.contains('\n') { space[last..].to_owned() } else { space }, trimmed);
        };
        rest = comment.find('\n').map_or("", |end| &comment[end..]);
    }
}

/// The length of the first token.
fn token(text: &str) -> usize {
    let first = text.chars().next().unwrap_or(' ');
    if first == '\'' || first == '"' {
        // A doubled quotation mark is two tokens, which print as one.
        return text[1..].find(first).map_or(text.len(), |end| end + 2);
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    if is_word(first) {
        let is_part = |c: char| is_word(c) || first.is_ascii_digit() && c == '.';
        return text.find(|c| !is_part(c)).unwrap_or(text.len());
    }
    ["||", "<>", "<=", ">=", "->"]
        .iter()
        .find(|sign| text.starts_with(**sign))
        .map_or(first.len_utf8(), |s| s.len())
}

/// The text of nodes.
pub fn print(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Leaf { before, text } => {
                out.push_str(before);
                out.push_str(text);
            }
            Node::Group { before, nodes, end } => {
                out.push_str(before);
                out.push('(');
                out.push_str(print(nodes).trim_start());
                out.push_str(end);
                out.push(')');
            }
        }
    }
    out
}

/// The text of nodes with single spaces, to compare them by.
pub fn plain(nodes: &[Node]) -> String {
    print(nodes).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Nodes of a text of this program.
pub fn nodes_of(sql: &str) -> Vec<Node> {
    parse(sql).unwrap_or_default()
}

/// Applies `rule` to every list of nodes, the innermost first.
///
/// # Errors
/// As `rule`.
pub fn walk(
    nodes: &mut Vec<Node>,
    rule: &mut dyn FnMut(&mut Vec<Node>) -> Result<(), String>,
) -> Result<(), String> {
    for node in nodes.iter_mut() {
        if let Node::Group { nodes, .. } = node {
            walk(nodes, rule)?;
        }
    }
    rule(nodes)
}

/// The position of a word after `from`.
pub fn find(nodes: &[Node], word: &str, from: usize) -> Option<usize> {
    nodes.iter().skip(from).position(|node| node.is(word)).map(|at| at + from)
}

/// The parts of a list, divided at its commas.
pub fn divided(nodes: &[Node]) -> Vec<&[Node]> {
    nodes.split(|node| node.is(",")).collect()
}

/// Says where NULL comes in an order: first in SQLite, and last where the order falls. A term that `is_stated` takes
/// for one without NULL stays as it is.
pub fn nulls_in_order(nodes: &mut Vec<Node>, is_stated: impl Fn(&[Node]) -> bool) {
    let mut at = 0;
    while let Some(order) = find(nodes, "ORDER", at) {
        at = order + 2;
        let end = find(nodes, "LIMIT", at).unwrap_or(nodes.len());
        let mut ends: Vec<usize> = (at..end).filter(|n| nodes[*n].is(",")).collect();
        ends.push(end);
        let begins: Vec<usize> =
            std::iter::once(at).chain(ends.iter().map(|end| end + 1)).collect();
        for (begin, end) in begins.into_iter().zip(ends).rev() {
            if is_stated(&nodes[begin..end]) {
                continue;
            }
            let falls = nodes.get(end - 1).is_some_and(|node| node.is("DESC"));
            let word = if falls { "LAST" } else { "FIRST" };
            nodes.splice(end..end, [Node::new(" ", "NULLS"), Node::new(" ", word)]);
        }
    }
}

/// Takes out the sign before a column that keeps SQLite from using an index, and that other engines refuse of a text.
pub fn unary_plus(nodes: &mut Vec<Node>) {
    for at in (0..nodes.len()).rev() {
        let is_operand = match at.checked_sub(1).map(|before| &nodes[before]) {
            Some(Node::Group { .. }) => true,
            Some(Node::Leaf { text, .. }) => {
                !text.chars().all(|c| c.is_ascii_uppercase() || "=<>,|".contains(c))
            }
            None => false,
        };
        if nodes[at].is("+") && !is_operand {
            let before = std::mem::take(nodes[at].before_mut());
            nodes.remove(at);
            if let Some(next) = nodes.get_mut(at) {
                *next.before_mut() = before;
            }
        }
    }
}
