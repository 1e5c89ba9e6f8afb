//! Queries that are asked for each row of another, for engines that see less far than SQLite: they ask the query around
//! them, not the outermost, or are joined.

use crate::model::sql_tree::{Node, find, nodes_of, plain};

/// A query inside a query inside another asks the one around it, not the outermost: where `m.claim_id = c.id`, what is
/// said of `c.id` further in is said of `m.claim_id`.
pub(super) fn nearer_columns(nodes: &mut [Node]) {
    let Some(condition) = find(nodes, "WHERE", 0) else { return };
    // x . y = o . z
    let equal = (condition + 1..nodes.len().saturating_sub(6)).find_map(|at| {
        let window = &nodes[at..at + 7];
        let is_column = |three: &[Node]| three[1].is(".");
        let joined = window[3].is("=") && is_column(&window[..3]) && is_column(&window[4..]);
        let starts = nodes[at - 1].is("WHERE") || nodes[at - 1].is("AND");
        let own = nodes[..condition].windows(2).any(|two| two[0].is("AS") && two[1] == window[4]);
        let own = own
            || nodes[..condition]
                .windows(2)
                .any(|two| two[0].is("AS") && two[1].text() == window[4].text());
        (joined && starts && !own).then(|| (window[..3].to_vec(), window[4..].to_vec()))
    });
    let Some((near, far)) = equal else { return };
    let far: Vec<String> = far.iter().map(|node| node.text().to_owned()).collect();
    for node in &mut nodes[condition..] {
        if let Node::Group { nodes, .. } = node {
            put_nearer(nodes, &near, &far);
        }
    }
}

/// Puts a column in the place of another wherever that stands.
fn put_nearer(nodes: &mut [Node], near: &[Node], far: &[String]) {
    for node in nodes.iter_mut() {
        if let Node::Group { nodes, .. } = node {
            put_nearer(nodes, near, far);
        }
    }
    let mut at = 0;
    while at + 3 <= nodes.len() {
        if nodes[at..at + 3].iter().zip(far).all(|(node, word)| node.is(word)) {
            for (node, near) in nodes[at..at + 3].iter_mut().zip(near) {
                let Node::Leaf { text, .. } = node else { continue };
                near.text().clone_into(text);
            }
        }
        at += 1;
    }
}

/// ClickHouse asks a query for each row only where few tables are joined: one that gathers rows by a column is joined,
/// `(SELECT count(1) FROM x WHERE x.a = o.b)` by `LEFT JOIN (SELECT count(1), x.a FROM x GROUP BY x.a) … ON … = o.b`.
pub(super) fn gathered_by_join(nodes: &mut Vec<Node>, joined: &mut usize) {
    let mut select = 0;
    while let Some(from) = find(nodes, "FROM", select) {
        let next = find(nodes, "UNION", from);
        let end = ["WHERE", "GROUP", "ORDER", "UNION", "LIMIT"]
            .iter()
            .filter_map(|word| find(nodes, word, from))
            .min();
        let mut end = end.unwrap_or(nodes.len());
        let grouped =
            find(nodes, "GROUP", from).is_some_and(|group| next.is_none_or(|next| group < next));
        let mut joins = Vec::new();
        if !grouped {
            first_of_tables(nodes, select, from, end);
            stated_columns(nodes, select, from);
            gather_all(&mut nodes[select..from], joined, &mut joins);
        }
        for join in joins {
            end += join.len();
            let at = end - join.len();
            nodes.splice(at..at, join);
        }
        let Some(union) = find(nodes, "UNION", end) else { return };
        select = union;
    }
}

/// Names a column of the first table where another is joined to it by that: ClickHouse loses sight of the others.
fn first_of_tables(nodes: &mut [Node], select: usize, from: usize, end: usize) {
    let Some(named) = (from..end).find(|at| nodes[*at].is("AS")) else { return };
    let first = nodes[named + 1].text().to_owned();
    let ons: Vec<usize> = (from..end.saturating_sub(7)).filter(|at| nodes[*at].is("ON")).collect();
    for on in ons {
        let (far, equals, near) = (&nodes[on + 1..on + 4], &nodes[on + 4], &nodes[on + 5..on + 8]);
        if !(far[1].is(".") && far[2].is("id") && equals.is("=") && near[0].is(&first)) {
            continue;
        }
        let (far, near): (Vec<String>, Vec<Node>) =
            (far.iter().map(|node| node.text().to_owned()).collect(), near.to_vec());
        for node in &mut nodes[select..from] {
            if let Node::Group { nodes, .. } = node {
                put_nearer(nodes, &near, &far);
            }
        }
    }
}

/// Where a query asks for one of two columns of the query before it, of which the second may not be stated, that query
/// gives both: ClickHouse loses rows that are asked for by what is not stated.
fn stated_columns(nodes: &mut Vec<Node>, select: usize, from: usize) {
    let Some([Node::Group { nodes: first, .. }, named, alias]) = nodes.get(from + 1..from + 4)
    else {
        return;
    };
    if !named.is("AS") {
        return;
    }
    let (first, alias) = (first.clone(), alias.text().to_owned());
    let mut both: Option<(String, String)> = None;
    let mut change = |list: &mut Vec<Node>| {
        let Some(at) = find(list, "coalesce", 0) else { return };
        let Some(Node::Group { nodes: columns, .. }) = list.get(at + 1) else { return };
        let [one, _, second, _, other, _, stated] = columns.as_slice() else { return };
        if one.is(&alias) && other.is(&alias) {
            both = Some((second.text().to_owned(), stated.text().to_owned()));
            list.splice(at..=at + 1, nodes_of(&format!(" {alias}.stated_column")));
        }
    };
    for node in &mut nodes[select..from] {
        if let Node::Group { nodes, .. } = node {
            for_each_list(nodes, &mut change);
        }
    }
    let Some((second, stated)) = both else { return };
    let mut wrapped =
        nodes_of(&format!("SELECT *, coalesce({second}, {stated}) AS stated_column FROM"));
    wrapped.push(Node::group(" ", first));
    wrapped.extend(nodes_of(" AS stated"));
    nodes[from + 1] = Node::group(" ", wrapped);
    // It keeps what the order names.
    if find(nodes, "ORDER", from).is_some() {
        nodes.extend(nodes_of(&format!(", {alias}.stated_column")));
    }
}

/// Calls `change` for what stands in parentheses after IN.
fn for_each_list(nodes: &mut [Node], change: &mut dyn FnMut(&mut Vec<Node>)) {
    for at in 0..nodes.len() {
        let is_list = at > 0 && nodes[at - 1].is("IN");
        let Node::Group { nodes: inside, .. } = &mut nodes[at] else { continue };
        if is_list {
            change(inside);
        } else {
            for_each_list(inside, change);
        }
    }
}

/// Takes the queries that gather rows out of expressions, but for those that only ask whether there is a row.
fn gather_all(nodes: &mut [Node], joined: &mut usize, joins: &mut Vec<Vec<Node>>) {
    for at in 0..nodes.len() {
        if at == 0 || !(nodes[at - 1].is("EXISTS") || nodes[at - 1].is("IN")) {
            gather(&mut nodes[at], joined, joins);
        }
    }
}

/// Takes the queries that gather rows out of an expression.
fn gather(node: &mut Node, joined: &mut usize, joins: &mut Vec<Vec<Node>>) {
    let Node::Group { nodes, before, .. } = node else { return };
    if nodes.first().is_none_or(|first| !first.is("SELECT")) {
        gather_all(nodes, joined, joins);
        return;
    }
    let Some((query, outer)) = apart(nodes) else { return };
    *joined += 1;
    let name = format!("joined_{joined}");
    let on = format!(" AS {name} ON {name}.join_key = {outer}");
    let mut join = nodes_of("\nLEFT JOIN");
    join.push(Node::group(" ", query));
    join.extend(nodes_of(&on));
    if let Some(last) = join.last_mut()
        && let Node::Leaf { text, .. } = last
    {
        text.push('\n');
    }
    joins.push(join);
    let before = before.clone();
    *node = Node::group(&before, nodes_of(&format!("{name}.answer")));
}

/// Divides a query that gathers rows by a column from the column of the query around it. `None` where it asks more of
/// that.
fn apart(query: &[Node]) -> Option<(Vec<Node>, String)> {
    let from = find(query, "FROM", 0)?;
    let mut query = query.to_vec();
    // The condition of a list stands in the query that it lists.
    if let Node::Group { nodes: listed, .. } = query.get(from + 1)?.clone() {
        let mut outers = Vec::new();
        let mut branches = Vec::new();
        for branch in listed.split(|node| node.is("UNION")) {
            let (key, outer, mut branch) = without_condition(branch)?;
            let at = find(&branch, "FROM", 0)?;
            branch.splice(at..at, nodes_of(&format!(", {key} AS join_key")));
            outers.push(outer);
            branches.push(branch);
        }
        outers.dedup();
        let ([outer], listed) = (outers.as_slice(), branches.join(&Node::new("\n    ", "UNION")))
        else {
            return None;
        };
        let outer = outer.clone();
        let Some(Node::Group { nodes, .. }) = query.get_mut(from + 1) else { return None };
        *nodes = listed;
        query.splice(from..from, nodes_of(" AS answer, join_key"));
        query.extend(nodes_of(" GROUP BY join_key"));
        return Some((query, outer));
    }
    let (key, outer, mut query) = without_condition(&query)?;
    let mut from = find(&query, "FROM", 0)?;
    if query[from - 2].is("AS") {
        query.drain(from - 2..from);
        from -= 2;
    }
    query.splice(from..from, nodes_of(&format!(" AS answer, {key} AS join_key")));
    query.extend(nodes_of(&format!(" GROUP BY {key}")));
    Some((query, outer))
}

/// The column by which a query is asked, that of the query around it, and the query without this condition.
fn without_condition(query: &[Node]) -> Option<(String, String, Vec<Node>)> {
    let condition = find(query, "WHERE", 0)?;
    if find(query, "GROUP", 0).is_some() {
        return None;
    }
    let own = aliases(query);
    let (near, far) =
        (query.get(condition + 1..condition + 4)?, query.get(condition + 5..condition + 8)?);
    let is_column = |three: &[Node]| three[1].is(".");
    if !query[condition + 4].is("=")
        || !is_column(near)
        || !is_column(far)
        || own.contains(&far[0].text().to_owned())
    {
        return None;
    }
    let (key, outer) = (plain(near), plain(far));
    let mut rest = query.to_vec();
    let and = rest.get(condition + 8).is_some_and(|node| node.is("AND"));
    if !and && rest.len() > condition + 8 {
        return None;
    }
    rest.drain(condition + usize::from(and)..condition + 8 + usize::from(and));
    if asks_around(&rest, &own) {
        return None;
    }
    Some((key, outer, rest))
}

/// Returns true if a query names a column of a table that is not its own.
fn asks_around(query: &[Node], own: &[String]) -> bool {
    let own = [own.to_vec(), aliases(query)].concat();
    let foreign = |two: &[Node]| two[1].is(".") && !own.iter().any(|own| two[0].is(own));
    let inside =
        |node: &Node| matches!(node, Node::Group { nodes, .. } if asks_around(nodes, &own));
    query.windows(2).any(foreign) || query.iter().any(inside)
}

/// The names of the tables of a query.
fn aliases(query: &[Node]) -> Vec<String> {
    let from = find(query, "FROM", 0).unwrap_or(query.len());
    let named = query[from..].windows(2).filter(|two| two[0].is("AS"));
    named.map(|two| two[1].text().to_owned()).collect()
}
