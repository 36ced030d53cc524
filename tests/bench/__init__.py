"""`make bench`: a whole stack on this machine, driven and measured from outside."""
