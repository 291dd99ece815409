"""Geometry of a map drawn at build time: positions on a canvas, an outline in a box, marks apart, names beside them."""
