//! Whose verdicts are those of another archive's desk: every archive begins with a desk of the same
//! key, and the verdicts of theirs must not become ours.

use crate::error::{Error, Result};
use crate::model::{Kind, Role, SOURCE, Type, Value, check_key, kind_of_table};
use crate::store::{Reader, Writer, exists, is_in_use, read_row};
use std::path::Path;

/// The title that a desk has until someone gives it another.
const UNNAMED: &str = "The desk that keeps this archive";

/// The identity of the other archive's desk in this archive.
pub(super) enum Desk {
    /// Its key means the same here.
    Same,
    /// It gave no verdict, and stays where it is.
    Idle(String),
    /// It goes by another key here; `title` says what it is called if it had no title of its own.
    Renamed { from: String, to: String, title: String },
}

impl Desk {
    /// Settles under which key the desk of theirs is known here.
    pub(super) fn resolve(
        db: &Reader,
        writer: &Writer,
        other: &Path,
        desk_as: Option<&str>,
    ) -> Result<Desk> {
        let name = other.display();
        // Copies of one archive have one desk. Of others, whoever is or was the desk of both is two.
        let ours = writer.desks()?;
        let mut clashing = Vec::new();
        if db.lineage_id()? != writer.lineage_id()? {
            clashing = db.desks()?;
            clashing.retain(|desk| ours.contains(desk));
        }
        let Some(to) = desk_as else {
            let Some(from) = clashing.into_iter().next() else { return Ok(Desk::Same) };
            if !is_in_use(db, &from)? {
                return Ok(Desk::Idle(from));
            }
            return Err(Error::Refused {
                what: format!(
                    "cannot take in {name}: it was made apart from this archive, and the desks of both are called {from:?}"
                ),
                hint: format!(
                    "--desk-as KEY says under which key their desk is known here, such as --desk-as their-desk; --desk-as {from} if both are one desk"
                ),
            });
        };
        let from = clashing.into_iter().next().map_or_else(|| db.desk(), Ok)?;
        if let Err(why) = check_key(to) {
            return Err(Error::Refused {
                what: format!("--desk-as {to:?}: {why}"),
                hint: "choose another key".to_owned(),
            });
        }
        if to == from {
            return Ok(Desk::Same);
        }
        if exists(db, "sources", to)? {
            return Err(Error::Refused {
                what: format!("--desk-as {to}: {name} has another source with this key"),
                hint: "choose another key".to_owned(),
            });
        }
        let stem = other.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // A title that nobody wrote is made up once, and then not compared.
        let held = read_row(writer, &SOURCE, to)?.zip(SOURCE.position("title"));
        let title = match held {
            Some((row, n)) => row[n].to_string(),
            None => format!("The desk of {:?}", db.title()?.unwrap_or(stem)),
        };
        Ok(Desk::Renamed { from, to: to.to_owned(), title })
    }

    /// A row of theirs as it is said here; `None` for that of a desk that stays where it is.
    pub(super) fn row_of(&self, kind: &Kind, row: &[Value]) -> Option<Vec<Value>> {
        let key = kind.position("key").filter(|_| kind.is(&SOURCE));
        let is_desk = |desk: &str| key.is_some_and(|n| row[n].as_text() == Some(desk));
        let mut row = row.to_vec();
        match self {
            Desk::Same => {}
            Desk::Idle(desk) if is_desk(desk) => return None,
            Desk::Idle(desk) => {
                let at = |name: &str| kind.position(name).and_then(|n| row[n].as_text());
                if at("table_name") == Some("sources") && at("row_key") == Some(desk) {
                    return None;
                }
            }
            Desk::Renamed { from, to, title } => {
                if is_desk(from)
                    && let Some(n) = kind.position("title")
                    && row[n].as_text() == Some(UNNAMED)
                {
                    row[n] = Value::from(title.as_str());
                }
                for (n, field) in kind.fields.iter().enumerate() {
                    let names = Some(n) == key || field.ty == Type::Ref("sources");
                    if names && row[n].as_text() == Some(from) {
                        row[n] = Value::from(to.as_str());
                    }
                }
                if kind.role == Role::History {
                    rename_in_history(kind, &mut row, from, to);
                }
            }
        }
        Some(row)
    }
}

/// In history, sources are named in the name of the row and in what columns held.
fn rename_in_history(kind: &Kind, row: &mut [Value], from: &str, to: &str) {
    let at = |name: &str| kind.position(name).unwrap_or(0);
    let table = row[at("table_name")].as_text().and_then(kind_of_table);
    let Some(of) = table else { return };
    let is_source = |name: &str| {
        let field = of.position(name).map(|n| &of.fields[n]);
        (of.is(&SOURCE) && name == "key")
            || field.is_some_and(|field| field.ty == Type::Ref("sources"))
    };
    if let Some(name) = row[at("row_key")].as_text() {
        let names = of.history_name();
        let parts: Vec<&str> = name.split(" | ").collect();
        // Where one of them was not stated, the last ones cannot be told apart: they stay.
        let sure = if parts.len() == names.len() { parts.len() } else { parts.len().min(2) };
        let part = |(n, part): (usize, &&str)| match n < sure
            && names.get(n).is_some_and(|name| is_source(name))
            && *part == from
        {
            true => to.to_owned(),
            false => (*part).to_owned(),
        };
        let parts: Vec<String> = parts.iter().enumerate().map(part).collect();
        row[at("row_key")] = Value::Text(parts.join(" | "));
    }
    let column = row[at("column_name")].as_text();
    let field = of.fields.iter().find(|field| Some(field.column) == column);
    if field.is_some_and(|field| is_source(field.name)) && row[at("was")].as_text() == Some(from) {
        row[at("was")] = Value::from(to);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Desk, UNNAMED};
    use crate::model::{Value, kind_of_table};

    fn row(table: &str, fields: &[(&str, &str)]) -> Vec<Value> {
        let kind = kind_of_table(table).unwrap();
        let mut row = vec![Value::Null; kind.fields.len()];
        for (name, text) in fields {
            row[kind.position(name).unwrap()] = Value::from(*text);
        }
        row
    }

    /// Asserts that a row of theirs with `before` in it has `after` in it here.
    #[track_caller]
    fn becomes(desk: &Desk, table: &str, before: &[(&str, &str)], after: &[(&str, &str)]) {
        let here = desk.row_of(kind_of_table(table).unwrap(), &row(table, before));
        assert_eq!(here, Some(row(table, after)));
    }

    #[track_caller]
    fn stays(desk: &Desk, table: &str, fields: &[(&str, &str)]) {
        becomes(desk, table, fields, fields);
    }

    fn renamed() -> Desk {
        Desk::Renamed {
            from: "desk".to_owned(),
            to: "theirs".to_owned(),
            title: "The desk of \"B\"".to_owned(),
        }
    }

    #[test]
    fn a_renamed_desk_has_its_new_key_wherever_a_source_is_named() {
        let desk = renamed();
        let title = "The desk of \"B\"";
        becomes(
            &desk,
            "sources",
            &[("key", "desk"), ("title", UNNAMED)],
            &[("key", "theirs"), ("title", title)],
        );
        becomes(
            &desk,
            "sources",
            &[("key", "desk"), ("title", "Kunduz desk")],
            &[("key", "theirs"), ("title", "Kunduz desk")],
        );
        stays(&desk, "sources", &[("key", "other"), ("title", UNNAMED), ("note", "desk")]);
        becomes(
            &desk,
            "assessments",
            &[("claim", "desk"), ("by", "desk"), ("because", "desk")],
            &[("claim", "desk"), ("by", "theirs"), ("because", "desk")],
        );
        stays(&desk, "assessments", &[("claim", "c"), ("by", "other")]);
    }

    #[test]
    fn a_renamed_desk_has_its_new_key_in_the_history_too() {
        let desk = renamed();
        let revision = |table, name, column, was| {
            [("table_name", table), ("row_key", name), ("column_name", column), ("was", was)]
        };
        for (before, after) in [
            (
                revision("sources", "desk", "title", "desk"),
                revision("sources", "theirs", "title", "desk"),
            ),
            (
                revision("sources", "desk", "key", "desk"),
                revision("sources", "theirs", "key", "theirs"),
            ),
            (
                revision("mentions", "desk | desk | p. 1", "speaker_id", "desk"),
                revision("mentions", "desk | theirs | p. 1", "speaker_id", "theirs"),
            ),
            (
                revision("mentions", "c | s | desk | desk", "speaker_id", "other"),
                revision("mentions", "c | s | theirs | desk", "speaker_id", "other"),
            ),
            // Without a speaker or a locator the third part may be either.
            (
                revision("mentions", "c | s | desk", "claim_id", "desk"),
                revision("mentions", "c | s | desk", "claim_id", "desk"),
            ),
            (revision("claims", "desk", "key", "desk"), revision("claims", "desk", "key", "desk")),
            (
                revision("no_table", "desk", "key", "desk"),
                revision("no_table", "desk", "key", "desk"),
            ),
        ] {
            becomes(&desk, "revisions", &before, &after);
        }
    }

    #[test]
    fn a_desk_that_gave_no_verdict_stays_where_it_is_with_its_history() {
        let desk = Desk::Idle("desk".to_owned());
        let here = |table, fields: &[(&str, &str)]| {
            desk.row_of(kind_of_table(table).unwrap(), &row(table, fields))
        };
        assert_eq!(here("sources", &[("key", "desk")]), None);
        stays(&desk, "sources", &[("key", "other")]);
        stays(&desk, "claims", &[("key", "desk")]);
        assert_eq!(here("revisions", &[("table_name", "sources"), ("row_key", "desk")]), None);
        stays(&desk, "revisions", &[("table_name", "sources"), ("row_key", "other")]);
        stays(&desk, "revisions", &[("table_name", "claims"), ("row_key", "desk")]);
    }

    #[test]
    fn the_same_desk_changes_no_row() {
        stays(&Desk::Same, "sources", &[("key", "desk"), ("title", UNNAMED)]);
        stays(&Desk::Same, "assessments", &[("claim", "c"), ("by", "desk")]);
    }
}
