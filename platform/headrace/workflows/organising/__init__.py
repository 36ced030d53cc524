"""Workflows among many: folders, tags, lists, actions on several, files in and out."""
