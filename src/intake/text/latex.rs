//! Removal of LaTeX commands for type and symbols; the BibTeX parser has resolved accents already.

/// Commands that are replaced by their argument.
const TEXT_COMMANDS: [&str; 19] = [
    "textit",
    "textbf",
    "textsc",
    "texttt",
    "textrm",
    "textsf",
    "textup",
    "textsl",
    "textnormal",
    "textsuperscript",
    "textsubscript",
    "emph",
    "mkbibemph",
    "mkbibitalic",
    "mkbibbold",
    "url",
    "path",
    "mbox",
    "uppercase",
];

/// Removes LaTeX commands from a text; an unknown command stays as written.
pub(in crate::intake) fn strip_commands(text: &str) -> String {
    strip_commands_of_address(&text.replace('~', " "))
}

/// Removes LaTeX commands from a web address, in which `~` is an ordinary character.
pub(in crate::intake) fn strip_commands_of_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let length = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (name, tail) = after.split_at(length);
        let (said, end) = match (name, split_braces(tail)) {
            ("", _) => match after.chars().next() {
                Some(sign @ ('_' | '&' | '%' | '#' | '$' | '{' | '}' | ' ' | '-' | ',' | '/')) => {
                    let shown =
                        if matches!(sign, '-' | '/') { String::new() } else { sign.to_string() };
                    (shown.replace(',', " "), sign.len_utf8())
                }
                _ => ("\\".to_owned(), 0),
            },
            ("ldots" | "dots" | "textellipsis", inside) => {
                ("…".to_owned(), length + inside.map_or(0, |(_, end)| end))
            }
            ("enquote" | "mkbibquote", Some((inside, end))) => {
                (format!("“{}”", strip_commands_of_address(inside)), length + end)
            }
            ("href", Some((_, first))) => match split_braces(&tail[first..]) {
                Some((inside, second)) => {
                    (strip_commands_of_address(inside), length + first + second)
                }
                None => (format!("\\{name}"), length),
            },
            (name, Some((inside, end))) if TEXT_COMMANDS.contains(&name) => {
                (strip_commands_of_address(inside), length + end)
            }
            _ => (format!("\\{name}"), length),
        };
        out.push_str(&said);
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

/// Takes an address, an identifier or a date as it stands in a file, but for what no such text can hold: the
/// command around it, and signs that LaTeX wants escaped.
pub(in crate::intake) fn verbatim(text: &str) -> String {
    let text = text.trim();
    let inside = ["\\url", "\\path", "\\texttt"].into_iter().find_map(|command| {
        let (inside, end) = split_braces(text.strip_prefix(command)?)?;
        (command.len() + end == text.len()).then_some(inside)
    });
    let mut text = inside.unwrap_or(text).to_owned();
    for (tex, sign) in [
        ("{\\textasciitilde}", "~"),
        ("\\textasciitilde{}", "~"),
        ("\\textasciitilde ", "~"),
        ("\\~{}", "~"),
        ("\\~", "~"),
        ("$\\sim$", "~"),
        ("\\textunderscore{}", "_"),
        ("\\textunderscore ", "_"),
        ("\\_", "_"),
        ("\\%", "%"),
        ("\\#", "#"),
        ("\\&", "&"),
        ("\\$", "$"),
        ("\\{", "{"),
        ("\\}", "}"),
    ] {
        text = text.replace(tex, sign);
    }
    text
}

/// Returns the content of the braces at the start of a text, and the offset after them.
fn split_braces(text: &str) -> Option<(&str, usize)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some((&text[1..at], at + 1)),
            '}' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Replaces the dotless letters `\i` and `\j` by plain ones, so that the parser reads `\'{\i}` as
/// í.
pub(in crate::intake) fn replace_dotless_letters(piece: &str) -> String {
    let mut out = piece.to_owned();
    for letter in ["i", "j"] {
        let command = format!("\\{letter}");
        let mut pieces = out.split(command.as_str());
        let mut made = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let is_longer_command = piece.starts_with(|c: char| c.is_ascii_alphabetic());
            made.push_str(if is_longer_command { &command } else { letter });
            made.push_str(if is_longer_command {
                piece
            } else {
                piece.strip_prefix("{}").unwrap_or(piece)
            });
        }
        out = made;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{replace_dotless_letters, strip_commands, strip_commands_of_address};
    use proptest::prelude::*;

    #[test]
    fn commands() {
        for (tex, text) in [
            (r"\textit{Roads} closed", "Roads closed"),
            (r"\emph{Roads \textbf{closed}}", "Roads closed"),
            (r"\enquote{No}~more", "“No” more"),
            (r"\href{https://a.example}{here}", "here"),
            (r"\url{https://x.example/a\_b\%20}", "https://x.example/a_b%20"),
            (r"and so on\ldots{} or\dots", "and so on… or…"),
            (r"10.1000/a\_b", "10.1000/a_b"),
            (r"Nguy\-en", "Nguyen"),
            (r"\unknown{x} \", r"\unknown{x} \"),
            (r"\textit no braces", r"\textit no braces"),
        ] {
            assert_eq!(strip_commands(tex), text, "{tex}");
        }
        assert_eq!(
            strip_commands_of_address(r"\url{https://a.example/~bob}"),
            "https://a.example/~bob"
        );
        let tex = r#"Garc{\'\i}a na{\"\i}ve \int \i{}"#;
        assert_eq!(replace_dotless_letters(tex), r#"Garc{\'i}a na{\"i}ve \int i"#);
    }

    proptest! {
        #[test]
        fn anything(text in r"(\\PC|[\\{}~]|textit|href){0,30}") {
            strip_commands(&text);
            replace_dotless_letters(&text);
        }
    }
}
