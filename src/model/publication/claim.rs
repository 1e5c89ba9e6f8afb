//! Claims as they are published.

use super::Figure;
use crate::model::Graph;

/// A claim with everything that belongs to it.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// Its row in the file.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// What is claimed, in our own words.
    pub text: String,
    /// What sort of claim it is, as people say it.
    pub kind: String,
    /// Code of its status.
    pub status: String,
    /// When it happened or held, as stated.
    pub happened: Option<String>,
    /// The earliest and the latest day that can be.
    pub days: (Option<String>, Option<String>),
    /// When it is due, where it is a forecast.
    pub due: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Its places: key, how it lies to it, the words.
    pub places: Vec<ClaimPlace>,
    /// Who states or denies it.
    pub mentions: Vec<Mention>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Its verdicts, oldest first.
    pub verdicts: Vec<Verdict>,
    /// How it bears on other claims and they on it.
    pub links: Vec<Link>,
    /// Through whom it came.
    pub graph: Graph,
}

/// A place of a claim.
#[derive(Clone, Debug)]
pub struct ClaimPlace {
    /// Key of the place.
    pub place: String,
    /// How the claim lies to it, as people say it.
    pub relation: String,
    /// Whether it counts for the places around it.
    pub upward: bool,
    /// The words of the source.
    pub words: Option<String>,
}

/// A source states or denies a claim.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Key of the document.
    pub source: String,
    /// Key of the speaker.
    pub speaker: Option<String>,
    /// asserts, supports, disputes, denies or retracts.
    pub stance: String,
    /// How surely, where it is hedged.
    pub hedge: Option<String>,
    /// Where in the document.
    pub locator: Option<String>,
    /// When it was said.
    pub said_on: Option<String>,
    /// A short quote.
    pub quote: Option<String>,
    /// A note.
    pub note: Option<String>,
}

/// A verdict.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// When (UTC).
    pub at: String,
    /// Key of the assessor.
    pub assessor: String,
    /// Code of the status.
    pub status: String,
    /// Admiralty credibility in words.
    pub credibility: Option<String>,
    /// The reason.
    pub because: String,
    /// The assessor's own word for it.
    pub verdict: Option<String>,
    /// On what it rests: source, claim or figure; its key (of a figure, of its claim); its words.
    pub evidence: Vec<(String, String, String)>,
    /// Whether it is the one that holds.
    pub holds: bool,
}

/// A link between claims, as seen from one of them.
#[derive(Clone, Debug)]
pub struct Link {
    /// How, as people say it.
    pub relation: String,
    /// Whether both cannot be true.
    pub conflict: bool,
    /// Whether the link leads from this claim to the other.
    pub outward: bool,
    /// Key of the other claim.
    pub claim: String,
    /// Its text.
    pub text: String,
    /// Its status.
    pub status: String,
    /// A note.
    pub note: Option<String>,
}

impl Claim {
    /// How many mentions state it or bear it out.
    pub fn told(&self) -> usize {
        self.graph.mentions.iter().filter(|said| said.counts).count()
    }
}
