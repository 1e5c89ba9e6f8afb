//! Units that refer to rows which have not come yet: they are tried again at the end of an import.

use super::unit_state::{InputUnit, UnitProblem, UnresolvedRef};
use crate::model::{Record, kind_of_table};
use std::collections::{HashMap, HashSet};

/// The name of a row: its table and its key.
type RowName = (&'static str, String);

/// Keys of rejected units that are remembered, to say more of what refers to them.
const MAX_REMEMBERED_KEYS: usize = 100_000;
/// References of rejected units that are kept.
const MAX_DOUBTFUL: usize = 1000;

/// The deferred units of an import, the open references of rejected units, and the keys lost with
/// them.
#[derive(Debug, Default)]
pub(super) struct Deferred {
    /// Units that refer to rows which have not come yet.
    pub(super) units: Vec<InputUnit>,
    /// References of rejected units to rows that have not come yet.
    doubtful: Vec<UnresolvedRef>,
    /// Keys of rejected units, by table.
    lost: HashSet<RowName>,
}

impl Deferred {
    /// Puts a unit off.
    pub(super) fn put_off(&mut self, unit: InputUnit) {
        self.units.push(unit);
    }

    /// Keeps the references of a rejected unit, which are problems too if their rows never come.
    pub(super) fn keep_doubtful(&mut self, unresolved: Vec<UnresolvedRef>) {
        let room = MAX_DOUBTFUL.saturating_sub(self.doubtful.len());
        self.doubtful.extend(unresolved.into_iter().take(room));
    }

    /// Remembers the keys that a rejected unit would have brought.
    pub(super) fn lose(&mut self, unit: &InputUnit) {
        for key in keys_of(unit) {
            if self.lost.len() < MAX_REMEMBERED_KEYS {
                self.lost.insert(key);
            }
        }
    }

    /// The kept references of rejected units; none is left.
    pub(super) fn take_doubtful(&mut self) -> Vec<UnresolvedRef> {
        std::mem::take(&mut self.doubtful)
    }

    /// The problem that a row never came. Only root causes are problems: where the row stood in a
    /// rejected unit, that unit has a problem of its own, unless the import goes on without it.
    pub(super) fn problem_of(
        &self,
        missing: UnresolvedRef,
        keep_going: bool,
    ) -> Option<UnitProblem> {
        let name = missing.name();
        let UnresolvedRef { input, table, pos, what, .. } = missing;
        if !self.lost.contains(&name) {
            return Some(UnitProblem { input, pos, what });
        }
        let word = kind_of_table(table).map_or(table, |kind| kind.word);
        let what = format!("the {word} {:?} stands where something is left out", name.1);
        keep_going.then_some(UnitProblem { input, pos, what })
    }
}

/// The keys that a unit brings.
fn keys_of(unit: &InputUnit) -> impl Iterator<Item = RowName> {
    let keyed = unit.unit.records.iter().filter(|record| record.kind.keyed());
    keyed.filter_map(|record| Some((record.kind.table, record.text("key")?.to_owned())))
}

/// A unit that was tried and waits for rows: the unit, its records as they were read where stand-ins
/// were replaced in them, and the references that lead nowhere yet.
#[derive(Debug)]
pub(super) struct WaitingUnit {
    pub(super) unit: InputUnit,
    as_read: Option<Vec<Record>>,
    pub(super) unresolved: Vec<UnresolvedRef>,
}

impl WaitingUnit {
    /// The unit as it was read, to be tried again.
    fn renewed(self) -> InputUnit {
        let WaitingUnit { mut unit, as_read, .. } = self;
        if let Some(records) = as_read {
            unit.unit.records = records;
        }
        unit
    }
}

/// The units that wait, each found by the first row that it lacks, so that a row which comes wakes
/// those that wait for it and no others: a chain of references costs what its length does.
#[derive(Debug, Default)]
pub(super) struct WaitingUnits {
    units: Vec<Option<WaitingUnit>>,
    by_missing: HashMap<RowName, Vec<usize>>,
}

impl WaitingUnits {
    /// Lets a unit wait for the first of its unresolved references.
    pub(super) fn add(
        &mut self,
        unit: InputUnit,
        as_read: Option<Vec<Record>>,
        unresolved: Vec<UnresolvedRef>,
    ) {
        if let Some(missing) = unresolved.first() {
            self.by_missing.entry(missing.name()).or_default().push(self.units.len());
        }
        self.units.push(Some(WaitingUnit { unit, as_read, unresolved }));
    }

    /// Takes out the units that waited for a row of `imported`.
    pub(super) fn wake(&mut self, imported: &InputUnit) -> Vec<InputUnit> {
        let mut woken = Vec::new();
        for name in keys_of(imported) {
            for n in self.by_missing.remove(&name).into_iter().flatten() {
                woken.extend(self.units[n].take().map(WaitingUnit::renewed));
            }
        }
        woken
    }

    /// All units that still wait, in the order in which they began to.
    pub(super) fn into_units(self) -> Vec<WaitingUnit> {
        self.units.into_iter().flatten().collect()
    }
}

/// The units as they were read, to be tried again.
pub(super) fn renew(units: Vec<WaitingUnit>) -> Vec<InputUnit> {
    units.into_iter().map(WaitingUnit::renewed).collect()
}

/// Parts units that wait for one another from those that wait for a row which never comes. The
/// first can only go in together; each of the second refers to nothing, or to another of the
/// second.
pub(super) fn part_circles(units: Vec<WaitingUnit>) -> (Vec<WaitingUnit>, Vec<WaitingUnit>) {
    // How many of the units that may still go in bring a row, and which wait for it.
    let mut bringers: HashMap<RowName, usize> = HashMap::new();
    let mut waiters: HashMap<RowName, Vec<usize>> = HashMap::new();
    for (n, WaitingUnit { unit, unresolved, .. }) in units.iter().enumerate() {
        keys_of(unit).for_each(|name| *bringers.entry(name).or_default() += 1);
        unresolved.iter().for_each(|missing| waiters.entry(missing.name()).or_default().push(n));
    }
    let mut hopeless = vec![false; units.len()];
    let never = waiters.keys().filter(|name| !bringers.contains_key(*name));
    let mut lost: Vec<RowName> = never.cloned().collect();
    while let Some(name) = lost.pop() {
        for n in waiters.get(&name).into_iter().flatten() {
            if std::mem::replace(&mut hopeless[*n], true) {
                continue;
            }
            for name in keys_of(&units[*n].unit) {
                if let Some(left) = bringers.get_mut(&name) {
                    *left -= 1;
                    if *left == 0 {
                        lost.push(name);
                    }
                }
            }
        }
    }
    let (mut together, mut apart) = (Vec::new(), Vec::new());
    for (unit, hopeless) in units.into_iter().zip(hopeless) {
        if hopeless { apart.push(unit) } else { together.push(unit) }
    }
    (together, apart)
}
