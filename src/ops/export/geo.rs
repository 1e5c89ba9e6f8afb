//! The claims on the map: a point for each claim at each of its places with coordinates.

use super::json::{Object, ObjectList};
use super::options::ExportOutcome;
use super::selection::Selection;
use crate::error::Result;
use crate::model::Value;
use crate::store::{GeoPackage, Point, Reader, newest_moment, points};
use serde_json::{Value as Json, json};
use std::io::Write;
use std::path::Path;

/// Writes GeoJSON (RFC 7946).
pub(super) fn write_geojson(
    db: &Reader,
    selection: &Selection,
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    let head = "{\"type\":\"FeatureCollection\",\"features\":[";
    let mut list = ObjectList::begin(out, head, "]}")?;
    let unplaced = for_each_point(db, selection, |point, x, y| {
        let mut properties = serde_json::Map::new();
        for (name, value) in &point.properties {
            properties.insert((*name).to_owned(), to_json(value));
        }
        let feature = Object::default()
            .with("type", "Feature")
            .with("id", feature_id(point))
            .with("geometry", json!({"type": "Point", "coordinates": [x, y]}))
            .with("properties", properties);
        list.push(feature.into_map())
    })?;
    Ok(ExportOutcome::Map { points: list.end()?, unplaced })
}

/// Writes a GeoPackage to the file `draft`, which will be renamed to `path`.
pub(super) fn write_geopackage(
    db: &Reader,
    selection: &Selection,
    draft: &Path,
    path: &Path,
) -> Result<ExportOutcome> {
    let mut package = GeoPackage::begin(draft, path)?;
    let mut count = 0;
    let unplaced = for_each_point(db, selection, |point, _, _| {
        count += 1;
        package.add(point)
    })?;
    let title = db.title()?.unwrap_or_else(|| "Sourced claims".to_owned());
    package.finish(&title, &newest_moment(db)?)?;
    Ok(ExportOutcome::Map { points: count, unplaced })
}

/// Calls `visit` for every selected point; returns the number of selected claims without one.
fn for_each_point(
    db: &Reader,
    selection: &Selection,
    mut visit: impl FnMut(&Point, f64, f64) -> Result<()>,
) -> Result<usize> {
    let mut unplaced = 0;
    points(db, |point| {
        match point.at {
            _ if !selection.includes_key(&point.claim) => {}
            None => unplaced += 1,
            Some((x, y)) => visit(&point, x, y)?,
        }
        Ok(())
    })?;
    Ok(unplaced)
}

/// Returns CLAIM/PLACE, followed by the relation if the claim has several relations to the place.
fn feature_id(point: &Point) -> String {
    let id = format!("{}/{}", point.claim, point.property("place"));
    if point.repeated { format!("{id}/{}", point.property("relation")) } else { id }
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(number) => Json::from(*number),
        Value::Real(number) => Json::from(*number),
        other => Json::from(other.to_string()),
    }
}
