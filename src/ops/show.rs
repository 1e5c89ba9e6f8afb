//! All about one source, claim, location, measure or figure.

use crate::error::{Error, Result};
use crate::model::{Sheet, Stop, did_you_mean};
use crate::store::{Reader, all_keys, exists, sheet};
use std::path::Path;

const KINDS: [(&str, &str); 5] = [
    ("claim", "claims"),
    ("source", "sources"),
    ("location", "locations"),
    ("measure", "measures"),
    ("figure", "figures"),
];

/// All about the thing with this key. `claim:KEY` and the like say which is meant when a key names
/// several.
///
/// # Errors
/// When nothing has the key, or more than one thing has.
pub fn show(archive: &Path, key: &str, stop: Stop) -> Result<Sheet> {
    let db = Reader::open(archive, stop)?;
    let (kind, bare) = match key.split_once(':') {
        Some((kind, bare)) if KINDS.iter().any(|(word, _)| *word == kind) => (Some(kind), bare),
        _ => (None, key),
    };
    let mut found = Vec::new();
    let mut known = Vec::new();
    for (word, table) in KINDS.iter().filter(|(word, _)| kind.is_none_or(|kind| kind == *word)) {
        if exists(&db, table, bare)? {
            found.push((*word, *table));
        }
        known.extend(all_keys(&db, table)?);
    }
    match found.as_slice() {
        [(_, table)] => sheet(&db, table, bare),
        [] => Err(Error::NotFound {
            what: kind.unwrap_or("claim, source, location, measure or figure").to_owned(),
            name: bare.to_owned(),
            near: did_you_mean(bare, known.iter().map(String::as_str)),
            hint: "`onrecord search WORDS` finds keys".to_owned(),
        }),
        several => {
            let words: Vec<&str> = several.iter().map(|(word, _)| *word).collect();
            Err(Error::Refused {
                what: format!("{bare:?} is the key of a {}", words.join(" and of a ")),
                hint: format!("say which is meant: `onrecord show {}:{bare}`", words[0]),
            })
        }
    }
}
