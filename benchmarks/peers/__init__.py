"""Other site generators, each given the invented district's pages in the form that it reads best."""
