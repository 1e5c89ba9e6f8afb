//! File names for captured copies.

use unicode_normalization::char::is_combining_mark;

/// Returns the last component of a path as a file name that is safe on every system: separators,
/// control characters and leading dots are replaced or removed, and the names that Windows reserves
/// for devices get a prefix. Marks and joiners that belong to a letter stay: without its vowel signs a
/// name in Devanagari is another word. Marks and joiners behind anything else are replaced, and so are
/// signs that turn the direction of a text, which hide what a name ends in.
pub(super) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut plain = String::with_capacity(last.len());
    let mut in_word = false;
    for c in last.chars() {
        in_word = c.is_alphanumeric() || (in_word && (is_combining_mark(c) || is_joiner(c)));
        let kept = in_word || matches!(c, '.' | '-' | '_' | ' ');
        plain.push(if kept { c } else { '_' });
    }
    let plain = plain.trim_matches(['.', ' ']).to_owned();
    let stem = plain.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")));
    match plain.as_str() {
        "" => "copy".to_owned(),
        _ if device => format!("_{plain}"),
        _ => plain,
    }
}

/// Returns true for the joiner and the non-joiner, which say how letters are joined (Unicode, chapter 23.2).
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn marks_and_joiners_of_letters_stay() {
        for name in [
            "हिन्दी.html",
            "क्\u{200d}ष.pdf",
            "می\u{200c}خواهم.html",
            "e\u{301}te\u{301}.html",
            "தமிழ்.html",
            "ไม่รู้.html",
            "עִבְרִית.html",
        ] {
            assert_eq!(safe_name(name), name);
        }
        assert_eq!(safe_name("a\u{202e}lmth.exe"), "a_lmth.exe");
        assert_eq!(safe_name("a\u{2066}b\u{200f}c\u{200b}d"), "a_b_c_d");
        // Behind no letter, a mark would change the sign before it.
        assert_eq!(safe_name(".\u{301}\u{200d}x"), "__x");
        assert_eq!(safe_name("-\u{338}a/\u{301}"), "_");
        assert_eq!(safe_name("con\u{301}.txt"), "con\u{301}.txt");
    }

    #[test]
    fn names_are_safe_on_every_system() {
        assert_eq!(safe_name("/etc/passwd"), "passwd");
        assert_eq!(safe_name("../../x.html"), "x.html");
        assert_eq!(safe_name("a\u{1b}[31m:b"), "a__31m_b");
        assert_eq!(safe_name(".."), "copy");
        assert_eq!(safe_name(".bashrc"), "bashrc");
        assert_eq!(safe_name("con.txt"), "_con.txt");
        assert_eq!(safe_name("C:\\x"), "x");
    }
}
