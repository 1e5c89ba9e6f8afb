//! The records that people wrote, as one TOML document.

use super::records::{PartReader, authored_fields, unwritable};
use super::selection::Selection;
use crate::error::Result;
use crate::model::kind_of_word;
use crate::render::{toml_archive, toml_record};
use crate::store::{Reader, read_rows};
use std::io::Write;

/// Writes the selected records as one document.
pub(super) fn write(db: &Reader, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    for word in [
        "archive", "source", "location", "measure", "claim", "link", "equation", "alias", "profile",
    ] {
        let Some(kind) = kind_of_word(word) else { continue };
        let nested = PartReader::all_of(kind);
        read_rows(db, kind, |id, row| {
            if !selection.includes_row(kind, row) {
                return Ok(());
            }
            let mut tree = authored_fields(kind, row, None);
            for part in &nested {
                tree.parts.push(part.read(db, id)?);
            }
            // The program set the creation time; nobody wrote it.
            tree.fields.retain(|(name, _)| !(word == "archive" && *name == "created"));
            let text = match word {
                "archive" => toml_archive(word, &tree),
                _ => toml_record(word, &tree).map(|text| format!("\n{text}")),
            };
            out.write_all(text.map_err(unwritable)?.as_bytes())?;
            Ok(())
        })?;
    }
    Ok(())
}
