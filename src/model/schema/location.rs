//! Places and their names.

use super::kind::{EXAMPLE_MARK, Field, FoundBy, Kind, Nested, Type, Unique};
use crate::model::coordinates::{LATITUDE, LONGITUDE};

/// A named place.
pub static LOCATION: Kind = Kind {
    word: "location",
    table: "locations",
    about: "A named place",
    fields: &[
        Field::plain("key", Type::Key, "Readable name, unique among locations").required(),
        Field::plain("name", Type::Text, "The name in English usage").required(),
        Field::plain(
            "kind",
            Type::Code("location_kinds"),
            "Country, province, district, town, site, …",
        )
        .required(),
        Field::new("within", "within_id", Type::Ref("locations"), "The place that holds it"),
        Field::plain("lat", Type::Number, "Latitude in degrees north, WGS 84").degrees(LATITUDE),
        Field::plain("lon", Type::Number, "Longitude in degrees east, WGS 84").degrees(LONGITUDE),
        Field::plain(
            "precision",
            Type::CodeNumber("location_precisions"),
            "How exact the coordinates are: 1 exact, 3 district, 4 province, … (UCDP)",
        ),
        Field::plain("geonames", Type::Text, "GeoNames id"),
        Field::plain("wikidata", Type::Text, "Wikidata item, such as Q889"),
        Field::plain("iso_3166", Type::Text, "ISO 3166-1 alpha-2 or 3166-2 code"),
        Field::plain("ocha_pcode", Type::Text, "OCHA P-code"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["key"],
    nested: &[Nested { word: "names", kind: &NAME, parent: "location", shorthand: Some("name") }],
    authored: true,
    key_from: Some("name"),
    found_by: FoundBy::Names { table: "location_names", owner: "location_id", name: "name" },
    told_apart_by: &["kind", "within", "lat", "lon", "precision"],
    local: &[Field::plain("folded", Type::Text, "Its name as names are compared")],
    folded: true,
    revised: true,
    searched: &["name", "note"],
    bulk: true,
    template: &[
        ("place", EXAMPLE_MARK),
        ("place_name", "Exampleton"),
        ("place_kind", "town"),
        ("within", "Exampleshire"),
        ("lat", "54.25"),
        ("lon", "-2.5"),
        ("wikidata", "Q42"),
        ("other_name", "Exempleville"),
        ("other_name_language", "fr"),
    ],
    ..Kind::BASE
};

/// Another name or spelling of a place, in any script.
pub static NAME: Kind = Kind {
    word: "name",
    table: "location_names",
    about: "Another name or spelling of a place, in any script",
    fields: &[
        Field::new("location", "location_id", Type::Ref("locations"), "The place").required(),
        Field::plain("name", Type::Text, "The name as written").required(),
        Field::plain("language", Type::Text, "Its language, as a BCP 47 tag"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["location", "name"],
    authored: true,
    uniques: &[Unique::of(&["location_id", "name"])],
    local: &[Field::plain("folded", Type::Text, "The name as names are compared")],
    folded: true,
    revised: true,
    searched: &["name"],
    searched_in: Some(("location_id", "name")),
    bulk: true,
    ..Kind::BASE
};
