"""The variation panel: what may differ between the sites of one drawing, who sees it, and other ways to say things."""
