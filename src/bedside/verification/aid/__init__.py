"""A learned aid: how likely a piece of evidence supports, refutes or leaves open a claim.

It only lowers confidence or ranks candidates. No verdict of the gate depends on it, and it never turns a contradiction
into support (:mod:`bedside.verification.aid.lowering`). What it learnt from, and how far it can be trusted, is in
``DATA_CARD.md`` beside its weights.
"""
