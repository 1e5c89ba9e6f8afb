//! The folder of a lake as an input. Its manifest names every file with its size and checksum: all are compared before
//! a row is read, so that a copy that was cut short is not taken for whole.

use super::exported_folder::ExportedFolder;
use super::input::Input;
use crate::error::Result;
use crate::intake::{Codes, LakeFiles, Sink, read_lake};
use crate::model::Progress;
use crate::ops::lake_manifest::{FORM, Manifest};
use crate::ops::listed_file::ListedFile;
use crate::store::OperationInput;
use std::cell::Cell;
use std::fs::File;
use std::path::PathBuf;

/// A lake whose files are all there.
#[derive(Debug)]
pub(super) struct Lake {
    folder: PathBuf,
    /// The name of the folder, and the checksum of the manifest, which holds those of all files.
    described: OperationInput,
    tables: Vec<LakeFiles>,
    /// The bytes of all files.
    bytes: u64,
}

impl Lake {
    /// Reads the manifest of a folder and compares every file with it.
    pub(super) fn open(input: &Input) -> Result<Lake> {
        let folder = ExportedFolder::open(input, "parquet", FORM)?;
        let manifest: Manifest = folder.manifest()?;
        if let Some(since) = manifest.since {
            return Err(folder.refused(
                format!("it holds only what changed since operation {since}"),
                "import a folder that was exported without --since",
            ));
        }
        let files = || manifest.tables.iter().flat_map(|table| &table.files);
        folder.compare(files())?;
        let paths = |files: &[ListedFile]| files.iter().map(|file| file.path.clone()).collect();
        Ok(Lake {
            described: folder.described(),
            bytes: files().map(|file| file.bytes).sum(),
            tables: manifest.tables.iter().map(|t| (t.name.clone(), paths(&t.files))).collect(),
            folder: folder.path.to_owned(),
        })
    }

    /// Passes every row to the sink.
    pub(super) fn read(
        &self,
        progress: &Progress,
        codes: &dyn Codes,
        sink: &mut dyn Sink,
    ) -> std::io::Result<()> {
        let done = Cell::new(0);
        let open = |path: &str| {
            let file = File::open(self.folder.join(path))?;
            done.set(done.get() + file.metadata()?.len());
            progress.tell(done.get(), self.bytes);
            Ok(file)
        };
        read_lake(&self.tables, &open, codes, sink)
    }

    /// The record of this input.
    pub(super) fn described(&self) -> OperationInput {
        self.described.clone()
    }
}
