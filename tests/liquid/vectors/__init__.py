"""Templates with the text that real engines make of them: LiquidJS for `latest`, Ruby's Liquid for `legacy`. See README.md."""
