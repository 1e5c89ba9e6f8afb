//! Figures as the published page shows them, and the format of numbers for people.

/// A figure as stated, with its bounds.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// Its key.
    pub key: String,
    /// Key of its claim.
    pub claim: String,
    /// Key of its measure.
    pub measure: String,
    /// Title of the measure.
    pub counts: String,
    /// The figure in words: qualifier, number, unit and time.
    pub words: String,
    /// The words of the source, in its language.
    pub said: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// The day or period it is given for, as stated (EDTF).
    pub as_of: Option<String>,
    /// The lower bound; `None` is open.
    pub lower: Option<f64>,
    /// The upper bound; `None` is open.
    pub upper: Option<f64>,
    /// True when the tolerance of a qualifier ("about") supplied a bound.
    pub assumed: bool,
    /// Status of its claim.
    pub status: String,
    /// Keys of the documents that state its claim.
    pub sources: Vec<String>,
    /// A note.
    pub note: Option<String>,
}

impl Figure {
    /// Formats the bounds for people: `5 to 7`, `5 or more`, `7 or less`.
    pub fn format_bounds(&self) -> String {
        match (self.lower, self.upper) {
            (Some(a), Some(b)) if a == b => format_number(a),
            (Some(a), Some(b)) => format!("{} to {}", format_number(a), format_number(b)),
            (Some(a), None) => format!("{} or more", format_number(a)),
            (None, Some(b)) => format!("{} or less", format_number(b)),
            (None, None) => "no number".to_owned(),
        }
    }
}

/// Formats a number for people: digits grouped in threes, fractions to four significant digits.
pub fn format_number(value: f64) -> String {
    // Very large and very small numbers: more digits would claim a precision that f64 does not
    // have.
    if value != 0.0 && !(1e-4..1e15).contains(&value.abs()) {
        return format!("{value:e}");
    }
    let digits = 4 - value.abs().log10().floor().clamp(-300.0, 3.0) as i32 - 1;
    let text = match value.fract() == 0.0 || value == 0.0 {
        true => value.to_string(),
        // Parsed again, which drops trailing zeros.
        false => format!("{value:.*}", digits.max(1) as usize)
            .parse::<f64>()
            .map_or_else(|_| value.to_string(), |rounded| rounded.to_string()),
    };
    let (sign, digits) = text.strip_prefix('-').map_or(("", &*text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) && whole.len() > 4 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::{Figure, format_number};

    #[test]
    fn bounds_that_are_one_number_are_written_as_one() {
        let said = |lower, upper| Figure { lower, upper, ..Figure::default() }.format_bounds();
        assert_eq!(said(Some(5.0), Some(5.0)), "5");
        assert_eq!(said(Some(5.0), Some(7.0)), "5 to 7");
        assert_eq!(said(Some(5.0), None), "5 or more");
        assert_eq!(said(None, Some(7.0)), "7 or less");
        assert_eq!(said(None, None), "no number");
    }

    #[test]
    fn writes_numbers_for_people() {
        let all = [
            0.0,
            5.0,
            1500.0,
            11000.0,
            110_887.0,
            -1_000_000.0,
            0.25,
            815.7,
            12345.5,
            0.366_666_666_666_666_64,
            1e300,
            1e-300,
        ];
        let said = [
            "0",
            "5",
            "1500",
            "11,000",
            "110,887",
            "-1,000,000",
            "0.25",
            "815.7",
            "12,345.5",
            "0.3667",
            "1e300",
            "1e-300",
        ];
        for (value, said) in all.into_iter().zip(said) {
            assert_eq!(format_number(value), said);
        }
    }
}
