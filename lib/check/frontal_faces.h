#ifndef TC_FRONTAL_FACES_H
#define TC_FRONTAL_FACES_H
/*
 * frontal_faces: dlib's frontal face detector as dlib::serialize writes it.
 *
 * dlib holds it compressed, and unpacking takes 0.4 s of every process; from these
 * bytes it is there in 3 ms.  scripts/frontal-faces.cc writes them while the
 * project is built, so they are those of the dlib that is installed.
 */
#include <stddef.h>	/* size_t */

extern const unsigned char frontal_faces[];
extern const size_t frontal_faces_size;

#endif
