//! The archive as one table for spreadsheets: a row for each claim and source that states it, with
//! a place, a figure and a verdict beside them; further rows where a claim has more of those than
//! sources, and rows for what no claim row says. Reads back to the same.
//!
//! What a row refers to comes before it wherever that is possible, so that a long table is read back
//! in constant memory: places that hold others and assessors first, evidence and links last.

use super::Chosen;
use crate::error::Result;
use crate::model::{COLUMNS, Kind, RowPart, Value, kind_of_table, kind_of_word};
use crate::store::{Reader, children, read_row, read_rows};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A row: a value for each of [`COLUMNS`], `Null` where nothing is stated.
pub(super) type Line = Vec<Value>;

/// Rows of sources, places and measures kept in memory; beyond that they are read again.
const KEPT: usize = 10_000;

/// Hands every row to `take`, in an order that the same archive always gives.
pub(super) fn lines(
    db: &Reader,
    chosen: &Chosen,
    take: &mut dyn FnMut(&Line) -> Result<()>,
) -> Result<()> {
    let mut writer = Lines { db, chosen, take, described: BTreeSet::new(), kept: HashMap::new() };
    writer.holders()?;
    writer.assessors()?;
    writer.speakers()?;
    writer.claims()?;
    writer.evidence()?;
    writer.links()?;
    writer.rest(RowPart::Source)?;
    writer.tied("origin", RowPart::Source, RowPart::Origin)?;
    writer.tied("grade", RowPart::Source, RowPart::Grade)?;
    writer.rest(RowPart::Location)?;
    writer.tied("name", RowPart::Location, RowPart::Name)?;
    writer.rest(RowPart::Measure)?;
    writer.rest(RowPart::Equation)
}

struct Lines<'a> {
    db: &'a Reader,
    chosen: &'a Chosen,
    take: &'a mut dyn FnMut(&Line) -> Result<()>,
    /// What some row says in full, by table and key.
    described: BTreeSet<(&'static str, String)>,
    kept: HashMap<(&'static str, String), Vec<Value>>,
}

fn empty() -> Line {
    vec![Value::Null; COLUMNS.len()]
}

fn is_empty(line: &Line) -> bool {
    line.iter().all(Value::is_null)
}

/// Writes the fields of a row into the columns of a part, but for what holds anyway.
fn put(line: &mut Line, part: RowPart, row: &[Value]) {
    let kind = part.kind();
    for (n, column) in COLUMNS.iter().enumerate().filter(|(_, column)| column.part == part) {
        let Some(position) = kind.position(column.field) else { continue };
        let value = &row[position];
        let default = kind.fields[position].default;
        let holds_anyway = default.is_some() && value.as_text() == default;
        if !value.is_null() && !holds_anyway {
            line[n] = value.clone();
        }
    }
}

fn set(line: &mut Line, name: &str, value: &Value) {
    if let Some(n) = COLUMNS.iter().position(|column| column.name == name) {
        line[n] = value.clone();
    }
}

/// A field of a row.
fn field<'r>(kind: &Kind, row: &'r [Value], name: &str) -> &'r Value {
    kind.position(name).map_or(&Value::Null, |position| &row[position])
}

impl Lines<'_> {
    fn send(&mut self, line: &Line) -> Result<()> {
        if is_empty(line) { Ok(()) } else { (self.take)(line) }
    }

    /// Writes all that a keyed row says into a line.
    fn describe(&mut self, line: &mut Line, part: RowPart, key: &Value) -> Result<()> {
        let Some(key) = key.as_text() else { return Ok(()) };
        let kind = part.kind();
        let name = (kind.table, key.to_owned());
        if !self.kept.contains_key(&name) {
            let Some(row) = read_row(self.db, kind, key)? else { return Ok(()) };
            if self.kept.len() >= KEPT {
                self.kept.clear();
            }
            self.kept.insert(name.clone(), row);
        }
        if let Some(row) = self.kept.get(&name) {
            put(line, part, row);
        }
        // A speaker's columns say only what is needed to know who it is.
        if part != RowPart::Speaker {
            self.described.insert(name);
        }
        Ok(())
    }

    /// A row of its own for one source, place or measure.
    fn alone(&mut self, part: RowPart, key: &str) -> Result<()> {
        let mut line = empty();
        self.describe(&mut line, part, &Value::from(key))?;
        self.send(&line)
    }

    /// The places that hold others, from the outermost.
    fn holders(&mut self) -> Result<()> {
        let kind = RowPart::Location.kind();
        let mut within: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut holders = BTreeSet::new();
        let chosen = self.chosen;
        read_rows(self.db, kind, |_, row| {
            if chosen.keeps(kind, row) {
                let text = |name| field(kind, row, name).as_text().map(str::to_owned);
                let outer = text("within");
                holders.extend(outer.clone());
                within.extend(text("key").map(|key| (key, outer)));
            }
            Ok(())
        })?;
        let depth = |key: &str| {
            let mut depth = 0;
            let mut here = key;
            while let Some(Some(outer)) = within.get(here)
                && depth < 100
            {
                depth += 1;
                here = outer;
            }
            depth
        };
        let mut ordered: Vec<(usize, String)> =
            holders.iter().map(|key| (depth(key), key.clone())).collect();
        ordered.sort();
        ordered.iter().try_for_each(|(_, key)| self.alone(RowPart::Location, key))
    }

    /// Those who gave verdicts, so that each is known before the first of its verdicts.
    fn assessors(&mut self) -> Result<()> {
        let kind = RowPart::Verdict.kind();
        let mut assessors = BTreeSet::new();
        let chosen = self.chosen;
        read_rows(self.db, kind, |_, row| {
            if chosen.keeps(kind, row) {
                assessors.extend(field(kind, row, "by").as_text().map(str::to_owned));
            }
            Ok(())
        })?;
        assessors.iter().try_for_each(|key| self.alone(RowPart::Source, key))
    }

    /// Speakers of whom more is known than the columns of a claim's row say.
    fn speakers(&mut self) -> Result<()> {
        let kind = RowPart::Mention.kind();
        let mut speakers = BTreeSet::new();
        let chosen = self.chosen;
        read_rows(self.db, kind, |_, row| {
            if chosen.keeps(kind, row) {
                speakers.extend(field(kind, row, "speaker").as_text().map(str::to_owned));
            }
            Ok(())
        })?;
        let kind = RowPart::Speaker.kind();
        for key in speakers {
            let row = read_row(self.db, kind, &key)?.unwrap_or_default();
            let stated = row.iter().filter(|value| !value.is_null()).count();
            if stated > 3 && !self.described.contains(&(kind.table, key.clone())) {
                self.alone(RowPart::Source, &key)?;
            }
        }
        Ok(())
    }

    fn claims(&mut self) -> Result<()> {
        let kind = RowPart::Claim.kind();
        let (db, chosen) = (self.db, self.chosen);
        read_rows(db, kind, |id, claim| {
            if !chosen.keeps(kind, claim) {
                return Ok(());
            }
            let of = |part: RowPart| -> Result<Vec<Vec<Value>>> {
                let mut rows = Vec::new();
                for (_, row) in children(db, part.kind(), "claim_id", id)? {
                    if chosen.keeps(part.kind(), &row) {
                        rows.push(row);
                    }
                }
                Ok(rows)
            };
            let (mentions, places) = (of(RowPart::Mention)?, of(RowPart::Place)?);
            let (figures, verdicts) = (of(RowPart::Figure)?, of(RowPart::Verdict)?);
            let lists = [&mentions, &places, &figures, &verdicts];
            let most = lists.into_iter().map(Vec::len).max().unwrap_or(0).max(1);
            for n in 0..most {
                let mut line = empty();
                put(&mut line, RowPart::Claim, claim);
                if let Some(row) = mentions.get(n) {
                    put(&mut line, RowPart::Mention, row);
                    let kind = RowPart::Mention.kind();
                    self.describe(&mut line, RowPart::Source, field(kind, row, "source"))?;
                    self.describe(&mut line, RowPart::Speaker, field(kind, row, "speaker"))?;
                }
                if let Some(row) = places.get(n) {
                    put(&mut line, RowPart::Place, row);
                    let place = field(RowPart::Place.kind(), row, "location");
                    self.describe(&mut line, RowPart::Location, place)?;
                }
                if let Some(row) = figures.get(n) {
                    put(&mut line, RowPart::Figure, row);
                    let measure = field(RowPart::Figure.kind(), row, "measure");
                    self.describe(&mut line, RowPart::Measure, measure)?;
                }
                if let Some(row) = verdicts.get(n) {
                    put(&mut line, RowPart::Verdict, row);
                }
                self.send(&line)?;
            }
            Ok(())
        })
    }

    /// What verdicts rest on: the verdict again, as far as it takes to know it, and the evidence.
    fn evidence(&mut self) -> Result<()> {
        let (db, chosen) = (self.db, self.chosen);
        let (verdict, evidence) = (RowPart::Verdict.kind(), RowPart::Evidence.kind());
        read_rows(db, verdict, |id, row| {
            if !chosen.keeps(verdict, row) {
                return Ok(());
            }
            for (_, part) in children(db, evidence, "assessment_id", id)? {
                let there = ["claim", "figure"]
                    .into_iter()
                    .all(|name| chosen.holds(&format!("{name}s"), field(evidence, &part, name)));
                if !there {
                    continue;
                }
                let mut line = empty();
                set(&mut line, "claim", field(verdict, row, "claim"));
                for name in ["status", "by", "at", "because"] {
                    set(&mut line, name, field(verdict, row, name));
                }
                put(&mut line, RowPart::Evidence, &part);
                self.send(&line)?;
            }
            Ok(())
        })
    }

    fn links(&mut self) -> Result<()> {
        let (db, chosen) = (self.db, self.chosen);
        let kind = RowPart::Link.kind();
        read_rows(db, kind, |_, row| {
            if !chosen.keeps(kind, row) {
                return Ok(());
            }
            let mut line = empty();
            set(&mut line, "claim", field(kind, row, "from"));
            put(&mut line, RowPart::Link, row);
            self.send(&line)
        })
    }

    /// What no row has said in full yet.
    fn rest(&mut self, part: RowPart) -> Result<()> {
        let (db, chosen) = (self.db, self.chosen);
        let kind = part.kind();
        read_rows(db, kind, |_, row| {
            let key = field(kind, row, "key").as_text().unwrap_or_default().to_owned();
            if !chosen.keeps(kind, row) || self.described.contains(&(kind.table, key)) {
                return Ok(());
            }
            let mut line = empty();
            put(&mut line, part, row);
            self.send(&line)
        })
    }

    /// Rows that belong to a keyed one: where a source draws from, its grades, a place's names.
    fn tied(&mut self, word: &str, owner: RowPart, part: RowPart) -> Result<()> {
        let Some(kind) = kind_of_word(word).and_then(|kind| kind_of_table(kind.table)) else {
            return Ok(());
        };
        let (db, chosen) = (self.db, self.chosen);
        let (column, tie) = match owner {
            RowPart::Source => ("source", "source"),
            _ => ("place", "location"),
        };
        read_rows(db, kind, |_, row| {
            if !chosen.keeps(kind, row) {
                return Ok(());
            }
            let mut line = empty();
            set(&mut line, column, field(kind, row, tie));
            put(&mut line, part, row);
            self.send(&line)
        })
    }
}
