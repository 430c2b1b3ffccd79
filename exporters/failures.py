"""The one place where the expected failures of commands and exports are turned into words."""

from exporters.diagram import PictureError
from exporters.errors import ExportError
from flow_models.compiler import CompileError
from flow_models.document.errors import DocumentError
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.machine.base.errors import DrawError
from resources import text

FAILURES = (DocumentError, CompileError, ExportError, PictureError, BundleError, DrawError)


def words(error: Exception) -> str:
    """Return what happened and what to do about it."""
    match error:
        case DocumentError():
            return f"{error.sentence()} {error.next_step()}"
        case CompileError():
            lines = (f"  {part.element.kind} {part.element.id}: {part.sentence()}" for part in error.left_out)
            return "\n".join([text("cli.not_exportable"), *lines])
        case PictureError(reason="no_browser"):
            return text("cli.diagram.no_browser")
        case PictureError():
            return text("cli.diagram.browser_failed", detail=error.detail)
        case _:
            return str(error)
