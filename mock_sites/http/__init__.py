"""HTTP: the host names of the sites, direct connections to this machine, others by the environment's rules."""
