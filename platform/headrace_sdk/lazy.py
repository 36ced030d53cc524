"""Client libraries that are loaded when they are first used: packages are imported at every start.

```python
if TYPE_CHECKING:
    import asyncssh
else:
    asyncssh = lazy_module("asyncssh")
```
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def lazy_module(name: str) -> ModuleType:
    """The module, executed at the first access to one of its names. Must be a top-level one.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        message = f"No module named {name!r}"
        raise ModuleNotFoundError(message, name=name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
