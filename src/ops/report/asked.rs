//! A report with the filter, order, limit and columns that a command asks for, as SQL.

use super::condition::build_conditions;
use super::filter::{ReportFilter, check_today};
use super::vocabulary::subject_kind;
use crate::error::Result;
use crate::model::{Kind, RowSink, Table};
use crate::store::{Answers, Certainty, Conditions, Query, ReportQuery, first_keys, words};

/// The largest limit for which the first keys are asked by themselves.
const FEW_ROWS: u64 = 1000;

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
    /// The column of keys in whose order the rows come, and the kind of the keys.
    by_key: Option<(String, &'static Kind)>,
}

impl Asked {
    /// Checks the options against the report.
    pub fn of(db: &dyn Answers, name: &str, options: &Options) -> Result<Asked> {
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
        // The header of a user's report may name columns that it does not have.
        let own = if report.builtin { report.header.order.as_slice() } else { &[] };
        let order = match options.order.as_deref() {
            Some(order) => {
                vec![(report.column(order.trim_start_matches('-'))?, order.starts_with('-'))]
            }
            // Where the statement sorts, SQLite leaves out the order of the view, for which it would work out the
            // columns of the order a second time.
            None if report.header.order_is_whole => own.to_vec(),
            None => Vec::new(),
        };
        let certainty = if options.possible { Certainty::Possible } else { Certainty::Sure };
        // A report of the user's may have other words in a column of this name.
        let first = order.first().or(own.first()).filter(|_| report.builtin);
        let first = first.filter(|(_, descending)| !descending);
        let by_key = first.and_then(|(column, _)| Some((column.clone(), subject_kind(column)?)));
        let numbers_rows = !db.keeps_ties();
        let columns = match columns.is_empty() && numbers_rows {
            true => report.columns().map(str::to_owned).collect(),
            false => columns,
        };
        let (view, limit) = (report.view, options.limit);
        let query =
            ReportQuery { view, columns, conditions, among: None, order, numbers_rows, limit };
        Ok(Asked { query, certainty, prelude: report.prelude, by_key })
    }

    /// Sends the rows to `sink`. A few rows in the order of a key are asked of the first keys, and of all only where
    /// these have too few: a report finds the rows of a key, but SQLite would read all to sort them.
    pub fn run(&self, db: &dyn Answers, sink: &mut dyn RowSink) -> Result<()> {
        let Some((limit, query)) = self.of_first_keys(db)? else {
            return db.run(&self.rows(), sink);
        };
        let mut found = Table::default();
        db.run(&query, &mut found)?;
        if found.rows.len() as u64 != limit {
            return db.run(&self.rows(), sink);
        }
        sink.begin(&found.columns)?;
        found.rows.iter().try_for_each(|row| sink.row(row))?;
        Ok(sink.end()?)
    }

    /// The limit, and the statement for the rows of as many keys, where the rows come in the order of a key.
    fn of_first_keys(&self, db: &dyn Answers) -> Result<Option<(u64, Query)>> {
        let limit = self.query.limit.filter(|limit| (1..=FEW_ROWS).contains(limit));
        let (Some(limit), Some((column, kind))) = (limit, &self.by_key) else { return Ok(None) };
        let keys = first_keys(db, kind.table, limit)?;
        let among = Some((column.clone(), keys));
        let query = ReportQuery { among, ..self.query.clone() };
        Ok(Some((limit, self.with_prelude(query.rows(self.certainty)))))
    }

    /// The statement for the rows.
    pub fn rows(&self) -> Query {
        self.with_prelude(self.query.rows(self.certainty))
    }

    /// The number of rows that may meet the conditions and are left out, since they need not.
    pub fn count_possible(&self, db: &dyn Answers) -> Result<u64> {
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
    pub fn unmet_conditions(&self, db: &dyn Answers) -> Result<Vec<String>> {
        let is_met = |conditions: Conditions| -> Result<bool> {
            let query =
                ReportQuery { view: self.query.view.clone(), conditions, ..ReportQuery::default() };
            Ok(!words(db, &self.with_prelude(query.any_row(self.certainty)))?.is_empty())
        };
        let all = &self.query.conditions.all;
        // Of a record that is there it may be said without a look at the rest, which is all of a report at worst.
        if let [condition] = all.as_slice()
            && !condition.negated
            && subject_kind(&condition.column).is_some()
        {
            return Ok(vec![condition.text.clone()]);
        }
        let mut unmet = Vec::new();
        if all.is_empty() || !is_met(Conditions::default())? {
            return Ok(unmet);
        }
        // Of one condition it is known already.
        if let [condition] = all.as_slice() {
            return Ok(vec![condition.text.clone()]);
        }
        for condition in all {
            let alone = Conditions { all: vec![condition.clone()], any: false };
            if !is_met(alone)? {
                unmet.push(condition.text.clone());
            }
        }
        Ok(unmet)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Asked, Options};
    use crate::model::{CancelToken, Value};
    use crate::ops::Context;
    use crate::ops::archive::init::{NewNames, init};
    use crate::ops::context::open_reader;
    use crate::ops::import::{self, Input};

    /// A few rows in the order of a key are asked of as many keys; what is not in such an order, of all.
    #[test]
    fn the_first_keys_are_asked_for_a_few_rows_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("onrecord.db");
        let now = "2021-07-02T12:00:00Z".to_owned();
        let context = Context { now, editor: None, cancel: CancelToken::never() };
        init(&path, NewNames::default(), &context).unwrap();
        let lines = ["c", "a", "b"].map(|key| {
            format!(
                "{{\"table\":\"locations\",\"key\":\"{key}\",\"name\":\"N\",\"kind\":\"town\"}}\n"
            )
        });
        let input = Input::bytes_of("places.ndjson", lines.concat());
        import::import(import::Options::new(&path, vec![input]), &context).unwrap();
        let db = open_reader(&path, CancelToken::never()).unwrap();
        let keys = |report: &str, order: Option<&str>, limit: Option<u64>| {
            let order = order.map(str::to_owned);
            let today = "2021-07-02".to_owned();
            let options = Options { order, limit, today, ..Options::default() };
            let query = Asked::of(&db, report, &options).unwrap().of_first_keys(&db).unwrap();
            query.map(|(_, query)| {
                assert!(query.sql.contains(" IN (:k0"), "{}", query.sql);
                let texts = query.params.iter().filter_map(|(_, value)| match value {
                    Value::Text(text) => Some(text.as_str()),
                    _ => None,
                });
                texts.collect::<Vec<_>>().join(" ")
            })
        };
        let some = |keys: &str| Some(keys.to_owned());
        assert_eq!(keys("place-claims", None, Some(2)), some("a b"));
        assert_eq!(keys("places", Some("place"), Some(2)), some("a b"));
        assert_eq!(keys("places", Some("place"), Some(1000)), some("a b c"));
        for (report, order, limit) in [
            ("place-claims", None, None),
            ("place-claims", None, Some(0)),
            ("place-claims", None, Some(1001)),
            ("places", None, Some(2)),
            ("places", Some("-place"), Some(2)),
            ("places", Some("within"), Some(2)),
            ("places", Some("name"), Some(2)),
        ] {
            assert_eq!(keys(report, order, limit), None, "{report} {order:?} {limit:?}");
        }
    }
}
