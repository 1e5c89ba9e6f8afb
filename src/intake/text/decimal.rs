//! Numbers with a decimal comma.

use crate::model::quoted;

/// Rewrites a number with a decimal comma in the notation of documents: `1.234,5` and `1 234,5`
/// become `1234.5`. Returns `None` for any other notation: the authors of 1,234.5 and 0.500 mean a
/// decimal point.
pub(in crate::intake) fn normalize_decimal_comma(text: &str) -> Option<String> {
    if let Some((part, whole)) = text.split_once('/') {
        return Some(format!(
            "{}/{}",
            normalize_decimal_comma(part.trim())?,
            normalize_decimal_comma(whole.trim())?
        ));
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
    let valid = all_digits(&bare) && (fraction.is_empty() || all_digits(&fraction[1..]));
    valid.then(|| format!("{sign}{bare}{fraction}{exponent}"))
}

/// Returns both readings of a number whose comma may be the decimal sign or may group its digits,
/// in the notation of documents: `12,500` as `12.5` and as `12500`. `None` where only one reading
/// is possible: a group has three digits, and the digits before it are one to three without a
/// leading zero.
pub(in crate::intake) fn two_readings(text: &str) -> Option<[String; 2]> {
    if let Some((part, whole)) = text.split_once('/') {
        let (part, whole) = (part.trim(), whole.trim());
        let (parts, wholes) = (two_readings(part), two_readings(whole));
        if parts.is_none() && wholes.is_none() {
            return None;
        }
        let once = |text| normalize_decimal_comma(text).map(|number| [number.clone(), number]);
        let ([a, b], [c, d]) = (parts.or_else(|| once(part))?, wholes.or_else(|| once(whole))?);
        return Some([format!("{a}/{c}"), format!("{b}/{d}")]);
    }
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (if text.starts_with('-') { "-" } else { "" }, rest),
        None => ("", text),
    };
    let (whole, group) = digits.split_once(',')?;
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fits = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && group.len() == 3;
    (fits && all_digits(whole) && all_digits(group)).then(|| {
        let fraction = group.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        [format!("{sign}{whole}{point}{fraction}"), format!("{sign}{whole}{group}")]
    })
}

/// Returns why a number of two readings is refused: both of them, and how to write each clearly.
pub(in crate::intake) fn describe_ambiguity(text: &str) -> String {
    let [decimal, grouped] = two_readings(text).unwrap_or_default();
    // `1.234` with a comma would be as ambiguous again; `1,2340` is not.
    let comma = |part: &str| {
        let text = part.replace('.', ",");
        if two_readings(&text).is_some() { format!("{text}0") } else { text }
    };
    let clear = decimal.split('/').map(comma).collect::<Vec<_>>().join("/");
    format!(
        "{} is ambiguous: with a decimal comma it is {decimal}, with grouped digits {grouped}; write {clear} \
         or {grouped}; where commas group digits in this table, leave `--decimal ,` out and write its numbers \
         without them",
        quoted(text)
    )
}

#[cfg(test)]
mod tests {
    use super::{normalize_decimal_comma, two_readings};

    #[test]
    fn a_single_group_of_three_digits_has_two_readings() {
        for (text, decimal, grouped) in [
            ("107,000", "107", "107000"),
            ("12,500", "12.5", "12500"),
            ("-12,500", "-12.5", "-12500"),
            ("+1,234", "1.234", "1234"),
            ("1,500/3", "1.5/3", "1500/3"),
            ("1/2,500", "1/2.5", "1/2500"),
        ] {
            let readings = [decimal.to_owned(), grouped.to_owned()];
            assert_eq!(two_readings(text), Some(readings), "{text}");
        }
        for text in [
            "10,5",
            "1.234,567",
            "1 234,567",
            "1234,567",
            "0,500",
            "-0,500",
            "007,500",
            "12,5000",
            "12,50",
            "1,234,567",
            "12,500e3",
            "107000",
            "1,23x",
            "1/3",
            ",500",
            "",
        ] {
            assert_eq!(two_readings(text), None, "{text}");
        }
    }

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
            assert_eq!(normalize_decimal_comma(text).as_deref(), Some(number), "{text}");
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
            assert_eq!(normalize_decimal_comma(text), None, "{text}");
        }
    }
}
