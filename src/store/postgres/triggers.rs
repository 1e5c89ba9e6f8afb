//! The triggers of an archive as functions and triggers of PostgreSQL, with the same words.

use super::rules::translate;
use crate::model::sql_tree::{Node, find, nodes_of, print};

/// Tables of SQLite's search index, which PostgreSQL does without.
const SEARCH: &str = "search_dirty";

/// Translates the statement that creates a trigger. `None` for one that only serves the search index of SQLite.
pub(super) fn trigger(nodes: &[Node]) -> Option<String> {
    let name = nodes.get(2)?.text().to_owned();
    let begin = find(nodes, "BEGIN", 0)?;
    let head = &nodes[3..begin];
    let on = find(head, "ON", 0)?;
    let table = head.get(on + 1)?.text();
    let when = find(head, "WHEN", 0);
    let event = print(&head[..on]).replace('\n', " ");
    let mut body = String::new();
    if let Some(when) = when {
        body.push_str(&format!(
            "  IF ({}) IS NOT TRUE THEN RETURN {}; END IF;\n",
            written(&head[when + 1..]),
            given_back(head)
        ));
    }
    let mut statements = 0;
    let rest = &nodes[begin + 1..nodes.len() - 1];
    for statement in rest.split(|node| node.is(";")) {
        if statement.is_empty() || statement.iter().any(|node| node.is(SEARCH)) {
            continue;
        }
        statements += 1;
        body.push_str(&self::statement(statement));
    }
    if statements == 0 {
        return None;
    }
    body.push_str(&format!("  RETURN {};\n", given_back(head)));
    Some(format!(
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $rule$\n\
         BEGIN\n{body}END\n$rule$;\n\
         CREATE TRIGGER {name} {} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();\n",
        event.trim()
    ))
}

/// The row that a trigger gives back, with which the statement goes on.
fn given_back(head: &[Node]) -> &'static str {
    match () {
        () if head.first().is_some_and(|node| node.is("AFTER")) => "NULL",
        () if head.get(1).is_some_and(|node| node.is("DELETE")) => "OLD",
        () => "NEW",
    }
}

/// One statement of a trigger.
fn statement(nodes: &[Node]) -> String {
    if let [select, raise, Node::Group { nodes: raised, .. }, condition @ ..] = nodes
        && select.is("SELECT")
        && raise.is("RAISE")
    {
        let words = print(&raised[2..]);
        let refuse = format!("RAISE EXCEPTION USING MESSAGE = {}", words.trim());
        return match condition.split_first() {
            Some((_, condition)) => {
                format!("  IF {} THEN\n    {refuse};\n  END IF;\n", written(condition))
            }
            None => format!("  {refuse};\n"),
        };
    }
    let mut text = written(nodes);
    let is_insert = nodes.first().is_some_and(|node| node.is("INSERT"));
    // Two who write at once may note the same row.
    if is_insert && !nodes.iter().any(|node| node.is("revisions")) {
        text.push_str("\n  ON CONFLICT DO NOTHING");
    }
    format!("  {text};\n")
}

/// The text of a condition or statement, translated.
fn written(nodes: &[Node]) -> String {
    let mut nodes = nodes.to_vec();
    editors(&mut nodes);
    revised(&mut nodes);
    translate(&mut nodes);
    print(&nodes).trim().to_owned()
}

/// Names whoever is logged in as the editor, unless the archive names another.
fn editors(nodes: &mut Vec<Node>) {
    let asked = nodes_of("SELECT editor FROM archive");
    let is_asked = |node: &Node| matches!(node, Node::Group { nodes, .. } if print(nodes).trim() == print(&asked).trim());
    for at in (0..nodes.len()).rev() {
        if is_asked(&nodes[at]) {
            let asked = nodes[at].clone();
            nodes[at] = Node::group("", [vec![asked], nodes_of(", session_user")].concat());
            nodes.insert(at, Node::new(" ", "coalesce"));
        }
    }
}

/// Casts to text the former value of each column, `old.x` beside the name of the column, in a row for `revisions`.
fn revised(nodes: &mut [Node]) {
    if !nodes.iter().any(|node| node.is("revisions")) {
        return;
    }
    as_text(nodes);
    for node in nodes {
        if let Node::Group { nodes, .. } = node
            && nodes.first().is_some_and(|first| first.is("SELECT"))
            && find(nodes, "was", 0).is_some()
        {
            as_text(nodes);
        }
    }
}

/// Casts the column in `'name', old.name`, and in `'name' AS col, old.name`.
fn as_text(nodes: &mut [Node]) {
    let is_name = |node: &Node| node.text().starts_with('\'');
    for at in 2..nodes.len().saturating_sub(2) {
        let named =
            is_name(&nodes[at - 2]) || at > 3 && nodes[at - 3].is("AS") && is_name(&nodes[at - 4]);
        let is_value = nodes[at].is("old") && nodes[at + 1].is(".");
        if nodes[at - 1].is(",") && named && is_value {
            let Node::Leaf { text, .. } = &mut nodes[at + 2] else { continue };
            text.push_str("::text");
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::trigger;
    use crate::model::sql_tree::parse;

    fn translated(sql: &str) -> Option<String> {
        trigger(&parse(sql).unwrap())
    }

    #[test]
    fn a_trigger_becomes_a_function_with_the_same_words() {
        let noted = translated(
            "CREATE TRIGGER t AFTER UPDATE OF a ON x WHEN new.a IS NOT old.a BEGIN
               INSERT INTO dates (edtf) SELECT new.a;
               INSERT INTO search_dirty (id) SELECT new.id;
               INSERT INTO revisions (by, column_name, was) SELECT (SELECT editor FROM archive), 'a', old.a;
             END",
        );
        let noted = noted.unwrap();
        assert!(
            noted.contains(
                "IF (new.a IS DISTINCT FROM old.a) IS NOT TRUE THEN RETURN NULL; END IF;"
            ),
            "{noted}"
        );
        // Only what two may note at once is passed over.
        assert!(noted.contains("SELECT new.a\n  ON CONFLICT DO NOTHING;"), "{noted}");
        assert_eq!(noted.matches("ON CONFLICT").count(), 1, "{noted}");
        assert!(
            noted.contains(
                "coalesce((SELECT editor FROM archive), session_user), 'a', old.a::text;"
            ),
            "{noted}"
        );
        assert!(!noted.contains("search_dirty"), "{noted}");
        assert!(
            noted.ends_with(
                "CREATE TRIGGER t AFTER UPDATE OF a ON x FOR EACH ROW EXECUTE FUNCTION t();\n"
            ),
            "{noted}"
        );
        let guard = "CREATE TRIGGER g BEFORE DELETE ON x BEGIN SELECT RAISE(ABORT, 'x: it''s kept') WHERE old.a = 1; END";
        let guard = translated(guard).unwrap();
        assert!(
            guard.contains(
                "IF old.a = 1 THEN\n    RAISE EXCEPTION USING MESSAGE = 'x: it''s kept';"
            ),
            "{guard}"
        );
        assert!(guard.contains("RETURN OLD;"), "{guard}");
        let guard = "CREATE TRIGGER g BEFORE INSERT ON x BEGIN SELECT RAISE(ABORT, 'no'); END";
        assert!(translated(guard).unwrap().contains("RETURN NEW;"));
        let search = "CREATE TRIGGER s AFTER INSERT ON x BEGIN INSERT INTO search_dirty (id) SELECT new.id; END";
        assert_eq!(translated(search), None);
    }
}
