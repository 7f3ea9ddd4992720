"""The console. The only package that imports textual; it holds no rule and no truth, it shows the workspace and sends intents."""
