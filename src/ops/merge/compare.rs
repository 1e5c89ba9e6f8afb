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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Ours, Rows, Side, quote_value};
    use crate::model::{CancelToken, Kind, Record, SourcePos, Value, kind_of_table};
    use crate::ops::context::open_reader;
    use crate::store::{NewNames, RowWriter, Writer, create, read_rows};
    use std::path::Path;

    const NOW: &str = "2021-01-01T00:00:00Z";

    type Fields<'a> = &'a [(&'a str, Value)];

    fn record(table: &str, fields: Fields<'_>) -> Record {
        let mut record = Record::new(kind_of_table(table).unwrap(), SourcePos::Whole);
        for (name, value) in fields {
            record.set(name, value.clone(), SourcePos::Whole);
        }
        record
    }

    /// Makes an archive in which these records were written one after another.
    fn archive(path: &Path, records: &[Record]) {
        create(path, NOW, NewNames::default(), |writer| {
            let mut rows = RowWriter::new(writer, NOW);
            records.iter().try_for_each(|record| rows.write(record).map(|_| ()))
        })
        .unwrap();
    }

    /// Compares the last row of a kind in an archive of `theirs` with that in an archive of `ours`.
    fn compare(table: &str, ours: &[Record], theirs: &[Record], prefer: Option<Side>) -> Ours {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (folder.path().join("here.db"), folder.path().join("there.db"));
        archive(&here, ours);
        archive(&there, theirs);
        let writer = Writer::open(&here, &[]).unwrap();
        let db = open_reader(&there, CancelToken::never()).unwrap();
        let kind = kind_of_table(table).unwrap();
        let mut newest = (0, Vec::new());
        read_rows(&db, kind, |id, row| {
            if id > newest.0 {
                newest = (id, row.to_vec());
            }
            Ok(())
        })
        .unwrap();
        let rows = Rows { db: &db, writer: &writer, prefer };
        rows.compare(kind, &newest.1, &newest.1).unwrap()
    }

    /// The result of comparing rows that are in both archives: the merged value of the field, if
    /// the row changes, and the counts and conflicts.
    type Said = (Option<Value>, usize, usize, Vec<String>);

    fn there(found: Ours, kind: &Kind, field: &str) -> Said {
        let Ours::There { merged, newer_here, preferred, conflicts } = found else {
            panic!("the row is not here")
        };
        let position = kind.position(field).unwrap();
        (merged.map(|row| row[position].clone()), newer_here, preferred, conflicts)
    }

    /// Compares the outlet of a source that had these values one after another on either side.
    fn outlets(ours: &[Value], theirs: &[Value], prefer: Option<Side>) -> Said {
        let with = |outlet: &Value| {
            record(
                "sources",
                &[
                    ("key", "s".into()),
                    ("kind", "report".into()),
                    ("title", "S".into()),
                    ("outlet", outlet.clone()),
                ],
            )
        };
        let states = |outlets: &[Value]| outlets.iter().map(with).collect::<Vec<_>>();
        let found = compare("sources", &states(ours), &states(theirs), prefer);
        there(found, kind_of_table("sources").unwrap(), "outlet")
    }

    #[test]
    fn the_side_that_changed_the_others_value_is_the_newer() {
        let (a, b) = (Value::from("A"), Value::from("B"));
        let (null, none) = (Value::Null, Vec::<String>::new());
        let [only_a, only_b] = [[a.clone()], [b.clone()]];
        let a_then_b = [a.clone(), b.clone()];
        let a_then_null = [a.clone(), null.clone()];
        assert_eq!(outlets(&only_a, &only_a, None), (None, 0, 0, none.clone()));
        assert_eq!(outlets(&a_then_b, &only_a, None), (None, 1, 0, none.clone()));
        assert_eq!(outlets(&only_a, &a_then_b, None), (Some(b.clone()), 0, 0, none.clone()));
        assert_eq!(
            outlets(&a_then_null, &only_a, None),
            (None, 1, 0, none.clone()),
            "cleared here"
        );
        assert_eq!(outlets(&only_a, &a_then_null, None), (Some(null), 0, 0, none.clone()));
        // A preference is asked only where the history does not tell.
        let prefer = Some(Side::Theirs);
        assert_eq!(outlets(&a_then_b, &only_a, prefer), (None, 1, 0, none.clone()));
        let b_then_a = [b, a];
        let (_, newer_here, preferred, conflicts) = outlets(&a_then_b, &b_then_a, None);
        assert_eq!((newer_here, preferred), (0, 0), "each has had the value of the other");
        assert_eq!(conflicts, ["outlet is \"A\" there and \"B\" here"]);
        assert_eq!(outlets(&only_b, &a_then_b, prefer), (None, 0, 0, none));
    }

    #[test]
    fn what_is_stated_fills_in_what_never_was() {
        let a = Value::from("A");
        let (stated, blank) = ([a.clone()], [Value::Null]);
        assert_eq!(outlets(&blank, &stated, None), (Some(a), 0, 0, Vec::new()));
        assert_eq!(outlets(&stated, &blank, None), (None, 0, 0, Vec::new()));
    }

    #[test]
    fn a_conflict_is_settled_by_a_preference_alone() {
        let (a, b) = ([Value::from("A")], [Value::from("B")]);
        let conflict = vec!["outlet is \"B\" there and \"A\" here".to_owned()];
        assert_eq!(outlets(&a, &b, None), (None, 0, 0, conflict));
        assert_eq!(outlets(&a, &b, Some(Side::Ours)), (None, 0, 1, Vec::new()));
        let theirs = (Some(Value::from("B")), 0, 1, Vec::new());
        assert_eq!(outlets(&a, &b, Some(Side::Theirs)), theirs);
    }

    #[test]
    fn a_preference_gives_up_no_bytes_and_how_a_copy_came_is_not_compared() {
        let file = |mtime: i64, data: &[u8]| {
            let data = Value::Bytes(data.to_vec());
            let fields = [("name", "s/a".into()), ("mtime", Value::Int(mtime)), ("data", data)];
            vec![record("sqlar", &fields)]
        };
        let kind = kind_of_table("sqlar").unwrap();
        let found = compare("sqlar", &file(1, b"abc"), &file(2, b"abc"), None);
        assert_eq!(there(found, kind, "mtime"), (None, 0, 0, Vec::new()));
        let found = compare("sqlar", &file(1, b"abc"), &file(1, b"abcd"), Some(Side::Theirs));
        let conflict = vec!["data is 4 bytes there and 3 bytes here".to_owned()];
        assert_eq!(there(found, kind, "data"), (None, 0, 0, conflict));
    }

    #[test]
    fn a_verdict_stays_as_it_was_given() {
        let verdict = |credibility: Value| {
            vec![
                record(
                    "claims",
                    &[("key", "c".into()), ("text", "C".into()), ("kind", "event".into())],
                ),
                record(
                    "assessments",
                    &[
                        ("claim", "c".into()),
                        ("status", "reported".into()),
                        ("by", "desk".into()),
                        ("at", NOW.into()),
                        ("because", "read".into()),
                        ("credibility", credibility),
                    ],
                ),
            ]
        };
        let [two, three, blank] = [Value::Int(2), Value::Int(3), Value::Null].map(verdict);
        let kind = kind_of_table("assessments").unwrap();
        let said = |ours: &[Record], theirs: &[Record], prefer| {
            there(compare("assessments", ours, theirs, prefer), kind, "credibility")
        };
        let conflict = vec!["credibility is 3 there and 2 here".to_owned()];
        assert_eq!(said(&two, &three, None), (None, 0, 0, conflict));
        assert_eq!(said(&two, &three, Some(Side::Theirs)), (None, 0, 1, Vec::new()));
        let conflict = vec!["credibility is 3 there and not stated here".to_owned()];
        assert_eq!(said(&blank, &three, None), (None, 0, 0, conflict), "no blank is filled in");
        // The status of the claim follows from its verdicts: it is not compared.
        let found = compare("claims", &two[..1], &two, None);
        let claim = kind_of_table("claims").unwrap();
        assert_eq!(there(found, claim, "status"), (None, 0, 0, Vec::new()));
    }

    #[test]
    fn each_archive_words_its_codes_as_it_likes() {
        let code = |label: &str| {
            let fields = [
                ("code", "a-word".into()),
                ("label", label.into()),
                ("definition", "D".into()),
                ("rank", Value::Int(99)),
            ];
            vec![record("hedges", &fields)]
        };
        let found = compare("hedges", &code("One thing"), &code("Another"), None);
        let kind = kind_of_table("hedges").unwrap();
        assert_eq!(there(found, kind, "label"), (None, 0, 0, Vec::new()));
    }

    /// The history of the deleted source "s".
    fn deleted(outlet: Option<&str>) -> Vec<Record> {
        let was = [("key", Some("s")), ("kind", Some("report")), ("title", Some("S"))];
        let columns = was.into_iter().chain([("outlet", outlet)]);
        let revision = |(column, was): (&str, Option<&str>)| {
            was.map(|was| {
                record(
                    "revisions",
                    &[
                        ("at", NOW.into()),
                        ("table_name", "sources".into()),
                        ("row_key", "s".into()),
                        ("action", "delete".into()),
                        ("column_name", column.into()),
                        ("was", was.into()),
                    ],
                )
            })
        };
        columns.filter_map(revision).collect()
    }

    #[test]
    fn a_deleted_row_returns_only_with_something_else_in_it() {
        let fields = [
            ("key", "s".into()),
            ("kind", "report".into()),
            ("title", "S".into()),
            ("outlet", "A".into()),
        ];
        let theirs = [record("sources", &fields)];
        let found = |ours: &[Record]| compare("sources", ours, &theirs, None);
        assert!(matches!(found(&[]), Ours::Absent));
        assert!(matches!(found(&deleted(Some("A"))), Ours::Deleted));
        assert!(matches!(found(&deleted(Some("B"))), Ours::Returns));
        assert!(matches!(found(&deleted(None)), Ours::Returns), "it had no outlet");
    }

    #[test]
    fn a_row_is_named_in_history_by_what_is_stated_of_its_identity() {
        let mention = kind_of_table("mentions").unwrap();
        let mut row = vec![Value::Null; mention.fields.len()];
        for (name, value) in [("claim", "c"), ("source", "s"), ("locator", "p. 1"), ("note", "n")] {
            row[mention.position(name).unwrap()] = value.into();
        }
        assert_eq!(mention.row_name(&row), "c | s | p. 1");
    }

    #[test]
    fn a_message_shows_the_first_eighty_characters_of_a_text() {
        let long = |n| Value::Text("é".repeat(n));
        assert_eq!(quote_value(&long(80)), format!("{:?}", "é".repeat(80)));
        assert_eq!(quote_value(&long(81)), format!("{:?}", "é".repeat(80) + "…"));
        assert_eq!(quote_value(&Value::Bytes(vec![0; 5])), "5 bytes");
        assert_eq!(quote_value(&Value::Null), "not stated");
        assert_eq!(quote_value(&Value::Int(7)), "7");
    }
}
