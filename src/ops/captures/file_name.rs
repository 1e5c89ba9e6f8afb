//! File names for captured copies.

/// Returns the last component of a path as a file name that is safe on every system: separators,
/// control characters and leading dots are replaced or removed, and the names that Windows reserves
/// for devices get a prefix.
pub(super) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
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

#[cfg(test)]
mod tests {
    use super::safe_name;

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
