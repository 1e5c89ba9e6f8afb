//! Similar claims: a ranking by similarity to a text or to another claim, and the search for
//! duplicates after an import.

use super::near_names::{LastNames, new_near_names};
use crate::error::Result;
use crate::model::{
    CLAIM, CancelToken, ClaimFeatures, Table, Value, indexed_forms, normalized_words,
};
use crate::ops::context::open_reader;
use crate::store::{
    Candidate, Handle, are_linked, claim_features, claims_after, claims_like, claims_with,
    count_in_one_event, last_id, place_names,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The number of candidates whose similarity is computed.
const MAX_CANDIDATES: usize = 200;
/// The number of claims from which on a word is too common to search for.
const COMMON_WORD_CLAIMS: usize = 20_000;
/// The similarity from which on two claims are probably duplicates.
const DUPLICATE_LIKENESS: f64 = 0.55;
/// The similarity below which a claim is not listed.
const MIN_LIKENESS: f64 = 0.15;
/// The number of new claims from which on an import is not searched for duplicates.
const MAX_NEW_CLAIMS: usize = 200;

pub use super::near_names::NearName;

/// Two claims that may be duplicates.
#[derive(Clone, Debug, PartialEq)]
pub struct SimilarClaim {
    /// The key of the new claim; empty when the query was a text.
    pub new: String,
    /// The key of the existing claim.
    pub key: String,
    /// The text of the existing claim.
    pub text: String,
    /// The current verdict on the existing claim.
    pub status: String,
    /// The similarity, from 0 to 1.
    pub likeness: f64,
    /// The features that both have: places, numbers, rare words.
    pub shared: String,
    /// True if both state numbers, and not the same ones: then they are hardly one claim.
    pub other_numbers: bool,
    /// True if both have a figure of one measure that is counted in one event.
    pub per_event: bool,
}

/// What a command added that may be there already.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// New claims that probably repeat another one.
    pub claims: Vec<SimilarClaim>,
    /// New sources and places whose names are nearly another's.
    pub names: Vec<NearName>,
}

/// The last rows at a moment: what comes later is new.
#[derive(Clone, Copy, Debug)]
pub(super) struct Newest {
    /// The last claim.
    pub(super) claim: i64,
    names: LastNames,
}

impl Newest {
    /// Those of now.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub(super) fn of(db: &Handle) -> Result<Self> {
        Ok(Newest { claim: last_id(db, CLAIM.table)?, names: LastNames::of(db)? })
    }
}

/// Finds what was added since and may be there already. Two new claims that came with keys of their own
/// (`made_up` lists the keys of the others, by table) are two.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(super) fn find_alike(
    db: &Handle,
    since: Newest,
    made_up: &[(&'static str, String)],
) -> Result<Alike> {
    let made_up = made_up.iter().filter(|(table, _)| CLAIM.is_of(table));
    let made_up: BTreeSet<&str> = made_up.map(|(_, key)| key.as_str()).collect();
    let claims = find_duplicates(db, since.claim, &made_up)?;
    Ok(Alike { claims, names: new_near_names(db, since.names)? })
}

/// Returns the claims similar to `query`, which is the key of a claim or a text, most similar
/// first.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn find_similar(
    archive: &Path,
    query: &str,
    limit: usize,
    cancel: CancelToken,
) -> Result<Table> {
    let db = open_reader(archive, cancel)?;
    db.require_tables("look for similar claims")?;
    let names = PlaceNames::read(&db)?;
    let found = match claim_features(&db, query)? {
        Some(claim) => rank_similar(&db, &names, &claim.text, claim.features, Some(&claim.key))?,
        None => rank_similar(&db, &names, query, ClaimFeatures::from_text(query), None)?,
    };
    let mut table = Table::new(&["claim", "likeness", "shared", "status", "text"]);
    for claim in found.into_iter().take(limit) {
        let likeness = (claim.likeness * 100.0).round() / 100.0;
        table.rows.push(vec![
            Value::Text(claim.key),
            Value::Real(likeness),
            Value::Text(claim.shared),
            Value::Text(claim.status),
            Value::Text(claim.text),
        ]);
    }
    Ok(table)
}

/// Returns, for each claim added after the one with the id `last`, the claim that it probably
/// duplicates; nothing if more than [`MAX_NEW_CLAIMS`] were added.
fn find_duplicates(db: &Handle, last: i64, made_up: &BTreeSet<&str>) -> Result<Vec<SimilarClaim>> {
    let new = claims_after(db, last, MAX_NEW_CLAIMS)?;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let named: BTreeSet<String> =
        new.iter().filter(|key| !made_up.contains(key.as_str())).cloned().collect();
    let names = PlaceNames::read(db)?;
    let mut all = Vec::new();
    for key in new {
        let Some(claim) = claim_features(db, &key)? else { continue };
        let found = rank_similar(db, &names, &claim.text, claim.features, Some(&claim.key))?;
        // A person told the two apart by the keys that they gave them.
        let told_apart = |other: &SimilarClaim| named.contains(&key) && named.contains(&other.key);
        let best = found
            .into_iter()
            .find(|other| !told_apart(other))
            .filter(|best| best.likeness >= DUPLICATE_LIKENESS);
        // So did who linked them.
        if let Some(best) = best
            && !are_linked(db, &key, &best.key)?
        {
            let per_event = count_in_one_event(db, &key, &best.key)?;
            all.push(SimilarClaim { new: key, per_event, ..best });
        }
    }
    // Report a pair of new claims once, not once from each side.
    let mut reported: BTreeSet<(String, String)> = BTreeSet::new();
    all.retain(|pair| {
        let repeated = reported.contains(&(pair.key.clone(), pair.new.clone()));
        reported.insert((pair.new.clone(), pair.key.clone()));
        !repeated
    });
    Ok(all)
}

/// The names of all places, searchable by their words.
struct PlaceNames {
    /// Keys of places by the normalised words of a name.
    by_words: BTreeMap<Vec<String>, BTreeSet<String>>,
    /// Names as written, by key of the place.
    by_key: BTreeMap<String, BTreeSet<String>>,
    /// The largest number of words in a name.
    longest: usize,
}

impl PlaceNames {
    fn read(db: &Handle) -> Result<Self> {
        let mut names =
            PlaceNames { by_words: BTreeMap::new(), by_key: BTreeMap::new(), longest: 0 };
        for (name, key) in place_names(db)? {
            let words = normalized_words(&name);
            if words.is_empty() {
                continue;
            }
            names.longest = names.longest.max(words.len());
            names.by_words.entry(words).or_default().insert(key.clone());
            names.by_key.entry(key).or_default().insert(name);
        }
        Ok(names)
    }

    /// Finds the places that a text names, and the words that make up those names.
    fn find_in_text(&self, text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let words = normalized_words(text);
        let (mut keys, mut used) = (BTreeSet::new(), BTreeSet::new());
        for start in 0..words.len() {
            for length in 1..=self.longest.min(words.len() - start) {
                if let Some(found) = self.by_words.get(&words[start..start + length]) {
                    keys.extend(found.iter().cloned());
                    used.extend(words[start..start + length].iter().cloned());
                }
            }
        }
        (keys, used)
    }

    /// Moves the place names in a text from the words to the places of its features, so that two
    /// spellings of a name count as the same place.
    fn extract_places(&self, text: &str, features: &mut ClaimFeatures) {
        let (keys, used) = self.find_in_text(text);
        features.places.extend(keys);
        features.words.retain(|word| !used.contains(word));
    }
}

/// Ranks the claims similar to a text or to the claim `own`, most similar first.
fn rank_similar(
    db: &Handle,
    names: &PlaceNames,
    text: &str,
    mut features: ClaimFeatures,
    own: Option<&str>,
) -> Result<Vec<SimilarClaim>> {
    names.extract_places(text, &mut features);
    // The weight of each word. A common word neither finds claims nor makes them similar.
    let mut rarity = BTreeMap::new();
    let mut terms = BTreeSet::new();
    let as_written = indexed_forms(text);
    for word in features.words.iter().chain(&features.numbers) {
        // The index holds words as written: search for both the singular and the plural.
        let mut forms = BTreeSet::from([word.clone(), format!("{word}s")]);
        forms.extend(as_written.get(word).into_iter().flatten().cloned());
        let mut number = 0;
        for form in &forms {
            number = claims_with(db, form, COMMON_WORD_CLAIMS)?.max(number);
        }
        #[expect(clippy::cast_precision_loss, reason = "at most COMMON_WORD_CLAIMS")]
        let weight = (COMMON_WORD_CLAIMS as f64 / number.max(1) as f64).ln().max(0.05);
        rarity.insert(word.clone(), weight);
        if number < COMMON_WORD_CLAIMS {
            terms.extend(forms);
        }
    }
    for key in &features.places {
        for name in names.by_key.get(key).into_iter().flatten() {
            if claims_with(db, name, COMMON_WORD_CLAIMS)? < COMMON_WORD_CLAIMS {
                terms.insert(name.clone());
            }
        }
    }
    let mut found = Vec::new();
    for Candidate { key, text, status, features: mut other, .. } in
        claims_like(db, &terms, MAX_CANDIDATES)?
    {
        if own == Some(key.as_str()) {
            continue;
        }
        names.extract_places(&text, &mut other);
        let likeness = features.similarity(&other, &rarity);
        if likeness >= MIN_LIKENESS {
            let shared = shared_features(&features, &other, &rarity);
            let (own, others) = (&features.numbers, &other.numbers);
            let other_numbers = !own.is_empty() && !others.is_empty() && own != others;
            found.push(SimilarClaim {
                new: String::new(),
                key,
                text,
                status,
                likeness,
                shared,
                other_numbers,
                per_event: false,
            });
        }
    }
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.key.cmp(&b.key)));
    Ok(found)
}

/// Formats the features that two claims share: places, numbers and the four rarest words.
fn shared_features(
    one: &ClaimFeatures,
    other: &ClaimFeatures,
    rarity: &BTreeMap<String, f64>,
) -> String {
    let mut words: Vec<&String> = one.words.intersection(&other.words).collect();
    let weight = |word: &String| rarity.get(word).copied().unwrap_or(0.0);
    words.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let places = one.places.intersection(&other.places);
    let numbers = one.numbers.intersection(&other.numbers);
    let all: Vec<&str> =
        places.chain(numbers).chain(words.into_iter().take(4)).map(String::as_str).collect();
    all.join(", ")
}
