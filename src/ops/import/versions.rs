//! The versions of claims that an export states. The restoration of a whole export takes them as they
//! are; elsewhere a verdict that was stale there is stale here.

use crate::model::{ASSESSMENT, CLAIM, NEVER_HERE, Record, Value};
use std::collections::HashMap;

/// The versions of the claims of an export. A claim that is not among them has the first.
#[derive(Debug, Default)]
pub(super) struct ClaimVersions(HashMap<String, i64>);

impl ClaimVersions {
    /// Takes the versions out of a record that has its own here, and says of a verdict on another
    /// version of the claim that it is stale.
    pub(super) fn settle(&mut self, record: &mut Record) {
        if record.kind.is(&CLAIM) {
            if let (Some(key), Some(version)) = (record.text("key"), stated(record, "version"))
                && version != 1
            {
                self.0.insert(key.to_owned(), version);
            }
            record.unset("version");
        }
        if record.kind.is(&ASSESSMENT)
            && let Some(version) = stated(record, "claim_version")
        {
            let claim = record.text("claim").and_then(|claim| self.0.get(claim));
            match version == *claim.unwrap_or(&1) {
                true => record.unset("claim_version"),
                false => {
                    let pos = record.pos.clone();
                    record.set("claim_version", Value::Int(NEVER_HERE), pos);
                }
            }
        }
    }
}

fn stated(record: &Record, field: &str) -> Option<i64> {
    match record.given(field)?.value {
        Value::Int(version) => Some(version),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ClaimVersions;
    use crate::model::{ASSESSMENT, CLAIM, Record, SourcePos, Value};

    #[test]
    fn a_verdict_is_stale_where_its_version_is_not_that_of_its_claim() {
        let mut versions = ClaimVersions::default();
        let mut claim = Record::new(&CLAIM, SourcePos::Whole);
        claim.set("key", "c".into(), SourcePos::Whole);
        claim.set("version", Value::Int(3), SourcePos::Whole);
        versions.settle(&mut claim);
        assert!(claim.given("version").is_none(), "the claim has its own version here");
        let mut settled = |claim: &str, version: i64| {
            let mut verdict = Record::new(&ASSESSMENT, SourcePos::Whole);
            verdict.set("claim", claim.into(), SourcePos::Whole);
            verdict.set("claim_version", Value::Int(version), SourcePos::Whole);
            versions.settle(&mut verdict);
            verdict.given("claim_version").map(|given| given.value.clone())
        };
        assert_eq!(settled("c", 3), None, "it is about the claim as it stands");
        assert_eq!(settled("c", 2), Some(Value::Int(0)));
        assert_eq!(settled("c", 4), Some(Value::Int(0)), "undone, and judged before that");
        assert_eq!(settled("other", 1), None);
        assert_eq!(settled("other", 2), Some(Value::Int(0)));
    }
}
