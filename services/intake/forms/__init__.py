"""services/intake/forms"""
