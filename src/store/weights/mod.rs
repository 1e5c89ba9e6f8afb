//! What stands behind each claim, as the file keeps it (`kept_weights`, `kept_origins`): worked out in memory
//! for the claims that are noted as outdated. The views `claim_counts` and `claim_ends` are the definition,
//! and a test holds this to them.

mod facts;

use super::answers::Lookup;
use super::connection::Writer;
use super::side_thread::meanwhile;
use crate::error::Result;
use crate::model::{Stated, Value, chain_ends};
use facts::{Facts, Known, Sources};
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};

/// The number of claims that are weighed at a time.
const STRETCH: i64 = 1_000;

/// The number of claims from which on all sources are looked up at once.
const MANY: u64 = 10_000;

/// The rows that one statement inserts.
const ROWS_PER_STATEMENT: usize = 64;

/// A claim by its row, with its mentions.
type Claim = (i64, Vec<Mention>);

/// A mention of a claim, as far as it weighs.
struct Mention {
    source: i64,
    speaker: Option<i64>,
    counts: bool,
    retracts: bool,
}

impl Mention {
    /// Who says it: the speaker, else the document.
    fn voice(&self) -> i64 {
        self.speaker.unwrap_or(self.source)
    }
}

/// What stands behind a claim.
#[derive(Debug, Default, PartialEq, Eq)]
struct Weight {
    mentions: u32,
    denials: u32,
    outlets: u32,
    speakers: u32,
    unnamed: u32,
    /// The independent origins, each with whether it took the claim back.
    origins: BTreeMap<i64, bool>,
}

impl Weight {
    /// The row of `kept_weights`, in the order of its columns.
    fn row(&self, claim: i64) -> [i64; 8] {
        let Weight { mentions, denials, outlets, speakers, unnamed, origins } = self;
        let took_back = number(origins.values().filter(|took_back| **took_back));
        let origins = number(origins);
        let counts = [*mentions, *denials, *outlets, *speakers, origins, *unnamed, took_back];
        let [mentions, denials, outlets, speakers, origins, unnamed, took_back] =
            counts.map(i64::from);
        [claim, mentions, denials, outlets, speakers, origins, unnamed, took_back]
    }
}

/// The number of claims that are worked out anew at each question, counted up to `most`; 0 for an archive of an
/// older program, which keeps no weights.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn outdated_weights(db: &dyn Lookup, most: u32) -> Result<u32> {
    if !db.keeps_weights()? {
        return Ok(0);
    }
    let sql = "SELECT count(*) AS n FROM (SELECT 1 FROM outdated_weights LIMIT ?1) AS outdated";
    let mut number = 0;
    db.each_row("see which weights are outdated", sql, &[Value::Int(most.into())], &mut |row| {
        if let [Value::Int(found)] = row {
            number = u32::try_from(*found).unwrap_or(u32::MAX);
        }
        Ok(())
    })?;
    Ok(number)
}

/// Works out anew what is noted as outdated, and keeps it, for at most so many claims: what is left stays noted, and the
/// views go on working it out at each question. Call it inside a transaction, while an operation runs. Returns the
/// number of claims that were weighed.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub(super) fn refresh(writer: &Writer, most: Option<u64>) -> Result<u64> {
    weigh_outdated(&writer.conn, most)
        .map_err(|error| writer.map_err("bring its kept weights up to date", &error))
}

/// Weighs what is outdated while no operation runs. Returns the number of claims that were weighed.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub(super) fn refresh_at_rest(writer: &Writer) -> Result<u64> {
    weigh_at_rest(&writer.conn)
        .map_err(|error| writer.map_err("bring its kept weights up to date", &error))
}

/// Weighs what is outdated while no operation runs: what is kept is no part of the record, and the last operation
/// stands in for one, since the file lets only an operation change it.
pub(in crate::store) fn weigh_at_rest(conn: &Connection) -> rusqlite::Result<u64> {
    conn.execute("UPDATE archive SET operation = (SELECT max(id) FROM operations)", [])?;
    let weighed = weigh_outdated(conn, None)?;
    conn.execute("UPDATE archive SET operation = NULL", [])?;
    Ok(weighed)
}

fn weigh_outdated(conn: &Connection, most: Option<u64>) -> rusqlite::Result<u64> {
    note_claims_of_sources(conn, most)?;
    let mut sources = Sources::new(conn)?;
    let (mut after, mut weighed, mut knows_all) = (0, 0, false);
    let mut claims = look_up(&mut sources, read_outdated(conn, after)?)?;
    while let Some((last, _)) = claims.last() {
        let last = *last;
        weighed += claims.len() as u64;
        let is_enough = most.is_some_and(|most| weighed >= most);
        let read_next = || if is_enough { Ok(Vec::new()) } else { read_outdated(conn, last) };
        let (facts, here) = (&sources.facts, &claims);
        let weigh_all = || {
            here.iter()
                .map(|(claim, mentions)| (*claim, weigh(facts, mentions)))
                .collect::<Vec<_>>()
        };
        let (weights, next) = meanwhile(claims.len(), weigh_all, read_next);
        keep(conn, after, last, &weights)?;
        if weighed >= MANY && !knows_all {
            sources.find_all(conn)?;
            knows_all = true;
        }
        claims = look_up(&mut sources, next?)?;
        after = last;
    }
    Ok(weighed)
}

/// Keeps the weights of the outdated claims after one, up to another, in place of what was kept of them.
fn keep(
    conn: &Connection,
    after: i64,
    last: i64,
    weights: &[(i64, Weight)],
) -> rusqlite::Result<()> {
    forget(conn, after, last)?;
    let rows: Vec<[i64; 8]> = weights.iter().map(|(claim, weight)| weight.row(*claim)).collect();
    insert(
        conn,
        "kept_weights (claim_id, mentions, denials, outlets, speakers, origins, unnamed, took_back)",
        &rows,
    )?;
    let of_claim = |(claim, weight): &(i64, Weight)| {
        let row = |(id, took_back): (&i64, &bool)| [*claim, *id, i64::from(*took_back)];
        weight.origins.iter().map(row).collect::<Vec<_>>()
    };
    let origins: Vec<[i64; 3]> = weights.iter().flat_map(of_claim).collect();
    insert(conn, "kept_origins (claim_id, origin_id, took_back)", &origins)?;
    let done = "DELETE FROM outdated_claims WHERE claim_id > ?1 AND claim_id <= ?2";
    conn.prepare_cached(done)?.execute([after, last])?;
    Ok(())
}

/// Notes the claims that rest on sources which changed, in place of these sources, if they are at most so many.
fn note_claims_of_sources(conn: &Connection, most: Option<u64>) -> rusqlite::Result<()> {
    let sources = "SELECT EXISTS (SELECT 1 FROM outdated_sources) AS some";
    if !conn.prepare_cached(sources)?.query_row([], |row| row.get::<_, bool>("some"))? {
        return Ok(());
    }
    if let Some(most) = most.and_then(|most| i64::try_from(most).ok()) {
        let sql = "SELECT count(*) AS n FROM (SELECT 1 FROM outdated_weights LIMIT ?1) AS some";
        let found: i64 = conn.query_row(sql, [most + 1], |row| row.get("n"))?;
        if found > most {
            return Ok(());
        }
    }
    conn.execute_batch(
        "INSERT OR IGNORE INTO outdated_claims (claim_id) SELECT id FROM outdated_weights;
         DELETE FROM outdated_sources",
    )
}

/// The next outdated claims after one, each with its mentions.
fn read_outdated(conn: &Connection, after: i64) -> rusqlite::Result<Vec<Claim>> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut statement = conn.prepare_cached(include_str!("outdated_mentions.sql"))?;
    let mut rows = statement.query([after, STRETCH])?;
    while let Some(row) = rows.next()? {
        let claim: i64 = row.get("claim_id")?;
        if claims.last().is_none_or(|(last, _)| *last != claim) {
            claims.push((claim, Vec::new()));
        }
        if let (Some((_, mentions)), Some(mention)) = (claims.last_mut(), mention(row)?) {
            mentions.push(mention);
        }
    }
    Ok(claims)
}

/// A mention in a row, unless a damaged file has no number for a source, or an unknown stance: that is a finding of
/// check, and stops no command.
fn mention(row: &Row<'_>) -> rusqlite::Result<Option<Mention>> {
    let (source, speaker) = (row.get_ref("source_id")?, row.get_ref("speaker_id")?);
    let (Ok(source), Ok(speaker)) = (source.as_i64(), speaker.as_i64_or_null()) else {
        return Ok(None);
    };
    let counts: Option<bool> = row.get("counts")?;
    let Some(counts) = counts else { return Ok(None) };
    Ok(Some(Mention { source, speaker, counts, retracts: row.get("retracts")? }))
}

/// Looks up what claims may rest on, and takes those mentions away whose source or speaker is not there.
fn look_up(sources: &mut Sources<'_>, mut claims: Vec<Claim>) -> rusqlite::Result<Vec<Claim>> {
    sources.make_room();
    for (_, mentions) in &mut claims {
        let mut found = Vec::with_capacity(mentions.len());
        for mention in mentions.drain(..) {
            let speaks = mention.speaker.map_or(Ok(true), |speaker| sources.find(speaker))?;
            if speaks && sources.find(mention.source)? {
                found.push(mention);
            }
        }
        *mentions = found;
        let documents = mentions
            .iter()
            .filter(|mention| mention.counts)
            .map(|mention| mention.source)
            .collect();
        sources.look_up(
            &documents,
            mentions.iter().flat_map(|mention| [mention.source, mention.voice()]),
        )?;
    }
    Ok(claims)
}

/// Weighs a claim by its mentions.
fn weigh(facts: &Facts, mentions: &[Mention]) -> Weight {
    let counting = || mentions.iter().filter(|mention| mention.counts);
    let documents: BTreeSet<i64> = counting().map(|mention| mention.source).collect();
    let mut weight = Weight {
        mentions: number(counting()),
        denials: number(mentions.iter().filter(|mention| !mention.counts)),
        outlets: number(documents.iter().map(|id| facts[*id].outlet()).collect::<BTreeSet<_>>()),
        speakers: number(counting().filter_map(|mention| mention.speaker).collect::<BTreeSet<_>>()),
        ..Weight::default()
    };
    let known = |id: i64| Known { id, facts: &facts[id] };
    let stated: Vec<Stated<Known<'_>>> =
        counting().map(|mention| (known(mention.source), mention.speaker.map(known))).collect();
    let ends = chain_ends(&stated, |source| {
        let edges = source.facts.drawn_on.iter();
        edges.filter_map(|(id, whole)| {
            facts.get(*id).map(|facts| (Known { id: *id, facts }, *whole))
        })
    });
    for end in ends {
        for voice in &end.voices {
            let work = voice.facts.work.unwrap_or(voice.id);
            let origin = facts[work].body.unwrap_or(work);
            let text = end.text().map_or(voice.id, |text| text.id);
            let took_back =
                mentions.iter().any(|m| m.retracts && takes_back(facts, m, voice.id, origin, text));
            *weight.origins.entry(origin).or_default() |= took_back;
        }
    }
    weight.unnamed = number(weight.origins.keys().filter(|id| !facts[**id].is_named));
    weight
}

/// Returns true if a retraction comes from an origin: from the voice at the end of a chain, or from anyone who
/// speaks for its body; from the text there, by itself or in a revised edition; or, where nobody speaks in the
/// text, from what it drew on.
fn takes_back(facts: &Facts, mention: &Mention, voice: i64, origin: i64, text: i64) -> bool {
    let by = mention.voice();
    let is_text = || {
        let revises = || facts[mention.source].revises.contains(&text);
        mention.speaker.is_none() && (mention.source == text || revises())
    };
    by == voice
        || by == origin
        || facts[by].bodies.contains(&origin)
        || is_text()
        || (voice == text && facts[text].drawn_on.iter().any(|(id, _)| *id == mention.source))
}

/// Removes what was kept of the outdated claims after one, up to another.
fn forget(conn: &Connection, after: i64, last: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM kept_weights WHERE claim_id IN (SELECT claim_id FROM outdated_claims WHERE claim_id > ?1 AND claim_id <= ?2)",
        "DELETE FROM kept_origins WHERE claim_id IN (SELECT claim_id FROM outdated_claims WHERE claim_id > ?1 AND claim_id <= ?2)",
    ] {
        conn.prepare_cached(sql)?.execute([after, last])?;
    }
    Ok(())
}

/// Inserts rows, many by one statement: for each that a guard may refuse, SQLite first copies the pages that it changes.
fn insert<const N: usize>(
    conn: &Connection,
    into: &str,
    rows: &[[i64; N]],
) -> rusqlite::Result<()> {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        let marks = format!("({})", ["?"; N].join(", "));
        let sql = format!("INSERT INTO {into} VALUES {}", vec![marks; rows.len()].join(", "));
        conn.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(rows.iter().flatten()))?;
    }
    Ok(())
}

fn number<T>(of: impl IntoIterator<Item = T>) -> u32 {
    u32::try_from(of.into_iter().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{outdated_weights, weigh_outdated};
    use crate::store::in_memory;

    #[test]
    fn what_a_limit_leaves_stays_outdated() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        archive
            .conn
            .execute_batch(
                "WITH RECURSIVE n(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n LIMIT 2500)
                 INSERT INTO claims (key, text, kind) SELECT 'c-' || number, 'C', 'event' FROM n;
                 UPDATE archive SET operation = (SELECT max(id) FROM operations)",
            )
            .unwrap();
        for (most, weighed, left) in [(Some(1_000), 1_000, 1_500), (None, 1_500, 0)] {
            assert_eq!(weigh_outdated(&archive.conn, most).unwrap(), weighed, "{most:?}");
            assert_eq!(outdated_weights(&archive, 10_000).unwrap(), left, "{most:?}");
        }
    }
}
