//! Aligned columns for people, each row on as many lines as its longest cell. If the columns would become too
//! narrow to read, each row becomes a block of lines.
//!
//! Rows are written as they come: the widths come from the first of them.

mod cell;
mod layout;
mod pairs;

use super::digits::group_digits;
use super::format::Style;
use super::paint::{BOLD, FAINT, color_of, paint};
use super::terminal_width::{terminal_line, truncate, width, wrap};
use crate::model::{RowSink, Value};
use cell::{cell_text, layout_text};
use layout::{Extent, GAP, fit};
pub use pairs::write_definitions;
pub(super) use pairs::write_pairs;
use std::io::{self, Write};

/// The number of rows that decide the widths of the columns.
const SURVEYED: usize = 1000;

/// Columns of words for numbers, whose long numbers are grouped as those of numbers are.
const NUMBER_WORDS: [&str; 8] =
    ["number", "other_number", "numbers", "can_mean", "figures", "left", "right", "why"];

pub(super) struct Text<'a> {
    style: Style,
    out: &'a mut dyn Write,
    columns: Vec<String>,
    /// The rows so far, while the layout is open.
    first: Vec<Vec<Value>>,
    layout: Option<Layout>,
}

enum Layout {
    /// Columns of these widths; true for those of numbers.
    Columns(Vec<(usize, bool)>),
    /// A block of lines for each row; true for the columns that have a value in some row of the first.
    Blocks(Vec<bool>),
}

impl<'a> Text<'a> {
    pub(super) fn new(style: Style, out: &'a mut dyn Write) -> Self {
        Text { style, out, columns: Vec::new(), first: Vec::new(), layout: None }
    }

    fn cell_text(&self, column: usize, value: &Value) -> String {
        let groups = self.style.group_digits
            && match value {
                Value::Int(_) | Value::Real(_) => true,
                Value::Text(_) => NUMBER_WORDS.contains(&self.columns[column].as_str()),
                _ => false,
            };
        let text = cell_text(value, self.style);
        if groups { group_digits(&text) } else { text }
    }

    fn choose_layout(&self, is_all: bool) -> Layout {
        let blocks = || {
            let is_stated = |n: usize| self.first.iter().any(|row| !row[n].is_null());
            Layout::Blocks((0..self.columns.len()).map(is_stated).collect())
        };
        if self.style.record {
            return blocks();
        }
        let extent = |n: usize| {
            let mut extent = Extent::default();
            extent.add(&self.columns[n]);
            self.first.iter().for_each(|row| extent.add(&self.cell_text(n, &row[n])));
            if !is_all {
                extent.widen();
            }
            extent
        };
        let extents: Vec<Extent> = (0..self.columns.len()).map(extent).collect();
        let widths = match self.style.width {
            Some(room) => fit(&extents, room),
            None => Some(extents.iter().map(|extent| extent.natural).collect()),
        };
        let Some(widths) = widths else { return blocks() };
        let number =
            |row: &Vec<Value>, n| matches!(row[n], Value::Int(_) | Value::Real(_) | Value::Null);
        let is_number = |n| !self.first.is_empty() && self.first.iter().all(|row| number(row, n));
        Layout::Columns(widths.into_iter().enumerate().map(|(n, w)| (w, is_number(n))).collect())
    }

    /// Decides the layout, and writes the head of the table and the rows so far, which may be all.
    fn settle(&mut self, is_all: bool) -> io::Result<()> {
        let layout = self.choose_layout(is_all);
        if let Layout::Columns(columns) = &layout {
            let names: Vec<String> = self.columns.clone();
            let code = self.style.color.then_some(BOLD);
            let cells = names.iter().map(|name| (name.clone(), code)).collect();
            self.write_cells(cells, columns, None)?;
            let widths: usize = columns.iter().map(|(width, _)| width).sum();
            writeln!(self.out, "{}", "-".repeat(widths + GAP * columns.len().saturating_sub(1)))?;
        }
        for (n, row) in std::mem::take(&mut self.first).iter().enumerate() {
            self.write_row(&layout, row, n == 0)?;
        }
        self.layout = Some(layout);
        Ok(())
    }

    fn write_row(&mut self, layout: &Layout, row: &[Value], is_first: bool) -> io::Result<()> {
        match layout {
            Layout::Columns(columns) => {
                let cell = |(n, value): (usize, &Value)| {
                    let code = match value {
                        Value::Null => Some(FAINT),
                        Value::Text(text) => color_of(&self.columns[n], text),
                        _ => None,
                    };
                    (self.cell_text(n, value), code.filter(|_| self.style.color))
                };
                let cells = row.iter().enumerate().map(cell).collect();
                self.write_cells(cells, columns, self.style.max_lines)
            }
            Layout::Blocks(full) => {
                if !is_first {
                    writeln!(self.out)?;
                }
                // Where nothing is said of what is not stated, it has no line.
                let is_told = |n: usize| full[n] && !self.style.absent.is_empty();
                let cells =
                    row.iter().enumerate().filter(|(n, value)| is_told(*n) || !value.is_null());
                let cells: Vec<(String, String)> = cells
                    .map(|(n, value)| (self.columns[n].clone(), self.cell_text(n, value)))
                    .collect();
                let pairs: Vec<(&str, &str)> =
                    cells.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
                pairs::write_texts(&pairs, "", self.style, self.out)
            }
        }
    }

    /// Writes cells side by side, each wrapped within its column on at most so many lines.
    fn write_cells(
        &mut self,
        cells: Vec<(String, Option<&'static str>)>,
        columns: &[(usize, bool)],
        most: Option<usize>,
    ) -> io::Result<()> {
        let wraps = self.style.width.is_some();
        let cell_lines = |text: &str, cells: usize| match wraps {
            true => wrapped(text, cells, most),
            false => text.lines().map(str::to_owned).collect(),
        };
        let cells: Vec<(Vec<String>, Option<&'static str>)> = cells
            .into_iter()
            .zip(columns)
            .map(|((text, code), (width, _))| (cell_lines(&text, *width), code))
            .collect();
        let height = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0).max(1);
        for n in 0..height {
            let mut line = String::new();
            for (column, ((lines, code), (cell, is_number))) in
                cells.iter().zip(columns).enumerate()
            {
                if column > 0 {
                    line.push_str(&" ".repeat(GAP));
                }
                let text = lines.get(n).map_or("", String::as_str);
                let blanks = " ".repeat(cell.saturating_sub(width(text)));
                let text = paint(text, *code);
                match is_number {
                    true => line.extend([blanks.as_str(), &text]),
                    false => line.extend([&text, blanks.as_str()]),
                }
            }
            writeln!(self.out, "{}", terminal_line(&line))?;
        }
        Ok(())
    }
}

/// Wraps a text in lines of so many cells, of which there are at most so many; `…` stands for the rest, and
/// `+2` for further keys of a list.
fn wrapped(text: &str, cells: usize, most: Option<usize>) -> Vec<String> {
    let wrap_all =
        |text: &str| -> Vec<String> { text.lines().flat_map(|line| wrap(line, cells)).collect() };
    let mut lines = wrap_all(text);
    let Some(most) = most.filter(|most| lines.len() > *most) else { return lines };
    let keys: Vec<&str> = text.split(", ").collect();
    if keys.iter().all(|key| !key.contains(char::is_whitespace)) {
        let shorter = (1..keys.len())
            .rev()
            .map(|kept| wrap_all(&format!("{}, +{}", keys[..kept].join(", "), keys.len() - kept)));
        // A key is never cut, even if it is longer than that.
        let mut shorter = shorter.skip_while(|lines| lines.len() > most);
        return shorter.next().unwrap_or_else(|| match keys.len() {
            1 => lines,
            more => wrap_all(&format!("{}, +{}", keys[0], more - 1)),
        });
    }
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        *last = cut(last, cells);
    }
    lines
}

/// Puts `…` at the end of a line that more text follows; the last word gives way if there is no room.
fn cut(line: &str, cells: usize) -> String {
    let mut kept = line;
    while width(kept) + 1 > cells {
        match kept.rfind(' ') {
            Some(at) => kept = kept[..at].trim_end(),
            None => return truncate(line, cells.saturating_sub(1)).into_owned(),
        }
    }
    format!("{}…", kept.trim_end_matches([',', ';', '…']))
}

impl RowSink for Text<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.columns = columns.iter().map(|name| layout_text(name)).collect();
        self.first.clear();
        self.layout = None;
        Ok(())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        if let Some(layout) = self.layout.take() {
            let written = self.write_row(&layout, row, false);
            self.layout = Some(layout);
            return written;
        }
        self.first.push(row.to_vec());
        if self.first.len() == SURVEYED { self.settle(false) } else { Ok(()) }
    }

    fn end(&mut self) -> io::Result<()> {
        match (self.columns.is_empty() || self.layout.is_some(), self.first.is_empty()) {
            (true, _) => Ok(()),
            (false, true) => writeln!(self.out, "no rows"),
            (false, false) => self.settle(true),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Text, wrapped};
    use crate::model::{RowSink, Value};
    use crate::render::format::Style;

    /// Writes rows of texts and numbers under these headings.
    fn written(style: Style, columns: &[&str], rows: &[Vec<Value>]) -> String {
        let mut out = Vec::new();
        let mut sink = Text::new(style, &mut out);
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        sink.begin(&columns).unwrap();
        rows.iter().for_each(|row| sink.row(row).unwrap());
        sink.end().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_no_key_is_cut() {
        let long = "The road bridge at Hallow is closed to all traffic, and so is the footbridge beside it, until the water falls";
        let row = vec![text("road-bridge-closed"), text(long), Value::Int(1_234_567)];
        let style =
            Style { width: Some(51), max_lines: Some(3), group_digits: true, ..Style::default() };
        let said = written(style, &["claim", "text", "people"], std::slice::from_ref(&row));
        assert_eq!(
            said,
            "claim               text                     people\n\
             ---------------------------------------------------\n\
             road-bridge-closed  The road bridge at    1,234,567\n\
             \x20                   Hallow is closed to\n\
             \x20                   all traffic, and so…\n"
        );
        let all = written(Style { max_lines: None, ..style }, &["claim", "text", "people"], &[row]);
        assert!(all.contains("water falls") && all.lines().all(|line| line.len() <= 51), "{all}");
    }

    #[test]
    fn a_list_of_keys_ends_after_a_key() {
        let keys = "bridge-closed, homes-left, road-open, water-falls";
        assert_eq!(wrapped(keys, 15, Some(2)), ["bridge-closed,", "homes-left, +2"]);
        assert_eq!(wrapped(keys, 15, Some(1)), ["bridge-closed,", "+3"], "the first key stays");
        assert_eq!(
            wrapped("bridge-closed-for-good", 8, Some(2)),
            ["bridge-", "closed-", "for-good"]
        );
        assert_eq!(wrapped("one two three four", 9, Some(1)), ["one two…"]);
        assert_eq!(wrapped("one two, three four", 9, Some(1)), ["one two…"]);
        assert_eq!(wrapped("one two", 9, Some(1)), ["one two"]);
    }

    #[test]
    fn columns_too_narrow_to_read_become_a_block_for_each_row() {
        let row = || vec![text("bridge-closed"), text("The bridge"), Value::Null];
        let style = Style { width: Some(20), ..Style::default() };
        let said = written(style, &["claim", "title", "note"], &[row(), row()]);
        assert_eq!(
            said,
            "claim  bridge-closed\ntitle  The bridge\n\nclaim  bridge-closed\ntitle  The bridge\n"
        );
        let record = written(
            Style { record: true, ..Style::default() },
            &["claim", "title", "note"],
            &[row()],
        );
        assert_eq!(record, "claim  bridge-closed\ntitle  The bridge\n");
    }

    #[test]
    fn the_first_thousand_rows_decide_and_the_others_follow_at_once() {
        let mut out = Vec::new();
        let mut sink = Text::new(Style { width: Some(30), ..Style::default() }, &mut out);
        sink.begin(&["key".to_owned(), "n".to_owned()]).unwrap();
        for n in 0..1000 {
            sink.row(&[text("bridge-a"), Value::Int(n)]).unwrap();
        }
        sink.row(&[text("bridge-at-hallow-closed"), Value::Int(5)]).unwrap();
        drop(sink);
        let said = String::from_utf8(out).unwrap();
        assert!(
            said.contains("\nbridge-a      0\n")
                && said.ends_with("\nbridge-at-    5\nhallow-\nclosed\n"),
            "{}",
            &said[said.len() - 60..]
        );
        assert!(said.lines().all(|line| line.len() <= 30));
    }

    #[test]
    fn an_answer_without_rows_says_so() {
        assert_eq!(written(Style::default(), &["claim", "text"], &[]), "no rows\n");
        assert_eq!(written(Style::default(), &[], &[]), "", "a statement without an answer");
    }

    #[test]
    fn only_a_terminal_with_colours_gets_them() {
        let row = vec![text("refuted"), text("a\u{1b}[31mb"), Value::Null];
        let columns = ["status", "text", "note"];
        let plain = written(Style::default(), &columns, std::slice::from_ref(&row));
        assert!(!plain.contains('\u{1b}'), "{plain:?}");
        let colored = written(Style { color: true, ..Style::default() }, &columns, &[row]);
        assert!(colored.starts_with("\u{1b}[1mstatus\u{1b}[0m"), "{colored:?}");
        assert!(colored.contains("\u{1b}[31mrefuted\u{1b}[0m  a␛[31mb"), "{colored:?}");
        assert!(colored.ends_with("\u{1b}[2mnot stated\u{1b}[0m\n"), "{colored:?}");
    }

    #[test]
    fn only_numbers_and_their_words_are_grouped() {
        let style = Style { group_digits: true, ..Style::default() };
        let row =
            vec![Value::Int(10_000), text("nearly 10000"), text("10000-dead"), text("case 20210")];
        let said = written(style, &["value", "number", "claim", "note"], &[row]);
        assert!(said.contains("10,000  nearly 10,000  10000-dead  case 20210"), "{said}");
    }
}
