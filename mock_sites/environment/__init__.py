"""What this machine has of the things a run needs: browsers, packages, checks, and how to put right what is missing."""
