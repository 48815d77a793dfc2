"""The one place that needs SciPy: where a smooth function is least, and products with a sparse matrix."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from zoll.errors import BadInput

Vector = NDArray[np.float64]
Product = Callable[[Vector], Vector]


def least(loss: Callable[[Vector], tuple[float, Vector]], start: Vector, steps: int) -> Vector:
    """Return where a function is least, given its value and slope, by L-BFGS-B from `start`.

    Raises BadInput when SciPy is missing.
    """
    minimize = _scipy("optimize").minimize
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(found.x, dtype=np.float64)


def products(flat: NDArray[np.int64], ends: NDArray[np.int64], columns: int) -> tuple[Product, Product]:
    """Return what sums a column's weights over each row, and what sums the rows' weights over each column.

    A row has ones in the columns `flat` names, up to its end. Raises BadInput when SciPy is missing.
    """
    starts = np.concatenate(([0], ends))
    rows = _scipy("sparse").csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(ends), columns))
    turned = rows.T.tocsr()
    return lambda weights: np.asarray(rows @ weights), lambda weights: np.asarray(turned @ weights)


def vector(body: bytes) -> Vector:
    """Return the numbers that `Vector.tobytes` wrote."""
    return np.frombuffer(body, np.float64).copy()


def _scipy(part: str) -> ModuleType:
    if find_spec("scipy") is None:
        raise BadInput("learning from hostile cases needs SciPy: pip install 'zoll[learn]'")
    return import_module(f"scipy.{part}")
