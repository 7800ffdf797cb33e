"""services/sheets"""
