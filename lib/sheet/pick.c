#include "lib/sheet/pick.h"

#include "lib/base/node.h"

static const char *const reasons[PICK_COUNT][2] = {
	[PICK_PRINT] = { "printed", "已排版" },
	[PICK_UNMADE] = { "without registration image", "未生成电子注册图像" },
	[PICK_NONCONFORMING] = { "not conforming", "电子注册图像不合规范" },
	[PICK_DAMAGED] = { "with a damaged image", "电子注册图像已损坏" },
	[PICK_PRINTED] = { "printed before", "此前已排版" },
	[PICK_NOT_WANTED] = { "not in the list", "不在补印名单" },
	[PICK_NO_ROW] = { "not in the table", "不在排版冲印数据表" },
	[PICK_NO_COPIES] = { "with no copies", "份数为 0" },
};

enum pick
pick_photo(const struct node *photo, int review)
{
	const struct node *normalized = node_get(photo, "normalized");
	enum status status = status_of(photo);

	if (status != STATUS_PASS && !(review && status == STATUS_REVIEW))
		return PICK_STATUS;
	if (normalized == NULL)
		return PICK_UNMADE;
	return node_true(normalized, "conforms") ? PICK_PRINT :
	    PICK_NONCONFORMING;
}

int
pick_is_student(const struct node *photo)
{
	enum status status = status_of(photo);

	return status != STATUS_COUNT && status != STATUS_UNMATCHED &&
	    status != STATUS_SUPERSEDED && status != STATUS_EXCLUDED &&
	    node_get(photo, "student") != NULL;
}

const char *
pick_reason(enum pick pick, enum status status, int chinese)
{
	if (pick == PICK_STATUS)
		return status == STATUS_COUNT ? "" : chinese ?
		    status_chinese(status) : status_name(status);
	return reasons[pick][chinese != 0];
}

const char *
pick_word(enum pick pick, enum status status, int chinese)
{
	if (pick == PICK_STATUS)
		return pick_reason(pick, status, chinese);
	return chinese ? "暂无照片" : "no photo";
}

void
pick_count(struct pick_counts *counts, enum pick pick, enum status status)
{
	counts->left[pick]++;
	if (pick == PICK_STATUS && status != STATUS_COUNT)
		counts->status[status]++;
}
