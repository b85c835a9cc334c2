"""TIFF files for the command line, by tifffile."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

import numpy as np

from ._errors import InferenceBridgeError
from ._results import Result

_MICROMETRES = {"micron": 1.0, "um": 1.0, "\\u00B5m": 1.0, "µm": 1.0, "μm": 1.0, "nm": 1e-3, "mm": 1e3, "cm": 1e4, "inch": 25400.0}


def _tifffile() -> Any:
    try:
        import tifffile
    except ImportError:
        raise InferenceBridgeError("UsageInvalid", "tifffile", "TIFF files need the package tifffile: pip install tifffile") from None
    return tifffile


def read(path: str) -> Tuple[np.ndarray, str, Optional[Tuple[float, float, float]]]:
    """Pixels, axes and voxel size (z, y, x) in µm of the first image.

    Raises:
        InferenceBridgeError: it is missing, damaged or of axes that are not served.
    """
    tifffile = _tifffile()
    try:
        with tifffile.TiffFile(path) as file:
            series = file.series[0]
            axes = series.axes.lower().replace("s", "c") if "C" not in series.axes else series.axes.lower()
            if not set(axes) <= set("tczyx"):
                # Pages of a file that says nothing about them are slices.
                axes = axes.replace("q", "z").replace("i", "z")
            if not set(axes) <= set("tczyx") or len(set(axes)) != len(axes):
                raise InferenceBridgeError(
                    "FileFormatInvalid", path, f"{path} has the axes {series.axes}; accepted: T, C, Z, Y, X, each once."
                )
            return series.asarray(), axes, _voxel_size(file)
    except OSError as error:
        raise InferenceBridgeError("FileUnreadable", path, f"{path} cannot be read: {error.strerror or error}.") from error
    except tifffile.TiffFileError as error:
        raise InferenceBridgeError("FileFormatInvalid", path, f"{path} is no TIFF that tifffile reads: {error}.") from error


def write(path: str, result: Result) -> None:
    """Writes an ImageJ hyperstack where ImageJ knows the pixel type, else an OME-TIFF."""
    tifffile = _tifffile()
    order = [axis for axis in "tzcyx" if axis in result.axes]
    array = np.transpose(result.array, [result.axes.index(axis) for axis in order])
    metadata: Dict[str, Any] = {"axes": "".join(order).upper()}
    options: Dict[str, Any] = {}
    if result.voxel_size_um is not None:
        z, y, x = result.voxel_size_um
        if x > 0 and y > 0:
            options["resolution"] = (1 / x, 1 / y)
        metadata.update({"spacing": z or 1.0, "unit": "um"})
    if result.frame_interval_s:
        metadata["finterval"] = result.frame_interval_s
    try:
        tifffile.imwrite(path, array, imagej=array.dtype.name in ("uint8", "uint16", "float32"), metadata=metadata, **options)
    except OSError as error:
        raise InferenceBridgeError("FileUnwritable", path, f"{path} cannot be written: {error.strerror or error}.") from error


def _voxel_size(file: Any) -> Optional[Tuple[float, float, float]]:
    if file.is_ome:
        return _ome_voxel_size(file)
    metadata = file.imagej_metadata
    scale = _MICROMETRES.get(str((metadata or {}).get("unit", "")))
    if metadata is None or scale is None:
        return None
    tags = file.pages[0].tags

    def pixel(tag: str) -> float:
        numerator, denominator = tags[tag].value if tag in tags else (0, 1)
        return denominator / numerator * scale if numerator and denominator else 0.0

    x, y = pixel("XResolution"), pixel("YResolution")
    return (float(metadata.get("spacing", 1.0)) * scale, y, x) if x > 0 and y > 0 else None


def _ome_voxel_size(file: Any) -> Optional[Tuple[float, float, float]]:
    from xml.etree import ElementTree

    pixels = next((e for e in ElementTree.fromstring(file.ome_metadata).iter() if e.tag.endswith("}Pixels")), None)
    if pixels is None or "PhysicalSizeX" not in pixels.attrib or "PhysicalSizeY" not in pixels.attrib:
        return None

    def size(axis: str) -> float:
        return float(pixels.get(f"PhysicalSize{axis}", "1")) * _MICROMETRES.get(pixels.get(f"PhysicalSize{axis}Unit", "µm"), 1.0)

    return size("Z"), size("Y"), size("X")
