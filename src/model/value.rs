//! The value of one column of one row.

use std::fmt;

/// A value of one of SQLite's storage classes. `Null` means "not stated" and is output as such,
/// never as 0 or a guess.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not stated.
    Null,
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    /// Returns true if two values are the same to a reader: 5 and 5.0 are one number.
    pub fn is_equal(&self, other: &Value) -> bool {
        self == other || self.as_number().zip(other.as_number()).is_some_and(|(a, b)| a == b)
    }

    /// Returns the text, if the value is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number, if the value is a number.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)]
            Value::Int(number) => Some(*number as f64),
            Value::Real(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns true for `Null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

/// Formats numbers in the shortest form that parses back to the same number, bytes as hexadecimal,
/// and `Null` as an empty text.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => Ok(()),
            Value::Int(number) => write!(f, "{number}"),
            Value::Real(number) if number.is_infinite() => {
                f.write_str(if *number > 0.0 { "Infinity" } else { "-Infinity" })
            }
            Value::Real(number) => write!(f, "{number:?}"),
            Value::Text(text) => f.write_str(text),
            Value::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
        }
    }
}
