//! The rows of a database in PostgreSQL as an input: a server, or the folder that `export postgres` wrote. They become a temporary
//! archive, and its export is imported: what goes out of a file comes back by one way.

use super::exported_folder::ExportedFolder;
use super::input::Input;
use crate::error::{Error, Result};
use crate::intake::{self, Codes, Format, Settings, Sink, Unit};
use crate::model::{CancelToken, Progress, ServerAddress, SourcePos};
use crate::ops::checksum::sha256_of_reader;
use crate::ops::context::{builtin_views, open_reader};
use crate::ops::export::{ExportFormat, Options, Target, export};
use crate::ops::listed_file::ListedFile;
use crate::ops::place::open_server;
use crate::ops::postgres_manifest::{FORM, PostgresManifest, file_of};
use crate::store::drafts::{Claimed, draft_folder};
use crate::store::{INSTALLED, LATEST, OperationInput, PostgresRows, PostgresTable, restore_rows};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use tempfile::TempDir;

/// A record whose rows are all there, as NDJSON in a temporary folder.
#[derive(Debug)]
pub(super) struct PostgresRecord {
    described: OperationInput,
    /// The moment at which the archive that it was first was laid out.
    pub(super) lineage: String,
    folder: TempDir,
    /// Says that the folder is in use.
    _claimed: Claimed,
}

/// The name of the export in the temporary folder.
const LINES: &str = "record.ndjson";

impl PostgresRecord {
    /// Reads the rows at a server; or the manifest of a folder, with which it compares every file, and the rows there.
    pub(super) fn open(
        input: &Input,
        archive: &Path,
        cancel: &CancelToken,
    ) -> Result<PostgresRecord> {
        if let Some(address) = input.server() {
            return PostgresRecord::read_server(address, archive, cancel);
        }
        let folder = ExportedFolder::open(input, "postgres", FORM)?;
        let manifest: PostgresManifest = folder.manifest()?;
        let (found, known) = ((manifest.version, manifest.installed), (LATEST, INSTALLED));
        if found != known {
            let (who, hint) = match found > known {
                true => ("a newer", "import it with that one"),
                false => (
                    "an older",
                    "import it with that one; `onrecord check --repair` brings the file up to date",
                ),
            };
            return Err(folder.refused(format!("{who} onrecord wrote it"), hint));
        }
        folder.compare(manifest.tables.iter())?;
        let mut rows = Files { folder: folder.path, tables: &manifest.tables };
        let read = PostgresRecord::read_rows(&mut rows, folder.described(), archive, cancel);
        read.map_err(|error| match error {
            Error::Refused { what, .. } => {
                folder.refused(what, "export it again: another program changed the folder")
            }
            other => other,
        })
    }

    fn read_server(
        address: &ServerAddress,
        archive: &Path,
        cancel: &CancelToken,
    ) -> Result<PostgresRecord> {
        let mut server = open_server(address, cancel.clone())?;
        let described = OperationInput { name: address.place(), sha256: None, bytes: None };
        let mut record = PostgresRecord::read_rows(&mut server, described, archive, cancel)?;
        let lines = record.folder.path().join(LINES);
        let read = |error: std::io::Error| Error::file("read", &lines, &error);
        let file = File::open(&lines).map_err(read)?;
        record.described.bytes = Some(file.metadata().map_err(read)?.len());
        record.described.sha256 = Some(sha256_of_reader(file).map_err(read)?);
        Ok(record)
    }

    fn read_rows(
        rows: &mut dyn PostgresRows,
        described: OperationInput,
        beside: &Path,
        cancel: &CancelToken,
    ) -> Result<PostgresRecord> {
        let drafted = draft_folder(beside).map_err(|error| Error::file("write", beside, &error));
        let (folder, claimed) = drafted?;
        let archive = folder.path().join("record.db");
        restore_rows(&archive, builtin_views(), rows)?;
        let lineage = open_reader(&archive, cancel.clone())?.lineage_id()?;
        let lines = folder.path().join(LINES);
        let options = Options::whole(ExportFormat::Ndjson);
        export(&archive, &options, Target::Path(&lines), cancel.clone())?;
        std::fs::remove_file(&archive).map_err(|error| Error::file("remove", &archive, &error))?;
        Ok(PostgresRecord { described, lineage, folder, _claimed: claimed })
    }

    /// Passes every row to the sink.
    pub(super) fn read(
        &self,
        progress: &Progress,
        codes: &dyn Codes,
        sink: &mut dyn Sink,
    ) -> std::io::Result<()> {
        let lines = self.folder.path().join(LINES);
        let bytes = std::fs::metadata(&lines)?.len();
        progress.tell(0, bytes);
        let mut sink = ByName { sink };
        intake::stream(File::open(lines)?, Format::Ndjson, &Settings::default(), codes, &mut sink)?;
        progress.tell(bytes, bytes);
        Ok(())
    }

    /// The record of this input.
    pub(super) fn described(&self) -> OperationInput {
        self.described.clone()
    }
}

/// The files of a folder.
struct Files<'a> {
    folder: &'a Path,
    tables: &'a [ListedFile],
}

impl PostgresRows for Files<'_> {
    fn read(
        &mut self,
        table: &PostgresTable,
        take: &mut dyn FnMut(&mut dyn BufRead) -> Result<()>,
    ) -> Result<()> {
        let path = file_of(&table.name);
        if !self.tables.iter().any(|file| file.path == path) {
            let what = format!("its manifest names no file {path}");
            return Err(Error::Refused { what, hint: String::new() });
        }
        let path = self.folder.join(path);
        let file = File::open(&path).map_err(|error| Error::file("read", &path, &error))?;
        take(&mut BufReader::with_capacity(1 << 16, file))
    }

    fn last_ids(&mut self) -> Result<Vec<(String, i64)>> {
        Ok(Vec::new())
    }
}

/// A sink that calls each row by its table and name: nobody sees the lines.
struct ByName<'a> {
    sink: &'a mut dyn Sink,
}

impl Sink for ByName<'_> {
    fn header(&mut self, header: &[String]) {
        self.sink.header(header);
    }

    fn delimiter(&mut self, sign: u8) {
        self.sink.delimiter(sign);
    }

    fn unit(&mut self, unit: Unit) -> bool {
        let mut unit = unit;
        if let Some(record) = unit.records.first() {
            let key = record.kind.identity.first().and_then(|name| record.given(name));
            let key = key.map(|given| given.value.to_string()).unwrap_or_default();
            let pos = SourcePos::Row(format!("{} {key}", record.kind.word).trim_end().to_owned());
            unit.map_positions(&|old| *old = pos.clone());
        }
        self.sink.unit(unit)
    }
}
