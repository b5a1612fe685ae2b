"""ThingsBoard. `cloud.ThingsBoard` is its kind; each transport and the register have their files."""
