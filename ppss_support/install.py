"""Runs once when the app comes to a site."""

from ppss_support.setup import site


def after_install():
	site.prepare()
