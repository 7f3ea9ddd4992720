"""Our two themes. Widgets use Textual's semantic variables only, so that every other theme works too."""

from textual.theme import Theme

DARK = Theme(
    name="cio-dark",
    primary="#7aa2c9",
    secondary="#a3be8c",
    accent="#d7a65f",
    foreground="#d3d7de",
    background="#14171c",
    surface="#181c22",
    panel="#222831",
    success="#8fbf7f",
    warning="#e0b35c",
    error="#e07a72",
    dark=True,
    variables={
        "border": "#4d5b6b",
        "border-blurred": "#2c343e",
        "footer-key-foreground": "#d7a65f",
        "text-muted": "#939aa5",
        "scrollbar": "#3a4654",
        "scrollbar-background": "#1d222a",
        "scrollbar-background-hover": "#1d222a",
        "scrollbar-background-active": "#1d222a",
        "scrollbar-corner-color": "#1d222a",
    },
)
LIGHT = Theme(
    name="cio-light",
    primary="#2f6690",
    secondary="#4c7a34",
    accent="#9a5b00",
    foreground="#23272e",
    background="#f4f3ef",
    surface="#faf9f6",
    panel="#e8e6df",
    success="#3c7a2a",
    warning="#8a6100",
    error="#b3372f",
    dark=False,
    variables={
        "border": "#8a94a0",
        "border-blurred": "#d0d2d0",
        "footer-key-foreground": "#9a5b00",
        "text-muted": "#63686f",
    },
)
THEMES = (DARK, LIGHT)
