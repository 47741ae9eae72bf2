"""Learned line model: probability of boilerplate for each line of a document, from its plain text alone."""

from cleaning.boilerplate.line_model.artifact import MODEL_VERSION
from cleaning.boilerplate.line_model.scoring import LineScorer, score_lines

__all__ = ["MODEL_VERSION", "LineScorer", "score_lines"]
