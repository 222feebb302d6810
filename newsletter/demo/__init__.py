"""The national newsletter of the demo, with its issues of 2022, 2023 and 2025."""
