//! The first records that an import would add, as documents, for a person to look at before it is kept.

use crate::error::Result;
use crate::model::{Kind, kind_of_word};
use crate::ops::export::{PartReader, authored_fields, unwritable};
use crate::render::toml_record;
use crate::store::{Handle, last_id, read_rows};

/// The number of records of each kind that are shown.
const SHOWN: usize = 2;

/// The kinds that are shown, in the order of documents.
const WORDS: [&str; 4] = ["source", "location", "measure", "claim"];

fn kinds() -> impl Iterator<Item = &'static Kind> {
    WORDS.into_iter().filter_map(kind_of_word)
}

/// The last rows before an import, by kind.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(super) fn last_rows(db: &Handle) -> Result<Vec<i64>> {
    kinds().map(|kind| last_id(db, kind.table)).collect()
}

/// The first records of each kind that were added since, as TOML with all that belongs to them.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(super) fn first_new(db: &Handle, since: &[i64]) -> Result<String> {
    let mut text = String::new();
    for (kind, since) in kinds().zip(since) {
        let mut new = Vec::new();
        read_rows(db, kind, |id, row| {
            if id > *since {
                new.push((id, row.to_vec()));
                new.sort_by_key(|(id, _)| *id);
                new.truncate(SHOWN);
            }
            Ok(())
        })?;
        let nested = PartReader::all_of(kind);
        for (id, row) in new {
            let mut tree = authored_fields(kind, &row, None);
            for part in &nested {
                tree.parts.push(part.read(db, id)?);
            }
            let record = toml_record(kind.word, &tree).map_err(unwritable)?;
            text.push_str(if text.is_empty() { "" } else { "\n" });
            text.push_str(&record);
        }
    }
    Ok(text)
}
