//! The text that the program installs in every archive: triggers, derived views, reports and checks.
//! It has its own number in `archive.installed`, because it can change without the tables.

use super::column_docs;
use super::texts::{DERIVED, INSTALLED, RETIRED, TRIGGERS};
use super::views::{self, ViewSpec};
use crate::store::rows::sql::quote;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// The installed text of a program: that of the store, and the reports and checks of its caller.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Text<'a> {
    /// The number of the text.
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

    /// Replaces the installed text of a file by this one, inside the caller's transaction. Views that
    /// the user made stay, and so do triggers that no program shipped: `guards` reports them.
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

    /// Installs the text, and describes its columns in the table `columns`.
    pub(in crate::store) fn install_described(&self, conn: &Connection) -> rusqlite::Result<()> {
        self.install(conn)?;
        column_docs::describe(conn, self.views)
    }

    /// Drops the text that this program or an older one installed.
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

/// Where a file has one of the derived views or of `views` otherwise than this program ships it, or lacks it, puts
/// those of the program before those of the file, for this connection alone. All of them: a view in the file that is
/// as it was reads those beside it. Returns the names of those that differ. The format of the file must be that of
/// this program.
pub(in crate::store) fn shadow(
    conn: &Connection,
    views: &[ViewSpec],
) -> rusqlite::Result<Vec<String>> {
    let derived = derived_views();
    let shipped = || derived.iter().chain(views);
    let found: BTreeMap<String, String> = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'view'")?
        .query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?
        .collect::<rusqlite::Result<_>>()?;
    let differs =
        |spec: &&ViewSpec| !found.get(&spec.view).is_some_and(|sql| spec.is_created_by(sql));
    let names: Vec<String> = shipped().filter(differs).map(|spec| spec.view.clone()).collect();
    if !names.is_empty() {
        // In memory: a folder for temporary files may be full.
        conn.execute_batch("PRAGMA temp_store = MEMORY")?;
        for spec in shipped() {
            conn.execute_batch(&spec.create().replacen("CREATE VIEW", "CREATE TEMP VIEW", 1))?;
        }
    }
    Ok(names)
}

/// The objects that a query finds: name, type, and true for a report.
fn objects(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<(String, String, bool)>> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement
        .query_map([], |row| Ok((row.get("name")?, row.get("type")?, row.get("report")?)))?;
    rows.collect()
}

/// The derived views.
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

/// The names of the triggers that a script creates.
fn trigger_names(script: &str) -> impl Iterator<Item = String> {
    let start =
        |line: &str| Some(line.strip_prefix("CREATE TRIGGER ")?.split(' ').next()?.to_owned());
    script.lines().filter_map(start)
}
