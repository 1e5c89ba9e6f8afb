//! Charts: the rows of a report as marks with words beside them. What is not stated has no mark and
//! says so; an end that is open is an arrow, never a number.

mod axis;
mod svg;
mod terminal;
mod words;

use super::{Style, visible};
use crate::model::{Chart, ChartKind, Drawing, Value};
use axis::{Axis, Mark};
use std::collections::HashMap;

pub use svg::svg;
pub use terminal::chart;

/// A mark with its name and its words.
struct Row {
    label: String,
    mark: Mark,
    words: String,
}

/// Rows that share an axis.
struct Group {
    /// What they share; empty where all rows do.
    name: String,
    axis: Option<Axis>,
    rows: Vec<Row>,
}

/// The rows of a drawing in groups, each in the order of the report.
fn groups(drawing: &Drawing, style: Style) -> Vec<Group> {
    let Drawing { chart, table, .. } = drawing;
    let place = |name: &String| table.columns.iter().position(|column| column == name);
    let ends: Vec<Option<usize>> = chart.ends.iter().map(place).collect();
    let label = place(&chart.label);
    let per: Vec<Option<usize>> = chart.per.iter().map(place).collect();
    let beside: Vec<(String, Option<usize>)> = chart
        .caption_columns(&table.columns)
        .into_iter()
        .map(|name| (name.clone(), place(&name)))
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let at = |place: Option<usize>| place.and_then(|n| row.get(n)).unwrap_or(&Value::Null);
        let shared: Vec<String> = per
            .iter()
            .map(|place| at(*place))
            .filter(|value| !value.is_null())
            .map(words::plain)
            .collect();
        let name = shared.join(", ");
        let stated: Vec<&Value> = ends.iter().map(|place| at(*place)).collect();
        let (mark, drawn) = words::mark(chart.kind, &stated, style.absent);
        let caveats: Vec<String> = beside
            .iter()
            .filter_map(|(column, place)| {
                words::caveat(column, at(*place), style.absent_in(column))
            })
            .collect();
        let words = words::all(chart.kind, drawn, &caveats);
        let label = match at(label) {
            Value::Null => style.absent.to_owned(),
            value => words::plain(value),
        };
        let row = Row { label, mark, words };
        let at = *seen.entry(name.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { name, axis: None, rows: vec![row] }),
        }
    }
    for group in &mut groups {
        group.axis = Axis::of(chart.kind, group.rows.iter().map(|row| &row.mark));
    }
    groups
}

/// "claims by status": what is drawn, in words.
fn subject(chart: &Chart) -> String {
    let ends = chart.ends.join(" to ");
    let drawn = match chart.kind {
        ChartKind::Bars => ends,
        ChartKind::Intervals | ChartKind::Spans => format!("from {ends}"),
    };
    let per = match chart.per.is_empty() {
        true => String::new(),
        false => format!(", an axis for each {}", chart.per.join(" and ")),
    };
    visible(&format!("{drawn} by {}{per}", chart.label).replace('_', " ")).into_owned()
}
