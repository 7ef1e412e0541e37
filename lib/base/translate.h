#ifndef TC_TRANSLATE_H
#define TC_TRANSLATE_H
/*
 * translate: sentences for operators, from English into their language.
 *
 * Modules compose their sentences in English, and that is what manifests hold.
 * What is shown to an operator goes through here: the catalogue (share/
 * messages.zh) has pairs of patterns, and a sentence that fits an English one is
 * put into the other, its parts translated in turn:
 *
 *	en: photo '{1}': {2}
 *	zh: 照片“{1}”：{2}
 *
 * So one sentence exists once in the code, a reason that is read from a manifest
 * can be shown as well, and what has no pair is shown in English.
 *
 * Of several patterns that fit, the one with the most text of its own is taken;
 * the order in the file says nothing.  A part between quotes ('{1}') is a name and
 * is kept byte for byte; one behind "row " or
 * "column " is digits or capitals.  Sentences joined by "; " or ", " that fit no pattern as
 * a whole are translated one by one if each has a pair, and of "label: sentence"
 * the label is kept if it has none.
 */
struct buf;

/* Append the sentence in Chinese, or as it is where the catalogue has no pattern
 * for it.  The catalogue is read at the first call. */
void translate(const char *sentence, struct buf *out);

#endif
