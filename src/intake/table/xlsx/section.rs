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
