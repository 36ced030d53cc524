"""Characters that ECMA-262 counts as white space: Python's own set differs in six of them."""

from __future__ import annotations

LINE_ENDS = "\n\r\u2028\u2029"
WHITESPACE = (
    "\t\v\f \u00a0\ufeff\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000" + LINE_ENDS
)
