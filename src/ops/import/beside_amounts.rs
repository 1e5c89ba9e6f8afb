//! Settles what stands beside the amount of a figure: the unit behind it, which is that of its measure, and
//! the whole of which it is a part, which is another figure of its claim.

use crate::error::Result;
use crate::model::{
    Beside, FIGURE, MEASURE, Record, SourcePos, Value, fold_name, is_stand_in, numbers_in, quoted,
};
use crate::store::{
    Aliases, RowWriter, figures_counting, keys_of_name, read_row, resolve_key, unit_of,
};
use std::collections::BTreeSet;

/// A problem and its position.
type Problem = (SourcePos, String);

/// A figure with words beside its amount.
struct Stated<'a> {
    record: &'a Record,
    /// The words of the amount.
    text: String,
    pos: SourcePos,
}

/// Settles the words beside the amounts of a unit, whose keys are resolved. Returns a problem for each that
/// is neither the unit of its measure nor the name of one whole.
pub(super) fn settle_beside(
    rows: &mut RowWriter<'_>,
    aliases: &Aliases,
    records: &mut [Record],
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for n in 0..records.len() {
        let Some(amount) = records[n].amount.clone() else { continue };
        if amount.beside == Beside::Nothing {
            continue;
        }
        rows.flush()?;
        let record = &records[n];
        let pos = record.given(record.kind.amount).map_or(&record.pos, |given| &given.pos).clone();
        let stated = Stated { record, text: amount.text.clone(), pos: pos.clone() };
        match &amount.beside {
            Beside::Nothing => {}
            Beside::Behind(words) => problems.extend(stated.unit(rows, records, words)?),
            Beside::Whole(name) => match stated.whole(rows, aliases, records, name)? {
                Err(problem) => problems.push(problem),
                Ok(whole) => {
                    let said = is_name(rows, records, name)?.then_some(amount.text);
                    records[n].set("out_of", Value::Text(whole), pos.clone());
                    if let (Some(said), None) = (said, records[n].given("said")) {
                        records[n].set("said", Value::Text(said), pos);
                    }
                }
            },
        }
    }
    Ok(problems)
}

/// Returns true unless a text is a key, which no source says.
fn is_name(rows: &RowWriter<'_>, records: &[Record], text: &str) -> Result<bool> {
    let title = |record: &Record| record.text("title").map(fold_name);
    let new = records.iter().filter(|record| record.kind.is(&MEASURE));
    let is_new = new.filter_map(title).any(|title| title == fold_name(text));
    Ok(is_new || !keys_of_name(rows.archive(), &MEASURE, text)?.is_empty())
}

impl Stated<'_> {
    /// The problem of words behind the number that are not the unit of the figure.
    fn unit(
        &self,
        rows: &RowWriter<'_>,
        records: &[Record],
        words: &str,
    ) -> Result<Option<Problem>> {
        let measure = self.field(rows, "measure")?;
        let own = self.field(rows, "unit")?;
        let unit = match (own, &measure) {
            (Some(unit), _) => Some(unit),
            (None, Some(measure)) => match of_key(records, measure) {
                Some(new) if new.given("unit").is_some() => new.text("unit").map(str::to_owned),
                _ => unit_of(rows.archive(), measure)?,
            },
            (None, None) => None,
        };
        if unit.as_deref() == Some(words) {
            return Ok(None);
        }
        let amount = self.text.strip_suffix(words).unwrap_or(&self.text).trim_end();
        let which = match (&unit, measure.filter(|key| !is_stand_in(key))) {
            (Some(unit), _) => format!("the unit of its measure is {}", quoted(unit)),
            (None, _) if matches!(self.pos, SourcePos::Cell(..)) => {
                "a unit belongs to the measure or the figure (columns measure_unit, unit)"
                    .to_owned()
            }
            (None, Some(key)) => format!(
                "a unit belongs to the measure: --new-measure \"TITLE=DIMENSION:GROWTH:{words}\", or `onrecord \
                 add measure --key {key} --unit \"{words}\" --update`"
            ),
            (None, None) => "a unit belongs to the measure".to_owned(),
        };
        let what = format!(
            "{} behind the number is too much: write {}; {which}",
            quoted(words),
            quoted(amount)
        );
        Ok(Some((self.pos.clone(), what)))
    }

    /// The figure of which it is a part: the one with this key, or the one of its claim that counts the
    /// measure with this key or title.
    fn whole(
        &self,
        rows: &RowWriter<'_>,
        aliases: &Aliases,
        records: &[Record],
        name: &str,
    ) -> Result<std::result::Result<String, Problem>> {
        let db = rows.archive();
        let own = self.record.text("key");
        let mut found: BTreeSet<String> = BTreeSet::new();
        let figures = || records.iter().filter(|record| record.kind.is(&FIGURE));
        let with_key = figures().filter_map(|figure| figure.text("key")).find(|key| *key == name);
        found.extend(with_key.map(str::to_owned).or(resolve_key(db, &FIGURE, name)?));
        if let Some(claim) = self.field(rows, "claim")? {
            for measure in measures(rows, records, name)? {
                let counts = |figure: &&Record| {
                    figure.text("measure") == Some(&measure) && figure.text("claim") == Some(&claim)
                };
                let keys = figures().filter(counts).filter_map(|figure| figure.text("key"));
                found.extend(keys.map(str::to_owned));
                found.extend(figures_counting(db, &claim, &measure)?);
            }
        }
        found.retain(|key| Some(key.as_str()) != own);
        let keys: Vec<String> = found.into_iter().collect();
        let whole = quoted(name);
        let what = match keys.as_slice() {
            [key] => match self.record.text("out_of").map(|held| present_key(aliases, held)) {
                Some(held) if held != *key => {
                    format!("{} is out of {key}, and out_of says {held}", quoted(&self.text))
                }
                _ => return Ok(Ok(key.clone())),
            },
            [] if numbers_in(name).is_empty() => format!(
                "no figure of this claim counts {whole}, and none has that key; give the whole with it, \
                 --figure \"{name}=NUMBER\", or the key of a figure of another claim"
            ),
            [] => format!(
                "no figure of this claim counts {whole}, and none has that key; the whole is a figure of \
                 its own: --figure \"MEASURE=NUMBER\", and here \"… of MEASURE\""
            ),
            several => format!("{whole} may be {}; give the key of one", several.join(" or ")),
        };
        Ok(Err((self.pos.clone(), what)))
    }

    /// A field of the figure: as stated, or as its row holds it.
    fn field(&self, rows: &RowWriter<'_>, name: &str) -> Result<Option<String>> {
        if let Some(given) = self.record.given(name) {
            return Ok(given.value.as_text().map(str::to_owned));
        }
        let (Some(key), Some(position)) = (self.record.text("key"), FIGURE.position(name)) else {
            return Ok(None);
        };
        let row = read_row(rows.archive(), &FIGURE, key)?;
        Ok(row.and_then(|row| row[position].as_text().map(str::to_owned)))
    }
}

/// The measure with this key among the records of a unit.
fn of_key<'a>(records: &'a [Record], key: &str) -> Option<&'a Record> {
    records.iter().find(|record| record.kind.is(&MEASURE) && record.text("key") == Some(key))
}

/// The keys of the measures with this key, else of those with this title.
fn measures(rows: &RowWriter<'_>, records: &[Record], name: &str) -> Result<BTreeSet<String>> {
    let db = rows.archive();
    let with_key = of_key(records, name).and_then(|measure| measure.text("key"));
    if let Some(key) = with_key.map(str::to_owned).or(resolve_key(db, &MEASURE, name)?) {
        return Ok(BTreeSet::from([key]));
    }
    let mut keys: BTreeSet<String> = keys_of_name(db, &MEASURE, name)?.into_iter().collect();
    let called = |record: &&Record| {
        record.kind.is(&MEASURE) && record.text("title").map(fold_name) == Some(fold_name(name))
    };
    let new = records.iter().filter(called).filter_map(|measure| measure.text("key"));
    keys.extend(new.map(str::to_owned));
    Ok(keys)
}

/// The present key of a figure that has this key, or had it.
fn present_key<'a>(aliases: &'a Aliases, key: &'a str) -> &'a str {
    aliases.get(&(FIGURE.table, key.to_owned())).map_or(key, |former| former.key.as_str())
}
