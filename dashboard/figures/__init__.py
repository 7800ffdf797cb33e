"""dashboard/figures"""
