"""services/projections"""
