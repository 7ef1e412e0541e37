#include "lib/matte/flood.h"

int
flood_begin(const struct flood *flood)
{
	int count = 0;

	for (int at = 0; at < flood->cols * flood->rows; at++)
		if (flood->mark[at])
			flood->queue[count++] = at;
	return count;
}

int
flood_run(const struct flood *flood, int count, enum flood_reach reach)
{
	static const int across[] = { 1, -1, 0, 0, 1, 1, -1, -1 };
	static const int down[] = { 0, 0, 1, -1, 1, -1, 1, -1 };

	for (int begin = 0; begin < count; begin++) {
		int at = flood->queue[begin];
		int x = at % flood->cols, y = at / flood->cols;

		for (int k = 0; k < (int)reach; k++) {
			int u = x + across[k], v = y + down[k];
			int next = v * flood->cols + u;

			if (u < 0 || v < 0 || u >= flood->cols ||
			    v >= flood->rows || flood->mark[next] ||
			    !flood->takes(flood->state, at, next))
				continue;
			flood->mark[next] = 1;
			flood->queue[count++] = next;
		}
	}
	return count;
}
