//! Reports of other people that inputs bring: which of them come in, and what is said of those that stay out. What a
//! stranger calls a report may say anything, so one comes in by its name alone.

use crate::error::{Error, Result};
use crate::model::{Record, Role, SourcePos, Value, did_you_mean, quoted};
use crate::store::{Handle, stored_reports};
use std::collections::{BTreeMap, BTreeSet};

/// The reports of one import.
#[derive(Default)]
pub(super) struct ForeignReports {
    /// Those that the caller named, by the names of their views, each with whether it came.
    named: BTreeMap<String, bool>,
    /// The rows that stay out, by the names of their views, each with its place.
    rows: BTreeMap<String, (usize, SourcePos)>,
    /// The names of the views that came.
    views: BTreeSet<String>,
}

impl ForeignReports {
    /// Those that the caller takes in, by name; hyphens stand for underscores.
    pub fn named(names: &[String]) -> Self {
        let named = names.iter().map(|name| (view_of(name), false)).collect();
        ForeignReports { named, ..ForeignReports::default() }
    }

    /// Returns true if a record is the row of a report that stays out, since it was not named.
    pub fn leaves_out(&self, record: &Record) -> bool {
        let named =
            || record.text("name").is_some_and(|name| self.named.contains_key(&view_of(name)));
        record.kind.role == Role::Report && !named()
    }

    /// Notes the row of a report that stays out.
    pub fn note_row(&mut self, input: usize, record: &Record) {
        if let (Some(name), false) = (record.text("name"), is_builtin(record)) {
            self.rows.entry(view_of(name)).or_insert((input, record.pos.clone()));
        }
    }

    /// Notes that a view came; returns true if the caller named it.
    pub fn note_view(&mut self, view: &str) -> bool {
        self.views.insert(view.to_owned());
        self.named.get_mut(view).map(|came| *came = true).is_some()
    }

    /// The rows that stay out and came without their views, so that nothing else lists them, each with what to say of
    /// it.
    pub fn rows_alone(&mut self) -> Vec<(usize, SourcePos, String)> {
        let rows = std::mem::take(&mut self.rows).into_iter();
        let alone = rows.filter(|(view, _)| !self.views.contains(view));
        let told = |(view, (input, pos)): (String, (usize, SourcePos))| {
            let name = name_of(&view);
            let what =
                format!("the report {name:?} was left out: its view, {view}, did not come with it");
            (input, pos, what)
        };
        alone.map(told).collect()
    }

    /// Refuses the name of a report that no input brought; `left` are the names of those that stay out.
    ///
    /// # Errors
    /// Fails if there is one.
    pub fn refuse_missing(&self, left: &[String]) -> Result<()> {
        let Some((view, _)) = self.named.iter().find(|(_, came)| !**came) else { return Ok(()) };
        let came = self.named.iter().filter(|(_, came)| **came).map(|(view, _)| name_of(view));
        let brought: Vec<String> = came.chain(left.iter().cloned()).collect();
        let name = name_of(view);
        Err(Error::NotFound {
            what: "report of other people in the input".to_owned(),
            near: did_you_mean(&name, brought.iter().map(String::as_str)),
            name,
            hint: match brought.is_empty() {
                true => "it brings none; nothing was written".to_owned(),
                false => format!("it brings {}; nothing was written", brought.join(", ")),
            },
        })
    }
}

/// Returns true if a record is the row of a report that comes with the program.
pub(super) fn is_builtin(record: &Record) -> bool {
    record.kind.role == Role::Report
        && record.given("builtin").is_some_and(|given| given.value == Value::Int(1))
}

/// Returns a remark on the row of a report of the program that calls it otherwise than the program does: the export is
/// of another program, or someone changed the row.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(super) fn keeps_title(db: &Handle, record: &Record) -> Result<Option<(SourcePos, String)>> {
    let (Some(name), Some(given)) = (record.text("name"), record.given("title")) else {
        return Ok(None);
    };
    let held = stored_reports(db)?.into_iter().find(|report| report.name == name);
    let held =
        held.and_then(|report| report.title).filter(|held| given.value.as_text() != Some(held));
    Ok(held.map(|held| {
        let what = format!(
            "the report {name} comes with the program, and keeps its title {}; {} is left out",
            quoted(&held),
            quoted(&given.value.to_string())
        );
        (given.pos.clone(), what)
    }))
}

/// The name of the view of a report.
fn view_of(report: &str) -> String {
    format!("report_{}", report.replace('-', "_"))
}

/// The name of the report whose view has this name.
pub(super) fn name_of(view: &str) -> String {
    view.strip_prefix("report_").unwrap_or(view).replace('_', "-")
}
