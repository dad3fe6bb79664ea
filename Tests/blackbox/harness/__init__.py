"""Real programs, terminals and browsers for the black-box tests."""
