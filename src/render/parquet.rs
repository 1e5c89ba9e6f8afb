//! Rows as a Parquet file, by the low-level writer of the crate: its Arrow layer would double the crates. Every column
//! may hold nothing. The rows of a group are held in memory until it is written, so a group is bounded by their bytes
//! as well as by their number. The same rows give the same bytes.

use super::json::JsonValue;
use crate::model::{LakeType, Value};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io::{Error, ErrorKind, Result, Write};
use std::sync::Arc;

/// The most rows of a group: what DuckDB reads at once. Engines divide the work by groups.
const ROWS: usize = 122_880;
/// The bytes of values from which a group is written, however few its rows.
const BYTES: usize = 32 << 20;
/// The bytes of a page of data before it is compressed, and of the different values of a column chunk.
const PAGE: usize = 1 << 20;

/// A Parquet file under construction.
pub struct ParquetFile<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
    all: u64,
}

/// The values of a column that wait for their group to be written.
struct Column {
    name: String,
    ty: LakeType,
    /// 1 where a row states a value, 0 where it does not.
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    Days(Vec<i32>),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Bytes(Vec<ByteArray>),
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file with these columns.
    ///
    /// # Errors
    /// Fails if `out` does.
    pub fn begin(out: W, columns: &[(String, LakeType)]) -> Result<Self> {
        let mut fields = Vec::new();
        for (name, ty) in columns {
            let (physical, logical) = types_of(*ty);
            let field = Type::primitive_type_builder(name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical)
                .build()
                .map_err(told)?;
            fields.push(Arc::new(field));
        }
        let schema = Type::group_type_builder("row").with_fields(fields).build().map_err(told)?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(told)?))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_data_page_size_limit(PAGE)
            .set_dictionary_page_size_limit(PAGE)
            .build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
        let column = |(name, ty): &(String, LakeType)| Column {
            name: name.clone(),
            ty: *ty,
            levels: Vec::new(),
            values: Values::of(*ty),
        };
        Ok(ParquetFile {
            file: file.map_err(told)?,
            columns: columns.iter().map(column).collect(),
            rows: 0,
            bytes: 0,
            all: 0,
        })
    }

    /// Adds a row: a value for each column.
    ///
    /// # Errors
    /// Fails if a value is of another type than its column, with [`ErrorKind::InvalidData`], or the file cannot be
    /// written.
    pub fn row(&mut self, row: &[Value]) -> Result<()> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            self.bytes += column.add(value)?;
        }
        self.rows += 1;
        self.all += 1;
        match self.rows >= ROWS || self.bytes >= BYTES {
            true => self.write_group(),
            false => Ok(()),
        }
    }

    /// Ends the file. Returns the number of its rows, and what `read` says of what it was written to.
    ///
    /// # Errors
    /// Fails if it cannot be written.
    pub fn finish<T>(mut self, read: impl FnOnce(&mut W) -> T) -> Result<(u64, T)> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.file.finish().map_err(told)?;
        Ok((self.all, read(self.file.inner_mut())))
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.file.next_row_group().map_err(told)?;
        for column in &mut self.columns {
            let Some(mut writer) = group.next_column().map_err(told)? else { break };
            let levels = Some(column.levels.as_slice());
            let written = match (writer.untyped(), &column.values) {
                (ColumnWriter::Int32ColumnWriter(to), Values::Days(values)) => {
                    to.write_batch(values, levels, None)
                }
                (ColumnWriter::Int64ColumnWriter(to), Values::Integers(values)) => {
                    to.write_batch(values, levels, None)
                }
                (ColumnWriter::DoubleColumnWriter(to), Values::Numbers(values)) => {
                    to.write_batch(values, levels, None)
                }
                (ColumnWriter::ByteArrayColumnWriter(to), Values::Bytes(values)) => {
                    to.write_batch(values, levels, None)
                }
                _ => Err(ParquetError::General(format!("{} has two types", column.name))),
            };
            written.map_err(told)?;
            writer.close().map_err(told)?;
            column.levels.clear();
            column.values = Values::of(column.ty);
        }
        group.close().map_err(told)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Values {
    fn of(ty: LakeType) -> Values {
        match ty {
            LakeType::Day => Values::Days(Vec::new()),
            LakeType::Integer | LakeType::Moment => Values::Integers(Vec::new()),
            LakeType::Number => Values::Numbers(Vec::new()),
            LakeType::Text | LakeType::Json | LakeType::Bytes => Values::Bytes(Vec::new()),
        }
    }
}

impl Column {
    /// Adds a value. Returns the bytes that it takes.
    fn add(&mut self, value: &Value) -> Result<usize> {
        let levels = size_of::<i16>();
        // A text that is no day or moment says so in its own column.
        let counted = match (self.ty, value.as_text()) {
            (LakeType::Moment, Some(text)) => milliseconds(text),
            (LakeType::Day, Some(text)) => days(text).map(i64::from),
            _ => None,
        };
        let is_counted = matches!(self.ty, LakeType::Day | LakeType::Moment);
        if value.is_null() || is_counted && counted.is_none() {
            self.levels.push(0);
            return Ok(levels);
        }
        self.levels.push(1);
        let size = match (&mut self.values, self.ty, value) {
            (Values::Integers(to), LakeType::Integer, Value::Int(number)) => {
                to.push(*number);
                size_of::<i64>()
            }
            (Values::Integers(to), LakeType::Moment, _) => {
                to.extend(counted);
                size_of::<i64>()
            }
            (Values::Days(to), LakeType::Day, _) => {
                to.extend(counted.and_then(|number| i32::try_from(number).ok()));
                size_of::<i32>()
            }
            (Values::Numbers(to), _, Value::Int(_) | Value::Real(_)) => {
                to.extend(value.as_number());
                size_of::<f64>()
            }
            (Values::Bytes(to), LakeType::Text, Value::Text(text)) => push(to, text.as_bytes()),
            (Values::Bytes(to), LakeType::Bytes, Value::Bytes(bytes)) => push(to, bytes),
            (Values::Bytes(to), LakeType::Json, value) => {
                let text = serde_json::to_string(&JsonValue(value));
                push(to, text?.as_bytes())
            }
            _ => return Err(self.other(value)),
        };
        Ok(levels + size)
    }

    fn other(&self, value: &Value) -> Error {
        let found = match value {
            Value::Null => "nothing".to_owned(),
            Value::Int(number) => format!("the whole number {number}"),
            Value::Real(number) => format!("the number {number}"),
            Value::Text(text) => format!("the text {text:?}"),
            Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        };
        let (name, ty) = (&self.name, self.ty.word());
        let why = format!("its column {name} is of type {ty}, and a row holds {found}");
        Error::new(ErrorKind::InvalidData, why)
    }
}

fn push(to: &mut Vec<ByteArray>, bytes: &[u8]) -> usize {
    to.push(ByteArray::from(bytes.to_vec()));
    // The handle, the allocation and its count.
    size_of::<ByteArray>() + 32 + bytes.len()
}

fn types_of(ty: LakeType) -> (Physical, Option<LogicalType>) {
    match ty {
        LakeType::Integer => (Physical::INT64, None),
        LakeType::Number => (Physical::DOUBLE, None),
        // Engines disagree about what a column of JSON is.
        LakeType::Text | LakeType::Json => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        LakeType::Bytes => (Physical::BYTE_ARRAY, None),
        LakeType::Day => (Physical::INT32, Some(LogicalType::Date)),
        LakeType::Moment => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
    }
}

/// The days from 1970-01-01 to a day, before or after; `None` for another text.
fn days(text: &str) -> Option<i32> {
    let day: jiff::civil::Date = text.parse().ok()?;
    let first = jiff::civil::date(1970, 1, 1);
    first.until((jiff::Unit::Day, day)).ok().map(|span| span.get_days())
}

/// The milliseconds from the beginning of 1970 to a moment in UTC; `None` for another text.
fn milliseconds(text: &str) -> Option<i64> {
    // A timestamp of jiff ends a day before the last of the calendar.
    let moment: jiff::civil::DateTime = text.strip_suffix('Z')?.parse().ok()?;
    let midnight = moment.date().to_datetime(jiff::civil::Time::midnight());
    let since = midnight.until((jiff::Unit::Millisecond, moment)).ok()?.get_milliseconds();
    Some(i64::from(days(&moment.date().to_string())?) * 86_400_000 + since)
}

/// The error of the disk behind that of the crate.
fn told(error: ParquetError) -> Error {
    match error {
        ParquetError::External(error) => match error.downcast::<Error>() {
            Ok(error) => *error,
            Err(error) => Error::other(error),
        },
        other => Error::other(other),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ParquetFile, ROWS, days, milliseconds};
    use crate::model::{LakeType, Value};
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn days_and_moments_count_from_1970() {
        let told = ["1970-01-01", "1969-12-31", "2021-06-28", "0001-01-01", "9999-12-31", "x"];
        let told = told.map(days);
        assert_eq!(told, [Some(0), Some(-1), Some(18806), Some(-719_162), Some(2_932_896), None]);
        assert_eq!(milliseconds("1970-01-01T00:00:01Z"), Some(1000));
        assert_eq!(milliseconds("9999-12-31T23:59:59Z"), Some(253_402_300_799_000));
        assert_eq!(milliseconds("1970-01-01"), None);
    }

    #[test]
    fn groups_are_bounded_by_their_rows_and_a_value_of_another_type_is_refused() {
        let columns = [("n".to_owned(), LakeType::Integer), ("t".to_owned(), LakeType::Text)];
        let mut file = ParquetFile::begin(Vec::new(), &columns).unwrap();
        let refused = file.row(&[Value::from("x"), Value::Null]).unwrap_err();
        let refused = refused.to_string();
        assert!(refused.contains("column n is of type integer"), "{refused}");
        let written = tempfile::tempfile().unwrap();
        let mut file = ParquetFile::begin(written.try_clone().unwrap(), &columns).unwrap();
        for n in 0..=ROWS {
            file.row(&[Value::Int(i64::try_from(n).unwrap()), Value::Null]).unwrap();
        }
        assert_eq!(file.finish(|_| ()).unwrap().0, ROWS as u64 + 1);
        let read = SerializedFileReader::new(written).unwrap();
        let groups = read.metadata().row_groups();
        let rows: Vec<i64> = groups.iter().map(|group| group.num_rows()).collect();
        assert_eq!(rows, [i64::try_from(ROWS).unwrap(), 1]);
    }
}
