//! The words of a code list as a sentence tells them to somebody who is to choose one.

use crate::error::Result;
use crate::store::{Handle, defined_codes};

/// The most words of a list that are told with their meanings; a longer list is of words that speak for
/// themselves, such as the kinds of places.
const MAX_WITH_MEANINGS: usize = 5;

/// The words of a code list, in their order, with what each means where they are few: `level (goes up and
/// down), cumulative (…) or constant (…)`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(in crate::ops) fn codes_in_words(db: &Handle, table: &str) -> Result<String> {
    let codes = defined_codes(db, table)?;
    let with_meanings = codes.len() <= MAX_WITH_MEANINGS;
    let words = codes.into_iter().map(|code| match code.name.filter(|_| with_meanings) {
        Some(definition) => format!("{} ({})", code.key, in_short(&definition)),
        None => code.key,
    });
    let mut words: Vec<String> = words.collect();
    let last = words.pop().unwrap_or_default();
    Ok(if words.is_empty() { last } else { format!("{} or {last}", words.join(", ")) })
}

/// The first clause of a definition, as it stands in brackets.
fn in_short(definition: &str) -> String {
    let clause = definition.split([';', '.']).next().unwrap_or_default().trim();
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::codes_in_words;
    use crate::store::in_memory;

    #[test]
    fn few_words_are_told_with_their_meanings() {
        let db = in_memory("2024-01-01T00:00:00Z").unwrap();
        let growths = codes_in_words(&db, "growths").unwrap();
        assert!(growths.starts_with("constant (does not change), level (goes up and down), "));
        assert!(growths.ends_with(" or per_event (is counted in one event)"), "{growths}");
        let kinds = codes_in_words(&db, "source_kinds").unwrap();
        assert!(
            kinds.starts_with("article, report, ") && kinds.ends_with(" or unnamed"),
            "{kinds}"
        );
    }
}
