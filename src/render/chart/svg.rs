//! A chart as a self-contained SVG file, without scripts, in light or dark colours by the
//! preference of the reader. Its description holds every label with its words, for screen readers.

use super::axis::Axis;
use super::layout::{Row, describe, group_rows};
use super::mark::Mark;
use crate::model::{ChartKind, Drawing};
use crate::render::escape::escape;
use crate::render::format::Style;
use crate::render::terminal_width;
use std::io::{self, Write};

/// The estimated largest width of a cell of text; the font of the reader cannot be measured here.
const CELL_WIDTH: usize = 8;
/// The height of a line.
const LINE_HEIGHT: usize = 20;
/// The length of the longest mark.
const MARK_LENGTH: usize = 360;
/// The margin around the drawing, and the gap between the parts of a line.
const GAP: usize = 16;
/// The largest width of a label in cells; a longer one is truncated. The words never are.
const MAX_LABEL_CELLS: usize = 48;

const STYLE: &str = "\
.onrecord-chart { color-scheme: light dark; font: 13px system-ui, sans-serif; }
.onrecord-chart .ground { fill: #ffffff; }
.onrecord-chart text { fill: #1b1b1b; unicode-bidi: plaintext; }
.onrecord-chart .title, .onrecord-chart .group { font-weight: 600; }
.onrecord-chart .quiet { fill: #5a5a5a; }
.onrecord-chart .mark { fill: #2a6496; stroke: #2a6496; stroke-width: 2; }
.onrecord-chart .bar { fill: #2a6496; }
.onrecord-chart .axis { stroke: #8a8a8a; stroke-width: 1; }
@media (prefers-color-scheme: dark) {
.onrecord-chart .ground { fill: #16181b; }
.onrecord-chart text { fill: #ececec; }
.onrecord-chart .quiet { fill: #b0b0b0; }
.onrecord-chart .mark { fill: #7fb2dd; stroke: #7fb2dd; }
.onrecord-chart .bar { fill: #7fb2dd; }
}
";

/// The elements drawn so far, and the position of the next line.
struct Canvas {
    body: String,
    y: usize,
    /// The position at which marks begin.
    left: usize,
}

/// Writes a chart as an SVG file.
///
/// # Errors
/// Fails if `out` cannot be written to.
pub fn write_svg_chart(drawing: &Drawing, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let groups = group_rows(drawing, style);
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let widest = |text: fn(&Row) -> &str| {
        rows().map(|row| terminal_width::width(text(row))).max().unwrap_or(0)
    };
    let labels = widest(|row| &row.label).min(MAX_LABEL_CELLS) * CELL_WIDTH;
    let mut canvas =
        Canvas { body: String::new(), y: GAP + LINE_HEIGHT / 2, left: GAP + labels + GAP };
    let subject = format!("({})", describe(&drawing.chart));
    let head = [Some(("title", &drawing.title)), drawing.question.as_ref().map(|q| ("quiet", q))];
    let head = head.into_iter().flatten().chain([("quiet", &subject)]);
    let mut widest_line = canvas.left + MARK_LENGTH + GAP + widest(|row| &row.words) * CELL_WIDTH;
    for (class, text) in head {
        canvas.draw_text(class, GAP, text);
        widest_line = widest_line.max(GAP + terminal_width::width(text) * CELL_WIDTH);
        canvas.y += LINE_HEIGHT;
    }
    if groups.is_empty() {
        canvas.draw_text("quiet", GAP, "no rows");
        canvas.y += LINE_HEIGHT;
    }
    for group in &groups {
        canvas.y += LINE_HEIGHT / 2;
        if !group.name.is_empty() {
            canvas.draw_text("group", GAP, &group.name);
            widest_line = widest_line.max(GAP + terminal_width::width(&group.name) * CELL_WIDTH);
            canvas.y += LINE_HEIGHT;
        }
        for row in &group.rows {
            canvas.draw_text("label", GAP, &terminal_width::truncate(&row.label, MAX_LABEL_CELLS));
            if let Some(axis) = &group.axis {
                canvas.draw_mark(row.mark, axis);
            }
            canvas.draw_text("quiet", canvas.left + MARK_LENGTH + GAP, &row.words);
            canvas.y += LINE_HEIGHT;
        }
        if let Some(axis) = group.axis.as_ref().filter(|_| group.rows.len() > 1) {
            canvas.draw_scale(axis, drawing.chart.kind);
        }
    }
    let (width, height) = (widest_line + GAP, canvas.y);
    let descriptions: Vec<String> =
        rows().map(|row| escape(&format!("{}: {}", row.label, row.words))).collect();
    let question = drawing.question.as_deref().unwrap_or_default();
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"onrecord-chart\" role=\"img\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title>{}</title>\n<desc>{}\n{}</desc>\n<style>\n{STYLE}</style>\n\
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n{}</svg>\n",
        escape(&drawing.title),
        escape(question),
        descriptions.join("\n"),
        canvas.body,
    )
}

impl Canvas {
    /// Draws text whose left edge is at `x`, in either direction.
    fn draw_text(&mut self, class: &str, x: usize, text: &str) {
        // Right-to-left text ends at its left edge.
        let mode = match terminal_width::runs_right_to_left(text) {
            true => " direction=\"rtl\" text-anchor=\"end\"",
            false => "",
        };
        let (y, text) = (self.y, escape(text));
        self.body.push_str(&format!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{mode}>{text}</text>\n"
        ));
    }

    fn draw_shape(&mut self, shape: &str) {
        self.body.push_str(shape);
        self.body.push('\n');
    }

    /// Returns the horizontal position of a value, to a tenth of a unit.
    fn x_of(&self, axis: &Axis, value: f64) -> f64 {
        let x = to_f64(self.left) + axis.position_of(value, to_f64(MARK_LENGTH), to_f64(GAP));
        (x * 10.0).round() / 10.0
    }

    fn draw_mark(&mut self, mark: Mark, axis: &Axis) {
        // The middle of the letters lies above their baseline.
        let y = self.y - 4;
        let (left, right) = (to_f64(self.left), to_f64(self.left + MARK_LENGTH));
        match mark {
            Mark::Unknown | Mark::Bar(0.0) => {}
            Mark::Bar(number) => {
                let zero = axis.position_of(0.0, to_f64(MARK_LENGTH), 0.0) + left;
                let end = axis.position_of(number, to_f64(MARK_LENGTH), 0.0) + left;
                // A value other than zero always has a visible bar.
                let (x, width) = (zero.min(end), (zero - end).abs().max(0.5));
                let top = y - 6;
                self.draw_shape(&format!(
                    "<rect class=\"bar\" x=\"{x:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"12\"/>"
                ));
            }
            Mark::Range(Some(least), Some(most)) if least == most => {
                let x = self.x_of(axis, least);
                self.draw_shape(&format!(
                    "<circle class=\"mark\" cx=\"{x:.1}\" cy=\"{y}\" r=\"3\"/>"
                ));
            }
            Mark::Range(least, most) => {
                let from = least.map_or(left, |value| self.x_of(axis, value));
                let to = most.map_or(right, |value| self.x_of(axis, value));
                // A tick at a stated end, an arrow at an open end.
                let tip = |open: bool, x: f64, inner: f64| match open {
                    false => format!("M{x:.1} {}V{}", y - 5, y + 5),
                    true => format!("M{x:.1} {y}L{inner:.1} {}V{}Z", y - 5, y + 5),
                };
                let ends =
                    tip(least.is_none(), from, from + 8.0) + &tip(most.is_none(), to, to - 8.0);
                self.draw_shape(&format!(
                    "<path class=\"mark\" d=\"M{from:.1} {y}H{to:.1}{ends}\"/>"
                ));
            }
        }
    }

    /// Draws the line under the marks, with the values at both ends of the axis.
    fn draw_scale(&mut self, axis: &Axis, kind: ChartKind) {
        let room = if kind == ChartKind::Bars { 0.0 } else { to_f64(GAP) };
        let (from, to) = axis.edges(to_f64(MARK_LENGTH), room);
        let (from, to) = (to_f64(self.left) + from, to_f64(self.left) + to);
        let y = self.y - LINE_HEIGHT / 2;
        let (least, most) = axis.end_labels();
        self.draw_shape(&format!("<path class=\"axis\" d=\"M{from:.1} {y}H{to:.1}\"/>"));
        let mut word = |x: f64, anchor: &str, word: &str, y: usize| {
            let word = escape(word);
            self.body.push_str(&format!(
                "<text class=\"quiet\" x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\">{word}</text>\n"
            ));
        };
        match axis.has_extent() {
            true => {
                word(from, "start", &least, y + 14);
                word(to, "end", &most, y + 14);
            }
            false if kind == ChartKind::Bars => word(from, "start", &least, y + 14),
            false => word(f64::midpoint(from, to), "middle", &least, y + 14),
        }
        self.y += LINE_HEIGHT;
    }
}

#[expect(clippy::cast_precision_loss, reason = "the size of a picture")]
fn to_f64(length: usize) -> f64 {
    length as f64
}
