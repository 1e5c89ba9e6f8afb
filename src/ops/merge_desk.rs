//! Whose verdicts are those of another archive's desk: every archive begins with a desk of the same
//! key, and the verdicts of theirs must not become ours.

use super::merge::Options;
use crate::error::{Error, Result};
use crate::model::{Kind, Type, Value, check_key};
use crate::store::{Reader, Writer, exists, is_in_use};

/// The title that a desk has until someone gives it another.
const UNNAMED: &str = "The desk that keeps this archive";

/// What becomes of the desk of the other archive.
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
    pub(super) fn settle(db: &Reader, writer: &Writer, options: &Options<'_>) -> Result<Desk> {
        let (from, ours) = (db.desk()?, writer.desk()?);
        let name = options.other.display();
        let Some(to) = &options.desk_as else {
            // Copies of one archive have one desk.
            if from != ours || db.created()? == writer.created()? {
                return Ok(Desk::Same);
            }
            if !is_in_use(db, &from)? {
                return Ok(Desk::Idle(from));
            }
            return Err(Error::Refused {
                what: format!(
                    "cannot take in {name}: it was made apart from this archive, and the desks of both are called {from:?}"
                ),
                hint: format!(
                    "--desk-as KEY says under which key their desk is known here, such as --desk-as their-desk; --desk-as {ours} if both are one desk"
                ),
            });
        };
        if let Err(why) = check_key(to) {
            return Err(Error::Refused {
                what: format!("--desk-as {to:?}: {why}"),
                hint: "choose another key".to_owned(),
            });
        }
        if *to == from {
            return Ok(Desk::Same);
        }
        if exists(db, "sources", to)? {
            return Err(Error::Refused {
                what: format!("--desk-as {to}: {name} has another source with this key"),
                hint: "choose another key".to_owned(),
            });
        }
        let stem = options.other.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let title = format!("The desk of {:?}", db.title()?.unwrap_or(stem));
        Ok(Desk::Renamed { from, to: to.clone(), title })
    }

    /// A row of theirs as it is said here; `None` for that of a desk that stays where it is.
    pub(super) fn row_of(&self, kind: &Kind, row: &[Value]) -> Option<Vec<Value>> {
        let key = kind.position("key").filter(|_| kind.table == "sources");
        let is_desk = |desk: &str| key.is_some_and(|n| row[n].as_text() == Some(desk));
        let mut row = row.to_vec();
        match self {
            Desk::Same => {}
            Desk::Idle(desk) if is_desk(desk) => return None,
            Desk::Idle(_) => {}
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
                if kind.table == "revisions" {
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
    let table = row[at("table_name")].as_text().and_then(crate::model::kind_of_table);
    let Some(of) = table else { return };
    let is_source = |name: &str| {
        let field = of.position(name).map(|n| &of.fields[n]);
        (of.table == "sources" && name == "key")
            || field.is_some_and(|field| field.ty == Type::Ref("sources"))
    };
    if of.history_name().iter().any(|name| is_source(name))
        && let Some(name) = row[at("row_key")].as_text()
    {
        let parts = name.split(" | ").map(|part| if part == from { to } else { part });
        row[at("row_key")] = Value::Text(parts.collect::<Vec<_>>().join(" | "));
    }
    let column = row[at("column_name")].as_text();
    let field = of.fields.iter().find(|field| Some(field.column) == column);
    if field.is_some_and(|field| is_source(field.name)) && row[at("was")].as_text() == Some(from) {
        row[at("was")] = Value::from(to);
    }
}
