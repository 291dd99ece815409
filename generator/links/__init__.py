"""Whether the links of records still lead somewhere, asked politely."""
