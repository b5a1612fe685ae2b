"""Codecs: bytes in, messages out; no I/O and no clock."""
