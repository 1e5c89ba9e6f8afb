//! The spellings of units, and the words that name what a measure counts. To teach the program another
//! spelling, add it to its line here.

use crate::model::fold::fold_name;

/// Units with all their spellings, a unit on each line. A spelling of one or two letters is taken as it
/// stands, since `m` is no `M`. A word that several units share, such as `ton` or `$`, is left out.
#[rustfmt::skip]
const UNITS: &[&[&str]] = &[
    &["mm", "millimetre", "millimetres", "millimeter", "millimeters", "millimètre", "millimètres"],
    &["cm", "centimetre", "centimetres", "centimeter", "centimeters", "centimètre", "centimètres"],
    &["m", "metre", "metres", "meter", "meters", "mètre", "mètres"],
    &["km", "Km", "KM", "kilometre", "kilometres", "kilometer", "kilometers", "kilomètre", "kilomètres"],
    &["ft", "foot", "feet"],
    &["yd", "yard", "yards"],
    &["mi", "mile", "miles"],
    &["m²", "m2", "sq m", "square metre", "square metres", "square meter", "square meters"],
    &["km²", "km2", "sq km", "square kilometre", "square kilometres", "square kilometer", "square kilometers"],
    &["ha", "Ha", "hectare", "hectares"],
    &["acre", "acres"],
    &["m³", "m3", "cubic metre", "cubic metres", "cubic meter", "cubic meters"],
    &["l", "L", "litre", "litres", "liter", "liters"],
    &["g", "gram", "grams", "gramme", "grammes"],
    &["kg", "Kg", "KG", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"],
    &["t", "tonne", "tonnes", "metric ton", "metric tons"],
    &["MW", "megawatt", "megawatts"],
    &["s", "sec", "second", "seconds", "seconde", "secondes"],
    &["min", "minute", "minutes"],
    &["h", "hr", "hrs", "hour", "hours", "heure", "heures"],
    &["d", "day", "days", "jour", "jours"],
    &["week", "weeks", "semaine", "semaines"],
    &["month", "months", "mois"],
    &["year", "years", "an", "ans", "année", "années"],
    &["EUR", "€", "euro", "euros"],
    &["USD", "US$", "dollar", "dollars", "US dollar", "US dollars"],
    &["GBP", "pound sterling", "pounds sterling"],
    &["CHF", "Swiss franc", "Swiss francs"],
];

/// Words for people, as a unit of what is counted one by one.
const PEOPLE: &[&str] = &["person", "persons", "people", "personne", "personnes"];

/// Plurals that do not end in s.
const IRREGULAR_PLURALS: [&str; 6] = ["people", "children", "men", "women", "cattle", "livestock"];

/// The beginnings of titles behind which the thing that is counted stands.
const COUNT_OF: [&str; 4] = ["number of ", "total number of ", "count of ", "nombre de "];

/// Returns true if words are a spelling of a unit, or the unit itself in another case or number.
pub fn is_same_unit(unit: &str, words: &str) -> bool {
    let groups = || UNITS.iter().copied().chain([PEOPLE]);
    let both = |group: &&[&str]| [unit, words].iter().all(|text| is_in(group, text));
    is_spelling(unit, words)
        || is_long(unit) && singular(&fold_name(unit)) == singular(&fold_name(words))
        || groups().any(|group| both(&group))
}

/// Returns true if words say what a figure counts: the unit, in any spelling; where things are counted one
/// by one, also the key or the title of the measure, or the plural with which its title begins.
pub fn says_what_is_counted(words: &str, unit: Option<&str>, key: &str, title: &str) -> bool {
    match unit {
        Some(unit) if is_same_unit(unit, words) => true,
        // A length in km is no length in m, whatever the measure is called.
        Some(unit) if UNITS.iter().any(|group| is_in(group, unit)) => false,
        _ => begins_title(words, title) || fold_name(words) == fold_name(key),
    }
}

/// Returns true if a title is these words, or begins with them where they end in a plural: `houses` of
/// "Houses flooded", but not `house` of "House fires", which are no houses.
fn begins_title(words: &str, title: &str) -> bool {
    let (words, title) = (fold_name(words), fold_name(title));
    let things = COUNT_OF.iter().find_map(|of| title.strip_prefix(of)).unwrap_or(&title);
    if words == title || words == things {
        return true;
    }
    let number = words.split(' ').count();
    let beginning: Vec<&str> = things.split(' ').take(number).collect();
    let is_plural = |word: &&&str| word.ends_with('s') || IRREGULAR_PLURALS.contains(word);
    let beginning = beginning.last().filter(is_plural).map(|_| beginning.join(" "));
    beginning.is_some_and(|plural| plural == words || plural.strip_suffix('s') == Some(&words))
}

fn is_in(group: &[&str], text: &str) -> bool {
    group.iter().any(|spelling| is_spelling(spelling, text))
}

/// Returns true if a text is this spelling, in any case unless it is short.
fn is_spelling(spelling: &str, text: &str) -> bool {
    spelling == text || is_long(spelling) && spelling.to_lowercase() == text.to_lowercase()
}

fn is_long(spelling: &str) -> bool {
    spelling.chars().count() > 2
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|singular| is_long(singular)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, UNITS, is_same_unit, says_what_is_counted};
    use std::collections::HashSet;

    #[test]
    fn a_spelling_is_of_one_unit() {
        let mut seen = HashSet::new();
        for spelling in UNITS.iter().copied().chain([PEOPLE]).flatten() {
            assert!(seen.insert(*spelling), "{spelling} stands twice");
        }
    }

    #[test]
    fn spellings_of_one_unit_are_the_same_and_others_are_not() {
        for (unit, words) in [
            ("m", "metres"),
            ("metre", "m"),
            ("EUR", "€"),
            ("EUR", "eur"),
            ("euros", "EUR"),
            ("persons", "people"),
            ("USD", "dollars"),
            ("barrels", "Barrel"),
            ("km²", "square kilometres"),
            ("houses", "house"),
        ] {
            assert!(is_same_unit(unit, words), "{unit}, {words}");
        }
        for (unit, words) in [
            ("m", "km"),
            ("m", "M"),
            ("m", "Metres of road"),
            ("t", "tons"),
            ("USD", "$"),
            ("CAD", "dollars"),
            ("EUR", "USD"),
            ("gas", "ga"),
            ("m", "m EUR"),
        ] {
            assert!(!is_same_unit(unit, words), "{unit}, {words}");
        }
    }

    #[test]
    fn what_is_counted_is_named_by_the_plural_of_a_title() {
        let says = |words: &str, unit: Option<&str>, title: &str| {
            says_what_is_counted(words, unit, "key-of-it", title)
        };
        for (words, title) in [
            ("houses", "Houses flooded"),
            ("house", "Houses flooded"),
            ("Houses flooded", "Houses flooded"),
            ("people", "Number of people displaced"),
            ("key-of-it", "Something"),
            ("pump", "Pump"),
        ] {
            assert!(says(words, None, title), "{words}, {title}");
        }
        for (words, title) in [
            ("house", "House fires"),
            ("houses", "House fires"),
            ("houses", "People without houses"),
            ("police", "Police cars"),
            ("people in hospital", "People injured"),
            ("m", "Depth"),
        ] {
            assert!(!says(words, None, title), "{words}, {title}");
        }
        assert!(says("residents", Some("persons"), "Residents evacuated"));
        assert!(!says("metres", Some("km"), "Metres of road washed away"));
    }
}
