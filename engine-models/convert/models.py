"""What each model is made from, and how its plain conversion is rewritten."""

from dataclasses import dataclass
from typing import Callable

import numpy as np
from onnx import TensorProto, helper

import calibration
import quantise
import surgery
import twins
from sources import FACE_API, FACE_DETECTION, HUMAN_MODELS, MEDIAPIPE, Package
from surgery import attribute

APACHE = "Apache-2.0"


@dataclass(frozen=True)
class Spec:
    id: str
    package: Package
    path: str
    licence: str
    normalisation: str
    outputs: dict
    rewrite: Callable
    # The sides it was trained at, of a model that takes any.
    sides: tuple = None
    quantise: Callable = None
    # What the model states of its outputs, where sides are open: names in the place of the lengths at `sides`.
    open_outputs: dict = None


def common(g, smallest_split=0):
    surgery.binary_sums(g)
    surgery.pull_out_of_nhwc(g)
    surgery.bias_into_conv(g)
    surgery.pads_into_windows(g)
    surgery.channel_pads_to_blocks(g, smallest_split=smallest_split)
    surgery.halving_resizes_to_pools(g)


def planar_input(g):
    """The tensor behind the converter's own transposition of the picture to planes."""
    (name,) = g.inputs
    (first,) = g.users(name)
    return first.output[0] if first.op_type == "Transpose" else name


# -- face detectors -------------------------------------------------------------------------------------------
def face_detector(size, boxes, scores):
    def rewrite(g):
        g.rename(boxes, "boxes")
        g.rename(scores, "scores")
        common(g)
        surgery.take_bgr_bytes(g, planar_input(g), size, size, [127.5] * 3, [1 / 127.5] * 3, "RGB")
    return rewrite


# -- mesh -----------------------------------------------------------------------------------------------------
def face_mesh(g):
    g.rename("output_mesh_identity", "mesh")
    g.rename("conv_faceflag", "face_flag")
    # The source names sides as a viewer sees an unmirrored picture; here they are the subject's own.
    for theirs, ours in (("left", "right"), ("right", "left")):
        g.rename(f"output_{theirs}_iris:0", f"{ours}_iris")
        g.rename(f"output_{theirs}_eye:0", f"{ours}_eye")
    g.keep_outputs(["mesh", "left_iris", "right_iris", "left_eye", "right_eye", "face_flag"])
    share_bilinear_gathers(g)
    final_shapes(g, {"mesh": [1, 468, 3], "left_iris": [1, 5, 2], "right_iris": [1, 5, 2],
                     "left_eye": [1, 71, 2], "right_eye": [1, 71, 2], "face_flag": [1, 1]})
    # What is joined below must not be split before: planes of the eyes are at most 8x8 where they grow wider.
    common(g, smallest_split=9)
    g.refresh_shapes()
    twins.join_eyes(g, ("right_iris", "left_iris"), ("right_eye", "left_eye"))
    surgery.prelus_to_blocked(g)
    surgery.take_bgr_bytes(g, planar_input(g), 192, 192, [0] * 3, [1 / 255] * 3, "RGB")


def final_shapes(g, shapes):
    for name, shape in shapes.items():
        node = g.producer(name)
        if node.op_type != "Reshape":
            raise ValueError(name)
        node.input[1] = g.constant(np.array(shape, np.int64), "shape")
        g.shapes[name] = shape


def share_bilinear_gathers(g):
    """Four GatherND, each with its own index arithmetic and weights, become one Gather and one weighted sum.

    The source package's re-creation of the sampling takes whole numbers for pixel centres where MediaPipe's
    own operator has them at halves; its eye points are off by 0.3 to 1 % of the eyes' distance for that. Here
    the grid is moved to centres and back, which brings the difference from MediaPipe to 0.01 % (see the card).
    """
    for total in [n for n in g.nodes if n.op_type == "Sum" and len(n.input) == 4]:
        gathers = [g.producer(t) for m in total.input for t in g.producer(m).input]
        gathers = [n for n in gathers if n.op_type == "GatherND"]
        if len(gathers) != 4:
            raise ValueError("unexpected sampling pattern")
        features = gathers[0].input[0]
        coordinates = upstream(g, gathers[0].input[1], "Floor").input[0]
        indices = g.producer(g.producer(gathers[0].input[1]).input[0])
        row = g.producer(g.producer(indices.input[1]).input[0])
        row_axis = int(g.constants[row.input[1]][-1])
        _, height, width, channels = g.shapes[features]
        _, rows, columns, _ = g.shapes[total.output[0]]
        points = rows * columns
        new = []

        def add(op, *inputs, output=None, **attributes):
            inputs = [t if isinstance(t, str) else g.constant(t) for t in inputs]
            new.append(g.make(op, inputs, output, **attributes))
            return new[-1].output[0]

        def ints(*values):
            return np.array(values, np.int64)

        y, x = row_axis, 1 - row_axis
        # Corners in the order (y0,x0) (y0,x1) (y1,x0) (y1,x1).
        pick_y, pick_x = np.zeros((2, 4), np.float32), np.zeros((2, 4), np.float32)
        pick_y[y], pick_x[x] = [-1, -1, 1, 1], [-1, 1, -1, 1]
        base_y, base_x = np.float32([[1, 1, 0, 0]]), np.float32([[1, 0, 1, 0]])
        to_index = np.zeros((4, 4), np.float32)
        to_index[y], to_index[x] = [width, width, 0, 0], [1, 0, 1, 0]
        to_index[2 + y], to_index[2 + x] = [0, 0, width, width], [0, 1, 0, 1]
        last = np.float32(width - 1)
        if height != width:
            raise ValueError("features must be square")
        plus = g.producer(coordinates)
        product = next(p for p in map(g.producer, plus.input) if p is not None and p.op_type == "MatMul")
        grid = g.constants[product.input[0]].astype(np.float32)
        if grid.shape != (1, rows, columns, 2) or grid[0, 0, 1].tolist() != [1, 0]:
            raise ValueError("unexpected sampling grid")
        product.input[0] = g.constant(grid + np.float32(0.5), "grid")
        at = add("Sub", add("Reshape", coordinates, ints(points, 2)), np.float32(0.5))
        whole = add("Floor", at)
        fraction = add("Sub", at, whole)
        weights = add("Mul", add("Gemm", fraction, pick_y, base_y), add("Gemm", fraction, pick_x, base_x))
        low = add("Clip", whole, np.float32(0), last)
        high = add("Min", add("Add", low, np.float32(1)), last)
        corners = add("Cast", add("MatMul", add("Concat", low, high, axis=1), to_index), to=7)
        table = add("Reshape", features, ints(height * width, channels))
        values = add("Gather", table, corners, axis=0)
        summed = add("MatMul", add("Reshape", weights, ints(points, 1, 4)), values)
        add("Reshape", summed, ints(1, rows, columns, channels), output=total.output[0])
        # The converter's layout islands start at a Transpose to NHWC; this one does the same job from NHWC.
        nhwc = g.fresh("sampled")
        new[-1].output[0] = nhwc
        planar = add("Transpose", nhwc, perm=surgery.TO_NCHW)
        add("Transpose", planar, output=total.output[0], perm=surgery.TO_NHWC)
        g.replace(total, new)
        g.prune()


def upstream(g, tensor, op):
    seen, front = set(), [tensor]
    while front:
        n = g.producer(front.pop(0))
        if n is None or id(n) in seen:
            continue
        if n.op_type == op:
            return n
        seen.add(id(n))
        front.extend(n.input)
    raise ValueError(f"no {op} above {tensor}")


# -- objects --------------------------------------------------------------------------------------------------
NANODET_STRIDES = {8: ("Identity:0", "Identity_3:0"), 16: ("Identity_1:0", "Identity_4:0"),
                   32: ("Identity_2:0", "Identity_5:0")}


def nanodet(g):
    for stride, (scores, distances) in NANODET_STRIDES.items():
        cells = (416 // stride) ** 2
        for name, tensor, channels in ((f"scores_{stride}", scores, 80), (f"dist_{stride}", distances, 44)):
            transpose = g.producer(tensor)
            reshape = g.producer(transpose.input[0])
            reshape.input[1] = g.constant(np.array([1, channels, cells], np.int64), "shape")
            g.rename(tensor, name)
            g.shapes[reshape.output[0]] = [1, channels, cells]
            g.shapes[name] = [1, cells, channels]
    g.prune()
    common(g)
    for stride in NANODET_STRIDES:
        rows_of_cells(g, stride)
    mean, std = [103.53, 116.28, 123.675], [57.375, 57.12, 58.395]
    surgery.take_bgr_bytes(g, planar_input(g), 416, 416, mean, [1 / s for s in std], "BGR")


def rows_of_cells(g, stride):
    """The last 1x1 convolution becomes a product of rows of cells, so that nothing is transposed and any size goes."""
    scores, distances = f"scores_{stride}", f"dist_{stride}"
    sigmoid = g.producer(g.producer(g.producer(scores).input[0]).input[0])
    conv = g.producer(g.producer(sigmoid.input[0]).input[0])
    if (sigmoid.op_type, conv.op_type) != ("Sigmoid", "Conv"):
        raise ValueError("unexpected head")
    weights = g.constants[conv.input[1]].astype(np.float32)
    rows = g.make("Transpose", [conv.input[0]], perm=surgery.TO_NHWC)
    cells = g.make("Reshape", [rows.output[0], g.constant(np.array([1, -1, weights.shape[1]], np.int64), "shape")])
    product = g.make("MatMul", [cells.output[0], g.constant(np.ascontiguousarray(weights[:, :, 0, 0].T))])
    sums = g.make("Add", [product.output[0], g.constant(g.constants[conv.input[2]].astype(np.float32))])
    logits = g.fresh("logits")
    split = helper.make_node("Split", [sums.output[0], g.constant(np.array([80, 44], np.int64))],
                             [logits, distances], axis=-1)
    for old in (g.producer(scores), g.producer(distances)):
        g.nodes.remove(old)
    g.nodes += [rows, cells, product, sums, split, g.make("Sigmoid", [logits], scores)]
    g.prune()


def nanodet_bytes(g, cache, keep=None):
    outputs = {f"{kind}_{s}": [1, f"cells_{s}", channels]
               for s in NANODET_STRIDES for kind, channels in (("scores", 80), ("dist", 44))}
    inputs = {"image": (TensorProto.UINT8, [1, "height", "width", 3])}
    # 114 lies within eleven grey values of the three means: it matters in a border of one pixel.
    return quantise.detector(g, calibration.pictures(cache, 416), inputs, outputs, 114, keep)


# Classes kept of COCO's 80: person, backpack, handbag, bottle, cup, chair, tv, laptop, mouse, remote, keyboard,
# cell phone, microwave, book, clock, scissors. Sixteen is what one block of channels costs anyway.
CENTERNET_CLASSES = [0, 24, 26, 39, 41, 56, 62, 63, 64, 65, 66, 67, 68, 73, 74, 76]


def centernet(g):
    """Keeps the network and replaces the search for the hundred best peaks by two planar outputs."""
    scores = g.producer(g.producer("tower_0/keypoints").input[0])
    sizes = g.producer(g.producer("tower_0/wh").input[0])
    if (scores.op_type, sizes.op_type) != ("Sigmoid", "Mul"):
        raise ValueError("unexpected heads")
    heat = scores.output[0]
    g.keep_outputs([heat, sizes.output[0]])
    g.rename(sizes.output[0], "boxes")
    head = g.producer(scores.input[0])
    for i in (1, 2):
        head.input[i] = g.constant(np.ascontiguousarray(g.constants[head.input[i]][CENTERNET_CLASSES]), "head")
    best = g.make("MaxPool", [heat], kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    peak = g.make("Equal", [heat, best.output[0]])
    mask = g.make("Cast", [peak.output[0]], to=1)
    g.nodes += [best, peak, mask, g.make("Mul", [heat, mask.output[0]], "scores")]
    g.outputs = ["boxes", "scores"]
    g.shapes[heat] = g.shapes["scores"] = [1, len(CENTERNET_CLASSES), *g.shapes["boxes"][2:]]
    surgery.drop_idle_reshapes(g)
    surgery.hard_sigmoids(g)
    common(g)
    surgery.align_bottlenecks(g)
    surgery.take_bgr_bytes(g, planar_input(g), "height", "width", [0] * 3, [1] * 3, "RGB")


# -- identity -------------------------------------------------------------------------------------------------
def face_recognition(g):
    # Blue, green, red.
    surgery.take_bgr_bytes(g, "planes", 150, 150, [104.298, 117.001, 122.782], [1 / 256] * 3, "RGB")


SPECS = [
    Spec("face_detection_full_range", FACE_DETECTION, "package/face_detection_full_range.tflite", APACHE,
         "none outside: the graph computes v / 127.5 - 1",
         {"boxes": [1, 2304, 16], "scores": [1, 2304, 1]},
         face_detector(192, "reshaped_regressor_face_4", "reshaped_classifier_face_4")),
    Spec("face_detection_short_range", MEDIAPIPE, "mediapipe/modules/face_detection/face_detection_short_range.tflite",
         APACHE, "none outside: the graph computes v / 127.5 - 1",
         {"boxes": [1, 896, 16], "scores": [1, 896, 1]},
         face_detector(128, "regressors", "classificators")),
    Spec("face_mesh_attention", HUMAN_MODELS, "package/models/facemesh-attention-pinto.json", APACHE,
         "none outside: the graph computes v / 255",
         {"mesh": [1, 468, 3], "face_flag": [1, 1], "irises": [2, 5, 2], "eyes": [2, 71, 2]},
         face_mesh),
    Spec("nanodet", HUMAN_MODELS, "package/models/nanodet.json", APACHE,
         "none outside: the graph computes (v - mean) / std with mean 103.53 116.28 123.675 "
         "and std 57.375 57.12 58.395 for blue green red",
         {**{f"scores_{s}": [1, (416 // s) ** 2, 80] for s in (8, 16, 32)},
          **{f"dist_{s}": [1, (416 // s) ** 2, 44] for s in (8, 16, 32)}},
         nanodet, (416, 416), nanodet_bytes),
    Spec("centernet", HUMAN_MODELS, "package/models/centernet.json", "MIT",
         "none outside: the first convolution contains it",
         {"boxes": [1, 4, 128, 128], "scores": [1, len(CENTERNET_CLASSES), 128, 128]},
         centernet, (512, 512),
         open_outputs={"boxes": [1, 4, "rows", "columns"], "scores": [1, len(CENTERNET_CLASSES), "rows", "columns"]}),
    Spec("face_recognition", FACE_API, "package/model/face_recognition_model-weights_manifest.json", "CC0-1.0",
         "none outside: the graph computes (v - mean) / 256 with mean 104.298 117.001 122.782 for blue green red",
         {"embedding": [1, 128]},
         face_recognition),
]
