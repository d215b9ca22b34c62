"""Documents that a branch has several of, one for each row of a sheet, and those of the whole unit."""
