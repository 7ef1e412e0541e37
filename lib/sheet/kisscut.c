#include "lib/sheet/kisscut.h"

#include "lib/base/buf.h"
#include "lib/sheet/area.h"
#include "lib/sheet/page.h"
#include "lib/sheet/template.h"

#define HAIRLINE 0.1		/* mm */

/* Visits the corners of a contour: with as few strokes as its sides allow, each of
 * which begins where the knife is put down. */
typedef void point_fn(void *state, int down, double x, double y);

/* Clockwise; corner i is where side i begins. */
static const unsigned int sides[] = {
	SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT
};

static void
corner(const struct area *area, int index, double *x, double *y)
{
	*x = index == 1 || index == 2 ? area->x + area->w : area->x;
	*y = index == 2 || index == 3 ? area->y + area->h : area->y;
}

/* The side that begins a stroke: one that comes after a missing one. */
static int
first_side(unsigned int have)
{
	int i;

	for (i = 0; i < 4; i++)
		if (have & sides[i] && !(have & sides[(i + 3) % 4]))
			return i;
	return 0;
}

static void
trace(const struct page_contour *contour, point_fn *point, void *state)
{
	int start = first_side(contour->sides), i, side, down = 0;
	double x, y;

	for (i = 0; i < 4; i++) {
		side = (start + i) % 4;
		if (!(contour->sides & sides[side])) {
			down = 0;
			continue;
		}
		if (!down) {
			corner(&contour->area, side, &x, &y);
			point(state, 0, x, y);
		}
		down = 1;
		/* the last stroke of a whole contour closes it */
		if (i == 3 && contour->sides == SIDES_ALL)
			break;
		corner(&contour->area, (side + 1) % 4, &x, &y);
		point(state, 1, x, y);
	}
}

/* ---- PDF ---- */

#define POINTS(mm) ((mm) * 72.0 / 25.4)

struct drawing {
	struct buf *out;
	double height;		/* of the page: PDF counts upwards */
};

static void
pdf_point(void *state, int down, double x, double y)
{
	struct drawing *drawing = state;

	buf_addf(drawing->out, "%.4f %.4f %s\n", POINTS(x),
	    POINTS(drawing->height - y), down ? "l" : "m");
}

static void
pdf_content(const struct page *page, const struct template *template,
    struct buf *out)
{
	struct drawing drawing = { out, page->height };
	struct page_contour contour;
	const struct area *mark;
	int i;

	buf_adds(out, "0 g\n");
	for (i = 0; i < PAGE_MARKS && page->marks[0].w > 0; i++) {
		mark = &page->marks[i];
		buf_addf(out, "%.4f %.4f %.4f %.4f re f\n", POINTS(mark->x),
		    POINTS(page->height - mark->y - mark->h), POINTS(mark->w),
		    POINTS(mark->h));
	}
	buf_addf(out, "/Cut CS 1 SCN %.4f w\n", POINTS(HAIRLINE));
	for (i = 0; page_contour(page, template, i, &contour); i++) {
		trace(&contour, pdf_point, &drawing);
		buf_adds(out, contour.sides == SIDES_ALL ? "s\n" : "S\n");
	}
}

void
kisscut_pdf(const struct page *page, const struct template *template,
    struct buf *out)
{
	enum { OBJECTS = 5 };
	struct buf content = BUF_INIT;
	size_t offsets[OBJECTS + 1], start = out->len, xref;
	int i;

	pdf_content(page, template, &content);
	buf_adds(out, "%PDF-1.4\n");
	offsets[1] = out->len - start;
	buf_adds(out, "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
	offsets[2] = out->len - start;
	buf_adds(out, "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"
	    "endobj\n");
	offsets[3] = out->len - start;
	buf_addf(out, "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox "
	    "[0 0 %.4f %.4f] /Contents 4 0 R\n/Resources << /ColorSpace "
	    "<< /Cut 5 0 R >> >> >>\nendobj\n", POINTS(page->width),
	    POINTS(page->height));
	offsets[4] = out->len - start;
	buf_addf(out, "4 0 obj\n<< /Length %zu >>\nstream\n", content.len);
	buf_add(out, content.data, content.len);
	buf_adds(out, "endstream\nendobj\n");
	offsets[5] = out->len - start;
	/* shown as magenta where nothing knows the spot colour */
	buf_adds(out, "5 0 obj\n[/Separation /CutContour /DeviceCMYK\n"
	    "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] /N 1 >>]"
	    "\nendobj\n");
	xref = out->len - start;
	buf_addf(out, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
	for (i = 1; i <= OBJECTS; i++)
		buf_addf(out, "%010zu 00000 n \n", offsets[i]);
	buf_addf(out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n"
	    "%%%%EOF\n", OBJECTS + 1, xref);
	buf_release(&content);
}

/* ---- SVG ---- */

static void
svg_point(void *state, int down, double x, double y)
{
	struct drawing *drawing = state;

	buf_addf(drawing->out, "%s%.3f %.3f", down ? " L" : "M", x, y);
}

void
kisscut_svg(const struct page *page, const struct template *template,
    struct buf *out)
{
	struct drawing drawing = { out, page->height };
	struct page_contour contour;
	const struct area *mark;
	int i;

	buf_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%gmm\" "
	    "height=\"%gmm\" viewBox=\"0 0 %g %g\">\n<g id=\"register\" "
	    "fill=\"#000000\">\n", page->width, page->height, page->width,
	    page->height);
	for (i = 0; i < PAGE_MARKS && page->marks[0].w > 0; i++) {
		mark = &page->marks[i];
		buf_addf(out, "<rect x=\"%.3f\" y=\"%.3f\" width=\"%.3f\" "
		    "height=\"%.3f\"/>\n", mark->x, mark->y, mark->w, mark->h);
	}
	buf_addf(out, "</g>\n<g id=\"cut\" fill=\"none\" stroke=\"#ff00ff\" "
	    "stroke-width=\"%g\">\n", HAIRLINE);
	for (i = 0; page_contour(page, template, i, &contour); i++) {
		buf_adds(out, "<path d=\"");
		trace(&contour, svg_point, &drawing);
		buf_adds(out, contour.sides == SIDES_ALL ? " Z\"/>\n" : "\"/>\n");
	}
	buf_adds(out, "</g>\n</svg>\n");
}
