//! Cells whose text is made of the cells of a row: recoded, turned into a key, joined in a note, split into
//! two coordinates, or put into a sentence.

use crate::intake::settings::Settings;
use crate::intake::unit::Unit;
use crate::model::{
    AxisOrder, Column, SourcePos, Type, check_key, did_you_mean, find_column, quoted,
    split_coordinates,
};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

/// The names of a column that holds both coordinates, by words in lower case with `_` between them.
const BOTH_COORDINATES: [(&str, AxisOrder); 17] = [
    ("lat_lon", AxisOrder::LatLon),
    ("latlon", AxisOrder::LatLon),
    ("lat_lng", AxisOrder::LatLon),
    ("latlng", AxisOrder::LatLon),
    ("lat_long", AxisOrder::LatLon),
    ("latlong", AxisOrder::LatLon),
    ("latitude_longitude", AxisOrder::LatLon),
    ("lon_lat", AxisOrder::LonLat),
    ("lonlat", AxisOrder::LonLat),
    ("lng_lat", AxisOrder::LonLat),
    ("longitude_latitude", AxisOrder::LonLat),
    ("coordinates", AxisOrder::Unknown),
    ("coords", AxisOrder::Unknown),
    ("gps", AxisOrder::Unknown),
    ("gps_coordinates", AxisOrder::Unknown),
    ("geolocation", AxisOrder::Unknown),
    ("geo_coordinates", AxisOrder::Unknown),
];

/// The order of the coordinates in a column of this name; `None` for another column.
pub(super) fn coordinates_in(name: &str) -> Option<AxisOrder> {
    let words: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .collect();
    let parts: Vec<&str> = words.split('_').filter(|part| !part.is_empty()).collect();
    let words = parts.join("_");
    BOTH_COORDINATES.iter().find(|(known, _)| *known == words).map(|(_, order)| *order)
}

/// A text with headings in braces, which the cells of a row replace.
#[derive(Debug)]
struct Template {
    /// A text, and the column whose cell follows it.
    parts: Vec<(String, usize)>,
    end: String,
}

impl Template {
    /// Parses a template; `None` where the text names no heading. Other braces are text.
    fn parse(text: &str, header: &[String]) -> Option<Template> {
        let (mut parts, mut end, mut rest) = (Vec::new(), String::new(), text);
        while let Some((before, behind)) = rest.split_once('{') {
            end.push_str(before);
            let named = behind.split_once('}').and_then(|(name, behind)| {
                let column = header.iter().position(|heading| heading.trim() == name.trim())?;
                Some((column, behind))
            });
            match named {
                Some((column, behind)) => {
                    parts.push((std::mem::take(&mut end), column));
                    rest = behind;
                }
                None => {
                    end.push('{');
                    rest = behind;
                }
            }
        }
        end.push_str(rest);
        (!parts.is_empty()).then_some(Template { parts, end })
    }

    /// The text with the cells of a row; `None` where none of them states anything.
    fn fill(&self, cells: &[String], is_stated: impl Fn(&str) -> bool) -> Option<String> {
        let cell = |column: usize| cells.get(column).map_or("", |cell| cell.trim());
        if !self.parts.iter().any(|(_, column)| is_stated(cell(*column))) {
            return None;
        }
        let mut text = String::new();
        for (before, column) in &self.parts {
            let cell = cell(*column);
            text.push_str(before);
            text.push_str(if is_stated(cell) { cell } else { "not stated" });
        }
        Some(text + &self.end)
    }
}

/// A value for rows: the same for all, or with the cells of each.
#[derive(Debug)]
pub(super) struct Given {
    text: String,
    template: Option<Template>,
}

impl Given {
    /// A value of the command line for a column; texts and names can name cells.
    pub(super) fn new(text: &str, column: &Column, header: &[String]) -> Self {
        let is_text = matches!(column.definition().ty, Type::Text | Type::Ref(_));
        let template = if is_text { Template::parse(text, header) } else { None };
        Given { text: text.to_owned(), template }
    }

    /// Its text for a row; `None` where it is made of cells that state nothing.
    pub(super) fn of(
        &self,
        cells: &[String],
        is_stated: impl Fn(&str) -> bool,
    ) -> Option<Cow<'_, str>> {
        match &self.template {
            Some(template) => template.fill(cells, is_stated).map(Cow::Owned),
            None => Some(self.text.as_str().into()),
        }
    }

    /// Returns true if its text is made of the cells of each row.
    pub(super) fn is_made(&self) -> bool {
        self.template.is_some()
    }

    /// Returns true if its text is made of the cells of this column.
    pub(super) fn reads(&self, column: usize) -> bool {
        let parts = self.template.iter().flat_map(|template| &template.parts);
        parts.into_iter().any(|(_, n)| *n == column)
    }
}

/// The making of the text of one column.
#[derive(Debug)]
enum Making {
    /// Some cells are read as another text.
    Recoded(Vec<(String, String)>),
    /// The keys begin with this prefix.
    Prefixed(String),
    /// The note is joined of these columns, this being the first.
    Joined(Vec<usize>),
    /// The column is joined to an earlier one.
    JoinedElsewhere,
}

/// The texts and keys that were made for the rows of a table so far, each with what it was made of. Two rows
/// of one made key or text would become one claim.
#[derive(Debug, Default)]
struct MadeBefore(RefCell<HashMap<String, String>>);

impl MadeBefore {
    /// Notes what was made, and returns that of which it was made before, if that was another.
    fn note(&self, made: &str, origin: &str) -> Option<String> {
        let mut all = self.0.borrow_mut();
        match all.get(made) {
            Some(other) if other != origin => Some(other.clone()),
            Some(_) => None,
            None => {
                all.insert(made.to_owned(), origin.to_owned());
                None
            }
        }
    }
}

/// The columns of a table whose texts are made of its cells.
#[derive(Debug, Default)]
pub(super) struct Derived {
    makings: Vec<(usize, Making)>,
    coordinates: Vec<(usize, AxisOrder)>,
    made_before: MadeBefore,
}

/// The texts that are made for one row.
#[derive(Debug, Default)]
pub(super) struct Made {
    texts: Vec<(usize, String)>,
    /// Latitude and longitude, with the column that holds both.
    pub(super) coordinates: Vec<(usize, String, String)>,
}

impl Made {
    /// The text of a column in place of its cell.
    pub(super) fn text(&self, column: usize) -> Option<&str> {
        self.texts.iter().find(|(n, _)| *n == column).map(|(_, text)| text.as_str())
    }
}

impl Derived {
    /// Finds the columns whose texts are made. An option that names none is a problem.
    pub(super) fn of(
        header: &[String],
        columns: &[Option<&'static Column>],
        settings: &Settings,
        unit: &mut Unit,
    ) -> Derived {
        let mut derived = Derived::default();
        for (n, (heading, column)) in header.iter().zip(columns).enumerate() {
            let recodes = settings.recodes_of(heading);
            if !recodes.is_empty() {
                derived.makings.push((n, Making::Recoded(recodes)));
            }
            let target = settings.target(heading);
            if let Some(prefix) = target.prefix {
                if let Err(why) = check_key(prefix) {
                    unit.add_problem(&SourcePos::Flag("--map".to_owned()), why);
                }
                derived.makings.push((n, Making::Prefixed(prefix.to_owned())));
            }
            if let (None, Some(order)) = (column, coordinates_in(target.field)) {
                derived.coordinates.push((n, order));
            }
            let Some(column) = column.filter(|column| is_joined(column)) else { continue };
            let same = |n: &usize| columns[*n].is_some_and(|other| other.name == column.name);
            let all: Vec<usize> = (0..columns.len()).filter(same).collect();
            match all.first() {
                Some(first) if all.len() > 1 && *first == n => {
                    derived.makings.push((n, Making::Joined(all)));
                }
                Some(first) if *first < n => derived.makings.push((n, Making::JoinedElsewhere)),
                _ => {}
            }
        }
        let is_of_column = |cell: &str| {
            header.iter().any(|heading| {
                cell.strip_prefix(heading.as_str()).is_some_and(|rest| rest.starts_with(':'))
            })
        };
        for (cell, _) in settings.recode.iter().filter(|(cell, _)| !is_of_column(cell)) {
            let column = cell.split(':').next().unwrap_or_default();
            let near = did_you_mean(column, header.iter().map(String::as_str));
            let what = format!("the table has no column {}{near}", quoted(column));
            unit.add_problem(&SourcePos::Flag("--recode".to_owned()), what);
        }
        derived
    }

    /// Makes the texts of a row. What cannot be made is a problem of the unit.
    pub(super) fn make(
        &self,
        line: usize,
        header: &[String],
        cells: &[String],
        is_stated: impl Fn(&str) -> bool,
        unit: &mut Unit,
    ) -> Made {
        let mut made = Made::default();
        let cell = |n: usize| cells.get(n).map_or("", |cell| cell.trim());
        let pos = |n: usize| SourcePos::Cell(line, header[n].clone());
        for (n, making) in &self.makings {
            let text = match making {
                Making::Recoded(recodes) => {
                    let found = recodes.iter().find(|(from, _)| from.trim() == cell(*n));
                    found.map(|(_, meaning)| meaning.clone())
                }
                Making::Prefixed(prefix) if is_stated(cell(*n)) => {
                    let own = made.text(*n).unwrap_or(cell(*n));
                    let key = prefixed_key(prefix, own).and_then(|key| {
                        match self.made_before.note(&key, own) {
                            None => Ok(key),
                            Some(other) => Err(format!(
                                "{} and {} make one key, {key}; give them keys of their own",
                                quoted(own),
                                quoted(&other)
                            )),
                        }
                    });
                    match key {
                        Ok(key) => Some(key),
                        Err(what) => {
                            unit.add_problem(&pos(*n), what);
                            Some(String::new())
                        }
                    }
                }
                Making::Prefixed(_) => None,
                Making::Joined(columns) => {
                    let stated = columns.iter().filter(|n| is_stated(cell(**n)));
                    let line = |n: &usize| {
                        let text = made.text(*n).unwrap_or(cell(*n));
                        format!("{}: {text}", header[*n].trim())
                    };
                    Some(stated.map(line).collect::<Vec<_>>().join("\n"))
                }
                Making::JoinedElsewhere => Some(String::new()),
            };
            if let Some(text) = text {
                made.texts.retain(|(other, _)| other != n);
                made.texts.push((*n, text));
            }
        }
        for (n, order) in &self.coordinates {
            if !is_stated(cell(*n)) {
                continue;
            }
            match split_coordinates(cell(*n), *order) {
                Ok((lat, lon)) => made.coordinates.push((*n, lat, lon)),
                Err(why) if *order == AxisOrder::Unknown => {
                    let word = super::shell::quote_for_shell(header[*n].as_str());
                    let how = format!(
                        "{why}; `--map {word}=lat_lon` says the first, `--map {word}=lon_lat` the second"
                    );
                    unit.add_problem(&pos(*n), how);
                }
                Err(why) => unit.add_problem(&pos(*n), why),
            }
        }
        made
    }

    /// Returns true if a column of the table holds both coordinates.
    pub(super) fn has_coordinates(&self) -> bool {
        !self.coordinates.is_empty()
    }

    /// Returns true if this column holds both coordinates.
    pub(super) fn holds_coordinates(&self, column: usize) -> bool {
        self.coordinates.iter().any(|(n, _)| *n == column)
    }

    /// Returns why the text of a claim, made for the row on `line`, is refused: it was made for another row
    /// too, and nothing else tells the two claims apart.
    pub(super) fn describe_made_twice(&self, text: &str, line: usize) -> Option<String> {
        let other = self.made_before.note(text, &line.to_string())?;
        Some(format!(
            "{} is the text made for line {other} too; name a column in it that tells the rows apart, or \
             `--map COLUMN=claim` one that is a key",
            quoted(text)
        ))
    }
}

/// Returns true for a column that several columns of a table may fill: a note, a line of it each.
pub(super) fn is_joined(column: &Column) -> bool {
    column.field == "note"
}

/// The key that a cell makes behind a prefix: its letters in lower case. Other characters are refused, as
/// two cells could make one key.
fn prefixed_key(prefix: &str, cell: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let key = format!("{prefix}-{}", cell.to_ascii_lowercase());
    match cell.chars().all(is_plain) {
        true => check_key(&key).map(|()| key),
        false => Err(format!(
            "{} makes no key; it holds other characters than letters a to z, digits and hyphens",
            quoted(cell)
        )),
    }
}

/// The columns of the two coordinates.
pub(super) fn coordinate_columns() -> Option<(&'static Column, &'static Column)> {
    Some((find_column("lat")?, find_column("lon")?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Template, coordinates_in, prefixed_key};
    use crate::model::AxisOrder;

    #[test]
    fn a_template_takes_the_cells_of_the_headings_that_it_names() {
        let header = ["id".to_owned(), " Place ".to_owned()];
        let cells = ["7".to_owned(), " Mill ".to_owned()];
        let is_stated = |cell: &str| !cell.is_empty();
        let fill = |text: &str| Template::parse(text, &header)?.fill(&cells, is_stated);
        assert_eq!(fill("Strike {id} at {Place}."), Some("Strike 7 at Mill.".to_owned()));
        assert_eq!(fill("{id}{x} {{id}"), Some("7{x} {7".to_owned()));
        for text in ["Strike", "{x}", "{", "}", "{id", ""] {
            assert_eq!(fill(text), None, "{text}");
        }
        let made = Template::parse("{id} at {Place}", &header).unwrap();
        assert_eq!(made.fill(&["7".to_owned()], is_stated).as_deref(), Some("7 at not stated"));
        assert_eq!(made.fill(&[String::new(), " ".to_owned()], is_stated), None);
    }

    #[test]
    fn a_key_of_a_cell_has_its_letters_in_lower_case() {
        assert_eq!(prefixed_key("acled", "YEM12345"), Ok("acled-yem12345".to_owned()));
        for cell in ["Ob 160", "Ö1", "a/b", "a--b", "-", "a.b", "a_b", ""] {
            assert!(prefixed_key("x", cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn a_heading_says_which_coordinate_is_first() {
        assert_eq!(coordinates_in("Lat, Lon"), Some(AxisOrder::LatLon));
        assert_eq!(coordinates_in("lon_lat"), Some(AxisOrder::LonLat));
        assert_eq!(coordinates_in("Coordinates"), Some(AxisOrder::Unknown));
        assert_eq!(coordinates_in("lat"), None);
    }
}
