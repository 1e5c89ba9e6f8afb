"""Generates countries.txt from the npm package world-atlas (TopoJSON of Natural Earth, public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 countries.py package/countries-50m.json > countries.txt

One country a line: its name, a tab, then its rings, a tab between two. A ring is a list of numbers in
hundredths of a degree: longitude and latitude of the first point, then the steps to each next one.
Borders are simplified once for both neighbours, so that they still meet (Douglas and Peucker, 0.04
degrees); islands smaller than 0.02 square degrees are left out unless they are the whole country.
"""
import json
import sys

TOLERANCE, SMALLEST = 0.04, 0.02


def simplified(points):
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        (x1, y1), (x2, y2) = points[a], points[b]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        worst, at = 0.0, None
        for n in range(a + 1, b):
            x, y = points[n]
            if length == 0:
                off = ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
            else:
                off = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            if off > worst:
                worst, at = off, n
        if worst > TOLERANCE:
            keep.add(at)
            stack += [(a, at), (at, b)]
    return [points[n] for n in sorted(keep)]


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


atlas = json.load(open(sys.argv[1]))
(sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
arcs = []
for arc in atlas["arcs"]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    arcs.append(simplified(points))


def ring(refs):
    points = []
    for ref in refs:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        points += arc[1:] if points else arc
    return points


for shape in sorted(atlas["objects"]["countries"]["geometries"], key=lambda s: s["properties"]["name"]):
    polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}[shape["type"]]
    rings = [ring(refs) for polygon in polygons for refs in polygon]
    largest = max(rings, key=area)
    kept = [r for r in rings if (area(r) >= SMALLEST or r is largest) and len(r) > 3]
    cells = []
    for r in kept:
        whole = [(round(x * 100), round(y * 100)) for x, y in r]
        steps, last = [], (0, 0)
        for n, point in enumerate(whole):
            if n and point == last:
                continue
            steps += [point[0] - last[0], point[1] - last[1]]
            last = point
        cells.append(" ".join(map(str, steps)))
    if cells:
        print(shape["properties"]["name"] + "\t" + "\t".join(cells))
