"""Small rewriting steps on static-shape ONNX graphs.

Each step keeps the function that the graph computes; what may differ is the rounding of single-precision
arithmetic. The aim of most of them is that onnxruntime can keep the whole convolutional part in its blocked
(NCHWc) layout: an operator which that layout lacks (PRelu, channel Pad, Resize by a half) costs two reorders.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference

OPSET = 17


class Graph:
    def __init__(self, model):
        model = shape_inference.infer_shapes(model)
        self.nodes = list(model.graph.node)
        self.constants = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
        self.inputs = {i.name: (i.type.tensor_type.elem_type, _shape(i)) for i in model.graph.input}
        self.outputs = [o.name for o in model.graph.output]
        self.shapes = {v.name: _shape(v)
                       for v in [*model.graph.value_info, *model.graph.output, *model.graph.input]}
        self.counter = 0

    # -- access ---------------------------------------------------------------------------------------------
    def producer(self, tensor):
        return next((n for n in self.nodes if tensor in n.output), None)

    def users(self, tensor):
        return [n for n in self.nodes if tensor in n.input]

    def fresh(self, stem):
        self.counter += 1
        return f"{stem}_{self.counter}"

    def constant(self, value, stem="c"):
        name = self.fresh(stem)
        self.constants[name] = np.asarray(value)
        return name

    def make(self, op, inputs, output=None, **attributes):
        output = output or self.fresh(op.lower())
        return helper.make_node(op, inputs, [output], **attributes)

    def replace(self, old, new_nodes):
        """Puts new nodes where a node stood; the last of them must produce the old node's output name."""
        at = next(i for i, n in enumerate(self.nodes) if n is old)
        self.nodes[at:at + 1] = new_nodes

    def rename(self, old, new):
        for n in self.nodes:
            n.input[:] = [new if t == old else t for t in n.input]
            n.output[:] = [new if t == old else t for t in n.output]
        self.outputs = [new if t == old else t for t in self.outputs]
        if old in self.shapes:
            self.shapes[new] = self.shapes.pop(old)
        if old in self.inputs:
            self.inputs[new] = self.inputs.pop(old)

    def redirect(self, old, new):
        """Makes the users of one tensor read another."""
        for n in self.nodes:
            n.input[:] = [new if t == old else t for t in n.input]
        self.outputs = [new if t == old else t for t in self.outputs]

    def keep_outputs(self, names):
        self.outputs = list(names)
        self.prune()

    def prune(self):
        needed, kept = set(self.outputs), []
        for n in reversed(self.nodes):
            if any(t in needed for t in n.output):
                needed.update(n.input)
                kept.append(n)
        self.nodes = kept[::-1]
        self.constants = {k: v for k, v in self.constants.items() if k in needed}

    def sort(self):
        """Depth-first from the outputs: an order that follows from the structure alone."""
        producers = {t: n for n in self.nodes for t in n.output}
        ordered, done, stack = [], set(), [(producers[t], False) for t in reversed(self.outputs)]
        while stack:
            node, ready = stack.pop()
            if id(node) in done:
                continue
            if ready:
                done.add(id(node))
                ordered.append(node)
                continue
            stack.append((node, True))
            stack.extend((producers[t], False) for t in reversed(node.input) if t in producers)
        self.nodes = ordered

    def number(self):
        """Names tensors by position, because the converter's own names differ from run to run."""
        fixed = set(self.inputs) | set(self.outputs) | {""}
        names = {}
        for node in self.nodes:
            node.name = ""
            for t in [*node.input, *node.output]:
                if t not in fixed and t not in names:
                    names[t] = f"{'c' if t in self.constants else 't'}{len(names)}"
            node.input[:] = [names.get(t, t) for t in node.input]
            node.output[:] = [names.get(t, t) for t in node.output]
            attributes = sorted(node.attribute, key=lambda a: a.name)
            del node.attribute[:]
            node.attribute.extend(attributes)
        self.constants = {new: self.constants[old] for old, new in names.items() if old in self.constants}
        self.shapes = {names.get(t, t): s for t, s in self.shapes.items()}

    def refresh_shapes(self):
        model = shape_inference.infer_shapes(self.to_model("shapes", half_weights=False), strict_mode=True)
        self.shapes = {v.name: _shape(v)
                       for v in [*model.graph.value_info, *model.graph.output, *model.graph.input]}

    # -- writing --------------------------------------------------------------------------------------------
    def to_model(self, name, half_weights=True, output_shapes=None):
        """half_weights stores each float32 constant that float16 holds exactly as float16 plus a Cast."""
        self.prune()
        self.sort()
        self.number()
        casts, tensors = [], []
        for key, value in self.constants.items():
            half = value.astype(np.float16) if value.dtype == np.float32 and value.size >= 64 else None
            if half_weights and half is not None and np.array_equal(half.astype(np.float32), value):
                tensors.append(numpy_helper.from_array(half, key + "_f16"))
                casts.append(helper.make_node("Cast", [key + "_f16"], [key], to=TensorProto.FLOAT))
            else:
                tensors.append(numpy_helper.from_array(np.ascontiguousarray(value), key))
        inputs = [helper.make_tensor_value_info(n, t, s) for n, (t, s) in self.inputs.items()]
        outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT,
                                                 (output_shapes or self.shapes).get(n)) for n in self.outputs]
        graph = helper.make_graph(casts + self.nodes, name, inputs, outputs, tensors)
        model = helper.make_model(graph, producer_name="invigil-convert",
                                  opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 8
        onnx.checker.check_model(model, full_check=True)
        return model


def _shape(value_info):
    return [d.dim_value for d in value_info.type.tensor_type.shape.dim]


def attribute(node, name, default=None):
    return next((helper.get_attribute_value(a) for a in node.attribute if a.name == name), default)


def set_attribute(node, name, value):
    kept = [a for a in node.attribute if a.name != name]
    del node.attribute[:]
    node.attribute.extend(kept + [helper.make_attribute(name, value)])


# -- layout ---------------------------------------------------------------------------------------------------
TO_NCHW, TO_NHWC = [0, 3, 1, 2], [0, 2, 3, 1]


def pull_out_of_nhwc(g):
    """Rewrites element-wise islands that work on NHWC tensors between two Transposes to work on NCHW."""
    nchw = {}
    for n in list(g.nodes):
        if n.op_type == "Transpose" and attribute(n, "perm") == TO_NHWC:
            nchw[n.output[0]] = n.input[0]
        elif n.op_type == "Transpose" and attribute(n, "perm") == TO_NCHW and n.input[0] in nchw:
            g.redirect(n.output[0], nchw[n.input[0]])
        elif n.op_type in ("Sum", "Add", "PRelu") and any(t in nchw for t in n.input) and \
                all(t in nchw or t in g.constants for t in n.input):
            inputs = []
            for t in n.input:
                if t in nchw:
                    inputs.append(nchw[t])
                else:
                    c = g.constants[t]
                    if c.size != c.shape[-1]:
                        raise ValueError("constant is not per channel")
                    shape = (-1, 1, 1) if n.op_type == "PRelu" else (1, -1, 1, 1)
                    inputs.append(g.constant(c.reshape(shape), "perchannel"))
            twin = g.make(n.op_type, inputs)
            g.nodes.insert(next(i for i, m in enumerate(g.nodes) if m is n), twin)
            nchw[n.output[0]] = twin.output[0]
    g.prune()


def binary_sums(g):
    """Sum of two is Add."""
    for n in g.nodes:
        if n.op_type == "Sum" and len(n.input) == 2:
            n.op_type = "Add"


def bias_into_conv(g):
    """(x + conv(y)) + b  ->  x + conv(y; bias b), where the convolution has one user."""
    for n in list(g.nodes):
        if n.op_type != "Add" or not any(t in g.constants for t in n.input):
            continue
        data, bias = n.input if n.input[1] in g.constants else (n.input[1], n.input[0])
        b = g.constants[bias]
        if b.size == 1 or b.ndim != 4 or b.size != b.shape[1]:
            continue
        conv = _sole_conv(g, data)
        if conv is None:
            continue
        total = b.reshape(-1)
        if len(conv.input) == 3:
            total = total + g.constants[conv.input[2]]
        conv.input[:] = [conv.input[0], conv.input[1], g.constant(total.astype(np.float32), "bias")]
        g.nodes.remove(n)
        g.redirect(n.output[0], data)
    g.prune()


def _sole_conv(g, tensor):
    """The convolution that feeds a tensor directly or as one term of an addition, if nothing else reads it."""
    n = g.producer(tensor)
    if n is None or len(g.users(tensor)) != 1:
        return None
    if n.op_type == "Conv":
        return n
    if n.op_type == "Add":
        for t in n.input:
            p = g.producer(t)
            if p is not None and p.op_type == "Conv" and len(g.users(t)) == 1:
                return p
    return None


def pads_into_windows(g):
    """Spatial zero Pad before Conv, and -infinity-like Pad before MaxPool, become the operator's own padding."""
    for n in list(g.nodes):
        if n.op_type != "Pad" or attribute(n, "mode", b"constant") != b"constant":
            continue
        p = g.constants[n.input[1]].tolist()
        if len(p) != 8 or any(p[i] for i in (0, 1, 4, 5)):
            continue
        value = float(g.constants[n.input[2]]) if len(n.input) > 2 and n.input[2] else 0.0
        wanted = "Conv" if value == 0 else "MaxPool" if value < -1e4 else None
        users = g.users(n.output[0])
        if not users or any(u.op_type != wanted for u in users):
            continue
        for u in users:
            old = attribute(u, "pads") or [0, 0, 0, 0]
            if attribute(u, "auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
                raise ValueError("unexpected auto_pad")
            set_attribute(u, "auto_pad", "NOTSET")
            set_attribute(u, "pads", [o + q for o, q in zip(old, (p[2], p[3], p[6], p[7]))])
            u.input[0] = n.input[0]
    g.prune()


def channel_pads_to_blocks(g, block=16, smallest_split=0):
    """pad(x) + conv(y), where pad appends zero channels: the kept channels add x, the new ones need nothing.

    Where both parts are whole blocks the convolution is split and joined by a Concat, which stays blocked, and
    a Relu moves into both parts. Other counts, and planes with a side below smallest_split, take a 1x1 convolution with an
    identity on top instead of the Pad.
    """
    for n in list(g.nodes):
        if n.op_type != "Pad":
            continue
        p = g.constants[n.input[1]].tolist()
        if len(p) != 8 or any(p[i] for i in (0, 1, 2, 3, 4, 6, 7)) or p[5] == 0:
            continue
        channels = g.shapes[n.input[0]][1]
        side = min(g.shapes[n.input[0]][2:])
        if channels % block == 0 and p[5] % block == 0 and side >= smallest_split and _split_widening(g, n, channels):
            continue
        weights = np.eye(channels + p[5], channels, dtype=np.float32)[:, :, None, None]
        conv = g.make("Conv", [n.input[0], g.constant(weights, "widen")], n.output[0], kernel_shape=[1, 1])
        g.replace(n, [conv])
        for add in g.users(n.output[0]):
            # The runtime lets an addition's first convolution take up the second's values: y, as where it is split.
            if side < smallest_split and add.op_type == "Add" and add.input[0] == n.output[0]:
                add.input[:] = [add.input[1], add.input[0]]
    g.prune()


def _split_widening(g, pad, channels):
    users = g.users(pad.output[0])
    if len(users) != 1 or users[0].op_type != "Add":
        return False
    add = users[0]
    other = add.input[1] if add.input[0] == pad.output[0] else add.input[0]
    conv = g.producer(other)
    if conv is None or conv.op_type != "Conv" or len(g.users(other)) != 1 or attribute(conv, "group", 1) != 1:
        return False
    after = g.users(add.output[0])
    last = after[0] if len(after) == 1 and after[0].op_type == "Relu" else add
    parts, new = [], []
    for rows in (slice(0, channels), slice(channels, None)):
        inputs = [conv.input[0]] + [g.constant(np.ascontiguousarray(g.constants[t][rows]), "part")
                                    for t in conv.input[1:]]
        part = g.make("Conv", inputs)
        part.attribute.extend(conv.attribute)
        new.append(part)
        if rows.start == 0:
            new.append(g.make("Add", [new[-1].output[0], pad.input[0]]))
        if last is not add:
            new.append(g.make("Relu", [new[-1].output[0]]))
        parts.append(new[-1].output[0])
    new.append(g.make("Concat", parts, last.output[0], axis=1))
    g.replace(last, new)
    for old in (pad, conv, add):
        g.nodes = [n for n in g.nodes if n is not old]
    return True


def halving_resizes_to_pools(g):
    """Linear half-pixel Resize by exactly one half is the mean of each 2x2 block."""
    for n in list(g.nodes):
        if n.op_type != "Resize" or attribute(n, "mode") != b"linear":
            continue
        before, after = g.shapes[n.input[0]], g.shapes[n.output[0]]
        if before[2] == 2 * after[2] and before[3] == 2 * after[3] and \
                attribute(n, "coordinate_transformation_mode") == b"half_pixel":
            g.replace(n, [g.make("AveragePool", [n.input[0]], n.output[0], kernel_shape=[2, 2], strides=[2, 2])])
    g.prune()


def prelus_to_blocked(g, min_size=2):
    """PRelu(x; a) = x + (1 - a) relu(-x), written with two per-channel 1x1 convolutions.

    Both convolutions, the Relu and the addition exist in onnxruntime's blocked layout; PRelu does not.
    """
    for n in list(g.nodes):
        if n.op_type != "PRelu":
            continue
        x, shape = n.input[0], g.shapes[n.input[0]]
        if shape[2] < min_size:
            continue
        c = shape[1]
        slope = np.broadcast_to(g.constants[n.input[1]].reshape(-1), (c,)).astype(np.float32)
        minus = g.make("Conv", [x, g.constant(np.full((c, 1, 1, 1), -1, np.float32), "minus")],
                       group=c, kernel_shape=[1, 1])
        relu = g.make("Relu", [minus.output[0]])
        scale = g.make("Conv", [relu.output[0], g.constant((1 - slope).reshape(c, 1, 1, 1), "slope")],
                       group=c, kernel_shape=[1, 1])
        g.replace(n, [minus, relu, scale, g.make("Add", [scale.output[0], x], n.output[0])])
    g.prune()


# -- MobileNetV3 blocks ---------------------------------------------------------------------------------------
def drop_idle_reshapes(g):
    for n in list(g.nodes):
        if n.op_type == "Reshape" and n.output[0] not in g.outputs and \
                g.shapes.get(n.input[0]) == g.shapes.get(n.output[0]):
            g.nodes.remove(n)
            g.redirect(n.output[0], n.input[0])
    g.prune()


def hard_sigmoids(g):
    """clip(x + 3, 0, 6) times a sixth is HardSigmoid; the sixth may sit on either factor of a hard swish.

    Half-precision sources hold the sixth as 0.16663; the exact value is put back (a change of 0.02 %).
    """
    for clip in [n for n in g.nodes if n.op_type == "Clip"]:
        shift = g.producer(clip.input[0])
        low, high = (float(g.constants[t]) for t in clip.input[1:])
        if shift is None or shift.op_type != "Add" or (low, high) != (0.0, 6.0):
            continue
        x = next(t for t in shift.input if t not in g.constants)
        if float(g.constants[next(t for t in shift.input if t in g.constants)].reshape(-1)[0]) != 3.0:
            continue
        (product,) = g.users(clip.output[0])
        gate = g.make("HardSigmoid", [x], alpha=1 / 6, beta=0.5)
        if _is_sixth(g, product):
            g.replace(clip, [gate])
            g.redirect(product.output[0], gate.output[0])
            continue
        scaled = next(t for t in product.input if t != clip.output[0])
        if not _is_sixth(g, g.producer(scaled)):
            raise ValueError("not a hard swish")
        g.replace(clip, [gate])
        g.replace(product, [g.make("Mul", [x, gate.output[0]], product.output[0])])
    g.prune()


def _is_sixth(g, node):
    return node.op_type == "Mul" and any(
        t in g.constants and g.constants[t].size == 1 and abs(float(g.constants[t].reshape(-1)[0]) - 1 / 6) < 1e-3
        for t in node.input)


def align_bottlenecks(g, block=16):
    """conv -> (relu) -> depthwise conv -> conv: the inner channels are filled up to whole blocks with zeros."""
    for n in list(g.nodes):
        group = attribute(n, "group", 1) if n.op_type == "Conv" else 1
        if group == 1 or group % block == 0 or g.constants[n.input[1]].shape[1] != 1:
            continue
        first = g.producer(n.input[0])
        if first is not None and first.op_type == "Relu":
            first = g.producer(first.input[0])
        tensors = [first.output[0] if first is not None else "", n.input[0], n.output[0]]
        after = g.users(n.output[0])
        if len(after) == 1 and after[0].op_type == "Relu":
            tensors.append(after[0].output[0])
            after = g.users(after[0].output[0])
        if first is None or first.op_type != "Conv" or len(after) != 1 or after[0].op_type != "Conv" or \
                attribute(first, "group", 1) != 1 or attribute(after[0], "group", 1) != 1 or \
                any(len(g.users(t)) != 1 for t in tensors):
            continue
        extra = -group % block
        for node, axis in ((first, 0), (n, 0), (after[0], 1)):
            for i, t in enumerate(node.input[1:]):
                if i == 1 and axis == 1:
                    continue
                value = g.constants[t]
                pad = [(0, extra if a == axis else 0) for a in range(value.ndim)]
                node.input[1 + i] = g.constant(np.pad(value, pad), "aligned")
        set_attribute(n, "group", group + extra)
    g.prune()


# -- the picture input ----------------------------------------------------------------------------------------
def take_bgr_bytes(g, tensor, height, width, mean_bgr, scale_bgr, source_order):
    """Makes the graph read 'image': uint8 [1,H,W,3], blue first, as a packed picture lies in memory.

    (v - mean) * scale is the network's own normalisation. The scale goes into the first convolution's
    weights; the mean is subtracted, because the convolution's padding must stay zero after normalisation.
    A picture HxWx3 read as one plane of H x 3W lets a convolution with three times the kernel width and
    stride do what a transposition to planes and an ordinary convolution would: no transposition is left.
    `tensor` is the planar [1,3,H,W] tensor that the first convolution reads. Sides that are names stay open;
    there must be one mean of all then.
    """
    users = g.users(tensor)
    if len(users) != 1 or users[0].op_type != "Conv":
        raise ValueError("the picture must feed one convolution")
    conv = users[0]
    w = g.constants[conv.input[1]].astype(np.float64)
    if source_order == "RGB":
        w = w[:, ::-1]
    elif source_order != "BGR":
        raise ValueError(source_order)
    w = w * np.asarray(scale_bgr, np.float64)[None, :, None, None]
    out, _, kh, kw = w.shape
    flat = np.ascontiguousarray(w.transpose(0, 2, 3, 1)).reshape(out, 1, kh, kw * 3).astype(np.float32)
    top, left, bottom, right = attribute(conv, "pads") or [0, 0, 0, 0]
    sy, sx = attribute(conv, "strides")
    g.inputs = {"image": (TensorProto.UINT8, [1, height, width, 3])}
    if isinstance(height, str):
        rows = g.make("Reshape", ["image", g.constant(np.array([1, 0, -1], np.int64), "rows")])
        plane = g.make("Unsqueeze", [rows.output[0], g.constant(np.array([1], np.int64), "axis")])
        new = [rows, plane]
    else:
        plane = g.make("Reshape", ["image", g.constant(np.array([1, 1, height, width * 3], np.int64), "plane")])
        new = [plane]
    floats = g.make("Cast", [plane.output[0]], to=TensorProto.FLOAT)
    new, data = [*new, floats], floats.output[0]
    if any(mean_bgr):
        if len(set(mean_bgr)) == 1:
            row = np.float32(mean_bgr[0])
        else:
            row = np.tile(np.asarray(mean_bgr, np.float32), width).reshape(1, 1, 1, -1)
        new.append(g.make("Sub", [data, g.constant(row, "mean")]))
        data = new[-1].output[0]
    inputs = [data, g.constant(flat, "first"), *conv.input[2:]]
    new.append(g.make("Conv", inputs, conv.output[0], kernel_shape=[kh, kw * 3], strides=[sy, sx * 3],
                      pads=[top, left * 3, bottom, right * 3]))
    g.replace(conv, new)
    g.prune()
