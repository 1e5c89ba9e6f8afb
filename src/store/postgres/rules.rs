//! The rules by which SQL for SQLite becomes SQL for PostgreSQL. Each takes the nodes of a statement, or of what stands
//! in parentheses in one.

use crate::model::sql_tree::{
    Node, find, nodes_of, nulls_in_order, plain, print, unary_plus, walk,
};

/// Column names that PostgreSQL reserves.
const RESERVED: [&str; 1] = ["symmetric"];

/// Types of columns and casts, and what they are called in PostgreSQL.
const TYPES: [(&str, &str); 3] =
    [("INTEGER", "bigint"), ("REAL", "double precision"), ("BLOB", "bytea")];

/// Rewrites a view, a condition or a statement.
pub(super) fn translate(nodes: &mut Vec<Node>) {
    let done = walk(nodes, &mut |nodes| {
        without_nul(nodes);
        globs(nodes);
        comparisons(nodes);
        names(nodes);
        unary_plus(nodes);
        rows_of_each(nodes);
        nulls_in_order(nodes, |term| is_key(term) || find(term, "NULLS", 0).is_some());
        Ok(())
    });
    debug_assert!(done.is_ok());
}

/// Returns true for a term of an order that is an id or a key, by which an index without a word on NULL sorts.
fn is_key(term: &[Node]) -> bool {
    matches!(term, [_, dot, column, ..] if dot.is(".") && (column.is("id") || column.is("key")))
}

/// The statement that creates an index, in which NULL comes first, as in an order.
pub(super) fn index(nodes: &mut Vec<Node>) {
    let columns = find(nodes, "ON", 0).and_then(|on| nodes.get_mut(on + 2));
    if let Some(Node::Group { nodes, .. }) = columns {
        let first = [Node::new(" ", "NULLS"), Node::new(" ", "FIRST")];
        let ends: Vec<usize> =
            (0..nodes.len()).filter(|at| nodes[*at].is(",")).chain([nodes.len()]).collect();
        for end in ends.into_iter().rev() {
            nodes.splice(end..end, first.clone());
        }
    }
    translate(nodes);
}

/// Takes out `AND instr(x, char(0)) = 0`: PostgreSQL has no text with the character NUL in it.
fn without_nul(nodes: &mut Vec<Node>) {
    let mut at = 0;
    while let Some(instr) = find(nodes, "instr", at) {
        at = instr + 1;
        let of_nul = matches!(nodes.get(instr + 1), Some(Node::Group { nodes, .. }) if find(nodes, "char", 0).is_some());
        if of_nul && instr > 0 && nodes[instr - 1].is("AND") {
            nodes.drain(instr - 1..instr + 4);
            at = instr - 1;
        }
    }
}

/// Turns `x GLOB y` into a call of the function `glob`, and LIKE, which takes A for a in SQLite, into ILIKE.
fn globs(nodes: &mut Vec<Node>) {
    let mut at = 0;
    while let Some(glob) = find(nodes, "GLOB", at) {
        at = glob + 1;
        let Some(pattern) = nodes.get(glob + 1).cloned() else { continue };
        let negated = glob > 0 && nodes[glob - 1].is("NOT");
        let end = glob - usize::from(negated);
        let start = operand_before(nodes, end);
        let value = nodes[start..end].to_vec();
        let inside = [vec![pattern, Node::new("", ",")], value].concat();
        let mut call = Vec::new();
        if negated {
            call.push(Node::new(" ", "NOT"));
        }
        call.extend([Node::new(" ", "glob"), Node::group("", inside)]);
        at = start + call.len();
        nodes.splice(start..glob + 2, call);
    }
    for node in nodes {
        if let Node::Leaf { text, .. } = node
            && text == "LIKE"
        {
            "ILIKE".clone_into(text);
        }
    }
}

/// The position of the operand that ends before `end`: a column, `table.column`, or a call.
fn operand_before(nodes: &[Node], end: usize) -> usize {
    let mut start = end.saturating_sub(1);
    if matches!(nodes[start], Node::Group { .. }) {
        let is_name =
            |text: &str| text == "CAST" || text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        return start - usize::from(start > 0 && is_name(nodes[start - 1].text()));
    }
    while start >= 2 && nodes[start - 1].is(".") {
        start -= 2;
    }
    start
}

/// Turns `x IS NOT y` of two values into `x IS DISTINCT FROM y`, and `x IS y` into its opposite.
fn comparisons(nodes: &mut Vec<Node>) {
    let mut at = 0;
    while let Some(is) = find(nodes, "IS", at) {
        at = is + 1;
        let negated = nodes.get(is + 1).is_some_and(|node| node.is("NOT"));
        let compared = nodes.get(is + 1 + usize::from(negated));
        if compared.is_some_and(|node| ["NULL", "TRUE", "FALSE"].contains(&node.text())) {
            continue;
        }
        let words = if negated { " IS DISTINCT FROM" } else { " IS NOT DISTINCT FROM" };
        nodes.splice(is..is + 1 + usize::from(negated), nodes_of(words));
    }
}

/// Renames types, puts reserved names in quotation marks, and calls `rounded` for `round` to some digits, which keeps
/// zeros at the end in PostgreSQL.
fn names(nodes: &mut [Node]) {
    for at in 1..nodes.len() {
        let rounds_to =
            matches!(&nodes[at], Node::Group { nodes, .. } if find(nodes, ",", 0).is_some());
        if rounds_to && nodes[at - 1].is("round") {
            let Node::Leaf { text, .. } = &mut nodes[at - 1] else { continue };
            "rounded".clone_into(text);
        }
    }
    for node in nodes {
        let Node::Leaf { text, .. } = node else { continue };
        if let Some((_, name)) = TYPES.iter().find(|(word, _)| word == text) {
            (*name).clone_into(text);
        } else if RESERVED.contains(&text.as_str()) {
            *text = format!("\"{text}\"");
        }
    }
}

/// Joins a query that finds the rows of one table for each row of another, `b.id IN (SELECT … UNION ALL …)`:
/// PostgreSQL would ask it for each `b`.
fn rows_of_each(nodes: &mut Vec<Node>) {
    let mut at = 0;
    while let Some(in_at) = find(nodes, "IN", at) {
        at = in_at + 1;
        let is_union = |node: &Node| {
            matches!(node, Node::Group { nodes, .. }
            if nodes.first().is_some_and(|first| first.is("SELECT")) && find(nodes, "UNION", 0).is_some())
        };
        let Some(condition) = nodes[..in_at].iter().rposition(|node| node.is("WHERE")) else {
            continue;
        };
        let is_qualified = in_at > 1 && nodes[in_at - 2].is(".");
        if !nodes.get(in_at + 1).is_some_and(is_union) || !is_qualified {
            continue;
        }
        let listed = nodes[in_at + 1].clone();
        let distinct =
            [nodes_of("SELECT DISTINCT * FROM"), vec![listed], nodes_of(" AS every(id)")];
        nodes.splice(in_at..in_at + 2, nodes_of(" = listed.id"));
        let mut join = nodes_of(" CROSS JOIN LATERAL");
        join.push(Node::group(" ", distinct.concat()));
        join.extend(nodes_of(" AS listed"));
        at += join.len();
        nodes.splice(condition..condition, join);
    }
}

/// The statement that creates a table, and those that create its foreign keys, which wait until the rows are there.
pub(super) fn table(nodes: &mut Vec<Node>) -> (String, Vec<String>) {
    let name = nodes.get(2).map_or("", Node::text).to_owned();
    translate(nodes);
    let Some(Node::Group { nodes: body, .. }) = nodes.get(3) else { return Default::default() };
    let mut links = Vec::new();
    let mut lines = Vec::new();
    for part in body.split(|node| node.is(",")) {
        let mut part = part.to_vec();
        let column = part.first().map_or("", Node::text).to_owned();
        if let Some(at) = find(&part, "REFERENCES", 0) {
            let target = plain(&part[at + 1..at + 3]);
            part.drain(at..at + 3);
            links.push(format!(
                "ALTER TABLE {name} ADD FOREIGN KEY ({column}) REFERENCES {target} DEFERRABLE;\n"
            ));
        }
        if let Some(at) = find(&part, "AUTOINCREMENT", 0) {
            part.splice(at - 2..=at, nodes_of(" GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"));
        }
        // A column that holds anything.
        if part.len() == 1 {
            part.push(Node::new(" ", "text"));
        }
        lines.push(print(&part).trim().to_owned());
    }
    (format!("CREATE TABLE {name} (\n  {}\n);\n", lines.join(",\n  ")), links)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{index, table, translate};
    use crate::model::sql_tree::{parse, print};

    #[test]
    fn each_rule_changes_what_it_names_and_nothing_else() {
        for (sqlite, postgres) in [
            ("x = 1 AND instr(t, char(0)) = 0 AND y", "x = 1 AND y"),
            ("instr(t, '/') = 0", "instr(t, '/') = 0"),
            (
                "n.t GLOB '*a' OR lower(t) NOT GLOB 'b'",
                " glob('*a',n.t) OR NOT glob('b', lower(t))",
            ),
            ("CAST(t AS TEXT) GLOB 'a'", " glob('a',CAST(t AS TEXT))"),
            ("t LIKE 'a%'", "t ILIKE 'a%'"),
            (
                "new.a IS NOT old.a AND b IS c",
                "new.a IS DISTINCT FROM old.a AND b IS NOT DISTINCT FROM c",
            ),
            (
                "a IS NULL AND b IS NOT NULL AND (c) IS TRUE",
                "a IS NULL AND b IS NOT NULL AND (c) IS TRUE",
            ),
            ("CAST(a AS INTEGER), r.symmetric", "CAST(a AS bigint), r.\"symmetric\""),
            ("round(x, 2), round(x)", "rounded(x, 2), round(x)"),
            ("a = +b AND +c > 1 + d AND (e) + 1", "a = b AND c > 1 + d AND (e) + 1"),
            (
                "SELECT a ORDER BY c.id, b, c DESC LIMIT 1",
                "SELECT a ORDER BY c.id, b NULLS FIRST, c DESC NULLS LAST LIMIT 1",
            ),
            ("SELECT a ORDER BY \"b\" ASC NULLS LAST", "SELECT a ORDER BY \"b\" ASC NULLS LAST"),
            (
                "SELECT b.x FROM a CROSS JOIN b WHERE b.id IN (SELECT n FROM m UNION ALL SELECT o FROM p) AND q",
                "SELECT b.x FROM a CROSS JOIN b CROSS JOIN LATERAL (SELECT DISTINCT * FROM (SELECT n FROM m UNION ALL SELECT o FROM p) AS every(id)) AS listed WHERE b.id = listed.id AND q",
            ),
            (
                "SELECT x FROM b WHERE id IN (SELECT n FROM m UNION ALL SELECT o FROM p)",
                "SELECT x FROM b WHERE id IN (SELECT n FROM m UNION ALL SELECT o FROM p)",
            ),
            (
                "SELECT x FROM b WHERE b.id IN (SELECT n FROM m)",
                "SELECT x FROM b WHERE b.id IN (SELECT n FROM m)",
            ),
        ] {
            let mut nodes = parse(sqlite).unwrap();
            translate(&mut nodes);
            let spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(spaces(&print(&nodes)), spaces(postgres), "{sqlite}");
        }
    }

    #[test]
    fn tables_and_indexes_are_those_of_postgresql() {
        let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL REFERENCES u (b) CHECK (a <> ''), n REAL, was, UNIQUE (a, n))";
        let (create, links) = table(&mut parse(sql).unwrap());
        assert_eq!(
            create,
            "CREATE TABLE t (\n  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,\n  a TEXT NOT NULL CHECK (a <> ''),\n  n double precision,\n  was text,\n  UNIQUE (a, n)\n);\n"
        );
        assert_eq!(links, ["ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (b) DEFERRABLE;\n"]);
        let mut nodes = parse("CREATE INDEX i ON t (a, n) WHERE n IS NOT NULL").unwrap();
        index(&mut nodes);
        assert_eq!(
            print(&nodes),
            "CREATE INDEX i ON t (a NULLS FIRST, n NULLS FIRST) WHERE n IS NOT NULL"
        );
    }
}
