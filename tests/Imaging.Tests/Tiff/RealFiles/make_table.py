#!/usr/bin/python3
"""Writes real-files.tsv: what each TIFF in shared/data/tiff holds, by readers that are not ours.

Usage: make_table.py [FOLDER], with FOLDER by default ../shared/data/tiff beside the repository. Needs Debian's
python3-tifffile and libtiff-tools, and nothing of this project.

Axes come from tifffile (OME, ImageJ) or from the rule for plain files: pages are slices, samples are channels. Pixels come
from tifffile; where its Debian build lacks a codec, from what libtiff's tiffcp makes of the page uncompressed, or, for
colour spaces, from tiff2rgba. Samples that do not fill bytes are unpacked here. The column "reader" says which.
The checksum is the first 16 hex digits of the SHA-256 of the little-endian pixels in T, C, Z, Y, X order.
"""
from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy
import tifffile

HERE = Path(__file__).resolve().parent
COLUMNS = ["file", "t", "c", "z", "y", "x", "type", "sha256", "reader", "error", "reason"]

# What is not read: a part of the message, and why. Everything else must have a checksum.
REFUSED = {
    "image-tiff/fuzz_images_oor_panic_colormap-shl-overflow.tiff":
        ("PlanarConfiguration", "malformed on purpose: the planar configuration has several values"),
    "image-tiff/fuzz_images_oor_panic_graydepth-invert-overflow-5a0aad5024cc4ff3.tiff":
        ("SamplesPerPixel", "malformed on purpose: the number of samples has several values"),
    "image-tiff/fuzz_images_oor_panic_graydepth-invert-overflow-9f2f479685f84884.tiff":
        ("SamplesPerPixel", "malformed on purpose: the number of samples has several values"),
    "image-tiff/fuzz_images_oor_panic_sample-get-lzw-stuck.tiff":
        ("tile 0 is damaged", "malformed on purpose: the file ends within the first tile"),
    "image-tiff/libtiffpic_text.tif":
        ("strip 5 is damaged", "damaged: the Thunderscan data of strip 5 end early; libtiff's tools fail on it too"),
}

# What is read, though readers disagree.
REMARKS = {
    "image-tiff/images_hpredict-1c-12b.tiff":
        "a predictor on uncompressed pixels, which TIFF 6.0 does not know: ignored, as by libtiff; tifffile with imagecodecs applies it",
}


def main() -> None:
    """Write the table beside this script."""
    logging.disable(logging.CRITICAL)
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[4] / "shared" / "data" / "tiff"
    rows = []
    for path in sorted(root.rglob("*.tif*"), key=lambda p: p.relative_to(root).as_posix()):
        name = path.relative_to(root).as_posix()
        if name in REFUSED:
            rows.append([name, *[""] * 8, *REFUSED[name]])
            continue
        try:
            volume, reader = read(path)
        except Exception as error:
            raise RuntimeError(f"{name} has no checksum, and no reason in REFUSED") from error
        pixels = numpy.ascontiguousarray(volume, volume.dtype.newbyteorder("<"))
        digest = hashlib.sha256(pixels.tobytes()).hexdigest()[:16]
        rows.append([name, *map(str, volume.shape), volume.dtype.name, digest, reader, "", REMARKS.get(name, "")])
    with open(HERE / "real-files.tsv", "w", encoding="utf-8", newline="\n") as table:
        table.writelines("\t".join(row) + "\n" for row in [COLUMNS, *rows])
    print(f"{len(rows)} files, {len(rows) - len(REFUSED)} with a checksum")


def read(path: Path) -> tuple[numpy.ndarray, str]:
    """The volume in T, C, Z, Y, X order and the name of the reader."""
    with tifffile.TiffFile(path) as tiff:
        if tiff.is_ome:
            return ome(path, tiff), "tifffile"
        if tiff.is_imagej:
            series = tiff.series[0]
            return arrange(series.asarray(), series.axes), "tifffile"
        return plain(path, tiff)


def ome(path: Path, tiff: tifffile.TiffFile) -> numpy.ndarray:
    """The image of an OME-TIFF that has planes in this file."""
    root = ElementTree.fromstring(tiff.ome_metadata)
    pointer = next((e.get("MetadataFile") for e in root if e.tag.endswith("BinaryOnly")), None)
    names = {e.get("FileName") for e in root.iter() if e.tag.endswith("UUID")}
    with tempfile.TemporaryDirectory() as folder:
        # tifffile looks for the name that the XML gives; a file alone may have been renamed.
        if len(names) == 1 and path.name not in names:
            renamed = Path(folder, names.pop())
            shutil.copy(path, renamed)
            path = renamed
        with tifffile.TiffFile(path.parent / (pointer or path.name)) as master:
            series = next(s for s in master.series if any(p is not None and p.parent.filename == path.name for p in s.pages))
            return arrange(series.asarray(), series.axes)


def arrange(array: numpy.ndarray, axes: str) -> numpy.ndarray:
    """Orders axes as T, C, Z, Y, X; samples are channels within channels."""
    for axis in "TCSZYX":
        if axis not in axes:
            axes, array = axis + axes, array[numpy.newaxis]
    array = array.transpose([axes.index(axis) for axis in "TCSZYX"])
    return widen(array.reshape(array.shape[0], -1, *array.shape[3:]), array.dtype.itemsize * 8)


def plain(path: Path, tiff: tifffile.TiffFile) -> tuple[numpy.ndarray, str]:
    """The pages that are like the first one at full resolution, as slices."""
    pages = [(i, p) for i, p in enumerate(tiff.pages) if not int(p.tags.valueof("NewSubfileType", 0)) & 5] or [(0, tiff.pages[0])]
    first = pages[0][1]
    planes, readers = [], []
    for number, page in pages:
        if kind(page) == kind(first):
            plane, reader = channels(path, number, page)
            planes.append(plane)
            readers.append(reader)
    return numpy.stack(planes, axis=1)[numpy.newaxis], readers[0]


def kind(page: tifffile.TiffPage) -> tuple[object, ...]:
    """What pages of one stack have in common."""
    group = {3: "palette", 6: "jpeg" if int(page.compression) == 7 else "rgb"}.get(photometric(page), "samples")
    return page.imagewidth, page.imagelength, page.samplesperpixel, page.bitspersample, page.sampleformat, group


def photometric(page: tifffile.TiffPage) -> int:
    """Photometric interpretation as a number."""
    return int(page.tags.valueof("PhotometricInterpretation", 1))


def channels(path: Path, number: int, page: tifffile.TiffPage) -> tuple[numpy.ndarray, str]:
    """One page as C, Y, X in its pixel type."""
    colour = photometric(page)
    if colour in (6, 8, 32844, 32845):
        rgb = with_tool(["tiff2rgba", "-n", "-c", "none"], path, number, lambda p: planes_of(p.asarray(), p))
        return (rgb[:1] if colour == 32844 else rgb), "tiff2rgba"
    samples, reader = stored(path, number, page)
    if colour == 3:
        return palette(samples[0], page), reader
    samples = widen(samples, page.bitspersample)
    if colour == 0 and page.sampleformat in (None, 1):
        samples = samples.dtype.type((1 << page.bitspersample) - 1) - samples
    return samples, reader


def stored(path: Path, number: int, page: tifffile.TiffPage) -> tuple[numpy.ndarray, str]:
    """Samples of a page as C, Y, X, as they are stored."""
    try:
        return decode(page)
    except ValueError:
        samples, reader = with_tool(["tiffcp", "-c", "none"], path, number, decode)
        return samples, "tiffcp, then " + reader


def decode(page: tifffile.TiffPage) -> tuple[numpy.ndarray, str]:
    """Samples of a page that tifffile can decompress."""
    bits = page.bitspersample
    if bits in (1, 8, 16, 32, 64):
        return planes_of(page.asarray(), page), "tifffile"
    if int(page.compression) != 1 or page.is_tiled:
        raise ValueError(f"{bits} bits compressed")
    planes = 1 if int(page.planarconfig) == 1 else page.samplesperpixel
    in_row = page.imagewidth * page.samplesperpixel // planes
    row_bytes = (in_row * bits + 7) // 8
    data = b""
    for offset, count in zip(page.dataoffsets, page.databytecounts):
        page.parent.filehandle.seek(offset)
        data += page.parent.filehandle.read(count)
    rows = numpy.frombuffer(data[: planes * page.imagelength * row_bytes], numpy.uint8).reshape(-1, row_bytes)
    ones = numpy.unpackbits(rows, axis=1)[:, : in_row * bits].reshape(rows.shape[0], in_row, bits)
    values = (ones.astype(numpy.uint64) << numpy.arange(bits - 1, -1, -1, dtype=numpy.uint64)).sum(axis=2)
    shape = (planes, page.imagelength, page.imagewidth, page.samplesperpixel // planes)
    return numpy.moveaxis(values.reshape(shape), 3, 1).reshape(-1, *shape[1:3]), "unpacked from tifffile's segments"


def planes_of(array: numpy.ndarray, page: tifffile.TiffPage) -> numpy.ndarray:
    """Separate samples first: C, Y, X."""
    separate, _, height, width, contiguous = page.shaped
    return numpy.moveaxis(array.reshape(separate, height, width, contiguous), 3, 1).reshape(-1, height, width)


def with_tool(tool, path, number, use):
    """Runs a tool of libtiff on a copy and hands the page of its output over."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.tif")
        subprocess.run([*tool, str(path), out], capture_output=True, check=True)
        with tifffile.TiffFile(out) as tiff:
            return use(tiff.pages[number])


def palette(indices: numpy.ndarray, page: tifffile.TiffPage) -> numpy.ndarray:
    """Colours of a palette: one channel where all are grey, 8 bits where they hold every entry."""
    table = numpy.asarray(page.colormap, numpy.uint16)
    low, high = table & 255, table >> 8
    if table.max() < 256:
        table = low.astype(numpy.uint8)
    elif bool(((low == 0) | (low == high)).all()):
        table = high.astype(numpy.uint8)
    is_grey = bool((table[0] == table[1]).all() and (table[0] == table[2]).all())
    return table[: 1 if is_grey else 3, indices.astype(numpy.intp)]


def widen(array: numpy.ndarray, bits: int) -> numpy.ndarray:
    """The pixel type of the table: the smallest that holds the samples, for 64-bit integers of 32 bits."""
    if array.dtype.kind == "f":
        return array.astype(numpy.float64 if array.dtype.itemsize == 8 else numpy.float32)
    signed = array.dtype.kind == "i"
    wanted = (numpy.int16 if bits <= 16 else numpy.int32) if signed else \
        numpy.uint8 if bits <= 8 else numpy.uint16 if bits <= 16 else numpy.uint32
    result = array.astype(wanted)
    if bits > 32 and not (result == array).all():
        raise OverflowError("a value does not fit 32 bits")
    return result


if __name__ == "__main__":
    main()
