//! The place of an event of UCDP GED: the chain of places that its precision code (`where_prec`)
//! allows.

use crate::intake::table::row::Row;
use crate::intake::text::prose::fold_blanks;
use crate::intake::unit::Unit;
use crate::model::{LOCATION, SourcePos, Value, parse_number, quoted};

/// The key and name of a place already added.
type Place = (String, String);

/// Adds the places of the event, and the relation of the claim to them.
pub(in crate::intake) fn add_places(
    row: &Row<'_>,
    claim: &str,
    precision: Option<i64>,
    unit: &mut Unit,
) {
    let lat = read_degrees(row, "latitude", 90.0, unit);
    let lon = read_degrees(row, "longitude", 180.0, unit);
    let (Some(precision), true) = (precision, unit.problems.is_empty()) else { return };
    let point = lat.zip(lon);
    let name = |column: &str| row.get(column).map(fold_blanks).filter(|text| !text.is_empty());
    let (country, province, district) = (name("country"), name("adm_1"), name("adm_2"));
    let here = name("where_coordinates");
    let mut chain = Chain { unit, point, precision, places: Vec::new() };
    // Administrative divisions, from the largest to the smallest.
    let steps = [
        ("country", "country", country),
        ("adm_1", "province", province),
        ("adm_2", "district", district),
    ];
    let finest = match precision {
        6 => 1,
        4 if steps[1].2.is_some() => 2,
        _ => 3,
    };
    let point_on = match precision {
        3 if steps[2].2.is_some() => Some("adm_2"),
        4 if steps[1].2.is_some() => Some("adm_1"),
        6 if steps[0].2.is_some() => Some("country"),
        _ => None,
    };
    for (column, kind, name) in steps.into_iter().take(finest) {
        if let Some(name) = name {
            chain.push_place(&name, kind, point_on == Some(column), &row.pos(column));
        }
    }
    let around = chain.places.last().map(|(key, _)| key.clone());
    if point_on.is_none()
        && let Some(here) = here
    {
        let kind = match precision {
            1 | 2 => guess_kind(&here),
            3 => "district",
            4 => "province",
            6 => "country",
            7 => "sea",
            _ => "area",
        };
        chain.push_place(&here, kind, true, &row.pos("where_coordinates"));
    }
    let Some((key, _)) = chain.places.last().cloned() else { return };
    let relation = match precision {
        1 | 7 => "at",
        // Near a point; but within a division that has the point's name.
        2 if around.as_ref() != Some(&key) => "near",
        _ => "within",
    };
    let mut add_relation = |key: &str, relation: &str| {
        let fields =
            [("claim", claim.into()), ("location", key.into()), ("relation", relation.into())];
        unit.add_record("place", &row.pos("where_coordinates"), &fields);
    };
    add_relation(&key, relation);
    if let (2, Some(around)) = (precision, around)
        && around != key
    {
        add_relation(&around, "within");
    }
}

struct Chain<'a> {
    unit: &'a mut Unit,
    point: Option<(Value, Value)>,
    precision: i64,
    places: Vec<Place>,
}

impl Chain<'_> {
    /// Sets the coordinates of a division that is already in the chain, unless it has some.
    fn set_point(&mut self, key: &str, pos: &SourcePos) {
        let Some((lat, lon)) = self.point.clone() else { return };
        let mut places = self.unit.records.iter_mut().filter(|r| r.kind.is(&LOCATION));
        let Some(place) = places.find(|r| r.text("key") == Some(key) && r.given("lat").is_none())
        else {
            return;
        };
        let precision =
            division_precision(place.text("kind").unwrap_or_default()).max(self.precision);
        place.set("lat", lat, pos.clone());
        place.set("lon", lon, pos.clone());
        place.set("precision", Value::Int(precision), pos.clone());
    }

    /// Adds a place inside the last one; an enclosing place of the same name is used instead.
    fn push_place(&mut self, name: &str, kind: &str, pointed: bool, pos: &SourcePos) {
        let same = |(_, other): &Place| other.to_lowercase() == name.to_lowercase();
        if let Some(at) = self.places.iter().position(same) {
            let known = self.places.remove(at);
            if pointed {
                self.set_point(&known.0, pos);
            }
            self.places.push(known);
            return;
        }
        let within = self.places.last().cloned();
        let words = match &within {
            Some((_, around)) => format!("{name} {around}"),
            None => name.to_owned(),
        };
        let point = self.point.clone().filter(|_| pointed);
        let precision = point.as_ref().map_or(Value::Null, |_| Value::Int(self.precision));
        let (lat, lon) = point.unwrap_or((Value::Null, Value::Null));
        let fields = [
            ("name", name.into()),
            ("kind", kind.into()),
            ("within", within.map_or(Value::Null, |(key, _)| Value::Text(key))),
            ("lat", lat),
            ("lon", lon),
            ("precision", precision),
        ];
        let key = self.unit.add_with_proposed_key("location", &words, pos, &fields);
        self.places.push((key, name.to_owned()));
    }
}

/// Returns the finest precision code of a point that stands for a whole division of this kind.
fn division_precision(kind: &str) -> i64 {
    match kind {
        "country" => 6,
        "province" => 4,
        _ => 3,
    }
}

/// Guesses the kind of a place from the last word of its name.
fn guess_kind(name: &str) -> &'static str {
    match name.rsplit(' ').next().map(str::to_lowercase).as_deref() {
        Some("village") => "village",
        Some("town") => "town",
        Some("city") => "city",
        _ => "site",
    }
}

fn read_degrees(row: &Row<'_>, column: &str, limit: f64, unit: &mut Unit) -> Option<Value> {
    let text = row.get(column)?;
    let number = parse_number(text).ok();
    let what = match number.as_ref().and_then(Value::as_number) {
        Some(degrees) if degrees.abs() <= limit => return number,
        Some(_) => format!("{text} is not between -{limit} and {limit}"),
        None => format!("{} is not a number", quoted(text)),
    };
    unit.add_problem(&row.pos(column), what);
    None
}
