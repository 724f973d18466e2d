"""Builds dlib's face descriptor network from the 8-bit weights that face-api publishes; there is no graph to convert.

The residual network (29 convolutions) is written down here from its published description. Weights stay 8-bit in the
file: w = (byte - zero) * step, with one step for each output channel, because the per-channel scale that follows every
convolution is folded into it. onnxruntime works the constants out when it loads the model.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from surgery import OPSET

SIZE = 150
STAGES = (("conv32", 3), ("conv64", 3), ("conv128", 2), ("conv256", 2))


def weights(manifest):
    """Returns {name: (stored array, step, lowest value)}; the last two are None for plain arrays."""
    (group,) = json.loads(Path(manifest).read_text())
    data = b"".join((Path(manifest).parent / p).read_bytes() for p in group["paths"])
    found, at = {}, 0
    for w in group["weights"]:
        packed = w.get("quantization")
        stored = np.dtype(packed["dtype"] if packed else w["dtype"])
        size = int(np.prod(w["shape"]))
        value = np.frombuffer(data, stored, size, at).reshape(w["shape"])
        at += size * stored.itemsize
        found[w["name"]] = (value, packed["scale"], packed["min"]) if packed else (value, None, None)
    if at != len(data):
        raise ValueError("weights do not fill the file")
    return found


def plain(entry):
    value, step, lowest = entry
    return value.astype(np.float64) if step is None else value.astype(np.float64) * step + lowest


class Builder:
    def __init__(self, entries):
        self.entries, self.nodes, self.constants, self.count = entries, [], [], 0

    def constant(self, value):
        self.count += 1
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), f"k{self.count}"))
        return f"k{self.count}"

    def add(self, op, inputs, output=None, **attributes):
        self.count += 1
        output = output or f"v{self.count}"
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output

    def conv(self, x, name, stride=1, pad=1, rows=slice(None), whole=False):
        """Convolution with the scale and shift behind it; `rows` picks output channels, `whole` stores floats."""
        stored, step, lowest = self.entries[f"{name}/conv/filters"]
        factor = plain(self.entries[f"{name}/scale/weights"])[rows]
        bias = plain(self.entries[f"{name}/conv/bias"])[rows] * factor + plain(self.entries[f"{name}/scale/biases"])[rows]
        stored = stored.transpose(3, 2, 0, 1)[rows]
        if whole or step is None:
            filters = self.constant((plain((stored, step, lowest)) * factor[:, None, None, None]).astype(np.float32))
        else:
            zero = -lowest / step
            if abs(zero - round(zero)) > 1e-3:
                raise ValueError(f"{name}: zero does not lie on a step")
            raised = self.add("Sub", [self.add("Cast", [self.constant(stored)], to=TensorProto.FLOAT),
                                      self.constant(np.float32(round(zero)))])
            steps = (factor * step).astype(np.float32)[:, None, None, None]
            filters = self.add("Mul", [raised, self.constant(steps)])
        return self.add("Conv", [x, filters, self.constant(bias.astype(np.float32))], strides=[stride] * 2,
                        pads=[pad] * 4, kernel_shape=list(stored.shape[2:]))

    def relu(self, x):
        return self.add("Relu", [x])

    def keep(self, x, name):
        y = self.conv(self.relu(self.conv(x, f"{name}/conv1")), f"{name}/conv2")
        return self.relu(self.add("Add", [x, y]))

    def halve(self, x, name, size):
        """The shortcut is a mean of 2x2; channels and rows that one side lacks count as zeros."""
        shape = self.entries[f"{name}/conv1/conv/filters"][0].shape
        y = self.relu(self.conv(x, f"{name}/conv1", stride=2, pad=0))
        shortcut = self.add("AveragePool", [x], kernel_shape=[2, 2], strides=[2, 2])
        short, long = (size - 3) // 2 + 1, size // 2
        parts = []
        for rows in (slice(0, shape[2]), slice(shape[2], shape[3])):
            if rows.start == rows.stop:
                continue
            part = self.conv(y, f"{name}/conv2", rows=rows)
            if short < long:
                edges = np.array([0, 0, 0, 0, 0, 0, long - short, long - short], np.int64)
                part = self.add("Pad", [part, self.constant(edges)])
            if rows.start == 0:
                part = self.add("Add", [part, shortcut])
            parts.append(self.relu(part))
        return (self.add("Concat", parts, axis=1) if len(parts) > 1 else parts[0]), long


def model(manifest):
    """The network on a planar, normalised picture: (v - mean) / 256, red first."""
    b = Builder(weights(manifest))
    x = b.relu(b.conv("planes", "conv32_down", stride=2, pad=0, whole=True))
    x = b.add("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2])
    size = ((SIZE - 7) // 2 + 1 - 3) // 2 + 1
    for stage, blocks in STAGES:
        if stage != "conv32":
            x, size = b.halve(x, f"{stage}_down", size)
        for i in range(1, blocks + 1):
            x = b.keep(x, f"{stage}_{i}")
    x, size = b.halve(x, "conv256_down_out", size)
    x = b.add("Flatten", [b.add("GlobalAveragePool", [x])])
    stored, step, lowest = b.entries["fc"]
    raised = b.add("Sub", [b.add("Cast", [b.constant(stored)], to=TensorProto.FLOAT),
                           b.constant(np.float32(round(-lowest / step)))])
    b.add("MatMul", [x, b.add("Mul", [raised, b.constant(np.float32(step))])], "embedding")
    graph = helper.make_graph(
        b.nodes, "face_recognition",
        [helper.make_tensor_value_info("planes", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 128])], b.constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    made.ir_version = 8
    onnx.checker.check_model(made, full_check=True)
    return made
