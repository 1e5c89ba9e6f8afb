//! The display of a number or a text in its number format, and whether it says something else.

use super::section::{Meaning, Section, Shown};
use super::tokens::{Token, tokenize};

/// Returns the position of the section that applies to text.
fn text_section(sections: &[Vec<Token>]) -> Option<usize> {
    let last = sections.len() - 1;
    match last {
        3.. => Some(3),
        _ => sections[last].contains(&Token::Sign('@')).then_some(last),
    }
}

/// The sections of a number format that apply to numbers.
#[derive(Debug, PartialEq)]
pub(in crate::intake::table) struct Sections(Vec<Section>);

impl Sections {
    /// Reads the sections of a format code; `None` where nothing but the number is displayed, in a way
    /// that is not known here.
    pub(super) fn parse(sections: &[Vec<Token>]) -> Option<Self> {
        // The section of text is none of a number, unless it is the only one.
        let numeric = text_section(sections).filter(|text| *text > 0).unwrap_or(sections.len());
        let list = sections.iter().take(numeric.min(3)).map(|tokens| Section::parse(tokens));
        let list: Vec<Section> = list.collect();
        (!list.iter().all(Section::is_bare)).then_some(Sections(list))
    }

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
        let Some(section) = section else {
            return Shown { text: None, meaning: Meaning::Same, per_cent: false };
        };
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

/// The display of a text: its characters, and `None` for the text itself.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::intake::table) struct TextFormat(Vec<Option<char>>);

impl TextFormat {
    /// Reads the section of a format code that applies to text; `None` if it displays the text alone.
    pub(in crate::intake::table) fn parse(code: &str) -> Option<Self> {
        let sections = tokenize(code);
        let tokens = &sections[text_section(&sections)?];
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
    use super::{Meaning, Sections, TextFormat, tokenize};

    /// Describes the display of a number: `=` for the number, `!` and the text for something else,
    /// and the notes.
    fn shown(code: &str, number: f64) -> String {
        let Some(sections) = Sections::parse(&tokenize(code)) else {
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
            ("0.0,\" km\"", 1500.0, "1.5 km"),
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
        let zero = "the number 0 is shown as CHF -, and read as 0";
        assert_eq!(shown("0;-0;_([$CHF]* \\ \"-\"??_)", 0.0), zero);
        let scaled = "the number is shown divided by 1000, and read whole";
        assert_eq!(shown("0.0,", 1500.0), scaled);
        let bare = "a negative number is shown without its minus, and read with it";
        assert_eq!(shown("0;[Red]0", -5.0), bare);
    }

    #[test]
    fn a_text_is_displayed_by_its_own_section() {
        let show = |code: &str| TextFormat::parse(code).map(|format| format.show("20"));
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
