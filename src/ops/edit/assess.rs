//! Records a verdict, or retracts one.

use super::add;
use crate::error::{Error, Result};
use crate::model::{ASSESSMENT, CLAIM, CancelToken, EVIDENCE, Kind, SOURCE, evidence_kinds};
use crate::ops::context::{
    Context, Deed, current_key, find_record, open_reader, open_writer, operate, stated_reason,
};
use crate::store::{Handle, retract_verdict};
use std::path::Path;

/// A verdict.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The claim, by its key or text.
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
    /// The sources, claims or figures it rests on, by their keys or names; `claim:KEY` says which is meant.
    pub evidence: Vec<String>,
}

/// The outcome of recording a verdict.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// True if the verdict was recorded now; otherwise it was there.
    pub new: bool,
    /// The key of the claim.
    pub claim: String,
    /// The status that the claim has now.
    pub status: String,
    /// The assessor and time of the verdict that holds, where that is not the one just given.
    pub held_by: Option<(String, String)>,
    /// The moment to which it is dated, where that is still to come: until then it holds against
    /// every verdict given meanwhile.
    pub ahead: Option<String>,
    /// True if `check` asks for evidence of the verdict.
    pub lacks_evidence: bool,
}

/// Records the verdict as a new row; earlier ones stay. Which of them holds is for the file to
/// say: the latest of the archive's desk, else the latest of anyone.
///
/// # Errors
/// Fails if the claim, the assessor or a piece of evidence is not there, or the status is none.
pub fn assess(options: &Options<'_>, context: &Context) -> Result<Outcome> {
    stated_reason(&options.because)?;
    let db = open_reader(options.archive, CancelToken::never())?;
    let claim = current_key(&db, &CLAIM, &options.claim)?;
    let mut nested = Vec::new();
    for word in &options.evidence {
        nested.push(find_evidence(&db, word)?);
    }
    let at = match &options.at {
        Some(at) => at.clone(),
        None => match find_assessor(&db, options.by.as_deref()) {
            Ok(by) => db.moment_of_verdict(&claim, &by, &options.status, &context.now)?,
            // Who it is comes with the verdict, or is told when it is added.
            Err(_) => context.now.clone(),
        },
    };
    drop(db);
    let mut fields = vec![
        ("claim".to_owned(), claim.clone()),
        ("status".to_owned(), options.status.clone()),
        ("because".to_owned(), options.because.clone()),
        // A verdict given twice is two verdicts: each has its moment.
        ("at".to_owned(), at.clone()),
    ];
    let optional = [("by", &options.by), ("credibility", &options.credibility)];
    for (name, value) in optional {
        fields.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
    }
    let archive = options.archive;
    let deed = Deed { command: "assess", because: Some(&options.because) };
    let added = add::add_as(deed, &verdict(archive, fields, nested), context)?;
    let db = open_reader(archive, CancelToken::never())?;
    let by = match &options.by {
        Some(by) => current_key(&db, &SOURCE, by)?,
        None => db.desk()?,
    };
    let (status, assessor, held_at) = db.verdict(&claim)?;
    let at = crate::model::timestamp(&at).unwrap_or(at);
    let held_by = assessor.zip(held_at).filter(|(who, when)| *who != by || *when != at);
    let ahead = options.at.is_some().then_some(at).filter(|at| *at > context.now);
    let new = added.tallies.iter().any(|tally| tally.new > 0);
    Ok(Outcome { claim, new, status, held_by, ahead, lacks_evidence: added.lacks_evidence })
}

/// Evidence for a verdict that was given before.
#[derive(Clone, Debug)]
pub struct MoreEvidence<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The claim, by its key or text.
    pub claim: String,
    /// The assessor; the archive's desk unless given.
    pub by: Option<String>,
    /// The sources, claims or figures it rests on, by their keys or names.
    pub evidence: Vec<String>,
}

/// The verdict to which evidence was added.
#[derive(Clone, Debug)]
pub struct Supported {
    /// The key of the claim.
    pub claim: String,
    /// The status that the verdict gives.
    pub status: String,
    /// The number of pieces of evidence that it did not have.
    pub new: usize,
}

/// Adds evidence to the latest verdict of an assessor on a claim. The verdict itself stays as it is.
///
/// # Errors
/// Fails if the assessor has no verdict on the claim, or a piece of evidence is not there.
pub fn add_evidence(options: &MoreEvidence<'_>, context: &Context) -> Result<Supported> {
    let db = open_reader(options.archive, context.cancel.clone())?;
    let (_, claim) = find_record(&db, &options.claim, &[&CLAIM])?;
    let assessor = find_assessor(&db, options.by.as_deref())?;
    let Some(given) = db.latest_verdict_by(&claim, &assessor)? else {
        return Err(Error::Refused {
            what: format!("{assessor} has no verdict on {claim} that evidence could be for"),
            hint: format!(
                "give it with the verdict: `onrecord assess {claim} STATUS --because TEXT --evidence KEY`"
            ),
        });
    };
    let nested: Result<Vec<add::Inside>> =
        options.evidence.iter().map(|word| find_evidence(&db, word)).collect();
    let fields = [
        ("claim", claim.as_str()),
        ("by", &assessor),
        ("status", &given.status),
        ("at", &given.at),
        ("because", &given.because),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let options = verdict(options.archive, fields, nested?);
    drop(db);
    let added = add::add_as(Deed::of("assess --evidence"), &options, context)?;
    let new = added.tallies.iter().map(|tally| tally.new).sum();
    Ok(Supported { claim, status: given.status, new })
}

/// The options that add a verdict, or evidence to one that is there.
fn verdict(
    archive: &Path,
    fields: Vec<(String, String)>,
    nested: Vec<add::Inside>,
) -> add::Options<'_> {
    add::Options {
        archive,
        kind: &ASSESSMENT,
        fields,
        nested,
        along: Vec::new(),
        update: false,
        replace_places: false,
    }
}

/// The key of the assessor with this key or name; of the archive's desk without one.
fn find_assessor(db: &Handle, by: Option<&str>) -> Result<String> {
    match by {
        Some(by) => Ok(find_record(db, by, &[&SOURCE])?.1),
        None => db.desk(),
    }
}

/// A piece of evidence: the source, claim or figure with this key, or called so.
///
/// # Errors
/// Fails if there is none, or several could be meant.
pub(super) fn find_evidence(db: &Handle, name: &str) -> Result<add::Inside> {
    let kinds: Vec<&'static Kind> = evidence_kinds().collect();
    let (kind, key) = find_record(db, name, &kinds)?;
    let fields = vec![(kind.word.to_owned(), key)];
    Ok(add::Inside { word: EVIDENCE.word, flag: Some(EVIDENCE.word), fields })
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
    let assessor = find_assessor(&writer, by)?;
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
