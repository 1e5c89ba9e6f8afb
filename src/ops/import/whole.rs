//! Inputs that hold a whole archive, opened and compared with their manifests before a row is read.

use super::exported_folder::export_of;
use super::input::Input;
#[cfg(feature = "parquet")]
use super::lake::Lake;
#[cfg(not(feature = "parquet"))]
use super::no_lake::Lake;
use super::postgres::PostgresRecord;
use crate::error::Result;
use crate::intake::{Codes, Format, Sink};
use crate::model::{CancelToken, Progress};
use crate::store::OperationInput;
use std::path::Path;

/// An input that holds a whole archive.
#[derive(Debug)]
pub(super) enum Whole {
    Lake(Lake),
    Postgres(PostgresRecord),
}

impl Whole {
    /// The format of a folder.
    pub(super) fn format(folder: &Path) -> Format {
        match export_of(folder) {
            "postgres" => Format::Postgres,
            _ => Format::Parquet,
        }
    }

    /// Opens an input of this format, which is that of a folder, for an archive.
    pub(super) fn open(
        input: &Input,
        format: Format,
        archive: &Path,
        cancel: &CancelToken,
    ) -> Result<Whole> {
        match format {
            Format::Postgres => PostgresRecord::open(input, archive, cancel).map(Whole::Postgres),
            _ => Lake::open(input).map(Whole::Lake),
        }
    }

    /// Passes every row to the sink.
    pub(super) fn read(
        &self,
        progress: &Progress,
        codes: &dyn Codes,
        sink: &mut dyn Sink,
    ) -> std::io::Result<()> {
        match self {
            Whole::Lake(lake) => lake.read(progress, codes, sink),
            Whole::Postgres(record) => record.read(progress, codes, sink),
        }
    }

    /// The record of this input.
    pub(super) fn described(&self) -> OperationInput {
        match self {
            Whole::Lake(lake) => lake.described(),
            Whole::Postgres(record) => record.described(),
        }
    }

    /// The lineage of the archive that it is a copy of, which an empty one takes over; `None` where it does not say.
    pub(super) fn lineage(&self) -> Option<&str> {
        match self {
            Whole::Lake(_) => None,
            Whole::Postgres(record) => Some(&record.lineage),
        }
    }
}
