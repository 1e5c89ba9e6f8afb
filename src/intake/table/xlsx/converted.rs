//! A cell as text, with what is wrong with it.

/// A cell as text.
#[derive(Debug, Default, PartialEq)]
pub(in crate::intake::table) struct Converted {
    pub(in crate::intake::table) text: String,
    /// True for a number that the file stores as a number: it has one reading.
    pub(in crate::intake::table) number: bool,
    /// True for a number that is displayed per cent.
    pub(in crate::intake::table) per_cent: bool,
    /// The reason why the cell is refused.
    pub(in crate::intake::table) fault: Option<String>,
    /// The text for the file of rejected rows, which has no formats, where it is another one.
    pub(in crate::intake::table) rejected: Option<String>,
    /// Remarks on the parts of the cell that are not in the text.
    pub(in crate::intake::table) remarks: Vec<String>,
    /// The address behind the cell, where the text is not that of the address.
    pub(in crate::intake::table) lost_link: Option<String>,
}

impl Converted {
    pub(in crate::intake::table) fn refuse(&mut self, why: impl Into<String>) {
        self.fault.get_or_insert(why.into());
    }
}
