/**
 * @file Short generated pieces with exact truth for what the demo library does not hold: other metres, shuffles and triplets, slow
 * songs, off-beat bass under open hats, half-time drums. Each is drawn from its seed; sounds, patterns, layers and levels all vary.
 */
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio } from '../../src/core/audio/audio.ts'
import { createRandom, type Random } from '../../src/core/support/random.ts'
import type { Bpm, Seconds } from '../../src/core/units/units.ts'

export const SCENE_KINDS = [
  'off-beat',
  'house',
  'slow',
  'fast',
  'half-time',
  'shuffle',
  'triplets',
  'three',
  'six-eight',
  'five-seven',
] as const
export type SceneKind = (typeof SCENE_KINDS)[number]

export type Scene = {
  readonly kind: SceneKind
  readonly audio: MonoAudio
  readonly bpm: Bpm
  readonly beatsPerBar: number
  readonly beatTimes: readonly Seconds[]
  readonly downbeatTimes: readonly Seconds[]
  readonly phraseTimes: readonly Seconds[]
}

const RATE = ANALYSIS_SAMPLE_RATE_HZ

type Voice = Float32Array

const between = (random: Random, low: number, high: number): number => low + (high - low) * random()
const chance = (random: Random, share: number): boolean => random() < share
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!

const render = (seconds: number, sample: (time: number) => number): Voice =>
  Float32Array.from({ length: Math.round(seconds * RATE) }, (_, n) => sample(n / RATE))

/** One-pole high-pass. */
const highPass = (voice: Voice, hertz: number): Voice => {
  const share = Math.exp((-2 * Math.PI * hertz) / RATE)
  let [low, before] = [0, 0]
  return voice.map((value) => {
    low = share * (low + value - before)
    before = value
    return low
  })
}

const lowPass = (voice: Voice, hertz: number): Voice => {
  const share = 1 - Math.exp((-2 * Math.PI * hertz) / RATE)
  let low = 0
  return voice.map((value) => {
    low += share * (value - low)
    return low
  })
}

const noise = (random: Random, seconds: number, decay: number): Voice =>
  render(seconds, (time) => (2 * random() - 1) * Math.exp(-time * decay))

const kickVoice = (random: Random): Voice => {
  const base = between(random, 42, 62)
  const sweep = between(random, 50, 180)
  const speed = between(random, 20, 50)
  const decay = between(random, 6, 16)
  const click = between(random, 0, 0.5)
  return render(0.3, (time) => {
    const phase = base * time + (sweep / speed) * (1 - Math.exp(-time * speed))
    return Math.exp(-time * decay) * Math.sin(2 * Math.PI * phase) + click * Math.exp(-time * 400) * (2 * random() - 1)
  })
}

const snareVoice = (random: Random): Voice => {
  const tone = between(random, 150, 240)
  const body = between(random, 0.1, 0.6)
  const hiss = highPass(noise(random, 0.25, between(random, 10, 25)), between(random, 300, 1500))
  return hiss.map((value, n) => value + body * Math.sin((2 * Math.PI * tone * n) / RATE) * Math.exp((-n / RATE) * 20))
}

const hatVoice = (random: Random, decay: number): Voice =>
  highPass(highPass(noise(random, 0.3, decay), between(random, 4000, 8000)), 4000)

const sawVoice = (
  hertz: number,
  seconds: number,
  { cutoff, decay, attack }: { cutoff: number; decay: number; attack: number },
): Voice => {
  const raw = render(seconds, (time) => {
    const phase = (hertz * time) % 1
    const envelope = Math.min(1, time / attack) * Math.exp(-time * decay) * Math.min(1, (seconds - time) / 0.01)
    return (2 * phase - 1) * envelope
  })
  return lowPass(lowPass(raw, cutoff), cutoff)
}

const hertzOf = (note: number): number => 440 * 2 ** ((note - 69) / 12)

/** Places in a bar, in beats. */
type Hits = readonly number[]

type Bar = { readonly kick: Hits; readonly snare: Hits; readonly hat: Hits; readonly open: Hits; readonly bass: Hits }

const every = (beats: number, step: number, from = 0): number[] => {
  const places: number[] = []
  for (let place = from; place < beats - 1e-6; place += step) places.push(place)
  return places
}

type Style = { readonly bpm: Bpm; readonly beatsPerBar: number; readonly bar: Bar; readonly clap: boolean }

const KICKS_OF_SONGS: readonly Hits[] = [
  [0, 2],
  [0, 2.5],
  [0, 2, 2.5],
  [0, 1.5, 2.5],
  [0, 0.5, 2],
  [0, 1.5, 2],
  [0, 2.5, 3.5],
  [0, 1.75, 2.5],
  [0, 0.75, 2.5],
]

const styleOf = (kind: SceneKind, random: Random): Style => {
  const draw = (low: number, high: number): number => between(random, low, high)
  const none: Hits = []
  switch (kind) {
    case 'off-beat':
    case 'house': {
      const offBeat = kind === 'off-beat'
      return {
        bpm: draw(112, 150),
        beatsPerBar: 4,
        clap: chance(random, 0.7),
        bar: {
          kick: every(4, 1),
          snare: chance(random, 0.75) ? [1, 3] : none,
          hat: chance(random, 0.4) ? every(4, 0.25) : chance(random, 0.5) ? every(4, 0.5) : none,
          open: offBeat || chance(random, 0.6) ? every(4, 1, 0.5) : none,
          bass: offBeat
            ? pick(random, [every(4, 1, 0.5), [0.5, 0.75, 1.5, 1.75, 2.5, 2.75, 3.5, 3.75], [0.5, 1.5, 2.5, 3.25, 3.5]])
            : pick(random, [
                every(4, 1),
                [0, 0.75, 1.5, 2.5, 3.25],
                [0, 1.5, 3],
                every(4, 0.5),
                [0.25, 0.5, 0.75, 1.25, 1.5, 1.75, 2.25, 2.5, 2.75, 3.25, 3.5, 3.75],
              ]),
        },
      }
    }
    case 'slow':
      return {
        bpm: draw(68, 112),
        beatsPerBar: 4,
        clap: chance(random, 0.3),
        bar: {
          kick: pick(random, KICKS_OF_SONGS),
          snare: [1, 3],
          hat: pick(random, [every(4, 0.5), every(4, 0.5), every(4, 0.25), every(4, 1)]),
          open: chance(random, 0.2) ? [3.5] : none,
          bass: pick(random, [[0, 2], [0, 1.5, 2.5], every(4, 0.5), every(4, 1), [0, 0.75, 2, 2.75]]),
        },
      }
    case 'fast':
      return {
        bpm: draw(150, 205),
        beatsPerBar: 4,
        clap: chance(random, 0.2),
        bar: {
          kick: pick(random, [[0, 2], [0, 2, 2.5], every(4, 1), [0, 2.5], [0, 0.5, 2], every(4, 0.5)]),
          snare: [1, 3],
          hat: pick(random, [every(4, 1), every(4, 0.5), every(4, 0.5)]),
          open: none,
          bass: pick(random, [every(4, 1), every(4, 0.5), [0, 2]]),
        },
      }
    case 'half-time':
      return {
        bpm: draw(132, 178),
        beatsPerBar: 4,
        clap: chance(random, 0.5),
        bar: {
          kick: pick(random, [[0], [0, 1.5], [0, 0.75], [0, 3.5], [0, 1.5, 3.25]]),
          snare: [2],
          hat: pick(random, [every(4, 1), every(4, 0.5), every(4, 0.25)]),
          open: none,
          bass: pick(random, [[0], [0, 1.5], [0, 1, 2, 3]]),
        },
      }
    case 'shuffle': {
      const late = draw(0.6, 0.7)
      const four = chance(random, 0.6)
      return {
        bpm: draw(76, 148),
        beatsPerBar: 4,
        clap: chance(random, 0.5),
        bar: {
          kick: four
            ? every(4, 1)
            : pick(random, [
                [0, 2],
                [0, 1 + late, 2],
                [0, 2 + late],
              ]),
          snare: [1, 3],
          hat: chance(random, 0.5) ? every(4, 1, late) : [...every(4, 1), ...every(4, 1, late)],
          open: none,
          bass: chance(random, 0.5) ? every(4, 1, late) : chance(random, 0.5) ? [0, late, 2, 2 + late] : [0, 2],
        },
      }
    }
    case 'triplets':
      return {
        bpm: draw(100, 165),
        beatsPerBar: 4,
        clap: chance(random, 0.5),
        bar: {
          kick: pick(random, [every(4, 1), [0, 1.5], [0], [0, 2]]),
          snare: pick(random, [[2], [1, 3]]),
          hat: pick(random, [every(4, 1), every(4, 1 / 3), [...every(2, 0.5), ...every(4, 1 / 3, 2)]]),
          open: none,
          bass: pick(random, [every(4, 1 / 3), [...every(2, 1 / 3), ...every(4, 0.5, 2)], every(4, 2 / 3)]),
        },
      }
    case 'three':
      return {
        bpm: draw(78, 190),
        beatsPerBar: 3,
        clap: chance(random, 0.2),
        bar: {
          kick: pick(random, [[0], [0], [0, 2.5], [0, 1.5]]),
          snare: pick(random, [[1, 2], [2], [1, 2], [1]]),
          hat: pick(random, [every(3, 1), every(3, 0.5), none]),
          open: none,
          bass: pick(random, [[0], every(3, 1), [0, 2], every(3, 0.5)]),
        },
      }
    case 'six-eight':
      return {
        bpm: draw(46, 84),
        beatsPerBar: 2,
        clap: chance(random, 0.2),
        bar: {
          kick: pick(random, [[0], [0, 2 / 3], [0, 5 / 3], [0, 4 / 3]]),
          snare: [1],
          hat: pick(random, [every(2, 1 / 3), every(2, 1 / 3), every(2, 1 / 6), [0, 2 / 3, 1, 5 / 3]]),
          open: none,
          bass: pick(random, [[0], [0, 1], [0, 2 / 3, 1, 5 / 3], every(2, 1 / 3)]),
        },
      }
    case 'five-seven': {
      const beats = chance(random, 0.6) ? 5 : 7
      return {
        bpm: draw(100, 190),
        beatsPerBar: beats,
        clap: chance(random, 0.2),
        bar: {
          kick: pick(random, [[0], [0, 1.5], [0, 3]]),
          snare: beats === 5 ? pick(random, [[3], [2, 4], [3]]) : pick(random, [[2, 4, 6], [4], [3, 5]]),
          hat: pick(random, [every(beats, 1), every(beats, 0.5)]),
          open: none,
          bass: pick(random, [[0], [0, 3], every(beats, 1)]),
        },
      }
    }
  }
}

const CHORDS: readonly Hits[] = [
  [57, 60, 64],
  [53, 57, 60],
  [48, 52, 55],
  [55, 59, 62],
  [50, 53, 57],
  [52, 55, 59],
]

const LENGTH_SECONDS = 75

export type SceneOptions = {
  /** Seconds from beat 0 to a place in beats. @default one tempo throughout */
  readonly timeOf?: (beat: number, period: Seconds) => Seconds
  /** @default LENGTH_SECONDS */
  readonly seconds?: Seconds
}

/** Layers that sound in a section. */
type Layers = {
  readonly kick: boolean
  readonly snare: boolean
  readonly hat: boolean
  readonly bass: boolean
  readonly pad: boolean
  readonly lead: boolean
}

/** The kick may come late, and what lies between its strikes is all that there is before. */
const LAYERS_WITHOUT_KICK: Layers = { kick: false, snare: false, hat: true, bass: true, pad: false, lead: false }

const drawLayers = (random: Random, kind: SceneKind, first: boolean): Layers => {
  if (kind === 'off-beat' && first && chance(random, 0.5)) return LAYERS_WITHOUT_KICK
  if (kind === 'off-beat' && chance(random, 0.5))
    return { ...LAYERS_WITHOUT_KICK, kick: true, snare: chance(random, 0.8) }
  const full = chance(random, first ? 0.45 : 0.65)
  const likely = (share: number): boolean => full || chance(random, share)
  return {
    kick: likely(0.5),
    snare: likely(0.5),
    hat: likely(0.7),
    bass: likely(0.6),
    pad: likely(0.6),
    lead: chance(random, 0.4),
  }
}

export const drawScene = (
  kind: SceneKind,
  seed: number,
  { timeOf: secondsTo = (beat, period) => beat * period, seconds: length = LENGTH_SECONDS }: SceneOptions = {},
): Scene => {
  const random = createRandom(seed)
  const { bpm, beatsPerBar, bar, clap } = styleOf(kind, random)
  const period = 60 / bpm
  const samples = new Float32Array(length * RATE)
  const strike = (seconds: Seconds, voice: Voice, level: number): void => {
    const at = Math.round(seconds * RATE)
    for (let n = Math.max(0, -at); n < voice.length && at + n < samples.length; n++)
      samples[at + n]! += level * voice[n]!
  }
  const kick = kickVoice(random)
  const snare = clap ? highPass(lowPass(noise(random, 0.2, 18), 4000), 900) : snareVoice(random)
  const hat = hatVoice(random, between(random, 40, 120))
  const open = hatVoice(random, between(random, 8, 18))
  const levels = {
    kick: between(random, 0.5, 1),
    snare: between(random, 0.3, 0.9),
    hat: between(random, 0.15, 0.7),
    open: between(random, 0.3, 0.9),
    bass: between(random, 0.15, 0.9),
    pad: between(random, 0.02, 0.12),
    lead: between(random, 0.05, 0.2),
  }
  const bassCutoff = between(random, 200, 1200)
  const bassLength = pick(random, [0.3, 0.45, 0.8])
  const progression = Array.from({ length: 4 }, () => pick(random, CHORDS))
  const human = chance(random, 0.4) ? between(random, 0.001, 0.006) : 0
  const loose = (): Seconds => human * (random() + random() - 1) * 2
  const firstDownbeat = chance(random, 0.3) ? Math.floor(random() * beatsPerBar) : 0
  const start = between(random, 0, period) + (chance(random, 0.2) ? between(random, 0, 4) : 0)
  const timeOf = (beat: number): Seconds => start + secondsTo(beat, period)
  const longest = Math.floor((length - start - 0.2) / period)
  const beats = Array.from({ length: longest }, (_, beat) => beat).filter((beat) => timeOf(beat) < length - 0.2).length
  const barsPerSection = pick(random, [4, 8, 8, 16])
  const ghost = chance(random, 0.3)
  const leadSteps = Array.from({ length: 4 }, () => Math.floor(random() * beatsPerBar * 2) / 2)
  let layers = drawLayers(random, kind, true)
  for (let at = 0; at * beatsPerBar - beatsPerBar + firstDownbeat < beats; at++) {
    // Bar 0 is the pick-up before the first downbeat.
    const barBeat = firstDownbeat + (at - 1) * beatsPerBar
    if (at > 1 && (at - 1) % barsPerSection === 0) {
      layers = drawLayers(random, kind, false)
      if (chance(random, 0.5)) strike(timeOf(barBeat), open, 0.6)
    }
    const chord = progression[(((at - 1) % 4) + 4) % 4]!
    const play = (hits: Hits, voice: Voice, level: number): void => {
      for (const place of hits)
        if (barBeat + place >= 0 && barBeat + place < beats)
          strike(timeOf(barBeat + place) + loose(), voice, level * (human > 0 ? between(random, 0.7, 1) : 1))
    }
    const fill = at % barsPerSection === 0 && chance(random, 0.3)
    if (layers.kick && !fill) play(bar.kick, kick, levels.kick)
    if (layers.snare) play(fill ? every(beatsPerBar, 0.5) : bar.snare, snare, levels.snare)
    if (ghost && layers.snare) play([pick(random, [0.75, 1.75, 2.25])], snare, levels.snare * 0.25)
    if (layers.hat) play(bar.hat, hat, levels.hat)
    if (layers.hat) play(bar.open, open, levels.open)
    if (layers.bass) {
      const note = sawVoice(hertzOf(chord[0]! - (chord[0]! > 52 ? 24 : 12)), bassLength * period, {
        cutoff: bassCutoff,
        decay: 3,
        attack: 0.004,
      })
      play(bar.bass, note, levels.bass)
    }
    if (layers.pad && barBeat >= 0 && barBeat + beatsPerBar <= beats)
      for (const note of chord)
        strike(
          timeOf(barBeat),
          sawVoice(hertzOf(note), beatsPerBar * period, { cutoff: 1500, decay: 0.2, attack: 0.06 }),
          levels.pad,
        )
    if (layers.lead)
      play(
        leadSteps,
        sawVoice(hertzOf(chord[at % 3]! + 12), 0.3, { cutoff: 3000, decay: 8, attack: 0.003 }),
        levels.lead,
      )
  }
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9)
  const all = Array.from({ length: beats }, (_, beat) => beat)
  return {
    kind,
    audio: { samples: samples.map((value) => (0.8 * value) / peak + 1e-4 * (2 * random() - 1)), sampleRate: RATE },
    bpm,
    beatsPerBar,
    beatTimes: all.map(timeOf),
    downbeatTimes: all
      .filter((beat) => (beat - firstDownbeat) % beatsPerBar === 0 && beat >= firstDownbeat)
      .map(timeOf),
    phraseTimes: all
      .filter((beat) => (beat - firstDownbeat) % (4 * beatsPerBar) === 0 && beat >= firstDownbeat)
      .map(timeOf),
  }
}
