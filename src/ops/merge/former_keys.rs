//! Takes over what another archive renamed, before its rows are compared: a record is told by the key
//! that it has here.

use super::compare::Side;
use crate::error::Result;
use crate::model::{Kind, LOCATION, Type, Value, kind_of_table};
use crate::store::{Aliases, FormerKey, Reader, Writer, read_aliases, rename, resolve_key};

/// The keys under which records of the other archive are known here.
#[derive(Debug, Default)]
pub(super) struct FormerKeys {
    known_as: Aliases,
    /// The number of records that were renamed here as they were there.
    pub(super) renamed: usize,
    /// The records that were renamed otherwise there, or merged there and not here: kind, key, and
    /// what differs.
    pub(super) conflicts: Vec<(&'static Kind, String, String)>,
}

impl FormerKeys {
    /// Renames the records here that were renamed there. Where both renamed one, `prefer` says whose
    /// key it keeps; without it, that is a conflict.
    pub(super) fn take_over(
        db: &Reader,
        writer: &Writer,
        prefer: Option<Side>,
    ) -> Result<FormerKeys> {
        let mut keys = FormerKeys::default();
        let mut theirs: Vec<_> = read_aliases(db)?.into_iter().collect();
        theirs.sort_by(|(one, _), (other, _)| one.cmp(other));
        for ((table, alias), FormerKey { key, merged }) in theirs {
            let Some(kind) = kind_of_table(table) else { continue };
            let Some(ours) = resolve_key(writer, kind, &alias)? else { continue };
            if merged {
                if ours == alias {
                    let records = if kind.is(&LOCATION) { "place" } else { kind.word };
                    let what = format!(
                        "it was merged into {key} there; `onrecord merge-{records}s {alias} {key}` \
                         does the same here"
                    );
                    keys.conflicts.push((kind, ours, what));
                }
                continue;
            }
            if ours == key || resolve_key(writer, kind, &key)?.is_some() {
                continue;
            }
            let renamed_here = ours != alias;
            if renamed_here && prefer != Some(Side::Theirs) {
                if prefer.is_none() {
                    let what = format!("it was renamed {key} there and {ours} here");
                    keys.conflicts.push((kind, ours.clone(), what));
                }
                keys.known_as.insert((table, key), FormerKey { key: ours, merged: false });
            } else {
                rename(writer, kind, &ours, &key)?;
                keys.renamed += 1;
            }
        }
        let ours = read_aliases(writer)?;
        keys.known_as.extend(ours);
        Ok(keys)
    }

    /// A row of theirs with the keys that its records have here; `None` for a record that was merged
    /// into another here, and for a former key that is recorded here already.
    pub(super) fn row_of(&self, kind: &Kind, mut row: Vec<Value>) -> Option<Vec<Value>> {
        if self.known_as.is_empty() {
            return Some(row);
        }
        let table = kind.position("table_name").and_then(|n| row[n].as_text()).map(str::to_owned);
        for (n, field) in kind.fields.iter().enumerate() {
            let of = match field.ty {
                Type::Ref(table) => Some(table),
                Type::RefIn(_) => table.as_deref().and_then(kind_of_table).map(|kind| kind.table),
                _ if kind.keyed() && field.name == "key" => Some(kind.table),
                _ => None,
            };
            let (Some(of), Some(key)) = (of, row[n].as_text()) else { continue };
            let Some(here) = self.known_as.get(&(of, key.to_owned())) else { continue };
            if here.merged && field.name == "key" && kind.keyed() {
                return None;
            }
            row[n] = Value::from(here.key.as_str());
        }
        Some(row)
    }
}
