"""The network learns: steps until the time is up, on one core or on several processes."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import distributed

from embeddings.judging.training.batches import of_rows
from embeddings.judging.training.examples import Examples, Row
from embeddings.judging.training.losses import Losses, losses
from embeddings.judging.training.network import HEAD_NAMES, Network

# The untaught heads learn twice as fast as the layers that know the language.
RATE = 6e-5
HEAD_RATE = 2.0
WARM_UP_STEPS = 25
LEAST_RATE = 0.03
LONGEST_GRADIENT = 1.0
# The weights that are kept are a running mean over about so many steps.
MEAN_STEPS = 50
SECONDS_BETWEEN_CHECKPOINTS = 240.0
STEPS_BETWEEN_LINES = 10
# Word vectors and distances stay the encoder's: they need more text than there is.
FROZEN = ("word.", "distance.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long to learn, and with whom: `rank` of `processes` that share every step."""

    minutes: float
    folder: Path
    seed: int
    rank: int = 0
    processes: int = 1
    port: int = 29_511
    rate: float = RATE


def fit(network: Network, examples: Examples, plan: Plan, tell: Callable[[str], None]) -> None:
    """Teach the network; writes `reader.safetensors` and `state.json` into the plan's folder.

    The learning rate falls with the time that is used up, so the plan ends when it says however
    busy the machine is. Every process reads its own examples; their gradients are averaged.
    """
    torch.manual_seed(plan.seed)
    plan.folder.mkdir(parents=True, exist_ok=True)
    with _together(plan):
        learner = _Learner(network, plan)
        started = saved = time.monotonic()
        while (used := learner.agreed((time.monotonic() - started) / (60 * plan.minutes))) < 1:
            found = learner.step(examples, used)
            if plan.rank:
                continue
            if learner.steps % STEPS_BETWEEN_LINES == 0:
                tell(_line(learner.steps, used, found))
            if time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS:
                saved = time.monotonic()
                learner.save()
        if plan.rank == 0:
            learner.save()


class _Learner:
    """A network with its optimiser and the running mean of its weights."""

    def __init__(self, network: Network, plan: Plan) -> None:
        self.steps = 0
        self._plan, self._network = plan, network
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(not name.startswith(FROZEN))
        named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
        self._parameters = [parameter for _, parameter in named]
        heads = [parameter for name, parameter in named if name.startswith(HEAD_NAMES)]
        body = [parameter for name, parameter in named if not name.startswith(HEAD_NAMES)]
        self._optimiser = torch.optim.AdamW(
            [{"params": heads, "factor": HEAD_RATE}, {"params": body, "factor": 1.0}],
            lr=plan.rate,
            betas=(0.9, 0.98),
            eps=1e-6,
            fused=True,
        )
        # One array for all gradients, so that processes average them in one go.
        self._gradient = torch.zeros(sum(parameter.numel() for parameter in self._parameters))
        start = 0
        for parameter in self._parameters:
            stop = start + parameter.numel()
            parameter.grad = self._gradient[start:stop].view_as(parameter)
            start = stop
        self._mean = {name: parameter.detach().clone() for name, parameter in named}

    def agreed(self, used: float) -> float:
        """The share of the time that is used up, by the first process's clock."""
        if self._plan.processes == 1:
            return used
        shared = torch.tensor([used])
        distributed.broadcast(shared, 0)
        return float(shared)

    def step(self, examples: Examples, used: float) -> Losses:
        """Learn from one group of rows a process."""
        self._gradient.zero_()
        found, *_ = [self._read(rows) for rows in examples.next() if rows]
        if self._plan.processes > 1:
            distributed.all_reduce(self._gradient)
            self._gradient /= self._plan.processes
        length = float(self._gradient.norm())
        self._gradient *= min(1.0, LONGEST_GRADIENT / (length + 1e-6))
        warm = min(1.0, (self.steps + 1) / WARM_UP_STEPS)
        for group in self._optimiser.param_groups:
            group["lr"] = self._plan.rate * group["factor"] * warm * max(LEAST_RATE, 1 - used)
        self._optimiser.step()
        self.steps += 1
        self._remember()
        return found

    def _read(self, rows: list[Row]) -> Losses:
        """Add the gradient of a group's rows."""
        given, labels = of_rows(rows)
        with torch.autocast("cpu", torch.bfloat16):
            found = losses(self._network, given, labels)
        found.total.backward()  # type: ignore[no-untyped-call]
        return found

    @torch.no_grad()
    def _remember(self) -> None:
        # At first the mean is over fewer steps, or the untaught weights would stay in it.
        kept = min(1 - 1 / MEAN_STEPS, self.steps / (self.steps + 10))
        for mean, parameter in zip(self._mean.values(), self._parameters, strict=True):
            mean.lerp_(parameter, 1 - kept)

    def save(self) -> None:
        """Write the mean weights aside and swap them in."""
        folder = self._plan.folder
        tensors = self._network.state_dict() | self._mean
        save_file(tensors, folder / "reader.new")
        os.replace(folder / "reader.new", folder / "reader.safetensors")  # noqa: PTH105
        state = {"steps": self.steps, "seed": self._plan.seed, "processes": self._plan.processes}
        (folder / "state.json").write_text(json.dumps(state), "utf-8")


@contextmanager
def _together(plan: Plan) -> Iterator[None]:
    """Join the other processes, where there are any."""
    if plan.processes == 1:
        yield
        return
    # More threads wait for each other in every operation; processes wait once a step.
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo",
        init_method=f"tcp://127.0.0.1:{plan.port}",
        rank=plan.rank,
        world_size=plan.processes,
    )
    try:
        yield
    finally:
        distributed.destroy_process_group()


def _line(steps: int, used: float, found: Losses) -> str:
    parts = zip(Losses._fields, found, strict=True)
    said = ", ".join(f"{name} {float(value.detach()):.3f}" for name, value in parts)
    return f"step {steps}, {used:.1%} of the time: {said}"
