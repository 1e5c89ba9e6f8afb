//! A document as a tree whose every value knows where it stands.

/// A value and the byte offset at which it begins.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Node {
    pub(in crate::intake) at: usize,
    pub(in crate::intake) tree: Tree,
}

/// What TOML and JSON can say.
#[derive(Clone, Debug)]
pub(in crate::intake) enum Tree {
    Null,
    Bool(bool),
    /// A number as written, so that nothing is lost before its field is known.
    Number(String),
    Text(String),
    /// A TOML date or time written without quotes.
    Moment(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A name and a value of a table, and where the name stands.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Entry {
    pub(in crate::intake) name: String,
    pub(in crate::intake) at: usize,
    pub(in crate::intake) node: Node,
}

impl Tree {
    /// What it is, for messages.
    pub(in crate::intake) fn noun(&self) -> &'static str {
        match self {
            Tree::Null => "null",
            Tree::Bool(_) => "true or false",
            Tree::Number(_) => "a number",
            Tree::Text(_) => "text",
            Tree::Moment(_) => "a date or time",
            Tree::List(_) => "a list",
            Tree::Table(_) => "a table",
        }
    }
}

impl Node {
    /// What a table has under a name; nothing where it has none or is no table.
    pub(in crate::intake) fn get(&self, name: &str) -> Option<&Node> {
        match &self.tree {
            Tree::Table(entries) => entries.iter().find(|e| e.name == name).map(|e| &e.node),
            _ => None,
        }
    }

    /// What a list holds; anything else is a list of itself, `null` one of nothing.
    pub(in crate::intake) fn each(&self) -> &[Node] {
        match &self.tree {
            Tree::List(nodes) => nodes,
            Tree::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }
}

/// A problem and the byte offset at which it was found.
pub(in crate::intake) type Found = (usize, String);

/// The value as JSON, to be written back as it stood.
pub(in crate::intake) fn json(node: &Node) -> serde_json::Value {
    use serde_json::Value;
    match &node.tree {
        Tree::Null => Value::Null,
        Tree::Bool(flag) => Value::Bool(*flag),
        Tree::Number(text) => {
            text.parse().map_or_else(|_| Value::String(text.clone()), Value::Number)
        }
        Tree::Text(text) | Tree::Moment(text) => Value::String(text.clone()),
        Tree::List(nodes) => nodes.iter().map(json).collect(),
        Tree::Table(entries) => {
            let pairs = entries.iter().map(|entry| (entry.name.clone(), json(&entry.node)));
            Value::Object(pairs.collect())
        }
    }
}
