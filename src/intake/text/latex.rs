//! What is left of LaTeX in a text once accents are read: commands that set type or stand for a sign.

/// Commands whose text in braces stays, and nothing of themselves.
const KEPT: [&str; 19] = [
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

/// The text without these commands; what is not known stays as it is written.
pub(in crate::intake) fn plain(text: &str) -> String {
    address(&text.replace('~', " "))
}

/// The same for an address, in which ~ is a sign like any other.
pub(in crate::intake) fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let length = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (name, tail) = after.split_at(length);
        let (said, end) = match (name, braced(tail)) {
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
                (format!("“{}”", address(inside)), length + end)
            }
            ("href", Some((_, first))) => match braced(&tail[first..]) {
                Some((inside, second)) => (address(inside), length + first + second),
                None => (format!("\\{name}"), length),
            },
            (name, Some((inside, end))) if KEPT.contains(&name) => (address(inside), length + end),
            _ => (format!("\\{name}"), length),
        };
        out.push_str(&said);
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

/// What stands in the braces with which a text begins, and where they end.
fn braced(text: &str) -> Option<(&str, usize)> {
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

/// An entry with the dotless letters under accents written as plain ones: `\'{\i}` is í.
pub(in crate::intake) fn dotted(piece: &str) -> String {
    let mut out = piece.to_owned();
    for letter in ["i", "j"] {
        let command = format!("\\{letter}");
        let mut pieces = out.split(command.as_str());
        let mut made = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let goes_on = piece.starts_with(|c: char| c.is_ascii_alphabetic());
            made.push_str(if goes_on { &command } else { letter });
            made.push_str(if goes_on { piece } else { piece.strip_prefix("{}").unwrap_or(piece) });
        }
        out = made;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{address, dotted, plain};
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
            assert_eq!(plain(tex), text, "{tex}");
        }
        assert_eq!(address(r"\url{https://a.example/~bob}"), "https://a.example/~bob");
        let tex = r#"Garc{\'\i}a na{\"\i}ve \int \i{}"#;
        assert_eq!(dotted(tex), r#"Garc{\'i}a na{\"i}ve \int i"#);
    }

    proptest! {
        #[test]
        fn anything(text in r"(\\PC|[\\{}~]|textit|href){0,30}") {
            plain(&text);
            dotted(&text);
        }
    }
}
