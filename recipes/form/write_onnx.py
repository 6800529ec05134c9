"""Several networks as one ONNX file whose outputs are their means; weights have 16 bits."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from network import DILATIONS, KERNEL, Form

OPSET = 17


# Divides all logits, which are surer than right: chosen on the folds of the public corpora that report it, decision 0042.
TEMPERATURE = 1.5


def shipped(network: Form) -> Form:
    """The network as it is shipped: as sure as it is right, and what 16 bits leave of its weights."""
    with torch.no_grad():
        network.heads.weight.div_(TEMPERATURE)
        network.heads.bias.div_(TEMPERATURE)
        for values in network.parameters():
            values.copy_(values.half().float())
    return network


def write_onnx(networks: list[Form], channels: int, kinds: int, path: Path) -> bytes:
    nodes: list[onnx.NodeProto] = []
    weights: list[onnx.TensorProto] = []

    def add(operator: str, inputs: list[str], name: str, **attributes: object) -> str:
        nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def weight(values: torch.Tensor, name: str) -> str:
        weights.append(numpy_helper.from_array(values.detach().numpy().astype(np.float16), f"{name}.half"))
        return add("Cast", [f"{name}.half"], name, to=TensorProto.FLOAT)

    def convolve(layer: torch.nn.Conv1d, before: str, name: str, dilation: int = 1) -> str:
        size = layer.kernel_size[0]
        padding = dilation * (size // 2)
        parts = [before, weight(layer.weight, f"{name}.weight"), weight(layer.bias, f"{name}.bias")]
        return add("Conv", parts, name, kernel_shape=[size], dilations=[dilation], pads=[padding, padding])

    ends: list[str] = []
    for member, network in enumerate(networks):
        at = f"{member}."
        x = add("Relu", [convolve(network.enter, "beats", f"{at}enter")], f"{at}entered")
        for number, (block, dilation) in enumerate(zip(network.blocks, DILATIONS, strict=True)):
            here = f"{at}{number}."
            wide = add("Relu", [convolve(block.wide, x, f"{here}wide", dilation)], f"{here}active")
            x = add("Add", [x, convolve(block.mix, wide, f"{here}mix")], f"{here}out")
        x = add("Relu", [x], f"{at}last")
        ends.append(convolve(network.heads, x, f"{at}heads"))
    # For one member the mean is that member.
    add("Mean", ends, "form")
    graph = helper.make_graph(
        nodes,
        "form",
        [helper.make_tensor_value_info("beats", TensorProto.FLOAT, [1, channels, "beats"])],
        [helper.make_tensor_value_info("form", TensorProto.FLOAT, [1, 1 + kinds, "beats"])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="algiers")
    model.ir_version = 8
    onnx.checker.check_model(model)
    assert KERNEL % 2 == 1
    content = model.SerializeToString()
    path.write_bytes(content)
    return content
