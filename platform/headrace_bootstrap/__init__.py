"""What runs before anything is installed: the two commands, embedded servers and their supervisor.

Standard library only. Django is reached as a child process, never by import.
"""
