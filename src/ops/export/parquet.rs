//! A lake: a folder of Parquet files for engines such as Spark, DuckDB and ClickHouse. A folder for each table, with
//! its ids as the file has them, so that the reports run there, and with the keys that an import reads.

use crate::error::{Error, Result};
use crate::model::{
    CARRIED_OPERATIONS, FILE_BYTES, Kind, LIVE_ROWS, LakeType, OWN_VIEWS, ReportHeader, Value,
    has_file_bytes, is_divided_by_year, lake_columns, lake_kinds,
};
use crate::ops::checksum::sha256;
use crate::ops::export::records::unwritable;
use crate::ops::lake_manifest::{FORM, Holds, LakeField, LakeTable, Manifest};
use crate::ops::listed_file::{Hashed, ListedFile, MANIFEST};
use crate::ops::output_file::write_inside;
use crate::render::ParquetFile;
use crate::report::{Engine, KEPT_PARTS, builtin, kept_query, rewrite};
use crate::store::{
    KEPT_VIEWS, Reader, Since, carried_operations, file_blocks, lake_facts, meanings, read_kept,
    read_lake_rows, runs_of_ids, since, stored_reports, view_columns,
};
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

/// The name by which Hive, Spark and DuckDB know the folder of the rows that have no value to divide by.
const NO_YEAR: &str = "year=__HIVE_DEFAULT_PARTITION__";

/// Writes the lake into a folder: all of it, or what changed since an operation.
pub(super) fn write(db: &Reader, operation: Option<i64>, folder: &Path) -> Result<()> {
    let facts = lake_facts(db)?;
    let meanings = meanings(db)?;
    let state = match operation {
        Some(number) => Some(since(db, number)?.ok_or_else(|| {
            Error::NotFound {
                what: "operation".to_owned(),
                name: number.to_string(),
                near: String::new(),
                hint: "`onrecord log` lists them; manifest.json of the last export names its own"
                    .to_owned(),
            }
        })?),
        None => None,
    };
    let mut tables = Vec::new();
    let mut changed = Vec::new();
    for kind in lake_kinds() {
        let columns = lake_columns(kind);
        let fields: Vec<(String, LakeType)> =
            columns.iter().map(|column| (column.name.clone(), column.ty)).collect();
        let condition = match &state {
            Some(state) => state.condition(db, kind)?,
            None => None,
        };
        let mut table = TableWriter::begin(folder, kind.table, fields, is_divided_by_year(kind));
        read_lake_rows(db, kind, &columns, condition.as_deref(), |year, row| table.row(year, row))?;
        let abouts = columns.iter().map(|column| Some(column.about())).collect();
        if condition.is_some() {
            changed.push(kind.table);
            table.holds = Holds::Changed;
        }
        tables.push(table.finish(Some(kind.about.to_owned()), abouts)?);
        if has_file_bytes(kind) {
            tables.push(write_file_bytes(db, state.as_ref(), kind, folder)?);
        }
    }
    tables.push(write_operations(db, folder)?);
    tables.push(write_own_views(db, folder)?);
    for view in KEPT_VIEWS {
        let about =
            |column: &str| meanings.get(&(view.name.to_owned(), column.to_owned())).cloned();
        let columns = view_columns(db, view)?;
        let abouts = columns.iter().map(|(name, _)| about(name)).collect();
        tables.push(write_kept(
            db,
            view.name,
            &view.query(),
            columns,
            (about(""), abouts),
            folder,
        )?);
    }
    let reports = builtin();
    for part in KEPT_PARTS {
        let report = reports.iter().find(|report| file_name(&report.name) == part.report);
        let text = report.map_or("", |report| report.sql.as_str());
        let query = kept_query(part, text).map_err(unwritable)?;
        let columns = part.columns.iter().map(|(name, ty)| ((*name).to_owned(), *ty)).collect();
        let about = Some(format!("What the report {} asks of it", file_name(part.report)));
        let abouts = vec![None; part.columns.len()];
        tables.push(write_kept(db, part.table, &query, columns, (about, abouts), folder)?);
    }
    if operation.is_some() {
        tables.push(write_live_rows(db, &changed, folder)?);
    }
    let manifest = Manifest {
        onrecord_parquet: FORM,
        title: facts.title,
        created: facts.created,
        operation: facts.operation,
        since: operation,
        tables,
        reports: write_reports(&reports, folder)?,
    };
    write_inside(folder, MANIFEST, |out| {
        serde_json::to_writer_pretty(&mut *out, &manifest).map_err(std::io::Error::from)?;
        Ok(writeln!(out)?)
    })
}

/// The name of the file of a report, and of its view.
fn file_name(report: &str) -> String {
    report.replace('-', "_")
}

/// Writes the reports for each engine.
fn write_reports(reports: &[ReportHeader], folder: &Path) -> Result<Vec<ListedFile>> {
    let mut files = Vec::new();
    for (engine_name, engine) in Engine::ALL {
        std::fs::create_dir_all(folder.join("reports").join(engine_name))?;
        for report in reports {
            let name = file_name(&report.name);
            let sql = rewrite(engine, &name, &report.sql).map_err(unwritable)?;
            let question = report.question.as_deref().unwrap_or_default();
            let text = format!("-- {}: {question}\n{sql}", report.title);
            let path = format!("reports/{engine_name}/{name}.sql");
            write_inside(folder, &path, |out| Ok(out.write_all(text.as_bytes())?))?;
            let (bytes, sha256) = (text.len() as u64, sha256(text.as_bytes()));
            files.push(ListedFile { path, rows: None, bytes, sha256 });
        }
    }
    Ok(files)
}

/// Writes which rows there are of the tables of which only a part is written, so that what was removed can be told.
fn write_live_rows(db: &Reader, tables: &[&'static str], folder: &Path) -> Result<LakeTable> {
    let fields = [
        ("table_name", LakeType::Text, "The table"),
        ("first_id", LakeType::Integer, "The first id of a run of rows"),
        ("last_id", LakeType::Integer, "The last id of that run"),
    ];
    let mut table = TableWriter::of(folder, LIVE_ROWS, &fields);
    for name in tables {
        runs_of_ids(db, name, |first, last| {
            table.row(None, &[Value::from(*name), Value::Int(first), Value::Int(last)])
        })?;
    }
    let about =
        "The ids of the rows that are there, of each table that holds only those that changed";
    table.finish(Some(about.to_owned()), abouts(&fields))
}

/// Writes the bytes of files in blocks: a value of hundreds of megabytes would have to be held whole. Files never
/// change, so that the bytes of those that were there before are left out.
fn write_file_bytes(
    db: &Reader,
    state: Option<&Since>,
    kind: &Kind,
    folder: &Path,
) -> Result<LakeTable> {
    let fields = [
        ("file_id", LakeType::Integer, "The file, a row of sqlar"),
        ("part", LakeType::Integer, "The number of the block, from 1 on"),
        ("data", LakeType::Bytes, "The bytes of the block, as stored in sqlar.data"),
    ];
    let mut table = TableWriter::of(folder, FILE_BYTES, &fields);
    let after = match state.filter(|state| state.is_traced()) {
        Some(state) => {
            table.holds = Holds::Changed;
            state.last_id(db, kind.table)?
        }
        None => 0,
    };
    file_blocks(db, after, |id, part, block| {
        table.row(None, &[Value::Int(id), Value::Int(part), Value::Bytes(block)])
    })?;
    table.finish(Some("The bytes of captured copies".to_owned()), abouts(&fields))
}

/// Writes the operations as they travel to another archive.
fn write_operations(db: &Reader, folder: &Path) -> Result<LakeTable> {
    let fields = [
        ("number", LakeType::Integer, "The number of the operation in the file"),
        ("line", LakeType::Text, "The operation as a line of NDJSON"),
    ];
    let mut table = TableWriter::of(folder, CARRIED_OPERATIONS, &fields);
    carried_operations(db, |operation| {
        let line = serde_json::to_string(&operation).map_err(std::io::Error::from)?;
        table.row(None, &[Value::Int(operation.number), Value::Text(line)])
    })?;
    let about =
        "The operations that another archive takes over, in the order in which they were done";
    table.finish(Some(about.to_owned()), abouts(&fields))
}

/// Writes the reports that people made, for an import.
fn write_own_views(db: &Reader, folder: &Path) -> Result<LakeTable> {
    let fields = [
        ("name", LakeType::Text, "The name of the view"),
        ("sql", LakeType::Text, "Its statement, for SQLite"),
    ];
    let mut table = TableWriter::of(folder, OWN_VIEWS, &fields);
    for report in stored_reports(db)?.into_iter().filter(|report| !report.builtin) {
        let name = format!("report_{}", report.name);
        table.row(None, &[Value::Text(name), Value::Text(report.sql)])?;
    }
    table.finish(Some("The reports of your own".to_owned()), abouts(&fields))
}

/// Writes the rows of a query that no engine should have to work out. `about` is the meaning of the table, and those of
/// its columns.
fn write_kept(
    db: &Reader,
    name: &'static str,
    query: &str,
    columns: Vec<(String, LakeType)>,
    about: (Option<String>, Vec<Option<String>>),
    folder: &Path,
) -> Result<LakeTable> {
    let mut table = TableWriter::begin(folder, name, columns.clone(), false);
    read_kept(db, name, query, &columns, |row| table.row(None, row))?;
    table.finish(about.0, about.1)
}

fn abouts(fields: &[(&str, LakeType, &str)]) -> Vec<Option<String>> {
    fields.iter().map(|(.., about)| Some((*about).to_owned())).collect()
}

/// The files of a table, one of them open.
struct TableWriter<'a> {
    folder: &'a Path,
    name: &'static str,
    columns: Vec<(String, LakeType)>,
    divided: bool,
    holds: Holds,
    open: Option<(String, Option<i64>, ParquetFile<Hashed<File>>)>,
    files: Vec<ListedFile>,
}

impl<'a> TableWriter<'a> {
    fn begin(
        folder: &'a Path,
        name: &'static str,
        columns: Vec<(String, LakeType)>,
        divided: bool,
    ) -> Self {
        let holds = Holds::Whole;
        TableWriter { folder, name, columns, divided, holds, open: None, files: Vec::new() }
    }

    fn of(folder: &'a Path, name: &'static str, fields: &[(&str, LakeType, &str)]) -> Self {
        let columns = fields.iter().map(|(name, ty, _)| ((*name).to_owned(), *ty)).collect();
        TableWriter::begin(folder, name, columns, false)
    }

    /// Adds a row. Rows of one year come together.
    fn row(&mut self, year: Option<i64>, row: &[Value]) -> Result<()> {
        if self.open.as_ref().is_none_or(|(_, open, _)| *open != year) {
            self.close()?;
            self.open_file(year)?;
        }
        let Some((_, _, file)) = &mut self.open else { return Ok(()) };
        file.row(row).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => {
                let id = row.first().map(ToString::to_string).unwrap_or_default();
                Error::Refused {
                    what: format!("cannot write the row {id} of {}: {error}", self.name),
                    hint: "another program put it there: `onrecord check --full` says what is wrong, and \
                           `onrecord export ndjson` writes any value"
                        .to_owned(),
                }
            }
            _ => Error::Output(error),
        })
    }

    fn open_file(&mut self, year: Option<i64>) -> Result<()> {
        let path = match (self.divided, year) {
            (false, _) => format!("{}/part-0.parquet", self.name),
            (true, Some(year)) => format!("{}/year={year}/part-0.parquet", self.name),
            (true, None) => format!("{}/{NO_YEAR}/part-0.parquet", self.name),
        };
        let to = self.folder.join(&path);
        std::fs::create_dir_all(to.parent().unwrap_or(self.folder))?;
        let out = Hashed::new(File::create_new(to)?);
        let file = ParquetFile::begin(out, &self.columns)?;
        self.open = Some((path, year, file));
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let Some((path, _, file)) = self.open.take() else { return Ok(()) };
        let (rows, listed) = file.finish(|out| out.listed(path))?;
        self.files.push(ListedFile { rows: Some(rows), ..listed });
        Ok(())
    }

    /// Ends the table. One without rows has a file too, which says what its columns are.
    fn finish(mut self, about: Option<String>, abouts: Vec<Option<String>>) -> Result<LakeTable> {
        if self.open.is_none() {
            self.open_file(None)?;
        }
        self.close()?;
        let columns = self.columns.into_iter().zip(abouts).map(|((name, ty), about)| LakeField {
            name,
            ty: ty.word().to_owned(),
            about,
        });
        Ok(LakeTable {
            name: self.name.to_owned(),
            about,
            partitioned_by: self.divided.then(|| "year".to_owned()),
            holds: self.holds,
            rows: self.files.iter().filter_map(|file| file.rows).sum(),
            columns: columns.collect(),
            files: self.files,
        })
    }
}
