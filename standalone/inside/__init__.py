"""Scripts that run with the bench's Python, in its `sites` folder; each reads a JSON object from standard input.

Passwords come that way because a command line can be read by every user of the machine.
"""
