"""Ask every public model for its sizes, and then the model itself; write down both."""

import json
import sys
import time
import warnings
from importlib import metadata
from pathlib import Path
from typing import Any

import torch

from convarith import SizeError
from convarith.network import Network
from tests.models import zoo

FOUND = Path(__file__).parent.parent / "data" / "networks.json"
# So many of the smallest sizes, and so many near the example and beyond.
SMALLEST, AROUND = 34, 66
# Where answers are only tried, so many sizes are compared.
OBSERVED = 12
PERIODS = 3


def sizes_to_ask(net: Network, example: int, beyond: int) -> list[int]:
    """The smallest, those around the example, and three periods beyond what was run."""
    period = max(net.period or 1, 1)
    if not net.derived:
        return sorted(
            {*range(1, OBSERVED // 2), *range(example, example + OBSERVED // 2)}
        )
    unit = max(1, period // 8)
    near = {example + k * unit + j for k in range(AROUND // 3) for j in (-1, 0, 1)}
    last = {beyond + k * period + j for k in range(1, PERIODS + 1) for j in (-1, 0, 1)}
    return sorted(n for n in {*range(1, SMALLEST), *near, *last} if n >= 1)


def really(model: torch.nn.Module, net: Network, size: int, output: Any) -> int | None:
    """The size that comes out of a forward pass; None where it raises."""
    args, kwargs = net.example(size)
    try:
        with torch.no_grad():
            result = model(*args, **kwargs)
    except Exception:
        return None
    return net.measured(result)


def asked(name: str) -> dict[str, Any]:
    """One model: what is said of it, and at how many sizes it is so."""
    package, build = zoo.MODELS[name]
    example, *others = build()
    model, given = example, others[0]
    axis = others[1] if len(others) > 1 else -1
    model.eval()
    began = time.monotonic()
    net = Network(model, given, axis=axis)
    formula, derived = net.formula, net.derived
    seconds = time.monotonic() - began
    fitting = net.fitting_sizes() if derived else None
    start = net.sizes[0]
    beyond = max((*net.ran, start))
    wrong, compared = [], 0
    sizes = sizes_to_ask(net, start, beyond)
    until = time.monotonic() + zoo.SECONDS
    for size in sizes if derived else [n for n in sizes if n]:
        if time.monotonic() > until:
            break
        said: int | None
        if fitting is not None:
            said = net.out_size(size) if size in fitting else None
        else:
            try:
                said = net.out_size(size)
            except SizeError:
                said = None
        done = really(model, net, size, None)
        compared += 1
        if said != done:
            wrong.append([size, said, done])
    return {
        "name": name,
        "package": package,
        "version": metadata.version(package),
        "input": list(next(t for t in net.leaves if isinstance(t, torch.Tensor)).shape),
        "axis": axis,
        "derived": derived,
        "formula": formula,
        "fitting": str(fitting) if fitting is not None else "",
        "same": str(net.fitting_sizes(same=True)) if fitting is not None else "",
        "why": net.why_observed,
        "ways": len(net.ran),
        "seconds": round(seconds, 1),
        "compared": compared,
        "largest": max(sizes),
        "wrong": wrong,
    }


def main() -> int:
    """All models, or those that are named; 1 where anything is contradicted."""
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    torch.manual_seed(0)
    chosen = [
        name
        for name in zoo.MODELS
        if not sys.argv[1:] or any(a in name for a in sys.argv[1:])
    ]
    before = json.loads(FOUND.read_text("utf-8")) if FOUND.exists() else {"models": []}
    kept = {} if not sys.argv[1:] else {one["name"]: one for one in before["models"]}
    for name in chosen:
        row = kept[name] = asked(name)
        print(
            f"{name:36} {'derived' if row['derived'] else 'observed':8} {row['seconds']:5} s  {row['compared']:3} sizes  {len(row['wrong'])} wrong  {row['formula']:24} {row['fitting']}  {row['why']}",
            flush=True,
        )
    rows = [kept[name] for name in zoo.MODELS if name in kept]
    FOUND.write_text(
        json.dumps(
            {"torch": torch.__version__.partition("+")[0], "models": rows}, indent=1
        )
        + "\n",
        "utf-8",
    )
    wrong = [row["name"] for row in rows if row["wrong"]]
    derived = sum(row["derived"] for row in rows)
    print(
        f"{len(rows)} models of {len({row['package'] for row in rows})} packages, {derived} derived; {sum(row['compared'] for row in rows)} sizes compared; wrong: {wrong or 'none'}"
    )
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
