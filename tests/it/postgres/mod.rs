//! The archive in PostgreSQL: every view has the rows that it has in the file, and what the file refuses is refused.

use crate::common::{Run, Sandbox, context, has, random_cases, required, run, write_empty_archive};
use crate::lake::{step, take};
use crate::tools::document;
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use rusqlite::types::ValueRef;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tempfile::TempDir;

mod folder;
mod login;
mod push;
mod reports;

/// A server of its own in a folder of its own, which ends with the value.
struct Server {
    folder: TempDir,
    programs: PathBuf,
    /// The words before a command of the server, which does not run as root.
    user: &'static [&'static str],
    /// Its port, of the socket in its folder and of this machine.
    port: u16,
    /// True once it has a database of the archive with a history.
    has_history: Mutex<bool>,
}

/// Who may connect: all from the socket; with a password and TLS the users whose names begin so, and others without TLS.
const MAY_CONNECT: &str = "\
local all all trust
hostssl all tls 127.0.0.1/32 scram-sha-256
hostnossl all plain 127.0.0.1/32 scram-sha-256
";

impl Server {
    /// The server that all tests share while one of them runs. `None` where there is no PostgreSQL.
    fn shared(sandbox: &Sandbox) -> Option<Arc<Server>> {
        static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = shared.upgrade() {
            return Some(server);
        }
        let server = Arc::new(Server::start(sandbox)?);
        *shared = Arc::downgrade(&server);
        Some(server)
    }

    /// Starts a server. `None` where there is no PostgreSQL.
    fn start(sandbox: &Sandbox) -> Option<Server> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
        let found = versions.and_then(|mut all| {
            all.find_map(|entry| {
                Some(entry.ok()?.path().join("bin")).filter(|bin| bin.join("initdb").exists())
            })
        });
        if !required(found.is_some(), "PostgreSQL is not there")
            || !has(sandbox, "psql", &["--version"])
        {
            return None;
        }
        let is_root = run(sandbox.command("id").arg("-u")).out.trim() == "0";
        let user: &[&str] = if is_root { &["runuser", "-u", "postgres", "--"] } else { &[] };
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let server = Server {
            folder: TempDir::new().unwrap(),
            programs: found?,
            user,
            port,
            has_history: Mutex::new(false),
        };
        let folder = server.folder.path().to_str().unwrap().to_owned();
        if is_root {
            assert_eq!(run(sandbox.command("chown").args(["postgres", &folder])).code, 0);
        }
        let data = format!("{folder}/data");
        let made =
            run(&mut server.command("initdb", &["-D", &data, "-A", "trust", "-U", "owner", "-N"]));
        assert_eq!(made.code, 0, "{}", made.err);
        std::fs::write(server.folder.path().join("data/pg_hba.conf"), MAY_CONNECT).unwrap();
        let tls = server.make_certificates(sandbox, is_root);
        let options = format!(
            "-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c password_encryption=scram-sha-256 {tls}"
        );
        let log = format!("{folder}/log");
        let started = server
            .command("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "start"])
            .status()
            .unwrap();
        assert!(started.success(), "{}", std::fs::read_to_string(&log).unwrap_or_default());
        Some(server)
    }

    /// Makes a root certificate and one of `localhost` that it signs, and returns the options by which the server uses
    /// that; none where there is no OpenSSL.
    fn make_certificates(&self, sandbox: &Sandbox, is_root: bool) -> &'static str {
        if !required(has(sandbox, "openssl", &["version"]), "openssl is not there") {
            return "";
        }
        let folder = self.folder.path().join("data");
        let openssl = |args: &str| {
            let mut command = sandbox.command("openssl");
            let made = run(command.args(args.split(' ')).current_dir(&folder));
            assert_eq!(made.code, 0, "{}", made.err);
        };
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        openssl(&format!("req -x509 {key} -days 2 -subj /CN=root -keyout root.key -out root.crt"));
        std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost").unwrap();
        openssl(&format!("req {key} -subj /CN=localhost -keyout server.key -out server.csr"));
        openssl(
            "x509 -req -in server.csr -CA root.crt -CAkey root.key -CAcreateserial -days 2 -extfile names -out server.crt",
        );
        openssl(&format!(
            "req -x509 {key} -days 2 -subj /CN=other -keyout other.key -out other.crt"
        ));
        openssl(&format!(
            "req -x509 {key} -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout own.key -out own.crt"
        ));
        for file in ["server.key", "own.key"] {
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(folder.join(file), mode).unwrap();
        }
        if is_root {
            let all = ["postgres", "server.key", "server.crt", "own.key", "own.crt", "pg_hba.conf"];
            assert_eq!(run(sandbox.command("chown").args(all).current_dir(&folder)).code, 0);
        }
        "-c ssl=on"
    }

    /// The address of a database, by the socket.
    fn url(&self, database: &str) -> String {
        self.url_of("owner", database)
    }

    fn url_of(&self, user: &str, database: &str) -> String {
        let (folder, port) = (self.folder.path().display(), self.port);
        format!("postgres://{user}@/{database}?host={folder}&port={port}")
    }

    /// Runs SQL on a database, which must succeed, and returns what it gives.
    #[track_caller]
    fn ask(&self, database: &str, sql: &str) -> String {
        let done =
            self.psql(database, &["-At", "-v", "ON_ERROR_STOP=1", "-c", sql], Path::new("/"));
        assert_eq!(done.code, 0, "{sql}: {}", done.err);
        done.out.trim_end().to_owned()
    }

    fn command(&self, program: &str, args: &[&str]) -> Command {
        let program = self.programs.join(program);
        let all: Vec<&str> =
            self.user.iter().copied().chain(program.to_str()).chain(args.iter().copied()).collect();
        let mut command = Command::new(all[0]);
        command.args(&all[1..]).current_dir(self.folder.path()).stdout(std::process::Stdio::null());
        if program.ends_with("initdb") {
            command.stdout(std::process::Stdio::piped());
        }
        command
    }

    /// Runs SQL on a database.
    fn psql(&self, database: &str, args: &[&str], folder: &Path) -> Run {
        let mut command = Command::new("psql");
        command
            .args(["-X", "-q", "-v", "VERBOSITY=terse", "-h"])
            .arg(self.folder.path())
            .args(["-p", &self.port.to_string(), "-U", "owner", "-d", database])
            .args(args)
            .current_dir(folder)
            .env_remove("PGOPTIONS");
        run(&mut command)
    }

    /// Makes a database of an archive.
    fn load(&self, sandbox: &Sandbox, database: &str) {
        // Roles belong to the server: one at a time makes them.
        static LOADING: Mutex<()> = Mutex::new(());
        let _one = LOADING.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = sandbox.run(&["export", "postgres", database]).done();
        let folder = sandbox.path(database);
        let make =
            format!("CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        let made = self.psql("postgres", &["-c", &make], &folder);
        assert_eq!(made.code, 0, "{}", made.err);
        for script in ["load.sql", "roles.sql"] {
            let loaded = self.psql(database, &["-v", "ON_ERROR_STOP=1", "-f", script], &folder);
            assert_eq!(loaded.code, 0, "{}", loaded.err);
            let said = loaded.err.lines().filter(|line| !line.contains("will be truncated"));
            assert_eq!(said.collect::<Vec<_>>(), [""; 0], "{script}");
        }
    }

    /// Makes a database of the archive with a history, which all that are made of it share.
    fn load_history(&self, sandbox: &Sandbox, database: &str) {
        let mut has_history = self.has_history.lock().unwrap_or_else(PoisonError::into_inner);
        if !*has_history {
            self.load(sandbox, "history");
            *has_history = true;
        }
        self.ask("postgres", &format!("CREATE DATABASE {database} TEMPLATE history"));
    }

    /// Asserts that every view of an archive has the rows that it has in the file, and returns their number. `folder` is
    /// for what the server says.
    fn check_views(
        &self,
        archive: &Path,
        database: &str,
        folder: &Path,
        left_out: &[&str],
    ) -> usize {
        let conn = rusqlite::Connection::open(archive).unwrap();
        let views =
            texts(&conn, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
        let views: Vec<String> =
            views.into_iter().flatten().filter(|view| !left_out.contains(&view.as_str())).collect();
        assert!(views.len() > 50, "{views:?}");
        let copy = |view: &String| {
            let copy = format!("\\copy (SELECT * FROM {view}) TO '{view}.csv' WITH (FORMAT csv)");
            ["-c".to_owned(), copy]
        };
        let copies: Vec<String> = views.iter().flat_map(copy).collect();
        let mut all = vec!["-v", "ON_ERROR_STOP=1"];
        all.extend(copies.iter().map(String::as_str));
        let asked = self.psql(database, &all, folder);
        assert_eq!(asked.code, 0, "{}", asked.err);
        let mut rows = 0;
        for view in views {
            let mut ours = texts(&conn, &format!("SELECT * FROM {view}"));
            let mut theirs =
                cells(&std::fs::read_to_string(folder.join(format!("{view}.csv"))).unwrap());
            // Some rows of a report are alike but for what it is not ordered by.
            if !view.starts_with("report_") || view == "report_contradictions" {
                ours.sort();
                theirs.sort();
            }
            rows += ours.len();
            let other: Vec<_> = ours.iter().zip(&theirs).filter(|(a, b)| a != b).take(3).collect();
            assert!(ours == theirs, "{view}: {} and {} rows: {other:?}", ours.len(), theirs.len());
        }
        rows
    }
}

/// A session of its own, in which a transaction stays open.
struct Session {
    psql: std::process::Child,
}

impl Session {
    /// Runs statements, and waits until they are done.
    fn run(&mut self, sql: &str) {
        use std::io::{BufRead as _, BufReader, Write as _};
        let stdin = self.psql.stdin.as_mut().unwrap();
        writeln!(stdin, "{sql}\n\\echo done").unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(self.psql.stdout.as_mut().unwrap());
        while line != "done\n" {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "{sql}");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.psql.kill();
        let _ = self.psql.wait();
    }
}

impl Server {
    /// Begins a session at a database.
    fn session(&self, database: &str) -> Session {
        let mut command = Command::new("psql");
        command.args(["-X", "-q", "-h"]).arg(self.folder.path());
        command.args(["-p", &self.port.to_string(), "-U", "owner", "-d", database]);
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        Session { psql: command.spawn().unwrap() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data");
        let _ = self
            .command("pg_ctl", &["-D", data.to_str().unwrap(), "-m", "immediate", "stop"])
            .status();
    }
}

/// A number as it compares, or what else a cell holds.
fn comparable(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) => format!("{number:.11e}"),
        Err(_) => cell.to_owned(),
    }
}

/// The rows of CSV.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(comparable).collect()).collect()
}

/// The rows of a query, as the same texts.
fn texts(conn: &rusqlite::Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.column_count();
    let cell = |value: ValueRef<'_>| match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => comparable(&number.to_string()),
        ValueRef::Real(number) => comparable(&number.to_string()),
        ValueRef::Text(text) => comparable(std::str::from_utf8(text).unwrap()),
        ValueRef::Blob(_) => panic!("a view with bytes: {sql}"),
    };
    let rows = statement.query_map([], |row| {
        (0..columns).map(|n| row.get_ref(n).map(cell)).collect::<rusqlite::Result<Vec<_>>>()
    });
    rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// Texts that a loader could take for something else, numbers of every size, dates of every form, and a captured copy.
const HOSTILE: &str = r#"{"table":"sources","key":"tab","kind":"article","title":"a\tb\\n \\N é مقر","outlet":"O'Neil, \"x\"","url":"https://example.org/a?b=%25","published":"2021-06~"}
{"table":"sources","key":"copy","kind":"article","title":"copies it","published":"2021-06-30"}
{"table":"source_origins","source":"copy","relation":"syndicates","origin":"tab"}
{"table":"locations","key":"camp","name":"The Camp","kind":"site","lat":-33.123456789,"lon":0.1}
{"table":"measures","key":"dead","title":"Dead","dimension":"people","growth":"cumulative"}
{"table":"claims","key":"line","text":"one\n\\.\nthree","kind":"event","happened":"2021-02-28/2021-03"}
{"table":"claims","key":"less","text":"Fewer","kind":"event","happened":"2021-33"}
{"table":"claim_locations","claim":"line","location":"camp"}
{"table":"mentions","claim":"line","source":"tab"}
{"table":"mentions","claim":"line","source":"copy","stance":"supports"}
{"table":"mentions","claim":"less","source":"copy"}
{"table":"figures","key":"l1","claim":"line","measure":"dead","value":1200,"as_of":"2021-03-01"}
{"table":"figures","key":"l2","claim":"line","measure":"dead","value":0.1,"as_of":"2021-02"}
{"table":"figures","key":"l3","claim":"less","measure":"dead","low":12,"high":1e15,"qualifier":"between","as_of":"2021-04-01"}
{"table":"figures","key":"l4","claim":"less","measure":"dead","value":1300000000000,"qualifier":"over","as_of":"2021-05-01"}
"#;

#[test]
fn every_view_has_the_same_rows_in_postgresql() {
    let sandbox = Sandbox::with_both_seeds();
    let Some(server) = Server::shared(&sandbox) else { return };
    sandbox.write("hostile.ndjson", HOSTILE);
    let _ = sandbox.run(&["import", "hostile.ndjson"]).done();
    sandbox.write("copy.bin", [0_u8, 255, 92, 10, 9].repeat(100));
    let _ = sandbox.run(&["attach", "tab", "copy.bin"]).done();
    // What is kept of it goes out of date.
    sandbox
        .other_tool()
        .execute_batch("DELETE FROM source_origins WHERE relation = 'syndicates'")
        .unwrap();
    sandbox.write("mine.sql", "SELECT key FROM claims");
    let _ = sandbox.run(&["report", "add", "mine", "mine.sql"]).done();
    server.load(&sandbox, "seeds");
    let own = std::fs::read_to_string(sandbox.path("seeds/own_reports.sql")).unwrap();
    assert!(own.contains("report_mine") && own.ends_with("SELECT key FROM claims;\n\n"), "{own}");
    let rows = server.check_views(
        &sandbox.path("onrecord.db"),
        "seeds",
        &sandbox.path("seeds"),
        &["report_mine"],
    );
    assert!(rows > 1000, "{rows}");
    let bytes = "SELECT md5(string_agg(encode(data, 'hex'), '' ORDER BY id)) FROM sqlar";
    let theirs = server.psql("seeds", &["-At", "-c", bytes], &sandbox.path("")).out;
    let hex = sandbox.ask("SELECT lower(hex(data)) FROM sqlar ORDER BY id LIMIT 1");
    let ours = server
        .psql("seeds", &["-At", "-c", &format!("SELECT md5('{hex}')")], &sandbox.path(""))
        .out;
    assert!(sandbox.ask("SELECT count(1) FROM sqlar") != "1" || ours == theirs, "{ours} {theirs}");
    // Another order of texts would give other rows.
    let make = "CREATE DATABASE other TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'";
    assert_eq!(server.psql("postgres", &["-c", make], &sandbox.path("")).code, 0);
    let refused = server.psql("other", &["-f", "load.sql"], &sandbox.path("seeds"));
    assert_eq!(refused.code, 3);
    assert!(
        refused.err.contains("cannot load the archive: this database sorts"),
        "{}",
        refused.err
    );
    let nothing = "SELECT count(1) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(server.psql("other", &["-At", "-c", nothing], &sandbox.path("")).out, "0\n");
}

/// `ONRECORD_CASES=100 cargo test --test it postgres::random` makes a hundred other archives.
#[test]
fn random_archives_have_the_same_rows_in_postgresql() {
    let sandbox = Sandbox::new();
    let Some(server) = Server::shared(&sandbox) else { return };
    let archive = sandbox.path("onrecord.db");
    let (number, rows) = (Cell::new(0), Cell::new(0));
    proptest!(random_cases(3), |(steps in proptest::collection::vec(step(), 10..60))| {
        number.set(number.get() + 1);
        let name = format!("random_{}", number.get());
        let _ = std::fs::remove_file(&archive);
        write_empty_archive(&archive);
        let input = vec![Input::bytes_of("start.toml", document())];
        import(Options::new(&archive, input), &context()).unwrap();
        take(&archive, 0, &steps);
        server.load(&sandbox, &name);
        rows.set(rows.get() + server.check_views(&archive, &name, &sandbox.path(&name), &[]));
        reports::check_reports(&archive, &server, &name);
        let dropped = server.psql("postgres", &["-c", &format!("DROP DATABASE {name}")], &sandbox.path(""));
        assert_eq!(dropped.code, 0, "{}", dropped.err);
        std::fs::remove_dir_all(sandbox.path(&name)).unwrap();
    });
    assert!(rows.get() > 300, "{}", rows.get());
}

#[test]
fn postgresql_refuses_what_the_file_refuses() {
    let sandbox = Sandbox::with_both_seeds();
    let Some(server) = Server::shared(&sandbox) else { return };
    sandbox.write("hostile.ndjson", HOSTILE);
    let _ = sandbox.run(&["import", "hostile.ndjson"]).done();
    server.load(&sandbox, "desk");
    let conn = sandbox.other_tool();
    let of = |key: &str| format!("(SELECT id FROM claims WHERE key = '{key}')");
    let (line, less) = (of("line"), of("less"));
    let verdict = |id: u32| {
        format!(
            "INSERT INTO assessments (id, claim_id, status, assessor_id, at, because) SELECT {id}, {line}, 'confirmed', s.id, '2021-07-01T00:00:00Z', 'Seen {id}.' FROM sources AS s JOIN archive AS a ON a.desk = s.key"
        )
    };
    for (sql, refused) in [
        ("DELETE FROM assessments", Some("verdicts are append-only")),
        ("UPDATE revisions SET was = 'x'", Some("revisions are append-only")),
        ("DELETE FROM operations", Some("operations are append-only")),
        (
            "INSERT INTO claims (key, text, kind) VALUES ('a b', 'T', 'event')",
            Some("claims.key is lower-case letters, digits"),
        ),
        (
            "INSERT INTO claims (key, text, kind) VALUES ('line', 'T', 'event')",
            Some("this key is taken"),
        ),
        (
            "INSERT INTO claims (key, text, kind) VALUES ('new', ' ', 'event')",
            Some("claims.text is text, not empty"),
        ),
        (
            "INSERT INTO claims (key, text, kind) VALUES ('new', 'T', 'rumour')",
            Some("no such row in claim_kinds"),
        ),
        (
            "INSERT INTO claims (key, text, kind, status) VALUES ('new', 'T', 'event', 'confirmed')",
            Some("claims.status is kept from assessments"),
        ),
        (
            "INSERT INTO claims (key, text, kind, happened) VALUES ('new', 'T', 'event', '2021-02-30')",
            Some("not a date"),
        ),
        (
            "INSERT INTO claims (key, text, kind, happened) VALUES ('new', 'T', 'event', '2021-1X')",
            Some("not a date"),
        ),
        (
            "INSERT INTO claims (id, key, text, kind, happened) VALUES (9001, 'new', 'T', 'event', '2020-02?/2021-24')",
            None,
        ),
        (
            &format!("INSERT INTO mentions (claim_id, source_id) VALUES ({line}, 99999)"),
            Some("mentions.source_id: no such row in sources"),
        ),
        ("DELETE FROM sources WHERE key = 'tab'", Some("still refers to this row")),
        (
            "UPDATE sources SET key = 'tabs' WHERE key = 'tab'",
            Some("first INSERT its old key INTO aliases"),
        ),
        ("UPDATE locations SET lat = 91 WHERE key = 'camp'", Some("lat")),
        (
            &format!(
                "INSERT INTO figures (key, claim_id, measure_id) SELECT 'f', {line}, id FROM measures WHERE key = 'dead'"
            ),
            Some("a number is needed"),
        ),
        (
            &format!(
                "INSERT INTO figures (key, claim_id, measure_id, value) SELECT 'f', {line}, id, -1 FROM measures WHERE key = 'dead'"
            ),
            Some("never below zero"),
        ),
        (
            &format!(
                "INSERT INTO figures (key, claim_id, measure_id, low, high) SELECT 'f', {line}, id, 3, 2 FROM measures WHERE key = 'dead'"
            ),
            Some("figures.low is not above figures.high"),
        ),
        (
            &format!(
                "INSERT INTO claim_links (id, relation, from_id, to_id) VALUES (9001, 'contradicts', {line}, {less})"
            ),
            None,
        ),
        (
            &format!(
                "INSERT INTO claim_links (relation, from_id, to_id) VALUES ('contradicts', {less}, {line})"
            ),
            Some("the other way round already"),
        ),
        (&verdict(9001), None),
        (&format!("UPDATE claims SET text = 'another' WHERE id = {line}"), None),
        (
            &format!("UPDATE claims SET version = 1 WHERE id = {line}"),
            Some("claims.version only rises"),
        ),
        (&format!("UPDATE mentions SET stance = 'denies' WHERE claim_id = {less}"), None),
        (&format!("DELETE FROM mentions WHERE claim_id = {line} AND stance = 'supports'"), None),
        ("UPDATE sources SET published = '2021-05', outlet = NULL WHERE key = 'copy'", None),
        ("UPDATE measures SET growth = 'level' WHERE key = 'dead'", None),
        ("INSERT INTO locations (id, key, name, kind) VALUES (9001, 'tent', 'Tent', 'site')", None),
        ("DELETE FROM locations WHERE key = 'tent'", None),
        ("UPDATE statuses SET label = 'Sure' WHERE code = 'confirmed'", None),
    ] {
        let ours = conn.execute_batch(sql).err().map(|error| error.to_string());
        let theirs = server.psql("desk", &["-c", sql], &sandbox.path(""));
        for said in [ours, (theirs.code != 0).then_some(theirs.err)] {
            match refused {
                Some(words) => assert!(
                    said.as_ref().is_some_and(|said| said.contains(words)),
                    "{sql}: {said:?}"
                ),
                None => assert_eq!(said, None, "{sql}"),
            }
        }
    }
    drop(conn);
    // Who wrote, and when, is of the server, which leaves out the ids of what it refused.
    let left_out = ["changes", "dates_parsed", "report_operations"];
    let _ =
        server.check_views(&sandbox.path("onrecord.db"), "desk", &sandbox.path("desk"), &left_out);
    let kept = "SELECT table_name || ' ' || row_key || ' ' || column_name || ' ' || coalesce(was, '-') FROM revisions WHERE by = 'owner' AND column_name = 'text'";
    let theirs = server.psql("desk", &["-At", "-c", kept], &sandbox.path("")).out;
    assert_eq!(theirs, "claims line text one\n\\.\nthree\n");
    // A reader writes nothing, an editor no verdict.
    for (role, sql, refused) in [
        ("onrecord_reader", "SELECT count(1) FROM report_claims", false),
        (
            "onrecord_reader",
            "INSERT INTO claims (key, text, kind) VALUES ('r', 'T', 'event')",
            true,
        ),
        (
            "onrecord_editor",
            "INSERT INTO claims (key, text, kind, happened) VALUES ('r', 'T', 'event', '2022')",
            false,
        ),
        ("onrecord_editor", &verdict(9002), true),
        ("onrecord_editor", "UPDATE archive SET desk = 'tab'", true),
        ("onrecord_assessor", &verdict(9002), false),
        ("onrecord_assessor", "UPDATE assessments SET because = 'x'", true),
    ] {
        let as_role = format!("SET ROLE {role}");
        let done = server.psql(
            "desk",
            &["-v", "ON_ERROR_STOP=1", "-c", &as_role, "-c", sql],
            &sandbox.path(""),
        );
        assert_eq!(done.code != 0, refused, "{role}: {sql}: {}", done.err);
    }
}
