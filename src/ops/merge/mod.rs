//! Takes in what another archive holds: a colleague's, or a copy of this one that was worked on
//! apart.
//!
//! Its rows come in as those of an import do. A row that is here already is compared field by
//! field, with the history of both: see `merge_rows.rs`. Whose verdicts are its desk's is settled
//! first: see
//! `merge_desk.rs`.

mod compare;
mod desk;
mod former_keys;
mod judged;

use super::similar::{Alike, Newest, find_alike};
use crate::error::{Error, Result};
use crate::intake::{Sink, StoredView, Unit};
use crate::model::{
    ALIAS, ASSESSMENT, FILE, Field, KINDS, Kind, NEVER_HERE, Problem, Progress, Record, Role,
    SourcePos, Type, Value, kind_of_table,
};
use crate::ops::context::{Context, Deed, open_reader, open_writer};
use crate::ops::import::{
    ImportMode, Importer, Outcome as Imported, Tally, WriteMode, import_in_transaction,
};
use crate::store::{
    Change, Children, LargeFile, Reader, StoredReport, Writer, carried_operations, copy_large_file,
    first_missing_table, large_files, read_rows, stored_reports,
};
pub use compare::Side;
use compare::{Ours, Rows};
use desk::Desk;
use former_keys::FormerKeys;
use std::collections::HashSet;
use std::path::Path;

/// Conflicts that are kept; beyond that they are counted.
const MAX_LISTED_CONFLICTS: usize = 1000;

/// The options of a merge.
#[derive(Debug)]
pub struct Options<'a> {
    /// The archive that takes in.
    pub archive: &'a Path,
    /// The archive that is taken in; it is only read.
    pub other: &'a Path,
    /// Whose word stands in a conflict. None: any conflict ends the merge.
    pub prefer: Option<Side>,
    /// The key under which the desk of the other archive is known here.
    pub desk_as: Option<String>,
    /// Find the conflicts and say what would change, but change nothing.
    pub dry_run: bool,
    /// The reports of other people that are taken in.
    pub with_reports: &'a [String],
    /// Is told how many rows of how many were looked at.
    pub progress: Progress,
}

/// The outcome of a merge.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The number of rows added, changed and left, by table.
    pub tallies: Vec<Tally>,
    /// Values that stay although the other archive has others: they were changed here since.
    pub newer_here: usize,
    /// Rows that stay out because they were deleted here, and rows that belong to them.
    pub deleted_here: usize,
    /// Conflicts in which one side was preferred.
    pub preferred: usize,
    /// Reports of other people in the other archive that stay out: nobody named them.
    pub reports: Vec<String>,
    /// New claims that probably repeat one that was here.
    pub alike: Alike,
}

/// Takes in another archive: all of it, or nothing.
///
/// # Errors
/// [`Error::Conflicts`] with every field in which the two differ, unless one side is preferred; or
/// what went wrong with either archive. Nothing is written then.
pub fn merge(options: &Options<'_>, context: &Context) -> Result<Outcome> {
    let db = open_reader(options.other, context.cancel.clone()).map_err(|error| match error {
        Error::Missing { .. } => Error::Refused {
            what: error.to_string(),
            hint: "name the archive that is to be taken in".to_owned(),
        },
        other => other,
    })?;
    let own = |path: &Path| path.canonicalize().ok();
    if own(options.archive).is_some_and(|own_path| own(options.other) == Some(own_path)) {
        return Err(Error::Refused {
            what: format!("{} is this archive itself", options.other.display()),
            hint: "name another archive".to_owned(),
        });
    }
    let tables: Vec<&'static str> = KINDS.iter().map(|kind| kind.table).collect();
    if let Some(table) = first_missing_table(&db, &tables)? {
        return Err(Error::Refused {
            what: format!("cannot take in {}: its {table} is no table", options.other.display()),
            hint: "another tool changed its schema; `onrecord check` of it says how".to_owned(),
        });
    }
    if db.is_older()? {
        let name = options.other.display();
        return Err(Error::Refused {
            what: format!("cannot take in {name}: an older onrecord wrote it"),
            hint: format!(
                "`onrecord --file {name} backup COPY`, then `onrecord --file COPY check --repair` brings the copy up to date"
            ),
        });
    }
    if db.is_newer()? {
        return Err(Error::Refused {
            what: format!("cannot take in {}: a newer onrecord wrote it", options.other.display()),
            hint: "install a newer onrecord: this one would leave out what it does not know"
                .to_owned(),
        });
    }
    let writer = open_writer(options.archive, context)?;
    writer.rely_on_guards()?;
    let newest = Newest::of(&writer)?;
    let write = if options.dry_run { WriteMode::Rehearse } else { WriteMode::Keep };
    let mode = ImportMode { write, ..ImportMode::default() };
    let mut left = Left::default();
    let deed = Deed::of("merge");
    let imported: Imported = db.snapshot(|| {
        import_in_transaction(&writer, context, deed, mode, false, None, |importer| {
            let desk = Desk::resolve(&db, &writer, options.other, options.desk_as.as_deref())?;
            let mut merge = Merge {
                name: options.other.display().to_string(),
                rows: Rows { db: &db, writer: &writer, prefer: options.prefer },
                db: &db,
                desk,
                keys: FormerKeys::take_over(&db, &writer, options.prefer)?,
                left: &mut left,
                conflicts: Vec::new(),
                more: 0,
                last_claim: newest.claim,
                gone: HashSet::new(),
                large: large_files(&db)?.into_values().collect(),
                returned: HashSet::new(),
            };
            merge.run(&writer, importer, options.with_reports, &options.progress)
        })
    })?;
    Ok(Outcome {
        tallies: imported.tallies,
        newer_here: left.newer_here,
        deleted_here: left.deleted_here,
        preferred: left.preferred,
        reports: left.reports,
        alike: find_alike(&writer, newest, &[])?,
    })
}

/// The counts of rows that were left out.
#[derive(Debug, Default)]
struct Left {
    newer_here: usize,
    deleted_here: usize,
    preferred: usize,
    reports: Vec<String>,
}

/// One merge under way.
struct Merge<'a> {
    /// The name of the other archive in messages.
    name: String,
    db: &'a Reader,
    rows: Rows<'a>,
    desk: Desk,
    keys: FormerKeys,
    left: &'a mut Left,
    conflicts: Vec<Problem>,
    more: usize,
    /// The last claim that was here before the merge.
    last_claim: i64,
    /// Rows that stay out, by table and name: what belongs to them stays out too.
    gone: HashSet<(&'static str, String)>,
    /// The files of theirs whose bytes are too many to hold in memory.
    large: HashSet<i64>,
    /// Rows that come back: what was deleted with them comes back too.
    returned: HashSet<(&'static str, String)>,
}

impl Merge<'_> {
    fn run(
        &mut self,
        writer: &Writer,
        importer: &mut Importer<'_>,
        reports: &[String],
        progress: &Progress,
    ) -> Result<()> {
        importer.begin(&self.name, false);
        importer.count(ALIAS.table, &Change::New, self.keys.renamed);
        for (kind, key, what) in std::mem::take(&mut self.keys.conflicts) {
            self.conflict(SourcePos::Row(format!("{} {key}", kind.word)), what);
        }
        let mut operations = Vec::new();
        carried_operations(self.db, |operation| {
            operations.push(operation);
            Ok(())
        })?;
        importer.unit(Unit { operations, ..Unit::default() });
        let kinds: Vec<&'static Kind> = KINDS.iter().copied().filter(|kind| merges(kind)).collect();
        let all = kinds.len() as u64;
        for (done, kind) in (0u64..).zip(kinds) {
            progress.tell(done, all);
            self.find_gone(kind)?;
            let read = read_rows(self.db, kind, |id, row| self.take(importer, kind, id, row));
            if importer.has_failed() {
                // The importer returns its error at the end.
                return Ok(());
            }
            read?;
        }
        self.take_reports(writer, importer, reports)?;
        if self.conflicts.is_empty() {
            return Ok(());
        }
        let conflicts = std::mem::take(&mut self.conflicts);
        Err(Error::Conflicts { conflicts, more: self.more })
    }

    /// A row of theirs as it is said here; `None` for one that stays where it is.
    fn row_here(&self, kind: &'static Kind, row: &[Value]) -> Option<Vec<Value>> {
        self.keys.row_of(kind, self.desk.row_of(kind, row)?)
    }

    /// Places lie in places and figures are parts of figures, in any order: those that stay out are
    /// known before the first is taken in.
    fn find_gone(&mut self, kind: &'static Kind) -> Result<()> {
        let within_own = |field: &Field| field.ty == Type::Ref(kind.table);
        if !kind.fields.iter().any(within_own) {
            return Ok(());
        }
        loop {
            let before = self.gone.len();
            let mut found = Vec::new();
            read_rows(self.db, kind, |_, row| {
                if let Some(theirs) = self.row_here(kind, row) {
                    let out = match self.rows.compare(kind, row, &theirs)? {
                        Ours::Deleted => true,
                        Ours::Absent => self.refers(&self.gone, kind, &theirs),
                        _ => false,
                    };
                    found.extend(out.then(|| (kind.table, kind.row_name(&theirs))));
                }
                Ok(())
            })?;
            self.gone.extend(found);
            if self.gone.len() == before {
                return Ok(());
            }
        }
    }

    /// Takes in one row of theirs, with what goes with it.
    fn take(
        &mut self,
        importer: &mut Importer<'_>,
        kind: &'static Kind,
        id: i64,
        row: &[Value],
    ) -> Result<()> {
        let Some(theirs) = self.row_here(kind, row) else { return Ok(()) };
        if kind.is(&FILE) && self.large.contains(&id) {
            return self.take_large_file(importer, id, row);
        }
        if kind.identity.is_empty() {
            // History; that of rows which do not travel stays where it is.
            let table = kind.position("table_name").and_then(|n| theirs[n].as_text());
            let column = kind.position("column_name").and_then(|n| theirs[n].as_text());
            // Each archive counts the versions of a claim for itself.
            let counted = |kind: &Kind| {
                kind.fields.iter().any(|field| field.carried && Some(field.column) == column)
            };
            let own = |kind: &&Kind| merges(kind) && kind.role != Role::CodeList && !counted(kind);
            let travels = KINDS.iter().copied().any(|kind| Some(kind.table) == table && own(&kind));
            return if travels {
                self.give(importer, record_of(kind, &theirs, None))
            } else {
                Ok(())
            };
        }
        let ours = self.rows.compare(kind, row, &theirs)?;
        let is_new = !matches!(ours, Ours::There { .. });
        let mut record = match ours {
            Ours::Absent if self.refers(&self.gone, kind, &theirs) => {
                return self.leave_out(kind, &theirs);
            }
            Ours::Deleted if !self.refers(&self.returned, kind, &theirs) => {
                return self.leave_out(kind, &theirs);
            }
            Ours::Returns | Ours::Deleted => {
                self.returned.insert((kind.table, kind.row_name(&theirs)));
                record_of(kind, &theirs, None)
            }
            Ours::Absent => record_of(kind, &theirs, None),
            Ours::There { merged, newer_here, preferred, conflicts } => {
                self.left.newer_here += newer_here;
                self.left.preferred += preferred;
                for what in conflicts {
                    self.conflict(spot_of(kind, row), what);
                }
                match merged {
                    Some(merged) => record_of(kind, &merged, None),
                    // Evidence that was added to a verdict which is here already may be new.
                    None if !kind.nested.is_empty() && kind.append_only => {
                        record_of(kind, &theirs, Some(kind.identity))
                    }
                    None => {
                        if kind.role != Role::CodeList {
                            importer.count_unchanged(kind.table);
                        }
                        return Ok(());
                    }
                }
            }
        };
        if is_new && kind.is(&ASSESSMENT) && self.is_stale_here(importer, row, &theirs)? {
            record.set("claim_version", Value::Int(NEVER_HERE), spot_of(kind, row));
        }
        for nested in kind.nested.iter().filter(|nested| !nested.kind.authored) {
            let column = format!("{}_id", kind.word);
            for (_, part) in Children::new(nested.kind, &column).of(self.db, id)? {
                let Some(part) = self.row_here(nested.kind, &part) else { continue };
                let mut part = record_of(nested.kind, &part, None);
                part.filled = Some(nested.parent);
                record.parts.push(part);
            }
        }
        self.give(importer, record)
    }

    /// Takes in a file whose bytes are too many to hold in memory: they are copied from archive to archive.
    fn take_large_file(
        &mut self,
        importer: &mut Importer<'_>,
        id: i64,
        row: &[Value],
    ) -> Result<()> {
        importer.flush()?;
        match copy_large_file(self.db, id, &FILE.row_name(row), self.rows.writer)? {
            LargeFile::New => importer.count(FILE.table, &Change::New, 1),
            LargeFile::Same => importer.count_unchanged(FILE.table),
            LargeFile::Other { theirs, ours } => {
                let what = format!("data is {theirs} bytes there and {ours} bytes here");
                self.conflict(spot_of(&FILE, row), what);
            }
        }
        Ok(())
    }

    /// Reports that people made: those that were named. The others stay out.
    fn take_reports(
        &mut self,
        writer: &Writer,
        importer: &mut Importer<'_>,
        named: &[String],
    ) -> Result<()> {
        importer.take_reports(named);
        let own = stored_reports(writer)?;
        for theirs in stored_reports(self.db)?.into_iter().filter(|report| !report.builtin) {
            let name = theirs.name.replace('_', "-");
            let is_here = |ours: &StoredReport| ours.name == theirs.name && ours.sql == theirs.sql;
            if named.iter().any(|named| named.replace('_', "-") == name) {
                let records = self.described(&theirs.name)?;
                let view = StoredView {
                    name: format!("report_{}", theirs.name),
                    sql: theirs.sql,
                    pos: SourcePos::Whole,
                };
                importer.unit(Unit { records, views: vec![view], ..Unit::default() });
            } else if !own.iter().any(is_here) {
                self.left.reports.push(name);
            }
        }
        Ok(())
    }

    /// Returns the records that describe a report of the other archive.
    fn described(&self, name: &str) -> Result<Vec<Record>> {
        let mut found = Vec::new();
        let Some(kind) = kind_of_table("reports") else { return Ok(found) };
        read_rows(self.db, kind, |_, row| {
            if kind.position("name").is_some_and(|n| row[n].as_text() == Some(name)) {
                found.push(record_of(kind, row, None));
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn give(&mut self, importer: &mut Importer<'_>, record: Record) -> Result<()> {
        let unit = Unit { records: vec![record], ..Unit::default() };
        match importer.unit(unit) {
            true => Ok(()),
            // The taker keeps what went wrong and gives it at the end.
            false => Err(Error::Stopped { why: String::new() }),
        }
    }

    /// Returns true if a row refers to one of these.
    fn refers(&self, to: &HashSet<(&'static str, String)>, kind: &Kind, row: &[Value]) -> bool {
        let fields = kind.fields.iter().zip(row);
        !to.is_empty()
            && fields.into_iter().any(|(field, value)| match (field.ty, value.as_text()) {
                (Type::Ref(table), Some(key)) => to.contains(&(table, key.to_owned())),
                _ => false,
            })
    }

    fn leave_out(&mut self, kind: &'static Kind, row: &[Value]) -> Result<()> {
        self.left.deleted_here += 1;
        self.gone.insert((kind.table, kind.row_name(row)));
        Ok(())
    }

    fn conflict(&mut self, pos: SourcePos, what: String) {
        if self.conflicts.len() < MAX_LISTED_CONFLICTS {
            self.conflicts.push(Problem { input: self.name.clone(), pos, what });
        } else {
            self.more += 1;
        }
    }
}

/// Returns true if rows of a kind travel from archive to archive: not what an archive says of
/// itself, nor what follows from other rows; evidence goes with its verdict, reports with their
/// views.
fn merges(kind: &Kind) -> bool {
    !matches!(kind.role, Role::Archive | Role::Derived | Role::Part | Role::Report)
}

fn spot_of(kind: &Kind, row: &[Value]) -> SourcePos {
    SourcePos::Row(format!("{} {}", kind.word, kind.row_name(row)).trim_end().to_owned())
}

/// A record of what a row says; `only` these fields, where they are named.
fn record_of(kind: &'static Kind, row: &[Value], only: Option<&[&str]>) -> Record {
    let pos = spot_of(kind, row);
    let mut record = Record::new(kind, pos.clone());
    for (field, value) in kind.fields.iter().zip(row) {
        if !field.derived && only.is_none_or(|only| only.contains(&field.name)) {
            record.set(field.name, value.clone(), pos.clone());
        }
    }
    record
}
