"""Measures how well the face descriptor tells people apart on labelled pictures and clips.

    python identity_roc.py DIR                  a folder with identities.json, identity_pairs.csv and labels_clips.json
    python identity_roc.py DIR --degrade        also blurred, small, dark and partly covered faces

Faces are found and cut out as the engine does it: full-range detector, mesh, a turned square fitted to five mesh points.
Clips are read with OpenCV (requirements-measure.txt), two frames a second.
"""

import argparse
import csv
import itertools
import json
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parent / "src" / "main" / "resources" / "io" / "invigil" / "models"
POINTS = [33, 133, 362, 263, 2]
LAYOUT = np.array([[0.1205750620789, 0.2137274526848], [0.3340850613712, 0.2290642403242],
                   [0.6460604764104, 0.2289674387677], [0.8595674595992, 0.2134981538014],
                   [0.4901123135679, 0.6277975316475]])
CHIP = 150
SAME_FRAME_MARGIN_S = 0.3  # label boundaries were set by eye


class Engine:
    def __init__(self, models):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.detection, self.mesh, self.recognition = (
            onnxruntime.InferenceSession(str(models / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
            for name in ("face_detection_full_range", "face_mesh_attention", "face_recognition"))

    def faces(self, bgr):
        """The meshes of the faces in a picture, largest first."""
        found = []
        for cx, cy, side, angle in self._detect(bgr):
            points, flag = self._fit(bgr, cx, cy, side, angle)
            if flag > 0.3:
                points, flag = self._fit(bgr, *around(points))
            if flag > 0.5:
                found.append(points)
        return sorted(found, key=lambda p: -np.ptp(p[:, 0]) * np.ptp(p[:, 1]))

    def _detect(self, bgr, threshold=0.35):
        height, width = bgr.shape[:2]
        scale = 192 / max(height, width)
        small = cv2.resize(bgr, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
        top, left = (192 - small.shape[0]) // 2, (192 - small.shape[1]) // 2
        square = np.zeros((192, 192, 3), np.uint8)
        square[top:top + small.shape[0], left:left + small.shape[1]] = small
        boxes, logits = (v.reshape(2304, -1).astype(float) for v in self.detection.run(None, {"image": square[None]}))
        kept = []
        for i in np.argsort(-logits[:, 0]):
            if 1 / (1 + np.exp(-logits[i, 0])) < threshold or len(kept) == 6:
                break
            anchor = np.array([(i % 48 + 0.5) * 4 - left, (i // 48 + 0.5) * 4 - top])
            (cx, cy), (w, h) = (boxes[i, :2] + anchor) / scale, boxes[i, 2:4] / scale
            eyes = (boxes[i, 4:8].reshape(2, 2) + anchor) / scale
            if all(abs(cx - k[0]) > k[2] / 3 or abs(cy - k[1]) > k[2] / 3 for k in kept):
                kept.append((cx, cy, 1.5 * max(w, h), np.arctan2(*(eyes[1] - eyes[0])[::-1])))
        return kept

    def _fit(self, bgr, cx, cy, side, angle):
        matrix = square_matrix(cx, cy, side, angle, 192)
        out = dict(zip([o.name for o in self.mesh.get_outputs()],
                       self.mesh.run(None, {"image": warp(bgr, matrix, 192)[None]})))
        points = out["mesh"][0][:, :2].astype(float) @ matrix[:, :2].T + matrix[:, 2]
        return points, 1 / (1 + np.exp(-float(out["face_flag"].reshape(-1)[0])))

    def describe(self, chip):
        return self.recognition.run(None, {"image": np.ascontiguousarray(chip)[None]})[0][0].astype(float)


def around(points):
    angle = np.arctan2(*(points[263] - points[33])[::-1])
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    u, v = points @ along, points @ across
    cx, cy = (u.min() + u.max()) / 2 * along + (v.min() + v.max()) / 2 * across
    return cx, cy, 1.5 * max(np.ptp(u), np.ptp(v)), angle


def square_matrix(cx, cy, side, angle, size):
    c, s = np.cos(angle) * side / size, np.sin(angle) * side / size
    return np.array([[c, -s, cx - c * size / 2 + s * size / 2], [s, c, cy - s * size / 2 - c * size / 2]])


def warp(bgr, matrix, size):
    """Bilinear, from a level of halves on which one step spans at most two pixels."""
    scale, halvings = np.hypot(matrix[0, 0], matrix[1, 0]), 0
    while scale > 2:
        bgr = cv2.resize(bgr, (bgr.shape[1] // 2, bgr.shape[0] // 2), interpolation=cv2.INTER_AREA)
        scale, halvings = scale / 2, halvings + 1
    level = matrix / 2 ** halvings
    level[:, 2] = (matrix[:, 2] + 0.5) / 2 ** halvings - 0.5
    return cv2.warpAffine(bgr, level, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


def chip(bgr, points, margin):
    to = (LAYOUT + margin) / (1 + 2 * margin) * CHIP
    source, target = points[POINTS] @ [1, 1j], to @ [1, 1j]
    k = ((source - source.mean()) * (target - target.mean()).conj()).sum() / (abs(target - target.mean()) ** 2).sum()
    t = source.mean() - k * target.mean()
    return warp(bgr, np.array([[k.real, -k.imag, t.real], [k.imag, k.real, t.imag]]), CHIP)


def steepness(grey):
    """As EdgeWidth of the engine."""
    g, m = grey.astype(int), 4
    def strong(n):
        d = [np.abs(g[m:-m, m + n:g.shape[1] - m + n] - g[m:-m, m - n:g.shape[1] - m - n]),
             np.abs(g[m + n:g.shape[0] - m + n, m:-m] - g[m - n:g.shape[0] - m - n, m:-m])]
        return np.quantile(np.concatenate([v.ravel() for v in d]), 1 - 1 / 200)
    return strong(1) / max(strong(4), 1)


def report(name, genuine, impostor):
    g, i = np.sort(genuine), np.sort(impostor)
    lines = np.linspace(0.2, 1.2, 1001)
    rejected = 1 - np.searchsorted(g, lines, side="right") / len(g)
    accepted = np.searchsorted(i, lines, side="right") / len(i)
    at = np.argmin(abs(rejected - accepted))
    print(f"{name}: same person {len(g)}, median {np.median(g):.3f}, 99 % below {np.quantile(g, .99):.3f}, most "
          f"{g[-1]:.3f}; others {len(i)}, median {np.median(i):.3f}, 1 % below {np.quantile(i, .01):.3f}, least "
          f"{i[0]:.3f}; EER {100 * (rejected[at] + accepted[at]) / 2:.2f} % at {lines[at]:.3f}; at 0.62: same person "
          f"beyond {100 * (g > .62).mean():.2f} %, others within {100 * (i <= .62).mean():.2f} %")


def stills(engine, folder, margin):
    people = {image: person for person, of in json.loads((folder / "identities.json").read_text()).items()
              for image in of["images"]}
    found = {}
    for image in people:
        bgr = cv2.imread(str(folder / image))
        faces = engine.faces(bgr)
        if faces:
            found[image] = engine.describe(chip(bgr, faces[0], margin))
    genuine, impostor, without = [], [], 0
    for row in csv.DictReader((folder / "identity_pairs.csv").open()):
        a, b = found.get(row["file_a"]), found.get(row["file_b"])
        if a is None or b is None:
            without += 1
        else:
            (genuine if row["same_person"] == "1" else impostor).append(np.linalg.norm(a - b))
    report(f"stills, margin {margin:.2f} ({without} pairs without a face)", genuine, impostor)


def person_at(label, seconds):
    for i in label["intervals"]:
        if i["start"] + SAME_FRAME_MARGIN_S <= seconds < i["end"] - SAME_FRAME_MARGIN_S:
            if i["faces"] != 1 or i.get("faces_max", 1) > 1 or i["camera"] not in ("ok", "dark"):
                return None
            return i.get("identity") or (label["persons"][0] if len(label["persons"]) == 1 else None)
    return None


def clips(engine, folder):
    """{(clip, person): [(picture around the face, mesh, descriptor)]} in order of time."""
    found = defaultdict(list)
    for label in json.loads((folder / "labels_clips.json").read_text()):
        if not label["persons"]:
            continue
        video = cv2.VideoCapture(str(folder / label["file"]))
        fps, index, next_s = video.get(cv2.CAP_PROP_FPS), 0, 0
        while True:
            ok, bgr = video.read()
            if not ok:
                break
            if index / fps >= next_s:
                next_s += 0.5
                person, faces = person_at(label, index / fps), None
                if person:
                    faces = engine.faces(bgr)
                if faces and len(faces) == 1:
                    found[label["file"], person].append((bgr, faces[0], engine.describe(chip(bgr, faces[0], 0.25))))
            index += 1
        video.release()
    return found


def pooled(found, looks, taken=slice(0, 5), told="5 looks"):
    """Of what is compared the first five looks are left out, however many of them the reference is taken from."""
    genuine, impostor = [], []
    for a, seen in found.items():
        if len(seen) < 6:
            continue
        reference = np.mean([s[2] for s in seen[taken]], axis=0)
        for b, other in found.items():
            d = [np.linalg.norm(s[2] - reference) for s in (other[5:] if a == b else other)]
            medians = [np.median(d[i:i + looks]) for i in range(len(d) - looks + 1)]
            (genuine if a[1] == b[1] else impostor).extend(medians)
    report(f"clips, reference of {told} against the median of {looks}", genuine, impostor)


def degrade(engine, found):
    references = {key[1]: np.mean([s[2] for s in seen[:5]], axis=0) for key, seen in found.items() if len(seen) >= 6}
    samples = [(key[1], s) for key, seen in found.items() if key[1] in references for s in seen[::3]
               if np.linalg.norm(s[1][263] - s[1][33]) > 95]

    def row(name, change=lambda bgr, points, eye: (bgr, points), cover=None):
        same, others, steep = [], [], []
        for person, (bgr, points, _) in samples:
            eye = np.linalg.norm(points[263] - points[33])
            c = chip(*change(bgr, points, eye), 0.25)
            if cover:
                x0, y0, x1, y1 = (int(v * CHIP) for v in cover)
                c[y0:y1, x0:x1] = (110, 130, 180)
            e = engine.describe(c)
            steep.append(steepness(cv2.cvtColor(c, cv2.COLOR_BGR2GRAY)))
            for p, r in references.items():
                (same if p == person else others).append(np.linalg.norm(e - r))
        print(f"{name}: same person median {np.median(same):.3f}, 95 % below {np.quantile(same, .95):.3f}, most "
              f"{max(same):.3f}; others 1 % below {np.quantile(others, .01):.3f}; steepness {np.median(steep):.2f}")

    def small(width):
        def change(bgr, points, eye):
            f = width / eye
            return cv2.resize(bgr, None, fx=f, fy=f, interpolation=cv2.INTER_AREA), (points + 0.5) * f - 0.5
        return change

    row(f"{len(samples)} frames as they are")
    for width in (40, 30, 20, 16, 12):
        row(f"eyes {width} px apart", small(width))
    for share in (.03, .04, .05, .06, .08):
        row(f"blurred by {share:.2f} of the eyes' distance", lambda b, p, eye: (cv2.GaussianBlur(b, (0, 0), eye * share), p))
    for light in (.25, .12, .07):
        row(f"light times {light}", lambda b, p, eye: (np.clip(
            b * light + np.random.default_rng(1).normal(0, 3, b.shape), 0, 255).astype(np.uint8), p))
    row("lower half covered", cover=(0, .55, 1, 1))
    row("forehead covered", cover=(0, 0, 1, .22))
    row("both eyes covered", cover=(.1, .2, .9, .4))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--models", type=Path, default=RESOURCES)
    arguments.add_argument("--degrade", action="store_true")
    options = arguments.parse_args()
    engine = Engine(options.models)
    for margin in (.1, .2, .25, .3, .4, .5):
        stills(engine, options.folder, margin)
    found = clips(engine, options.folder)
    samples = [(key, s[2]) for key, seen in found.items() for s in seen]
    genuine, impostor = [], []
    for (a, x), (b, y) in itertools.combinations(samples, 2):
        if a != b:
            (genuine if a[1] == b[1] else impostor).append(np.linalg.norm(x - y))
    report(f"clips, single frames of {len({k[1] for k in found})} persons, different clips", genuine, impostor)
    for looks in (1, 3, 5):
        pooled(found, looks)
        pooled(found, looks, slice(0, 5, 2), "3 looks a second apart")
    if options.degrade:
        degrade(engine, found)


if __name__ == "__main__":
    main()
