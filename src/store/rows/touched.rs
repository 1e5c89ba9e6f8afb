//! A per-table bitset of the row ids that this input has already written.

use std::collections::HashMap;

/// Ids beyond this are not kept: sixteen million take two megabytes a table.
const MOST: usize = 1 << 24;

/// Rows by table and id. What a unit adds counts from the next unit on.
#[derive(Debug, Default)]
pub(in crate::store) struct RowSet {
    bits: HashMap<&'static str, Vec<u64>>,
    pending: Vec<(&'static str, i64)>,
}

impl RowSet {
    /// Notes a row of the unit at hand.
    pub(in crate::store) fn insert(&mut self, table: &'static str, id: i64) {
        self.pending.push((table, id));
    }

    /// Returns true if an earlier unit has been at the row.
    pub(in crate::store) fn contains(&self, table: &str, id: i64) -> bool {
        let (Some(bits), Ok(id)) = (self.bits.get(table), usize::try_from(id)) else {
            return false;
        };
        bits.get(id / 64).is_some_and(|word| word & (1 << (id % 64)) != 0)
    }

    /// Begins a new unit.
    pub(in crate::store) fn commit_unit(&mut self) {
        for (table, id) in self.pending.drain(..) {
            let Some(id) = usize::try_from(id).ok().filter(|id| *id < MOST) else { continue };
            let bits = self.bits.entry(table).or_default();
            if bits.len() <= id / 64 {
                bits.resize(id / 64 + 1, 0);
            }
            bits[id / 64] |= 1 << (id % 64);
        }
    }

    /// Forgets the rows of the unit at hand, which was undone.
    pub(super) fn discard_unit(&mut self) {
        self.pending.clear();
    }
}
