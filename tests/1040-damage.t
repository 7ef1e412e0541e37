#!/bin/sh
# tc-ingest: archives and tables that were cut and altered at random, made ones and
# those of other projects, cost themselves only: no reader crashes or hangs.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 3 -W 96 -o school
mkdir in && cp school/roster.csv in/名单.csv && cp school/photos/*.jpg in/
7z a -bd -bso0 in.7z in
7z a -bd -bso0 plain.zip in
7z a -bd -bso0 -mm=LZMA lzma.zip in
7z a -bd -bso0 -mm=BZip2 bzip2.zip in
7z a -bd -bso0 -ppassword -mem=AES256 aes.zip in
7z a -bd -bso0 -ppassword -mem=ZipCrypto traditional.zip in
(cd in && zip -q - ./*) >streamed.zip
zip -q -0 nested.zip plain.zip in.7z
tar cf in.tar in && gzip -k in.tar && xz -k in.tar && zstd -q -k in.tar
check_status "damaged archives and tables that were made" 0 damage 60 school/roster.xlsx \
	school/roster.csv in.7z plain.zip lzma.zip bzip2.zip aes.zip \
	traditional.zip streamed.zip nested.zip in.tar in.tar.gz in.tar.xz in.tar.zst
check "many of them are still read" sh -c '
	tail -n 1 out | { read -r n _ failed _ && [ "$n" -gt 1500 ] &&
	[ "$failed" -gt 300 ] && [ "$failed" -lt "$n" ]; }'
if [ -d "$TC_DATA/tables" ]; then
	check "and those of other projects" damage 6 "$TC_DATA"/tables/* \
		"$TC_DATA"/archives/*
else
	skip "and those of other projects" "no $TC_DATA"
fi
finish
