//! Adds one record given by flags: the same reading, the same problems, the same way in.

use crate::error::{Error, Result};
use crate::intake::{Sink, Unit, read_text_into};
use crate::model::{
    ASSESSMENT, CLAIM, CancelToken, EVIDENCE, Field, Kind, LINKS, LOCATION, MEASURE, MENTION,
    Nested, PLACE as PLACE_KIND, RESTS_ON_EVIDENCE, Record, SourcePos, Type, Value, did_you_mean,
    fold_name, kind_of_table, kind_of_word, quoted, stand_in_key,
};
use crate::ops::code_words::codes_in_words;
use crate::ops::context::{Context, Deed, current_key, flag_pos, open_reader, open_writer};
use crate::ops::import::{
    ImportMode, NameResolver, Tally, WriteMode, fill_in_table, fill_key, free_key,
    import_in_transaction, import_units, proposed_key,
};
use crate::ops::similar::{Alike, Newest, find_alike};
use crate::store::{
    NamedKey, RowWriter, Words, Writer, all_keys, exists, keys_holding, numbers_of, read_aliases,
};
use std::path::Path;

/// The flag of a place, with the relation to it.
pub const PLACE: &str = "place";
/// The flag of a place that is added with its claim.
pub const NEW_PLACE: &str = "new-place";
/// The flag of a source that is added with its claim or mention.
pub const NEW_SOURCE: &str = "new-source";
/// The flag of a further source that states the claim, with the locator in it.
pub const ALSO: &str = "also";

/// A record by flags.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The kind of the record.
    pub kind: &'static Kind,
    /// Values by the name of the field.
    pub fields: Vec<(String, String)>,
    /// The records nested in it, each by its fields.
    pub nested: Vec<Inside>,
    /// New records that it refers to by name, added with it.
    pub along: Vec<Along>,
    /// Change the record that has the key, instead of refusing to take a key twice.
    pub update: bool,
    /// Remove the places of the claim that are not given.
    pub replace_places: bool,
}

/// A record inside the one that is added.
#[derive(Clone, Debug)]
pub struct Inside {
    /// The word for it there.
    pub word: &'static str,
    /// The flag that gave it, where one flag gives the whole record.
    pub flag: Option<&'static str>,
    /// Values by the name of the field.
    pub fields: Vec<(String, String)>,
}

/// A record that is added along with another, without a key of its own.
#[derive(Clone, Debug)]
pub struct Along {
    /// Its kind.
    pub kind: &'static Kind,
    /// The flag that gave it.
    pub flag: &'static str,
    /// Values by the name of the field.
    pub fields: Vec<(String, String)>,
    /// Values that have a flag each, called like the field.
    pub described: Vec<(String, String)>,
    /// The records nested in it, each by its fields.
    pub nested: Vec<Inside>,
}

/// The outcome of adding a record.
#[derive(Clone, Debug)]
pub struct Added {
    /// The key that was made up for it, where none was given.
    pub proposed: Option<String>,
    /// The key it has, if it has one.
    pub key: Option<String>,
    /// The number of rows added, changed and left, by table.
    pub tallies: Vec<Tally>,
    /// What of it may be there already.
    pub alike: Alike,
    /// True if `check` asks for evidence of the verdict that was given.
    pub lacks_evidence: bool,
}

/// Adds the record; with `update`, changes what differs of the one that is there.
///
/// # Errors
/// [`crate::error::Error::Problems`] with every problem, each named by its flag.
pub fn add(options: &Options<'_>, context: &Context) -> Result<Added> {
    add_as(Deed::of("add"), options, context)
}

/// Adds the record as a part of another command.
pub(super) fn add_as(deed: Deed<'_>, options: &Options<'_>, context: &Context) -> Result<Added> {
    let writer = open_writer(options.archive, context)?;
    let words = Words::read(&writer)?;
    let kind = options.kind;
    let mut unit = Unit::default();
    let mut record = read(kind, &options.fields, None, &words, &mut unit.problems);
    date_now(&mut record, context);
    name_claims(&writer, &mut record)?;
    if !options.update {
        fill_in_table(&mut record);
    }
    if !options.update
        && record.given("key").is_none()
        && let Some(key) = proposed_key(&record)
    {
        // A claim that is linked to the one of that key is another.
        let key = match links_to(&writer, options, &key)? {
            true => free_key(&writer, kind, &key)?,
            false => key,
        };
        record.set("key", Value::Text(key), flag_pos("key"));
        record.proposed = true;
    }
    let (along, parts_along) = read_along(&writer, options, &words, &mut unit.problems)?;
    // A record that refers to what is added along is resolved beside it.
    let refers = |along: &Along| kind.fields.iter().any(|field| refers_to(field, along.kind));
    let mut beside = match options.along.iter().any(refers) {
        true => along.clone(),
        false => Vec::new(),
    };
    beside.push(record);
    let named = NameResolver::default().resolve(
        &mut RowWriter::new(&writer, &context.now),
        &read_aliases(&writer)?,
        &mut beside,
    )?;
    unit.problems.extend(named);
    let mut record = beside.swap_remove(beside.len() - 1);
    fill_key(&mut record);
    let (given, proposed) = (record.text("key").map(str::to_owned), record.proposed);
    let mut children = Vec::new();
    for part in &options.nested {
        let Some(nested) = parts_of(kind).find(|nested| nested.word == part.word) else {
            continue;
        };
        let mut child = inside(nested, part, given.as_deref(), &words, &mut unit.problems);
        date_now(&mut child, context);
        name_claims(&writer, &mut child)?;
        if nested.kind.authored {
            children.push(child);
        } else {
            record.parts.push(child);
        }
    }
    add_evidence(options, &mut children, &words, &mut unit.problems);
    let bare = std::iter::once(&record).chain(&children).any(is_bare);
    unit.records.extend(along);
    unit.records.push(record);
    unit.records.extend(parts_along);
    let places = kept_places(&writer, &children)?;
    unit.records.append(&mut children);
    if let (Some(key), true, false) = (&given, kind.keyed(), proposed) {
        let held = exists(&writer, kind.table, key)?;
        let word = kind.word;
        match (held, options.update) {
            (true, false) => {
                let what = format!(
                    "{word} {key} is there already; --update changes it, another --key makes a \
                     second {word}"
                );
                unit.problems.push((flag_pos("key"), what));
            }
            (false, true) => {
                let known = all_keys(&writer, kind.table)?;
                return Err(Error::NotFound {
                    what: word.to_owned(),
                    name: key.clone(),
                    near: did_you_mean(key, known.iter().map(String::as_str)),
                    hint: format!("without --update a new {word} is added"),
                });
            }
            _ => {}
        }
    }
    let mode = match (options.update, kind.keyed()) {
        (true, true) => WriteMode::Keep,
        (true, false) => WriteMode::ChangeOnly,
        (false, _) => WriteMode::AddOnly,
    };
    let newest = Newest::of(&writer)?;
    let outcome = match (options.replace_places, &given) {
        (true, Some(claim)) => {
            let mode = ImportMode { write: mode, ..ImportMode::default() };
            import_in_transaction(&writer, context, deed, mode, false, None, |importer| {
                importer.remove_other_places(claim, &places)?;
                importer.begin("", true);
                importer.unit(unit);
                Ok(())
            })?
        }
        _ => import_units(&writer, vec![(String::new(), unit)], Vec::new(), context, deed, mode)?,
    };
    let made_up = outcome.made_up.into_iter().find(|(table, _)| *table == kind.table);
    let made_up = made_up.map(|(_, key)| key);
    let alike = find_alike(&writer, newest, &[])?;
    let tallies = outcome.tallies;
    let is_new = tallies.iter().any(|tally| tally.table == ASSESSMENT.table && tally.new > 0);
    let key = made_up.clone().or(given);
    let lacks_evidence = match bare && is_new {
        true => holds(&writer, options, key.as_deref())?,
        false => false,
    };
    Ok(Added { key, proposed: made_up, tallies, alike, lacks_evidence })
}

/// Reads the records that are added along, each with a stand-in for its key, and those nested in them.
fn read_along(
    writer: &Writer,
    options: &Options<'_>,
    words: &Words,
    problems: &mut Vec<(SourcePos, String)>,
) -> Result<(Vec<Record>, Vec<Record>)> {
    let (mut records, mut parts) = (Vec::new(), Vec::new());
    for (n, along) in options.along.iter().enumerate() {
        let Along { kind, flag, fields, described, nested } = along;
        let mut record = read(kind, fields, Some(flag), words, problems);
        set_fields(&mut record, described, None, words, problems);
        record.pos = flag_pos(flag);
        let key = stand_in_key(n);
        record.set("key", Value::Text(key.clone()), flag_pos(flag));
        record.proposed = true;
        problems.extend(lacks_unit(writer, &record, flag)?);
        for part in nested {
            let nested = parts_of(kind).find(|nested| nested.word == part.word);
            parts.extend(nested.map(|nested| inside(nested, part, Some(&key), words, problems)));
        }
        records.push(record);
    }
    Ok((records, parts))
}

/// Returns true for a field that refers to a record of a kind.
fn refers_to(field: &Field, kind: &Kind) -> bool {
    matches!(field.ty, Type::Ref(table) if kind.is_of(table))
}

/// Puts the keys of claims in place of their texts.
fn name_claims(writer: &Writer, record: &mut Record) -> Result<()> {
    for (field, given) in record.kind.fields.iter().zip(&mut record.values) {
        let (Type::Ref(table), Some(given)) = (field.ty, given) else { continue };
        if let (true, Some(text)) = (CLAIM.is_of(table), given.value.as_text()) {
            given.value = Value::Text(current_key(writer, &CLAIM, text)?);
        }
    }
    Ok(())
}

/// Adds the evidence of flags to the verdict that the flags of its claim give.
fn add_evidence(
    options: &Options<'_>,
    children: &mut [Record],
    words: &Words,
    problems: &mut Vec<(SourcePos, String)>,
) {
    if options.kind.is(&ASSESSMENT) {
        return;
    }
    let Some(nested) = ASSESSMENT.nested.iter().find(|nested| nested.kind.is(&EVIDENCE)) else {
        return;
    };
    for part in options.nested.iter().filter(|part| part.word == nested.word) {
        let evidence = inside(nested, part, None, words, problems);
        match children.iter_mut().find(|child| child.kind.is(&ASSESSMENT)) {
            Some(verdict) => verdict.parts.push(evidence),
            None => {
                let what = "evidence is that of a verdict; give it with --verdict".to_owned();
                problems.push((flag_pos(nested.word), what));
            }
        }
    }
}

/// Returns true for a verdict without the evidence that `check` asks for.
fn is_bare(record: &Record) -> bool {
    let is_evidence = |part: &Record| part.kind.is(&EVIDENCE);
    record.kind.is(&ASSESSMENT)
        && record.text("status") == Some(RESTS_ON_EVIDENCE)
        && !record.parts.iter().any(is_evidence)
}

/// Returns true if the claim has the status that rests on evidence, of whatever verdict that is.
fn holds(writer: &Writer, options: &Options<'_>, key: Option<&str>) -> Result<bool> {
    let claim = match options.kind.is(&CLAIM) {
        true => key.map(str::to_owned),
        false => options.fields.iter().find(|(name, _)| name == "claim").map(|(_, c)| c.clone()),
    };
    let Some(claim) = claim else { return Ok(false) };
    Ok(writer.verdict(&current_key(writer, &CLAIM, &claim)?)?.0 == RESTS_ON_EVIDENCE)
}

/// A name that a record to be added refers to, and that no record has.
#[derive(Clone, Debug)]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// The field that states it, and the word for the record of that field.
    pub stated_in: (&'static str, &'static str),
    /// The kind of record that would have it.
    pub kind: &'static Kind,
    /// Returns the fields that a new record of the kind has to state, each with the words to choose from.
    pub asks_for: Vec<(&'static Field, String)>,
    /// Records whose key or name holds the name, as `KEY (NAME)`: one of them may be meant.
    pub near: Vec<String>,
}

/// The most records that are named beside a name that none has.
const MAX_NEAR: usize = 3;

/// Finds the names in the nested records that neither a record of the archive nor one that is added
/// along has.
///
/// # Errors
/// Fails if the archive cannot be read, or several records have a name.
pub fn unknown_names(options: &Options<'_>) -> Result<Vec<UnknownName>> {
    // The source and the speaker of a mention may be new, as those of a claim.
    let own = options.kind.is(&MENTION).then_some((MENTION.word, options.kind, &options.fields));
    if options.nested.is_empty() && own.is_none() {
        return Ok(Vec::new());
    }
    let db = open_reader(options.archive, CancelToken::never())?;
    let mut unknown: Vec<UnknownName> = Vec::new();
    let nested = options.nested.iter().filter_map(|part| {
        let nested = parts_of(options.kind).find(|nested| nested.word == part.word)?;
        Some((nested.word, nested.kind, &part.fields))
    });
    let along = options.along.iter().map(|along| (along.kind.word, along.kind, &along.fields));
    for (word, own_kind, fields) in own.into_iter().chain(nested).chain(along) {
        for (name, value) in fields {
            let field = own_kind.fields.iter().find(|field| field.name == name);
            let Some(Type::Ref(table)) = field.map(|field| field.ty) else { continue };
            let Some(kind) = kind_of_table(table) else { continue };
            let Some(title) = kind.key_from else { continue };
            let is_along = options.along.iter().filter(|along| along.kind.is(kind)).any(|along| {
                along
                    .fields
                    .iter()
                    .any(|(name, text)| name == title && fold_name(text) == fold_name(value))
            });
            let key = current_key(&db, kind, value)?;
            // An empty value empties a field, and is no name.
            if value.trim().is_empty() || is_along || exists(&db, table, &key)? {
                continue;
            }
            let asks_for = kind.fields.iter().filter_map(|field| match field.ty {
                Type::Code(codes) if kind.must_be_stated(field) => Some((field, codes)),
                _ => None,
            });
            let asks_for = asks_for.map(|(field, codes)| Ok((field, codes_in_words(&db, codes)?)));
            let asks_for = asks_for.collect::<Result<_>>()?;
            let Some(field) = field else { continue };
            let stated_in = (word, field.name);
            let near = keys_holding(&db, kind, value.trim(), MAX_NEAR)?.into_iter().take(MAX_NEAR);
            let near = near.map(|NamedKey { key, name }| match name {
                Some(name) => format!("{key} ({name})"),
                None => key,
            });
            let near = near.collect();
            unknown.push(UnknownName { name: value.clone(), stated_in, kind, asks_for, near });
        }
    }
    Ok(unknown)
}

/// The records that flags put into a record of a kind: those that a document nests in it, and the links of
/// a claim.
pub(super) fn parts_of(kind: &'static Kind) -> impl Iterator<Item = &'static Nested> {
    kind.nested.iter().chain(kind.is(&CLAIM).then_some(&LINKS))
}

/// Returns true if a record of these flags is linked to the one that has this key.
fn links_to(writer: &Writer, options: &Options<'_>, key: &str) -> Result<bool> {
    let links = options.nested.iter().filter(|part| part.word == LINKS.word);
    let mut others = links.flat_map(|part| &part.fields).filter(|(name, _)| name == "to");
    others.try_fold(false, |found, (_, to)| Ok(found || current_key(writer, &CLAIM, to)? == key))
}

/// The problem of a new measure whose numbers say nothing without a unit, and that has none.
fn lacks_unit(writer: &Writer, record: &Record, flag: &str) -> Result<Option<(SourcePos, String)>> {
    let (Some(dimension), Some(title)) = (record.text("dimension"), record.text("title")) else {
        return Ok(None);
    };
    let needs_unit = record.kind.is(&MEASURE) && numbers_of(writer, dimension)?.needs_unit;
    if !needs_unit || record.text("unit").is_some() {
        return Ok(None);
    }
    let growth = record.text("growth").unwrap_or("GROWTH");
    let what = format!(
        "a number of {dimension} says nothing without its unit: --{flag} {} with UNIT such as EUR or m",
        quoted(&format!("{title}={dimension}:{growth}:UNIT"))
    );
    Ok(Some((flag_pos(flag), what)))
}

/// The places among the parts of a claim, each with its key and the relation.
fn kept_places(writer: &Writer, children: &[Record]) -> Result<Vec<(String, String)>> {
    let places = children.iter().filter(|child| child.kind.is(&PLACE_KIND));
    let places = places.filter_map(|place| {
        let relation = place.text("relation").unwrap_or(PLACE_KIND.default_of("relation"));
        Some((place.text("location")?, relation))
    });
    let key = |(place, relation): (&str, &str)| {
        Ok((current_key(writer, &LOCATION, place)?, relation.to_owned()))
    };
    places.map(key).collect()
}

/// Dates a judgement that is given now: it is a new one, also when it says what an earlier one said.
fn date_now(record: &mut Record, context: &Context) {
    if record.kind.append_only && record.given("at").is_none() {
        record.set("at", Value::from(context.now.as_str()), flag_pos("at"));
    }
}

/// Reads a record given by flags.
pub(in crate::ops) fn read(
    kind: &'static Kind,
    fields: &[(String, String)],
    given_by: Option<&str>,
    words: &Words,
    problems: &mut Vec<(SourcePos, String)>,
) -> Record {
    let mut record = Record::new(kind, SourcePos::Whole);
    set_fields(&mut record, fields, given_by, words, problems);
    record
}

/// Sets fields of a record that are given by flags.
fn set_fields(
    record: &mut Record,
    fields: &[(String, String)],
    given_by: Option<&str>,
    words: &Words,
    problems: &mut Vec<(SourcePos, String)>,
) {
    let kind = record.kind;
    let pos_of = |name: &str| match (given_by, kind.word, name) {
        (None, "assessment", "claim" | "status") => SourcePos::Flag(name.to_uppercase()),
        _ => flag_pos(given_by.unwrap_or(name)),
    };
    for (name, text) in fields {
        let Some(position) = kind.position(name) else { continue };
        let field = &kind.fields[position];
        if text.is_empty() && !field.required {
            // An empty value empties the field, or brings back what holds when nothing is said.
            record.set(name, field.default.map_or(Value::Null, Value::from), pos_of(name));
            continue;
        }
        if let Err(what) = read_text_into(record, field, text, pos_of(name), words) {
            problems.push((pos_of(name), what));
        }
    }
}

fn inside(
    nested: &Nested,
    part: &Inside,
    parent: Option<&str>,
    words: &Words,
    problems: &mut Vec<(SourcePos, String)>,
) -> Record {
    let mut record = read(nested.kind, &part.fields, part.flag, words, problems);
    if let (Some(parent), true) = (parent, nested.kind.position(nested.parent).is_some()) {
        record.set(nested.parent, Value::from(parent), flag_pos("key"));
    }
    record
}

/// The kinds that can be added by flags.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        "source", "claim", "location", "measure", "figure", "mention", "origin", "grade", "place",
        "name", "link", "equation",
    ]
    .into_iter()
    .filter_map(kind_of_word)
}
