//! Records a verdict.

use super::add;
use crate::error::{Error, Result};
use crate::model::{CLAIM, CancelToken, SOURCE, did_you_mean, kind_of_word};
use crate::ops::context::{Context, Deed, current_key};
use crate::store::{Reader, all_keys, exists};
use std::path::Path;

/// A verdict.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// Key of the claim.
    pub claim: String,
    /// The verdict.
    pub status: String,
    /// The reason.
    pub because: String,
    /// Key of the assessor; the archive's desk unless given.
    pub by: Option<String>,
    /// Admiralty credibility, 1 to 6.
    pub credibility: Option<String>,
    /// The time of the verdict (UTC); now unless given.
    pub at: Option<String>,
    /// Keys of sources, claims or figures it rests on; `claim:KEY` says which is meant.
    pub evidence: Vec<String>,
}

/// The outcome of recording a verdict.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// True if the verdict was recorded now; otherwise it was there.
    pub new: bool,
    /// The status that the claim has now.
    pub status: String,
    /// The assessor and time of the verdict that holds, where that is not the one just given.
    pub held_by: Option<(String, String)>,
    /// The moment to which it is dated, where that is still to come: until then it holds against
    /// every verdict given meanwhile.
    pub ahead: Option<String>,
}

/// Records the verdict as a new row; earlier ones stay. Which of them holds is for the file to
/// say: the latest of the archive's desk, else the latest of anyone.
///
/// # Errors
/// Fails if the claim, the assessor or a piece of evidence is not there, or the status is none.
pub fn assess(options: &Options<'_>, context: &Context) -> Result<Outcome> {
    if options.because.trim().is_empty() {
        return Err(Error::Refused {
            what: "the reason is empty".to_owned(),
            hint: "say why with --because TEXT".to_owned(),
        });
    }
    let db = Reader::open(options.archive, CancelToken::never())?;
    let claim = current_key(&db, &CLAIM, &options.claim)?;
    let mut nested = Vec::new();
    for word in &options.evidence {
        let (kind, key) = find_evidence(&db, word)?;
        let fields = vec![(kind.to_owned(), key)];
        nested.push(add::Inside { word: "evidence", flag: Some("evidence"), fields });
    }
    drop(db);
    let mut fields = vec![
        ("claim".to_owned(), claim.clone()),
        ("status".to_owned(), options.status.clone()),
        ("because".to_owned(), options.because.clone()),
        // A verdict given twice is two verdicts: each has its moment.
        ("at".to_owned(), options.at.clone().unwrap_or_else(|| context.now.clone())),
    ];
    let optional = [("by", &options.by), ("credibility", &options.credibility)];
    for (name, value) in optional {
        fields.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
    }
    let Some(kind) = kind_of_word("assessment") else { unreachable!("a kind of the model") };
    let archive = options.archive;
    let at = fields[3].1.clone();
    let deed = Deed { command: "assess", because: Some(&options.because) };
    let added = add::Options { archive, kind, fields, nested, update: false };
    let added = add::add_as(deed, &added, context)?;
    let db = Reader::open(archive, CancelToken::never())?;
    let by = match &options.by {
        Some(by) => current_key(&db, &SOURCE, by)?,
        None => db.desk()?,
    };
    let (status, assessor, held_at) = db.verdict(&claim)?;
    let at = crate::model::timestamp(&at).unwrap_or(at);
    let held_by = assessor.zip(held_at).filter(|(who, when)| *who != by || *when != at);
    let ahead = (at > context.now).then_some(at);
    Ok(Outcome { new: added.tallies.iter().any(|tally| tally.new > 0), status, held_by, ahead })
}

/// Takes the latest verdict of an assessor back: the one before it is given again, as a new verdict
/// that says so. Gives what it was and what it is.
///
/// # Errors
/// Fails if the assessor gave no earlier verdict on the claim, besides those of [`assess`].
pub fn undo(
    archive: &Path,
    claim: &str,
    by: Option<&str>,
    because: &str,
    context: &Context,
) -> Result<(String, Outcome)> {
    let db = Reader::open(archive, CancelToken::never())?;
    let claim = &current_key(&db, &CLAIM, claim)?;
    let assessor = by.map_or_else(|| db.desk(), |by| current_key(&db, &SOURCE, by))?;
    let mut given = db.verdicts_by(claim, &assessor)?.into_iter();
    drop(db);
    let (Some(last), Some(before)) = (given.next(), given.next()) else {
        return Err(Error::Refused {
            what: format!("{assessor} gave no two verdicts on {claim}, so none can be undone"),
            hint: format!(
                "give the one that holds: `onrecord assess {claim} STATUS --because TEXT`"
            ),
        });
    };
    let options = Options {
        archive,
        claim: claim.to_owned(),
        status: before.status,
        because: format!("{} of {} is undone: {because}", last.status, last.at),
        by: by.map(str::to_owned),
        credibility: before.credibility.map(|number| number.to_string()),
        // One that was dated to a day still to come is undone from that day on too.
        at: None,
        evidence: before.evidence,
    };
    let context = match last.at > context.now {
        true => Context { now: last.at.clone(), ..context.clone() },
        false => context.clone(),
    };
    assess(&options, &context).map(|outcome| (last.status, outcome))
}

fn find_evidence(db: &Reader, word: &str) -> Result<(&'static str, String)> {
    const KINDS: [(&str, &str); 3] =
        [("source", "sources"), ("claim", "claims"), ("figure", "figures")];
    if let Some((kind, key)) = word.split_once(':')
        && let Some((kind, _)) = KINDS.iter().find(|(word, _)| *word == kind)
    {
        return Ok((kind, key.to_owned()));
    }
    let mut found = Vec::new();
    let mut known = Vec::new();
    for (kind, table) in KINDS {
        if exists(db, table, word)? {
            found.push(kind);
        }
        known.extend(all_keys(db, table)?);
    }
    match found.as_slice() {
        [kind] => Ok((kind, word.to_owned())),
        [] => Err(Error::NotFound {
            what: "source, claim or figure".to_owned(),
            name: word.to_owned(),
            near: did_you_mean(word, known.iter().map(String::as_str)),
            hint: "`onrecord search` finds keys".to_owned(),
        }),
        several => Err(Error::Refused {
            what: format!("{word:?} is the key of a {}", several.join(" and of a ")),
            hint: format!("say which is meant: --evidence {}:{word}", several[0]),
        }),
    }
}
