"""待核实: what the forms leave open, unit by unit, with a proposal for each question."""
