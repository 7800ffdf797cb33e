"""What needs a person (待核实): the questions, a proposal for each, and what an answer does."""
