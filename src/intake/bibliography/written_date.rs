//! Dates of bibliographies in the words of their authors: ranges of days, months and years, seasons, "circa".

use crate::intake::text::dates::parse_date;
use crate::intake::text::months::month_of;
use crate::model::check_date;

/// A date as far as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WrittenDate {
    /// All that is written (EDTF; a time of day, which no bibliography means, is left out).
    Whole(String),
    /// The year alone; the words say more.
    Year(String),
    /// Nothing.
    Unread,
}

/// Reads a date. A year is never lost with what is written beside it.
pub(super) fn read_written_date(text: &str) -> WrittenDate {
    let text = text.trim();
    let plain = text.replace(['–', '—'], "-").replace("---", "-").replace("--", "-");
    let whole = edtf(text)
        .or_else(|| parse_date(&plain).ok().map(|read| read.date))
        .or_else(|| read_range(&plain))
        .or_else(|| read_circa(&plain))
        .or_else(|| read_early_year(&plain));
    if let Some(date) = whole {
        return WrittenDate::Whole(date);
    }
    if is_before_our_era(&plain) {
        return WrittenDate::Unread;
    }
    let digits = |c: char| !c.is_ascii_digit();
    let mut years = plain.split(digits).filter(|number| number.len() == 4);
    match (years.next(), years.next()) {
        (Some(year), None) if check_date(year).is_ok() => WrittenDate::Year(year.to_owned()),
        _ => WrittenDate::Unread,
    }
}

/// A date in EDTF, without a time of day.
fn edtf(text: &str) -> Option<String> {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    check_date(text)
        .is_ok()
        .then(|| if text.contains('/') { text.to_owned() } else { day.to_owned() })
}

/// `2-7 December 2007`, `June 18-23, 2017`, `Sep-Oct 2007`, `1998-1999`.
fn read_range(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| month_of(word).map(|month| format!("{month:02}"));
    let days = |word: &str| {
        let (first, last) = word.split_once('-')?;
        let two = |day: &str| {
            ((1..=2).contains(&day.len()) && day.bytes().all(|b| b.is_ascii_digit()))
                .then(|| format!("{day:0>2}"))
        };
        Some((two(first)?, two(last)?))
    };
    let of_month = |days: (String, String), month: String, year: &str| {
        format!("{year}-{month}-{}/{year}-{month}-{}", days.0, days.1)
    };
    let date = match words[..] {
        [years] => {
            let (first, last) =
                years.split_once('-').filter(|(a, b)| a.len() == 4 && b.len() == 4)?;
            format!("{first}/{last}")
        }
        [months, year] => {
            let (first, last) = months.split_once(['-', '/'])?;
            format!("{year}-{}/{year}-{}", month(first)?, month(last)?)
        }
        [a, b, year] => match (days(a), days(b)) {
            (Some(days), _) => of_month(days, month(b)?, year),
            (_, Some(days)) => of_month(days, month(a)?, year),
            _ => return None,
        },
        _ => return None,
    };
    check_date(&date).is_ok().then_some(date)
}

/// `c. 1998`, `ca. 1998`, `circa 1998`: about that year.
fn read_circa(text: &str) -> Option<String> {
    let (word, rest) = text.split_once([' ', '.'])?;
    let is_circa = ["c", "ca", "circa"].contains(&word.to_ascii_lowercase().as_str());
    let date = format!("{}~", rest.trim_start_matches(['.', ' ']));
    (is_circa && check_date(&date).is_ok()).then_some(date)
}

/// `800`: a year of three digits, which EDTF writes with four.
fn read_early_year(text: &str) -> Option<String> {
    let is_year = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
    is_year.then(|| format!("0{text}")).filter(|year| check_date(year).is_ok())
}

/// Returns true for `-0044` and `44 BCE`: the archive has no years before 1, and their digits are those of
/// another year.
fn is_before_our_era(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic() && c != '.');
    let word = |word: &str| ["bc", "bce"].contains(&word.replace('.', "").to_lowercase().as_str());
    text.starts_with('-') || words.any(word)
}

/// Reads year, month and day as classic BibTeX and CSL state them; a month in words may be a season or two
/// months, a day may be two days.
pub(super) fn read_parts(year: &str, month: Option<&str>, day: Option<&str>) -> WrittenDate {
    let Some(month) = month.map(str::trim).filter(|month| !month.is_empty()) else {
        return read_written_date(year);
    };
    let season = match month.to_lowercase().as_str() {
        "spring" => Some(21),
        "summer" => Some(22),
        "autumn" | "fall" => Some(23),
        "winter" => Some(24),
        _ => None,
    };
    let number = month.parse::<u8>().ok().filter(|month| (1..=12).contains(month));
    let number = number.or_else(|| month_of(month)).map(|month| format!("{month:02}"));
    let written = match (number, season, day.map(str::trim).filter(|day| !day.is_empty())) {
        (Some(month), _, None) => format!("{year}-{month}"),
        (Some(month), _, Some(day)) if day.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{year}-{month}-{day:0>2}")
        }
        (None, Some(season), None) => format!("{year}-{season}"),
        (_, _, day) => {
            let day = day.map_or_else(String::new, |day| format!("{day} "));
            format!("{day}{month} {year}")
        }
    };
    read_written_date(&written)
}

#[cfg(test)]
mod tests {
    use super::{WrittenDate, read_parts, read_written_date};

    #[test]
    fn dates_in_words() {
        for (text, date) in [
            ("2021", "2021"),
            ("1723~", "1723~"),
            ("2004~/2005?", "2004~/2005?"),
            ("2016-07-18T20:26:06+10:00", "2016-07-18"),
            ("2-7 December 2007", "2007-12-02/2007-12-07"),
            ("June 18--23, 2017", "2017-06-18/2017-06-23"),
            ("Sep–Oct 2007", "2007-09/2007-10"),
            ("1998--1999", "1998/1999"),
            ("c. 1998", "1998~"),
            ("circa 1998", "1998~"),
            ("28 juin 2021", "2021-06-28"),
            ("800", "0800"),
        ] {
            assert_eq!(read_written_date(text), WrittenDate::Whole(date.to_owned()), "{text}");
        }
        for text in ["[1998]", "1998, reprinted", "32 June 1998", "20 Octember 1998"] {
            assert_eq!(read_written_date(text), WrittenDate::Year("1998".to_owned()), "{text}");
        }
        for text in [
            "in press",
            "n.d.",
            "1998 or 1999",
            "",
            "-0044",
            "44 BCE",
            "1200 B.C.",
            "2000 bc",
            "80",
            "000",
        ] {
            assert_eq!(read_written_date(text), WrittenDate::Unread, "{text}");
        }
    }

    #[test]
    fn parts_of_a_date() {
        let whole = |date: &str| WrittenDate::Whole(date.to_owned());
        for (month, day, date) in [
            (None, None, "2007"),
            (Some("12"), Some("3"), "2007-12-03"),
            (Some("Sept."), None, "2007-09"),
            (Some("März"), None, "2007-03"),
            (Some("Spring"), None, "2007-21"),
            (Some("mar/apr"), None, "2007-03/2007-04"),
            (Some("Sep--Oct"), None, "2007-09/2007-10"),
            (Some("dec"), Some("2--7"), "2007-12-02/2007-12-07"),
            (Some("2 dec"), None, "2007-12-02"),
        ] {
            assert_eq!(read_parts("2007", month, day), whole(date), "{month:?} {day:?}");
        }
        assert_eq!(
            read_parts("2007", Some("Michaelmas"), None),
            WrittenDate::Year("2007".to_owned())
        );
    }
}
