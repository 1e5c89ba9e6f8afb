//! The words that the columns of a report hold: codes of a code list, keys of records, dates, moments. A
//! condition on a code or a key that there is not is an error, instead of an answer without rows.

use super::filter::ReportFilter;
use crate::error::{Error, Result};
use crate::model::{
    CLAIM, EQUATION, FIGURE, KINDS, Kind, LOCATION, MEASURE, Role, SOURCE, Type, all_kinds,
    did_you_mean, quoted,
};
use crate::store::{
    Answers, Test, column_texts, defined_codes, few_keys, keys_of_name, resolve_key, words,
};

/// The most keys with which a mistyped one is compared.
const MAX_COMPARED: u32 = 20_000;

/// What a column holds.
#[derive(Clone, Debug)]
pub(super) enum Words {
    /// Keys of one of these kinds, in a list or alone.
    Keys(Vec<&'static Kind>),
    /// Codes of one of these code lists, and words of the report's own.
    Codes(Vec<&'static str>, Vec<String>),
    /// Dates as stated (EDTF).
    Dates,
    /// Moments (UTC).
    Moments,
    /// Texts and numbers.
    Others,
}

/// The columns of reports that hold keys, and of which kind.
const KEY_COLUMNS: [(&str, &Kind); 18] = [
    ("claim", &CLAIM),
    ("other_claim", &CLAIM),
    ("source", &SOURCE),
    ("sources", &SOURCE),
    ("other_sources", &SOURCE),
    ("repeated_by", &SOURCE),
    ("speaker", &SOURCE),
    ("speakers", &SOURCE),
    ("speaks_for", &SOURCE),
    ("assessor", &SOURCE),
    ("place", &LOCATION),
    ("places", &LOCATION),
    ("location", &LOCATION),
    ("said_of", &LOCATION),
    ("within", &LOCATION),
    ("measure", &MEASURE),
    ("figure", &FIGURE),
    ("equation", &EQUATION),
];

/// Those of them that hold several keys, with commas between.
const KEY_LISTS: [&str; 6] =
    ["sources", "other_sources", "repeated_by", "speakers", "speaks_for", "places"];

/// Those of them that hold the key of what a row is about, by which every report that has it finds its rows.
const SUBJECTS: [&str; 5] = ["claim", "source", "speaker", "place", "measure"];

/// Returns the kind of record whose keys this column of a shipped report holds, one in a row, and by which the report
/// finds its rows; `None` for another column.
pub(super) fn subject_kind(column: &str) -> Option<&'static Kind> {
    let found = KEY_COLUMNS.iter().find(|(name, _)| *name == column && SUBJECTS.contains(name));
    found.map(|(_, kind)| *kind)
}

/// The columns of reports that hold codes under another name than the field has.
const STATUS_COLUMNS: [&str; 3] = ["holds", "other_status", "suggests"];

/// The vocabulary of a report.
pub(super) struct Vocabulary<'a> {
    pub db: &'a dyn Answers,
    pub report: &'a ReportFilter,
}

impl Vocabulary<'_> {
    /// Tells what a column holds. The report says it, or a field of this name, of whatever record.
    pub fn words_of(&self, column: &str) -> Words {
        if let Some((_, words)) = self.report.header.words.iter().find(|(name, _)| name == column) {
            let list = |word: &String| {
                let table = word.strip_suffix(".code")?;
                all_kinds().find(|kind| kind.role == Role::CodeList && kind.table == table)
            };
            let lists = words.iter().filter_map(list).map(|kind| kind.table).collect();
            return Words::Codes(
                lists,
                words.iter().filter(|w| list(w).is_none()).cloned().collect(),
            );
        }
        let keys: Vec<&'static Kind> =
            KEY_COLUMNS.iter().filter(|(name, _)| *name == column).map(|(_, kind)| *kind).collect();
        if !keys.is_empty() {
            return Words::Keys(keys);
        }
        if STATUS_COLUMNS.contains(&column) {
            return self.words_of("status");
        }
        let authored = KINDS.iter().filter(|kind| kind.authored);
        let fields = authored.flat_map(|kind| kind.fields.iter().map(move |field| (*kind, field)));
        let mut codes: Vec<(&Kind, &'static str)> = Vec::new();
        for (kind, field) in fields.filter(|(_, field)| field.name == column) {
            match field.ty {
                Type::Code(table) | Type::CodeNumber(table) => codes.push((kind, table)),
                Type::Date => return Words::Dates,
                Type::Time => return Words::Moments,
                _ => {}
            }
        }
        // Several records have a field of this name: it is that of the record that a row is about, if that has one.
        if let Some(subject) = self.subject()
            && codes.iter().any(|(kind, _)| kind.is(subject))
        {
            codes.retain(|(kind, _)| kind.is(subject));
        }
        let codes: Vec<&'static str> = codes.into_iter().map(|(_, table)| table).collect();
        if codes.is_empty() { Words::Others } else { Words::Codes(codes, Vec::new()) }
    }

    /// The kind of record that a row of the report is about: that of the first key in it.
    fn subject(&self) -> Option<&'static Kind> {
        let columns = self.report.columns();
        columns
            .filter_map(|column| KEY_COLUMNS.iter().find(|(name, _)| *name == column))
            .map(|(_, kind)| *kind)
            .next()
    }

    /// The tests for keys or names: one, or several with commas between.
    pub fn key_tests(
        &self,
        column: &str,
        kinds: &[&'static Kind],
        value: &str,
    ) -> Result<Vec<Test>> {
        // A name may have a comma in it.
        if value.contains(',')
            && !value.contains('*')
            && let Ok(test) = self.key_test(column, kinds, value)
        {
            return Ok(vec![test]);
        }
        let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| self.key_test(column, kinds, part)).collect()
    }

    fn key_test(&self, column: &str, kinds: &[&'static Kind], value: &str) -> Result<Test> {
        if value.contains('*') {
            return Ok(Test::Matches(value.to_owned()));
        }
        for kind in kinds {
            let mut keys: Vec<String> = resolve_key(self.db, kind, value)?.into_iter().collect();
            if keys.is_empty() {
                keys = keys_of_name(self.db, kind, value)?;
            }
            match keys.as_slice() {
                [] => {}
                [key]
                    if kind.is(&LOCATION)
                        && !self.report.header.exact.iter().any(|c| c == column) =>
                {
                    return Ok(Test::Inside(key.clone()));
                }
                [key] if KEY_LISTS.contains(&column) => return Ok(Test::Has(key.clone())),
                // One key: the condition reaches its rows by an index.
                [key] => return Ok(Test::Is(key.clone())),
                several => {
                    return Err(Error::Refused {
                        what: format!("{column}: several are called {}", quoted(value)),
                        hint: format!("write the key of one: {}", several.join(", ")),
                    });
                }
            }
        }
        // A report of the user's may hold other words under this name.
        if self.is_in_column(column, value)? {
            return Ok(Test::Is(value.to_owned()));
        }
        let mut known = Vec::new();
        for kind in kinds {
            known.extend(few_keys(self.db, kind.table, MAX_COMPARED)?);
        }
        let noun = kinds.first().map_or("record", |kind| kind.word);
        Err(Error::NotFound {
            what: noun.to_owned(),
            name: value.to_owned(),
            near: did_you_mean(value, known.iter().map(String::as_str)),
            hint: format!(
                "`{column}~TEXT` finds keys that contain a text, and {column}=TEXT* those that begin with it"
            ),
        })
    }

    /// The test for one code, in any case.
    pub fn code_test(
        &self,
        column: &str,
        tables: &[&'static str],
        own: &[String],
        value: &str,
    ) -> Result<Test> {
        if value.contains('*') {
            return Ok(Test::Matches(value.to_owned()));
        }
        let mut known = own.to_vec();
        for table in tables {
            for code in defined_codes(self.db, table)? {
                if !known.contains(&code.key) {
                    known.push(code.key);
                }
            }
        }
        if let Some(code) = known.iter().find(|code| code.eq_ignore_ascii_case(value)) {
            return Ok(Test::Is(code.clone()));
        }
        // Some reports have words of their own in such a column, and say so.
        let meaning = self.report.header.columns.iter().find(|(name, _)| name == column);
        let is_meant = meaning.is_some_and(|(_, meaning)| {
            meaning.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == value)
        });
        if is_meant || self.is_in_column(column, value)? {
            return Ok(Test::Is(value.to_owned()));
        }
        let held = self.texts_in(column, None)?;
        let words = || held.iter().chain(&known).map(String::as_str);
        Err(Error::NotFound {
            what: column.to_owned(),
            name: value.to_owned(),
            near: did_you_mean(value, words()),
            hint: match held.is_empty() {
                true => format!("{column} is one of {}", known.join(", ")),
                false => format!("{column} is one of {} here", held.join(", ")),
            },
        })
    }

    /// Returns true if some row of the report has this text in a column.
    fn is_in_column(&self, column: &str, value: &str) -> Result<bool> {
        Ok(!self.texts_in(column, Some(value))?.is_empty())
    }

    /// The first texts that a column of the report has, or this one, if it has it.
    fn texts_in(&self, column: &str, wanted: Option<&str>) -> Result<Vec<String>> {
        let mut query = column_texts(&self.report.view, column, wanted);
        if let Some(prelude) = &self.report.prelude {
            query.sql = format!("{prelude}{}", query.sql);
        }
        words(self.db, &query)
    }
}
