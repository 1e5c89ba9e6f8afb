//! Records a verdict, or retracts one.

use super::add;
use crate::error::{Error, Result};
use crate::model::{CLAIM, CancelToken, SOURCE, did_you_mean, kind_of_word};
use crate::ops::context::{
    Context, Deed, current_key, find_record, open_writer, operate, stated_reason,
};
use crate::store::{Reader, all_keys, exists, retract_verdict};
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
    stated_reason(&options.because)?;
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
    let added = add::Options {
        archive,
        kind,
        fields,
        nested,
        along: Vec::new(),
        update: false,
        replace_places: false,
    };
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

/// The result of retracting a verdict.
#[derive(Clone, Debug)]
pub struct Retracted {
    /// The status that the verdict gave.
    pub was: String,
    /// The status that the claim has now.
    pub status: String,
    /// The assessor and time of the verdict that holds now, if there is one.
    pub held_by: Option<(String, String)>,
}

/// Retracts the latest verdict of an assessor on a claim: the one before it holds again. Both stay on
/// record.
///
/// # Errors
/// Fails if the assessor has no verdict on the claim that was not retracted.
pub fn retract(
    archive: &Path,
    claim: &str,
    by: Option<&str>,
    because: Option<&str>,
    context: &Context,
) -> Result<Retracted> {
    let writer = open_writer(archive, context)?;
    let (_, claim) = find_record(&writer, claim, &[&CLAIM])?;
    let assessor = match by {
        Some(by) => find_record(&writer, by, &[&SOURCE])?.1,
        None => writer.desk()?,
    };
    let because = because.map(str::trim);
    if because == Some("") {
        return Err(Error::Refused {
            what: "the reason is empty".to_owned(),
            hint: "say why with --because TEXT, or leave it out".to_owned(),
        });
    }
    let deed = Deed { command: "assess --undo", because };
    let was = operate(&writer, deed, context, |writer, operation| {
        let Some(verdict) = writer.latest_verdict_by(&claim, &assessor)? else {
            return Err(Error::Refused {
                what: format!("{assessor} has no verdict on {claim}, so none can be retracted"),
                hint: "--by KEY names another assessor; `onrecord report history --where \
                       claim=KEY` lists the verdicts"
                    .to_owned(),
            });
        };
        let why = format!("taken back by operation {}", operation.id());
        let (by, why) = (context.editor.as_deref(), because.unwrap_or(&why));
        retract_verdict(writer, verdict.id, &context.now, by, why)?;
        Ok((verdict.status.clone(), format!("{} on {claim} by {assessor}", verdict.status)))
    })?;
    let (status, assessor, at) = writer.verdict(&claim)?;
    Ok(Retracted { was, status, held_by: assessor.zip(at) })
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
