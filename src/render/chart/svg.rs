//! A chart as one SVG file: no script, nothing fetched, light and dark by what the reader prefers.
//! Its description holds every name and its words, for those who do not see it.

use super::axis::{Axis, Mark};
use super::{Row, groups, subject};
use crate::model::{ChartKind, Drawing};
use crate::render::escape::escape;
use crate::render::{Style, terminal_width};
use std::io::{self, Write};

/// What a cell of text takes at most, in the units of the drawing: nobody can measure a font here.
const CELL: usize = 8;
/// From one line to the next.
const LINE: usize = 20;
/// The length of the longest mark.
const MARK: usize = 360;
/// Around everything, and between the parts of a line.
const GAP: usize = 16;
/// Longer names are cut; the words never are.
const LONGEST_NAME: usize = 48;

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

/// What is drawn so far, and where the next line begins.
struct Page {
    body: String,
    y: usize,
    /// Where marks begin.
    left: usize,
}

/// Draws a chart as an SVG file.
///
/// # Errors
/// When `out` cannot be written to.
pub fn svg(drawing: &Drawing, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups(drawing, style);
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let widest =
        |of: fn(&Row) -> &str| rows().map(|row| terminal_width::width(of(row))).max().unwrap_or(0);
    let labels = widest(|row| &row.label).min(LONGEST_NAME) * CELL;
    let mut page = Page { body: String::new(), y: GAP + LINE / 2, left: GAP + labels + GAP };
    let subject = format!("({})", subject(&drawing.chart));
    let head = [Some(("title", &drawing.title)), drawing.question.as_ref().map(|q| ("quiet", q))];
    let head = head.into_iter().flatten().chain([("quiet", &subject)]);
    let mut widest_line = page.left + MARK + GAP + widest(|row| &row.words) * CELL;
    for (class, text) in head {
        page.text(class, GAP, text);
        widest_line = widest_line.max(GAP + terminal_width::width(text) * CELL);
        page.y += LINE;
    }
    if groups.is_empty() {
        page.text("quiet", GAP, "no rows");
        page.y += LINE;
    }
    for group in &groups {
        page.y += LINE / 2;
        if !group.name.is_empty() {
            page.text("group", GAP, &group.name);
            widest_line = widest_line.max(GAP + terminal_width::width(&group.name) * CELL);
            page.y += LINE;
        }
        for row in &group.rows {
            page.text("label", GAP, &terminal_width::cut(&row.label, LONGEST_NAME));
            if let Some(axis) = &group.axis {
                page.mark(row.mark, axis);
            }
            page.text("quiet", page.left + MARK + GAP, &row.words);
            page.y += LINE;
        }
        if let Some(axis) = group.axis.as_ref().filter(|_| group.rows.len() > 1) {
            page.scale(axis, drawing.chart.kind);
        }
    }
    let (width, height) = (widest_line + GAP, page.y);
    let told: Vec<String> =
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
        told.join("\n"),
        page.body,
    )
}

impl Page {
    /// Text that begins at `x`, whichever way it runs.
    fn text(&mut self, class: &str, x: usize, text: &str) {
        // The end of right-to-left text is its left edge.
        let mode = match terminal_width::runs_right_to_left(text) {
            true => " direction=\"rtl\" text-anchor=\"end\"",
            false => "",
        };
        let (y, text) = (self.y, escape(text));
        self.body.push_str(&format!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{mode}>{text}</text>\n"
        ));
    }

    fn shape(&mut self, shape: &str) {
        self.body.push_str(shape);
        self.body.push('\n');
    }

    /// The place of a value, with a tenth of a unit.
    fn x(&self, axis: &Axis, value: f64) -> f64 {
        let x = of(self.left) + axis.at(value, of(MARK), of(GAP));
        (x * 10.0).round() / 10.0
    }

    fn mark(&mut self, mark: Mark, axis: &Axis) {
        // The middle of the letters is above the line they stand on.
        let y = self.y - 4;
        let (left, right) = (of(self.left), of(self.left + MARK));
        match mark {
            Mark::Unknown | Mark::Bar(0.0) => {}
            Mark::Bar(number) => {
                let zero = axis.at(0.0, of(MARK), 0.0) + left;
                let end = axis.at(number, of(MARK), 0.0) + left;
                // What is not zero is never without a bar.
                let (x, width) = (zero.min(end), (zero - end).abs().max(0.5));
                let top = y - 6;
                self.shape(&format!(
                    "<rect class=\"bar\" x=\"{x:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"12\"/>"
                ));
            }
            Mark::Range(Some(least), Some(most)) if least == most => {
                let x = self.x(axis, least);
                self.shape(&format!("<circle class=\"mark\" cx=\"{x:.1}\" cy=\"{y}\" r=\"3\"/>"));
            }
            Mark::Range(least, most) => {
                let from = least.map_or(left, |value| self.x(axis, value));
                let to = most.map_or(right, |value| self.x(axis, value));
                // A tick where an end is stated, an arrow where it is open.
                let tip = |open: bool, x: f64, inner: f64| match open {
                    false => format!("M{x:.1} {}V{}", y - 5, y + 5),
                    true => format!("M{x:.1} {y}L{inner:.1} {}V{}Z", y - 5, y + 5),
                };
                let ends =
                    tip(least.is_none(), from, from + 8.0) + &tip(most.is_none(), to, to - 8.0);
                self.shape(&format!("<path class=\"mark\" d=\"M{from:.1} {y}H{to:.1}{ends}\"/>"));
            }
        }
    }

    /// The line under the marks, with the least and the most of the axis.
    fn scale(&mut self, axis: &Axis, kind: ChartKind) {
        let room = if kind == ChartKind::Bars { 0.0 } else { of(GAP) };
        let (from, to) = axis.edges(of(MARK), room);
        let (from, to) = (of(self.left) + from, of(self.left) + to);
        let y = self.y - LINE / 2;
        let (least, most) = axis.words();
        self.shape(&format!("<path class=\"axis\" d=\"M{from:.1} {y}H{to:.1}\"/>"));
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
        self.y += LINE;
    }
}

#[expect(clippy::cast_precision_loss, reason = "the size of a picture")]
fn of(length: usize) -> f64 {
    length as f64
}
