"""The network of form: a dilated convolution over beats that says where sections start and which kind a beat has."""

import torch
from torch import nn

WIDTH = 64
KERNEL = 5
DILATIONS = (1, 2, 4, 8, 16, 32)
DROPOUT = 0.5


class Block(nn.Module):
    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.wide = nn.Conv1d(WIDTH, WIDTH, KERNEL, dilation=dilation, padding=dilation * (KERNEL // 2))
        self.mix = nn.Conv1d(WIDTH, WIDTH, 1)
        self.dropout = nn.Dropout1d(DROPOUT)
        # A block begins as nothing, so that no normalisation is needed.
        nn.init.zeros_(self.mix.weight)
        nn.init.zeros_(self.mix.bias)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return (x + self.mix(self.dropout(torch.relu(self.wide(x))))) * mask


class Form(nn.Module):
    def __init__(self, channels: int, kinds: int) -> None:
        super().__init__()
        self.enter = nn.Conv1d(channels, WIDTH, 1)
        self.blocks = nn.ModuleList(Block(dilation) for dilation in DILATIONS)
        self.dropout = nn.Dropout1d(DROPOUT)
        self.heads = nn.Conv1d(WIDTH, 1 + kinds, 1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Logits, shape (batch, 1 + kinds, beats): that a section starts at the beat, then its kind."""
        x = torch.relu(self.enter(x)) * mask
        for block in self.blocks:
            x = block(x, mask)
        return self.heads(self.dropout(torch.relu(x)))
