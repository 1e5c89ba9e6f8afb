//! The engines that read a lake.

/// An engine that reads a lake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// DuckDB.
    DuckDb,
    /// Spark SQL, from 4.0 on.
    Spark,
    /// ClickHouse.
    ClickHouse,
}

impl Engine {
    /// The engines, by the names of their folders.
    pub const ALL: [(&'static str, Engine); 3] =
        [("duckdb", Engine::DuckDb), ("spark", Engine::Spark), ("clickhouse", Engine::ClickHouse)];
}
