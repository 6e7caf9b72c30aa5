"""Public models, run at many sizes beside what is said of them: `make test-models`."""
