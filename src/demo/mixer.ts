import type { Clip } from './clip.ts'
import { createFilterState, type FilterState, filterPlane } from './filter.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'
import { createReverb } from './reverb.ts'
import type { BusName, SweepPlan } from './section-plan.ts'

/** A clip at its place; `gain` is a factor. */
export type PlacedClip = { readonly bus: BusName; readonly start: number; readonly clip: Clip; readonly gain: number }

/** A sweep on the clock of samples. */
export type PlacedSweep = Pick<SweepPlan, 'bus' | 'control' | 'from' | 'to'> & {
  readonly start: number
  readonly end: number
}

export type Session = {
  readonly lengthSamples: number
  readonly clips: readonly PlacedClip[]
  readonly sweeps: readonly PlacedSweep[]
  readonly busDb: Readonly<Record<BusName, number>>
  /** Sorted; at each the other buses duck. */
  readonly kickStarts: readonly number[]
  readonly pumpDepth: number
  readonly pumpSamples: number
  readonly reverbSeconds: number
}

/** Small enough that all buses stay in the processor's cache. */
const BLOCK_SAMPLES = 4096
/** How often faders move. */
const CONTROL_SAMPLES = 32
const BUSES: readonly BusName[] = ['kick', 'drums', 'tops', 'bass', 'music', 'vocal', 'fx']
/** How much of the ducking and of the reverb each bus gets. */
const DUCKING: Readonly<Record<BusName, number>> = {
  kick: 0,
  drums: 0,
  tops: 0.15,
  bass: 1,
  music: 0.85,
  vocal: 0.15,
  fx: 0.5,
}
const REVERB: Readonly<Record<BusName, number>> = {
  kick: 0,
  drums: 0.06,
  tops: 0.04,
  bass: 0,
  music: 0.2,
  vocal: 0.16,
  fx: 0.2,
}
/** The duck falls within 2 ms: fast, but without a click. */
const DUCK_ATTACK_SAMPLES = 88
const FADER_S = 0.005

const addClip = (plane: Float32Array, { clip, start, gain }: PlacedClip, blockStart: number): void => {
  const from = Math.max(0, start - blockStart)
  const to = Math.min(BLOCK_SAMPLES, start + clip.length - blockStart)
  const shift = blockStart - start
  for (let n = from; n < to; n++) plane[n]! += gain * clip[n + shift]!
}

type Planes = ReadonlyMap<BusName, Float32Array>

/** Adds the part of all clips that falls into a block. @returns the buses that sound in it. */
const createPlayer = (clips: readonly PlacedClip[]): ((planes: Planes, blockStart: number) => ReadonlySet<BusName>) => {
  const queue = [...clips].sort((a, b) => a.start - b.start)
  let next = 0
  let sounding: PlacedClip[] = []
  return (planes, blockStart) => {
    while (next < queue.length && queue[next]!.start < blockStart + BLOCK_SAMPLES) sounding.push(queue[next++]!)
    for (const placed of sounding) addClip(planes.get(placed.bus)!, placed, blockStart)
    const used = new Set(sounding.map(({ bus }) => bus))
    sounding = sounding.filter(({ start, clip }) => start + clip.length > blockStart + BLOCK_SAMPLES)
    return used
  }
}

/** 1 where nothing ducks, 1 − depth right after a kick. */
const createDucker = ({
  kickStarts,
  pumpDepth,
  pumpSamples,
}: Session): ((curve: Float32Array, blockStart: number) => void) => {
  let next = 0
  let last = Number.NEGATIVE_INFINITY
  return (curve, blockStart) => {
    for (let n = 0; n < BLOCK_SAMPLES; n++) {
      while (next < kickStarts.length && kickStarts[next]! <= blockStart + n) last = kickStarts[next++]!
      const since = blockStart + n - last
      const recovery = Math.max(0, 1 - since / pumpSamples)
      curve[n] =
        since >= pumpSamples ? 1 : 1 - pumpDepth * Math.min(1, since / DUCK_ATTACK_SAMPLES) * recovery * recovery
    }
  }
}

const sweepValue = (sweep: PlacedSweep, sample: number): number => {
  const share = Math.min(1, Math.max(0, (sample - sweep.start) / (sweep.end - sweep.start)))
  return sweep.control === 'level-db'
    ? sweep.from + (sweep.to - sweep.from) * share
    : sweep.from * (sweep.to / sweep.from) ** share
}

/** Runs the sweeps of each bus; a filter lives as long as its sweep, levels glide. */
const createControls = (
  sweeps: readonly PlacedSweep[],
): ((bus: PlacedSweep['bus'], plane: Float32Array, blockStart: number) => void) => {
  const states = new Map<PlacedSweep, FilterState>(sweeps.map((sweep) => [sweep, createFilterState()]))
  const levels = new Map<string, number>()
  const smoothing = 1 - Math.exp(-1 / (FADER_S * DEMO_SAMPLE_RATE_HZ))
  const filter = (sweep: PlacedSweep, plane: Float32Array, blockStart: number): void => {
    const from = Math.max(0, sweep.start - blockStart)
    const to = Math.min(BLOCK_SAMPLES, sweep.end - blockStart)
    const mode = sweep.control === 'low-pass-hz' ? 'low-pass' : 'high-pass'
    const cutoffHz = (sample: number): number => sweepValue(sweep, blockStart + from + sample)
    filterPlane(plane.subarray(from, to), { mode, cutoffHz, resonance: 0.9 }, states.get(sweep))
  }
  return (bus, plane, blockStart) => {
    const here = sweeps.filter(
      (sweep) => sweep.bus === bus && sweep.start < blockStart + BLOCK_SAMPLES && sweep.end > blockStart,
    )
    for (const sweep of here) if (sweep.control !== 'level-db') filter(sweep, plane, blockStart)
    const faders = here.filter(({ control }) => control === 'level-db')
    let level = levels.get(bus) ?? 1
    if (faders.length === 0 && level === 1) return
    for (let from = 0; from < BLOCK_SAMPLES; from += CONTROL_SAMPLES) {
      const sample = blockStart + from
      const fader = faders.find(({ start, end }) => sample >= start && sample < end)
      const target = fader === undefined ? 1 : 10 ** (sweepValue(fader, sample) / 20)
      for (let n = from; n < from + CONTROL_SAMPLES; n++) {
        level += smoothing * (target - level)
        plane[n]! *= level
      }
    }
    levels.set(bus, Math.abs(level - 1) < 1e-5 ? 1 : level)
  }
}

/** Mixes a session to one plane, block by block; it may exceed full scale: `masterTrack` follows. */
export const mixSession = (session: Session): Float32Array => {
  const mixed = new Float32Array(session.lengthSamples)
  const planes = new Map(BUSES.map((bus) => [bus, new Float32Array(BLOCK_SAMPLES)]))
  const master = new Float32Array(BLOCK_SAMPLES)
  const send = new Float32Array(BLOCK_SAMPLES)
  const curve = new Float32Array(BLOCK_SAMPLES)
  const play = createPlayer(session.clips)
  const duck = createDucker(session)
  const control = createControls(session.sweeps)
  const reverb = createReverb(session.reverbSeconds)
  for (let start = 0; start < session.lengthSamples; start += BLOCK_SAMPLES) {
    for (const plane of [...planes.values(), master, send]) plane.fill(0)
    duck(curve, start)
    for (const bus of play(planes, start)) {
      const plane = planes.get(bus)!
      control(bus, plane, start)
      const gain = 10 ** (session.busDb[bus] / 20)
      const ducking = DUCKING[bus]
      const toReverb = REVERB[bus]
      for (let n = 0; n < BLOCK_SAMPLES; n++) {
        const sample = gain * (1 - ducking * (1 - curve[n]!)) * plane[n]!
        master[n]! += sample
        send[n]! += toReverb * sample
      }
    }
    reverb(send, master)
    control('master', master, start)
    mixed.set(master.subarray(0, session.lengthSamples - start), start)
  }
  return mixed
}
