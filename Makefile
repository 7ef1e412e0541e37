# tc: see README.md.  Targets: all check check-fast sanitised faults fuzz demo bench evaluate lint install
# uninstall dist deb models clean.
VERSION = 0.1
PREFIX  = /usr/local
DESTDIR =
BUILD   = build
BIN     = bin

CC      = gcc
CXX     = g++
CFLAGS  = -O2 -g
WARN    = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wformat=2 -Wwrite-strings
CPPFLAGS_ALL = -I. -D_GNU_SOURCE -DTC_VERSION='"$(VERSION)"' $(CPPFLAGS)
CFLAGS_ALL   = -std=c11 $(WARN) -Wmissing-prototypes $(CFLAGS)
# No product and sum in one rounding: a processor that has such must not decide otherwise.
CXXFLAGS_ALL = -std=c++17 -ffp-contract=off $(WARN) $(CFLAGS)

# SAN=gcc or SAN=clang: with AddressSanitizer and UndefinedBehaviorSanitizer, beside the usual
# build.
ifdef SAN
BUILD     = build/san-$(SAN)
BIN       = $(BUILD)/bin
# vptr asks the kernel whether memory is there, by a call that workers may not make.
SANITISER = -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
CFLAGS    = -O1 -g $(SANITISER)
LDFLAGS  += $(SANITISER)
CC        = $(SAN)
CXX       = $(if $(filter clang,$(SAN)),clang++,g++)
export TC_BIN := $(CURDIR)/$(BIN)
export TC_BUILD := $(CURDIR)/$(BUILD)
export TC_SHARE := $(CURDIR)/share
# A status that no tool has.
export TC_SANITISED = 1
export ASAN_OPTIONS = detect_leaks=0:abort_on_error=0:allocator_may_return_null=1:exitcode=99
export UBSAN_OPTIONS = print_stacktrace=1:exitcode=99
endif

TOOLS = tc-ingest tc-check tc-normalize tc-layout tc-export

# The architecture in five lines: what each tool takes from outside.
LIBS_record       = glib-2.0 nettle inih libseccomp
LIBS_tc-ingest    = $(LIBS_record) vips zbar zlib libarchive expat libxml-2.0 shapelib minizip libjpeg xlsxwriter
LIBS_tc-check     = $(LIBS_record) vips libjpeg dlib-1
LIBS_tc-normalize = $(LIBS_record) vips libjpeg dlib-1
LIBS_tc-layout    = $(LIBS_record) pangocairo libjpeg libtiff-4 xlsxwriter minizip zlib libarchive expat libxml-2.0 shapelib
LIBS_tc-export    = $(LIBS_record) expat vips pangocairo minizip zlib libarchive libjpeg xlsxwriter
LIBS_draw-school  = nettle libseccomp expat vips libqrencode minizip xlsxwriter libarchive
LIBS_tests        = $(LIBS_record) vips zbar dlib-1 minizip zlib libarchive expat libxml-2.0 shapelib libjpeg xlsxwriter pangocairo libtiff-4 cmocka

# Flags of the outside headers, each of which one module includes.
LIB_FLAGS := $(shell pkg-config --cflags vips pangocairo minizip libxml-2.0)

LIB_OBJ  = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard lib/*/*.c))) \
	$(BUILD)/lib/check/face_dlib.o $(BUILD)/lib/check/frontal_faces.o
DRAW_OBJ = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard scripts/draw/*.c)))

# Networks that others trained: scripts/setup fetches them (make models), and they are
# taken from there when they are there: share/networks.txt.
FETCHED = scripts/models/node_modules/@mediapipe
MODELS  = share/selfie_segmentation.tflite share/face_landmark_with_attention.tflite

# They must not be older than the library.
MEASURE = $(BUILD)/cutout $(BUILD)/composite

all: $(TOOLS:%=$(BIN)/%) $(BIN)/tc-province $(BUILD)/draw-school $(MEASURE) $(if $(wildcard $(FETCHED)),$(MODELS))

$(BIN)/tc-province: scripts/tc-province
	@mkdir -p $(@D)
	@install -m 755 $< $@

$(BIN)/tc-%: $(BUILD)/cmd/tc-%.o $(BUILD)/libtc.a
	@mkdir -p $(@D)
	@echo "LD $@"
	@$(CXX) $(LDFLAGS) -o $@ $< $(BUILD)/libtc.a -Wl,--as-needed \
		$$(pkg-config --libs $(LIBS_tc-$*)) -lm

$(BUILD)/draw-school: $(DRAW_OBJ) $(BUILD)/libtc.a
	@echo "LD $@"
	@$(CC) $(LDFLAGS) -o $@ $^ -Wl,--as-needed $$(pkg-config --libs $(LIBS_draw-school)) -lm

$(BUILD)/libtc.a: $(LIB_OBJ)
	@echo "AR $@"
	@rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "CC $<"
	@$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LIB_FLAGS) -MMD -MP -c -o $@ $<

# Loops over pixels and channels are worth more here than small code.
$(addprefix $(BUILD)/lib/,net/%.o matte/%.o check/%.o): CFLAGS_ALL += -O3

$(BUILD)/%.o: %.cc Makefile
	@mkdir -p $(@D)
	@echo "CXX $<"
	@$(CXX) $(CPPFLAGS_ALL) $(CXXFLAGS_ALL) -MMD -MP -c -o $@ $<

models: $(FETCHED)

$(FETCHED): scripts/models/package-lock.json
	@cd scripts/models && npm ci --silent --ignore-scripts
	@touch $@

share/selfie_segmentation.tflite: $(FETCHED)/selfie_segmentation/selfie_segmentation.tflite
	@install -m 644 $< $@

# The first of several files in one.
share/face_landmark_with_attention.tflite: $(FETCHED)/face_mesh/face_mesh_solution_packed_assets.data
	@head -c 2495952 $< >$@.part && mv $@.part $@

# Unpacked once, while building: see lib/check/frontal_faces.h.
$(BUILD)/frontal-faces: $(BUILD)/scripts/frontal-faces.o
	@echo "LD $@"
	@$(CXX) $(LDFLAGS) -o $@ $< $$(pkg-config --libs dlib-1)

$(BUILD)/lib/check/frontal_faces.c: $(BUILD)/frontal-faces
	@mkdir -p $(@D)
	@$< >$@.part && mv $@.part $@

$(BUILD)/lib/check/frontal_faces.o: $(BUILD)/lib/check/frontal_faces.c
	@echo "CC $@"
	@$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -c -o $@ $<

UNIT  = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/t_*.c)))
# The longest first, so that none of them runs alone at the end.
SHELL_TESTS = $(sort $(wildcard tests/9*.t)) $(sort $(wildcard tests/[0-8]*.t))

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/libtc.a
	@mkdir -p $(@D)
	@$(CXX) $(LDFLAGS) -o $@ $< $(BUILD)/libtc.a -Wl,--as-needed \
		$$(pkg-config --libs $(LIBS_tests)) -lm

# What measures the mask by itself: see scripts/measure-matte, scripts/measure-composites,
# scripts/contact-sheet.
$(MEASURE): $(BUILD)/%: $(BUILD)/scripts/%.o $(BUILD)/scripts/pnm.o $(BUILD)/libtc.a
	@echo "LD $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $$(pkg-config --libs nettle) -lm

# What each group of checks costs: see scripts/bench.
$(BUILD)/check-groups: $(BUILD)/scripts/check-groups.o $(BUILD)/libtc.a
	@echo "LD $@"
	@$(CXX) $(LDFLAGS) -o $@ $^ -Wl,--as-needed $$(pkg-config --libs $(LIBS_tc-check)) -lm

contact-sheet: all
	@scripts/contact-sheet

measure-matte: all
	@scripts/measure-matte

measure-composites: all
	@scripts/measure-composites

check: all $(UNIT) $(BUILD)/tests/replay $(BUILD)/tests/faults.so $(BUILD)/check-groups $(BUILD)/tests/cells $(BUILD)/tests/damage
	@scripts/run-tests $(SHELL_TESTS) $(BUILD)/tests/replay $(UNIT)

# A library that fails one call of the tools, for the sweeps: see tests/faults/sweep.py.
$(BUILD)/tests/faults.so: tests/faults/shim.c
	@mkdir -p $(@D)
	@echo "LD $@"
	@$(CC) -std=gnu11 -O2 -Wall -Wextra -shared -fPIC -o $@ $< -ldl

# SECONDS=0: every call of every stage.
faults: all $(BUILD)/tests/faults.so
	@PATH="$(CURDIR)/$(BIN):$(CURDIR)/$(BUILD):$$PATH" python3 tests/faults/sweep.py \
		$(BUILD)/tests/faults.so $(or $(SECONDS),600)

# The parsers under libFuzzer: tests/fuzz/fuzz.h.  For each of FUZZED, RUNS executions or
# SECONDS.
FUZZED  = $(notdir $(wildcard tests/fuzz/corpus/*))
FUZZ    = $(BUILD)/fuzz
FUZZ_OBJ = $(patsubst %.c,$(FUZZ)/%.o,$(filter-out %/main.c lib/base/workers.c,\
	$(sort $(wildcard tests/fuzz/*.c lib/*/*.c))))
FUZZ_FLAGS = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
FUZZ_RUN = -max_len=32768 -rss_limit_mb=4096 -timeout=20 -print_final_stats=1 \
	-close_fd_mask=2 -dict=tests/fuzz/words.dict
FUZZ_END = $(if $(RUNS),-runs=$(RUNS),-max_total_time=$(or $(SECONDS),60))

$(FUZZ)/%.o: %.c
	@mkdir -p $(@D)
	@clang $(CPPFLAGS_ALL) -std=c11 $(FUZZ_FLAGS) $(LIB_FLAGS) -MMD -MP -c -o $@ $<

$(FUZZ)/libtc.a: $(FUZZ_OBJ)
	@rm -f $@ && ar rcs $@ $^

$(FUZZED:%=$(FUZZ)/%): tests/fuzz/main.c $(FUZZ)/libtc.a
	@clang $(CPPFLAGS_ALL) -std=c11 $(FUZZ_FLAGS) -fsanitize=fuzzer -DTARGET=$(@F) \
		-o $@ $< $(FUZZ)/libtc.a -Wl,--as-needed \
		$$(pkg-config --libs $(filter-out dlib-1 cmocka,$(LIBS_tests))) -lm

# Few headings a column: else nine tenths of the time go into reading them.
$(FUZZ)/share: share/columns.conf
	@rm -rf $@ && cp -r share $@
	@awk -F', ' '{ for (i = 1; i <= NF && i <= 5; i++) printf "%s%s", (i > 1 ? ", " : ""), $$i; print "" }' \
		$< >$@/columns.conf

fuzz: $(FUZZED:%=$(FUZZ)/%) $(FUZZ)/share
	@for target in $(FUZZED); do \
		mkdir -p $(FUZZ)/corpus/$$target; \
		TC_SHARE=$(FUZZ)/share $(FUZZ)/$$target $(FUZZ_RUN) $(FUZZ_END) \
			-artifact_prefix=$(FUZZ)/$$target- $(FUZZ)/corpus/$$target \
			tests/fuzz/corpus/$$target >$(FUZZ)/$$target.log 2>&1 || \
			echo "$$target: $(FUZZ)/$$target.log"; \
		echo "$$target: $$(sed -n 's/stat::number_of_executed_units: *//p' \
			$(FUZZ)/$$target.log) executions"; \
	done

# The kept inputs again, in the usual build.
$(BUILD)/tests/replay: $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/fuzz/*.c))) $(BUILD)/libtc.a
	@mkdir -p $(@D)
	@echo "LD $@"
	@$(CXX) $(LDFLAGS) -o $@ $^ -Wl,--as-needed $$(pkg-config --libs $(LIBS_tests)) -lm

check-fast: all $(UNIT) $(BUILD)/tests/replay
	@scripts/run-tests $(UNIT) $(BUILD)/tests/replay $(sort $(wildcard tests/0*.t))

# Which rule of the house is broken, which Chinese sentence is missing.
lint: all
	@scripts/lint && scripts/messages

# Every tool alike; with SAN a run under the sanitisers that takes two minutes.
check-tools: all
	@scripts/run-tests tests/0001-every-tool.t

# With SAN: one student through everything, and nothing is left behind.
leaks: all
	@scripts/run-tests tests/leaks.t

# What continuous integration runs after the tests.
sanitised:
	@scripts/sanitised

demo: all
	@scripts/demo $(DEMO)

bench: all $(BUILD)/check-groups
	@scripts/bench

evaluate: all
	@scripts/evaluate

# bash loads these by the command's name.
COMPLETIONS = $(DESTDIR)$(PREFIX)/share/bash-completion/completions

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/tc
	install -m 755 $(TOOLS:%=$(BIN)/%) $(BIN)/tc-province $(DESTDIR)$(PREFIX)/bin
	cd share && find . -type d -exec install -d "$(DESTDIR)$(PREFIX)/share/tc/{}" \; && \
		find . -type f -exec install -m 644 "{}" "$(DESTDIR)$(PREFIX)/share/tc/{}" \; && \
		chmod 755 "$(DESTDIR)$(PREFIX)"/share/tc/slurm/*.sbatch
	install -d $(COMPLETIONS)
	install -m 644 share/completions/tc-tools $(COMPLETIONS)/tc-ingest
	for tool in $(filter-out tc-ingest,$(TOOLS)) tc-province; do \
		ln -sf tc-ingest $(COMPLETIONS)/$$tool; \
	done
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	for unit in share/systemd/*.service share/systemd/*.timer; do \
		sed 's,/usr/local/bin,$(PREFIX)/bin,' $$unit | install -m 644 /dev/stdin \
			"$(DESTDIR)$(PREFIX)/lib/systemd/system/$$(basename $$unit)"; \
	done
	sed -i 's,/usr/local/bin,$(PREFIX)/bin,' $(DESTDIR)$(PREFIX)/share/tc/systemd/*
	for page in man/*.[157] man/zh_CN/*.[157]; do \
		folder=$(DESTDIR)$(PREFIX)/share/$$(dirname $$page)/man$${page##*.}; \
		install -d $$folder && install -m 644 $$page $$folder; \
	done
	for folder in man man/zh_CN; do \
		echo '.so man7/tc.7' >$(DESTDIR)$(PREFIX)/share/$$folder/man7/tc-tools.7; \
	done

# What install would put there, and nothing else.
uninstall:
	rm -rf $(BUILD)/installed
	@$(MAKE) -s install DESTDIR=$(abspath $(BUILD)/installed)
	cd $(BUILD)/installed && find . ! -type d -exec rm -f "$(DESTDIR)/{}" \;
	cd $(BUILD)/installed && find .$(PREFIX) -depth -type d \
		-exec rmdir --ignore-fail-on-non-empty "$(DESTDIR)/{}" \; 2>/dev/null || :
	rm -rf $(BUILD)/installed

# The same bytes for the same commit: files, owners and times are git's.
dist:
	git archive --format=tar --prefix=tc-$(VERSION)/ HEAD | gzip -n >tc-$(VERSION).tar.gz
	@sha256sum tc-$(VERSION).tar.gz

# A Debian package, debian/: built here, put into the directory above.
deb:
	dpkg-buildpackage -b -us -uc

clean:
	rm -rf $(BUILD) $(BIN) $(MODELS)

.PHONY: all bench check check-fast check-tools clean contact-sheet deb demo dist evaluate faults fuzz install leaks lint measure-composites measure-matte models sanitised uninstall
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
