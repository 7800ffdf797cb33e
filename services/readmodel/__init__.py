"""services/readmodel"""
