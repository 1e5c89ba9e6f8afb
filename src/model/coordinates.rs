//! Coordinates as people write them: in degrees, minutes and seconds, with the letter of a hemisphere, or
//! both in one text.

use super::spelling::quoted;

/// The letters of the hemispheres of an axis, the positive one first.
pub type Hemispheres = (char, char);

/// The hemispheres of the latitude.
pub const LATITUDE: Hemispheres = ('N', 'S');

/// The hemispheres of the longitude.
pub const LONGITUDE: Hemispheres = ('E', 'W');

/// The order of the two coordinates in one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisOrder {
    /// Latitude first, as people and GPS devices write them.
    LatLon,
    /// Longitude first, as GeoJSON and WKT write them.
    LonLat,
    /// Not stated.
    Unknown,
}

/// A coordinate: its degrees as a decimal number, and the letter that it states.
struct Degrees {
    decimal: String,
    letter: Option<char>,
}

/// Reads a coordinate in degrees, minutes and seconds (`32°56'24"N`), or in degrees with a letter or a
/// degree sign (`32.94 N`), and returns its decimal degrees. `None` for a number alone, and for what is no
/// coordinate.
///
/// # Errors
/// Fails where the letter is not one of this axis, or minutes or seconds are 60 or more.
pub fn decimal_degrees(text: &str, axis: Hemispheres) -> Option<Result<String, String>> {
    let is_plain = !text.contains(|c: char| c.is_alphabetic() || DEGREE_SIGNS.contains(&c));
    if is_plain {
        return None;
    }
    let degrees = match read_degrees(text)? {
        Ok(degrees) => degrees,
        Err(why) => return Some(Err(why)),
    };
    Some(match degrees.letter {
        Some(letter) if letter != axis.0 && letter != axis.1 => Err(format!(
            "{} is {letter}, and this coordinate is {} or {}",
            quoted(text),
            axis.0,
            axis.1
        )),
        _ => Ok(degrees.decimal),
    })
}

/// The signs behind degrees: the degree sign, and the ordinal indicator and the ring that are typed for it.
const DEGREE_SIGNS: [char; 3] = ['°', 'º', '˚'];

/// The signs behind minutes.
const MINUTE_SIGNS: [char; 4] = ['\'', '′', '’', '´'];

/// The signs behind seconds.
const SECOND_SIGNS: [char; 3] = ['"', '″', '”'];

/// Splits a text that holds both coordinates into latitude and longitude, as decimal degrees. Without an
/// order they have to show their hemispheres, or to be a point of WKT, which puts the longitude first
/// (OGC 06-103r4).
///
/// # Errors
/// Fails where the text does not hold two coordinates, or their order is not known.
pub fn split_coordinates(text: &str, order: AxisOrder) -> Result<(String, String), String> {
    let fault = || {
        let shown = quoted(text);
        format!("{shown} is not two coordinates; write 32.94, 67.78 or 32°56'24\"N 67°46'55\"E")
    };
    let bare = text.trim();
    let upper = bare.to_ascii_uppercase();
    let point = upper.strip_prefix("POINT").map(str::trim_start);
    let inner = point.and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')'));
    let (text_of_two, order) = match inner {
        Some(inner) => (inner, AxisOrder::LonLat),
        None => {
            let inner =
                upper.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']']));
            (inner.unwrap_or(&upper), order)
        }
    };
    let (first, second) = in_two(text_of_two).ok_or_else(fault)?;
    let read = |text: &str| read_degrees(text).unwrap_or_else(|| Err(fault()));
    let (first, second) = (read(first)?, read(second)?);
    let is_of = |degrees: &Degrees, axis: Hemispheres| {
        degrees.letter.is_some_and(|letter| letter == axis.0 || letter == axis.1)
    };
    let shows = |lat: &Degrees, lon: &Degrees| is_of(lat, LATITUDE) && is_of(lon, LONGITUDE);
    if shows(&first, &second) {
        return Ok((first.decimal, second.decimal));
    }
    if shows(&second, &first) {
        return Ok((second.decimal, first.decimal));
    }
    if first.letter.is_some() || second.letter.is_some() {
        return Err(fault());
    }
    match order {
        AxisOrder::LatLon => Ok((first.decimal, second.decimal)),
        AxisOrder::LonLat => Ok((second.decimal, first.decimal)),
        AxisOrder::Unknown => {
            Err(format!("{} does not say which of its numbers is the latitude", quoted(text)))
        }
    }
}

/// Splits a text at the sign between two coordinates: a comma or a semicolon, the letter behind the
/// first, or the blank between two numbers.
fn in_two(text: &str) -> Option<(&str, &str)> {
    for sign in [';', ','] {
        if let Some((first, second)) = text.split_once(sign) {
            return (!second.contains(sign)).then_some((first.trim(), second.trim()));
        }
    }
    let is_letter = |c: char| "NSEW".contains(c);
    if let Some(at) = text.find(is_letter) {
        // A letter is before its number or behind it, and so is the other.
        let at = if at == 0 { text[1..].find(is_letter)? + 1 } else { at + 1 };
        let (first, second) = text.split_at(at);
        return Some((first.trim(), second.trim()));
    }
    let mut parts = text.split_whitespace();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None) => Some((first, second)),
        _ => None,
    }
}

/// Reads one coordinate. `None` for what is none.
fn read_degrees(text: &str) -> Option<Result<Degrees, String>> {
    let is_letter = |c: char| "NSEW".contains(c);
    let upper = text.trim().to_ascii_uppercase();
    let (mut rest, mut letter) = (upper.as_str(), None);
    if let Some(found) = rest.chars().next().filter(|c| is_letter(*c)) {
        (rest, letter) = (rest[1..].trim_start(), Some(found));
    }
    if let Some(found) = rest.chars().next_back().filter(|c| is_letter(*c)) {
        if letter.is_some() {
            return None;
        }
        (rest, letter) = (rest[..rest.len() - 1].trim_end(), Some(found));
    }
    let (sign, rest) = match rest.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", rest.strip_prefix('+').unwrap_or(rest)),
    };
    if !sign.is_empty() && letter.is_some() {
        return None;
    }
    let parts = parts_of(rest)?;
    let is_negative = !sign.is_empty() || letter.is_some_and(|letter| "SW".contains(letter));
    let sign = if is_negative { "-" } else { "" };
    let [degrees, smaller @ ..] = parts.as_slice() else { return None };
    let whole = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // Only the last part has decimals.
    let lasts = parts.iter().rev().skip(1);
    if lasts.into_iter().any(|part| !whole(part)) || smaller.len() > 2 {
        return None;
    }
    if smaller.is_empty() {
        return Some(Ok(Degrees { decimal: format!("{sign}{degrees}"), letter }));
    }
    let mut decimal: f64 = degrees.parse().ok()?;
    for (part, share) in smaller.iter().zip([60.0, 3600.0]) {
        let number: f64 = part.parse().ok()?;
        if number >= 60.0 {
            return Some(Err(format!(
                "{} has {part} minutes or seconds; there are fewer than 60",
                quoted(text)
            )));
        }
        decimal += number / share;
    }
    Some(Ok(Degrees { decimal: format!("{sign}{decimal}"), letter }))
}

/// The degrees, minutes and seconds of a coordinate without sign and letter, as digits.
fn parts_of(text: &str) -> Option<Vec<&str>> {
    let (mut rest, mut parts) = (text, Vec::new());
    for signs in [DEGREE_SIGNS.as_slice(), MINUTE_SIGNS.as_slice(), SECOND_SIGNS.as_slice()] {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        if part.parse::<f64>().is_err() {
            return None;
        }
        parts.push(part);
        let has_sign = behind.trim_start().starts_with(signs);
        let behind = behind.trim_start().strip_prefix(signs).unwrap_or(behind);
        // Two apostrophes are typed for seconds.
        let behind = match signs == SECOND_SIGNS.as_slice() && !has_sign {
            true => behind.trim_start().strip_prefix("''").unwrap_or(behind),
            false => behind,
        };
        let next = behind.trim_start();
        if next.is_empty() {
            return Some(parts);
        }
        if !has_sign && next.len() == behind.len() {
            return None;
        }
        rest = next;
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{AxisOrder, LATITUDE, LONGITUDE, decimal_degrees, split_coordinates};

    #[test]
    fn degrees_minutes_and_seconds_are_decimal_degrees() {
        for (text, degrees) in [
            ("32°56'24\"N", "32.94"),
            ("32° 56′ 24″ N", "32.94"),
            ("32 56 24 N", "32.94"),
            ("N 32° 56.4'", "32.94"),
            ("32º30’S", "-32.5"),
            ("s32.5", "-32.5"),
            ("32.940 N", "32.940"),
            ("-32°30'", "-32.5"),
            ("−32.5°", "-32.5"),
            ("32°0'36''", "32.01"),
            ("0°30'S", "-0.5"),
        ] {
            assert_eq!(decimal_degrees(text, LATITUDE), Some(Ok(degrees.to_owned())), "{text}");
        }
        assert_eq!(decimal_degrees("67°46'12\"W", LONGITUDE), Some(Ok("-67.77".to_owned())));
        // A number alone is read as a number.
        for text in ["32.94", "-32.94", "32,94", "", "1 2"] {
            assert_eq!(decimal_degrees(text, LATITUDE), None, "{text}");
        }
        for text in [
            "about 32 N",
            "32°56'24'24\"N",
            "32.5°30'N",
            "-32 N",
            "N 32 N",
            "N",
            "°",
            "32°N'",
            "1°2°3",
        ] {
            assert!(decimal_degrees(text, LATITUDE).is_none(), "{text}");
        }
        for (text, said) in [
            ("32 E", "is E, and this coordinate is N or S"),
            ("32°60'N", "has 60"),
            ("1°2'60\"", "has 60"),
        ] {
            assert!(decimal_degrees(text, LATITUDE).unwrap().unwrap_err().contains(said), "{text}");
        }
    }

    #[test]
    fn two_coordinates_are_split_where_their_order_is_known() {
        let ok = |lat: &str, lon: &str| Ok((lat.to_owned(), lon.to_owned()));
        for (text, order, split) in [
            ("31.5, 34.46", AxisOrder::LatLon, ok("31.5", "34.46")),
            ("31.5, 34.46", AxisOrder::LonLat, ok("34.46", "31.5")),
            ("(31.5 -34.46)", AxisOrder::LatLon, ok("31.5", "-34.46")),
            ("[34.46,31.5]", AxisOrder::LonLat, ok("31.5", "34.46")),
            ("POINT (34.46 31.5)", AxisOrder::Unknown, ok("31.5", "34.46")),
            ("point(34.46 31.5)", AxisOrder::LatLon, ok("31.5", "34.46")),
            ("31.5 N, 34.46 E", AxisOrder::Unknown, ok("31.5", "34.46")),
            ("34.46E 31.5N", AxisOrder::LatLon, ok("31.5", "34.46")),
            ("31°30'N 34°30'W", AxisOrder::Unknown, ok("31.5", "-34.5")),
            ("S 31 30 E 34 30", AxisOrder::Unknown, ok("-31.5", "34.5")),
        ] {
            assert_eq!(split_coordinates(text, order), split, "{text} {order:?}");
        }
        for (text, said) in [
            ("31.5, 34.46", "does not say which of its numbers is the latitude"),
            ("31.5", "is not two coordinates"),
            ("31,5, 34,46", "is not two coordinates"),
            ("31.5N, 34.46", "is not two coordinates"),
            ("31.5N, 34.46N", "is not two coordinates"),
            ("Old Town", "is not two coordinates"),
            ("1 2 3", "is not two coordinates"),
            ("31°60'N 34°30'W", "has 60"),
        ] {
            let error = split_coordinates(text, AxisOrder::Unknown).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
