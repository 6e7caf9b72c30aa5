"""Models of public packages, small where a configuration allows it; no weights are loaded."""

import importlib
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

# So long one model is compared with its own forward passes.
SECONDS = 40.0
Build = Callable[[], tuple[Any, ...]]
MODELS: dict[str, tuple[str, Build]] = {}

# The build of torchvision for CUDA has no operators beside torch for CPUs; two are named
# when it is imported, and no model here runs them.
_NAMED = torch.library.Library("torchvision", "DEF")
for _name in ("nms", "qnms"):
    _NAMED.define(_name + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")


def image(size: int = 64, channels: int = 3) -> torch.Tensor:
    return torch.zeros(1, channels, size, size)


def sound(length: int, channels: int = 1) -> torch.Tensor:
    return torch.zeros(1, channels, length)


def add(
    name: str,
    package: str,
    path: str,
    example: Any,
    *given: Any,
    axis: int = -1,
    part: str = "",
    **named: Any,
) -> None:
    """A model by the path of its class or function, and what it is made with."""

    def build() -> tuple[Any, ...]:
        module, _, attribute = path.rpartition(".")
        model = getattr(importlib.import_module(module), attribute)(*given, **named)
        return (model.get_submodule(part) if part else model), example, axis

    MODELS[name] = package, build


def of_config(
    name: str, kind: str, example: Any, axis: int = -1, part: str = "", **config: Any
) -> None:
    """A model of transformers, from its configuration alone."""

    def build() -> tuple[Any, ...]:
        library = importlib.import_module("transformers")
        settings = getattr(library, kind.partition("/")[0])(**config)
        model = getattr(library, kind.partition("/")[2])(settings)
        return (model.get_submodule(part) if part else model), example, axis

    MODELS[name] = "transformers", build


SEGMENTATION = "torchvision.models.segmentation."
PLAIN = {"weights": None, "weights_backbone": None, "num_classes": 2}
add("fcn_resnet50", "torchvision", SEGMENTATION + "fcn_resnet50", image(), **PLAIN)
add(
    "deeplabv3_mobilenet_v3_large",
    "torchvision",
    SEGMENTATION + "deeplabv3_mobilenet_v3_large",
    image(),
    **PLAIN,
)
add(
    "lraspp_mobilenet_v3_large",
    "torchvision",
    SEGMENTATION + "lraspp_mobilenet_v3_large",
    image(),
    **PLAIN,
)
add("resnet18", "torchvision", "torchvision.models.resnet18", image())
add(
    "googlenet",
    "torchvision",
    "torchvision.models.googlenet",
    image(),
    aux_logits=False,
    init_weights=False,
)
add(
    "inception_v3",
    "torchvision",
    "torchvision.models.inception_v3",
    image(96),
    aux_logits=False,
    init_weights=False,
)
add(
    "VisionTransformer",
    "torchvision",
    "torchvision.models.VisionTransformer",
    image(),
    image_size=64,
    patch_size=16,
    num_layers=1,
    num_heads=2,
    hidden_dim=32,
    mlp_dim=32,
)

for _kind in ("Unet", "UnetPlusPlus", "MAnet", "Linknet", "FPN", "PSPNet", "DeepLabV3", "DeepLabV3Plus", "UPerNet", "Segformer"):  # fmt: skip
    add(
        f"smp.{_kind}",
        "segmentation-models-pytorch",
        f"segmentation_models_pytorch.{_kind}",
        image(),
        "resnet18",
        encoder_weights=None,
    )
add(
    "smp.Unet efficientnet-b0",
    "segmentation-models-pytorch",
    "segmentation_models_pytorch.Unet",
    image(),
    "efficientnet-b0",
    encoder_weights=None,
)

for _kind, _size in (("resnet26t", 64), ("efficientnet_b0", 64), ("tf_efficientnet_b0", 64), ("convnext_atto", 64), ("hrnet_w18_small", 64), ("vgg11", 64), ("poolformer_s12", 64), ("vit_tiny_patch16_224", 224), ("xcit_nano_12_p16_224", 224)):  # fmt: skip
    add(
        f"timm {_kind}",
        "timm",
        "timm.create_model",
        image(_size),
        _kind,
        pretrained=False,
    )

_SPEECH = {
    "num_hidden_layers": 1,
    "hidden_size": 32,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "conv_dim": (8,) * 7,
}
of_config(
    "Wav2Vec2Model", "Wav2Vec2Config/Wav2Vec2Model", torch.zeros(1, 4000), **_SPEECH
)
of_config("HubertModel", "HubertConfig/HubertModel", torch.zeros(1, 4000), **_SPEECH)
of_config(
    "SpeechT5HifiGan",
    "SpeechT5HifiGanConfig/SpeechT5HifiGan",
    torch.zeros(1, 32, 80),
    axis=-2,
    upsample_initial_channel=32,
)
of_config(
    "VitsModel.decoder",
    "VitsConfig/VitsModel",
    torch.zeros(1, 16, 32),
    part="decoder",
    hidden_size=16,
    num_hidden_layers=1,
    num_attention_heads=2,
    ffn_dim=16,
    flow_size=16,
    upsample_initial_channel=32,
)
of_config(
    "Swin2SR",
    "Swin2SRConfig/Swin2SRForImageSuperResolution",
    image(),
    embed_dim=12,
    depths=[1, 1],
    num_heads=[2, 2],
    image_size=64,
)
of_config(
    "ViTModel",
    "ViTConfig/ViTModel",
    image(224),
    num_hidden_layers=1,
    hidden_size=16,
    num_attention_heads=2,
    intermediate_size=16,
)

_DOWN, _UP = "DownEncoderBlock2D", "UpDecoderBlock2D"
add(
    "AutoencoderKL",
    "diffusers",
    "diffusers.AutoencoderKL",
    image(),
    block_out_channels=(8,) * 4,
    norm_num_groups=4,
    down_block_types=(_DOWN,) * 4,
    up_block_types=(_UP,) * 4,
)
add(
    "VQModel",
    "diffusers",
    "diffusers.VQModel",
    image(),
    block_out_channels=(8, 16),
    norm_num_groups=4,
    down_block_types=(_DOWN,) * 2,
    up_block_types=(_UP,) * 2,
    num_vq_embeddings=8,
)
add(
    "AutoencoderTiny",
    "diffusers",
    "diffusers.AutoencoderTiny",
    image(),
    encoder_block_out_channels=(8,) * 4,
    decoder_block_out_channels=(8,) * 4,
)
add(
    "UNet2DModel",
    "diffusers",
    "diffusers.UNet2DModel",
    (image(32), torch.tensor(1)),
    block_out_channels=(8, 16, 16),
    norm_num_groups=4,
    down_block_types=("DownBlock2D", "AttnDownBlock2D", "DownBlock2D"),
    up_block_types=("UpBlock2D", "AttnUpBlock2D", "UpBlock2D"),
)

_NETS = "monai.networks.nets."
add(
    "monai UNet",
    "monai",
    _NETS + "UNet",
    image(64, 1),
    spatial_dims=2,
    in_channels=1,
    out_channels=2,
    channels=(4, 8, 16, 16),
    strides=(2, 2, 2),
)
add(
    "monai SegResNet",
    "monai",
    _NETS + "SegResNet",
    image(64, 1),
    spatial_dims=2,
    init_filters=8,
)
add("monai VNet", "monai", _NETS + "VNet", image(64, 1), spatial_dims=2)
add(
    "monai DynUNet",
    "monai",
    _NETS + "DynUNet",
    image(64, 1),
    2,
    1,
    2,
    [3] * 4,
    [1, 2, 2, 2],
    [2] * 3,
    filters=[4, 8, 8, 8],
)
add(
    "monai AttentionUnet",
    "monai",
    _NETS + "AttentionUnet",
    image(64, 1),
    2,
    1,
    2,
    (4, 8, 8, 8),
    (2, 2, 2),
)
add(
    "monai UNETR",
    "monai",
    _NETS + "UNETR",
    image(64, 1),
    1,
    2,
    (64, 64),
    feature_size=4,
    hidden_size=16,
    mlp_dim=16,
    num_heads=2,
    spatial_dims=2,
)
add("monai HighResNet", "monai", _NETS + "HighResNet", image(32, 1), 2, 1, 2)
add(
    "monai AutoEncoder",
    "monai",
    _NETS + "AutoEncoder",
    image(64, 1),
    2,
    1,
    1,
    (4, 8, 8),
    (2, 2, 2),
)

add(
    "DAC 44.1 kHz",
    "descript-audio-codec",
    "dac.DAC",
    sound(5120),
    encoder_dim=8,
    latent_dim=32,
    decoder_dim=64,
    n_codebooks=2,
    codebook_size=16,
)
add(
    "SNAC",
    "snac",
    "snac.SNAC",
    sound(8192),
    encoder_dim=8,
    decoder_dim=64,
    codebook_size=16,
    attn_window_size=None,
)
add(
    "ConvTasNet",
    "torchaudio",
    "torchaudio.models.ConvTasNet",
    sound(1600),
    enc_num_feats=16,
    msk_num_feats=8,
    msk_num_hidden_feats=16,
)
add(
    "Wav2Letter",
    "torchaudio",
    "torchaudio.models.Wav2Letter",
    sound(3000),
    num_classes=10,
)
add(
    "Demucs",
    "demucs",
    "demucs.demucs.Demucs",
    sound(8000, 2),
    ["a", "b"],
    channels=4,
    depth=4,
    lstm_layers=0,
)

add("HardNet", "kornia", "kornia.feature.HardNet", image(32, 1), False)
add("DISK", "kornia", "kornia.feature.DISK", image())

_ARCHITECTURES = "spandrel.architectures."
_WINDOWS = {
    "img_size": 64,
    "embed_dim": 12,
    "depths": (2,),
    "num_heads": (2,),
    "window_size": 8,
    "upscale": 2,
    "upsampler": "pixelshuffle",
}
add(
    "ESRGAN",
    "spandrel",
    _ARCHITECTURES + "ESRGAN.__arch.RRDB.RRDBNet",
    image(24),
    num_filters=8,
    num_blocks=1,
)
add(
    "SPAN",
    "spandrel",
    _ARCHITECTURES + "SPAN.__arch.span.SPAN",
    image(24),
    num_in_ch=3,
    num_out_ch=3,
    feature_channels=8,
)
add(
    "Compact",
    "spandrel",
    _ARCHITECTURES + "Compact.__arch.SRVGG.SRVGGNetCompact",
    image(24),
    num_feat=8,
    num_conv=2,
)
add(
    "NAFNet",
    "spandrel",
    _ARCHITECTURES + "NAFNet.__arch.NAFNet_arch.NAFNet",
    image(),
    width=4,
    enc_blk_nums=[1, 1, 1],
    dec_blk_nums=[1, 1, 1],
    middle_blk_num=1,
)
add(
    "RealCUGAN",
    "spandrel",
    _ARCHITECTURES + "RealCUGAN.__arch.upcunet_v3.UpCunet2x",
    image(),
)
add(
    "SwinIR",
    "spandrel",
    _ARCHITECTURES + "SwinIR.__arch.SwinIR.SwinIR",
    image(),
    **_WINDOWS,
)

_PLANS = {"norm_op": nn.InstanceNorm2d, "nonlin": nn.ReLU}
# Channels, stages, features, convolution, kernels, strides, blocks, classes, blocks.
_STAGES = 1, 4, [4, 8, 8, 8], nn.Conv2d, 3, [1, 2, 2, 2], [1] * 4, 2, [1] * 3
_NNUNET = "dynamic_network_architectures.architectures.unet."
add(
    "PlainConvUNet",
    "dynamic-network-architectures",
    _NNUNET + "PlainConvUNet",
    image(64, 1),
    *_STAGES,
    **_PLANS,
)
add(
    "ResidualEncoderUNet",
    "dynamic-network-architectures",
    _NNUNET + "ResidualEncoderUNet",
    image(64, 1),
    *_STAGES,
    conv_bias=True,
    **_PLANS,
)
add(
    "CCT",
    "vit-pytorch",
    "vit_pytorch.cct.CCT",
    image(),
    img_size=64,
    embedding_dim=16,
    n_conv_layers=2,
    num_layers=1,
    num_heads=2,
    mlp_ratio=1.0,
    num_classes=10,
    positional_embedding="learnable",
)
add(
    "ddpm Unet",
    "denoising-diffusion-pytorch",
    "denoising_diffusion_pytorch.Unet",
    (image(32), torch.tensor([1])),
    8,
    dim_mults=(1, 2, 4),
    flash_attn=False,
)
add(
    "ddpm Unet1D",
    "denoising-diffusion-pytorch",
    "denoising_diffusion_pytorch.Unet1D",
    (sound(32, 3), torch.tensor([1])),
    8,
    dim_mults=(1, 2, 4),
    channels=3,
)
