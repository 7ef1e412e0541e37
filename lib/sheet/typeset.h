#ifndef TC_TYPESET_H
#define TC_TYPESET_H
/*
 * typeset: text that is made to fit, through pango.
 *
 * The part of draw that sets text.  Lengths are points; the origin is the area's top left
 * corner in the user space of the cairo context.  The rule by which text is made to fit
 * is in draw.h.
 */
struct draw_fit;
struct draw_style;
struct typeset;

/* For text on one cairo_t, which is borrowed and outlives the typeset. */
struct typeset *typeset_new(void *cairo);
void typeset_free(struct typeset *set);	/* NULL is fine */

/* Write text into an area of that size. */
void typeset_show(struct typeset *set, double width, double height,
    const char *text, const struct draw_style *style, struct draw_fit *fit);

/* How many rows of the smallest type fit into a height. */
int typeset_rows_max(double height);

#endif
