"""services/database"""
