"""What is asked of models of PyTorch, and what they do."""
