"""One peer of the comparison: reads "COUNT" lines, works on that many frames, answers with what it cost.

Usage: peer.py mediapipe|onnxruntime FRAMES MODELS [objects]

The answer is one line: CPU milliseconds of the whole process a frame (all threads, as a host pays for them), wall
milliseconds a frame, frames on which the face was found. Work is written as a service would write it first: one frame after
another, results as arrays.
"""
import glob
import os
import sys
import time

os.environ.setdefault("GLOG_minloglevel", "3")

import cv2
import numpy


def files(folder):
    return [open(name, "rb").read() for name in sorted(glob.glob(os.path.join(folder, "*.jpg")))]


def decode(jpeg):
    return cv2.imdecode(numpy.frombuffer(jpeg, numpy.uint8), cv2.IMREAD_COLOR)


class MediaPipe:
    """Full-range face detection and the face mesh with irises, which tracks: MediaPipe's own defaults otherwise."""

    def __init__(self):
        import mediapipe

        solutions = mediapipe.solutions
        self.detection = solutions.face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5)
        self.mesh = solutions.face_mesh.FaceMesh(static_image_mode=False, max_num_faces=1, refine_landmarks=True)

    def look(self, jpeg):
        picture = cv2.cvtColor(decode(jpeg), cv2.COLOR_BGR2RGB)
        found = self.detection.process(picture).detections
        mesh = self.mesh.process(picture).multi_face_landmarks
        return bool(found) and bool(mesh) and len(mesh[0].landmark) == 478


class OnnxRuntime:
    """The very models Invigil ships, run on every frame with the runtime's default settings."""

    def __init__(self, models, objects):
        import onnxruntime

        def load(name):
            return onnxruntime.InferenceSession(
                os.path.join(models, name + ".onnx"), providers=["CPUExecutionProvider"]
            )

        self.detector = load("face_detection_full_range")
        self.mesh = load("face_mesh_attention")
        self.objects = load("nanodet") if objects else None

    @staticmethod
    def letterbox(picture, side):
        height, width = picture.shape[:2]
        scale = side / max(height, width)
        small = cv2.resize(picture, (round(width * scale), round(height * scale)))
        square = numpy.zeros((side, side, 3), numpy.uint8)
        square[: small.shape[0], : small.shape[1]] = small
        return square[None], scale

    def look(self, jpeg):
        picture = decode(jpeg)
        square, scale = self.letterbox(picture, 192)
        boxes, scores = self.detector.run(["boxes", "scores"], {"image": square})
        best = int(scores[0, :, 0].argmax())
        if scores[0, best, 0] < 0:
            return False
        column, row = best % 48, best // 48
        box = boxes[0, best]
        center = ((box[0] + 4 * column + 2) / scale, (box[1] + 4 * row + 2) / scale)
        side = 1.5 * max(box[2], box[3]) / scale
        crop = cv2.getRectSubPix(picture, (int(side), int(side)), center)
        outputs = self.mesh.run(None, {"image": cv2.resize(crop, (192, 192))[None]})
        if self.objects is not None:
            self.objects.run(None, {"image": self.letterbox(picture, 416)[0]})
        return len(outputs) > 0


def main():
    kind, frames, models = sys.argv[1:4]
    objects = "objects" in sys.argv[4:]
    peer = MediaPipe() if kind == "mediapipe" else OnnxRuntime(models, objects)
    jpegs = files(frames)
    turn = 0
    print("ready", flush=True)
    for line in sys.stdin:
        count = int(line)
        found = 0
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(count):
            found += peer.look(jpegs[turn % len(jpegs)])
            turn += 1
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(f"{1000 * cpu / count:.4f} {1000 * wall / count:.4f} {found}", flush=True)


main()
