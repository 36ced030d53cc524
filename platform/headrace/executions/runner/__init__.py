"""Drives one execution under one lease: fold the log, run what is pending, append what happened."""
