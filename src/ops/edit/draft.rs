//! A document to fill in by hand, and what comes back from the editor: the same reading, the same
//! problems, the same way in as a document that is imported.

use super::add;
use super::add::Inside;
use crate::error::{Error, Result};
use crate::intake::Unit;
use crate::model::{CLAIM, Field, Kind, MENTION, Problem, Record, SOURCE, SourcePos, Value};
use crate::ops::context::{Context, Deed, open_reader, open_writer};
use crate::ops::import::{
    Tally, WriteMode, find_same, free_key, import_documents, is_there_already, proposed_key,
};
use crate::render;
use crate::render::{Choices, KeyChoice, KnownFields};
use crate::store::{Reader, Words, keys_by_use, newest_keys, read_row, resolve_key};
use std::cell::RefCell;
use std::path::Path;

/// The values known before the editor opens.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The kind of the new record.
    pub kind: &'static Kind,
    /// Values by the name of the field.
    pub fields: Vec<(String, String)>,
    /// The records nested in it.
    pub nested: Vec<Inside>,
    /// True if a record that is there is to be changed: then no key is proposed.
    pub update: bool,
}

/// The document to fill in: every field with its meaning, what is known already in its place.
///
/// # Errors
/// [`Error::Problems`] when what is known already cannot be right.
pub fn template(options: &Options<'_>, context: &Context) -> Result<String> {
    let db = open_reader(options.archive, context.cancel.clone())?;
    let words = Words::read(&db)?;
    let mut problems = Vec::new();
    let record = add::read(options.kind, &options.fields, None, &words, &mut problems);
    let mut fields = options.fields.clone();
    if !options.update
        && record.given("key").is_none()
        && let Some(base) = proposed_key(&record)
    {
        match is_there_already(&record, &find_same(&db, &record, &base)?) {
            Some(problem) => problems.push(problem),
            None => fields.push(("key".to_owned(), free_key(&db, options.kind, &base)?)),
        }
    }
    if !problems.is_empty() {
        let named = |(pos, what)| Problem { input: String::new(), pos, what };
        let problems = problems.into_iter().map(named).collect();
        return Err(Error::Problems { problems, more: 0 });
    }
    if let (true, Some(key)) = (options.update && options.kind.keyed(), record.text("key"))
        && let Some(key) = resolve_key(&db, options.kind, key)?
        && let Some(row) = read_row(&db, options.kind, &key)?
    {
        // A former key reaches the record; the form shows the present one.
        fields
            .iter_mut()
            .filter(|(name, _)| name == "key")
            .for_each(|(_, old)| old.clone_from(&key));
        // What is there stands in its place; what was given beside the key takes the place of that.
        for (field, value) in options.kind.fields.iter().zip(row) {
            if !field.derived
                && !value.is_null()
                && fields.iter().all(|(name, _)| name != field.name)
            {
                fields.push((field.name.to_owned(), value.to_string()));
            }
        }
    }
    let given = |part: &Inside| KnownFields { word: part.word, fields: part.fields.clone() };
    let nested: Vec<KnownFields> = options.nested.iter().map(given).collect();
    let listed = RefCell::new(Vec::new());
    let choices = Choices {
        codes: &|table| words.of(table).to_vec(),
        // A form without a list of keys is a form.
        keys: &|of, field, kind, word| {
            let mut listed = listed.borrow_mut();
            choose_keys(&db, of, field, kind, word, &mut listed).unwrap_or_default()
        },
    };
    Ok(render::document_template(options.kind, &fields, &nested, choices))
}

/// The largest number of keys that are listed for a field.
const MAX_KEYS: usize = 20;

/// The keys to choose from for a field: those that it holds most in the archive, and where its kind is
/// referred to for the first time, the newest too. `word` is the word for the field in the form; `listed`
/// holds the tables that were listed, each with that word.
fn choose_keys(
    db: &Reader,
    of: &'static Kind,
    field: &'static Field,
    kind: &'static Kind,
    word: &'static str,
    listed: &mut Vec<(&'static str, &'static str)>,
) -> Result<KeyChoice> {
    let mut keys = keys_by_use(db, of, field, kind, MAX_KEYS)?;
    let before = listed.iter().find(|(table, _)| *table == kind.table).copied();
    let rest = match before {
        Some((_, word)) => Some(format!("or another that is listed at {word} above")),
        None => {
            listed.push((kind.table, word));
            let (newest, all) = newest_keys(db, kind, MAX_KEYS)?;
            for named in newest {
                if keys.len() < MAX_KEYS && !keys.contains(&named) {
                    keys.push(named);
                }
            }
            let columns = kind.key_from.map_or("key".to_owned(), |name| format!("key, {name}"));
            let more = all.saturating_sub(keys.len());
            let list = format!("onrecord sql \"SELECT {columns} FROM {}\"", kind.table);
            (more > 0).then(|| format!("and {more} more: {list}"))
        }
    };
    let keys: Vec<(String, String)> =
        keys.into_iter().map(|named| (named.key, named.name.unwrap_or_default())).collect();
    Ok(KeyChoice { rest: rest.filter(|_| before.is_none() || !keys.is_empty()), keys })
}

/// Adds what a draft holds; without `update`, what is there already is not changed by it, and with it, the
/// record that was to be changed is in the draft under its key.
///
/// # Errors
/// [`Error::Problems`] with every problem of the draft; nothing is written then.
pub fn take(options: &Options<'_>, text: &str, context: &Context) -> Result<Vec<Tally>> {
    let writer = open_writer(options.archive, context)?;
    let mode = if options.update { WriteMode::Keep } else { WriteMode::AddOnly };
    let draft = [("draft".to_owned(), text.as_bytes().to_vec())];
    let kept = match options.fields.iter().find(|(name, _)| name == "key") {
        Some((_, key)) if options.update && options.kind.keyed() => {
            resolve_key(&writer, options.kind, key)?
        }
        _ => None,
    };
    import_documents(&writer, &draft, context, Deed::of("add"), mode, |unit| {
        if let Some(key) = &kept {
            let reaches = |other: &str| {
                other == key
                    || resolve_key(&writer, options.kind, other)
                        .is_ok_and(|k| k.as_ref() == Some(key))
            };
            refuse_another_key(options.kind, key, &reaches, unit);
        }
        give_claims_their_source(unit);
    })
}

/// Refuses a draft in which the record to be changed has another key, or none: it would be added as a
/// second one.
fn refuse_another_key(
    kind: &'static Kind,
    key: &str,
    reaches: &dyn Fn(&str) -> bool,
    unit: &mut Unit,
) {
    let mut records = unit.records.iter().filter(|record| record.kind.is(kind));
    let Some(first) = records.clone().next() else { return };
    if records.any(|record| record.text("key").is_some_and(reaches)) {
        return;
    }
    let pos = first.given("key").map_or(&first.pos, |given| &given.pos).clone();
    let word = kind.word;
    let what = match first.text("key") {
        Some(other) => format!(
            "the {word} that is changed has the key {key}, not {other}; `onrecord rename {key} {other}` \
             changes a key"
        ),
        None => format!("the {word} that is changed has the key {key}; write key = \"{key}\""),
    };
    unit.problems.push((pos, what));
}

/// Lets the claims of a draft that names one source, and not who states them, be stated by that source.
fn give_claims_their_source(unit: &mut Unit) {
    let of = |kind: &'static Kind| unit.records.iter().filter(move |record| record.kind.is(kind));
    let name = |record: &Record| {
        let name = record.text("key").or_else(|| record.text(SOURCE.key_from?));
        name.map(str::to_owned)
    };
    let mut sources = of(&SOURCE).filter_map(name);
    let (Some(source), None) = (sources.next(), sources.next()) else { return };
    let is_stated = |claim: &str| of(&MENTION).any(|record| record.text("claim") == Some(claim));
    let mentions: Vec<Record> = of(&CLAIM)
        .filter_map(|claim| {
            let key = claim.text("key").filter(|key| !is_stated(key))?;
            let mut mention = Record::new(&MENTION, claim.pos.clone());
            mention.set("claim", Value::from(key), claim.pos.clone());
            mention.set("source", Value::from(source.as_str()), claim.pos.clone());
            Some(mention)
        })
        .collect();
    unit.records.extend(mentions);
}

/// Returns true if nothing but comments is left of a draft.
pub fn is_empty(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

/// Returns true if a draft holds what the user wrote: a line that the form did not have when it was shown
/// first.
pub fn holds_words(text: &str, form: &str) -> bool {
    let is_new = |line: &str| !line.is_empty() && !form.lines().any(|known| known.trim() == line);
    bare(text).lines().map(|line| line.trim_start_matches('\u{feff}').trim()).any(is_new)
}

/// The first line above the problems of a draft.
const HEAD: &str =
    "# Nothing was added yet. Mend what is listed, save and close; or empty the file.";

/// The draft with its problems as comments above it, in place of those of an earlier look; the
/// lines they name are those of the file as it is then.
pub fn annotated(draft: &str, problems: &[Problem]) -> String {
    let bare = bare(draft);
    // The head, a line for each problem, an empty line.
    let above = problems.len() + 2;
    let removed = draft.lines().count() - bare.lines().count();
    let mut text = format!("{HEAD}\n");
    for problem in problems {
        let place = match &problem.pos {
            SourcePos::Line(line, column) => {
                format!("line {}, column {column}: ", line.saturating_sub(removed) + above)
            }
            _ => "line 1: ".to_owned(),
        };
        let what = render::show_control_chars(&problem.what).replace(['\n', '\t'], " ");
        text.push_str(&format!("# {place}{what}\n"));
    }
    text.push('\n');
    text.push_str(bare);
    text
}

/// The draft without the problems above it.
fn bare(draft: &str) -> &str {
    if !draft.trim_start_matches('\u{feff}').starts_with(HEAD) {
        return draft;
    }
    let mut rest = draft;
    while let Some((line, after)) = rest.split_once('\n') {
        let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
        if line == HEAD || line.starts_with("# line ") {
            rest = after;
        } else {
            return if line.is_empty() { after } else { rest };
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::{annotated, bare, holds_words, is_empty};
    use crate::model::{Problem, SourcePos};

    #[test]
    fn problems_name_the_lines_as_seen() {
        let problem = |line| Problem {
            input: String::new(),
            pos: SourcePos::Line(line, 5),
            what: "wrong\nhere".to_owned(),
        };
        let draft = "a\nb\nc\n";
        let once = annotated(draft, &[problem(2), problem(3)]);
        assert_eq!(once.lines().nth(6 - 1), Some("b"));
        assert!(once.contains("# line 6, column 5: wrong here\n# line 7, column 5:"), "{once}");
        assert_eq!(bare(&once), draft);
        // In the file as it was seen, c was line 7.
        let twice = annotated(&once, &[problem(7)]);
        assert_eq!(twice.lines().nth(6 - 1), Some("c"));
        assert!(twice.contains("# line 6, column 5:"), "{twice}");
        assert!(is_empty("# x\n\n") && !is_empty(draft));
        // The problems above it are not the user's words.
        assert!(!holds_words(&once, draft) && !holds_words("\u{feff}a\r\n", draft));
        assert!(holds_words(&annotated("a\nb\nd\n", &[problem(2)]), draft));
        assert!(holds_words("a\n# d\n", draft) && !holds_words("", draft));
    }
}
