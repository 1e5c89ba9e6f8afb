//! A record on a server, asked by the same statements as a file, translated, or by those that a user wrote for
//! PostgreSQL. What it gives comes in the text format of `COPY`, a row at a time.

use super::copy_text::CopyReader;
use super::login::{LoggedIn, log_in, reason};
use super::{PostgresRows, PostgresTable, asked_sql, literal, next_id};
use crate::error::{Error, Result};
use crate::model::{CancelToken, RowSink, ServerAddress, Value};
use crate::store::answers::{Answers, Lookup, ReportColumn};
use crate::store::condition::ColumnType;
use crate::store::query::Query;
use crate::store::rows::sql::quote;
use crate::store::schema::{INSTALLED, LATEST, StoredReport, ViewSpec};
use postgres::error::{ErrorPosition, SqlState};
use postgres::types::Type;
use postgres::{Client, Statement};
use std::cell::RefCell;
use std::io::{BufRead, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// How often a thread looks whether to stop what the server runs.
const GLANCE: Duration = Duration::from_millis(50);

/// The time that the server gives a statement beyond that of its caller, who stops it with better words.
const GRACE: Duration = Duration::from_secs(2);

/// What is run at a server.
const QUERIES: &str = "write a query that begins with SELECT, WITH, VALUES or TABLE";

/// The rows that one statement deletes.
const ROWS_PER_STATEMENT: usize = 1000;

/// A record on a server, in one transaction.
pub struct Server {
    pub(super) client: RefCell<Client>,
    address: ServerAddress,
    views: &'static [ViewSpec],
    cancel: CancelToken,
    tls: MakeRustlsConnect,
    /// Ends the thread that watches the token.
    watching: Option<Sender<()>>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({})", self.address)
    }
}

impl Server {
    /// Connects and begins a transaction that sees the record as it is now, and only reads.
    ///
    /// # Errors
    /// Fails if there is no connection, or no record of this program's format.
    pub fn open(
        address: &ServerAddress,
        views: &'static [ViewSpec],
        cancel: CancelToken,
    ) -> Result<Server> {
        let server = Server::connect(address, views, cancel)?;
        server.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        server.identify("read")?;
        Ok(server)
    }

    pub(super) fn connect(
        address: &ServerAddress,
        views: &'static [ViewSpec],
        cancel: CancelToken,
    ) -> Result<Server> {
        let LoggedIn { client, tls } = log_in(address, &mut |what| cancel.remark(what))?;
        let mut server = Server {
            client: RefCell::new(client),
            address: address.clone(),
            views,
            cancel,
            tls,
            watching: None,
        };
        server.watching = Some(server.watch());
        Ok(server)
    }

    /// Cancels what the server runs once the token says so, in a thread that ends with what it returns.
    fn watch(&self) -> Sender<()> {
        let (in_use, watched) = channel();
        let (cancel, running) = (self.cancel.clone(), self.client.borrow().cancel_token());
        let tls = self.tls.clone();
        std::thread::spawn(move || {
            while watched.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
                if cancel.reason().is_some() {
                    let _ = running.cancel_query(tls.clone());
                }
            }
        });
        in_use
    }

    /// Begins a transaction with the settings that what is read relies on.
    pub(super) fn begin(&self, begin: &str) -> Result<()> {
        let limit = self.cancel.limit().map_or(0, |limit| (limit + GRACE).as_millis());
        let settings = include_str!("session.sql").replace(":timeout", &limit.to_string());
        self.batch("begin", &format!("{begin};\n{settings}"))
    }

    /// Runs statements that give no rows.
    pub(super) fn batch(&self, doing: &str, sql: &str) -> Result<()> {
        let done = self.client.borrow_mut().batch_execute(sql);
        done.map_err(|error| self.failed(doing, &error))
    }

    /// Checks that the database is a record of this program's format, to `doing`: read or write it.
    pub(super) fn identify(&self, doing: &str) -> Result<()> {
        let refused = |why: String, hint: &str| Error::Refused {
            what: format!("cannot {doing} the record at {}: {why}", self.address),
            hint: hint.to_owned(),
        };
        let sql = "SELECT format, version, installed FROM archive";
        let found = self.client.borrow_mut().query(sql, &[]);
        let row = match found {
            Ok(rows) => rows.into_iter().next(),
            Err(error) => {
                let is_missing = [SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_COLUMN];
                if error.code().is_some_and(|code| is_missing.contains(code)) {
                    None
                } else {
                    return Err(self.failed(&format!("{doing} the record"), &error));
                }
            }
        };
        let of_onrecord = |row: &postgres::Row| {
            let format: String = row.try_get("format").ok()?;
            let numbers = (row.try_get("version").ok()?, row.try_get("installed").ok()?);
            (format == "onrecord").then_some(numbers)
        };
        let found: (i64, i64) = row.as_ref().and_then(of_onrecord).ok_or_else(|| {
            refused(
                "the database holds no record of onrecord".to_owned(),
                "`onrecord export postgres FOLDER` writes a folder that makes one",
            )
        })?;
        let written = |who: &str| {
            format!(
                "{who} onrecord made it (format {}.{}; this one knows {LATEST}.{INSTALLED})",
                found.0, found.1
            )
        };
        match found.cmp(&(LATEST, INSTALLED)) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(refused(written("a newer"), "use that one")),
            std::cmp::Ordering::Less => Err(refused(
                written("an older"),
                "with that one, `onrecord import postgres://…` into an empty archive; this one brings the archive up to date \
                 (`onrecord check --repair`), and `onrecord export postgres` makes the database anew",
            )),
        }
    }

    /// The error of a statement.
    pub(super) fn failed(&self, doing: &str, error: &postgres::Error) -> Error {
        if let Some(why) = self.cancel.reason() {
            return Error::Stopped { why: why.to_owned() };
        }
        let mut why = reason(error);
        let db = error.as_db_error();
        if let Some(ErrorPosition::Original(at)) = db.and_then(|db| db.position()) {
            why.push_str(&format!(" (at character {at})"));
        }
        let ended =
            [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW];
        let is_ended = error.is_closed()
            || db.is_none()
            || error.code().is_some_and(|code| ended.contains(code));
        let hint = match error.code() {
            _ if is_ended => {
                "the connection ended before this was done: nothing was written; run it again"
            }
            Some(code) if *code == SqlState::INSUFFICIENT_PRIVILEGE => {
                "whoever owns the database gives rights: GRANT onrecord_reader TO user, or onrecord_editor, or onrecord_assessor"
            }
            Some(code) if *code == SqlState::READ_ONLY_SQL_TRANSACTION => "this command only reads",
            Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => {
                "others are writing; nothing was written: run it again"
            }
            _ => db.and_then(|db| db.hint()).unwrap_or_default(),
        };
        let hint = hint.to_owned();
        Error::Refused { what: format!("cannot {doing} at {}: {why}", self.address), hint }
    }

    /// An error of a stream from the server, or another one.
    fn failed_within(&self, doing: &str, error: Error) -> Error {
        match &error {
            Error::Output(io) => {
                match io.get_ref().and_then(|e| e.downcast_ref::<postgres::Error>()) {
                    Some(of_server) => self.failed(doing, of_server),
                    None => error,
                }
            }
            _ => error,
        }
    }

    pub(super) fn prepare(&self, doing: &str, sql: &str) -> Result<Statement> {
        let prepared = self.client.borrow_mut().prepare(sql);
        prepared.map_err(|error| self.failed(doing, &error))
    }

    /// Passes what a query gives to `take`, as `COPY` writes it.
    pub(super) fn copy_out(
        &self,
        doing: &str,
        sql: &str,
        take: &mut dyn FnMut(&mut dyn BufRead) -> Result<()>,
    ) -> Result<()> {
        let mut client = self.client.borrow_mut();
        let running = client.cancel_token();
        let copied = client.copy_out(&format!("COPY ({sql}\n) TO STDOUT"));
        let mut rows = copied.map_err(|error| match error.code() {
            // By itself it was understood.
            Some(code) if *code == SqlState::SYNTAX_ERROR => Error::Refused {
                what: format!("cannot {doing} at {}: {}", self.address, reason(&error)),
                hint: QUERIES.to_owned(),
            },
            _ => self.failed(doing, &error),
        })?;
        let taken = take(&mut rows);
        if taken.is_err() {
            // Nobody reads the rest.
            let _ = running.cancel_query(self.tls.clone());
        }
        taken.map_err(|error| self.failed_within(doing, error))
    }

    /// Passes the columns and rows of a statement for PostgreSQL on.
    fn select(
        &self,
        doing: &str,
        sql: &str,
        begin: &mut dyn FnMut(&[String]) -> Result<()>,
        take: &mut dyn FnMut(&[Value]) -> Result<()>,
    ) -> Result<()> {
        let sql = sql.trim_end().trim_end_matches(';');
        // By itself, so that it is one statement and has its end where it should.
        let statement = self.prepare(doing, sql)?;
        if statement.columns().is_empty() {
            return Err(Error::Refused {
                what: format!("cannot {doing}: it gives no rows, and this command only reads"),
                hint: QUERIES.to_owned(),
            });
        }
        if !statement.params().is_empty() {
            return Err(Error::Refused {
                what: format!("cannot {doing}: it has parameters, such as $1"),
                hint: "on a server, write the values into the SQL".to_owned(),
            });
        }
        let names: Vec<String> = statement.columns().iter().map(|c| c.name().to_owned()).collect();
        let types: Vec<Type> = statement.columns().iter().map(|c| c.type_().clone()).collect();
        self.copy_out(doing, sql, &mut |input| {
            begin(&names)?;
            let mut rows = CopyReader::new(input);
            let (mut cells, mut row) = (Vec::new(), Vec::new());
            while rows.next(&mut cells)? {
                if let Some(why) = self.cancel.reason() {
                    return Err(Error::Stopped { why: why.to_owned() });
                }
                row.clear();
                // A row without columns is an empty line.
                row.extend(cells.drain(..).zip(&types).map(|(cell, ty)| value_of(cell, ty)));
                take(&row)?;
            }
            Ok(())
        })
    }

    fn send(&self, sql: &str, sink: &mut dyn RowSink) -> Result<()> {
        // Both closures write to it, never at once.
        let sink = RefCell::new(sink);
        self.select(
            "run the query",
            sql,
            &mut |columns| Ok(sink.borrow_mut().begin(columns)?),
            &mut |row| Ok(sink.borrow_mut().row(row)?),
        )?;
        Ok(sink.borrow_mut().end()?)
    }

    /// Runs a statement that a user wrote for PostgreSQL, and sends its rows to the sink.
    ///
    /// # Errors
    /// Fails if it is no single query that only reads, or is stopped.
    pub fn run_sql(&self, sql: &str, sink: &mut dyn RowSink) -> Result<()> {
        self.send(sql, sink)
    }

    /// Passes the rows of a table, in the order of their ids, to `take`, as `COPY` writes them.
    pub(super) fn copy_table(
        &self,
        table: &PostgresTable,
        take: &mut dyn FnMut(&mut dyn BufRead) -> Result<()>,
    ) -> Result<()> {
        let sql = format!("SELECT {} FROM {} ORDER BY 1", table.column_list(), quote(&table.name));
        self.copy_out(&format!("read {}", table.name), &sql, take)
    }
}

/// The value of a cell of this type: a number for what is one, 1 and 0 for a truth value, else its text.
fn value_of(cell: Option<String>, ty: &Type) -> Value {
    let Some(text) = cell else { return Value::Null };
    let whole = |text: &str| text.parse().map(Value::Int).ok();
    let real = |text: &str| text.parse().map(Value::Real).ok();
    let value = match *ty {
        Type::INT2 | Type::INT4 | Type::INT8 | Type::OID => whole(&text),
        Type::FLOAT4 | Type::FLOAT8 => real(&text),
        Type::NUMERIC => whole(&text).or_else(|| real(&text)),
        Type::BOOL => Some(Value::Int(i64::from(text == "t"))),
        Type::BYTEA => text.strip_prefix("\\x").and_then(super::bytes_of).map(Value::Bytes),
        _ => None,
    };
    value.unwrap_or(Value::Text(text))
}

fn column_type(ty: &Type) -> ColumnType {
    const NUMBERS: [Type; 7] =
        [Type::INT2, Type::INT4, Type::INT8, Type::OID, Type::FLOAT4, Type::FLOAT8, Type::NUMERIC];
    if NUMBERS.contains(ty) { ColumnType::Number } else { ColumnType::Text }
}

impl Server {
    /// Connects, and keeps all others from writing to these tables, to change the record as one.
    ///
    /// # Errors
    /// Fails as [`Server::open`], or if others are writing, or the right to write is not given.
    pub fn open_to_change(
        address: &ServerAddress,
        views: &'static [ViewSpec],
        cancel: CancelToken,
        tables: &[PostgresTable],
    ) -> Result<Server> {
        let server = Server::connect(address, views, cancel)?;
        server.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")?;
        server.identify("write to")?;
        let names: Vec<String> = tables.iter().map(|table| quote(&table.name)).collect();
        let lock = include_str!("lock.sql").replace(":tables", &names.join(", "));
        server.batch("write to the record", &lock)?;
        Ok(server)
    }

    /// Begins to change rows: from now on no rule of the database is asked, for what is written was made by them.
    ///
    /// # Errors
    /// Fails if the tables are not of the user who is logged in.
    pub fn begin_changes(&self, tables: &[PostgresTable]) -> Result<()> {
        let off = tables
            .iter()
            .map(|table| format!("ALTER TABLE {} DISABLE TRIGGER USER;\n", quote(&table.name)));
        let sql = format!("{}SET CONSTRAINTS ALL DEFERRED", off.collect::<String>());
        self.batch("write to the record", &sql)
    }

    /// Deletes the rows of a table that have these keys.
    ///
    /// # Errors
    /// Fails if the server refuses.
    pub fn delete_rows(
        &self,
        table: &PostgresTable,
        key: &[String],
        rows: &[Vec<Value>],
    ) -> Result<()> {
        let columns: Vec<String> = key.iter().map(|column| quote(column)).collect();
        for rows in rows.chunks(ROWS_PER_STATEMENT) {
            let mut listed = Vec::new();
            for row in rows {
                let values: std::result::Result<Vec<String>, String> =
                    row.iter().map(literal).collect();
                let values = values.map_err(|what| Error::Refused {
                    what: format!("cannot write to {}: a key has the character {what}", table.name),
                    hint: String::new(),
                })?;
                listed.push(format!("({})", values.join(", ")));
            }
            let sql = format!(
                "DELETE FROM {} WHERE ({}) IN ({})",
                quote(&table.name),
                columns.join(", "),
                listed.join(", ")
            );
            self.batch(&format!("write to {}", table.name), &sql)?;
        }
        Ok(())
    }

    /// Inserts the rows of a table that `write` writes in the text format of `COPY`.
    ///
    /// # Errors
    /// Fails if the server refuses; returns the errors of `write`.
    pub fn insert_rows(
        &self,
        table: &PostgresTable,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        let doing = format!("write to {}", table.name);
        let sql = format!("COPY {} ({}) FROM STDIN", quote(&table.name), table.column_list());
        let mut client = self.client.borrow_mut();
        let failed = |error: postgres::Error| self.failed(&doing, &error);
        let mut rows = client.copy_in(&sql).map_err(failed)?;
        write(&mut rows).map_err(|error| self.failed_within(&doing, error))?;
        rows.finish().map(drop).map_err(failed)
    }

    /// Ends the change of rows: the references are checked, the rules hold again, no id is given twice, and all of it is
    /// there for others.
    ///
    /// # Errors
    /// Fails if the server refuses: nothing was written then.
    pub fn keep_changes(&self, tables: &[PostgresTable], ids: &[(String, i64)]) -> Result<()> {
        let doing = "write to the record";
        let mut sql = "SET CONSTRAINTS ALL IMMEDIATE;\n".to_owned();
        for table in tables {
            sql.push_str(&format!("ALTER TABLE {} ENABLE TRIGGER USER;\n", quote(&table.name)));
        }
        for (table, id) in ids.iter().filter(|(name, _)| tables.iter().any(|t| t.name == *name)) {
            sql.push_str(&next_id(table, *id));
        }
        self.batch(doing, &sql)?;
        let ended = self.client.borrow_mut().batch_execute("COMMIT");
        ended.map_err(|error| match error.as_db_error() {
            Some(_) => self.failed(doing, &error),
            None => Error::Refused {
                what: format!("cannot end the writing at {}: {}", self.address, reason(&error)),
                hint: "whether it was written is not known; push again: what is there already stays as it is"
                    .to_owned(),
            },
        })
    }
}

impl PostgresRows for Server {
    fn read(
        &mut self,
        table: &PostgresTable,
        take: &mut dyn FnMut(&mut dyn BufRead) -> Result<()>,
    ) -> Result<()> {
        self.copy_table(table, take)
    }

    fn last_ids(&mut self) -> Result<Vec<(String, i64)>> {
        let mut ids = Vec::new();
        let (doing, sql) = ("read the last ids", include_str!("last_ids.sql"));
        self.select(doing, sql, &mut |_| Ok(()), &mut |row| {
            if let [Value::Text(table), Value::Int(id)] = row {
                ids.push((table.clone(), *id));
            }
            Ok(())
        })?;
        Ok(ids)
    }
}

impl Lookup for Server {
    fn each_row(
        &self,
        doing: &str,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&[Value]) -> Result<()>,
    ) -> Result<()> {
        let value =
            |name: &str| Some(values.get(name.parse::<usize>().ok()?.checked_sub(1)?)?.clone());
        self.select(doing, &asked_sql(sql, &value)?, &mut |_| Ok(()), take)
    }

    /// Those of the program: the views of people are kept there, and not run.
    fn reports(&self) -> Result<Vec<StoredReport>> {
        let named = self.views.iter().filter_map(|spec| {
            let name = spec.view.strip_prefix("report_")?;
            Some(spec.as_report(name.to_owned()))
        });
        let mut reports: Vec<StoredReport> = named.collect();
        reports.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(reports)
    }

    fn is_shadowed(&self) -> bool {
        false
    }

    fn is_older(&self) -> Result<bool> {
        Ok(false)
    }

    fn keeps_weights(&self) -> Result<bool> {
        Ok(true)
    }
}

impl Answers for Server {
    fn run(&self, query: &Query, sink: &mut dyn RowSink) -> Result<()> {
        let value = |name: &str| {
            query.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        };
        self.send(&asked_sql(&query.sql, &value)?, sink)
    }

    fn columns_of(&self, view: &str, prelude: &str) -> Result<Vec<ReportColumn>> {
        if prelude.is_empty() && !self.views.iter().any(|spec| spec.view == view) {
            return Ok(Vec::new());
        }
        let sql = self.in_words_of_its_own(&format!("{prelude}SELECT * FROM {}", quote(view)))?;
        let statement = self.prepare("read the columns of the report", &sql)?;
        let column = |column: &postgres::Column| ReportColumn {
            name: column.name().to_owned(),
            ty: column_type(column.type_()),
        };
        Ok(statement.columns().iter().map(column).collect())
    }

    fn keeps_ties(&self) -> bool {
        false
    }

    fn in_words_of_its_own(&self, sql: &str) -> Result<String> {
        asked_sql(sql, &|_| None)
    }
}
