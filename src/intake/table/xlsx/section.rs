//! The sections of a number format: digits, and the text around them.

use super::pattern::Pattern;
use super::tokens::Token;
use crate::model::quoted;

/// Signs of a negative number.
const MINUS: &[char] = &['-', '−', '–', '(', ')', '△', '▲'];
/// Spaces and apostrophes, which group digits.
const GROUPING: &[char] = &[' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];
/// Words behind a number that was divided by a power of 1000, by that power. In lower case, without
/// a point at the end.
const SCALES: [&[&str]; 3] = [
    &["k", "th", "tsd", "thousand"],
    &["m", "mm", "mn", "mln", "mio", "million", "millions"],
    &["b", "bn", "g", "mrd", "mld", "billion", "billions"],
];
/// Units and codes of currencies that can be taken for nothing else.
const UNITS: &[&str] = &[
    "km", "km²", "cm", "mm", "kg", "ha", "m²", "m³", "°", "°C", "°F", "kWh", "MW", "GW", "people",
    "persons", "р.", "руб.", "грн.", "лв.", "Ft", "Rp", "RM", "days", "years", "hours", "EUR",
    "USD", "GBP", "CHF", "JPY", "CNY", "INR", "RUB", "AUD", "CAD", "SEK", "NOK", "DKK", "PLN",
    "CZK", "TRY", "UAH", "kr", "Fr.", "zł", "Kč",
];

/// The display of a number.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// The text; `None` where it is not known.
    pub(super) text: Option<String>,
    pub(super) meaning: Meaning,
    /// True if it is a number per cent.
    pub(super) per_cent: bool,
}

/// The difference between a display and the number in the cell.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// The number, rounded perhaps.
    Same,
    /// The number, with something to be told of it.
    Noted(Vec<String>),
    /// Something else, such as `20+` or `many`.
    Other,
    /// Nothing.
    Hidden,
}

/// A condition, such as `[>100]`.
#[derive(Debug, PartialEq)]
pub(super) struct Condition {
    sign: String,
    bound: f64,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let length = text.chars().take_while(|c| "<>=".contains(*c)).count();
        let (sign, bound) = text.split_at(length);
        let bound = bound.trim().parse().ok().filter(|_| length > 0)?;
        Some(Condition { sign: sign.to_owned(), bound })
    }

    pub(super) fn holds(&self, number: f64) -> bool {
        match self.sign.as_str() {
            ">" => number > self.bound,
            ">=" => number >= self.bound,
            "<" => number < self.bound,
            "<=" => number <= self.bound,
            "=" => number.total_cmp(&self.bound).is_eq(),
            _ => number.total_cmp(&self.bound).is_ne(),
        }
    }
}

/// A section of a number format: the digits, and the text around them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    before: String,
    /// The text between digits.
    between: String,
    behind: String,
    /// A currency in brackets.
    currency: String,
    /// The power of 1000 by which the number is divided.
    scale: usize,
    digits: bool,
    per_cent: bool,
    /// The digits; `None` where it is not known how they are displayed.
    pattern: Option<Pattern>,
}

impl Section {
    /// Reads a section.
    pub(super) fn parse(tokens: &[Token]) -> Self {
        let mut section = Section { pattern: Pattern::parse(tokens), ..Section::default() };
        let (mut point, mut fraction, mut commas) = (false, false, 0);
        let mut tokens = tokens.iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                Token::General | Token::Sign('0' | '#' | '?' | '@') => {
                    let between = std::mem::take(&mut section.behind);
                    section.between.push_str(&between);
                    section.digits = true;
                    if !point {
                        commas = 0;
                    }
                }
                Token::Sign(',') if section.digits => commas += 1,
                Token::Sign('.') if !point => point = true,
                Token::Sign('%') => section.per_cent = true,
                Token::Sign('/') if section.digits => fraction = true,
                Token::Sign('1'..='9') if fraction => {}
                Token::Sign('E' | 'e') if matches!(tokens.peek(), Some(Token::Sign('+' | '-'))) => {
                    tokens.next();
                }
                Token::Literal(c) | Token::Sign(c) if section.digits => section.behind.push(*c),
                Token::Literal(c) | Token::Sign(c) => section.before.push(*c),
                Token::Bracket(inside) => match inside.strip_prefix('$') {
                    Some(inside) => {
                        section.currency.push_str(inside.split('-').next().unwrap_or_default());
                    }
                    None => section.condition = section.condition.or(Condition::parse(inside)),
                },
            }
        }
        section.scale = commas;
        section
    }

    /// Takes what a cell displays of its number apart: its digits, and what stands beside them. `None`
    /// if its digits are not those of the number, rounded perhaps.
    pub(super) fn of_display(shown: &str, number: f64) -> Option<Self> {
        let is_digit = |c: char| c.is_ascii_digit();
        let (first, last) = (shown.find(is_digit)?, shown.rfind(is_digit)?);
        let (mut before, digits, behind) =
            (&shown[..first], &shown[first..=last], &shown[last + 1..]);
        // A number below 1 may be displayed without its 0.
        let point = [".", ","].into_iter().find(|point| before.ends_with(point)).unwrap_or("");
        before = &before[..before.len() - point.len()];
        let (before, behind) = (before.replace('%', ""), behind.replace('%', ""));
        let per_cent = before.len() + behind.len() + digits.len() + point.len() < shown.len();
        let scale = scale_of(&format!("{point}{digits}"), number, per_cent)?;
        let (before, behind) = (before.trim().to_owned(), behind.trim().to_owned());
        Some(Section { before, behind, scale, digits: true, per_cent, ..Section::default() })
    }

    /// Returns true if the section displays the number in a way that is not known here, and nothing
    /// beside it.
    pub(super) fn is_bare(&self) -> bool {
        let general = self.pattern.as_ref().is_none_or(Pattern::is_general);
        let around = [&self.before, &self.between, &self.behind, &self.currency];
        let bare = self.digits && !self.per_cent && self.condition.is_none() && self.scale == 0;
        general && bare && around.iter().all(|text| text.trim().is_empty())
    }

    /// Returns what the section displays. With `signed`, it states the sign of a negative number;
    /// with `conditional`, it may.
    pub(super) fn show(&self, number: f64, plain: &str, signed: bool, conditional: bool) -> Shown {
        let minus = !signed && !conditional;
        let text = match &self.pattern {
            Some(pattern) => Some(pattern.display(number, minus)),
            None if !self.digits => Some(self.before.trim().to_owned()),
            None => None,
        };
        let around = format!("{}{plain}{}", self.before, self.behind).trim().to_owned();
        let meaning = match &text {
            Some(text) if text.is_empty() => Meaning::Hidden,
            Some(text) if !text.contains(|c: char| c.is_ascii_digit()) => match number == 0.0 {
                true if self.is_nil(text) => {
                    Meaning::Noted(vec![format!("the number 0 is shown as {text}, and read as 0")])
                }
                _ => Meaning::Other,
            },
            _ => self.compare(number, signed, conditional),
        };
        let text = text.or_else(|| (meaning == Meaning::Other).then_some(around));
        Shown { text, meaning, per_cent: self.per_cent }
    }

    /// Returns true for a dash, with a currency perhaps, which accountants write for 0.
    fn is_nil(&self, text: &str) -> bool {
        let bare = match self.currency.trim() {
            "" => text.to_owned(),
            currency => text.replace(currency, ""),
        };
        bare.replace(is_currency, "").trim().chars().all(|c| MINUS.contains(&c))
    }

    /// Compares the text around the digits with what it stands beside.
    fn compare(&self, number: f64, signed: bool, conditional: bool) -> Meaning {
        let own_sign = number < 0.0 && (signed || conditional);
        let is_minus = |c: char| own_sign && MINUS.contains(&c);
        let strip = |text: &str| text.replace(is_minus, "").trim().to_owned();
        let (mut before, behind) = (strip(&self.before), strip(&self.behind));
        if before == "+" && number >= 0.0 && behind.is_empty() {
            before.clear();
        }
        let mut notes = Vec::new();
        let has_minus = [&self.before, &self.behind].iter().any(|text| text.contains(MINUS));
        if own_sign && !conditional && !has_minus {
            notes.push("a negative number is shown without its minus, and read with it".to_owned());
        }
        let scaled = self.scale.checked_sub(1).and_then(|power| SCALES.get(power));
        let names_scale = scaled.is_some_and(|names| {
            names.contains(&behind.trim_end_matches('.').to_lowercase().as_str())
        });
        if self.scale > 0 && behind.is_empty() {
            let digits = "0".repeat(self.scale.min(9) * 3);
            notes.push(format!("the number is shown divided by 1{digits}, and read whole"));
        }
        let words = [before.as_str(), if names_scale { "" } else { behind.as_str() }];
        let words = words.into_iter().filter(|word| !word.is_empty());
        let (beside, other): (Vec<&str>, Vec<&str>) = words.partition(|word| is_unit(word));
        let unscaled = self.scale > 0 && !names_scale && !behind.is_empty();
        if !other.is_empty() || unscaled || self.between.contains(|c| !GROUPING.contains(&c)) {
            return Meaning::Other;
        }
        let currency = self.currency.trim();
        for unit in beside.into_iter().chain((!currency.is_empty()).then_some(currency)) {
            notes
                .push(format!("{} is shown beside the number, which was read alone", quoted(unit)));
        }
        if notes.is_empty() { Meaning::Same } else { Meaning::Noted(notes) }
    }
}

/// Returns the power of 1000 by which a number was divided before its digits were displayed, with a
/// point or a comma before the decimals; `None` if they are the digits of another number.
fn scale_of(digits: &str, number: f64, per_cent: bool) -> Option<usize> {
    let (mantissa, exponent) = digits.split_once(['E', 'e']).unwrap_or((digits, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|power: &i32| power.abs() < 400)?;
    let number = number.abs() * if per_cent { 100.0 } else { 1.0 };
    let displayed = |point: char| {
        let plain =
            mantissa.replace(|c| c != point && (GROUPING.contains(&c) || ".,".contains(c)), "");
        let plain = plain.replace(point, ".");
        let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let places = exponent - i32::try_from(decimals).ok()?;
        let read = plain.parse::<f64>().ok()? * 10_f64.powi(exponent);
        Some((read, 10_f64.powi(places) / 2.0))
    };
    let is_digits = |c: char| c.is_ascii_digit() || c == '.' || c == ',' || GROUPING.contains(&c);
    if !mantissa.chars().all(is_digits) {
        return None;
    }
    let readings: Vec<(f64, f64)> = ['.', ','].into_iter().filter_map(displayed).collect();
    let is_scale = |power: &usize| {
        let number = number / 1000_f64.powi(i32::try_from(*power).unwrap_or(0));
        readings.iter().any(|(read, rounding)| {
            let same = (read - number).abs() <= rounding + number * 1e-12;
            same && (*power == 0 || *read != 0.0)
        })
    };
    (0..=SCALES.len()).find(is_scale)
}

/// Returns what a cell displays of its number, where the file says it.
pub(super) fn compare_display(shown: &str, number: f64, plain: &str) -> Shown {
    let shown = shown.trim();
    let has_digits = shown.contains(|c: char| c.is_ascii_digit());
    let mut found = match Section::of_display(shown, number) {
        Some(section) => section.show(number, plain, true, false),
        None => {
            let meaning = match () {
                () if shown.is_empty() => Meaning::Hidden,
                () if !has_digits && number == 0.0 && Section::default().is_nil(shown) => {
                    Meaning::Noted(vec![format!("the number 0 is shown as {shown}, and read as 0")])
                }
                () => Meaning::Other,
            };
            Shown { text: None, meaning, per_cent: shown.contains('%') }
        }
    };
    found.text = Some(shown.to_owned());
    found
}

/// Returns true for the sign of a currency.
fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '฿' | '؋' | '﷼' | '\u{20a0}'..='\u{20cf}')
}

/// Returns true for a unit or a currency: `km`, `€`, `US$`.
fn is_unit(word: &str) -> bool {
    let rest = word.replace(is_currency, "");
    let letters = rest.len() <= 3 && rest.chars().all(|c| c.is_ascii_uppercase());
    UNITS.contains(&word) || rest.len() < word.len() && letters
}
