//! The data for drawing the source chains of one claim. It reads no more of the file than belongs
//! to the claim, so that it is quick in a large archive, where the view claim_origins answers for
//! all.

use super::connection::Handle;
use crate::error::Result;
use crate::model::{Edge, Graph, Statement};
use rusqlite::named_params;

/// The documents of the claim with this key, what they draw on, and who speaks for whom.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claim_graph(db: &Handle, key: &str) -> Result<Graph> {
    let read = || -> rusqlite::Result<Graph> {
        let mut graph = Graph::default();
        let params = named_params! {":key": key};
        let mut mentions = db.conn.prepare_cached(include_str!("mentions.sql"))?;
        let mut rows = mentions.query(params)?;
        while let Some(row) = rows.next()? {
            let said = Statement {
                source: row.get("source")?,
                speaker: row.get("speaker")?,
                stance: row.get("stance")?,
                counts: row.get("counts")?,
                locator: row.get("locator")?,
            };
            for (key, unnamed) in [
                (Some(&said.source), row.get("source_unnamed")?),
                (said.speaker.as_ref(), row.get("speaker_unnamed")?),
            ] {
                if let (Some(key), Some(true)) = (key, unnamed) {
                    graph.unnamed.insert(key.clone());
                }
            }
            graph.mentions.push(said);
        }
        let mut edges = db.conn.prepare_cached(include_str!("edges.sql"))?;
        let mut rows = edges.query(params)?;
        while let Some(row) = rows.next()? {
            let edge = edge(row)?;
            if row.get("origin_unnamed")? {
                graph.unnamed.insert(edge.origin.clone());
            }
            graph.edges.push(edge);
        }
        let mut bodies = db.conn.prepare_cached(include_str!("bodies.sql"))?;
        let mut rows = bodies.query(params)?;
        while let Some(row) = rows.next()? {
            // The first by key is the one that counts.
            let body: String = row.get("body")?;
            if row.get("body_unnamed")? {
                graph.unnamed.insert(body.clone());
            }
            graph.bodies.entry(row.get("speaker")?).or_insert(body);
        }
        let mut works = db.conn.prepare_cached(include_str!("works.sql"))?;
        let mut rows = works.query(params)?;
        while let Some(row) = rows.next()? {
            graph.works.insert(row.get("source")?, row.get("work")?);
        }
        Ok(graph)
    };
    read().map_err(|error| db.map_err("read the chains of a claim", &error))
}

/// An edge from a row with these columns.
pub(super) fn edge(row: &rusqlite::Row<'_>) -> rusqlite::Result<Edge> {
    Ok(Edge {
        source: row.get("source")?,
        origin: row.get("origin")?,
        how: row.get("how")?,
        whole: row.get("whole")?,
    })
}
