"""未认领支付: lines that no target was found for, what people said of them, and the rules."""
