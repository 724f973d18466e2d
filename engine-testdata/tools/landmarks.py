#!/usr/bin/env python3
r"""Makes the actors of the scenario generator out of the committed portraits.

For every portrait: the 478 landmarks of MediaPipe's own FaceMesh (refined), a soft cut-out of the person
(MediaPipe's selfie segmentation, refined by a guided filter), and the portrait's own head pose, fitted once
with the canonical face. Results: actors/<id>.png (RGBA, the crop) and actors/<id>.csv.

Run in a virtual environment with requirements.txt:
    python landmarks.py --canonical canonical_face.csv --triangles geometry_pipeline_metadata_landmarks.binarypb \
        --faces ../src/main/resources/io/invigil/testdata/faces --out ../src/main/resources/io/invigil/testdata/actors
"""
import argparse
import csv
import pathlib

import cv2
import mediapipe as mp
import numpy as np

# id, source picture, crop left, top, right, bottom (px of the source)
ACTORS = [
    ("p1", "obama.jpg", 40, 37, 852, 860),
    ("p2", "biden.jpg", 10, 90, 970, 1260),
    ("p3", "astronaut.png", 0, 0, 420, 440),
]


def canonical_face(path):
    rows = list(csv.DictReader(open(path, encoding="utf-8")))
    return np.array([[float(r[k]) for k in ("x_cm", "y_cm", "z_cm")] for r in rows])


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    """The fields of one protocol buffer message, as (number, value)."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            size = {5: 4, 1: 8}.get(key & 7)
            if size is None:
                size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        yield key >> 3, value


def canonical_triangles(path):
    """The index buffer (field 4 of the mesh, field 1 of the metadata message)."""
    mesh = next(v for n, v in fields(pathlib.Path(path).read_bytes()) if n == 1)
    return np.array([v for n, v in fields(mesh) if n == 4]).reshape(-1, 3)


def similarity(source, target, weights):
    """Weighted Umeyama fit: target = scale * rotation @ source + shift."""
    w = weights / weights.sum()
    ms, mt = w @ source, w @ target
    a, b = source - ms, target - mt
    u, s, vt = np.linalg.svd((b * w[:, None]).T @ a)
    d = np.diag([1, 1, np.sign(np.linalg.det(u @ vt))])
    rotation = u @ d @ vt
    scale = np.trace(np.diag(s) @ d) / (w @ (a * a).sum(1))
    return scale, rotation, mt - scale * rotation @ ms


def scaled_orthographic(source, target_xy, weights, rotation):
    """Pose from the picture alone: refine a rotation so that the projected canonical face meets x and y."""
    for _ in range(50):
        p = source @ rotation.T
        w = weights / weights.sum()
        pc, tc = p - w @ p, target_xy - w @ target_xy
        scale = (w @ (pc[:, :2] * tc).sum(1)) / (w @ (pc[:, :2] ** 2).sum(1))
        full = np.column_stack([tc, scale * pc[:, 2]])
        _, step, _ = similarity(source, full, weights)
        if np.abs(step - rotation).max() < 1e-10:
            break
        rotation = step
    return scale, rotation


def angles(rotation):
    """yaw, pitch, roll in degrees: R = Ry(yaw) Rx(-pitch) Rz(-roll), x right, y up, z to the viewer."""
    yaw = np.degrees(np.arctan2(rotation[0, 2], rotation[2, 2]))
    pitch = np.degrees(np.arcsin(np.clip(rotation[1, 2], -1, 1)))
    roll = np.degrees(np.arctan2(rotation[1, 0], rotation[1, 1]))
    return yaw, pitch, -roll


def cut_out(picture, mask):
    """BGRA: the matte sharpened along the picture's own edges, colours at its rim taken from inside the person."""
    rough = np.clip((mask.astype(np.float32) - 0.35) / 0.4, 0, 1)
    guide = picture.astype(np.float32) / 255
    radius = max(3, picture.shape[1] // 120)
    alpha = cv2.ximgproc.guidedFilter(guide, rough, radius, 1e-4)
    alpha = np.clip((alpha - 0.15) / 0.75, 0, 1)
    inside = (cv2.erode(alpha, np.ones((5, 5), np.uint8)) > 0.97).astype(np.float32)
    colour = guide.copy()
    filled = inside[:, :, None]
    for blur in (3, 7, 15, 31, 61):
        share = cv2.GaussianBlur(inside, (blur, blur), 0)[:, :, None]
        near = cv2.GaussianBlur(guide * inside[:, :, None], (blur, blur), 0) / np.maximum(share, 1e-6)
        take = np.clip(share * 8, 0, 1) * (1 - filled)
        colour = colour * (1 - take) + near * take
        filled = filled + take
    keep = alpha[:, :, None] > 0
    mixed = np.where(inside[:, :, None] > 0, guide, colour)
    rgba = np.dstack([np.where(keep, mixed, 0), alpha])
    return np.round(rgba * 255).astype(np.uint8)


def landmarks(mesh, rgb, shave):
    """Landmarks in px with some px shaved off all sides: the mean over a few evens out where the crop happened to fall."""
    part = np.ascontiguousarray(rgb[shave : rgb.shape[0] - shave or None, shave : rgb.shape[1] - shave or None])
    h, w = part.shape[:2]
    found = mesh.process(part).multi_face_landmarks[0].landmark
    return np.array([[p.x * w + shave, p.y * h + shave, p.z * w] for p in found])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--canonical", required=True)
    arguments.add_argument("--triangles", required=True)
    arguments.add_argument("--faces", required=True)
    arguments.add_argument("--out", required=True)
    a = arguments.parse_args()
    vertices = canonical_face(a.canonical)
    triangles = canonical_triangles(a.triangles)
    mesh = mp.solutions.face_mesh.FaceMesh(static_image_mode=True, max_num_faces=1, refine_landmarks=True)
    cutter = mp.solutions.selfie_segmentation.SelfieSegmentation(model_selection=0)
    out = pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "triangles.csv", "w", encoding="utf-8", newline="\n") as f:
        f.writelines(f"{i},{j},{k}\n" for i, j, k in triangles)
    for name, source, left, top, right, bottom in ACTORS:
        picture = cv2.imread(str(pathlib.Path(a.faces) / source))[top:bottom, left:right]
        h, w = picture.shape[:2]
        rgb = np.ascontiguousarray(picture[:, :, ::-1])
        points = np.mean([landmarks(mesh, rgb, shave) for shave in (0, 3, 6, 9, 12)], axis=0)
        up = points[:468] * [1, -1, -1]
        # Mouth and jaw move with the expression, so they have little say in the pose.
        weights = np.where(vertices[:, 1] < -3.5, 0.2, 1.0)
        scale3, rotation3, _ = similarity(vertices, up, weights)
        scale, rotation = scaled_orthographic(vertices, up[:, :2], weights, rotation3)
        posed = vertices @ rotation.T * scale
        normal = weights / weights.sum()
        origin = normal @ (up - posed)
        iris = [np.linalg.norm(points[i + 1, :2] - points[i + 3, :2]) / scale for i in (468, 473)]
        print(name, f"{w}x{h} px/cm {scale:.3f} (with the mesh's z {scale3:.3f})")
        print("  yaw pitch roll by x and y %.2f %.2f %.2f" % angles(rotation), "by x, y, z %.2f %.2f %.2f" % angles(rotation3))
        print("  rms of the fit %.2f px" % np.sqrt(((up - posed - origin)[:, :2] ** 2).sum(1).mean()), "iris cm", np.round(iris, 2))
        cv2.imwrite(str(out / f"{name}.png"), cut_out(picture, cutter.process(rgb).segmentation_mask), [cv2.IMWRITE_PNG_COMPRESSION, 9])
        with open(out / f"{name}.csv", "w", encoding="utf-8", newline="\n") as f:
            f.write(f"size,{w},{h}\n")
            f.write(f"crop,{left},{top}\n")
            f.write(f"px_per_cm,{scale:.6f}\n")
            f.write(f"origin_px,{origin[0]:.4f},{-origin[1]:.4f}\n")
            f.write("rotation," + ",".join(f"{v:.9f}" for v in rotation.ravel()) + "\n")
            for i, (x, y, z) in enumerate(points):
                f.write(f"landmark,{i},{x:.3f},{y:.3f},{z:.3f}\n")
            for i, z in enumerate(posed[:, 2]):
                f.write(f"depth_px,{i},{z:.3f}\n")
    whole(mesh, pathlib.Path(a.faces))


def whole(mesh, folder):
    """The landmarks of every whole portrait, px of the picture (z in the same unit), beside it."""
    for picture in sorted(folder.glob("*.jpg")) + sorted(folder.glob("*.png")):
        bgr = cv2.imread(str(picture))
        h, w = bgr.shape[:2]
        found = mesh.process(np.ascontiguousarray(bgr[:, :, ::-1])).multi_face_landmarks[0].landmark
        with open(picture.with_suffix(".csv"), "w", encoding="utf-8", newline="\n") as f:
            f.write(f"size,{w},{h}\n")
            f.writelines(f"landmark,{i},{p.x * w:.3f},{p.y * h:.3f},{p.z * w:.3f}\n" for i, p in enumerate(found))


if __name__ == "__main__":
    main()
