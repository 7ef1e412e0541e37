#ifndef TC_FRAMING_H
#define TC_FRAMING_H
/*
 * framing: whether one crop of a picture satisfies the standard, tc-check(1).
 *
 * Asks crop.h for the best crop and says of each limit whether it holds and by how
 * much it fails.  A picture that already has the registration image's size is
 * judged as it is.
 */
struct crop_limits;
struct node;
struct profile;

/* The limits of the profile's sections image and geometry. */
void framing_limits(const struct profile *profile, struct crop_limits *limits);

/* Append the checks framing.* of tool to a photo that has "image" and, when a face
 * was found, "face".  Where only piled up hair keeps the head from a crop, the crown of
 * "face" becomes an estimated one. */
void framing_judge(struct node *photo, const char *tool,
    const struct profile *profile);

#endif
