"""What the program keeps on this computer besides documents: settings, its log, and the work of a crashed session."""
