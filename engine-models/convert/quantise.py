"""Eight-bit convolutions for a detector: ranges measured on pictures, written as QuantizeLinear/DequantizeLinear pairs.

Activations are unsigned bytes with one scale and zero point a tensor, weights signed bytes with one scale a channel,
sums and biases 32-bit integers. What comes last, the layers that name classes and sides, stays in single precision.
The same pictures and versions give the same file.
"""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import surgery
from surgery import attribute

BINS = 2048
# Processors without eight-bit dot products add pairs of products in sixteen bits, which 255 x 127 twice exceeds: the
# engine sets session.x64quantprecision there, by which onnxruntime takes a slower way. Weights of seven bits would do
# without it, but cost phones a tenth of their score.
LARGEST_WEIGHT = 127
MOVING = ("Concat", "MaxPool", "Resize", "Transpose", "Reshape")
# Clipping is tried down to this share of the range that was seen, in as many steps.
SMALLEST_SHARE, STEPS = 0.3, 22


class Range:
    """How the values of one tensor are spread."""

    def __init__(self):
        self.low, self.high = 0.0, 0.0
        self.counts = None

    def widen(self, values):
        self.low, self.high = min(self.low, float(values.min())), max(self.high, float(values.max()))

    def count(self, values):
        if self.counts is None:
            self.counts = np.zeros(BINS, np.int64)
        self.counts += np.histogram(values, BINS, (self.low, max(self.high, self.low + 1e-6)))[0]

    def join(self, other):
        """The range that holds both, for tensors that share one scale."""
        joined = Range()
        joined.low, joined.high = min(self.low, other.low), max(self.high, other.high)
        joined.counts = np.zeros(BINS, np.int64)
        for part in (self, other):
            at = (part.centres() - joined.low) / max(joined.high - joined.low, 1e-6) * BINS
            np.add.at(joined.counts, np.clip(at.astype(int), 0, BINS - 1), part.counts)
        return joined

    def centres(self):
        return self.low + (np.arange(BINS) + 0.5) * (max(self.high, self.low + 1e-6) - self.low) / BINS

    def scale_and_zero(self, slope=1.0):
        """The scale and zero point with the least mean squared error, clipping at either end included.

        The error is counted as it arrives behind a leaky activation that scales what is below zero by slope.
        """
        centres, best = self.centres(), None
        for low in np.unique(self.low * np.linspace(0 if slope < 1 else SMALLEST_SHARE, 1, STEPS)):
            for high in np.unique(self.high * np.linspace(SMALLEST_SHARE, 1, STEPS)):
                scale = max(high - low, 1e-6) / 255
                zero = int(np.clip(round(-low / scale), 0, 255))
                error = (np.clip(np.rint(centres / scale) + zero, 0, 255) - zero) * scale
                error = np.where(error < 0, slope * error, error) - np.where(centres < 0, slope * centres, centres)
                error = float((self.counts * error ** 2).sum())
                if best is None or error < best[0]:
                    best = (error, scale, zero)
        return np.float32(best[1]), np.uint8(best[2])


# -- the network as it lies before ----------------------------------------------------------------------------
def bytes_in_fours(g, zero):
    """Undoes take_bgr_bytes: the picture stays bytes, and the first convolution takes four pixels of a row as one.

    Twelve bytes side by side are twelve channels, and the two columns of sums that fall on them are two sets of
    channels: eight-bit kernels are several times faster on such than on three channels. A border is filled with one
    number instead of each channel's mean; it must be near all three. Returns the convolution and its activation.
    """
    (name,) = g.inputs
    (row,) = g.users(name)
    (cast,) = g.users(row.output[0])
    (minus,) = g.users(cast.output[0])
    (conv,) = g.users(minus.output[0])
    (activation,) = g.users(conv.output[0])
    if [n.op_type for n in (row, cast, minus, conv)] != ["Reshape", "Cast", "Sub", "Conv"]:
        raise ValueError("unexpected input")
    mean = g.constants[minus.input[1]].reshape(-1)[:3]
    kernel = g.constants[conv.input[1]].astype(np.float32)
    outputs = len(kernel)
    kernel = kernel.reshape(outputs, 3, 3, 3).transpose(0, 3, 1, 2)  # outputs, colours, rows, columns
    if attribute(conv, "strides") != [2, 6]:
        raise ValueError("unexpected stride")
    bias = g.constants[conv.input[2]] + (kernel.sum(axis=(2, 3)) * (zero - mean)).sum(axis=1)
    wide = np.zeros((2, outputs, 4, 3, 3, 2), np.float32)  # column, outputs, pixels, colours, rows, fours
    for column in range(2):
        for x in range(3):
            pixel = 2 * column + x - 1
            wide[column, :, pixel % 4, :, :, 1 + pixel // 4] = kernel[:, :, :, x]
    wide = wide.reshape(2 * outputs, 12, 3, 2)
    fours = g.make("Reshape", [name, g.constant(np.array([0, 0, -1, 12], np.int64), "shape")])
    planes = g.make("Transpose", [fours.output[0]], perm=surgery.TO_NCHW)
    values = g.make("Cast", [planes.output[0]], to=TensorProto.FLOAT)
    less = g.make("Sub", [values.output[0], g.constant(np.float32(zero), "zero")])
    first = g.make("Conv", [less.output[0], g.constant(wide), g.constant(np.tile(bias, 2).astype(np.float32))],
                   kernel_shape=[3, 2], pads=[1, 1, 1, 0], strides=[2, 1])
    active = g.make(activation.op_type, [first.output[0]])
    active.attribute.extend(activation.attribute)
    rows = g.make("Transpose", [active.output[0]], perm=surgery.TO_NHWC)
    apart = g.make("Reshape", [rows.output[0], g.constant(np.array([0, 0, -1, outputs], np.int64), "shape")])
    back = g.make("Transpose", [apart.output[0]], activation.output[0], perm=surgery.TO_NCHW)
    for old in (row, cast, minus, conv):
        g.nodes.remove(old)
    g.replace(activation, [fours, planes, values, less, first, active, rows, apart, back])
    g.prune()
    return first


def widen_weights(g):
    """Constants that the file keeps in half precision become what they stand for."""
    for n in list(g.nodes):
        if n.op_type == "Cast" and n.input[0] in g.constants:
            g.constants[n.output[0]] = g.constants[n.input[0]].astype(np.float32)
            g.nodes.remove(n)
    g.prune()


# -- measuring ------------------------------------------------------------------------------------------------
def session(model_bytes):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(model_bytes, options, providers=["CPUExecutionProvider"])


def measure(model_bytes, tensors, pictures):
    model = session(model_bytes)
    ranges = {t: Range() for t in tensors}
    for turn in ("widen", "count"):
        for picture in pictures:
            for t, values in zip(tensors, model.run(list(tensors), {"image": picture[None]})):
                getattr(ranges[t], turn)(values)
    return ranges


def peaks(model_bytes, tensors, pictures):
    """The largest value of each channel of planar tensors."""
    model, best = session(model_bytes), {}
    for picture in pictures:
        for t, values in zip(tensors, model.run(list(tensors), {"image": picture[None]})):
            best[t] = np.maximum(best.get(t, 0), np.abs(values).max(axis=(0, 2, 3)))
    return best


# -- evening out ----------------------------------------------------------------------------------------------
def channels(g, tensor):
    """How many channels a planar tensor has."""
    n = g.producer(tensor)
    if n.op_type == "Conv":
        return len(g.constants[n.input[1]])
    return sum(channels(g, t) for t in n.input) if n.op_type == "Concat" else channels(g, n.input[0])


def readers(g, tensor, offset=0):
    """The convolutions that read a tensor's channels, each with the first channel's place; None if others do too."""
    found = []
    for n in g.users(tensor):
        if n.op_type == "Conv":
            found.append((n, offset))
            continue
        if n.op_type == "Concat":
            before = sum(channels(g, t) for t in n.input[:list(n.input).index(tensor)])
            more = readers(g, n.output[0], offset + before)
        elif n.op_type in ("LeakyRelu", "MaxPool"):
            more = readers(g, n.output[0], offset)
        else:
            return None
        if more is None:
            return None
        found += more
    return found


def equalise(g, peaks_of, strength):
    """Scales channels towards one range and the weights that read them back: the network computes the same.

    A leaky activation passes positive factors on, so a factor taken from a convolution's row can be given to the
    columns of those that read it. One scale a tensor then serves all its channels.
    """
    for n in [n for n in g.nodes if n.op_type == "Conv"]:
        active = [u for u in g.users(n.output[0])]
        if len(active) != 1 or active[0].op_type != "LeakyRelu":
            continue
        reading = readers(g, n.output[0])
        if not reading:
            continue
        peak = np.maximum(peaks_of[active[0].output[0]], 1e-3)
        factor = np.exp2(np.rint(np.log2(peak / peak.max()) * strength * 4) / 4).astype(np.float32)
        factor = np.maximum(factor, np.float32(1 / 16))
        rows = (-1, 1, 1, 1)
        n.input[1] = g.constant(g.constants[n.input[1]].astype(np.float32) / factor.reshape(rows))
        n.input[2] = g.constant(g.constants[n.input[2]].astype(np.float32) / factor)
        for reader, at in reading:
            weights = g.constants[reader.input[1]].astype(np.float32).copy()
            weights[:, at:at + len(factor)] *= factor.reshape(1, -1, 1, 1)
            reader.input[1] = g.constant(weights)
    g.prune()


# -- writing --------------------------------------------------------------------------------------------------
def weight_grid(weights):
    """Whole numbers and one scale a row."""
    rows = weights.reshape(len(weights), -1)
    scale = (np.maximum(np.abs(rows).max(axis=1), 1e-8) / LARGEST_WEIGHT).astype(np.float32)
    rounded = np.clip(np.rint(rows / scale[:, None]), -LARGEST_WEIGHT, LARGEST_WEIGHT)
    return rounded.astype(np.int8).reshape(weights.shape), scale


def quantise(g, first, zero, ranges):
    """Puts quantise-dequantise pairs on the measured tensors and on the weights of all convolutions."""
    grids, shared = {}, {}

    def root(t):
        while t in shared:
            t = shared[t]
        return t

    # Tensors that are only moved about keep one scale, so that moving stays copying.
    for n in g.nodes:
        if n.op_type in MOVING:
            for t in [i for i in n.input if i in ranges]:
                a, b = root(t), root(n.output[0])
                if a != b:
                    ranges[b] = ranges[b].join(ranges[a])
                    shared[a] = b
    for t in ranges:
        r = root(t)
        if r not in grids:
            users = [n for n in g.nodes if r in n.input]
            leaky = bool(users) and all(n.op_type == "LeakyRelu" for n in users)
            grids[r] = ranges[r].scale_and_zero(attribute(users[0], "alpha") if leaky else 1.0)
        grids[t] = grids[r]

    pairs = {}

    def pair(t):
        if t not in pairs:
            scale, at = g.constant(grids[t][0], "scale"), g.constant(grids[t][1], "zero")
            down = g.make("QuantizeLinear", [t, scale, at])
            up = g.make("DequantizeLinear", [down.output[0], scale, at])
            pairs[t] = (down, up)
        return pairs[t][1].output[0]

    for n in list(g.nodes):
        n.input[:] = [pair(t) if t in ranges else t for t in n.input]
        if n.op_type != "Conv":
            continue
        if n is first:
            scale_in = np.float32(1)
        else:
            scale_in = next(grids[t][0] for t in pairs if pairs[t][1].output[0] == n.input[0])
        weights = g.constants[n.input[1]].astype(np.float32)
        rounded, scale = weight_grid(weights)
        bias_scale = (scale * scale_in).astype(np.float32)
        bias = np.rint(g.constants[n.input[2]].astype(np.float64) / bias_scale).astype(np.int32)
        for i, (values, s, kind) in ((1, (rounded, scale, np.int8)), (2, (bias, bias_scale, np.int32))):
            up = g.make("DequantizeLinear", [g.constant(values), g.constant(s, "scale"),
                                             g.constant(np.zeros(len(s), kind), "zero")], axis=0)
            g.nodes.append(up)
            n.input[i] = up.output[0]
    g.nodes += [n for both in pairs.values() for n in both]

    # The picture is bytes already: its pair is the dequantising half alone.
    less = g.producer(first.input[0])
    cast = g.producer(less.input[0])
    up = g.make("DequantizeLinear", [cast.input[0], g.constant(np.float32(1), "scale"), g.constant(np.uint8(zero), "zero")],
                less.output[0])
    g.replace(less, [up])
    g.nodes.remove(cast)
    g.sort()
    g.prune()


# -- all of it ------------------------------------------------------------------------------------------------
def detector(g, pictures, inputs, outputs, zero, keep=None, strength=0.5):
    """Makes a detector with leaky activations, whose picture comes through take_bgr_bytes, an eight-bit one.

    inputs and outputs are the new model's, name to (type and) shape; pictures are of any of the sizes it takes, with
    sides divisible by 32. What follows the last convolution of an output stays in single precision. The same network
    all in single precision goes to the file keep, to be measured against.
    """
    (name,) = g.inputs
    g.sort()
    active = [n.output[0] for n in g.nodes if n.op_type == "LeakyRelu"]
    height, width = g.inputs[name][1][1:3]
    square = [np.pad(p, ((0, height - p.shape[0]), (0, width - p.shape[1]), (0, 0))) for p in pictures]
    equalise(g, peaks(to_bytes(g, g.inputs, {}, active), active, square), strength)
    first = bytes_in_fours(g, zero)
    g.inputs, g.outputs = inputs, list(outputs)
    g.sort()
    if keep is not None:
        keep.write_bytes(to_bytes(g, inputs, outputs, []))
    fours = g.producer(g.producer(g.producer(first.input[0]).input[0]).input[0])
    tensors = [n.output[0] for n in g.nodes if n.op_type in MEASURED and feeds_bytes(g, n.output[0])]
    tensors = [t for t in tensors if t not in (fours.output[0], fours.input[0])]
    quantise(g, first, zero, measure(to_bytes(g, inputs, outputs, tensors), tensors, pictures))
    return onnx.load_from_string(to_bytes(g, inputs, outputs, [], numbered=True))


MEASURED = ("Conv", "LeakyRelu", "Add", "AveragePool", *MOVING)


def feeds_bytes(g, tensor):
    """False for what comes behind the last layers' products."""
    n = g.producer(tensor)
    return n is None or n.op_type != "MatMul" and all(feeds_bytes(g, t) for t in n.input if t not in g.constants)


def to_bytes(g, inputs, outputs, more, numbered=False):
    if numbered:
        g.sort()
        g.number()
    tensors = [numpy_helper.from_array(np.asarray(v, order="C"), k) for k, v in g.constants.items()]
    ins = [helper.make_tensor_value_info(n, t, s) for n, (t, s) in inputs.items()]
    outs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in outputs.items()]
    outs += [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in more]
    graph = helper.make_graph(g.nodes, "nanodet", ins, outs, tensors)
    model = helper.make_model(graph, producer_name="invigil-convert",
                              opset_imports=[helper.make_opsetid("", surgery.OPSET)])
    model.ir_version = 8
    if numbered:
        onnx.checker.check_model(model)
    return model.SerializeToString()
