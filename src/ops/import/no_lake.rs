//! The folder of a lake, to a program that was built without Parquet.

use super::input::Input;
use crate::error::{Error, Result};
use crate::intake::{Codes, Sink};
use crate::model::Progress;
use crate::store::OperationInput;

/// A lake, which is never opened.
#[derive(Debug)]
pub(super) enum Lake {}

impl Lake {
    /// Refuses the folder.
    pub(super) fn open(input: &Input) -> Result<Lake> {
        Err(Error::Refused {
            what: format!("cannot import {}: this onrecord was built without Parquet", input.name),
            hint: "use one that was built with the feature `parquet`, which is on by default"
                .to_owned(),
        })
    }

    /// Reads nothing: there is no lake.
    pub(super) fn read(
        &self,
        _: &Progress,
        _: &dyn Codes,
        _: &mut dyn Sink,
    ) -> std::io::Result<()> {
        match *self {}
    }

    /// There is no lake to record.
    pub(super) fn described(&self) -> OperationInput {
        match *self {}
    }
}
