"""Writes the canonical face (vertices, triangles, fitting weights) as CSV from npm @mediapipe/face_mesh.

The package keeps it as one protocol buffer message inside its packed assets. The few wire rules needed to
read it are spelled out here, so that no generated message class is required.
"""

import argparse
import struct
from pathlib import Path

import sources

RESOURCES = Path(__file__).resolve().parent.parent / "src" / "main" / "resources" / "io" / "invigil" / "models"
ASSETS = "package/face_mesh_solution_packed_assets.data"
START, END = 3737848, 3757224
FLOATS_PER_VERTEX = 5  # x, y, z in centimetres, then the texture's u and v


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 5:
            value, at = data[at:at + 4], at + 4
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            raise ValueError(f"wire type {kind}")
        yield key >> 3, kind, value


def floats(kind, value):
    return list(struct.unpack(f"<{len(value) // 4}f", value)) if kind in (2, 5) else []


def integers(kind, value):
    if kind == 0:
        return [value]
    out, at = [], 0
    while at < len(value):
        number, at = varint(value, at)
        out.append(number)
    return out


def read(message):
    vertices, indices, weights = [], [], {}
    for number, kind, value in fields(message):
        if number == 1 and kind == 2:
            for n, k, v in fields(value):
                if n == 3:
                    vertices += floats(k, v)
                elif n == 4:
                    indices += integers(k, v)
        elif number == 2 and kind == 2:
            landmark, weight = 0, 0.0
            for n, k, v in fields(value):
                if n == 1:
                    landmark = v
                elif n == 2:
                    weight = floats(k, v)[0]
            weights[landmark] = weight
    return vertices, indices, weights


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cache", default=str(Path(__file__).resolve().parent / ".cache"))
    arguments.add_argument("--out", default=str(RESOURCES))
    options = arguments.parse_args()
    packed = (sources.fetch(sources.FACE_MESH, options.cache) / ASSETS).read_bytes()
    vertices, indices, weights = read(packed[START:END])
    lines = [
        "# Canonical face of MediaPipe, Apache-2.0, from " + sources.FACE_MESH.label,
        f"# {ASSETS}, bytes {START} to {END}; written by convert/canonical.py",
        "# v: landmark, x, y, z in centimetres, fitting weight; t: three landmarks of a triangle",
    ]
    for i in range(len(vertices) // FLOATS_PER_VERTEX):
        x, y, z = vertices[i * FLOATS_PER_VERTEX:i * FLOATS_PER_VERTEX + 3]
        lines.append(f"v,{i},{x:.6f},{y:.6f},{z:.6f},{weights.get(i, 0.0):.6f}")
    lines += [f"t,{indices[i]},{indices[i + 1]},{indices[i + 2]}" for i in range(0, len(indices), 3)]
    (Path(options.out) / "canonical_face.csv").write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
