//! Output: rows, charts, detail views, records and pages as bytes. This layer is pure, without SQL
//! or files; each format escapes text for itself and depends on no other format.

mod chart;
mod control_chars;
mod copy_rows;
mod csv;
mod detail;
mod detail_page;
mod digits;
mod document;
mod escape;
mod format;
mod html;
mod json;
mod json_schema;
mod markdown;
mod paint;
#[cfg(feature = "parquet")]
mod parquet;
mod rows;
pub mod site;
mod terminal_width;
mod text;
mod toml_template;
mod tree;
mod tsv;
mod workbook;

pub use chart::{write_chart, write_svg_chart};
pub use control_chars::show_control_chars;
pub use copy_rows::CopyRows;
pub use csv::{BYTE_ORDER_MARK, CsvWriter};
pub use detail::write_detail;
pub use document::{ndjson_row, toml_archive, toml_record};
pub use format::{Format, Style};
pub use json_schema::document_schema;
#[cfg(feature = "parquet")]
pub use parquet::ParquetFile;
pub use rows::row_sink;
pub use text::write_definitions;
pub use toml_template::{Choices, KeyChoice, KnownFields, document_template};
pub use workbook::{SheetColumn, SheetList, TypedRows, Workbook};
