"""NeMo Gym: a resources server in the form of Gymnasium."""

from typing import Any

from nemo_gym.openai_utils import NeMoGymResponse
from resources_servers.gymnasium import GymnasiumServer, extract_text

from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import PromptStyle


def server(bundle: Bundle, style: PromptStyle | None = None) -> type[GymnasiumServer]:
    """Return the class of a server; its rows are those of `rows`, beside `responses_create_params`."""

    class Web(GymnasiumServer):
        async def reset(self, metadata: dict[str, Any], session_id: str | None = None) -> tuple[str, dict[str, Any]]:
            episode = TextEpisode(bundle, style=style)
            system, first = episode.begin(metadata)
            self.session_state[session_id] = episode
            return f"{system['content']}\n\n{first['content']}", dict(episode.info)

        async def step(
            self, action: NeMoGymResponse, metadata: dict[str, Any], session_id: str | None = None
        ) -> tuple[str | None, float, bool, bool, dict[str, Any]]:
            del metadata
            turn = self.session_state[session_id].step(extract_text(action)).checked()
            info = {**turn.info, "reward_components": turn.info["reward_parts"]}
            return (None if turn.is_over else turn.text), turn.reward, turn.terminated, turn.truncated, info

    return Web
