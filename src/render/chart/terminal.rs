//! A chart in characters: names, marks and words side by side. It has no colours, so that it is the
//! same on a terminal and in a file.

use super::axis::{Axis, Mark};
use super::{Group, groups, subject};
use crate::model::{ChartKind, Drawing};
use crate::render::{Style, terminal_width, visible};
use std::io::{self, Write};

/// Where nobody says how wide the terminal is.
const WIDTH: usize = 80;
/// Below this, nothing can be told apart.
const NARROWEST: usize = 40;

/// What `eighths` of a cell look like.
const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// How many cells each part of a line gets.
struct Widths {
    label: usize,
    mark: usize,
    words: usize,
}

/// Draws a chart for a terminal of the style's width, or for 80 cells.
///
/// # Errors
/// When `out` cannot be written to.
pub fn chart(drawing: &Drawing, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups(drawing, style);
    let widths = Widths::of(&groups, style.width.unwrap_or(WIDTH).max(NARROWEST));
    let total = widths.label + widths.mark + widths.words + 4;
    let subject = format!("({})", subject(&drawing.chart));
    let head = [Some(&drawing.title), drawing.question.as_ref(), Some(&subject)];
    for text in head.into_iter().flatten() {
        for line in terminal_width::wrap(&visible(text), total.max(NARROWEST)) {
            writeln!(out, "{}", terminal_width::line(&line))?;
        }
    }
    if groups.is_empty() {
        return writeln!(out, "\nno rows");
    }
    for group in &groups {
        writeln!(out)?;
        if !group.name.is_empty() {
            writeln!(out, "{}", terminal_width::line(&terminal_width::cut(&group.name, total)))?;
        }
        for row in &group.rows {
            let mark = match &group.axis {
                Some(axis) => mark(row.mark, axis, widths.mark),
                None => String::new(),
            };
            let label = terminal_width::cut(&row.label, widths.label);
            for (n, words) in terminal_width::wrap(&row.words, widths.words).iter().enumerate() {
                let (label, mark) = if n == 0 { (&*label, &*mark) } else { ("", "") };
                let (label, mark) = (
                    terminal_width::pad(label, widths.label),
                    terminal_width::pad(mark, widths.mark),
                );
                writeln!(out, "{}", terminal_width::line(&format!("{label}  {mark}  {words}")))?;
            }
        }
        // One mark alone says in words where it begins and ends.
        if let Some(axis) = group.axis.as_ref().filter(|_| group.rows.len() > 1) {
            let line = scale(axis, drawing.chart.kind, widths.mark);
            let left = (widths.label + 2).min(total.saturating_sub(terminal_width::width(&line)));
            writeln!(out, "{}{line}", " ".repeat(left))?;
        }
    }
    Ok(())
}

impl Widths {
    /// Names get what they need up to a quarter, words up to two fifths; marks the rest.
    fn of(groups: &[Group], total: usize) -> Widths {
        let rows = || groups.iter().flat_map(|group| &group.rows);
        let label = rows().map(|row| terminal_width::width(&row.label)).max().unwrap_or(0);
        let words = rows().map(|row| terminal_width::width(&row.words)).max().unwrap_or(0);
        let label = label.min(total / 4).max(4);
        let words = words.min(total * 2 / 5).max(4);
        Widths { label, words, mark: total.saturating_sub(label + words + 4) }
    }
}

/// The mark of a row in so many cells.
fn mark(mark: Mark, axis: &Axis, cells: usize) -> String {
    match mark {
        Mark::Unknown => String::new(),
        Mark::Bar(number) => bar(number, axis, cells),
        Mark::Range(least, most) => {
            let end = |value: Option<f64>| value.map(|value| cell(axis, value, cells));
            range(end(least), end(most), cells)
        }
    }
}

/// A bar in eighths of a cell. What is not zero is never without one.
fn bar(number: f64, axis: &Axis, cells: usize) -> String {
    let length = 8.0 * of(cells);
    let (zero, end) = (axis.at(0.0, length, 0.0), axis.at(number, length, 0.0));
    let (from, to) = (whole(zero.min(end)), whole(zero.max(end)));
    if number == 0.0 {
        return String::new();
    }
    if number < 0.0 || from > 0 {
        // Blocks begin at the left edge of a cell; where negative numbers are, whole cells must do.
        let (from, to) = (from / 8, to.div_ceil(8).max(from / 8 + 1));
        return " ".repeat(from) + &"█".repeat(to - from);
    }
    let to = to.max(1);
    let rest = if to % 8 == 0 { None } else { EIGHTHS.get(to % 8) };
    "█".repeat(to / 8) + &rest.map_or_else(String::new, char::to_string)
}

/// `├──┤`, `•` for what lies in one cell, arrows for open ends.
fn range(least: Option<usize>, most: Option<usize>, cells: usize) -> String {
    let (from, to) = (least.unwrap_or(0), most.unwrap_or(cells.saturating_sub(1)));
    let line = "─".repeat((to - from.min(to)).saturating_sub(1));
    let ends = match (least, most) {
        (Some(_), Some(_)) if from == to => return " ".repeat(from) + "•",
        (Some(_), Some(_)) => ('├', '┤'),
        (Some(_), None) => ('├', '►'),
        (None, Some(_)) => ('◄', '┤'),
        (None, None) => ('◄', '►'),
    };
    format!("{}{}{line}{}", " ".repeat(from), ends.0, ends.1)
}

/// The line under the marks, with the least and the most of the axis.
fn scale(axis: &Axis, kind: ChartKind, cells: usize) -> String {
    let (least, most) = axis.words();
    let (left, right) = match kind {
        ChartKind::Bars => (0, cells),
        _ => {
            let (left, right) = axis.edges(of(cells - 1), 2.0);
            (whole(left), whole(right) + 1)
        }
    };
    if !axis.has_extent() {
        // All marks are in one place.
        return format!("{}{least}", " ".repeat(cell(axis, 0.0, cells)));
    }
    let used = terminal_width::width(&least) + terminal_width::width(&most) + 2;
    match (right - left).checked_sub(used + 1) {
        Some(free) => format!("{}{least} {} {most}", " ".repeat(left), "─".repeat(free + 1)),
        None => format!("{least} to {most}"),
    }
}

/// The cell in which a value lies.
fn cell(axis: &Axis, value: f64, cells: usize) -> usize {
    whole(axis.at(value, of(cells.saturating_sub(1)), 2.0)).min(cells.saturating_sub(1))
}

#[expect(clippy::cast_precision_loss, reason = "as wide as a terminal")]
fn of(cells: usize) -> f64 {
    cells as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the width"
)]
fn whole(place: f64) -> usize {
    place.round().max(0.0) as usize
}
