"""Answers each line of JSON on its input with one on its output: the losses in PyTorch, one thread, forward and backward."""

import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
print(json.dumps({"torch": torch.__version__}), flush=True)


def activated(x):
    return torch.sigmoid(x) if x.shape[1] == 1 else torch.softmax(x, 1)


def dense(labels, classes):
    if labels.dtype.is_floating_point:
        return labels
    if classes == 1:
        return labels.unsqueeze(1).float()
    return F.one_hot(labels, classes).movedim(-1, 1).float()


def dice(x, labels):
    p, g = activated(x), dense(labels, x.shape[1])
    axes = tuple(range(2, x.ndim))
    overlap = (p * g).sum(axes)
    return (1 - (2 * overlap + 1e-5) / (p.sum(axes) + g.sum(axes) + 1e-5)).mean()


def tversky(x, labels):
    p, g = activated(x), dense(labels, x.shape[1])
    axes = tuple(range(2, x.ndim))
    overlap, fp, fn = (p * g).sum(axes), (p * (1 - g)).sum(axes), ((1 - p) * g).sum(axes)
    return (1 - (overlap + 1e-5) / (overlap + 0.3 * fp + 0.7 * fn + 1e-5)).mean()


def cross_entropy(x, labels):
    if x.shape[1] == 1:
        return F.binary_cross_entropy_with_logits(x, dense(labels, 1))
    return F.cross_entropy(x, labels)


def focal(x, labels):
    if x.shape[1] == 1:
        ce = F.binary_cross_entropy_with_logits(x, dense(labels, 1), reduction="none")
    else:
        ce = F.cross_entropy(x, labels, reduction="none")
    return ((1 - torch.exp(-ce)) ** 2 * ce).mean()


losses = {"diceLoss": dice, "tverskyLoss": tversky, "crossEntropyLoss": cross_entropy, "focalLoss": focal}

for line in sys.stdin:
    request = json.loads(line)
    if "shape" in request:
        batch, *spatial, classes = request["shape"]
        torch.manual_seed(0)
        x = torch.randn(batch, classes, *spatial, requires_grad=True)
        labels = torch.randint(0, max(2, classes), (batch, *spatial))
        if request["target"] == "one-hot":
            labels = dense(labels, classes)
        print("{}", flush=True)
        continue
    x.grad = None
    start = time.process_time()
    losses[request["loss"]](x, labels).backward()
    print(json.dumps({"ms": 1000 * (time.process_time() - start)}), flush=True)
