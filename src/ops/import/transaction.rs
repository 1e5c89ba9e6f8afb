//! The one way in: whatever adds to an archive passes through here. All problems first; then one
//! transaction.

use super::{validate, write_order};
use crate::error::{Error, Result};
use crate::intake::{Document, StoredView};
use crate::model::{KINDS, Problem, Record, SourcePos, Value};
use crate::ops::similar::Alike;
use crate::ops::{Context, builtin_views};
use crate::store::{
    Change, RowWriter, Writer, drain_search, keep_codes, keep_columns, location_circle, store_view,
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
    /// Rows of what was rejected.
    pub rejected: usize,
}

/// What loading did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What happened to the rows of each table.
    pub tallies: Vec<Tally>,
    /// Lines, rows or entries that were rejected.
    pub rejected: usize,
    /// Why, the first of them.
    pub problems: Vec<Problem>,
    /// How many problems more there were.
    pub more_problems: usize,
    /// What a person should know of what was taken, the first of it.
    pub remarks: Vec<Problem>,
    /// How many remarks there were in all.
    pub remarked: usize,
    /// New claims that probably repeat one that is there.
    pub alike: Vec<Alike>,
    /// Whether what was rejected was written back.
    pub written_back: bool,
    /// Views that were stored.
    pub(in crate::ops) views: usize,
}

impl Outcome {
    pub(in crate::ops) fn changed(&self) -> bool {
        self.views > 0 || self.tallies.iter().any(|tally| tally.new + tally.updated > 0)
    }

    pub(in crate::ops) fn tally(&mut self, table: &'static str, change: Change, number: usize) {
        let part = |tally: &mut Tally| match change {
            Change::New => tally.new += number,
            Change::Updated => tally.updated += number,
            Change::Unchanged | Change::Contradicts { .. } => tally.unchanged += number,
        };
        part(tally_of(&mut self.tallies, table));
    }

    /// Adds what another part of the same import did.
    pub(in crate::ops) fn join(&mut self, other: Outcome) {
        for tally in other.tallies {
            let own = tally_of(&mut self.tallies, tally.table);
            own.new += tally.new;
            own.updated += tally.updated;
            own.unchanged += tally.unchanged;
            own.rejected += tally.rejected;
        }
        self.rejected += other.rejected;
        self.problems.extend(other.problems);
        self.more_problems += other.more_problems;
        self.remarks.extend(other.remarks);
        self.remarked += other.remarked;
        self.views += other.views;
    }

    fn sorted(mut self) -> Self {
        self.tallies.sort_by_key(|tally| KINDS.iter().position(|kind| kind.table == tally.table));
        self
    }
}

/// The tally of a table, begun where there is none.
pub(super) fn tally_of<'a>(tallies: &'a mut Vec<Tally>, table: &'static str) -> &'a mut Tally {
    let position = tallies.iter().position(|tally| tally.table == table).unwrap_or_else(|| {
        tallies.push(Tally { table, new: 0, updated: 0, unchanged: 0, rejected: 0 });
        tallies.len() - 1
    });
    &mut tallies[position]
}

/// Documents with the names that messages call them by.
pub(in crate::ops) struct Batch {
    pub(in crate::ops) inputs: Vec<String>,
    pub(in crate::ops) documents: Vec<Document>,
    /// Problems found while reading them.
    pub(in crate::ops) problems: Vec<Problem>,
}

/// What becomes of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ops) enum WriteMode {
    /// It is kept.
    Keep,
    /// It is kept if nothing that was there is changed by it.
    AddOnly,
    /// It is kept if nothing new came of it.
    ChangeOnly,
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
pub(in crate::ops) fn load(
    writer: &Writer,
    batch: Batch,
    context: &Context,
    mode: WriteMode,
) -> Result<Vec<Tally>> {
    load_then(writer, batch, context, mode, false, |_| Ok(Outcome::default()))
        .map(|outcome| outcome.tallies)
}

/// Writes what the documents hold and then what `more` writes, or nothing. `export` says that `more`
/// brings a whole archive, which a new one takes over with its history.
pub(in crate::ops) fn load_then(
    writer: &Writer,
    batch: Batch,
    context: &Context,
    mode: WriteMode,
    export: bool,
    more: impl FnOnce(bool) -> Result<Outcome>,
) -> Result<Outcome> {
    // Everything is decided inside the transaction: what the archive holds cannot change meanwhile.
    let deed = |writer: &Writer| -> Result<Outcome> {
        let fresh = export && writer.is_fresh()?;
        let work = prepare(writer, batch)?;
        let restoring = work.restoring || fresh;
        writer.begin_editing(context.editor.as_deref())?;
        let write = || -> Result<Outcome> {
            let mut outcome = write(writer, &work, context, mode)?;
            outcome.join(more(fresh)?);
            Ok(outcome)
        };
        let outcome = if restoring { writer.without_revisions(write)? } else { write()? };
        drain_search(writer)?;
        if outcome.changed() {
            // Reports may have come along, with what their columns mean.
            keep_columns(writer, &builtin_views())?;
        }
        writer.end_editing()?;
        Ok(outcome)
    };
    // What changes nothing leaves the file as it is, to the byte.
    let keep = |outcome: &Outcome| mode != WriteMode::Rehearse && outcome.changed();
    writer.transact_when(keep, deed).map(Outcome::sorted)
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
    problems.extend(validate::problems(writer, &inputs, &records)?);
    let (records, circles) = write_order::order(records, &inputs);
    if problems.is_empty() {
        problems.extend(circles);
    }
    sort(&mut problems, &inputs);
    if problems.is_empty() {
        Ok(Work { inputs, records, views, restoring })
    } else {
        Err(Error::Problems { problems, more: 0 })
    }
}

/// Writes everything, inside the transaction of the caller.
fn write(writer: &Writer, work: &Work, context: &Context, mode: WriteMode) -> Result<Outcome> {
    let Work { inputs, records, views, restoring } = work;
    let mut outcome = Outcome::default();
    let mut rows = RowWriter::new(writer, &context.now);
    for (input, record) in records {
        let placed = |error| place(error, inputs, *input, record);
        let change = rows.write(record).map_err(placed)?;
        if change == Change::Updated && mode == WriteMode::AddOnly {
            let what = format!("this {} is there already, and differs", record.kind.word);
            return Err(Error::Refused { what, hint: "--update changes it".to_owned() });
        }
        if change == Change::New && mode == WriteMode::ChangeOnly {
            let word = record.kind.word;
            let told = record.kind.identity.join(", ");
            return Err(Error::Refused {
                what: format!(
                    "there is no such {word} to update; what tells one from another is {told}"
                ),
                hint: format!(
                    "`onrecord show` lists them; without --update it is added as a further {word}"
                ),
            });
        }
        let parts = rows.write_parts(record).map_err(placed)?;
        outcome.tally(record.kind.table, change, 1);
        if let Some(part) = record.parts.first() {
            outcome.tally(part.kind.table, Change::New, parts);
            outcome.tally(part.kind.table, Change::Unchanged, record.parts.len() - parts);
        }
    }
    for (input, view) in views {
        let new = store_view(writer, &view.name, &view.sql, *restoring)
            .map_err(|error| at(error, inputs, *input, &view.pos))?;
        outcome.views += usize::from(new);
    }
    // One that another tool made is a finding of `check`, and stands in nobody's way.
    let places = records.iter().any(|(_, record)| record.kind.table == "locations");
    if let Some(key) = places.then(|| location_circle(writer)).transpose()?.flatten() {
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
    Ok(outcome)
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
    let kept = Kept::of(writer)?;
    records.iter_mut().for_each(|(_, record)| kept.keep(record));
    Ok(false)
}

/// What an archive keeps of its own row: its desk once something was recorded, its title once it has
/// one.
#[derive(Clone, Copy, Debug)]
pub(in crate::ops) struct Kept {
    desk: bool,
    title: bool,
}

impl Kept {
    pub(in crate::ops) fn of(writer: &Writer) -> Result<Self> {
        Ok(Kept { desk: !writer.is_fresh()?, title: writer.title()?.is_some() })
    }

    /// Takes out of a record what it cannot change.
    pub(in crate::ops) fn keep(self, record: &mut Record) {
        if record.kind.table != "archive" {
            return;
        }
        if self.desk {
            record.unset("desk");
        }
        if self.title {
            record.unset("title");
        }
    }
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

pub(super) fn is_archive_row(record: &Record) -> bool {
    record.kind.table == "archive" && record.given("created").is_some()
}

/// A verdict or grade without an assessor is the desk's: that of the archive, or the one that the
/// documents give it.
fn fill_in(writer: &Writer, records: &mut [Numbered]) -> Result<()> {
    let named = records.iter().filter(|(_, record)| record.kind.table == "archive");
    let named = named.filter_map(|(_, record)| record.text("desk")).next_back();
    let desk = named.map_or_else(|| writer.desk(), |desk| Ok(desk.to_owned()))?;
    for (_, record) in records {
        if matches!(record.kind.table, "assessments" | "source_grades")
            && record.given("by").is_none()
        {
            let pos = record.pos.clone();
            record.set("by", Value::Text(desk.clone()), pos);
        }
    }
    Ok(())
}

/// The order of the documents, then of the places in them.
fn sort(problems: &mut Vec<Problem>, inputs: &[String]) {
    let input = |problem: &Problem| inputs.iter().position(|name| *name == problem.input);
    problems.sort_by(|a, b| (input(a), &a.pos, &a.what).cmp(&(input(b), &b.pos, &b.what)));
    problems.dedup();
}

/// What a guard of the file refused, with the place of the record it refused.
fn place(error: Error, inputs: &[String], input: usize, record: &Record) -> Error {
    match error {
        Error::Refused { what, .. } => {
            let what = format!("{} was refused by the file: {what}", record.name());
            at(Error::Refused { what, hint: String::new() }, inputs, input, &record.pos)
        }
        other => other,
    }
}

fn at(error: Error, inputs: &[String], input: usize, pos: &SourcePos) -> Error {
    match error {
        Error::Refused { what, .. } => {
            let input = inputs.get(input).cloned().unwrap_or_default();
            Error::Problems { problems: vec![Problem { input, pos: pos.clone(), what }], more: 0 }
        }
        other => other,
    }
}
