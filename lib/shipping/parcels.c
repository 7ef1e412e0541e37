#include "lib/shipping/parcels.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/product/kind.h"
#include "lib/shipping/consign.h"
#include "lib/table/ruled.h"
#include "lib/table/xlsx.h"

static const struct ruled_column parcel_columns[] = {
	{ "寄送编号", 17 }, { "院校名称", 20 }, { "寄送对象", 9 }, { "收件人", 9 },
	{ "联系电话", 14 }, { "邮编", 8 }, { "地址", 30 }, { "人数", 7 },
	{ "照片（张）", 9 }, { "版（张）", 8 }, { "重量（克）", 9 }, { "重量档", 11 },
	{ "快递公司", 11 }, { "快递单号", 18 }, { "备注", 14 }
};

static const struct ruled_column held_columns[] = {
	{ "寄送编号", 20 }, { "院校名称", 26 }, { "寄送对象", 12 }, { "人数", 8 },
	{ "照片（张）", 10 }, { "版（张）", 9 }, { "原因", 30 }
};

static void
begin_row(struct ruled *ruled, const struct consignment *item)
{
	ruled_row(ruled);
	ruled_text(ruled, item->number, XLSX_CENTRE);
	ruled_text(ruled, item->school, 0);
	ruled_text(ruled, item->to == CONSIGN_POINT ? item->name :
	    consign_to_name(item->to), XLSX_CENTRE);
}

static void
add_amount(struct ruled *ruled, const struct consignment *item)
{
	ruled_number(ruled, (double)item->persons, 0);
	ruled_number(ruled, (double)item->prints, 0);
	ruled_number(ruled, (double)item->sheets, 0);
}

static void
add_parcel(struct ruled *ruled, const struct consignment *item)
{
	begin_row(ruled, item);
	ruled_text(ruled, item->recipient, XLSX_CENTRE);
	ruled_text(ruled, item->phone, XLSX_CENTRE);
	ruled_text(ruled, item->postcode, XLSX_CENTRE);
	ruled_text(ruled, item->address, 0);
	add_amount(ruled, item);
	ruled_number(ruled, item->grams, 0);
	ruled_text(ruled, item->weight, XLSX_CENTRE);
	ruled_text(ruled, item->carrier, XLSX_ANSWER);
	ruled_text(ruled, item->tracking, XLSX_ANSWER);
	ruled_text(ruled, item->note, XLSX_SMALL | XLSX_ALERT);
}

static void
add_held(struct ruled *ruled, const struct consignment *item)
{
	begin_row(ruled, item);
	add_amount(ruled, item);
	ruled_text(ruled, "盖章的校对反馈表未收到", 0);
}

static int
parcels_write(struct consign *consign, struct buf *err)
{
	struct xlsx *xlsx = xlsx_new(consign->product.part, consign->temporary,
	    consign->created, parcels_kind.title, err);
	struct ruled sent, held;

	if (xlsx == NULL)
		return -1;
	xlsx_running(xlsx, consign->sender, consign->date);
	ruled_begin(&sent, xlsx, "寄送清单", parcel_columns,
	    sizeof parcel_columns / sizeof parcel_columns[0]);
	ruled_begin(&held, xlsx, "暂不寄送", held_columns,
	    sizeof held_columns / sizeof held_columns[0]);
	for (size_t i = 0; i < consign->count; i++)
		if (consign->items[i].held)
			add_held(&held, &consign->items[i]);
		else
			add_parcel(&sent, &consign->items[i]);
	ruled_end(&sent, XLSX_LANDSCAPE);
	ruled_end(&held, XLSX_LANDSCAPE);
	return xlsx_close(xlsx, err);
}

static void *
parcels_start(const struct kind_options *options)
{
	return consign_new(options, &parcels_kind, parcels_write);
}

const struct kind parcels_kind = {
	.name = "parcels",
	.what = "what is sent where, workbook",
	.title = "寄送清单",
	.extension = ".xlsx",
	.takes = KIND_INCLUDE,
	.filter = &consign_filter,
	.start = parcels_start,
	.describe = consign_describe,
	.stop = consign_stop
};
