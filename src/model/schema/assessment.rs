//! Verdicts on claims, and their evidence.

use super::kind::{EXAMPLE_MARK, Field, Kind, Nested, Role, Type, Unique};

/// The version of a claim that a verdict is about where it is about none that the claim had in this
/// archive: of a verdict that was stale in another.
pub const NEVER_HERE: i64 = 0;

/// The status that says nothing without evidence: `check` asks for it (`src/check/evidence.sql`).
pub const RESTS_ON_EVIDENCE: &str = "confirmed";

/// A verdict on a claim by a named assessor at a time, with the reason.
pub static ASSESSMENT: Kind = Kind {
    word: "assessment",
    table: "assessments",
    about: "A verdict on a claim by a named assessor at a time, with the reason",
    fields: &[
        Field::new("claim", "claim_id", Type::Ref("claims"), "The claim").required(),
        Field::plain("status", Type::Code("statuses"), "The verdict; confirmed needs evidence").required(),
        Field::plain(
            "credibility",
            Type::CodeNumber("credibilities"),
            "Admiralty credibility of the information, 1 to 6",
        ),
        Field::new(
            "by",
            "assessor_id",
            Type::Ref("sources"),
            "The source that gives the verdict; the desk of the archive unless given",
        )
        .required()
        .or_desk(),
        Field::plain("at", Type::Time, "When it was given (UTC); now unless given")
            .required()
            .filled_in()
            .stated_in("at_stated"),
        Field::plain(
            "at_stated",
            Type::Flag,
            "0 when nothing said when it was given: the moment is that of recording, and a dated verdict \
             holds before it; 1 unless given",
        )
        .or("1"),
        Field::plain("because", Type::Text, "The reason").required(),
        Field::plain("verdict", Type::Text, "A publisher's verdict in its own words"),
        Field::plain(
            "claim_version",
            Type::Integer,
            "The version of the claim that it is about; a trigger notes it. 0 in a document or table where the \
             claim changed since",
        )
        .or("1")
        .told(),
    ],
    identity: &["claim", "by", "at", "status", "because"],
    nested: &[
        Nested {
            word: "evidence",
            kind: &EVIDENCE,
            parent: "assessment",
            shorthand: Some("source"),
        },
        Nested { word: "retraction", kind: &RETRACTION, parent: "assessment", shorthand: None },
    ],
    authored: true,
    append_only: true,
    retracted_in: Some(("assessment_retractions", "assessment_id")),
    append_only_words: "verdicts are append-only; INSERT a newer one",
    uniques: &[Unique {
        columns: &["claim_id", "at", "assessor_id", "status", "because"],
        words: "this verdict, by this assessor, at this time and for this reason, is recorded already",
    }],
    bulk: true,
    template: &[
        ("claim", EXAMPLE_MARK),
        ("status", "reported"),
        ("because", "One newspaper of Exampleton, which names one official"),
        ("at", "2024-03-07T09:00:00Z"),
        ("evidence_source", "Situation report of Exampleton"),
    ],
    ..Kind::BASE
};

/// A piece of evidence for a verdict: a source, a claim or a figure.
pub static EVIDENCE: Kind = Kind {
    word: "evidence",
    table: "assessment_evidence",
    about: "A piece of evidence for a verdict: a source, a claim or a figure",
    fields: &[
        Field::new("source", "source_id", Type::Ref("sources"), "A source it rests on"),
        Field::new("claim", "claim_id", Type::Ref("claims"), "A claim it rests on"),
        Field::new("figure", "figure_id", Type::Ref("figures"), "A figure it rests on"),
        Field::plain("locator", Type::Text, "Where in the source"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["source", "claim", "figure", "locator"],
    append_only: true,
    role: Role::Part,
    local: &[Field::new("assessment", "assessment_id", Type::Ref("assessments"), "The verdict")
        .required()],
    append_only_words: "evidence belongs to its verdict and is append-only",
    uniques: &[Unique {
        columns: &["assessment_id", "source_id", "claim_id", "figure_id", "locator"],
        words: "this evidence is recorded for this verdict already",
    }],
    bulk: true,
    ..Kind::BASE
};

/// A verdict that was retracted.
pub static RETRACTION: Kind = Kind {
    word: "retraction",
    table: "assessment_retractions",
    about: "A verdict that was retracted",
    fields: &[
        Field::plain("at", Type::Time, "When it was retracted (UTC)").required(),
        Field::plain("by", Type::Text, "Who retracted it"),
        Field::plain("because", Type::Text, "The reason").required(),
    ],
    append_only: true,
    local: &[Field::new("assessment", "assessment_id", Type::Ref("assessments"), "The verdict")
        .required()],
    // A verdict may be retracted twice: once more, and once by a redo.
    identity: &["at", "by", "because"],
    history: &["at", "because"],
    role: Role::Part,
    bulk: true,
    append_only_words: "retractions are append-only",
    ..Kind::BASE
};
