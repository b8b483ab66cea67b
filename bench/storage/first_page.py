"""In a fresh process: milliseconds from opening to the first page, and the memory that took, as one JSON line."""

import json
import sys
import time
from pathlib import Path

from bench.storage.engines import ENGINES, resident_mb

engine_class = ENGINES[sys.argv[1]]
memory, start = resident_mb(), time.perf_counter()
engine = engine_class(Path(sys.argv[2]))
page = engine.page()
print(json.dumps({'ms': (time.perf_counter() - start) * 1e3, 'mb': resident_mb() - memory, 'rows': len(page)}))
engine.close()
