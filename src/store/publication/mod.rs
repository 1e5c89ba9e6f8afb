//! Reads what is published, set by set: each statement in `book/` gives one kind of row, for the
//! whole file or for a stretch of claims, so that a large archive is published in few statements.

mod claims;

use super::connection::Handle;
use super::provenance::edge;
use crate::error::Result;
use crate::model::publication::{
    CodeEntry, Conflict, ConflictSide, Figure, Measure, Place, Snapshot, Source,
};
use rusqlite::{Params, Row, named_params};

pub use claims::read_published_claims;

/// Everything but the claims.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn read_snapshot(db: &Handle) -> Result<Snapshot> {
    let read = || -> rusqlite::Result<Snapshot> {
        let mut read_snapshot = Snapshot::default();
        each(db, include_str!("facts.sql"), [], |row| {
            read_snapshot.title = row.get("title")?;
            read_snapshot.desk = row.get("desk")?;
            read_snapshot.as_of = row.get("as_of")?;
            read_snapshot.claims = row.get::<_, i64>("claims")?.unsigned_abs();
            Ok(())
        })?;
        each(db, include_str!("statuses.sql"), [], |row| {
            let word = CodeEntry {
                code: row.get("code")?,
                label: row.get("label")?,
                definition: row.get("definition")?,
            };
            read_snapshot.statuses.push((word, row.get::<_, i64>("claims")?.unsigned_abs()));
            Ok(())
        })?;
        let stale = "SELECT c.key FROM stale_claims AS s JOIN claims AS c ON c.id = s.claim_id";
        each(db, stale, [], |row| {
            read_snapshot.stale.insert(row.get("key")?);
            Ok(())
        })?;
        sources(db, &mut read_snapshot)?;
        places(db, &mut read_snapshot)?;
        each(db, include_str!("former_keys.sql"), [], |row| {
            let what = match row.get::<_, String>("table_name")?.as_str() {
                "claims" => "claim",
                "sources" => "source",
                "locations" => "place",
                _ => "measure",
            };
            read_snapshot.push_former_key(what, row.get("key")?, row.get("alias")?);
            Ok(())
        })?;
        each(db, include_str!("measures.sql"), [], |row| {
            let measure = Measure {
                key: row.get("key")?,
                title: row.get("title")?,
                scope: row.get("scope")?,
                growth: row.get("growth")?,
                figures: Vec::new(),
            };
            read_snapshot.measures.push(&measure.key.clone(), measure);
            Ok(())
        })?;
        figures(db, 0, i64::MAX, |_, figure| {
            if let Some(measure) = read_snapshot.measures.get_mut(&figure.measure) {
                measure.figures.push(figure);
            }
        })?;
        each(db, include_str!("conflicts.sql"), [], |row| {
            read_snapshot.push_conflict(conflict(row)?);
            Ok(())
        })?;
        Ok(read_snapshot)
    };
    read().map_err(|error| db.map_err("read what is published", &error))
}

fn sources(db: &Handle, read_snapshot: &mut Snapshot) -> rusqlite::Result<()> {
    each(db, include_str!("sources.sql"), [], |row| {
        let grade = match row.get::<_, Option<String>>("reliability")? {
            Some(letter) => Some((letter, row.get("grade")?, row.get("because")?)),
            None => None,
        };
        let source = Source {
            key: row.get("key")?,
            kind: row.get("kind")?,
            party: row.get("is_party")?,
            named: row.get("is_named")?,
            title: row.get("title")?,
            author: row.get("author")?,
            outlet: row.get("outlet")?,
            published: row.get("published")?,
            language: row.get("language")?,
            url: row.get("url")?,
            archived_url: row.get("archived_url")?,
            note: row.get("note")?,
            grade,
            record: Vec::new(),
        };
        read_snapshot.sources.push(&source.key.clone(), source);
        Ok(())
    })?;
    each(db, include_str!("records.sql"), [], |row| {
        if let Some(source) = read_snapshot.sources.get_mut(&row.get::<_, String>("key")?) {
            source.record.push((row.get("status")?, row.get::<_, i64>("claims")?.unsigned_abs()));
        }
        Ok(())
    })?;
    each(db, include_str!("edges.sql"), [], |row| {
        let edge = edge(row)?;
        read_snapshot.edges.entry(edge.source.clone()).or_default().push(edge);
        Ok(())
    })?;
    each(db, include_str!("bodies.sql"), [], |row| {
        read_snapshot.bodies.insert(row.get("speaker")?, row.get("body")?);
        Ok(())
    })?;
    each(db, include_str!("works.sql"), [], |row| {
        read_snapshot.works.insert(row.get("source")?, row.get("work")?);
        Ok(())
    })
}

fn places(db: &Handle, read_snapshot: &mut Snapshot) -> rusqlite::Result<()> {
    each(db, include_str!("places.sql"), [], |row| {
        let (lat, lon): (Option<f64>, Option<f64>) = (row.get("lat")?, row.get("lon")?);
        let precision = match row.get::<_, Option<i64>>("precision")? {
            Some(code) => Some((code, row.get("stands_for")?)),
            None => None,
        };
        let place = Place {
            key: row.get("key")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            within: row.get("within")?,
            at: lat.zip(lon),
            precision,
            own: row.get::<_, i64>("own")?.unsigned_abs(),
            near: row.get::<_, i64>("near")?.unsigned_abs(),
            note: row.get("note")?,
            ..Place::default()
        };
        read_snapshot.places.push(&place.key.clone(), place);
        Ok(())
    })?;
    each(db, include_str!("names.sql"), [], |row| {
        if let Some(place) = read_snapshot.places.get_mut(&row.get::<_, String>("key")?) {
            place.names.push((row.get("name")?, row.get("language")?));
        }
        Ok(())
    })?;
    each(db, include_str!("inside.sql"), [], |row| {
        if let Some(place) = read_snapshot.places.get_mut(&row.get::<_, String>("key")?) {
            place.claims = row.get::<_, i64>("claims")?.unsigned_abs();
        }
        Ok(())
    })
}

/// The figures of the claims after one and up to another, each with the row of its claim.
fn figures(
    db: &Handle,
    after: i64,
    last: i64,
    mut take: impl FnMut(i64, Figure),
) -> rusqlite::Result<()> {
    let stretch = named_params! {":after": after, ":last": last};
    each(db, include_str!("figures.sql"), stretch, |row| {
        let sources: Option<String> = row.get("sources")?;
        let figure = Figure {
            key: row.get("key")?,
            claim: row.get("claim")?,
            measure: row.get("measure")?,
            counts: row.get("counts")?,
            words: row.get("words")?,
            said: row.get("said")?,
            unit: row.get("unit")?,
            as_of: row.get("as_of")?,
            lower: row.get("lower")?,
            upper: row.get("upper")?,
            assumed: row.get("assumed")?,
            status: row.get("status")?,
            sources: sources.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            note: row.get("note")?,
        };
        take(row.get("claim_id")?, figure);
        Ok(())
    })
}

fn conflict(row: &Row<'_>) -> rusqlite::Result<Conflict> {
    let side = |prefix: &str, number: &str| -> rusqlite::Result<ConflictSide> {
        Ok(ConflictSide {
            figure: row.get(format!("{prefix}figure").as_str())?,
            claim: row.get(format!("{prefix}claim").as_str())?,
            words: row.get(number)?,
            status: row.get(format!("{prefix}status").as_str())?,
            sources: row
                .get::<_, Option<String>>(format!("{prefix}sources").as_str())?
                .unwrap_or_default(),
        })
    };
    Ok(Conflict {
        finding: row.get("finding")?,
        measure: (row.get("measure")?, row.get("title")?),
        one: side("", "number")?,
        other: side("other_", "other_number")?,
        gap: row.get("gap")?,
        why: row.get("why")?,
    })
}

/// Runs a statement and hands its rows on.
fn each(
    db: &Handle,
    sql: &str,
    params: impl Params,
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = db.conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}
