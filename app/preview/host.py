"""What has to be there before the browser: the site's server, and switches so that nothing leaves the machine.

No Qt here; `begin` is called before `QApplication` is made.
"""

import functools
import os

from flow_models.runtime.site.server import SiteServer

FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
SANDBOX = "QTWEBENGINE_DISABLE_SANDBOX"


def begin() -> None:
    """Start the server and tell Chromium how to behave; doing so twice does no harm."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium's sandbox refuses to run as root, and only then.
        os.environ.setdefault(SANDBOX, "1")
    switches = os.environ.get(FLAGS, "").split()
    switches += [switch for switch in switches_for(server().port) if switch not in switches]
    os.environ[FLAGS] = " ".join(switches)


@functools.cache
def server() -> SiteServer:
    """Return the one server of the app, started when first asked for; its thread ends with the process."""
    return SiteServer()


def switches_for(port: int) -> tuple[str, ...]:
    """Return the switches with which Chromium reaches the preview's server and nothing else.

    All requests go to a proxy that is not there, but for the server's own addresses; WebRTC must use the proxy too.
    """
    return (
        "--proxy-server=127.0.0.1:1",
        f"--proxy-bypass-list=<-loopback>;127.0.0.1:{port};*.localhost:{port}",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    )
