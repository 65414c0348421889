"""Measuring: question sets, measures, intervals, comparisons, lint and the page of results."""
