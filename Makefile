# tc: see README.md.  Targets: all check check-fast demo bench lint install clean.
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
CXXFLAGS_ALL = -std=c++17 $(WARN) $(CFLAGS)

TOOLS = tc-ingest tc-check tc-normalize tc-layout tc-export

# The architecture in five lines: what each tool takes from outside.
LIBS_record       = jansson nettle inih
LIBS_tc-ingest    = $(LIBS_record) vips minizip expat
LIBS_tc-check     = $(LIBS_record) vips dlib-1
LIBS_tc-normalize = $(LIBS_record) vips libjpeg dlib-1
LIBS_tc-layout    = $(LIBS_record) pangocairo
LIBS_tc-export    = $(LIBS_record) vips minizip libjpeg xlsxwriter
LIBS_draw-school  = vips minizip xlsxwriter

# Headers that only one module includes, with that module's flags.
PKGS_img = vips
PKGS_draw = pangocairo
pkg_flags = $(if $(PKGS_$(1)),$(shell pkg-config --cflags $(PKGS_$(1))))

LIB_OBJ  = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard lib/*.c))) $(BUILD)/lib/face_dlib.o
DRAW_OBJ = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard scripts/draw/*.c)))

all: $(TOOLS:%=$(BIN)/%) $(BUILD)/draw-school

$(BIN)/tc-%: $(BUILD)/cmd/tc-%.o $(BUILD)/libtc.a
	@mkdir -p $(@D)
	@echo "LD $@"
	@$(CXX) $(LDFLAGS) -o $@ $< $(BUILD)/libtc.a -Wl,--as-needed \
		$$(pkg-config --libs $(LIBS_tc-$*)) -lcsv -lm

$(BUILD)/draw-school: $(DRAW_OBJ) $(BUILD)/libtc.a
	@echo "LD $@"
	@$(CC) $(LDFLAGS) -o $@ $^ -Wl,--as-needed $$(pkg-config --libs $(LIBS_draw-school)) -lm

$(BUILD)/libtc.a: $(LIB_OBJ)
	@echo "AR $@"
	@rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "CC $<"
	@$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(call pkg_flags,$(basename $(notdir $<))) -MMD -MP -c -o $@ $<

$(BUILD)/scripts/draw/%.o: PKGS_portrait = vips
$(BUILD)/%.o: %.cc Makefile
	@mkdir -p $(@D)
	@echo "CXX $<"
	@$(CXX) $(CPPFLAGS_ALL) $(CXXFLAGS_ALL) -MMD -MP -c -o $@ $<

clean:
	rm -rf $(BUILD) $(BIN)

.PHONY: all clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
