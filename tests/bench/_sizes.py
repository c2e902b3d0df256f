"""How much is measured: `BENCH_SHARE=0.04 make bench` takes a part of all rows, and only shows that it runs."""

import os

SHARE = float(os.environ.get("BENCH_SHARE", "1"))


def some(count: int) -> int:
    return max(1, int(count * SHARE))
