//! Keys: the readable, unique names by which documents, links and commands refer to things.

use super::quoted;

/// Says what is wrong with a key, if anything is. The same rule stands in the file, as a CHECK.
///
/// # Errors
/// The reason, fit to follow the name of the field.
pub fn check_key(key: &str) -> Result<(), String> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if key.is_empty() {
        Err("a key cannot be empty".to_owned())
    } else if let Some(bad) = key.chars().find(|c| !fine(*c)) {
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

#[cfg(test)]
mod tests {
    use super::check_key;

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
