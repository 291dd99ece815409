"""A complete invented district, the same for the same numbers: for tests, demonstrations and benchmarks."""
