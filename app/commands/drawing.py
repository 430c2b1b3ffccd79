"""`gymwright diagram`: the flow as SVG or PNG."""

from pathlib import Path

from app.commands.console import print_json, print_line
from exporters.diagram import to_png, to_svg
from flow_models.document.disk import write_text
from flow_models.document.storage import load
from resources import text


def run(path: Path, target: Path | None, *, as_json: bool) -> int:
    """Write the diagram beside the flow, or to a named file.

    Raises:
        PictureError: A PNG was asked for and there is no browser.
        FileAccessError: The file cannot be written.
    """
    flow = load(path)
    file = path.with_name(path.name.removesuffix(".json").removesuffix(".flow") + ".svg") if target is None else target
    if file.suffix.lower() == ".png":
        to_png(flow, file)
    else:
        write_text(to_svg(flow), file)
    if as_json:
        print_json({"diagram": str(file)})
    else:
        print_line(text("cli.diagram.written", path=file))
    return 0
