#ifndef TC_BILL_H
#define TC_BILL_H
/*
 * bill: what a school has to pay for its photos, by the profile's [fee].
 */
struct survey_school;

struct bill {
	int by_student;		/* students paid when shooting: nothing is due */
	long persons;		/* that are charged for, each once */
	double price, due, paid, open;
};

void bill_of(const struct survey_school *school, struct bill *bill);

#endif
