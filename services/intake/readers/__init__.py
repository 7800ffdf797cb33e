"""services/intake/readers"""
