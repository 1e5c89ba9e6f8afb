//! The one way in: whatever adds to an archive passes through here. All problems first; then one
//! transaction.

use super::{Context, order, resolve};
use crate::error::{Error, Result};
use crate::intake::{Codes, Document, StoredView};
use crate::model::{KINDS, Problem, Record, Spot, Value};
use crate::store::{
    Change, RowWriter, Words, Writer, drain_search, keep_codes, location_circle, store_view,
};

/// What happened to the rows of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The table.
    pub table: &'static str,
    /// Rows added.
    pub new: usize,
    /// Rows changed.
    pub updated: usize,
    /// Rows that were there already, just so.
    pub unchanged: usize,
}

impl Codes for Words {
    fn of(&self, table: &str) -> Vec<String> {
        Words::of(self, table).to_vec()
    }
}

/// Documents with the names that messages call them by.
pub(super) struct Batch {
    pub(super) inputs: Vec<String>,
    pub(super) documents: Vec<Document>,
    /// Problems found while reading them.
    pub(super) problems: Vec<Problem>,
}

/// What becomes of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is kept.
    Keep,
    /// It is kept if nothing that was there is changed by it.
    AddOnly,
    /// It is undone: only what it would do is asked for.
    Rehearse,
}

/// A record and the number of its document.
type Numbered = (usize, Record);

/// What is to be written, every problem found and none left.
struct Work {
    inputs: Vec<String>,
    records: Vec<Numbered>,
    views: Vec<(usize, StoredView)>,
    /// Whether a new archive takes an export over whole: its row, its history, its codes.
    restoring: bool,
}

/// Writes what the documents hold, or nothing.
pub(super) fn load(
    writer: &Writer,
    batch: Batch,
    context: &Context,
    way: Way,
) -> Result<Vec<Tally>> {
    // Everything is decided inside the transaction: what the archive holds cannot change meanwhile.
    let deed = |writer: &Writer| -> Result<Outcome> {
        let work = prepare(writer, batch)?;
        writer.begin_editing(context.editor.as_deref())?;
        let write = || write(writer, &work, context, way);
        let outcome = if work.restoring { writer.without_revisions(write)? } else { write()? };
        writer.end_editing()?;
        Ok(outcome)
    };
    // What changes nothing leaves the file as it is, to the byte.
    let keep = |outcome: &Outcome| way != Way::Rehearse && outcome.changed();
    let mut tallies = writer.transact_when(keep, deed)?.tallies;
    tallies.sort_by_key(|tally| KINDS.iter().position(|kind| kind.table == tally.table));
    Ok(tallies)
}

/// What writing did.
struct Outcome {
    tallies: Vec<Tally>,
    /// Views that were stored.
    views: usize,
}

impl Outcome {
    fn changed(&self) -> bool {
        self.views > 0 || self.tallies.iter().any(|tally| tally.new + tally.updated > 0)
    }
}

/// Finds all problems of all documents; without any, gives the records in the order of writing.
fn prepare(writer: &Writer, batch: Batch) -> Result<Work> {
    let Batch { inputs, documents, mut problems } = batch;
    let mut records: Vec<Numbered> = Vec::new();
    let mut views = Vec::new();
    for (n, document) in documents.into_iter().enumerate() {
        records.extend(document.records.into_iter().map(|record| (n, record)));
        views.extend(document.views.into_iter().map(|view| (n, view)));
    }
    let restoring = keep_own_row(writer, &mut records)?;
    // Reports that come with the program are kept up to date by the program; only an export that is
    // taken over whole says how its archive described them.
    records.retain(|(_, record)| {
        restoring
            || record.kind.table != "reports"
            || record.given("builtin").is_none_or(|given| given.value != Value::Int(1))
    });
    fill_in(writer, &mut records)?;
    problems.extend(resolve::problems(writer, &inputs, &records)?);
    let (records, circles) = order::order(records, &inputs);
    if problems.is_empty() {
        problems.extend(circles);
    }
    sort(&mut problems, &inputs);
    if problems.is_empty() {
        Ok(Work { inputs, records, views, restoring })
    } else {
        Err(Error::Problems { problems })
    }
}

/// Writes everything, inside the transaction of the caller.
fn write(writer: &Writer, work: &Work, context: &Context, way: Way) -> Result<Outcome> {
    let Work { inputs, records, views, restoring } = work;
    let mut tallies: Vec<Tally> = Vec::new();
    let mut rows = RowWriter::new(writer, &context.now);
    for (input, record) in records {
        let placed = |error| place(error, inputs, *input, record);
        let change = rows.write(record).map_err(placed)?;
        if change == Change::Updated && way == Way::AddOnly {
            let what = format!("this {} is there already, and differs", record.kind.word);
            return Err(Error::Refused { what, hint: "--update changes it".to_owned() });
        }
        let parts = rows.write_parts(record).map_err(placed)?;
        count(&mut tallies, record.kind.table, change, 1);
        if let Some(part) = record.parts.first() {
            count(&mut tallies, part.kind.table, Change::New, parts);
            count(&mut tallies, part.kind.table, Change::Unchanged, record.parts.len() - parts);
        }
    }
    let mut stored = 0;
    for (input, view) in views {
        let new = store_view(writer, &view.name, &view.sql, *restoring)
            .map_err(|error| at(error, inputs, *input, &view.spot))?;
        stored += usize::from(new);
    }
    if let Some(key) = location_circle(writer)? {
        return Err(Error::Refused {
            what: format!(
                "location {key} would lie within itself, through the places that hold it"
            ),
            hint: "change `within` of one of them; nothing was written".to_owned(),
        });
    }
    if *restoring {
        drop_other_codes(writer, records)?;
    }
    drain_search(writer)?;
    Ok(Outcome { tallies, views: stored })
}

/// Decides what becomes of a row that says what an archive is. Only an export says when its archive
/// was created: its row is taken over whole by a new archive, and one with something in it keeps its
/// own. A document says what a new archive is about and whose verdicts are its own; it does not take
/// that over from a desk that has begun. Gives whether an export is taken over.
fn keep_own_row(writer: &Writer, records: &mut Vec<Numbered>) -> Result<bool> {
    let fresh = writer.is_fresh()?;
    if fresh && records.iter().any(|(_, record)| is_archive_row(record)) {
        return Ok(true);
    }
    records.retain(|(_, record)| !is_archive_row(record));
    let titled = writer.title()?.is_some();
    for (_, record) in records.iter_mut().filter(|(_, record)| record.kind.table == "archive") {
        if !fresh {
            record.unset("desk");
        }
        if titled {
            record.unset("title");
        }
    }
    Ok(false)
}

/// A new archive that takes an export over has just the codes of that export.
fn drop_other_codes(writer: &Writer, records: &[Numbered]) -> Result<()> {
    for kind in KINDS.iter().filter(|kind| kind.identity == ["code"]) {
        let codes = records.iter().filter(|(_, record)| record.kind.table == kind.table);
        let codes: Vec<String> = codes
            .filter_map(|(_, record)| record.given("code").map(|given| given.value.to_string()))
            .collect();
        if !codes.is_empty() {
            keep_codes(writer, kind.table, &codes)?;
        }
    }
    Ok(())
}

fn is_archive_row(record: &Record) -> bool {
    record.kind.table == "archive" && record.given("created").is_some()
}

/// A verdict or grade without an assessor is the desk's.
fn fill_in(writer: &Writer, records: &mut [Numbered]) -> Result<()> {
    let desk = writer.desk()?;
    for (_, record) in records {
        if matches!(record.kind.table, "assessments" | "source_grades")
            && record.given("by").is_none()
        {
            let spot = record.spot.clone();
            record.set("by", Value::Text(desk.clone()), spot);
        }
    }
    Ok(())
}

fn count(tallies: &mut Vec<Tally>, table: &'static str, change: Change, number: usize) {
    if !tallies.iter().any(|tally| tally.table == table) {
        tallies.push(Tally { table, new: 0, updated: 0, unchanged: 0 });
    }
    if let Some(tally) = tallies.iter_mut().find(|tally| tally.table == table) {
        match change {
            Change::New => tally.new += number,
            Change::Updated => tally.updated += number,
            Change::Unchanged => tally.unchanged += number,
        }
    }
}

/// The order of the documents, then of the places in them.
fn sort(problems: &mut Vec<Problem>, inputs: &[String]) {
    let input = |problem: &Problem| inputs.iter().position(|name| *name == problem.input);
    problems.sort_by(|a, b| (input(a), &a.spot, &a.what).cmp(&(input(b), &b.spot, &b.what)));
    problems.dedup();
}

/// What a guard of the file refused, with the place of the record it refused.
fn place(error: Error, inputs: &[String], input: usize, record: &Record) -> Error {
    match error {
        Error::Refused { what, .. } => {
            let what = format!("{} was refused by the file: {what}", record.name());
            at(Error::Refused { what, hint: String::new() }, inputs, input, &record.spot)
        }
        other => other,
    }
}

fn at(error: Error, inputs: &[String], input: usize, spot: &Spot) -> Error {
    match error {
        Error::Refused { what, .. } => {
            let input = inputs.get(input).cloned().unwrap_or_default();
            Error::Problems { problems: vec![Problem { input, spot: spot.clone(), what }] }
        }
        other => other,
    }
}
