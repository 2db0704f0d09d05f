"""What waits for somebody: found once a day (`due.py`), told to each person once (`sending.py`).

A reminder has an occasion: the day it is about, and which of the organisation's days has come. Whoever was told of an
occasion is not told again, however often the job runs. The bell names the paper; the letter names nothing.
"""
