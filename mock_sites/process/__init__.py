"""What every program of this project does: start, stop on a signal, and clean up its temporary files."""
