"""What does the release say about itself?"""
