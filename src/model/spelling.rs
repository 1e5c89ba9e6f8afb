//! Spelling suggestions ("did you mean …?") and quoting of input for messages.

/// The longest text that is compared with known words or quoted whole, in characters (in bytes for
/// comparison).
const MAX_LENGTH: usize = 100;

/// Quotes a text for a message; a text of more than 100 characters is cut.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_LENGTH) {
        None => format!("{text:?}"),
        Some((at, _)) => format!("{:?}…", &text[..at]),
    }
}

/// Returns the known word nearest to `word` by Jaro-Winkler similarity, if any exceeds 0.78.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_LENGTH {
        return None;
    }
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.78)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Returns `"; did you mean X?"`, or an empty text when no known word is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map_or_else(String::new, |near| format!("; did you mean {near:?}?"))
}
