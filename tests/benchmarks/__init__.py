"""What `make bench` runs: goals as ratios and times, on vaults made by a seeded generator."""
