#ifndef TC_FRAMING_H
#define TC_FRAMING_H
/*
 * framing: whether one crop of a picture satisfies the standard, tc-check(1).
 *
 * Takes the best crop of crop.h and adds a check for each limit, with the value that it
 * has.  A picture that already has the registration image's size is judged as it is.
 */
struct crop_limits;
struct node;
struct profile;

/* The limits of the profile's sections image and geometry. */
void framing_limits(const struct profile *profile, struct crop_limits *limits);

/* Append the checks framing.* of tool to a photo that has "image" and, when a face
 * was found, "face".  Where there is no crop only because hair is piled up, the crown of
 * "face" is replaced by an estimated one. */
void framing_judge(struct node *photo, const char *tool,
    const struct profile *profile);

#endif
