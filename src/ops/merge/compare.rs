//! Compares a row of another archive with the same row here.
//!
//! A field that differs is settled by the history of both: a value that one side has had before and
//! changed is the older. Where history does not tell, what is stated fills in what is not; else it
//! is a conflict, and people decide.

use crate::error::Result;
use crate::model::{Field, Kind, Role, Value};
use crate::store::{Reader, RevisionTrail, Writer, revision_trail, row_like};

/// The archive whose word stands where the two differ and neither is known to be the newer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// That of the archive that takes in.
    Ours,
    /// That of the archive that is taken in.
    Theirs,
}

impl Side {
    /// The words by which people name the sides.
    pub const WORDS: [(&'static str, Side); 2] = [("ours", Side::Ours), ("theirs", Side::Theirs)];
}

/// The state in this archive of a row of the other archive.
pub(super) enum Ours {
    /// It is not here, and never was.
    Absent,
    /// It was here, just so, and was deleted.
    Deleted,
    /// It was here and was deleted, and says something else there by now.
    Returns,
    /// It is here.
    There {
        /// The merged row, when it differs from the present one.
        merged: Option<Vec<Value>>,
        /// Values that stay because they were changed here since.
        newer_here: usize,
        /// Conflicts in which one side was preferred.
        preferred: usize,
        /// The fields in conflict, described for people: neither side is known to be newer.
        conflicts: Vec<String>,
    },
}

/// The two archives, and whose word stands in a conflict.
pub(in crate::ops) struct Rows<'a> {
    pub(in crate::ops) db: &'a Reader,
    pub(in crate::ops) writer: &'a Writer,
    pub(super) prefer: Option<Side>,
}

impl Rows<'_> {
    /// Compares the row `theirs` with the one here. `read` is the same as it stands in their
    /// archive, where its desk has its own key.
    pub(super) fn compare(&self, kind: &Kind, read: &[Value], theirs: &[Value]) -> Result<Ours> {
        let name = kind.row_name(theirs);
        let Some(ours) = row_like(self.writer, kind, theirs)? else {
            let fields = kind.fields.iter().zip(theirs).filter(|(field, _)| !field.derived);
            let revision_trail = revision_trail(self.writer, kind.table, &name)?;
            return Ok(
                match revision_trail
                    .was_deleted_with(fields.map(|(field, value)| (field.column, value)))
                {
                    true => Ours::Deleted,
                    false if revision_trail.was_deleted() => Ours::Returns,
                    false => Ours::Absent,
                },
            );
        };
        // Codes are worded by each archive as it likes; of a captured copy its bytes count, not when
        // and how they came.
        let counts =
            |field: &Field| !field.derived && !field.incidental && kind.role != Role::CodeList;
        let differs = |(field, a, b): &(&Field, &Value, &Value)| counts(field) && a != b;
        let fields = kind.fields.iter().zip(&ours).zip(theirs);
        let differing: Vec<_> =
            fields.map(|((field, a), b)| (field, a, b)).filter(differs).collect();
        let (our_past, their_past) = match differing.is_empty() {
            true => (RevisionTrail::default(), RevisionTrail::default()),
            false => (
                revision_trail(self.writer, kind.table, &name)?,
                revision_trail(self.db, kind.table, &kind.row_name(read))?,
            ),
        };
        let (mut newer_here, mut preferred) = (0, 0);
        let (mut merged, mut conflicts) = (None, Vec::new());
        for (field, here, there) in differing {
            let side = match newer(field, here, there, &our_past, &their_past) {
                Some(Side::Ours) => {
                    newer_here += usize::from(!there.is_null());
                    Side::Ours
                }
                Some(Side::Theirs) if !kind.append_only => Side::Theirs,
                // A copy that was captured is not given up unseen.
                _ => match self.prefer.filter(|_| !field.proof) {
                    Some(side) => {
                        preferred += 1;
                        // What is only ever added is never changed.
                        if kind.append_only { Side::Ours } else { side }
                    }
                    None => {
                        let (field, here, there) =
                            (field.name, quote_value(here), quote_value(there));
                        conflicts.push(format!("{field} is {there} there and {here} here"));
                        continue;
                    }
                },
            };
            if side == Side::Theirs
                && let Some(position) = kind.position(field.name)
            {
                merged.get_or_insert_with(|| ours.clone())[position] = there.clone();
            }
        }
        Ok(Ours::There { merged, newer_here, preferred, conflicts })
    }
}

/// Returns the side with the newer value, if the history or a blank decides it.
fn newer(
    field: &Field,
    here: &Value,
    there: &Value,
    ours: &RevisionTrail,
    theirs: &RevisionTrail,
) -> Option<Side> {
    match (ours.had_value(field.column, there), theirs.had_value(field.column, here)) {
        (true, false) => Some(Side::Ours),
        (false, true) => Some(Side::Theirs),
        (true, true) => None,
        (false, false) if there.is_null() => Some(Side::Ours),
        (false, false) if here.is_null() => Some(Side::Theirs),
        (false, false) => None,
    }
}

/// Formats a value for a message.
fn quote_value(value: &Value) -> String {
    const MAX_SHOWN_CHARS: usize = 80;
    match value {
        Value::Null => "not stated".to_owned(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Value::Text(text) if text.chars().count() > MAX_SHOWN_CHARS => {
            format!("{:?}", text.chars().take(MAX_SHOWN_CHARS).chain(['…']).collect::<String>())
        }
        Value::Text(text) => format!("{text:?}"),
        number => number.to_string(),
    }
}
