"""JavaScript's values in Python: what they are, how they convert, compare and print.

`undefined` is `UNDEFINED`, `null` is `None`; booleans, strings, arrays and objects are `bool`,
`str`, `list` and `dict`. A number is an `int` when it is whole and up to 2^53, else a `float`.
Nothing here changes a value: data is shared between expressions, so it is never copied.
"""
