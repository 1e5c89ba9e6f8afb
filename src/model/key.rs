//! Keys: the readable, unique names by which documents, links and commands refer to records.

use super::spelling::quoted;

/// Checks the syntax of a key: `a-z`, `0-9` and single hyphens between them. A CHECK constraint of
/// the archive enforces the same rule.
///
/// # Errors
/// Fails when the text is not a key; the message completes a sentence that begins with the name of
/// the field.
pub fn check_key(key: &str) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if key.is_empty() {
        Err("a key cannot be empty".to_owned())
    } else if let Some(bad) = key.chars().find(|c| !allowed(*c)) {
        Err(format!(
            "{} is not a key: {bad:?} is not a lower-case letter a-z, a digit or a hyphen",
            quoted(key)
        ))
    } else if key.starts_with('-') || key.ends_with('-') || key.contains("--") {
        Err(format!("{} is not a key: hyphens stand singly between letters or digits", quoted(key)))
    } else {
        Ok(())
    }
}

/// The greatest length of a proposed key, in characters.
const MAX_PROPOSED_LENGTH: usize = 64;

/// Makes a key from a text in any script: transliterates it to `a-z` and `0-9`, joins the words
/// with hyphens and stops between words at 64 characters. Returns `otherwise` when no letter or
/// digit is left.
pub fn propose_key(text: &str, otherwise: &str) -> String {
    let start: String = text.chars().take(4 * MAX_PROPOSED_LENGTH).collect();
    let ascii = deunicode::deunicode_with_tofu(&start, "").to_ascii_lowercase();
    let mut key = String::new();
    // An apostrophe does not end a word: "Taliban's" is one word.
    for word in ascii.replace(['\'', '`'], "").split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if key.is_empty() {
            key = word.chars().take(MAX_PROPOSED_LENGTH).collect();
        } else if key.len() + 1 + word.len() <= MAX_PROPOSED_LENGTH {
            key.push('-');
            key.push_str(word);
        } else {
            break;
        }
    }
    if key.is_empty() { otherwise.to_owned() } else { key }
}

/// The longest key before a year is put behind it.
const BEFORE_YEAR: usize = 59;

/// A key made from a title as [`propose_key`] does, with the year of its date behind it unless the
/// title names that year already.
pub fn key_with_year(title: &str, date: Option<&str>, otherwise: &str) -> String {
    let base = propose_key(title, otherwise);
    let year = date.and_then(|date| date.get(..4)).unwrap_or_default();
    let known = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    if !known || base.split('-').any(|word| word == year) {
        return base;
    }
    let cut = match base.get(..BEFORE_YEAR) {
        Some(start) if base.len() > BEFORE_YEAR => {
            start.rsplit_once('-').map_or(start, |(words, _)| words)
        }
        _ => &base,
    };
    format!("{cut}-{year}")
}

/// The `n`th key to try for one proposed key: itself, then with a number behind it from 2 on.
pub fn numbered_key(base: &str, n: usize) -> String {
    if n == 1 { base.to_owned() } else { format!("{base}-{n}") }
}

/// A key that stands in for the one that a record without a key will get, told by the record's
/// position in its document. No document can write it: no text holds U+0000.
pub fn stand_in_key(offset: usize) -> String {
    format!("\0{offset}")
}

/// Returns true if a key stands in for one that is still to be made up.
pub fn is_stand_in(key: &str) -> bool {
    key.starts_with('\0')
}

#[cfg(test)]
mod tests {
    use super::{check_key, key_with_year, propose_key};

    #[test]
    fn proposed() {
        assert_eq!(propose_key("São Paulo — coöperation", "x"), "sao-paulo-cooperation");
        assert_eq!(propose_key("The Taliban's advance, 2021", "x"), "the-talibans-advance-2021");
        assert_eq!(propose_key("—", "source"), "source");
        for text in ["مقر", "錯誤", "Ünï·cödé 4%", &"long word ".repeat(40), &"x".repeat(500)]
        {
            let key = propose_key(text, "x");
            assert!(check_key(&key).is_ok() && key.len() <= 64, "{text}: {key}");
        }
    }

    #[test]
    fn a_year_stands_behind_the_title_once() {
        let key = |title, date| key_with_year(title, date, "source");
        assert_eq!(key("Violence rises", Some("2021-06-28")), "violence-rises-2021");
        assert_eq!(key("Violence rises in 2021", Some("2021-06-28")), "violence-rises-in-2021");
        assert_eq!(key("Violence rises", Some("../2021")), "violence-rises");
        assert_eq!(key("Violence rises", None), "violence-rises");
        let long = key(&"word ".repeat(40), Some("2021"));
        assert!(long.ends_with("-2021") && long.len() <= 64, "{long}");
    }

    #[test]
    fn keys() {
        for good in ["a", "muqur-ghazni", "9-11", "x1"] {
            assert_eq!(check_key(good), Ok(()), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Muqur", "a b", "a_b", "é"] {
            assert!(check_key(bad).is_err(), "{bad}");
        }
    }
}
