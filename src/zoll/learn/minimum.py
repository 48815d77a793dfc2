"""The one place that needs SciPy: where a smooth function is least."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from zoll.errors import BadInput

Vector = NDArray[np.float64]


def least(loss: Callable[[Vector], tuple[float, Vector]], start: Vector, steps: int) -> Vector:
    """Return where a function is least, given its value and slope, by L-BFGS-B from `start`.

    Raises BadInput when SciPy is missing.
    """
    if find_spec("scipy") is None:
        raise BadInput("learning from hostile cases needs SciPy: pip install 'zoll[learn]'")
    minimize = import_module("scipy.optimize").minimize
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(found.x, dtype=np.float64)
