//! Claims with everything that belongs to them, a stretch of the file at a time.

use super::{each, figures};
use crate::error::Result;
use crate::model::Statement;
use crate::model::publication::{Claim, ClaimPlace, Link, Mention, Snapshot, Verdict};
use crate::store::connection::Handle;
use rusqlite::{Row, ToSql, named_params};
use std::collections::HashMap;

/// The next claims after the one in row `after`, at most `number` of them; none at the end.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn read_published_claims(
    db: &Handle,
    read_snapshot: &Snapshot,
    after: i64,
    number: u32,
) -> Result<Vec<Claim>> {
    let read = || -> rusqlite::Result<Vec<Claim>> {
        let mut claims = bare(db, after, number)?;
        let Some(last) = claims.last().map(|claim| claim.id) else { return Ok(claims) };
        let at: HashMap<i64, usize> =
            claims.iter().enumerate().map(|(n, claim)| (claim.id, n)).collect();
        let stretch = named_params! {":after": after, ":last": last};
        let mut said: Vec<Vec<Statement>> = claims.iter().map(|_| Vec::new()).collect();
        each(db, include_str!("claim_places.sql"), stretch, |row| {
            let Some(n) = at.get(&row.get("claim_id")?) else { return Ok(()) };
            claims[*n].places.push(ClaimPlace {
                place: row.get("place")?,
                relation: row.get("relation")?,
                upward: row.get("counts_upward")?,
                words: row.get("words")?,
            });
            Ok(())
        })?;
        each(db, include_str!("mentions.sql"), stretch, |row| {
            let Some(n) = at.get(&row.get("claim_id")?) else { return Ok(()) };
            said[*n].push(Statement {
                source: row.get("source")?,
                speaker: row.get("speaker")?,
                stance: row.get("stance")?,
                counts: row.get("counts")?,
                locator: row.get("locator")?,
            });
            claims[*n].mentions.push(mention(row)?);
            Ok(())
        })?;
        figures(db, after, last, |id, figure| {
            if let Some(n) = at.get(&id) {
                claims[*n].figures.push(figure);
            }
        })?;
        verdicts(db, stretch, &at, &mut claims)?;
        each(db, include_str!("links.sql"), stretch, |row| {
            let Some(n) = at.get(&row.get("claim_id")?) else { return Ok(()) };
            claims[*n].links.push(Link {
                relation: row.get("relation")?,
                conflict: row.get("conflict")?,
                outward: row.get("outward")?,
                claim: row.get("key")?,
                text: row.get("text")?,
                status: row.get("status")?,
                note: row.get("note")?,
            });
            Ok(())
        })?;
        for (claim, said) in claims.iter_mut().zip(said) {
            claim.graph = read_snapshot.provenance_graph(said);
        }
        Ok(claims)
    };
    read().map_err(|error| db.map_err("read the claims that are published", &error))
}

fn bare(db: &Handle, after: i64, number: u32) -> rusqlite::Result<Vec<Claim>> {
    let mut statement = db.conn.prepare_cached(include_str!("claims.sql"))?;
    let rows = statement.query_map(named_params! {":after": after, ":number": number}, |row| {
        Ok(Claim {
            id: row.get("id")?,
            key: row.get("key")?,
            text: row.get("text")?,
            kind: row.get("kind")?,
            status: row.get("status")?,
            happened: row.get("happened")?,
            days: (row.get("earliest")?, row.get("latest")?),
            due: row.get("due")?,
            note: row.get("note")?,
            ..Claim::default()
        })
    })?;
    rows.collect()
}

fn mention(row: &Row<'_>) -> rusqlite::Result<Mention> {
    let hedge: String = row.get("hedge")?;
    Ok(Mention {
        source: row.get("source")?,
        speaker: row.get("speaker")?,
        stance: row.get("label")?,
        hedge: if hedge == "none" { None } else { row.get("hedged")? },
        locator: row.get("locator")?,
        said_on: row.get("said_on")?,
        quote: row.get("quote")?,
        note: row.get("note")?,
    })
}

fn verdicts(
    db: &Handle,
    stretch: &[(&str, &dyn ToSql)],
    at: &HashMap<i64, usize>,
    claims: &mut [Claim],
) -> rusqlite::Result<()> {
    let mut evidence: HashMap<i64, Vec<(String, String, String)>> = HashMap::new();
    each(db, include_str!("evidence.sql"), stretch, |row| {
        if row.get::<_, Option<String>>("withdrawn")?.is_some() {
            return Ok(());
        }
        let (mut title, locator): (String, Option<String>) =
            (row.get("title")?, row.get("locator")?);
        if let Some(locator) = locator {
            title = format!("{title}, {locator}");
        }
        let one = (row.get("what")?, row.get("key")?, title);
        evidence.entry(row.get("assessment_id")?).or_default().push(one);
        Ok(())
    })?;
    each(db, include_str!("verdicts.sql"), stretch, |row| {
        let Some(n) = at.get(&row.get("claim_id")?) else { return Ok(()) };
        claims[*n].verdicts.push(Verdict {
            at: row.get("at")?,
            assessor: row.get("assessor")?,
            status: row.get("status")?,
            credibility: row.get("credibility")?,
            because: row.get("because")?,
            verdict: row.get("verdict")?,
            evidence: evidence.remove(&row.get("id")?).unwrap_or_default(),
            holds: row.get("holds")?,
            stale: row.get("stale")?,
        });
        Ok(())
    })
}
