#include "scripts/draw/roster.h"

#include <iconv.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "scripts/draw/pack.h"
#include "scripts/draw/people.h"

enum { COLUMNS = 28 };

static const char *const headings[COLUMNS] = {
	"KSH", "SYSSDM", "XH", "XM", "XB", "CSRQ", "SFZH", "ZZMM", "MZ", "YXDM",
	"YXMC", "ZYDM", "ZYMC", "FY", "XSH", "BH", "CC", "XZ", "XXXS", "DQSZJ",
	"RXRQ", "YJBYRQ", "ZCZT", "SX", "XGSJ", "CXSJ", "ZP", "BZ",
};

static void
row_cells(const struct student *s, const char *cells[COLUMNS])
{
	const char *values[COLUMNS] = {
		s->exam_no, "32", s->student_no, s->name,
		s->female ? "女" : "男", s->birth_date, s->id_number, "共青团员",
		strstr(s->name, "·") ? "维吾尔族" : "汉族", SCHOOL_CODE,
		SCHOOL_NAME, s->major_code, s->major, s->college_name,
		s->college_name, s->class_name, "本科", "4", "全日制", "2022",
		"20220901", "20260630", "注册学籍", "", "", "", "", "",
	};

	memcpy(cells, values, sizeof values);
}

static void
convert(struct buf *text, const char *encoding, struct buf *out)
{
	iconv_t way = iconv_open(encoding, "UTF-8");
	char *in = text->data, *to;
	size_t left = text->len, room = text->len * 2;

	to = buf_reserve(out, room);
	if (way == (iconv_t)-1 ||
	    iconv(way, &in, &left, &to, &room) == (size_t)-1)
		msg_die("cannot convert the roster to '%s'", encoding);
	out->len = (size_t)(to - out->data);
	iconv_close(way);
}

void
roster_csv(const struct student *students, int count,
	enum roster_encoding encoding, struct buf *out)
{
	const char *cells[COLUMNS];
	struct buf text = BUF_INIT;
	int i, c;

	for (c = 0; c < COLUMNS; c++)
		buf_addf(&text, "%s%s", c > 0 ? "," : "", headings[c]);
	buf_adds(&text, "\r\n");
	for (i = 0; i < count; i++) {
		row_cells(&students[i], cells);
		for (c = 0; c < COLUMNS; c++)
			buf_addf(&text, "%s%s", c > 0 ? "," : "", cells[c]);
		buf_adds(&text, "\r\n");
	}
	if (encoding == ROSTER_UTF8_BOM)
		buf_adds(out, "\xef\xbb\xbf");
	if (encoding == ROSTER_GB18030)
		convert(&text, "GB18030", out);
	else
		buf_add(out, text.data, text.len);
	buf_release(&text);
}

static void
sheet_row(struct buf *xml, int number, const char *const cells[COLUMNS])
{
	int c;

	buf_addf(xml, "<row r=\"%d\">", number);
	for (c = 0; c < COLUMNS; c++) {
		if (!*cells[c])
			continue;
		buf_addf(xml, "<c r=\"%s%c%d\" t=\"inlineStr\"><is><t>%s</t></is>"
			"</c>", c < 26 ? "" : "A", 'A' + c % 26, number, cells[c]);
	}
	buf_adds(xml, "</row>");
}

static const char types_xml[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
	"content-types\"><Default Extension=\"rels\" ContentType=\"application/"
	"vnd.openxmlformats-package.relationships+xml\"/><Default Extension="
	"\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/"
	"workbook.xml\" ContentType=\"application/vnd.openxmlformats-"
	"officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName="
	"\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd."
	"openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>";
static const char rels_xml[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
	"relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas."
	"openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
	"Target=\"xl/workbook.xml\"/></Relationships>";
static const char book_xml[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
	"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/"
	"main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
	"relationships\"><sheets><sheet name=\"在校生名单\" sheetId=\"1\" "
	"r:id=\"rId1\"/></sheets></workbook>";
static const char book_rels_xml[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
	"relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas."
	"openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
	"Target=\"worksheets/sheet1.xml\"/></Relationships>";

static void
part(struct pack *pack, const char *name, const char *xml)
{
	pack_add(pack, name, xml, strlen(xml), 1);
}

void
roster_xlsx(const struct student *students, int count, const char *path)
{
	struct pack *pack = pack_open(path, PACK_UTF8);
	struct buf sheet = BUF_INIT;
	const char *cells[COLUMNS];
	int i;

	buf_adds(&sheet, "<?xml version=\"1.0\" encoding=\"UTF-8\" "
		"standalone=\"yes\"?><worksheet xmlns=\"http://schemas."
		"openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
	sheet_row(&sheet, 1, headings);
	for (i = 0; i < count; i++) {
		row_cells(&students[i], cells);
		sheet_row(&sheet, i + 2, cells);
	}
	buf_adds(&sheet, "</sheetData></worksheet>");
	part(pack, "[Content_Types].xml", types_xml);
	part(pack, "_rels/.rels", rels_xml);
	part(pack, "xl/workbook.xml", book_xml);
	part(pack, "xl/_rels/workbook.xml.rels", book_rels_xml);
	part(pack, "xl/worksheets/sheet1.xml", sheet.data);
	pack_close(pack);
	buf_release(&sheet);
}
