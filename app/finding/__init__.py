"""Find anything: pages, blocks, data, tasks, problems and commands in one list, by a few letters."""
