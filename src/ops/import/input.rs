//! The inputs of an import: bytes in memory or files, read with a report of progress.

use crate::error::{Error, Result};
use crate::model::{Progress, ServerAddress};
use crate::ops::checksum::{sha256, to_hex};
use crate::store::OperationInput;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// An input and the name that messages call it by.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name: the file as the user named it, or `-`.
    pub name: String,
    /// Its bytes.
    pub content: Content,
}

/// The bytes of an input.
#[derive(Clone, Debug)]
pub enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a file, which is read piece by piece where its format allows, or the folder of a lake.
    File(PathBuf),
    /// The record at a server.
    Server(ServerAddress),
}

impl Input {
    /// An input that is in memory.
    pub fn bytes_of(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Input { name: name.to_owned(), content: Content::Bytes(bytes.into()) }
    }

    pub(super) fn read_error(&self, error: &std::io::Error) -> Error {
        Error::file("read", Path::new(&self.name), error)
    }

    pub(super) fn open(&self, progress: &Progress) -> Result<ProgressReader<'_>> {
        let inner = match &self.content {
            Content::Bytes(bytes) => Opened::Bytes(Cursor::new(bytes.as_slice())),
            Content::File(path) => {
                // A pipe would wait for a writer, and a device may never end.
                if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
                    return Err(Error::Refused {
                        what: format!("cannot read {}: it is a pipe or a device", self.name),
                        hint: format!("send it in: cat {} | onrecord import -", self.name),
                    });
                }
                Opened::File(File::open(path).map_err(|e| self.read_error(&e))?)
            }
            Content::Server(address) => {
                return Err(Error::Refused {
                    what: format!("cannot read {address} as a file: it is a server"),
                    hint: "leave --as out".to_owned(),
                });
            }
        };
        let all = match &inner {
            Opened::Bytes(bytes) => bytes.get_ref().len() as u64,
            Opened::File(file) => file.metadata().map_or(0, |meta| meta.len()),
        };
        let digest = Arc::new(Mutex::new(ReadDigest::default()));
        Ok(ProgressReader { inner, done: 0, all, progress: progress.clone(), digest })
    }

    /// The record of this input with these bytes.
    pub(in crate::ops) fn described(&self, bytes: &[u8]) -> OperationInput {
        OperationInput {
            name: self.file_name(),
            sha256: Some(sha256(bytes)),
            bytes: Some(bytes.len() as u64),
        }
    }

    /// The record of this input, which was read through the reader of this digest. An input that
    /// was not read in order is read again.
    pub(super) fn read_through(&self, digest: &Mutex<ReadDigest>) -> Result<OperationInput> {
        let digest = std::mem::take(&mut *digest.lock().unwrap_or_else(PoisonError::into_inner));
        if digest.out_of_order {
            return Ok(self.described(&self.bytes()?));
        }
        Ok(OperationInput {
            name: self.file_name(),
            sha256: Some(to_hex(&digest.hasher.finalize())),
            bytes: Some(digest.bytes),
        })
    }

    /// The address, for an input that is a record at a server.
    pub(super) fn server(&self) -> Option<&ServerAddress> {
        match &self.content {
            Content::Server(address) => Some(address),
            _ => None,
        }
    }

    /// The folder, for an input that is one.
    pub(super) fn folder(&self) -> Option<&Path> {
        match &self.content {
            Content::File(path) if path.is_dir() => Some(path),
            _ => None,
        }
    }

    /// The name without its folder: folders name persons.
    pub(super) fn file_name(&self) -> String {
        let name = Path::new(&self.name).file_name();
        name.map_or_else(|| self.name.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// The first bytes, to recognise its format by.
    pub(super) fn start(&self) -> Result<Vec<u8>> {
        let mut start = Vec::new();
        self.open(&Progress::silent())?
            .take(1 << 16)
            .read_to_end(&mut start)
            .map_err(|error| self.read_error(&error))?;
        Ok(start)
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(&Progress::silent())?.read_to_end(&mut bytes).map_err(|e| self.read_error(&e))?;
        Ok(bytes)
    }
}

enum Opened<'a> {
    Bytes(Cursor<&'a [u8]>),
    File(File),
}

/// The checksum of what was read of an input.
#[derive(Default)]
pub(super) struct ReadDigest {
    hasher: Sha256,
    bytes: u64,
    /// `true` if the reader moved, so that the checksum is not that of the input.
    out_of_order: bool,
}

/// A reader that reports its progress, and computes the checksum of what it reads.
pub(super) struct ProgressReader<'a> {
    inner: Opened<'a>,
    done: u64,
    all: u64,
    progress: Progress,
    digest: Arc<Mutex<ReadDigest>>,
}

impl ProgressReader<'_> {
    /// The checksum of what is read, complete when the reader is at its end.
    pub(super) fn digest(&self) -> Arc<Mutex<ReadDigest>> {
        Arc::clone(&self.digest)
    }
}

impl Read for ProgressReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let number = match &mut self.inner {
            Opened::Bytes(bytes) => bytes.read(buffer),
            Opened::File(file) => file.read(buffer),
        }?;
        self.done += number as u64;
        let mut digest = self.digest.lock().unwrap_or_else(PoisonError::into_inner);
        if !digest.out_of_order {
            digest.hasher.update(&buffer[..number]);
            digest.bytes += number as u64;
        }
        drop(digest);
        self.progress.tell(self.done, self.all);
        Ok(number)
    }
}

impl Seek for ProgressReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let at = match &mut self.inner {
            Opened::Bytes(bytes) => bytes.seek(to),
            Opened::File(file) => file.seek(to),
        }?;
        self.done = at;
        let mut digest = self.digest.lock().unwrap_or_else(PoisonError::into_inner);
        // From the start again: the checksum begins anew.
        *digest = ReadDigest { out_of_order: at != 0, ..ReadDigest::default() };
        drop(digest);
        Ok(at)
    }
}
