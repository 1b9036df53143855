#!/usr/bin/env python3
"""Times training steps of a SASRec-like network in PyTorch, computed the way the published code does it.

The peer of TrainingStepBenchmark: the same sequences, sizes, losses and optimizer. Written from the formulas of
gSASRec (Petrov and Macdonald, RecSys 2023): every sequence is padded to the full length, each sampled item's
embedding is gathered, the positive logit is transformed in float64, and Adam runs on dense gradients. The full
softmax leaves padding out of the logits.

    python3 training_step.py --sequences FILE --items 3416 --case gbce256 --warmup 1 --steps 3

FILE holds one user per line, item indices from 0 separated by blanks, oldest first. Prints one JSON object.
"""
import argparse
import json
import math
import random
import resource
import time

import torch
import torch.nn.functional as F
from torch import nn

CASES = {
    "gbce256": dict(dim=128, negatives=256, t=0.75),
    "bce1": dict(dim=128, negatives=1, t=0.0),
    "softmax64": dict(dim=64, negatives=0, t=0.0),
}


class Block(nn.Module):
    """Attention of normalised queries over plain keys and values, then a point-wise feed-forward layer."""

    def __init__(self, dim, dropout):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.norm2 = nn.LayerNorm(dim)
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim)
        self.value = nn.Linear(dim, dim)
        self.inner = nn.Linear(dim, dim)
        self.outer = nn.Linear(dim, dim)
        self.drop = nn.Dropout(dropout)
        self.dim = dim

    def forward(self, x, mask, bias):
        queries = self.norm1(x)
        logits = self.query(queries) @ self.key(x).transpose(1, 2) / math.sqrt(self.dim) + bias
        attention = self.drop(torch.softmax(logits, dim=-1)) * mask
        x = self.norm2(attention @ self.value(x) + queries)
        x = x + self.drop(self.outer(self.drop(torch.relu(self.inner(x)))))
        return x * mask


class Network(nn.Module):
    def __init__(self, items, length, dim, blocks, dropout):
        super().__init__()
        self.table = nn.Embedding(items + 1, dim, padding_idx=items)
        self.output = nn.Embedding(items + 1, dim)
        self.positions = nn.Embedding(length, dim)
        self.blocks = nn.ModuleList([Block(dim, dropout) for _ in range(blocks)])
        self.norm = nn.LayerNorm(dim)
        self.drop = nn.Dropout(dropout)
        self.items = items

    def forward(self, ids):
        length = ids.shape[1]
        real = ids != self.items
        mask = real.float().unsqueeze(-1)
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        bias = (future.unsqueeze(0) | ~real.unsqueeze(1)).float() * -1e9
        x = self.drop(self.table(ids) + self.positions(torch.arange(length))) * mask
        for block in self.blocks:
            x = block(x, mask, bias)
        return self.norm(x)


def calibrated(positive, beta):
    """The positive logit whose log-sigmoid is beta times that of the given one, in float64 with clamps."""
    tiny, huge = 1e-10, torch.finfo(torch.float64).max
    chance = torch.clamp(torch.sigmoid(positive.double()), tiny, 1 - tiny)
    adjusted = torch.clamp(chance.pow(-beta), 1 + tiny, huge)
    return torch.log(torch.clamp(1.0 / (adjusted - 1), tiny, huge))


def sampled_loss(network, hidden, labels, real, case):
    k, items = case["negatives"], network.items
    negatives = torch.randint(0, items, (*labels.shape, k))
    candidates = network.output(torch.cat([labels.unsqueeze(-1), negatives], dim=-1))
    logits = torch.einsum("bld,blkd->blk", hidden, candidates)
    alpha = k / (items - 1)
    beta = alpha * ((1 - 1 / alpha) * case["t"] + 1 / alpha)
    logits = torch.cat([calibrated(logits[:, :, :1], beta), logits[:, :, 1:].double()], dim=-1)
    truth = torch.zeros_like(logits)
    truth[:, :, 0] = 1
    each = F.binary_cross_entropy_with_logits(logits, truth, reduction="none").mean(-1) * real
    return each.sum() / real.sum()


def softmax_loss(network, hidden, labels, real):
    keep = real.bool()
    logits = hidden[keep] @ network.output.weight[: network.items].T
    return F.cross_entropy(logits, labels[keep])


def padded(sequences, length, pad):
    ids = torch.full((len(sequences), length + 1), pad, dtype=torch.long)
    for row, items in enumerate(sequences):
        recent = items[-(length + 1):]
        ids[row, length + 1 - len(recent):] = torch.tensor(recent)
    return ids


def step(network, optimizer, batch, length, case):
    ids = padded(batch, length, network.items)
    inputs, labels = ids[:, :-1], ids[:, 1:]
    real = (inputs != network.items).double() if case["negatives"] else inputs != network.items
    hidden = network(inputs)
    if case["negatives"]:
        loss = sampled_loss(network, hidden, labels, real, case)
    else:
        loss = softmax_loss(network, hidden, labels, real)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def peak_bytes():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sequences", required=True)
    parser.add_argument("--items", type=int, required=True)
    parser.add_argument("--case", choices=sorted(CASES), required=True)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--length", type=int, default=200)
    parser.add_argument("--blocks", type=int, default=2)
    parser.add_argument("--dropout", type=float, default=0.5)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=42)
    given = parser.parse_args()

    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    with open(given.sequences) as lines:
        users = [[int(item) for item in line.split()] for line in lines if line.strip()]
    random.Random(given.seed).shuffle(users)
    case = CASES[given.case]
    network = Network(given.items, given.length, case["dim"], given.blocks, given.dropout)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    seconds, loss = [], math.nan
    for number in range(given.warmup + given.steps):
        first = number * given.batch % max(1, len(users) - given.batch)
        begun = time.perf_counter()
        loss = step(network, optimizer, users[first: first + given.batch], given.length, case)
        seconds.append(time.perf_counter() - begun)
    print(json.dumps(dict(
        case=given.case, framework="torch " + torch.__version__, threads=given.threads,
        seconds=seconds[given.warmup:], peakBytes=peak_bytes(), loss=loss)))


if __name__ == "__main__":
    main()
