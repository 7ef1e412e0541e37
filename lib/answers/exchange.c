#include "lib/answers/exchange.h"

#include "lib/answers/accept.h"
#include "lib/answers/finding.h"
#include "lib/answers/findings.h"
#include "lib/answers/people.h"
#include "lib/answers/saying.h"
#include "lib/decision/standing.h"

/* Whose a student's photo is said to be: in this file, or before. */
struct naming {
	const struct finding *here;		/* or NULL */
	const struct journal_answer *before;	/* or NULL */
	long target;				/* or PEOPLE_NOBODY */
};

static void
find_naming(const struct findings *findings, long student, struct naming *naming)
{
	struct standing standing;

	*naming = (struct naming){ NULL, NULL, PEOPLE_NOBODY };
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].kind == FINDING_NOT_SELF &&
		    findings->items[i].student == student &&
		    !findings->items[i].refused) {
			naming->here = &findings->items[i];
			naming->target = naming->here->target;
			return;
		}
	accept_standing(findings->accept, student, &standing);
	if (standing.of[MATTER_PICTURE] != STATE_DISOWNED ||
	    standing.by[MATTER_PICTURE] == NULL)
		return;
	naming->before = standing.by[MATTER_PICTURE];
	naming->target = saying_student(findings, naming->before->after);
}

/* Whether the photos named one after the other lead back to this one. */
static int
is_circle(const struct findings *findings, const struct finding *first)
{
	struct naming naming;
	long student = first->target;

	for (size_t steps = 0; steps <= findings->count + 1 && student >= 0; steps++) {
		if (student == first->student)
			return 1;
		find_naming(findings, student, &naming);
		student = naming.target;
	}
	return 0;
}

static void
give(struct saying *saying, const struct finding *finding, long target,
    const char *picture)
{
	struct journal_answer *answer = saying_add(saying, JOURNAL_LINK, target,
	    finding);

	answer->picture = picture;
	answer->before = saying_picture(saying->findings, target);
	answer->after = picture;
}

/* Those after this one in the circle who were named before this file: their
 * pictures move too. */
static void
give_earlier(struct saying *saying, const struct finding *finding)
{
	struct naming naming;
	long student = finding->target;

	for (;;) {
		find_naming(saying->findings, student, &naming);
		if (naming.before == NULL || naming.target < 0)
			return;
		give(saying, finding, naming.target,
		    answerlist_keep(&saying->said, naming.before->picture));
		student = naming.target;
	}
}

static void
offer(struct saying *saying, const struct finding *finding)
{
	struct journal_answer *answer = saying_add(saying, JOURNAL_CORRECTION,
	    finding->target, finding);

	answer->before = saying_picture(saying->findings, finding->target);
	answer->after = finding->picture;
}

void
exchange_say(struct saying *saying, const struct finding *finding)
{
	struct journal_answer *answer = saying_add(saying, JOURNAL_UNLINK,
	    finding->student, finding);

	answer->picture = finding->picture;
	answer->before = finding->picture;
	if (finding->target >= 0) {
		const char *target = saying_record(saying, finding->target);

		saying->said.items[saying->said.count - 1].after = target;
	}
	if (finding->target >= 0 && is_circle(saying->findings, finding)) {
		give(saying, finding, finding->target, finding->picture);
		give_earlier(saying, finding);
		saying_note(saying, finding, "exchanged");
		return;
	}
	if (finding->target >= 0)
		offer(saying, finding);
	saying_note(saying, finding, "not the student's: a new one is "
	    "expected");
}
