#!/bin/sh
# What a night gives a person: a photo that passed and is in no bundle, also where another
# photo of the student was in one.
. "$(dirname "$0")/lib.sh"

cat >manifest.ndjson <<'END'
{"type":"photo","id":"held","status":"pass","source":{"sha256":"aa"},"delivered":[{"picture":"bb"},{"picture":"aa"}]}
{"type":"photo","id":"replaced","status":"pass","source":{"sha256":"cc"},"delivered":[{"picture":"bb"}]}
{"type":"photo","id":"never","status":"pass","source":{"sha256":"dd"}}
{"type":"photo","id":"absent","status":"missing"}
END
sh -uc 'here=. && . "$1/province/school.sh" && needs' sh "${TC_SHARE:-$TC_TOP/share}" >needs
check "a picture that a bundle holds is nobody's work" is "$(grep -c held needs)" 0
check "one that never was in a bundle is" grep -q '^undelivered never ' needs
check "so is one that came after another that was" grep -q '^undelivered replaced ' needs
check "nothing else is" is "$(grep -c . needs)" 2
finish
