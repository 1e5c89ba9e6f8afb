//! The syntax tree that TOML and JSON share; every value has its byte offset.

/// A value and the byte offset at which it begins.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Node {
    pub(in crate::intake) at: usize,
    pub(in crate::intake) tree: Tree,
}

/// A value of TOML or JSON.
#[derive(Clone, Debug)]
pub(in crate::intake) enum Tree {
    Null,
    Bool(bool),
    /// A number as written: no precision is lost before the type of its field is known.
    Number(String),
    Text(String),
    /// A TOML date or time written without quotes.
    Moment(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A name and value of a table, with the byte offset of the name.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Entry {
    pub(in crate::intake) name: String,
    pub(in crate::intake) at: usize,
    pub(in crate::intake) node: Node,
}

impl Tree {
    /// Returns a noun for the value, for messages.
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
    /// Returns the value under a name; `None` where there is none, or the node is not a table.
    pub(in crate::intake) fn get(&self, name: &str) -> Option<&Node> {
        match &self.tree {
            Tree::Table(entries) => entries.iter().find(|e| e.name == name).map(|e| &e.node),
            _ => None,
        }
    }

    /// Returns the items of a list; `null` counts as an empty list, any other value as a list of
    /// one.
    pub(in crate::intake) fn items(&self) -> &[Node] {
        match &self.tree {
            Tree::List(nodes) => nodes,
            Tree::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }
}

/// A problem and the byte offset at which it was found.
pub(in crate::intake) type OffsetProblem = (usize, String);

/// Converts a node back to JSON, for the file of rejected units.
pub(in crate::intake) fn to_json(node: &Node) -> serde_json::Value {
    use serde_json::Value;
    match &node.tree {
        Tree::Null => Value::Null,
        Tree::Bool(flag) => Value::Bool(*flag),
        Tree::Number(text) => {
            text.parse().map_or_else(|_| Value::String(text.clone()), Value::Number)
        }
        Tree::Text(text) | Tree::Moment(text) => Value::String(text.clone()),
        Tree::List(nodes) => nodes.iter().map(to_json).collect(),
        Tree::Table(entries) => {
            let pairs = entries.iter().map(|entry| (entry.name.clone(), to_json(&entry.node)));
            Value::Object(pairs.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Tree};

    #[test]
    fn null_has_no_items_and_a_value_has_one() {
        let node = |tree| Node { at: 0, tree };
        let text = || node(Tree::Text("a".to_owned()));
        assert_eq!(node(Tree::Null).items().len(), 0);
        assert_eq!(text().items().len(), 1);
        assert_eq!(node(Tree::List(vec![text(), text()])).items().len(), 2);
    }
}
