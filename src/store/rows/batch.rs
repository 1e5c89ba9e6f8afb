//! The buffer of a bulk load's new rows. One statement that inserts many rows costs less than many
//! statements, and CHECK constraints are turned off while rows are inserted that are known to
//! satisfy them.

use super::constraints::TABLES;
use super::sql::named;
use crate::model::{ASSESSMENT, CLAIM, Kind, Type, Value};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The maximum number of buffered rows.
const MAX_BUFFERED_ROWS: usize = 10_000;

/// The buffered rows of all tables, in order of arrival within each table.
#[derive(Debug)]
pub(super) struct InsertBuffer {
    tables: [TableBuffer; TABLES.len()],
    buffered: usize,
    /// Identity hashes of the buffered rows that have no key, computed lazily on first look-up.
    identities: HashSet<u64>,
}

/// The rows buffered for one table.
#[derive(Debug, Default)]
pub(super) struct TableBuffer {
    /// The kind of the rows; `None` while the buffer is empty.
    pub(in crate::store) kind: Option<&'static Kind>,
    /// The id of the first row. SQLite assigns consecutive ids, and rows are inserted in this
    /// order.
    pub(in crate::store) first: i64,
    pub(in crate::store) rows: Vec<Vec<Option<Value>>>,
    /// The fields that at least one row states, as a bitset by position.
    pub(in crate::store) named: u64,
    /// The number of rows, from the first, whose identity hash is in `identities`.
    hashed: usize,
}

impl TableBuffer {
    /// Returns the id of the next row.
    pub(in crate::store) fn next(&self) -> i64 {
        self.first + i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }
}

impl InsertBuffer {
    /// Creates an empty buffer; `free` holds the next free ids, in the order of [`TABLES`].
    pub(in crate::store) fn new(free: [i64; TABLES.len()]) -> Self {
        InsertBuffer {
            tables: free.map(|first| TableBuffer { first, ..TableBuffer::default() }),
            buffered: 0,
            identities: HashSet::new(),
        }
    }

    /// Buffers a row of one of [`TABLES`] that is known to satisfy the CHECKs; returns its future
    /// id.
    pub(super) fn add(
        &mut self,
        slot: BufferSlot,
        kind: &'static Kind,
        mut columns: Vec<Option<Value>>,
    ) -> i64 {
        if kind.is(&CLAIM) {
            set_column(kind, &mut columns, "status", Value::from("unassessed"));
        } else if kind.is(&ASSESSMENT) {
            self.copy_status_to_claim(kind, &columns);
        }
        self.buffered += 1;
        let table = &mut self.tables[slot.0];
        let id = table.next();
        table.kind = Some(kind);
        table.named |= named(&columns);
        table.rows.push(columns);
        id
    }

    /// Copies the first verdict on the newest claim into the buffered claim's status, which saves
    /// an UPDATE at the end of the load. The end of the load corrects the status of claims with
    /// more verdicts.
    fn copy_status_to_claim(&mut self, kind: &Kind, columns: &[Option<Value>]) {
        let column = |name| columns.get(kind.position(name)?)?.as_ref();
        let claims = &mut self.tables[0];
        if let (Some(Value::Int(claim)), Some(status)) = (column("claim"), column("status"))
            && *claim == claims.next() - 1
            && let (Some(kind), Some(newest)) = (claims.kind, claims.rows.last_mut())
        {
            set_column(kind, newest, "status", status.clone());
        }
    }

    /// Returns true if the buffer may hold the row that these columns identify; `id` is the cached
    /// id of its key.
    pub(super) fn may_hold(
        &mut self,
        kind: &Kind,
        columns: &[Option<Value>],
        id: Option<i64>,
    ) -> bool {
        let Some(slot) = BufferSlot::of(kind) else { return false };
        let table = &mut self.tables[slot.0];
        if let Some(id) = id {
            return id >= table.first;
        }
        if kind.keyed() {
            return self.buffered > 0;
        }
        // Computed lazily: most claims arrive with all their rows and need no lookup.
        let new = table.rows[table.hashed..].iter().map(|row| hash_identity(kind, row));
        self.identities.extend(new);
        table.hashed = table.rows.len();
        self.identities.contains(&hash_identity(kind, columns))
    }

    /// Returns true if the buffer is full.
    pub(super) fn is_full(&self) -> bool {
        self.buffered >= MAX_BUFFERED_ROWS
    }

    /// Returns the number of buffered rows.
    pub(in crate::store) fn len(&self) -> usize {
        self.buffered
    }

    /// Empties the buffer and returns its rows, in the order of [`TABLES`].
    pub(in crate::store) fn take(&mut self) -> [TableBuffer; TABLES.len()] {
        self.buffered = 0;
        self.identities.clear();
        self.tables.each_mut().map(|table| {
            let first = table.next();
            std::mem::replace(table, TableBuffer { first, ..TableBuffer::default() })
        })
    }

    /// Advances the next id past a row that was inserted directly, while the buffer was empty.
    pub(super) fn note_direct_insert(&mut self, kind: &Kind, id: i64) {
        if let Some(slot) = BufferSlot::of(kind) {
            self.tables[slot.0].first = id + 1;
        }
    }
}

fn set_column(kind: &Kind, columns: &mut [Option<Value>], name: &str, value: Value) {
    if let Some(column) = kind.position(name).and_then(|position| columns.get_mut(position)) {
        *column = Some(value);
    }
}

/// The position of a buffered table in an [`InsertBuffer`].
#[derive(Clone, Copy, Debug)]
pub(super) struct BufferSlot(usize);

impl BufferSlot {
    /// Returns the slot for rows of this kind; `None` where they are inserted one by one.
    pub(super) fn of(kind: &Kind) -> Option<Self> {
        TABLES.iter().position(|table| kind.is_of(table)).map(BufferSlot)
    }
}

/// Hashes the identity of a row; the hashes of different rows may collide. Times are not hashed,
/// because an input may leave them out.
fn hash_identity(kind: &Kind, columns: &[Option<Value>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    kind.table.hash(&mut hasher);
    for name in kind.identity {
        let Some(position) = kind.position(name) else { continue };
        let field = &kind.fields[position];
        match &columns[position] {
            _ if field.ty == Type::Time => {}
            Some(Value::Int(number)) => number.hash(&mut hasher),
            Some(Value::Text(text)) => text.hash(&mut hasher),
            // Real numbers are not hashed: one number can be written in several ways.
            Some(Value::Real(_) | Value::Bytes(_)) => {}
            Some(Value::Null) => "".hash(&mut hasher),
            None => field.default.unwrap_or_default().hash(&mut hasher),
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{BufferSlot, InsertBuffer, TABLES};
    use crate::model::{ASSESSMENT, CLAIM, Kind, SOURCE, Value, kind_of_word};

    fn row(kind: &Kind, fields: &[(&str, Value)]) -> Vec<Option<Value>> {
        let mut columns = vec![None; kind.fields.len()];
        for (name, value) in fields {
            columns[kind.position(name).unwrap()] = Some(value.clone());
        }
        columns
    }

    fn add(buffer: &mut InsertBuffer, kind: &'static Kind, fields: &[(&str, Value)]) -> i64 {
        buffer.add(BufferSlot::of(kind).unwrap(), kind, row(kind, fields))
    }

    #[test]
    fn ids_follow_one_another_by_table() {
        let mut buffer = InsertBuffer::new([10; TABLES.len()]);
        assert_eq!(add(&mut buffer, &CLAIM, &[("key", "a".into())]), 10);
        assert_eq!(add(&mut buffer, &CLAIM, &[("key", "b".into())]), 11);
        let mention = kind_of_word("mention").unwrap();
        assert_eq!(add(&mut buffer, mention, &[("claim", Value::Int(10))]), 10);
        assert_eq!(buffer.len(), 3);
        let claims = buffer.take().into_iter().find(|table| !table.rows.is_empty()).unwrap();
        assert_eq!((claims.first, claims.rows.len()), (10, 2));
        assert_eq!(add(&mut buffer, &CLAIM, &[("key", "c".into())]), 12, "ids go on after a flush");
    }

    #[test]
    fn a_table_of_few_rows_is_not_buffered() {
        assert!(BufferSlot::of(&SOURCE).is_none());
    }

    #[test]
    fn the_first_verdict_on_the_newest_claim_is_its_status() {
        let mut buffer = InsertBuffer::new([1; TABLES.len()]);
        let verdict = |claim| [("claim", Value::Int(claim)), ("status", "reported".into())];
        add(&mut buffer, &CLAIM, &[("key", "a".into())]);
        add(&mut buffer, &CLAIM, &[("key", "b".into())]);
        add(&mut buffer, &ASSESSMENT, &verdict(1));
        add(&mut buffer, &ASSESSMENT, &verdict(2));
        let claims = buffer.take().into_iter().next().unwrap();
        let status = CLAIM.position("status").unwrap();
        let held: Vec<_> = claims.rows.iter().map(|row| row[status].clone().unwrap()).collect();
        // The end of the load corrects the status of claims that were not the newest.
        assert_eq!(held, [Value::from("unassessed"), Value::from("reported")]);
    }

    #[test]
    fn a_buffered_row_is_found_by_its_identity() {
        let mut buffer = InsertBuffer::new([1; TABLES.len()]);
        let mention = kind_of_word("mention").unwrap();
        let fields = |source: i64, locator: &str| {
            [("claim", Value::Int(1)), ("source", Value::Int(source)), ("locator", locator.into())]
        };
        add(&mut buffer, mention, &fields(1, "p. 1"));
        let mut holds = |source, locator| {
            buffer.may_hold(mention, &row(mention, &fields(source, locator)), None)
        };
        assert!(holds(1, "p. 1"));
        assert!(!holds(2, "p. 1") && !holds(1, "p. 2"));
        add(&mut buffer, &CLAIM, &[("key", "a".into())]);
        let claim = row(&CLAIM, &[("key", "z".into())]);
        assert!(buffer.may_hold(&CLAIM, &claim, Some(1)), "its id is that of a buffered row");
        assert!(!buffer.may_hold(&CLAIM, &claim, Some(0)), "its row is in the file");
    }
}
