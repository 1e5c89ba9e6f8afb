//! Numbers with a decimal comma.

/// A number as written where the comma is the decimal sign, in the notation of documents: `1.234,5` and
/// `1 234,5` as `1234.5`. Nothing where it is written otherwise: 1,234.5 and 0.500 mean something else
/// to whoever wrote them.
pub(super) fn decimal_comma(text: &str) -> Option<String> {
    if let Some((part, whole)) = text.split_once('/') {
        return Some(format!("{}/{}", decimal_comma(part.trim())?, decimal_comma(whole.trim())?));
    }
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (&text[..1], rest),
        None => ("", text),
    };
    let (number, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let (whole, fraction) = match number.split_once(',') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (number, String::new()),
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mark = whole.chars().find(|c| !c.is_ascii_digit());
    let bare = match mark {
        None => whole.to_owned(),
        Some(mark) => {
            let groups: Vec<&str> = whole.split(mark).collect();
            let grouped = matches!(mark, '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')
                && exponent.is_empty()
                && (1..=3).contains(&groups[0].len())
                && !groups[0].starts_with('0')
                && groups[1..].iter().all(|group| group.len() == 3);
            if !grouped {
                return None;
            }
            groups.concat()
        }
    };
    let fine = all_digits(&bare) && (fraction.is_empty() || all_digits(&fraction[1..]));
    fine.then(|| format!("{sign}{bare}{fraction}{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::decimal_comma;

    #[test]
    fn decimal_commas() {
        for (text, number) in [
            ("5", "5"),
            ("-1,5", "-1.5"),
            ("1.234,5", "1234.5"),
            ("1 234 567", "1234567"),
            ("12\u{a0}000", "12000"),
            ("0,125", "0.125"),
            ("1,5e3", "1.5e3"),
            ("1/3", "1/3"),
        ] {
            assert_eq!(decimal_comma(text).as_deref(), Some(number), "{text}");
        }
        for text in [
            "1,234.5",
            "0.500",
            "1.5e3",
            "1500.000",
            "1,500.000",
            "1.5",
            "1.23.456",
            "1,2,3",
            "1 234.567",
            ",5",
            "x",
        ] {
            assert_eq!(decimal_comma(text), None, "{text}");
        }
    }
}
