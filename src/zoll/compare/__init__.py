"""What did the pair gain and lose?"""
