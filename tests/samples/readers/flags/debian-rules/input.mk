#!/usr/bin/make -f
export DEB_BUILD_MAINT_OPTIONS = hardening=+all
export DEB_BUILD_MAINT_OPTIONS = hardening=-all
export DEB_BUILD_MAINT_OPTIONS = hardening=+all,-pie
export DEB_BUILD_MAINT_OPTIONS = optimize=-lto
override_dh_auto_configure:
	dh_auto_configure -- -Dadmin_group=wheel -Dgroup-names=users
	dh_auto_configure -- -Dadmin_group=users
