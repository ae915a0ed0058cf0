"""The commands of ``intake``, one file each: translate the command line, call one action, print."""
