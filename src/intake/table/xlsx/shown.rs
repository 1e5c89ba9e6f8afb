//! What a number format displays in place of a number or a text, and whether it says something else.

use super::format::Token;
use super::pattern::Pattern;
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
    "persons", "days", "years", "hours", "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "RUB",
    "AUD", "CAD", "SEK", "NOK", "DKK", "PLN", "CZK", "TRY", "UAH", "kr", "Fr.", "zł", "Kč",
];

/// What a cell displays of its number.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// The text; `None` where it is not known.
    pub(super) text: Option<String>,
    pub(super) meaning: Meaning,
}

/// What a display says, compared with the number in the cell.
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

/// The sections of a number format that apply to numbers.
#[derive(Debug, PartialEq)]
pub(super) struct Sections(pub(super) Vec<Section>);

impl Sections {
    /// Returns what a cell displays of its number. `plain` is the number as text.
    pub(super) fn show(&self, number: f64, plain: &str) -> Shown {
        let conditional = self.0.iter().any(|section| section.condition.is_some());
        let position = match conditional {
            true => self.position_by_condition(number),
            false if number < 0.0 => self.0.len().min(2).checked_sub(1),
            false if number == 0.0 && self.0.len() > 2 => Some(2),
            false => Some(0),
        };
        // A number without a section is displayed as `####`.
        let section = position.and_then(|position| self.0.get(position));
        let Some(section) = section else { return Shown { text: None, meaning: Meaning::Same } };
        // A section of its own for negative numbers states the sign.
        let signed = !conditional && self.0.len() > 1;
        section.show(number, plain, signed, conditional)
    }

    fn position_by_condition(&self, number: f64) -> Option<usize> {
        let holds = |n: usize| Some(self.0.get(n)?.condition.as_ref()?.holds(number));
        match (holds(0), holds(1)) {
            (Some(true), _) => Some(0),
            (_, Some(true)) => Some(1),
            (None, _) => Some(0),
            (Some(false), None) if self.0.len() == 2 || number < 0.0 => Some(1),
            (Some(false), _) => Some(2),
        }
    }
}

/// A condition, such as `[>100]`.
#[derive(Debug, PartialEq)]
struct Condition {
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

    fn holds(&self, number: f64) -> bool {
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
    condition: Option<Condition>,
    before: String,
    /// The text between digits.
    between: String,
    behind: String,
    /// A currency in brackets.
    currency: String,
    /// The power of 1000 by which the number is divided.
    scale: usize,
    digits: bool,
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
                Token::Sign('%') => {}
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
        let bare = self.digits && self.condition.is_none() && self.scale == 0;
        general && bare && around.iter().all(|text| text.trim().is_empty())
    }

    /// Returns what the section displays. With `signed`, it states the sign of a negative number;
    /// with `conditional`, it may.
    fn show(&self, number: f64, plain: &str, signed: bool, conditional: bool) -> Shown {
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
                true if text.chars().all(|c| MINUS.contains(&c)) => {
                    Meaning::Noted(vec![format!("the number 0 is shown as {text}, and read as 0")])
                }
                _ => Meaning::Other,
            },
            _ => self.compare(number, signed, conditional),
        };
        let text = text.or_else(|| (meaning == Meaning::Other).then_some(around));
        Shown { text, meaning }
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

/// Returns true for a unit or a currency: `km`, `€`, `US$`.
fn is_unit(word: &str) -> bool {
    let is_sign =
        |c: char| matches!(c, '$' | '¢'..='¥' | '฿' | '؋' | '﷼' | '\u{20a0}'..='\u{20cf}');
    let rest = word.replace(is_sign, "");
    let letters = rest.len() <= 3 && rest.chars().all(|c| c.is_ascii_uppercase());
    UNITS.contains(&word) || rest.len() < word.len() && letters
}

/// What a format displays in place of a text: its characters, and `None` for the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextFormat(Vec<Option<char>>);

impl TextFormat {
    /// Reads the section of a format that applies to text; `None` if it displays the text alone.
    pub(super) fn parse(tokens: &[Token]) -> Option<Self> {
        let piece = |token: &Token| match token {
            Token::General | Token::Sign('@') => Some(None),
            Token::Literal(c) | Token::Sign(c) => Some(Some(*c)),
            Token::Bracket(_) => None,
        };
        let pieces: Vec<Option<char>> = tokens.iter().filter_map(piece).collect();
        let mut others = pieces.iter().filter(|piece| piece.is_none_or(|c| !c.is_whitespace()));
        let alone = others.next() == Some(&None) && others.next().is_none();
        (!alone).then_some(TextFormat(pieces))
    }

    /// Returns what a cell displays of its text.
    pub(super) fn show(&self, text: &str) -> String {
        let piece = |piece: &Option<char>| piece.map_or_else(|| text.to_owned(), String::from);
        self.0.iter().map(piece).collect::<String>().trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Meaning;
    use crate::intake::table::xlsx::format::{NumberFormat, parse_text_format};

    /// What a format displays of a number: `=` for the number, `!` and the text for something else,
    /// and the notes.
    fn shown(code: &str, number: f64) -> String {
        let NumberFormat::Sections(sections) = NumberFormat::parse(code) else {
            return "=".to_owned();
        };
        let shown = sections.show(number, &number.to_string());
        match shown.meaning {
            Meaning::Same => "=".to_owned(),
            Meaning::Noted(notes) => notes.join("; "),
            Meaning::Other => format!("!{}", shown.text.unwrap_or_default()),
            Meaning::Hidden => "hidden".to_owned(),
        }
    }

    #[test]
    fn what_only_arranges_the_digits_says_nothing_else() {
        for (code, number) in [
            ("0", 20.0),
            ("#,##0.00", 1234.5),
            ("0.0", 20.04),
            ("# ##0", 1234.0),
            ("#,##0_);(#,##0)", -20.0),
            ("_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", -20.0),
            ("+0;-0;0", 20.0),
            ("+0;-0;0", -20.0),
            ("0;\"△ \"0", -20.0),
            ("0%", 0.25),
            ("0.00E+00", 2000.0),
            ("# ??/100", 0.25),
            ("0.0,,\"M\"", 1_500_000.0),
            ("0.0,\" tsd.\"", 1500.0),
            ("[Red]0;General", 20.0),
            ("[<1000]0;0.0,\"K\"", 1500.0),
            ("0;-0;0;\"text: \"@", 20.0),
            ("0;@\"+\"", 20.0),
            ("[>100]0", 20.0),
        ] {
            assert_eq!(shown(code, number), "=", "{code}");
        }
    }

    #[test]
    fn what_changes_a_number_is_something_else() {
        for (code, number, text) in [
            ("0\"+\"", 20.0, "20+"),
            ("0\\+", 20.0, "20+"),
            ("#,##0+", 1200.0, "1,200+"),
            ("General\"+\"", 20.0, "20+"),
            ("@\"+\"", 20.0, "20+"),
            ("0\"%\"", 20.0, "20%"),
            ("\"> \"0", 20.0, "> 20"),
            ("\"about \"0\" km\"", 20.0, "about 20 km"),
            ("\"~\"0", 20.0, "~20"),
            ("\"ca. \"0.0E+0", 20.0, "ca. 20"),
            ("0\" million\"", 20.0, "20 million"),
            ("0\"M\"", 20.0, "20M"),
            ("0.0,\"M\"", 1500.0, "1.5M"),
            ("0\"00\"", 20.0, "2000"),
            ("0\",\"0", 25.0, "2,5"),
            ("0-00", 1224.0, "12-24"),
            ("-0", 20.0, "-20"),
            ("(0)", 20.0, "(20)"),
            ("\"yes\";\"yes\";\"no\"", 0.0, "no"),
            ("[>100]\"many\";0", 101.0, "many"),
            ("[<10]\"few\";[>=100]\"many\";0\"+\"", 20.0, "20+"),
            ("0;-0\"+\"", -20.0, "-20+"),
        ] {
            assert_eq!(shown(code, number), format!("!{text}"), "{code}");
        }
        for (code, number) in [(";;;", 20.0), ("0;-0;;@", 0.0), ("#,###", 0.0), ("0;", -20.0)] {
            assert_eq!(shown(code, number), "hidden", "{code}");
        }
        assert_eq!(shown("[>100]\"many\";0", 20.0), "=");
    }

    #[test]
    fn what_stands_beside_a_number_is_noted() {
        for (code, number, unit) in [
            ("[$$-409]#,##0", 20.0, "$"),
            ("#,##0.00\\ [$€-407]", 20.0, "€"),
            ("\"€\"0", 20.0, "€"),
            ("$#,##0_);($#,##0)", -20.0, "$"),
            ("0\" km\"", 20.0, "km"),
            ("\"US$\"0.0,,\"M\"", 1_500_000.0, "US$"),
            ("[$CHF] 0", 20.0, "CHF"),
        ] {
            let note = format!("{unit:?} is shown beside the number, which was read alone");
            assert_eq!(shown(code, number), note, "{code}");
        }
        let zero = "the number 0 is shown as -, and read as 0";
        assert_eq!(shown("0;-0;\"-\"??", 0.0), zero);
        let scaled = "the number is shown divided by 1000, and read whole";
        assert_eq!(shown("0.0,", 1500.0), scaled);
        let bare = "a negative number is shown without its minus, and read with it";
        assert_eq!(shown("0;[Red]0", -5.0), bare);
    }

    #[test]
    fn a_text_is_displayed_by_its_own_section() {
        let show = |code: &str| parse_text_format(code).map(|format| format.show("20"));
        for code in ["@", "0;-0;0;_-@_-", "0\"+\"", "General", "yyyy;@", "0;0;0;General"] {
            assert_eq!(show(code), None, "{code}");
        }
        for (code, text) in
            [("@\"+\"", "20+"), ("0;0;0;\"no\"", "no"), (";;;", ""), ("0;@@", "2020")]
        {
            assert_eq!(show(code).as_deref(), Some(text), "{code}");
        }
    }
}
