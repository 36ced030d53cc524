"""A plugin that pytest loads before all others: no one may read the settings too early.

pytest-django reads them at once where `DJANGO_SETTINGS_MODULE` is set, before `tests/conftest.py`
had a chance to start servers and name them. That file sets the variable when all is there.
"""

from __future__ import annotations

import os

os.environ.pop("DJANGO_SETTINGS_MODULE", None)
