"""Writers: what Gymwright makes out of a flow for other programs and people.

A bundle (a pip-installable Python package) and its verification, demonstrations, the environment card, diagrams.
What differs between two bundles is data; the code in a bundle is `flow_models.runtime`, copied byte for byte, so
nothing here generates logic as text. No Qt: exports run on machines without a screen.
"""
