//! A document to fill in by hand, and what comes back from the editor: the same reading, the same
//! problems, the same way in as a document that is imported.

use super::add;
use super::add::Inside;
use crate::error::{Error, Result};
use crate::intake::Unit;
use crate::model::{CLAIM, Kind, MENTION, Problem, Record, SOURCE, SourcePos, Value};
use crate::ops::context::{Context, Deed, open_writer};
use crate::ops::import::{
    Tally, WriteMode, find_same, free_key, import_documents, is_there_already, proposed_key,
};
use crate::render;
use crate::render::KnownFields;
use crate::store::{Reader, Words, read_row};
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
    let db = Reader::open(options.archive, context.cancel.clone())?;
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
        && let Some(row) = read_row(&db, options.kind, key)?
    {
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
    Ok(render::document_template(options.kind, &fields, &nested, &|table| words.of(table).to_vec()))
}

/// Adds what a draft holds; without `update`, what is there already is not changed by it.
///
/// # Errors
/// [`Error::Problems`] with every problem of the draft; nothing is written then.
pub fn take(archive: &Path, text: &str, update: bool, context: &Context) -> Result<Vec<Tally>> {
    let writer = open_writer(archive, context)?;
    let mode = if update { WriteMode::Keep } else { WriteMode::AddOnly };
    let draft = [("draft".to_owned(), text.as_bytes().to_vec())];
    import_documents(&writer, &draft, context, Deed::of("add"), mode, give_claims_their_source)
}

/// Lets the claims of a draft that names one source, and not who states them, be stated by that source.
fn give_claims_their_source(unit: &mut Unit) {
    let of = |kind: &'static Kind| unit.records.iter().filter(move |record| record.kind.is(kind));
    let mut sources = of(&SOURCE).filter_map(|record| record.text("key"));
    let (Some(source), None) = (sources.next().map(str::to_owned), sources.next()) else { return };
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
    use super::{annotated, bare, is_empty};
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
    }
}
