//! Chart declarations in the header of a report:
//!
//! ```text
//! -- chart: bars NUMBER by LABEL [per COLUMN …] [with COLUMN …]
//! -- chart: intervals LOWER UPPER by LABEL [per COLUMN …] [with COLUMN …]
//! -- chart: spans EARLIEST LATEST by LABEL [per COLUMN …] [with COLUMN …]
//! ```
//!
//! `per` draws a separate axis for each value of a column: metres and people do not share one.
//! `with` names the columns printed beside each mark, so that no number appears without its
//! caveats; it defaults to the columns of [`Chart::CAVEATS`] that the report has. `bars count`
//! counts the rows of each label, unless the report has a column named `count`.

use super::spelling::quoted;
use super::table::Table;
use super::value::Value;
use std::collections::HashMap;

/// The shape of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar from zero to a number.
    Bars,
    /// The range of a number, from its lower to its upper bound.
    Intervals,
    /// The range of a date, from its earliest to its latest day.
    Spans,
}

/// A parsed chart declaration, in terms of the columns of its report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The shape of a mark.
    pub kind: ChartKind,
    /// The column of the number (bars), or the columns of the lower and the upper end.
    pub ends: Vec<String>,
    /// The column that names each mark.
    pub label: String,
    /// The columns whose values get a separate axis each.
    pub per: Vec<String>,
    /// The columns printed beside each mark; `None` for the caveat columns of the report.
    pub with: Option<Vec<String>>,
}

/// A chart with its rows, ready to be rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The report's title.
    pub title: String,
    /// The question that the report answers.
    pub question: Option<String>,
    /// The chart.
    pub chart: Chart,
    /// The rows.
    pub table: Table,
}

impl Chart {
    /// The columns that qualify a number: its precision, date, status and number of origins.
    pub const CAVEATS: [&'static str; 5] = ["qualifier", "assumed", "as_of", "status", "origins"];

    /// The syntax of a declaration, for messages.
    pub const SYNTAX: &'static str = "write `bars NUMBER by LABEL`, `intervals LOWER UPPER by LABEL` or \
        `spans EARLIEST LATEST by LABEL`, then `per COLUMN` for axes of their own and `with COLUMN` for columns beside each mark";

    /// Parses a declaration.
    ///
    /// # Errors
    /// Fails when the text is not a chart declaration; the message quotes it.
    pub fn parse(text: &str) -> Result<Chart, String> {
        let words: Vec<&str> =
            text.split([' ', '\t', '\n', ',']).filter(|word| !word.is_empty()).collect();
        let (kind, ends) = match words.first() {
            Some(&"bars") => (ChartKind::Bars, 1),
            Some(&"intervals") => (ChartKind::Intervals, 2),
            Some(&"spans") => (ChartKind::Spans, 2),
            _ => return Err(format!("{} is not a chart", quoted(text))),
        };
        let clause = |word: &str| {
            let at = words.iter().position(|w| *w == word)?;
            let rest = words.iter().skip(at + 1);
            let columns = rest.take_while(|w| !["by", "per", "with"].contains(*w));
            Some(columns.map(|column| (*column).to_owned()).collect::<Vec<_>>())
        };
        let first = words.iter().skip(1).take_while(|word| **word != "by");
        let first: Vec<String> = first.map(|word| (*word).to_owned()).collect();
        let label = clause("by").unwrap_or_default();
        let (per, with) = (clause("per"), clause("with"));
        // `by`, `per` and `with` come in this order, each once, with no stray words between them.
        let clauses = [Some(&label), per.as_ref(), with.as_ref()].into_iter().flatten();
        let accounted = 1 + first.len() + clauses.map(|columns| 1 + columns.len()).sum::<usize>();
        let empty = [&per, &with].into_iter().flatten().any(Vec::is_empty);
        match <[String; 1]>::try_from(label) {
            Ok([label]) if first.len() == ends && accounted == words.len() && !empty => {
                Ok(Chart { kind, ends: first, label, per: per.unwrap_or_default(), with })
            }
            _ => Err(format!("{} is not a chart", quoted(text))),
        }
    }

    /// Returns true when the bars count rows: `bars count`, and the report has no column `count`.
    pub fn counts_rows(&self, known: &[String]) -> bool {
        self.kind == ChartKind::Bars
            && self.ends == ["count"]
            && !known.iter().any(|column| column == "count")
    }

    /// Checks that the report has every column of the declaration.
    ///
    /// # Errors
    /// Fails when columns are missing; the message names them and the columns that the report has.
    pub fn check_columns(&self, known: &[String]) -> Result<(), String> {
        let counts = self.counts_rows(known);
        let ends = self.ends.iter().filter(|_| !counts);
        let named = ends.chain([&self.label]).chain(&self.per).chain(self.with.iter().flatten());
        let missing: Vec<&str> =
            named.filter(|column| !known.contains(column)).map(String::as_str).collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(format!(
                "the report has no column {}; it has {}",
                missing.join(", "),
                known.join(", ")
            )),
        }
    }

    /// Returns the columns printed beside each mark.
    pub fn caption_columns(&self, known: &[String]) -> Vec<String> {
        match &self.with {
            Some(with) => with.clone(),
            None => known
                .iter()
                .filter(|column| Self::CAVEATS.contains(&column.as_str()))
                .filter(|column| !self.plotted_columns().any(|drawn| drawn == *column))
                .cloned()
                .collect(),
        }
    }

    /// The columns that are drawn themselves: ends, label and axes.
    fn plotted_columns(&self) -> impl Iterator<Item = &String> {
        self.ends.iter().chain([&self.label]).chain(&self.per)
    }

    /// Counts the rows of each label, in the order in which the labels first appear.
    #[must_use]
    pub fn count_rows(&self, table: &Table) -> Table {
        let keys: Vec<&String> = self.per.iter().chain([&self.label]).collect();
        let places: Vec<Option<usize>> =
            keys.iter().map(|key| table.columns.iter().position(|column| column == *key)).collect();
        let mut counted = Table {
            columns: keys.iter().map(|key| (*key).clone()).chain(["count".to_owned()]).collect(),
            rows: Vec::new(),
        };
        let mut seen: HashMap<String, usize> = HashMap::new();
        for row in &table.rows {
            let value_at = |place: &Option<usize>| place.and_then(|n| row.get(n)).cloned();
            let mut key: Vec<Value> =
                places.iter().map(|place| value_at(place).unwrap_or(Value::Null)).collect();
            let at = *seen.entry(format!("{key:?}")).or_insert(counted.rows.len());
            if at == counted.rows.len() {
                key.push(Value::Int(0));
                counted.rows.push(key);
            }
            if let Some(Value::Int(number)) = counted.rows[at].last_mut() {
                *number += 1;
            }
        }
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::{Chart, ChartKind};

    #[test]
    fn reads_declarations() {
        let read = |text| Chart::parse(text).ok();
        let bars = read("bars claims by status").unwrap_or_else(|| unreachable!());
        assert_eq!((bars.kind, bars.label.as_str()), (ChartKind::Bars, "status"));
        let full = read("intervals lower upper by claim per measure, unit with said status");
        let full = full.unwrap_or_else(|| unreachable!());
        assert_eq!(full.ends, ["lower", "upper"]);
        assert_eq!(full.per, ["measure", "unit"]);
        assert_eq!(full.with.as_deref(), Some(&["said".to_owned(), "status".to_owned()][..]));
        for wrong in [
            "",
            "pie a by b",
            "bars a",
            "bars by b",
            "bars a b by c",
            "bars a by b c",
            "spans a by b",
            "bars a by b per",
            "bars a by b with",
            "bars a by b by c",
            "bars a by b with c with d",
        ] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn names_what_is_missing() {
        let known = ["a".to_owned(), "b".to_owned()];
        let check = |text: &str| Chart::parse(text).and_then(|chart| chart.check_columns(&known));
        assert_eq!(check("bars a by b"), Ok(()));
        assert_eq!(check("bars count by b"), Ok(()));
        assert_eq!(
            check("spans a x by y with b"),
            Err("the report has no column x, y; it has a, b".to_owned())
        );
    }
}
