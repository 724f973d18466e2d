"""How pictures reach the models: the same few lines for original and converted models."""

import numpy as np
from PIL import Image


def read_bgr(path):
    return np.ascontiguousarray(np.asarray(Image.open(path).convert("RGB"))[:, :, ::-1])


def warp(picture, matrix, width, height):
    """Bilinear sampling; matrix maps output to picture coordinates, pixel centres at whole numbers, black outside."""
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float64)
    x = matrix[0][0] * xs + matrix[0][1] * ys + matrix[0][2]
    y = matrix[1][0] * xs + matrix[1][1] * ys + matrix[1][2]
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    total = np.zeros((height, width, 3))
    for dy in (0, 1):
        for dx in (0, 1):
            weight = (1 - np.abs(x - x0 - dx)) * (1 - np.abs(y - y0 - dy))
            inside = (x0 + dx >= 0) & (x0 + dx < picture.shape[1]) & (y0 + dy >= 0) & (y0 + dy < picture.shape[0])
            values = picture[np.clip(y0 + dy, 0, picture.shape[0] - 1), np.clip(x0 + dx, 0, picture.shape[1] - 1)]
            total += values * (weight * inside)[:, :, None]
    return np.rint(total).astype(np.uint8)


def letterbox(picture, width, height):
    """Returns the centred picture and (scale, left, top): model = picture * scale + offset."""
    h, w = picture.shape[:2]
    scale = min(width / w, height / h)
    left, top = (width - w * scale) / 2, (height - h * scale) / 2
    if scale < 0.5:
        # Point-sampling a large picture would alias: take means of whole blocks first.
        block = int(1 / scale)
        small = picture[:h // block * block, :w // block * block].astype(np.float64)
        small = small.reshape(h // block, block, w // block, block, 3).mean(axis=(1, 3))
        shift = (block - 1) / 2
        matrix = [[1 / scale / block, 0, (-left / scale - shift) / block],
                  [0, 1 / scale / block, (-top / scale - shift) / block]]
        return warp(small, matrix, width, height), (scale, left, top)
    return warp(picture, [[1 / scale, 0, -left / scale], [0, 1 / scale, -top / scale]], width, height), \
        (scale, left, top)


def face_region(box, left_to_right):
    """The mesh's region: 1.5 times the larger box side, turned so that the eyes are level."""
    x, y, w, h = box
    (ax, ay), (bx, by) = left_to_right
    return x + w / 2, y + h / 2, 1.5 * max(w, h), float(np.arctan2(by - ay, bx - ax))


def region_matrix(region, size):
    cx, cy, side, angle = region
    c, s = np.cos(angle) * side / size, np.sin(angle) * side / size
    return [[c, -s, cx - c * size / 2 + s * size / 2], [s, c, cy - s * size / 2 - c * size / 2]]


def to_picture(points, matrix):
    m = np.asarray(matrix)
    return points[:, :2] @ m[:, :2].T + m[:, 2]
