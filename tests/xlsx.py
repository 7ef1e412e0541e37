"""xlsx: write a small workbook, for tests; only what the standard library has.

	xlsx.write(path, [(name, rows, options)])

rows are lists of cells: a text, None, a number, or a dict with the keys
"v" (a number or text), "f" (a formula without a stored value), "fmt" (a format's code).
options: "merge" (ranges), "hidden" (the sheet), "hidden_rows" (numbers from 1).
"""
import zipfile
from xml.sax.saxutils import escape

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006/relationships"


def letters(column):
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(place, value, formats):
    if value is None or value == "":
        return ""
    style = ""
    if isinstance(value, dict):
        if "fmt" in value:
            if value["fmt"] not in formats:
                formats.append(value["fmt"])
            style = ' s="%d"' % (formats.index(value["fmt"]) + 1)
        if "f" in value:
            return '<c r="%s"%s><f>%s</f><v></v></c>' % (place, style, escape(value["f"]))
        value = value["v"]
    if isinstance(value, (int, float)):
        return '<c r="%s"%s><v>%s</v></c>' % (place, style, repr(value))
    return '<c r="%s" t="inlineStr"%s><is><t xml:space="preserve">%s</t></is></c>' % (
        place, style, escape(value))


def sheet(rows, options, formats):
    out = ['<worksheet xmlns="%s"><sheetData>' % NS]
    for number, row in enumerate(rows, 1):
        hidden = ' hidden="1"' if number in options.get("hidden_rows", ()) else ""
        out.append('<row r="%d"%s>' % (number, hidden))
        out += [cell(letters(i) + str(number), value, formats) for i, value in enumerate(row)]
        out.append("</row>")
    out.append("</sheetData>")
    merged = options.get("merge", ())
    if merged:
        out.append("<mergeCells>%s</mergeCells>" % "".join(
            '<mergeCell ref="%s"/>' % ref for ref in merged))
    return "".join(out + ["</worksheet>"])


def write(path, sheets):
    formats = []
    parts = [sheet(rows, (more or [{}])[0], formats) for _, rows, *more in sheets]
    listed = "".join('<sheet name="%s" sheetId="%d" r:id="r%d"%s/>' % (
        escape(name), i, i, ' state="hidden"' if (more or [{}])[0].get("hidden") else "")
        for i, (name, _, *more) in enumerate(sheets, 1))
    relations = "".join('<Relationship Id="r%d" Type="%s/worksheet" Target="s%d.xml"/>' % (
        i, REL, i) for i in range(1, len(sheets) + 1))
    relations += '<Relationship Id="rs" Type="%s/styles" Target="styles.xml"/>' % REL
    quoted = [escape(code, {'"': "&quot;"}) for code in formats]
    styles = '<styleSheet xmlns="%s"><numFmts count="%d">%s</numFmts><cellXfs>%s</cellXfs></styleSheet>' % (
        NS, len(formats), "".join('<numFmt numFmtId="%d" formatCode="%s"/>' % (164 + i, code)
                                  for i, code in enumerate(quoted)),
        '<xf numFmtId="0"/>' + "".join('<xf numFmtId="%d"/>' % (164 + i)
                                       for i in range(len(formats))))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("_rels/.rels", '<Relationships xmlns="%s"><Relationship Id="r" '
                      'Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (PKG, REL))
        book.writestr("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>'
                      % (NS, REL, listed))
        book.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="%s">%s</Relationships>'
                      % (PKG, relations))
        book.writestr("xl/styles.xml", styles)
        for i, part in enumerate(parts, 1):
            book.writestr("xl/s%d.xml" % i, part)
