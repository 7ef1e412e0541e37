#ifndef TC_DASHBOARD_H
#define TC_DASHBOARD_H
/*
 * dashboard: tc-export dashboard, the progress of the collection on one page, for a wall
 * screen and for A4 paper: HTML without script, server, network or personal data.
 *
 * The frame and the style are share/dashboard/.
 */
struct kind;

extern const struct kind dashboard_kind;

#endif
