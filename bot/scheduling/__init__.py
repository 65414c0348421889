"""A country schedule: what the reports say on the issues of a case, and where. Pure."""
