"""Packs: many papers as one file, chosen in the request, made in the background."""
