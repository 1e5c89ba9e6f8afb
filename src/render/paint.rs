//! The colours of a terminal, which repeat what the words say.

/// Bold (ECMA-48, SGR 1).
pub(super) const BOLD: &str = "1";
/// Faint: what is not stated.
pub(super) const FAINT: &str = "2";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";

/// Columns of statuses and findings.
const JUDGED: [&str; 7] =
    ["status", "holds", "other_status", "suggests", "finding", "result", "taken_back"];

/// The colour of each word in them; other words have none.
const WORDS: [(&str, &str); 12] = [
    ("confirmed", GREEN),
    ("corroborated", GREEN),
    ("refuted", RED),
    ("disputed", YELLOW),
    ("misleading", YELLOW),
    ("retracted", YELLOW),
    ("conflict", RED),
    ("likely transcription slip", RED),
    ("possible conflict", YELLOW),
    ("fails", RED),
    ("cannot tell", YELLOW),
    ("holds", GREEN),
];

/// Returns the code for a word of a column; `None` for all that is neither status nor finding.
pub(super) fn color_of(column: &str, text: &str) -> Option<&'static str> {
    let words = JUDGED.contains(&column).then_some(&WORDS)?;
    words.iter().find(|(word, _)| *word == text).map(|(_, code)| *code)
}

/// Puts text between the sequences that begin and end a colour.
pub(super) fn paint(text: &str, code: Option<&str>) -> String {
    match code {
        Some(code) if !text.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{GREEN, RED, color_of, paint};

    #[test]
    fn statuses_and_findings_have_colours() {
        assert_eq!(color_of("status", "confirmed"), Some(GREEN));
        assert_eq!(color_of("finding", "conflict"), Some(RED));
        assert_eq!(color_of("text", "conflict"), None);
        assert_eq!(color_of("status", "reported"), None);
        assert_eq!(paint("a", Some(RED)), "\u{1b}[31ma\u{1b}[0m");
        assert_eq!(paint("", Some(RED)), "");
        assert_eq!(paint("a", None), "a");
    }
}
