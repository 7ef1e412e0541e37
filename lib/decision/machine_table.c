#include "lib/decision/machine.h"

#include <stddef.h>	/* NULL */

/*
 * Rows are states, columns events; what a cell means is in tc-journal(5),
 * which prints these lines, and in machine.c, which reads them.
 */
static const char *const tables[] = {
	"state         cfm pas ret rej dis off lnk new ulk dlv rac rrf rdb\n"
	"absent    no  x1  x1  x1  x1  x1  ..  op  op  ..  ..  ..  ..  ..\n"
	"open      op  ==  pa  rt? rj  dn  ..  ==  op  ..  ..  ..  ..  ..\n"
	"failed    fa  x3  pa  rt? rj  dn  ..  ==  op  ..  ..  ..  ..  ..\n"
	"passed    pa  ==  ==  rt? rj? dn  ..  ==  op  ..  ..  ..  ..  ..\n"
	"returned  rt  op? pa? ==  rj  dn  ..  ==  op  ..  ..  ..  ..  ..\n"
	"rejected  rj  x2  pa? ==  ==  dn  ..  ==  op  ..  ..  ..  ..  ..\n"
	"disputed  di  vv  pa? rt? rj? dn  ..  ==  op  ..  ..  ..  ..  ..\n"
	"disowned  dn  x1  x1  x1  x1  x1  ..  op  op  ..  ..  ..  ..  ..\n"
	"free      fr  cf  ..  ..  ..  ..  ..  ..  ..  x5  dl  ..  ..  ..\n"
	"confirmed cf  ==  ..  fr  fr  fr  ..  ..  fr  fr  cd  ..  fr  ..\n"
	"delivered dl  cd  ..  fr  fr  fr  ..  ..  fr  fr  ==  ..  fr  ..\n"
	"proofed   cd  ==  ..  fr  fr  fr  ..  ..  fr  fr  ==  ..  fr  ..\n"
	"unheard   un  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ac  rf  db\n"
	"accepted  ac  ..  ..  un  un  un  ..  ..  un  ..  ..  ==  rf  db\n"
	"refused   rf  x4  cl  ..  ..  un  ..  ..  un  ..  ..  ac  ==  db\n"
	"doubted   db  ..  cl  un  un  un  ..  ..  un  ..  ..  ac  rf  ==\n"
	"cleared   cl  ..  ..  un  un  un  ..  ..  un  ..  un  ac  rf  db\n"
	"unoffered uo  ..  ..  ..  ..  ..  of  ..  ..  ..  ..  ..  ..  ..\n"
	"offered   of  uo  uo  ..  ..  ..  ==  uo  uo  ..  ..  ..  ..  ..\n"
	"unclaimed uc  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"claimed   cm  uc? ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"contested ct  uc? ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"settled   st  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"outdated  od  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"silent    si  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"noted     nt  kp  kp  kp  kp  kp  ..  kp  kp  ..  ..  ..  ..  ..\n"
	"kept      kp  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"bound     bd  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n"
	"exempt    ex  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..  ..\n",

	"state         clm rmk acc dsm agr dif exm wdr  waits for\n"
	"absent    no  ..  ..  ..  ..  ..  ..  ..  ..   picture\n"
	"open      op  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"failed    fa  ..  ..  ..  ..  ..  ..  ..  ..   picture, reviewer\n"
	"passed    pa  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"returned  rt  ..  ..  ..  ..  ..  ..  ..  ..   picture\n"
	"rejected  rj  ..  ..  ..  ..  ..  ..  ..  ..   picture\n"
	"disputed  di  ..  ..  ..  ..  ..  ..  ..  ..   reviewer, picture\n"
	"disowned  dn  ..  ..  ..  ..  ..  ..  ..  ..   picture, operator, other\n"
	"free      fr  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"confirmed cf  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"delivered dl  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"proofed   cd  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"unheard   un  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"accepted  ac  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"refused   rf  ..  ..  ..  ..  ..  ..  ..  ..   picture, reviewer, register\n"
	"doubted   db  ..  ..  ..  ..  ..  ..  ..  ..   reviewer, register, picture\n"
	"cleared   cl  ..  ..  ..  ..  ..  ..  ..  ..   -\n"
	"unoffered uo  ..  ..  x6  x6  ..  ..  ..  ..   -\n"
	"offered   of  ..  ..  uo  uo  ..  ..  ..  ..   operator, other, picture\n"
	"unclaimed uc  cm  ..  x6  x6  ..  ..  ..  ..   -\n"
	"claimed   cm  cm? ..  st  uc  uc  ==  ..  ..   operator, roster\n"
	"contested ct  cm? ..  st  uc  uc  ==  ..  ..   operator, roster\n"
	"settled   st  cm  ..  ==  uc  ==  od  ..  ..   -\n"
	"outdated  od  cm  ..  st  uc  st  ==  ..  ..   operator, roster\n"
	"silent    si  ..  nt  x7  x7  ..  ..  ..  ..   -\n"
	"noted     nt  ..  ==  si  si  ..  ..  ..  ..   operator\n"
	"kept      kp  ..  nt  si  si  ..  ..  ..  ..   operator\n"
	"bound     bd  ..  ..  ..  ..  ..  ..  ex  x8   -\n"
	"exempt    ex  ..  ..  ..  ..  ..  ..  ==  bd   -\n",
};

const char *
machine_table(int number)
{
	return number < (int)(sizeof tables / sizeof *tables) ? tables[number] : NULL;
}
