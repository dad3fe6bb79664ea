"""What the demonstration and `make serve` are made of; Python's standard library only."""
