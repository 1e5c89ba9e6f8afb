//! The text that the program installs in every archive: triggers, and views that are derived,
//! report or check. It has a number of its own in `archive.installed`, because it changes where no
//! table does.

use super::column_docs;
use super::texts::{DERIVED, INSTALLED, RETIRED, TRIGGERS};
use super::views::{self, ViewSpec};
use crate::store::rows::sql::quote;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// The installed text of a program: that of the store, and the reports and checks handed in.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Text<'a> {
    /// Its number.
    pub number: i64,
    /// Scripts that create triggers.
    pub triggers: &'a [&'a str],
    /// Reports and checks.
    pub views: &'a [ViewSpec],
}

impl<'a> Text<'a> {
    /// The text of this program, with these reports and checks.
    pub(in crate::store) const fn new(views: &'a [ViewSpec]) -> Self {
        Text { number: INSTALLED, triggers: TRIGGERS, views }
    }

    /// Puts the text into a file in the place of what a former program installed, inside the
    /// transaction at hand. Views of the user's own stay, and so do triggers that nobody shipped,
    /// for the guards to name.
    pub(in crate::store) fn install(&self, conn: &Connection) -> rusqlite::Result<()> {
        self.remove(conn)?;
        for spec in &derived_views() {
            conn.execute_batch(&spec.create())?;
        }
        for spec in self.views {
            views::install(conn, spec)?;
        }
        for script in self.triggers {
            conn.execute_batch(script)?;
        }
        Ok(())
    }

    /// Installs the text, and says what its columns mean.
    pub(in crate::store) fn install_described(&self, conn: &Connection) -> rusqlite::Result<()> {
        self.install(conn)?;
        column_docs::describe(conn, self.views)
    }

    /// Drops what this program or a former one installed.
    pub(in crate::store) fn remove(&self, conn: &Connection) -> rusqlite::Result<()> {
        let mut names: BTreeSet<String> = RETIRED.iter().map(|name| (*name).to_owned()).collect();
        names.extend(self.triggers.iter().flat_map(|script| trigger_names(script)));
        names.extend(DERIVED.iter().map(|(name, _)| (*name).to_owned()));
        let checks = self.views.iter().filter(|spec| spec.view.starts_with("check_"));
        names.extend(checks.map(|spec| spec.view.clone()));
        let mut found = objects(conn, include_str!("installed_objects.sql"))?;
        let reports = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'reports'";
        if conn.prepare(reports)?.exists([])? {
            found.extend(objects(conn, include_str!("installed_reports.sql"))?);
        }
        for (name, kind, report) in
            found.iter().filter(|(name, _, report)| *report || names.contains(name))
        {
            conn.execute_batch(&format!("DROP {kind} {}", quote(name)))?;
            let kept = self.views.iter().any(|spec| spec.view == *name);
            if *report && !kept {
                conn.execute("DELETE FROM reports WHERE 'report_' || name = ?1", [name])?;
            }
        }
        Ok(())
    }
}

/// Names and types of what a query finds, and whether each is a report.
fn objects(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<(String, String, bool)>> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement
        .query_map([], |row| Ok((row.get("name")?, row.get("type")?, row.get("report")?)))?;
    rows.collect()
}

/// The views that are derived.
pub(super) fn derived_views() -> Vec<ViewSpec> {
    let spec = |(name, text): &(&str, &str)| {
        let start = format!("CREATE VIEW {name} AS\n");
        ViewSpec {
            view: (*name).to_owned(),
            sql: text.split_once(&start).map_or("", |(_, sql)| sql).to_owned(),
            title: String::new(),
            question: None,
            columns: None,
            chart: None,
            builtin: true,
        }
    };
    DERIVED.iter().map(spec).collect()
}

/// The triggers that a script creates.
fn trigger_names(script: &str) -> impl Iterator<Item = String> {
    let start =
        |line: &str| Some(line.strip_prefix("CREATE TRIGGER ")?.split(' ').next()?.to_owned());
    script.lines().filter_map(start)
}
