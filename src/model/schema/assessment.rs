//! Verdicts on claims, and their evidence.

use super::kind::{Field, Kind, Nested, Role, Type};

/// A verdict on a claim by a named assessor at a time, with the reason.
pub static ASSESSMENT: Kind = Kind {
    word: "assessment",
    table: "assessments",
    about: "A verdict on a claim by a named assessor at a time, with the reason",
    fields: &[
        Field::new("claim", "claim_id", Type::Ref("claims"), "The claim").required(),
        Field::plain("status", Type::Code("statuses"), "The verdict").required(),
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
            .filled_in(),
        Field::plain("because", Type::Text, "The reason").required(),
        Field::plain("verdict", Type::Text, "A publisher's verdict in its own words"),
    ],
    identity: &["claim", "by", "at", "status", "because"],
    nested: &[Nested {
        word: "evidence",
        kind: &EVIDENCE,
        parent: "assessment",
        shorthand: Some("source"),
    }],
    authored: true,
    append_only: true,
    ..Kind::BASE
};

/// A piece of evidence for a verdict: a source, a claim or a figure.
pub static EVIDENCE: Kind = Kind {
    word: "evidence",
    table: "assessment_evidence",
    about: "What a verdict rests on: a source, a claim or a figure",
    fields: &[
        Field::new("source", "source_id", Type::Ref("sources"), "A source it rests on"),
        Field::new("claim", "claim_id", Type::Ref("claims"), "A claim it rests on"),
        Field::new("figure", "figure_id", Type::Ref("figures"), "A figure it rests on"),
        Field::plain("locator", Type::Text, "Where in the source"),
        Field::plain("note", Type::Text, "A remark by the archive"),
    ],
    identity: &["source", "claim", "figure", "locator"],
    append_only: true,
    role: Role::Part,
    ..Kind::BASE
};
