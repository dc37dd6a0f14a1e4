"""A user's own organisations, staff and ties: from CSV files, with every problem named, to the records of a world.

`sources` says which files a scenario names; `csv_file` and `csv_table` read one, `pairs` settles ties that stand twice, and
`tables` declares the columns. What has passed is written by `given` into a world that is otherwise drawn.
"""
