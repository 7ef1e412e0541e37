#include "lib/province/bill.h"

#include <stdlib.h>
#include <string.h>

#include "lib/profile/profile.h"
#include "lib/province/survey.h"

void
bill_of(const struct survey_school *school, struct bill *bill)
{
	const struct profile *profile = school->profile;
	const struct figures_line *total = &school->figures.total;

	bill->by_student = strcmp(profile_text(profile, "fee", "mode"),
	    "student") == 0;
	bill->persons = strcmp(profile_text(profile, "fee", "counts"),
	    "passed") == 0 ? total->passed : total->taken;
	bill->price = profile_number(profile, "fee", "price");
	bill->due = bill->by_student ? 0 : (double)bill->persons * bill->price;
	bill->paid = strtod(survey_text(school, "paid"), NULL);
	bill->open = bill->due - bill->paid;
}
