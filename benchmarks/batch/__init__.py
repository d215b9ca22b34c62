"""What a batch costs: a hundred thousand branches from a database, against a bare loop of docxtpl's."""
