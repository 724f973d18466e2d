"""Runs a TensorFlow.js graph model with TensorFlow's own kernels, one operation after another.

It shares no code with the conversion, so that it can serve as the original to compare with.
"""

import base64
import inspect
import json
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import op_def_registry


class TfjsGraph:
    def __init__(self, path):
        document = json.loads(Path(path).read_text())
        self.nodes = {n["name"]: n for n in document["modelTopology"]["node"]}
        self.weights = {}
        for group in document["weightsManifest"]:
            data = b"".join((Path(path).parent / p).read_bytes() for p in group["paths"])
            at = 0
            for w in group["weights"]:
                stored = np.dtype(w.get("quantization", w)["dtype"])
                size = int(np.prod(w["shape"], dtype=np.int64))
                value = np.frombuffer(data, stored, size, at).reshape(w["shape"])
                at += size * stored.itemsize
                node = self.nodes.get(w["name"])
                kind = tf.as_dtype(getattr(tf.dtypes, node["attr"]["dtype"]["type"][3:].lower())
                                   if node["attr"]["dtype"]["type"] != "DT_FLOAT" else tf.float32)
                self.weights[w["name"]] = tf.constant(value.astype(kind.as_numpy_dtype))
            if at != len(data):
                raise ValueError("weights do not fill the file")

    def run(self, feeds, outputs):
        values = {k: [tf.constant(v)] for k, v in feeds.items()}
        for name in outputs:
            self._evaluate(name, values)
        return [values[name][0].numpy() for name in outputs]

    def _evaluate(self, root, values):
        stack = [root]
        while stack:
            name = stack[-1]
            if name in values:
                stack.pop()
                continue
            node = self.nodes[name]
            inputs = [i.split(":") for i in node.get("input", []) if not i.startswith("^")]
            missing = [i[0] for i in inputs if i[0] not in values]
            if missing:
                stack.extend(missing)
                continue
            result = self._call(node, [values[i[0]][int(i[1]) if len(i) > 1 else 0] for i in inputs])
            values[name] = list(result) if isinstance(result, (list, tuple)) else [result]
            stack.pop()

    def _call(self, node, inputs):
        op, attributes = node["op"], {k: _decode(v) for k, v in node.get("attr", {}).items()}
        if op == "Const":
            return self.weights[node["name"]]
        if op == "Prelu":
            return tf.maximum(inputs[0], 0) + inputs[1] * tf.minimum(inputs[0], 0)
        if op in ("_FusedConv2D", "FusedDepthwiseConv2dNative"):
            plain = tf.raw_ops.Conv2D if op == "_FusedConv2D" else tf.raw_ops.DepthwiseConv2dNative
            value = plain(input=inputs[0], filter=inputs[1], strides=attributes["strides"],
                          padding=attributes["padding"], dilations=attributes["dilations"])
            for fused in attributes["fused_ops"]:
                value = tf.nn.bias_add(value, inputs[2]) if fused == b"BiasAdd" else \
                    {b"Relu": tf.nn.relu, b"Relu6": tf.nn.relu6}[fused](value)
            return value
        if op == "SparseToDense" and inputs[0].dtype != inputs[1].dtype:
            inputs[1] = tf.cast(inputs[1], inputs[0].dtype)
        function = getattr(tf.raw_ops, op)
        # Python renames some arguments but keeps the definition's order, inputs first.
        declared, accepted = op_def_registry.get(op).input_arg, list(inspect.signature(function).parameters)
        arguments, at = {}, 0
        for key, argument in zip(accepted, declared):
            count = len(inputs) - len(declared) + 1 if argument.number_attr else 1
            arguments[key] = inputs[at:at + count] if argument.number_attr else inputs[at]
            at += count
        for key, value in attributes.items():
            if key in accepted and key not in arguments:
                arguments[key] = value
        return function(**arguments)


def _decode(attribute):
    if "list" in attribute:
        items = attribute["list"]
        if "i" in items:
            return [int(i) for i in items["i"]]
        return [base64.b64decode(s) for s in items.get("s", [])]
    if "i" in attribute:
        return int(attribute["i"])
    if "s" in attribute:
        return base64.b64decode(attribute["s"])
    if "f" in attribute:
        return float(attribute["f"])
    if "b" in attribute:
        return attribute["b"]
    if "type" in attribute:
        return getattr(tf, attribute["type"][3:].lower().replace("float", "float32"), None)
    return attribute
