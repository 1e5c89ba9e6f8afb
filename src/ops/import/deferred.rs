//! Units that refer to rows which have not come yet: they are tried again at the end of an import.

use super::unit_state::{InputUnit, UnitProblem, UnresolvedRef};
use crate::model::kind_of_table;
use std::collections::HashSet;

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
    lost: HashSet<(&'static str, String)>,
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
        let UnresolvedRef { input, table, key, pos, what } = missing;
        let name = (table, key);
        if !self.lost.contains(&name) {
            return Some(UnitProblem { input, pos, what });
        }
        let word = kind_of_table(table).map_or(table, |kind| kind.word);
        let what = format!("the {word} {:?} stands where something is left out", name.1);
        keep_going.then_some(UnitProblem { input, pos, what })
    }
}

/// The keys that a unit brings.
fn keys_of(unit: &InputUnit) -> impl Iterator<Item = (&'static str, String)> {
    let keyed = unit.unit.records.iter().filter(|record| record.kind.keyed());
    keyed.filter_map(|record| Some((record.kind.table, record.text("key")?.to_owned())))
}

/// Parts units that wait for one another from those that wait for a row which never comes. The
/// first can only go in together; each of the second refers to nothing, or to another of the
/// second.
pub(super) fn part_circles(
    units: Vec<(InputUnit, Vec<UnresolvedRef>)>,
) -> (Vec<InputUnit>, Vec<(InputUnit, Vec<UnresolvedRef>)>) {
    let mut hopeless = vec![false; units.len()];
    loop {
        let brought: HashSet<(&'static str, String)> = units
            .iter()
            .zip(&hopeless)
            .filter(|(_, hopeless)| !**hopeless)
            .flat_map(|((unit, _), _)| keys_of(unit))
            .collect();
        let before = hopeless.iter().filter(|hopeless| **hopeless).count();
        for ((_, unresolved), hopeless) in units.iter().zip(&mut hopeless) {
            *hopeless |= unresolved.iter().any(|r| !brought.contains(&(r.table, r.key.clone())));
        }
        if hopeless.iter().filter(|hopeless| **hopeless).count() == before {
            break;
        }
    }
    let (mut together, mut apart) = (Vec::new(), Vec::new());
    for ((unit, unresolved), hopeless) in units.into_iter().zip(hopeless) {
        match hopeless {
            true => apart.push((unit, unresolved)),
            false => together.push(unit),
        }
    }
    (together, apart)
}
