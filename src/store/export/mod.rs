//! Reads the data for exports in other formats.

use super::answers::Answers;
use super::connection::Handle;
use super::query::Query;
use crate::error::Result;
use crate::model::{RowSink, Value};
use crate::store::rows::sql::value;
use rusqlite::{Row, ToSql};

/// A claim at one of its places, or a claim that has no place with coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Key of the claim.
    pub claim: String,
    /// The properties of the point, by name, in order.
    pub properties: Vec<(&'static str, Value)>,
    /// True if the claim has more than one relation to this place.
    pub repeated: bool,
    /// Longitude and latitude in degrees (WGS 84); `None` when the claim has no point.
    pub at: Option<(f64, f64)>,
}

impl Point {
    /// The properties that every point has, in order.
    pub const PROPERTIES: [&'static str; 13] = [
        "claim",
        "text",
        "kind",
        "status",
        "stale",
        "happened",
        "place",
        "place_name",
        "place_kind",
        "relation",
        "precision",
        "precision_label",
        "sources",
    ];

    /// Returns the value of a property; NULL if there is none of this name.
    pub fn property(&self, name: &str) -> &Value {
        self.properties.iter().find(|(known, _)| *known == name).map_or(&Value::Null, |(_, v)| v)
    }
}

/// A person, body or document that states or judges a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Its kind, a code of `source_kinds`.
    pub kind: String,
    /// True if it is known by name, not only by a description.
    pub is_named: bool,
    /// Its title or name.
    pub title: String,
    /// The author, for a document.
    pub author: Option<String>,
    /// The outlet that carried it, or the body behind that.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// A claim with its current verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Key of the claim.
    pub claim: String,
    /// Text of the claim.
    pub text: String,
    /// The time of the verdict, if it is stated.
    pub at: Option<String>,
    /// The verdict on the claim as it stands, in words fit for readers.
    pub word: Option<String>,
    /// The verdict as a number from 1 to 5, if it has a place on that scale.
    pub rating: Option<i64>,
    /// True if the verdict is the result of a check.
    pub is_check: bool,
    /// The assessor; `None` without a verdict.
    pub assessor: Option<Party>,
    /// The page on which the assessor published the check, if the archive has it.
    pub page: Option<String>,
}

/// A mention that states a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// Title of the document.
    pub title: String,
    /// The address of the document.
    pub url: Option<String>,
    /// The author of the document.
    pub author: Option<String>,
    /// The outlet that carried the document, or the body behind that.
    pub outlet: Option<String>,
    /// The date of publication (EDTF).
    pub published: Option<String>,
    /// The date of the statement (EDTF), else that of publication.
    pub said_on: Option<String>,
    /// The speaker; `None` where the document speaks for itself.
    pub speaker: Option<Party>,
}

/// Passes every claim that is not withdrawn to `take`, in the order of the keys: once for each
/// relation to a place with coordinates, or once if it has no such place.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn points(db: &Handle, mut take: impl FnMut(Point) -> Result<()>) -> Result<()> {
    let read = |row: &Row<'_>| {
        let property = |name: &&'static str| Ok((*name, row.get_ref(*name).and_then(value)?));
        let at: (Option<f64>, Option<f64>) = (row.get("lon")?, row.get("lat")?);
        Ok(Point {
            claim: row.get("claim")?,
            properties: Point::PROPERTIES.iter().map(property).collect::<rusqlite::Result<_>>()?,
            repeated: row.get::<_, i64>("relations")? > 1,
            at: at.0.zip(at.1),
        })
    };
    each(db, include_str!("points.sql"), &[], read, &mut take)
}

/// Passes every claim that is not withdrawn to `take`, with its verdict, in the order of the keys.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn reviews(db: &Handle, mut take: impl FnMut(Review) -> Result<()>) -> Result<()> {
    let read = |row: &Row<'_>| {
        Ok(Review {
            claim: row.get("claim")?,
            text: row.get("text")?,
            at: row.get("at")?,
            word: row.get("word")?,
            rating: row.get("rating")?,
            is_check: row.get("is_check")?,
            assessor: party(row)?,
            page: row.get("page")?,
        })
    };
    each(db, include_str!("reviews.sql"), &[], read, &mut take)
}

/// The mentions that state a claim.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn appearances(db: &Handle, claim: &str) -> Result<Vec<Appearance>> {
    let read = |row: &Row<'_>| {
        Ok(Appearance {
            title: row.get("document_title")?,
            url: row.get("document_url")?,
            author: row.get("document_author")?,
            outlet: row.get("document_outlet")?,
            published: row.get("published")?,
            said_on: row.get("said_on")?,
            speaker: party(row)?,
        })
    };
    let mut found = Vec::new();
    let params: &[(&str, &dyn ToSql)] = &[(":claim", &claim)];
    each(db, include_str!("appearances.sql"), params, read, &mut |one| {
        found.push(one);
        Ok(())
    })?;
    Ok(found)
}

/// The table and name of every row that belongs to these claims or that they refer to, including
/// the claims. `claims` is a JSON array of keys.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn reach(db: &Handle, claims: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let params: &[(&str, &dyn ToSql)] = &[(":claims", &claims)];
    let read = |row: &Row<'_>| Ok((row.get("name")?, row.get("word")?));
    each(db, include_str!("reach.sql"), params, read, &mut |one| {
        found.push(one);
        Ok(())
    })?;
    Ok(found)
}

/// The latest time recorded in the archive.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn newest_moment(db: &Handle) -> Result<String> {
    db.conn
        .query_row(include_str!("newest_moment.sql"), [], |row| row.get("at"))
        .map_err(|error| db.map_err("read when it was last changed", &error))
}

/// The first column of a query, as text.
///
/// # Errors
/// Returns the errors of [`Query::run`].
pub fn words(db: &dyn Answers, query: &Query) -> Result<Vec<String>> {
    struct First(Vec<String>);
    impl RowSink for First {
        fn begin(&mut self, _: &[String]) -> std::io::Result<()> {
            Ok(())
        }
        fn row(&mut self, row: &[Value]) -> std::io::Result<()> {
            self.0.extend(row.first().map(ToString::to_string));
            Ok(())
        }
        fn end(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut first = First(Vec::new());
    db.run(query, &mut first)?;
    Ok(first.0)
}

/// Reads a person, body or document; `None` where there is none.
fn party(row: &Row<'_>) -> rusqlite::Result<Option<Party>> {
    let Some(kind) = row.get("kind")? else { return Ok(None) };
    Ok(Some(Party {
        kind,
        is_named: row.get::<_, Option<bool>>("is_named")?.unwrap_or(true),
        title: row.get("title")?,
        author: row.get("author")?,
        outlet: row.get("outlet")?,
        url: row.get("url")?,
    }))
}

fn each<T>(
    db: &Handle,
    sql: &str,
    params: &[(&str, &dyn ToSql)],
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    take: &mut dyn FnMut(T) -> Result<()>,
) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err("read what to export", &error);
    let mut statement = db.conn.prepare_cached(sql).map_err(fail)?;
    let mut rows = statement.query(params).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        take(read(row).map_err(fail)?)?;
    }
    Ok(())
}
