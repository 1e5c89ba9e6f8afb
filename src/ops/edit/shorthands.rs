//! Takes apart what a flag says in short: the relation before a place, the locator behind a source, and the
//! key that a new record is going to get.

use super::add::{
    ALSO, Along, Inside, NEW_PLACE, NEW_SOURCE, Options, PLACE as PLACE_FLAG, parts_of,
};
use super::assess::find_evidence;
use crate::error::{Error, Result};
use crate::intake::read_text_into;
use crate::model::{
    CancelToken, EVIDENCE, Kind, LOCATION, PLACE, Record, SOURCE, SourcePos, Type, fold_name,
    kind_of_table, propose_key, quoted,
};
use crate::ops::context::open_reader;
use crate::store::{Reader, Words, keys_of_name, resolve_key};

/// Takes the flags of a record apart that say several things in one value. A name that holds the sign
/// between them is taken whole where a record has it.
///
/// # Errors
/// Fails if the archive cannot be read, or a value has two readings.
pub fn settle(options: &mut Options<'_>) -> Result<()> {
    if options.nested.is_empty() && options.along.is_empty() {
        return Ok(());
    }
    let db = open_reader(options.archive, CancelToken::never())?;
    let names = Names { words: Words::read(&db)?, along: options.along.clone(), db };
    for part in &mut options.nested {
        let [(_, value)] = part.fields.as_slice() else { continue };
        if part.word == EVIDENCE.word {
            *part = names.evidence(value)?;
            continue;
        }
        part.fields = match part.flag {
            Some(PLACE_FLAG) => names.relation_and_place(value)?,
            Some(ALSO) => names.source_and_locator(value)?,
            _ => continue,
        };
    }
    let kind = options.kind;
    for Inside { word, fields, .. } in &mut options.nested {
        let nested = parts_of(kind).find(|nested| nested.word == *word);
        nested.map_or(Ok(()), |nested| names.name_new(nested.kind, fields))?;
    }
    names.name_new(kind, &mut options.fields)?;
    for along in &mut options.along {
        names.name_new(along.kind, &mut along.fields)?;
        for Inside { word, fields, .. } in &mut along.nested {
            let nested = parts_of(along.kind).find(|nested| nested.word == *word);
            nested.map_or(Ok(()), |nested| names.name_new(nested.kind, fields))?;
        }
    }
    leave_out_sources_with_locators(options);
    leave_out_implied_places(options);
    Ok(())
}

/// Leaves out that a further new source states the claim where another flag says where in it.
fn leave_out_sources_with_locators(options: &mut Options<'_>) {
    let source = |part: &Inside| {
        part.fields.iter().find(|(field, _)| field == SOURCE.word).map(|(_, name)| fold_name(name))
    };
    let also = options.nested.iter().filter(|part| part.flag == Some(ALSO));
    let said: Vec<String> = also.filter_map(source).collect();
    options.nested.retain(|part| {
        let source = source(part).filter(|_| part.flag == Some(NEW_SOURCE));
        !source.is_some_and(|source| said.contains(&source))
    });
}

/// Leaves out that the claim is simply at a new place where another flag says how it is related to it, and
/// where another new place lies within it: the inner one says where the claim is.
fn leave_out_implied_places(options: &mut Options<'_>) {
    let value = |fields: &[(String, String)], name: &str| {
        fields.iter().find(|(field, _)| field == name).map(|(_, text)| fold_name(text))
    };
    let around = options.along.iter().filter_map(|along| value(&along.fields, "within"));
    let related = options.nested.iter().filter(|part| part.flag == Some(PLACE_FLAG));
    let said: Vec<String> =
        around.chain(related.filter_map(|part| value(&part.fields, "location"))).collect();
    options.nested.retain(|part| {
        let place = value(&part.fields, "location").filter(|_| part.flag == Some(NEW_PLACE));
        !place.is_some_and(|place| said.contains(&place))
    });
}

/// The names of the archive and of the records that are added along.
struct Names {
    db: Reader,
    words: Words,
    along: Vec<Along>,
}

impl Names {
    /// Returns true if a record of the archive has this key or name, or one that is added along has the
    /// name.
    fn is_known(&self, kind: &'static Kind, name: &str) -> Result<bool> {
        Ok(self.title_along(kind, |title| fold_name(title) == fold_name(name)).is_some()
            || self.is_held(kind, name)?)
    }

    fn is_held(&self, kind: &'static Kind, name: &str) -> Result<bool> {
        Ok(resolve_key(&self.db, kind, name)?.is_some()
            || !keys_of_name(&self.db, kind, name)?.is_empty())
    }

    /// The title of the first record added along that `is` it.
    fn title_along(&self, kind: &'static Kind, is: impl Fn(&str) -> bool) -> Option<&str> {
        let along = self.along.iter().filter(|along| along.kind.is(kind));
        let titles = along.flat_map(|along| &along.fields);
        let mut titles = titles.filter(|(name, _)| Some(name.as_str()) == kind.key_from);
        titles.find(|(_, title)| is(title)).map(|(_, title)| title.as_str())
    }

    /// Splits the relation to a place from the place: `within:tarn-district`.
    fn relation_and_place(&self, value: &str) -> Result<Vec<(String, String)>> {
        let whole = || vec![("location".to_owned(), value.to_owned())];
        let Some((relation, place)) = value.split_once(':') else { return Ok(whole()) };
        let (relation, place) = (relation.trim(), place.trim());
        let mut record = Record::new(&PLACE, SourcePos::Whole);
        let field = PLACE.fields.iter().find(|field| field.name == "relation");
        let is_relation = field.is_some_and(|field| {
            read_text_into(&mut record, field, relation, SourcePos::Whole, &self.words).is_ok()
        });
        let rest_is_known = !place.is_empty() && self.is_known(&LOCATION, place)?;
        match (self.is_known(&LOCATION, value)?, is_relation, rest_is_known) {
            (true, true, true) => Err(two_readings(PLACE_FLAG, value, place)),
            (true, ..) => Ok(whole()),
            (false, false, false) => Ok(whole()),
            _ => Ok(vec![
                ("location".to_owned(), place.to_owned()),
                ("relation".to_owned(), relation.to_owned()),
            ]),
        }
    }

    /// Splits the locator from a source that states the claim too: `tarn-courier=¶2`.
    fn source_and_locator(&self, value: &str) -> Result<Vec<(String, String)>> {
        let whole = || vec![("source".to_owned(), value.to_owned())];
        let Some((source, locator)) = value.rsplit_once('=') else { return Ok(whole()) };
        let source = source.trim();
        match (self.is_known(&SOURCE, value)?, self.is_known(&SOURCE, source)?) {
            (true, true) => Err(two_readings(ALSO, value, source)),
            (true, false) => Ok(whole()),
            (false, _) => Ok(vec![
                ("source".to_owned(), source.to_owned()),
                ("locator".to_owned(), locator.trim().to_owned()),
            ]),
        }
    }

    /// A piece of evidence: a source that is added along, or a record of the archive.
    fn evidence(&self, name: &str) -> Result<Inside> {
        let is_it = |title: &str| {
            fold_name(title) == fold_name(name) || propose_key(title, SOURCE.word) == name
        };
        match self.title_along(&SOURCE, is_it) {
            Some(title) if !self.is_held(&SOURCE, name)? => {
                let fields = vec![(SOURCE.word.to_owned(), title.to_owned())];
                Ok(Inside { word: EVIDENCE.word, flag: Some(EVIDENCE.word), fields })
            }
            _ => find_evidence(&self.db, name),
        }
    }

    /// Puts the name of a record that is added along in place of the key that it is going to get, unless
    /// the archive has a record of that key.
    fn name_new(&self, kind: &'static Kind, fields: &mut [(String, String)]) -> Result<()> {
        for (name, value) in fields {
            let field = kind.fields.iter().find(|field| field.name == name);
            let Some(Type::Ref(table)) = field.map(|field| field.ty) else { continue };
            let Some(of) = kind_of_table(table) else { continue };
            let title = self.title_along(of, |title| propose_key(title, of.word) == *value);
            if let (Some(title), false) = (title, self.is_held(of, value)?) {
                *value = title.to_owned();
            }
        }
        Ok(())
    }
}

/// The error for a value that may be one name, or a name and more.
fn two_readings(flag: &str, whole: &str, name: &str) -> Error {
    Error::Refused {
        what: format!(
            "--{flag} {} has two readings: a record is called so, and one is called {}",
            quoted(whole),
            quoted(name)
        ),
        hint: "give the key of the one that is meant".to_owned(),
    }
}
