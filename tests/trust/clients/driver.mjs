// Runs statements through a library for Node. usage: driver.mjs LIBRARY ARCHIVE STATEMENTS, in a folder with node_modules
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [library, archive, statements] = process.argv.slice(2);
const require = createRequire(`${process.cwd()}/`);
const first = (rows) => rows.map((row) => Object.values(row)[0]);
const reads = (sql) => /^(SELECT|PRAGMA)/.test(sql);

// A function that runs a statement and returns the first cell of each row, and one that ends.
async function connect() {
  switch (library) {
    case "node:sqlite": {
      const { DatabaseSync } = await import("node:sqlite");
      const db = new DatabaseSync(archive);
      return [(sql) => first(db.prepare(sql).all()), () => db.close()];
    }
    case "better-sqlite3":
    case "libsql": {
      const db = new (require(library))(archive);
      return [(sql) => (reads(sql) ? first(db.prepare(sql).all()) : (db.exec(sql), [])), () => db.close()];
    }
    case "node-sqlite3-wasm": {
      const db = new (require(library).Database)(archive);
      return [(sql) => first(db.all(sql)), () => db.close()];
    }
    case "sql.js": {
      const db = new (await require(library)()).Database(readFileSync(archive));
      return [(sql) => (db.exec(sql)[0]?.values ?? []).map((row) => row[0]), () => writeFileSync(archive, db.export())];
    }
    case "@sqlite.org/sqlite-wasm": {
      const { default: load } = await import(require.resolve(library).replace(/[^/]*$/, "node.mjs"));
      const sqlite = await load({ print() {}, printErr() {} });
      const db = new sqlite.oo1.DB();
      const bytes = new Uint8Array(readFileSync(archive));
      const memory = sqlite.wasm.allocFromTypedArray(bytes);
      const { SQLITE_DESERIALIZE_FREEONCLOSE: free, SQLITE_DESERIALIZE_RESIZEABLE: grow } = sqlite.capi;
      db.checkRc(sqlite.capi.sqlite3_deserialize(db.pointer, "main", memory, bytes.length, bytes.length, free | grow));
      const run = (sql) => db.exec({ sql, returnValue: "resultRows", rowMode: "array" }).map((row) => row[0]);
      return [run, () => writeFileSync(archive, sqlite.capi.sqlite3_js_db_export(db.pointer))];
    }
    case "@tursodatabase/database": {
      const { connect: open } = await import(require.resolve(library));
      const db = await open(archive);
      return [async (sql) => (reads(sql) ? first(await (await db.prepare(sql)).all()) : (await db.exec(sql), [])), () => db.close()];
    }
  }
}

const [run, end] = await connect();
console.log(`V${(await run("SELECT sqlite_version()"))[0]}`);
for (const sql of readFileSync(statements, "utf8").split("\n").slice(0, -1)) {
  try {
    for (const cell of await run(sql)) console.log(`=${cell}`);
    console.log(".");
  } catch (error) {
    console.log(`!${String(error.message).replaceAll("\n", " ")}`);
  }
}
await end();
