"""xls: small XLS workbooks for tests, written from MS-XLS and MS-CFB.

write(path, [(sheet name, rows), ...], kind, merged, hidden)

kind is "97" (texts in 16 or 8 bits, shared), "95" (GBK bytes) or "bare" (records without
a container, one sheet).  A row is a list of texts, numbers, or dicts with "v" (a number)
and "fmt" (a format's code), or "f" (a formula whose text is missing); merged is a list
of (first row, last row, first column, last column) of the first sheet, from 0; hidden are
names of sheets.
"""
import struct

END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind, data):
    """Long ones go on in records of kind CONTINUE; a text is not cut."""
    return struct.pack("<HH", kind, len(data)) + data


def text(words, length):
    narrow = all(ord(char) < 256 for char in words)
    units = len(words.encode("utf-16le")) // 2
    return (struct.pack(length, units) + bytes([0 if narrow else 1]) +
            words.encode("latin-1" if narrow else "utf-16le"))


def shared_texts(texts):
    """Cut within texts as well: what goes on says anew how wide it is."""
    out, body = b"", struct.pack("<II", len(texts), len(texts))
    kind = 0xFC
    for words in texts:
        one = text(words, "<H")
        if len(body) + len(one) > 8000:
            wide = one[2]
            cut = 3 + (len(one) - 3) // 4 * 2 if len(one) > 8 else 0
            body += one[:cut]
            out += record(kind, body)
            kind = 0x3C
            body = (bytes([wide]) if cut else b"") + one[cut:]
        else:
            body += one
    return out + record(kind, body)


def cell(row, column, value, kind, shared, formats):
    style = 0
    if isinstance(value, dict):
        if "f" in value:
            return record(0x06, struct.pack("<HHHQHIH", row, column, 0, 0xFFFF << 48, 0, 0, 0))
        if value["fmt"] not in formats:
            formats.append(value["fmt"])
        style, value = formats.index(value["fmt"]) + 1, value["v"]
    head = struct.pack("<HHH", row, column, style)
    if isinstance(value, (int, float)):
        return record(0x203, head + struct.pack("<d", value))
    if kind == "97" and (row + column) % 3 != 0:
        if value not in shared:
            shared[value] = len(shared)
        return record(0xFD, head + struct.pack("<I", shared[value]))
    if kind == "97":
        return record(0x204, head + text(value, "<H"))
    data = value.encode("gb18030", errors="replace")
    return record(0x204, head + struct.pack("<H", len(data)) + data)


def styles(formats):
    return (b"".join(record(0x41E, struct.pack("<H", 164 + i) + text(code, "<H"))
                     for i, code in enumerate(formats)) +
            b"".join(record(0xE0, struct.pack("<HH", 0, number) + bytes(16))
                     for number in [0] + [164 + i for i in range(len(formats))]))


def sheet(rows, kind, merged, shared, formats):
    out = record(0x809, struct.pack("<HHHH", {"97": 0x600, "95": 0x500, "bare": 0}[kind], 0x10, 0, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value != "":
                out += cell(r, c, value, kind, shared, formats)
    if merged:
        out += record(0xE5, struct.pack("<H", len(merged)) +
                      b"".join(struct.pack("<HHHH", *ranges) for ranges in merged))
    return out + record(0x0A, b"")


def stream(sheets, kind, merged, hidden):
    shared, formats = {}, []
    bodies = [sheet(rows, kind, merged if i == 0 else [], shared, formats) for i, (_, rows) in enumerate(sheets)]
    if kind == "bare":
        return bodies[0]
    begin = record(0x809, struct.pack("<HHHH", 0x600 if kind == "97" else 0x500, 5, 0, 0))
    begin += record(0x42, struct.pack("<H", 1200 if kind == "97" else 936))
    begin += styles(formats) if kind == "97" else b""
    names = [text(name, "B") if kind == "97" else
             bytes([len(name.encode("gbk"))]) + name.encode("gbk") for name, _ in sheets]
    end = (shared_texts(list(shared)) if kind == "97" else b"") + record(0x0A, b"")
    at = len(begin) + sum(10 + len(name) for name in names) + len(end)
    listed = b""
    for (name, _), coded, body in zip(sheets, names, bodies):
        listed += record(0x85, struct.pack("<IBB", at, 1 if name in hidden else 0, 0) + coded)
        at += len(body)
    return begin + listed + end + b"".join(bodies)


def entry(name, kind, child, start, size):
    raw = name.encode("utf-16le") + b"\0\0"
    return (raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, FREE, child) +
            bytes(36) + struct.pack("<IQ", start, size))


def container(data, name):
    """One stream: below 4,096 bytes it lies in the stream of small ones."""
    small = len(data) < 4096
    unit = 64 if small else 512
    inner = data.ljust(-(-len(data) // unit) * unit, b"\0")
    held = inner.ljust(-(-len(inner) // 512) * 512, b"\0")
    sectors = len(held) // 512
    units = len(inner) // 64
    mini = struct.pack("<%dI" % units, *list(range(1, units)), END) if small else b""
    mini = mini.ljust(-(-len(mini) // 512) * 512, b"\xff")
    fats = 1
    while fats * 128 < fats + 1 + len(mini) // 512 + sectors:
        fats += 1
    first_mini, first = fats + 1, fats + 1 + len(mini) // 512
    fat = [FAT_SECTOR] * fats + [END] + list(range(first_mini + 1, first)) + [END] * bool(mini)
    fat += list(range(first + 1, first + sectors)) + [END]
    table = struct.pack("<%dI" % len(fat), *fat).ljust(512 * fats, b"\xff")
    directory = (entry("Root Entry", 5, 1, first if small else END, len(inner) if small else 0) +
                 entry(name, 2, FREE, 0 if small else first, len(data)) + bytes(256))
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6) +
            struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, first_mini if small else END, len(mini) // 512, END, 0) +
            struct.pack("<109I", *list(range(fats)), *[FREE] * (109 - fats)))
    return head + table + directory + mini + held


def write(path, sheets, kind="97", merged=(), hidden=()):
    data = stream(sheets, kind, merged, hidden)
    with open(path, "wb") as out:
        out.write(data if kind == "bare" else container(data, "Workbook" if kind == "97" else "Book"))
