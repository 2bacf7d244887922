"""Lists leave for other systems (上报、共享): what changed since when, to whom it may go, and how it is written."""
