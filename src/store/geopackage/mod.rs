//! Writes a GeoPackage (OGC 12-128r17, version 1.3): the claims on the map as a layer of points.

use super::export::Point;
use crate::error::Result;
use crate::store::connection::sqlite_error::map_err;
use rusqlite::{Connection, ToSql, params};
use std::path::{Path, PathBuf};

/// A GeoPackage that is being written.
#[derive(Debug)]
pub struct GeoPackage {
    conn: Connection,
    path: PathBuf,
    /// West, south, east, north.
    bounds: Option<[f64; 4]>,
}

impl GeoPackage {
    /// Begins one in the empty file at `draft`. Errors name `path`, where it will be.
    ///
    /// # Errors
    /// Fails if the file cannot be written.
    pub fn begin(draft: &Path, path: &Path) -> Result<Self> {
        let begin = || -> rusqlite::Result<Connection> {
            let conn = Connection::open(draft)?;
            // The draft counts only when it is done, so a rollback journal is of no use.
            conn.execute_batch("PRAGMA journal_mode = OFF; BEGIN")?;
            conn.execute_batch(include_str!("tables.sql"))?;
            Ok(conn)
        };
        let conn = begin().map_err(|error| map_err(path, "write a GeoPackage", &error))?;
        Ok(GeoPackage { conn, path: path.to_owned(), bounds: None })
    }

    /// Adds a point; one without coordinates is left out.
    ///
    /// # Errors
    /// Fails if the file cannot be written.
    pub fn add(&mut self, point: &Point) -> Result<()> {
        let Some((x, y)) = point.at else { return Ok(()) };
        let [west, south, east, north] = self.bounds.unwrap_or([x, y, x, y]);
        self.bounds = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
        let shape = geometry(x, y);
        let mut values: Vec<&dyn ToSql> = vec![&shape];
        values.extend(point.properties.iter().map(|(_, value)| value as &dyn ToSql));
        self.conn
            .prepare_cached(include_str!("insert.sql"))
            .and_then(|mut statement| statement.execute(values.as_slice()))
            .map(|_| ())
            .map_err(|error| map_err(&self.path, "write a point", &error))
    }

    /// Ends it: what the layer is called, and when the archive was last changed.
    ///
    /// # Errors
    /// Fails if the file cannot be written.
    pub fn finish(self, title: &str, changed: &str) -> Result<()> {
        let GeoPackage { conn, path, bounds } = self;
        let side = |n: usize| bounds.map(|bounds| bounds[n]);
        // GeoPackage wants thousandths of a second.
        let changed = changed.replace('Z', ".000Z");
        let contents = params![title, changed, side(0), side(1), side(2), side(3)];
        conn.execute(include_str!("contents.sql"), contents)
            .and_then(|_| {
                conn.execute_batch(
                    "INSERT INTO gpkg_geometry_columns VALUES ('claims', 'geom', 'POINT', 4326, 0, 0); COMMIT",
                )
            })
            .map_err(|error| map_err(&path, "finish the GeoPackage", &error))?;
        conn.close().map_err(|(_, error)| map_err(&path, "finish the GeoPackage", &error))
    }
}

/// The GeoPackage head (version 0, little-endian, no envelope) and the point as WKB.
fn geometry(x: f64, y: f64) -> Vec<u8> {
    let mut bytes = b"GP\0\x01".to_vec();
    bytes.extend(4326_i32.to_le_bytes());
    bytes.push(1);
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(x.to_le_bytes());
    bytes.extend(y.to_le_bytes());
    bytes
}
