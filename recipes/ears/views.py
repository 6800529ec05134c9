"""What training makes of clips, so that nothing is seen twice: other cuts, speeds, pitches, levels and tone colours, and two clips at once."""
import torch
from torch.nn import functional as F

from clips import CLIP_SAMPLES
from levels import FLOOR_DB, FRAME_SIZE, HEARD_SAMPLES, SEEN_SAMPLES, Levels, for_teacher, teacher_bins_hz
from network import BANDS, FRAMES

STRETCH, TILT_DB, GAIN_DB = (0.94, 1.06), (-6, 6), (-12, 6)
# A semitone is 1.2 bands or so where the bands are spaced as pitches are.
SHIFT_BANDS = (-1.2, 1.2)
# How much of music is mixed with other music, and how far below it that may lie.
MIXED, MIXED_DB = 0.5, (-18, 0)
LOW_PASSED, LOW_PASS_HZ, LOW_PASS_DB_PER_OCTAVE, LOW_PASS_LEAST_DB = 0.15, (1500, 9000), 40, -60
COLOUR_POINTS, COLOUR_DB = 6, 8


class Draw:
    """Uniform numbers, one a clip, where they are needed."""

    def __init__(self, generator: torch.Generator):
        self.generator = generator

    def between(self, low: float, high: float, *shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=self.generator, device=self.generator.device) * (high - low) + low

    def happens(self, share: float, count: int) -> torch.Tensor:
        return self.between(0, 1, count) < share

    def order(self, count: int) -> torch.Tensor:
        return torch.randperm(count, generator=self.generator, device=self.generator.device)


def views(mel: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """@param mel (batch, 160, 96) dB  @returns (batch, 128, 96): another 128 frames, up to 6 % faster or slower, up to a semitone higher or lower, of another gain and tilt."""
    batch, frames, bands = mel.shape
    draw = Draw(generator)
    stretch = draw.between(*STRETCH, batch)
    start = draw.between(0, 1, batch) * (frames - FRAMES * stretch).clamp(min=0)
    time_at = start[:, None] + torch.arange(FRAMES, device=mel.device) * stretch[:, None]
    band_at = torch.arange(BANDS, device=mel.device) + draw.between(*SHIFT_BANDS, batch)[:, None]
    grid = torch.stack(
        [(band_at / (bands - 1) * 2 - 1)[:, None, :].expand(-1, FRAMES, -1), (time_at / (frames - 1) * 2 - 1)[:, :, None].expand(-1, -1, BANDS)], 3
    )
    seen = F.grid_sample(mel.unsqueeze(1), grid, align_corners=True, padding_mode="border").squeeze(1)
    tilt = draw.between(*TILT_DB, batch)[:, None] * torch.linspace(-0.5, 0.5, BANDS, device=mel.device) + draw.between(*GAIN_DB, batch)[:, None]
    return louder(seen, tilt)


def louder(levels: torch.Tensor, by_db: torch.Tensor) -> torch.Tensor:
    """@param by_db (batch, 96). Digital silence stays what it is at any gain."""
    return torch.where(levels > FLOOR_DB + 1, levels + by_db[:, None, :], levels).clamp(min=FLOOR_DB)


def coloured(levels: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """As other microphones, rooms and instruments of the kind would sound: a smooth curve over the bands."""
    points = Draw(generator).between(-COLOUR_DB, COLOUR_DB, len(levels), 1, COLOUR_POINTS)
    return louder(levels, F.interpolate(points, BANDS, mode="linear", align_corners=True).squeeze(1))


def together(levels: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """Powers of sounds that have nothing to do with each other add up."""
    return 10 * torch.log10(10 ** (levels / 10) + 10 ** (other / 10))


class Studio:
    """Remakes music as audio, so that student and teachers hear the same that nobody heard before."""

    def __init__(self, levels: Levels, generator: torch.Generator):
        self.levels = levels
        self.generator = generator
        self.bins_hz = teacher_bins_hz(generator.device)

    def remade(self, audio: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """@param audio (batch, clip samples)  @returns the student's levels, and the teachers' audio."""
        batch, draw = len(audio), Draw(self.generator)
        speed = torch.where(draw.happens(0.5, batch), draw.between(*STRETCH, batch), 1)
        start = (draw.between(0, 1, batch) * (CLIP_SAMPLES - 2 - SEEN_SAMPLES * speed)).floor()
        at = start[:, None] + torch.arange(SEEN_SAMPLES, device=audio.device) * speed[:, None]
        whole = at.long()
        made = torch.lerp(audio.gather(1, whole), audio.gather(1, whole + 1), at - whole)
        loudness = made.std(1) + 1e-6
        partner = draw.order(batch)
        share = loudness / loudness[partner] * 10 ** (draw.between(*MIXED_DB, batch) / 20) * draw.happens(MIXED, batch)
        gain = 10 ** (draw.between(*GAIN_DB, batch) * draw.happens(0.5, batch) / 20)
        made = (made + made[partner] * share[:, None]) * gain[:, None]
        tilt = draw.between(*TILT_DB, batch) * draw.happens(0.5, batch)
        cut_hz = torch.where(draw.happens(LOW_PASSED, batch), draw.between(*LOW_PASS_HZ, batch), 1e6)
        colour = lambda hertz: self.colour_db(hertz, tilt, cut_hz)
        lead = FRAME_SIZE // 2
        heard = for_teacher(made[:, lead : lead + HEARD_SAMPLES], 10 ** (colour(self.bins_hz) / 20))
        return louder(self.levels.student(made), colour(self.levels.centres_hz)), heard

    def as_it_is(self, audio: torch.Tensor, first_frame: int, first_sample: int) -> tuple[torch.Tensor, torch.Tensor]:
        levels = self.levels.student(audio, centred=True)[:, first_frame : first_frame + FRAMES]
        return levels, for_teacher(audio[:, first_sample : first_sample + HEARD_SAMPLES])

    def colour_db(self, hertz: torch.Tensor, tilt: torch.Tensor, cut_hz: torch.Tensor) -> torch.Tensor:
        """@returns (batch, hertz): a tilt along the bands, and a low-pass above the cut."""
        place = torch.log10(1 + hertz / 700)
        lowest, highest = torch.log10(1 + self.levels.centres_hz[[0, -1]] / 700)
        above = torch.log2(hertz.clamp(min=1)[None, :] / cut_hz[:, None]).clamp(min=0)
        return tilt[:, None] * ((place - lowest) / (highest - lowest) - 0.5).clamp(-0.5, 0.5) + (-LOW_PASS_DB_PER_OCTAVE * above).clamp(min=LOW_PASS_LEAST_DB)
