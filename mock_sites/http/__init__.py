"""HTTP clients: direct connections to this machine, and connections elsewhere as the environment says."""
