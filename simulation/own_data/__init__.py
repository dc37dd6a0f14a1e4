"""A user's own organisations, staff and ties: CSV files read with every problem named.

`sources` says which files a scenario names; `csv_file` and `csv_table` read one, `pairs` settles ties that stand twice, and
`tables` declares the columns. What has passed is written into the world by `simulation.initialisation`.
"""
