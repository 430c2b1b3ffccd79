"""Does one job for whoever started this: `python -m flow_models.processes`."""

from flow_models.processes.child import main

main()
