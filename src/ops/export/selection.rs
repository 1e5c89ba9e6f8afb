//! The rows that an export writes: all of them, or the selected claims with everything they need.

use super::options::{ExportFormat, ExportOutcome, Options};
use crate::error::Result;
use crate::model::{EQUATION, Kind, Role, Type, Value, kind_of_table};
use crate::ops::report::{self, asked::Asked};
use crate::store::{Reader, reach, words};
use std::collections::{BTreeMap, BTreeSet};

/// A selection of rows; without conditions it includes everything.
pub(super) struct Selection(Option<Subset>);

/// The rows that conditions select, by key.
struct Subset {
    /// The keys that meet the conditions: of claims, or of sources for `csl-json`.
    keys: BTreeSet<String>,
    /// The number of those that may meet the conditions, and are left out since they need not.
    possible: u64,
    /// By table, the names of the rows that the selected claims consist of or refer to.
    needed: BTreeMap<String, BTreeSet<String>>,
}

impl Subset {
    fn needs(&self, table: &str, name: &Value) -> bool {
        let names = self.needed.get(table);
        name.as_text().is_some_and(|name| names.is_some_and(|names| names.contains(name)))
    }
}

impl Selection {
    /// Evaluates the conditions of `options` against the archive.
    pub fn read(db: &Reader, options: &Options) -> Result<Selection> {
        if options.conditions.is_empty() {
            return Ok(Selection(None));
        }
        let (report, column) = match options.format {
            ExportFormat::CslJson => ("sources", "source"),
            _ => ("claims", "claim"),
        };
        let asked = report::Options {
            conditions: options.conditions.clone(),
            any: options.any,
            possible: options.possible,
            columns: vec![column.to_owned()],
            today: options.today.clone(),
            ..report::Options::default()
        };
        let asked = Asked::of(db, report, &asked)?;
        let keys: BTreeSet<String> = words(db, &asked.rows())?.into_iter().collect();
        let possible = asked.count_possible(db)?;
        let mut needed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        if matches!(
            options.format,
            ExportFormat::Toml
                | ExportFormat::Ndjson
                | ExportFormat::DataPackage
                | ExportFormat::Csv
                | ExportFormat::Xlsx
        ) {
            let claims: Vec<&str> = keys.iter().map(String::as_str).collect();
            for (table, word) in reach(db, &serde_json::Value::from(claims).to_string())? {
                needed.entry(table).or_default().insert(word);
            }
        }
        Ok(Selection(Some(Subset { keys, possible, needed })))
    }

    /// Excludes rows of a table, and with them the rows that refer to them.
    pub fn exclude(&mut self, table: &str, names: &[String]) {
        if let Some(needed) = self.0.as_mut().and_then(|subset| subset.needed.get_mut(table)) {
            needed.retain(|name| !names.contains(name));
        }
    }

    /// Returns the outcome of an export of rows: the number of selected claims.
    pub fn rows_outcome(&self) -> ExportOutcome {
        ExportOutcome::Rows(self.0.as_ref().map(|subset| subset.keys.len()))
    }

    /// Returns the number of claims or sources that are left out although they may meet the conditions.
    pub fn possible(&self) -> u64 {
        self.0.as_ref().map_or(0, |subset| subset.possible)
    }

    /// Returns `true` when everything is exported.
    pub fn is_everything(&self) -> bool {
        self.0.is_none()
    }

    /// Returns `true` when the claim, or the source, with this key meets the conditions.
    pub fn includes_key(&self, key: &str) -> bool {
        self.0.as_ref().is_none_or(|subset| subset.keys.contains(key))
    }

    /// Returns `true` when the row that a reference names is exported too, or the reference is
    /// empty.
    pub fn includes_reference(&self, table: &str, name: &Value) -> bool {
        self.0.as_ref().is_none_or(|subset| name.is_null() || subset.needs(table, name))
    }

    /// Returns `true` when a row is exported: it belongs to selected claims and refers to nothing
    /// outside the selection. Revisions, reports and dates belong to no claim, and an equation may
    /// name figures of any claim; a partial export leaves all of them out.
    pub fn includes_row(&self, kind: &Kind, row: &[Value]) -> bool {
        let Some(subset) = &self.0 else { return true };
        let general = matches!(kind.role, Role::History | Role::Report | Role::Derived);
        if general || kind.is(&EQUATION) {
            return false;
        }
        let own = match kind.identity {
            ["name"] => kind.position("name"),
            _ => kind.position("key").filter(|_| kind.keyed()),
        };
        let refers = kind.fields.iter().zip(row).all(|(field, value)| match field.ty {
            Type::Ref(table) => value.is_null() || subset.needs(table, value),
            Type::RefIn(of) => {
                let table = kind.position(of).and_then(|n| row[n].as_text());
                table.and_then(kind_of_table).is_some_and(|of| subset.needs(of.table, value))
            }
            _ => true,
        });
        refers && own.is_none_or(|own| subset.needs(kind.table, &row[own]))
    }
}
