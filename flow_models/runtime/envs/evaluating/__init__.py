"""Scoring a policy: which episodes, how they are played, what is kept of them, and what they say together.

`plan` names the episodes, the same instances and seeds in every arm; `attempts` plays one as text or as numbers;
`policies` answers in it; `running` plays a plan and keeps each episode as a line of a file, so that a rerun goes on;
`results` counts, with the intervals of `figures`; `report` shows it as one HTML file, for which `replaying` plays the
stored actions again; `comparing` sets two runs side by side, `regrading` one run beside the present package. The option
not taken, storing every page, would make runs large, and what is stored would not show what an edit has changed.
"""
