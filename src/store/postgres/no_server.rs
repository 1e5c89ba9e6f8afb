//! A server, to a program that was built without a way to one.

use super::{PostgresRows, PostgresTable};
use crate::error::{Error, Result};
use crate::model::{CancelToken, RowSink, ServerAddress, Value};
use crate::store::answers::{Answers, Lookup, ReportColumn};
use crate::store::query::Query;
use crate::store::schema::{StoredReport, ViewSpec};
use std::io::{BufRead, Write};

/// A record on a server, which is never opened.
#[derive(Debug)]
pub enum Server {}

fn refused<T>(address: &ServerAddress) -> Result<T> {
    Err(Error::Refused {
        what: format!("cannot connect to {address}: this onrecord was built without PostgreSQL"),
        hint: "use one that was built with the feature `postgres`, which is on by default"
            .to_owned(),
    })
}

impl Server {
    /// Refuses the server.
    ///
    /// # Errors
    /// Always fails.
    pub fn open(address: &ServerAddress, _: &'static [ViewSpec], _: CancelToken) -> Result<Server> {
        refused(address)
    }

    /// Refuses the server.
    ///
    /// # Errors
    /// Always fails.
    pub fn open_to_change(
        address: &ServerAddress,
        _: &'static [ViewSpec],
        _: CancelToken,
        _: &[PostgresTable],
    ) -> Result<Server> {
        refused(address)
    }

    /// Runs nothing: there is no server.
    ///
    /// # Errors
    /// Never returns.
    pub fn run_sql(&self, _: &str, _: &mut dyn RowSink) -> Result<()> {
        match *self {}
    }

    /// Changes nothing: there is no server.
    ///
    /// # Errors
    /// Never returns.
    pub fn begin_changes(&self, _: &[PostgresTable]) -> Result<()> {
        match *self {}
    }

    /// Changes nothing: there is no server.
    ///
    /// # Errors
    /// Never returns.
    pub fn delete_rows(&self, _: &PostgresTable, _: &[String], _: &[Vec<Value>]) -> Result<()> {
        match *self {}
    }

    /// Changes nothing: there is no server.
    ///
    /// # Errors
    /// Never returns.
    pub fn insert_rows(
        &self,
        _: &PostgresTable,
        _: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        match *self {}
    }

    /// Changes nothing: there is no server.
    ///
    /// # Errors
    /// Never returns.
    pub fn keep_changes(&self, _: &[PostgresTable], _: &[(String, i64)]) -> Result<()> {
        match *self {}
    }
}

impl PostgresRows for Server {
    fn read(
        &mut self,
        _: &PostgresTable,
        _: &mut dyn FnMut(&mut dyn BufRead) -> Result<()>,
    ) -> Result<()> {
        match *self {}
    }

    fn last_ids(&mut self) -> Result<Vec<(String, i64)>> {
        match *self {}
    }
}

impl Lookup for Server {
    fn each_row(
        &self,
        _: &str,
        _: &str,
        _: &[Value],
        _: &mut dyn FnMut(&[Value]) -> Result<()>,
    ) -> Result<()> {
        match *self {}
    }

    fn reports(&self) -> Result<Vec<StoredReport>> {
        match *self {}
    }

    fn is_shadowed(&self) -> bool {
        match *self {}
    }

    fn is_older(&self) -> Result<bool> {
        match *self {}
    }

    fn keeps_weights(&self) -> Result<bool> {
        match *self {}
    }
}

impl Answers for Server {
    fn run(&self, _: &Query, _: &mut dyn RowSink) -> Result<()> {
        match *self {}
    }

    fn columns_of(&self, _: &str, _: &str) -> Result<Vec<ReportColumn>> {
        match *self {}
    }

    fn keeps_ties(&self) -> bool {
        match *self {}
    }

    fn in_words_of_its_own(&self, _: &str) -> Result<String> {
        match *self {}
    }
}
