//! Marks on text that is raised, lowered or struck through.

/// The position of a text to the line, or the line through it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::intake::table) struct Marks {
    /// `^` if it is raised, `_` if it is lowered.
    pub(in crate::intake::table) position: Option<Option<char>>,
    /// True if it is struck through.
    pub(in crate::intake::table) struck: Option<bool>,
}

impl Marks {
    /// Adds what the style of an outer element says, where this one says nothing.
    pub(in crate::intake::table) fn or(self, outer: Marks) -> Marks {
        Marks { position: self.position.or(outer.position), struck: self.struck.or(outer.struck) }
    }

    /// Returns a text with its marks.
    pub(in crate::intake::table) fn apply(self, text: &str) -> String {
        match (self.position.flatten(), self.struck) {
            _ if text.trim().is_empty() => text.to_owned(),
            (_, Some(true)) => format!("~~{text}~~"),
            (Some(sign), _) => format!("{sign}{text}"),
            _ => text.to_owned(),
        }
    }
}
