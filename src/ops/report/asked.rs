//! A report with the filter, order, limit and columns that a command asks for, as SQL.

use super::condition::build_conditions;
use super::filter::{ReportFilter, check_today};
use crate::error::Result;
use crate::store::{Certainty, Conditions, Query, Reader, ReportQuery, words};

/// The options of a report: filter, order, limit and columns.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Conditions such as `status=unverified`, all of which must hold.
    pub conditions: Vec<String>,
    /// True if one of the conditions is enough.
    pub any: bool,
    /// True for the rows that may meet the conditions too: a number known within bounds, a date known to a
    /// month.
    pub possible: bool,
    /// The column to sort by, with `-` before it for descending order.
    pub order: Option<String>,
    /// The largest number of rows.
    pub limit: Option<u64>,
    /// The columns to show; empty for all, or those of `lead`.
    pub columns: Vec<String>,
    /// True to show, where no columns are named, those that the report names as its answer
    /// (`-- show:`).
    pub lead: bool,
    /// The day that `today` stands for in conditions (`YYYY-MM-DD`).
    pub today: String,
}

/// A report with what is asked of it.
pub(in crate::ops) struct Asked {
    query: ReportQuery,
    certainty: Certainty,
    prelude: Option<String>,
}

impl Asked {
    /// Checks the options against the report.
    pub fn of(db: &Reader, name: &str, options: &Options) -> Result<Asked> {
        check_today(&options.today)?;
        let report = ReportFilter::of(db, name)?;
        let conditions =
            build_conditions(db, &report, &options.conditions, options.any, &options.today)?;
        let show: Vec<&str> = report.header.show.iter().map(String::as_str).collect();
        let columns = match options.columns.is_empty() {
            // The header of a user's report may name columns that it does not have.
            true if options.lead && report.has(&show) => report.header.show.clone(),
            true => Vec::new(),
            false => {
                let named = options.columns.iter().map(|name| report.column(name));
                named.collect::<Result<Vec<_>>>()?
            }
        };
        let order = match options.order.as_deref() {
            Some(order) => {
                let column = report.column(order.trim_start_matches('-'))?;
                Some((column, order.starts_with('-')))
            }
            None => None,
        };
        let certainty = if options.possible { Certainty::Possible } else { Certainty::Sure };
        let query =
            ReportQuery { view: report.view, columns, conditions, order, limit: options.limit };
        Ok(Asked { query, certainty, prelude: report.prelude })
    }

    /// The statement for the rows.
    pub fn rows(&self) -> Query {
        self.with_prelude(self.query.rows(self.certainty))
    }

    /// The number of rows that may meet the conditions and are left out, since they need not.
    pub fn count_possible(&self, db: &Reader) -> Result<u64> {
        if self.certainty == Certainty::Possible || !self.query.conditions.can_be_open() {
            return Ok(0);
        }
        let counted = words(db, &self.with_prelude(self.query.possible_rows()))?;
        Ok(counted.first().and_then(|number| number.parse().ok()).unwrap_or(0))
    }

    fn with_prelude(&self, query: Query) -> Query {
        match &self.prelude {
            Some(prelude) => Query { sql: format!("{prelude}{}", query.sql), ..query },
            None => query,
        }
    }

    /// The conditions that no row meets, each by itself. An empty report is the fault of none.
    pub fn unmet_conditions(&self, db: &Reader) -> Result<Vec<String>> {
        let is_met = |conditions: Conditions| -> Result<bool> {
            let query =
                ReportQuery { view: self.query.view.clone(), conditions, ..ReportQuery::default() };
            Ok(!words(db, &self.with_prelude(query.any_row(self.certainty)))?.is_empty())
        };
        let mut unmet = Vec::new();
        if self.query.conditions.all.is_empty() || !is_met(Conditions::default())? {
            return Ok(unmet);
        }
        // Of one condition it is known already.
        if let [condition] = self.query.conditions.all.as_slice() {
            return Ok(vec![condition.text.clone()]);
        }
        for condition in &self.query.conditions.all {
            let alone = Conditions { all: vec![condition.clone()], any: false };
            if !is_met(alone)? {
                unmet.push(condition.text.clone());
            }
        }
        Ok(unmet)
    }
}
