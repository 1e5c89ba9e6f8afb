//! The inputs of an import: bytes in memory or files, read with a report of progress.

use crate::error::{Error, Result};
use crate::model::Progress;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

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
    /// In a file, which is read piece by piece where its format allows.
    File(PathBuf),
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
            Content::File(path) => Opened::File(File::open(path).map_err(|e| self.read_error(&e))?),
        };
        let all = match &inner {
            Opened::Bytes(bytes) => bytes.get_ref().len() as u64,
            Opened::File(file) => file.metadata().map_or(0, |meta| meta.len()),
        };
        Ok(ProgressReader { inner, done: 0, all, progress: progress.clone() })
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

/// A reader that reports its progress.
pub(super) struct ProgressReader<'a> {
    inner: Opened<'a>,
    done: u64,
    all: u64,
    progress: Progress,
}

impl Read for ProgressReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let number = match &mut self.inner {
            Opened::Bytes(bytes) => bytes.read(buffer),
            Opened::File(file) => file.read(buffer),
        }?;
        self.done += number as u64;
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
        Ok(at)
    }
}
