//! Operations that an input carries from another archive.

use crate::error::Result;
use crate::model::{CarriedOperation, REVISION, Record, Value};
use crate::store::Writer;
use std::collections::HashMap;

/// The operations of an input, by the numbers that they have there.
#[derive(Debug, Default)]
pub(super) struct CarriedOperations {
    /// Their numbers here.
    numbers: HashMap<i64, i64>,
    /// The number of those in the input that say the same: each is another one.
    same: HashMap<String, usize>,
}

impl CarriedOperations {
    /// Begins another input, which numbers its operations by itself, and may carry those of the one before.
    pub(super) fn begin_input(&mut self) {
        *self = CarriedOperations::default();
    }

    /// Takes an operation over, unless it is here already. Returns true if it is new.
    pub(super) fn take(&mut self, writer: &Writer, operation: &CarriedOperation) -> Result<bool> {
        let CarriedOperation { number, at, by, command, summary, because, .. } = operation;
        let same = self.same.entry(format!("{:?}", (at, by, command, summary, because)));
        let before = same.or_default();
        // Those that this input brought are here by now, and were counted.
        let here = writer.operations_like(operation)?.get(*before).copied();
        *before += 1;
        let undoes = operation.undoes.and_then(|number| self.numbers.get(&number).copied());
        let id = match here {
            Some(id) => id,
            None => writer.add_carried_operation(operation, undoes)?,
        };
        self.numbers.insert(*number, id);
        Ok(here.is_none())
    }

    /// Puts the number here in place of the one that a revision states, or takes it out where that operation
    /// did not come along.
    pub(super) fn settle(&self, record: &mut Record) {
        if !record.kind.is(&REVISION) {
            return;
        }
        let stated =
            record.given("operation").map(|given| (given.value.clone(), given.pos.clone()));
        let Some((Value::Int(number), pos)) = stated else { return };
        match self.numbers.get(&number) {
            Some(id) => record.set("operation", Value::Int(*id), pos),
            None => record.unset("operation"),
        }
    }
}
