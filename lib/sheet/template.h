#ifndef TC_TEMPLATE_H
#define TC_TEMPLATE_H
/*
 * template: how a sheet of paper is filled, tc-template(5).
 *
 * An INI file under share/templates.  It says how prints stand on one kind of
 * paper; how large a print is, how many a student gets and what its strip says is
 * the profile's.  Every key must be given; an unknown key, a repeated one or a
 * value out of its range is refused with file and line.  Lengths are millimetres,
 * sizes of type are points.
 */
struct buf;

/* Where a student's prints begin: in a new row, or in the next free cell. */
enum template_fill { FILL_ROW, FILL_CELLS };
/* What a new class begins: a sheet, a row, or nothing. */
enum template_class { CLASS_PAGE, CLASS_ROW, CLASS_NONE };
/* Where the two lines of heading stand: above and below the prints, or to the
 * left and right of them, turned. */
enum template_heading { HEADING_TOP, HEADING_SIDES };
/* What a plotter cuts out: image and strip, each by itself, or both as one. */
enum template_cut { CUT_IMAGE, CUT_PRINT };

struct template {
	double paper_width, paper_height;
	double safe;			/* from the paper's edge inwards: blank */
	int rows, columns;
	double gutter_x, gutter_y;	/* between columns, between rows */
	enum template_fill fill;
	enum template_class new_class;
	int strip;			/* prints have one */
	double label_width;		/* column for names on the left, or 0 */
	double tick_length, tick_width;
	double tick_gap;		/* from a print's edge to its ticks */
	double ruler;			/* its length, or 0 */
	double register_size;		/* of a registration mark, or 0: none */
	enum template_cut cut;
	enum template_heading heading;
	double heading_height;		/* of the band that a heading needs */
	double heading_size, label_size;
	double strip_size;		/* of type that fits */
	double strip_padding;		/* inside the strip, on all sides */
};

/* Load by name ("7inch", from share/templates) or by path (when name has a
 * slash).  0, or -1 with the reason. */
int template_load(struct template *template, const char *name,
    struct buf *err);

/* Append a line for each template of share/templates: its name, the paper's size, rows
 * and columns, whether prints have a strip.  0, or -1 with the reason. */
int template_list(struct buf *out, struct buf *err);

#endif
