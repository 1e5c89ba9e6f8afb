//! The claims on the map: one point for each claim at each of its places that has coordinates.

use super::ndjson::{List, Object};
use super::{Chosen, Outcome};
use crate::error::Result;
use crate::model::Value;
use crate::store::{GeoPackage, Point, Reader, newest_moment, points};
use serde_json::{Value as Json, json};
use std::io::Write;
use std::path::Path;

/// GeoJSON (RFC 7946).
pub(super) fn geojson(db: &Reader, chosen: &Chosen, out: &mut dyn Write) -> Result<Outcome> {
    let head = "{\"type\":\"FeatureCollection\",\"features\":[";
    let mut list = List::begin(out, head, "]}")?;
    let unplaced = each(db, chosen, |point, x, y| {
        let mut properties = serde_json::Map::new();
        for (name, value) in &point.properties {
            properties.insert((*name).to_owned(), plain(value));
        }
        let feature = Object::default()
            .with("type", "Feature")
            .with("id", id(point))
            .with("geometry", json!({"type": "Point", "coordinates": [x, y]}))
            .with("properties", properties);
        list.push(feature.done())
    })?;
    Ok(Outcome::Map { points: list.end()?, unplaced })
}

/// A GeoPackage in the file `draft`, which will be `path`.
pub(super) fn geopackage(
    db: &Reader,
    chosen: &Chosen,
    draft: &Path,
    path: &Path,
) -> Result<Outcome> {
    let mut package = GeoPackage::begin(draft, path)?;
    let mut count = 0;
    let unplaced = each(db, chosen, |point, _, _| {
        count += 1;
        package.add(point)
    })?;
    let title = db.title()?.unwrap_or_else(|| "Sourced claims".to_owned());
    package.finish(&title, &newest_moment(db)?)?;
    Ok(Outcome::Map { points: count, unplaced })
}

/// Hands on every chosen point; gives how many chosen claims have none.
fn each(
    db: &Reader,
    chosen: &Chosen,
    mut take: impl FnMut(&Point, f64, f64) -> Result<()>,
) -> Result<usize> {
    let mut unplaced = 0;
    points(db, |point| {
        match point.at {
            _ if !chosen.picked(&point.claim) => {}
            None => unplaced += 1,
            Some((x, y)) => take(&point, x, y)?,
        }
        Ok(())
    })?;
    Ok(unplaced)
}

/// CLAIM/PLACE, with the relation where the claim lies to the place in more than one way.
fn id(point: &Point) -> String {
    let id = format!("{}/{}", point.claim, point.property("place"));
    if point.repeated { format!("{id}/{}", point.property("relation")) } else { id }
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(number) => Json::from(*number),
        Value::Real(number) => Json::from(*number),
        other => Json::from(other.to_string()),
    }
}
