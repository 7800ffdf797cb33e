"""Files to grids of cells that know their place."""
