"""Puts branches of a graph that compute the same with other weights side by side, so that one node does the work of two or four.

The mesh has a branch for each eye, and each ends in one part for the iris and one for the outline: four times the
same steps on planes of 2x2 to 16x16 cells, where a node's own cost is more than its arithmetic. Convolutions beside each
other are one grouped convolution, so every output is the sum of the same products in the same order as before: to the last bit.
"""

import numpy as np

import surgery
from surgery import attribute

BLOCK = 16


class Twins:
    def __init__(self, g):
        self.g = g
        self.done = {}
        self.tables = {}

    # -- planes: N times [1,C,H,W] becomes [1,N*C,H,W] --------------------------------------------------------
    def planes(self, tensors):
        if tensors not in self.done:
            self.done[tensors] = self._planes(tensors)
        return self.done[tensors]

    def _planes(self, tensors):
        g = self.g
        period = next(p for p in range(1, len(tensors) + 1) if tensors == tensors[:p] * (len(tensors) // p))
        if period < len(tensors):
            return self._add("Concat", [self.planes(tensors[:period])] * (len(tensors) // period), axis=1)
        nodes = self._alike(tensors)
        op = nodes[0].op_type
        if op == "Transpose":
            return self._planes_of_rows(nodes)
        if op == "Conv":
            return self._conv(nodes)
        if op == "PRelu":
            slopes = np.concatenate([g.constants[n.input[1]].reshape(-1, 1, 1) for n in nodes])
            return self._add(op, [self.planes(_inputs(nodes, 0)), g.constant(slopes, "slope")])
        if op in ("Add", "Relu", "MaxPool"):
            joined = self._add(op, [self.planes(_inputs(nodes, i)) for i in range(len(nodes[0].input))])
            g.producer(joined).attribute.extend(nodes[0].attribute)
            return joined
        raise ValueError(f"{op} between planes")

    def _conv(self, nodes, outputs=None):
        """One convolution in as many groups; of each group's outputs the last may be padding."""
        g = self.g
        depthwise = attribute(nodes[0], "group", 1) > 1
        weights = []
        for i in range(1, len(nodes[0].input)):
            values = [g.constants[n.input[i]] for n in nodes]
            if outputs:
                values = [np.pad(v, [(0, outputs - len(v))] + [(0, 0)] * (v.ndim - 1)) for v in values]
            weights.append(g.constant(np.concatenate(values), "twins"))
        joined = self._add("Conv", [self.planes(_inputs(nodes, 0)), *weights])
        new = g.producer(joined)
        new.attribute.extend(nodes[0].attribute)
        surgery.set_attribute(new, "group", sum(attribute(n, "group", 1) for n in nodes) if depthwise else len(nodes))
        return joined

    def _planes_of_rows(self, nodes):
        """N sampled pictures [1,H,W,C]."""
        g = self.g
        if attribute(nodes[0], "perm") != surgery.TO_NCHW:
            raise ValueError("unexpected transposition")
        _, height, width, channels = g.shapes[nodes[0].input[0]]
        planes = self._add("Transpose", [self.rows(_inputs(nodes, 0))], perm=surgery.TO_NCHW)
        return self._add("Reshape", [planes, self._ints(1, len(nodes) * channels, height, width)])

    # -- rows: N times [1,...] or [k,...] becomes [N,...] or [N*k,...] ---------------------------------------
    def rows(self, tensors):
        if tensors not in self.done:
            self.done[tensors] = self._rows(tensors)
        return self.done[tensors]

    def _rows(self, tensors):
        g = self.g
        if len(set(tensors)) == 1:
            return tensors[0]
        nodes = self._alike(tensors)
        op, data = nodes[0].op_type, nodes[0].input[0]
        if all(self._same(_inputs(nodes, i)) for i in range(len(nodes[0].input))):
            return tensors[0]
        if op in ("Slice", "Gather") and all(n.input[0] == data for n in nodes):
            return self._add("Gather", [self._table(data), g.constant(np.stack([self._picked(n) for n in nodes]))], axis=0)
        inputs = []
        for i, t in enumerate(nodes[0].input):
            value = g.constants.get(t)
            if value is None:
                inputs.append(self.rows(_inputs(nodes, i)))
            elif not self._same(_inputs(nodes, i)):
                raise ValueError(f"other constants in {op}")
            elif op == "Reshape":
                inputs.append(self._ints(len(nodes) * value[0], *value[1:]))
            elif op == "Concat":
                inputs.append(g.constant(np.repeat(value, len(nodes), 0)))
            else:
                inputs.append(t)
        if op == "MatMul" and nodes[0].input[0] in g.constants and g.constants[nodes[0].input[0]].ndim == 4:
            inputs[1] = self._add("Reshape", [inputs[1], self._ints(len(nodes), 1, *g.shapes[nodes[0].input[1]][1:])])
        joined = self._add(op, inputs)
        g.producer(joined).attribute.extend(nodes[0].attribute)
        return joined

    def _same(self, tensors):
        values = [self.g.constants.get(t) for t in tensors]
        return len(set(tensors)) == 1 or all(v is not None and np.array_equal(v, values[0]) for v in values)

    def _picked(self, node):
        """The rows that a node takes from [1,rows,2]."""
        g = self.g
        if node.op_type == "Gather":
            return g.constants[node.input[1]].astype(np.int64)
        start, end = (g.constants[t].tolist() for t in node.input[1:3])
        if end[1] != start[1] + 1:
            raise ValueError("a slice of more than one row")
        return np.int64([start[1]])

    def _table(self, tensor):
        if tensor not in self.tables:
            self.tables[tensor] = self._add("Reshape", [tensor, self._ints(*self.g.shapes[tensor][1:])])
        return self.tables[tensor]

    # -- both -------------------------------------------------------------------------------------------------
    def heads(self, tensors, width):
        """N times [1,k,2] out of a convolution [1,2k,1,1], k at most the width, becomes [N,width,2]."""
        g = self.g
        convs = self._alike(tuple(n.input[0] for n in self._alike(tensors)))
        joined = self._conv(convs, 2 * width)
        return self._add("Reshape", [joined, self._ints(len(tensors), width, 2)])

    def _alike(self, tensors):
        nodes = [self.g.producer(t) for t in tensors]
        first = nodes[0]
        settings = [sorted((a.SerializeToString() for a in n.attribute)) for n in nodes]
        if any(n.op_type != first.op_type or s != settings[0] for n, s in zip(nodes, settings)):
            raise ValueError(f"not alike: {[n.op_type for n in nodes]}")
        return nodes

    def _add(self, op, inputs, **attributes):
        node = self.g.make(op, inputs, **attributes)
        self.g.nodes.append(node)
        return node.output[0]

    def _ints(self, *values):
        return self.g.constant(np.array(values, np.int64), "ints")


def _inputs(nodes, i):
    return tuple(n.input[i] for n in nodes)


def join_eyes(g, irises, outlines):
    """Both eyes' outputs, the right one's name first, become 'irises' and 'eyes', with an axis for the eye in front."""
    names = (*irises, *outlines)
    twins = Twins(g)
    adds = [g.producer(g.producer(t).input[0]) for t in names]
    products = [g.producer(n.input[0]) for n in adds]
    counts = [g.shapes[n.output[0]][1] for n in products]
    width = -(-max(counts) * 2 // BLOCK) * BLOCK // 2
    points = twins.heads(_inputs(products, 0), width)
    points = twins._add("Reshape", [points, twins._ints(2, 2, width, 2)])
    turned = twins._add("MatMul", [points, twins.rows(_inputs(products[:2], 1))])
    moved = twins._add("Add", [turned, twins.rows(_inputs(adds[:2], 1))])
    for kind, (name, count) in enumerate((("irises", counts[0]), ("eyes", counts[2]))):
        one = twins._add("Slice", [moved, twins._ints(kind, 0), twins._ints(kind + 1, count), twins._ints(0, 2)])
        g.nodes.append(g.make("Reshape", [one, twins._ints(2, count, 2)], name))
        g.shapes[name] = [2, count, 2]
    g.outputs = [t for t in g.outputs if t not in names] + ["irises", "eyes"]
    g.prune()
    g.refresh_shapes()
