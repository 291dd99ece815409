"""What holds for the whole directory: each module of the generator has its tests here."""
