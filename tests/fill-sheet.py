#!/usr/bin/env python3
"""fill-sheet.py IN.xlsx OUT.xlsx CELL=TEXT...: type texts into the second sheet,
as a person would; CELL=#NUMBER types a number."""
import re
import sys
import zipfile
from xml.sax.saxutils import escape

cells = dict(argument.split("=", 1) for argument in sys.argv[3:])
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    for name in old.namelist():
        data = old.read(name)
        if name == "xl/worksheets/sheet2.xml":
            text = data.decode()
            for cell, value in cells.items():
                found = re.search(r'<c r="%s"( s="\d+")?[^>]*?(/>|>.*?</c>)' % cell, text)
                style = found.group(1) or ""
                put = ('<c r="%s"%s><v>%s</v></c>' % (cell, style, value[1:]) if value.startswith("#") else
                       '<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (cell, style, escape(value)))
                text = text[:found.start()] + put + text[found.end():]
            data = text.encode()
        new.writestr(name, data)
