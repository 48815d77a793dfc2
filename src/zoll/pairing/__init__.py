"""Which old part became which new part?"""
