//! Number formats: which cells hold dates and durations, and how a number is displayed.

use std::rc::Rc;

/// A number format, as far as it bears on what a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NumberFormat {
    /// A number, displayed as it is stored or in a way that is not known here.
    General,
    /// A date, a moment or a time of day. `whole_day` is true if the day, the month and the year are
    /// displayed.
    Date { whole_day: bool },
    /// A duration, such as `[h]:mm`.
    Duration,
    /// A number with a pattern.
    Pattern(Rc<Pattern>),
}

/// A pattern of digits, such as `00000`, `#,##0.00` or `000-000`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Pattern {
    /// The text before the digits.
    prefix: String,
    /// The digits before the decimal point and the text between them: `true` for a digit that is
    /// always displayed.
    whole: Vec<Result<bool, char>>,
    /// The digits after the decimal point, likewise.
    decimals: Vec<bool>,
    /// The text after the digits.
    suffix: String,
    grouped: bool,
    percent: bool,
}

/// A piece of a format code.
enum Token {
    /// A character that stands for itself.
    Literal(char),
    /// A character with a meaning.
    Sign(char),
    /// The content of brackets: a colour, a condition, a currency or a duration.
    Bracket(String),
}

/// Splits the first section of a format code, which applies to positive numbers, into tokens.
fn tokens(code: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '\\' => found.extend(chars.next().map(Token::Literal)),
            // `_x` leaves the width of an x free, and `*x` fills the cell with it.
            '_' | '*' => {
                chars.next();
            }
            '"' => {
                found.extend(chars.by_ref().take_while(|c| *c != '"').map(Token::Literal));
            }
            '[' => found.push(Token::Bracket(chars.by_ref().take_while(|c| *c != ']').collect())),
            c => found.push(Token::Sign(c)),
        }
    }
    found
}

impl NumberFormat {
    /// Reads a format code, such as `yyyy-mm-dd` or `00000`.
    pub(super) fn parse(code: &str) -> Self {
        if code.eq_ignore_ascii_case("general") {
            return NumberFormat::General;
        }
        let tokens = tokens(code);
        let duration = |text: &str| {
            let unit = text.chars().next().map_or(' ', |c| c.to_ascii_lowercase());
            matches!(unit, 'h' | 'm' | 's') && text.chars().all(|c| c.eq_ignore_ascii_case(&unit))
        };
        if tokens.iter().any(|token| matches!(token, Token::Bracket(text) if duration(text))) {
            return NumberFormat::Duration;
        }
        let has = |letter: char| {
            let same =
                |token: &Token| matches!(token, Token::Sign(c) if c.eq_ignore_ascii_case(&letter));
            tokens.iter().any(same)
        };
        if ['d', 'm', 'y', 'h', 's'].into_iter().any(has) {
            // `e` is the year of an era or, in East Asian formats, of the calendar.
            return NumberFormat::Date {
                whole_day: has('d') && has('m') && (has('y') || has('e')),
            };
        }
        Pattern::parse(&tokens)
            .map_or(NumberFormat::General, |pattern| NumberFormat::Pattern(Rc::new(pattern)))
    }
}

/// Returns the format with this number, as ECMA-376 (18.8.30) lists them.
pub(super) fn builtin_format(id: u32) -> NumberFormat {
    let code = match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "mm-dd-yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18..=21 | 45 | 47 => "h:mm",
        22 => "m/d/yy h:mm",
        46 => "[h]:mm:ss",
        // East Asian dates and times, which differ by locale.
        27..=36 | 50..=58 => "yyyy-mm-dd",
        _ => "General",
    };
    NumberFormat::parse(code)
}

impl Pattern {
    /// Reads a pattern of digits; `None` for a fraction, an exponent or another pattern.
    fn parse(tokens: &[Token]) -> Option<Self> {
        let mut pattern = Pattern::default();
        // Text after a digit: it stands between digits if another one follows.
        let mut text = String::new();
        let mut point = false;
        for token in tokens {
            match token {
                Token::Sign(c @ ('0' | '#' | '?')) => {
                    let always = *c == '0';
                    if point && text.is_empty() {
                        pattern.decimals.push(always);
                    } else if point {
                        return None;
                    } else {
                        pattern.whole.extend(text.drain(..).map(Err));
                        pattern.whole.push(Ok(always));
                    }
                }
                Token::Sign('.') if !point && text.is_empty() => point = true,
                Token::Sign(',') if !point && text.is_empty() && !pattern.whole.is_empty() => {
                    pattern.grouped = true;
                }
                Token::Sign('%') => {
                    pattern.percent = true;
                    text.push('%');
                }
                Token::Literal(c) | Token::Sign(c @ (' ' | '-' | '+' | '(' | ')' | '$' | ':')) => {
                    match pattern.whole.is_empty() && !point {
                        true => pattern.prefix.push(*c),
                        false => text.push(*c),
                    }
                }
                // A currency: `[$€-407]`.
                Token::Bracket(inside) if inside.starts_with('$') => {
                    let sign = inside[1..].split('-').next().unwrap_or_default();
                    match pattern.whole.is_empty() && !point {
                        true => pattern.prefix.push_str(sign),
                        false => text.push_str(sign),
                    }
                }
                Token::Sign(_) | Token::Bracket(_) => return None,
            }
        }
        let split = pattern.whole.iter().any(Result::is_err);
        if pattern.whole.is_empty() || split && (point || pattern.grouped || pattern.percent) {
            return None;
        }
        pattern.suffix = text;
        Some(pattern)
    }

    /// Formats a number as a spreadsheet displays it.
    pub(super) fn display(&self, number: f64) -> String {
        let shown = number.abs() * if self.percent { 100.0 } else { 1.0 };
        let shown = format!("{shown:.*}", self.decimals.len());
        let (whole, decimals) = shown.split_once('.').unwrap_or((&shown, ""));
        let mut digits = whole.trim_start_matches('0').chars().rev();
        // From the right: each place takes a digit, and the first place takes the rest.
        let mut placed: Vec<char> = Vec::new();
        let mut count = 0;
        for (n, place) in self.whole.iter().enumerate().rev() {
            match place {
                Err(text) => placed.push(*text),
                Ok(always) => {
                    let first = self.whole[..n].iter().all(Result::is_err);
                    let more = if first { usize::MAX } else { 1 };
                    let mut taken: Vec<char> = digits.by_ref().take(more).collect();
                    if taken.is_empty() && *always {
                        taken.push('0');
                    }
                    for digit in taken {
                        if self.grouped && count > 0 && count % 3 == 0 {
                            placed.push(',');
                        }
                        placed.push(digit);
                        count += 1;
                    }
                }
            }
        }
        let whole: String = placed.iter().rev().collect();
        let always = self.decimals.iter().rposition(|always| *always).map_or(0, |last| last + 1);
        let mut decimals = decimals;
        while decimals.len() > always && decimals.ends_with('0') {
            decimals = &decimals[..decimals.len() - 1];
        }
        let sign = if number < 0.0 { "-" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        let text = format!("{sign}{}{whole}{point}{decimals}{}", self.prefix, self.suffix);
        text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{NumberFormat, builtin_format};

    fn display(code: &str, number: f64) -> Option<String> {
        match NumberFormat::parse(code) {
            NumberFormat::Pattern(pattern) => Some(pattern.display(number)),
            _ => None,
        }
    }

    #[test]
    fn a_format_says_what_a_number_is() {
        use NumberFormat::{Date, Duration, General};
        for (code, format) in [
            ("DD/MM/YY", Date { whole_day: true }),
            ("yyyy\\-mm\\-dd;@", Date { whole_day: true }),
            ("[$-404]e\"年\"m\"月\"d\"日\"", Date { whole_day: true }),
            ("mmm yyyy", Date { whole_day: false }),
            ("d-mmm", Date { whole_day: false }),
            ("h:mm AM/PM", Date { whole_day: false }),
            ("[Blue]\\+[h]:mm;[Red]\\-[h]:mm", Duration),
            ("[ss].00", Duration),
            ("General", General),
            ("@", General),
            ("0.00E+00", General),
            ("# ?/?", General),
            ("[Red]0", General),
        ] {
            assert_eq!(NumberFormat::parse(code), format, "{code}");
        }
        assert_eq!(builtin_format(14), Date { whole_day: true });
        assert_eq!(builtin_format(17), Date { whole_day: false });
        assert_eq!(builtin_format(46), Duration);
        assert_eq!(builtin_format(0), General);
        // Letters that stand for themselves make no date.
        for code in ["#,##0\\ [$\\u20bd-46D]", "\\Y000000", "0.0##\" YMD\"", "0_d"] {
            let format = NumberFormat::parse(code);
            assert!(matches!(format, NumberFormat::Pattern(_)), "{code}: {format:?}");
        }
    }

    #[test]
    fn a_number_is_displayed_by_its_pattern() {
        for (code, number, shown) in [
            ("00000", 123.0, "00123"),
            ("00000", 1_234_567.0, "1234567"),
            ("0", 0.0, "0"),
            ("#", 0.0, ""),
            ("0.00", 1.1, "1.10"),
            ("0.0#", 1.25, "1.25"),
            ("0.0#", 1.5, "1.5"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0.00", -1234.5, "-1,234.50"),
            ("0000,000", 12.0, "0,000,012"),
            ("0%", 0.25, "25%"),
            ("000-00-0000", 12_345_678.0, "012-34-5678"),
            ("\"ID \"0000", 7.0, "ID 0007"),
            ("0\" kg\"", 5.0, "5 kg"),
            ("#,##0.00 [$€-407]", 5.0, "5.00 €"),
            ("_(* #,##0_)", 5.0, "5"),
        ] {
            assert_eq!(display(code, number).as_deref(), Some(shown), "{code} {number}");
        }
    }
}
