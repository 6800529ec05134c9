"""The student: a depthwise-separable network on 128 frames of 96 mel levels in dB, with two outputs (embedding, tags).

`multiply_adds` counts what it costs from the layers; the card says how much.
Depthwise-separable blocks as in MobileNet (Howard et al. 2017, arXiv 1704.04861), gates of channels by Hu et al. (2018, arXiv 1709.01507)."""
import copy

import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

FRAMES, BANDS, EMBEDDING = 128, 96, 512
# (channels, stride over time and frequency) of each block after the stem; chosen to stay under 15 MMAC a window.
BLOCKS = ((24, 1), (48, 2), (48, 1), (96, 2), (96, 1), (192, 2), (256, 1))
STEM_CHANNELS, LATE_CHANNELS, HIDDEN = 16, 320, 640
# Gates pay where there are channels to choose from; they have a quarter as many units.
LEAST_GATED, GATE_SHARE = 96, 4


def conv_bn(inputs: int, outputs: int, kernel: int | tuple[int, int], stride: int = 1, groups: int = 1, padding: int | tuple[int, int] | None = None) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2 if padding is None else padding, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Gate(nn.Module):
    """Weighs the channels by what they hold on the whole."""

    def __init__(self, channels: int):
        super().__init__()
        self.weigh = nn.Sequential(nn.Linear(channels, channels // GATE_SHARE), nn.ReLU(inplace=True), nn.Linear(channels // GATE_SHARE, channels), nn.Sigmoid())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.weigh(x.mean((2, 3)))[:, :, None, None]


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.depthwise = conv_bn(inputs, inputs, 3, stride, groups=inputs)
        self.gate = Gate(inputs) if inputs >= LEAST_GATED else nn.Identity()
        self.pointwise = conv_bn(inputs, outputs, 1)
        self.residual = inputs == outputs and stride == 1

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.pointwise(self.gate(self.depthwise(x)))
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
        # What is left of frequency (96 bands / 16 = 6) is mixed by two learnt filters a channel; then time is looked along once more.
        self.bands = nn.Sequential(conv_bn(channels, 2 * channels, (1, BANDS // 16), groups=channels, padding=0), conv_bn(2 * channels, LATE_CHANNELS, 1))
        self.along = nn.Sequential(conv_bn(LATE_CHANNELS, LATE_CHANNELS, (3, 1), groups=LATE_CHANNELS, padding=(1, 0)), conv_bn(LATE_CHANNELS, LATE_CHANNELS, 1))
        self.hidden = nn.Sequential(nn.Linear(2 * LATE_CHANNELS, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU(inplace=True))
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(HIDDEN, tags)
        self.embedding = nn.Linear(HIDDEN, EMBEDDING)

    def features(self, mel_db: torch.Tensor) -> torch.Tensor:
        # −100 dB (the floor) to 0 dB become about −1.6 … 2.4: the corpus' mean level lies near −60 dB.
        x = self.bands(self.trunk(((mel_db + 60) * 0.04).unsqueeze(1)))
        x = (x + self.along(x)).squeeze(3)
        return self.hidden(torch.cat([x.mean(2), x.amax(2)], 1))

    def forward(self, mel_db: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """@returns embedding (batch, 512) of length 1, and logits (batch, tags)."""
        h = self.features(mel_db)
        return nn.functional.normalize(self.embedding(h).float(), dim=1), self.tags(self.dropout(h)).float()


class Exported(nn.Module):
    """What is shipped: probabilities instead of logits."""

    def __init__(self, ears: Ears):
        super().__init__()
        self.ears = ears

    def forward(self, mel_db: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        embedding, logits = self.ears(mel_db)
        return embedding, torch.sigmoid(logits)


def shipped(ears: Ears) -> Ears:
    """@returns the network as it is shipped: normalisation merged into the layers before it, all weights rounded to 16 bits."""
    ears = copy.deepcopy(ears).eval()
    for layer in ears.modules():
        if isinstance(layer, nn.Sequential) and len(layer) == 3 and isinstance(layer[1], (nn.BatchNorm2d, nn.BatchNorm1d)):
            fuse = fuse_conv_bn_eval if isinstance(layer[0], nn.Conv2d) else fuse_linear_bn_eval
            layer[0], layer[1] = fuse(layer[0], layer[1]), nn.Identity()
    with torch.no_grad():
        for weights in ears.parameters():
            weights.copy_(weights.half().float())
    return ears


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
    """@param ears as `shipped` gives it: its weights are stored in 16 bits, and a runtime makes 32 of them when it loads them."""
    torch.onnx.export(
        Exported(ears).eval(), (torch.zeros(2, FRAMES, BANDS),), path, opset_version=17, dynamo=False,
        input_names=["mel"], output_names=["embedding", "tags"],
        dynamic_axes={"mel": {0: "batch"}, "embedding": {0: "batch"}, "tags": {0: "batch"}},
    )
    model = onnx.load(path)
    casts = []
    for weights in model.graph.initializer:
        values, name = onnx.numpy_helper.to_array(weights), weights.name
        # Constants of the arithmetic are no weights, and stay.
        if weights.data_type == onnx.TensorProto.FLOAT and values.size > 1 and (values.astype("float16") == values).all():
            weights.CopyFrom(onnx.numpy_helper.from_array(values.astype("float16"), f"{name}_16"))
            casts.append(onnx.helper.make_node("Cast", [f"{name}_16"], [name], to=onnx.TensorProto.FLOAT))
    for at, cast in enumerate(casts):
        model.graph.node.insert(at, cast)
    onnx.checker.check_model(model)
    onnx.save(model, path)
