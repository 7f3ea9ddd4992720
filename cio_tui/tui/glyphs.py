"""Signs and frames for terminals that have ASCII only: each sign is replaced, on its way to the screen, by one as wide."""

from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ASCII: Final = str.maketrans(
    {
        **dict(zip("●○◌→←×✗—…↳▎✓↑↓≈≠·⚠–−▸", "*o:><xx-~'|v^v~#.!-->", strict=True)),
        **dict.fromkeys("─━═▔▁▂▃▀▄┄╸╺", "-"),
        **dict.fromkeys("│┃║▌▐▏▕", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛╔╗╚╝", "+"),
        **dict.fromkeys("█▆▇▅▉▊▋▍", "#"),
    }
)


class AsciiGlyphs(LineFilter):
    """Draws with ASCII. Letters of data stay as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Replace the signs."""
        return [
            segment if segment.text.isascii() else Segment(segment.text.translate(ASCII), *segment[1:]) for segment in segments
        ]
