//! A per-table bitset of the ids of the rows that this input has written or found.

use std::collections::HashMap;

/// The ids in the set are below this limit; sixteen million ids take two megabytes per table.
const MAX_ID: usize = 1 << 24;

/// A set of rows by table and id. The rows of a unit are visible from the next unit on.
#[derive(Debug, Default)]
pub(in crate::store) struct RowSet {
    bits: HashMap<&'static str, Vec<u64>>,
    current_unit: Vec<(&'static str, i64)>,
}

impl RowSet {
    /// Adds a row of the current unit.
    pub(in crate::store) fn insert(&mut self, table: &'static str, id: i64) {
        self.current_unit.push((table, id));
    }

    /// Returns true if an earlier unit wrote or found the row.
    pub(in crate::store) fn contains(&self, table: &str, id: i64) -> bool {
        let (Some(bits), Ok(id)) = (self.bits.get(table), usize::try_from(id)) else {
            return false;
        };
        bits.get(id / 64).is_some_and(|word| word & (1 << (id % 64)) != 0)
    }

    /// Makes the rows of the current unit visible and begins a new unit.
    pub(in crate::store) fn commit_unit(&mut self) {
        for (table, id) in self.current_unit.drain(..) {
            let Some(id) = usize::try_from(id).ok().filter(|id| *id < MAX_ID) else { continue };
            let bits = self.bits.entry(table).or_default();
            if bits.len() <= id / 64 {
                bits.resize(id / 64 + 1, 0);
            }
            bits[id / 64] |= 1 << (id % 64);
        }
    }

    /// Discards the rows of the current unit, which was rolled back.
    pub(super) fn discard_unit(&mut self) {
        self.current_unit.clear();
    }
}
