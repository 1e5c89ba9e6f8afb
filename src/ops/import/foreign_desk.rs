//! Verdicts of the desk of another archive, which must not become those of ours because both desks have one key.

use crate::error::Result;
use crate::model::{ARCHIVE, Field, FieldValue, Record, SOURCE, SourcePos, Type, Value};
use crate::store::{Writer, read_row};

/// The desk of an export that comes into an archive with something in it.
#[derive(Debug)]
pub(super) struct ForeignDesk {
    /// The present and former desks of this archive, each with its title.
    ours: Vec<(String, Value)>,
    /// The moment at which this archive was created (UTC).
    created: String,
    /// The desk of the export at hand, where it was made apart from this archive and its key is one of ours.
    theirs: Option<String>,
    /// The place where the input at hand gives a desk of ours another title.
    renames: Option<SourcePos>,
}

impl ForeignDesk {
    pub(super) fn of(writer: &Writer) -> Result<Self> {
        let mut ours = Vec::new();
        for desk in writer.desks()? {
            let row = read_row(writer, &SOURCE, &desk)?.zip(SOURCE.position("title"));
            ours.push((desk, row.map_or(Value::Null, |(row, n)| row[n].clone())));
        }
        Ok(ForeignDesk { ours, created: writer.created()?, theirs: None, renames: None })
    }

    /// Begins another input.
    pub(super) fn begin_input(&mut self) {
        self.theirs = None;
        self.renames = None;
    }

    /// Notes a desk, which stands in an export before its archive, and the row that says what that is.
    pub(super) fn note(&mut self, record: &Record) {
        if let (true, Some(title)) = (record.kind.is(&SOURCE), record.given("title")) {
            let renames = |(desk, held): &(String, Value)| {
                record.text("key") == Some(desk) && *held != title.value
            };
            if self.ours.iter().any(renames) {
                self.renames = Some(title.pos.clone());
            }
        }
        if let (true, Some(created)) = (record.kind.is(&ARCHIVE), record.text("created")) {
            let desk = record.text("desk").filter(|_| created != self.created);
            let clashes = |desk: &&str| self.ours.iter().any(|(ours, _)| ours == desk);
            self.theirs = desk.filter(clashes).map(str::to_owned);
        }
    }

    /// Returns true for the source that is their desk: ours stays as it is.
    pub(super) fn leaves_out(&self, record: &Record) -> bool {
        record.kind.is(&SOURCE)
            && self.theirs.is_some()
            && record.text("key") == self.theirs.as_deref()
    }

    /// The problem of a record that is of their desk, or of their archive where their desk gave ours another title.
    pub(super) fn problem(&self, record: &Record) -> Option<(SourcePos, String)> {
        let theirs = self.theirs.as_deref()?;
        let pos = match record.kind.is(&ARCHIVE) {
            true => self.renames.clone()?,
            false => named(record, theirs)?.pos.clone(),
        };
        let what = format!(
            "{theirs} is the desk of the archive that this is an export of, which was made apart from this archive, \
             and the desks of both are called {theirs:?}; import it into a new archive, and take that in with \
             `onrecord merge FILE --desk-as KEY`"
        );
        Some((pos, what))
    }
}

/// The first field of a record or its parts that names a source by this key.
fn named<'a>(record: &'a Record, source: &str) -> Option<&'a FieldValue> {
    let is_named = |(field, given): &(&Field, &'a Option<FieldValue>)| {
        let key = given.as_ref().and_then(|given| given.value.as_text());
        field.ty == Type::Ref(SOURCE.table) && key == Some(source)
    };
    let parts = std::iter::once(record).chain(&record.parts);
    let mut fields = parts.flat_map(|part| part.kind.fields.iter().zip(&part.values));
    fields.find(is_named).and_then(|(_, given)| given.as_ref())
}
