"""What changed between two recordings of a journey, between one and its approved baseline, or between two traces."""
