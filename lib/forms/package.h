#ifndef TC_PACKAGE_H
#define TC_PACKAGE_H
/*
 * package: tc-export proof, what a school gets to proof its images: a zip with
 * the images in folders by college and class, named 学号_姓名.jpg, and the workbook
 * of feedback.h beside them.
 *
 * With a password its entries are encrypted (ziplock.h).  Verified like a bundle:
 * read back, sums compared, images decoded.
 */
struct kind;

extern const struct kind package_kind;

#endif
