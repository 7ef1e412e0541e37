"""icc.py: write an ICC profile made by us: srgb, p3, adobe (matrices) or cmyk (a table).

	python3 icc.py KIND OUT

Colours are exact by definition: the primaries and curves of the standards, and for
cmyk the plain product (1 - ink)(1 - black) of each channel, which ImageMagick's own
conversion inverts.
"""
import struct
import sys

GRID = 13
D50 = (0.9642, 1.0, 0.8249)
D65 = (0.3127, 0.3290)
PRIMARIES = {
    "srgb": ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)),
    "p3": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    "adobe": ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)),
}
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367),
            (0.0389, -0.0685, 1.0296))


def product(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(3)) for j in range(len(b[0]))]
            for i in range(3)]


def inverse(m):
    (a, b, c), (d, e, f), (g, h, i) = m
    det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return [[(e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det],
            [(f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det],
            [(d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det]]


def xyz(x, y):
    return [x / y, 1.0, (1 - x - y) / y]


def colorants(kind):
    """Columns are red, green, blue in XYZ of D50."""
    points = list(zip(*(xyz(*p) for p in PRIMARIES[kind])))
    white = [[v] for v in xyz(*D65)]
    scale = product(inverse(points), white)
    matrix = [[points[i][j] * scale[j][0] for j in range(3)] for i in range(3)]
    here = product(BRADFORD, white)
    there = product(BRADFORD, [[v] for v in D50])
    gain = [[there[i][0] / here[i][0] if i == j else 0 for j in range(3)]
            for i in range(3)]
    return product(inverse(BRADFORD), product(gain, product(BRADFORD, matrix)))


def linear(kind, value):
    if kind == "adobe":
        return value ** (563 / 256)
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def fixed(value):
    return struct.pack(">i", round(value * 65536))


def text(kind, words):
    words = words.encode() + b"\0"
    if kind == b"text":
        return b"text\0\0\0\0" + words
    return b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(78)


def curve(kind):
    table = [round(65535 * linear(kind, i / 1023)) for i in range(1024)]
    return b"curv\0\0\0\0" + struct.pack(">I1024H", 1024, *table)


def lab(red, green, blue, matrix):
    light = [[linear("srgb", v)] for v in (red, green, blue)]
    f = [t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
         for t in (product(matrix, light)[i][0] / D50[i] for i in range(3))]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def table():
    """lut16Type from cyan, magenta, yellow, black to Lab."""
    matrix = colorants("srgb")
    out = bytearray(b"mft2\0\0\0\0" + bytes((4, 3, GRID, 0)))
    out += b"".join(fixed(float(i == j)) for i in range(3) for j in range(3))
    out += struct.pack(">HH", 2, 2) + struct.pack(">8H", *([0, 65535] * 4))
    steps = [1 - i / (GRID - 1) for i in range(GRID)]
    for c in steps:
        for m in steps:
            for y in steps:
                for k in steps:
                    l, a, b = lab(c * k, m * k, y * k, matrix)
                    out += struct.pack(">3H", *(min(max(round(v), 0), 65535) for v in
                                                (l * 652.8, (a + 128) * 256,
                                                 (b + 128) * 256)))
    return bytes(out) + struct.pack(">6H", *([0, 65535] * 3))


def profile(kind):
    tags = [(b"desc", text(b"desc", "tc test " + kind)),
            (b"cprt", text(b"text", "no rights reserved")),
            (b"wtpt", b"XYZ \0\0\0\0" + b"".join(map(fixed, D50)))]
    if kind == "cmyk":
        # Without data: the same as the tag before.
        tags += [(b"A2B0", table()), (b"A2B1", b"")]
    else:
        matrix = colorants(kind)
        for i, name in enumerate((b"r", b"g", b"b")):
            tags.append((name + b"XYZ", b"XYZ \0\0\0\0" +
                         b"".join(fixed(row[i]) for row in matrix)))
            tags.append((name + b"TRC", curve(kind)))
    head, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags:
        if data:
            last = at + len(body), len(data)
            body += data + bytes(-len(data) % 4)
        head += struct.pack(">4sII", name, *last)
    size = at + len(body)
    classes = (b"prtr", b"CMYK", b"Lab ") if kind == "cmyk" else (
        b"mntr", b"RGB ", b"XYZ ")
    start = struct.pack(">I4sI4s4s4s12s4s", size, b"\0\0\0\0", 0x02400000, *classes,
                        struct.pack(">6H", 2026, 1, 1, 0, 0, 0), b"acsp")
    start += bytes(28) + b"".join(map(fixed, D50)) + bytes(48)
    return start + struct.pack(">I", len(tags)) + head + body


with open(sys.argv[2], "wb") as file:
    file.write(profile(sys.argv[1]))
