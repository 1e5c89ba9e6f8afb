//! Options as they are typed into a shell.

/// Quotes a word for a POSIX shell.
pub fn quote_for_shell(word: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || "_-.,:/@%+=".contains(c);
    match word.chars().all(safe) && !word.is_empty() {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
