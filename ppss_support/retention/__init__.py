"""What is destroyed when its time is over: found, proposed on an act, approved by another person, done, proven."""
