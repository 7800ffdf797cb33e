"""Table files in: CSV, TSV and workbooks to rows of values that know their place."""
