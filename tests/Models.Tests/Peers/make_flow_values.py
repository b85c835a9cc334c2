"""Writes flow_values.json: displacements that the flow network gives, written out a second time with PyTorch's functions.

Weights and images are formulas that the tests have too. Run with Debian 12's python3-torch 1.13: /usr/bin/python3 make_flow_values.py
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

CELL = 8
ENCODER = (12, 16, 24, 32)
FEATURES = (4, 8, 12, 16)
SOLVES, ROUNDS, WIDTH, CARRIED = 2, 7, 32, 16
BEYOND, STEP, FINEST_WIDE = 4, 2, 1


def shapes():
    """Names and shapes of all weights."""
    conv = lambda name, to, of, size: {f"{name}.weight": (to, of, size, size), f"{name}.bias": (to,)}
    all = {"sigma": (2,), "amplitude": (2,)}
    all |= conv("encoder.entry.conv", ENCODER[0], 2, 3) | conv("encoder.first.conv", ENCODER[0], ENCODER[0], 3)
    for i, width in enumerate(ENCODER):
        all |= conv(f"encoder.outs.{i}.conv", FEATURES[i], width, 3) | conv(f"encoder.weights.{i}.conv", FEATURES[i], width, 3)
        if i > 0:
            all |= conv(f"encoder.downs.{i - 1}.conv", width, ENCODER[i - 1], 3) | conv(f"encoder.blocks.{i - 1}.conv", width, width, 3)
            all |= conv(f"encoder.tops.{i - 1}", ENCODER[i - 1], width, 1)
        level = f"levels.{i}"
        all |= {f"{level}.gain": (SOLVES,), f"{level}.weight": (FEATURES[i],), f"{level}.own": (FEATURES[i],)}
        all |= conv(f"{level}.refine1", WIDTH, 10 + FEATURES[i] + CARRIED, 3) | conv(f"{level}.refine2", WIDTH, WIDTH, 3)
        all |= conv(f"{level}.refine3", WIDTH, WIDTH, 3) | conv(f"{level}.refine4", 2 + CARRIED, WIDTH, 3)
    return all


def make_weights():
    """sin(1.3 i + 0.7 k) for element i of tensor k by name, scaled and shifted: as the tests have it."""
    weights = {}
    for k, (name, shape) in enumerate(sorted(shapes().items())):
        count = math.prod(shape)
        amount = 0.8 / math.sqrt(count / shape[0]) if len(shape) == 4 else 0.1
        start = {"sigma": math.log(4), "amplitude": math.log(1.5), "gain": math.log(0.3), "own": -1.0}.get(name.split(".")[-1], 0.0)
        step = -0.9 if name in ("sigma", "amplitude") else 0.0
        values = [start + step * i + amount * math.sin(1.3 * i + 0.7 * k) for i in range(count)]
        weights[name] = torch.tensor(values, dtype=torch.float64).reshape(shape)
    return weights


def image(height, width, y, x):
    """Waves, moved by (y, x) px."""
    rows, columns = torch.arange(height, dtype=torch.float64)[:, None] - y, torch.arange(width, dtype=torch.float64)[None] - x
    return 2 + torch.sin(rows / 3) + torch.cos(columns / 4 + rows / 9) + 0.5 * torch.sin(columns / 2.3)


def edged(x, weights, name, stride=1):
    return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), weights[f"{name}.conv.weight"], weights[f"{name}.conv.bias"], stride=stride)


def plain(x, weights, name, dilation=1):
    kernel = weights[f"{name}.weight"]
    return F.conv2d(x, kernel, weights[f"{name}.bias"], padding=dilation * (kernel.shape[-1] // 2), dilation=dilation)


def rectify(x):
    return F.leaky_relu(x, 0.1)


def normalise(x):
    means = F.avg_pool2d(x, CELL).flatten()
    return (x - means.quantile(0.05)) / (means.std() + 1e-6)


def encode(x, w):
    h = rectify(edged(torch.cat([x, torch.asinh(2 * x)], 1), w, "encoder.entry"))
    levels = [rectify(edged(h, w, "encoder.first")) + h]
    for i in range(1, len(ENCODER)):
        h = rectify(edged(levels[-1], w, f"encoder.downs.{i - 1}", 2))
        levels.append(rectify(edged(h, w, f"encoder.blocks.{i - 1}")) + h)
    for i in reversed(range(len(ENCODER) - 1)):
        levels[i] = levels[i] + F.interpolate(plain(levels[i + 1], w, f"encoder.tops.{i}"), scale_factor=2, mode="bilinear", align_corners=False)
    return levels


def positions(d):
    rows = torch.arange(d.shape[2], dtype=d.dtype)[:, None] + d[:, 0]
    columns = torch.arange(d.shape[3], dtype=d.dtype)[None] + d[:, 1]
    return rows, columns


def warp(x, d):
    rows, columns = positions(d)
    grid = torch.stack([columns * 2 / (x.shape[3] - 1) - 1, rows * 2 / (x.shape[2] - 1) - 1], -1)
    return F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=True)


def inside(d, height, width, scale):
    rows, columns = positions(d)
    return ((rows >= 0) & (rows <= (height - 1) / scale) & (columns >= 0) & (columns <= (width - 1) / scale)).to(d.dtype)[:, None]


def basis(cells, sigma):
    at = torch.arange(cells, dtype=torch.float64)[:, None]
    centres = torch.arange(-BEYOND, cells + BEYOND + 1, STEP, dtype=torch.float64)[None]
    return torch.exp(-((at - centres) ** 2) / (2 * sigma**2)) / torch.sqrt(sigma * math.sqrt(math.pi) / STEP)


def solve(matrix, right, around, z, basis):
    """Conjugate gradients of (1 + Bᵀ M B) z = Bᵀ (right + M around), with the diagonal as preconditioner; B written out in full."""
    count, cells = z.shape[2], right.shape[2:]
    field = lambda z: (z.reshape(1, 2, count) @ basis.T).reshape(1, 2, *cells)
    back = lambda v: v.reshape(1, 2, -1) @ basis
    times = lambda u: torch.stack([matrix[0] * u[:, 0] + matrix[1] * u[:, 1], matrix[1] * u[:, 0] + matrix[2] * u[:, 1]], 1)
    diagonal = 1 + torch.stack([matrix[0], matrix[2]], 1).reshape(1, 2, -1) @ basis**2
    residual = back(right + times(around - field(z))) - z
    direction = residual / diagonal
    norm = (residual * direction).sum()
    for _ in range(ROUNDS):
        image = direction + back(times(field(direction)))
        step = norm / ((direction * image).sum() + 1e-12)
        z, residual = z + step * direction, residual - step * image
        before, norm = norm, (residual * residual / diagonal).sum()
        direction = residual / diagonal + norm / (before + 1e-12) * direction
    return z, field(z)


def flow(template, frame, w):
    """Displacements (2, y, x) of a frame against a template, both (y, x)."""
    height, width = template.shape
    pad = (0, -width % CELL, 0, -height % CELL)
    t, f = (normalise(F.pad(x[None, None], pad, mode="replicate")) for x in (template, frame))
    ht, hf = encode(t, w), encode(f, w)
    cells = t.shape[2] // CELL, t.shape[3] // CELL
    wide, narrow = (
        w["amplitude"].exp()[i] * torch.kron(basis(cells[0], w["sigma"].exp()[i]), basis(cells[1], w["sigma"].exp()[i])) for i in (0, 1)
    )
    u, carried = torch.zeros(1, 2, *cells, dtype=t.dtype), torch.zeros(1, CARRIED, *cells, dtype=t.dtype)
    z = torch.zeros(1, 2, wide.shape[1], dtype=t.dtype)
    for i in reversed(range(len(ENCODER))):
        scale, k = 2**i, CELL // 2**i
        prior = wide if i > FINEST_WIDE else torch.cat([wide, narrow], 1)
        z = F.pad(z, (0, prior.shape[1] - z.shape[2]))
        ft, ff = edged(ht[i], w, f"encoder.outs.{i}"), edged(hf[i], w, f"encoder.outs.{i}")
        weight = 2 * torch.sigmoid(edged(ht[i], w, f"encoder.weights.{i}")) * inside(torch.zeros(1, 2, *ft.shape[2:], dtype=t.dtype), height, width, scale)
        p = F.pad(ft, (1, 1, 1, 1), mode="replicate")
        gy, gx = (p[:, :, 2:, 1:-1] - p[:, :, :-2, 1:-1]) / 2, (p[:, :, 1:-1, 2:] - p[:, :, 1:-1, :-2]) / 2
        pool = lambda x: F.avg_pool2d(x, k)
        for n in range(SOLVES):
            d = F.interpolate(u, size=ft.shape[2:], mode="bicubic", align_corners=False) / scale if k > 1 else u / scale
            seen = inside(d, height, width, scale)
            r = (warp(ff, d) - ft) * seen
            share = pool(seen)
            error = pool(r * r) / (share + 0.01)
            around = F.avg_pool2d(F.pad(error, (2, 2, 2, 2), mode="replicate"), 5, 1)
            noise = around + F.softplus(w[f"levels.{i}.own"]).reshape(1, -1, 1, 1) * error + 2e-4
            precision = share * w[f"levels.{i}.weight"].exp().reshape(1, -1, 1, 1) * w[f"levels.{i}.gain"][n].exp() / noise
            total = lambda a: (precision * pool(weight * a)).sum(1) * k * k
            matrix = [total(gy * gy) / scale**2, total(gy * gx) / scale**2, total(gx * gx) / scale**2]
            right = -torch.stack([total(gy * r), total(gx * r)], 1) / scale
            z, v = solve(matrix, right, u, z, prior)
            u, before = v, u
        yy, yx, xx = (m[:, None] for m in matrix)
        x = torch.cat([u, u - before, torch.log1p(yy), torch.log1p(xx), yx / torch.sqrt(yy * xx + 1e-6),
                       torch.tanh(right / (yy + xx + 1)), torch.log(around + 1e-3), share, carried], 1)
        x = rectify(plain(x, w, f"levels.{i}.refine1"))
        x = rectify(plain(x, w, f"levels.{i}.refine2", 2)) + x
        x = rectify(plain(x, w, f"levels.{i}.refine3", 4)) + x
        x = plain(x, w, f"levels.{i}.refine4")
        u, carried = u + x[:, :2], torch.tanh(x[:, 2:])
    return F.interpolate(u, size=t.shape[2:], mode="bicubic", align_corners=False)[0, :, :height, :width]


def main():
    w = make_weights()
    cases = []
    for height, width, y, x in ((48, 64, 1.2, -0.7), (37, 45, -0.8, 2.1)):
        values = flow(image(height, width, 0, 0), image(height, width, y, x), w)[:, ::6, ::6]
        cases.append({"height": height, "width": width, "y": y, "x": x, "values": [round(v, 6) for v in values.flatten().tolist()]})
    Path(__file__).with_name("flow_values.json").write_text(json.dumps(cases) + "\n")


main()
