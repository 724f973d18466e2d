"""Runs MediaPipe itself (requirements-parity.txt) on the test pictures and sets the converted mesh against it.

    python mediapipe_reference.py --golden FOLDER

The mesh gets the region that MediaPipe's own detector implies, so what is left is resampling and arithmetic.
"""

import argparse
import json
from pathlib import Path

import cv2
import mediapipe
import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parent / "src" / "main" / "resources" / "io" / "invigil" / "models"
IMAGES = HERE.parent.parent / "engine-testdata" / "src" / "main" / "resources" / "io" / "invigil" / "testdata" / "faces"
SIZE = 192


def region_matrix(box, keypoints):
    x, y, w, h = box
    side = 1.5 * max(w, h)
    angle = np.arctan2(keypoints[1][1] - keypoints[0][1], keypoints[1][0] - keypoints[0][0])
    c, s = np.cos(angle) * side / SIZE, np.sin(angle) * side / SIZE
    cx, cy, half = x + w / 2, y + h / 2, SIZE / 2
    return np.array([[c, -s, cx - c * half + s * half], [s, c, cy - s * half - c * half]])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--images", default=str(IMAGES))
    arguments.add_argument("--models", default=str(RESOURCES))
    arguments.add_argument("--json", default=str(HERE / "parity-mediapipe.json"))
    arguments.add_argument("--golden")
    options = arguments.parse_args()
    mesh = onnxruntime.InferenceSession(str(Path(options.models) / "face_mesh_attention.onnx"),
                                        providers=["CPUExecutionProvider"])
    detector = mediapipe.solutions.face_detection.FaceDetection(model_selection=0, min_detection_confidence=0.5)
    landmarker = mediapipe.solutions.face_mesh.FaceMesh(static_image_mode=True, max_num_faces=1,
                                                        refine_landmarks=True, min_detection_confidence=0.5)
    detections, points, figures = ["image,score,left,top,width,height," + ",".join(f"k{i}{a}" for i in range(6)
                                                                                  for a in "xy")], [], {}
    points.append("image,index,x,y,z")
    for path in sorted(p for p in Path(options.images).iterdir() if p.suffix in (".png", ".jpg", ".jpeg")):
        bgr = cv2.imread(str(path))
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
        height, width = bgr.shape[:2]
        found, landmarks = detector.process(rgb).detections, landmarker.process(rgb).multi_face_landmarks
        if not found or not landmarks:
            continue
        d = max(found, key=lambda f: f.score[0])
        r = d.location_data.relative_bounding_box
        box = np.array([r.xmin * width, r.ymin * height, r.width * width, r.height * height])
        keys = np.array([[k.x * width, k.y * height] for k in d.location_data.relative_keypoints])
        detections.append(",".join([path.name, f"{d.score[0]:.6f}", *(f"{v:.3f}" for v in [*box, *keys.reshape(-1)])]))
        theirs = np.array([[p.x * width, p.y * height, p.z * width] for p in landmarks[0].landmark])
        side = 1.5 * box[2:].max()
        angle = np.arctan2(keys[1, 1] - keys[0, 1], keys[1, 0] - keys[0, 0])
        points.append(f"{path.name},region,{box[0] + box[2] / 2:.4f},{box[1] + box[3] / 2:.4f},{side:.4f}")
        points.append(f"{path.name},rotation_rad,{angle:.7f},0,0")
        points += [f"{path.name},{i},{x:.3f},{y:.3f},{z:.3f}" for i, (x, y, z) in enumerate(theirs)]

        matrix = region_matrix(box, keys)
        crop = cv2.warpAffine(bgr, matrix, (SIZE, SIZE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                              borderMode=cv2.BORDER_REPLICATE)
        ours = dict(zip([o.name for o in mesh.get_outputs()], mesh.run(None, {"image": crop[None]})))
        eye_distance = np.linalg.norm(theirs[33, :2] - theirs[263, :2])

        def error(points_in_crop, reference):
            placed = points_in_crop[:, :2] @ matrix[:, :2].T + matrix[:, 2]
            return np.linalg.norm(placed - reference[:, :2], axis=1) / eye_distance * 100

        # MediaPipe replaces eye and lip points by the refined ones; compare those that it leaves alone.
        indices = json.loads((HERE / "eye_points.json").read_text())
        refined = set(indices["right_eye"]) | set(indices["left_eye"]) | set(indices["lips"])
        plain = [i for i in range(468) if i not in refined]
        figures[path.name] = {
            "mesh points not refined": error(ours["mesh"][0][plain], theirs[plain]),
            "right eye outline": error(ours["eyes"][0], theirs[indices["right_eye"]]),
            "left eye outline": error(ours["eyes"][1], theirs[indices["left_eye"]]),
            "right iris": error(ours["irises"][0], theirs[468:473]),
            "left iris": error(ours["irises"][1], theirs[473:478]),
        }
    report = {image: {k: {"mean_percent_of_outer_eye_distance": round(float(v.mean()), 3),
                          "max": round(float(v.max()), 3)} for k, v in parts.items()}
              for image, parts in figures.items()}
    text = json.dumps(report, indent=1, sort_keys=True)
    print(text)
    Path(options.json).write_text(text + "\n", encoding="ascii")
    if options.golden:
        folder = Path(options.golden)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mediapipe_faces.csv").write_text("\n".join(detections) + "\n", encoding="ascii")
        (folder / "mediapipe_mesh.csv").write_text("\n".join(points) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
