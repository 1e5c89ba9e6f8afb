//! Which rows are written: all of them, or some claims with everything they need.

use super::{Format, Options, Outcome};
use crate::error::Result;
use crate::model::{Kind, Type, Value};
use crate::ops::report::filter::ReportFilter;
use crate::store::{Reader, reach, report_query, words};
use std::collections::{BTreeMap, BTreeSet};

/// A selection of rows; everything where there is no condition.
pub(super) struct Chosen(Option<Part>);

struct Part {
    /// The keys that the conditions chose: of claims, or of sources for references.
    picked: BTreeSet<String>,
    /// By table, the names of the rows that the chosen claims consist of or refer to.
    needed: BTreeMap<String, BTreeSet<String>>,
}

impl Part {
    fn holds(&self, table: &str, name: &Value) -> bool {
        let names = self.needed.get(table);
        name.as_text().is_some_and(|name| names.is_some_and(|names| names.contains(name)))
    }
}

impl Chosen {
    /// Reads which rows the conditions choose.
    pub fn read(db: &Reader, options: &Options) -> Result<Chosen> {
        if options.conditions.is_empty() {
            return Ok(Chosen(None));
        }
        let (report, column) = match options.format {
            Format::CslJson => ("sources", "source"),
            _ => ("claims", "claim"),
        };
        let report = ReportFilter::of(db, report)?;
        let conditions = report.conditions(&options.conditions, &options.today)?;
        let query = report_query(&report.view, &[report.column(column)?], &conditions, None, None);
        let picked: BTreeSet<String> = words(db, &query)?.into_iter().collect();
        let mut needed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        if matches!(
            options.format,
            Format::Toml | Format::Ndjson | Format::DataPackage | Format::Csv | Format::Xlsx
        ) {
            let claims: Vec<&str> = picked.iter().map(String::as_str).collect();
            for (table, word) in reach(db, &serde_json::Value::from(claims).to_string())? {
                needed.entry(table).or_default().insert(word);
            }
        }
        Ok(Chosen(Some(Part { picked, needed })))
    }

    /// Leaves rows of a table out, and with them whatever refers to them.
    pub fn leave_out(&mut self, table: &str, names: &[String]) {
        if let Some(needed) = self.0.as_mut().and_then(|part| part.needed.get_mut(table)) {
            needed.retain(|name| !names.contains(name));
        }
    }

    /// What an export of rows tells: how many claims were chosen.
    pub fn rows(&self) -> Outcome {
        Outcome::Rows(self.0.as_ref().map(|part| part.picked.len()))
    }

    /// Whether everything is written.
    pub fn all(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the conditions chose the claim, or the source, with this key.
    pub fn picked(&self, key: &str) -> bool {
        self.0.as_ref().is_none_or(|part| part.picked.contains(key))
    }

    /// Whether what a row names is written too; naming nothing is no hindrance.
    pub fn holds(&self, table: &str, name: &Value) -> bool {
        self.0.as_ref().is_none_or(|part| name.is_null() || part.holds(table, name))
    }

    /// Whether a row is written: in a part, one that belongs to chosen claims and refers to nothing
    /// outside it. History, reports and dates belong to no claim; the numbers of an equation may lie
    /// anywhere.
    pub fn keeps(&self, kind: &Kind, row: &[Value]) -> bool {
        let Some(part) = &self.0 else { return true };
        if matches!(kind.table, "revisions" | "reports" | "dates" | "equations") {
            return false;
        }
        let needed = |table: &str, name: &Value| part.holds(table, name);
        let own = match kind.table {
            "sqlar" => kind.position("name"),
            _ => kind.position("key"),
        };
        let refers = kind.fields.iter().zip(row).all(|(field, value)| match field.ty {
            Type::Ref(table) => value.is_null() || needed(table, value),
            _ => true,
        });
        refers && own.is_none_or(|own| needed(kind.table, &row[own]))
    }
}
