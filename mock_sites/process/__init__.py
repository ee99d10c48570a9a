"""What every program of this project does: begin, be told to stop, and clean up its temporary files."""
