#!/bin/sh
# Faults made on good portraits, drawn and (where they are) real: how many are told.
. "$(dirname "$0")/lib.sh"

if [ ! -f "$TC_TOP/share/face_landmark_with_attention.tflite" ]; then
	skip "faults that are made are told" "no network: make models"
	finish
	exit
fi
check_status "faults that are made are told, at the rates of tests/attacks.tsv" 0 \
	"$TC_TOP/scripts/evaluate" --attacks -n 2 -s 3 \
	-o eyes_shut,eye_shut_one,mouth_open,print_on_table,grey_warm,warm,faded,tinted_grey,hat_dark,hat_brown,hood,cap,date_stamp,text,watermark "$TC_DATA"
shown out
finish
