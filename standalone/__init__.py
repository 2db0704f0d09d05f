"""Builds and runs a real Frappe bench from package registries (see docs/runtime.md)."""
