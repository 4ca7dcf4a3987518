"""`tryggmote doctor`: what is wrong with a set-up, why it matters, and what to do."""
