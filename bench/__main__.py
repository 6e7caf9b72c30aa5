"""Everything in one run: `python -m bench` prints the ratios and the versions."""

from __future__ import annotations

import platform

import torch

from bench import search, sizes, stacks, startup

torch.set_num_threads(1)


def main() -> None:
    print(f"Python {platform.python_version()}, torch {torch.__version__}")
    print("One size", flush=True)
    _table(sizes.measured(), to=sizes.PLAIN)
    print("A network", flush=True)
    networks = stacks.measured()
    _table(networks, to=next(iter(networks)))
    print("All parameters", flush=True)
    found = search.measured()
    for i, o in search.PAIRS:
        _table(
            {name: t for name, t in found.items() if name.endswith(f", {i} to {o}")},
            to=f"solve, {i} to {o}",
        )
    first = {name: t for name, t in found.items() if name.endswith((")", "]"))}
    _table(first, to="solve(14, 28)[0]")
    print("A process", flush=True)
    _table(startup.measured(), to=startup.NOTHING)


def _table(seconds: dict[str, float], to: str) -> None:
    for name, time in seconds.items():
        print(f"{time * 1e6:14,.2f} us {time / seconds[to]:12,.2f} x  {name}")


if __name__ == "__main__":
    main()
