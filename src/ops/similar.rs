//! Has this been claimed before? Claims ranked by how alike they are to a text or to another claim.

use crate::error::Result;
use crate::model::{
    CancelToken, ClaimFeatures, Table, Value, normalized_words, original_spellings,
};
use crate::store::{
    Candidate, Handle, Reader, claim_features, claims_after, claims_like, claims_with, place_names,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Candidates that are looked at closely.
const LOOKED_AT: usize = 200;
/// A word that stands in so many claims finds none of them.
const COMMON: usize = 20_000;
/// Likeness from which two claims are probably one.
const PROBABLY: f64 = 0.55;
/// Likeness below which nothing is worth a look.
const WORTH: f64 = 0.15;
/// New claims that are looked at one by one after an import.
const FEW: usize = 200;

/// Two claims that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Key of the claim that was added; empty where a text was asked about.
    pub new: String,
    /// Key of the claim that was there.
    pub key: String,
    /// Its text.
    pub text: String,
    /// The current verdict on it.
    pub status: String,
    /// From 0 to 1.
    pub likeness: f64,
    /// What the two share: places, numbers, rare words.
    pub shared: String,
}

/// Claims like `asked`, which is the key of a claim or a text, the likest first.
///
/// # Errors
/// When the archive cannot be read.
pub fn similar(archive: &Path, asked: &str, limit: usize, cancel: CancelToken) -> Result<Table> {
    let db = Reader::open(archive, cancel)?;
    let names = Names::read(&db)?;
    let found = match claim_features(&db, asked)? {
        Some(claim) => alike(&db, &names, &claim.text, claim.features, Some(&claim.key))?,
        None => alike(&db, &names, asked, ClaimFeatures::from_text(asked), None)?,
    };
    let mut table = Table::new(&["claim", "likeness", "shared", "status", "text"]);
    for one in found.into_iter().take(limit) {
        let likeness = (one.likeness * 100.0).round() / 100.0;
        table.rows.push(vec![
            Value::Text(one.key),
            Value::Real(likeness),
            Value::Text(one.shared),
            Value::Text(one.status),
            Value::Text(one.text),
        ]);
    }
    Ok(table)
}

/// For each claim added after the one with the id `last`, the claim that it probably repeats. After a
/// load of many, none is looked for.
pub(super) fn repeated(db: &Handle, last: i64) -> Result<Vec<Alike>> {
    let new = claims_after(db, last, FEW)?;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let names = Names::read(db)?;
    let mut all = Vec::new();
    for key in new {
        let Some(claim) = claim_features(db, &key)? else { continue };
        let found = alike(db, &names, &claim.text, claim.features, Some(&claim.key))?;
        let likest = found.into_iter().next().filter(|one| one.likeness >= PROBABLY);
        all.extend(likest.map(|one| Alike { new: key, ..one }));
    }
    // Two new ones that are alike are told once.
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    all.retain(|one| {
        let repeated = told.contains(&(one.key.clone(), one.new.clone()));
        told.insert((one.new.clone(), one.key.clone()));
        !repeated
    });
    Ok(all)
}

/// What places are called, by the words of each name.
struct Names {
    /// Key of the place by its plain name.
    by_words: BTreeMap<Vec<String>, BTreeSet<String>>,
    /// Names as written, by key of the place.
    by_key: BTreeMap<String, BTreeSet<String>>,
    longest: usize,
}

impl Names {
    fn read(db: &Handle) -> Result<Self> {
        let mut names = Names { by_words: BTreeMap::new(), by_key: BTreeMap::new(), longest: 0 };
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

    /// The places that a text names, and the words of it that are names.
    fn in_text(&self, text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
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

    /// Adds the places that a text names; the names are words no longer, so that two spellings are
    /// one place.
    fn place(&self, text: &str, features: &mut ClaimFeatures) {
        let (keys, used) = self.in_text(text);
        features.places.extend(keys);
        features.words.retain(|word| !used.contains(word));
    }
}

fn alike(
    db: &Handle,
    names: &Names,
    text: &str,
    mut features: ClaimFeatures,
    own: Option<&str>,
) -> Result<Vec<Alike>> {
    names.place(text, &mut features);
    // How much each word tells: one that is everywhere neither finds claims nor makes them alike.
    let mut rarity = BTreeMap::new();
    let mut asked = BTreeSet::new();
    let as_written = original_spellings(text);
    for word in features.words.iter().chain(&features.numbers) {
        // The index has words as written, in any script, so both numbers of a noun are asked for.
        let mut forms = BTreeSet::from([word.clone(), format!("{word}s")]);
        forms.extend(as_written.get(word).into_iter().flatten().cloned());
        let mut number = 0;
        for form in &forms {
            number = claims_with(db, form, COMMON)?.max(number);
        }
        #[expect(clippy::cast_precision_loss, reason = "at most COMMON")]
        rarity.insert(word.clone(), (COMMON as f64 / number.max(1) as f64).ln().max(0.05));
        if number < COMMON {
            asked.extend(forms);
        }
    }
    for key in &features.places {
        for name in names.by_key.get(key).into_iter().flatten() {
            if claims_with(db, name, COMMON)? < COMMON {
                asked.insert(name.clone());
            }
        }
    }
    let mut found = Vec::new();
    for Candidate { key, text, status, features: mut other, .. } in
        claims_like(db, &asked, LOOKED_AT)?
    {
        if own == Some(key.as_str()) {
            continue;
        }
        names.place(&text, &mut other);
        let likeness = features.similarity(&other, &rarity);
        if likeness >= WORTH {
            let shared = shared(&features, &other, &rarity);
            found.push(Alike { new: String::new(), key, text, status, likeness, shared });
        }
    }
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.key.cmp(&b.key)));
    Ok(found)
}

/// What two gists share, in words: places, numbers, and the words that tell most.
fn shared(one: &ClaimFeatures, other: &ClaimFeatures, rarity: &BTreeMap<String, f64>) -> String {
    let mut words: Vec<&String> = one.words.intersection(&other.words).collect();
    let weight = |word: &String| rarity.get(word).copied().unwrap_or(0.0);
    words.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let places = one.places.intersection(&other.places);
    let numbers = one.numbers.intersection(&other.numbers);
    let all: Vec<&str> =
        places.chain(numbers).chain(words.into_iter().take(4)).map(String::as_str).collect();
    all.join(", ")
}
