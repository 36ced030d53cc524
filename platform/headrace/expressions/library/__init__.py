"""Every function and method an expression may call, each with the help that the editor shows."""
