//! Number formats: which cells hold dates and durations, and what they display with a value.

use super::shown::Sections;
use super::tokens::{Token, tokenize};
use std::rc::Rc;

/// A number format, as far as it bears on what a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::intake::table) enum NumberFormat {
    /// A number, displayed as it is stored or in a way that is not known here.
    General,
    /// A date, a moment or a time of day. `whole_day` is true if the day, the month and the year are
    /// displayed; `words` are words and signs displayed with it that may say how exact it is.
    Date { whole_day: bool, words: Option<Rc<str>> },
    /// A duration, such as `[h]:mm`.
    Duration,
    /// A number with patterns of digits and text between them.
    Sections(Rc<Sections>),
}

impl NumberFormat {
    /// Reads a format code, such as `yyyy-mm-dd` or `00000`.
    pub(super) fn parse(code: &str) -> Self {
        let sections = tokenize(code);
        let tokens = &sections[0];
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
            let whole_day = has('d') && has('m') && (has('y') || has('e'));
            return NumberFormat::Date { whole_day, words: words_beside(tokens).map(Rc::from) };
        }
        match Sections::parse(&sections) {
            Some(found) if !code.is_empty() => NumberFormat::Sections(Rc::new(found)),
            _ => NumberFormat::General,
        }
    }
}

/// The words that formats of whole dates have before or behind them, in lower case.
const DATE_WORDS: &[&str] =
    &["le", "den", "el", "г", "р", "uhr", "h", "z", "年", "月", "日", "년", "월", "일"];

/// Returns the words and signs before and behind the parts of a date that may say something else than
/// the date: `before 28.6.2021`, `2021?`.
fn words_beside(tokens: &[Token]) -> Option<String> {
    // Digits are those of a second: `ss.000`.
    let literal = |token: &&Token| !matches!(token, Token::Sign(c) if c.is_ascii_alphanumeric());
    let character = |token: &Token| match token {
        Token::Literal(c) | Token::Sign(c) => Some(*c),
        Token::Bracket(_) | Token::General => None,
    };
    let before: String = tokens.iter().take_while(literal).filter_map(character).collect();
    let behind: Vec<char> = tokens.iter().rev().take_while(literal).filter_map(character).collect();
    let behind: String = behind.into_iter().rev().collect();
    words_beside_date([before, behind])
}

/// Returns what stands before or behind a date, if it may say something else than the date.
pub(in crate::intake::table) fn words_beside_date(beside: [String; 2]) -> Option<String> {
    let says = |text: &String| {
        let word = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ','));
        let known = word.is_empty() || DATE_WORDS.contains(&word.to_lowercase().as_str());
        !known && word.contains(|c: char| c.is_alphanumeric() || "+<>≤≥~≈?±".contains(c))
    };
    beside.into_iter().find(says)
}

/// Returns the code of the format with this number, as ECMA-376 (18.8.30) lists them.
pub(in crate::intake::table) fn builtin_code(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        // Currencies, whose sign is that of the country where the workbook is opened.
        5 | 6 | 42 => "\\¤#,##0",
        7 | 8 | 44 => "\\¤#,##0.00",
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
    }
}

#[cfg(test)]
mod tests {
    use super::{NumberFormat, builtin_code};

    #[test]
    fn a_format_says_what_a_number_is() {
        use NumberFormat::{Date, Duration, General};
        let builtin_format = |id| NumberFormat::parse(builtin_code(id));
        let day = |whole_day| Date { whole_day, words: None };
        for (code, format) in [
            ("DD/MM/YY", day(true)),
            ("yyyy\\-mm\\-dd;@", day(true)),
            ("yyyy-mm-dd hh:mm:ss.000", day(true)),
            ("[$-404]e\"年\"m\"月\"d\"日\"", day(true)),
            ("mmm yyyy", day(false)),
            ("d-mmm", day(false)),
            ("h:mm AM/PM", day(false)),
            ("[Blue]\\+[h]:mm;[Red]\\-[h]:mm", Duration),
            ("[ss].00", Duration),
            ("General", General),
            ("@", General),
            ("0.00E+00", General),
            ("# ?/?", General),
        ] {
            assert_eq!(NumberFormat::parse(code), format, "{code}");
        }
        assert_eq!(builtin_format(14), day(true));
        assert_eq!(builtin_format(17), day(false));
        assert_eq!(builtin_format(46), Duration);
        assert_eq!(builtin_format(0), General);
        // Letters that stand for themselves make no date.
        for code in ["#,##0\\ [$\\u20bd-46D]", "\\Y000000", "0.0##\" YMD\"", "0_d"] {
            let format = NumberFormat::parse(code);
            assert!(matches!(format, NumberFormat::Sections(_)), "{code}: {format:?}");
        }
    }
}
