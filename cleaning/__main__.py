"""``python -m cleaning``, the same as the command ``cleaning``."""

from __future__ import annotations

from flows.__main__ import main

if __name__ == "__main__":
    main()
