"""What can become of an episode that says nothing about the policy's success, told apart by who is to blame."""

from typing import Final, NamedTuple

ENVIRONMENT: Final = "environment_error"
POLICY: Final = "policy_error"
TIMEOUT: Final = "timeout"
WORKER: Final = "worker_died"

KINDS: Final = {
    ENVIRONMENT: "the site broke",
    POLICY: "the policy raised something or could not answer",
    TIMEOUT: "the time for an episode was over",
    WORKER: "the process that played it ended",
}
"""All kinds of failures, with what they mean."""


class Failure(NamedTuple):
    """Why an attempt failed.

    Attributes:
        kind: One of `KINDS`.
        words: What happened.
    """

    kind: str
    words: str
