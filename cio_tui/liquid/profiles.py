"""The two engines behind Customer.io's Liquid."""

from typing import Final, Literal

Profile = Literal["latest", "legacy"]
"""`latest` behaves as LiquidJS, `legacy` as Ruby's Liquid (domain.md 8.1)."""

PROFILES: Final[tuple[Profile, ...]] = ("latest", "legacy")
