"""Evidence files (佐证材料): what they are by their bytes, their store, their keys."""
