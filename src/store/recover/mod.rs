//! Recovery of a damaged archive: its rows are read from the pages of the file without SQLite, which refuses
//! such a file, and written into a new archive.
//!
//! [`DamagedFile::open`] surveys the file: which pages each table has, and which table has each page to which none
//! leads. [`DamagedFile::salvage`] writes the rows into a new archive. A row has to pass the CHECKs of its table and
//! the guards on new rows, and all that it refers to has to be there. What the program derives is made anew.
//! SQLite keeps no checksum of a page: a changed letter that leaves a row readable is not noticed.

mod bits;
mod bytes;
mod leaf;
mod load;
mod losses;
mod model;
mod pages;
mod record;
mod survey;
mod tree;

use crate::error::{Error, Result};
use crate::model::{
    ARCHIVE, CAPTURE, CAPTURE_PART, COLUMN_MEANING, CancelToken, DATE, EVIDENCE, KINDS, Kind,
    LOCAL_KINDS, Progress, REPORT, Role, SOURCE,
};
use crate::store::connection::Writer;
use crate::store::rows::sql::quote;
use crate::store::rows::{fill_identity, retract_verdict};
use crate::store::schema::texts::{LATEST, RETIRED};
use crate::store::schema::{ViewSpec, store_view};
use crate::store::search::index::rebuild;
use crate::store::weights::weigh_at_rest;
pub use load::Hash;
use load::{Sink, place};
pub use losses::Recovered;
use record::Stored;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use survey::{SEQUENCES, Survey, kind_of};

/// The number by which files of this program are recognised: `application_id`.
const APPLICATION: u32 = 1_869_509_219;

/// The table in which refinery notes the migrations of a file.
const HISTORY: &str = "refinery_schema_history";

/// The table in which an archive keeps what stands behind each claim.
const WEIGHTS: &str = "kept_weights";

/// The tables by which an archive is recognised that says nothing else of itself.
const ENOUGH_TABLES: usize = 8;

/// The tables that are named where a file is none of this program.
const MAX_NAMED_TABLES: usize = 8;

/// A damaged archive, surveyed. The file is only ever read.
#[derive(Debug)]
pub struct DamagedFile {
    survey: Survey<File>,
    path: PathBuf,
    archive: Option<ArchiveRow>,
}

/// What an archive says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
struct ArchiveRow {
    version: Option<i64>,
    created: Option<String>,
    title: Option<String>,
    desk: Option<String>,
}

impl DamagedFile {
    /// Surveys the file at `path`.
    ///
    /// # Errors
    /// Fails if there is no such file, it holds nothing of an archive, or a newer program wrote it.
    pub fn open(path: &Path, cancel: CancelToken) -> Result<Self> {
        let path = std::path::absolute(path).map_err(|error| Error::file("find", path, &error))?;
        let mut survey = Survey::of_file(&path, cancel)?;
        let archive = archive_row(&mut survey);
        let refuse = |what: String| Error::Refused {
            what: format!("cannot recover {}: {what}", path.display()),
            hint: "name the damaged archive; nothing was written".to_owned(),
        };
        if let Some(what) = foreign(&survey, archive.as_ref()) {
            return Err(refuse(what));
        }
        let newer = archive.as_ref().and_then(|row| row.version).filter(|found| *found > LATEST);
        if let Some(found) = newer.filter(|found| i64::from(survey.pages.header.version) == *found)
        {
            return Err(Error::Refused {
                what: format!(
                    "cannot recover {}: it was written by a newer onrecord (format {found}; this one knows {LATEST})",
                    path.display()
                ),
                hint: "recover it with that onrecord; nothing was written".to_owned(),
            });
        }
        Ok(DamagedFile { survey, path, archive })
    }

    /// The absolute path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the rows into a new archive, whose transaction the caller has begun. `views` are the reports and checks
    /// of the program, `hash` gives the SHA-256 of bytes as text, and `progress` receives the pages done and in all.
    ///
    /// # Errors
    /// Fails if the new archive cannot be written to, or the recovery is cancelled.
    pub fn salvage(
        &mut self,
        writer: &Writer,
        views: &[ViewSpec],
        hash: Hash,
        progress: &Progress,
    ) -> Result<Recovered> {
        let fail = |error: rusqlite::Error| writer.map_err("write the salvaged rows", &error);
        let mut sink = Sink::new(writer, hash);
        let triggers = set_aside(writer).map_err(fail)?;
        sink.noted = self.sequences();
        for (table, last) in sink.noted.clone() {
            sink.note_id(&table, last);
        }
        self.read_hashes(&mut sink);
        let mut pages_done = Pace { done: 0, all: self.leaves(), progress };
        let empty = format!("DELETE FROM {}", SOURCE.table);
        let shipped =
            keep_shipped(writer, SOURCE.table).and_then(|()| writer.conn.execute_batch(&empty));
        shipped.map_err(fail)?;
        for kind in LOCAL_KINDS.iter().chain(KINDS).copied() {
            if kind.is(&COLUMN_MEANING) || kind.is(&REPORT) {
                continue;
            }
            if kind.is(&ARCHIVE) {
                self.keep_archive(&mut sink)?;
                continue;
            }
            if kind.role == Role::CodeList {
                self.salvage_codes(&mut sink, kind, &mut pages_done)?;
            } else {
                self.salvage_table(&mut sink, kind, &mut pages_done)?;
            }
        }
        sink.note_files()?;
        sink.check_parts()?;
        self.salvage_reports(&mut sink, views)?;
        self.note_rest(&mut sink, views);
        sink.recovered.weak = self.weak_claims();
        fill_identity(writer)?;
        let derive = || -> rusqlite::Result<()> {
            writer.conn.execute_batch(include_str!("statuses.sql"))?;
            rebuild(&writer.conn)?;
            writer
                .conn
                .execute_batch("DELETE FROM outdated_sources; DELETE FROM outdated_claims")?;
            writer
                .conn
                .execute("INSERT INTO outdated_claims (claim_id) SELECT id FROM claims", [])?;
            weigh_at_rest(&writer.conn)?;
            writer.conn.execute_batch(include_str!("../schema/keep_figures.sql"))?;
            self.keep_sequences(&sink)?;
            for sql in triggers.values() {
                writer.conn.execute_batch(sql)?;
            }
            Ok(())
        };
        derive().map_err(fail)?;
        let pages = &self.survey.pages;
        sink.recovered.pages = pages.count;
        sink.recovered.missing_pages = pages.header.pages.saturating_sub(pages.count);
        sink.finish()
    }

    /// The number of leaves with rows to salvage.
    fn leaves(&self) -> u64 {
        let of = self.survey.tables.values().filter(|table| kind_of(&table.name).is_some());
        of.map(|table| (table.tree.leaves.len() + table.orphans.len()) as u64).sum()
    }

    /// The last ids of the tables, as the file notes them.
    fn sequences(&mut self) -> BTreeMap<String, i64> {
        let mut found = BTreeMap::new();
        let leaves: Vec<u32> =
            self.survey.tables.get(SEQUENCES).map_or_else(Vec::new, survey::Table::leaves);
        for leaf in leaves {
            for row in self.survey.rows(leaf).0 {
                if let [Value::Text(name), Value::Integer(last)] = row.values.as_slice() {
                    found.insert(name.clone(), *last);
                }
            }
        }
        found
    }

    /// The claims that had fewer than two independent origins, by what the file keeps of their weights.
    fn weak_claims(&mut self) -> BTreeSet<i64> {
        let leaves = self.survey.tables.get(WEIGHTS).map_or_else(Vec::new, survey::Table::leaves);
        let columns = self.survey.model.columns(WEIGHTS).to_vec();
        let origins = place(&columns, "origins");
        let mut weak = BTreeSet::new();
        for leaf in leaves {
            for row in self.survey.rows(leaf).0 {
                if let Some(Value::Integer(0 | 1)) = origins.and_then(|n| row.values.get(n)) {
                    weak.insert(row.id);
                }
            }
        }
        weak
    }

    /// Reads the checksums of captured copies, which come after the copies themselves.
    fn read_hashes(&mut self, sink: &mut Sink<'_>) {
        let Some(table) = self.survey.tables.get(CAPTURE.table) else { return };
        let (leaves, layout) = (table.leaves(), table.layout.clone());
        let columns = self.survey.model.columns(CAPTURE.table).to_vec();
        for leaf in leaves {
            for stored in self.survey.rows(leaf).0 {
                let Some(row) = layout.row(&columns, stored) else { continue };
                let of = |name: &str| row.value(place(&columns, name)?);
                let Some(Value::Integer(file)) = of("sqlar_id") else { continue };
                let sha256 = match of("sha256") {
                    Some(Value::Text(sha256)) => Some(sha256.clone()),
                    _ => None,
                };
                sink.hashes.insert(*file, sha256);
            }
        }
        // The checksum of a copy in parts is that of the whole.
        let Some(table) = self.survey.tables.get(CAPTURE_PART.table) else { return };
        let (leaves, layout) = (table.leaves(), table.layout.clone());
        let columns = self.survey.model.columns(CAPTURE_PART.table).to_vec();
        for leaf in leaves {
            for stored in self.survey.rows(leaf).0 {
                let row = layout.row(&columns, stored);
                let first = row.and_then(|row| row.value(place(&columns, "first_id")?).cloned());
                if let Some(Value::Integer(first)) = first {
                    sink.hashes.insert(first, None);
                }
            }
        }
    }

    /// Salvages the rows of a table.
    fn salvage_table(
        &mut self,
        sink: &mut Sink<'_>,
        kind: &'static Kind,
        pace: &mut Pace<'_>,
    ) -> Result<()> {
        let Some(table) = self.survey.tables.get(kind.table) else { return Ok(()) };
        let (leaves, layout) = (table.leaves(), table.layout.clone());
        let gaps = table.tree.gaps.clone();
        sink.recovered.of(kind.table);
        let mut orphans: Vec<(i64, i64)> = Vec::new();
        let own = table.tree.leaves.len();
        for (n, leaf) in leaves.into_iter().enumerate() {
            self.survey.check_cancelled()?;
            let Survey { pages, trees, model, .. } = &mut self.survey;
            let mut ids: Option<(i64, i64)> = None;
            tree::rows(pages, trees, leaf, u64::MAX, |found| {
                if let Ok(Stored { id, .. }) = &found {
                    ids = Some(
                        ids.map_or((*id, *id), |(first, last)| (first.min(*id), last.max(*id))),
                    );
                }
                sink.take(model, kind, &layout, leaf, found)
            })?;
            orphans.extend(ids.filter(|_| n >= own));
            pace.step();
        }
        sink.take_waiting(&self.survey.model, kind)?;
        if !kind.is(&DATE) {
            let noted = sink.last_id(kind.table);
            note_gaps(sink, kind, &gaps, &orphans, noted);
        }
        Ok(())
    }

    /// Salvages a code list. Those of its codes that are lost are the ones of this program, where it has them.
    fn salvage_codes(
        &mut self,
        sink: &mut Sink<'_>,
        kind: &'static Kind,
        pace: &mut Pace<'_>,
    ) -> Result<()> {
        let table = kind.table;
        if !self.survey.tables.contains_key(table) {
            return Ok(());
        }
        let writer = sink.writer;
        let fail = |error: rusqlite::Error| writer.map_err("write its code lists", &error);
        let empty = format!("DELETE FROM {table}");
        keep_shipped(writer, table)
            .and_then(|()| writer.conn.execute_batch(&empty))
            .map_err(fail)?;
        self.salvage_table(sink, kind, pace)?;
        let of = *sink.recovered.of(table);
        let version = self.archive.as_ref().and_then(|row| row.version);
        let is_older = version.is_some_and(|version| version < LATEST);
        if of.gaps > 0 || of.left_out > 0 || is_older {
            let sql = format!(
                "INSERT INTO {table} SELECT * FROM temp.shipped_{table} AS s
                 WHERE NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = s.id OR t.code = s.code)"
            );
            let added = writer.conn.execute(&sql, []).map_err(fail)?;
            if added > 0 && (of.gaps > 0 || of.left_out > 0) {
                let what = format!(
                    "{added} codes of this program are in the place of those that are lost"
                );
                sink.recovered.add(table, "", what);
            }
        }
        Ok(())
    }

    /// Keeps what the archive says of itself, and its desk.
    fn keep_archive(&mut self, sink: &mut Sink<'_>) -> Result<()> {
        let conn = &sink.writer.conn;
        let fail = |error: rusqlite::Error| sink.writer.map_err("write what it is", &error);
        let key_of = |sql: &str, value: &dyn rusqlite::ToSql| -> Result<Option<String>> {
            conn.query_row(sql, [value], |row| row.get("key")).optional().map_err(fail)
        };
        let row = self.archive.clone().unwrap_or_default();
        let mut lost = Vec::new();
        if self.archive.is_none() {
            lost.push((ARCHIVE.table, String::new(), "its title, and when it was made".to_owned()));
        }
        // Every archive begins with its desk, which is the first of its sources.
        let first = key_of("SELECT key FROM sources WHERE id = ?1", &1)?;
        let desk = row.desk.clone().or_else(|| first.clone()).unwrap_or_else(|| "desk".to_owned());
        if key_of("SELECT key FROM sources WHERE key = ?1", &desk)?.is_none() {
            let id = if first.is_none() {
                1
            } else {
                sink.highest.get(SOURCE.table).copied().unwrap_or(0) + 1
            };
            let sql = "INSERT INTO sources (id, key, kind, title) SELECT ?1, ?2, kind, title
                 FROM temp.shipped_sources WHERE id = 1";
            conn.execute(sql, params![id, desk]).map_err(fail)?;
            let what = "the desk of the archive is lost: this one has its key alone";
            lost.push((SOURCE.table, desk.clone(), what.to_owned()));
        } else if row.desk.is_none() {
            let what = format!("whose verdicts are its own; now those of {desk}");
            lost.push((ARCHIVE.table, String::new(), what));
        }
        let sql = "UPDATE archive SET created = coalesce(?1, created), title = ?2, desk = ?3";
        conn.execute(sql, params![row.created, row.title, desk]).map_err(fail)?;
        if let Some(moment) = self.lineage() {
            let sql = "UPDATE refinery_schema_history SET applied_on = ?1 WHERE version = 1";
            conn.execute(sql, [moment]).map_err(fail)?;
        }
        for (table, key, what) in lost {
            sink.recovered.add(table, key, what);
        }
        Ok(())
    }

    /// The moment at which the archive was laid out, which it has in common with its copies.
    fn lineage(&mut self) -> Option<String> {
        let leaves = self.survey.tables.get(HISTORY)?.leaves();
        for leaf in leaves {
            for row in self.survey.rows(leaf).0 {
                if let [version, _, Value::Text(moment), ..] = row.values.as_slice()
                    && (*version == Value::Integer(1) || row.id == 1)
                {
                    return Some(moment.clone());
                }
            }
        }
        None
    }

    /// Salvages the reports that the user made, and their views.
    fn salvage_reports(&mut self, sink: &mut Sink<'_>, views: &[ViewSpec]) -> Result<()> {
        let mut described: BTreeSet<String> = BTreeSet::new();
        let mut rows = Vec::new();
        let mut broken = 0;
        if let Some(table) = self.survey.tables.get(REPORT.table) {
            let (leaves, layout) = (table.leaves(), table.layout.clone());
            let columns = self.survey.model.columns(REPORT.table).to_vec();
            for leaf in leaves {
                let (found, lost) = self.survey.rows(leaf);
                broken += lost;
                rows.extend(found.into_iter().filter_map(|stored| layout.row(&columns, stored)));
            }
        }
        let gaps = self.survey.tables.get(REPORT.table).map_or(0, |table| table.tree.gaps.len());
        if broken + gaps > 0 {
            let what = "descriptions of reports are lost; those of this program are made anew";
            sink.recovered.add(REPORT.table, "", what);
        }
        let columns = sink.columns(REPORT.table)?;
        let text = |row: &model::Row, name: &str| match row.value(place(&columns, name)?) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let is_own = |row: &model::Row| {
            place(&columns, "builtin").and_then(|n| row.value(n)) == Some(&Value::Integer(0))
        };
        for row in rows.iter().filter(|row| is_own(row)) {
            described.extend(text(row, "name").map(|name| format!("report_{name}")));
        }
        let objects: Vec<_> =
            self.survey.objects.iter().filter(|object| object.ty == "view").cloned().collect();
        let mut stored = BTreeSet::new();
        for object in objects {
            let is_shipped = self.survey.model.sql(&object.name).is_some()
                || views.iter().any(|spec| spec.view == object.name);
            let is_report = object.name.starts_with("report_");
            if !is_report || (is_shipped && !described.contains(&object.name)) {
                continue;
            }
            let name = quote(&object.name);
            match store_view(sink.writer, &object.name, &object.sql, false) {
                Ok(_) if sink.writer.conn.prepare(&format!("SELECT * FROM {name}")).is_ok() => {
                    stored.insert(object.name);
                }
                Ok(_) => {
                    let drop = sink.writer.conn.execute_batch(&format!("DROP VIEW {name}"));
                    drop.map_err(|error| sink.writer.map_err("write its reports", &error))?;
                    sink.recovered.add("", object.name, "this view reads what is not carried over");
                }
                Err(Error::Refused { what, .. }) => sink.recovered.add("", object.name, what),
                Err(error) => return Err(error),
            }
        }
        for row in rows.iter().filter(|row| is_own(row)) {
            let name = text(row, "name").unwrap_or_default();
            if !stored.contains(&format!("report_{name}")) {
                sink.recovered.add(REPORT.table, name, "the view of this report is lost");
                continue;
            }
            let fail = |error: rusqlite::Error| sink.writer.map_err("write its reports", &error);
            let sql = "INSERT INTO reports (name, title, question, columns, chart, builtin)
                 VALUES (?1, ?2, ?3, ?4, ?5, 0)";
            let of = |column: &str| text(row, column);
            let values = params![name, of("title"), of("question"), of("columns"), of("chart")];
            sink.writer.conn.execute(sql, values).map_err(fail)?;
            sink.recovered.of(REPORT.table).salvaged += 1;
        }
        Ok(())
    }

    /// Notes what is not carried over: leaves that no table can be told to have, and tables, views and columns that
    /// are not those of this program.
    fn note_rest(&mut self, sink: &mut Sink<'_>, views: &[ViewSpec]) {
        for unplaced in &self.survey.unplaced {
            let tables = match unplaced.tables.as_slice() {
                [] => "it fits into no table".to_owned(),
                tables => format!("it may be of {}", tables.join(" or ")),
            };
            let rows = match unplaced.rows {
                1 => "1 row".to_owned(),
                rows => format!("{rows} rows"),
            };
            let what = format!("{rows} that nothing leads to are not placed: {tables}");
            sink.recovered.add("", format!("page {}", unplaced.page), what);
            sink.recovered.lost_pages += 1;
        }
        for table in self.survey.tables.values().filter(|table| kind_of(&table.name).is_some()) {
            for column in &table.layout.strange {
                let what =
                    format!("the column {column} is none of this program, and is not carried over");
                sink.recovered.add(&table.name, "", what);
            }
        }
        let objects: Vec<_> = self.survey.objects.clone();
        for object in objects {
            let is_own = self.survey.model.sql(&object.name).is_some()
                || object.name.starts_with("sqlite_")
                || object.name.starts_with("report_")
                || views.iter().any(|spec| spec.view == object.name)
                || object.name == HISTORY
                || RETIRED.contains(&object.name.as_str());
            let is_of_own = object.ty == "index" && self.survey.model.sql(&object.table).is_some();
            if is_own || (is_of_own && object.sql.is_empty()) {
                continue;
            }
            let ty = &object.ty;
            let mut what = format!("this {ty} is none of this program, and is not carried over");
            if ty == "table" {
                let leaves: Vec<u32> = self
                    .survey
                    .tables
                    .get(&object.name)
                    .map_or_else(Vec::new, survey::Table::leaves);
                let rows: usize =
                    leaves.into_iter().map(|leaf| self.survey.rows(leaf).0.len()).sum();
                what = format!("{what}: {rows} rows");
            }
            sink.recovered.add("", object.name, what);
        }
        let placed = self.survey.tables.values().filter(|table| kind_of(&table.name).is_some());
        let is_placed = placed.into_iter().any(|table| !table.orphans.is_empty());
        if is_placed && !self.survey.free.is_whole {
            let what = "nothing says which pages are free: rows that were deleted may be among those that are back";
            sink.recovered.add("", "", what);
        }
    }

    /// Sets the last ids of the tables, so that none is given a second time.
    fn keep_sequences(&self, sink: &Sink<'_>) -> rusqlite::Result<()> {
        let conn = &sink.writer.conn;
        // No page has more rows than this, and a lost row may have had any id after the last one.
        let margin = i64::from(sink.recovered.lost_pages + 1) * 400;
        for kind in LOCAL_KINDS.iter().chain(KINDS) {
            let mut last = sink.highest.get(kind.table).copied().unwrap_or(0);
            let of = sink.recovered.tables.get(kind.table).copied().unwrap_or_default();
            if of.gaps > 0 && sink.last_id(kind.table).is_none() {
                last += margin;
            }
            if last > 0 {
                let sql = "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1";
                if conn.execute(sql, params![kind.table, last])? == 0 {
                    let sql = "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)";
                    conn.execute(sql, params![kind.table, last])?;
                }
            }
        }
        Ok(())
    }
}

/// Retracts the verdicts that hold and rest on too little since what they rested on is lost: each stays on record. One
/// that rested on too little before stays as it is. Returns the keys of their claims. Call it while an operation runs.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn retract_baseless(
    writer: &Writer,
    recovered: &Recovered,
    at: &str,
    by: Option<&str>,
    because: &str,
) -> Result<Vec<String>> {
    let lacks_evidence = recovered.has_lost_rows_of(EVIDENCE.table);
    let mut claims = Vec::new();
    loop {
        let read = || -> rusqlite::Result<Vec<(i64, String, bool, i64)>> {
            let mut statement =
                writer.conn.prepare_cached(include_str!("baseless_verdicts.sql"))?;
            let rows = statement.query_map([], |row| {
                let (id, key) = (row.get("id")?, row.get("key")?);
                Ok((id, key, row.get("is_confirmed")?, row.get("assessment_id")?))
            })?;
            rows.collect()
        };
        let mut found = read().map_err(|error| writer.map_err("look at its verdicts", &error))?;
        found.retain(|(id, _, is_confirmed, _)| match is_confirmed {
            true => lacks_evidence,
            false => !recovered.weak.contains(id),
        });
        if found.is_empty() {
            return Ok(claims);
        }
        // An earlier verdict holds then, which may rest on too little as well.
        for (_, claim, _, verdict) in found {
            retract_verdict(writer, verdict, at, by, because)?;
            claims.push(claim);
        }
    }
}

/// Tells how far a recovery is.
struct Pace<'a> {
    done: u64,
    all: u64,
    progress: &'a Progress,
}

impl Pace<'_> {
    fn step(&mut self) {
        self.done += 1;
        self.progress.tell(self.done, self.all);
    }
}

/// Notes the parts of a table that cannot be read, without the ids that leaves to which nothing leads have. `noted` is
/// the last id of the table, where the file still says which it is.
fn note_gaps(
    sink: &mut Sink<'_>,
    kind: &'static Kind,
    gaps: &[tree::Gap],
    found: &[(i64, i64)],
    noted: Option<i64>,
) {
    let mut found = found.to_vec();
    found.sort_unstable();
    for gap in gaps {
        let mut missing = Vec::new();
        let mut next = gap.above.max(0) + 1;
        let last = noted.map_or(gap.last, |noted| gap.last.min(noted));
        for (first, end) in
            found.iter().filter(|(first, end)| *end > gap.above && *first <= gap.last)
        {
            if *first > next {
                missing.push((next, *first - 1));
            }
            next = next.max(end.saturating_add(1));
        }
        if next <= last {
            missing.push((next, last));
        }
        if missing.is_empty() {
            continue;
        }
        sink.recovered.of(kind.table).gaps += 1;
        sink.recovered.lost_pages += 1;
        let ids = missing.iter().map(|(first, last)| match *last {
            last if last == *first => format!("id {first}"),
            i64::MAX => format!("ids from {first} on"),
            last => format!("ids {first} to {last}"),
        });
        let ids: Vec<String> = ids.take(5).collect();
        let what = match gap.page {
            0 => "the page that they were on is lost".to_owned(),
            page => format!("page {page} cannot be read; rows with these ids may have been on it"),
        };
        sink.recovered.add(kind.table, ids.join(", "), what);
    }
}

/// Drops the triggers that are not asked while rows are salvaged. Returns the SQL of each.
fn set_aside(writer: &Writer) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut statement = writer.conn.prepare(include_str!("set_aside.sql"))?;
    let read = statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?;
    let triggers: BTreeMap<String, String> = read.collect::<rusqlite::Result<_>>()?;
    for name in triggers.keys() {
        writer.conn.execute_batch(&format!("DROP TRIGGER {}", quote(name)))?;
    }
    Ok(triggers)
}

/// Keeps the rows with which a table begins in a temporary one.
fn keep_shipped(writer: &Writer, table: &str) -> rusqlite::Result<()> {
    writer
        .conn
        .execute_batch(&format!("CREATE TEMP TABLE shipped_{table} AS SELECT * FROM {table}"))
}

/// Reads what the archive says of itself; `None` where its row is lost.
fn archive_row(survey: &mut Survey<File>) -> Option<ArchiveRow> {
    let table = survey.tables.get(ARCHIVE.table)?;
    let (leaves, layout) = (table.leaves(), table.layout.clone());
    let columns = survey.model.columns(ARCHIVE.table).to_vec();
    for leaf in leaves {
        for stored in survey.rows(leaf).0 {
            let Some(row) = layout.row(&columns, stored) else { continue };
            let text = |name: &str| match row.value(place(&columns, name)?) {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => None,
            };
            let version = match place(&columns, "version").and_then(|n| row.value(n)) {
                Some(Value::Integer(version)) => Some(*version),
                _ => None,
            };
            if text("format").as_deref() == Some("onrecord") {
                let (created, title, desk) = (text("created"), text("title"), text("desk"));
                return Some(ArchiveRow { version, created, title, desk });
            }
        }
    }
    None
}

/// Returns what a file is that holds nothing of an archive.
fn foreign(survey: &Survey<File>, archive: Option<&ArchiveRow>) -> Option<String> {
    let is_named =
        |object: &&survey::Object| object.ty == "table" && kind_of(&object.name).is_some();
    let known = survey.objects.iter().filter(is_named).count();
    let content = survey.tables.values().filter(|table| {
        kind_of(&table.name).is_some_and(|kind| kind.role == Role::Content)
            && (!table.tree.leaves.is_empty() || !table.orphans.is_empty())
    });
    let is_archive = archive.is_some()
        || survey.pages.header.application == APPLICATION
        || known >= ENOUGH_TABLES
        || (survey.objects.is_empty() && content.count() > 0);
    if is_archive {
        return None;
    }
    if survey.pages.length == 0 {
        return Some("it is empty".to_owned());
    }
    let tables: Vec<&str> = survey
        .objects
        .iter()
        .filter(|object| object.ty == "table")
        .map(|object| object.name.as_str())
        .collect();
    Some(match tables.as_slice() {
        [] if survey.pages.has_header => {
            "it begins as an SQLite file, and no row of an archive can be found in it".to_owned()
        }
        [] => "no row of an archive can be found in it; it may be no SQLite file, or encrypted"
            .to_owned(),
        tables => {
            let more = if tables.len() > MAX_NAMED_TABLES { ", …" } else { "" };
            let named =
                tables.iter().take(MAX_NAMED_TABLES).copied().collect::<Vec<_>>().join(", ");
            format!("it is an SQLite file of another program, with the tables {named}{more}")
        }
    })
}
