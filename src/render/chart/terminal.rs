//! A chart in characters: labels, marks and words side by side. It has no colours, so that it is
//! the same on a terminal and in a file.

use super::axis::Axis;
use super::layout::{Group, describe, group_rows};
use super::mark::Mark;
use crate::model::{ChartKind, Drawing};
use crate::render::control_chars::show_control_chars;
use crate::render::format::Style;
use crate::render::terminal_width;
use std::io::{self, Write};

/// The width of a chart when that of the terminal is unknown.
const DEFAULT_WIDTH: usize = 80;
/// The smallest width at which a chart is legible.
const MIN_WIDTH: usize = 40;

/// The blocks that fill so many eighths of a cell.
const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// The width of each part of a line in cells.
struct Widths {
    label: usize,
    mark: usize,
    words: usize,
}

/// Writes a chart for a terminal of the style's width, or 80 cells wide.
///
/// # Errors
/// Fails if `out` cannot be written to.
pub fn write_chart(drawing: &Drawing, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let groups = group_rows(drawing, style);
    let widths = Widths::of(&groups, style.width.unwrap_or(DEFAULT_WIDTH).max(MIN_WIDTH));
    let total = widths.label + widths.mark + widths.words + 4;
    let subject = format!("({})", describe(&drawing.chart));
    let head = [Some(&drawing.title), drawing.question.as_ref(), Some(&subject)];
    for text in head.into_iter().flatten() {
        for line in terminal_width::wrap(&show_control_chars(text), total.max(MIN_WIDTH)) {
            writeln!(out, "{}", terminal_width::terminal_line(&line))?;
        }
    }
    if groups.is_empty() {
        return writeln!(out, "\nno rows");
    }
    for group in &groups {
        writeln!(out)?;
        if !group.name.is_empty() {
            writeln!(
                out,
                "{}",
                terminal_width::terminal_line(&terminal_width::truncate(&group.name, total))
            )?;
        }
        for row in &group.rows {
            let mark = match &group.axis {
                Some(axis) => draw_mark(row.mark, axis, widths.mark),
                None => String::new(),
            };
            let label = terminal_width::truncate(&row.label, widths.label);
            for (n, words) in terminal_width::wrap(&row.words, widths.words).iter().enumerate() {
                let (label, mark) = if n == 0 { (&*label, &*mark) } else { ("", "") };
                let (label, mark) = (
                    terminal_width::pad(label, widths.label),
                    terminal_width::pad(mark, widths.mark),
                );
                writeln!(
                    out,
                    "{}",
                    terminal_width::terminal_line(&format!("{label}  {mark}  {words}"))
                )?;
            }
        }
        // The words of a single mark state its ends already.
        if let Some(axis) = group.axis.as_ref().filter(|_| group.rows.len() > 1) {
            let line = draw_scale(axis, drawing.chart.kind, widths.mark);
            let left = (widths.label + 2).min(total.saturating_sub(terminal_width::width(&line)));
            writeln!(out, "{}{line}", " ".repeat(left))?;
        }
    }
    Ok(())
}

impl Widths {
    /// Divides the width: labels get what they need up to a quarter, words up to two fifths, marks
    /// the rest.
    fn of(groups: &[Group], total: usize) -> Widths {
        let rows = || groups.iter().flat_map(|group| &group.rows);
        let label = rows().map(|row| terminal_width::width(&row.label)).max().unwrap_or(0);
        let words = rows().map(|row| terminal_width::width(&row.words)).max().unwrap_or(0);
        let label = label.min(total / 4).max(4);
        let words = words.min(total * 2 / 5).max(4);
        Widths { label, words, mark: total.saturating_sub(label + words + 4) }
    }
}

/// Draws the mark of a row in so many cells.
fn draw_mark(mark: Mark, axis: &Axis, cells: usize) -> String {
    match mark {
        Mark::Unknown => String::new(),
        Mark::Bar(number) => draw_bar(number, axis, cells),
        Mark::Range(least, most) => {
            let end = |value: Option<f64>| value.map(|value| cell_of(axis, value, cells));
            draw_range(end(least), end(most), cells)
        }
    }
}

/// Draws a bar in eighths of a cell. A value other than zero always has a visible bar.
fn draw_bar(number: f64, axis: &Axis, cells: usize) -> String {
    let length = 8.0 * to_f64(cells);
    let (zero, end) = (axis.position_of(0.0, length, 0.0), axis.position_of(number, length, 0.0));
    let (from, to) = (to_usize(zero.min(end)), to_usize(zero.max(end)));
    if number == 0.0 {
        return String::new();
    }
    if number < 0.0 || from > 0 {
        // A block fills a cell from its left edge, so bars with negative numbers use whole cells.
        let (from, to) = (from / 8, to.div_ceil(8).max(from / 8 + 1));
        return " ".repeat(from) + &"█".repeat(to - from);
    }
    let to = to.max(1);
    let rest = if to % 8 == 0 { None } else { EIGHTHS.get(to % 8) };
    "█".repeat(to / 8) + &rest.map_or_else(String::new, char::to_string)
}

/// Draws `├──┤`, or `•` for a range within one cell, with arrows at open ends.
fn draw_range(least: Option<usize>, most: Option<usize>, cells: usize) -> String {
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

/// Draws the line under the marks, with the values at both ends of the axis.
fn draw_scale(axis: &Axis, kind: ChartKind, cells: usize) -> String {
    let (least, most) = axis.end_labels();
    let (left, right) = match kind {
        ChartKind::Bars => (0, cells),
        _ => {
            let (left, right) = axis.edges(to_f64(cells - 1), 2.0);
            (to_usize(left), to_usize(right) + 1)
        }
    };
    if !axis.has_extent() {
        // All marks are in one cell.
        return format!("{}{least}", " ".repeat(cell_of(axis, 0.0, cells)));
    }
    let used = terminal_width::width(&least) + terminal_width::width(&most) + 2;
    match (right - left).checked_sub(used + 1) {
        Some(free) => format!("{}{least} {} {most}", " ".repeat(left), "─".repeat(free + 1)),
        None => format!("{least} to {most}"),
    }
}

/// Returns the cell in which a value lies.
fn cell_of(axis: &Axis, value: f64, cells: usize) -> usize {
    to_usize(axis.position_of(value, to_f64(cells.saturating_sub(1)), 2.0))
        .min(cells.saturating_sub(1))
}

#[expect(clippy::cast_precision_loss, reason = "as wide as a terminal")]
fn to_f64(cells: usize) -> f64 {
    cells as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the width"
)]
fn to_usize(position: f64) -> usize {
    position.round().max(0.0) as usize
}
