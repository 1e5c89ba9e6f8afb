//! Claims as the published page shows them.

use super::figure::Figure;
use crate::model::provenance::Graph;

/// A claim with its places, mentions, figures, verdicts and links.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// The id of its row.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// The proposition, in the words of the archive.
    pub text: String,
    /// The label of its kind.
    pub kind: String,
    /// Code of its status.
    pub status: String,
    /// The date at which it happened or held, as stated (EDTF).
    pub happened: Option<String>,
    /// The earliest and the latest day of that date.
    pub days: (Option<String>, Option<String>),
    /// The date by which a forecast or intention should come true (EDTF).
    pub due: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Its places.
    pub places: Vec<ClaimPlace>,
    /// The mentions: sources that state or deny it.
    pub mentions: Vec<Mention>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Its verdicts, oldest first.
    pub verdicts: Vec<Verdict>,
    /// Its links to other claims, in both directions.
    pub links: Vec<Link>,
    /// The source chains behind it.
    pub graph: Graph,
}

/// A place of a claim.
#[derive(Clone, Debug)]
pub struct ClaimPlace {
    /// Key of the place.
    pub place: String,
    /// The label of the relation between claim and place.
    pub relation: String,
    /// True when the claim also counts for the places that contain this one.
    pub upward: bool,
    /// The words of the source for the place.
    pub words: Option<String>,
}

/// A mention: a source states or denies a claim.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Key of the document.
    pub source: String,
    /// Key of the speaker.
    pub speaker: Option<String>,
    /// Code of the stance: asserts, supports, disputes, denies or retracts.
    pub stance: String,
    /// The label of the hedge; `None` where the source states it plainly.
    pub hedge: Option<String>,
    /// The passage of the document: a page, paragraph or time.
    pub locator: Option<String>,
    /// The date of the statement (EDTF).
    pub said_on: Option<String>,
    /// A short quote.
    pub quote: Option<String>,
    /// A note.
    pub note: Option<String>,
}

/// A verdict on a claim.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The time of the verdict (UTC); `None` if it was not stated.
    pub at: Option<String>,
    /// Key of the assessor.
    pub assessor: String,
    /// Code of the status.
    pub status: String,
    /// Admiralty credibility in words.
    pub credibility: Option<String>,
    /// The reason.
    pub because: String,
    /// The verdict in the assessor's own words.
    pub verdict: Option<String>,
    /// The evidence it rests on: the kind (source, claim or figure), the key (for a figure, that of
    /// its claim), and a text.
    pub evidence: Vec<(String, String, String)>,
    /// True for the verdict in force: the one that gives the claim its status.
    pub holds: bool,
    /// True if the claim changed since the verdict.
    pub stale: bool,
}

/// A link between claims, as seen from one of them.
#[derive(Clone, Debug)]
pub struct Link {
    /// The label of the relation.
    pub relation: String,
    /// True when both claims cannot be true.
    pub conflict: bool,
    /// True when the link leads from this claim to the other.
    pub outward: bool,
    /// Key of the other claim.
    pub claim: String,
    /// Text of the other claim.
    pub text: String,
    /// Status of the other claim.
    pub status: String,
    /// A note.
    pub note: Option<String>,
}

impl Claim {
    /// Counts the mentions whose stance counts towards the origins.
    pub fn count_supporting_mentions(&self) -> usize {
        self.graph.mentions.iter().filter(|mention| mention.counts).count()
    }
}
