"""Evaluation: public sets, metrics, corruptions, the runner and its report."""
