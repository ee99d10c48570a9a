"""HTTP clients: direct connections to this machine, and connections to other machines by the environment's rules."""
