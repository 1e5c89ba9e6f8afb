//! A cell as text, with what is wrong with it.

/// A cell as text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Converted {
    pub(super) text: String,
    /// True for a number that the file stores as a number: it has one reading.
    pub(super) number: bool,
    /// True for a number that is displayed per cent.
    pub(super) per_cent: bool,
    /// The reason why the cell is refused.
    pub(super) fault: Option<String>,
    /// The text for the file of rejected rows, which has no formats, where it is another one.
    pub(super) rejected: Option<String>,
    /// Remarks on the parts of the cell that are not in the text.
    pub(super) remarks: Vec<String>,
    /// The address behind the cell, where the text is not that of the address.
    pub(super) lost_link: Option<String>,
}

impl Converted {
    pub(super) fn refuse(&mut self, why: impl Into<String>) {
        self.fault.get_or_insert(why.into());
    }
}
