"""How well detectors tell phones on labelled pictures and clips: best score of a frame, one run on the whole picture.

    INVIGIL_DATA=FOLDER python phones.py                           the committed nanodet
    INVIGIL_DATA=FOLDER python phones.py --nanodet A.onnx B.onnx   several, say an older one first

The folder holds labels_images.json and labels_clips.json, and what they name; clips are looked at twice a second. A
frame's word is s * s / (s + r) of its best phone, as the engine weighs it: the score s times its share against the
best score r of anything else there. Needs opencv (requirements-parity.txt).
"""

import argparse
import json
import os
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from pictures import letterbox, read_bgr

RESOURCES = Path(__file__).resolve().parent.parent / "src/main/resources/io/invigil/models"
SIDE, STEP, PHONE, PERSON, ASKED = 416, 32, 67, 0, 0.05
# Within this time of a label's change either answer is right.
UNSURE_S = 0.6
LOOKS_A_SECOND = 2


def frames(folder):
    """Yields (source, picture, phones)."""
    for image in json.loads((folder / "labels_images.json").read_text()):
        yield "stills", read_bgr(folder / image["file"]), image["phones"]
    for clip in json.loads((folder / "labels_clips.json").read_text()):
        video = cv2.VideoCapture(str(folder / clip["file"]))
        rate, next_s, index = video.get(cv2.CAP_PROP_FPS), 0.0, 0
        while True:
            more, picture = video.read()
            if not more:
                break
            at, index = index / rate, index + 1
            if at + 1e-6 < next_s:
                continue
            next_s += 1 / LOOKS_A_SECOND
            for part in clip["intervals"]:
                if part["start"] + UNSURE_S <= at < part["end"] - UNSURE_S and part.get("camera", "ok") == "ok":
                    yield Path(clip["file"]).stem, picture, part.get("phones", 0)
        video.release()


class Detector:
    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.square = isinstance(self.session.get_inputs()[0].shape[1], int)
        self.outputs = [f"scores_{s}" for s in (8, 16, 32)]

    def word(self, picture):
        height, width = picture.shape[:2]
        scale = SIDE / max(height, width)
        fit = [SIDE if self.square else -(-max(1, round(side * scale)) // STEP) * STEP for side in (width, height)]
        small, _ = letterbox(picture, *fit)
        scores = np.concatenate([o[0] for o in self.session.run(self.outputs, {"image": small[None]})])
        phone = scores[:, PHONE].copy()
        scores[:, [PHONE, PERSON]] = 0
        return float((phone * phone / np.maximum(phone + scores.max(axis=1), 1e-9)).max())


def average_precision(words, truth):
    order = np.argsort(-words, kind="stable")
    hits = np.cumsum(truth[order])
    return float((hits / np.arange(1, len(hits) + 1))[truth[order]].mean())


def report(path, words, truth, sources):
    negative = np.sort(words[~truth])[::-1]
    print(f"\n{path}: {len(words)} frames, {truth.sum()} with a phone")
    print(f"  average precision {average_precision(words, truth):.3f}; asked about (from {ASKED}): "
          f"{(words[truth] >= ASKED).mean():.3f} of frames with a phone, {(negative >= ASKED).mean():.3f} of the others")
    for share in (0.01, 0.05):
        limit = negative[int(len(negative) * share)]
        found = words > limit
        precision = (found & truth).sum() / max(1, found.sum())
        print(f"  threshold {limit:.3f}, passed by {share:.0%} of the others: recall {found[truth].mean():.3f}, "
              f"precision {precision:.3f}")
    for source in dict.fromkeys(s for s, t in zip(sources, truth) if t):
        here = np.array([s == source for s in sources])
        print(f"  {source}: best word with a phone, median {np.median(words[here & truth]):.3f}"
              + (f"; without, 95th percentile {np.percentile(words[here & ~truth], 95):.3f}"
                 if (here & ~truth).any() else ""))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--nanodet", nargs="+", default=[str(RESOURCES / "nanodet.onnx")])
    options = arguments.parse_args()
    if "INVIGIL_DATA" not in os.environ:
        raise SystemExit("INVIGIL_DATA must name the folder with the labelled pictures and clips")
    detectors = [Detector(p) for p in options.nanodet]
    words, truth, sources = [[] for _ in detectors], [], []
    for source, picture, phones in frames(Path(os.environ["INVIGIL_DATA"])):
        for own, detector in zip(words, detectors):
            own.append(detector.word(picture))
        truth.append(phones > 0)
        sources.append(source)
    for path, own in zip(options.nanodet, words):
        report(path, np.array(own), np.array(truth), sources)


if __name__ == "__main__":
    main()
