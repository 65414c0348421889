"""What an encoder makes of a text, and the arrays that it travels in."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Integers = NDArray[np.int64]
# Numbers of passages in the library.
Numbers = NDArray[np.int64]
