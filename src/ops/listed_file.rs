//! A file that the manifest of a folder lists with its size and checksum, by which a folder that is not whole is told from
//! one that is.

use crate::ops::checksum::{sha256_of_reader, to_hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Result, Write};
use std::path::{Component, Path};

/// The name of the manifest in a folder.
pub(super) const MANIFEST: &str = "manifest.json";

/// A file that a manifest lists.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct ListedFile {
    /// Its path in the folder, with `/`.
    pub path: String,
    /// The number of its rows; `None` for a file that is no table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl ListedFile {
    /// Returns in what the file in this folder differs from its entry; `None` where it does not.
    pub(super) fn difference(&self, folder: &Path) -> Option<String> {
        let path = Path::new(&self.path);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Some("is outside of it".to_owned());
        }
        let opened = match File::open(folder.join(path)) {
            Ok(opened) => opened,
            Err(error) => return Some(format!("cannot be opened: {error}")),
        };
        let bytes = opened.metadata().map_or(0, |meta| meta.len());
        if bytes != self.bytes {
            let wanted = self.bytes;
            return Some(format!("has {bytes} bytes, and its {MANIFEST} says {wanted}"));
        }
        match sha256_of_reader(opened) {
            Ok(found) if found == self.sha256 => None,
            Ok(_) => Some(format!("has another content than its {MANIFEST} says")),
            Err(error) => Some(format!("cannot be read: {error}")),
        }
    }
}

/// A stream whose size and checksum are computed while it is written.
pub(super) struct Hashed<W> {
    out: W,
    hasher: Sha256,
    bytes: u64,
}

impl<W> Hashed<W> {
    /// Writes to `out`.
    pub(super) fn new(out: W) -> Self {
        Hashed { out, hasher: Sha256::new(), bytes: 0 }
    }

    /// The entry of what was written.
    pub(super) fn listed(&mut self, path: String) -> ListedFile {
        let digest = std::mem::take(&mut self.hasher).finalize();
        ListedFile { path, rows: None, bytes: self.bytes, sha256: to_hex(&digest) }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, buffer: &[u8]) -> Result<usize> {
        let written = self.out.write(buffer)?;
        self.hasher.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}
