"""Golden Thread: co-production in mental health, from each voice to what changed."""
