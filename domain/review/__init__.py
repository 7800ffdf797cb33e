"""The checks on declared targets (绩效目标审核): one small unit each, in modules by family."""
