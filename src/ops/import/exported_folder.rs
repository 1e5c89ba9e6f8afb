//! A folder of an export as an input. Its manifest names every file with its size and checksum: all are compared before a
//! row is read, so that a copy that was cut short is not taken for whole.

use super::input::Input;
use crate::error::{Error, Result};
use crate::intake::DATA_PACKAGE_ADVICE;
use crate::ops::checksum::sha256;
use crate::ops::listed_file::{ListedFile, MANIFEST};
use crate::store::OperationInput;
use serde::de::DeserializeOwned;
use std::path::Path;

/// The hint about a folder that is not whole.
const AGAIN: &str = "copy the folder again, or export it again";

/// The exports that write a folder with a manifest.
const EXPORTS: [&str; 2] = ["parquet", "postgres"];

/// A folder with a manifest.
pub(super) struct ExportedFolder<'a> {
    input: &'a Input,
    /// The folder.
    pub(super) path: &'a Path,
    text: Vec<u8>,
}

impl<'a> ExportedFolder<'a> {
    /// Reads the manifest of the folder that `onrecord export` of this word wrote, in this form.
    ///
    /// # Errors
    /// Fails if the input is no folder, has no manifest, or one of a newer form.
    pub(super) fn open(input: &'a Input, export: &str, form: u32) -> Result<Self> {
        let refused = |why: String, hint: &str| refused(input, &why, hint);
        let Some(path) = input.folder() else {
            let why = format!("it is no folder that `onrecord export {export}` wrote");
            return Err(refused(why, "name the folder that holds manifest.json"));
        };
        if path.join("datapackage.json").exists() {
            return Err(refused("it is a data package".to_owned(), DATA_PACKAGE_ADVICE));
        }
        let file = path.join(MANIFEST);
        if !file.exists() {
            let why = format!("it is a folder without {MANIFEST}, which an export writes last");
            let hint = "name the files in it, such as FOLDER/*.csv, or a folder that `onrecord export parquet` or \
                `export postgres` wrote";
            return Err(refused(why, hint));
        }
        let text = std::fs::read(&file).map_err(|error| Error::file("read", &file, &error))?;
        let found = form_of(&text, export);
        if found.is_some_and(|found| found > u64::from(form)) {
            let why = "a newer onrecord wrote it".to_owned();
            return Err(refused(why, "import it with that one"));
        }
        Ok(ExportedFolder { input, path, text })
    }

    /// The manifest.
    ///
    /// # Errors
    /// Fails if it is none.
    pub(super) fn manifest<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.text)
            .map_err(|error| self.refused(format!("its {MANIFEST} cannot be read: {error}"), AGAIN))
    }

    /// Compares files with their entries.
    ///
    /// # Errors
    /// Fails with the first that differs.
    pub(super) fn compare<'f>(
        &self,
        mut files: impl Iterator<Item = &'f ListedFile>,
    ) -> Result<()> {
        let differs = files.find_map(|file| Some((file, file.difference(self.path)?)));
        differs.map_or(Ok(()), |(file, why)| {
            Err(self.refused(format!("its file {} {why}", file.path), AGAIN))
        })
    }

    /// The error that it cannot be imported.
    pub(super) fn refused(&self, why: String, hint: &str) -> Error {
        refused(self.input, &why, hint)
    }

    /// Its record: its name, and the checksum of the manifest, which holds those of all files.
    pub(super) fn described(&self) -> OperationInput {
        OperationInput {
            name: self.input.file_name(),
            sha256: Some(sha256(&self.text)),
            bytes: Some(self.text.len() as u64),
        }
    }
}

fn refused(input: &Input, why: &str, hint: &str) -> Error {
    Error::Refused { what: format!("cannot import {}: {why}", input.name), hint: hint.to_owned() }
}

/// The form that a manifest of this export states.
fn form_of(text: &[u8], export: &str) -> Option<u64> {
    let json: serde_json::Value = serde_json::from_slice(text).ok()?;
    json.get(format!("onrecord_{export}"))?.as_u64()
}

/// Returns the export that wrote a folder, by its manifest; that of a lake where none tells.
pub(super) fn export_of(folder: &Path) -> &'static str {
    let text = std::fs::read(folder.join(MANIFEST)).unwrap_or_default();
    EXPORTS.into_iter().find(|export| form_of(&text, export).is_some()).unwrap_or(EXPORTS[0])
}
