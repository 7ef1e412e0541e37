#ifndef TC_STUDENTS_H
#define TC_STUDENTS_H
/*
 * students: which students have an image to deliver, and in which order lists show
 * them: by the profile's levels ([print] levels) and student number.
 */
struct buf;
struct node;
struct order;
struct profile;

/* Whether a record has a registration image to deliver: it passed, and it conforms. */
int students_has_image(const struct node *photo);

/* Make order empty, with the profile's levels.  0, or -1 with the reason. */
int students_order(struct order *order, const struct profile *profile,
    struct buf *err);

/* Append the student's levels as folders, each with '/' behind it; levels that the
 * student lacks, or that repeat the one above, are left out. */
void students_add_folders(const struct node *student,
    const struct profile *profile, struct buf *out);

#endif
