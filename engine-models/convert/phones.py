"""How well detectors tell things on labelled pictures and clips: best word of a frame, one run on the whole picture.

    INVIGIL_CLIPS=FOLDER python phones.py                           the committed nanodet
    INVIGIL_CLIPS=FOLDER python phones.py --models A.onnx B.onnx    several, say RAW/nanodet-single.onnx of convert.py --keep
    INVIGIL_CLIPS=FOLDER python phones.py --centernet               also the committed centernet, and the two together
    INVIGIL_CLIPS=FOLDER python phones.py --thing book              instead of phones, on the pictures

The folder holds labels_images.json, labels_clips.json where there are clips, and what they name; clips are looked at twice
a second. A frame's word is s * s / (s + r) of its best such thing, as the engine weighs it: the score s times its share
against the best score r of anything else there. Frames of one clip are much alike, so that the average precision of all
may hang on a single thing in a single background: it is printed without each source in turn, too. Needs opencv
(requirements-measure.txt).
"""

import argparse
import json
import os
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

import models
from pictures import letterbox, read_bgr

RESOURCES = Path(__file__).resolve().parent.parent / "src/main/resources/io/invigil/models"
SIDE, STEP, PERSON, ASKED = 416, 32, 0, 0.05
# COCO's class, and what the labels call it.
THINGS = {"phone": (67, "phones"), "book": (73, "books")}
CENTERNET_SIDE, CENTERNET_REACH = 384, 2
# Within this time of a label's change either answer is right.
UNSURE_S = 0.6
LOOKS_A_SECOND = 2


def frames(folder, label):
    """Yields (source, picture, how many there are)."""
    for image in json.loads((folder / "labels_images.json").read_text()):
        yield "stills", read_bgr(folder / image["file"]), image[label]
    clips = folder / "labels_clips.json"
    if label != "phones" or not clips.exists():
        return
    for clip in json.loads(clips.read_text()):
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


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def word(score, rival):
    return score * score / np.maximum(score + rival, 1e-9)


def whole(picture, side, square=False):
    """The whole picture with its longer side so long, and bars up to the next multiple of STEP only."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    fit = [side if square else -(-max(1, round(length * scale)) // STEP) * STEP for length in (width, height)]
    return letterbox(picture, *fit)[0][None]


class NanoDet:
    def __init__(self, path, thing):
        self.session, self.thing = session(path), thing
        self.square = isinstance(self.session.get_inputs()[0].shape[1], int)
        self.outputs = [f"scores_{s}" for s in (8, 16, 32)]

    def word(self, picture):
        inputs = {"image": whole(picture, SIDE, self.square)}
        scores = np.concatenate([o[0] for o in self.session.run(self.outputs, inputs)])
        own = scores[:, self.thing].copy()
        scores[:, [self.thing, PERSON]] = 0
        return float(word(own, scores.max(axis=1)).max())


class CenterNet:
    """On the whole picture, as the engine shows it."""

    def __init__(self, path, thing):
        self.session = session(path)
        self.plane = models.CENTERNET_CLASSES.index(thing)

    def word(self, picture):
        scores = self.session.run(["scores"], {"image": whole(picture, CENTERNET_SIDE)})[0][0]
        own = scores[self.plane].copy()
        scores[[self.plane, models.CENTERNET_CLASSES.index(PERSON)]] = 0
        near = np.ones((2 * CENTERNET_REACH + 1,) * 2, np.uint8)
        return float(word(own, cv2.dilate(scores.max(axis=0), near)).max())


def average_precision(words, truth):
    order = np.argsort(-words, kind="stable")
    hits = np.cumsum(truth[order])
    return float((hits / np.arange(1, len(hits) + 1))[truth[order]].mean())


def report(name, words, truth, sources):
    negative = np.sort(words[~truth])[::-1]
    print(f"\n{name}: {len(words)} frames, {truth.sum()} with")
    print(f"  average precision {average_precision(words, truth):.3f}; asked about (from {ASKED}): "
          f"{(words[truth] >= ASKED).mean():.3f} of frames with, {(negative >= ASKED).mean():.3f} of those without")
    for share in (0.01, 0.05):
        limit = negative[int(len(negative) * share)]
        found = words > limit
        precision = (found & truth).sum() / max(1, found.sum())
        print(f"  threshold {limit:.3f}, passed by {share:.0%} of those without: recall {found[truth].mean():.3f}, "
              f"precision {precision:.3f}")
    names = list(dict.fromkeys(sources))
    if len(names) > 1:
        without = {n: average_precision(words[sources != n], truth[sources != n]) for n in names
                   if truth[sources != n].any()}
        most = max(without, key=without.get)
        least = min(without, key=without.get)
        print(f"  average precision without {most} {without[most]:.3f}, without {least} {without[least]:.3f}, "
              f"without any other in between")
    for source in names:
        here = sources == source
        if (here & truth).any():
            print(f"  {source}: with, median {np.median(words[here & truth]):.3f}"
                  + (f"; without, 95th percentile {np.percentile(words[here & ~truth], 95):.3f}"
                     if (here & ~truth).any() else ""))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--models", nargs="+", default=[str(RESOURCES / "nanodet.onnx")])
    arguments.add_argument("--centernet", action="store_true")
    arguments.add_argument("--thing", choices=THINGS, default="phone")
    options = arguments.parse_args()
    if "INVIGIL_CLIPS" not in os.environ:
        raise SystemExit("INVIGIL_CLIPS must name the folder with the labelled pictures and clips")
    thing, label = THINGS[options.thing]
    names = list(options.models)
    detectors = [NanoDet(p, thing) for p in names]
    if options.centernet:
        names.append("centernet")
        detectors.append(CenterNet(RESOURCES / "centernet.onnx", thing))
    words, truth, sources = [], [], []
    for source, picture, count in frames(Path(os.environ["INVIGIL_CLIPS"]), label):
        words.append([detector.word(picture) for detector in detectors])
        truth.append(count > 0)
        sources.append(source)
    words, truth, sources = np.array(words), np.array(truth), np.array(sources)
    for i, name in enumerate(names):
        report(name, words[:, i], truth, sources)
    if options.centernet:
        report("root of the first times centernet", np.sqrt(words[:, 0] * words[:, -1]), truth, sources)


if __name__ == "__main__":
    main()
