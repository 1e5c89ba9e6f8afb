//! What is wrong with a record of a unit, asked of the archive and of the unit it stands in.

use super::deferred::Missing;
use super::importer::{Importer, REMEMBERED};
use super::validate;
use crate::error::{Error, Result};
use crate::intake::Raw;
use crate::model::{Record, SourcePos, Type, Value, did_you_mean};
use crate::store::few_keys;

impl Importer<'_> {
    /// Notes what is wrong with a record, and apart from that what it refers to that is not there.
    pub(in crate::ops) fn check(
        &mut self,
        raw: &Raw,
        records: &[Record],
        record: &Record,
        problems: &mut Vec<(SourcePos, String)>,
        missing: &mut Vec<Missing>,
    ) -> Result<()> {
        let kind = record.kind;
        let known = match record.text("key") {
            Some(key) if kind.keyed() => self.rows.find_id(kind.table, key)?.is_some(),
            _ => kind.identity.is_empty() || kind.identity == ["code"],
        };
        if let (Raw::Text(_), Some(key), SourcePos::Line(line, _)) = (
            raw,
            record.text("key").filter(|_| kind.keyed() && !record.proposed && !self.again),
            &record.pos,
        ) {
            let name = (kind.table, key.to_owned());
            match self.lines.get(&name) {
                Some(first) if first != line => {
                    let pos = record.given("key").map_or(&record.pos, |given| &given.pos);
                    problems.push((
                        pos.clone(),
                        format!(
                            "a second {} with the key {key:?}; it stands in line {first} already",
                            kind.word
                        ),
                    ));
                }
                Some(_) => {}
                None if self.lines.len() < REMEMBERED => {
                    self.lines.insert(name, *line);
                }
                None => {}
            }
        }
        let unsorted = kind.table == "claims" && matches!(raw, Raw::Cells(_));
        if known && kind.table == "figures" {
            // It is read, to be asked together with what changes.
            self.rows.flush()?;
        }
        // An export is taken over as it is; `check` finds an equation that another tool spoilt.
        let as_it_is = self.mode.restoring && kind.table == "equations";
        validate::one(self.writer, record, known, unsorted, &mut |pos, what| {
            if as_it_is {
                return;
            }
            problems.push((pos.clone(), what));
        })?;
        for record in std::iter::once(record).chain(&record.parts) {
            for (field, given) in record.kind.fields.iter().zip(&record.values) {
                let (Type::Ref(table), Some(given)) = (field.ty, given) else { continue };
                let Some(key) = given.value.as_text() else { continue };
                let here = |r: &Record| r.kind.table == table && r.text(name_of(r)) == Some(key);
                if records.iter().any(here) || self.rows.find_id(table, key)?.is_some() {
                    continue;
                }
                let word = crate::model::kind_of_table(table).map_or(table, |kind| kind.word);
                let near = self.near(table, key)?;
                let (field, name) = (field.name, record.name());
                let what = match given.pos {
                    SourcePos::Cell(..) => format!("no {word} has the key {key:?}{near}"),
                    _ => format!("{field} of {name}: no {word} has the key {key:?}{near}"),
                };
                let (key, pos) = (key.to_owned(), given.pos.clone());
                missing.push(Missing { table, key, pos, what });
            }
        }
        Ok(())
    }

    /// The nearest key, while few are asked for: comparing takes its time, and after so many wrong
    /// references nobody reads on.
    fn near(&mut self, table: &'static str, key: &str) -> Result<String> {
        self.asked += 1;
        if self.asked > 100 {
            return Ok(String::new());
        }
        if !self.known.contains_key(table) {
            self.rows.flush()?;
            self.known.insert(table, few_keys(self.writer, table, 20_000)?);
        }
        Ok(did_you_mean(key, self.known.get(table).into_iter().flatten().map(String::as_str)))
    }
}

/// The field by which rows of a kind are named.
fn name_of(record: &Record) -> &'static str {
    record.kind.identity.first().copied().unwrap_or("key")
}

/// Why a row that says otherwise than the one before it is not taken, and where it says so.
pub(super) fn contradiction(record: &Record, field: &str, held: &Value) -> (Error, SourcePos) {
    let given = record.given(field);
    let pos = given.map_or(&record.pos, |given| &given.pos).clone();
    let said = given.map(|given| given.value.to_string()).unwrap_or_default();
    let name = record.name();
    let is_ref = record.kind.position(field).map(|n| record.kind.fields[n].ty);
    let what = match is_ref {
        Some(Type::Ref(_)) => {
            format!("{field} of {name} is another already; {said:?} contradicts it")
        }
        _ => format!(
            "another row of this input, or the archive, has {:?} as {field} of {name}; this one \
             says {said:?}",
            held.to_string()
        ),
    };
    (Error::Refused { what, hint: String::new() }, pos)
}
