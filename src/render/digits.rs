//! Long numbers as people read them, with a comma between groups of three digits.

/// The fewest digits that are grouped: a year has fewer.
const FEWEST: usize = 5;

/// Groups the digits of the long whole numbers in a text: `nearly 11,000 out of 0.33333, 2021`. The digits after
/// a decimal point and those of an exponent stay as they are.
pub(super) fn group_digits(text: &str) -> String {
    let mut grouped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        grouped.push_str(before);
        let whole = !before.ends_with('.') && !digits[end..].starts_with('e');
        let is_padded = digits.starts_with('0');
        let is_in_key = ends_inside_key(&grouped) || starts_inside_key(&digits[end..]);
        for (n, digit) in digits[..end].char_indices() {
            if n > 0
                && whole
                && !is_padded
                && !is_in_key
                && end >= FEWEST
                && (end - n).is_multiple_of(3)
            {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        rest = &digits[end..];
    }
    grouped.push_str(rest);
    grouped
}

/// Returns true if what follows this text goes on with a key, such as `refugees-` or `item_`.
fn ends_inside_key(text: &str) -> bool {
    let head = text.trim_end_matches(['-', '_']);
    head.ends_with(char::is_alphabetic)
        || (head.len() < text.len() && head.ends_with(|c: char| c.is_ascii_digit()))
}

/// Returns true if this text goes on with the key before it, such as `-dead`.
fn starts_inside_key(text: &str) -> bool {
    let tail = text.trim_start_matches(['-', '_']);
    tail.len() < text.len() && tail.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::group_digits;

    #[test]
    fn long_whole_numbers_are_grouped() {
        for (text, grouped) in [
            ("nearly 11000 out of 0.33333", "nearly 11,000 out of 0.33333"),
            ("2021-06-28, 837000000000 USD", "2021-06-28, 837,000,000,000 USD"),
            ("1e10", "1e10"),
            ("12345e3", "12345e3"),
            ("-123456.789", "-123,456.789"),
            ("9999", "9999"),
            ("10000", "10,000"),
            ("100000", "100,000"),
            ("00012345", "00012345"),
            ("275000–325000 people", "275,000–325,000 people"),
            ("none", "none"),
            ("refugees-100000 against 200000", "refugees-100000 against 200,000"),
            ("100000-dead, 2021-100000", "100000-dead, 2021-100000"),
            ("from 100000 to 200000-", "from 100,000 to 200,000-"),
        ] {
            assert_eq!(group_digits(text), grouped);
        }
    }
}
