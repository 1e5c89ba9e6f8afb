//! The folder of a lake as an input. Its manifest names every file with its size and checksum: all are compared before
//! a row is read, so that a copy that was cut short is not taken for whole.

use super::input::Input;
use crate::error::{Error, Result};
use crate::intake::{Codes, LakeFiles, Sink, read_lake};
use crate::model::Progress;
use crate::ops::checksum::{sha256, sha256_of_reader};
use crate::ops::lake_manifest::{FORM, LakeFile, MANIFEST, Manifest};
use crate::store::OperationInput;
use std::cell::Cell;
use std::fs::File;
use std::path::{Component, Path, PathBuf};

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
        let refused = |why: String, hint: &str| Error::Refused {
            what: format!("cannot import {}: {why}", input.name),
            hint: hint.to_owned(),
        };
        let Some(folder) = input.folder() else {
            let why = "it is no folder that `onrecord export parquet` wrote".to_owned();
            return Err(refused(why, "name the folder that holds manifest.json"));
        };
        let path = folder.join(MANIFEST);
        if !path.exists() {
            let why = format!(
                "it is a folder without {MANIFEST}, and `onrecord export parquet` writes that last"
            );
            return Err(refused(
                why,
                "name the files in it, such as FOLDER/*.csv, or a folder of that export",
            ));
        }
        let text = std::fs::read(&path).map_err(|error| Error::file("read", &path, &error))?;
        let again = "copy the folder again, or export it again";
        let form: Option<serde_json::Value> = serde_json::from_slice(&text).ok();
        let form = form.and_then(|json| json.get("onrecord_parquet")?.as_u64());
        if form.is_some_and(|form| form > u64::from(FORM)) {
            let why = "a newer onrecord wrote it".to_owned();
            return Err(refused(why, "import it with that one"));
        }
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|error| refused(format!("its {MANIFEST} cannot be read: {error}"), again))?;
        if let Some(since) = manifest.since {
            return Err(refused(
                format!("it holds only what changed since operation {since}"),
                "import a folder that was exported without --since",
            ));
        }
        let files = || manifest.tables.iter().flat_map(|table| &table.files);
        for file in files() {
            if let Some(why) = difference(folder, file) {
                return Err(refused(format!("its file {} {why}", file.path), again));
            }
        }
        let paths = |files: &[LakeFile]| files.iter().map(|file| file.path.clone()).collect();
        Ok(Lake {
            described: OperationInput {
                name: input.file_name(),
                sha256: Some(sha256(&text)),
                bytes: Some(text.len() as u64),
            },
            bytes: files().map(|file| file.bytes).sum(),
            tables: manifest.tables.iter().map(|t| (t.name.clone(), paths(&t.files))).collect(),
            folder: folder.to_owned(),
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

/// Returns in what a file differs from its entry in the manifest; `None` where it does not.
fn difference(folder: &Path, file: &LakeFile) -> Option<String> {
    let path = Path::new(&file.path);
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Some("is outside of it".to_owned());
    }
    let opened = match File::open(folder.join(path)) {
        Ok(opened) => opened,
        Err(error) => return Some(format!("cannot be opened: {error}")),
    };
    let bytes = opened.metadata().map_or(0, |meta| meta.len());
    if bytes != file.bytes {
        let wanted = file.bytes;
        return Some(format!("has {bytes} bytes, and its {MANIFEST} says {wanted}"));
    }
    match sha256_of_reader(opened) {
        Ok(found) if found == file.sha256 => None,
        Ok(_) => Some(format!("has another content than its {MANIFEST} says")),
        Err(error) => Some(format!("cannot be read: {error}")),
    }
}
