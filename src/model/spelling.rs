//! Spelling suggestions ("did you mean …?") and quoting of input for messages.

/// The longest text that is compared with known words or quoted whole, in characters (in bytes for
/// comparison).
const MAX_LENGTH: usize = 100;

/// Quotes a text for a message; a text of more than 100 characters is cut.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_LENGTH) {
        None => escaped(text),
        Some((at, _)) => escaped(&text[..at]) + "…",
    }
}

/// Puts a text into quotation marks, and escapes what cannot be seen: control and format characters, and
/// spaces other than U+0020. Marks of every script stay with their letters.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 2);
    shown.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => shown.extend(['\\', c]),
            ' ' => shown.push(c),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' => shown.extend(c.escape_unicode()),
            c if c.is_whitespace() || c.is_control() => shown.extend(c.escape_debug()),
            c => shown.push(c),
        }
    }
    shown.push('"');
    shown
}

/// Returns the known word nearest to `word` by Jaro-Winkler similarity, if any exceeds 0.78 and
/// either begins with `word` or differs from it in fewer than half of the letters.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_LENGTH {
        return None;
    }
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, candidate)| {
            let candidate = candidate.to_lowercase();
            let few_edits = strsim::normalized_damerau_levenshtein(&lower, &candidate) > 0.5;
            *likeness > 0.78 && (few_edits || candidate.starts_with(&lower))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Returns `"; did you mean X?"`, or an empty text when no known word is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map_or_else(String::new, |near| format!("; did you mean {near:?}?"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_known_word_is_near_by_most_of_its_letters_or_its_beginning() {
        let near = |word| nearest(word, ["source", "locator", "location", "disagreements"]);
        assert_eq!(near("sorce"), Some("source"));
        assert_eq!(near("Locatoin"), Some("location"));
        assert_eq!(near("disag"), Some("disagreements"));
        assert_eq!(near("Colour"), None);
        assert_eq!(near("districts"), None);
        assert_eq!(near("xyz"), None);
    }
}
