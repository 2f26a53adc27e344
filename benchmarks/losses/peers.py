"""Answers each line of JSON on its input with one on its output: the losses in PyTorch, one thread, forward and backward."""

import json
import sys
import time

import numpy as np
import torch
from torch_losses import dense, losses

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
print(json.dumps({"torch": torch.__version__, "losses": list(losses)}), flush=True)


def problem(shape, target):
    """The same numbers as in problems.ts."""
    *voxels, classes = shape
    logits = (3 * np.sin(1.7 * np.arange(np.prod(shape)))).astype(np.float32).reshape(shape)
    box = 0
    for axis in reversed(range(1, len(voxels))):
        box = box * 5 + (5 * np.arange(voxels[axis]) // voxels[axis]).reshape([-1 if n == axis else 1 for n in range(len(voxels))])
    labels = torch.from_numpy(np.broadcast_to(box % max(2, classes), voxels).copy())
    x = torch.from_numpy(logits).movedim(-1, 1).contiguous().requires_grad_()
    return x, dense(labels, classes).contiguous() if target == "one-hot" else labels


for line in sys.stdin:
    request = json.loads(line)
    if "shape" in request:
        x, labels = problem(request["shape"], request["target"])
        print("{}", flush=True)
        continue
    x.grad = None
    start = time.process_time()
    value = losses[request["loss"]](x, labels)
    value.backward()
    ms = 1000 * (time.process_time() - start)
    print(json.dumps({"ms": ms, "value": value.item()}), flush=True)
