//! Patterns of digits: how a number is displayed.

use super::tokens::Token;

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
    /// The number of times that the number is divided by 1000.
    scale: i32,
    /// True if the digits are those that the number has.
    general: bool,
}

impl Pattern {
    /// Reads a pattern of digits; `None` for a fraction, an exponent or another pattern.
    pub(super) fn parse(tokens: &[Token]) -> Option<Self> {
        let mut pattern = Pattern::default();
        // Text after a digit: it stands between digits if another one follows.
        let mut text = String::new();
        let mut point = false;
        // Commas behind a digit: they group digits if another one follows, and scale if none does.
        let mut commas = 0;
        for token in tokens {
            match token {
                _ if pattern.general && !matches!(token, Token::Literal(_)) => return None,
                Token::General | Token::Sign('@') if pattern.whole.is_empty() && !point => {
                    pattern.general = true;
                    pattern.whole.push(Ok(true));
                }
                Token::Sign(c @ ('0' | '#' | '?')) => {
                    let always = *c == '0';
                    if !point && commas > 0 {
                        (pattern.grouped, commas) = (true, 0);
                    }
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
                Token::Sign(',') if text.is_empty() && !pattern.whole.is_empty() => commas += 1,
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
                // A colour or a condition.
                Token::Bracket(_) => {}
                Token::Sign(_) | Token::General => return None,
            }
        }
        let split = pattern.whole.iter().any(Result::is_err);
        if pattern.whole.is_empty() || split && (point || pattern.grouped || pattern.percent) {
            return None;
        }
        (pattern.suffix, pattern.scale) = (text, commas);
        Some(pattern)
    }

    /// Returns true if the digits are those that the number has.
    pub(super) fn is_general(&self) -> bool {
        self.general
    }

    /// Formats a number as a spreadsheet displays it. With `minus`, a negative number has a minus that
    /// the pattern does not state.
    pub(super) fn display(&self, number: f64, minus: bool) -> String {
        let shown = number.abs() * if self.percent { 100.0 } else { 1.0 };
        let shown = shown / 1000_f64.powi(self.scale);
        let shown = match self.general {
            true => shown.to_string(),
            false => format!("{shown:.*}", self.decimals.len()),
        };
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
        let fixed = self.decimals.iter().rposition(|always| *always).map_or(0, |last| last + 1);
        let mut decimals = decimals;
        while !self.general && decimals.len() > fixed && decimals.ends_with('0') {
            decimals = &decimals[..decimals.len() - 1];
        }
        let sign = if minus && number < 0.0 { "-" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        let text = format!("{sign}{}{whole}{point}{decimals}{}", self.prefix, self.suffix);
        text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;
    use crate::intake::table::xlsx::tokens::tokenize;

    fn display(code: &str, number: f64) -> Option<String> {
        Pattern::parse(&tokenize(code)[0]).map(|pattern| pattern.display(number, true))
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
            ("[Red]0", 5.0, "5"),
            ("0.0,,\"M\"", 1_540_000.0, "1.5M"),
            ("#,##0,", 1_234_567.0, "1,235"),
            ("\"ca. \"General", 2.5, "ca. 2.5"),
        ] {
            assert_eq!(display(code, number).as_deref(), Some(shown), "{code} {number}");
        }
    }
}
