"""`flowbot`, the console script; the same as `python -m bot`.

Imports make hardly anything but what stays, so the garbage collector looks through it in vain,
again and again: that was a quarter of a start. What they made is then set aside for good, as to
look through all of it later would hold up everything for some 50 ms each time.
"""

import gc
import sys

gc.disable()
try:
    from bot.cli.main import main
finally:
    gc.freeze()
    gc.enable()

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
