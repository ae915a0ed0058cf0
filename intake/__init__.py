"""The service round reading and rules: casework, registry, storage, mail, notices, the desk and the command line."""
