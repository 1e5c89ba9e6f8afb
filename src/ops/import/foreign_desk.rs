//! Verdicts of the desk of another archive, which must not become those of ours because both desks have one key.

use crate::error::Result;
use crate::model::{ARCHIVE, Record, SOURCE, SourcePos, Type};
use crate::store::Writer;

/// The desk of an export that comes into an archive with something in it.
#[derive(Debug)]
pub(super) struct ForeignDesk {
    /// The present and former desks of this archive.
    ours: Vec<String>,
    /// When this archive was created.
    created: String,
    /// The desk of the export at hand, where it was made apart from this archive and its key is one of ours.
    theirs: Option<String>,
}

impl ForeignDesk {
    pub(super) fn of(writer: &Writer) -> Result<Self> {
        Ok(ForeignDesk { ours: writer.desks()?, created: writer.created()?, theirs: None })
    }

    /// Begins another input.
    pub(super) fn begin_input(&mut self) {
        self.theirs = None;
    }

    /// Notes the row of an export that says what its archive is.
    pub(super) fn note(&mut self, record: &Record) {
        if let (true, Some(created)) = (record.kind.is(&ARCHIVE), record.text("created")) {
            let desk = record.text("desk").filter(|_| created != self.created);
            let clashes = |desk: &&str| self.ours.iter().any(|ours| ours == desk);
            self.theirs = desk.filter(clashes).map(str::to_owned);
        }
    }

    /// Returns true for the source that is their desk: ours stays as it is.
    pub(super) fn leaves_out(&self, record: &Record) -> bool {
        record.kind.is(&SOURCE)
            && self.theirs.is_some()
            && record.text("key") == self.theirs.as_deref()
    }

    /// The problem of a record that is of their desk.
    pub(super) fn problem(&self, record: &Record) -> Option<(SourcePos, String)> {
        let theirs = self.theirs.as_deref().filter(|_| !record.kind.is(&ARCHIVE))?;
        let named = std::iter::once(record).chain(&record.parts).find_map(|part| {
            let fields = part.kind.fields.iter().zip(&part.values);
            let names = |field: &crate::model::Field| field.ty == Type::Ref(SOURCE.table);
            let mut given =
                fields.filter(|(field, _)| names(field)).filter_map(|(_, given)| given.as_ref());
            given.find(|given| given.value.as_text() == Some(theirs))
        })?;
        let what = format!(
            "{theirs} is the desk of the archive that this is an export of, which was made apart from this archive, \
             and the desks of both are called {theirs:?}; import it into a new archive, and take that in with \
             `onrecord merge FILE --desk-as KEY`"
        );
        Some((named.pos.clone(), what))
    }
}
