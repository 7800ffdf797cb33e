"""services/log"""
