//! Finds the end of SQL that is typed line by line.

/// Returns `true` when every statement in a text ends with a semicolon, so also for a text without
/// a statement; `false` inside an open quote or comment.
pub fn is_finished(sql: &str) -> bool {
    let mut rest = sql;
    let mut open = false;
    while let Some(c) = rest.chars().next() {
        let after = |opening: usize, closing: &str| {
            rest[opening..].find(closing).map(|at| opening + at + closing.len())
        };
        let (ends, begins) = match c {
            '\'' | '"' | '`' => (after(1, &c.to_string()), true),
            '[' => (after(1, "]"), true),
            '-' if rest.starts_with("--") => (after(2, "\n").or(Some(rest.len())), false),
            '/' if rest.starts_with("/*") => (after(2, "*/"), false),
            _ => (Some(c.len_utf8()), !c.is_whitespace()),
        };
        let Some(ends) = ends else { return false };
        if begins {
            open = c != ';';
        }
        rest = &rest[ends..];
    }
    !open
}

#[cfg(test)]
mod tests {
    use super::is_finished;

    #[test]
    fn a_statement_ends_with_a_semicolon_of_its_own() {
        for text in [
            "",
            " \n",
            "select 1;",
            "select ';' ;",
            "select 1; -- ok",
            "/* ; */",
            "select \"a\"\"\n\";",
        ] {
            assert!(is_finished(text), "{text}");
        }
        for text in [
            "select",
            "select 1; select",
            "select ';",
            "select '';'",
            "select [;",
            "select 1 -- ;",
            "select 1; /* ;",
        ] {
            assert!(!is_finished(text), "{text}");
        }
    }
}
