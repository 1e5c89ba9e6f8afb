//! Compares a claim as it stands here with the claim that a verdict of the other archive is about.

use super::Merge;
use crate::error::Result;
use crate::model::{ASSESSMENT, CLAIM, FIGURE, Kind, MENTION, PLACE, Value};
use crate::ops::import::Importer;
use crate::store::{Children, Handle, claim_version, contesting_stances, read_row};

impl Merge<'_> {
    /// Returns true if a verdict of theirs is about another state of its claim than the one here: it
    /// was stale there, or the claim was here already and says something else.
    pub(super) fn is_stale_here(
        &self,
        importer: &mut Importer<'_>,
        verdict: &[Value],
        here: &[Value],
    ) -> Result<bool> {
        let value = |row: &[Value], name: &str| ASSESSMENT.position(name).map(|n| row[n].clone());
        let claim = |row: &[Value]| value(row, "claim").map(|key| key.to_string());
        let (Some(theirs), Some(ours)) = (claim(verdict), claim(here)) else { return Ok(false) };
        let about = value(verdict, "claim_version");
        let Some((their_id, version)) = claim_version(self.db, &theirs)? else { return Ok(false) };
        if about != Some(Value::Int(version)) {
            return Ok(true);
        }
        // A claim that the merge brought is here as it is there. It may still be held back.
        let Some((our_id, _)) = claim_version(self.rows.writer, &ours)? else { return Ok(false) };
        if our_id > self.last_claim {
            return Ok(false);
        }
        importer.flush()?;
        let there =
            self.judged(self.db, &theirs, their_id, |kind, row| self.row_here(kind, row))?;
        let here = self.judged(self.rows.writer, &ours, our_id, |_, row| Some(row.to_vec()))?;
        Ok(there != here)
    }

    /// Returns the parts of a claim that a verdict is about: its judged fields, its places and its figures,
    /// and the mentions that contest it, each as one text, in the order of their words.
    fn judged(
        &self,
        db: &Handle,
        key: &str,
        id: i64,
        here: impl Fn(&'static Kind, &[Value]) -> Option<Vec<Value>>,
    ) -> Result<Vec<String>> {
        let contesting = contesting_stances(db)?;
        let contests = |row: &[Value]| {
            let stance = MENTION.position("stance").and_then(|n| row[n].as_text());
            stance.is_some_and(|stance| contesting.iter().any(|code| code == stance))
        };
        let words = |kind: &Kind, row: &[Value]| {
            let tells = |name: &str, column: &str| {
                !["key", "claim"].contains(&name)
                    && (kind.judged.contains(&column) || kind.identity.contains(&name))
            };
            let fields = kind.fields.iter().zip(row).filter(|(f, _)| tells(f.name, f.column));
            let values: Vec<String> = fields.map(|(_, value)| format!("{value:?}")).collect();
            format!("{} {}", kind.word, values.join(" | "))
        };
        let mut found = Vec::new();
        found.extend(read_row(db, &CLAIM, key)?.map(|row| words(&CLAIM, &row)));
        for kind in [&PLACE, &FIGURE, &MENTION] {
            for (_, row) in Children::new(kind, "claim_id").of(db, id)? {
                if !kind.is(&MENTION) || contests(&row) {
                    found.extend(here(kind, &row).map(|row| words(kind, &row)));
                }
            }
        }
        found.sort();
        Ok(found)
    }
}
