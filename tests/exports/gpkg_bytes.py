# Reads a GeoPackage's first point without any GIS library: the head and the WKB, byte by byte.
import sqlite3, struct, sys
db = sqlite3.connect(sys.argv[1])
assert db.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
assert db.execute("PRAGMA user_version").fetchone()[0] == 10300
geom, = db.execute("SELECT geom FROM claims WHERE claim = ? AND place = ?", sys.argv[2:4]).fetchone()
magic, version, flags, srs = struct.unpack("<2sBBi", geom[:8])
assert (magic, version, flags, srs) == (b"GP", 0, 1, 4326), geom
order, kind, x, y = struct.unpack("<BIdd", geom[8:])
assert (order, kind) == (1, 1), geom
print(x, y)
