"""Files out: the official sheets and lists, as workbooks and papers."""
