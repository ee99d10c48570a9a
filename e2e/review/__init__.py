"""What changed between two recordings of a journey, or between a recording and its approved baseline."""
