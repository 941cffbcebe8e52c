"""The parts of Kawat's reading of a text."""
