//! Checks of an archive: those stored in the file as views, and those that only the program can
//! make.

use super::doubts;
use crate::check as checks;
use crate::error::{Error, Result};
use crate::intake::Unit;
use crate::model::{
    ACCEPTED_DOUBT, CancelToken, Equation, Record, RowSink, SourcePos, Table, Value, did_you_mean,
};
use crate::ops::captures::attach::hash_capture;
use crate::ops::context::{
    Context, Deed, builtin_views, flag_pos, keep_views, open_reader, open_writer, operate_within,
};
use crate::ops::import::{WriteMode, import_units};
use crate::store::{
    self, Finding, Reader, accepted, broken_encoding, broken_pages, broken_references,
    can_mend_encoding, captures_of, changed_guards, check_views, equations, findings_of,
    lost_weights, mend_encoding, moment_of_acceptance, unindexed_rows, unreadable_views,
    wrong_counts, wrong_weights,
};
use std::io;
use std::path::Path;

type CheckFn = fn(&Reader) -> Result<Vec<Finding>>;

/// A check that a view cannot make.
struct ProgramCheck {
    name: &'static str,
    title: &'static str,
    /// True if no rule is broken by what it finds, and someone should look.
    doubt: bool,
    run: CheckFn,
}

/// A check of errors.
const fn errors(name: &'static str, title: &'static str, run: CheckFn) -> ProgramCheck {
    ProgramCheck { name, title, doubt: false, run }
}

/// A check of doubts.
const fn doubts_of(name: &'static str, title: &'static str, run: CheckFn) -> ProgramCheck {
    ProgramCheck { name, title, doubt: true, run }
}

/// The check of the file's pages.
const PAGES: &str = "pages";
/// The check of the views, which reads those that did not come with the program too.
const REPORTS: &str = "reports";
/// The check of what the archive keeps of claims.
const WEIGHTS: &str = "weights";

/// The checks that a view cannot make.
const PROGRAM_CHECKS: [ProgramCheck; 12] = [
    errors(PAGES, "Damage that SQLite finds in the file", broken_pages),
    errors("references", "Rows that refer to nothing", |db| broken_references(db)),
    errors("text", "Text that is not UTF-8, or is longer than the rules allow", |db| {
        broken_encoding(db)
    }),
    errors("guards", "Guards, reports and checks that are missing, changed or unknown", |db| {
        changed_guards(db, builtin_views())
    }),
    errors("search", "Rows that a search would miss", |db| {
        Ok([unindexed_rows(db)?, wrong_counts(db)?].concat())
    }),
    errors(
        WEIGHTS,
        "Claims and figures of which nothing is kept; with --full, what is kept wrongly",
        |db| lost_weights(db),
    ),
    errors(REPORTS, "Reports that cannot be read", |db| unreadable_views(db)),
    errors("equations", "Equations that cannot be read", invalid_equations),
    errors(
        "hashes",
        "Captured copies whose bytes are lost, or are not those captured",
        changed_captures,
    ),
    doubts_of(
        "said-numbers",
        "Figures that are not the number in their words",
        doubts::said_numbers,
    ),
    doubts_of(
        "claim-numbers",
        "Figures that are not the number in their claim",
        doubts::claim_numbers,
    ),
    doubts_of("near-names", "Sources and places that may be one", doubts::near_names_of),
];

/// The checks of the program that ask no view.
const OF_TABLES: [&str; 5] = [PAGES, "references", "text", "guards", "hashes"];

/// A check of an archive.
pub(in crate::ops) struct Listed {
    pub(in crate::ops) name: String,
    pub(in crate::ops) title: String,
    pub(in crate::ops) doubt: bool,
    /// The view that makes it, if it did not come with the program.
    foreign_view: Option<String>,
    /// True if it asks views that did not come with the program.
    asks_foreign_views: bool,
}

impl Listed {
    /// Returns true if it runs SQL that did not come with the program.
    fn is_foreign(&self) -> bool {
        self.foreign_view.is_some() || self.asks_foreign_views
    }
}

/// Lists the checks of an archive: name, weight and title.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn list(archive: &Path) -> Result<Table> {
    let db = open_reader(archive, CancelToken::never())?;
    let mut table = Table::new(&["check", "weight", "title"]);
    for Listed { name, title, doubt, .. } in list_checks(&db)? {
        let weight = if doubt { "doubt" } else { "error" };
        table.rows.push(vec![Value::Text(name), Value::from(weight), Value::Text(title)]);
    }
    Ok(table)
}

/// The findings of checks.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Rules that are broken: check, table, key, finding.
    pub errors: Table,
    /// What someone should look at, without what was set aside: check, table, key, finding.
    pub doubts: Table,
    /// The number of doubts that were set aside.
    pub accepted: usize,
}

/// Runs one check, or all of them, and returns the rules that are broken: check, table, key, finding.
///
/// # Errors
/// Fails if there is no such check, or the archive cannot be read.
pub fn check(archive: &Path, name: Option<&str>, full: bool, cancel: CancelToken) -> Result<Table> {
    run_checks(archive, name, full, cancel).map(|checked| checked.errors)
}

/// Runs one check, or all of them. With `full`, what the archive keeps is also compared with what is worked out from
/// nothing.
///
/// # Errors
/// Fails if there is no such check, or the archive cannot be read.
pub fn run_checks(
    archive: &Path,
    name: Option<&str>,
    full: bool,
    cancel: CancelToken,
) -> Result<Checked> {
    let db = open_reader(archive, cancel.clone().without_foreign_limit())?;
    db.require_tables("check it")?;
    let mut checked = match name {
        Some(name) => run_on(&db, &named(&db, name)?, &cancel)?,
        None => run_all(&db, archive, &cancel)?,
    };
    if full && name.is_none_or(|name| name == WEIGHTS) {
        checked.errors.rows.extend(rows_of(WEIGHTS, wrong_weights(&db)?));
    }
    Ok(checked)
}

/// Finds a check by its name.
fn named(db: &Reader, name: &str) -> Result<[Listed; 1]> {
    let mut known = list_checks(db)?;
    let Some(at) = known.iter().position(|check| check.name == name) else {
        return Err(Error::NotFound {
            what: "check".to_owned(),
            name: name.to_owned(),
            near: did_you_mean(name, known.iter().map(|check| check.name.as_str())),
            hint: "`onrecord check --list` lists them".to_owned(),
        });
    };
    Ok([known.swap_remove(at)])
}

/// Runs all checks. SQLite's look at every page takes as long as all the others, so that it runs beside them.
fn run_all(db: &Reader, archive: &Path, cancel: &CancelToken) -> Result<Checked> {
    let (pages, others): (Vec<_>, Vec<_>) =
        list_checks(db)?.into_iter().partition(|check| check.name == PAGES);
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| {
            let apart = open_reader(archive, cancel.clone().without_foreign_limit())?;
            run_on(&apart, &pages, cancel)
        });
        let others = run_on(db, &others, cancel);
        let mut checked = beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let others = others?;
        checked.errors.rows.extend(others.errors.rows);
        checked.doubts.rows.extend(others.doubts.rows);
        checked.accepted += others.accepted;
        Ok(checked)
    })
}

/// Runs checks, one after another. Those that did not come with the program share the time that the caller gives them:
/// they run last, so that it ends with them.
fn run_on(db: &Reader, checks: &[Listed], cancel: &CancelToken) -> Result<Checked> {
    let (foreign, own): (Vec<_>, Vec<_>) =
        checks.iter().enumerate().partition(|(_, check)| check.is_foreign());
    let mut found = Vec::new();
    for (at, check) in own {
        found.push((at, run_one(db, check, cancel)?));
    }
    if !foreign.is_empty() {
        let apart = open_reader(db.path(), cancel.begin_foreign())?;
        for (at, check) in foreign {
            found.push((at, run_one(&apart, check, cancel)?));
        }
    }
    found.sort_unstable_by_key(|(at, _)| *at);
    let columns = ["check", "table", "key", "finding"];
    let mut checked =
        Checked { errors: Table::new(&columns), doubts: Table::new(&columns), accepted: 0 };
    for (_, Found { errors, doubts, accepted }) in found {
        checked.errors.rows.extend(errors);
        checked.doubts.rows.extend(doubts);
        checked.accepted += accepted;
    }
    Ok(checked)
}

/// The findings of one check, as in [`Checked`].
#[derive(Default)]
struct Found {
    errors: Vec<Vec<Value>>,
    doubts: Vec<Vec<Value>>,
    accepted: usize,
}

/// Runs one check. A row that it cannot read, or a view of a stranger's, keeps no other check from its findings; and
/// what was not checked is not clean.
fn run_one(db: &Reader, check: &Listed, cancel: &CancelToken) -> Result<Found> {
    let mut found = Found::default();
    let not_made = |why: &str| {
        let finding = format!("this check cannot be made: {why}");
        let row = vec![Value::from(&*check.name), Value::Null, Value::Null, Value::Text(finding)];
        Ok(Found { errors: vec![row], ..Found::default() })
    };
    let rows = match &check.foreign_view {
        None => findings(db, &check.name),
        Some(view) => foreign_findings(db, &check.name, view),
    };
    let rows = match rows {
        // Its time is over, and the caller did not ask to stop.
        Err(Error::Stopped { .. }) if check.is_foreign() && cancel.reason().is_none() => {
            return not_made(&format!("stopped: {}", db.stopped().unwrap_or("it took too long")));
        }
        Err(
            error @ (Error::Sqlite { .. }
            | Error::Damaged { .. }
            | Error::Disk { .. }
            | Error::Encoding { .. }),
        ) => return not_made(&error.to_string()),
        rows => rows?,
    };
    if !check.doubt {
        found.errors = rows;
        return Ok(found);
    }
    for row in rows {
        match is_accepted(db, &row)? {
            true => found.accepted += 1,
            false => found.doubts.push(row),
        }
    }
    Ok(found)
}

/// The most findings that are taken of a check that did not come with the program, and the most bytes of their texts.
const MOST_FOREIGN: (usize, usize) = (10_000, 16 << 20);

/// Takes the rows of a result as far as they are not too many or too large.
#[derive(Default)]
struct FirstRows {
    rows: Vec<Vec<Value>>,
    bytes: usize,
    is_full: bool,
}

impl RowSink for FirstRows {
    fn begin(&mut self, _: &[String]) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        self.bytes += row.iter().filter_map(Value::as_text).map(str::len).sum::<usize>();
        self.is_full = self.rows.len() >= MOST_FOREIGN.0 || self.bytes > MOST_FOREIGN.1;
        if self.is_full {
            return Err(io::Error::other("there are more"));
        }
        self.rows.push(row.to_vec());
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The findings of a check that did not come with the program: check, table, key, finding. Of too many, the first.
fn foreign_findings(db: &Reader, name: &str, view: &str) -> Result<Vec<Vec<Value>>> {
    let mut first = FirstRows::default();
    match findings_of(view).run(db, &mut first) {
        Err(Error::Output(_)) if first.is_full => {
            let more = format!(
                "there are more findings than are taken of a check that did not come with onrecord: \
                 `onrecord sql 'SELECT * FROM {view}'` has all"
            );
            first.rows.push(vec![Value::Null, Value::Null, Value::Text(more)]);
        }
        done => done?,
    }
    first.rows.iter_mut().for_each(|row| row.insert(0, Value::from(name)));
    Ok(first.rows)
}

/// The findings of one check that came with the program: check, table, key, finding.
fn findings(db: &Reader, name: &str) -> Result<Vec<Vec<Value>>> {
    let mut rows = match PROGRAM_CHECKS.iter().find(|check| check.name == name) {
        Some(check) => return Ok(rows_of(name, (check.run)(db)?)),
        None => {
            let mut found = Table::default();
            findings_of(&view_of(name)).run(db, &mut found)?;
            found.rows
        }
    };
    rows.iter_mut().for_each(|row| row.insert(0, Value::from(name)));
    Ok(rows)
}

/// The findings of the program as rows: check, table, key, finding.
fn rows_of(name: &str, found: Vec<Finding>) -> Vec<Vec<Value>> {
    let text = |text: String| if text.is_empty() { Value::Null } else { Value::Text(text) };
    let row = |found: Finding| {
        let [table, key, finding] = [found.table, found.key, found.finding].map(text);
        vec![Value::from(name), table, key, finding]
    };
    found.into_iter().map(row).collect()
}

/// Returns true if a person set this doubt aside, and the row did not change since.
fn is_accepted(db: &Reader, row: &[Value]) -> Result<bool> {
    let [Value::Text(check), Value::Text(table), Value::Text(key), Value::Text(finding)] = row
    else {
        return Ok(false);
    };
    accepted(db, [check, table, key, finding])
}

/// Sets the doubts of a check about one row aside, for this reason. They come back when the row
/// changes. Returns how many there were.
///
/// # Errors
/// Fails if there is no such check, it raises no doubt about that row, or the archive cannot be written
/// to.
pub fn accept(
    archive: &Path,
    name: &str,
    key: &str,
    because: &str,
    context: &Context,
) -> Result<usize> {
    let db = open_reader(archive, context.cancel.clone())?;
    let known = list_checks(&db)?;
    if known.iter().any(|check| check.name == name && !check.doubt) {
        return Err(Error::Refused {
            what: format!("what {name} finds breaks a rule, and cannot be set aside"),
            hint: "correct the row".to_owned(),
        });
    }
    let found = run_on(&db, &named(&db, name)?, &context.cancel)?.doubts.rows;
    let of_row: Vec<&Vec<Value>> =
        found.iter().filter(|row| row[2].as_text() == Some(key)).collect();
    if of_row.is_empty() {
        return Err(Error::Refused {
            what: format!("{name} raises no doubt about {key:?}"),
            hint: format!("`onrecord check {name} --doubts` lists them"),
        });
    }
    let mut unit = Unit::default();
    for row in &of_row {
        let [Value::Text(check), Value::Text(table), Value::Text(key), Value::Text(finding)] =
            row.as_slice()
        else {
            continue;
        };
        let at = moment_of_acceptance(&db, [check, table, key, finding], &context.now)?;
        let mut record = Record::new(&ACCEPTED_DOUBT, SourcePos::Whole);
        let fields = ["check_name", "table_name", "row_key", "finding"];
        for (field, value) in fields.into_iter().zip(row.iter()) {
            record.set(field, value.clone(), SourcePos::Whole);
        }
        record.set("at", Value::Text(at), SourcePos::Whole);
        if let Some(by) = &context.editor {
            record.set("by", Value::from(by.as_str()), SourcePos::Whole);
        }
        record.set("because", Value::from(because.trim()), flag_pos("because"));
        unit.records.push(record);
    }
    drop(db);
    let deed = Deed { command: "check --accept", because: Some(because) };
    let writer = open_writer(archive, context)?;
    let units = vec![(String::new(), unit)];
    import_units(&writer, units, Vec::new(), context, deed, WriteMode::Keep)?;
    Ok(of_row.len())
}

/// Lists the checks that the program makes, then those stored as views `check_NAME`.
pub(in crate::ops) fn list_checks(db: &Reader) -> Result<Vec<Listed>> {
    let builtin = checks::builtin();
    let has_own_text = db.has_own_text()?;
    let program = |check: &ProgramCheck| Listed {
        name: check.name.to_owned(),
        title: check.title.to_owned(),
        doubt: check.doubt,
        foreign_view: None,
        asks_foreign_views: check.name == REPORTS
            || !has_own_text && !OF_TABLES.contains(&check.name),
    };
    let mut all: Vec<Listed> = PROGRAM_CHECKS.iter().map(program).collect();
    let mut views = check_views(db)?;
    if has_own_text {
        // One that was dropped is made all the same.
        views.extend(builtin.iter().map(|header| view_of(&header.name)));
        views.sort();
        views.dedup();
    }
    for view in views {
        let name = view.strip_prefix("check_").unwrap_or(&view).replace('_', "-");
        let header = builtin.iter().find(|header| view_of(&header.name) == view);
        all.push(Listed {
            title: header.map_or_else(|| name.clone(), |header| header.title.clone()),
            doubt: header.is_some_and(|header| header.doubt),
            // Where the file is of another program, so is the text of all views.
            foreign_view: (header.is_none() || !has_own_text).then_some(view),
            asks_foreign_views: false,
            name,
        });
    }
    Ok(all)
}

/// The view that makes a check.
fn view_of(check: &str) -> String {
    format!("check_{}", check.replace('-', "_"))
}

fn invalid_equations(db: &Reader) -> Result<Vec<Finding>> {
    let written = equations(db)?.into_iter();
    Ok(written
        .filter_map(|equation| {
            let finding = Equation::parse(&equation.expression).err()?;
            Some(Finding { table: "equations".to_owned(), key: equation.key, finding })
        })
        .collect())
}

/// Finds the captured copies whose bytes are not in the file, or do not have the stored checksum.
fn changed_captures(db: &Reader) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for copy in captures_of(db, None)? {
        let name = if copy.name.is_empty() { "a copy" } else { copy.name.as_str() };
        if let Some(defect) = copy.defect() {
            let known = copy.sha256.as_ref().map(|sha256| format!(" with the SHA-256 {sha256}"));
            let known = known.unwrap_or_default();
            let finding = match copy.loss() {
                Some(loss) => format!(
                    "{name}{known} is lost: {loss}; `onrecord attach {} FILE` with the same bytes puts them back",
                    copy.source
                ),
                None => format!("{name}{known} is not whole: {defect}"),
            };
            found.push(Finding { table: "captures".to_owned(), key: copy.source, finding });
            continue;
        }
        let Some(stated) = &copy.sha256 else { continue };
        let finding = match hash_capture(db, &copy) {
            Ok(sha256) if sha256 == *stated => continue,
            Ok(sha256) => format!("{name} has the SHA-256 {sha256}, and {stated} was captured"),
            Err(error @ Error::Stopped { .. }) => return Err(error),
            Err(error) => error.to_string(),
        };
        found.push(Finding { table: "sqlar".to_owned(), key: copy.source, finding });
    }
    Ok(found)
}

/// Brings the archive up to date with this program, and restores missing and changed guards, and what the archive
/// keeps; with `full`, whatever of it is wrong. With an encoding, reads the texts in it that are not UTF-8.
/// Returns what was repaired, a phrase each.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn repair(
    archive: &Path,
    full: bool,
    encoding: Option<&'static encoding_rs::Encoding>,
    context: &Context,
) -> Result<Vec<String>> {
    let older = open_reader(archive, CancelToken::never())?.is_older()?;
    store::repair(archive, builtin_views(), full, &context.cancel, |writer, mut done| {
        if older {
            done.push("the views and reports of this program".to_owned());
        }
        let mends = encoding.map(|encoding| can_mend_encoding(writer, encoding)).transpose()?;
        if done.is_empty() && mends != Some(true) {
            keep_views(writer)?;
            return Ok(done);
        }
        operate_within(writer, Deed::of("check --repair"), context, |writer, _| {
            if let Some(encoding) = encoding {
                let read = mend_encoding(writer, encoding)?;
                let name = encoding.name();
                done.extend(
                    read.into_iter().map(|text| format!("the text of {text}, read as {name}")),
                );
            }
            keep_views(writer)?;
            let summary = done.join("; ");
            Ok((done, summary))
        })
    })
}
