//! Settles what stands beside the amount of a figure: the unit behind it, which is that of its measure, and
//! the whole of which it is a part, which is another figure of its claim.

use crate::error::Result;
use crate::intake::quote_for_shell;
use crate::model::{
    Beside, FIGURE, MEASURE, Record, SourcePos, Value, fold_name, is_stand_in, quoted,
    says_what_is_counted,
};
use crate::ops::code_words::codes_in_words;
use crate::store::{Aliases, RowWriter, figures_counting, keys_of_name, read_row, resolve_key};
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

/// The measure of a figure.
struct Measure {
    key: String,
    title: String,
    dimension: String,
    unit: Option<String>,
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
        let whole = match &amount.beside {
            Beside::Nothing => continue,
            Beside::Words { words, amount } => {
                problems.extend(stated.unit(rows, records, words, amount)?);
                continue;
            }
            // The name of a whole behind its part is our way to write it: no source need say it so.
            Beside::Whole { part, name } => {
                (part.clone(), stated.whole(rows, aliases, records, name)?)
            }
            Beside::Number { part, number, words } => {
                let said = is_name(rows, records, words)?.then_some(amount.text.clone());
                (said, stated.number(rows, aliases, records, (part, number, words))?)
            }
        };
        match whole {
            (_, Err(problem)) => problems.push(problem),
            (said, Ok(whole)) => {
                records[n].set("out_of", Value::Text(whole), pos.clone());
                if let (Some(said), None) = (said, records[n].given("said")) {
                    records[n].set("said", Value::Text(said), pos);
                }
            }
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
    /// The problem of words beside the number that do not say what the figure counts; `amount` is what it
    /// says without them.
    fn unit(
        &self,
        rows: &RowWriter<'_>,
        records: &[Record],
        words: &str,
        amount: &str,
    ) -> Result<Option<Problem>> {
        let measure = self.measure(rows, records)?;
        let own = self.field(rows, "unit")?;
        let (title, key) = match (&own, &measure) {
            // The figure has another unit than its measure, whose title may name that.
            (None, Some(measure)) => (measure.title.as_str(), measure.key.as_str()),
            _ => ("", ""),
        };
        let unit = own.or(measure.as_ref().and_then(|measure| measure.unit.clone()));
        if says_what_is_counted(words, unit.as_deref(), key, title) {
            return Ok(None);
        }
        let which = match (&unit, measure.filter(|measure| !is_stand_in(&measure.key))) {
            (Some(unit), _) => format!(
                "the unit of its measure is {}; write {} if the number is in that",
                quoted(unit),
                quoted(amount)
            ),
            (None, _) if matches!(self.pos, SourcePos::Cell(..)) => {
                format!(
                    "write {}; a unit belongs to the measure or the figure (columns measure_unit, unit)",
                    quoted(amount)
                )
            }
            (None, Some(Measure { key, .. })) => format!(
                "write {}; a unit belongs to the measure: --new-measure \"TITLE=DIMENSION:GROWTH:{words}\", or \
                 `onrecord add measure --key {key} --unit \"{words}\" --update`",
                quoted(amount)
            ),
            (None, None) => {
                format!("write {}; a unit belongs to the measure", quoted(amount))
            }
        };
        let side = if self.text.trim_end().ends_with(words) { "behind" } else { "before" };
        let what = format!("{} {side} the number is too much: {which}", quoted(words));
        Ok(Some((self.pos.clone(), what)))
    }

    /// The figure of which it is a part, where the whole is a number: the one that counts the measure of the
    /// words behind that number, if it is that many. A number alone may be any figure's.
    fn number(
        &self,
        rows: &RowWriter<'_>,
        aliases: &Aliases,
        records: &[Record],
        (part, number, words): (&str, &Value, &str),
    ) -> Result<std::result::Result<String, Problem>> {
        let measure = self.measure(rows, records)?;
        let named = match words {
            "" => BTreeSet::new(),
            words => measures(rows, records, words)?,
        };
        let is_own = measure.as_ref().is_some_and(|measure| named.contains(&measure.key));
        if !named.is_empty()
            && !is_own
            && let Ok(whole) = self.whole(rows, aliases, records, words)?
        {
            let value = match records.iter().find(|record| is_figure(record, &whole)) {
                Some(record) => record.given("value").map(|given| given.value.clone()),
                None => value_of(rows, &whole)?,
            };
            return Ok(match value.filter(|value| value == number) {
                Some(_) => Ok(whole),
                None => Err((
                    self.pos.clone(),
                    format!(
                        "{} is out of {number}, and the figure {whole} says another number; give the whole \
                         as {whole} has it: {}",
                        quoted(self.text.trim()),
                        quoted(&format!("{part} of {words}"))
                    ),
                )),
            });
        }
        let is_known = !named.is_empty() && !is_own;
        let mut what = self.two_figures(measure.as_ref(), is_known, (part, number, words));
        if !is_known {
            // How the part grows says nothing of the whole: pumps that are out come and go, all pumps stay.
            let growths = codes_in_words(rows.archive(), "growths")?;
            what.push_str(&format!("; GROWTH is {growths}"));
        }
        Ok(Err((self.pos.clone(), what)))
    }

    /// The problem of a part and a whole in numbers, with what adds both figures: with the measure that the
    /// words behind the whole name, else with a new one.
    fn two_figures(
        &self,
        measure: Option<&Measure>,
        is_known: bool,
        (part, number, words): (&str, &Value, &str),
    ) -> String {
        let shown = quoted(self.text.trim());
        let two = format!("{shown} is two figures, the part and the whole");
        let (title, new) = match measure {
            Some(Measure { title, dimension, unit, .. }) => {
                let unit = unit.as_ref().map(|unit| format!(":{unit}")).unwrap_or_default();
                (title.as_str(), format!("{dimension}:GROWTH{unit}"))
            }
            None => ("MEASURE", "DIMENSION:GROWTH".to_owned()),
        };
        // What the part is called cannot be the name of the whole too.
        let is_own = |measure: &Measure| {
            [&measure.title, &measure.key].iter().any(|own| fold_name(own) == fold_name(words))
        };
        let own_words = words.is_empty() || measure.is_some_and(is_own);
        let whole = match own_words {
            true => format!("{title} in all"),
            false => words.to_owned(),
        };
        if matches!(self.pos, SourcePos::Cell(..)) {
            let column = if is_known { "measure" } else { "measure_title" };
            let codes = match measure {
                Some(Measure { dimension, .. }) if !is_known => {
                    format!(", dimension {dimension}, growth GROWTH")
                }
                _ => String::new(),
            };
            return format!(
                "{two}: give the whole a row above with the same claim, {column} {}{codes}, value {number}; and \
                 here value {}",
                quoted(&whole),
                quoted(&format!("{part} of {whole}"))
            );
        }
        let mut flags = Vec::new();
        if !is_known {
            flags.push(format!("--new-measure {}", quote_for_shell(&format!("{whole}={new}"))));
        }
        flags.push(format!("--figure {}", quote_for_shell(&format!("{whole}={number}"))));
        flags.push(format!("--figure {}", quote_for_shell(&format!("{title}={part} of {whole}"))));
        format!("{two}: {} adds both", flags.join(" "))
    }

    /// The measure of the figure.
    fn measure(&self, rows: &RowWriter<'_>, records: &[Record]) -> Result<Option<Measure>> {
        let Some(key) = self.field(rows, "measure")? else { return Ok(None) };
        let row = read_row(rows.archive(), &MEASURE, &key)?;
        let new = of_key(records, &key);
        let text = |name: &str| {
            let held = || row.as_ref()?.get(MEASURE.position(name)?)?.as_text().map(str::to_owned);
            match new.and_then(|record| record.given(name)) {
                Some(given) => given.value.as_text().map(str::to_owned),
                None => held(),
            }
        };
        let of = |name: &str| text(name).unwrap_or_default();
        Ok(Some(Measure {
            title: of("title"),
            dimension: of("dimension"),
            unit: text("unit"),
            key,
        }))
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
            [] => format!(
                "no figure of this claim counts {whole}, and none has that key; give the whole {}, or the key \
                 of a figure of another claim",
                match self.pos {
                    SourcePos::Cell(..) => "a row above".to_owned(),
                    _ => format!("with it, --figure \"{name}=NUMBER\""),
                }
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

/// Returns true for the record of the figure with this key.
fn is_figure(record: &Record, key: &str) -> bool {
    record.kind.is(&FIGURE) && record.text("key") == Some(key)
}

/// The number of the figure with this key, as the archive holds it.
fn value_of(rows: &RowWriter<'_>, key: &str) -> Result<Option<Value>> {
    let position = FIGURE.position("value");
    let row = read_row(rows.archive(), &FIGURE, key)?;
    Ok(row.zip(position).map(|(row, position)| row[position].clone()))
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
