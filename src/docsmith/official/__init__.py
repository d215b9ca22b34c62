"""How official documents look: the numbers of GB/T 9704-2012 and of office forms, as styles and blocks."""
