"""The losses as one writes them down in PyTorch, distances by SciPy: logits [batch, classes, ...spatial], labels dense or class indices."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage

SMOOTH = 1e-5


def activated(x):
    return torch.sigmoid(x) if x.shape[1] == 1 else torch.softmax(x, 1)


def dense(labels, classes):
    if labels.dtype.is_floating_point:
        return labels
    if classes == 1:
        return labels.unsqueeze(1).float()
    return F.one_hot(labels, classes).movedim(-1, 1).float()


def both(x, labels):
    return activated(x), dense(labels, x.shape[1])


def spatial(x):
    return tuple(range(2, x.ndim))


# regions


def dice_scores(x, labels, smooth=SMOOTH):
    p, g = both(x, labels)
    axes = spatial(x)
    return (2 * (p * g).sum(axes) + smooth) / (p.sum(axes) + g.sum(axes) + smooth)


def dice(x, labels):
    return (1 - dice_scores(x, labels)).mean()


def log_cosh_dice(x, labels):
    return torch.log(torch.cosh(1 - dice_scores(x, labels))).mean()


def iou(x, labels):
    p, g = both(x, labels)
    axes = spatial(x)
    overlap = (p * g).sum(axes)
    return (1 - (overlap + SMOOTH) / (p.sum(axes) + g.sum(axes) - overlap + SMOOTH)).mean()


def tversky_indices(p, g, of_false_positives=0.3, of_false_negatives=0.7):
    axes = spatial(p)
    overlap, fp, fn = (p * g).sum(axes), (p * (1 - g)).sum(axes), ((1 - p) * g).sum(axes)
    return (overlap + SMOOTH) / (overlap + of_false_positives * fp + of_false_negatives * fn + SMOOTH)


def tversky(x, labels):
    return (1 - tversky_indices(*both(x, labels))).mean()


def focal_tversky(x, labels):
    return ((1 - tversky_indices(*both(x, labels))) ** 0.75).mean()


def generalized_dice(x, labels):
    p, g = both(x, labels)
    axes = spatial(x)
    sizes = g.sum(axes)
    weights = 1 / sizes.clamp(min=1) ** 2
    overlap = (weights * (p * g).sum(axes)).sum(1)
    whole = (weights * (p.sum(axes) + sizes)).sum(1)
    return (1 - (2 * overlap + SMOOTH) / (whole + SMOOTH)).mean()


def generalized_wasserstein_dice(x, labels):
    p, g = both(x, labels)
    numbers = torch.arange(x.shape[1], dtype=torch.float32)
    distances = (numbers[:, None] - numbers).abs() / (x.shape[1] - 1)
    distant = g * torch.einsum("ck,nk...->nc...", distances, p)
    right = (g - distant)[:, 1:].flatten(1).sum(1)
    errors = distant.flatten(1).sum(1)
    return (1 - (2 * right + SMOOTH) / (2 * right + errors + SMOOTH)).mean()


def matthews_correlation(x, labels):
    p, g = both(x, labels)
    axes = spatial(x)
    tp, tn = (p * g).sum(axes) + SMOOTH, ((1 - p) * (1 - g)).sum(axes) + SMOOTH
    fp, fn = (p * (1 - g)).sum(axes), ((1 - p) * g).sum(axes)
    # of four products in float32 the largest would overflow
    roots = [torch.sqrt(a + b) for a, b in ((tp, fp), (tp, fn), (tn, fp), (tn, fn))]
    return (1 - (tp * tn - fp * fn) / (roots[0] * roots[1] * roots[2] * roots[3])).mean()


def noise_robust_dice(x, labels):
    p, g = both(x, labels)
    axes = spatial(x)
    return (((p - g).abs() ** 1.5).sum(axes) / ((p * p).sum(axes) + (g * g).sum(axes) + SMOOTH)).mean()


def sensitivity_specificity(x, labels):
    p, g = both(x, labels)
    axes = spatial(x)
    errors = (p - g) ** 2
    of_sensitivity = (errors * g).sum(axes) / (g.sum(axes) + SMOOTH)
    of_specificity = (errors * (1 - g)).sum(axes) / ((1 - g).sum(axes) + SMOOTH)
    return (0.05 * of_sensitivity + 0.95 * of_specificity).mean()


def lovasz(errors, g):
    errors, order = torch.sort(errors, descending=True)
    g = g[order]
    size = g.sum()
    jaccard = 1 - (size - g.cumsum(0)) / (size + (1 - g).cumsum(0))
    jaccard[1:] = jaccard[1:] - jaccard[:-1].clone()
    return torch.dot(errors, jaccard)


def each_lovasz(errors, g):
    errors, g = errors.flatten(2), g.flatten(2)
    return torch.stack([lovasz(errors[n, c], g[n, c]) for n in range(g.shape[0]) for c in range(g.shape[1])]).mean()


def lovasz_softmax(x, labels):
    p, g = both(x, labels)
    return each_lovasz((g - p).abs(), g)


def lovasz_hinge(x, labels):
    g = dense(labels, x.shape[1])
    return each_lovasz(F.relu(1 - (2 * g - 1) * x), g)


def pool(x, window):
    # a window that ends at the border of the image: padding counts for nothing
    of_rank = F.max_pool3d if x.ndim == 5 else F.max_pool2d
    return of_rank(x, window, 1, tuple(side // 2 for side in window))


def cross(rank):
    return [tuple(3 if axis == at else 1 for axis in range(rank)) for at in range(rank)]


def eroded(x):
    return -torch.stack([pool(-x, window) for window in cross(x.ndim - 2)]).amax(0)


def dilated(x):
    return pool(x, (3,) * (x.ndim - 2))


def skeleton(x):
    bones = torch.zeros_like(x)
    for _ in range(4):
        smaller = eroded(x)
        bones = bones + F.relu(x - dilated(smaller)) * (1 - bones)
        x = smaller
    return bones


def cl_dice(x, labels):
    p, g = both(x, labels)
    axes = spatial(x)
    of_p, of_g = skeleton(p), skeleton(g)
    precision = ((of_p * g).sum(axes) + SMOOTH) / (of_p.sum(axes) + SMOOTH)
    sensitivity = ((of_g * p).sum(axes) + SMOOTH) / (of_g.sum(axes) + SMOOTH)
    return (1 - 2 * precision * sensitivity / (precision + sensitivity)).mean()


# distributions


def cross_entropy_map(x, labels):
    if x.shape[1] == 1:
        return F.binary_cross_entropy_with_logits(x, dense(labels, 1), reduction="none").squeeze(1)
    return F.cross_entropy(x, labels, reduction="none")


def cross_entropy(x, labels):
    if x.shape[1] == 1:
        return F.binary_cross_entropy_with_logits(x, dense(labels, 1))
    return F.cross_entropy(x, labels)


def weighted_cross_entropy(x, labels):
    if x.shape[1] == 1:
        return F.binary_cross_entropy_with_logits(x, dense(labels, 1), weight=torch.tensor(2.0))
    weights = torch.full((x.shape[1],), 2.0)
    return F.cross_entropy(x, labels, weight=weights, reduction="none").mean()


def focal(x, labels):
    entropy = cross_entropy_map(x, labels)
    return ((1 - torch.exp(-entropy)) ** 2 * entropy).mean()


def sides(x, labels):
    """-ln p and -ln (1 - p) of each channel, where the one and where the other counts."""
    g = dense(labels, x.shape[1])
    if x.shape[1] == 1:
        return -F.logsigmoid(x) * g, -F.logsigmoid(-x) * (1 - g), g
    p = torch.softmax(x, 1)
    return -torch.log_softmax(x, 1) * g, -torch.log(1 - p + 1e-7) * (1 - g), g


def balanced_cross_entropy(x, labels, beta=None):
    positive, negative, g = sides(x, labels)
    if beta is None:
        beta = (1 - g).mean(spatial(x), keepdim=True).clamp(0.01, 0.99)
    return (beta * positive + (1 - beta) * negative).mean()


def poly_cross_entropy(x, labels):
    entropy = cross_entropy_map(x, labels)
    return (entropy + 1 - torch.exp(-entropy)).mean()


def top_k(x, labels):
    entropy = cross_entropy_map(x, labels).flatten()
    return torch.topk(entropy, max(1, round(0.1 * entropy.numel())), sorted=False).values.mean()


# distances


def depth(mask):
    """How far each voxel of a mask is from its outside, 0 outside; of a mask without an outside nothing can be told."""
    return ndimage.distance_transform_edt(mask)


def field_of(masks, of_mask):
    fields = [[of_mask(mask) for mask in sample] for sample in masks.numpy()]
    return torch.from_numpy(np.asarray(fields, dtype=np.float32))


def signed_distances(mask):
    inside = depth(mask)
    return depth(~mask) - (inside - 1) * mask


def distances_to_border(mask):
    return depth(~mask) + depth(mask)


def normalized(mask):
    outside, inside = depth(~mask), (depth(mask) - 1) * mask
    return outside / max(outside.max(), 1) - inside / max(inside.max(), 1)


def masks_of(labels, classes):
    return dense(labels, classes) > 0.5


def boundary(x, labels):
    return (activated(x) * field_of(masks_of(labels, x.shape[1]), signed_distances)).mean()


def hausdorff_distance(x, labels):
    p, g = both(x, labels)
    with torch.no_grad():
        field = field_of(g > 0.5, distances_to_border) ** 2 + field_of(p > 0.5, distances_to_border) ** 2
    return ((p - g) ** 2 * field).mean()


def log_hausdorff_distance(x, labels):
    return torch.log(1 + hausdorff_distance(x, labels))


def hausdorff_erosion(x, labels):
    p, g = both(x, labels)
    rank, channels = x.ndim - 2, x.shape[1]
    kernel = torch.zeros((3,) * rank)
    kernel[(1,) * rank] = 1
    for window in cross(rank):
        kernel[tuple(slice(None) if side == 3 else 1 for side in window)] = 1
    kernel = (kernel / (2 * rank + 1)).expand(channels, 1, *kernel.shape)
    convolve = F.conv3d if rank == 3 else F.conv2d
    errors, total = (p - g) ** 2, 0
    for k in range(1, 11):
        errors = F.relu(2 * convolve(errors, kernel, padding=1, groups=channels) - 1)
        total = total + k**2 * errors
    return total.mean()


def penalties(mask):
    inside = depth(mask)
    least, most = inside[mask].min(), inside[mask].max()
    return np.where(mask, (most - inside) / (most - least) if most > least else 1, 0)


def distance_penalized_cross_entropy(x, labels):
    masks = masks_of(labels, x.shape[1])
    if x.shape[1] == 1:
        masks = torch.cat([masks, ~masks], 1)
    return ((1 + field_of(masks, penalties).sum(1)) * cross_entropy_map(x, labels)).mean()


def signed_distance_regression(y, labels):
    t = field_of(masks_of(labels, y.shape[1]), normalized)
    axes = spatial(y)
    product = (y * t).sum(axes)
    ratio = (product + SMOOTH) / (product + (y * y + t * t).sum(axes) + 3 * SMOOTH)
    return ((y - t).abs().mean(axes) + 1 / 3 - ratio).mean()


def contour(mask):
    return mask & ~ndimage.binary_erosion(mask, border_value=1)


def shape_aware(x, labels):
    classes = x.shape[1]
    truth = masks_of(labels, classes).numpy()
    with torch.no_grad():
        decided = x > 0 if classes == 1 else masks_of(x.argmax(1), classes)
    factors = []
    for predicted, true in zip(decided.numpy(), truth):
        errors = []
        for one, other in zip(predicted, true):
            own, theirs = contour(one), contour(other)
            if own.any() and theirs.any():
                errors.append(ndimage.distance_transform_edt(~theirs)[own].mean())
            elif own.any() or theirs.any():
                errors.append(np.hypot.reduce(np.asarray(one.shape, float)))
        factors.append(1 + (predicted != true).any(0) * np.mean(errors))
    return (torch.from_numpy(np.asarray(factors, dtype=np.float32)) * cross_entropy_map(x, labels)).mean()


def boundary_dou(x, labels):
    p, g = both(x, labels)
    axes = spatial(x)
    # voxels with a face on something else, the end of the image among it
    border = g * (1 - eroded(F.pad(g, (1, 1) * len(axes)))[(..., *[slice(1, -1)] * len(axes))])
    alpha = (1 - 2 * border.sum(axes) / g.sum(axes)).clamp(max=0.8)
    overlap = (p * g).sum(axes)
    union = (p * p).sum(axes) + (g * g).sum(axes) - (1 + alpha) * overlap
    return (1 - ((1 - alpha) * overlap + SMOOTH) / (union + SMOOTH)).mean()


BALLS = (3, 6, 9, 12, 15, 18)


def ball(radius, rank):
    steps = torch.arange(-radius, radius + 1)
    squares = sum(axis**2 for axis in torch.meshgrid(*[steps] * rank, indexing="ij"))
    return (squares <= radius**2).float()


def hausdorff_convolution(x, labels):
    p, g = both(x, labels)
    rank = x.ndim - 2
    convolve = F.conv3d if rank == 3 else F.conv2d
    total = 0
    for radius in BALLS:
        kernel = ball(radius, rank)[None, None]

        def sums(values):
            # every channel a sample of its own: 12 times as fast here as groups
            return convolve(values.flatten(0, 1).unsqueeze(1), kernel, padding=radius).view_as(values)

        inside = sums(torch.ones_like(p[:1, :1]))
        mean_p, mean_g = sums(p) / inside, sums(g) / inside
        missed = F.relu(1 - 2 * mean_p) + F.relu(2 * mean_g - 1)
        invented = F.relu(1 - 2 * mean_g) + F.relu(2 * mean_p - 1)
        total = total + radius**2 * (p - g) ** 2 * (g * missed + p * invented)
    return total.mean()


def shifted(x, offset, beyond):
    """Of each voxel the neighbour at an offset; x is [batch, ..., *spatial]."""
    rank = len(offset)
    padded = F.pad(x, (1, 1) * rank, value=beyond)
    return padded[(..., *[slice(1 + step, 1 + step + side) for step, side in zip(offset, x.shape[-rank:])])]


def true_boundary(mask):
    """What has a face neighbour of another class."""
    found = np.zeros(mask.shape, bool)
    for axis in range(mask.ndim):
        changes = np.diff(mask, axis=axis) != 0
        found |= np.pad(changes, [(0, int(at == axis)) for at in range(mask.ndim)])
        found |= np.pad(changes, [(int(at == axis), 0) for at in range(mask.ndim)])
    return found


def active_boundary(x, labels):
    rank = x.ndim - 2
    g = dense(labels, x.shape[1])
    indices = (g[:, 0] > 0.5).long() if x.shape[1] == 1 else g.argmax(1)
    measured = [ndimage.distance_transform_edt(~true_boundary(mask)) for mask in indices.numpy()]
    distance = torch.from_numpy(np.asarray(measured, dtype=np.float32))
    if x.shape[1] == 1:
        logs = torch.cat([F.logsigmoid(x), F.logsigmoid(-x)], 1)
    else:
        logs = torch.log_softmax(x, 1)
    box = [offset for offset in itertools.product((-1, 0, 1), repeat=rank) if any(offset)]
    with torch.no_grad():
        fixed = logs.detach()
        p, ones = fixed.exp(), torch.ones_like(distance)
        faces = [offset for offset in box if np.abs(offset).sum() == 1]
        turns = sum((p * (fixed - shifted(fixed, o, 0.0))).sum(1) * shifted(ones, o, 0.0) for o in faces).flatten(1)
        places = max(1, round(0.01 * turns.shape[1]))
        edge = torch.topk(turns, places, sorted=True).values[:, -1:]
        predicted = ((turns >= edge * (1 - 1e-4) - 1e-6) & (turns > 1e-5)).view_as(distance)
        around = torch.stack([shifted(distance, o, torch.inf) for o in box], 1)
        nearest = around.amin(1)
        moving = predicted & (nearest < distance * (1 - 1e-6))
    # [voxels of the boundary, neighbours]
    at = moving.nonzero(as_tuple=True)
    near = around.movedim(1, -1)[at]
    own = logs.movedim(1, -1)[at]
    others = torch.stack([shifted(fixed, o, 0.0).movedim(1, -1)[at] for o in box], 1)
    scores = (own.exp()[:, None] * (own.detach()[:, None] - others)).sum(-1)
    exists = near < torch.inf
    goals = (near <= nearest[at][:, None] * (1 + 1e-6)).float()
    targets = 0.8 * goals / goals.sum(1, keepdim=True) + 0.2 * exists / exists.sum(1, keepdim=True)
    logits = torch.where(exists, scores, torch.tensor(-1e30))
    entropy = -(targets * torch.where(exists, torch.log_softmax(logits, 1), torch.tensor(0.0))).sum(1)
    costs = entropy * (distance[at] / 20).clamp(max=1)
    of_samples = [costs[at[0] == n].mean() if (at[0] == n).any() else costs.sum() * 0 for n in range(x.shape[0])]
    return torch.stack(of_samples).mean()


# compounds


def combo(x, labels):
    return 0.5 * balanced_cross_entropy(x, labels, 0.5) + 0.5 * (1 - dice_scores(x, labels, 1)).mean()


def exponential_logarithmic(x, labels):
    of_dice = (-torch.log(dice_scores(x, labels, 1))) ** 0.3
    g = dense(labels, x.shape[1])
    sizes = g.sum((0, *spatial(x)))
    weights = torch.sqrt(sizes.sum() / sizes)
    of_voxel = torch.einsum("c,nc...->n...", weights, g) if x.shape[1] > 1 else 1
    return 0.8 * of_dice.mean() + 0.2 * (of_voxel * cross_entropy_map(x, labels) ** 0.3).mean()


def unified_focal(x, labels, asymmetric):
    delta, gamma = 0.6, 0.5
    p, g = both(x, labels)
    if x.shape[1] == 1:
        p, g = torch.cat([1 - p, p], 1), torch.cat([1 - g, g], 1)
        entropy = torch.cat([-F.logsigmoid(-x), -F.logsigmoid(x)], 1) * g
    else:
        entropy = -torch.log_softmax(x, 1) * g
    modulated = (1 - p) ** gamma * entropy
    of_focal = (1 - delta) * modulated[:, 0] + delta * (entropy if asymmetric else modulated)[:, 1:].sum(1)
    misses = 1 - tversky_indices(p, g, 1 - delta, delta)
    raised = misses ** (1 - gamma)
    of_tversky = torch.cat([(misses if asymmetric else raised)[:, :1], raised[:, 1:]], 1)
    return 0.5 * of_focal.mean() + 0.5 * of_tversky.mean()


def blob(x, labels):
    p, g = both(x, labels)
    masks = (g > 0.5).numpy()
    everywhere = np.ones((3,) * (x.ndim - 2))
    first = 0 if x.shape[1] == 1 else 1
    of_samples = []
    for n in range(x.shape[0]):
        of_classes = []
        for c in range(first, x.shape[1]):
            found, count = ndimage.label(masks[n, c], everywhere)
            found = torch.from_numpy(found)
            of_blobs = []
            for k in range(1, count + 1):
                counted = (found == 0) | (found == k)
                inside, truth = p[n, c] * counted, (found == k).float()
                overlap = (inside * truth).sum()
                of_blobs.append(1 - (2 * overlap + SMOOTH) / (inside.sum() + truth.sum() + SMOOTH))
            if of_blobs:
                of_classes.append(torch.stack(of_blobs).mean())
        if of_classes:
            of_samples.append(torch.stack(of_classes).mean())
    return 2 * dice(x, labels) + torch.stack(of_samples).mean()


losses = {
    "diceLoss": dice,
    "tverskyLoss": tversky,
    "crossEntropyLoss": cross_entropy,
    "focalLoss": focal,
    "clDiceLoss": cl_dice,
    "focalTverskyLoss": focal_tversky,
    "generalizedDiceLoss": generalized_dice,
    "generalizedWassersteinDiceLoss": generalized_wasserstein_dice,
    "iouLoss": iou,
    "logCoshDiceLoss": log_cosh_dice,
    "lovaszHingeLoss": lovasz_hinge,
    "lovaszSoftmaxLoss": lovasz_softmax,
    "matthewsCorrelationLoss": matthews_correlation,
    "noiseRobustDiceLoss": noise_robust_dice,
    "sensitivitySpecificityLoss": sensitivity_specificity,
    "balancedCrossEntropyLoss": balanced_cross_entropy,
    "distancePenalizedCrossEntropyLoss": distance_penalized_cross_entropy,
    "polyCrossEntropyLoss": poly_cross_entropy,
    "topKLoss": top_k,
    "weightedCrossEntropyLoss": weighted_cross_entropy,
    "activeBoundaryLoss": active_boundary,
    "boundaryDoULoss": boundary_dou,
    "boundaryLoss": boundary,
    "hausdorffDistanceLoss": hausdorff_distance,
    "hausdorffConvolutionLoss": hausdorff_convolution,
    "hausdorffErosionLoss": hausdorff_erosion,
    "logHausdorffDistanceLoss": log_hausdorff_distance,
    "shapeAwareLoss": shape_aware,
    "signedDistanceRegressionLoss": signed_distance_regression,
    "asymmetricUnifiedFocalLoss": lambda x, labels: unified_focal(x, labels, True),
    "symmetricUnifiedFocalLoss": lambda x, labels: unified_focal(x, labels, False),
    "blobLoss": blob,
    "comboLoss": combo,
    "diceBoundaryLoss": lambda x, labels: dice(x, labels) + 0.01 * boundary(x, labels),
    "diceCrossEntropyLoss": lambda x, labels: dice(x, labels) + cross_entropy(x, labels),
    "diceFocalLoss": lambda x, labels: dice(x, labels) + focal(x, labels),
    "diceHausdorffLoss": lambda x, labels: dice(x, labels) + 0.01 * hausdorff_distance(x, labels),
    "diceTopKLoss": lambda x, labels: dice(x, labels) + top_k(x, labels),
    "exponentialLogarithmicLoss": exponential_logarithmic,
    "generalizedDiceFocalLoss": lambda x, labels: generalized_dice(x, labels) + focal(x, labels),
}
