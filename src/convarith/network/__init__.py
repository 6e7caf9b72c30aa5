"""Any model of PyTorch, asked which sizes it takes and what comes out; needs torch."""

from convarith.network.fitting import Fitting
from convarith.network.mending import BrokenJoin, Fix
from convarith.network.network import Network
from convarith.network.reading import Padding
from convarith.network.tracing import Row, Trace

__all__ = ["BrokenJoin", "Fitting", "Fix", "Network", "Padding", "Row", "Trace"]
