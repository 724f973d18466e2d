"""Pictures on which the ranges of eight-bit models are measured: photographs from published packages, none of them ours.

The portraits of engine-testdata (its PROVENANCE.md names their licences), and photographs that come with scikit-image
and scikit-learn. Each is taken whole and in parts, dimmer and brighter, with sensor noise, in four input shapes.
"""

from pathlib import Path

import numpy as np

import sources
from pictures import letterbox, read_bgr

FACES = Path(__file__).resolve().parents[2] / "engine-testdata/src/main/resources/io/invigil/testdata/faces"
PHOTOGRAPHS = {
    sources.SCIKIT_IMAGE: ["skimage/data/" + name for name in (
        "brick.png", "camera.png", "chelsea.png", "clock_motion.png", "coffee.png", "coins.png", "color.png",
        "motorcycle_left.png", "page.png", "rocket.jpg", "text.png")],
    sources.SCIKIT_LEARN: ["sklearn/datasets/images/china.jpg", "sklearn/datasets/images/flower.jpg"],
}
# Height and width over the longer side, and brightness.
SHAPES = (((8, 13), 1.0), ((10, 13), 0.7), ((13, 13), 1.2), ((13, 8), 0.5))
SMALLEST_PART = 0.4
NOISE = 2


def originals(cache):
    yield from (read_bgr(p) for p in sorted(FACES.iterdir()) if p.suffix in (".png", ".jpg"))
    for package, names in PHOTOGRAPHS.items():
        folder = sources.fetch(package, cache)
        yield from (read_bgr(folder / name) for name in names)


def pictures(cache, side):
    """Bytes [height, width, 3], blue first, longer side as given."""
    random = np.random.default_rng(7)
    made = []
    for picture in originals(cache):
        height, width = picture.shape[:2]
        for i, ((rows, columns), brightness) in enumerate(SHAPES):
            part = picture
            if i > 0:
                share = random.uniform(SMALLEST_PART, 1)
                h, w = int(height * share), int(width * share)
                y, x = random.integers(0, height - h + 1), random.integers(0, width - w + 1)
                part = picture[y:y + h, x:x + w]
            small, _ = letterbox(part, side * columns // 13, side * rows // 13)
            noisy = small * brightness + random.normal(0, NOISE, small.shape)
            made.append(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))
    return made
