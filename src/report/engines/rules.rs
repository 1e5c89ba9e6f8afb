//! The rules that reports are rewritten by. Each takes the nodes of a query, or of what else stands in parentheses.

use super::engine::Engine;
use crate::model::sql_tree::{Node, divided, find, nodes_of, plain};

/// Reads from a table of the lake the places inside a place: `WITH RECURSIVE inside(id, is_walked) AS (SELECT p.id, … UNION …) SELECT … FROM
/// inside …` becomes `SELECT … FROM places_inside AS inside … WHERE inside.location_id = p.id AND …`.
pub(super) fn places_inside(nodes: &mut Vec<Node>) {
    let head = nodes_of("WITH RECURSIVE inside(id, is_walked) AS");
    if plain(nodes.get(..head.len()).unwrap_or_default()) != plain(&head) {
        return;
    }
    let Some(Node::Group { nodes: walked, .. }) = nodes.get(head.len()) else { return };
    // SELECT p.id UNION …
    let within = format!(" inside.location_id = {}", plain(walked.get(1..4).unwrap_or_default()));
    nodes.drain(..=head.len());
    if let Some(from) = find(nodes, "FROM", 0) {
        nodes.splice(from + 1..from + 2, nodes_of(" places_inside AS inside"));
    }
    match find(nodes, "WHERE", 0) {
        Some(condition) => {
            nodes.splice(condition + 1..condition + 1, nodes_of(&format!("{within} AND")));
        }
        None => nodes.extend(nodes_of(&format!(" WHERE{within}"))),
    }
    // What was selected of it stands with its name, or without.
    let select = nodes.get(1).is_some_and(|node| node.is("id"));
    if select {
        nodes.splice(1..2, nodes_of(" inside.inside_id"));
    }
    for at in 2..nodes.len() {
        if nodes[at].is("id") && nodes[at - 1].is(".") && nodes[at - 2].is("inside") {
            nodes[at] = Node::new("", "inside_id");
        }
    }
}

/// A condition on what lies inside a place asks for both at once: `l.id IN (SELECT … WHERE … = p.id)` becomes
/// `(p.id, l.id) IN (SELECT …)`.
pub(super) fn inside_a_place(nodes: &mut Vec<Node>) {
    let Some(at) = find(nodes, "IN", 3) else { return };
    let Some(Node::Group { nodes: query, .. }) = nodes.get(at + 1) else { return };
    let Some(place) = plain(query)
        .strip_prefix("SELECT inside.inside_id AS inside_id FROM places_inside AS inside WHERE inside.location_id = ")
        .map(str::to_owned)
    else {
        return;
    };
    let place = place.replace(" . ", ".");
    let inside = plain(&nodes[at - 3..at]);
    let both = format!(
        " ({place}, {inside}) IN (SELECT inside.location_id AS location_id, inside.inside_id AS inside_id FROM places_inside AS inside)"
    );
    nodes.splice(at - 3..=at + 1, nodes_of(&both));
}

/// A query in a row of groups is the same for each row of a group, which Spark wants to be told.
pub(super) fn one_of_a_group(nodes: &mut [Node]) {
    let (Some(from), Some(group)) = (find(nodes, "FROM", 0), find(nodes, "GROUP", 0)) else {
        return;
    };
    if find(nodes, "UNION", 0).is_some_and(|union| union < group) {
        return;
    }
    let is_query = |node: &Node| matches!(node, Node::Group { nodes, .. } if nodes.first().is_some_and(|first| first.is("SELECT")));
    let wrap = |node: &mut Node| {
        let mut inner = node.clone();
        *inner.before_mut() = String::new();
        let before = std::mem::take(node.before_mut());
        *node = Node::group(&before, vec![Node::new("", "max"), Node::group("", vec![inner])]);
    };
    for node in &mut nodes[1..from] {
        if is_query(node) {
            wrap(node);
        } else if let Node::Group { nodes: inside, .. } = node {
            inside.iter_mut().filter(|node| is_query(node)).for_each(wrap);
        }
    }
}

/// ClickHouse puts no answer of a query in order within the query that asks for it.
pub(super) fn order_outside(nodes: &mut Vec<Node>) {
    let Some(order) = nodes.iter().rposition(|node| node.is("ORDER")) else { return };
    let terms: Vec<Vec<Node>> =
        divided(&nodes[order + 2..]).into_iter().map(<[Node]>::to_vec).collect();
    // Of what the query selects under a name of its own.
    let is_name = |term: &Vec<Node>| {
        let name = term.first().map_or("", Node::text);
        nodes[..order].windows(2).any(|two| two[0].is("AS") && two[1].is(name))
            && term.get(1).is_none_or(|next| next.is("DESC") || next.is("NULLS"))
    };
    if nodes.first().is_none_or(|first| !first.is("SELECT")) || !terms.iter().all(is_name) {
        return;
    }
    let tail = nodes.split_off(order);
    let inner = std::mem::take(nodes);
    *nodes = nodes_of("SELECT * FROM ");
    nodes.push(Node::group("", inner));
    nodes.extend(nodes_of(" AS answer"));
    nodes.extend(tail);
}

/// A query that only gives SQLite the type of a column becomes its value.
pub(super) fn typed(nodes: &mut Vec<Node>) {
    let [select, name, from, Node::Group { nodes: inner, .. }, .., last] = nodes.as_slice() else {
        return;
    };
    if !(select.is("SELECT") && name.is("n") && from.is("FROM") && last.is("typed")) {
        return;
    }
    let value = inner.iter().rposition(|node| node.is("SELECT")).map(|at| inner[at + 1..].to_vec());
    if let Some(value) = value {
        *nodes = value;
    }
}

/// A query without rows at the end of a union, by which SQLite works the others out once, is left out.
pub(super) fn empty_query(nodes: &mut Vec<Node>) {
    let Some(union) = nodes.iter().rposition(|node| node.is("UNION")) else { return };
    if plain(&nodes[union..]).ends_with(" WHERE 1 = 0") {
        nodes.truncate(union);
    }
}

/// `SELECT group_concat(word, ', ') FROM (SELECT … ORDER BY …) AS listed` gives its list an order of its own: no engine
/// promises to keep that of a query inside.
pub(super) fn list_in_a_cell(nodes: &mut Vec<Node>, engine: Engine) -> Result<(), String> {
    let Some(at) = find(nodes, "group_concat", 0) else { return Ok(()) };
    let refused = |why: &str, nodes: &[Node]| Err(format!("a list {why}: {}", plain(nodes)));
    let (Some(Node::Group { nodes: args, .. }), Some(Node::Group { nodes: inner, .. })) =
        (nodes.get(at + 1), nodes.get(at + 3))
    else {
        return refused("is not of a query", nodes);
    };
    let [word, separator] = divided(args)[..] else { return refused("has no separator", nodes) };
    let (word, separator) = (plain(word), plain(separator));
    let name = word.rsplit('.').next().unwrap_or(&word).to_owned();
    let mut inner = inner.clone();
    let Some(order) = inner.iter().rposition(|node| node.is("ORDER")) else {
        return refused("has no order", nodes);
    };
    let terms: Vec<String> = divided(&inner[order + 2..])
        .into_iter()
        .map(plain)
        .map(|term| {
            // Those of `nulls_in_order`, which came by first.
            term.replace(" NULLS FIRST", "")
        })
        .collect();
    inner.truncate(order);
    let mut keys = Vec::new();
    for term in terms {
        keys.push(match selected_as(&inner, &term) {
            Some(name) => name,
            None if find(&inner, "DISTINCT", 0).is_none() && find(&inner, "UNION", 0).is_none() => {
                let from = find(&inner, "FROM", 0).unwrap_or(inner.len());
                let key = format!("key_{}", keys.len() + 1);
                inner.splice(from..from, nodes_of(&format!(", {term} AS {key}")));
                key
            }
            None => return refused("is ordered by what it does not select", nodes),
        });
    }
    let distinct = find(&inner, "DISTINCT", 0).filter(|at| *at == 1);
    if engine == Engine::ClickHouse
        && let Some(at) = distinct
    {
        inner.remove(at);
    }
    let gather = if distinct.is_some() { "groupUniqArray" } else { "groupArray" };
    let keys = keys.join(", ");
    let list = match engine {
        Engine::DuckDb => format!(" string_agg({word}, {separator} ORDER BY {keys})"),
        Engine::Spark => format!(" listagg({word}, {separator}) WITHIN GROUP (ORDER BY {keys})"),
        // An empty list is no list.
        Engine::ClickHouse => format!(
            " nullIf(arrayStringConcat(arrayMap(x -> assumeNotNull(x.2), arraySort({gather}((tuple({keys}), {name})))), {separator}), '')"
        ),
    };
    let Some(Node::Group { nodes: old, .. }) = nodes.get_mut(at + 3) else { return Ok(()) };
    *old = inner;
    nodes.splice(at..=at + 1, nodes_of(&list));
    Ok(())
}

/// The name under which a query selects what a term says: its own, or that of the same expression.
fn selected_as(query: &[Node], term: &str) -> Option<String> {
    let from = find(query, "FROM", 0)?;
    let first = 1 + usize::from(query.get(1).is_some_and(|node| node.is("DISTINCT")));
    divided(&query[first..from]).into_iter().find_map(|item| {
        let (expression, name) = match item {
            [expression @ .., keyword, name] if keyword.is("AS") => {
                (plain(expression), plain(std::slice::from_ref(name)))
            }
            [.., name] => (plain(item), plain(std::slice::from_ref(name))),
            [] => return None,
        };
        (term == expression || term == name).then_some(name)
    })
}

/// `SELECT x … ORDER BY k LIMIT 1` becomes the x with the least or greatest k.
pub(super) fn first_in_order(nodes: &mut Vec<Node>, engine: Engine) -> Result<(), String> {
    let [.., limit, one] = nodes.as_slice() else { return Ok(()) };
    if !(limit.is("LIMIT") && one.is("1")) {
        return Ok(());
    }
    let (Some(from), Some(order)) =
        (find(nodes, "FROM", 0), nodes.iter().rposition(|node| node.is("ORDER")))
    else {
        return Ok(());
    };
    let item = &nodes[1..from];
    let (value, name) = match item {
        [value @ .., keyword, name] if keyword.is("AS") => {
            (plain(value), Some(plain(std::slice::from_ref(name))))
        }
        _ => (plain(item), None),
    };
    let terms: Vec<String> =
        divided(&nodes[order + 2..nodes.len() - 2]).into_iter().map(plain).collect();
    let strip = |term: &String| {
        let term = term.replace(" NULLS FIRST", "").replace(" NULLS LAST", "");
        term.strip_suffix(" DESC").map_or((term.clone(), false), |term| (term.to_owned(), true))
    };
    let terms: Vec<(String, bool)> = terms.iter().map(strip).collect();
    let last = terms.iter().all(|(_, falls)| *falls);
    if !last && terms.iter().any(|(_, falls)| *falls) {
        return Err(format!("an order goes up and down: {}", plain(nodes)));
    }
    let keys: Vec<&str> = terms
        .iter()
        .map(|(term, _)| if Some(term) == name.as_ref() { value.as_str() } else { term.as_str() })
        .collect();
    let keys = keys.join(", ");
    let first = match (engine, last) {
        (Engine::ClickHouse, true) => {
            format!("tupleElement(argMax(tuple({value}), tuple({keys})), 1)")
        }
        (Engine::ClickHouse, false) => {
            format!("tupleElement(argMin(tuple({value}), tuple({keys})), 1)")
        }
        (_, true) => format!("max_by({value}, struct({keys}))"),
        (_, false) => format!("min_by({value}, struct({keys}))"),
    };
    let name = name.map_or_else(String::new, |name| format!(" AS {name}"));
    nodes.truncate(order);
    nodes.splice(1..from, nodes_of(&format!(" {first}{name}")));
    Ok(())
}

/// A column that is selected as `table.column` is called `column`.
pub(super) fn name_columns(nodes: &mut Vec<Node>) {
    // The first of a union names the columns of all.
    if let Some(select) = find(nodes, "SELECT", 0) {
        let at = select + 1;
        let mut end = find(nodes, "FROM", at).unwrap_or(nodes.len());
        if let Some(union) = find(nodes, "UNION", at) {
            end = end.min(union);
        }
        let mut position = at + usize::from(nodes.get(at).is_some_and(|node| node.is("DISTINCT")));
        while position < end {
            let comma = find(nodes, ",", position).filter(|comma| *comma < end).unwrap_or(end);
            if let [_, dot, column] = &nodes[position..comma]
                && dot.is(".")
            {
                let name = column.text().to_owned();
                nodes.splice(comma..comma, [Node::new(" ", "AS"), Node::new(" ", &name)]);
                end += 2;
                position = comma + 3;
            } else {
                position = comma + 1;
            }
        }
    }
}

/// A number of no rows is 0, also where ClickHouse joins what it counted.
pub(super) fn counts(nodes: &mut [Node]) {
    for node in nodes {
        let Node::Group { nodes: query, before, .. } = &*node else { continue };
        let [select, count, Node::Group { .. }, from, ..] = query.as_slice() else { continue };
        if !(select.is("SELECT") && count.is("count") && from.is("FROM")) {
            continue;
        }
        let (before, mut counted) = (before.clone(), node.clone());
        *counted.before_mut() = String::new();
        let zero = vec![counted, Node::new("", ","), Node::new(" ", "0")];
        *node = Node::group(&before, vec![Node::new("", "coalesce"), Node::group("", zero)]);
    }
}

/// A list of columns of which one is not stated holds the others, also to ClickHouse: `x IN (a.id, b.id)` becomes
/// `x IN (a.id, coalesce(b.id, a.id))`.
pub(super) fn columns_in_a_list(nodes: &mut [Node]) {
    for at in 1..nodes.len() {
        let is_in = nodes[at - 1].is("IN");
        let Node::Group { nodes: list, .. } = &mut nodes[at] else { continue };
        let columns: Vec<String> = divided(list).into_iter().map(plain).collect();
        let is_column = |text: &String| text.contains('.') && !text.contains([' ', '\'', '(']);
        if is_in && columns.len() > 1 && columns.iter().all(is_column) {
            let first = &columns[0];
            let rest = columns[1..].iter().map(|column| format!(", coalesce({column}, {first})"));
            *list = nodes_of(&format!("{first}{}", rest.collect::<String>()));
        }
    }
}

/// ClickHouse wants to be told which rows a union keeps.
pub(super) fn unions(nodes: &mut Vec<Node>) {
    for at in (0..nodes.len()).rev() {
        if nodes[at].is("UNION") && !nodes.get(at + 1).is_some_and(|next| next.is("ALL")) {
            nodes.insert(at + 1, Node::new(" ", "DISTINCT"));
        }
    }
}

/// The types by the names that the engine has for them.
pub(super) fn types(nodes: &mut [Node], engine: Engine) {
    for at in 0..nodes.len() {
        if !nodes[at].is("CAST") {
            continue;
        }
        let Some(Node::Group { nodes: cast, .. }) = nodes.get_mut(at + 1) else { continue };
        let Some(as_at) = cast.iter().rposition(|node| node.is("AS")) else { continue };
        let ty = match (plain(&cast[as_at + 1..]).as_str(), engine) {
            ("TEXT", Engine::Spark) => "STRING",
            ("INTEGER", Engine::Spark | Engine::DuckDb) => "BIGINT",
            ("DOUBLE PRECISION", Engine::Spark | Engine::DuckDb) => "DOUBLE",
            ("TEXT", Engine::ClickHouse) => "Nullable(String)",
            ("INTEGER", Engine::ClickHouse) => "Nullable(Int64)",
            ("DOUBLE PRECISION", Engine::ClickHouse) => "Nullable(Float64)",
            _ => continue,
        };
        cast.truncate(as_at + 1);
        cast.extend(nodes_of(&format!(" {ty}")));
    }
}
