//! The layout of a chart: the rows of a report in groups that share an axis, each with its mark,
//! its label and its words.

use super::axis::Axis;
use super::mark::Mark;
use super::words;
use crate::model::{Chart, ChartKind, Drawing, Value};
use crate::render::control_chars::show_control_chars;
use crate::render::format::Style;
use std::collections::HashMap;

/// A row of a chart.
pub(super) struct Row {
    pub label: String,
    pub mark: Mark,
    pub words: String,
}

/// Rows that share an axis.
pub(super) struct Group {
    /// The values that the rows share; empty if all rows of the chart share one axis.
    pub name: String,
    /// The axis; `None` if no row has a number.
    pub axis: Option<Axis>,
    pub rows: Vec<Row>,
}

/// Groups the rows of a drawing by axis, in the order of the report.
pub(super) fn group_rows(drawing: &Drawing, style: Style) -> Vec<Group> {
    let Drawing { chart, table, .. } = drawing;
    let position = |name: &String| table.columns.iter().position(|column| column == name);
    let ends: Vec<Option<usize>> = chart.ends.iter().map(position).collect();
    let label = position(&chart.label);
    let per: Vec<Option<usize>> = chart.per.iter().map(position).collect();
    let beside: Vec<(String, Option<usize>)> = chart
        .caption_columns(&table.columns)
        .into_iter()
        .map(|name| (name.clone(), position(&name)))
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let at = |column: Option<usize>| column.and_then(|n| row.get(n)).unwrap_or(&Value::Null);
        let shared: Vec<String> = per
            .iter()
            .map(|column| at(*column))
            .filter(|value| !value.is_null())
            .map(words::format_value)
            .collect();
        let name = shared.join(", ");
        let stated: Vec<&Value> = ends.iter().map(|column| at(*column)).collect();
        let (mark, drawn) = words::read_mark(chart.kind, &stated, style.absent);
        let caveats: Vec<String> = beside
            .iter()
            .filter_map(|(name, column)| {
                words::format_caveat(name, at(*column), style.absent_in(name))
            })
            .collect();
        let words = words::join_words(chart.kind, drawn, &caveats);
        let label = match at(label) {
            Value::Null => style.absent.to_owned(),
            value => words::format_value(value),
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

/// Describes a chart in words: "claims by status".
pub(super) fn describe(chart: &Chart) -> String {
    let ends = chart.ends.join(" to ");
    let drawn = match chart.kind {
        ChartKind::Bars => ends,
        ChartKind::Intervals | ChartKind::Spans => format!("from {ends}"),
    };
    let per = match chart.per.is_empty() {
        true => String::new(),
        false => format!(", an axis for each {}", chart.per.join(" and ")),
    };
    show_control_chars(&format!("{drawn} by {}{per}", chart.label).replace('_', " ")).into_owned()
}
