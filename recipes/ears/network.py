"""The student: a depthwise-separable network on 128 frames of 96 mel levels in dB, with two outputs (embedding, tags).

`multiply_adds` counts what it costs from the layers; the card says how much.
Depthwise-separable blocks as in MobileNet (Howard et al. 2017, arXiv 1704.04861)."""
import torch
from torch import nn

FRAMES, BANDS, EMBEDDING = 128, 96, 512
# (channels, stride over time and frequency) of each block after the stem; chosen to stay under 15 MMAC a window.
BLOCKS = ((24, 1), (48, 2), (48, 1), (96, 2), (96, 1), (192, 2), (256, 1))
STEM_CHANNELS = 16


def conv_bn(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.depthwise = conv_bn(inputs, inputs, 3, stride, groups=inputs)
        self.pointwise = conv_bn(inputs, outputs, 1)
        self.residual = inputs == outputs and stride == 1

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.pointwise(self.depthwise(x))
        return x + y if self.residual else y


class Ears(nn.Module):
    def __init__(self, tags: int):
        super().__init__()
        layers: list[nn.Module] = [conv_bn(1, STEM_CHANNELS, 3, 2)]
        channels = STEM_CHANNELS
        for outputs, stride in BLOCKS:
            layers.append(Block(channels, outputs, stride))
            channels = outputs
        self.trunk = nn.Sequential(*layers)
        # What is left of frequency (96 bands / 16 = 6) is mixed by one learnt filter a band, then time is pooled by mean and maximum.
        self.bands = conv_bn_full_height(channels, channels, BANDS // 16)
        self.hidden = nn.Sequential(nn.Linear(2 * channels, 512), nn.BatchNorm1d(512), nn.ReLU(inplace=True))
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.Linear(512, tags)
        self.embedding = nn.Linear(512, EMBEDDING)

    def features(self, mel_db: torch.Tensor) -> torch.Tensor:
        # −100 dB (the floor) to 0 dB become about −1.6 … 2.4: the corpus' mean level lies near −60 dB.
        x = self.trunk(((mel_db + 60) * 0.04).unsqueeze(1))
        x = self.bands(x).squeeze(3)
        return self.hidden(torch.cat([x.mean(2), x.amax(2)], 1))

    def forward(self, mel_db: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """@returns embedding (batch, 512) of length 1, and logits (batch, tags)."""
        h = self.features(mel_db)
        return nn.functional.normalize(self.embedding(h), dim=1), self.tags(self.dropout(h))


def conv_bn_full_height(inputs: int, outputs: int, height: int) -> nn.Sequential:
    """Depthwise over all remaining bands, then pointwise: (batch, channels, time, height) → (batch, outputs, time, 1)."""
    return nn.Sequential(
        nn.Conv2d(inputs, 2 * inputs, (1, height), groups=inputs, bias=False),
        nn.BatchNorm2d(2 * inputs),
        nn.ReLU(inplace=True),
        conv_bn(2 * inputs, outputs, 1),
    )


class Exported(nn.Module):
    """What is shipped: probabilities instead of logits."""

    def __init__(self, ears: Ears):
        super().__init__()
        self.ears = ears

    def forward(self, mel_db: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        embedding, logits = self.ears(mel_db)
        return embedding, torch.sigmoid(logits)


def multiply_adds(model: nn.Module) -> int:
    """Multiply-adds of convolutions and linear layers for one window, counted by running it."""
    total = 0

    def count(layer: nn.Module, _inputs: object, output: torch.Tensor) -> None:
        nonlocal total
        total += output.numel() * layer.weight[0].numel()

    hooks = [layer.register_forward_hook(count) for layer in model.modules() if isinstance(layer, (nn.Conv2d, nn.Linear))]
    with torch.no_grad():
        model.eval()(torch.zeros(1, FRAMES, BANDS))
    for hook in hooks:
        hook.remove()
    return total


def export_onnx(ears: Ears, path: str) -> None:
    torch.onnx.export(
        Exported(ears.eval()), (torch.zeros(2, FRAMES, BANDS),), path, opset_version=17, dynamo=False,
        input_names=["mel"], output_names=["embedding", "tags"],
        dynamic_axes={"mel": {0: "batch"}, "embedding": {0: "batch"}, "tags": {0: "batch"}},
    )
