//! Changes by hand: one record added, a verdict, a withdrawal, two claims merged.

pub mod add;
pub mod assess;
pub mod draft;
pub mod merge_claims;
pub mod withdraw;
