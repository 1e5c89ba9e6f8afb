//! The archive as rows for spreadsheets: a row for each claim and source that states it, with
//! a place, a figure and a verdict beside them; further rows for a claim that has more of those
//! than sources. In one table, these rows describe the sources, places and measures too, and further rows
//! those that no claim names. On several worksheets, they have rows of their own. An import restores the
//! archive.
//!
//! A referenced record comes before the rows that refer to it if possible, so that an import of a
//! long table needs constant memory: enclosing places and assessors first, evidence and links last.

use super::records::is_stale;
use super::selection::Selection;
use crate::error::Result;
use crate::model::{
    COLUMNS, Column, Kind, NEVER_HERE, RowPart, Value, kind_of_table, kind_of_word,
};
use crate::store::{Children, Reader, read_row, read_rows, read_standing_rows};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A row of the table: a value for each of [`COLUMNS`], `Null` if nothing is stated.
pub(super) type Line = Vec<Value>;

/// The capacity of the cache of sources, places and measures; a full cache is cleared.
const CACHE_CAPACITY: usize = 10_000;

/// The form in which the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One table.
    Table,
    /// A worksheet for each kind of record.
    Worksheets,
}

/// Passes every row to `sink` with the part that it describes first, in an order that depends on the
/// archive alone.
pub(super) fn write_lines(
    db: &Reader,
    selection: &Selection,
    layout: Layout,
    sink: &mut dyn FnMut(RowPart, &Line) -> Result<()>,
) -> Result<()> {
    let (described, cache) = (BTreeSet::new(), HashMap::new());
    let mut writer = LineWriter { db, selection, layout, sink, described, cache };
    writer.write_enclosing_places()?;
    if layout == Layout::Table {
        writer.write_assessors()?;
        writer.write_speakers()?;
    }
    writer.write_claims()?;
    writer.write_evidence()?;
    writer.write_links()?;
    writer.write_rest(RowPart::Source)?;
    writer.write_dependents("origin", RowPart::Source, RowPart::Origin)?;
    writer.write_dependents("grade", RowPart::Source, RowPart::Grade)?;
    writer.write_rest(RowPart::Location)?;
    writer.write_dependents("name", RowPart::Location, RowPart::Name)?;
    writer.write_rest(RowPart::Measure)?;
    writer.write_rest(RowPart::Equation)
}

struct LineWriter<'a> {
    db: &'a Reader,
    selection: &'a Selection,
    layout: Layout,
    sink: &'a mut dyn FnMut(RowPart, &Line) -> Result<()>,
    /// The records that a row has described in full, by table and key.
    described: BTreeSet<(&'static str, String)>,
    /// Rows read by key, by table and key.
    cache: HashMap<(&'static str, String), Vec<Value>>,
}

fn empty_line() -> Line {
    vec![Value::Null; COLUMNS.len()]
}

fn is_empty(line: &Line) -> bool {
    line.iter().all(Value::is_null)
}

/// Sets the columns of a part from the fields of a row; defaults are left out.
fn set_part(line: &mut Line, part: RowPart, row: &[Value]) {
    let kind = part.kind();
    for (n, column) in COLUMNS.iter().enumerate().filter(|(_, column)| column.part == part) {
        let Some(position) = kind.position(column.field) else { continue };
        let value = &row[position];
        if !value.is_null() && !kind.fields[position].is_default(value) {
            line[n] = value.clone();
        }
    }
}

fn set_column(line: &mut Line, name: &str, value: &Value) {
    if let Some(n) = COLUMNS.iter().position(|column| column.name == name) {
        line[n] = value.clone();
    }
}

/// Returns a field of a row by its name.
fn field<'r>(kind: &Kind, row: &'r [Value], name: &str) -> &'r Value {
    kind.position(name).map_or(&Value::Null, |position| &row[position])
}

impl LineWriter<'_> {
    fn send(&mut self, part: RowPart, line: &Line) -> Result<()> {
        if is_empty(line) { Ok(()) } else { (self.sink)(part, line) }
    }

    /// Names the record of `part` with this key in a row; in one table, describes it too.
    fn refer(&mut self, line: &mut Line, part: RowPart, key: &Value) -> Result<()> {
        if self.layout == Layout::Table {
            return self.describe(line, part, key);
        }
        let is_key = |column: &&Column| column.part == part && column.field == "key";
        if let Some(column) = COLUMNS.iter().find(is_key) {
            set_column(line, column.name, key);
        }
        Ok(())
    }

    /// Sets the columns of `part` from the record with this key.
    fn describe(&mut self, line: &mut Line, part: RowPart, key: &Value) -> Result<()> {
        let Some(key) = key.as_text() else { return Ok(()) };
        let kind = part.kind();
        let name = (kind.table, key.to_owned());
        if !self.cache.contains_key(&name) {
            let Some(row) = read_row(self.db, kind, key)? else { return Ok(()) };
            if self.cache.len() >= CACHE_CAPACITY {
                self.cache.clear();
            }
            self.cache.insert(name.clone(), row);
        }
        if let Some(row) = self.cache.get(&name) {
            set_part(line, part, row);
        }
        // The speaker columns only identify a speaker; they do not describe it in full.
        if part != RowPart::Speaker {
            self.described.insert(name);
        }
        Ok(())
    }

    /// Writes a row that describes only this source, place or measure.
    fn write_record(&mut self, part: RowPart, key: &str) -> Result<()> {
        let mut line = empty_line();
        self.describe(&mut line, part, &Value::from(key))?;
        self.send(part, &line)
    }

    /// Writes the places that enclose others, from the outermost inward.
    fn write_enclosing_places(&mut self) -> Result<()> {
        let kind = RowPart::Location.kind();
        let mut within: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut enclosing = BTreeSet::new();
        let selection = self.selection;
        read_rows(self.db, kind, |_, row| {
            if selection.includes_row(kind, row) {
                let text = |name| field(kind, row, name).as_text().map(str::to_owned);
                let outer = text("within");
                enclosing.extend(outer.clone());
                within.extend(text("key").map(|key| (key, outer)));
            }
            Ok(())
        })?;
        let mut depths: HashMap<&str, usize> = HashMap::new();
        for key in within.keys() {
            // The places on the way to one whose depth is known. A circle ends with what it has seen.
            let mut way = Vec::new();
            let mut here = Some(key.as_str());
            while let Some(place) = here.filter(|place| !depths.contains_key(place)) {
                depths.insert(place, 0);
                way.push(place);
                here = within.get(place).and_then(Option::as_deref);
            }
            let depth = here.map_or(0, |place| depths[place] + 1);
            depths.extend(way.into_iter().rev().zip(depth..));
        }
        let depth = |key: &str| depths.get(key).copied().unwrap_or_default();
        let mut ordered: Vec<(usize, String)> =
            enclosing.iter().map(|key| (depth(key), key.clone())).collect();
        ordered.sort();
        ordered.iter().try_for_each(|(_, key)| self.write_record(RowPart::Location, key))
    }

    /// Writes the assessors, so that each comes before the first of its verdicts.
    fn write_assessors(&mut self) -> Result<()> {
        let kind = RowPart::Verdict.kind();
        let mut assessors = BTreeSet::new();
        let selection = self.selection;
        read_standing_rows(self.db, kind, |_, row| {
            if selection.includes_row(kind, row) {
                assessors.extend(field(kind, row, "by").as_text().map(str::to_owned));
            }
            Ok(())
        })?;
        assessors.iter().try_for_each(|key| self.write_record(RowPart::Source, key))
    }

    /// Writes the speakers that have more fields than the speaker columns of a claim's row.
    fn write_speakers(&mut self) -> Result<()> {
        let kind = RowPart::Mention.kind();
        let mut speakers = BTreeSet::new();
        let selection = self.selection;
        read_rows(self.db, kind, |_, row| {
            if selection.includes_row(kind, row) {
                speakers.extend(field(kind, row, "speaker").as_text().map(str::to_owned));
            }
            Ok(())
        })?;
        let kind = RowPart::Speaker.kind();
        for key in speakers {
            let row = read_row(self.db, kind, &key)?.unwrap_or_default();
            let stated = row.iter().filter(|value| !value.is_null()).count();
            if stated > 3 && !self.described.contains(&(kind.table, key.clone())) {
                self.write_record(RowPart::Source, &key)?;
            }
        }
        Ok(())
    }

    /// Writes the claims, each in as many rows as its longest list of parts.
    fn write_claims(&mut self) -> Result<()> {
        let kind = RowPart::Claim.kind();
        let (db, selection) = (self.db, self.selection);
        let parts = [RowPart::Mention, RowPart::Place, RowPart::Figure, RowPart::Verdict];
        let parts = parts.map(|part| (part.kind(), Children::new(part.kind(), "claim_id")));
        read_rows(db, kind, |id, claim| {
            if !selection.includes_row(kind, claim) {
                return Ok(());
            }
            let mut read: [Vec<Vec<Value>>; 4] = Default::default();
            for ((kind, children), rows) in parts.iter().zip(&mut read) {
                let found = children.of(db, id)?.into_iter().map(|(_, row)| row);
                rows.extend(found.filter(|row| selection.includes_row(kind, row)));
            }
            let [mentions, places, figures, verdicts] = read;
            // Of several figures beside several sources, each would seem to be that of its source alone.
            let are_mixed = mentions.len() > 1 && figures.len() > 1;
            let first_figure = if are_mixed { mentions.len() } else { 0 };
            let lists =
                [mentions.len(), places.len(), first_figure + figures.len(), verdicts.len()];
            let rows = lists.into_iter().max().unwrap_or(0).max(1);
            let described = mentions.len().max(places.len()).max(verdicts.len()).max(1);
            for n in 0..rows {
                let mut line = empty_line();
                match n < described || first_figure == 0 {
                    true => set_part(&mut line, RowPart::Claim, claim),
                    // A row of a figure alone names its claim, which the rows before it describe.
                    false => set_column(&mut line, "claim", field(kind, claim, "key")),
                }
                if let Some(row) = mentions.get(n) {
                    set_part(&mut line, RowPart::Mention, row);
                    let kind = RowPart::Mention.kind();
                    self.refer(&mut line, RowPart::Source, field(kind, row, "source"))?;
                    self.refer(&mut line, RowPart::Speaker, field(kind, row, "speaker"))?;
                }
                if let Some(row) = places.get(n) {
                    set_part(&mut line, RowPart::Place, row);
                    let place = field(RowPart::Place.kind(), row, "location");
                    self.refer(&mut line, RowPart::Location, place)?;
                }
                if let Some(row) = n.checked_sub(first_figure).and_then(|n| figures.get(n)) {
                    set_part(&mut line, RowPart::Figure, row);
                    let measure = field(RowPart::Figure.kind(), row, "measure");
                    self.refer(&mut line, RowPart::Measure, measure)?;
                }
                if let Some(row) = verdicts.get(n) {
                    set_part(&mut line, RowPart::Verdict, row);
                    let stale = is_stale(self.db, row)?;
                    let version = if stale { Value::Int(NEVER_HERE) } else { Value::Null };
                    set_column(&mut line, "claim_version", &version);
                }
                self.send(RowPart::Claim, &line)?;
            }
            Ok(())
        })
    }

    /// Writes the evidence of the verdicts; the identity of the verdict is repeated in each row.
    fn write_evidence(&mut self) -> Result<()> {
        let (db, selection) = (self.db, self.selection);
        let (verdict, evidence) = (RowPart::Verdict.kind(), RowPart::Evidence.kind());
        let children = Children::new(evidence, "assessment_id");
        read_standing_rows(db, verdict, |id, row| {
            if !selection.includes_row(verdict, row) {
                return Ok(());
            }
            for (_, part) in children.of(db, id)? {
                let included = ["claim", "figure"].into_iter().all(|name| {
                    selection.includes_reference(&format!("{name}s"), field(evidence, &part, name))
                });
                if !included {
                    continue;
                }
                let mut line = empty_line();
                set_column(&mut line, "claim", field(verdict, row, "claim"));
                for name in ["status", "by", "at", "because"] {
                    set_column(&mut line, name, field(verdict, row, name));
                }
                set_part(&mut line, RowPart::Evidence, &part);
                self.send(RowPart::Evidence, &line)?;
            }
            Ok(())
        })
    }

    /// Writes the links between claims.
    fn write_links(&mut self) -> Result<()> {
        let (db, selection) = (self.db, self.selection);
        let kind = RowPart::Link.kind();
        read_rows(db, kind, |_, row| {
            if !selection.includes_row(kind, row) {
                return Ok(());
            }
            let mut line = empty_line();
            set_column(&mut line, "claim", field(kind, row, "from"));
            set_part(&mut line, RowPart::Link, row);
            self.send(RowPart::Link, &line)
        })
    }

    /// Writes the records of a part that no row has described yet.
    fn write_rest(&mut self, part: RowPart) -> Result<()> {
        let (db, selection) = (self.db, self.selection);
        let kind = part.kind();
        read_rows(db, kind, |_, row| {
            let key = field(kind, row, "key").as_text().unwrap_or_default().to_owned();
            if !selection.includes_row(kind, row) || self.described.contains(&(kind.table, key)) {
                return Ok(());
            }
            let mut line = empty_line();
            set_part(&mut line, part, row);
            self.send(part, &line)
        })
    }

    /// Writes the rows that depend on a keyed record: the origins and grades of a source, the names
    /// of a place.
    fn write_dependents(&mut self, word: &str, owner: RowPart, part: RowPart) -> Result<()> {
        let Some(kind) = kind_of_word(word).and_then(|kind| kind_of_table(kind.table)) else {
            return Ok(());
        };
        let (db, selection) = (self.db, self.selection);
        let (column, reference) = match owner {
            RowPart::Source => ("source", "source"),
            _ => ("place", "location"),
        };
        read_rows(db, kind, |_, row| {
            if !selection.includes_row(kind, row) {
                return Ok(());
            }
            let mut line = empty_line();
            set_column(&mut line, column, field(kind, row, reference));
            set_part(&mut line, part, row);
            self.send(part, &line)
        })
    }
}
