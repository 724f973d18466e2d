"""Labels for `./invigil eval` and phones.py from folders in COCO's own format, for figures on pictures nothing was tuned on.

    python coco_stills.py OUT FOLDER...               FOLDER has annotations/instances_SPLIT.json and SPLIT/*.jpg
    python coco_stills.py OUT FOLDER... --others 4    of pictures without phone and book only every fourth

OUT gets labels_images.json, an empty labels_clips.json and links to the pictures. Only things are taken over: COCO tells
nothing of faces, and of persons not whether the face is in view, so that any number of either is accepted.
"""

import argparse
import json
from pathlib import Path

THINGS = ("cell phone", "book", "laptop", "remote")
ANY = {"faces": 0, "faces_min": 0, "faces_max": 99, "persons": 0, "persons_min": 0, "persons_max": 99,
       "gaze": "unknown", "head": "unknown", "spoof": "none", "tags": [], "kind": "real"}


def pictures(folder):
    """Yields (path, width, height, boxes by thing)."""
    for annotations in sorted((folder / "annotations").glob("instances_*.json")):
        split = annotations.stem.removeprefix("instances_")
        labels = json.loads(annotations.read_text())
        names = {c["id"]: c["name"] for c in labels["categories"]}
        boxes = {}
        for a in labels["annotations"]:
            if names[a["category_id"]] in THINGS:
                boxes.setdefault(a["image_id"], {}).setdefault(names[a["category_id"]], []).append(a["bbox"])
        for image in labels["images"]:
            path = folder / split / image["file_name"]
            if path.exists():
                yield path, image["width"], image["height"], boxes.get(image["id"], {})


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out", type=Path)
    arguments.add_argument("folders", type=Path, nargs="+")
    arguments.add_argument("--others", type=int, default=1)
    options = arguments.parse_args()
    images = options.out / "images"
    images.mkdir(parents=True, exist_ok=True)
    labels = {}
    for folder in options.folders:
        for path, width, height, boxes in pictures(folder):
            link = images / path.name
            if not link.exists():
                link.symlink_to(path.resolve())
            labels[path.name] = {"file": f"images/{path.name}", "width": width, "height": height, **ANY,
                                 "phones": len(boxes.get("cell phone", [])), "books": len(boxes.get("book", [])),
                                 "boxes": boxes}
    plain = [n for n in sorted(labels) if not labels[n]["phones"] and not labels[n]["books"]]
    for name in set(plain) - set(plain[::options.others]):
        del labels[name]
    (options.out / "labels_images.json").write_text(json.dumps([labels[n] for n in sorted(labels)], indent=1))
    (options.out / "labels_clips.json").write_text("[]\n")
    print(f"{len(labels)} pictures, {sum(i['phones'] > 0 for i in labels.values())} with a phone, "
          f"{sum(i['books'] > 0 for i in labels.values())} with a book")


if __name__ == "__main__":
    main()
