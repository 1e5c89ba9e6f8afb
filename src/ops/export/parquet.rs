//! A lake: a folder of Parquet files for engines such as Spark, DuckDB and ClickHouse. A folder for each table, with
//! its ids as the file has them, so that the reports run there, and with the keys that an import reads.

use crate::error::{Error, Result};
use crate::model::{
    CARRIED_OPERATIONS, FILE_BYTES, LakeType, OWN_VIEWS, Value, has_file_bytes, is_divided_by_year,
    lake_columns, lake_kinds,
};
use crate::ops::checksum::to_hex;
use crate::ops::lake_manifest::{FORM, Holds, LakeField, LakeFile, LakeTable, MANIFEST, Manifest};
use crate::ops::output_file::write_inside;
use crate::render::ParquetFile;
use crate::store::{
    KEPT_VIEWS, KeptView, Reader, carried_operations, file_blocks, lake_facts, meanings, read_kept,
    read_lake_rows, stored_reports, view_columns,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// The name by which Hive, Spark and DuckDB know the folder of the rows that have no value to divide by.
const NO_YEAR: &str = "year=__HIVE_DEFAULT_PARTITION__";

/// Writes the lake into a folder.
pub(super) fn write(db: &Reader, folder: &Path) -> Result<()> {
    let facts = lake_facts(db)?;
    let meanings = meanings(db)?;
    let mut tables = Vec::new();
    for kind in lake_kinds() {
        let columns = lake_columns(kind);
        let fields: Vec<(String, LakeType)> =
            columns.iter().map(|column| (column.name.clone(), column.ty)).collect();
        let mut table = TableWriter::begin(folder, kind.table, fields, is_divided_by_year(kind))?;
        read_lake_rows(db, kind, &columns, |year, row| table.row(year, row))?;
        let abouts = columns.iter().map(|column| Some(column.about())).collect();
        tables.push(table.finish(Some(kind.about.to_owned()), abouts)?);
        if has_file_bytes(kind) {
            tables.push(write_file_bytes(db, folder)?);
        }
    }
    tables.push(write_operations(db, folder)?);
    tables.push(write_own_views(db, folder)?);
    for view in KEPT_VIEWS {
        tables.push(write_kept(db, view, &meanings, folder)?);
    }
    let manifest = Manifest {
        onrecord_parquet: FORM,
        title: facts.title,
        created: facts.created,
        operation: facts.operation,
        since: None,
        tables,
        reports: Vec::new(),
    };
    write_inside(folder, MANIFEST, |out| {
        serde_json::to_writer_pretty(&mut *out, &manifest).map_err(std::io::Error::from)?;
        Ok(writeln!(out)?)
    })
}

/// Writes the bytes of files in blocks: a value of hundreds of megabytes would have to be held whole.
fn write_file_bytes(db: &Reader, folder: &Path) -> Result<LakeTable> {
    let fields = [
        ("file_id", LakeType::Integer, "The file, a row of sqlar"),
        ("part", LakeType::Integer, "The number of the block, from 1 on"),
        ("data", LakeType::Bytes, "The bytes of the block, as stored in sqlar.data"),
    ];
    let mut table = TableWriter::of(folder, FILE_BYTES, &fields)?;
    file_blocks(db, |id, part, block| {
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
    let mut table = TableWriter::of(folder, CARRIED_OPERATIONS, &fields)?;
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
    let mut table = TableWriter::of(folder, OWN_VIEWS, &fields)?;
    for report in stored_reports(db)?.into_iter().filter(|report| !report.builtin) {
        let name = format!("report_{}", report.name);
        table.row(None, &[Value::Text(name), Value::Text(report.sql)])?;
    }
    table.finish(Some("The reports of your own".to_owned()), abouts(&fields))
}

/// Writes the rows of a view that no engine should have to work out.
fn write_kept(
    db: &Reader,
    view: &KeptView,
    meanings: &BTreeMap<(String, String), String>,
    folder: &Path,
) -> Result<LakeTable> {
    let columns = view_columns(db, view)?;
    let meaning = |column: &str| meanings.get(&(view.name.to_owned(), column.to_owned())).cloned();
    let abouts = columns.iter().map(|(name, _)| meaning(name)).collect();
    let width = columns.len();
    let mut table = TableWriter::begin(folder, view.name, columns, false)?;
    read_kept(db, view, width, |row| table.row(None, row))?;
    table.finish(meaning(""), abouts)
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
    open: Option<(String, Option<i64>, ParquetFile<Hashed>)>,
    files: Vec<LakeFile>,
}

impl<'a> TableWriter<'a> {
    fn begin(
        folder: &'a Path,
        name: &'static str,
        columns: Vec<(String, LakeType)>,
        divided: bool,
    ) -> Result<Self> {
        Ok(TableWriter { folder, name, columns, divided, open: None, files: Vec::new() })
    }

    fn of(folder: &'a Path, name: &'static str, fields: &[(&str, LakeType, &str)]) -> Result<Self> {
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
        let out = Hashed { file: File::create_new(to)?, hasher: Sha256::new(), bytes: 0 };
        let file = ParquetFile::begin(out, &self.columns)?;
        self.open = Some((path, year, file));
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let Some((path, _, file)) = self.open.take() else { return Ok(()) };
        let (rows, out) = file.finish()?;
        let sha256 = to_hex(&out.hasher.finalize());
        self.files.push(LakeFile { path, rows: Some(rows), bytes: out.bytes, sha256 });
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
            holds: Holds::Whole,
            rows: self.files.iter().filter_map(|file| file.rows).sum(),
            columns: columns.collect(),
            files: self.files,
        })
    }
}

/// A file whose checksum is computed while it is written.
struct Hashed {
    file: File,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hasher.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
