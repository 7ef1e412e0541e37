#ifndef TC_KISSCUT_H
#define TC_KISSCUT_H
/*
 * kisscut: the file by which a plotter cuts a sheet.
 *
 * One page of the paper's size, the same for all sheets of a template: contours
 * as hairlines, and the sheets' registration marks where the sheets have them.
 * Both forms are in exact millimetres.  PDF draws contours in a spot colour of the
 * name CutContour, which cutting software looks for; SVG has the layers "cut" and
 * "register".  Text in, text out: no library and no clock.
 */
struct buf;
struct page;
struct template;

void kisscut_pdf(const struct page *page, const struct template *template,
    struct buf *out);
void kisscut_svg(const struct page *page, const struct template *template,
    struct buf *out);

#endif
